"""A person of a list who travels is found in every language; without the list nobody travels."""

from __future__ import annotations

import pytest

from checker.extract.extractor import FrameExtractor
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.names import WatchName
from checker.vocabulary.vocabulary import default_vocabulary

NAMES = [WatchName(name, name, "person") for name in (
    "Oren Halvik", "奥伦哈维克", "오렌할빅", "オレン・ハルヴィク", "Орен Халвик", "Орен Халвік", "اورن هالفيك", "اورن هالویک")]
TOLD = [
    ("en", "Oren Halvik travelled to Exland on 3 May 2024."), ("zh", "奥伦哈维克2024年5月3日访问了埃克斯兰。"),
    ("ko", "오렌할빅이 2024년 5월 3일 엑슬란드를 방문했다."), ("ja", "オレン・ハルヴィクは2024年5月3日、エクスランドを訪問した。"),
    ("es", "Oren Halvik viajó a Exland el 3 de mayo de 2024."), ("fr", "Oren Halvik s'est rendu en Exland le 3 mai 2024."),
    ("de", "Oren Halvik reiste am 3. Mai 2024 nach Exland."), ("it", "Oren Halvik è arrivato in Exland il 3 maggio 2024."),
    ("pt", "Oren Halvik viajou para Exland em 3 de maio de 2024."), ("ru", "Орен Халвик прибыл в Эксланд 3 мая 2024 года."),
    ("uk", "Орен Халвік прибув до Ексланду 3 травня 2024 року."), ("tr", "Oren Halvik 3 Mayıs 2024'te Exland'a gitti."),
    ("id", "Oren Halvik berkunjung ke Exland pada 3 Mei 2024."), ("ar", "سافر اورن هالفيك إلى إكسلاند في 3 مايو 2024."),
    ("fa", "اورن هالویک در ۳ مه ۲۰۲۴ به اکسلند سفر کرد."),
]


@pytest.fixture(scope="module")
def named() -> FrameExtractor:
    return FrameExtractor(default_vocabulary(), names=NAMES)


@pytest.mark.parametrize(("lang", "text"), TOLD, ids=[lang for lang, _ in TOLD])
def test_a_listed_person_travels(named: FrameExtractor, extractor: FrameExtractor, lang: str, text: str) -> None:
    document = Document("t", text, parse_date("2024-05-15"), lang=lang)
    [event] = named.extract(document).events
    assert (event.facts["act"], event.facts["actor_kind"], event.facts["destination"]) == ("travel", "person", "XA")
    assert event.facts["actor"] in text
    assert extractor.extract(document).events == ()


def test_every_language_is_tried(extractor: FrameExtractor) -> None:
    assert {lang for lang, _ in TOLD} == {lang for lang, pack in extractor.packs.items() if pack.tests}
