"""``sanctions rules health`` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Sanctions


@pytest.fixture
def run(sanctions: Sanctions, root: Path, tmp_path: Path) -> Path:
    """The findings document of a run over the sample articles."""
    file = tmp_path / "run.json"
    file.write_text(sanctions("check", root / "examples", "--json").out, encoding="utf-8")
    return file


def test_the_table_and_what_to_do(sanctions: Sanctions, run: Path) -> None:
    done = sanctions("rules", "health", run, "--on", "2026-11-24", "--noisy-from", "3")
    assert (done.code, done.err) == (0, "")
    assert "dprk-arms-export" in done.out
    assert "noisy" in done.out
    assert "never fired: " in done.out
    assert "1 run, " in done.out


def test_json_names_its_limits_and_every_rule(sanctions: Sanctions, run: Path) -> None:
    wire = json.loads(sanctions("rules", "health", run, run, "--on", "2030-01-01", "--noisy-share", "100", "--json").out)
    assert (wire["schema"], wire["runs"], wire["noisy"]["share"]) == ("sanctions-checker/rules-health/1", 1, 100)
    assert {r["rule"] for r in wire["rules"]} == {r["rule"] for r in json.loads(sanctions("rules", "list", "--json").out)["rules"]}
    assert all("review overdue" in r["notes"] for r in wire["rules"] if r["status"] == "active")


def test_damaged_documents_are_told_of_and_the_others_read(sanctions: Sanctions, run: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"schema": "sanctions-checker/findings/1", \x1b[31m')
    done = sanctions("rules", "health", bad, run)
    assert done.code == 0
    assert "error[bad-json]" in done.err
    assert "\x1b" not in done.err
    assert "1 problem (above)" in done.out
    assert sanctions("rules", "health", bad).code == 2


def test_a_day_is_a_day(sanctions: Sanctions, run: Path) -> None:
    assert "is not a day" in sanctions("rules", "health", run, "--on", "2026-11").err
