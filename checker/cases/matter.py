"""Which matter an event tells of: its family, the parties at either end, its goods and days. Two tellings of one matter fit together.

A case is keyed by structure, never by headlines: those of one event are as unlike as those of different ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.model.dates import DateRange
from checker.model.event import Event
from checker.vocabulary.families import family
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Matter", "Matters"]


@dataclass(frozen=True, slots=True)
class Matter:
    """``sender`` and ``receiver`` are State codes, party ids or names, ``""`` unknown; ``first`` and ``last`` ordinals of days."""

    family: str
    sender: str
    receiver: str
    goods: str
    first: int
    last: int

    @property
    def keys(self) -> tuple[str, ...]:
        """Under which family and party a case on it is found again."""
        return tuple(sorted({f"{self.family}|{party}" for party in (self.sender, self.receiver) if party}))


class Matters:
    """Makes matters of events and says which fit. ``sides``: the facts that tell either end; ``window``: days that two tellings may lie
    apart."""

    def __init__(self, vocabulary: Vocabulary, sides: Mapping[str, Sequence[str]], window: int) -> None:
        self._vocabulary = vocabulary
        self._sides = sides
        self._window = window

    def of(self, event: Event, known: int) -> Matter:
        """The matter of an event; ``known``: the day it was told, for events without a day of their own."""
        goods = str(event.facts.get("goods", event.facts.get("person_role", "")))
        day = event.facts.get("date")
        first, last = (day.first, day.last) if isinstance(day, DateRange) else (known, known)
        return Matter(family(event, self._vocabulary), self._party(event, "sender"), self._party(event, "receiver"), goods, first, last)

    def _party(self, event: Event, side: str) -> str:
        value = next((str(event.facts[fact]) for fact in self._sides[side] if isinstance(event.facts.get(fact), str)), "")
        party = self._vocabulary.parties.get(value)
        return party.state or value if party is not None else value

    def fit(self, case: Matter, other: Matter) -> int:
        """How well a telling fits a case: 0 not at all, else the more the better."""
        if case.family != other.family or not self._near(case, other):
            return 0
        same = 0
        for a, b in ((case.sender, other.sender), (case.receiver, other.receiver)):
            if a and b:
                if not self._same(a, b):
                    return 0
                same += 2
        if not same or (case.sender and case.sender == other.receiver != other.sender):
            return 0
        goods = self._goods(case.goods, other.goods)
        return 0 if goods < 0 else 2 * same + goods

    def _same(self, a: str, b: str) -> bool:
        """One party, or an armed group and the State where it sits."""
        return a == b or self._seat(a) == b or self._seat(b) == a

    def _seat(self, value: str) -> str:
        party = self._vocabulary.parties.get(value)
        return party.place if party is not None and not party.state else ""

    def _near(self, a: Matter, b: Matter) -> bool:
        return a.first - self._window <= b.last and b.first - self._window <= a.last

    def _goods(self, a: str, b: str) -> int:
        """2 for the same goods, 1 where one is the wider word or nothing is told, -1 for others."""
        if a == b:
            return 2
        tree = self._vocabulary.taxonomies["goods"]
        if not a or not b or a not in tree or b not in tree:
            return 1
        return 1 if a in tree.ancestors(b) or b in tree.ancestors(a) else -1

    def joined(self, case: Matter, other: Matter) -> Matter:
        """What both tell together: the narrower goods, the fuller sides, all days."""
        narrower = other.goods if self._goods(case.goods, other.goods) == 1 and self._wider(case.goods, other.goods) else case.goods
        return replace(case, sender=self._fuller(case.sender, other.sender), receiver=self._fuller(case.receiver, other.receiver),
                       goods=narrower or other.goods, first=min(case.first, other.first), last=max(case.last, other.last))

    def _wider(self, a: str, b: str) -> bool:
        tree = self._vocabulary.taxonomies["goods"]
        return not a or (a in tree and b in tree and a in tree.ancestors(b))

    def _fuller(self, a: str, b: str) -> str:
        """A group says more than the State it sits in."""
        return b if not a or self._seat(b) == a else a

    def together(self, tellings: Sequence[Matter]) -> Matter:
        """What all tellings of a case tell together, the earliest first. What an analyst put into a case and does not fit adds its days."""
        whole = tellings[0]
        for other in tellings[1:]:
            whole = self.joined(whole, other) if self.fit(whole, other) else replace(
                whole, first=min(whole.first, other.first), last=max(whole.last, other.last))
        return whole

    def best(self, cases: Iterable[tuple[str, Matter]], other: Matter) -> str:
        """The id of the case that a telling fits best, the oldest of several; ``""`` if it fits none."""
        fits = [(self.fit(matter, other), id_) for id_, matter in cases]
        top = max((fit for fit, _ in fits), default=0)
        return min((id_ for fit, id_ in fits if fit == top), default="") if top else ""
