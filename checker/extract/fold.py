"""Folding for matching: lower case, plain quotes, plain spaces. One character in, one character out, so offsets stay valid."""

from __future__ import annotations

from checker.extract.han import SIMPLIFIED

__all__ = ["fold"]

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
_TABLE |= SIMPLIFIED
_TABLE |= {ord("ى"): "ي", ord("ة"): "ه"}


def fold(text: str) -> str:
    """A copy of ``text`` for matching, of exactly the same length."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals grow when lowered (Turkish dotted I): those stay as they are
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lowered.translate(_TABLE)
