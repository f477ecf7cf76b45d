"""Tokens and sentences: the text cut into words, each with the meanings the lexicon gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from checker.extract.fold import unmarked
from checker.extract.lexicon import Affixes, Entry, Hit

__all__ = ["Sentence", "Token", "sentence_spans", "tokenize"]

_WORD = re.compile(r"'s\b|\d{1,3}(?: \d{3})+(?![\d.,]\d|\d)|\d+(?:[.,]\d+)*"
                   r"|[^\W\d_](?:[^\W\d_]|[\u064b-\u065f\u0670])*(?:'(?!s\b)[^\W\d_]+)*|\w|[^\w\s]")
_STOP = re.compile(r"[.!?…。！？؟۔](?=[\"'”’»)\]]*(?:\s|$))|[。！？]")
_ARTICLE = Entry("gram", "det")
_BRACKETS = ")）」』"
_CLOSERS = "\"'”’»)]"


class Token(msgspec.Struct, gc=False, eq=False):
    """A word, number or sign at ``start:end`` of the text; ``low`` is its folded form. Never changed. A ``msgspec.Struct``, because every
    word of every text is one: made in a fifth of the time of a dataclass, and passed over when garbage is collected."""

    start: int
    end: int
    low: str
    entries: tuple[Entry, ...] = ()
    capital: bool = False

    def has(self, kind: str, value: str = "") -> bool:
        """True when one meaning is of this kind (and value). Asked some twenty times of every word, most of which have no meaning."""
        if not self.entries:
            return False
        for entry in self.entries:  # noqa: SIM110 - a generator costs twice the time
            if entry.kind == kind and (not value or entry.value == value):
                return True
        return False

    def values(self, kind: str) -> tuple[str, ...]:
        return tuple([e.value for e in self.entries if e.kind == kind]) if self.entries else ()

    def meaning(self, entries: tuple[Entry, ...]) -> Token:
        """The same word with other meanings."""
        return Token(self.start, self.end, self.low, entries, self.capital)

    @property
    def is_number(self) -> bool:
        return self.low[:1].isdigit()

    @property
    def is_word(self) -> bool:
        return self.low[:1].isalpha()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a zone, with the tokens from ``start`` to ``end``. ``paragraph`` counts the lines of the text."""

    index: int
    start: int
    end: int
    zone: str
    paragraph: int
    tokens: tuple[Token, ...]


def sentence_spans(folded: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Cut ``folded[start:end]`` at full stops that end a sentence: not after an abbreviation, an initial or inside a number."""
    begin = start
    for found in _STOP.finditer(folded, start, end):
        stop = found.end()
        if found.group()[0] == "." and _abbreviated(folded, begin, found.start(), abbreviations):
            continue
        while stop < end and folded[stop] in _CLOSERS:
            stop += 1
        if folded[begin:stop].strip():
            yield begin, stop
        begin = stop
    if folded[begin:end].strip():
        yield begin, end


def _abbreviated(folded: str, begin: int, dot: int, abbreviations: frozenset[str]) -> bool:
    at = dot
    while at > begin and dot - at < 24 and not folded[at - 1].isspace():
        at -= 1
    word = folded[at:dot].lstrip("(\"'")
    return word in abbreviations or (len(word) == 1 and word.isalpha()) or bool(re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word))


def tokenize(text: str, folded: str, start: int, end: int, hits: Sequence[Hit], affixes: Affixes) -> tuple[Token, ...]:
    """Tokens of ``text[start:end]``: each hit is one token, the gaps are cut into particles, words, numbers and signs."""
    tokens: list[Token] = []
    at = start
    before, after = affixes.before, affixes.after
    for n, hit in enumerate(hits):
        if hit.start > at:
            tokens += _gap(text, folded, at, hit.start)
        if before and tokens and tokens[-1].end == hit.start and not tokens[-1].entries:
            tokens[-1] = tokens[-1].meaning(before.get(unmarked(tokens[-1].low)[0], ()))
        first = hit.start
        if before and tokens and tokens[-1].end == first and tokens[-1].entries and all(e == _ARTICLE for e in tokens[-1].entries):
            first = tokens.pop().start  # an article joined to its noun is part of it
        tokens.append(Token(first, hit.end, folded[first:hit.end], hit.entries, text[first].isupper()))
        at = hit.end
        if after:
            limit = hits[n + 1].start if n + 1 < len(hits) else end
            stop, entries = affixes.behind(folded, at, limit)
            if not entries and at < limit and folded[at] in _BRACKETS:  # "ballistic missile (ICBM)-object"
                behind, entries = affixes.behind(folded, at + 1, limit)
                if entries:
                    tokens.append(Token(at, at + 1, folded[at]))
                    at, stop = at + 1, behind
            if entries:
                tokens.append(Token(at, stop, folded[at:stop], entries))
                at = stop
    tokens += _gap(text, folded, at, end)
    return tuple(tokens)


def _gap(text: str, folded: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for word in _WORD.finditer(folded, start, end):
        first, last = word.span()
        found.append(Token(first, last, word[0], (), text[first].isupper()))
    return found
