"""What the program itself knows about quoted words: which party, goods and day they name, and which cues stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from checker.extract.dates import DateMention, find_dates
from checker.extract.fold import fold
from checker.extract.lexicon import Lexicon
from checker.extract.pack import Pack
from checker.extract.tokens import sentence_spans, tokenize
from checker.model.dates import DateRange

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Gazetteer", "gazetteers"]


class Gazetteer:
    """The names and words of one language pack and of the vocabulary. ``pack``: ``None`` knows the vocabulary alone."""

    def __init__(self, vocabulary: Vocabulary, pack: Pack | None) -> None:
        self.vocabulary = vocabulary
        self._pack = pack
        self._lexicon = Lexicon(pack, vocabulary) if pack is not None else None

    def party(self, quote: str, name: str) -> str:
        """The State or party that the quoted words name; of several the one that ``name`` means; ``""`` where no word says it."""
        whole = self.vocabulary.parties.resolve(quote)
        if whole:
            return whole
        found = list(dict.fromkeys(self._values(quote, "actor")))
        meant = self.vocabulary.parties.resolve(name)
        return found[0] if len(found) == 1 else meant if meant and meant in found else ""

    def goods(self, quote: str, term: str) -> str:
        """The goods that the quoted words name; ``term`` where it is one of them or a wider word; ``""`` where no word says it."""
        tree = self.vocabulary.taxonomies["goods"]
        found = [value for value in (tree.resolve(quote), *self._values(quote, "goods")) if value and value in tree]
        if not found or any(term in tree.ancestors(value) for value in found):
            return term if found else ""
        return found[0]

    def cues(self, text: str, start: int, end: int) -> frozenset[str]:
        """Kinds of cue words (negation, plan, norm ...) in the sentences that ``start:end`` touches."""
        if self._lexicon is None:
            return frozenset()
        folded = fold(text)
        reach = [(a, b) for a, b in sentence_spans(folded, 0, len(text), frozenset()) if a < end and start < b]
        lo, hi = min((a for a, _ in reach), default=start), max((b for _, b in reach), default=end)
        hits = self._lexicon.find(text, folded)
        return frozenset(e.value for hit in hits if lo <= hit.start and hit.end <= hi for e in hit.entries if e.kind == "cue")

    def date(self, text: str, start: int, end: int, anchor: DateRange | None) -> DateMention | None:
        """The date that stands in ``start:end``."""
        if self._lexicon is None or self._pack is None:
            return None
        folded = fold(text)
        tokens = tokenize(text, folded, 0, len(text), self._lexicon.find(text, folded), self._lexicon.affixes)
        found = find_dates(tokens, folded, anchor, self._pack.option("date_order", "dmy") == "mdy")
        return next((d for d in found if start <= d.start and d.end <= end), None)

    def _values(self, quote: str, kind: str) -> list[str]:
        hits = self._lexicon.find(quote, fold(quote)) if self._lexicon is not None else []
        return [entry.value for hit in hits for entry in hit.entries if entry.kind == kind]


def gazetteers(vocabulary: Vocabulary, packs: Mapping[str, Pack], language: str, known: dict[str, Gazetteer]) -> Gazetteer:
    """The gazetteer of a language, made once."""
    if language not in known:
        known[language] = Gazetteer(vocabulary, packs.get(language))
    return known[language]
