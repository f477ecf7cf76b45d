"""JSON Schemas of what nights write: ``report.json`` with the cases in it, ``run.json``, ``quality.json``, ``delta.jsonl``, the digest as
webhooks carry it, and what verbs write with ``--json``.

``python -m checker.night.schema [FOLDER]`` writes them to ``rules/schema`` or to another folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

from checker.locator import rules_dir
from checker.model.nightly import NIGHTLY_SCHEMA, FieldChange, Funnel, Gap, Method, Nightly, SourceNight, Trouble
from checker.night.schema_parts import Schema, closed, of_case, of_kind, several, whole, with_more, write
from checker.night.schema_verbs import verb_schemas
from checker.night.webhook import DIGEST_SCHEMA
from checker.report.nightly_files import QUALITY_SCHEMA
from checker.report.nightly_write import RUN_SCHEMA

__all__ = ["schemas"]


def schemas() -> dict[str, Schema]:
    """Each schema by the name of its file."""
    nightly, parts = of_kind(Nightly)
    case, case_parts = of_case()
    parts["CaseChange"]["properties"]["case"] = {"$ref": "#/$defs/Case"}
    quality, quality_parts = several({"funnel": Funnel, "sources": tuple[SourceNight, ...], "troubles": tuple[Trouble, ...],
                                       "gaps": tuple[Gap, ...]})
    run, run_parts = several({"funnel": Funnel, "method": Method})
    delta, delta_parts = several({"fields": tuple[FieldChange, ...]})
    text, texts = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    night: dict[str, Schema] = {"night": {"type": "string", "format": "date"}, "state": {"enum": ["complete", "partial", "failed"]}}
    counts = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
    return {
        **verb_schemas(),
        "nightly": whole(NIGHTLY_SCHEMA, "The report of one night", with_more(nightly, {"schema": {"const": NIGHTLY_SCHEMA}}),
                          parts | case_parts | {"Case": case}),
        "quality": whole(QUALITY_SCHEMA, "What a night read, and what it did not", closed(
            {"schema": {"const": QUALITY_SCHEMA}, **night, **quality}), quality_parts),
        "night-run": whole(RUN_SCHEMA, "Which night, how it ended, and the digest of each of its files", closed(
            {"schema": {"const": RUN_SCHEMA}, **night, "counts": counts, **run, "files": {"type": "object", "additionalProperties": {
                "type": "string", "pattern": "^[0-9a-f]{64}$"}}}), run_parts),
        "delta": whole("sanctions-checker/delta/1", "One line of delta.jsonl: a case that differs", closed(
            {"op": {"enum": ["ADD", "MOD", "DEL", "REO"]}, "case": text, "night": text, "causes": texts, "label": text, "sentence": text,
             "digest": text, **delta}), delta_parts),
        "digest": whole(DIGEST_SCHEMA, "What a webhook carries: the digest of a night", closed(
            {"schema": {"const": DIGEST_SCHEMA}, "key": text, "night": night["night"], "channel": text, "subject": text, "counts": counts,
             "link": text, "delta": text, "text": text, "html": text}), {}),
    }


if __name__ == "__main__":
    write(schemas(), Path(sys.argv[1]) if len(sys.argv) > 1 else rules_dir() / "schema")
