"""What must hold of any text: no exception, exact offsets, linear time; and what a change of words must change, or must not."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.extract.extractor import FrameExtractor
from checker.extract.fold import fold
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Event
from tests.extract.conftest import in_line

DAY = parse_date("2024-05-15")
WORDS = (
    "North Korea", "Russia", "Iran's", "shipped", "bought", "was sent", "weapons", "to", "from", "by", "and", ",", ".", "said",
    "denied", "that", "which", "152-mm", "1,000,000", "$4 billion", "between", "May", "2024", "31/2/2024", "as if", "whether",
    "Houthi", "drones", "workers", ":", ";", "--", "we", "it", "Korea Utara", "mengirim", "senjata", "ke", "Rusia", "dikirim",
    "yang",
    "\n", "\n\n",
)

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
@given(text=st.text(max_size=400), lang=st.sampled_from(["", "en", "id", "xx"]))
def test_any_text_is_accepted(extractor: FrameExtractor, text: str, lang: str) -> None:
    check(extractor, text, lang)


@relaxed
@given(words=st.lists(st.sampled_from(WORDS), max_size=60), lang=st.sampled_from(["en", "id"]))
def test_any_heap_of_known_words_is_accepted(extractor: FrameExtractor, words: list[str], lang: str) -> None:
    check(extractor, " ".join(words), lang)


@relaxed
@given(text=st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


SENTENCES = (
    ("en", "{0} shipped artillery shells to {1}.", "Russia", "Iran"),
    ("en", "Tanks were sold to {1} by {0}.", "Exland", "Beland"),
    ("en", "{1} bought drones from {0}, a UN report said.", "China", "Russia"),
    ("id", "{0} mengirim peluru artileri ke {1}.", "Korea Utara", "Rusia"),
    ("id", "{1} menerima drone dari {0}.", "Iran", "Rusia"),
)


@pytest.mark.parametrize(("lang", "text", "a", "b"), SENTENCES)
def test_swapping_the_countries_swaps_the_roles(extractor: FrameExtractor, lang: str, text: str, a: str, b: str) -> None:
    [one] = events(extractor, text.format(a, b), lang)
    [other] = events(extractor, text.format(b, a), lang)
    assert (one.facts["supplier"], one.facts["recipient"]) == (other.facts["recipient"], other.facts["supplier"])
    assert one.facts["supplier"] != one.facts["recipient"]


@pytest.mark.parametrize(("lang", "text", "names"), [
    ("en", "{} shipped ballistic missiles to Russia, Washington said.", ("North Korea", "DPRK", "Pyongyang", "The North")),
    ("id", "Menurut Washington, {} mengirim rudal balistik ke Rusia.", ("Korea Utara", "Korut", "Pyongyang")),
])
def test_another_name_keeps_the_event(extractor: FrameExtractor, lang: str, text: str, names: tuple[str, ...]) -> None:
    lines = {in_line(e) for name in names for e in events(extractor, text.format(name), lang)}
    assert lines == {"shipment ballistic_missile KP>RU alleged done"}


PAGES = [
    ("en", "North Korea ships shells to Russia",
     "North Korea has shipped artillery shells to Russia in recent weeks, the White House said on Tuesday in a statement to "
     "reporters that gave no further details of the route.",
     "Advertisement\nRelated articles\nIran sends drones to Sudan"),
    ("id", "Korea Utara Kirim Peluru ke Rusia",
     "Korea Utara telah mengirim peluru artileri ke Rusia dalam beberapa pekan terakhir, kata Gedung Putih pada Selasa dalam "
     "sebuah pernyataan kepada wartawan di Washington.",
     "Advertisement\nBerita Lainnya\nIran Kirim Drone ke Sudan"),
]


@pytest.mark.parametrize(("lang", "head", "body", "foot"), PAGES, ids=["en", "id"])
def test_boilerplate_changes_nothing(extractor: FrameExtractor, lang: str, head: str, body: str, foot: str) -> None:
    bare = events(extractor, f"{head}\n\n{body}", lang)
    framed = events(extractor, f"{head}\n\n{body}\n\n{foot}", lang)
    assert [in_line(e) for e in bare] == [in_line(e) for e in framed]
    assert len(bare) == 1


@pytest.mark.parametrize(("lang", "text", "denial"), [
    ("en", "Washington said North Korea had shipped shells to Russia.", "Moscow denied it."),
    ("id", "Washington mengatakan Korea Utara mengirim peluru artileri ke Rusia.", "Moskow membantah tuduhan itu."),
])
def test_a_denial_is_added_and_takes_nothing_away(extractor: FrameExtractor, lang: str, text: str, denial: str) -> None:
    [before] = events(extractor, text, lang)
    [after] = events(extractor, f"{text} {denial}", lang)
    assert before.report == after.report == "alleged"
    assert [c.party for c in before.claims if c.status == "denied"] == []
    assert [c.party for c in after.claims if c.status == "denied"] == ["RU"]


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
