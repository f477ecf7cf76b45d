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
from checker.lists.matching import Matcher, watch_names
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


class Screener:
    """Screens events against one list (or against none). The index is made once."""

    def __init__(self, vocabulary: Vocabulary, knowledge: Knowledge, un_list: UnList | None = None) -> None:
        self._vocabulary = vocabulary
        self._knowledge = knowledge
        self._complete = un_list is not None
        self.index = NameIndex(un_list.entries if un_list else (), knowledge, un_list.date if un_list else 0)
        self._against = f"the UN list of {say_day(dt.date.fromordinal(un_list.date))}" if un_list else "the names taken off the UN lists"
        self._matcher = Matcher(vocabulary, self.index, knowledge.parties)

    def names(self) -> list[WatchName]:
        """The names to look for in texts."""
        return watch_names(self._vocabulary, self.index, self._knowledge.parties)

    @property
    def problems(self) -> list[Problem]:
        """Where list and ``delistings.yaml`` contradict each other."""
        return [Problem("rules/lists/delistings.yaml", 0, 0, "still-listed",
                        f"{one.reference} is on this list, which was made after the day it is said to have left it; the list is believed",
                        "see whether it was listed again", severity="warning") for one in self.index.still_listed]

    def matches(self, event: Event, role: str) -> list[Match]:
        """Who on the list the party in a role may be."""
        return self._matcher.matches(event, role)

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
