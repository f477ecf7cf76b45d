"""Near misses: rules that do not flag an event, and how little would have to be otherwise.

A *way* is a smallest set of changes after which the rule is flagged: lines that would have to come out otherwise, a date that would
have to lie within the law, a claim that would have to assert the event. Ways are found by asking the judge with lines forced, so
they cannot disagree with it. Sets of one change are looked for first, then of two; what needs more is *far*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import msgspec

from checker.judge.conditions import RuleLine, fill_named
from checker.judge.findings import SEVERITIES
from checker.judge.judge import Judge
from checker.judge.subject import PartyBook, Subject
from checker.judge.verdict import FLAGGED_OUTCOMES, Verdict
from checker.judge.words import UNSCREENED, UNSTATED, say_fact, say_got, say_range, say_wanted
from checker.model.dates import DateRange
from checker.model.event import Event
from checker.model.facts import FACTS
from checker.model.rule import Condition, Group, Leaf, Rule

__all__ = ["FAR", "FailingLine", "NearMiss", "Way", "near_miss", "near_misses"]

FAR = 3
"""The distance of a rule that needs more changes than are looked for."""

Reason = Literal["lines", "date", "duty", "exemption", "override", "anchor", "report", "far"]

_UNTOLD = (UNSTATED, UNSCREENED)
_NO_NOUN = ("from", "by", "to", "via")  # last words of fact names that cannot follow "the"


@dataclass(frozen=True, slots=True)
class FailingLine:
    """A line that would have to come out otherwise: what it asks for (``wanted``, turned round where the line must not hold), what
    the event says, and where it stands (``file:line:column``)."""

    number: int
    section: str
    fact: str
    wanted: str
    got: str
    where: str

    def to_wire(self) -> dict[str, Any]:
        return {"section": self.section, "fact": self.fact, "wanted": self.wanted, "got": self.got, "where": self.where}


@dataclass(frozen=True, slots=True)
class Way:
    """One smallest set of changes. ``days``: how many days later (negative: earlier) the event would have to be, 0 for no change
    of date; ``turn`` says what lies on that day. ``asserted``: somebody would have to assert the event. ``override``: the rule that goes
    before would have to be none of this event's."""

    lines: tuple[FailingLine, ...] = ()
    days: int = 0
    turn: str = ""
    asserted: bool = False
    override: str = ""

    @property
    def distance(self) -> int:
        """A denied event is as near as if it were asserted, unless nothing but that is wanting."""
        return len(self.lines) + bool(self.days) + bool(self.override) or int(self.asserted)

    def to_wire(self) -> dict[str, Any]:
        return {"lines": [line.to_wire() for line in self.lines], "days": self.days, "asserted": self.asserted,
                "override": self.override}


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that does not flag the event. ``distance``: how many things would have to be otherwise (``FAR``: at least so many);
    ``lines``: the failing lines of the first way, or of a far rule all that surely fail; ``because``: the exemption that excuses or
    the rule that goes before; ``ways``: all ways of that distance."""

    rule: str
    title: str
    regime: str
    severity: str
    label: str
    distance: int
    reason: Reason
    lines: tuple[FailingLine, ...]
    because: str
    sentence: str
    ways: tuple[Way, ...] = ()

    def to_wire(self) -> dict[str, Any]:
        return {"rule": self.rule, "title": self.title, "regime": self.regime, "severity": self.severity, "label": self.label,
                "distance": self.distance, "reason": self.reason, "lines": [line.to_wire() for line in self.lines],
                "because": self.because, "sentence": self.sentence, "ways": [way.to_wire() for way in self.ways]}


def near_misses(judge: Judge, event: Event, limit: int | None = None, *, far: bool = False) -> tuple[NearMiss, ...]:
    """The active rules that do not flag the event, the nearest first: by distance, then those that lack only untold facts last, then by
    days, severity and rule id.

    ``limit``: at most so many; ``far``: those too that need more than two changes.
    """
    found = [near_miss(judge, event, rule.id) for rule in judge.rulebase.rules if rule.status == "active"]
    kept = sorted((miss for miss in found if miss is not None and (far or miss.distance < FAR)), key=_nearness)
    return tuple(kept if limit is None else kept[:limit])


def near_miss(judge: Judge, event: Event, rule_id: str, prefer: Collection[int] = ()) -> NearMiss | None:
    """Why one rule does not flag the event and how far it is from doing so; ``None`` where it does. Of several ways those with a line
    of ``prefer`` (line numbers) come first."""
    verdict, seen = judge.probe(event, rule_id)
    return None if verdict.flagged else _Search(judge, event, verdict, seen, prefer).result()


def _nearness(miss: NearMiss) -> tuple[int, bool, int, int, str]:
    """What the event tells otherwise says more than what it does not tell: else every freeze of assets would be near to every payment."""
    days = min((abs(way.days) for way in miss.ways), default=0)
    untold = bool(miss.lines) and all(line.got in _UNTOLD for line in miss.lines)
    return miss.distance, untold, days, SEVERITIES.index(miss.severity) if miss.severity in SEVERITIES else len(SEVERITIES), miss.rule


class _Search:
    """One rule that does not flag one event."""

    def __init__(self, judge: Judge, event: Event, verdict: Verdict, seen: Mapping[int, frozenset[int]], prefer: Collection[int]) -> None:
        self.judge, self.event, self.verdict, self.seen, self.prefer = judge, event, verdict, seen, prefer
        self.rule = verdict.rule
        self.lines = judge.lines(self.rule.id)
        self.good = dict(_good_truths(self.rule, self.lines))

    def result(self) -> NearMiss:
        """The ways of the smallest distance, and the sentence for the first of them."""
        ways = self._all_ways()
        distance = min((way.distance for way in ways), default=FAR)
        if not ways or distance >= FAR:
            return self._told(FAR, "far", self._sure_failures(), ())
        nearest = tuple(way for way in ways if way.distance == distance)
        return self._told(distance, self._reason(nearest[0]), nearest[0].lines, nearest)

    def _all_ways(self) -> list[Way]:
        outcome = self.verdict.outcome
        if outcome in FLAGGED_OUTCOMES:  # the elements hold; only the report keeps the label from being flagged
            return [Way(asserted=True)]
        if self.verdict.span.overridden:  # the elements hold, too
            return [Way(override=self.verdict.span.overridden)]
        if outcome == "not_in_force":
            return self._date_ways(with_lines=True)
        ways = sorted(self._line_ways(self.event, self.seen), key=self._order)
        if outcome == "pending":
            return [*self._date_ways(with_lines=False), *ways]
        return [*ways, *self._date_ways(with_lines=False)] if ways and outcome == "clear" else ways or self._date_ways(with_lines=False)

    def _order(self, way: Way) -> tuple[bool, int]:
        """What the event tells otherwise says more than what it does not tell."""
        return not any(line.number in self.prefer for line in way.lines), sum(line.got in _UNTOLD for line in way.lines)

    def _line_ways(self, event: Event, seen: Mapping[int, frozenset[int]], most: int = 2, days: int = 0, turn: str = "") -> Iterator[Way]:
        """Ways by lines alone: single lines, and where there are none, pairs."""
        candidates = [n for n, good in self.good.items() if seen.get(n, frozenset()) - {good} and self._can_matter(n, seen[n])]
        if len(self._plain_failures(seen)) > most or self._probe(event, candidates) is None:
            return
        found: list[tuple[tuple[int, ...], Verdict]]
        found = [((n,), verdict) for n in candidates if (verdict := self._probe(event, [n])) is not None]
        if not found and most > 1:
            needed = {n for n in candidates if self._probe(event, [other for other in candidates if other != n]) is None}
            pairs = combinations(candidates, 2) if len(needed) <= most else ()
            found = [(pair, verdict) for pair in pairs if needed <= set(pair) and (verdict := self._probe(event, pair)) is not None]
        for numbers, verdict in found:
            told = tuple(self._failing(n, event, verdict) for n in numbers)
            yield Way(told, days, turn, asserted=not verdict.flagged)

    def _date_ways(self, *, with_lines: bool) -> list[Way]:
        """The nearest day, later or earlier, on which the rule would be flagged; with ``with_lines`` also where one line fails there."""
        first, last = min(s.first for s in self.verdict.spans), max(s.last for s in self.verdict.spans)
        turns = [(day - last, turn) for day, turn in _later(self.rule) if day > last]
        turns += [(day - first, turn) for day, turn in _earlier(self.rule) if day < first]
        near: list[Way] = []
        for days, turn in sorted(turns, key=lambda found: abs(found[0])):
            moved = _moved(self.event, (last if days > 0 else first) + days)
            verdict, seen = self.judge.probe(moved, self.rule.id)
            if verdict.outcome in FLAGGED_OUTCOMES:
                return [Way((), days, turn, asserted=not verdict.flagged)]
            if with_lines and not near:
                near = list(self._line_ways(moved, seen, 1, days, turn))
        return near

    def _probe(self, event: Event, numbers: Any) -> Verdict | None:
        """The verdict with these lines forced to the truth that helps, if its outcome is one to be flagged."""
        verdict, _ = self.judge.probe(event, self.rule.id, {n: self.good[n] for n in numbers})
        return verdict if verdict.outcome in FLAGGED_OUTCOMES else None

    def _can_matter(self, number: int, truths: frozenset[int]) -> bool:
        """A line that would have to be false does no harm while it is only unknown: who relies on an exemption must show it."""
        return self.good[number] == 2 or 2 in truths or self.lines[number].section == "flag_when"

    def _plain_failures(self, seen: Mapping[int, frozenset[int]]) -> list[int]:
        """Lines that fail for sure and stand beside no alternative: every way needs all of them."""
        plain = {id(item) for item in self.rule.flag_when.items if isinstance(item, Leaf)}
        return [x.number for x in self.lines
                if x.section == "flag_when" and id(x.leaf) in plain and seen.get(x.number) == frozenset({0})]

    def _sure_failures(self) -> tuple[FailingLine, ...]:
        return tuple(self._failing(n, self.event, self.verdict) for n in self._plain_failures(self.seen))

    def _failing(self, number: int, event: Event, verdict: Verdict) -> FailingLine:
        line, period = self.lines[number], verdict.span.period
        leaf = fill_named(line.leaf, self.rule.periods[max(period, 0)].covered)
        wants = leaf if self.good[number] == 2 else msgspec.structs.replace(leaf, negate=not leaf.negate)
        wanted = say_wanted(wants, self.judge.vocabulary)
        got = say_got(leaf, Subject(event.facts, PartyBook(self.judge.vocabulary)), self.judge.vocabulary)
        if leaf.fact == "date":
            got = say_range(verdict.span.first, verdict.span.last)
        return FailingLine(number, line.section, leaf.fact, wanted, got, str(line.leaf.mark or ""))

    def _reason(self, way: Way) -> Reason:
        outcome = self.verdict.outcome
        if way.asserted and not way.lines and not way.days:
            return "report"
        if way.override:
            return "override"
        if outcome == "exempt":
            return "exemption"
        if way.days:
            return "duty" if outcome == "pending" else "date"
        return "anchor" if outcome == "clear" and self.verdict.missing else "lines"

    def _told(self, distance: int, reason: Reason, lines: tuple[FailingLine, ...], ways: tuple[Way, ...]) -> NearMiss:
        rule = self.rule
        return NearMiss(rule.id, rule.title, rule.regime, rule.severity, self.verdict.label, distance, reason, lines,
                        self.verdict.because or self.verdict.span.overridden, f"not flagged: {self._sentence(reason, lines, ways)}", ways)

    def _sentence(self, reason: Reason, lines: tuple[FailingLine, ...], ways: tuple[Way, ...]) -> str:
        if reason == "far":
            if self.verdict.outcome == "not_in_force":
                return "it was not in force on the day of the event, and lines fail beside that"
            failing = ", ".join(dict.fromkeys(say_fact(line.fact) for line in lines))
            return "more than two lines would have to come out otherwise" + (f", among them {failing}" if failing else "")
        told = self._clause(ways[0])
        if reason == "exemption":
            told = f"the exemption {say_fact(self.verdict.because)} excuses it; {told}"
        if reason == "anchor":
            told = f"no line that names a State, place, group or list holds; {told}"
        if len(ways) > 1:
            more = f"; {len(ways) - 2} more way{'' if len(ways) == 3 else 's'}" if len(ways) > 2 else ""
            told += f" (or: {self._clause(ways[1])}{more})"
        return told

    def _clause(self, way: Way) -> str:
        parts = [_say_line(line, alone=len(way.lines) == 1 and not way.days and not way.asserted) for line in way.lines]
        if way.days:
            spans = self.verdict.spans
            days = f"{abs(way.days):,} day{'' if abs(way.days) == 1 else 's'}"
            parts.insert(0, f"the event is of {say_range(spans[0].first, spans[-1].last)}, {days} {way.turn}")
        if way.override:
            parts.append(f"the rule {way.override} goes before it, and its elements hold")
        if way.asserted:
            denied = f"nobody asserts it, it is only {self.verdict.report}"
            parts.append("the text itself says that it did not happen" if self.verdict.report == "negated" else denied)
        return ", and ".join(parts)


def _say_line(line: FailingLine, *, alone: bool) -> str:
    """``the supplier would have to be North Korea; the event says Exland``, in brackets where more follows."""
    wanted = f"other than {line.wanted.removeprefix('not ')}" if line.wanted.startswith("not ") else line.wanted
    says = "the event does not say" if line.got == UNSTATED else f"the event says {line.got}"
    return f"{_say_subject(line.fact)} would have to be {wanted}" + (f"; {says}" if alone else f" ({says})")


def _say_subject(fact: str) -> str:
    """``the supplier``; a fact whose name is no noun is told by its meaning: ``where the goods left``."""
    if FACTS[fact].type == "bool" or say_fact(fact).split()[-1] in _NO_NOUN:
        return FACTS[fact].says.partition(";")[0]
    return f"the {say_fact(fact)}"


def _moved(event: Event, day: int) -> Event:
    """The event as of another day."""
    facts = {name: value for name, value in event.facts.items() if name != "end_date"}
    return msgspec.structs.replace(event, facts=facts | {"date": DateRange(day, day)})


def _later(rule: Rule) -> Iterator[tuple[int, str]]:
    """Days on which a rule may begin to flag, with what lies on them."""
    for i, period in enumerate(rule.periods):
        yield period.first, "before the measure starts" if i == 0 else "before the measure changes"
    if rule.duty:
        yield rule.duty.due + 1, "before the duty is overdue"
    for exemption in rule.exemptions:
        if exemption.last is not None:
            yield exemption.last + 1, f"before the first day without the exemption {say_fact(exemption.name)}"


def _earlier(rule: Rule) -> Iterator[tuple[int, str]]:
    """Days on which a rule may flag for the last time."""
    for i, period in enumerate(rule.periods):
        if period.last is not None:
            following = i + 1 < len(rule.periods) and rule.periods[i + 1].first == period.last + 1
            yield period.last, "after the last day before the measure changed" if following else "after the last day of the measure"
    for exemption in rule.exemptions:
        if exemption.first is not None:
            yield exemption.first - 1, f"after the last day without the exemption {say_fact(exemption.name)}"


def _good_truths(rule: Rule, lines: tuple[RuleLine, ...]) -> Iterator[tuple[int, int]]:
    """By line number: the truth that brings the rule nearer to being flagged."""
    sections: dict[str, tuple[Group | None, int]] = {"flag_when": (rule.flag_when, 2), "met_when": (rule.met_when, 0)}
    for exemption in rule.exemptions:
        sections[f"unless.{exemption.name}"] = exemption.when, 0
        sections[f"unless.{exemption.name}.unless"] = exemption.unless, 2
    if rule.quota:
        sections["quota.conditions"] = rule.quota.conditions, 0
    for section, (group, good) in sections.items():
        numbers = (line.number for line in lines if line.section == section)
        yield from zip(numbers, _turned(group, good) if group else (), strict=True)


def _turned(condition: Condition, good: int) -> Iterator[int]:
    """The helpful truth of every line below, in written order; ``none`` turns it round."""
    if isinstance(condition, Leaf):
        yield good
    else:
        for item in condition.items:
            yield from _turned(item, 2 - good if condition.kind == "none" else good)
