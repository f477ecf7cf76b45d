"""One fact against one test: the truth tables."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from checker.judge.conditions import compile_condition
from checker.judge.leaves import make_look
from checker.judge.subject import PartyBook, Subject
from checker.model.event import Amount, ListEntry
from checker.model.rule import DateTest, ListTest, NumberTest, TermTest
from checker.vocabulary.vocabulary import Vocabulary
from tests.judge.build import day, line, make_event

FALSE, UNKNOWN, TRUE = 0, 1, 2
TODAY = day("2020-01-01")

PARTIES = [
    ("the State itself", "KP", {"supplier": "KP"}, TRUE),
    ("a company of the State", "KP", {"supplier": "Trading 1", "supplier_state": "KP"}, TRUE),
    ("an organ of another State", "KP", {"supplier": "irgc"}, FALSE),
    ("an organ of that State", "IR", {"supplier": "irgc"}, TRUE),
    ("an armed group that belongs to no State", "YE", {"supplier": "houthis"}, FALSE),
    ("known by name, State not known", "KP", {"supplier": "Trading 1"}, UNKNOWN),
    ("unknown", "KP", {}, UNKNOWN),
    ("only the State is known", "KP", {"supplier_state": "KP"}, TRUE),
    ("only another State is known", "KP", {"supplier_state": "XA"}, FALSE),
    ("the group itself", "houthis", {"supplier": "houthis"}, TRUE),
    ("the State it fights in", "houthis", {"supplier": "YE"}, FALSE),
    ("somebody of a State is no group of none", "houthis", {"supplier_state": "YE"}, FALSE),
    ("the State of the organ", "irgc", {"supplier": "IR"}, UNKNOWN),
    ("somebody of the organ's State", "irgc", {"supplier_state": "IR"}, UNKNOWN),
    ("any of several", ["XA", "houthis"], {"supplier": "houthis"}, TRUE),
]


def truth_of(vocabulary: Vocabulary, fact: str, test: Any, facts: dict[str, Any], on: int = TODAY) -> int:
    leaf = line(fact, test)
    return make_look(fact, leaf.test, vocabulary).truth(Subject(make_event(**facts).facts, PartyBook(vocabulary)), on)


@pytest.mark.parametrize(("wanted", "facts", "truth"), [row[1:] for row in PARTIES], ids=[row[0] for row in PARTIES])
def test_parties(vocabulary: Vocabulary, wanted: Any, facts: dict[str, Any], truth: int) -> None:
    assert truth_of(vocabulary, "supplier", wanted, facts) == truth


def test_what_decides_about_a_party_is_named(vocabulary: Vocabulary) -> None:
    look = make_look("supplier", TermTest(("KP",)), vocabulary)
    assert look.lacking(Subject(make_event(supplier="Trading 1").facts, PartyBook(vocabulary))) == "supplier_state"
    assert look.lacking(Subject({}, PartyBook(vocabulary))) == "supplier"


@pytest.mark.parametrize(("fact", "test", "facts", "truth"), [
    ("goods", "arms", {"goods": "rifle"}, TRUE),
    ("goods", "heavy_weapons", {"goods": "arms"}, UNKNOWN),
    ("goods", "arms", {"goods": "coal"}, FALSE),
    ("goods", "arms", {}, UNKNOWN),
    ("goods", TermTest(("arms",), ("small_arms_light_weapons",)), {"goods": "rifle"}, FALSE),
    ("goods", TermTest(("arms",), ("small_arms_light_weapons",)), {"goods": "battle_tank"}, TRUE),
    ("goods", TermTest(("arms",), ("small_arms_light_weapons",)), {"goods": "arms"}, UNKNOWN),
    ("goods", TermTest(("arms",), ("small_arms_light_weapons",)), {"goods": "coal"}, FALSE),
    ("supplier_kind", "armed_group", {"supplier": "houthis"}, TRUE),
    ("supplier_kind", "armed_group", {"supplier": "Trading 1"}, UNKNOWN),
    ("supplier_kind", "armed_group", {"supplier": "Trading 1", "supplier_kind": "company"}, FALSE),
    ("supplier_state", "KP", {"supplier": "houthis"}, FALSE),
    ("supplier_state", "IR", {"supplier": "irgc"}, TRUE),
    ("host_state", "KP", {"host_state": "RU"}, FALSE),
    ("earns_income", True, {"earns_income": True}, TRUE),
    ("earns_income", True, {"earns_income": False}, FALSE),
    ("earns_income", False, {"earns_income": False}, TRUE),
    ("earns_income", True, {}, UNKNOWN),
    ("range_km", NumberTest(at_least=300), {"range_km": 300}, TRUE),
    ("range_km", NumberTest(at_least=300), {"range_km": 299.9}, FALSE),
    ("range_km", NumberTest(at_most=300), {"range_km": 300}, TRUE),
    ("range_km", NumberTest(1, 2), {"range_km": 3}, FALSE),
    ("range_km", NumberTest(at_least=300), {}, UNKNOWN),
    ("quantity", NumberTest(at_least=10), {"quantity": Amount(10, "t")}, TRUE),
    ("contract_date", DateTest(before=day("2025-09-28")), {"contract_date": "2025-09-27"}, TRUE),
    ("contract_date", DateTest(before=day("2025-09-28")), {"contract_date": "2025-09-28"}, FALSE),
    ("contract_date", DateTest(before=day("2025-09-28")), {"contract_date": "2025-09"}, UNKNOWN),
    ("contract_date", DateTest(after=day("2025-09-28")), {"contract_date": "2025-09-29"}, TRUE),
    ("contract_date", DateTest(after=day("2025-09-28")), {"contract_date": "2025-09-28"}, FALSE),
    ("contract_date", DateTest(before=day("2025-09-28")), {}, UNKNOWN),
    ("approved_by", "un_1718_committee", {"approved_by": ("un_1718_committee", "un_security_council")}, TRUE),
    ("approved_by", "un_1718_committee", {"approved_by": ("un_security_council",)}, FALSE),
    ("approved_by", "un_1718_committee", {"approved_by": ()}, FALSE),
    ("approved_by", "un_1718_committee", {}, UNKNOWN),
    ("via", "KP", {"via": ("RU", "KP")}, TRUE),
])
def test_other_facts(vocabulary: Vocabulary, fact: str, test: Any, facts: dict[str, Any], truth: int) -> None:
    assert truth_of(vocabulary, fact, test, facts) == truth


@pytest.mark.parametrize(("place", "term", "on", "truth"), [
    ("crimea", "RU", "2014-01-01", FALSE), ("crimea", "RU", "2015-01-01", TRUE), ("crimea", "UA", "2015-01-01", TRUE),
    ("SD", "darfur", "2015-01-01", UNKNOWN), ("darfur", "SD", "2015-01-01", TRUE), ("KP", "RU", "2015-01-01", FALSE),
])
def test_places_by_geography_and_by_control_on_the_day(vocabulary: Vocabulary, place: str, term: str, on: str, truth: int) -> None:
    assert truth_of(vocabulary, "destination", term, {"destination": place}, day(on)) == truth


@pytest.mark.parametrize(("on", "truth"), [("2017-12-31", FALSE), ("2018-01-01", TRUE), ("2018-12-31", TRUE), ("2019-01-01", FALSE)])
def test_a_listing_counts_on_its_days(vocabulary: Vocabulary, on: str, truth: int) -> None:
    listed = (ListEntry("Trading 1", "UN-1718-AF", day("2018-01-01"), day("2018-12-31")),)
    facts = {"supplier": "Trading 1", "listings": listed}
    assert truth_of(vocabulary, "supplier", ListTest(("UN-1718-AF",)), facts, day(on)) == truth
    assert truth_of(vocabulary, "recipient", ListTest(("UN-1718-AF",)), facts, day(on)) == FALSE
    assert truth_of(vocabulary, "supplier", ListTest(("UN-1737-AF",)), facts, day(on)) == FALSE


def test_a_party_nobody_screened_is_unknown_and_a_waiver_is_no_listing(vocabulary: Vocabulary) -> None:
    entry = (ListEntry("supplier", "UN-1988-TB", 1),)
    assert truth_of(vocabulary, "supplier", ListTest(("UN-1988-TB",)), {"supplier": "KP"}) == UNKNOWN
    assert truth_of(vocabulary, "supplier", ListTest(("UN-1988-TB",), waived=True), {"supplier": "KP", "waivers": entry}) == TRUE
    assert truth_of(vocabulary, "supplier", ListTest(("UN-1988-TB",), waived=True), {"supplier": "KP", "listings": entry}) == UNKNOWN


WEAK = ListEntry("actor", "UN-1988-TB", day("2015-01-01"), day("2025-12-31"), weak=True)
SURE = ListEntry("actor", "UN-1988-TB", day("2019-01-01"), day("2021-12-31"))


@pytest.mark.parametrize(("listings", "on", "truth", "anchored"), [
    ((WEAK,), "2020-01-01", UNKNOWN, True),
    ((WEAK,), "2014-12-31", FALSE, False),
    ((WEAK, SURE), "2020-01-01", TRUE, True),
    ((WEAK, SURE), "2018-12-31", UNKNOWN, True),
    ((), "2020-01-01", FALSE, False),
    (None, "2020-01-01", UNKNOWN, False),
], ids=["weak alone", "weak, not yet", "a sure one beside it", "the sure one not yet", "screened, none found", "nobody screened"])
def test_a_weak_entry_leaves_it_open_and_is_an_anchor(vocabulary: Vocabulary, listings: Any, on: str, truth: int, anchored: bool) -> None:
    facts = {"actor": "Somebody"} | ({} if listings is None else {"listings": listings})
    node = compile_condition(line("actor", ListTest(("UN-1988-TB",))), {}, count(), vocabulary)
    subject = Subject(make_event(**facts).facts, PartyBook(vocabulary))
    assert node.truth(subject, day(on)) == truth
    assert node.anchored(subject, day(on)) is anchored
    assert node.lacking(subject, day(on)) == ({"listings"} if truth == UNKNOWN else set())
