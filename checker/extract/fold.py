"""Folding for matching: lower case, plain quotes, plain spaces. One character in, one character out, so offsets stay valid."""

from __future__ import annotations

import re

from checker.extract.han import simplified

__all__ = ["fold", "unmarked"]

_APOSTROPHES = "’‘ʼ`´＇"
_QUOTES = "“”„«»＂「」『』"
_DASHES = "‐‑‒–—−"
_TABLE: dict[int, str] = {ord(c): "'" for c in _APOSTROPHES}
_TABLE |= {ord(c): '"' for c in _QUOTES}
_TABLE |= {ord(c): "-" for c in _DASHES}
_TABLE |= {ord(c): " " for c in "\n\r\t\f\v\u00a0\u2002\u2003\u2009\u202f\u3000\u2028\u2029"}
_TABLE |= {0xFF01 + i: chr(0x21 + i) for i in range(94)}  # full-width Latin, digits and signs
_TABLE |= {ord(c): "ا" for c in "أإآٱ"}  # Arabic alef with hamza or madda is written or left out at will
_TABLE |= {ord("İ"): "i", ord("ı"): "i"}  # Turkish: one letter with and without its dot
_TABLE |= {ord("ё"): "е"}  # Russian writes the two dots or leaves them out
_TABLE |= simplified()
_TABLE |= {ord("ى"): "ي", ord("ة"): "ه", ord("ی"): "ي", ord("ې"): "ي", ord("ک"): "ك", ord("ۀ"): "ه", ord("ہ"): "ه"}
_TABLE |= {0x0660 + i: str(i) for i in range(10)} | {0x06F0 + i: str(i) for i in range(10)}  # digits of Arabic and Persian
_TABLE |= {ord("،"): ",", ord("؛"): ";", ord("؟"): "?", ord("٫"): ".", ord("٬"): ",", ord("٪"): "%"}
_TABLE |= {ord(c): " " for c in "\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"}  # joints, directions
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")


def fold(text: str) -> str:
    """A copy of ``text`` for matching, of exactly the same length."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals grow when lowered (Turkish dotted I): those stay as they are
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lowered.translate(_TABLE)


def unmarked(folded: str) -> tuple[str, list[int]]:
    """The text without vowel signs and lengthening strokes, which Arabic script writes or leaves out at will, and where each of its
    letters stood; the list is empty where there are none."""
    if not _MARKS.search(folded):
        return folded, []
    kept = [i for i, char in enumerate(folded) if not _MARKS.match(char)]
    return "".join(folded[i] for i in kept), kept
