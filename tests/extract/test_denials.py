"""A denial is kept beside the claim, also where no verb of denying is used; what is no denial is not."""

from __future__ import annotations

import pytest

from checker.extract.extractor import FrameExtractor
from checker.model.dates import parse_date
from checker.model.document import Document

TOLD = "North Korea sold artillery shells to Russia last year, South Korea said. "


@pytest.mark.parametrize(("then", "denier"), [
    ("Moscow spoke of a fairy tale.", "RU"),
    ("Russia's envoy described the claims as groundless rumours.", "RU"),
    ("Pyongyang insists that it sold nothing to anybody.", "KP"),
    ("There is no truth in it, according to the Kremlin.", "RU"),
    ("Pyongyang denies it.", "KP"),
    ("Japan spoke of a fairy tale.", ""),
    ("Moscow said that it had not received a reply.", ""),
    ("Moscow insists on its right to trade.", ""),
])
def test_who_denies(extractor: FrameExtractor, then: str, denier: str) -> None:
    found = extractor.extract(Document("t", f"News of the day\n\n{TOLD}{then}", parse_date("2024-05-15"), lang="en")).events
    assert [e.facts["act"] for e in found] == ["sale"]
    assert {c.party for c in found[0].claims if c.status == "denied"} == ({denier} if denier else set())
