"""The rules of the language's worked examples: every printed example, and the days about every boundary."""

from __future__ import annotations

from typing import Any

import pytest

from checker.judge.judge import Judge
from checker.vocabulary.events import EventReader

GOLDEN = {"act": "shipment", "goods": "rocket_propelled_grenade", "shipped_from": "KP", "supplier": "KP", "destination": "EG",
          "date": "2016-08-11", "report": "confirmed"}
WORKERS = {"act": "employment", "person_nationality": "KP", "earns_income": True, "host_state": "XA", "date": "2024-05-01",
           "report": "confirmed"}


def label(judge: Judge, reader: EventReader, rule: str, event: dict[str, Any], but: dict[str, Any]) -> tuple[str, tuple[str, ...], str]:
    read, problems = reader.read({**event, **but})
    assert read is not None, problems
    finding = judge.explain(read, rule)
    return finding.label, finding.missing, finding.because


@pytest.mark.parametrize(("but", "expected"), [
    ({}, "violation"), ({"goods": "coal"}, "clear"), ({"act": "statement"}, "clear"), ({"shipped_from": "XA"}, "violation"),
    ({"supplier": "XA"}, "violation"), ({"shipped_from": "XA", "supplier": "XA", "origin": "KP"}, "clear"),
    ({"goods": "rifle", "date": "2009-06-11"}, "clear"), ({"goods": "rifle", "date": "2009-06-12"}, "violation"),
    ({"goods": "battle_tank", "date": "2006-10-13"}, "not in force"), ({"goods": "battle_tank", "date": "2006-10-14"}, "violation"),
    ({"report": "alleged"}, "alleged violation"), ({"report": "reported"}, "reported violation"), ({"report": "denied"}, "denied"),
    ({"stage": "planned"}, "warning"), ({"destination": "KP"}, "clear"), ({"destination": "unknown"}, "violation"),
    ({"tier": "weak"}, "review"),
    ({"goods": "rifle", "date": "2009-06"}, "review"), ({"goods": "battle_tank", "date": "2009-06"}, "violation"),
    ({"goods": "battle_tank", "date": "2006"}, "review"), ({"goods": "battle_tank", "date": "2005"}, "not in force"),
    ({"supplier": "unknown"}, "violation"), ({"supplier": "unknown", "shipped_from": "unknown"}, "clear"),
    ({"supplier": "unknown", "supplier_state": "KP", "shipped_from": "unknown"}, "violation"),
    ({"supplier": {"name": "Green Pine", "state": "KP"}, "shipped_from": "XA"}, "violation"),
    ({"supplier": "houthis", "shipped_from": "XA"}, "clear"),
    # the exemption is in force from 30 November 2016, whatever was approved before
    ({"approved_by": "un_1718_committee", "date": "2016-11-29"}, "violation"),
    ({"approved_by": "un_1718_committee", "date": "2016-11-30"}, "exempt"),
])
def test_the_golden_rule(judge: Judge, reader: EventReader, but: dict[str, Any], expected: str) -> None:
    assert label(judge, reader, "dprk-arms-export", GOLDEN, but)[0] == expected


def test_the_golden_rule_names_what_is_missing(judge: Judge, reader: EventReader) -> None:
    assert label(judge, reader, "dprk-arms-export", GOLDEN, {"goods": "unknown"}) == ("review", ("goods",), "")
    assert label(judge, reader, "dprk-arms-export", GOLDEN, {"date": "unknown"}) == ("review", ("date",), "")
    got = label(judge, reader, "dprk-arms-export", GOLDEN, {"approved_by": "un_1718_committee", "date": "2020-01-01"})
    assert got == ("exempt", (), "committee_exemption")


@pytest.mark.parametrize(("but", "expected"), [
    ({"date": "2017-12-21"}, "not in force"), ({"date": "2017-12-22"}, "pending"), ({"date": "2019-12-22"}, "pending"),
    ({"date": "2019-12-23"}, "violation"), ({"date": "2019-12"}, "review"), ({"date": "2019-11"}, "pending"),
    ({"date": "2020-01"}, "violation"),
    ({"return_prohibited": True}, "exempt"), ({"act": "labour_dispatch", "stage": "planned"}, "warning"),
    ({"act": "labour_dispatch", "stage": "planned", "date": "2019-01-01"}, "pending"),
    ({"earns_income": False, "person_role": "tourist"}, "clear"), ({"earns_income": "unknown"}, "violation"),
    ({"host_state": "KP"}, "clear"),
    ({"earns_income": False, "person_role": "safety_oversight_attache"}, "violation"), ({"person_nationality": "XA"}, "clear"),
    ({"act": "repatriation"}, "met"), ({"date": "2019-03-01", "end_date": "2021"}, "violation"),
    ({"date": "2018", "end_date": "2019-12-22"}, "pending"),
])
def test_the_duty_to_send_workers_home(judge: Judge, reader: EventReader, but: dict[str, Any], expected: str) -> None:
    found, missing, _ = label(judge, reader, "dprk-worker-repatriation", WORKERS, but)
    assert found == expected
    assert missing == (("date",) if expected == "review" else ())


def test_somebody_who_earns_nothing_may_still_be_an_overseer(judge: Judge, reader: EventReader) -> None:
    assert label(judge, reader, "dprk-worker-repatriation", WORKERS, {"earns_income": False}) == ("review", ("person_role",), "")


def test_workers_placed_in_occupied_territory_are_hosted_by_the_state_in_control(judge: Judge, reader: EventReader) -> None:
    event, _ = reader.read({**WORKERS, "host_state": "unknown", "place": "donetsk", "date": "2025-03-01"})
    assert event is not None
    assert [(b.role, b.state) for b in judge.explain(event, "dprk-worker-repatriation").breach_by] == [("host_state", "RU")]


@pytest.mark.parametrize(("date", "expected"), [
    ("2007-03-23", "not in force"), ("2007-03-24", "violation"), ("2016-01-15", "violation"), ("2016-01-16", "violation"),
    ("2020-10-17", "violation"), ("2020-10-18", "not in force"), ("2025-09-27", "not in force"), ("2025-09-28", "contested"),
])
def test_arms_from_iran_by_the_law_of_the_day(judge: Judge, reader: EventReader, date: str, expected: str) -> None:
    event = {"act": "sale", "goods": "rifle", "supplier": "IR", "recipient": "XA", "report": "confirmed", "date": date}
    assert label(judge, reader, "iran-arms-export", event, {})[0] == expected


def test_a_drone_of_disputed_range_is_open_until_the_range_is_known(judge: Judge, reader: EventReader) -> None:
    event = {"act": "sale", "goods": "mohajer_6", "supplier": "IR", "recipient": "XA", "report": "confirmed", "date": "2018-05-01"}
    assert label(judge, reader, "iran-missile-uav-items", event, {}) == ("review", ("range_km",), "")
    assert label(judge, reader, "iran-missile-uav-items", event, {"range_km": 200})[0] == "clear"
    assert label(judge, reader, "iran-missile-uav-items", event, {"range_km": 300})[0] == "violation"
