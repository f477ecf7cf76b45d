"""Near copies of one text: a bottom-48 sketch of its four-word shingles.

The smallest 48 hashes of all shingles are a fair sample of them: the share of the smallest hashes of the union of two sketches that both
hold estimates how much of two texts is the same (Broder 1997). Measured on wire stories it separates copies cleanly where 64-bit simhash
overlaps.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Collection, Sequence

__all__ = ["SIZE", "likeness", "pack", "sketch", "unpack"]

SIZE = 48
_WORDS = 4
_SIGNS = 8
_WORD = re.compile(r"\w+")
_WIDE = "\u2e80"
_BYTES = 8


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of the shingles of a text, ascending; of scripts without blanks, of eight signs each."""
    words = _WORD.findall(text.casefold())
    signs = "".join(words)
    if sum(c >= _WIDE for c in signs) * 2 > len(signs):
        shingles = {signs[i:i + _SIGNS] for i in range(max(1, len(signs) - _SIGNS + 1))}
    else:
        shingles = {" ".join(words[i:i + _WORDS]) for i in range(max(1, len(words) - _WORDS + 1))}
    return tuple(heapq.nsmallest(SIZE, {_hash(s) for s in shingles if s}))


def likeness(a: Collection[int], b: Collection[int], least: float = 0.0) -> float:
    """The estimated share of shingles that two texts have in common, 0 to 1; of empty sketches 0. Where it cannot reach ``least`` it is
    not worked out, and is 0."""
    both = frozenset(a) & frozenset(b)
    if not both or len(both) < least * min(SIZE, len(a) + len(b) - len(both)):
        return 0.0
    union = heapq.nsmallest(SIZE, {*a, *b})
    return sum(h in both for h in union) / len(union) if union else 0.0


def pack(hashes: Sequence[int]) -> bytes:
    """The bytes of a sketch for the store."""
    return b"".join(h.to_bytes(_BYTES, "big") for h in hashes)


def unpack(data: bytes) -> tuple[int, ...]:
    return tuple(int.from_bytes(data[i:i + _BYTES], "big") for i in range(0, len(data), _BYTES))


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest(), "big")
