"""The places of a rule where one thing can be changed: every condition with the way to put another in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from checker.model.rule import Condition, Group, Leaf, Period, Quota, Rule

__all__ = ["Site", "sections", "sites", "with_exemption", "with_period"]

Put = Callable[[Condition | None], Rule]


@dataclass(frozen=True, slots=True)
class Site:
    """A line or group of a rule. ``put`` gives the rule with another condition in its place; ``None`` takes it away, and with it
    every group that is left empty. ``parent``: the kind of the group it stands in (the lines of a section: ``all``). ``number``: the
    line's number in ``Judge.lines`` (-1: a group)."""

    section: str
    condition: Condition
    put: Put
    parent: str
    number: int


def sections(rule: Rule) -> Iterator[tuple[str, Group, Put]]:
    """The conditions of a rule under the names of ``Judge.lines``. A shared exemption belongs to its own file and is left out."""
    yield "flag_when", rule.flag_when, lambda new: replace(rule, flag_when=new or Group("all", ()))
    if rule.met_when:
        yield "met_when", rule.met_when, lambda new: replace(rule, met_when=new)
    quota = rule.quota
    if quota and quota.conditions:
        yield "quota.conditions", quota.conditions, lambda new: replace(rule, quota=_with_conditions(quota, new))
    for i, e in enumerate(rule.exemptions):
        if e.shared:
            continue
        yield f"unless.{e.name}", e.when, _exempt(rule, i, "when")
        if e.unless:
            yield f"unless.{e.name}.unless", e.unless, _exempt(rule, i, "unless")


def sites(rule: Rule, numbers: dict[str, list[int]]) -> Iterator[Site]:
    """Every line and group below the sections of a rule. ``numbers``: the line numbers of each section, in written order."""
    for section, group, put in sections(rule):
        left = iter(numbers.get(section, ()))
        yield from _inside(section, group, put, left)


def with_exemption(rule: Rule, index: int, **changes: object) -> Rule:
    """The rule with one exemption changed."""
    changed = replace(rule.exemptions[index], **changes)
    return replace(rule, exemptions=(*rule.exemptions[:index], changed, *rule.exemptions[index + 1:]))


def with_period(rule: Rule, index: int, changed: Period) -> Rule:
    """The rule with one period of the law changed."""
    return replace(rule, periods=(*rule.periods[:index], changed, *rule.periods[index + 1:]))


def _exempt(rule: Rule, index: int, part: str) -> Put:
    def put(new: Condition | None) -> Rule:
        empty = Group("all", ()) if part == "when" else None
        return with_exemption(rule, index, **{part: new or empty})
    return put


def _with_conditions(quota: Quota, new: Condition | None) -> Quota:
    return replace(quota, conditions=new)


def _inside(section: str, group: Group, put: Put, numbers: Iterator[int]) -> Iterator[Site]:
    for i, item in enumerate(group.items):
        inner = _putter(group, i, put)
        yield Site(section, item, inner, group.kind, next(numbers, -1) if isinstance(item, Leaf) else -1)
        if isinstance(item, Group):
            yield from _inside(section, item, inner, numbers)


def _putter(group: Group, index: int, put: Put) -> Put:
    def into(new: Condition | None) -> Rule:
        items = (*group.items[:index], *(() if new is None else (new,)), *group.items[index + 1:])
        return put(replace(group, items=items) if items else None)
    return into
