"""The naive baseline that every score stands beside: in each line of the text, the nearest State left of a goods word supplies,
the nearest other State right of it receives; a goods word without both tells nothing. It knows no verbs, claims, denials or plans."""

from __future__ import annotations

from collections.abc import Mapping

from checker.extract.fold import fold
from checker.extract.lexicon import Hit, Lexicon
from checker.extract.pack import Pack
from checker.model.document import Document
from checker.model.event import Event
from checker.model.extraction import Extraction
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["NaiveExtractor"]


class NaiveExtractor:
    """Has the interface of an extractor, and none of its knowledge but the words for States and goods."""

    def __init__(self, vocabulary: Vocabulary, packs: dict[str, Pack], said: Mapping[str, str]) -> None:
        """``said``: the facts that it tells of every event alike (``naive`` of ``rules/evaluation.yaml``)."""
        self._packs = packs
        self._said = said
        self._vocabulary = vocabulary
        self._reader = EventReader(vocabulary)
        self._lexicons: dict[str, Lexicon] = {}

    def extract(self, document: Document) -> Extraction:
        """The events of one document, in the language it declares."""
        lexicon = self._lexicon(document.lang)
        if lexicon is None:
            return Extraction(document.lang, ())
        events: dict[tuple[str, str, str], Event] = {}
        for line in document.text.splitlines(keepends=True):
            for goods, supplier, recipient in _pairs(lexicon.find(line, fold(line))):
                events.setdefault((goods, supplier, recipient), self._event(document, goods, supplier, recipient))
        return Extraction(document.lang, tuple(events.values()))

    def _lexicon(self, lang: str) -> Lexicon | None:
        if lang not in self._lexicons and lang in self._packs:
            self._lexicons[lang] = Lexicon(self._packs[lang], self._vocabulary)
        return self._lexicons.get(lang)

    def _event(self, document: Document, goods: str, supplier: str, recipient: str) -> Event:
        facts: dict[str, object] = {**self._said, "goods": goods, "supplier": supplier, "recipient": recipient, "document": document.id}
        if document.published:
            facts["date"] = document.published.isoformat()
        event, _ = self._reader.read(facts, locate=None, path=document.id, source=None)
        return event if event is not None else Event(facts={}, document=document.id)


def _pairs(hits: list[Hit]) -> list[tuple[str, str, str]]:
    """(goods, supplier, recipient) of the goods words of one line that have States on both sides."""
    words = [(kind, value) for hit in hits for kind, value in [_first(hit)] if kind]
    found = []
    for i, (kind, goods) in enumerate(words):
        if kind != "goods":
            continue
        supplier = next((value for k, value in reversed(words[:i]) if k == "actor"), "")
        recipient = next((value for k, value in words[i + 1:] if k == "actor" and value != supplier), "")
        if supplier and recipient:
            found.append((goods, supplier, recipient))
    return found


def _first(hit: Hit) -> tuple[str, str]:
    return next(((e.kind, e.value) for e in hit.entries if e.kind in ("actor", "goods")), ("", ""))
