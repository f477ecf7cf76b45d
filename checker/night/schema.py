"""JSON Schemas of what nights write: ``report.json`` with the cases in it, ``run.json``, ``quality.json``, ``delta.jsonl``, and the digest
as webhooks carry it.

``python -m checker.night.schema [FOLDER]`` writes them to ``rules/schema`` or to another folder.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from checker.extract.pack_schema import render
from checker.locator import rules_dir
from checker.model.case import CASE_SCHEMA, CaseRecord
from checker.model.nightly import NIGHTLY_SCHEMA, FieldChange, Funnel, Gap, Method, Nightly, SourceNight, Trouble
from checker.night.webhook import DIGEST_SCHEMA
from checker.report.nightly_files import QUALITY_SCHEMA
from checker.report.nightly_write import RUN_SCHEMA

__all__ = ["schemas", "write_schemas"]

Schema = dict[str, Any]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, Schema]:
    """Each schema by the name of its file."""
    nightly, parts = _object(Nightly)
    case, case_parts = _object(CaseRecord)
    case = _with(case, {"schema": {"const": CASE_SCHEMA}, "digest": {"type": "string"}, "facts": {"type": "object"}})
    parts["CaseChange"]["properties"]["case"] = {"$ref": "#/$defs/Case"}
    quality, quality_parts = _several({"funnel": Funnel, "sources": tuple[SourceNight, ...], "troubles": tuple[Trouble, ...],
                                       "gaps": tuple[Gap, ...]})
    run, run_parts = _several({"funnel": Funnel, "method": Method})
    delta, delta_parts = _several({"fields": tuple[FieldChange, ...]})
    text, texts = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    night: dict[str, Schema] = {"night": {"type": "string", "format": "date"}, "state": {"enum": ["complete", "partial", "failed"]}}
    counts = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
    return {
        "nightly": _whole(NIGHTLY_SCHEMA, "The report of one night", _with(nightly, {"schema": {"const": NIGHTLY_SCHEMA}}),
                          parts | case_parts | {"Case": case}),
        "quality": _whole(QUALITY_SCHEMA, "What a night read, and what it did not", _closed(
            {"schema": {"const": QUALITY_SCHEMA}, **night, **quality}), quality_parts),
        "night-run": _whole(RUN_SCHEMA, "Which night, how it ended, and the digest of each of its files", _closed(
            {"schema": {"const": RUN_SCHEMA}, **night, "counts": counts, **run, "files": {"type": "object", "additionalProperties": {
                "type": "string", "pattern": "^[0-9a-f]{64}$"}}}), run_parts),
        "delta": _whole("sanctions-checker/delta/1", "One line of delta.jsonl: a case that differs", _closed(
            {"op": {"enum": ["ADD", "MOD", "DEL", "REO"]}, "case": text, "night": text, "causes": texts, "label": text, "sentence": text,
             "digest": text, **delta}), delta_parts),
        "digest": _whole(DIGEST_SCHEMA, "What a webhook carries: the digest of a night", _closed(
            {"schema": {"const": DIGEST_SCHEMA}, "key": text, "night": night["night"], "channel": text, "subject": text, "counts": counts,
             "link": text, "delta": text, "text": text, "html": text}), {}),
    }


def _object(kind: type) -> tuple[Schema, dict[str, Schema]]:
    """A record and the parts it refers to."""
    (one,), parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    whole = parts.pop(str(one["$ref"]).rpartition("/")[2])
    return _closed_all(whole), {name: _closed_all(part) for name, part in parts.items()}


def _several(kinds: Mapping[str, Any]) -> tuple[dict[str, Schema], dict[str, Schema]]:
    found, parts = msgspec.json.schema_components(list(kinds.values()), ref_template="#/$defs/{name}")
    return dict(zip(kinds, found, strict=True)), {name: _closed_all(part) for name, part in parts.items()}


def _closed_all(part: Schema) -> Schema:
    """Nothing but its own fields, and all of them: what is written leaves nothing out."""
    if "properties" in part:
        part = {**part, "additionalProperties": False, "required": list(part["properties"])}
    return part


def _closed(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False, "required": list(properties)}


def _with(whole: Schema, more: dict[str, Schema]) -> Schema:
    return _closed({**more, **{name: value for name, value in whole["properties"].items() if name not in more}})


def _whole(id_: str, title: str, schema: Schema, parts: dict[str, Schema]) -> Schema:
    return {"$schema": _DRAFT, "$id": id_, "title": title, **{k: v for k, v in schema.items() if k not in ("title", "description")},
            "$defs": dict(sorted(parts.items()))}


def write_schemas(folder: Path) -> list[Path]:
    """Write them; the files."""
    made = []
    for name, schema in schemas().items():
        path = folder / f"{name}.schema.json"
        path.write_text(render(schema), encoding="utf-8", newline="\n")
        made.append(path)
    return made


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]) if len(sys.argv) > 1 else rules_dir() / "schema")
