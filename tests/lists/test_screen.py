"""Who of an event is on the list, how surely, and what is written onto the event."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from checker.lists.entry import UnList
from checker.lists.knowledge import Knowledge
from checker.lists.screen import Screener
from checker.model.event import Event, ListEntry
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary
from tests.judge.build import day


def event(reader: EventReader, **told: Any) -> Event:
    found, problems = reader.read(told)
    assert found is not None, problems
    return found


def person(name: str, **more: str) -> dict[str, str]:
    return {"name": name, "kind": "person", **more}


MATCHES = [
    ("the name", person("Zorvan Telmesh Quilbrandt"), True),
    ("the name turned round", person("QUILBRANDT, Zorvan Telmesh"), True),
    ("with a title, in other letters", person("Mullah Zórvan Telmesh Quilbrandt"), True),
    ("a good alias", person("Zorvan Kwilbrand"), True),
    ("another in the same field", person("Zurvan Qilbrandt"), True),
    ("the original script", person("زوروان کوئلبرانت"), True),
    ("first and last word", person("Zorvan Quilbrandt"), False),
    ("a low-quality alias", person("Abu Telmesh"), False),
    ("his passport", person("a man with passport ZZ0012345"), True),
    ("his reference number", person("the man listed as TAi.901"), True),
    ("a word of the name", person("Zorvan"), None),
    ("somebody else", person("Zorvan Haldane"), None),
    ("a company of his name", {"name": "Zorvan Kwilbrand", "kind": "company"}, None),
    ("of his State", person("Zorvan Kwilbrand", state="AF"), True),
    ("of another State", person("Zorvan Kwilbrand", state="XA"), False),
    ("a good alias of one word", person("Drabek"), False),
    ("the company", {"name": "Glimmer Sea Trading Co., Ltd", "kind": "company"}, True),
    ("the company, kind not told", {"name": "Glimmer Sea Trading"}, True),
    ("words of its name in another order", {"name": "Sea Glimmer Trading", "kind": "company"}, None),
    ("its former name", {"name": "Shimmer Lake Corporation", "kind": "company"}, True),
    ("its alias of one long word", {"name": "Glimmergate", "kind": "company"}, True),
    ("its alias of three letters", {"name": "GLM", "kind": "company"}, False),
    ("its acronym", {"name": "GSTC", "kind": "company"}, False),
    ("its number", {"name": "the operator, IMO No. 7654321", "kind": "company"}, True),
    ("a person of its name", person("Mirae Glimmer"), None),
    ("a State", "AF", None),
    ("a party of the vocabulary that is not listed", "taliban", None),
]


@pytest.mark.parametrize(("party", "sure"), [row[1:] for row in MATCHES], ids=[row[0] for row in MATCHES])
def test_who_matches_and_how_surely(screener: Screener, reader: EventReader, party: Any, sure: bool | None) -> None:
    found = screener.screen(event(reader, act="payment", recipient=party, date="2020-01-01")).facts["listings"]
    assert isinstance(found, tuple)
    on_the_day = [one for one in found if isinstance(one, ListEntry) and one.first <= day("2020-01-01") <= (one.last or 10**7)]
    assert {one.weak for one in on_the_day} == (set() if sure is None else {not sure})
    assert {one.party for one in on_the_day} <= {"recipient"}


def test_a_printed_name_is_screened_too(screener: Screener, reader: EventReader) -> None:
    told = event(reader, act="payment", recipient="AF", names={"recipient": "Zorvan Kwilbrand"}, date="2020-01-01")
    assert {one.list for one in screener.screen(told).facts["listings"]} >= {"UN-1988-AF"}  # type: ignore[union-attr]


def test_the_event_says_who_was_found_and_against_which_list(screener: Screener, reader: EventReader) -> None:
    found = screener.screen(event(reader, act="payment", recipient=person("Abu Telmesh"), date="2020-01-01"))
    (why,) = found.assumed
    assert why.fact == "listings"
    assert why.basis == ("screened against the UN list of 1 June 2025: the recipient is perhaps Zorvan TELMESH QUILBRANDT (TAi.901), by "
                         "low-quality alias 'Abu Telmesh' (camp name)")


def test_nobody_found_is_told_from_nobody_screened(vocabulary: Vocabulary, knowledge: Knowledge, screener: Screener,
                                                   reader: EventReader) -> None:
    told = event(reader, act="payment", recipient={"name": "Honest Traders"}, date="2020-01-01")
    assert screener.screen(told).facts["listings"] == ()
    assert "listings" not in Screener(vocabulary, knowledge).screen(told).facts


def test_without_a_list_names_taken_off_are_known(vocabulary: Vocabulary, knowledge: Knowledge, reader: EventReader) -> None:
    told = event(reader, act="payment", recipient={"name": "Al-Nusrah Front"}, date="2020-01-01")
    found = Screener(vocabulary, knowledge).screen(told)
    assert ListEntry("recipient", "UN-1267-AF", day("2014-05-14"), day("2026-02-26")) in found.facts["listings"]  # type: ignore[operator]
    assert "since taken off the list" in found.assumed[0].basis


def test_what_the_event_states_itself_stays(screener: Screener, reader: EventReader) -> None:
    own = [{"party": "recipient", "list": "UN-1988-AF", "from": "2015-01-01", "until": "2016-01-01"}]
    found = screener.screen(event(reader, act="payment", recipient=person("Zorvan Kwilbrand"), listings=own, date="2020-01-01"))
    frozen = [one for one in found.facts["listings"] if one.list == "UN-1988-AF"]  # type: ignore[union-attr]
    assert frozen == [ListEntry("recipient", "UN-1988-AF", day("2015-01-01"), day("2016-01-01"))]
    assert any(one.list == "UN-1988-AE" for one in found.facts["listings"])  # type: ignore[union-attr]


def test_screening_twice_changes_nothing(screener: Screener, reader: EventReader) -> None:
    once = screener.screen(event(reader, act="travel", actor=person("Zorvan Kwilbrand"), destination="SA", date="2020-01-01"))
    assert screener.screen(once) == once


def test_a_screened_event_is_read_back_as_it_was(screener: Screener, reader: EventReader) -> None:
    for name in ("Zorvan Kwilbrand", "Abu Telmesh", "Nobody Whatever"):
        once = screener.screen(event(reader, act="travel", actor=person(name), destination="SA", date="2020-01-01"))
        assert reader.read(once.to_wire()) == (once, [])


def test_a_list_made_after_a_delisting_is_believed(vocabulary: Vocabulary, knowledge: Knowledge, small: UnList,
                                                   reader: EventReader) -> None:
    entry = msgspec.structs.replace(small.entries[3], reference="QDe.137")
    later = msgspec.structs.replace(small, entries=(entry,), date=day("2026-06-01"))
    screener = Screener(vocabulary, knowledge, later)
    assert [problem.code for problem in screener.problems] == ["still-listed"]
    found = screener.screen(event(reader, act="payment", recipient="hts", date="2026-05-05")).facts["listings"]
    assert ListEntry("recipient", "UN-1267-AF", entry.listed_on) in found  # type: ignore[operator]
    assert Screener(vocabulary, knowledge, msgspec.structs.replace(later, date=day("2026-02-27"))).problems == []


WAIVERS = [
    ("on its days and at its place", "TAi.144", {"destination": "SA", "date": "2025-01-30"}, {False}),
    ("at another place", "TAi.144", {"destination": "AE", "date": "2025-01-30"}, set()),
    ("on the way home: one of two places", "TAi.144", {"destination": "SA", "place": "AE", "date": "2025-01-30"}, set()),
    ("somewhere around it", "TAi.144", {"destination": "middle_east", "date": "2025-01-30"}, {True}),
    ("nobody says where", "TAi.144", {"date": "2025-01-30"}, set()),
    ("another person", "TAi.145", {"destination": "SA", "date": "2025-01-30"}, set()),
    ("the Hajj, of which not all was read", "TAi.144", {"destination": "SA", "date": "2024-06-15"}, {True}),
    ("the block waiver, whose names were not read", "TAi.145", {"destination": "QA", "date": "2022-08-19"}, {True}),
    ("the day after the block waiver", "TAi.145", {"destination": "QA", "date": "2022-08-20"}, set()),
]


@pytest.mark.parametrize(("reference", "told", "weak"), [row[1:] for row in WAIVERS], ids=[row[0] for row in WAIVERS])
def test_waivers_are_for_a_person_a_place_and_some_days(vocabulary: Vocabulary, knowledge: Knowledge, small: UnList, reader: EventReader,
                                                       reference: str, told: dict[str, str], weak: set[bool]) -> None:
    named = msgspec.structs.replace(small, entries=(msgspec.structs.replace(small.entries[0], reference=reference),))
    found = Screener(vocabulary, knowledge, named).screen(event(reader, act="travel", actor=person("Zorvan Kwilbrand"), **told))
    on = day(told["date"])
    waivers = found.facts.get("waivers", ())
    assert isinstance(waivers, tuple)
    assert {one.weak for one in waivers if isinstance(one, ListEntry) and one.first <= on <= (one.last or 10**7)} == weak
