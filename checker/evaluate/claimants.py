"""Who speaks: claimants and deniers as labels name them ("South Korean military intelligence") against those of claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from checker.extract.fold import fold
from checker.extract.lexicon import Entry, Lexicon
from checker.extract.pack import Pack
from checker.model.claim import Claim
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Voices"]

_BETWEEN = re.compile("[;,]")
"""What stands between the names of several people in one label."""


class Voices:
    """Reads the names in labels with the words of one language pack, and those in claims with the words of all.

    ``labels``: the language that labels are written in; ``kinds``: sorts of claimants that have no name of their own and are the same
    voice in every language ("UN panel of experts")."""

    def __init__(self, vocabulary: Vocabulary, packs: Mapping[str, Pack], labels: str, kinds: Iterable[str]) -> None:
        self._vocabulary = vocabulary
        self._packs = packs
        self._labels = labels
        self._kinds = frozenset(kinds)
        self._lexicons: dict[str, Lexicon] = {}
        self._known: dict[str, frozenset[str]] = {}

    def _hits(self, name: str, lang: str) -> list[Entry]:
        if lang not in self._packs:
            return []
        if lang not in self._lexicons:
            self._lexicons[lang] = Lexicon(self._packs[lang], self._vocabulary)
        return [entry for hit in self._lexicons[lang].find(name, fold(name)) for entry in hit.entries]

    def sorts(self, names: Iterable[str], lang: str) -> frozenset[str]:
        """The kinds of claimants that names in a language tell, of those that are one voice."""
        return frozenset(e.value for name in names for e in self._hits(name, lang) if e.kind == "claimant") & self._kinds

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
        return self._with_states(e.value for e in self._hits(label, self._labels) if e.kind == "actor")

    def _with_states(self, names: Iterable[str]) -> frozenset[str]:
        """The names, and the States of the parties among them."""
        found = set(names)
        found |= {party.state for name in found if (party := self._vocabulary.parties.get(name)) and party.state}
        return frozenset(found)

    def right(self, labels: Iterable[str], claims: Iterable[Claim], text: str, lang: str = "") -> bool | None:
        """True when somebody whom a label names is among those who claim; ``None`` where that cannot be told, because no label names
        a State, party or sort of claimant that is known, or stands in the article (in ``lang``) as it is written."""
        labels = [name.strip() for label in labels for name in _BETWEEN.split(label) if name.strip()]
        wanted = frozenset(name for label in labels for name in self.named(label))
        written = [fold(label) for label in labels if fold(label) in fold(text)]
        sorts = self.sorts(labels, self._labels)
        if not wanted and not written and not sorts:
            return None
        claims = list(claims)
        if sorts & self.sorts([claim.by for claim in claims if claim.by], lang):
            return True
        if wanted & self._with_states(claim.party for claim in claims if claim.party):
            return True
        heard = [fold(name) for claim in claims for name in (claim.by, *claim.via) if name]
        return any(_within(label, name) or _within(name, label) for label in written for name in heard)


def _within(part: str, whole: str) -> bool:
    """True when the one name is the other, or a run of its words."""
    return f" {part} " in f" {whole} "
