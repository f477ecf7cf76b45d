"""Examples: what the author expects against what comes out, part by part."""

from __future__ import annotations

import re

import pytest
from msgspec import structs

from checker.errors import UsageError
from checker.judge.judge import Judge
from checker.model.rule import Expect, Rule
from checker.proof import assert_flags, assert_not_flagged
from checker.proof.examples import run_example, run_examples
from checker.rulebase.loader import require_rulebase

SHELLS = {"act": "shipment", "goods": "artillery_shell", "supplier": "KP", "recipient": "XA", "date": "2022-11-02", "report": "alleged"}


@pytest.fixture(scope="module")
def base_judge() -> Judge:
    return Judge(require_rulebase())


@pytest.fixture(scope="module")
def rule(base_judge: Judge) -> Rule:
    return base_judge.rulebase.get("dprk-arms-export")


@pytest.mark.parametrize(
    ("expect", "parts"),
    [
        (Expect("violation"), []),
        (Expect("clear"), ["label"]),
        (Expect("violation", breach_by=("KP",), stated=("breach_by",)), []),
        (Expect("violation", breach_by=("supplier",), stated=("breach_by",)), []),
        (Expect("violation", breach_by=("EG",), stated=("breach_by",)), ["breach_by"]),
        (Expect("violation", breach_by=("KP", "EG"), stated=("breach_by",)), ["breach_by"]),
        (Expect("violation", because="committee_exemption", stated=("because",)), ["because"]),
        (Expect("violation", missing=("goods",), stated=("missing",)), ["missing"]),
        (Expect("clear", breach_by=("EG",), missing=("goods",), stated=("breach_by", "missing",)), ["label", "breach_by", "missing"]),
        (Expect("violation", stated=("breach_by",)), ["breach_by"]),
    ],
    ids=str,
)
def test_every_part_that_is_expected_is_compared(base_judge: Judge, rule: Rule, expect: Expect, parts: list[str]) -> None:
    event = next(e for e in rule.examples if e.event.facts.get("supplier") == "KP" and e.expect.label == "violation").event
    facts = {k: v for k, v in event.facts.items() if not k.startswith("recipient")}
    example = structs.replace(rule.examples[0], event=structs.replace(event, facts=facts), expect=expect)
    result = run_example(base_judge, rule, example)
    assert [d.part for d in result.differences] == parts
    assert result.passed is not bool(parts)


def test_a_failure_tells_facts_wanted_got_and_the_tree(base_judge: Judge, rule: Rule) -> None:
    example = structs.replace(rule.examples[0], expect=Expect("clear"))
    told = run_example(base_judge, rule, example).report()
    assert example.name in told
    assert "dprk-arms-export.yaml:" in told
    assert "goods: rocket_propelled_grenade" in told
    assert "label: wanted clear, got violation" in told
    assert "✓" in told


def test_a_failure_writes_the_facts_as_a_rule_file_does(base_judge: Judge) -> None:
    quota = base_judge.rulebase.get("dprk-refined-petroleum")
    example = next(e for e in quota.examples if "quantity" in e.event.facts and "date" in e.event.facts)
    told = run_example(base_judge, quota, structs.replace(example, expect=Expect("exempt"))).report()
    assert re.search(r"^  quantity: \{number: [0-9.]+, unit: \w+.*\}$", told, re.M)
    assert re.search(r"^  date: \d{4}-\d\d-\d\d$", told, re.M)


def test_all_examples_of_all_rules_are_run(base_judge: Judge) -> None:
    results = list(run_examples(base_judge, base_judge.rulebase.rules))
    assert len(results) == sum(len(r.examples) for r in base_judge.rulebase.rules)


def test_assert_flags_gives_the_finding() -> None:
    assert assert_flags(SHELLS, rule="dprk-arms-export").label == "alleged violation"


@pytest.mark.parametrize(
    ("change", "label", "says"),
    [({}, "violation", "wanted the label 'violation', got 'alleged violation'"), ({"goods": "coal"}, "", "wanted a flag, got 'clear'")],
)
def test_assert_flags_fails_with_the_tree(change: dict[str, str], label: str, says: str) -> None:
    with pytest.raises(AssertionError) as told:
        assert_flags(SHELLS | change, rule="dprk-arms-export", label=label)
    assert says in str(told.value)
    assert "goods must be arms" in str(told.value)
    assert "supplier: KP" in str(told.value)


def test_assert_not_flagged() -> None:
    assert_not_flagged(SHELLS | {"date": "2006-10-13"}, rule="dprk-arms-export")
    assert_not_flagged(SHELLS | {"goods": "food"})
    for rule in ("", "dprk-arms-export"):
        with pytest.raises(AssertionError, match="wanted no flag, got 'alleged violation'"):
            assert_not_flagged(SHELLS, rule=rule)


def test_a_misspelt_event_is_no_passing_test() -> None:
    with pytest.raises(UsageError, match="goods"):
        assert_not_flagged({"act": "shipment", "goodz": "coal"})
