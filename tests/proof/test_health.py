"""How rules fare over several runs, and that damaged documents stop nothing."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model.rule import Exemption, Review, Rule
from checker.proof.health import Health, Limits, RuleHealth, health, read_run
from checker.rulebase.loader import RuleBase, require_rulebase
from checker.vocabulary.vocabulary import default_vocabulary
from tests.judge.build import all_of, day, make_rule, period

EVENT = {"act": "shipment", "goods": "rifle", "supplier": "KP", "recipient": "XA", "date": "2016-08-11"}


def finding(number: int, rule: str = "test-rule", label: str = "violation", flagged: bool = True, **more: Any) -> dict[str, Any]:
    return {"id": f"f{number}", "rule": rule, "label": label, "flagged": flagged, "exemptions_not_excluded": [], "because": "", "also": [],
            **more}


def document(*findings: dict[str, Any], events: tuple[Any, ...] = ()) -> bytes:
    return json.dumps({"schema": "sanctions-checker/findings/1", "findings": findings,
                       "documents": [{"id": "d", "events": events}]}).encode()


def look(rules: list[Rule], *documents: bytes, on: str = "2026-11-24", limits: Limits | None = None) -> Health:
    readings = []
    for number, data in enumerate(documents):
        reading, problems = read_run(f"run{number}.json", data)
        assert reading is not None
        assert problems == []
        readings.append(reading)
    found, problems = health(readings, RuleBase(tuple(rules), default_vocabulary(), "", ""), on, limits or Limits(least=3))
    assert problems == []
    return found


def row(found: Health, rule: str = "test-rule") -> RuleHealth:
    return next(r for r in found.rules if r.rule == rule)


def test_findings_are_counted_once_however_often_they_are_told() -> None:
    found = row(look([make_rule()], document(finding(1), finding(2)), document(finding(1)), document()))
    assert (found.runs, found.findings, found.flagged, found.share) == (2, 2, 2, 100)
    assert found.labels == {"violation": 2}


@pytest.mark.parametrize(
    ("rule", "findings", "note"),
    [
        ({}, [], "never fired"),
        ({}, [finding(1, label="clear", flagged=False)], "never fired"),
        ({}, [finding(1, rule="other", also=[{"rule": "test-rule"}], label="review")], "only review"),
        ({}, [finding(1, label="review"), finding(2, label="clear", flagged=False)], "only review"),
        ({}, [finding(1), finding(2, label="review")], None),
        ({}, [finding(i) for i in range(3)], "noisy"),
        ({}, [finding(i) for i in range(2)], None),
        ({"reviewed": Review("x", "2026-01-01", "2026-11-23")}, [finding(1)], "review overdue"),
        ({"reviewed": Review("x", "2026-01-01", "2026-11-24")}, [finding(1)], None),
        ({"periods": (period(known_until=day("2026-11-23")),)}, [finding(1)], "renewal not known"),
        ({"periods": (period(known_until=day("2026-11-24")),)}, [finding(1)], None),
        ({"periods": (period("2006-01-01", "2008-01-01", known_until=day("2007-11-24")),)}, [finding(1)], None),
        ({"status": "draft"}, [], None),
        ({"status": "shadow"}, [], "shadow"),
        ({"status": "retired", "replaced_by": ("new-rule",)}, [finding(1)], "retired, replaced by new-rule"),
        ({"exemptions": (Exemption("aid", "", ("x",), all_of(purpose="humanitarian")),)}, [finding(1)], "exemptions never shown"),
        ({"exemptions": (Exemption("aid", "", ("x",), all_of(purpose="humanitarian")),)}, [finding(1, because="aid")], None),
        ({"exemptions": (Exemption("aid", "", ("x",), all_of(purpose="humanitarian")),)},
         [finding(1, exemptions_not_excluded=[{"name": "aid"}])], None),
    ],
)
def test_what_is_to_be_seen_to(rule: dict[str, Any], findings: list[dict[str, Any]], note: str | None) -> None:
    found = look([make_rule(**rule)], document(*findings))
    told = row(found).notes
    assert told == ((note,) if note else ())
    assert [task.note for task in found.tasks if task.rule == "test-rule"] == list(told)


def test_a_rule_far_above_the_middle_is_noisy_although_its_share_is_small() -> None:
    rules = [make_rule(id=f"rule-{i}") for i in range(20)]
    told = [finding(100 + i, rule=f"rule-{i}") for i in range(20)] + [finding(i, rule="rule-7") for i in range(5)]
    noisy = {r.rule for r in look(rules, document(*told)).rules if "noisy" in r.notes}
    assert noisy == {"rule-7"}
    assert not any(r.notes for r in look(rules, document(*told), limits=Limits(least=7)).rules)


def test_rules_that_only_the_documents_name() -> None:
    found = look([make_rule()], document(finding(1, rule="gone-rule")))
    assert row(found, "gone-rule").status == "not in the rules"
    assert {task.rule: task.note for task in found.tasks}["gone-rule"] == "not in the rules"


def test_a_rule_on_trial_tells_what_it_would_have_flagged() -> None:
    trial, active = make_rule(id="trial", status="shadow"), make_rule()
    data = document(events=(EVENT, EVENT | {"supplier": "XA"}, EVENT))
    found = look([trial, active], data, data)
    assert (row(found, "trial").would_flag, row(found, "trial").flagged) == (1, 0)
    assert row(found).would_flag is None
    assert "would have flagged 1 event of" in next(task.says for task in found.tasks if task.rule == "trial")


def test_findings_on_trial_flag_nothing() -> None:
    found = look([make_rule(id="trial", status="shadow")], document(finding(1, rule="trial", shadow=True)))
    assert row(found, "trial").flagged == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bad-json"),
        (b'{"schema": "sanctions-checker/findings/1",', "bad-json"),
        (b"\xff\xfe{", "bad-json"),
        (b"[" * 100_000, "bad-json"),
        (b"[]", "not-findings"),
        (b'{"schema": "sanctions-checker/receipt/1"}', "not-findings"),
    ],
)
def test_a_document_that_is_none_is_a_problem(data: bytes, code: str) -> None:
    reading, problems = read_run("x.json", data)
    assert reading is None
    assert [p.code for p in problems] == [code]


def test_what_is_whole_in_a_damaged_document_counts() -> None:
    wire = json.loads(document(finding(1), finding(2), events=(EVENT, 7)))
    wire["findings"] += [None, {"id": 5}]
    wire["documents"] += ["x", {"events": {}}]
    reading, problems = read_run("x.json", json.dumps(wire).encode())
    assert reading is not None
    assert (len(reading.fired), reading.events) == (2, [EVENT])
    assert [p.code for p in problems] == ["damaged-finding"] * 2 + ["damaged-document"] * 2


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(["id", "rule", "label", "flagged", "also", "because", "events", "act", "date", "goods",
                                         "exemptions_not_excluded", "name"]), inner, max_size=6), max_leaves=20)


@settings(deadline=None, max_examples=150, derandomize=True)
@given(findings=JSON, documents=JSON)
def test_no_document_stops_it(findings: Any, documents: Any) -> None:
    wire = {"schema": "sanctions-checker/findings/1", "findings": findings, "documents": documents}
    reading, _ = read_run("x.json", json.dumps(wire).encode())
    assert reading is not None
    base = require_rulebase()
    trial = tuple(msgspec.structs.replace(rule, status="shadow") for rule in base.rules[:2])
    found, _ = health([reading], RuleBase(trial, base.vocabulary, "", ""), "2026-11-24", Limits())
    json.dumps(found.to_wire())
