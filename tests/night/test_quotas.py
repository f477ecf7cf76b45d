"""What many nights tell of is counted together: a limit that is passed is a case of its own."""

from __future__ import annotations

import datetime as dt

import pytest

from checker.cases.decisions import decide, merge
from tests.night.test_work import Nights, nights, told

__all__ = ["nights"]

QUOTA = "dprk-refined-petroleum"
WEATHER = ("Post", "https://x/weather", "en", "The weather was fine in Exland on Sunday.")
FIRST = ("Post", "https://x/1", "en",
         "Russia shipped 300,000 barrels of refined petroleum to North Korea on 5 March 2024, the White House said.")
AGAIN = ("Courier", "https://y/1", "en", "In March 2024 Russia supplied 300,000 barrels of refined petroleum to North Korea, Seoul said.")
SECOND = ("Post", "https://x/2", "en", "China delivered 80,000 barrels of refined petroleum to North Korea on 9 April 2024, Tokyo said.")
THIRD = ("Post", "https://x/3", "en",
         "Russia shipped 150,000 barrels of refined petroleum to North Korea on 2 June 2024, the White House said.")
TAKEN_BACK = ("Post", "https://x/3", "en", "The White House withdrew a statement on oil.")
OTHER_YEAR = ("Post", "https://x/4", "en",
              "Russia shipped 400,000 barrels of refined petroleum to North Korea on 2 June 2023, the White House said.")


def of_quota(outcome: object) -> list[tuple[str, tuple[str, ...]]]:
    """What a night did to cases of the quota, and why."""
    records = outcome.records  # type: ignore[attr-defined]
    return [(op, causes) for op, case, causes in told(outcome) if records[case].family == "quota"]  # type: ignore[arg-type]


@pytest.fixture
def counted(nights: Nights) -> Nights:
    """A store that knows 380,000 of the 500,000 barrels: three quarters of them."""
    nights.run("2024-03-01", [WEATHER])
    assert of_quota(nights.run("2024-03-10", [FIRST])) == []
    assert of_quota(nights.run("2024-03-11", [AGAIN])) == []  # the same delivery
    assert of_quota(nights.run("2024-04-12", [SECOND])) == [("ADD", ("event",))]
    return nights


def totals(nights: Nights, night: str) -> tuple[str, float, float]:
    """Label, barrels and alert of the quota of 2024 as a night left it."""
    from checker.cases.browse import listed

    with nights.store.begin() as connection:
        [case] = [c.record for c in listed(connection, night, nights.settings.dispositions) if c.record.family == "quota"]
    quota = dict(case.facts)["quota"]
    return case.label, quota["totals"][0]["estimated"], quota["alert"]


def test_an_alert_is_told_before_the_limit(counted: Nights) -> None:
    assert totals(counted, "2024-04-12") == ("review", 380_000, 75)


def test_what_passes_the_limit_is_told_once(counted: Nights) -> None:
    assert of_quota(counted.run("2024-06-05", [THIRD])) == [("MOD", ("new-source",))]
    assert totals(counted, "2024-06-05") == ("alleged violation", 530_000, 95)
    assert of_quota(counted.run("2024-06-06")) == []
    assert of_quota(counted.run("2024-06-05", [THIRD])) == [("MOD", ("new-source",))]  # the same night again


def test_another_year_is_another_window(counted: Nights) -> None:
    assert of_quota(counted.run("2024-06-05", [OTHER_YEAR])) == []
    assert totals(counted, "2024-06-05") == ("review", 380_000, 75)


def test_a_delivery_that_is_taken_back_no_longer_counts(counted: Nights) -> None:
    counted.run("2024-06-05", [THIRD])
    assert of_quota(counted.run("2024-06-07", [TAKEN_BACK])) == [("MOD", ("correction",))]
    assert totals(counted, "2024-06-07") == ("review", 380_000, 75)


def test_the_rule_is_retired(counted: Nights) -> None:
    rest = {rule: digest for rule, digest in counted.rules.items() if rule != QUOTA}
    counted.judge = counted.judge_without(QUOTA)
    assert of_quota(counted.run("2024-06-05", rules=rest)) == [("DEL", ("rule-retired",))]


def test_people_decide_on_it_as_on_any_case(counted: Nights) -> None:
    with counted.store.begin() as connection:
        from checker.cases.browse import listed

        [quota] = [c.record.id for c in listed(connection, "2024-04-12", {}) if c.record.family == "quota"]
        decide(connection, quota, "plausible", by="Ana", reason="counted again", at=dt.datetime(2024, 4, 13, 9, tzinfo=dt.UTC),
               dispositions=counted.settings.dispositions)
    assert of_quota(counted.run("2024-04-13")) == [("MOD", ("decision",))]


def test_a_quota_that_was_put_into_a_matter_is_told_there(counted: Nights) -> None:
    from checker.cases.browse import listed

    with counted.store.begin() as connection:
        cases = {c.record.family: c.record.id for c in listed(connection, "2024-04-12", {})}
        merge(connection, cases["quota"], cases["petroleum_supply"], by="Ana", reason="one story",
              at=dt.datetime(2024, 4, 13, 9, tzinfo=dt.UTC))
    assert of_quota(counted.run("2024-04-13")) == [("DEL", ("merged-into",))]
    assert of_quota(counted.run("2024-06-05", [THIRD])) == []
