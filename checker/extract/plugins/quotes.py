"""Finding quoted words in a text: letter by letter, only the sort of blanks, quotation marks and widths aside. Nothing is guessed."""

from __future__ import annotations

import unicodedata

__all__ = ["locate"]

_SIGNS = {ord(c): "'" for c in "’‘ʼ`´"} | {ord(c): '"' for c in "“”„«»「」『』"}
_JOINED = "\u0590"
"""From here on scripts join prefixes to words, or write none apart; before it a quotation begins and ends with a word."""


def locate(text: str, quote: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Where ``quote`` stands in ``text[start:end]``: start and end in ``text``; ``None`` where it does not."""
    plain, places = _plain(text[start:end])
    wanted = _plain(quote)[0].strip()
    at = plain.find(wanted) if wanted else -1
    while at >= 0:
        stop = at + len(wanted)
        if not (_cuts(plain, at) or _cuts(plain, stop)):
            return start + places[at], start + places[stop - 1] + 1
        at = plain.find(wanted, at + 1)
    return None


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with one kind of blanks, quotation marks and widths, and where each of its letters stood."""
    kept: list[str] = []
    places: list[int] = []
    for i, char in enumerate(text):
        if char.isspace():
            if kept and kept[-1] == " ":
                continue
            char = " "
        elif unicodedata.east_asian_width(char) in "FH":
            narrow = unicodedata.normalize("NFKC", char)
            char = narrow if len(narrow) == 1 else char
        kept.append(char.translate(_SIGNS))
        places.append(i)
    return "".join(kept), places


def _cuts(plain: str, at: int) -> bool:
    """Whether a word goes on across this place: "Niger" is not quoted from "Nigeria"."""
    if not 0 < at < len(plain):
        return False
    before, behind = plain[at - 1], plain[at]
    return before.isalnum() and behind.isalnum() and before < _JOINED and behind < _JOINED
