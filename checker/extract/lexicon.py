"""All words that the pack of a language and the vocabulary know, and where they stand in a text: one pass finds every one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from checker.extract.fold import fold, unmarked
from checker.extract.forms import Forms
from checker.extract.pack import CASED, Pack, expand

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Affixes", "Entry", "Hit", "Lexicon"]

_T = TypeVar("_T")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One meaning of a word form. ``kind``: ``actor``, ``place``, ``goods``, ``people``, ``trigger``, ``marker``, ``cue`` ...;
    ``value``: the code, term or class; ``form``: how it stands for it (``name``, ``adjective``, ``passive`` ...; ``small`` for months
    written without capital); ``case``: the grammatical case of the spelling, or the one a preposition asks for, where the pack tells
    it (``dative``, ``genitive`` ...); of verbs in two parts the second ("rüstet ... aus")."""

    kind: str
    value: str
    form: str = ""
    case: str = ""


class Hit(msgspec.Struct, gc=False, eq=False):
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


class _Meanings(NamedTuple):
    """All meanings of a spelling; ``entries``: theirs, where none of them asks for anything; ``proper``: one is a name."""

    all: tuple[_Meaning, ...]
    entries: tuple[Entry, ...]
    proper: bool


class Lexicon:
    """The words of one pack plus the names of States in that language, compiled for search."""

    def __init__(self, pack: Pack, vocabulary: Vocabulary) -> None:
        self.pack = pack
        self._given: dict[str, tuple[_Meaning, ...]] = {}
        self._shared: dict[Any, Any] = {}
        self._edges = pack.option("word_edges", "both")
        self.affixes = self._affixes()
        self._joints = sorted({len(word) for word in self.affixes.before})
        self._add_states(vocabulary)
        self._add_pack()
        self._stems = any(stem for meanings in self._given.values() for _, _, stem in meanings)
        self._forms = self._compile()
        self._begin = re.compile("|".join(["[^\\W_]+", *sorted({re.escape(form[0]) for form in self._given if not form[0].isalnum()})]))
        del self._given, self._shared  # thousands of spellings have the same meanings: what is shared stays with the forms

    def _add(self, spelling: str, entry: Entry) -> None:
        """Take in one spelling (marks ``=`` and ``*`` understood)."""
        exact = spelling.startswith("=")
        bare = spelling.lstrip("=")
        stem = bare.endswith("*")
        bare = bare.rstrip("*").strip()
        form = unmarked(fold(bare))[0]
        if not form:
            return
        exact = exact or (bare.isupper() and bare.isascii() and sum(map(str.isalpha, bare)) <= _SHORT)
        cased = bare if exact else (bare[0] if entry.kind in _PROPER and bare[0].isupper() else "")
        meaning = self._share((entry, cased, stem))
        held = self._given.get(form, ())
        if meaning not in held:
            self._given[form] = self._share((*held, meaning))

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
            for voice, word in pack.spellings(frame):
                verb, _, particle = word.partition("+")
                self._add(verb, Entry("trigger", frame.id, voice, particle))
        for i, people in enumerate(pack.people):
            for word in people.words:
                self._add(word, Entry("people", str(i)))
        for word in pack.tables["relative_dates"]:
            for spelling in expand(str(word)):
                self._add(spelling, Entry("reldate", str(pack.tables["relative_dates"][word])))

    def _compile(self) -> Forms[_Meanings]:
        ready: dict[tuple[_Meaning, ...], _Meanings] = {}
        for meanings in self._given.values():
            if meanings not in ready:
                entries = self._share(tuple(e for e, _, _ in meanings))
                plain = not any(cased or stem for _, cased, stem in meanings)
                ready[meanings] = _Meanings(meanings, entries if plain else (), any(e.kind in _PROPER for e in entries))
        return Forms({form: ready[meanings] for form, meanings in self._given.items()}, 2 if self._edges == "both" else 1)

    def find(self, text: str, folded: str) -> list[Hit]:
        """All longest words, left to right, that do not overlap. Linear in the text."""
        plain, at = unmarked(folded)
        if not at:
            return self._find(text, folded)
        hits = self._find("".join(text[i] for i in at), plain)
        return [Hit(at[hit.start], at[hit.end] if hit.end < len(at) and plain[hit.end].isalpha() else at[hit.end - 1] + 1, hit.entries)
                for hit in hits]

    def _find(self, text: str, folded: str) -> list[Hit]:
        if self._edges == "both":
            return self._apart(text, folded)
        chosen = self._joined(text, folded)
        return list(_counted(folded, chosen)) if self._edges == "none" else chosen

    def _apart(self, text: str, folded: str) -> list[Hit]:
        """The words of a text whose words are written apart."""
        chosen: list[Hit] = []
        forms, size, reach = self._forms, len(folded), 0
        for start in self._starts(folded):
            number = forms.longest(folded, start) if start >= reach else -1
            hits: list[Hit] = []
            while number >= 0:
                end, value = start + forms.lengths[number], forms.values[forms.which[number]]
                whole = end >= size or not (folded[end].isalnum() and folded[end - 1].isalnum())
                if not value.entries:
                    hits += self._asking(text, folded, start, end, value, whole)
                elif whole:
                    hits.append(Hit(start, end, value.entries))
                    if not self._stems:
                        break
                number = forms.shorter[number]
            if hits:
                chosen.append(_longest(hits))
                reach = chosen[-1].end
        return chosen

    def _starts(self, folded: str) -> Iterator[int]:
        """Where words may begin: at the edge of a written word, or behind letters that are joined to it."""
        before, joints = self.affixes.before, self._joints
        for found in self._begin.finditer(folded):
            start, end = found.span()
            yield start
            for length in joints:
                if start + length < end and folded[start:start + length] in before:
                    yield start + length

    def _asking(self, text: str, folded: str, start: int, end: int, value: _Meanings, whole: bool) -> Iterator[Hit]:
        """The word with those of its meanings that find the capitals and the edge they ask for."""
        fitting, stop = [], end
        ended = end >= len(folded) or not (folded[end].isalnum() and folded[end - 1].isalnum())
        for entry, cased, stem in value.all:
            if (whole or stem) and (not cased or text.startswith(cased, start)):
                fitting.append(entry)
                if not whole or (stem and not ended and self._edges == "left"):
                    stop = _word_end(folded, end)
        if fitting:
            yield Hit(start, stop, tuple(fitting))

    def _joined(self, text: str, folded: str) -> list[Hit]:
        """Of words that may be joined to others, those that are no mere piece of an unknown word: "タイ" is not in "タイトル", "이란"
        not in "이란성". What lies before or behind in the same run of letters must be a known word, or a particle; before a name a name."""
        chosen: list[Hit] = []
        forms, size, reach, left = self._forms, len(folded), 0, self._edges == "left"
        ends: set[int] = set()
        names: set[int] = set()
        for start, letter in enumerate(folded):
            if letter not in forms.heads:
                continue
            if (left or not _FREE[0] <= letter <= _FREE[1]) and start not in ends and self._inside(folded, start):
                continue
            number = forms.longest(folded, start)
            fitting: list[Hit] = []
            while number >= 0:
                end, value = start + forms.lengths[number], forms.values[forms.which[number]]
                for hit in (Hit(start, end, value.entries),) if value.entries else self._asking(text, folded, start, end, value, True):
                    name = value.proper and (bool(value.entries) or any(e.kind in _PROPER for e in hit.entries))
                    if name and left and start not in names and self._inside(folded, start):
                        continue
                    if hit.end < size and (left or not _FREE[0] <= folded[hit.end] <= _FREE[1]) and self._torn(text, folded, hit, name):
                        continue
                    ends.add(hit.end)
                    if name:
                        names.add(hit.end)
                    fitting.append(hit)
                number = forms.shorter[number]
            if fitting and start >= reach:
                chosen.append(_longest(fitting))
                reach = chosen[-1].end
        return chosen

    def _torn(self, text: str, folded: str, hit: Hit, name: bool) -> bool:
        """Whether the written word goes on behind a hit with what is neither a known word nor a particle."""
        end = hit.end
        run = _run(folded[end])
        goes_on = run != "" and run == _run(folded[end - 1])
        if not goes_on and self._edges == "left" and (name or end - hit.start == 1):
            goes_on = folded[end].isalpha()
        return goes_on and not self._known(text, folded, end) and self.affixes.behind(folded, end, len(folded))[0] == end

    def _known(self, text: str, folded: str, start: int) -> bool:
        """Whether some word begins at this place."""
        forms, number = self._forms, self._forms.longest(folded, start)
        while number >= 0:
            end, value = start + forms.lengths[number], forms.values[forms.which[number]]
            if value.entries or any(self._asking(text, folded, start, end, value, True)):
                return True
            number = forms.shorter[number]
        return False

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
_SHORT = 4
"""Letters of abbreviations, which are looked for as they are written."""


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


_FREE = "\u3100", "\uffff"
"""Most signs of a text without blanks: none of them makes words of several letters by its sort."""


def _run(char: str) -> str:
    """The sort of letters that make words without spaces: Latin letters, digits, katakana; ``""`` for all others."""
    if _FREE[0] <= char <= _FREE[1]:
        return ""
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


def _longest(hits: Sequence[Hit]) -> Hit:
    """The longest of several words that begin at the same place, with the meanings of all that end there: those of the shorter
    spelling first."""
    best = hits[-1]
    for hit in hits[-2::-1]:
        if hit.end > best.end:
            best = hit
        elif hit.end == best.end:
            best = Hit(best.start, best.end, best.entries + tuple(e for e in hit.entries if e not in best.entries))
    return best
