"""JSON Schemas of what the verbs on rules, the law, languages and receipts write with ``--json``.

``python -m checker.cli.formats [FOLDER]`` writes them to ``rules/schema`` or to another folder.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from checker.locator import rules_dir
from checker.night.schema_parts import Schema, closed, whole, write

__all__ = ["schemas"]

_NAMES = {str: "string", int: "integer", float: "number", bool: "boolean", None: "null", dict: "object"}
_DAY = (str, None)
_LEVELS = {"error": int, "warning": int, "info": int}
_PROBLEM = {"path": str, "line": int, "column": int, "code": str, "message": str, "mend": str, "severity": str}
_STATES = {"encoded": int, "in part": int, "open": int, "not encodable": int}
_RULE = {
    "rule": str, "title": str, "summary": str, "kind": str, "regime": str, "severity": str, "status": str, "path": str, "digest": str,
    "examples": int, "in_force": [{"from": str, "until": _DAY, "known_until": _DAY, "force": str, "authority": [str], "says": str,
                                   "link": str}]}
_EXEMPTION = {"exemption": str, "title": str, "summary": str, "path": str, "digest": str, "examples": int, "used_by": [str]}
_FORMATS: dict[str, tuple[str, Any]] = {
    "law": ("The measures in force on a day", {
        "on": str, "party": str, "goods": str, "act": str, "regime": str, "law_known_as_of": str, "measures": [{
            "rule": str, "title": str, "regime": str, "severity": str, "kind": str, "from": str, "until": _DAY, "known_until": _DAY,
            "due": _DAY, "verified": bool, "force": str, "authority": [str], "says": str, "link": str,
            "exemptions": [{"name": str, "says": str, "authority": [str], "procedure": str, "from": _DAY, "until": _DAY}],
            "contested": [{"view": str, "holders": [str], "basis": str}]}]}),
    "law-coverage": ("The paragraphs of resolutions, and what encodes them", {
        "total": int, "counts": _STATES, "instruments": [{
            "instrument": str, "name": str, "title": str, "regimes": [str], "total": int, "counts": _STATES, "paragraphs": [{
                "paragraph": str, "says": str, "state": str, "rules": [str], "exempts": bool, "open": str, "none": str,
                "verified": bool}]}], "problems": [_PROBLEM]}),
    "rules-list": ("All rules", {"law_known_as_of": str, "rules": [_RULE]}),
    "rules-show": ("One rule, or one shared exemption", ({"schema": ..., **_RULE}, {"schema": ..., **_EXEMPTION})),
    "rules-find": ("Rules and words that fit a query", {
        "query": str, "rules": [{"rule": str, "title": str, "path": str, "score": float, "place": str, "text": str}],
        "words": [{"word": str, "kind": str, "title": str, "says": str, "near": float}]}),
    "rules-test": ("Examples of rules, and which come out otherwise", {
        "rules": int, "examples": int, "unconfirmed": int, "failed": [{
            "rule": str, "example": str, "where": str, "differences": [{"part": str, "wanted": str, "got": str}]}]}),
    "rules-fmt": ("Files of rules that were or would be formatted", {
        "files": int, "written": bool, "changed": [str], "problems": [_PROBLEM]}),
    "rules-lint": ("What is to be said of rules", {
        "files": int, "counts": _LEVELS, "fixed": [{"path": str, "done": [str]}],
        "issues": [{**_PROBLEM, "width": int, "name": str, "fixable": bool}]}),
    "languages-list": ("The languages that can be read", {
        "languages": [{"language": str, "title": str, "status": str, "sentences": int, "words": int, "bytes": int, "path": str,
                       "digest": str, "relatives": [str], "options": dict}]}),
    "languages-lint": ("What is to be said of language packs", {
        "files": int, "counts": _LEVELS, "issues": [{**_PROBLEM, "width": int, "name": str}]}),
    "replay": ("Which receipts were reproduced", {
        "same": bool, "receipts": [{"id": str, "rule": str, "same": bool, "differences": [str]}]}),
    "timeline": ("The law of a rule by date", {
        "rule": str, "title": str, "from": str, "until": _DAY,
        "lanes": [{"name": str, "spans": [{"from": str, "until": _DAY, "kind": str, "label": str, "text": str}]}],
        "points": [{"on": str, "kind": str, "text": str}], "changes": [{"on": str, "texts": [str]}]}),
}
"""By name: what it is, and its shape: a dict is an object with just these keys, a list holds such things, a tuple is one of several."""


def schemas() -> dict[str, Schema]:
    """Each schema by the name of its file."""
    return {name: _schema(f"sanctions-checker/{name}/1", title, shape) for name, (title, shape) in _FORMATS.items()}


def _schema(id_: str, title: str, shape: Any) -> Schema:
    if isinstance(shape, dict):
        shape = {"schema": ..., **shape}
    return whole(id_, title, _shape(shape, id_), {})


def _shape(told: Any, id_: str) -> Schema:
    """A shape as a schema; ``...`` is the name of the format."""
    if told is ...:
        return {"const": id_}
    if isinstance(told, dict):
        return closed({name: _shape(part, id_) for name, part in told.items()})
    if isinstance(told, list):
        return {"type": "array", "items": _shape(told[0], id_)}
    if isinstance(told, tuple):
        return {"anyOf": [_shape(part, id_) for part in told]}
    return {"type": _NAMES[told]}


if __name__ == "__main__":
    write(schemas(), Path(sys.argv[1]) if len(sys.argv) > 1 else rules_dir() / "schema")
