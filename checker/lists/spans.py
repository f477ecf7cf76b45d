"""From an entry to the measures it is under, each with its days: committee, own measures, delisting put together."""

from __future__ import annotations

import msgspec

from checker.lists.entry import Entry
from checker.lists.knowledge import Delisting, Knowledge, Measure

__all__ = ["Span", "spans_of"]


class Span(msgspec.Struct, frozen=True, gc=False):
    """A name under one measure of a list. ``weak``: not sure on these days; ``why`` says what is not."""

    list: str
    first: int
    last: int | None = None
    weak: bool = False
    why: str = ""


def spans_of(entry: Entry, knowledge: Knowledge, delisting: Delisting | None = None) -> tuple[Span, ...]:
    """The measures of an entry in the order of its committee. A name listed before a measure existed is under it from its first day."""
    committee = knowledge.committees.get(entry.committee)
    if committee is None:
        return ()
    own = knowledge.measures.get(entry.reference)
    own_first = None if own is None else {one.list: one.first or 1 for one in own}
    found: list[Span] = []
    for measure in committee.measures:
        if entry.kind not in measure.binds or (own_first is not None and measure.list not in own_first):
            continue
        first = max(entry.listed_on or 1, measure.first, own_first[measure.list] if own_first is not None else 1)
        found += _cut(entry, measure, first, delisting)
    return tuple(found)


def _cut(entry: Entry, measure: Measure, first: int, delisting: Delisting | None) -> list[Span]:
    """The span, ended by a delisting; the doubtful day of a delisting is a span of its own."""
    why = "" if entry.listed_on else "the day of the listing is not known"
    if measure.unsure:
        why = "not all names of the list were under this measure"
    if delisting is None:
        return _span(measure.list, first, measure.last, why)
    last = delisting.last if measure.last is None else min(measure.last, delisting.last)
    if delisting.day == "certain" or last < delisting.last:
        return _span(measure.list, first, last, why)
    return [*_span(measure.list, first, last - 1, why), *_span(measure.list, max(first, last), last, "taken off the list on this day")]


def _span(name: str, first: int, last: int | None, why: str) -> list[Span]:
    return [Span(name, first, last, bool(why), why)] if last is None or first <= last else []
