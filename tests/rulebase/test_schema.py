"""The JSON Schemas: generated, committed, and true of what they describe."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from checker.judge.judge import Judge
from checker.locator import rules_dir
from checker.model.document import Document
from checker.model.event import Event
from checker.model.facts import FACT_NAMES
from checker.model.run import ReadDocument, Run
from checker.rulebase.loader import YES_NO_UNDER, RuleBase, require_rulebase
from checker.rulebase.schema import schemas, write_schemas
from checker.strictyaml.loader import parse, parse_file
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary

MESSAGES = Path(__file__).resolve().parent.parent / "messages"
NAMES = ("rule", "exemption", "event", "finding", "receipt", "findings")


@pytest.fixture(scope="module")
def validators(vocabulary: Vocabulary) -> dict[str, Any]:
    made = schemas(vocabulary)
    assert set(made) == {f"{name}.schema.json" for name in NAMES}
    for schema in made.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    return {name: jsonschema.Draft202012Validator(made[f"{name}.schema.json"]) for name in NAMES}


@pytest.fixture(scope="module")
def rulebase(vocabulary: Vocabulary) -> RuleBase:
    return require_rulebase(None, vocabulary)


def errors(validator: Any, wire: object) -> list[str]:
    data = json.loads(json.dumps(wire, default=str))
    return [f"{list(e.absolute_path)}: {e.message[:300]}" for e in validator.iter_errors(data)]


def test_the_committed_schemas_are_the_generated_ones(tmp_path: Path, vocabulary: Vocabulary) -> None:
    for path in write_schemas(tmp_path, vocabulary):
        committed = rules_dir() / "schema" / path.name
        assert committed.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), "run: python -m checker.rulebase.schema"


# Editors are offered the normal spelling of a State only; the loader takes any.
GOOD = sorted((MESSAGES / "good/rules").glob("*.yaml"))


def plain(path: Path) -> object:
    node = parse_file(path, yes_no_under=YES_NO_UNDER).node
    assert node is not None
    return node.plain()


@pytest.mark.parametrize("path", sorted((rules_dir() / "un").rglob("*.yaml")), ids=lambda p: p.stem)
def test_shipped_rules_follow_the_schema(validators: dict[str, Any], path: Path) -> None:
    assert errors(validators["rule"], plain(path)) == []


@pytest.mark.parametrize("path", [p for p in GOOD if p.stem != "spellings"], ids=lambda p: p.stem)
def test_every_good_construct_follows_the_schema(validators: dict[str, Any], path: Path) -> None:
    assert errors(validators["rule"], plain(path)) == []


@pytest.mark.parametrize("name", [
    "unknown-line", "missing-lines", "wrong-words", "unknown-fact", "unknown-term", "untestable-fact", "value-forms-wrong", "groups-wrong",
    "flag-when-list", "named-value-elsewhere", "period-lines", "in-force-empty", "bound-and-breach", "duty-wrong", "exemption-wrong",
    "exemption-list", "example-forms", "example-unknown-fact", "kind-quota", "empty-text",
])
def test_an_editor_sees_most_mistakes_too(validators: dict[str, Any], name: str) -> None:
    assert errors(validators["rule"], plain(MESSAGES / "bad/rules" / f"{name}.yaml")) != []


def example_events(rulebase: RuleBase) -> list[Event]:
    return [example.event for rule in rulebase.rules for example in rule.examples]


def test_events_findings_and_receipts_are_as_described(validators: dict[str, Any], rulebase: RuleBase) -> None:
    judge = Judge(rulebase)
    seen: set[str] = set()
    for event in example_events(rulebase):
        assert errors(validators["event"], event.to_wire()) == []
        for finding in judge.findings(event, everything=True)[:2]:
            seen.add(finding.label)
            assert errors(validators["finding"], finding.to_wire()) == []
            assert errors(validators["receipt"], finding.receipt.to_wire()) == []
    assert len(seen) >= 5


FULL = """
act: shipment
stage: done
date: 2016-08
end_date: 2016-09-01
goods: rifle
supplier: {name: The Trading Company, state: KP, kind: company}
recipient: houthis
via: [EG, AE]
quantity: {number: 100, unit: piece, about: true}
value_usd: 12.5
earns_income: true
purpose: []
listings: [{party: supplier, list: UN-1718-AF, from: 2010-01-01, until: 2020-01-01}]
approved_by: [un_1718_committee]
shipment: s1
claims: [{status: alleged, by: A minister, party: US, via: [A newspaper], date: 2016-09}, {status: denied, by: A spokesman}]
"""


def test_a_whole_run_is_as_described(validators: dict[str, Any], rulebase: RuleBase) -> None:
    node = parse(FULL.replace("purpose: []\n", ""), "full.yaml").node
    assert node is not None
    data = json.loads(json.dumps(node.plain(), default=str))
    event, problems = EventReader(rulebase.vocabulary).read(data, path="full.yaml")
    assert [p.message for p in problems] == []
    assert event is not None
    document = Document("a", "Rifles were shipped.", url="https://example.org/a", lang="en")
    read = ReadDocument(document, "en", "read", (event,), notes=("a note",))
    unread = ReadDocument(Document("b", ""), "und", "unreadable")
    findings = tuple(Judge(rulebase).findings(event, everything=True))
    assert findings
    problem = Problem("b", 0, 0, "file-binary", "the file is binary", "give a text")
    run = Run((read, unread), findings, (problem,), len(rulebase.rules), rulebase.digest, rulebase.law_known_as_of, "0")
    assert errors(validators["findings"], run.to_wire()) == []


def test_the_schema_of_events_knows_every_fact_and_nothing_else(validators: dict[str, Any], rulebase: RuleBase) -> None:
    properties = validators["event"].schema["$defs"]["event"]["properties"]
    assert set(FACT_NAMES) <= set(properties)
    wire = example_events(rulebase)[0].to_wire()
    assert errors(validators["event"], wire | {"godos": "rifle"}) != []
    assert errors(validators["event"], wire | {"goods": "rifel"}) != []
    assert errors(validators["event"], wire | {"date": "yesterday"}) != []
    assert errors(validators["event"], {k: v for k, v in wire.items() if k != "claims"}) != []
