"""The life of a rule by date: periods of the law, disputes, exemptions, due days, and what changed at each boundary.

Computed from the rule alone. No clock is read: what is open runs on to the right end, which is the latest day the rule knows
of (its review included) plus a margin, or the day asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from checker.model.dates import say_day
from checker.model.rule import Contest, Exemption, Period, Position, Rule
from checker.report.words import Words, and_list, as_sentence
from checker.vocabulary.conditions import say_fact, say_wanted
from checker.vocabulary.quotas import name_limits

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["TIMELINE_SCHEMA", "Change", "Kind", "Lane", "Point", "Span", "Timeline", "timeline"]

TIMELINE_SCHEMA = "sanctions-checker/timeline/1"

Kind = Literal["decides", "demands", "clarifies", "calls_upon", "unverified", "contested", "exemption"]
_ENDED = {"lapsed": "it lapsed", "terminated": "it was terminated", "replaced": "it was replaced", "suspended": "it was suspended",
          "narrowed": "it was narrowed"}
_MARGIN = 0.06
"""Share of the whole span that is drawn beyond the last known day."""

_LEAST_MARGIN = 180
"""Days drawn beyond the last known day at least."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``first`` to ``last`` (ordinals; ``None``: open). ``label`` is short, ``text`` a whole sentence."""

    first: int
    last: int | None
    kind: Kind
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Spans under one heading; those of the law follow one another, disputes and exemptions have lanes of their own."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One day with a meaning: ``due`` (last day in time), ``known_until`` (last day for which a renewal is known), ``on``."""

    day: int
    kind: Literal["due", "known_until", "on"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is different from ``day`` on (for a due day: what ends with it), as sentences."""

    day: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything a drawing shows, from ``first`` to ``last`` (ordinals, both included)."""

    rule: str
    title: str
    first: int
    last: int
    lanes: tuple[Lane, ...]
    points: tuple[Point, ...]
    changes: tuple[Change, ...]

    def describe(self) -> str:
        """The drawing in words, one sentence after the other."""
        return " ".join(f"{_day(c.day)}: {' '.join(c.texts)}" for c in self.changes)

    def to_wire(self) -> dict[str, Any]:
        """The JSON-ready form; ``until`` is the last day, ``null`` where it is open."""
        return {"schema": TIMELINE_SCHEMA, "rule": self.rule, "title": self.title, "from": _iso(self.first), "until": _iso(self.last),
                "lanes": [{"name": lane.name, "spans": [{"from": _iso(s.first), "until": _iso(s.last), "kind": s.kind, "label": s.label,
                                                         "text": s.text} for s in lane.spans]} for lane in self.lanes],
                "points": [{"on": _iso(p.day), "kind": p.kind, "text": p.text} for p in self.points],
                "changes": [{"on": _iso(c.day), "texts": list(c.texts)} for c in self.changes]}


def timeline(rule: Rule, vocabulary: Vocabulary, on: int | None = None) -> Timeline:
    """The timeline of a rule; ``on`` (an ordinal) is drawn as a point, and is the right end where it lies beyond the last known day."""
    points = _points(rule, on)
    known = sorted(_known_days(rule, points))
    first, last = known[0], known[-1]
    margin = max(_LEAST_MARGIN, int((last - first) * _MARGIN))
    end = on if on is not None and on >= last else last + margin
    lanes = [Lane("law", tuple(span for index, period in enumerate(rule.periods) for span in _law(rule, index, period)))]
    words = Words(vocabulary)
    if rule.contested:
        lanes.append(Lane("disputed", tuple(_dispute(c, words) for c in rule.contested)))
    lanes += [Lane(say_fact(e.name), tuple(_exemption(rule, e, words))) for e in rule.exemptions]
    lanes = [Lane(lane.name, tuple(s for s in lane.spans if s.first <= end)) for lane in lanes]
    return Timeline(rule.id, rule.title, first - margin // 3, end, tuple(lanes), points, _changes(rule, vocabulary))


def _known_days(rule: Rule, points: tuple[Point, ...]) -> Iterator[int]:
    disputes = (*rule.contested, *(c for e in rule.exemptions for c in e.contested))
    spans: list[Period | Contest | Exemption] = [*rule.periods, *rule.exemptions, *disputes]
    begun = rule.periods[0].first  # what is older than the law (the window of a shared exemption) is not drawn
    for span in spans:
        yield from (day for day in (span.first, span.last) if day is not None and day >= begun)
    yield from (p.day for p in points if p.kind != "on")
    if rule.reviewed.date:
        yield dt.date.fromisoformat(rule.reviewed.date).toordinal()


def _points(rule: Rule, on: int | None) -> tuple[Point, ...]:
    points = [Point(p.known_until, "known_until", "Last day for which a renewal is known; after it the law is not verified.")
              for p in rule.periods if p.known_until is not None]
    if rule.duty:
        points.append(Point(rule.duty.due, "due", f"Last day in time; the {say_fact(rule.duty.owed_by)} owes it."))
    if on is not None:
        points.append(Point(on, "on", "The day asked for."))
    return tuple(sorted(points, key=lambda p: (p.day, p.kind)))


def _law(rule: Rule, index: int, period: Period) -> Iterator[Span]:
    """The span of a period, cut at the last day for which a renewal is known."""
    before = rule.periods[index - 1].authority if index else ()
    added = [a for a in period.authority if a not in before] or list(period.authority)
    text = f"{as_sentence(period.says)} {'; '.join(period.authority)}."
    if period.known_until is None or (period.last is not None and period.known_until >= period.last):
        yield Span(period.first, period.last, period.force, added[-1], text)
        return
    yield Span(period.first, period.known_until, period.force, added[-1], text)
    yield Span(period.known_until + 1, period.last, "unverified", "renewal not verified",
               f"Whether this was renewed beyond {_day(period.known_until)} was not checked. {text}")


def _dispute(contest: Contest, words: Words) -> Span:
    return Span(contest.first, contest.last, "contested", "disputed", f"States dispute that it applies. {_positions(contest, words)}")


def _exemption(rule: Rule, exemption: Exemption, words: Words) -> Iterator[Span]:
    """The window of an exemption; without dates of its own it is that of the law. What of it is disputed is a span of its own."""
    last_of_law = rule.periods[-1].last
    first = max(rule.periods[0].first, exemption.first or 0)
    last = last_of_law if exemption.last is None else exemption.last
    if last is not None and last < first:
        return
    yield Span(first, last, "exemption", "; ".join(exemption.authority), f"{as_sentence(exemption.says)} {'; '.join(exemption.authority)}.")
    for contest in exemption.contested:
        over = min((day for day in (contest.last, last) if day is not None), default=None)
        if over is None or over >= contest.first:
            yield Span(contest.first, over, "contested", "disputed", f"States dispute this exemption. {_positions(contest, words)}")


def _positions(contest: Contest, words: Words) -> str:
    return " ".join(as_sentence(_position(p, words)) for p in contest.positions)


def _position(position: Position, words: Words) -> str:
    return f"{position.view} ({and_list([words.party(holder) for holder in position.holders])})"


def _changes(rule: Rule, vocabulary: Vocabulary) -> tuple[Change, ...]:
    found: dict[int, list[str]] = {}
    for day, text in (*_law_changes(rule, vocabulary), *_dispute_changes(rule, Words(vocabulary)), *_exemption_changes(rule)):
        found.setdefault(day, []).append(as_sentence(text))
    for point in _points(rule, None):
        found.setdefault(point.day, []).append(point.text)
    return tuple(Change(day, tuple(texts)) for day, texts in sorted(found.items()))


def _law_changes(rule: Rule, vocabulary: Vocabulary) -> Iterator[tuple[int, str]]:
    before: Period | None = None
    for period in rule.periods:
        verb = "in force" if before is None else "in force again" if _gap(before, period) else "changed"
        yield period.first, f"{verb} ({say_fact(period.force)}): {period.says} ({'; '.join(period.authority)})"
        if before is not None:
            for name, leaf in period.covered.items():
                was, now = before.covered.get(name), say_wanted(leaf, vocabulary)
                if was is not None and say_wanted(was, vocabulary) != now:
                    yield period.first, f"{say_fact(name)}: {now}; before: {say_wanted(was, vocabulary)}"
        if period.limits and (before is None or before.limits != period.limits):
            yield period.first, f"limit: {name_limits(period.limits, vocabulary)}"
        if period.last is not None and not any(p.first == period.last + 1 for p in rule.periods):
            yield period.last + 1, f"no longer in force: {_ENDED.get(period.ended, 'it ended')}"
        before = period


def _gap(before: Period, after: Period) -> bool:
    return before.last is not None and before.last + 1 < after.first


def _dispute_changes(rule: Rule, words: Words) -> Iterator[tuple[int, str]]:
    for contest in rule.contested:
        yield contest.first, f"States dispute that it applies: {'; '.join(_position(p, words) for p in contest.positions)}"
        if contest.last is not None:
            yield contest.last + 1, "the dispute is over"


def _exemption_changes(rule: Rule) -> Iterator[tuple[int, str]]:
    for exemption in rule.exemptions:
        name = say_fact(exemption.name)
        if exemption.first is not None and exemption.first > rule.periods[0].first:
            yield exemption.first, f"exemption {name} begins: {exemption.says}"
        if exemption.last is not None:
            yield exemption.last + 1, f"exemption {name} is over"
        for contest in exemption.contested:
            yield contest.first, f"States dispute the exemption {name}"
            if contest.last is not None:
                yield contest.last + 1, f"the dispute about the exemption {name} is over"


def _iso(day: int | None) -> str | None:
    return None if day is None else dt.date.fromordinal(day).isoformat()


def _day(day: int) -> str:
    return say_day(dt.date.fromordinal(day))
