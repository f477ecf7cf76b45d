"""What must hold of any text in any language: no exception, exact offsets, linear time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.extract.extractor import FrameExtractor
from checker.extract.fold import fold
from checker.extract.pack import load_packs
from checker.locator import rules_dir
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Event

DAY = parse_date("2024-05-15")
_PIECE = re.compile(r"\w+|[^\w\s]")
WORDS = (
    "152-mm", "1,000,000", "$4 billion", "31/2/2024", "2024年13月45日", "٣١", ",", ".", "。", "،", ":", ";", "--", '"', "«", "'s",
    "\n", "\n\n", "\r\n",
    "\u200f", "\u0301", "\ufeff", "A" * 300,
)
PACKS, _ = load_packs(rules_dir() / "languages")
LANGUAGES = sorted(lang for lang, pack in PACKS.items() if pack.tests)
KNOWN = {lang: sorted({piece for case in PACKS[lang].tests for piece in _PIECE.findall(str(case["text"]))}) for lang in LANGUAGES}

relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def events(extractor: FrameExtractor, text: str, lang: str = "") -> tuple[Event, ...]:
    return extractor.extract(Document("t", text, DAY, lang=lang)).events


def check(extractor: FrameExtractor, text: str, lang: str) -> None:
    document = Document("t", text, DAY, lang=lang)
    found = extractor.extract(document)
    for event in found.events:
        for evidence in (*event.evidence, *(e for c in event.claims for e in c.evidence)):
            document.check(evidence)
    for zone in found.zones:
        assert 0 <= zone.start < zone.end <= len(text)
    assert all(a.end <= b.start for a, b in zip(found.zones, found.zones[1:], strict=False))
    for hint in found.hints:
        document.check(hint.evidence)


@relaxed
@given(text=st.text(max_size=400), lang=st.sampled_from(["", "xx", *LANGUAGES]))
def test_any_text_is_accepted(extractor: FrameExtractor, text: str, lang: str) -> None:
    check(extractor, text, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_heap_of_known_words_is_accepted(extractor: FrameExtractor, lang: str, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(KNOWN[lang]) | st.sampled_from(WORDS), max_size=60))
    check(extractor, data.draw(st.sampled_from(["", " "])).join(words), lang)


@relaxed
@given(text=st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_the_same_text_gives_the_same_events(extractor: FrameExtractor) -> None:
    text = "Iran delivered drones to Russia on 2 May 2024."
    assert [e.to_wire() for e in events(extractor, text)] == [e.to_wire() for e in events(extractor, text)]


def test_time_grows_with_the_text_and_not_faster(extractor: FrameExtractor) -> None:
    paragraph = "North Korea shipped shells, rockets and missiles from Najin to Russia, and Iran sent drones, the White House said. "

    def seconds(times: int) -> float:
        document = Document("t", paragraph * times, DAY, lang="en")
        start = time.perf_counter()
        extractor.extract(document)
        return time.perf_counter() - start

    seconds(5)
    assert seconds(400) < 30 * max(seconds(40), 0.01)


def test_one_endless_sentence_is_read_in_bounded_time(extractor: FrameExtractor) -> None:
    start = time.perf_counter()
    events(extractor, "North Korea shipped arms to Russia and Iran " * 4000, "en")
    assert time.perf_counter() - start < 20
