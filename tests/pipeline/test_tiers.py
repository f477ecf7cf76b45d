"""Events below a tier are left out, and a note says how many."""

from __future__ import annotations

import pytest

from checker.model.document import Document
from checker.model.event import Event, Tier
from checker.model.extraction import Extraction
from checker.pipeline.tiers import AtLeast


class Given:
    """An extractor that finds one event of each tier."""

    def extract(self, document: Document) -> Extraction:
        tiers: tuple[Tier, ...] = ("weak", "strong", "fair")
        return Extraction("en", tuple(Event({}, id=tier, tier=tier) for tier in tiers), notes=("before",))


@pytest.mark.parametrize(
    ("tier", "kept", "notes"),
    [("strong", ["strong"], ("before", "2 events read less surely than strong left out")),
     ("fair", ["strong", "fair"], ("before", "1 event read less surely than fair left out")),
     ("weak", ["weak", "strong", "fair"], ("before",))],
)
def test_only_events_read_surely_enough_are_kept(tier: Tier, kept: list[str], notes: tuple[str, ...]) -> None:
    found = AtLeast(Given(), tier).extract(Document(id="a", text="x"))
    assert [event.id for event in found.events] == kept
    assert found.notes == notes
