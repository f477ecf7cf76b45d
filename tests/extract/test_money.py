"""Sums in dollars beside what was sold, in languages that write them differently."""

from __future__ import annotations

import pytest

from checker.extract.extractor import FrameExtractor
from checker.model.dates import parse_date
from checker.model.document import Document


@pytest.mark.parametrize(("lang", "text", "dollars"), [
    ("en", "Iran sold drones worth 300 million dollars to Russia.", 300e6),
    ("es", "Rusia compró a Corea del Norte proyectiles por 500 millones de dólares.", 500e6),
    ("pt", "A China vendeu drones a Cuba por US$ 1,5 bilhão.", 1.5e9),
])
def test_a_sum_in_dollars_is_the_value_of_the_goods(extractor: FrameExtractor, lang: str, text: str, dollars: float) -> None:
    events = extractor.extract(Document("t", text, parse_date("2024-05-15"), lang=lang)).events
    assert [event.facts["value_usd"] for event in events] == [dollars]
