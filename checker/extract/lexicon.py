"""One automaton per language over all words the pack and the vocabulary know; one pass finds every one of them in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from checker.extract.fold import fold, unmarked
from checker.extract.pack import CASED, Pack, expand

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Affixes", "Entry", "Hit", "Lexicon"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a word form. ``kind``: ``actor``, ``place``, ``goods``, ``people``, ``trigger``, ``marker``, ``cue`` ...;
    ``value``: the code, term or class; ``form``: how it stands for it (``name``, ``adjective``, ``passive`` ...; ``small`` for months
    written without capital); ``case``: the grammatical case of the spelling, or the one a preposition asks for, where the pack tells
    it (``dative``, ``genitive`` ...); of verbs in two parts the second ("rüstet ... aus")."""

    kind: str
    value: str
    form: str = ""
    case: str = ""


@dataclass(slots=True, eq=False)
class Hit:
    """A word form found in a text, with all its meanings. Never changed (see ``Token``)."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Affixes:
    """What is written together with the word it belongs to. ``before``: letters in front of a word ("and", "to" in Arabic);
    ``after``: particles and endings right behind it (Korean, Japanese, Turkish) by their first letter, longest first. ``whole``: a
    particle must end the written word."""

    before: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    after: Mapping[str, tuple[tuple[str, tuple[Entry, ...]], ...]] = field(default_factory=dict)
    whole: bool = True

    def behind(self, folded: str, at: int, stop: int) -> tuple[int, tuple[Entry, ...]]:
        """End and meanings of the particle that begins at ``at`` and ends by ``stop``; ``(at, ())`` if there is none."""
        for word, entries in self.after.get(folded[at], ()) if at < stop else ():
            end = at + len(word)
            if end <= stop and folded.startswith(word, at) and not (self.whole and end < len(folded) and folded[end].isalnum()):
                return end, entries
        return at, ()


_Meaning = tuple[Entry, str, bool]
"""A meaning, the capitals it asks for, and whether any ending may follow."""


class Lexicon:
    """The words of one pack plus the names of States in that language, compiled for search."""

    def __init__(self, pack: Pack, vocabulary: Vocabulary) -> None:
        self.pack = pack
        self._forms: dict[str, tuple[_Meaning, ...]] = {}
        self._shared: dict[Any, Any] = {}
        self._edges = pack.option("word_edges", "both")
        self.affixes = self._affixes()
        self._add_states(vocabulary)
        self._add_pack()
        self._automaton = self._compile()
        del self._forms, self._shared  # thousands of spellings have the same meanings: what is shared stays with the automaton

    def _add(self, spelling: str, entry: Entry) -> None:
        """Take in one spelling (marks ``=`` and ``*`` understood)."""
        exact = spelling.startswith("=")
        bare = spelling.lstrip("=")
        stem = bare.endswith("*")
        bare = bare.rstrip("*").strip()
        letters = [c for c in bare if c.isalpha()]
        if not bare:
            return
        exact = exact or (0 < len(letters) <= 4 and all(c.isupper() for c in letters) and bare.isascii())
        cased = bare if exact else (bare[0] if entry.kind in _PROPER and bare[0].isupper() else "")
        form, meaning = unmarked(fold(bare))[0], self._share((entry, cased, stem))
        held = self._forms.get(form, ())
        if meaning not in held:
            self._forms[form] = self._share((*held, meaning))

    def _share(self, value: _T) -> _T:
        """The first value equal to this one, so that equal ones are held once."""
        shared: _T = self._shared.setdefault(value, value)
        return shared

    def _affixes(self) -> Affixes:
        before: dict[str, tuple[Entry, ...]] = {}
        for key, word in self.pack.table("proclitics"):
            kind = "cue" if key in self.pack.tables["cues"] else "marker"
            before[fold(word)] = (*before.get(fold(word), ()), *_affix(key, kind))
        after: dict[str, tuple[Entry, ...]] = {}
        for key, word in self.pack.table("particles") if self.pack.option("particles", "joined") == "joined" else ():
            after[fold(word)] = (*after.get(fold(word), ()), *_affix(key, "particle"))
        longest = sorted(after.items(), key=lambda x: (-len(x[0]), x[0]))
        by_letter = {first: tuple(x for x in longest if x[0][0] == first) for first in {word[0] for word in after}}
        return Affixes(before, by_letter, self._edges != "none")

    def _add_states(self, vocabulary: Vocabulary) -> None:
        dropped = {fold(word) for _, word in self.pack.table("terms") if _ == "not_names"}
        for name, code in vocabulary.states.names(self.pack.lang):
            if (len(name) > 2 or not name.isascii()) and fold(name) not in dropped:
                self._add(name, Entry("actor", code, "name"))

    def _add_pack(self) -> None:
        pack = self.pack
        for section, kind, form in _PLAIN:
            for key, word in pack.table(section):
                value, _, case = key.partition(".") if section in CASED else (key, "", "")
                form_of = "small" if kind == "month" and word[:1].islower() else form
                self._add(word, Entry(kind, value, form_of, case))
        if pack.option("particles", "joined") == "apart":
            for key, word in pack.table("particles"):
                for entry in _affix(key, "particle"):
                    self._add(word, entry)
        for frame in pack.frames.values():
            for voice, words in frame.forms.items():
                for word in words:
                    verb, _, particle = word.partition("+")
                    self._add(verb, Entry("trigger", frame.id, voice, particle))
        for i, people in enumerate(pack.people):
            for word in people.words:
                self._add(word, Entry("people", str(i)))
        for word in pack.tables["relative_dates"]:
            for spelling in expand(str(word)):
                self._add(spelling, Entry("reldate", str(pack.tables["relative_dates"][word])))

    def _compile(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for word, meanings in self._forms.items():
            plain = not any(cased or stem for _, cased, stem in meanings)
            automaton.add_word(word, self._share((len(word), meanings, tuple(e for e, _, _ in meanings) if plain else ())))
        automaton.make_automaton()
        return automaton

    def find(self, text: str, folded: str) -> list[Hit]:
        """All longest words, left to right, that do not overlap. Linear in the text."""
        plain, at = unmarked(folded)
        if not at:
            return self._find(text, folded)
        hits = self._find("".join(text[i] for i in at), plain)
        return [Hit(at[hit.start], at[hit.end] if hit.end < len(at) and plain[hit.end].isalpha() else at[hit.end - 1] + 1, hit.entries)
                for hit in hits]

    def _find(self, text: str, folded: str) -> list[Hit]:
        found: list[Hit] = []
        joined = self._edges != "both"
        for last, (length, meanings, plain) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if not joined and self._inside(folded, start):
                continue
            ended = end >= len(folded) or not (folded[end - 1].isalnum() and folded[end].isalnum())
            whole = joined or ended
            if plain:
                if whole:
                    found.append(Hit(start, end, plain))
                continue
            entries: list[Entry] = []
            stop = end
            for entry, cased, stem in meanings:
                if not whole and not stem:
                    continue
                if cased and not text.startswith(cased, start):
                    continue
                if not whole or (stem and not ended and self._edges == "left"):
                    stop = _word_end(folded, end)
                entries.append(entry)
            if entries:
                found.append(Hit(start, stop, tuple(entries)))
        chosen = _longest(self._fitting(folded, found) if joined else found)
        return list(_counted(folded, chosen)) if self._edges == "none" else chosen

    def _fitting(self, folded: str, hits: Sequence[Hit]) -> Iterator[Hit]:
        """Of words that may be joined to others, those that are no mere piece of an unknown word: "タイ" is not in "タイトル", "이란"
        not in "이란성". What lies before or behind in the same run of letters must be a known word, or a particle; before a name a name."""
        begins = {hit.start for hit in hits}
        ends: set[int] = set()
        names: set[int] = set()
        for hit in sorted(hits, key=lambda h: (h.start, h.end)):
            if self._inside(folded, hit.start) and hit.start not in ends:
                continue
            name = any(e.kind in _PROPER for e in hit.entries)
            if name and self._edges == "left" and self._inside(folded, hit.start) and hit.start not in names:
                continue
            strict = self._edges == "left" and (name or hit.end - hit.start == 1)
            open_end = hit.end < len(folded) and hit.end not in begins and (
                _run(folded[hit.end - 1]) == _run(folded[hit.end]) != "" or (strict and folded[hit.end].isalpha()))
            if open_end and self.affixes.behind(folded, hit.end, len(folded))[0] == hit.end:
                continue
            ends.add(hit.end)
            if name:
                names.add(hit.end)
            yield hit

    def _inside(self, folded: str, start: int) -> bool:
        """Whether a word would begin in the middle of a written word, and not behind letters that the language joins to it."""
        if not start or not folded[start].isalnum():
            return False
        if self._edges == "none":
            return _run(folded[start - 1]) == _run(folded[start]) != ""
        if not (folded[start - 1].isalpha() if self._edges == "left" else folded[start - 1].isalnum()):
            return False
        if not self.affixes.before:
            return True
        begin = start
        while begin and start - begin <= _PROCLITIC and folded[begin - 1].isalnum():
            begin -= 1
        return folded[begin:start] not in self.affixes.before


_PROCLITIC = 4


def _affix(key: str, kind: str) -> tuple[Entry, ...]:
    """The meanings of an affix of class ``key``: particles and prepositions by their class, "and" and "the" as small words."""
    if key in ("conj", "det", "owner"):
        return (Entry("gram", key), Entry(kind, key)) if kind == "particle" else (Entry("gram", key),)
    return (Entry(kind, key),)


_PROPER = frozenset({"actor", "place"})
_PLAIN = (
    ("actors", "actor", "name"), ("adjectives", "actor", "adjective"), ("institutions", "actor", "institution"),
    ("groups", "actor", "group"),
    ("places", "place", ""), ("goods", "goods", ""), ("org_nouns", "org", ""), ("markers", "marker", ""), ("cues", "cue", ""),
    ("attribution", "say", ""), ("claimants", "claimant", ""), ("grammar", "gram", ""), ("units", "unit", ""), ("numerals", "numeral", ""),
    ("months", "month", ""), ("weekdays", "weekday", ""), ("date_words", "dateword", ""), ("supports", "support", ""),
)


def _run(char: str) -> str:
    """The sort of letters that make words without spaces: Latin letters, digits, katakana; ``""`` for all others."""
    if "\u3100" <= char <= "\uffff":
        return ""  # most signs of a text without blanks
    if "\u30a1" <= char <= "\u30fa" or "\u30fc" <= char <= "\u30fe":
        return "kana"
    if char.isdigit():
        return "digit"
    return "latin" if char < "\u0250" and char.isalpha() else ""


def _counted(folded: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """The hits without counters of one letter that stand behind no number: without blanks they are found in every other word."""
    last: Hit | None = None
    for hit in hits:
        counter = hit.end - hit.start == 1 and all(e.kind == "unit" or e.value == "over_after" for e in hit.entries)
        number = hit.start > 0 and folded[hit.start - 1].isdigit()
        counted = last is not None and last.end == hit.start and any(
            e.kind in ("numeral", "unit") or e.value == "over_after" for e in last.entries)
        if counter and not (number or counted):
            continue
        last = hit
        yield hit


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
