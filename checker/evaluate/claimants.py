"""Who speaks: claimants and deniers as labels name them ("South Korean military intelligence") against those of claims."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.extract.fold import fold
from checker.extract.lexicon import Lexicon
from checker.extract.pack import Pack
from checker.model.claim import Claim
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Voices"]

_BETWEEN = re.compile("[;,]")
"""What stands between the names of several people in one label."""


class Voices:
    """Reads the names in labels with the words of one language pack."""

    def __init__(self, vocabulary: Vocabulary, pack: Pack | None) -> None:
        self._vocabulary = vocabulary
        self._lexicon = Lexicon(pack, vocabulary) if pack else None
        self._known: dict[str, frozenset[str]] = {}

    def named(self, label: str) -> frozenset[str]:
        """The States and parties that one name in a label tells; none where it names nobody the vocabulary knows ("local newspapers")."""
        if label not in self._known:
            self._known[label] = self._read(label)
        return self._known[label]

    def _read(self, label: str) -> frozenset[str]:
        words = self._vocabulary
        whole = label if label in words.states.codes else words.parties.resolve(label) or words.states.resolve(label)
        if whole:
            return self._with_states([whole])
        if self._lexicon is None:
            return frozenset()
        return self._with_states(e.value for hit in self._lexicon.find(label, fold(label)) for e in hit.entries if e.kind == "actor")

    def _with_states(self, names: Iterable[str]) -> frozenset[str]:
        """The names, and the States of the parties among them."""
        found = set(names)
        found |= {party.state for name in found if (party := self._vocabulary.parties.get(name)) and party.state}
        return frozenset(found)

    def right(self, labels: Iterable[str], claims: Iterable[Claim], text: str) -> bool | None:
        """True when somebody whom a label names is among those who claim; ``None`` where that cannot be told, because no label names
        a State or party that is known, or stands in the article as it is written."""
        labels = [name.strip() for label in labels for name in _BETWEEN.split(label) if name.strip()]
        wanted = frozenset(name for label in labels for name in self.named(label))
        written = [fold(label) for label in labels if fold(label) in fold(text)]
        if not wanted and not written:
            return None
        claims = list(claims)
        if wanted & self._with_states(claim.party for claim in claims if claim.party):
            return True
        heard = [fold(name) for claim in claims for name in (claim.by, *claim.via) if name]
        return any(_within(label, name) or _within(name, label) for label in written for name in heard)


def _within(part: str, whole: str) -> bool:
    """True when the one name is the other, or a run of its words."""
    return f" {part} " in f" {whole} "
