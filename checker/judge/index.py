"""Which rules may concern an event: bit masks over slots, one table per fact (rule language, section 5).

A slot's bit survives unless one of its lines is definitely false. Tables are filled on first use, by the leaf functions
themselves, so the index cannot disagree with the judge: a row is the pair (slots whose lines on this fact are not false, slots of
which a line on this fact is an anchor). Numbers, dates within lines, lists, exemptions and multi-line ``none`` groups never filter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from checker.judge.compiled import CompiledRule
from checker.judge.leaves import role_of
from checker.judge.slots import Literal, Slot, rule_slots
from checker.judge.subject import PartyBook, Subject
from checker.model.dates import DateRange
from checker.model.event import FactValue
from checker.model.facts import FACTS
from checker.model.rule import BoolTest, TermTest

__all__ = ["CandidateIndex"]

Row = tuple[int, int]
_MEMORY = 65536


class CandidateIndex:
    """Candidate rules of events, by number in ``rules``. Sound: no rule is left out whose outcome would be kept."""

    def __init__(self, rules: Sequence[CompiledRule], book: PartyBook) -> None:
        slots = [slot for number, rule in enumerate(rules) for slot in rule_slots(number, rule)]
        self._all = (1 << len(slots)) - 1
        self._rule_of = [slot.rule for slot in slots]
        self._rule_mask = [sum(1 << i for i, slot in enumerate(slots) if slot.rule == number) for number in range(len(rules))]
        self._needs_anchor = sum(1 << i for i, slot in enumerate(slots) if slot.needs_anchor)
        self._no_anchor_needed = self._all & ~self._needs_anchor
        self._days = _DayMasks(slots)
        # a fact that most slots have a line on rules out most: first, one look-up each; the others only where they touch what is left
        tables = sorted(_tables(slots, book, self._all), key=lambda table: (-table.touches.bit_count(), table.fact))
        self._first = [(table.fact, table.rows, table) for table in tables
                       if isinstance(table, _PlainTable) and 2 * table.touches.bit_count() > len(slots)]
        self._others = [(table.touches, table.row) for table in tables if all(table is not first for _, _, first in self._first)]

    def candidates(self, facts: Mapping[str, FactValue]) -> list[int]:
        """Numbers of the rules that may come out as something else than clear or not in force, in order."""
        mask = self._all
        anchors = self._no_anchor_needed
        for fact, rows, table in self._first:
            row = rows.get(facts.get(fact)) or table.row(facts)
            mask &= row[0]
            if not mask:
                return _NOTHING
            anchors |= row[1]
        mask &= self._days.on(facts.get("date"), facts.get("end_date"))
        for touches, find in self._others:
            if mask & touches:
                row = find(facts)
                mask &= row[0]
                anchors |= row[1]
        mask &= anchors
        return self._rules(mask) if mask else _NOTHING

    def _rules(self, mask: int) -> list[int]:
        found: list[int] = []
        while mask:
            number = self._rule_of[(mask & -mask).bit_length() - 1]
            found.append(number)
            mask &= ~self._rule_mask[number]
        return found


_NOTHING: list[int] = []


class _DayMasks:
    """Slots in force by day: sorted boundaries, one mask for each stretch between two."""

    __slots__ = ("_by_day", "_masks", "_starts")

    def __init__(self, slots: Sequence[Slot]) -> None:
        cuts = {0} | {slot.first for slot in slots} | {slot.last + 1 for slot in slots if slot.last is not None}
        self._starts = sorted(cuts)
        self._masks = [sum(1 << i for i, slot in enumerate(slots) if slot.first <= start and (slot.last is None or start <= slot.last))
                       for start in self._starts]
        self._by_day: dict[int, int] = {}

    def on(self, date: FactValue | None, end: FactValue | None) -> int:
        """Slots in force on some day on which an event with these dates may have happened."""
        if date.__class__ is DateRange and end is None:
            first, last = date.first, date.last
            if first == last:
                mask = self._by_day.get(first)
                if mask is None:
                    mask = self._masks[bisect_right(self._starts, first) - 1]
                    if len(self._by_day) < _MEMORY:
                        self._by_day[first] = mask
                return mask
            return self._between(first, last)
        first = date.first if isinstance(date, DateRange) else 1
        last = end.last if isinstance(end, DateRange) else date.last if isinstance(date, DateRange) else 2**31
        if isinstance(date, DateRange) and last < first:  # an end before the beginning is ignored, as the judge does
            last = date.last
        return self._between(first, last)

    def _between(self, first: int, last: int) -> int:
        mask = 0
        for i in range(bisect_right(self._starts, first) - 1, bisect_right(self._starts, last)):
            mask |= self._masks[i]
        return mask


class _Lines:
    """The literals that one table filters on, by slot number. ``touches``: the slots of these."""

    __slots__ = ("_all", "_book", "_literals", "touches")

    def __init__(self, literals: Sequence[tuple[int, Literal]], book: PartyBook, everything: int) -> None:
        self._literals = literals
        self._book = book
        self._all = everything
        self.touches = sum(1 << number for number in {number for number, _ in literals})

    def row(self, facts: Mapping[str, FactValue], day: int = 1) -> Row:
        """The row for an event of which only these facts are told."""
        subject = Subject(facts, self._book)
        mask, anchors = self._all, 0
        for number, literal in self._literals:
            truth = literal.line.truth(subject, day)
            if truth == (2 if literal.negated else 0):
                mask &= ~(1 << number)
            elif not literal.negated and literal.line.anchored(subject, day):
                anchors |= 1 << number
        return mask, anchors


class _PlainTable:
    """A fact of one value whose meaning depends on nothing else."""

    __slots__ = ("_lines", "fact", "rows", "touches")

    def __init__(self, fact: str, lines: _Lines) -> None:
        self.fact = fact
        self.touches = lines.touches
        self._lines = lines
        self.rows: dict[object, Row] = {None: lines.row({})}

    def row(self, facts: Mapping[str, FactValue]) -> Row:
        """The row of an event's value, made when the value is met for the first time."""
        value = facts.get(self.fact)
        row = self.rows.get(value)
        if row is None:
            row = self._lines.row({} if value is None else {self.fact: value})
            if len(self.rows) < _MEMORY:
                self.rows[value] = row
        return row


class _PartyTable:
    """A party role with its State and kind, which are resolved together."""

    __slots__ = ("_facts", "_lines", "_rows", "fact", "touches")

    def __init__(self, role: str, lines: _Lines) -> None:
        self.fact = role
        self.touches = lines.touches
        self._facts = (role, f"{role}_state", f"{role}_kind")
        self._lines = lines
        self._rows: dict[tuple[FactValue | None, ...], Row] = {}

    def row(self, facts: Mapping[str, FactValue]) -> Row:
        role, state, kind = self._facts
        key = (facts.get(role), facts.get(state), facts.get(kind))
        row = self._rows.get(key)
        if row is None:
            row = self._lines.row({fact: value for fact, value in zip(self._facts, key, strict=True) if value is not None})
            if len(self._rows) < _MEMORY:
                self._rows[key] = row
        return row


class _PlaceTable:
    """A place, or one line on a set of values (``via``, ``purpose`` ...): the rows of the elements are ORed.

    Control over a place changes with the days: a row holds one pair for each stretch of days, and those of the event's days are
    ORed too.
    """

    __slots__ = ("_book", "_lines", "_rows", "_set_rest", "_unfiltered", "_unknown", "fact", "touches")

    def __init__(self, fact: str, literals: Sequence[tuple[int, Literal]], book: PartyBook, everything: int) -> None:
        self.fact = fact
        self._book = book
        self._lines = _Lines(literals, book, everything)
        self.touches = self._lines.touches
        self._unknown = self._lines.row({})
        self._unfiltered = (everything, everything)
        self._rows: dict[str, list[tuple[int, Row]]] = {}
        # slots without a positive line on the fact: no element can rule them out, an empty set neither
        self._set_rest = everything & ~sum(1 << number for number, x in literals if not x.negated and not x.line.negate)

    def row(self, facts: Mapping[str, FactValue]) -> Row:
        value = facts.get(self.fact)
        if value is None:
            return self._unknown
        if isinstance(value, str):
            return self._element(value, facts)
        if not FACTS[self.fact].is_set:
            return self._unfiltered
        mask, anchors = self._set_rest, 0
        for element in value if isinstance(value, tuple) else ():
            if isinstance(element, str):
                row = self._element(element, facts)
                mask |= row[0]
                anchors |= row[1]
        return mask, anchors

    def _element(self, value: str, facts: Mapping[str, FactValue]) -> Row:
        stretches = self._rows.get(value)
        if stretches is None:
            boundaries = self._book.vocabulary.places.boundaries(value) if FACTS[self.fact].type in ("place", "places") else ()
            stretches = [(start, self._lines.row({self.fact: value}, start)) for start in sorted({1, *boundaries})]
            if len(self._rows) < _MEMORY:
                self._rows[value] = stretches
        if len(stretches) == 1:
            return stretches[0][1]
        date, end = facts.get("date"), facts.get("end_date")
        first = date.first if isinstance(date, DateRange) else 1
        last = max([d.last for d in (date, end) if isinstance(d, DateRange)], default=2**31) if isinstance(date, DateRange) else 2**31
        mask = anchors = 0
        for (start, row), (following, _) in pairwise([*stretches, (2**31, (0, 0))]):
            if start <= last and following > first:
                mask |= row[0]
                anchors |= row[1]
        return mask, anchors


Table = _PlainTable | _PartyTable | _PlaceTable


def _tables(slots: Sequence[Slot], book: PartyBook, everything: int) -> list[Table]:
    """One table per scalar fact or party role; for places and sets one for the first line of each slot, one for the second ..."""
    grouped: dict[tuple[str, int], list[tuple[int, Literal]]] = {}
    for number, slot in enumerate(slots):
        met: dict[str, int] = {}
        for literal in slot.literals:
            leaf = literal.line.leaf
            if not isinstance(leaf.test, TermTest | BoolTest):
                continue
            fact = role_of(leaf.fact) or leaf.fact
            layer = met[fact] = met.get(fact, -1) + 1
            if FACTS[fact].is_set and (literal.negated or leaf.negate):
                continue  # "none of them" is not decided by any single element
            grouped.setdefault((fact, layer if FACTS[fact].is_set else 0), []).append((number, literal))
    tables: list[Table] = []
    for (fact, _), literals in grouped.items():
        if role_of(fact) == fact:
            tables.append(_PartyTable(fact, _Lines(literals, book, everything)))
        elif FACTS[fact].type in ("place", "places", "terms"):
            tables.append(_PlaceTable(fact, literals, book, everything))
        else:
            tables.append(_PlainTable(fact, _Lines(literals, book, everything)))
    return tables
