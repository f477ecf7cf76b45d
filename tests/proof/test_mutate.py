"""Mutants: every operator changes what it says it changes, and what is called equivalent never differs."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from checker.judge.judge import Judge
from checker.model.claim import Claim
from checker.model.dates import DateRange, parse_date
from checker.model.event import Amount, Event, ListEntry
from checker.model.facts import FACTS, PARTY_ROLES
from checker.model.rule import (
    Contest,
    DateTest,
    Duty,
    Exemption,
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
)
from checker.proof.bench import Bench
from checker.proof.fates import Fate, fates
from checker.proof.gaps import base_of
from checker.proof.mutate import OPERATORS, Mutant, mutants
from checker.proof.search import Space, same_meaning
from checker.rulebase.loader import RuleBase, require_rulebase
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary
from tests.judge.build import all_of, any_of, day, line, make_rule, none_of, period


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return default_vocabulary()


@lru_cache
def shipped() -> RuleBase:
    return require_rulebase()


def bench_of(rule: Rule) -> Bench:
    return Bench(RuleBase((rule,), default_vocabulary(), "", ""), rule)


def made(rule: Rule, operator: str) -> list[Mutant]:
    bench = bench_of(rule)
    return [m for m in mutants(rule, bench.sites, bench.vocabulary) if m.operator == operator]


def exempted(**more: Any) -> Rule:
    told: dict[str, Any] = {"name": "approval", "says": "approved", "authority": ("A",), "when": all_of(approved_by="un_1718_committee")}
    return make_rule(exemptions=(Exemption(**(told | more)),))


def quota(**more: Any) -> Rule:
    told: dict[str, Any] = {"of": "goods", "limits": (Limit(500, "bbl"),), "per": "year_from", "scope": "all_states", "anchor": (12, 22)}
    return make_rule(all_of(act="transfer", goods="crude_oil", recipient="KP"), kind="quota", quota=Quota(**(told | more)))


CHOICES = all_of(line("act", ["sale", "gift"]), goods="arms", supplier="KP")
CASES: list[tuple[str, Rule, list[str]]] = [
    ("drop line", make_rule(), ["without the line `act: transfer`", "without the line `goods: arms`", "without the line `supplier: KP`"]),
    ("drop line", make_rule(all_of(any_of(line("supplier", "KP"), all_of(act="sale", goods="arms")))),
     ["without the group `any: supplier: KP | (act: sale, goods: arms)`", "without the line `supplier: KP`",
      "without the alternative `act: sale, goods: arms`", "without the line `act: sale`", "without the line `goods: arms`"]),
    ("negate line", make_rule(all_of(none_of(line("act", "sale")), supplier="KP")),
     ["if `none: act: sale` had to hold", "if the line `act: sale` said the opposite", "if the line `supplier: KP` said the opposite"]),
    ("drop choice", make_rule(CHOICES),
     ["without the choice sale in `act: [sale, gift]`", "without the choice gift in `act: [sale, gift]`"]),
    ("drop choice", make_rule(all_of(line("goods", TermTest(("arms",), ("rifle",))))),
     ["without the exception rifle in `goods: {any: arms, except: [rifle]}`"]),
    ("drop choice", make_rule(all_of(line("supplier", ListTest(("UN-1718-AF", "UN-1267-AF"))))),
     ["without the choice UN-1718-AF in `supplier: {listed: [UN-1718-AF, UN-1267-AF]}`",
      "without the choice UN-1267-AF in `supplier: {listed: [UN-1718-AF, UN-1267-AF]}`"]),
    ("drop choice", make_rule(all_of(line("goods", NamedTest("covered_goods"))),
                              periods=(period(covered={"covered_goods": line("goods", ["arms", "coal"])}),)),
     ["without the choice arms in `covered_goods` of the period from 2006-10-14",
      "without the choice coal in `covered_goods` of the period from 2006-10-14"]),
    ("merge alternatives", make_rule(all_of(any_of(line("supplier", "KP"), line("shipped_from", "KP")))),
     ["if all alternatives of `any: supplier: KP | shipped_from: KP` had to hold"]),
    ("merge alternatives", make_rule(all_of(any_of(line("supplier", "KP"), line("shipped_from", "KP"), line("flag_state", "KP")))),
     ["if all alternatives of `any: supplier: KP | shipped_from: KP | flag_state: KP` had to hold",
      "if `supplier: KP` and `shipped_from: KP` had to hold together", "if `supplier: KP` and `flag_state: KP` had to hold together",
      "if `shipped_from: KP` and `flag_state: KP` had to hold together"]),
    ("widen term", make_rule(all_of(goods="coal", supplier="KP")), ["if `goods: coal` said minerals instead of coal"]),
    ("change number", make_rule(all_of(line("range_km", NumberTest(at_least=300)))),
     ["if `range_km: {at_least: 300}` said 299", "if `range_km: {at_least: 300}` said 301"]),
    ("change if_unknown", make_rule(all_of(line("supplier", "KP", if_unknown="holds"))),
     ["if an unknown supplier left the outcome open (line `supplier: {is: KP, if_unknown: holds}`)",
      "if an unknown supplier let the line fail (line `supplier: {is: KP, if_unknown: holds}`)"]),
    ("change if_unknown", exempted(),
     ["if an unknown approved by let the line hold (line `approved_by: un_1718_committee`)",
      "if an unknown exemption approval asked for a review"]),
    ("drop exemption", exempted(), ["without the exemption approval"]),
    ("drop exemption", exempted(shared="un-1718-committee"), []),
    ("drop period", make_rule(periods=(period(last="2009-06-11"), period("2009-06-12"))),
     ["without the period from 2006-10-14", "without the period from 2009-06-12"]),
    ("drop dispute", make_rule(contested=(Contest(day("2020-01-01"), None, (Position("it ended", ("XA",), "a letter"),)),)),
     ["without the dispute from 2020-01-01"]),
    ("shift date", make_rule(),
     ["if the measure begins one day earlier than 2006-10-14", "if the measure begins one day later than 2006-10-14"]),
    ("swap parties", make_rule(), ["if supplier and recipient were swapped"]),
    ("swap places", make_rule(all_of(origin="KP")), ["if origin and destination were swapped"]),
    ("change quota", quota(),
     ["if at most 499 bbl were allowed", "if at most 501 bbl were allowed", "if the year of the quota began on 12-21",
      "if the year of the quota began on 12-23", "if the quota were counted by calendar year", "if the quota were counted by month",
      "if the quota were counted by period", "if the quota were counted the other way (all States together, or each for itself)"]),
    ("drop role", make_rule(), ["if the supplier were not in breach", "if the recipient were not in breach"]),
    ("drop override", make_rule(overrides=("the-general-rule",)), [
     "if it did not override the-general-rule (only an example of that rule can show it)"]),
]


@pytest.mark.parametrize(("operator", "rule", "says"), CASES, ids=lambda x: x if isinstance(x, str) else "")
def test_each_operator_makes_these_mutants(operator: str, rule: Rule, says: list[str]) -> None:
    found = made(rule, operator)
    assert [m.says for m in found] == says
    assert all(m.rule != rule for m in found)


def test_every_operator_is_tried() -> None:
    assert {operator for operator, _, _ in CASES} | {"narrow term"} == set(OPERATORS)
    narrowed = made(make_rule(all_of(goods="minerals")), "narrow term")
    assert "if `goods: minerals` said coal instead of minerals" in [m.says for m in narrowed]


def test_a_state_is_neither_widened_nor_narrowed() -> None:
    rule = make_rule(all_of(supplier="KP", shipped_from="KP", host_state="KP"))
    assert not made(rule, "widen term")
    assert not made(rule, "narrow term")


DATES: list[tuple[str, Rule, int]] = [
    ("adjacent periods share a boundary", make_rule(periods=(period(last="2009-06-11"), period("2009-06-12"))), 2),
    ("a gap has two", make_rule(periods=(period(last="2009-06-11"), period("2010-06-12"))), 3),
    ("an end", make_rule(periods=(period(last="2009-06-11"),)), 2),
    ("known until", make_rule(periods=(period(known_until=day("2009-06-11")),)), 2),
    ("a duty", make_rule(kind="duty", duty=Duty("supplier", day("2009-06-11"))), 2),
    ("an exemption", exempted(first=day("2010-01-01"), last=day("2011-01-01")), 3),
    ("a disputed exemption", exempted(contested=(Contest(day("2010-01-01"), day("2011-01-01"), ()),)), 3),
    ("a line", make_rule(all_of(line("contract_date", DateTest(before=day("2010-01-01"), after=day("2009-01-01"))))), 3),
]


@pytest.mark.parametrize(("what", "rule", "count"), DATES, ids=lambda x: x if isinstance(x, str) else "")
def test_every_boundary_is_moved_either_way(what: str, rule: Rule, count: int) -> None:
    assert len({m.part for m in made(rule, "shift date")}) == count
    assert len(made(rule, "shift date")) == 2 * count


def test_moving_a_shared_boundary_leaves_no_gap_and_no_overlap() -> None:
    rule = make_rule(periods=(period(last="2009-06-11"), period("2009-06-12")))
    for mutant in made(rule, "shift date"):
        if mutant.boundary and mutant.boundary.day == day("2009-06-12"):
            first, second = mutant.rule.periods
            assert first.last == second.first - 1
            assert second.first == day("2009-06-12") + mutant.by


def fate(rule: Rule, operator: str, base: Event) -> list[Fate]:
    bench = bench_of(rule)
    return [f for f in fates(bench, Space(bench, base)) if f.mutant.operator == operator]


def event(**told: Any) -> Event:
    facts = {name: parse_date(v) if FACTS[name].type == "date" else v for name, v in told.items()}
    for role in PARTY_ROLES:
        if role in facts:
            facts.setdefault(f"{role}_state", facts[role])
    return Event({"stage": "done", **facts}, claims=(Claim("confirmed"),))


BASE = event(act="sale", goods="rifle", supplier="KP", date="2018-01-01")
NEWER: dict[str, Any] = {"says": "said once more", "force": "demands"}
SAME: list[tuple[str, Rule, str, bool]] = [
    ("a choice under another choice", make_rule(all_of(line("goods", ["arms", "rifle"]), supplier="KP")), "drop choice", True),
    ("a choice of its own", make_rule(all_of(line("goods", ["arms", "coal"]), supplier="KP")), "drop choice", False),
    ("a rule that is its own mirror", make_rule(all_of(any_of(line("supplier", "KP"), line("recipient", "KP")), goods="arms")),
     "swap parties", True),
    ("a period that says the same", make_rule(periods=(period(last="2009-06-11"), period("2009-06-12", **NEWER))), "shift date", True),
    ("a period of another paragraph", make_rule(periods=(period(last="2009-06-11"), period("2009-06-12", authority=("B",)))),
     "shift date", False),
    ("a dispute that begins before the law", make_rule(contested=(Contest(day("2000-01-01"), None, ()),)), "shift date", True),
    ("a dispute of what is only called upon", make_rule(periods=(period(force="calls_upon"),),
                                                       contested=(Contest(day("2010-01-01"), None, ()),)), "shift date", True),
    ("together or each for itself", quota(per="calendar_year"), "change quota", True),
]


@pytest.mark.parametrize(("what", "rule", "operator", "equivalent"), SAME, ids=lambda x: x if isinstance(x, str) else "")
def test_what_means_the_same_is_proven_and_nothing_else(what: str, rule: Rule, operator: str, equivalent: bool) -> None:
    found = fate(rule, operator, BASE)
    assert any(f.equivalent for f in found) is equivalent
    for one in found:
        if one.survived and one.found and one.found.situation:
            assert one.judge
            assert bench_of(rule).tells_apart(one.found.situation.event, one.judge)


def test_what_a_plan_cannot_tell_is_not_called_the_same() -> None:
    rule = make_rule(contested=(Contest(day("2010-01-01"), None, ()),))
    planned = replace(BASE, facts={**BASE.facts, "stage": "planned"})
    for base in (BASE, planned):
        (found,) = fate(rule, "drop dispute", base)
        assert not found.equivalent


@pytest.mark.parametrize(("since", "equivalent"), [("2000-01-01", False), ("2015-01-01", True)])
def test_a_place_that_changed_hands_is_tried_before_and_after(since: str, equivalent: bool) -> None:
    wanted = line("shipped_from", ["RU", "crimea"], if_unknown="fails")
    rule = make_rule(all_of(wanted, goods="arms"), periods=(period(since),))
    base = event(act="sale", goods="rifle", shipped_from="RU", date="2018-01-01")
    (found,) = [f for f in fate(rule, "drop choice", base) if "choice crimea" in f.mutant.says]
    assert found.equivalent is equivalent


@pytest.mark.parametrize("since", ["1999-11-14", "2006-10-14"])
@pytest.mark.parametrize("entries", [(), (ListEntry("supplier", "UN-1718-AF", day("2017-06-02")),)])
def test_a_party_on_another_list_is_tried_whatever_the_age_of_law_and_listing(since: str, entries: tuple[ListEntry, ...]) -> None:
    asks = line("supplier", ListTest(("UN-1718-AF", "UN-1267-AF")))
    rule = make_rule(all_of(asks, act="transfer", goods="arms"), periods=(period(since),))
    base = event(act="sale", goods="rifle", supplier="KP", date="2020-06-01")
    found = fate(rule, "drop choice", replace(base, facts={**base.facts, "listings": entries} if entries else base.facts))
    assert [(f.mutant.part.split()[1], f.equivalent) for f in found] == [("UN-1718-AF", False), ("UN-1267-AF", False)]
    space = Space(bench_of(rule), base)
    lists = [[entry.list for entry in option.facts.get("listings", ())] for option in space.with_truth(asks, 0)["listings"]]
    assert ["ANOTHER-LIST"] in lists


def test_order_is_no_meaning() -> None:
    a = make_rule(all_of(line("supplier", "KP"), line("act", "sale")))
    assert same_meaning(a, replace(a, flag_when=all_of(line("act", "sale"), line("supplier", "KP"))))
    assert not same_meaning(a, replace(a, flag_when=all_of(line("act", "gift"), line("supplier", "KP"))))


def test_the_window_of_a_frozen_level_only_counts_for_many_events() -> None:
    frozen, fixed = quota(limits=(), level_on=day("2017-09-11")), quota()
    for rule, alike in ((frozen, True), (fixed, False)):
        assert rule.quota is not None
        assert same_meaning(rule, replace(rule, quota=replace(rule.quota, per="month"))) is alike


# ---- random events ---------------------------------------------------------------------------------------------------


@lru_cache
def equivalents() -> list[tuple[Bench, Mutant, Judge]]:
    """Every mutant that is called equivalent, of the shipped rules and of those above."""
    found = []
    rules = [*shipped().tested, *(rule for _, rule, _, same in SAME if same), *(rule for _, rule, _ in DATES)]
    for rule in rules:
        bench = Bench(shipped(), rule) if rule in shipped().tested else bench_of(rule)
        base = base_of(rule, bench.judge)
        start = base.event if base else BASE
        found += [(bench, f.mutant, f.judge) for f in fates(bench, Space(bench, start)) if f.equivalent and f.judge]
    return found


DAYS = st.integers(day("2005-01-01"), day("2027-01-01"))
NEAR = [day(text) for text in ("2006-10-14", "2009-06-12", "2013-03-07", "2016-01-16", "2016-03-02", "2022-02-28", "2025-09-28")]


@st.composite
def events(draw: Callable[..., Any]) -> Event:
    words = default_vocabulary()
    facts: dict[str, Any] = {"stage": draw(st.sampled_from(["done", "planned"]))}
    first = draw(st.one_of(DAYS, st.builds(lambda a, b: a + b, st.sampled_from(NEAR), st.integers(-1, 1))))
    facts["date"] = DateRange(first, first + draw(st.sampled_from([0, 0, 1, 400])))
    for name in ("act", "goods", "approved_by", "purpose", "end_use", "person_role"):
        word = draw(st.one_of(st.none(), st.sampled_from(sorted(words.taxonomies[FACTS[name].taxonomy]))))
        if word is not None:
            facts[name] = (word,) if FACTS[name].is_set else word
    for name in ("supplier", "recipient", "actor", "end_user"):
        party = draw(st.sampled_from([None, "KP", "IR", "XA", "houthis"]))
        if party:
            facts[name] = party
            if party != "houthis":
                facts[f"{name}_state"] = party
    for name in ("shipped_from", "destination", "host_state", "person_nationality", "flag_state"):
        state = draw(st.sampled_from([None, "KP", "IR", "XA", "XB"]))
        if state:
            facts[name] = state
    if draw(st.booleans()):
        facts["quantity"] = Amount(draw(st.sampled_from([499, 500, 501, 500000, 500001])), "bbl")
    if draw(st.booleans()):
        contract = draw(DAYS)
        facts["contract_date"] = DateRange(contract, contract)
    return Event(facts, claims=(Claim(draw(st.sampled_from(["confirmed", "reported", "denied"]))),))


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(told=events())
def test_what_is_called_equivalent_never_differs(told: Event) -> None:
    date = told.facts["date"]
    for bench, mutant, judge in equivalents():
        if bench.shared and isinstance(date, DateRange) and not date.is_day:
            continue  # over several days another of them may be the one shown, and examples of a shared exemption are of a day
        assert not bench.tells_apart(told, judge), mutant.says


def test_some_mutants_are_equivalent() -> None:
    assert len(equivalents()) > 5


def test_only_an_example_of_the_general_rule_shows_what_is_overridden(vocabulary: Vocabulary) -> None:
    from checker.model.rule import Example, Expect

    special = make_rule(all_of(goods="rifle", supplier="KP"), id="special", overrides=("general",))
    general = make_rule(all_of(goods="arms", supplier="KP"), id="general")
    shown = replace(general, examples=(Example("rifles have a rule of their own", BASE, Expect("clear")),))
    for rules, killed in (((special, general), False), ((special, shown), True)):
        bench = Bench(RuleBase(rules, vocabulary, "", ""), special)
        assert [f.killed for f in fates(bench, Space(bench, BASE)) if f.mutant.operator == "drop override"] == [killed]


def test_periods_without_a_day_left_are_gone() -> None:
    one = Period(day("2010-01-01"), day("2010-01-01"), ("A",), "decides", "one day")
    assert {len(m.rule.periods) for m in made(make_rule(periods=(one,)), "shift date")} == {0, 1}


def test_the_number_of_a_line_is_that_of_the_judge() -> None:
    rule = exempted(unless=all_of(end_use="military"))
    bench = bench_of(rule)
    numbered = {site.number: site.condition for site in bench.sites if site.number >= 0}
    assert {n: leaf for n, leaf in numbered.items() if isinstance(leaf, Leaf)} == {x.number: x.leaf for x in bench.judge.lines(rule.id)}
