"""Lines that exclude or imply each other: never said wrongly, as the judge itself shows, and said where people expect it."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.judge.conditions import compile_condition
from checker.judge.subject import PartyBook, Subject
from checker.model.dates import DateRange
from checker.model.rule import BoolTest, Condition, DateTest, Group, Leaf, ListTest, NumberTest, TermTest, Test
from checker.rulebase.lint.logic import Line, Logic
from checker.vocabulary.vocabulary import default_vocabulary

WORDS = default_vocabulary()
LOGIC = Logic(WORDS)
BOOK = PartyBook(WORDS)
DAY = dt.date(2020, 5, 1).toordinal()
GOODS = ["arms", "heavy_weapons", "battle_tank", "warship", "rifle", "small_arms_light_weapons", "coal", "vessel", "register_weapons"]
PARTIES = ["KP", "IR", "houthis", "russian_armed_forces", "RU", "YE", "aqap", "al_qaida"]
PLACES = ["UA", "RU", "donetsk", "crimea", "donbas", "KP", "asia", "europe", "EG", "africa"]
FACTS_TRIED: dict[str, tuple[list[str], list[object]]] = {
    "goods": (GOODS, GOODS),
    "supplier": (PARTIES, [*PARTIES, "Some Trading Company"]),
    "supplier_state": (["KP", "IR", "RU", "YE"], ["KP", "IR", "RU"]),
    "destination": (PLACES, PLACES),
    "host_state": (["UA", "RU", "KP"], ["UA", "RU", "KP"]),
    "via": (PLACES, [("EG", "KP"), ("donetsk",), ("africa", "asia"), ("UA", "RU")]),
    "approved_by": (["un_1718_committee", "un_security_council"], [("un_1718_committee",), ("un_1718_committee", "un_security_council")]),
}


@st.composite
def leaf(draw: st.DrawFn, fact: str) -> Leaf:
    words = FACTS_TRIED[fact][0]
    chosen = draw(st.lists(st.sampled_from(words), min_size=1, max_size=2, unique=True))
    excepted = draw(st.lists(st.sampled_from(words), max_size=1))
    negate = draw(st.booleans()) and not excepted
    return Leaf(fact, TermTest(tuple(chosen), tuple(excepted)), negate)


@st.composite
def event(draw: st.DrawFn) -> Subject:
    facts: dict[str, Any] = {}
    for fact, (_, values) in FACTS_TRIED.items():
        value = draw(st.sampled_from([*values, None]))
        if value is not None:
            facts[fact] = value
    if facts.get("supplier") and BOOK.look(facts["supplier"])[0] is not None:
        facts.pop("supplier_state", None)  # the reader of events refuses a State that contradicts the party
    return Subject(facts, BOOK)


def truth(condition: Condition, subject: Subject) -> int:
    return int(compile_condition(condition, {}, count(), WORDS).truth(subject, DAY))


def line(leaf: Leaf) -> Line:
    found = LOGIC.line(leaf, None)
    assert found is not None
    return found


@given(st.data(), event())
@settings(max_examples=800, deadline=None)
def test_lines_are_judged_as_the_logic_says(data: st.DataObject, subject: Subject) -> None:
    fact = data.draw(st.sampled_from(list(FACTS_TRIED)))
    other = data.draw(st.sampled_from(["supplier", "supplier_state"])) if fact.startswith("supplier") else fact
    one, two = data.draw(leaf(fact)), data.draw(leaf(other))
    first, second = truth(one, subject), truth(two, subject)
    if LOGIC.exclude(line(one), line(two)):
        assert not (first == second == 2), (one, two, subject.facts)
    if LOGIC.implies(line(one), line(two)) and first == 2:
        assert second == 2, (one, two, subject.facts)
    if LOGIC.empty(line(one)):
        assert first != 2


conditions = st.recursive(
    st.sampled_from(list(FACTS_TRIED)).flatmap(leaf),
    lambda inner: st.builds(lambda kind, items: Group(kind, tuple(items)), st.sampled_from(["all", "any", "none"]),
                            st.lists(inner, min_size=1, max_size=3)), max_leaves=6)


@given(conditions, event())
@settings(max_examples=300, deadline=None)
def test_a_condition_holds_in_one_of_its_ways(condition: Condition, subject: Subject) -> None:
    ways = LOGIC.ways(condition, None)
    assume(ways is not None)
    assert ways is not None

    def met(line: Line) -> int:
        plain = truth(Leaf(line.leaf.fact, line.test), subject)
        return 2 - plain if line.negated else plain

    assert truth(condition, subject) == max((min((met(x) for x in way), default=2) for way in ways), default=0)
    for way in ways:
        if LOGIC.impossible(way):
            assert min(met(x) for x in way) < 2


def test_too_many_ways_are_not_looked_at() -> None:
    wide = Group("all", tuple(Group("any", (Leaf("goods", TermTest(("arms",))), Leaf("supplier", TermTest(("KP",))))) for _ in range(7)))
    assert LOGIC.ways(wide, None) is None




BEFORE, AFTER = DateTest(before=DAY), DateTest(after=DAY)


@pytest.mark.parametrize(("fact", "one", "two", "excluded"), [
    ("goods", TermTest(("arms",)), TermTest(("coal",)), True),
    ("goods", TermTest(("arms",)), TermTest(("rifle",)), False),
    ("goods", TermTest(("register_weapons",)), TermTest(("vessel",)), False),  # warships are both
    ("supplier", TermTest(("KP",)), TermTest(("IR",)), True),
    ("supplier", TermTest(("houthis",)), TermTest(("YE",)), True),
    ("destination", TermTest(("UA",)), TermTest(("RU",)), False),  # Donetsk is in one, and in the hands of the other
    ("destination", TermTest(("EG",)), TermTest(("KP",)), True),
    ("via", TermTest(("EG",)), TermTest(("KP",)), False),  # a journey passes both
    ("lethal", BoolTest(True), BoolTest(False), True),
    ("range_km", NumberTest(at_least=300), NumberTest(at_most=299), True),
    ("range_km", NumberTest(at_least=300), NumberTest(at_most=300), False),
    ("contract_date", BEFORE, AFTER, True),
    ("contract_date", BEFORE, DateTest(after=DAY - 9), False),
    ("supplier", ListTest(("UN-1718-AF",)), ListTest(("UN-1718-TB",)), False),
])
def test_what_excludes_what(fact: str, one: Test, two: Test, excluded: bool) -> None:
    assert LOGIC.exclude(line(Leaf(fact, one)), line(Leaf(fact, two))) is excluded
    assert LOGIC.exclude(line(Leaf(fact, two)), line(Leaf(fact, one))) is excluded


@pytest.mark.parametrize(("fact", "test"), [
    ("goods", TermTest(("arms",))), ("supplier", TermTest(("KP",))), ("destination", TermTest(("donetsk",))), ("lethal", BoolTest(True)),
    ("range_km", NumberTest(at_least=5)), ("contract_date", BEFORE), ("supplier", ListTest(("UN-1718-AF",))),
])
def test_a_line_excludes_its_negation_and_implies_itself(fact: str, test: Test) -> None:
    plain, negated = line(Leaf(fact, test)), line(Leaf(fact, test, negate=True))
    assert LOGIC.exclude(plain, negated)
    assert LOGIC.implies(plain, plain)
    assert LOGIC.implies(negated, negated)
    assert not LOGIC.implies(plain, negated)


def test_a_date_told_as_a_range_does_not_deceive() -> None:
    subject = Subject({"contract_date": DateRange(DAY - 3, DAY + 3)}, BOOK)
    assert truth(Leaf("contract_date", BEFORE), subject) == truth(Leaf("contract_date", AFTER), subject) == 1
