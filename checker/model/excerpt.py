"""Quoted words in their context, with the words that tell something marked."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Excerpt", "Part"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an excerpt. ``mark``: empty (context), ``event`` (words that tell the act or a claim) or ``fact``."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Quoted words with the sentence around them. ``zone`` names the part of the page where that is not the body, ``dir``
    is the direction of these words (an article may quote another script)."""

    parts: tuple[Part, ...]
    dir: str
    zone: str
    cut_before: bool
    cut_after: bool
