"""Rule coverage: rules that are weak on purpose, with what the tool must say of them; and the shipped rules, which are not weak.

The rules stand in ``weak/<id>.yaml``, what is missing in ``weak/<id>.txt``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from checker.judge.judge import Judge
from checker.model.coverage import LevelName, Missing, RuleCoverage, total_percent
from checker.model.rule import Contest, Example, Exemption, Expect, Position
from checker.proof import uncovered
from checker.proof.coverage import cover
from checker.rulebase.loader import RuleBase, load_rulebase, require_rulebase
from checker.vocabulary.vocabulary import default_vocabulary
from tests.judge.build import all_of, day, make_event, make_rule

HERE = Path(__file__).parent / "weak"
NAMES = sorted(path.stem for path in HERE.glob("*.yaml"))


@pytest.fixture(scope="module")
def weak() -> Judge:
    loaded = load_rulebase([HERE])
    assert not [p for p in loaded.problems if p.severity == "error"]
    return Judge(loaded.rulebase)


@pytest.fixture(scope="module")
def shipped() -> Judge:
    return Judge(require_rulebase())


def counts(found: RuleCoverage) -> dict[LevelName, tuple[int, int]]:
    return {level.level: (level.covered, level.total) for level in found.levels}


def told(found: RuleCoverage) -> str:
    lines = [f"{m.severity} {m.level} {m.where.rpartition('weak/')[2]} {m.says}\n    {m.example}".rstrip() for m in found.missing]
    # how many mutants there are hangs on the words beside those of the rule; how many survive does not
    levels = (f"{level.level} {level.total - level.covered} open" if level.level == "mutation" else
              f"{level.level} {level.covered}/{level.total}" for level in found.levels)
    return "\n".join([*levels, "", *lines]).rstrip() + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing_is_said_in_these_words(weak: Judge, name: str) -> None:
    assert told(cover(weak, weak.rulebase.get(name))) == (HERE / f"{name}.txt").read_text(encoding="utf-8")


def test_a_rule_with_an_example_for_every_line_passes(weak: Judge) -> None:
    found = cover(weak, weak.rulebase.get("xa-full"))
    assert found.passed
    assert not found.missing
    assert all(level.covered == level.total for level in found.levels)
    assert uncovered("xa-full", weak) == []


def test_one_flagged_and_one_clear_example_prove_little(weak: Judge) -> None:
    found = cover(weak, weak.rulebase.get("xa-one-and-one"))
    assert not found.passed
    assert counts(found)["rule"] == (2, 2)
    assert counts(found)["condition"][0] < counts(found)["condition"][1]
    assert counts(found)["boundary"] == (0, 1)


@pytest.mark.parametrize("name", ["examples", "lines", "dates"])
def test_an_example_taken_away_is_missed(weak: Judge, name: str) -> None:
    rule = weak.rulebase.get("xa-full")
    gone = {"examples": "it was only talked about", "lines": "the cargo was ore", "dates": "the first day of the measure"}[name]
    found = cover(weak, replace(rule, examples=tuple(e for e in rule.examples if e.name != gone)))
    assert not found.passed


def test_unconfirmed_examples_count_for_nothing(weak: Judge) -> None:
    rule = weak.rulebase.get("xa-unconfirmed")
    found = cover(weak, rule)
    without = cover(weak, replace(rule, examples=tuple(e for e in rule.examples if e.confirmed)))
    assert found.unconfirmed == 4
    assert counts(found) == counts(without)


def test_an_example_that_fails_proves_nothing(weak: Judge) -> None:
    found = cover(weak, weak.rulebase.get("xa-wrong"))
    assert not found.passed
    assert "comes out otherwise than it expects" in found.uncovered[0].says
    assert found.level("example").covered == found.level("example").total - 1


def test_gates_hold_for_rules_in_use_alone(weak: Judge) -> None:
    rule = weak.rulebase.get("xa-draft")
    draft, active = cover(weak, rule), cover(weak, replace(rule, status="active"))
    assert draft.passed
    assert draft.missing
    assert not active.passed
    assert not cover(weak, replace(rule, status="retired")).levels


def test_mutants_may_survive_to_a_tenth_unless_the_rule_is_critical(weak: Judge) -> None:
    rule = weak.rulebase.get("xa-full")
    fewer = replace(rule, examples=tuple(e for e in rule.examples if e.name != "mineral products of no stated kind"
                                         and e.name != "the coal was sold"))
    critical, high = cover(weak, fewer), cover(weak, replace(fewer, severity="high"))
    assert counts(critical) == counts(high)
    assert not critical.passed
    assert {one.level for one in critical.uncovered} == {"mutation"}
    assert high.passed
    assert {one.level for one in high.missing} == {"mutation"}


def test_a_boundary_between_periods_that_say_the_same_is_none(weak: Judge) -> None:
    found = cover(weak, weak.rulebase.get("xa-same-periods"))
    assert found.level("boundary").total == 1
    assert found.equivalent >= 2


def test_what_is_drafted_is_what_is_missing(weak: Judge) -> None:
    slow, fast = (cover(weak, weak.rulebase.get("xa-exemption"), draft=draft) for draft in (True, False))
    assert [one.says for one in slow.missing] == [one.says for one in fast.missing]
    assert all(one.example for one in slow.missing if one.severity == "error")
    assert not any(one.example for one in fast.missing)


def test_the_failure_of_an_assertion_is_ready_to_paste(weak: Judge) -> None:
    found = uncovered("xa-duty", weak)
    assert found
    assert "- {name: the last day in time, but: {date: 2020-12-31}, expect: pending}" in repr(found)
    assert "xa-duty.yaml:" in repr(found)
    assert repr(Missing("xa", "rule", "error", "", "no example comes out clear")) == "xa: no example comes out clear"


def test_the_shipped_rules_pass_every_gate(shipped: Judge) -> None:
    found = [cover(shipped, rule, draft=False) for rule in shipped.rulebase.tested]
    assert [one.rule for one in found if not one.passed] == []
    assert total_percent(found) > 99


def test_the_lines_of_an_exemption_in_dispute_decide_whether_an_act_is_contested() -> None:
    """The dispute is as old as the exemption, so that no outcome ever hangs on it."""
    dispute = Contest(day("2006-01-01"), None, (Position("it still excuses", ("XA",), "a letter"),))
    excuse = Exemption("approved", "approved", ("A",), all_of(approved_by="un_1718_committee"), contested=(dispute,))
    facts = {"act": "sale", "goods": "rifle", "supplier": "KP", "date": "2020-06-01", "report": "reported"}
    cases = {"reported violation": {}, "contested": {"approved_by": ("un_1718_committee",)}}
    examples = tuple(Example(label, make_event(**facts, **more), Expect(label)) for label, more in cases.items())
    other = Example("another body", make_event(**facts, approved_by=("un_1737_committee",)), Expect("reported violation"))
    rule = make_rule(exemptions=(excuse,), examples=(*examples, other))
    found = cover(Judge(RuleBase((rule,), default_vocabulary(), "", "")), rule, quick=True, draft=False)
    assert not [one.says for one in found.missing if "approved_by" in one.says]


def test_a_shared_exemption_is_covered_in_its_own_file_and_nowhere_else(shipped: Judge) -> None:
    base: RuleBase = shipped.rulebase
    users = [rule for rule in base.rules if any(e.shared for e in rule.exemptions)]
    assert users
    for rule in users:
        lines = sum(line.section.startswith("unless.") for line in shipped.lines(rule.id))
        assert lines
        assert cover(shipped, rule, draft=False).level("exemption").total == sum(not e.shared for e in rule.exemptions)
    for shared in base.exemptions:
        assert cover(shipped, shared.rule, draft=False).level("condition").total > 0
