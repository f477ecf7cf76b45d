"""One automaton per language over all words the pack and the vocabulary know; one pass finds every one of them in a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checker.extract.fold import fold
from checker.extract.pack import Pack, expand

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Entry", "Hit", "Lexicon"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a word form. ``kind``: ``actor``, ``place``, ``goods``, ``people``, ``trigger``, ``marker``, ``cue`` ...;
    ``value``: the code, term or class; ``form``: how it stands for it (``name``, ``adjective``, ``passive`` ...)."""

    kind: str
    value: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A word form found in a text, with all its meanings."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Lexicon:
    """The words of one pack plus the names of States in that language, compiled for search."""

    def __init__(self, pack: Pack, vocabulary: Vocabulary) -> None:
        self.pack = pack
        self._forms: dict[str, dict[tuple[Entry, str, bool], None]] = {}
        self._edges = pack.option("word_edges", "both")
        self._add_states(vocabulary)
        self._add_pack()
        self._automaton = self._compile()

    def add(self, spelling: str, entry: Entry) -> None:
        """Add one spelling (marks ``=`` and ``*`` understood)."""
        exact = spelling.startswith("=")
        bare = spelling.lstrip("=")
        stem = bare.endswith("*")
        bare = bare.rstrip("*").strip()
        letters = [c for c in bare if c.isalpha()]
        if not bare:
            return
        exact = exact or (0 < len(letters) <= 4 and all(c.isupper() for c in letters) and bare.isascii())
        cased = bare if exact else (bare[0] if entry.kind in _PROPER and bare[0].isupper() else "")
        self._forms.setdefault(fold(bare), {})[(entry, cased, stem)] = None

    def _add_states(self, vocabulary: Vocabulary) -> None:
        dropped = {fold(word) for _, word in self.pack.table("terms") if _ == "not_names"}
        for name, code in vocabulary.states.names(self.pack.lang):
            if len(name) > 2 and fold(name) not in dropped:
                self.add(name, Entry("actor", code, "name"))

    def _add_pack(self) -> None:
        pack = self.pack
        for section, kind, form in _PLAIN:
            for key, word in pack.table(section):
                self.add(word, Entry(kind, key, form))
        for frame in pack.frames.values():
            for voice, words in frame.forms.items():
                for word in words:
                    self.add(word, Entry("trigger", frame.id, voice))
        for i, people in enumerate(pack.people):
            for word in people.words:
                self.add(word, Entry("people", str(i)))
        for word in pack.tables["relative_dates"]:
            for spelling in expand(str(word)):
                self.add(spelling, Entry("reldate", str(pack.tables["relative_dates"][word])))

    def _compile(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for word, meanings in self._forms.items():
            automaton.add_word(word, (len(word), tuple(meanings)))
        automaton.make_automaton()
        return automaton

    def find(self, text: str, folded: str) -> list[Hit]:
        """All longest words, left to right, that do not overlap. Linear in the text."""
        found: list[Hit] = []
        for last, (length, meanings) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if self._edges != "none" and start and folded[start].isalnum() and folded[start - 1].isalnum():
                continue
            whole = self._edges != "both" or end >= len(folded) or not (folded[end - 1].isalnum() and folded[end].isalnum())
            entries: list[Entry] = []
            stop = end
            for entry, cased, stem in meanings:
                if not whole and not stem:
                    continue
                if cased and not text.startswith(cased, start):
                    continue
                if not whole:
                    stop = _word_end(folded, end)
                entries.append(entry)
            if entries:
                found.append(Hit(start, stop, tuple(entries)))
        return _longest(found)


_PROPER = frozenset({"actor", "place"})
_PLAIN = (
    ("actors", "actor", "name"), ("adjectives", "actor", "adjective"), ("institutions", "actor", "institution"),
    ("groups", "actor", "group"),
    ("places", "place", ""), ("goods", "goods", ""), ("org_nouns", "org", ""), ("markers", "marker", ""), ("cues", "cue", ""),
    ("attribution", "say", ""), ("claimants", "claimant", ""), ("grammar", "gram", ""), ("units", "unit", ""), ("numerals", "numeral", ""),
    ("months", "month", ""), ("weekdays", "weekday", ""), ("date_words", "dateword", ""), ("supports", "support", ""),
)


def _word_end(folded: str, at: int) -> int:
    while at < len(folded) and folded[at].isalnum():
        at += 1
    return at


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    chosen: list[Hit] = []
    reach = -1
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if hit.start >= reach:
            chosen.append(hit)
            reach = hit.end
        elif chosen and (hit.start, hit.end) == (chosen[-1].start, chosen[-1].end):
            chosen[-1] = Hit(hit.start, hit.end, chosen[-1].entries + tuple(e for e in hit.entries if e not in chosen[-1].entries))
    return chosen
