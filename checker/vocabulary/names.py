"""Spellings: folding a written name to a key, and looking it up with suggestions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

__all__ = ["NameIndex", "fold"]

_LATIN_MARKS = re.compile("(?<=[a-z])[\u0300-\u036f]+")
_SEPARATORS = re.compile("[\\s_\\-\u2010-\u2015/]+")
_DROPPED = re.compile("[.,;:!?\u200b-\u200f\u202a-\u202e\u2066-\u2069\"()\\[\\]'`\u2018\u2019\u02bc\u2032\u00ab\u00bb\u201c\u201d\u201e]")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The key of a spelling: case, accents of Latin letters, dots, quotes, hyphens and a leading "the" do not matter.

    Marks of other scripts are kept: in Japanese or Cyrillic they make another letter.
    """
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text[:400]).casefold())
    text = unicodedata.normalize("NFC", _LATIN_MARKS.sub("", text))
    text = _SEPARATORS.sub(" ", _DROPPED.sub("", text)).strip()
    return text.removeprefix("the ")


class NameIndex:
    """Folded spelling -> id. A spelling of two ids belongs to neither and is kept in ``ambiguous``."""

    __slots__ = ("_ids", "_shown", "ambiguous")

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self.ambiguous: dict[str, set[str]] = {}

    def add(self, spelling: str, target: str) -> str:
        """Enter a spelling. Returns the id that already owns it, or ``""`` when it was free (or was its own)."""
        key = fold(spelling)
        if not key:
            return ""
        if key in self.ambiguous:
            self.ambiguous[key].add(target)
            return ""
        owner = self._ids.setdefault(key, target)
        self._shown.setdefault(key, spelling)
        return "" if owner == target else owner

    def add_unless_shared(self, spelling: str, target: str) -> None:
        """Enter a spelling; when another id has it too, neither keeps it."""
        key = fold(spelling)
        owner = self.add(spelling, target)
        if owner:
            del self._ids[key]
            self._shown.pop(key, None)
            self.ambiguous[key] = {owner, target}

    def get(self, text: str) -> str | None:
        """The id of a spelling, or ``None``."""
        return self._ids.get(fold(text))

    def spellings(self) -> Iterable[str]:
        """All spellings as first written."""
        return self._shown.values()

    def items(self) -> Iterator[tuple[str, str]]:
        """(spelling as first written, id), in the order entered."""
        for key, target in self._ids.items():
            yield self._shown[key], target
