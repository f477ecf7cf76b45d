"""Quotas: one event alone, and many events in a window."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from checker.judge.amounts import window_on
from checker.judge.judge import Judge
from checker.judge.replay import replay
from checker.model.claim import Claim
from checker.model.event import Amount, Event
from checker.model.finding import Finding
from checker.model.rule import Contest, Exemption, Limit, Position, Quota, Rule
from checker.model.truth import Truth
from checker.rulebase.loader import RuleBase
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary
from tests.judge.build import all_of, day, line, make_event, make_rule, period

OIL = all_of(act="transfer", goods="petroleum", recipient="KP")
SALE: dict[str, Any] = {"act": "sale", "goods": "diesel", "supplier": "XA", "recipient": "KP"}
BARRELS = (Limit(500_000, "bbl"),)
BOTH = (Limit(4_000_000, "bbl"), Limit(525_000, "t"))


def quota_rule(**how: Any) -> Rule:
    told: dict[str, Any] = {"of": "goods", "limits": BARRELS, "per": "calendar_year", "scope": "all_states"} | how
    periods = told.pop("periods", (period("2018-01-01"),))
    more = {name: told.pop(name) for name in ("overrides", "exemptions", "flag_when", "breach_by", "id") if name in told}
    return make_rule(more.pop("flag_when", OIL), kind="quota", quota=Quota(**told), periods=periods, **more)


def judge(*rules: Rule) -> Judge:
    return Judge(RuleBase(rules, default_vocabulary(), "d" * 64, "2026-11-22"))


def sale(number: float | None = None, unit: str = "bbl", date: str = "2018-06-01", **more: Any) -> Event:
    amount = {} if number is None else {"quantity": Amount(number, unit)}
    return make_event(**SALE | amount | {"date": date, "report": "reported"} | more)


@pytest.mark.parametrize(("number", "unit", "outcome", "missing"), [
    (500_000, "bbl", "possible", ()),
    (500_001, "bbl", "breach", ()),
    (80_000, "m3", "breach", ()),          # some 503,000 barrels
    (79_000, "m3", "possible", ()),
    (99_000_000, "t", "possible", ()),     # weight says nothing about volume
    (None, "", "possible", ("quantity",)),
])
def test_one_event_alone_breaches_only_where_it_passes_the_limit_itself(number: float | None, unit: str, outcome: str,
                                                                       missing: tuple[str, ...]) -> None:
    found = judge(quota_rule()).explain(sale(number, unit), "test-rule")
    assert (found.outcome, found.missing) == (outcome, missing)
    assert ("does not pass it" in " ".join(found.notes)) == (outcome == "possible")


@pytest.mark.parametrize(("unit", "number", "outcome"), [
    ("bbl", 4_000_001, "breach"), ("bbl", 4_000_000, "possible"), ("t", 525_001, "breach"), ("kg", 525_000_001, "breach"),
    ("t", 525_000, "possible"),
])
def test_of_two_limits_the_one_reached_first_counts(unit: str, number: float, outcome: str) -> None:
    assert judge(quota_rule(limits=BOTH)).explain(sale(number, unit), "test-rule").outcome == outcome


def test_a_value_counts_against_a_limit_in_dollars() -> None:
    rule = quota_rule(limits=(Limit(1000, "usd"), Limit(5, "t")))
    assert judge(rule).explain(sale(value_usd=1001), "test-rule").outcome == "breach"
    assert judge(rule).explain(sale(value_usd=1000), "test-rule").outcome == "possible"


@pytest.mark.parametrize(("facts", "outcome", "missing"), [
    ({"programme_link": False}, "possible", ()), ({"programme_link": True}, "breach", ()), ({}, "possible", ("programme_link",)),
])
def test_a_false_condition_breaches_at_any_quantity(facts: dict[str, Any], outcome: str, missing: tuple[str, ...]) -> None:
    rule = quota_rule(conditions=all_of(line("programme_link", False)))
    found = judge(rule).explain(sale(1, **facts), "test-rule")
    assert (found.outcome, found.missing) == (outcome, missing)


@pytest.mark.parametrize(("per", "anchor", "date", "first", "last"), [
    ("calendar_year", (1, 1), "2019-03-01", "2019-01-01", "2019-12-31"),
    ("year_from", (12, 22), "2019-12-21", "2018-12-22", "2019-12-21"),
    ("year_from", (12, 22), "2019-12-22", "2019-12-22", "2020-12-21"),
    ("month", (1, 1), "2020-02-15", "2020-02-01", "2020-02-29"),
    ("month", (1, 1), "2020-12-31", "2020-12-01", "2020-12-31"),
    ("period", (1, 1), "2020-12-31", "2018-01-01", "2023-06-30"),
    ("calendar_year", (1, 1), "2023-05-05", "2023-01-01", "2023-06-30"),   # the law ends within the year
])
def test_windows(per: Any, anchor: tuple[int, int], date: str, first: str, last: str) -> None:
    rule = quota_rule(per=per, anchor=anchor, periods=(period("2018-01-01", "2023-06-30"),))
    assert window_on(rule, 0, day(date)) == (day(first), day(last))


def test_each_period_may_have_its_own_limit_and_then_a_window_of_its_own() -> None:
    periods = (replace(period("2017-10-01", "2018-06-30"), limits=BARRELS), replace(period("2018-07-01"), limits=(Limit(10, "bbl"),)))
    rule = quota_rule(limits=(), by_period=True, periods=periods)
    assert judge(rule).explain(sale(400, date="2018-06-30"), "test-rule").outcome == "possible"
    assert judge(rule).explain(sale(400, date="2018-07-01"), "test-rule").outcome == "breach"
    assert window_on(rule, 0, day("2018-02-01")) == (day("2018-01-01"), day("2018-06-30"))
    same = quota_rule(periods=(period("2018-01-01", "2018-06-30"), period("2018-07-01")))
    assert window_on(same, 1, day("2018-08-01")) == (day("2018-01-01"), day("2018-12-31"))


@pytest.mark.parametrize(("date", "end", "outcome"), [
    ("2018-12-22", "2019-12-21", "breach"), ("2018-12-21", "2019-12-21", "possible"), ("2018-12-22", "2019-12-22", "possible"),
])
def test_a_running_total_must_lie_in_one_window(date: str, end: str, outcome: str) -> None:
    rule = quota_rule(per="year_from", anchor=(12, 22))
    event = sale(500_001, date=date, end_date=end, amount_scope="cumulative")
    found = judge(rule).explain(event, "test-rule")
    (step,) = (node for node in found.explain.children if node.kind == "quota")
    assert (found.outcome, step.truth) == (outcome, Truth.TRUE if outcome == "breach" else Truth.UNKNOWN)


def count(*events: Event, rule: Rule | None = None) -> list[Finding]:
    return list(judge(rule or quota_rule()).quotas(events))


def numbered(*events: Event) -> list[Event]:
    return [replace_event(event, id=str(n)) for n, event in enumerate(events)]


def replace_event(event: Event, **change: Any) -> Event:
    return replace(event, **change)


def test_single_deliveries_of_a_window_add_up() -> None:
    first, second, third = numbered(sale(300_000), sale(200_000, date="2018-07-01"), sale(1, date="2018-12-31"))
    assert [f.outcome for f in count(first, second)] == ["possible"]
    (found,) = count(first, second, third)
    assert (found.label, found.outcome) == ("reported violation", "breach")
    assert found.quota is not None
    assert [(t.estimated, t.notified, round(t.percent, 4)) for t in found.quota.totals] == [(500_001, 0, 100.0002)]
    assert [c.event for c in found.quota.contributions] == ["0", "1", "2"]
    assert count(first, *numbered(sale(400_000, date="2019-01-01"))) == []   # another year, and one event is no window


def test_a_running_total_overlaps_the_deliveries_so_the_larger_counts() -> None:
    total = sale(450_000, date="2018-01-01", end_date="2018-09-30", amount_scope="cumulative")
    events = numbered(sale(200_000), sale(200_000, date="2018-07-01"), total)
    (found,) = count(*events)
    assert found.quota is not None
    assert found.quota.totals[0].estimated == 450_000
    assert found.outcome == "possible"


def test_notified_and_estimated_are_kept_apart() -> None:
    events = numbered(sale(300_000, amount_basis="notified"), sale(300_000, date="2018-07-01"))
    (found,) = count(*events)
    assert found.quota is not None
    assert (found.quota.totals[0].notified, found.quota.totals[0].estimated) == (300_000, 300_000)
    assert found.outcome == "possible"


def test_one_delivery_told_by_two_outlets_counts_once() -> None:
    told = sale(300_000)
    events = [replace_event(told, id="1", document="a"), replace_event(told, id="1", document="b"),
              *numbered(sale(100_000, date="2018-08-01"))]
    (found,) = count(*events)
    assert found.quota is not None
    assert found.quota.totals[0].estimated == 400_000
    assert [e.why for e in found.quota.left_out] == ["the same event is counted already"]


@pytest.mark.parametrize(("more", "why"), [
    ({"stage": "planned"}, "it is not told as done"),
    ({"report": "denied"}, "it is denied"),
    ({"goods": "goods"}, "it is not known whether it falls under the quota"),
    ({"quantity": Amount(5, "t")}, "no amount is told in a unit that the quota counts"),
])
def test_what_does_not_count_is_listed_with_the_reason(more: dict[str, Any], why: str) -> None:
    goods = more.get("goods")
    if goods is not None and goods not in default_vocabulary().taxonomies["goods"]:
        more = {"goods": "unknown"}
    events = numbered(sale(1), sale(2, date="2018-07-01"), sale(500_000, date="2018-08-01", **more))
    (found,) = count(*events)
    assert found.quota is not None
    assert found.quota.totals[0].estimated == 3
    (left,) = found.quota.left_out
    assert left.why.startswith(why)


def test_a_breach_is_as_sure_as_the_events_that_pass_the_limit() -> None:
    events = numbered(sale(300_000, report="confirmed"), sale(300_000, date="2018-07-01", report="alleged"))
    assert [f.label for f in count(*events)] == ["alleged violation"]
    events += [replace_event(sale(300_000, date="2018-08-01", report="confirmed"), id="x")]
    assert [f.label for f in count(*events)] == ["violation"]
    weak = [replace_event(event, tier="weak") for event in events]
    assert [f.label for f in count(*weak)] == ["review"]


@pytest.mark.parametrize(("number", "alert"), [(100_000, 0), (275_000, 75), (350_000, 90), (375_000, 95)])
def test_the_highest_alert_reached_is_told(number: int, alert: float) -> None:
    events = numbered(sale(100_000), sale(number, date="2018-07-01"))
    (found,) = count(*events, rule=quota_rule(alerts=(75.0, 90.0, 95.0)))
    assert found.quota is not None
    assert (found.outcome, found.quota.alert) == ("possible", alert)


def test_what_an_exemption_may_excuse_does_not_count() -> None:
    """Alone it is a review; many of them are no sure breach."""
    aid = Exemption("aid", "aid", ("A",), all_of(purpose="humanitarian"), if_unknown="review")
    rule = quota_rule(exemptions=(aid,))
    unknown = sale(600_000, date="2018-08-01")
    assert judge(rule).explain(unknown, "test-rule").outcome == "possible"
    (found,) = count(*numbered(sale(1, purpose=("diplomatic",)), sale(2, date="2018-07-01", purpose=("diplomatic",)), unknown), rule=rule)
    assert found.quota is not None
    assert (found.outcome, found.quota.totals[0].estimated) == ("possible", 3)
    assert [e.why for e in found.quota.left_out] == ["it is not known whether an exemption excuses it (purpose missing)"]


def test_what_is_exempt_on_some_of_its_days_does_not_count() -> None:
    until = Exemption("stock", "stock", ("A",), all_of(act="sale"), last=day("2018-06-30"))
    events = numbered(sale(1, date="2018-08-01"), sale(2, date="2018-09-01"), sale(600_000, date="2018-06-20..2018-07-10"))
    (found,) = count(*events, rule=quota_rule(exemptions=(until,)))
    assert found.quota is not None
    assert (found.outcome, [e.event for e in found.quota.left_out]) == ("possible", ["2"])


@pytest.mark.parametrize(("numbers", "label"), [
    ((600_000, 1), "reported violation"), ((300_000, 300_000), "contested"), ((1, 600_000), "contested")])
def test_the_law_of_a_window_is_the_clearest_under_which_the_limit_is_passed(numbers: tuple[int, int], label: str) -> None:
    dispute = Contest(day("2018-07-01"), None, (Position("it does not apply", ("XB",), "a letter"),))
    rule = replace(quota_rule(), contested=(dispute,))
    (found,) = count(*numbered(sale(numbers[0]), sale(numbers[1], date="2018-08-01")), rule=rule)
    assert (found.label, len(found.positions)) == (label, label == "contested")


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 2, 1, 3), (2, 0, 3, 1), (3, 2, 1, 0)])
def test_two_like_deliveries_in_each_of_two_outlets_are_two(order: tuple[int, ...]) -> None:
    told = sale(300_000)
    events = [replace_event(told, id=str(n), document=document) for n, document in enumerate("aabb")]
    (found,) = count(*(events[n] for n in order))
    assert found.quota is not None
    assert (found.outcome, found.quota.totals[0].estimated) == ("breach", 600_000)


def test_of_one_delivery_told_twice_the_stronger_telling_counts() -> None:
    alleged = [replace_event(sale(600_000, report="alleged"), id="1", document="a"), *numbered(sale(1, date="2018-07-01"))]
    confirmed = replace_event(sale(600_000, report="confirmed"), id="2", document="b")
    for events in ([*alleged, confirmed], [confirmed, *alleged]):
        (found,) = count(*events)
        assert found.label == "violation"


def test_each_state_for_itself() -> None:
    rule = quota_rule(scope="per_state", breach_by=("supplier",))
    events = numbered(sale(300_000), sale(300_000, date="2018-07-01", supplier="XB"), sale(300_000, date="2018-08-01", supplier="XB"),
                      sale(1, date="2018-02-01"), sale(9_000_000, date="2018-03-01", supplier="unknown"))
    found = {f.quota.state: f.outcome for f in count(*events, rule=rule) if f.quota}
    assert found == {"XA": "possible", "XB": "breach"}


def test_the_level_of_a_day_is_told_by_a_running_total_of_that_day() -> None:
    people = all_of(act="labour_dispatch", person_nationality="KP")
    rule = quota_rule(of="people", limits=(), level_on=day("2018-01-01"), per="period", scope="per_state", flag_when=people,
                      breach_by=("host_state",))

    def workers(number: int, date: str, **more: Any) -> Event:
        return make_event(act="labour_dispatch", person_nationality="KP", host_state="XA", date=date,
                          quantity=Amount(number, "person"), **more)

    level = workers(1000, "2018-01-01", amount_scope="cumulative")
    assert count(*numbered(workers(900, "2018-02-01"), workers(200, "2018-03-01")), rule=rule) == []
    (more,) = count(*numbered(level, workers(900, "2018-02-01"), workers(200, "2018-03-01")), rule=rule)
    (same,) = count(*numbered(level, workers(1000, "2018-02-01")), rule=rule)
    assert (more.outcome, same.outcome) == ("breach", "possible")


def test_acts_are_counted_one_each() -> None:
    rule = quota_rule(of="acts", limits=(Limit(2, "piece"),), per="month")
    days = numbered(*(sale(date=f"2018-06-0{n}") for n in (1, 2, 3)))
    assert [f.outcome for f in count(*days, rule=rule)] == ["breach"]
    assert [f.outcome for f in count(*days[:2], rule=rule)] == ["possible"]


def test_a_quota_finding_is_replayed_from_its_receipt() -> None:
    rule = quota_rule()
    base = RuleBase((rule,), default_vocabulary(), "d" * 64, "2026-11-22")
    reader = EventReader(base.vocabulary)
    told = [reader.read({**SALE, "id": str(n), "date": f"2018-0{n}-01", "quantity": {"number": 300_000, "unit": "bbl"}})[0] for n in (1, 2)]
    (found,) = Judge(base).quotas([event for event in told if event])
    again = replay(found.receipt.to_wire(), base, reader)
    assert (again.same, again.differences) == (True, ())
    smaller = RuleBase((quota_rule(limits=(Limit(700_000, "bbl"),)),), default_vocabulary(), "d" * 64, "2026-11-22")
    assert not replay(found.receipt.to_wire(), smaller, reader).same


def test_the_level_of_a_day_is_in_the_receipt_although_it_lies_in_another_window() -> None:
    people = all_of(act="labour_dispatch", person_nationality="KP")
    rule = quota_rule(of="people", limits=(), level_on=day("2018-01-01"), per="calendar_year", scope="per_state", flag_when=people,
                      breach_by=("host_state",))
    base = RuleBase((rule,), default_vocabulary(), "d" * 64, "2026-11-22")
    reader = EventReader(base.vocabulary)
    rows = ((1000, "2018-01-01", {"amount_scope": "cumulative"}), (900, "2019-02-01", {}), (200, "2019-03-01", {}))
    told = [reader.read({"id": date, "act": "labour_dispatch", "person_nationality": "KP", "host_state": "XA", "date": date,
                         "quantity": {"number": number, "unit": "person"}, **more})[0] for number, date, more in rows]
    (found,) = Judge(base).quotas([event for event in told if event])
    assert found.quota is not None
    assert (found.outcome, [c.event for c in found.quota.contributions]) == ("breach", ["2019-02-01", "2019-03-01"])
    assert replay(found.receipt.to_wire(), base, reader).differences == ()


@settings(max_examples=60, derandomize=True)
@given(st.lists(st.tuples(st.integers(1, 400_000), st.sampled_from(["2018-01-01", "2018-06-01", "2019-05-01"]),
                          st.sampled_from(["reported", "alleged", "confirmed", "denied"]), st.booleans()), max_size=7), st.randoms())
def test_the_order_of_events_and_more_deliveries_never_lower_a_total(rows: Any, random: Any) -> None:
    events = numbered(*(sale(n, date=d, report=r, **({"amount_basis": "notified"} if told else {})) for n, d, r, told in rows))
    shuffled = list(events)
    random.shuffle(shuffled)

    def totals(some: list[Event]) -> dict[str, Any]:
        return {f.quota.since: (f.outcome, f.report, f.quota.totals) for f in count(*some) if f.quota}

    assert totals(events) == totals(shuffled)
    for since, (outcome, _, told) in totals(events[:-1]).items():
        now = totals(events)[since]
        assert now[0] == "breach" or outcome != "breach"
        assert now[2][0].estimated >= told[0].estimated


def test_claims_beside_the_report_do_not_change_what_counts() -> None:
    event = replace_event(sale(600_000), claims=(Claim("reported"), Claim("denied", by="a ministry")))
    assert judge(quota_rule()).explain(event, "test-rule").label == "reported violation"
