"""Slots: every way in which a rule can come to hold, as a plain list of lines. The candidate index filters on these.

A slot is (rule, period, one alternative per ``any`` group). Its lines must all hold, so one false line rules the slot out. What
cannot be written as such a list (more than eight combinations, groups inside ``none``) is left out: a slot with fewer lines
rules out less, never more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from checker.judge.compiled import CompiledRule
from checker.judge.conditions import GroupNode, LineNode, Node
from checker.model.rule import ListTest

__all__ = ["Literal", "Slot", "rule_slots"]

MOST_COMBINATIONS = 8


@dataclass(frozen=True, slots=True)
class Literal:
    """A line that must hold, or (``negated``, from a ``none`` group) must not."""

    line: LineNode
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """``rule``: the number of the rule in the base. ``needs_anchor``: the slot cannot be kept unless one of its anchor lines is
    one (rule language, section 4)."""

    rule: int
    first: int
    last: int | None
    literals: tuple[Literal, ...]
    needs_anchor: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """One alternative: its literals, and whether all of the condition is in them."""

    literals: tuple[Literal, ...] = ()
    whole: bool = True


def rule_slots(number: int, rule: CompiledRule) -> Iterator[Slot]:
    """The slots of a rule, those of ``met_when`` included."""
    for period in rule.periods:
        for node, anchored in ((period.flag, True), (period.met, False)):
            if node is not None:
                for way in _ways(node):
                    yield Slot(number, period.period.first, period.period.last, way.literals, anchored and _needs_anchor(way))


def _needs_anchor(way: _Way) -> bool:
    """A way whose lines all hold is kept without an anchor, unless one of the lines is an anchor whenever it holds. The index does
    not look at lists, so it cannot ask for an anchor where a list may be one."""
    anchors = [x for x in way.literals if _is_anchor(x)]
    return way.whole and any(x.line.if_unknown != 2 for x in anchors) and not any(isinstance(x.line.leaf.test, ListTest) for x in anchors)


def _is_anchor(literal: Literal) -> bool:
    return literal.line.look.anchors and not literal.line.negate and not literal.negated


def _ways(node: Node) -> list[_Way]:
    if isinstance(node, LineNode):
        return [_Way((Literal(node),))]
    if node.kind == "none":
        return [_none(node)]
    if node.kind == "any":
        ways = [way for item in node.items for way in _ways(item)]
        return ways if len(ways) <= MOST_COMBINATIONS else [_Way(whole=False)]
    return _all(node)


def _none(node: GroupNode) -> _Way:
    """Each single line of a ``none`` group must not hold; what has more lines cannot be filtered on."""
    found: list[Literal] = []
    for item in node.items:
        while isinstance(item, GroupNode) and len(item.items) == 1 and item.kind != "none":
            item = item.items[0]
        if isinstance(item, LineNode):
            found.append(Literal(item, negated=True))
    return _Way(tuple(found))


def _all(node: GroupNode) -> list[_Way]:
    ways = [_Way()]
    # groups with few alternatives first, so that as much as possible stays within the bound
    for choices in sorted((_ways(item) for item in node.items), key=len):
        if len(ways) * len(choices) > MOST_COMBINATIONS:
            choices = [_Way(whole=False)]
        ways = [_Way(a.literals + b.literals, a.whole and b.whole) for a, b in product(ways, choices)]
    return ways
