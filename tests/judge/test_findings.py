"""What a reader gets: who is in breach, what was folded, the explanation, and a receipt that reproduces it all."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from checker.errors import UnknownRule
from checker.judge.judge import Judge
from checker.judge.replay import replay
from checker.model.claim import Claim
from checker.model.explain import ExplainNode
from checker.model.rule import NumberTest
from checker.rulebase.loader import RuleBase
from checker.vocabulary.events import EventReader
from tests.judge.build import all_of, any_of, line, make_event, make_rule, period

SALE = {"act": "sale", "goods": "rifle", "supplier": "KP", "recipient": "RU", "date": "2022-11-02", "report": "alleged"}


def walk(node: ExplainNode) -> Iterator[ExplainNode]:
    yield node
    for child in node.children:
        yield from walk(child)


def breaches(judge: Judge, **facts: Any) -> list[tuple[str, str, str]]:
    return [(b.role, b.name, b.state) for b in judge.explain(make_event(**{**SALE, **facts}), "test-rule").breach_by]


def test_both_sides_are_named(judge_of: Callable[..., Judge]) -> None:
    assert breaches(judge_of(make_rule())) == [("supplier", "North Korea", "KP"), ("recipient", "Russia", "RU")]


@pytest.mark.parametrize(("bound", "facts", "expected"), [
    (("KP",), {}, [("supplier", "North Korea", "KP")]),
    (("all_states",), {}, [("recipient", "Russia", "RU")]),
    (("all_states",), {"recipient": "unknown"}, [("recipient", "", "")]),
    (("KP", "all_states"), {"recipient": "houthis"}, [("supplier", "North Korea", "KP")]),
    (("KP", "all_states"), {"recipient": "unknown"}, [("supplier", "North Korea", "KP"), ("recipient", "", "")]),
    (("KP", "all_states"), {"recipient": "unknown", "recipient_state": "RU"}, [("supplier", "North Korea", "KP"), ("recipient", "", "RU")]),
    (("KP", "all_states"), {"recipient": "Trading 1", "recipient_state": "RU"},
     [("supplier", "North Korea", "KP"), ("recipient", "Trading 1", "RU")]),
    (("KP", "all_states"), {"names": {"recipient": "Ministry of Defence"}},
     [("supplier", "North Korea", "KP"), ("recipient", "Ministry of Defence", "RU")]),
    (("KP", "all_states"), {"goods": "coal"}, []),
])
def test_only_who_is_bound_is_in_breach(judge_of: Callable[..., Judge], bound: tuple[str, ...], facts: dict[str, Any],
                                            expected: Any) -> None:
    assert breaches(judge_of(make_rule(bound=bound)), **facts) == expected


@pytest.mark.parametrize(("host", "expected"), [
    ("RU", [("host_state", "Russia", "RU")]), ("unknown", [("host_state", "", "")]), ("KP", []),
])
def test_a_state_role_is_the_state_itself(judge_of: Callable[..., Judge], host: str, expected: Any) -> None:
    rule = make_rule(breach_by=("host_state",), bound=("RU",))
    assert breaches(judge_of(rule), host_state=host) == expected


def test_possible_findings_that_lack_the_same_are_one_entry(judge_of: Callable[..., Judge]) -> None:
    low, first, second = (make_rule(id=i, severity=s) for i, s in (("a", "low"), ("b", "critical"), ("c", "critical")))
    other = make_rule(all_of(supplier="KP", recipient="RU", place="darfur"), id="d")
    judge = judge_of(low, first, second, other)
    findings = judge.findings(make_event(**{**SALE, "goods": "unknown"}))
    assert [(f.rule, [r.rule for r in f.also], f.missing) for f in findings] == [("b", ["c", "a"], ("goods",)), ("d", [], ("place",))]
    assert [(f.rule, f.also) for f in judge.findings(make_event(**SALE))] == [("b", ()), ("c", ()), ("d", ()), ("a", ())]


def test_who_denies_stands_beside_and_lowers_nothing(judge_of: Callable[..., Judge]) -> None:
    claims = (Claim("alleged", "the White House"), Claim("denied", "Moscow"), Claim("denied", "", "KP"), Claim("denied", "Moscow"),
              Claim("doubted", "an expert"))
    event = make_event(**{k: v for k, v in SALE.items() if k != "report"}, claims=claims)
    finding = judge_of(make_rule()).explain(event, "test-rule")
    assert finding.denied_by == ("Moscow", "North Korea")
    assert (finding.label, finding.report) == ("alleged violation", "alleged")


@pytest.mark.parametrize(("date", "text"), [
    ("2009-06-11", "not in force: the event is of 11 June 2009, the measure starts 12 June 2009"),
    ("2020-10-18", "not in force: the event is of 18 October 2020, the measure ended 17 October 2020 (lapsed)"
     " and starts again 28 September 2025"),
    ("2026-01-01", "in force: UNSCR 1 (2006) para 1, from 28 September 2025"),
])
def test_the_law_of_the_day_in_words(judge_of: Callable[..., Judge], date: str, text: str) -> None:
    rule = make_rule(periods=(period("2009-06-12", "2020-10-17", ended="lapsed"), period("2025-09-28")))
    tree = judge_of(rule).explain(make_event(**{**SALE, "date": date}), "test-rule").explain
    assert tree.children[0].text == text


def test_every_line_says_what_was_wanted_and_what_was_told(judge_of: Callable[..., Judge]) -> None:
    rule = make_rule(all_of(any_of(line("goods", "coal"), line("range_km", NumberTest(300))), act="transfer", supplier="KP"))
    tree = judge_of(rule).explain(make_event(**SALE), "test-rule").explain
    told = {n.fact: (n.wanted, n.got, n.truth) for n in walk(tree) if n.kind == "leaf"}
    assert told["supplier"] == ("North Korea", "North Korea", 2)
    assert told["goods"][:2] == ("coal", "rifles")
    assert told["range_km"][1] == "not stated"


def test_the_explanation_cannot_disagree_with_the_verdict(judge: Judge, base: RuleBase) -> None:
    """On some examples of every shipped rule, under every rule in use."""
    used = [rule.id for rule in base.rules if rule.status == "active"]
    for event in (example.event for rule in base.rules for example in rule.examples[:12:4]):
        for verdict, finding in zip(judge.all_verdicts(event), [judge.explain(event, rule) for rule in used], strict=True):
            assert (finding.outcome, finding.label) == (verdict.outcome, verdict.label)
            assert finding.explain.note == f"outcome: {verdict.outcome}"
            elements = next((n.truth for n in finding.explain.children if n.kind == "elements"), None)
            if verdict.outcome == "breach":
                assert elements == 2
            elif verdict.outcome == "not_in_force":
                assert elements is None


def test_everything_shows_what_did_not_match(judge: Judge, base: RuleBase) -> None:
    findings = judge.findings(make_event(**{**SALE, "goods": "food"}), everything=True)
    assert {f.rule for f in findings} == {r.id for r in base.rules if r.status == "active"}
    assert not any(f.flagged for f in findings)


def test_ids_follow_rule_and_facts_only(judge_of: Callable[..., Judge]) -> None:
    judge = judge_of(make_rule())
    one, same = (judge.explain(make_event(**SALE, id=i), "test-rule") for i in ("1", "2"))
    assert one.id == same.id
    assert one.receipt.id != same.receipt.id
    assert one.id != judge.explain(make_event(**{**SALE, "goods": "pistol"}), "test-rule").id
    assert one.id != judge_of(make_rule(digest="1" * 64)).explain(make_event(**SALE), "test-rule").id


def test_an_unknown_rule_is_said_so(judge: Judge) -> None:
    with pytest.raises(UnknownRule, match="dprk-arms-export"):
        judge.explain(make_event(**SALE), "dprk-arms-exprt")


def test_every_receipt_of_an_example_is_reproduced(judge: Judge, base: RuleBase, reader: EventReader) -> None:
    for rule in base.rules:
        receipt = judge.explain(rule.examples[0].event, rule.id).receipt
        result = replay(json.loads(json.dumps(receipt.to_wire())), base, reader)
        assert result.same, result.differences
        assert result.finding is not None
        assert result.finding.receipt.id == receipt.id


def test_a_receipt_that_was_changed_is_found_out(judge: Judge, base: RuleBase, reader: EventReader) -> None:
    event, _ = reader.read(SALE)
    assert event is not None
    wire = json.loads(json.dumps(judge.explain(event, "dprk-arms-export").receipt.to_wire()))

    def differences(change: Callable[[dict[str, Any]], Any]) -> str:
        changed = copy.deepcopy(wire)
        change(changed)
        result = replay(changed, base, reader)
        assert not result.same
        return " ".join(result.differences)

    assert "was 'clear' and is 'breach'" in differences(lambda w: w.update(outcome="clear"))
    assert "rule is another one" in differences(lambda w: w.update(rule_digest="0" * 64))
    assert "does not belong to its content" in differences(lambda w: w.update(id="0" * 16))
    assert "was 'alleged violation' and is 'clear'" in differences(lambda w: w["event"].update(goods="coal")).replace("label ", "")
    assert "cannot be read" in differences(lambda w: w["event"].update(goods="no such thing"))
    assert "no receipt" in differences(lambda w: w.update(schema="other"))
    assert "there is no rule" in differences(lambda w: w.update(rule="gone"))
