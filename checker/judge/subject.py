"""The event as the judge looks at it: its facts, with the State and kind of every party resolved through the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping

from checker.model.event import FactValue
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["PartyBook", "Subject"]


class PartyBook:
    """What the vocabulary knows of a party value: its State and kind, remembered between events.

    The State of a party is its ISO2 code, ``""`` for a party that belongs to no State, ``None`` where nobody can tell.
    """

    __slots__ = ("_known", "vocabulary")

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known: dict[str, tuple[str | None, str | None]] = {}

    def look(self, value: str) -> tuple[str | None, str | None]:
        """State and kind of a party named by the fact value ``value``."""
        found = self._known.get(value)
        if found is None:
            found = self._resolve(value)
            if len(self._known) < 65536:  # free names come from articles, so the memory is bounded
                self._known[value] = found
        return found

    def _resolve(self, value: str) -> tuple[str | None, str | None]:
        if value in self.vocabulary.states:
            return value, None
        party = self.vocabulary.parties.get(value)
        if party is None:
            return None, None
        return party.state, party.kind or None


class Subject:
    """The facts of one event. Facts written on the event come first, what the vocabulary knows of its parties second."""

    __slots__ = ("_book", "facts")

    def __init__(self, facts: Mapping[str, FactValue], book: PartyBook) -> None:
        self.facts = facts
        self._book = book

    def party(self, role: str) -> str | None:
        """The party in a role, ``None`` where unknown."""
        value = self.facts.get(role)
        return value if isinstance(value, str) else None

    def state(self, role: str) -> str | None:
        """The State of the party in a role: ISO2, ``""`` for a party of no State, ``None`` where unknown.

        A stated ``<role>_state`` counts although the party itself is unknown.
        """
        stated = self.facts.get(f"{role}_state")
        if isinstance(stated, str):
            return stated
        value = self.party(role)
        return None if value is None else self._book.look(value)[0]

    def kind(self, role: str) -> str | None:
        """The kind of the party in a role, ``None`` where unknown."""
        stated = self.facts.get(f"{role}_kind")
        if isinstance(stated, str):
            return stated
        value = self.party(role)
        return None if value is None else self._book.look(value)[1]
