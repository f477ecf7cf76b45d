"""What the tests of extraction share: one extractor over the shipped packs, and events in one line."""

from __future__ import annotations

import pytest

from checker.extract.extractor import FrameExtractor
from checker.model.event import Event
from checker.vocabulary.vocabulary import default_vocabulary


@pytest.fixture(scope="session")
def extractor() -> FrameExtractor:
    return FrameExtractor(default_vocabulary())


def in_line(event: Event) -> str:
    """``act goods supplier>recipient report stage``, with ``-`` for what is unknown; who else does it (the flag or port State) stands as
    supplier, whose ship or assets they are and where somebody travels as recipient."""
    facts = event.facts
    source = next((facts[f] for f in ("supplier", "actor", "person_nationality", "flag_state", "port_state") if f in facts), "-")
    target = next((facts[f] for f in ("recipient", "host_state", "owner", "destination") if f in facts), "-")
    return f"{facts['act']} {facts.get('goods', '-')} {source}>{target} {event.report} {facts['stage']}"
