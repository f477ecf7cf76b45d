"""Ships called by name without any list, and the IMO numbers beside names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.extract.lexicon import Entry
from checker.extract.tokens import Token
from checker.model.imo import imo_number

__all__ = ["printed_name", "ships_read"]

_NAME = 4
"""Words that the name of a ship may have."""
_BEHIND = 6
"""Tokens between "IMO" and its number, and what stands between a name and "IMO"."""
_TOLD = re.compile(r"\bIMO\b\D{0,20}?(\d{7})(?!\d)", re.IGNORECASE | re.ASCII)
_MARKS = "\"“”„«»‹›「」『』‘’' ,;:(-"


def printed_name(words: str) -> tuple[str, str]:
    """From the words of a text the name alone, and the name with its IMO number as screening reads it: "Sea Prima (IMO 9074729)"."""
    plain = " ".join(words.split())
    told = _TOLD.search(plain)
    if told is None:
        return plain.strip(_MARKS), plain.strip(_MARKS)
    name, number = plain[:told.start()].rstrip(_MARKS), f"IMO {told[1]}"
    name = re.sub(r"[,(]\s*\w+$", "", name).strip(_MARKS)  # ", with IMO number"
    return (name, f"{name} ({number})") if name else (number, number)


def ships_read(tokens: Sequence[Token], bare: bool = True) -> tuple[Token, ...]:
    """The tokens with the name of each ship made one, its IMO number with it.

    A name is what stands in quotation marks right behind a word for a ship, or before it, and capitalised words that no pack knows right
    behind it ("the tanker Sea Prima", "танкер «Викинг»", "M/V Sea Prima"). ``bare``: whether capitals tell a name in the language.
    """
    if not any((token.entries and _ship(token)) or token.low == "imo" for token in tokens):
        return tuple(tokens)
    read: list[Token] = []
    at = 0
    while at < len(tokens):
        first, last = at, at
        if _named(tokens[at]):
            last = _numbered(tokens, at + 1)
            entries = tokens[at].entries
        elif at and (_ship(tokens[at - 1]) or (_called(tokens[at - 1]) and _follows(tokens, at))):
            first, last = _name(tokens, at, bare)
            numbered = _numbered(tokens, last + (at < first and last < len(tokens)))
            first, last = (at if first == last else first, numbered) if numbered else (first, last)
            if first < last and _called(tokens[at - 1]) and read[-1] is tokens[at - 1]:
                read.pop()  # "a tanker named X": a verb would end the clause
        elif _quote(tokens[at]):
            first, last = _before(tokens, at)
        if last <= first:
            read.append(tokens[at])
            at += 1
            continue
        read += tokens[at:first]
        low = _words(tokens[first:last])
        if not _named(tokens[at]):
            entries = (Entry("actor", low, "ship"),)
        read.append(Token(tokens[first].start, tokens[last - 1].end, low, entries, True))
        at = last
    return tuple(read)


def _ship(token: Token) -> bool:
    """A word for a ship, or what stands before ships' names (MV); no verb ("X ships")."""
    return bool(token.entries) and (token.has("org", "ship") or token.has("gram", "ship_mark")) and not token.has("trigger")


def _quote(token: Token) -> bool:
    return token.low in ('"', "'")


def _called(token: Token) -> bool:
    return token.has("gram", "called")


def _follows(tokens: Sequence[Token], at: int) -> bool:
    """ "A tanker named X": a word for a ship stands before "named"."""
    return at > 1 and _ship(tokens[at - 2])


def _named(token: Token) -> bool:
    """A listed name."""
    return any(e.kind == "actor" and (e.form == "ship" or e.form.startswith("named ")) for e in token.entries)


def _words(tokens: Sequence[Token]) -> str:
    """The name that the tokens tell, without the IMO number behind it; the number where they tell no more."""
    lows = [t.low for t in tokens]
    if "imo" not in lows:
        return " ".join(lows)
    name = [t.low for t in tokens[:lows.index("imo")] if not _quote(t) and t.low not in ("(", ",") and not t.has("marker")]
    return " ".join(name) or f"imo {lows[-1] if lows[-1].isdecimal() else lows[-2]}"


def _numbered(tokens: Sequence[Token], at: int) -> int:
    """The end of an IMO number that begins at ``at`` ("(IMO: 9074729)", ", with IMO number 9074729"), its check digit right; 0 if there is
    none."""
    j = at
    while j < len(tokens) and j - at < 3 and (
            _quote(tokens[j]) or tokens[j].low in ("(", ",") or (j > at and tokens[j].has("marker", "with"))):
        j += 1
    if j >= len(tokens) or tokens[j].low != "imo":
        return 0
    number = next((k for k in range(j + 1, min(len(tokens), j + _BEHIND)) if imo_number(tokens[k].low)), -1)
    if number < 0 or any(t.low in (",", ";", ")") or t.is_number for t in tokens[j + 1:number]):
        return 0
    opened = any(t.low == "(" for t in tokens[at:j])
    return number + 1 + (number + 1 < len(tokens) and opened and tokens[number + 1].low == ")")


def _quoted(tokens: Sequence[Token], at: int) -> int:
    """Where the quotation mark that closes a name stands; -1 if what is quoted is none, or has no capital where names have one."""
    close = next((j for j in range(at + 1, min(len(tokens), at + _NAME + 2)) if tokens[j].low == tokens[at].low), -1)
    plain = close > at + 1 and all(t.is_word or t.is_number or t.low == "-" for t in tokens[at + 1:close])
    return close if plain and (tokens[at + 1].capital or tokens[at + 1].low.upper() == tokens[at + 1].low) else -1


def _name(tokens: Sequence[Token], at: int, bare: bool) -> tuple[int, int]:
    """The tokens of a name that begins at ``at``, within its quotation marks; an empty reach if there is none."""
    if at < len(tokens) and _quote(tokens[at]):
        close = _quoted(tokens, at)
        return (at + 1, close) if close > 0 else (at, at)
    end = at
    while bare and end < min(len(tokens), at + _NAME) and (
            (tokens[end].capital and tokens[end].is_word and not tokens[end].entries and tokens[end].low != "imo")
            or (end > at and tokens[end].is_number)):
        end += 1
    return at, end


def _before(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The tokens of a quoted name right before a word for a ship ("the 'Sea Prima' tanker"; one small word may stand between)."""
    close = _quoted(tokens, at)
    near = tokens[close + 1:close + 3] if close > 0 else ()
    ship = next((n for n, t in enumerate(near) if t.has("org", "ship")), -1)
    plain = ship == 0 or (ship == 1 and near[0].is_word and not near[0].entries and not near[0].capital)
    return (at + 1, close) if plain else (at, at)
