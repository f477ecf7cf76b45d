"""The days on which the law of a rule changes, each with the way to move it.

A boundary is a first day: the day a period begins, the day after its last one, the day after the duty was due. Periods that follow
each other share a boundary, and moving it moves both of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace

from checker.judge.days import HISTORY
from checker.model.rule import Contest, DateTest, Exemption, Leaf, Mark, Rule
from checker.proof.sites import Site, with_exemption, with_period

__all__ = ["Boundary", "boundaries"]


@dataclass(frozen=True, slots=True)
class Boundary:
    """``day``: the first day of the new state of the law (ordinal). ``says``: what changes on it. ``before`` and ``on`` name an
    example of the day before and of the day itself. ``moved`` gives the rule with the boundary so many days later (-1: earlier).
    ``fact``: the date that it is a boundary of."""

    day: int
    says: str
    before: str
    on: str
    mark: Mark | None
    moved: Callable[[int], Rule]
    fact: str = "date"

    @property
    def iso(self) -> str:
        return dt.date.fromordinal(self.day).isoformat()


def boundaries(rule: Rule, lines: tuple[Site, ...] = ()) -> Iterator[Boundary]:
    """Every boundary of a rule. ``lines``: its sites, for the dates written in lines."""
    yield from _of_periods(rule)
    yield from _of_disputes(rule.contested, "", rule.mark, lambda contested: replace(rule, contested=contested))
    if rule.duty:
        duty = rule.duty
        yield Boundary(duty.due + 1, "the duty is overdue", "the last day in time", "one day late", duty.mark,
                       lambda by: replace(rule, duty=replace(duty, due=duty.due + by)))
    for i, e in enumerate(rule.exemptions):
        if not e.shared:
            yield from _of_exemption(rule, i, e)
    for site in lines:
        if isinstance(site.condition, Leaf) and isinstance(site.condition.test, DateTest):
            yield from _of_line(site, site.condition, site.condition.test)


def _of_periods(rule: Rule) -> Iterator[Boundary]:
    for i, period in enumerate(rule.periods):
        if period.first <= HISTORY[0]:
            continue  # a shared exemption: the law of the rules that use it has the dates
        joined = i > 0 and rule.periods[i - 1].last == period.first - 1
        if i == 0 or not joined:
            says = "the measure begins" if i == 0 else "the measure begins again"
            yield Boundary(period.first, says, "the day before the measure" if i == 0 else "the day before the measure came back",
                           "the first day of the measure" if i == 0 else "the day the measure came back", period.mark, _start(rule, i))
        else:
            yield Boundary(period.first, "the law changes", "the day before the law changed", "the day the law changed", period.mark,
                           _start(rule, i))
        followed = i + 1 < len(rule.periods) and period.last == rule.periods[i + 1].first - 1
        if period.last is not None and not followed:
            yield Boundary(period.last + 1, "the measure no longer applies", "the last day of the measure",
                           "the day after the measure ended", period.mark, _end(rule, i))
        if period.known_until is not None:
            yield Boundary(period.known_until + 1, "no renewal is known any more", "the last day of the known renewal",
                           "the day after the known renewal", period.mark, _horizon(rule, i))


def _start(rule: Rule, index: int) -> Callable[[int], Rule]:
    """Moves the first day of a period, and the last day of the one that it follows."""
    def moved(by: int) -> Rule:
        period = rule.periods[index]
        changed = with_period(rule, index, replace(period, first=period.first + by))
        before = rule.periods[index - 1] if index else None
        if before is not None and before.last == period.first - 1:
            changed = with_period(changed, index - 1, replace(before, last=period.first - 1 + by))
        return _tidy(changed)
    return moved


def _end(rule: Rule, index: int) -> Callable[[int], Rule]:
    def moved(by: int) -> Rule:
        period = rule.periods[index]
        following = rule.periods[index + 1] if index + 1 < len(rule.periods) else None
        last = (period.last or 0) + by
        if following and following.first <= last:
            return rule
        return _tidy(with_period(rule, index, replace(period, last=last)))
    return moved


def _horizon(rule: Rule, index: int) -> Callable[[int], Rule]:
    period = rule.periods[index]
    return lambda by: with_period(rule, index, replace(period, known_until=(period.known_until or 0) + by))


def _tidy(rule: Rule) -> Rule:
    """Without periods that have no day left."""
    return replace(rule, periods=tuple(p for p in rule.periods if p.last is None or p.first <= p.last))


def _of_disputes(contested: tuple[Contest, ...], of: str, mark: Mark | None,
                 changed: Callable[[tuple[Contest, ...]], Rule]) -> Iterator[Boundary]:
    for i, contest in enumerate(contested):
        def moved(by: int, i: int = i, contest: Contest = contest, end: bool = False) -> Rule:
            new = replace(contest, last=(contest.last or 0) + by) if end else replace(contest, first=contest.first + by)
            return changed((*contested[:i], new, *contested[i + 1:]))

        yield Boundary(contest.first, f"the dispute{of} begins", f"the last day before the dispute{of}",
                       f"the first day of the dispute{of}", contest.mark or mark, moved)
        if contest.last is not None:
            yield Boundary(contest.last + 1, f"the dispute{of} is over", f"the last day of the dispute{of}",
                           f"the day after the dispute{of}", contest.mark or mark, partial(moved, end=True))


def _of_exemption(rule: Rule, index: int, e: Exemption) -> Iterator[Boundary]:
    words = e.name.replace("_", " ").replace("-", " ")
    name = words if "exemption" in words else f"exemption {words}"
    if e.first is not None:
        first = e.first
        yield Boundary(first, f"the {name} begins", f"the day before the {name}",
                       f"the first day of the {name}", e.mark, lambda by: with_exemption(rule, index, first=first + by))
    if e.last is not None:
        last = e.last
        yield Boundary(last + 1, f"the {name} is over", f"the last day of the {name}",
                       f"the day after the {name}", e.mark, lambda by: with_exemption(rule, index, last=last + by))
    yield from _of_disputes(e.contested, f" about the {name}", e.mark,
                            lambda contested: with_exemption(rule, index, contested=contested))


def _of_line(site: Site, leaf: Leaf, test: DateTest) -> Iterator[Boundary]:
    said = "the date" if leaf.fact == "date" else f"the {leaf.fact.replace('_', ' ')}"
    if test.before is not None:
        before = test.before
        yield Boundary(before, f"{said} is no longer early enough", f"the last {said[4:]} that counts", f"a {said[4:]} one day too late",
                       leaf.mark, lambda by: site.put(replace(leaf, test=replace(test, before=before + by))), leaf.fact)
    if test.after is not None:
        after = test.after
        yield Boundary(after + 1, f"{said} is late enough", f"a {said[4:]} one day too early", f"the first {said[4:]} that counts",
                       leaf.mark, lambda by: site.put(replace(leaf, test=replace(test, after=after + by))), leaf.fact)
