"""What ``sanctions law`` says around the days on which the law changed: one text, read by hand against the desk's reference.

After a change that is meant: ``UPDATE_LAW=1 pytest tests/test_law_golden.py``, and read what it writes line by line.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from checker.cli.main import main
from checker.rulebase.loader import require_rulebase

GOLDEN = Path(__file__).resolve().parent / "scenarios" / "law.txt"
COAL = ("--party", "KP", "--goods", "coal")
SMALL_ARMS = ("--party", "KP", "--goods", "small_arms_light_weapons")
REFINED_OIL = ("--party", "KP", "--goods", "refined_petroleum")
WORKERS = ("--party", "KP", "--act", "labour")
IRAN_ARMS = ("--party", "IR", "--goods", "arms")


def regime(name: str) -> tuple[str, ...]:
    return ("--regime", name)


ASKED = (
    *((day, COAL) for day in ("2016-03-02", "2016-11-30", "2017-08-05", "2017-09-05")),
    *((day, SMALL_ARMS) for day in ("2016-03-01", "2016-03-02")),
    *((day, REFINED_OIL) for day in ("2017-09-20", "2018-01-01")),
    *((day, WORKERS) for day in ("2017-09-10", "2017-09-11", "2019-12-22", "2019-12-23")),
    *((day, IRAN_ARMS) for day in ("2020-10-17", "2020-10-18", "2023-10-17", "2023-10-18", "2025-09-27", "2025-09-28")),
    *((day, regime("un-2653")) for day in ("2023-10-01", "2023-10-02", "2024-10-18")),
    *((day, regime("un-2374")) for day in ("2023-08-31", "2023-09-01")),
    *((day, (*regime("un-2127"), "--exemptions")) for day in ("2023-07-26", "2023-07-27", "2024-07-30")),
    *((day, regime("un-751")) for day in ("2023-11-30", "2023-12-01")),
    *((day, regime("un-1907")) for day in ("2018-11-13", "2018-11-14")),
    *((day, regime("un-2206")) for day in ("2018-07-12", "2018-07-13")),
    *((day, (*regime("un-1533"), "--exemptions")) for day in ("2022-12-19", "2022-12-20")),
    *((day, regime("un-748")) for day in ("1999-04-04", "1999-04-05", "1999-04-06")),
    *((day, regime("un-1591")) for day in ("2026-09-12", "2026-09-13")),
)


def answers(capfd: pytest.CaptureFixture[str]) -> str:
    """Every question with its answer; the day on which the base was last checked is left out, it says nothing of the law."""
    parts = []
    for day, subject in ASKED:
        capfd.readouterr()
        assert main(["law", "--on", day, *subject]) == 0
        parts.append(f"$ sanctions law --on {day} {' '.join(subject)}\n{capfd.readouterr().out}")
    return re.sub(r" Law known as of \S+", "", "\n".join(parts))


def test_the_law_of_the_days_on_which_it_changed(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    base = require_rulebase()
    monkeypatch.setattr("checker.cli.law.load_rules", lambda rules: base)
    monkeypatch.setenv("COLUMNS", "500")
    said = answers(capfd)
    if os.environ.get("UPDATE_LAW"):
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")


def test_a_duty_tells_its_last_day_to_programs_too(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "--on", "2019-12-22", "--party", "KP", "--act", "labour", "--json"]) == 0
    due = {one["rule"]: one["due"] for one in json.loads(capfd.readouterr().out)["measures"]}
    assert due["dprk-worker-repatriation"] == "2019-12-22"
    assert due["dprk-work-permits"] is None
