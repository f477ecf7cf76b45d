"""Listed names in a text: one automaton for all of them, beside the lexicon of a language, and ships called by name without any list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from checker.extract.fold import fold, unmarked
from checker.extract.lexicon import Entry, Hit
from checker.extract.tokens import Token
from checker.model.names import WatchName

__all__ = ["Watch", "ships_read"]

_LONGEST = 200
_CASED = "\u0590"
_UNSPACED = "\u1100"
_IMO = 7
_NAME = 4
"""Words that the name of a ship may have."""


class Watch:
    """Finds listed names: at word edges, with the capitals a name has, the longest first."""

    def __init__(self, names: Iterable[WatchName]) -> None:
        """Names that are empty or longer than 200 letters are left out."""
        import ahocorasick

        self._automaton: Any = ahocorasick.Automaton()
        for name in names:
            form = unmarked(fold(" ".join(name.text.split())))[0]
            if any(c.isalnum() for c in form) and len(form) <= _LONGEST and form not in self._automaton:
                self._automaton.add_word(form, (len(form), (Entry("actor", name.value, f"named {name.kind}"),)))
        self.size = len(self._automaton)
        if self.size:
            self._automaton.make_automaton()

    def find(self, text: str, folded: str) -> list[Hit]:
        """The names in a text, left to right; of several that overlap the longest."""
        if not self.size:
            return []
        plain, at = unmarked(folded)
        found: list[Hit] = []
        for last, (length, entries) in self._automaton.iter(plain):
            start, end = last - length + 1, last + 1
            if not _whole(plain, start, end):
                continue
            first, stop = (at[start], at[last] + 1) if at else (start, end)
            if text[first] < _CASED and text[first].isalpha() and not text[first].isupper():
                continue
            found.append(Hit(first, stop, entries))
        kept: list[Hit] = []
        for hit in sorted(found, key=lambda h: (h.start, -h.end)):
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return kept

    def beside(self, hits: Sequence[Hit], names: Sequence[Hit]) -> list[Hit]:
        """The hits of a lexicon with names in place of all that lies within them; a name within a longer word of the pack gives way."""
        if not names:
            return list(hits)
        names = [n for n in names if not any(h.start <= n.start and n.end <= h.end and (h.end - h.start) > (n.end - n.start) for h in hits)]
        taken = [h for h in hits if not any(h.start < n.end and n.start < h.end for n in names)]
        return sorted([*taken, *names], key=lambda h: h.start)


def _whole(text: str, start: int, end: int) -> bool:
    """The name begins and ends at the edge of a word; in scripts without blanks, and before Korean particles, anywhere."""
    if text[start] >= _UNSPACED:
        return True
    before = start > 0 and text[start - 1].isalnum()
    return not before and not (end < len(text) and text[end].isalnum())


def ships_read(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with the names of ships made one: capitalised words that no pack knows, or words in quotation marks, right behind a word
    for a ship ("the tanker Sea Prima", "танкер «Викинг»")."""
    read: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        read.append(token)
        at += 1
        if not token.entries or not token.has("org", "ship"):
            continue
        first, last = _name(tokens, at)
        numbered = _numbered(tokens, last)
        if numbered > last:
            first, last = (at if first == last else first), numbered
        if first < last:
            quoted = tokens[first - 1].low == '"' and numbered == 0
            read += tokens[at:first]
            read.append(Token(tokens[first].start, tokens[last - 1].end, " ".join(t.low for t in tokens[first:last]),
                              (Entry("actor", " ".join(t.low for t in tokens[first:last]), "ship"),), True))
            at = last
            if quoted:
                read.append(tokens[at])
                at += 1
    return tuple(read)


def _numbered(tokens: Sequence[Token], at: int) -> int:
    """The end of an IMO number that follows ("(IMO: 9074729)"), its check digit right (IMO resolution A.1117(30)); 0 if there is none."""
    j = at + (at < len(tokens) and tokens[at].low == '"')
    opened = j < len(tokens) and tokens[j].low in ("(", ",")
    j += opened
    if j >= len(tokens) or tokens[j].low != "imo":
        return 0
    number = next((k for k in range(j + 1, min(len(tokens), j + _NAME)) if len(tokens[k].low) == _IMO and tokens[k].low.isdecimal()), -1)
    if number < 0:
        return 0
    digits = [int(c) for c in tokens[number].low]
    if sum(d * w for d, w in zip(digits, range(_IMO, 1, -1), strict=False)) % 10 != digits[-1]:
        return 0
    return number + 1 + (number + 1 < len(tokens) and opened and tokens[number + 1].low == ")")


def _name(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The tokens of a name that begins at ``at``, within its quotation marks; an empty reach if there is none."""
    if at < len(tokens) and tokens[at].low == '"':
        close = next((j for j in range(at + 1, min(len(tokens), at + _NAME + 2)) if tokens[j].low == '"'), -1)
        plain = close > at + 1 and all(t.is_word or t.is_number or t.low == "-" for t in tokens[at + 1:close])
        return (at + 1, close) if plain else (at, at)
    end = at
    while end < min(len(tokens), at + _NAME) and (
            (tokens[end].capital and tokens[end].is_word and not tokens[end].entries) or (end > at and tokens[end].is_number)):
        end += 1
    return at, end
