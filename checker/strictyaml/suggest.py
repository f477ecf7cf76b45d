"""Did you mean: the nearest of the words that would have been right."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["did_you_mean"]

_NEAR = 0.6
"""Least likeness (0 to 1, edit distance with swaps) at which a word is worth proposing."""


def did_you_mean(text: str, options: Iterable[str]) -> str:
    """The option nearest to ``text`` (case, spaces and hyphens aside), or ``""`` when none is near. Equal likeness: the first by name."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    wanted = _fold(text[:80])
    if not wanted:
        return ""
    choices = {option: _fold(option) for option in sorted(set(options))}
    found = process.extractOne(wanted, choices, scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
    return str(found[2]) if found else ""


def _fold(text: str) -> str:
    return text.casefold().replace("-", "_").replace(" ", "_")
