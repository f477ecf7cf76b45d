"""Listed names in a text: one automaton for all of them, beside the lexicon of a language."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from typing import Any

from checker.extract.fold import fold, unmarked
from checker.extract.lexicon import Affixes, Entry, Hit
from checker.model.names import WatchName

__all__ = ["Watch"]

_LONGEST = 200
_PARTICLE = 4
"""Letters of the small words in a name that may begin without a capital ("bin", "ould")."""
_ARTICLE = 3
_SURE = 4
"""Syllables from which on a Korean name may be followed by more than a particle (a title)."""
_PROCLITIC = 4
_PARTS = re.compile(r"[-'’.(\[\"“«]")
_NO_AFFIXES = Affixes()


class Watch:
    """Finds listed names: at word edges, with the capitals a name has, the longest first. The automaton is made when it is first needed."""

    def __init__(self, names: Iterable[WatchName]) -> None:
        """Names that are empty or longer than 200 letters are left out; of names written alike the first is taken."""
        self._names: dict[str, WatchName] = {}
        for name in names:
            form = _plain(unmarked(fold(" ".join(name.text.split())))[0])
            if any(c.isalnum() for c in form) and len(form) <= _LONGEST:
                self._names.setdefault(form, name)
        self._automaton: Any = None

    @property
    def size(self) -> int:
        """How many spellings are looked for."""
        return len(self._names)

    def _compile(self) -> Any:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for form, name in self._names.items():
            kind = "ship" if name.kind == "ship" else f"named {name.kind}"
            automaton.add_word(form, (len(form), name.kind == "person", (Entry("actor", name.value, kind),)))
        automaton.make_automaton()
        return automaton

    def find(self, text: str, folded: str, affixes: Affixes = _NO_AFFIXES) -> list[Hit]:
        """The names in a text, left to right; of several that overlap the longest. ``affixes``: what the language joins to words."""
        if not self._names:
            return []
        if self._automaton is None:
            self._automaton = self._compile()
        bare, at = unmarked(folded)
        plain = _plain(bare)
        found: list[Hit] = []
        for last, (length, person, entries) in self._automaton.iter(plain):
            start, end = last - length + 1, last + 1
            if not (_begins(plain, start, affixes.before) and _ends(plain, start, end, affixes)):
                continue
            first, stop = (at[start], at[last] + 1) if at else (start, end)
            if _capitals(text[first:stop], person):
                found.append(Hit(first, stop, entries))
        kept: list[Hit] = []
        for hit in sorted(found, key=lambda h: (h.start, -h.end)):
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return kept

    def beside(self, hits: Sequence[Hit], names: Sequence[Hit]) -> list[Hit]:
        """The hits of a lexicon with names in place of all that lies within them. A name within or beside a longer word of the pack gives
        way, and so does one that the pack knows as a State, party or place."""
        if not names:
            return list(hits)
        merged: list[Hit] = []
        at = 0
        for name in names:
            while at < len(hits) and hits[at].end <= name.start:
                merged.append(hits[at])
                at += 1
            end = at
            while end < len(hits) and hits[end].start < name.end:
                end += 1
            if (merged and merged[-1].end > name.start) or any(_prevails(hit, name) for hit in hits[at:end]):
                continue
            merged.append(name)
            at = end
        return [*merged, *hits[at:]]


def _prevails(hit: Hit, name: Hit) -> bool:
    length, known = hit.end - hit.start, any(e.kind in ("actor", "place") for e in hit.entries)
    return length > name.end - name.start or (known and (hit.start, hit.end) == (name.start, name.end))


def _plain(folded: str) -> str:
    """Hyphens and blanks in a name come and go: "Jong-un" and "Jong Un"."""
    return folded.replace("-", " ")


def _script(char: str) -> str:
    """The sort of letters, as far as words are cut by it: ``free`` where they are written without blanks, ``""`` for what is no letter."""
    if not char.isalnum():
        return ""
    if "\u3041" <= char <= "\u3096" or "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000":
        return "free"
    if "\u0e00" <= char <= "\u0eff" or "\u1000" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff":
        return "free"
    if "\u30a1" <= char <= "\u30ff":
        return "kana"
    return "hangul" if "\uac00" <= char <= "\ud7a3" else "word"


def _touch(a: str, b: str) -> bool:
    """Whether two characters beside each other are of one written word."""
    one, other = _script(a), _script(b)
    return one == other and one not in ("", "free")


def _begins(text: str, start: int, before: Container[str]) -> bool:
    if not start or not _touch(text[start - 1], text[start]):
        return True
    begin = start
    while begin and start - begin <= _PROCLITIC and text[begin - 1].isalnum():
        begin -= 1
    return text[begin:start] in before


def _ends(text: str, start: int, end: int, affixes: Affixes) -> bool:
    if end >= len(text) or not _touch(text[end - 1], text[end]):
        return True
    if _script(text[end]) == "hangul" and (end - start >= _SURE or not affixes.after):
        return True
    return affixes.behind(text, end, len(text))[0] > end


def _capitals(words: str, person: bool) -> bool:
    """Whether words begin as names do: the first with a capital ("al-" may stand before it), of persons all but small words."""
    cased = [part for part in words.split() if part.lower() != part.upper()]
    small = [n for n, part in enumerate(cased) if not any(piece[:1].isupper() for piece in _PARTS.split(part))]
    if not small:
        return True
    if person and any(len(cased[n]) > _PARTICLE for n in small):
        return False
    return len(small) < len(cased) and (0 not in small or (1 not in small and len(cased[0]) <= _ARTICLE))
