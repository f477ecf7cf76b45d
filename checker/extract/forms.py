"""Spellings by their first letters, in order, so that one search finds all those that begin at a place of a text.

An automaton over the same spellings is no faster to ask, and takes some sixty bytes for every letter of every spelling. Here the spellings
with the same first letters are one string until the first text asks for them.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Generic, TypeVar

__all__ = ["Forms"]

_T = TypeVar("_T")
_OPEN = 1_000
"""Heads that are kept open at a time."""
_APART = "\n"


class Forms(Generic[_T]):
    """Spellings, each with what it stands for; equal values are held once. ``given``: none is empty or holds a line end; ``head``: how
    many letters they are kept by, one or two."""

    __slots__ = ("_closed", "_head", "_open", "_width", "heads", "lengths", "shorter", "values", "which")

    def __init__(self, given: Mapping[str, _T], head: int) -> None:
        words = sorted(given)
        numbers: dict[_T, int] = {}
        which = [numbers.setdefault(given[word], len(numbers)) for word in words]
        self.values = tuple(numbers)
        self.which, self.lengths = _array(which), _array([len(word) for word in words])
        self.shorter = array("i", _shorter(words) or [-1])
        self._width, self._head = max(self.lengths, default=0), head
        self._open: dict[str, tuple[int, list[str]]] = {}
        self._closed: dict[str, tuple[int, str]] = {}
        self.heads: Collection[str] = self._closed.keys()
        first = 0
        for letters, group in groupby(words, key=lambda word: word[:head]):
            block = list(group)
            self._closed[letters] = first, _APART.join(block)
            first += len(block)

    def longest(self, text: str, start: int) -> int:
        """The number of the longest spelling that the text has at ``start``, -1 if it has none. What else it has there follows by
        ``shorter``; ``lengths`` tells how long a spelling is, ``values[which[number]]`` what it stands for."""
        head = text[start:start + self._head]
        block = self._open.get(head) or self._opened(head)
        words = block[1]
        part = text[start:start + self._width]
        n = bisect_right(words, part) - 1
        if n < 0:
            return self.shorter[block[0]]  # one letter, if any
        word = words[n]
        n += block[0]
        if part.startswith(word):
            return n
        lengths, n = self.lengths, self.shorter[n]
        while n >= 0 and not part.startswith(word[:lengths[n]]):  # what the text has here are parts of the last word before it
            n = self.shorter[n]
        return n

    def _opened(self, head: str) -> tuple[int, list[str]]:
        if len(self._open) > _OPEN:
            self._open.clear()
        first, words = self._closed.get(head) or self._closed.get(head[:1], (0, ""))
        self._open[head] = block = first, words.split(_APART) if words else []
        return block


def _array(numbers: Iterable[int]) -> Sequence[int]:
    held = list(numbers)
    return array("H" if max(held, default=0) < 1 << 16 else "I", held)


def _shorter(words: Sequence[str]) -> list[int]:
    """For each word the number of the longest other one that it begins with, or -1."""
    found: list[int] = []
    parts: list[int] = []
    for n, word in enumerate(words):
        while parts and not word.startswith(words[parts[-1]]):
            parts.pop()
        found.append(parts[-1] if parts else -1)
        parts.append(n)
    return found
