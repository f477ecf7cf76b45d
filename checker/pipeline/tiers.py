"""Leaving out what was read less surely than somebody asks for."""

from __future__ import annotations

from dataclasses import replace

from checker.model.document import Document
from checker.model.event import TIERS, Tier
from checker.model.extraction import Extraction
from checker.pipeline.check import Extractor

__all__ = ["AtLeast"]


class AtLeast:
    """An extractor whose events below a tier are left out; a note of the document says how many."""

    def __init__(self, extractor: Extractor, tier: Tier) -> None:
        self._extractor = extractor
        self._tier = tier

    def extract(self, document: Document) -> Extraction:
        """What the extractor finds, from the tier upwards."""
        found = self._extractor.extract(document)
        kept = tuple(event for event in found.events if TIERS.index(event.tier) <= TIERS.index(self._tier))
        if len(kept) == len(found.events):
            return found
        less = len(found.events) - len(kept)
        note = f"{less} {'event' if less == 1 else 'events'} read less surely than {self._tier} left out"
        return replace(found, events=kept, notes=(*found.notes, note))
