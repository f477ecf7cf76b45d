"""Places: States, regions, areas, towns and waters, with who is in control of them on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.model.truth import FALSE, TRUE, UNKNOWN, Truth
from checker.vocabulary.names import NameIndex
from checker.vocabulary.states import States
from checker.vocabulary.taxonomy import closure

__all__ = ["Control", "Place", "Places"]


@dataclass(frozen=True, slots=True)
class Control:
    """A State in control from ``first`` to ``last`` (ordinals, both included; ``None``: still). ``basis`` says who dates it so."""

    state: str
    first: int
    last: int | None = None
    basis: str = ""

    def overlaps(self, first: int, last: int) -> bool:
        """True when some day from ``first`` to ``last`` lies within."""
        return self.first <= last and (self.last is None or first <= self.last)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of ``places.yaml``: ``part_of`` the wider places it belongs to, ``controlled_by`` other States in control of it."""

    id: str
    name: str
    part_of: tuple[str, ...] = ()
    controlled_by: tuple[Control, ...] = ()
    also: tuple[str, ...] = ()


class Places:
    """All places as one graph by ``part_of``; every State is a place under its code."""

    __slots__ = ("_above", "_below", "_control", "_index", "_states", "places")

    def __init__(self, places: Mapping[str, Place], states: States) -> None:
        self._states = states
        self.places: dict[str, Place] = {code: Place(code, states.name(code)) for code in states}
        self.places |= places
        self._above, self._below = closure({p.id: p.part_of for p in self.places.values()})
        self._control = {key: self._collect(key) for key in self.places}
        self._index = NameIndex()
        for place in places.values():
            if place.id not in states:
                self._index.add(place.id, place.id)
        for place in places.values():
            for spelling in (*(() if place.id in states else (place.name,)), *place.also):
                self._index.add(spelling, place.id)

    def _collect(self, key: str) -> tuple[Control, ...]:
        # What holds a wider area holds the places in it, unless they say otherwise themselves.
        own = self.places[key].controlled_by
        if own or key in self._states:
            return own
        found = [c for parent in self.places[key].part_of for c in self._collect(parent)]
        return tuple(dict.fromkeys(found))

    def __contains__(self, place: object) -> bool:
        return place in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def get(self, place: str) -> Place | None:
        """The place of an id, or ``None``."""
        return self.places.get(place)

    def ancestors(self, place: str) -> frozenset[str]:
        """The place, what it is part of, its State and the regions that State is in. Raises ``KeyError``."""
        return self._above[place]

    def descendants(self, place: str) -> frozenset[str]:
        """The place and everything that is part of it. Raises ``KeyError``."""
        return self._below[place]

    def controllers(self, place: str, first: int, last: int) -> tuple[Control, ...]:
        """Other States in control of the place on some day from ``first`` to ``last``."""
        return tuple(c for c in self._control[place] if c.overlaps(first, last))

    def boundaries(self, place: str) -> tuple[int, ...]:
        """The first days of a new state of control, sorted: on them the answer of ``compare`` may change."""
        days: set[int] = set()
        for key in self._parts(place):
            for control in self._control[key]:
                days.add(control.first)
                if control.last is not None:
                    days.add(control.last + 1)
        return tuple(sorted(days))

    def compare(self, value: str, term: str, day: int | None) -> Truth:
        """Whether the place told as ``value`` lies under ``term`` on a day.

        True when it is part of it, or when the State ``term`` (or one in the region ``term``) is in control of it on that day.
        Unknown when ``term`` lies within ``value`` or both share a place, when only a part of ``value`` is so controlled, or
        when the day is unknown and would decide. Raises ``KeyError`` for words that are no places.
        """
        if term in self._above[value]:
            return TRUE
        if self._control[value]:
            held = self._holds(value, term, day)
            if held is not FALSE:
                return held
        if not self._below[value].isdisjoint(self._below[term]):
            return UNKNOWN
        return UNKNOWN if any(self._holds(part, term, day) is not FALSE for part in self._parts(value)) else FALSE

    def _parts(self, place: str) -> frozenset[str]:
        # Where control is looked up: the place itself when the file tells who holds it, or when it is a State (whose name
        # means the State, whatever others hold of it), else all its parts.
        return frozenset((place,)) if place in self._states or self._control[place] else self._below[place]

    def _holds(self, place: str, term: str, day: int | None) -> Truth:
        found = FALSE
        for control in self._control[place]:
            if term not in self._above[control.state]:
                continue
            if day is not None and control.overlaps(day, day):
                return TRUE
            if day is None:
                found = UNKNOWN
        return found

    def state_of(self, place: str, day: int) -> str:
        """The State in control on a day, else the State it is part of; ``""`` when there is none or more than one."""
        if place in self._states:
            return place
        held = {c.state for c in self.controllers(place, day, day)}
        if len(held) == 1:
            return held.pop()
        if held or any(self.controllers(part, day, day) for part in self._parts(place)):
            return ""
        states = [code for code in self._above[place] if code in self._states]
        return states[0] if len(states) == 1 else ""

    def resolve(self, text: str) -> str | None:
        """A place id or State code for an id, code or spelling; places go before States."""
        if text in self.places:
            return text
        return self._index.get(text) or self._states.resolve(text)

    def suggest(self, text: str) -> str:
        """The id of the nearest spelling of a place or State, or ``""``."""
        from checker.strictyaml.suggest import did_you_mean

        near = did_you_mean(text, list(self._index.spellings()))
        return self._index.get(near) or "" if near else self._states.suggest(text)

    def name(self, place: str) -> str:
        """The English name for a sentence."""
        return self._states.in_sentence(place) if place in self._states else self.places[place].name

    def names(self) -> Iterator[tuple[str, str]]:
        """(spelling, id) of every place that is not a State."""
        return self._index.items()
