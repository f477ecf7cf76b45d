"""The leaf functions: one line of a rule against one event on one day. The only place where a fact meets a test.

Truth is kept as plain ``int`` inside the judge (0 false, 1 unknown, 2 true; see ``checker.model.truth``): ``and`` is ``min``,
``or`` is ``max``, ``not x`` is ``2 - x``. A *look* is the bare comparison of one fact with one test; ``checker.judge.conditions``
wraps it into a line with its negation and its ``if_unknown``. Days are ordinals.
"""

# ruff: noqa: ARG002 -- every look answers the same three questions, also where it needs only some of the arguments
from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from checker.judge.subject import Subject
from checker.model.dates import DateRange
from checker.model.event import Amount
from checker.model.facts import FACTS, PARTY_ROLES
from checker.model.rule import BoolTest, DateTest, ListTest, NumberTest, TermTest, Test
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Look", "make_look", "role_of"]

_MEMORY = 65536
"""How many values one look remembers: names come from articles, so the memory is bounded."""


class Look(Protocol):
    """One fact against one test.

    ``anchors``: the line names a State, place, group or list (rule language, section 4).
    """

    fact: str
    anchors: bool

    def truth(self, subject: Subject, day: int) -> int:
        """0, 1 or 2."""

    def lacking(self, subject: Subject) -> str:
        """The fact that would decide where the truth is unknown."""

    def known(self, subject: Subject) -> bool:
        """Whether the event states the fact, if only in wider words than the rule."""


def role_of(fact: str) -> str:
    """The party role of a fact (``supplier`` for ``supplier_state``), ``""`` for a fact of no party."""
    role = fact.removesuffix("_state").removesuffix("_kind")
    return role if role in PARTY_ROLES else ""


def make_look(fact: str, test: Test, vocabulary: Vocabulary) -> Look:
    """The look for a test on a fact. Raises ``TypeError`` for a named value: those are put in per period before."""
    kind = FACTS[fact].type
    if isinstance(test, TermTest):
        if kind == "party":
            return PartyLook(fact, test, vocabulary)
        if kind in ("place", "places"):
            return PlaceLook(fact, test, vocabulary)
        return TermLook(fact, test, vocabulary)
    if isinstance(test, BoolTest):
        return BoolLook(fact, test)
    if isinstance(test, NumberTest):
        return NumberLook(fact, test)
    if isinstance(test, DateTest):
        return DateLook(fact, test)
    if isinstance(test, ListTest):
        return ListLook(fact, test)
    raise TypeError(f"{test!r} must be replaced by the value of the period in force")


def _under(test: TermTest, compare: Callable[[str], int]) -> int:
    """Truth of "under one of ``any_of`` and under none of ``except_``", given the truth for one term."""
    truth = 0
    for term in test.any_of:
        truth = max(truth, int(compare(term)))
        if truth == 2:
            break
    for term in test.except_:
        if truth == 0:
            break
        truth = min(truth, 2 - int(compare(term)))
    return truth


class TermLook:
    """A word of a taxonomy, a State fact, or the State or kind of a party, under a term. Sets: some element lies under it."""

    __slots__ = ("_known", "_role", "_test", "_vocabulary", "anchors", "fact")

    def __init__(self, fact: str, test: TermTest, vocabulary: Vocabulary) -> None:
        self.fact = fact
        self.anchors = FACTS[fact].type == "state"
        self._test = test
        self._vocabulary = vocabulary
        self._role = role_of(fact)
        self._known: dict[str, int] = {}

    def _value(self, subject: Subject) -> object:
        if self._role:
            return subject.state(self._role) if self.anchors else subject.kind(self._role)
        return subject.facts.get(self.fact)

    def _one(self, value: str) -> int:
        truth = self._known.get(value)
        if truth is None:
            # "" is the State of a party that belongs to none, so no State's line holds for it
            truth = _under(self._test, lambda term: self._vocabulary.compare(self.fact, value, term, None)) if value else 0
            if len(self._known) < _MEMORY:
                self._known[value] = truth
        return truth

    def truth(self, subject: Subject, day: int) -> int:
        value = self._value(subject)
        if isinstance(value, str):
            return self._one(value)
        if isinstance(value, tuple):
            return max((self._one(v) for v in value if isinstance(v, str)), default=0)
        return 1

    def lacking(self, subject: Subject) -> str:
        return self.fact

    def known(self, subject: Subject) -> bool:
        return self._value(subject) is not None


class PartyLook:
    """A party against States and vocabulary parties. State terms hold for every party of that State."""

    __slots__ = ("_known", "_names_states", "_test", "_vocabulary", "anchors", "fact")

    def __init__(self, fact: str, test: TermTest, vocabulary: Vocabulary) -> None:
        self.fact = fact
        self.anchors = True
        self._test = test
        self._vocabulary = vocabulary
        self._names_states = any(term in vocabulary.states for term in (*test.any_of, *test.except_))
        self._known: dict[tuple[str | None, str | None], int] = {}

    def truth(self, subject: Subject, day: int) -> int:
        key = (subject.party(self.fact), subject.state(self.fact))
        truth = self._known.get(key)
        if truth is None:
            truth = _under(self._test, lambda term: self._compare(key[0], key[1], term))
            if len(self._known) < _MEMORY:
                self._known[key] = truth
        return truth

    def _compare(self, party: str | None, state: str | None, term: str) -> int:
        if term in self._vocabulary.states:
            return 1 if state is None else 2 if state == term else 0
        if party is not None:
            return int(self._vocabulary.compare(self.fact, party, term, None))
        wanted = self._vocabulary.parties.get(term)
        if state is None or wanted is None:
            return 1
        return 1 if wanted.state == state else 0  # somebody of that State may be its organ, never a group of no State

    def lacking(self, subject: Subject) -> str:
        if self._names_states and subject.party(self.fact) is not None and subject.state(self.fact) is None:
            return f"{self.fact}_state"
        return self.fact

    def known(self, subject: Subject) -> bool:
        return subject.state(self.fact) is not None


class PlaceLook:
    """A place, or a set of places, under a term by geography or by control on the day."""

    __slots__ = ("_known", "_test", "_vocabulary", "anchors", "fact")

    def __init__(self, fact: str, test: TermTest, vocabulary: Vocabulary) -> None:
        self.fact = fact
        self.anchors = True
        self._test = test
        self._vocabulary = vocabulary
        self._known: dict[str, int] = {}

    def _one(self, value: str, day: int) -> int:
        truth = self._known.get(value)
        if truth is None:
            truth = _under(self._test, lambda term: self._vocabulary.compare(self.fact, value, term, day))
            if len(self._known) < _MEMORY and not self._vocabulary.places.boundaries(value):
                self._known[value] = truth  # nobody else's control: true of every day
        return truth

    def truth(self, subject: Subject, day: int) -> int:
        value = subject.facts.get(self.fact)
        if isinstance(value, str):
            return self._one(value, day)
        if isinstance(value, tuple):
            return max((self._one(v, day) for v in value if isinstance(v, str)), default=0)
        return 1

    def lacking(self, subject: Subject) -> str:
        return self.fact

    def known(self, subject: Subject) -> bool:
        return subject.facts.get(self.fact) is not None


class _PlainLook:
    """What looks at a single unanchored value share."""

    __slots__ = ("fact",)
    anchors = False

    def __init__(self, fact: str) -> None:
        self.fact = fact

    def lacking(self, subject: Subject) -> str:
        return self.fact

    def known(self, subject: Subject) -> bool:
        return subject.facts.get(self.fact) is not None


class BoolLook(_PlainLook):
    """A yes or no."""

    __slots__ = ("_test",)

    def __init__(self, fact: str, test: BoolTest) -> None:
        super().__init__(fact)
        self._test = test

    def truth(self, subject: Subject, day: int) -> int:
        value = subject.facts.get(self.fact)
        return 1 if value is None else 2 if value is self._test.value else 0


class NumberLook(_PlainLook):
    """A number, or the number of an amount, between bounds (both included)."""

    __slots__ = ("_test",)

    def __init__(self, fact: str, test: NumberTest) -> None:
        super().__init__(fact)
        self._test = test

    def truth(self, subject: Subject, day: int) -> int:
        value = subject.facts.get(self.fact)
        if isinstance(value, Amount):
            value = value.number
        if not isinstance(value, int | float):
            return 1
        low, high = self._test.at_least, self._test.at_most
        return 2 if (low is None or value >= low) and (high is None or value <= high) else 0


class DateLook(_PlainLook):
    """A date between two others, both excluded. For ``date`` the day judged counts, for the others the whole range told."""

    __slots__ = ("_first", "_last")

    def __init__(self, fact: str, test: DateTest) -> None:
        super().__init__(fact)
        self._first = test.after + 1 if test.after is not None else 0
        self._last = test.before - 1 if test.before is not None else 2**31

    def truth(self, subject: Subject, day: int) -> int:
        if self.fact == "date":
            return 2 if self._first <= day <= self._last else 0
        value = subject.facts.get(self.fact)
        if not isinstance(value, DateRange):
            return 1
        if self._first <= value.first and value.last <= self._last:
            return 2
        return 0 if value.last < self._first or value.first > self._last else 1


class ListLook(_PlainLook):
    """A party under a measure of a list, or under a waiver, on the day. Entries name the party or its role. A weak entry leaves it
    open whether the party is the one on the list; nobody screened: unknown too."""

    __slots__ = ("_test", "source")
    anchors = True

    def __init__(self, fact: str, test: ListTest) -> None:
        super().__init__(fact)
        self._test = test
        self.source = "waivers" if test.waived else "listings"

    def truth(self, subject: Subject, day: int) -> int:
        entries = subject.facts.get(self.source)
        if not isinstance(entries, tuple):
            return 1
        meant = (self.fact, subject.facts.get(self.fact))
        truth = 0
        for entry in entries:
            if not isinstance(entry, str) and entry.list in self._test.lists and (entry.party in meant or self.fact == self.source) \
                    and entry.first <= day and (entry.last is None or day <= entry.last):
                if not entry.weak:
                    return 2
                truth = 1
        return truth

    def lacking(self, subject: Subject) -> str:
        return self.source

    def known(self, subject: Subject) -> bool:
        return isinstance(subject.facts.get(self.source), tuple)  # screened: then only a weak entry leaves it unknown
