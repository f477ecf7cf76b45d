"""Which State is meant by a place on the date of an event, and the host State of people who work there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from checker.model.dates import DateRange, say_day
from checker.model.event import Assumed, FactValue

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["HOST_PLACES", "HostFinder"]

HOST_PLACES: tuple[str, ...] = ("place", "destination", "end_use_place")
"""Facts that tell where people work, the nearest first."""


class HostFinder:
    """Answers with the State in control. Holds small caches only; equal input gives equal output."""

    __slots__ = ("_acts", "_cache", "_vocabulary")

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        acts = vocabulary.taxonomies["acts"]
        self._acts = frozenset(term for term in acts if acts.attribute(term, "host_from_place") is True)
        self._cache: dict[tuple[str, int, int], tuple[str, str]] = {}

    def applies(self, act: object) -> bool:
        """True for acts whose place gives the host State."""
        return act in self._acts

    def state(self, place: str, date: DateRange | None) -> tuple[str, str]:
        """(State, basis): the State in control of a place on every day of ``date``, and the basis as a phrase where control
        and not belonging decided. ``("", "")`` when there is none, it changed in between, or the date is needed and unknown."""
        key = (place, date.first, date.last) if date else (place, 0, -1)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > 4096:
                self._cache.clear()
            found = self._cache[key] = self._find(place, date)
        return found

    def _find(self, place: str, date: DateRange | None) -> tuple[str, str]:
        places = self._vocabulary.places
        changes = places.boundaries(place)
        if date is None:
            return ("", "") if changes else (places.state_of(place, 1), "")
        if any(date.first < day <= date.last for day in changes):
            return "", ""
        state = places.state_of(place, date.first)
        held = [c for c in places.controllers(place, date.first, date.last) if c.state == state]
        if not state or not held:
            return state, ""
        name = places.name(place)
        since = say_day(dt.date.fromordinal(held[0].first))
        return state, f"{name[0].upper()}{name[1:]} is under control of {self._vocabulary.states.in_sentence(state)} since {since}"

    def derive(self, facts: dict[str, FactValue]) -> Assumed | None:
        """Set ``host_state`` from the first place told; returns what to list as assumed when control decided."""
        date = facts.get("date")
        for fact in HOST_PLACES:
            place = facts.get(fact)
            if isinstance(place, str):
                state, basis = self.state(place, date if isinstance(date, DateRange) else None)
                if state:
                    facts["host_state"] = state
                return Assumed("host_state", basis) if state and basis else None
        return None
