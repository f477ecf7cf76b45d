"""Lines of rules in words."""

from __future__ import annotations

import datetime as dt

import pytest

from checker.model.rule import BoolTest, DateTest, Leaf, ListTest, NamedTest, NumberTest, TermTest
from checker.vocabulary.conditions import say_line, say_wanted
from checker.vocabulary.vocabulary import default_vocabulary


@pytest.mark.parametrize(("leaf", "parts"), [
    (Leaf("act", TermTest(("sale", "shipment"))), ("act", "is sale or shipment", "")),
    (Leaf("destination", TermTest(("KP",)), negate=True, if_unknown="holds"), ("destination", "is not North Korea", "or not stated")),
    (Leaf("goods", TermTest(("arms",), ("small_arms_light_weapons",))), ("goods", "is arms, but not small arms and light weapons", "")),
    (Leaf("goods", NamedTest("covered_goods")), ("goods", "is what the law of the day covers", "")),
    (Leaf("approved_by", TermTest(("un_1718_committee",))), ("approved by", "the 1718 Committee", "")),
    (Leaf("approved_by", TermTest(("un_1718_committee",)), negate=True), ("approved by", "not the 1718 Committee", "")),
    (Leaf("via", TermTest(("XA",))), ("via", "includes Exland", "")),
    (Leaf("via", TermTest(("XA",)), negate=True, if_unknown="review"), ("via", "does not include Exland", "if not stated: for review")),
    (Leaf("earns_income", BoolTest(True), if_unknown="fails"), ("earns income", "is yes", "and stated")),
    (Leaf("range_km", NumberTest(at_least=300)), ("range km", "is at least 300", "")),
    (Leaf("contract_date", DateTest(before=dt.date(2025, 9, 28).toordinal())), ("contract date", "is before 28 September 2025", "")),
    (Leaf("supplier", ListTest(("UN-1718-AF",))), ("supplier", "is listed under UN-1718-AF", "")),
])
def test_a_line_reads_as_half_a_sentence(leaf: Leaf, parts: tuple[str, str, str]) -> None:
    assert say_line(leaf, default_vocabulary()) == parts


def test_what_is_wanted_alone() -> None:
    assert say_wanted(Leaf("destination", TermTest(("KP",)), negate=True), default_vocabulary()) == "not North Korea"
