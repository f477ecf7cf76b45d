"""A rule made ready to be judged: its lines numbered, its named values put in per period, its boundaries listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from checker.judge.conditions import GroupNode, LineNode, Node, Probe, RuleLine, compile_condition
from checker.judge.leaves import ListLook
from checker.judge.subject import Subject
from checker.model.dates import say_day, within
from checker.model.facts import FACTS
from checker.model.rule import DateTest, Exemption, Group, Period, Rule, leaves
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["CompiledExemption", "CompiledPeriod", "CompiledRule", "Edge", "compile_rule", "walk_lines"]


@dataclass(frozen=True, slots=True)
class Edge:
    """A day on which the law of a rule changes: ``day`` is the first one on the new side, ``says`` what begins on it."""

    day: int
    says: str


@dataclass(frozen=True, slots=True)
class CompiledExemption:
    """An exemption with its conditions compiled for one period."""

    exemption: Exemption
    when: Node
    unless: Node | None

    def in_time(self, day: int) -> bool:
        """Whether the exemption is in force on the day."""
        return within(day, self.exemption.first, self.exemption.last)

    def disputed(self, day: int) -> bool:
        """Whether States dispute on the day that the exemption applies."""
        return any(within(day, contest.first, contest.last) for contest in self.exemption.contested)

    def excuses(self, subject: Subject, day: int, probe: Probe | None = None) -> int:
        """Whether the exemption applies by its facts: its ``when`` holds and its own ``unless`` does not."""
        truth = self.when.truth(subject, day, probe)
        if self.unless and (truth or probe):
            truth = min(truth, 2 - self.unless.truth(subject, day, probe))
        return truth


@dataclass(frozen=True, slots=True)
class CompiledPeriod:
    """One period of the law with the conditions as they read in it."""

    index: int
    period: Period
    flag: Node
    met: Node | None
    exemptions: tuple[CompiledExemption, ...]
    conditions: Node | None = None


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """``near``: the changes of the law that a day borders on. ``splits``: every day from which the outcome may be another.
    ``places`` and ``screened``: the facts whose dated relations may change it too. ``special``: the rules that override this one."""

    rule: Rule
    periods: tuple[CompiledPeriod, ...]
    lines: tuple[RuleLine, ...]
    near: Mapping[int, tuple[Edge, ...]]
    splits: tuple[int, ...]
    places: tuple[str, ...]
    screened: tuple[str, ...]
    special: tuple[CompiledRule, ...] = ()

    def period_on(self, day: int) -> CompiledPeriod | None:
        """The period in force on a day."""
        return next((period for period in self.periods if within(day, period.period.first, period.period.last)), None)


def compile_rule(rule: Rule, vocabulary: Vocabulary, special: tuple[CompiledRule, ...] = ()) -> CompiledRule:
    """Compile a rule against a vocabulary. ``special``: the rules that override it, compiled."""
    lines = tuple(_rule_lines(rule))
    periods = tuple(_compile_period(rule, i, period, vocabulary) for i, period in enumerate(rule.periods))
    nodes = [node for period in periods for node in _nodes(period)]
    looked = [line for node in nodes for line in walk_lines(node)]
    edges = tuple(_edges(rule))
    splits = {edge.day for edge in edges}
    for exemption in rule.exemptions:
        splits |= _span_starts(exemption.first, exemption.last)
        for dispute in exemption.contested:
            splits |= _span_starts(dispute.first, dispute.last)
    for contest in rule.contested:
        splits |= _span_starts(contest.first, contest.last)
    for period in rule.periods:
        if period.known_until is not None:
            splits.add(period.known_until + 1)
    for leaf in looked:
        test = leaf.leaf.test
        if leaf.leaf.fact == "date" and isinstance(test, DateTest):
            splits |= {day for day in (test.before, None if test.after is None else test.after + 1) if day is not None}
    near: dict[int, tuple[Edge, ...]] = {}
    for edge in edges:
        for day in (edge.day - 1, edge.day):
            near[day] = (*near.get(day, ()), edge)
    places = {leaf.leaf.fact for leaf in looked if FACTS[leaf.leaf.fact].type in ("place", "places")}
    screened = {leaf.look.source for leaf in looked if isinstance(leaf.look, ListLook)}
    return CompiledRule(
        rule, periods, lines, near, tuple(sorted(splits.union(*(other.splits for other in special)))),
        tuple(sorted(places.union(*(other.places for other in special)))),
        tuple(sorted(screened.union(*(other.screened for other in special)))), special)


def walk_lines(node: Node) -> Iterator[LineNode]:
    """Every line of a condition, in written order."""
    if isinstance(node, GroupNode):
        for item in node.items:
            yield from walk_lines(item)
    else:
        yield node


def _compile_period(rule: Rule, index: int, period: Period, vocabulary: Vocabulary) -> CompiledPeriod:
    numbers = count()
    flag = compile_condition(rule.flag_when, period.covered, numbers, vocabulary)
    met = compile_condition(rule.met_when, period.covered, numbers, vocabulary) if rule.met_when else None
    exemptions = tuple(
        CompiledExemption(e, compile_condition(e.when, period.covered, numbers, vocabulary),
                          compile_condition(e.unless, period.covered, numbers, vocabulary) if e.unless else None)
        for e in rule.exemptions)
    asked = rule.quota.conditions if rule.quota else None
    conditions = compile_condition(asked, period.covered, numbers, vocabulary) if asked else None
    return CompiledPeriod(index, period, flag, met, exemptions, conditions)


def _rule_lines(rule: Rule) -> Iterator[RuleLine]:
    # the same order as in _compile_period, so that a number means the same line in every period
    sections: list[tuple[str, Group | None]] = [("flag_when", rule.flag_when), ("met_when", rule.met_when)]
    for e in rule.exemptions:
        sections += [(f"unless.{e.name}", e.when), (f"unless.{e.name}.unless", e.unless)]
    sections.append(("quota.conditions", rule.quota.conditions if rule.quota else None))
    numbers = count()
    for section, group in sections:
        for leaf in leaves(group):
            yield RuleLine(next(numbers), section, leaf)


def _nodes(period: CompiledPeriod) -> Iterator[Node]:
    yield period.flag
    if period.met:
        yield period.met
    for exemption in period.exemptions:
        yield exemption.when
        if exemption.unless:
            yield exemption.unless
    if period.conditions:
        yield period.conditions


def _span_starts(first: int | None, last: int | None) -> set[int]:
    return {day for day in (first, None if last is None else last + 1) if day is not None}


def _edges(rule: Rule) -> Iterator[Edge]:
    starts = {period.first for period in rule.periods}
    for i, period in enumerate(rule.periods):
        yield Edge(period.first, "the measure starts" if i == 0 or period.first - 1 != rule.periods[i - 1].last else "the measure changes")
        if period.last is not None and period.last + 1 not in starts:
            yield Edge(period.last + 1, f"the measure no longer applies{f' ({period.ended})' if period.ended else ''}")
    if rule.duty:
        yield Edge(rule.duty.due + 1, f"the duty is overdue (last day in time: {_say(rule.duty.due)})")
    for contest in rule.contested:
        yield Edge(contest.first, "the dispute about the measure starts")
        if contest.last is not None and contest.last + 1 not in starts and all(p.last != contest.last for p in rule.periods):
            yield Edge(contest.last + 1, "the dispute about the measure ends")


def _say(day: int) -> str:
    return say_day(dt.date.fromordinal(day))
