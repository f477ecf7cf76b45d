"""Drafts: near misses of one event that together prove a rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.judge.judge import Judge
from checker.model.rule import Example
from checker.proof.coverage import cover
from checker.proof.draft import Draft, drafts
from checker.proof.examples import run_example
from checker.rulebase.loader import load_rulebase, require_rulebase

QUICK = ["dprk-nuclear-test", "dprk-work-permits", "dprk-worker-repatriation", "dprk-crude-oil", "dprk-arms-export", "un-1718-committee"]


@pytest.fixture(scope="module")
def shipped() -> Judge:
    return Judge(require_rulebase())


def pasted(judge: Judge, rule_id: str, folder: Path) -> tuple[Judge, tuple[Draft, ...]]:
    """The rule with its first example alone, and the drafts pasted below it as a person would."""
    rule = judge.rulebase.get(rule_id)
    found = drafts(judge, replace(rule, examples=rule.examples[:1]))
    source = Path(rule.path)
    text = (Path(__file__).parents[2] / source).read_text(encoding="utf-8")
    second = rule.examples[1].mark
    assert second
    head = "".join(text.splitlines(keepends=True)[:second.line - 1])
    for path in source.parent.glob("*.yaml"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    shared = Path("rules/un/exemptions")
    for path in shared.glob("*.yaml"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / source.name).write_text(head + "".join(f"  {draft.yaml()}\n" for draft in found), encoding="utf-8")
    loaded = load_rulebase([folder])
    assert not [p for p in loaded.problems if p.severity == "error"], loaded.problems
    return Judge(loaded.rulebase), found


@pytest.mark.parametrize("rule_id", QUICK)
def test_drafts_of_one_event_prove_the_rule_when_pasted(shipped: Judge, rule_id: str, tmp_path: Path, root: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    judge, found = pasted(shipped, rule_id, tmp_path)
    rule = judge.rulebase.get(rule_id)
    assert len(rule.examples) == len(found) + 1
    assert all(run_example(judge, rule, example).passed for example in rule.examples)
    after = cover(judge, rule)
    assert [level.level for level in after.levels if not level.passed] == []


@pytest.mark.parametrize("rule_id", QUICK)
def test_drafts_are_few_and_named_each_by_its_own_name(shipped: Judge, rule_id: str) -> None:
    rule = shipped.rulebase.get(rule_id)
    found = drafts(shipped, replace(rule, examples=rule.examples[:1]))
    assert 3 < len(found) < 30
    assert len({draft.name for draft in found}) == len(found)
    assert len({tuple(sorted(map(str, draft.but.items()))) for draft in found}) == len(found)
    assert all(draft.why and draft.but for draft in found)


def test_nothing_is_drafted_for_a_rule_that_is_proven(shipped: Judge) -> None:
    assert drafts(shipped, shipped.rulebase.get("dprk-nuclear-test")) == ()


def test_invented_acts_are_those_of_fictitious_states(shipped: Judge) -> None:
    rule = shipped.rulebase.get("dprk-arms-export")
    states = {"supplier", "recipient", "destination", "shipped_from", "flag_state"}
    for draft in drafts(shipped, replace(rule, examples=rule.examples[:1])):
        assert {value for fact, value in draft.but.items() if fact in states} <= {"XA", "XB", "KP", "unknown"}


def test_a_draft_begins_from_a_real_case_and_names_it(shipped: Judge) -> None:
    rule = shipped.rulebase.get("dprk-arms-export")
    case = rule.examples[0]
    clear = next(e for e in rule.examples if e.expect.label == "clear")
    found = drafts(shipped, replace(rule, examples=(clear, case)))
    assert found
    assert {draft.like for draft in found} == {case.name}
    assert all(f"like: {case.name}" in draft.yaml() for draft in found)


def test_a_draft_may_begin_from_an_event_alone(shipped: Judge) -> None:
    rule = shipped.rulebase.get("dprk-nuclear-test")
    found = drafts(shipped, replace(rule, examples=()), rule.examples[0].event)
    assert "the day before the measure" in {draft.name for draft in found}
    assert drafts(shipped, replace(rule, examples=())) == ()


def test_a_draft_says_what_the_judge_says(shipped: Judge) -> None:
    rule = shipped.rulebase.get("dprk-work-permits")
    by_name = {draft.name: draft for draft in drafts(shipped, replace(rule, examples=rule.examples[:1]))}
    assert by_name["the day before the measure"].yaml() == \
        "- {name: the day before the measure, but: {date: 2017-09-10}, expect: not in force}"
    approved = next(d for d in by_name.values() if d.but.get("approved_by") == "un_1718_committee")
    assert approved.expect == {"label": "exempt", "because": "committee_approval"}
    unknown = by_name["nobody says what was done"]
    assert isinstance(unknown.expect, dict)
    assert unknown.expect["label"] == "review"
    assert unknown.expect["missing"] == ["act"]


def test_an_example_that_stands_there_is_told_to_expect_more(shipped: Judge) -> None:
    rule = shipped.rulebase.get("dprk-nuclear-test")
    told = next(e for e in rule.examples if len(e.expect.authority) > 1)
    plain: Example = replace(told, expect=replace(told.expect, authority=(), stated=()))
    weak = replace(rule, examples=tuple(plain if e is told else e for e in rule.examples))
    (line,) = {one.example for one in cover(shipped, weak).uncovered}
    expect = "expect: {label: violation, authority: [UNSCR 1718 (2006) para 2, UNSCR 1874 (2009) para 2]}"
    assert line == f"{expect}  # in the example that stands there: {told.name}"
    assert drafts(shipped, weak) == ()
