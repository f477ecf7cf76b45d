"""The candidate index never loses a verdict, and judging respects what is known already."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.judge.judge import Judge
from checker.model.dates import DateRange
from checker.model.event import Event, ListEntry
from checker.model.facts import PARTY_ROLES
from checker.model.rule import DateTest, ListTest, NumberTest, Rule, TermTest
from checker.rulebase.loader import RuleBase, require_rulebase
from checker.vocabulary.vocabulary import default_vocabulary
from tests.judge.build import all_of, any_of, day, line, make_event, make_rule, none_of, period

VOCABULARY = default_vocabulary()
STATES = ["KP", "IR", "RU", "UA", "YE", "SD", "XA"]
PARTIES = [*STATES, "houthis", "irgc", "korean_peoples_army", "Trading 1"]
PLACES = [*STATES, "crimea", "donetsk", "donbas", "occupied_east_ukraine", "darfur", "africa", "europe", "middle_east"]
DAYS = st.integers(day("2005-01-01"), day("2027-01-01"))


def odd_rules() -> tuple[Rule, ...]:
    """Rules of every construct the shipped ones do not use, and of none at all to hang on."""
    periods = (period("2006-10-14", "2013-12-31"), period("2015-06-01", "2020-10-17", known_until=day("2019-01-01")), period("2022-02-28"))
    conditions = [
        all_of(line("goods", TermTest(("arms",), ("small_arms_light_weapons", "missile_items"))), supplier=["IR", "houthis"]),
        all_of(line("goods", "arms", negate=True, if_unknown="fails"), recipient="irgc"),
        all_of(line("goods", "arms", if_unknown="holds"), line("supplier_state", "KP", if_unknown="fails")),
        all_of(none_of(line("act", "transfer"), all_of(supplier="KP", goods="arms")), destination="RU"),
        all_of(none_of(line("via", "KP"), line("recipient", "KP", if_unknown="review")), goods="coal", shipped_from="KP"),
        all_of(via=["KP", "RU"], approved_by="un_1718_committee"),
        all_of(line("via", "KP", negate=True), line("via", "UA"), line("via", "europe"), goods="arms"),
        all_of(line("destination", "RU"), line("destination", "UA", negate=True)),
        all_of(line("place", "africa"), act="labour", person_nationality="KP"),
        all_of(*(any_of(line("supplier", s), line("recipient", s), line("shipped_from", s)) for s in ("KP", "IR", "RU"))),
        any_of(all_of(any_of(line("goods", "coal"), line("goods", "arms")), supplier="KP"),
               all_of(line("range_km", NumberTest(300)), recipient="IR")),
        all_of(line("supplier", ListTest(("UN-1718-AF",)))),
        all_of(line("supplier_kind", "armed_group"), line("lethal", True)),
        all_of(line("date", DateTest(before=day("2016-01-01"))), destination="donetsk"),
        all_of(act="nuclear_test"),
        all_of(line("earns_income", True, if_unknown="holds"), line("host_state", "KP", negate=True, if_unknown="holds"), act="labour"),
    ]
    return tuple(make_rule(condition, id=f"odd-{i:02d}", periods=periods) for i, condition in enumerate(conditions))


@lru_cache(maxsize=1)
def judges() -> tuple[Judge, Judge]:
    shipped = require_rulebase()
    base = RuleBase((*(rule for rule in shipped.rules if rule.status == "active"), *odd_rules()), shipped.vocabulary, "d", "")
    return Judge(base), Judge(base, use_index=False)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """An event with any facts known, about the matters of the rules."""
    def maybe(strategy: st.SearchStrategy[Any], name: str) -> None:
        if draw(st.booleans()):
            facts[name] = draw(strategy)

    facts: dict[str, Any] = {}
    maybe(st.sampled_from(sorted(VOCABULARY.taxonomies["acts"])), "act")
    maybe(st.sampled_from(["rifle", "arms", "battle_tank", "coal", "uav", "shahed_136", "mohajer_6", "missile_propellant",
                           "artillery_shell", "heavy_weapons", *sorted(VOCABULARY.taxonomies["goods"])]), "goods")
    for role in PARTY_ROLES[:4]:
        maybe(st.sampled_from(PARTIES), role)
        if facts.get(role) in (None, "Trading 1"):
            maybe(st.sampled_from(STATES), f"{role}_state")
            maybe(st.sampled_from(["company", "armed_group", "government"]), f"{role}_kind")
    for name in ("host_state", "flag_state", "person_nationality"):
        maybe(st.sampled_from(STATES), name)
    for name in ("destination", "shipped_from", "place"):
        maybe(st.sampled_from(PLACES), name)
    maybe(st.lists(st.sampled_from(PLACES), max_size=3).map(lambda x: tuple(sorted(set(x)))), "via")
    maybe(st.sampled_from([(), ("un_1718_committee",), ("un_security_council",)]), "approved_by")
    maybe(st.booleans(), "earns_income")
    maybe(st.booleans(), "lethal")
    maybe(st.sampled_from([100, 300, 2000]), "range_km")
    maybe(st.sampled_from([(), (ListEntry("supplier", "UN-1718-AF", day("2012-01-01"), day("2018-01-01")),),
                           (ListEntry("supplier", "UN-1718-AF", day("2012-01-01"), weak=True),)]), "listings")
    date = st.builds(lambda first, length: DateRange(first, first + length), DAYS, st.sampled_from([0, 0, 0, 1, 30, 365, 4000]))
    maybe(date, "date")
    if draw(st.integers(0, 3)) == 0:
        maybe(date, "end_date")
    return Event(facts)


@settings(deadline=None, max_examples=400)
@given(event=events())
def test_with_and_without_index_the_verdicts_are_the_same(event: Event) -> None:
    indexed, plain = judges()
    assert indexed.verdicts(event) == plain.verdicts(event)


@settings(deadline=None, max_examples=80)
@given(event=events())
def test_verdicts_are_all_verdicts_but_clear_and_not_in_force(event: Event) -> None:
    indexed, _ = judges()
    everything = indexed.all_verdicts(event)
    assert [v.rule.id for v in everything] == [r.id for r in indexed.rulebase.rules]
    assert indexed.verdicts(event) == [v for v in everything if v.outcome not in ("clear", "not_in_force")]


@settings(deadline=None, max_examples=100)
@given(event=events(), data=st.data())
def test_a_clear_outcome_that_lacks_nothing_stays_clear_whatever_becomes_known(event: Event, data: st.DataObject) -> None:
    """Fewer facts can leave more open, never less (rules whose unknown lines fail excepted: there silence decides)."""
    indexed, _ = judges()
    told = sorted(name for name in event.facts if name not in ("date", "end_date") and not name.endswith(("_state", "_kind")))
    dropped = set(data.draw(st.lists(st.sampled_from(told), max_size=3))) if told else set()
    dropped |= {f"{name}{suffix}" for name in dropped for suffix in ("_state", "_kind") if name in PARTY_ROLES}
    fewer = Event({name: value for name, value in event.facts.items() if name not in dropped})
    for rule, before, after in zip(indexed.rulebase.rules, indexed.all_verdicts(fewer), indexed.all_verdicts(event), strict=True):
        silent = any(x.leaf.if_unknown == "fails" for x in indexed.lines(rule.id))
        if before.outcome == "clear" and not any(s.missing for s in before.spans) and not silent and rule.met_when is None:
            assert after.outcome in ("clear", "not_in_force")
        if not rule.exemptions and before.outcome == "breach" and all(not x.leaf.if_unknown for x in indexed.lines(rule.id)):
            assert after.outcome == "breach"


def test_the_index_is_in_use_and_asks_few_rules() -> None:
    indexed, _ = judges()
    event = make_event(act="sale", goods="coal", supplier="XA", recipient="XB", shipped_from="XA", destination="XB", date="2018-01-01")
    assert indexed._index is not None
    assert len(indexed._index.candidates(event.facts)) < len(indexed.rulebase.rules) / 4
