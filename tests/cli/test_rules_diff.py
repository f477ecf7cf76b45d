"""``sanctions rules diff`` at the command line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from checker.locator import rules_dir

from .conftest import Sanctions


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A copy of our rules in which one rule was narrower."""
    shutil.copytree(rules_dir() / "un", tmp_path / "older" / "un")
    path = tmp_path / "older/un/un-1718/dprk-arms-export.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("    - supplier: KP\n") == 1
    path.write_text(text.replace("    - supplier: KP\n", ""), encoding="utf-8")
    return tmp_path / "older"


def test_the_change_and_the_events_it_decides(sanctions: Sanctions, older: Path) -> None:
    done = sanctions("rules", "diff", older)
    assert (done.code, done.err) == (0, "")
    assert re.search(r"^dprk-arms-export: changed; flags more \(.*\b\d+ newly flagged", done.out, re.M)
    assert "flag_when.any[2]: nothing → {supplier: KP}" in done.out
    assert "newly flagged: dprk-arms-export: sold by a DPRK company from stock abroad (clear → violation)" in done.out
    assert "before not flagged: where the goods left would have to be North Korea" in done.out


def test_events_of_files_and_of_results(sanctions: Sanctions, older: Path, root: Path, tmp_path: Path) -> None:
    event = root / "examples/events/shells.yaml"
    results = tmp_path / "findings.json"
    results.write_text(sanctions("judge", event, "--json").out, encoding="utf-8")
    for path in (event, results):
        wire = json.loads(sanctions("rules", "diff", older, "--events", path, "--json").out)
        assert (wire["schema"], wire["changed"], wire["events"]) == ("sanctions-checker/rules-diff/1", True, 1)
        (rule,) = wire["rules"]
        # nobody says where the shells left: without the supplier's line nothing is left to hang on, or only doubt
        assert (rule["verdict"], rule["says"]) in {("tightened", "flags more"), ("neutral", "flags the same events")}
        assert [event["now"] for event in rule["events"]] == ["alleged violation"]


def test_rules_on_trial_are_judged_on_request(sanctions: Sanctions, tmp_path: Path) -> None:
    shutil.copytree(rules_dir() / "un", tmp_path / "trial" / "un")
    path = tmp_path / "trial/un/un-1718/dprk-arms-export.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: active", "status: shadow"), encoding="utf-8")
    for more, says in ([], "flags more"), (["--shadow"], "flags the same events"):
        wire = json.loads(sanctions("rules", "diff", tmp_path / "trial", *more, "--json").out)
        assert [(rule["rule"], rule["says"]) for rule in wire["rules"]] == [("dprk-arms-export", says)]


def test_a_gate(sanctions: Sanctions, older: Path) -> None:
    assert sanctions("rules", "diff", older, "--fail-on-change").code == 1
    assert sanctions("rules", "diff", rules_dir(), "--fail-on-change").code == 0


def test_nothing_to_compare_with(sanctions: Sanctions, tmp_path: Path) -> None:
    done = sanctions("rules", "diff", "no-such-revision")
    assert done.code == 2
    assert "HEAD~1" in done.err or "git" in done.err
    (tmp_path / "empty").mkdir()
    wire = json.loads(sanctions("rules", "diff", tmp_path / "empty", "--json").out)
    assert {rule["what"] for rule in wire["rules"]} == {"added"}


def test_damaged_events_are_problems(sanctions: Sanctions, older: Path, tmp_path: Path) -> None:
    lines = tmp_path / "events.jsonl"
    lines.write_text('{"act": "shipmnt"}\n{"act": "shipment", "goods": "rifle", "supplier": "KP", "date": "2020-01-01"}\nnonsense\n')
    done = sanctions("rules", "diff", older, "--events", lines)
    assert done.code == 0
    assert "shipmnt" in done.err
    assert "bad-json" in done.err
    assert "1 event" in done.out
    lines.write_text('{"schema": "sanctions-checker/findings/1", "documents": [{"events": [5]}, 3]}')
    done = sanctions("rules", "diff", older, "--events", lines)
    assert done.code == 2
    assert "damaged" in done.err
