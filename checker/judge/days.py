"""Which days an event may have happened on, cut where the outcome of a rule may change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from checker.judge.compiled import CompiledRule
from checker.judge.subject import Subject
from checker.model.dates import DateRange
from checker.model.event import FactValue, ListEntry
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["HISTORY", "EventDays", "event_days", "segments", "turning_days"]

HISTORY = (1, dt.date.max.toordinal())
"""The days an event without any date may have happened on: all of them."""


@dataclass(frozen=True, slots=True)
class EventDays:
    """The days of an event (ordinals, both ends included).

    An act of one day: ``first``..``last`` holds the day, ``sure`` is ``None``. A continuing act: it surely went on from
    ``sure[0]`` to ``sure[1]`` (``None`` where no day is sure), and at most from ``first`` to ``last``.
    ``dated``: the event states a date at all.
    """

    first: int
    last: int
    dated: bool = True
    continuing: bool = False
    sure: tuple[int, int] | None = None


def event_days(subject: Subject) -> EventDays:
    """The days of an event, from ``date`` and ``end_date``. An end before the beginning is ignored."""
    date, end = subject.facts.get("date"), subject.facts.get("end_date")
    if not isinstance(end, DateRange) or (isinstance(date, DateRange) and end.last < date.first):
        if isinstance(date, DateRange):
            return EventDays(date.first, date.last)
        return EventDays(*HISTORY, dated=False)
    if not isinstance(date, DateRange):
        return EventDays(HISTORY[0], end.last, dated=False, continuing=True, sure=(end.first, end.first) if end.is_day else None)
    if end.first == date.first and end.is_day and date.is_day:
        return EventDays(date.first, date.last)
    return EventDays(date.first, end.last, continuing=True, sure=(date.last, end.first) if date.last <= end.first else None)


def segments(rule: CompiledRule, subject: Subject, vocabulary: Vocabulary, first: int, last: int) -> list[tuple[int, int]]:
    """The days from ``first`` to ``last`` in runs within which nothing that the rule looks at changes."""
    if first == last:
        return [(first, last)]
    cuts = set(rule.splits).union(*(turning_days(subject.facts.get(fact), vocabulary) for fact in (*rule.places, *rule.screened)))
    starts = [first, *sorted(cut for cut in cuts if first < cut <= last)]
    return list(zip(starts, [*(start - 1 for start in starts[1:]), last], strict=True))


def turning_days(value: FactValue | None, vocabulary: Vocabulary) -> set[int]:
    """The days from which something else holds of a value of a place or screening fact: another State controls the place, a listing
    begins or is over."""
    found: set[int] = set()
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, str):
            found.update(vocabulary.places.boundaries(one))
        elif isinstance(one, ListEntry):
            found |= {one.first} if one.last is None else {one.first, one.last + 1}
    return found
