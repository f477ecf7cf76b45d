"""Parts of JSON Schemas, made from the types that are written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from checker.extract.pack_schema import render
from checker.model.case import CASE_SCHEMA, CaseRecord

__all__ = ["Schema", "closed", "of_case", "of_kind", "several", "whole", "with_more", "write"]

Schema = dict[str, Any]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def of_kind(kind: type) -> tuple[Schema, dict[str, Schema]]:
    """A record and the parts it refers to."""
    (one,), parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    found = parts.pop(str(one["$ref"]).rpartition("/")[2])
    return _closed_all(found), {name: _closed_all(part) for name, part in parts.items()}


def several(kinds: Mapping[str, Any]) -> tuple[dict[str, Schema], dict[str, Schema]]:
    """Properties by name of their type, and the parts they refer to."""
    found, parts = msgspec.json.schema_components(list(kinds.values()), ref_template="#/$defs/{name}")
    return dict(zip(kinds, found, strict=True)), {name: _closed_all(part) for name, part in parts.items()}


def _closed_all(part: Schema) -> Schema:
    """Nothing but its own fields, and all of them: what is written leaves nothing out."""
    if "properties" in part:
        part = {**part, "additionalProperties": False, "required": list(part["properties"])}
    return part


def closed(properties: Mapping[str, Schema]) -> Schema:
    """An object with these properties, all of them and no other."""
    return {"type": "object", "properties": dict(properties), "additionalProperties": False, "required": list(properties)}


def with_more(found: Schema, more: Mapping[str, Schema]) -> Schema:
    """A record that is written with more than it holds."""
    return closed({**more, **{name: value for name, value in found["properties"].items() if name not in more}})


def of_case() -> tuple[Schema, dict[str, Schema]]:
    """A case as it is written, and the parts it refers to."""
    found, parts = of_kind(CaseRecord)
    return with_more(found, {"schema": {"const": CASE_SCHEMA}, "digest": {"type": "string"}, "facts": {"type": "object"}}), parts


def whole(id_: str, title: str, schema: Schema, parts: Mapping[str, Schema]) -> Schema:
    """A schema by itself."""
    return {"$schema": _DRAFT, "$id": id_, "title": title, **{k: v for k, v in schema.items() if k not in ("title", "description")},
            "$defs": dict(sorted(parts.items()))}


def write(schemas: Mapping[str, Schema], folder: Path) -> list[Path]:
    """Write schemas by name into a folder; the files."""
    made = []
    for name, schema in schemas.items():
        path = folder / f"{name}.schema.json"
        path.write_text(render(schema), encoding="utf-8", newline="\n")
        made.append(path)
    return made
