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
    """``act goods supplier>recipient report stage``, with ``-`` for what is unknown; the doer stands as supplier."""
    facts = event.facts
    source = facts.get("supplier", facts.get("actor", facts.get("person_nationality", "-")))
    target = facts.get("recipient", facts.get("host_state", "-"))
    return f"{facts['act']} {facts.get('goods', '-')} {source}>{target} {event.report} {facts['stage']}"
