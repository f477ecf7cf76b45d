"""What a page tells in its own voice stands as its claim; beside a named source it adds nothing."""

from __future__ import annotations

import pytest

from checker.extract.extractor import FrameExtractor
from checker.model.dates import parse_date
from checker.model.document import Document

_OWN = "North Korea shipped artillery shells to Russia."
_SOURCE = "North Korea shipped artillery shells to Russia, the White House said."


@pytest.mark.parametrize(("text", "said_by"), [
    (_OWN, ["The Example"]),
    (_SOURCE, ["the White House"]),
    (f"{_OWN} {_SOURCE}", ["the White House"]),
])
def test_who_claims_an_event_on_a_page_of_a_known_outlet(extractor: FrameExtractor, text: str, said_by: list[str]) -> None:
    document = Document("t", text, parse_date("2024-05-15"), outlet="The Example", lang="en")
    events = extractor.extract(document).events
    assert [[claim.by for claim in event.claims] for event in events] == [said_by]
