"""Screening: the parties of an event against a list. Writes the facts ``listings`` and ``waivers``, and says why under ``assumed``.

Without a list only what ``rules/lists`` knows is used (names taken off); then a party that is not found is not screened, and ``listings``
stays unknown instead of empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from checker.lists.entry import UnList
from checker.lists.index import Match, NameIndex
from checker.lists.knowledge import Knowledge, Waiver
from checker.model.dates import say_day
from checker.model.event import Assumed, Event, ListEntry
from checker.model.facts import PARTY_ROLES
from checker.model.names import WatchName
from checker.model.truth import FALSE, TRUE
from checker.strictyaml.problem import Problem
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Screener"]

_MOST_TOLD = 5
"""Matches of one party that are told of; how many more there are is said."""

_PLACES = ("destination", "host_state", "place")
_KINDS = {"person": "person"}


class Screener:
    """Screens events against one list (or against none). The index is made once."""

    def __init__(self, vocabulary: Vocabulary, knowledge: Knowledge, un_list: UnList | None = None) -> None:
        self._vocabulary = vocabulary
        self._knowledge = knowledge
        self._complete = un_list is not None
        self.index = NameIndex(un_list.entries if un_list else (), knowledge, un_list.date if un_list else 0)
        self._against = f"the UN list of {say_day(dt.date.fromordinal(un_list.date))}" if un_list else "the names taken off the UN lists"
        self._states: dict[str, frozenset[str]] = {}

    def names(self) -> list[WatchName]:
        """The names to look for in texts. One that the vocabulary knows as a party, or whose entry it ties to one, is that party's; what it
        knows as a State or a place is none."""
        tied: dict[str, str] = {}
        for party, references in sorted(self._knowledge.parties.items(), key=lambda item: len(item[1])):
            for reference in references:
                tied.setdefault(reference, party)
        known, states, places = self._vocabulary.parties, self._vocabulary.states, self._vocabulary.places
        found = []
        for name, entry in self.index.names():
            party = known.resolve(name.text) or tied.get(entry.reference, "")
            if party not in states and states.resolve(name.text) is None and places.resolve(name.text) is None:
                found.append(msgspec.structs.replace(name, value=party) if party else name)
        return found

    @property
    def problems(self) -> list[Problem]:
        """Where list and ``delistings.yaml`` contradict each other."""
        return [Problem("rules/lists/delistings.yaml", 0, 0, "still-listed",
                        f"{one.reference} is on this list, which was made after the day it is said to have left it; the list is believed",
                        "see whether it was listed again", severity="warning") for one in self.index.still_listed]

    def matches(self, event: Event, role: str) -> list[Match]:
        """Who on the list the party in a role may be: as a party of the vocabulary, by its printed name, by its name."""
        value, printed = event.facts.get(role), event.names.get(role, "")
        found: dict[str, Match] = {}
        texts = [printed] if printed else []
        if isinstance(value, str) and value not in self._vocabulary.states:
            references = self._knowledge.parties.get(value, ())
            for reference in references:
                for match in self.index.reference(reference, f"the party {value}"):
                    found[_key(match)] = match
            if self._vocabulary.parties.get(value) is None and value != printed:
                texts.append(value)
        for text in texts:
            for match in self.index.find(text, self._kind(event, role)):
                known = found.get(_key(match))
                if known is None or (match.sure and not known.sure):
                    found[_key(match)] = self._doubt(match, event, role)
        return sorted(found.values(), key=lambda match: (not match.sure, match.listed.entry.reference))

    def _kind(self, event: Event, role: str) -> str:
        told = event.facts.get(f"{role}_kind")
        return "" if not isinstance(told, str) else _KINDS.get(told, "entity")

    def _doubt(self, match: Match, event: Event, role: str) -> Match:
        """Weak where the event says that the party belongs to another State than all those that the list gives for the entry."""
        state = event.facts.get(f"{role}_state")
        states = self._states_of(match)
        if not match.sure or not isinstance(state, str) or not state or not states or state in states:
            return match
        return Match(match.listed, f"{match.how}, but of another State", False)

    def _states_of(self, match: Match) -> frozenset[str]:
        entry = match.listed.entry
        known = self._states.get(entry.reference)
        if known is None:
            written = (*entry.nationalities, *entry.countries, *entry.birth_places)
            parts = {part.strip() for text in written for part in (text, text.rpartition(",")[2])}
            known = self._states[entry.reference] = frozenset(code for part in parts if (code := self._vocabulary.states.resolve(part)))
        return known

    def screen(self, event: Event) -> Event:
        """The event with its parties screened. What it states of a party and a list itself stays as it is."""
        told = _entries(event.facts.get("listings"))
        stated = {(entry.party, entry.list) for entry in told}
        waivers = _entries(event.facts.get("waivers"))
        listings: dict[ListEntry, None] = dict.fromkeys(told)
        found_waivers: dict[ListEntry, None] = dict.fromkeys(waivers)
        assumed: list[Assumed] = []
        for role in PARTY_ROLES:
            matches = self.matches(event, role)
            if not matches:
                continue
            for entry in _without_covered(_listings(role, matches)):
                if (role, entry.list) not in stated and (event.facts.get(role), entry.list) not in stated:
                    listings[entry] = None
            found_waivers |= dict.fromkeys(self._waivers(event, role, matches))
            assumed.append(Assumed("listings", self._say(role, matches)))
        facts = dict(event.facts)
        if listings or (self._complete and "listings" not in facts):
            facts["listings"] = tuple(listings)
        if found_waivers:
            facts["waivers"] = tuple(found_waivers)
        if facts == event.facts and not assumed:
            return event
        return msgspec.structs.replace(event, facts=facts, assumed=(*event.assumed, *(one for one in assumed if one not in event.assumed)))

    def _say(self, role: str, matches: list[Match]) -> str:
        told = [f"{'' if match.sure else 'perhaps '}{match.listed.entry.name} ({match.listed.entry.reference}), by {match.how}"
                f"{', since taken off the list' if match.listed.taken_off else ''}" for match in matches[:_MOST_TOLD]]
        more = len(matches) - len(told)
        who = "; ".join(told) + (f"; and {more} more" if more else "")
        return f"screened against {self._against}: the {role.replace('_', ' ')} is {who}"

    def _waivers(self, event: Event, role: str, matches: list[Match]) -> Iterator[ListEntry]:
        for waiver in self._knowledge.waivers:
            for match in matches:
                entry = match.listed.entry
                if not _is_for(waiver, entry.reference) or not any(span.list == waiver.list for span in match.listed.spans):
                    continue
                covers = self._covers(waiver, event)
                if covers:
                    begins = waiver.first or min(span.first for span in match.listed.spans if span.list == waiver.list)
                    weak = not (waiver.verified and waiver.references and match.sure and covers == 2)
                    yield ListEntry(role, waiver.list, begins, waiver.last, weak)

    def _covers(self, waiver: Waiver, event: Event) -> int:
        """2: the event is where the waiver holds; 1: perhaps; 0: elsewhere, or nobody says where."""
        if not waiver.places:
            return 2
        told = [max(self._vocabulary.places.compare(value, place, None) for place in waiver.places)
                for fact in _PLACES if isinstance(value := event.facts.get(fact), str)]
        if not told or FALSE in told:
            return 0
        return 2 if TRUE in told else 1


def _key(match: Match) -> str:
    return f"{match.listed.entry.reference} {match.listed.entry.name}"


def _is_for(waiver: Waiver, reference: str) -> bool:
    return reference in waiver.references if waiver.references else reference.startswith(f"{waiver.committee}i")


def _entries(value: object) -> list[ListEntry]:
    return [one for one in value if isinstance(one, ListEntry)] if isinstance(value, tuple) else []


def _listings(role: str, matches: list[Match]) -> list[ListEntry]:
    return [ListEntry(role, span.list, span.first, span.last, span.weak or not match.sure)
            for match in matches for span in match.listed.spans]


def _without_covered(entries: list[ListEntry]) -> Iterator[ListEntry]:
    """Without entries that say nothing beside another: the same list over days that a sure entry (or an equal weak one) holds anyway."""
    def covered(entry: ListEntry, other: ListEntry) -> bool:
        ends = other.last is None or (entry.last is not None and entry.last <= other.last)
        return entry.list == other.list and other.first <= entry.first and ends and (not other.weak or entry.weak) and other != entry

    for entry in sorted(dict.fromkeys(entries), key=lambda one: (one.list, one.first, one.last or 0, one.weak)):
        if not any(covered(entry, other) for other in entries):
            yield entry
