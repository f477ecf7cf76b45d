"""Who on a list the party of an event may be, and which names of a list are looked for in texts."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from checker.lists.index import Match, NameIndex
from checker.model.event import Event
from checker.model.names import WatchName
from checker.model.truth import FALSE
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Matcher", "watch_names"]

_KINDS = {"person": "person"}


class Matcher:
    """Parties of events against one index. ``tied``: parties of the vocabulary to references of the list. ``by_kind``: whether a party of
    another kind than the list says may be another one of that name."""

    def __init__(self, vocabulary: Vocabulary, index: NameIndex, tied: Mapping[str, tuple[str, ...]], *, by_kind: bool = False) -> None:
        self._vocabulary = vocabulary
        self._kinds = vocabulary.taxonomies["party_kinds"]
        self._index = index
        self._tied = tied
        self._by_kind = by_kind
        self._states: dict[str, frozenset[str]] = {}

    def matches(self, event: Event, role: str) -> list[Match]:
        """Who the party in a role may be: as a party of the vocabulary, by its printed name, by its name; the sure ones first."""
        value, printed = event.facts.get(role), event.names.get(role, "")
        found: dict[str, Match] = {}
        texts = [printed] if printed else []
        if isinstance(value, str) and value not in self._vocabulary.states:
            for reference in self._tied.get(value, ()):
                for match in self._index.reference(reference, f"the party {value}"):
                    found[_key(match)] = match
            if self._vocabulary.parties.get(value) is None and value != printed:
                texts.append(value)
        for text in texts:
            for match in self._index.find(text, self._kind(event, role)):
                known = found.get(_key(match))
                if known is None or (match.sure and not known.sure):
                    found[_key(match)] = self._doubt(match, event, role)
        return sorted(found.values(), key=lambda match: (not match.sure, match.listed.entry.reference))

    def _kind(self, event: Event, role: str) -> str:
        told = event.facts.get(f"{role}_kind")
        return "" if not isinstance(told, str) else _KINDS.get(told, "entity")

    def _doubt(self, match: Match, event: Event, role: str) -> Match:
        """Weak where the event says that the party belongs to another State than all those that the list gives for the entry, or is of
        another kind."""
        if not match.sure:
            return match
        state, kind = event.facts.get(f"{role}_state"), event.facts.get(f"{role}_kind")
        states, listed = self._states_of(match), match.listed.entry.party_kind
        if isinstance(state, str) and state and states and state not in states:
            return Match(match.listed, f"{match.how}, but of another State", False)
        if self._by_kind and isinstance(kind, str) and kind and listed and self._kinds.compare(kind, listed) == FALSE:
            return Match(match.listed, f"{match.how}, but of another kind", False)
        return match

    def _states_of(self, match: Match) -> frozenset[str]:
        entry = match.listed.entry
        known = self._states.get(entry.reference)
        if known is None:
            written = (*entry.nationalities, *entry.countries, *entry.birth_places)
            parts = {part.strip() for text in written for part in (text, text.rpartition(",")[2])}
            known = self._states[entry.reference] = frozenset(code for part in parts if (code := self._vocabulary.states.resolve(part)))
        return known


def watch_names(vocabulary: Vocabulary, index: NameIndex, tied: Mapping[str, tuple[str, ...]]) -> list[WatchName]:
    """The names of a list to look for in texts. One that the vocabulary knows as a party, or whose entry it ties to one, is that party's;
    what it knows as a State or a place is none."""
    owner: dict[str, str] = {}
    for party, references in sorted(tied.items(), key=lambda item: len(item[1])):
        for reference in references:
            owner.setdefault(reference, party)
    known, states, places = vocabulary.parties, vocabulary.states, vocabulary.places
    found = []
    for name, entry in index.names():
        party = known.resolve(name.text) or owner.get(entry.reference, "")
        if party not in states and states.resolve(name.text) is None and places.resolve(name.text) is None:
            found.append(msgspec.structs.replace(name, value=party) if party else name)
    return found


def _key(match: Match) -> str:
    return f"{match.listed.entry.reference} {match.listed.entry.name}"
