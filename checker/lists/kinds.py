"""What sort of party an entity of the Council's list is (``rules/lists/kinds.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.lists.entry import Entry

__all__ = ["UNKNOWN", "Kinds", "any_word"]

UNKNOWN = "unknown"
_WIDEST = {"person": "person", "entity": "organisation"}
"""What an entry is of which no more is told: words of ``party_kinds``."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """``words``: kinds with what tells them in a name, in order; ``entries``: kinds by reference number, ``unknown`` among them."""

    words: tuple[tuple[str, re.Pattern[str]], ...] = ()
    entries: Mapping[str, str] = field(default_factory=dict)

    def of(self, entry: Entry) -> str:
        """A word of ``party_kinds``; ``""`` where not even the widest is sure."""
        if entry.party_kind or entry.kind == "person":
            return entry.party_kind or _WIDEST[entry.kind]
        told = self.entries.get(entry.reference)
        if told:
            return "" if told == UNKNOWN else told
        names = [name.text for name in entry.names if name.quality in ("primary", "good")]
        return next((kind for kind, words in self.words if any(words.search(name) for name in names)), _WIDEST[entry.kind])


def any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the words or phrases, at the edges of words, in capitals or not."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
