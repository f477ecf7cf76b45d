"""JSON Schemas of what the verbs of nights, cases, settings and the store write with ``--json``."""

from __future__ import annotations

from typing import Any, Literal

from checker.cases.browse import Version
from checker.model.nightly import Gap
from checker.night.schema_parts import Schema, closed, of_case, of_kind, several, whole, with_more
from checker.night.status import STATUS_SCHEMA, Status

__all__ = ["verb_schemas"]

_DONE = Literal["new", "changed", "withdrawn", "reopened", "merged"]
_LISTED: dict[str, Any] = {
    "id": str, "state": _DONE, "disposition": str, "waived_until": str, "changed": str, "opened": str, "label": str, "family": str,
    "sender": str, "receiver": str, "goods": str, "first_day": str, "last_day": str, "confidence": str, "sources": int,
    "rules": tuple[str, ...], "sentence": str,
}
"""What the list tells of a case."""
_RULING: dict[str, Any] = {"at": str, "night": str, "by": str, "verdict": str, "reason": str, "until": str}
_RULING_MORE: dict[str, Any] = {"into": str, "from": str, "documents": tuple[str, ...]}
"""What else belongs to a decision that puts cases together or takes one apart."""
_PROBLEM: dict[str, Any] = {"path": str, "line": int, "column": int, "code": str, "message": str, "mend": str,
                            "severity": Literal["error", "warning", "info"]}
_STORE: dict[str, tuple[str, dict[str, Any]]] = {
    "store-migrate": ("A store and its form before and after", {"store": str, "before": str, "after": str}),
    "store-check": ("What is wrong with a store, a sentence each", {"store": str, "problems": tuple[str, ...]}),
    "store-backup": ("A backup that was written", {"store": str, "file": str, "rows": int}),
    "store-restore": ("A backup that was read", {"store": str, "file": str, "rows": int}),
    "store-prune": ("How many texts first seen before a day are gone", {"store": str, "before": str, "texts": int}),
}


def verb_schemas() -> dict[str, Schema]:
    """Each schema by the name of its file."""
    return {"status": _status(), "gaps": _flat("gaps", "Nights and sources of nights that were not read", {"gaps": tuple[Gap, ...]}),
            "cases": _cases(), "case-card": _card(), "case-decision": _decision(), "config": _config(),
            "config-check": _config_check(),
            **{name: _flat(name, title, kinds) for name, (title, kinds) in _STORE.items()}}


def _const(name: str) -> Schema:
    return {"schema": {"const": f"sanctions-checker/{name}/1"}}


def _flat(name: str, title: str, kinds: dict[str, Any]) -> Schema:
    found, parts = several(kinds)
    return whole(f"sanctions-checker/{name}/1", title, closed({**_const(name), **found}), parts)


def _status() -> Schema:
    found, parts = of_kind(Status)
    return whole(STATUS_SCHEMA, "How the nights of a place stand", with_more(found, {"schema": {"const": STATUS_SCHEMA},
                                                                                      "ok": {"type": "boolean"}}), parts)


def _cases() -> Schema:
    found, parts = several({"day": str, "known": int})
    row, _ = several(_LISTED)
    listed = {"type": "array", "items": {"$ref": "#/$defs/ListedCase"}}
    return whole("sanctions-checker/cases/1", "Cases as they are listed", closed({**_const("cases"), **found, "cases": listed}),
                 parts | {"ListedCase": closed(row)})


def _ruling(more: dict[str, Any]) -> Schema:
    """A decision; what belongs to few of them may be missing."""
    found, _ = several({**_RULING, **more})
    return {**closed(found), "properties": {**found, **several(_RULING_MORE)[0]}}


def _card() -> Schema:
    case, parts = of_case()
    found, more = several({"asked": str, "state": _DONE, "waived_until": str, "merged": tuple[str, ...], "history": tuple[Version, ...]})
    decisions = {"type": "array", "items": {"$ref": "#/$defs/Decision"}}
    return whole("sanctions-checker/case-card/1", "Everything about a case", closed({
        **_const("case-card"), **found, "case": {"$ref": "#/$defs/Case"}, "decisions": decisions}),
        parts | more | {"Case": case, "Decision": _ruling({})})


def _decision() -> Schema:
    ruling = _ruling({"case": str})
    properties = {**_const("case-decision"), **ruling["properties"], "disposition": {"type": "string"}}
    return whole("sanctions-checker/case-decision/1", "A decision as it was written down", {
        **ruling, "properties": properties, "required": ["schema", *ruling["required"]]}, {})


def _config() -> Schema:
    """Every setting; what values there are follows from the settings themselves."""
    row, _ = several({"key": str, "origin": str})
    value = {"type": ["string", "number", "boolean", "array"], "items": {"type": ["string", "number"]}}
    found, _ = several({"file": str})
    return whole("sanctions-checker/config/1", "Every setting with its value and where that is from", closed({
        **_const("config"), **found, "settings": {"type": "array", "items": {"$ref": "#/$defs/Setting"}}}),
        {"Setting": closed({**row, "value": value})})


def _config_check() -> Schema:
    problem, _ = several(_PROBLEM)
    return whole("sanctions-checker/config-check/1", "Mistakes in the settings", closed({
        **_const("config-check"), "ok": {"type": "boolean"}, "problems": {"type": "array", "items": {"$ref": "#/$defs/Problem"}}}),
        {"Problem": closed(problem)})
