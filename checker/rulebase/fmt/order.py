"""The order of lines in the canonical form, and which words stand where: one table of shapes for the whole grammar.

A shape names a kind of map (``rule``, ``period``, ``example`` ...). ``child`` leads from a shape and a key to the shape of the value.
The shapes ``value:FACT`` and ``told:FACT`` hold words of a fact, ``states`` holds States, ``lists`` measures of lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from checker.rulebase.conditions import COVERED

__all__ = ["GROUPS", "child", "group_of", "in_order", "root_shape"]


@dataclass(frozen=True, slots=True)
class _Shape:
    """``keys`` in their order; keys not named follow in the order written. ``parts``: key to the shape of its value."""

    keys: tuple[str, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    every: str = ""


GROUPS: tuple[tuple[str, ...], ...] = (
    ("rule", "exemption", "title", "summary", "kind", "breach_class", "regime", "severity", "status", "owner", "reviewed", "replaced_by",
     "overrides"),
    ("in_force",),
    ("contested",),
    ("duty",),
    ("quota",),
    ("bound", "breach_by"),
    ("flag_when",),
    ("met_when",),
    ("unless",),
    ("not_encoded",),
    ("examples",),
)
"""The lines of a rule at the margin; an empty line stands between two groups."""

_EXEMPTION = ("use", "says", "authority", "from", "until", "procedure", "when", "if_unknown", "unless", "contested")
_EXEMPTION_PARTS = {"when": "lines", "unless": "lines", "contested": "contest"}
_SHARED_GROUPS: tuple[tuple[str, ...], ...] = (
    ("exemption", "title", "owner", "reviewed"), ("says", "authority", "from", "until", "procedure", "when", "if_unknown", "unless"),
    ("contested",), ("not_encoded",), ("examples",))

_SHAPES: dict[str, _Shape] = {
    "rule": _Shape(tuple(k for group in GROUPS for k in group), {
        "reviewed": "reviewed", "in_force": "period", "contested": "contest", "duty": "duty", "quota": "quota", "bound": "states",
        "flag_when": "lines", "met_when": "lines", "unless": "exemptions", "not_encoded": "note", "examples": "example"}),
    "shared": _Shape(tuple(k for group in _SHARED_GROUPS for k in group),
                     {"reviewed": "reviewed", "not_encoded": "note", "examples": "example", **_EXEMPTION_PARTS}),
    "reviewed": _Shape(("by", "date", "again_by")),
    "period": _Shape(("from", "until", "known_until", "ended", "authority", "force", "says", "link", "verified", "covered_quantity"),
                     {"verified": "verified", "covered_quantity": "limit"}),
    "verified": _Shape(("paragraph", "dates", "scope", "source", "date")),
    "contest": _Shape(("from", "until", "positions"), {"positions": "position"}),
    "position": _Shape(("view", "holders", "basis")),
    "duty": _Shape(("owed_by", "due")),
    "quota": _Shape(("of", "at_most", "whichever", "per", "scope", "conditions", "alerts"), {"at_most": "limit", "conditions": "lines"}),
    "limit": _Shape(("number", "unit")),
    "exemptions": _Shape(every="exemption"),
    "exemption": _Shape(_EXEMPTION, _EXEMPTION_PARTS),
    "note": _Shape(("text", "why")),
    "example": _Shape(("name", "like", "event", "but", "source", "expect", "confirmed"),
                      {"event": "facts", "but": "facts", "expect": "expect"}),
    "expect": _Shape(("label", "breach_by", "because", "missing", "authority", "not_excluded"), {"breach_by": "states"}),
}
_VALUE_FORMS = ("is", "not", "any", "except", "at_least", "at_most", "after", "before", "listed", "waived", "if_unknown")


def root_shape(keys: Iterable[str]) -> str:
    """The shape of a whole file, told by its keys."""
    keys = set(keys)
    return "shared" if "exemption" in keys and "rule" not in keys else "rule"


def child(shape: str, key: str) -> str:
    """The shape of the value under a key; ``""`` where order and words are free."""
    kind, _, fact = shape.partition(":")
    if kind == "lines":
        return "lines" if key in ("any", "none") else f"value:{key}"
    if kind == "facts":
        return f"told:{key}"
    if kind == "value":
        return "lists" if key in ("listed", "waived") else shape if key in ("is", "not", "any", "except") else ""
    if kind == "period" and key.startswith(COVERED) and key not in _SHAPES["period"].parts:
        return f"value:{key.removeprefix(COVERED)}"
    known = _SHAPES.get(kind)
    return "" if known is None or fact else known.parts.get(key, known.every)


def in_order(shape: str, keys: list[str]) -> list[str]:
    """The keys of a map in their canonical order."""
    if shape.startswith("value:"):
        order: tuple[str, ...] = _VALUE_FORMS
    else:
        order = _SHAPES[shape].keys if shape in _SHAPES else ()
    rank = {key: number for number, key in enumerate(order)}
    return sorted(keys, key=lambda key: rank.get(key, len(rank)))


def group_of(shape: str, key: str) -> int:
    """The number of the group of a key at the margin; keys not known form one at the end."""
    groups = _SHARED_GROUPS if shape == "shared" else GROUPS
    return next((number for number, group in enumerate(groups) if key in group), len(groups))
