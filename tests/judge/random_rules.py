"""Strategies: random rules of every construct, and random events about what they look at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import strategies as st

from checker.model.dates import DateRange
from checker.model.event import Amount, Event, ListEntry
from checker.model.rule import (
    BoolTest,
    Condition,
    Contest,
    DateTest,
    Duty,
    Exemption,
    Group,
    Leaf,
    Limit,
    ListTest,
    NamedTest,
    NumberTest,
    Period,
    Position,
    Quota,
    Rule,
    TermTest,
    Test,
)
from tests.judge.build import day

__all__ = ["EVENTS", "bases", "rules"]

# A small world, so that rules and events meet often. Of each fact: what lines ask for, and what events tell (None: nothing).
WORDS: dict[str, list[str]] = {
    "act": ["transfer", "sale", "labour"],
    "goods": ["arms", "small_arms_light_weapons", "coal", "heavy_weapons"],
    "supplier": ["KP", "houthis", "irgc", "IR"], "recipient": ["XA", "KP", "houthis"],
    "supplier_state": ["KP", "IR"], "host_state": ["RU", "KP"], "person_nationality": ["KP", "RU"],
    "supplier_kind": ["armed_group", "government", "company"],
    "destination": ["RU", "UA", "KP"], "shipped_from": ["KP", "africa"], "via": ["KP", "europe", "UA"],
    "approved_by": ["un_1718_committee", "un_security_council"], "purpose": ["humanitarian", "diplomatic", "medical"],
}
TOLD: dict[str, list[Any]] = {
    "act": ["sale", "shipment", "transfer", "employment", "nuclear_test", None],
    "goods": ["rifle", "arms", "battle_tank", "coal", None],
    "supplier": ["KP", "KP", "IR", "houthis", "irgc", "Trading 1", "XA", None, None],
    "supplier_state": [None, None, None, "KP", "IR"], "supplier_kind": [None, None, "company", "armed_group"],
    "recipient": ["XA", "KP", "houthis", "Trading 1", None], "host_state": ["RU", None, None], "person_nationality": ["KP", None],
    "destination": ["RU", "donetsk", "crimea", "KP", None], "shipped_from": ["KP", "darfur", "africa", None],
    "via": [None, None, (), ("KP",), ("RU", "UA"), ("crimea",)],
    "approved_by": [None, None, (), ("un_1718_committee",), ("un_security_council",)],
    "purpose": [None, None, (), ("humanitarian",), ("diplomatic", "medical")],
    "lethal": [None, True, False], "earns_income": [None, True], "range_km": [None, 100, 300, 2000],
    "listings": [None, None, (), (ListEntry("supplier", "UN-1718-AF", day("2012-01-01"), day("2018-01-01")),),
                 (ListEntry("supplier", "UN-1718-AF", day("2011-01-01"), weak=True),
                  ListEntry("supplier", "UN-1718-AF", day("2014-01-01"), day("2015-01-01")))],
    "waivers": [None, None, (ListEntry("supplier", "UN-1718-AF", day("2012-01-01")),),
                (ListEntry("supplier", "UN-1718-AF", day("2012-01-01"), weak=True),)],
    "quantity": [None, Amount(1, "t"), Amount(499, "t"), Amount(501, "t"), Amount(700_000, "kg"), Amount(5, "bbl")],
    "value_usd": [None, None, 5, 2_000_000], "amount_scope": [None, None, "single", "cumulative"],
    "end_use": [None, "military", "civil"], "flag_state": [None, "XB"],
}
DAYS = st.integers(day("2008-01-01"), day("2024-01-01"))
NAMED = "covered_goods"


FORMS = [(False, ""), (False, ""), (False, ""), (True, ""), (False, "holds"), (False, "fails"), (True, "holds"), (False, "review")]
"""Negation and ``if_unknown``; most lines have neither."""


def _tests() -> Iterator[tuple[str, Test]]:
    for fact, words in WORDS.items():
        for one, two in pairwise([*words, words[0]]):
            yield fact, TermTest((one,))
            yield fact, TermTest((one, two))
    for fact in ("goods", "act", "destination", "supplier"):
        for one, two in pairwise(WORDS[fact]):
            yield fact, TermTest((one,), (two,))
    for fact in ("lethal", "earns_income"):
        for value in (True, False):
            yield fact, BoolTest(value)
    for low, high in ((100, None), (300, None), (301, None), (None, 299), (100, 1000)):
        yield "range_km", NumberTest(low, high)
    for year in range(2008, 2024, 3):
        yield "date", DateTest(before=day(f"{year}-01-01"))
        yield "date", DateTest(after=day(f"{year}-06-30"))
    yield from (("supplier", ListTest(("UN-1718-AF",), waived)) for waived in (True, False) for _ in range(4))


def _leaves() -> Iterator[Leaf]:
    for fact, test in _tests():
        for negate, if_unknown in FORMS:
            yield Leaf(fact, test, negate and isinstance(test, TermTest | ListTest), if_unknown)  # type: ignore[arg-type]  # its words
    yield from (Leaf("goods", NamedTest(NAMED), *form) for form in FORMS * 3)  # type: ignore[arg-type]  # its words


# Made once and drawn as wholes: that is many times faster than to draw each part.
LEAVES = st.sampled_from(list(_leaves()))
UNNAMED = st.sampled_from([leaf for leaf in _leaves() if not isinstance(leaf.test, NamedTest)])
SHAPES = [[""], ["", ""], ["any"], ["", "any"], ["", "none"], ["none"], ["", "", ""], ["any", "any", ""], ["", "", "any", "none"]]
BIG, SMALL, PLAIN = st.sampled_from(SHAPES), st.sampled_from([*SHAPES[:1] * 3, *SHAPES[:5]]), st.sampled_from(SHAPES[:2])
INNER = st.sampled_from([[1], [1, 1], [1, 1, 1], [2, 1], [2, 2]])
COIN, QUARTER, SPELLS = st.booleans(), st.sampled_from([False, False, False, True]), st.sampled_from([None, None, 0, 1, 400, 4000])


@st.composite
def conditions(draw: st.DrawFn, shapes: st.SearchStrategy[list[str]] = SMALL, lines: st.SearchStrategy[Leaf] = UNNAMED) -> Group:
    """Lines that must all hold, some of them in groups of groups of lines."""
    items: list[Condition] = []
    for kind in draw(shapes):
        if kind:
            inner = tuple(Group("all", tuple(draw(lines) for _ in range(length))) for length in draw(INNER))
            items.append(Group(kind, inner))  # type: ignore[arg-type]  # its words
        else:
            items.append(draw(lines))
    return Group("all", tuple(items))


CONDITIONS, EXCUSES, PLAIN_LINES = conditions(BIG, LEAVES), conditions(SMALL, UNNAMED), conditions(PLAIN, UNNAMED)


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int | None]:
    first, length = draw(DAYS), draw(SPELLS)
    return first, None if length is None else first + length


SPANS = spans()
CONTESTS = st.none() | SPANS


def _contests(span: tuple[int, int | None] | None) -> tuple[Contest, ...]:
    return (Contest(*span, (Position("it applies", ("a",), "b"),)),) if span else ()


FORCES = st.sampled_from(["decides", "demands", "clarifies", "calls_upon"])
STARTS, LENGTHS, GAPS = (st.integers(day("2005-01-01"), day("2012-01-01")), st.sampled_from([0, 1, 900, 3000, 6000, 6000, 6000]),
                         st.sampled_from([0, 0, 1, 500]))
GOODS, COUNT = st.sampled_from(WORDS["goods"]), st.sampled_from([1, 2, 3])


@st.composite
def periods(draw: st.DrawFn) -> tuple[Period, ...]:
    """One to three periods with gaps and without."""
    found: list[Period] = []
    first = draw(STARTS)
    for i in range(draw(COUNT)):
        last = first + draw(LENGTHS)
        covered = {NAMED: Leaf("goods", TermTest((draw(GOODS),)), draw(QUARTER))}
        found.append(Period(first, last, (f"para {i}",), draw(FORCES), "says", known_until=min(last, first + 1) if draw(QUARTER) else None,
                            covered=covered, limits=(Limit(500.0 if draw(COIN) else 10.0, "t"),)))
        first = last + 1 + draw(GAPS)
    if not draw(QUARTER):
        found[-1] = msgspec.structs.replace(found[-1], last=None)
    return tuple(found)


EXEMPT = st.sampled_from([0, 1, 1, 2])
REVIEWS = st.sampled_from(["", "", "review"])


@st.composite
def exemptions(draw: st.DrawFn) -> tuple[Exemption, ...]:
    found = []
    for i in range(draw(EXEMPT)):
        first, last = draw(SPANS) if draw(COIN) else (None, None)
        found.append(Exemption(f"exemption_{i}", "says", ("para",), draw(EXCUSES), first, last, if_unknown=draw(REVIEWS),
                               unless=draw(PLAIN_LINES) if draw(COIN) else None, contested=_contests(draw(CONTESTS))))
    return tuple(found)


PERIODS, EXEMPTIONS = periods(), exemptions()
KINDS, KINDS_BUT_QUOTAS = st.sampled_from(["prohibition", "prohibition", "duty", "quota"]), st.sampled_from(["prohibition", "duty"])
PER = st.sampled_from(["calendar_year", "year_from", "month", "period"])


@st.composite
def rules(draw: st.DrawFn, id: str = "random-rule", quota: bool = True, overrides: tuple[str, ...] = ()) -> Rule:  # noqa: A002
    """One rule."""
    kind = draw(KINDS if quota else KINDS_BUT_QUOTAS)
    limits = (Limit(500.0, "t"),) if draw(COIN) else (Limit(500.0, "t"), Limit(1_000_000.0, "usd"))
    return Rule(
        id=id, title="A rule", summary="", kind=kind, regime="un-1718", severity="high", status="active",  # type: ignore[arg-type]  # its words
        periods=draw(PERIODS), bound=("all_states",), breach_by=("supplier", "recipient"), flag_when=draw(CONDITIONS),
        met_when=draw(EXCUSES) if kind == "duty" and draw(COIN) else None, exemptions=draw(EXEMPTIONS),
        contested=_contests(draw(CONTESTS)), duty=Duty("host_state", draw(DAYS)) if kind == "duty" else None,
        quota=Quota("goods", limits, draw(PER), "all_states", by_period=draw(COIN), anchor=(12, 22),  # type: ignore[arg-type]  # its words
                    conditions=draw(PLAIN_LINES) if draw(COIN) else None) if kind == "quota" else None,
        overrides=overrides, digest="0" * 64)


@st.composite
def bases(draw: st.DrawFn, most: int = 3) -> tuple[Rule, ...]:
    """Some rules, of which later ones may go before earlier ones."""
    found: list[Rule] = []
    for i in range(draw(st.integers(1, most))):
        over = (found[-1].id,) if found and not draw(QUARTER) else ()
        found.append(draw(rules(f"rule-{i}", overrides=over)))
    return tuple(found)


VALUES = {fact: st.sampled_from(values) for fact, values in TOLD.items()}
LASTING = st.sampled_from([0, 0, 0, 0, 0, 1, 30, 365, 4000])
ENDS = st.sampled_from([None, None, None, None, 0, 40, 900])


@st.composite
def events_of_all_kinds(draw: st.DrawFn) -> Event:
    """An event of the small world with any facts known."""
    facts: dict[str, Any] = {fact: value for fact, values in VALUES.items() if (value := draw(values)) is not None}
    first, length, end = draw(DAYS), draw(LASTING), draw(ENDS)
    if not draw(RARELY):
        facts["date"] = DateRange(first, first + length)
    if end is not None:
        facts["end_date"] = DateRange(first + end, first + end)
    return Event(facts)


RARELY = st.sampled_from([False] * 9 + [True])
EVENTS = events_of_all_kinds()
