"""Screening against lists of the user's own. It writes ``leads`` onto the event, and no listing: no rule looks at them."""

from __future__ import annotations

import msgspec

from checker.lists.entry import OwnList
from checker.lists.index import Match, NameIndex
from checker.lists.knowledge import Knowledge
from checker.lists.matching import Matcher, watch_names
from checker.model.event import Event, Lead
from checker.model.facts import PARTY_ROLES
from checker.model.names import WatchName
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["OwnScreener"]


class OwnScreener:
    """Screens events against one list of the user's own. The index is made once."""

    def __init__(self, vocabulary: Vocabulary, knowledge: Knowledge, own: OwnList) -> None:
        self.list = own
        self.index = NameIndex(own.entries, knowledge, own=True)
        self._vocabulary = vocabulary
        self._tied = _tied(vocabulary, own)
        self._matcher = Matcher(vocabulary, self.index, self._tied, by_kind=True)

    def names(self) -> list[WatchName]:
        """The names to look for in texts."""
        return watch_names(self._vocabulary, self.index, self._tied)

    def screen(self, event: Event) -> Event:
        """The event with a lead for each of its parties that is, or may be, on the list."""
        found = [self._lead(role, match) for role in PARTY_ROLES for match in self._matcher.matches(event, role)]
        new = tuple(lead for lead in found if lead not in event.leads)
        return msgspec.structs.replace(event, leads=(*event.leads, *new)) if new else event

    def _lead(self, role: str, match: Match) -> Lead:
        entry = match.listed.entry
        note = "; ".join(part for part in (entry.list_type, entry.comments) if part)
        return Lead(role, self.list.name, entry.reference, entry.name, match.how, entry.listed_on, note, not match.sure)


def _tied(vocabulary: Vocabulary, own: OwnList) -> dict[str, tuple[str, ...]]:
    """Parties of the vocabulary that go by a name of an entry."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in own.entries:
        for name in entry.names:
            party = vocabulary.parties.resolve(name.text)
            if party and party not in vocabulary.states and entry.reference not in found.get(party, ()):
                found[party] = (*found.get(party, ()), entry.reference)
    return found
