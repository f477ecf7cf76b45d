"""The law of a day, and what a measure is about."""

from __future__ import annotations

import datetime as dt

import pytest

from checker.pipeline.law import Subject, measures_on
from checker.rulebase.loader import RuleBase, require_rulebase


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return require_rulebase()


def on(base: RuleBase, day: str, **subject: str) -> dict[str, str]:
    """Rule to the first day of the period that applies."""
    found = measures_on(base, dt.date.fromisoformat(day).toordinal(), Subject(**subject))
    return {m.rule.id: dt.date.fromordinal(m.period.first).isoformat() for m in found}


def test_each_rule_answers_with_the_period_of_the_day(base: RuleBase) -> None:
    for rule in base.rules:
        for period in rule.periods:
            first, last = dt.date.fromordinal(period.first), period.last
            assert on(base, first.isoformat())[rule.id] == first.isoformat()
            if last is not None:
                assert on(base, dt.date.fromordinal(last).isoformat())[rule.id] == first.isoformat()
        before = dt.date.fromordinal(min(p.first for p in rule.periods) - 1)
        assert rule.id not in on(base, before.isoformat())


@pytest.mark.parametrize(
    ("subject", "inside", "outside"),
    [
        ({"party": "KP", "act": "shipment"}, "dprk-arms-export", "yemen-houthi-arms"),
        ({"party": "houthis"}, "yemen-houthi-arms", "dprk-arms-export"),
        ({"act": "nuclear_test"}, "dprk-nuclear-test", "dprk-arms-export"),
        ({"goods": "artillery_shell", "party": "KP"}, "dprk-arms-export", "dprk-nuclear-test"),
        ({"goods": "arms"}, "dprk-arms-export", "dprk-worker-repatriation"),
    ],
    ids=str,
)
def test_only_measures_about_the_subject(base: RuleBase, subject: dict[str, str], inside: str, outside: str) -> None:
    found = on(base, "2022-11-02", **subject)
    assert inside in found
    assert outside not in found


def test_goods_that_a_measure_leaves_out_are_not_its_subject(base: RuleBase) -> None:
    for day, inside in (("2016-03-01", False), ("2016-03-02", True)):
        assert ("dprk-arms-supply" in on(base, day, party="KP", goods="small_arms_light_weapons")) is inside
    assert "dprk-arms-supply" in on(base, "2016-03-01", party="KP", goods="arms")


def test_disputes_and_horizons_of_the_day(base: RuleBase) -> None:
    day = dt.date(2025, 11, 1).toordinal()
    contested = {m.rule.id for m in measures_on(base, day, Subject()) if m.contests}
    assert contested == {r.id for r in base.rules if any(c.first <= day and (c.last is None or day <= c.last) for c in r.contested)
                         and any(p.first <= day and (p.last is None or day <= p.last) for p in r.periods)}
    assert contested
    for measure in measures_on(base, dt.date(2090, 1, 1).toordinal(), Subject()):
        assert measure.verified == (measure.period.known_until is None)
