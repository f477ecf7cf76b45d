"""Names of a list in texts of many scripts: found whole, with their capitals, and as parties of what is told of them."""

from __future__ import annotations

import time
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract.extractor import FrameExtractor
from checker.extract.fold import fold
from checker.extract.lexicon import Affixes, Entry, Hit
from checker.extract.ships import printed_name
from checker.extract.watch import Watch
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Event
from checker.model.imo import imo_number
from checker.model.names import WatchName
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

NAMES = [WatchName(text, text, kind) for text, kind in (
    ("Oren Halvik", "person"), ("Орен Халвик", "person"), ("اورن هالفيك", "person"), ("奥伦哈维克", "person"), ("오렌할빅", "person"),
    ("Halvik Trading", "organisation"), ("Halvik Trading Overseas", "organisation"), ("Ørn & Søn (Shipping) [Ltd.]", "organisation"),
    ("El", "person"), ("", "person"), ("x" * 500, "organisation"), ("Ri Jong Chol", "person"), ("Al-Kaldur Foundation", "organisation"),
    ("김철", "person"), ("ハルビック", "organisation"), ("bin \u202eHalvik", "person"), ("(.*)+$", "organisation"), ("Sea Halvik", "ship"))]
WATCH = Watch(NAMES)


AFFIXES = Affixes({"\u0648": (), "\u0644": ()}, {"이": (("이", (Entry("particle", "subject"),)),)})


def found(text: str) -> list[str]:
    return [text[hit.start:hit.end] for hit in WATCH.find(text, fold(text), AFFIXES)]


@pytest.mark.parametrize(("text", "names"), [
    ("Oren Halvik flew to Exland.", ["Oren Halvik"]),
    ("OREN HALVIK FLEW.", ["OREN HALVIK"]),
    ("an oren halvik is no name", []),
    ("Toren Halvik and Oren Halvikson", []),
    ("Halvik Trading Overseas paid Halvik Trading.", ["Halvik Trading Overseas", "Halvik Trading"]),
    ("Oren Halvik's yacht; Oren Halvik'in yatı", ["Oren Halvik", "Oren Halvik"]),
    ("Вчера Орен Халвик прибыл.", ["Орен Халвик"]),
    ("وصل اورن هالفيك أمس", ["اورن هالفيك"]),
    ("صواريخ لأورن هالفيك وأورن هالفيك", ["أورن هالفيك", "أورن هالفيك"]),
    ("صواريخ كاورن هالفيك", []),
    ("据报道奥伦哈维克抵达北京", ["奥伦哈维克"]),
    ("오렌할빅이 도착했다", ["오렌할빅"]),
    ("a deal with Ørn & Søn (Shipping) [Ltd.] was signed", ["Ørn & Søn (Shipping) [Ltd.]"]),
    ("", []),
    ("Oren\nHalvik", ["Oren\nHalvik"]),
    ("Ri Jong-chol and Ri Jong Chol", ["Ri Jong-chol", "Ri Jong Chol"]),
    ("to the al-Kaldur Foundation, the Al-Kaldur foundation", ["al-Kaldur Foundation", "Al-Kaldur foundation"]),
    ("Oren halvik", []),
    ("halvik Trading", []),
    ("김철이 왔다. 김철수가 왔다. 새김철", ["김철"]),
    ("ハルビックが株式会社ハルビックスに", ["ハルビック"]),
    ("a (.*)+$ b", []),
    ("Exland's Sea Halvik", ["Sea Halvik"]),
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
    party = Hit(0, 9, (Entry("actor", "hts", "group"),))
    assert WATCH.beside([party], [name]) == [party]  # what the pack knows as a party is that party
    longer = Hit(5, 20, (Entry("neutral", ""),))
    assert WATCH.beside([longer], [name]) == [longer]


@lru_cache
def base() -> FrameExtractor:
    return FrameExtractor(default_vocabulary())


def test_a_long_text_full_of_names_is_read_in_linear_time() -> None:
    names = [Hit(n, n + 3, (Entry("actor", "n", "named person"),)) for n in range(0, 400_000, 4)]
    pack = [Hit(n, n + 1, (Entry("gram", "det"),)) for n in range(0, 400_000, 2)]
    start = time.process_time()
    assert WATCH.beside(pack, names) == names
    assert time.process_time() - start < 5


def told(text: str, lang: str = "en", names: list[WatchName] = NAMES) -> list[Event]:
    return list(base().watching(names).extract(Document("t", text, parse_date("2024-05-15"), lang=lang)).events)


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


@pytest.mark.parametrize(("lang", "text", "facts"), [
    ("en", "Iranian businessman Oren Halvik travelled to Exland.", {"actor": "Oren Halvik", "actor_state": "IR"}),
    ("en", "Oren Halvik, a Syrian national, travelled to Exland.", {"actor": "Oren Halvik", "actor_state": "SY"}),
    ("en", "The Belandic company Halvik Trading shipped drones to Exland.", {"supplier": "Halvik Trading", "supplier_state": "XB"}),
    ("en", "Halvik Trading shipped drones to Exland.", {"supplier": "Halvik Trading", "supplier_state": None}),
    ("en", "Exland gave Oren Halvik rifles.", {"supplier": "XA", "recipient": "Oren Halvik"}),
    ("en", "Exland sold missiles to Beland through Halvik Trading.", {"broker": "Halvik Trading", "recipient": "XB"}),
    ("en", "Halvik Trading denied that it had shipped drones to Exland.", {"supplier": "Halvik Trading", "recipient": "XA"}),
    ("en", "Oren Halvik's company shipped drones to Exland.", {"supplier": "Oren Halvik's company", "supplier_kind": "company"}),
    ("en", "A tanker named Sea Prima, owned by Halvik Trading, delivered diesel to North Korea.",
     {"carrier": "Sea Prima", "owner": "Halvik Trading"}),
    ("fr", "L'homme d'affaires iranien Oren Halvik a livré des drones à la Russie.", {"supplier": "Oren Halvik", "supplier_state": "IR"}),
    ("id", "Pengusaha Iran Oren Halvik mengirim drone ke Rusia.", {"supplier": "Oren Halvik", "supplier_state": "IR"}),
    ("ru", "Иранская компания «Орен Халвик» поставила беспилотники в Россию.", {"supplier": "Орен Халвик", "supplier_state": "IR"}),
    ("tr", "İran Oren Halvik'e füze gönderdi.", {"supplier": "IR", "recipient": "Oren Halvik"}),
    ("ar", "باعت إيران صواريخ لاورن هالفيك.", {"supplier": "IR", "recipient": "اورن هالفيك"}),
    ("zh", "奥伦哈维克向俄罗斯提供了无人机。", {"supplier": "奥伦哈维克", "recipient": "RU"}),
    ("ko", "오렌할빅은 러시아에 드론을 공급했다.", {"supplier": "오렌할빅", "recipient": "RU"}),
])
def test_what_a_text_says_of_a_listed_party(lang: str, text: str, facts: dict[str, str | None]) -> None:
    [event] = told(text, lang)
    assert {name: event.facts.get(name) for name in facts} == facts
    read, problems = EventReader(default_vocabulary()).read(event.to_wire(), path="t")
    assert (problems, read.facts if read else None) == ([], event.facts)


def test_a_listed_speaker_confirms_what_he_did_and_is_no_party_of_the_vocabulary() -> None:
    [event] = told("Halvik Trading said it had shipped drones to Exland.")
    assert [(claim.status, claim.by, claim.party) for claim in event.claims] == [("confirmed", "Halvik Trading", "")]


def test_many_names_cost_little_and_none_cost_nothing() -> None:
    assert Watch([]).find("Oren Halvik", "oren halvik") == []
    many = Watch([WatchName(f"Oren Halvik{'a' * n} {m}", "x", "person") for n in range(30) for m in range(30)])
    text = "Oren Halvik" + "a" * 200_000
    assert (many.size, many.find(text, fold(text))) == (900, [])


@pytest.mark.parametrize(("digits", "right"), [("9074729", True), ("9074728", False), ("907472", False), ("90747290", False),
                                               ("٩٠٧٤٧٢٩", True), ("", False), ("imo9074", False)])
def test_the_last_digit_of_an_imo_number_checks_the_others(digits: str, right: bool) -> None:
    assert imo_number(digits) is right


@pytest.mark.parametrize(("words", "name"), [
    ("Nordstern« (IMO-Nummer 9074729)", ("Nordstern", "Nordstern (IMO 9074729)")),
    ("Sea Prima, with IMO number 9074729", ("Sea Prima", "Sea Prima (IMO 9074729)")),
    ("(IMO: 9074729)", ("IMO 9074729", "IMO 9074729")),
    ("Sea\n  Prima", ("Sea Prima", "Sea Prima")),
    ("Limo 9074729", ("Limo 9074729", "Limo 9074729")),
])
def test_a_name_is_printed_without_marks_and_with_its_number(words: str, name: tuple[str, str]) -> None:
    assert printed_name(words) == name


@pytest.mark.parametrize("text", ["The \"ghost\" ships delivered diesel to North Korea in May 2024.",
                                  "North Korea ships Hwasong missiles to Russia.", "A tanker IMO says delivered diesel to North Korea."])
def test_what_is_no_name_of_a_ship(text: str) -> None:
    assert all("carrier" not in event.facts for event in told(text))


@pytest.mark.parametrize(("lang", "text", "ship"), [
    ("en", "The tanker Sea Prima delivered diesel to North Korea in May 2024.", "Sea Prima"),
    ("en", "Exland insured the North Korean tanker \"Golden Star 7\" in May 2024.", "Golden Star 7"),
    ("en", "The tanker Sea Prima, owned by North Korea, was registered in Beland.", "Sea Prima"),
    ("en", "The tanker Sea Prima (IMO 9074729) delivered diesel to North Korea in May 2024.", "Sea Prima (IMO 9074729)"),
    ("en", "The tanker (IMO: 9074729) delivered diesel to North Korea in May 2024.", "IMO 9074729"),
    ("en", "The tanker Sea Prima (IMO 9074728) delivered diesel to North Korea in May 2024.", "Sea Prima"),
    ("en", "M/V Sea Prima delivered diesel to North Korea in May 2024.", "Sea Prima"),
    ("en", "The 'Sea Prima' tanker delivered diesel to North Korea in May 2024.", "Sea Prima"),
    ("en", "The Sea Halvik, with IMO number 9074729, delivered diesel to North Korea in May 2024.", "Sea Halvik (IMO 9074729)"),
    ("de", "Der Tanker »Nordstern« (IMO-Nummer 9074729) lieferte im Mai 2024 Diesel an Nordkorea.", "Nordstern (IMO 9074729)"),
    ("es", "El petrolero «Estrella» entregó diésel a Corea del Norte.", "Estrella"),
    ("tr", "\"Yıldız\" tankeri Kuzey Kore'ye dizel taşıdı.", "Yıldız"),
    ("id", "Kapal tanker \"Bintang\" mengirim solar ke Korea Utara.", "Bintang"),
    ("ja", "タンカー「天星」が北朝鮮に軽油を運んだ。", "天星"),
    ("ar", "نقلت ناقلة \"النجم\" الديزل إلى كوريا الشمالية.", "النجم"),
    ("zh", "“天星”号货轮向朝鲜运送了柴油。", "天星"),
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
