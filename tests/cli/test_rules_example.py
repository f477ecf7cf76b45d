"""``sanctions rules example``: an event of a result becomes an example, with its source, or what a reader expects instead."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checker.rulebase.loader import require_rulebase

from .authoring import write_rule
from .conftest import Sanctions

ARTICLES = [
    {"id": "a1", "published": "2023-10-14", "outlet": "The Daily Example", "title": "Coal: leaves port", "url": "https://example.org/1",
     "text": "Exland shipped coal to Beland, the White House said."},
    {"id": "a2", "published": "2023-10-14", "text": "North Korea shipped artillery shells to Russia, the White House said."},
]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return write_rule(tmp_path / "own").parent


@pytest.fixture
def findings(sanctions: Sanctions, tmp_path: Path, own: Path) -> Path:
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    path = tmp_path / "findings.json"
    path.write_text(sanctions("check", tmp_path / "articles.jsonl", "--rules", own, "--json").out, encoding="utf-8")
    return path


def of(findings: Path, rule: str) -> dict[str, Any]:
    found: dict[str, Any] = next(f for f in json.loads(findings.read_text())["findings"] if f["rule"] == rule)
    return found


def test_a_finding_becomes_an_example_with_its_source(sanctions: Sanctions, findings: Path, own: Path) -> None:
    before = (own / "xa-coal-export.yaml").read_text()
    done = sanctions("rules", "example", findings, "--rule", "xa-coal-export", "--rules", own)
    assert done.code == 0, done.err
    after = (own / "xa-coal-export.yaml").read_text()
    assert after.startswith(before)
    example = require_rulebase([own]).get("xa-coal-export").examples[-1]
    assert example.source == "The Daily Example, Coal: leaves port (2023-10-14), https://example.org/1"
    assert example.expect.label == "alleged violation"
    assert example.event.report == "alleged"
    assert "lethal" not in after[len(before):]
    assert "supplier_state" not in after[len(before):]
    assert f"written to {own}/xa-coal-export.yaml:" in done.err
    assert sanctions("rules", "test", "xa-coal-export", "--rules", own).code == 0


@pytest.mark.parametrize("part", ["finding", "receipt"])
def test_a_finding_or_a_receipt_alone_will_do(sanctions: Sanctions, findings: Path, own: Path, tmp_path: Path, part: str) -> None:
    finding = of(findings, "xa-coal-export")
    (tmp_path / "one.json").write_text(json.dumps(finding if part == "finding" else finding["receipt"]), encoding="utf-8")
    done = sanctions("rules", "example", tmp_path / "one.json", "--rules", own)
    assert done.code == 0, done.err
    assert require_rulebase([own]).get("xa-coal-export").examples[-1].expect.label == "alleged violation"


def test_a_wrong_flag_is_recorded_and_fails_until_the_rule_is_mended(sanctions: Sanctions, findings: Path, own: Path) -> None:
    done = sanctions("rules", "example", findings, "--rule", "xa-coal-export", "--expect", "clear", "--name", "not coal: charcoal",
                     "--rules", own)
    assert done.code == 0
    assert "the rule says 'alleged violation', the example expects 'clear': it fails until the rule is mended" in done.err
    for line in ("act must be transfer", "goods must be coal", "supplier must be Exland"):
        assert line in done.err
    assert sanctions("rules", "test", "xa-coal-export", "--rules", own).code == 1


def test_an_event_that_should_have_been_flagged_tells_what_is_in_the_way(sanctions: Sanctions, findings: Path, own: Path) -> None:
    arms = of(findings, "dprk-arms-export")["id"]
    done = sanctions("rules", "example", findings, "--finding", arms, "--rule", "xa-coal-export", "--expect", "alleged violation",
                     "--rules", own, "--dry-run")
    assert done.code == 0, done.err
    assert "the rule says 'clear', the example expects 'alleged violation'" in done.err
    assert "not flagged: " in done.err


def test_several_findings_are_listed(sanctions: Sanctions, findings: Path, own: Path) -> None:
    done = sanctions("rules", "example", findings, "--rules", own)
    assert done.code == 2
    assert "holds 2 events; choose one with --finding ID, or name a rule with --rule ID" in done.err
    coal = of(findings, "xa-coal-export")["id"]
    assert coal in done.err
    assert sanctions("rules", "example", findings, "--finding", coal[:8], "--rules", own, "--dry-run").code == 0
    assert sanctions("rules", "example", findings, "--finding", "nothing", "--rules", own).code == 2


def test_the_same_facts_are_refused_with_their_place(sanctions: Sanctions, findings: Path, own: Path) -> None:
    args = ("rules", "example", findings, "--rule", "xa-coal-export", "--rules", own)
    assert sanctions(*args).code == 0
    after = (own / "xa-coal-export.yaml").read_text()
    done = sanctions(*args, "--name", "again")
    assert (done.code, (own / "xa-coal-export.yaml").read_text()) == (2, after)
    assert "has an example of the same facts already" in done.err
    assert "xa-coal-export.yaml:36:" in done.err


def test_a_changed_fact_makes_a_near_miss_of_the_example(sanctions: Sanctions, findings: Path, own: Path) -> None:
    args = ("rules", "example", findings, "--rule", "xa-coal-export", "--rules", own)
    changed = sanctions(*args, "--but", "goods=iron_ore", "--but", "date=2023-11", "--name", "ore", "--dry-run").out
    assert "event: {act: shipment, date: 2023-11," in changed
    assert "source" not in changed
    sanctions(*args, "--name", "coal")
    done = sanctions(*args, "--but", "goods=iron_ore", "--but", "recipient=unknown", "--name", "ore")
    assert done.out == "- {name: ore, like: coal, but: {goods: iron_ore, recipient: unknown}, expect: clear}\n"
    assert "recipient" not in require_rulebase([own]).get("xa-coal-export").examples[-1].event.facts


@pytest.mark.parametrize(("args", "says"), [
    (("--but", "goods"), "FACT=VALUE"), (("--but", "good=coal"), "did you mean goods?"), (("--but", "goods=coall"), "did you mean `coal`?"),
    (("--but", "goods=[coal"), "error["), (("--expect", "cleer"), "did you mean clear?"), (("--expect", "{x: y}"), "there is no label")])
def test_wrong_options_are_told_and_nothing_is_written(sanctions: Sanctions, findings: Path, own: Path, args: tuple[str, ...],
                                                       says: str) -> None:
    before = (own / "xa-coal-export.yaml").read_text()
    done = sanctions("rules", "example", findings, "--rule", "xa-coal-export", "--rules", own, *args)
    assert (done.code, (own / "xa-coal-export.yaml").read_text()) == (2, before)
    assert says in done.err


def test_a_file_of_another_kind_is_refused(sanctions: Sanctions, own: Path) -> None:
    done = sanctions("rules", "example", own / "xa-coal-export.yaml", "--rules", own)
    assert done.code == 2
    assert "no findings document" in done.err


@pytest.mark.parametrize("damage", [
    {"documents": 5, "findings": [1, {"event": 3}, {}]}, {"documents": [{"events": 7}, {}], "findings": None}, {"documents": []},
    {"documents": [{"id": 3, "events": [{"act": "no such act"}]}], "findings": [{"event": {"claims": 9}, "rule": 4}]}])
def test_damaged_results_are_told(sanctions: Sanctions, own: Path, tmp_path: Path, damage: dict[str, object]) -> None:
    (tmp_path / "bad.json").write_text(json.dumps({"schema": "sanctions-checker/findings/1", **damage}), encoding="utf-8")
    done = sanctions("rules", "example", tmp_path / "bad.json", "--rule", "xa-coal-export", "--rules", own)
    assert done.code == 2
    assert "holds no event" in done.err


def test_json_tells_the_same(sanctions: Sanctions, findings: Path, own: Path) -> None:
    done = sanctions("rules", "example", findings, "--rule", "xa-coal-export", "--rules", own, "--expect", "clear", "--json", "--dry-run")
    wire = json.loads(done.out)
    assert (wire["schema"], wire["says"], wire["passed"], wire["written"]) == (
        "sanctions-checker/rules-example/1", "alleged violation", False, False)


def test_rules_of_an_installed_program_are_left_alone(sanctions: Sanctions, findings: Path, own: Path, tmp_path: Path,
                                                      monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    import shutil

    import checker.locator

    shutil.copytree(root / "rules", tmp_path / "_rules")
    monkeypatch.setattr(checker.locator, "_find", lambda inside, beside: tmp_path / "_rules" if inside == "_rules" else root / beside)
    done = sanctions("rules", "example", findings, "--rule", "dprk-arms-export", "--rules", own)
    assert done.code == 2
    assert "came with the installed program" in done.err
    assert "--rules my-rules" in done.err
