"""Names of a list in texts of many scripts: found whole, with their capitals, and as parties of what is told of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract.extractor import FrameExtractor
from checker.extract.fold import fold
from checker.extract.lexicon import Entry, Hit
from checker.extract.watch import Watch
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Event
from checker.model.names import WatchName
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

NAMES = [WatchName(text, text, kind) for text, kind in (
    ("Oren Halvik", "person"), ("Орен Халвик", "person"), ("اورن هالفيك", "person"), ("奥伦哈维克", "person"), ("오렌할빅", "person"),
    ("Halvik Trading", "organisation"), ("Halvik Trading Overseas", "organisation"), ("Ørn & Søn (Shipping) [Ltd.]", "organisation"),
    ("El", "person"), ("", "person"), ("x" * 500, "organisation"))]
WATCH = Watch(NAMES)


def found(text: str) -> list[str]:
    return [text[hit.start:hit.end] for hit in WATCH.find(text, fold(text))]


@pytest.mark.parametrize(("text", "names"), [
    ("Oren Halvik flew to Exland.", ["Oren Halvik"]),
    ("OREN HALVIK FLEW.", ["OREN HALVIK"]),
    ("an oren halvik is no name", []),
    ("Toren Halvik and Oren Halvikson", []),
    ("Halvik Trading Overseas paid Halvik Trading.", ["Halvik Trading Overseas", "Halvik Trading"]),
    ("Oren Halvik's yacht; Oren Halvik'in yatı", ["Oren Halvik", "Oren Halvik"]),
    ("Вчера Орен Халвик прибыл.", ["Орен Халвик"]),
    ("وصل اورن هالفيك أمس", ["اورن هالفيك"]),
    ("据报道奥伦哈维克抵达北京", ["奥伦哈维克"]),
    ("오렌할빅이 도착했다", ["오렌할빅"]),
    ("a deal with Ørn & Søn (Shipping) [Ltd.] was signed", ["Ørn & Søn (Shipping) [Ltd.]"]),
    ("", []),
])
def test_names_are_found_whole(text: str, names: list[str]) -> None:
    assert found(text) == names


@given(st.text(max_size=200))
def test_any_text_is_searched_and_every_place_is_right(text: str) -> None:
    for hit in WATCH.find(text, fold(text)):
        assert 0 <= hit.start < hit.end <= len(text)


def test_a_name_takes_the_place_of_what_lies_within_it() -> None:
    pack = [Hit(0, 4, (Entry("trigger", "x"),)), Hit(10, 20, (Entry("goods", "y"),))]
    name, inner = Hit(0, 9, (Entry("actor", "n", "person"),)), Hit(12, 15, (Entry("actor", "m", "person"),))
    assert WATCH.beside(pack, [name, inner]) == [name, pack[1]]
    assert WATCH.beside(pack, []) == pack


def told(text: str, lang: str = "en", names: list[WatchName] = NAMES) -> list[Event]:
    extractor = FrameExtractor(default_vocabulary(), names=names)
    return list(extractor.extract(Document("t", text, parse_date("2024-05-15"), lang=lang)).events)


def test_a_listed_person_travels() -> None:
    [event] = told("Oren Halvik travelled to Exland on 3 May 2024.")
    assert {name: event.facts[name] for name in ("act", "actor", "actor_kind", "destination")} == {
        "act": "travel", "actor": "Oren Halvik", "actor_kind": "person", "destination": "XA"}
    assert told("Oren Halvik travelled to Exland on 3 May 2024.", names=[]) == []
    assert told("The minister travelled to Exland on 3 May 2024.") == []


@pytest.mark.parametrize(("text", "facts"), [
    ("Halvik Trading shipped drones to Exland, Beland said.", {"supplier": "Halvik Trading", "recipient": "XA"}),
    ("Exland sold rifles to Halvik Trading Overseas.", {"supplier": "XA", "recipient": "Halvik Trading Overseas"}),
    ("Drones were supplied to Beland by Oren Halvik.", {"supplier": "Oren Halvik", "supplier_kind": "person", "recipient": "XB"}),
    ("An Exlandic bank paid Oren Halvik 3 million dollars.", {"supplier": "XA", "recipient": "Oren Halvik", "recipient_kind": "person"}),
])
def test_listed_names_are_parties(text: str, facts: dict[str, str]) -> None:
    [event] = told(text)
    assert {name: event.facts.get(name) for name in facts} == facts


@pytest.mark.parametrize(("lang", "text", "ship"), [
    ("en", "The tanker Sea Prima delivered diesel to North Korea in May 2024.", "Sea Prima"),
    ("en", "Exland insured the North Korean tanker \"Golden Star 7\" in May 2024.", "Golden Star 7"),
    ("en", "The tanker Sea Prima, owned by North Korea, was registered in Beland.", "Sea Prima"),
    ("en", "The tanker Sea Prima (IMO 9074729) delivered diesel to North Korea in May 2024.", "Sea Prima (IMO 9074729)"),
    ("en", "The tanker (IMO: 9074729) delivered diesel to North Korea in May 2024.", "IMO 9074729"),
    ("en", "The tanker Sea Prima (IMO 9074728) delivered diesel to North Korea in May 2024.", "Sea Prima"),
    ("ru", "Танкер «Звезда Севера» доставил в Северную Корею дизельное топливо в мае 2024 года.", "Звезда Севера"),
    ("de", "Der Tanker »Nordstern« lieferte im Mai 2024 Diesel an Nordkorea.", "Nordstern"),
    ("fr", "Le pétrolier « Étoile du Nord » a livré du gazole à la Corée du Nord en mai 2024.", "Étoile du Nord"),
    ("zh", "2024年5月，油轮“天星”号向朝鲜运送了柴油。", "天星"),
])
def test_a_ship_called_by_its_name_is_the_carrier(lang: str, text: str, ship: str) -> None:
    [event] = told(text, lang)
    assert event.names["carrier"] == ship
    assert event.facts["carrier"] == ship.partition(" (")[0]
    read, problems = EventReader(default_vocabulary()).read(event.to_wire(), path="t")
    assert problems == []
    assert read is not None
    assert read.facts["carrier"] == event.facts["carrier"]
