"""Which lines exclude each other, and which follow from others.

A condition is taken apart into *ways*: lists of lines that must all hold. Two lines on the same fact are compared by what they
reach: sets of words of the vocabulary, an interval of numbers or days, a truth value. All answers are on the safe side: where it
cannot be told (a wide word, a place that changes hands), lines neither exclude nor imply each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from checker.model.facts import FACTS, PARTY_ROLES
from checker.model.rule import BoolTest, Condition, DateTest, Group, Leaf, ListTest, NamedTest, NumberTest, Period, TermTest, Test
from checker.model.truth import FALSE
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Line", "Logic", "Reach", "Way", "groups", "topic"]

MOST_WAYS = 64
_ALWAYS = 4_000_000
"""An ordinal beyond every date."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the test that counts in a period. ``negated``: the fact must *not* pass."""

    leaf: Leaf
    test: Test
    negated: bool

    @property
    def place(self) -> tuple[int, int]:
        return (self.leaf.mark.line, self.leaf.mark.column) if self.leaf.mark else (0, 0)


Way = tuple[Line, ...]
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reach:
    """The words of the vocabulary for which a term, or a test, is true on every day (``sure``) or on some day (``may``), is not false
    on any day (``never_false``) or not on every day (``not_false``). They differ where a place changes hands, or a word is wide."""

    sure: frozenset[str]
    may: frozenset[str]
    not_false: frozenset[str]
    never_false: frozenset[str]


def topic(fact: str) -> str:
    """What a line is about: a party and its State are one topic."""
    role = fact.removesuffix("_state")
    return role if role in PARTY_ROLES else fact


class Logic:
    """Compares lines by one vocabulary; what lies under a term is looked up once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._tests: dict[tuple[str, TermTest], Reach] = {}
        self._terms: dict[tuple[str, str], Reach] = {}

    def line(self, leaf: Leaf, period: Period | None, *, holds: bool = True) -> Line | None:
        """The line as it counts in a period; ``None`` for a named value that the period does not have."""
        test, negated = leaf.test, leaf.negate
        if isinstance(test, NamedTest):
            named = period.covered.get(test.name) if period else None
            if named is None:
                return None
            test, negated = named.test, negated != named.negate
        return Line(leaf, test, negated == holds)

    def ways(self, condition: Condition | None, period: Period | None) -> list[Way] | None:
        """Every way in which a condition can hold, ``None`` where there are too many to look at."""
        return self._ways(condition, period, holds=True) if condition is not None else [()]

    def _ways(self, condition: Condition, period: Period | None, *, holds: bool) -> list[Way] | None:
        if isinstance(condition, Leaf):
            line = self.line(condition, period, holds=holds)
            return [(line,)] if line else [()]
        parts = [self._ways(item, period, holds=holds != (condition.kind == "none")) for item in condition.items]
        if any(part is None for part in parts):
            return None
        known = [part for part in parts if part is not None]
        if (condition.kind == "any") == holds:
            found = [way for part in known for way in part]
            return found if len(found) <= MOST_WAYS else None
        if math.prod(map(len, known)) > MOST_WAYS:
            return None
        return [tuple(line for way in chosen for line in way) for chosen in product(*known)]

    # ---- two lines ---------------------------------------------------------------------------------------------------

    def exclude(self, one: Line, other: Line) -> bool:
        """Whether no event can meet both lines."""
        if topic(one.leaf.fact) != topic(other.leaf.fact) or FACTS[one.leaf.fact].is_set:
            return False  # what holds several values may meet both
        if one.negated and other.negated:
            return isinstance(one.test, BoolTest) and isinstance(other.test, BoolTest) and one.test.value != other.test.value
        if one.negated:
            one, other = other, one
        return self._within(one, other) if other.negated else self._apart(one, other)

    def empty(self, line: Line) -> bool:
        """Whether a line alone can hold for no value: everything under ``any`` is excepted."""
        test = line.test
        return isinstance(test, TermTest) and bool(test.except_) and not line.negated and not self.reach(line.leaf.fact, test).may

    def implies(self, one: Line, other: Line) -> bool:
        """Whether every event that meets ``one`` meets ``other``."""
        if topic(one.leaf.fact) != topic(other.leaf.fact):
            return False
        if one.negated != other.negated and (one.negated or FACTS[one.leaf.fact].is_set):
            return False
        if not one.negated:
            return self._never(one, other) if other.negated else self._within(one, other)
        a, b = one.test, other.test
        if a != b and isinstance(a, TermTest) and isinstance(b, TermTest):
            return self.reach(other.leaf.fact, b).not_false <= self.reach(one.leaf.fact, a).never_false
        return self._within(other, one)

    def follows(self, lines: Iterable[Line], other: Line) -> bool:
        """Whether some of the lines implies the other."""
        return any(self.implies(line, other) for line in lines)

    def impossible(self, way: Iterable[Line]) -> bool:
        """Whether two lines of a way exclude each other."""
        lines = list(way)
        return any(self.empty(line) for line in lines) or any(
            self.exclude(one, other) for number, one in enumerate(lines) for other in lines[number + 1:])

    def never_together(self, one: Condition, other: Condition, period: Period | None) -> bool:
        """Whether two conditions can never both hold."""
        first, second = self.ways(one, period), self.ways(other, period)
        return first is not None and second is not None and all(self.impossible(a + b) for a in first for b in second)

    # ---- what tests reach --------------------------------------------------------------------------------------------

    def reach(self, fact: str, test: TermTest) -> Reach:
        """What a test on words reaches."""
        key = (topic(fact), test)
        found = self._tests.get(key)
        if found is None:
            named, excepted = ([self._term(topic(fact), term) for term in terms] for terms in (test.any_of, test.except_))
            found = self._tests[key] = Reach(
                sure=_union(r.sure for r in named) - _union(r.not_false for r in excepted),
                may=_union(r.may for r in named) - _union(r.never_false for r in excepted),
                not_false=_union(r.not_false for r in named) - _union(r.sure for r in excepted),
                never_false=_union(r.never_false for r in named) - _union(r.may for r in excepted))
        return found

    def _term(self, fact: str, term: str) -> Reach:
        key = (fact, term)
        if key not in self._terms:
            self._terms[key] = self._place(term, FACTS[fact].type) if FACTS[fact].type in ("state", "place", "places") else \
                self._word(fact, term)
        return self._terms[key]

    def _word(self, fact: str, term: str) -> Reach:
        """Of a taxonomy, or of the parties with their States."""
        spec = FACTS[fact]
        tree = self._vocabulary.taxonomies[spec.taxonomy] if spec.taxonomy else self._vocabulary.parties
        under = tree.descendants(term)
        wide = _union(tree.ancestors(word) for word in under)
        return Reach(under, under, wide, wide)

    def _place(self, term: str, kind: str) -> Reach:
        places = self._vocabulary.places
        known = frozenset(self._vocabulary.states.codes) if kind == "state" else frozenset(places)
        under = places.descendants(term)
        held = {p for p in places if any(term in places.ancestors(c.state) for c in places.controllers(p, 1, _ALWAYS))}
        touched = frozenset(p for p in known if places.compare(p, term, None) is not FALSE)
        return Reach(under & known, (under | held) & known, touched, _union(places.ancestors(p) for p in under) & known)

    def _within(self, one: Line, other: Line) -> bool:
        """Whether the second test (unnegated) holds wherever the first one does."""
        a, b = one.test, other.test
        if isinstance(a, TermTest) and isinstance(b, TermTest):
            first = self.reach(one.leaf.fact, a).may
            return bool(first) and ((a == b and one.leaf.fact == other.leaf.fact) or first <= self.reach(other.leaf.fact, b).sure)
        if isinstance(a, ListTest) and isinstance(b, ListTest):
            return a.waived == b.waived and set(a.lists) <= set(b.lists)
        if isinstance(a, BoolTest) and isinstance(b, BoolTest):
            return a.value == b.value
        first_span, second_span = _span(a), _span(b)
        return bool(first_span and second_span and second_span[0] <= first_span[0] and first_span[1] <= second_span[1])

    def _apart(self, one: Line, other: Line) -> bool:
        """Whether both tests (unnegated) never hold together."""
        a, b = one.test, other.test
        if isinstance(a, TermTest) and isinstance(b, TermTest):
            return self.reach(one.leaf.fact, a).may.isdisjoint(self.reach(other.leaf.fact, b).may)
        if isinstance(a, BoolTest) and isinstance(b, BoolTest):
            return a.value != b.value
        first, second = _span(a), _span(b)
        return bool(first and second and (first[1] < second[0] or second[1] < first[0]))

    def _never(self, one: Line, other: Line) -> bool:
        """Whether the second test (unnegated) is false wherever the first one holds."""
        a, b = one.test, other.test
        if isinstance(a, TermTest) and isinstance(b, TermTest):
            return self.reach(one.leaf.fact, a).may.isdisjoint(self.reach(other.leaf.fact, b).not_false)
        return self._apart(one, other)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return _NOTHING.union(*sets)


def _span(test: Test) -> tuple[float, float] | None:
    """The interval a test reaches, both ends included."""
    if isinstance(test, NumberTest):
        return (-math.inf if test.at_least is None else test.at_least, math.inf if test.at_most is None else test.at_most)
    if isinstance(test, DateTest):
        return (-math.inf if test.after is None else test.after + 1, math.inf if test.before is None else test.before - 1)
    return None


def groups(condition: Group | None) -> Iterator[Group]:
    """A group and every group in it."""
    if condition is not None:
        yield condition
        for item in condition.items:
            if isinstance(item, Group):
                yield from groups(item)
