"""Instruments: the resolutions, and for each of their operative paragraphs the rules that encode it or the reason why none does.

``checker.rulebase.instruments`` builds these from ``rules/instruments``. Dates are ordinals.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from checker.model.rule import Mark, Verified

__all__ = ["Instrument", "OperativeParagraph", "ParagraphState"]

ParagraphState = Literal["encoded", "in part", "not encodable", "open"]


class OperativeParagraph(msgspec.Struct, frozen=True):
    """One paragraph that carries a measure or an exemption.

    ``key`` is its number as citations have it (``8(b)``, ``Annex B para 4``), ``says`` our own one-line summary. ``rules`` are the ids
    of the rules that encode it; with ``open`` beside them only in part. ``none`` is the reason why a machine cannot judge it. Of a
    paragraph that ``exempts`` the rules are not listed: every rule that cites it under one of its exemptions encodes it.
    """

    key: str
    says: str
    rules: tuple[str, ...] = ()
    none: str = ""
    open: str = ""
    exempts: bool = False
    verified: Verified = Verified()
    mark: Mark | None = None

    @property
    def state(self) -> ParagraphState:
        """Whether rules encode the paragraph, wholly or in part, or none can, or none does yet."""
        if self.none:
            return "not encodable"
        if self.open:
            return "in part" if self.rules else "open"
        return "encoded"


class Instrument(msgspec.Struct, frozen=True):
    """One resolution. ``regimes`` are words of the regimes; empty: it reaches all of them. ``verified`` is about its date alone."""

    id: str
    title: str
    number: int
    year: int
    adopted: int
    regimes: tuple[str, ...]
    link: str
    verified: Verified
    paragraphs: tuple[OperativeParagraph, ...]
    mark: Mark | None = None

    @property
    def name(self) -> str:
        """How citations call it: ``UNSCR 1718 (2006)``."""
        return f"UNSCR {self.number} ({self.year})"

    def paragraph(self, key: str) -> OperativeParagraph | None:
        """The paragraph of that number, or ``None``."""
        return next((p for p in self.paragraphs if p.key == key), None)
