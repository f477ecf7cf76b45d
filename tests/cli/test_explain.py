"""``sanctions explain`` without a rule: what flags, and what nearly does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Sanctions

EVENT = "act: shipment\ngoods: artillery_shell\nsupplier: XA\nrecipient: XB\ndate: 2022-11-02\nreport: alleged\n"


@pytest.fixture
def event(tmp_path: Path) -> Path:
    file = tmp_path / "event.yaml"
    file.write_text(EVENT)
    return file


def test_what_flags_is_shown_in_full_and_what_nearly_does_after_it(sanctions: Sanctions, root: Path) -> None:
    out = sanctions("explain", root / "examples/events/shells.yaml", "--near", "50").out
    assert out.index("ALLEGED VIOLATION: dprk-arms-export") < out.index("✓ supplier") < out.index("not flagged, the nearest first")
    assert "dprk-arms-supply: the recipient would have to be North Korea (the event says Russia)" in out


def test_near_misses_name_the_one_thing(sanctions: Sanctions, event: Path) -> None:
    done = sanctions("explain", event)
    assert done.code == 0
    assert "No rule flags this event." in done.out
    assert "dprk-arms-export: no line that names a State, place, group or list holds; the supplier would have to be North Korea; " \
        "the event says Exland" in done.out


def test_what_is_left_out_is_counted(sanctions: Sanctions, event: Path) -> None:
    wire = json.loads(sanctions("explain", event, "--near", "1", "--json").out)
    (told,) = wire["events"]
    assert wire["schema"] == "sanctions-checker/explain/1"
    assert len(told["near_misses"]) == 1
    assert f"{told['not_shown']} more near misses" in sanctions("explain", event, "--near", "1").out
    assert told["near_misses"][0]["lines"][0].keys() == {"section", "fact", "wanted", "got", "where"}


def test_all_shows_every_rule(sanctions: Sanctions, event: Path) -> None:
    (told,) = json.loads(sanctions("explain", event, "--all", "--json").out)["events"]
    rules = {row["rule"] for row in json.loads(sanctions("rules", "list", "--json").out)["rules"] if row["status"] == "active"}
    assert {miss["rule"] for miss in told["near_misses"]} | {f["rule"] for f in told["flagged"]} == rules


def test_why_not_says_how_near_and_shows_every_line(sanctions: Sanctions, root: Path) -> None:
    out = sanctions("explain", root / "examples/events/shells-2006.yaml", "--why-not", "dprk-arms-export").out
    assert "1 day before the measure starts" in out
    assert "NOT IN FORCE: dprk-arms-export" in out


def test_nothing_near_is_said(sanctions: Sanctions, tmp_path: Path) -> None:
    file = tmp_path / "far.yaml"
    file.write_text("act: statement\nsupplier: XA\nrecipient: XB\ngoods: iron_ore\nactor: XA\nperson_nationality: XA\ndate: 1960-01-01\n")
    out = sanctions("explain", file).out
    assert "Nothing is near" in out
    assert "No rule flags this event." in out


def test_a_rule_alone_stays_a_list_of_findings(sanctions: Sanctions, event: Path) -> None:
    wire = json.loads(sanctions("explain", event, "--rule", "dprk-arms-export", "--json").out)
    assert [f["schema"] for f in wire] == ["sanctions-checker/finding/1"]


@pytest.mark.parametrize("more", [["--rule", "x", "--all"], ["--why-not", "x", "--rule", "y"]])
def test_only_one_way_to_choose_rules(sanctions: Sanctions, event: Path, more: list[str]) -> None:
    done = sanctions("explain", event, *more)
    assert done.code == 2
    assert "--why-not" in done.err


def test_an_unknown_rule_gets_a_proposal(sanctions: Sanctions, event: Path) -> None:
    assert "did you mean dprk-arms-export" in sanctions("explain", event, "--why-not", "dprk-arms-exprt").err
