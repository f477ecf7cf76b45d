"""The JSON Schemas: generated, committed, and true of what they describe."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
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
from checker.rulebase.loader import RuleBase, require_rulebase
from checker.rulebase.schema import rule_schema, schemas, write_schemas
from checker.strictyaml.loader import parse
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary

NAMES = ("rule", "exemption", "instrument", "event-file", "own-list", "event", "finding", "receipt", "findings")


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


def test_a_schema_holds_no_part_that_it_does_not_use(vocabulary: Vocabulary) -> None:
    for name, schema in schemas(vocabulary).items():
        text = json.dumps(schema)
        assert [part for part in schema["$defs"] if f'"#/$defs/{part}"' not in text] == [], name


def test_every_word_of_the_vocabulary_is_explained(vocabulary: Vocabulary) -> None:
    parts = rule_schema(vocabulary)["$defs"]
    lists = [part for name, part in parts.items() if name.startswith("words_")]
    assert len(lists) > 15
    described = {word["const"]: word["description"] for part in lists for word in part["anyOf"] if "const" in word}
    assert described["KP"] == "KP: North Korea"
    assert described["battle_tank"] == "battle tanks: Register category I; a kind of register_weapons; HS 8710 (our mapping)"
    assert described["houthis"] == "the Houthis: armed group"
    assert [word for word, says in described.items() if len(says) < 2] == []
    for name, taxonomy in vocabulary.taxonomies.items():
        assert {word["const"] for word in parts[f"words_{name}"]["anyOf"]} == set(taxonomy)


def lines(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every line that a schema proposes somewhere, with what it says of it."""
    if isinstance(schema, dict):
        if schema.get("additionalProperties") is False:
            yield from schema.get("properties", {}).items()
        for part in schema.values():
            yield from lines(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from lines(part)


@pytest.mark.parametrize("name", ["rule", "exemption", "instrument"])
def test_every_line_is_explained(vocabulary: Vocabulary, name: str) -> None:
    schema = schemas(vocabulary)[f"{name}.schema.json"]
    # The parts of a claim, a quotation or an amount inside an event are those of the record; their page explains them.
    records = {"claim", "evidence", "facts", *(part for part in schema["$defs"] if part.startswith("fact_"))}
    rest = {**schema, "$defs": {part: value for part, value in schema["$defs"].items() if part not in records}}
    found = dict(lines(rest))
    assert "from" in found or name == "instrument"

    def says(line: Any) -> bool:
        return "description" in line or "description" in schema["$defs"].get(line.get("$ref", "").rpartition("/")[2], {})

    assert [line for line, value in found.items() if not says(value)] == []


ROOT = Path(__file__).resolve().parents[2]
MODELINE = re.compile(r"# \$schema: (\S+)")


@pytest.mark.parametrize("path", sorted((rules_dir() / "un").rglob("*.yaml")), ids=lambda p: p.stem)
def test_the_first_line_leads_to_the_schema(path: Path) -> None:
    found = MODELINE.fullmatch(path.read_text(encoding="utf-8").splitlines()[0])
    assert found, "write `# $schema: ` and the way to the schema on the first line"
    kind = "exemption" if path.parent.name == "exemptions" else "rule"
    assert (path.parent / found[1]).resolve() == rules_dir() / "schema" / f"{kind}.schema.json"


def test_the_settings_of_the_editor_match_the_files_there_are() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    matched: dict[str, set[Path]] = {}
    for schema, patterns in settings.items():
        assert (ROOT / schema).is_file()
        found = matched.setdefault(Path(schema).name.removesuffix(".schema.json"), set())
        for pattern in patterns:
            if pattern.startswith("!"):
                found -= set(ROOT.glob(pattern[1:]))
            else:
                assert set(ROOT.glob(pattern)), f"{pattern} matches nothing"
                found |= set(ROOT.glob(pattern))
    rules = {path for path in (ROOT / "rules/un").rglob("*.yaml") if path.parent.name != "exemptions"}
    assert matched == {
        "rule": rules,
        "exemption": set((ROOT / "rules/un").rglob("*.yaml")) - rules,
        "instrument": set((ROOT / "rules/instruments").rglob("*.yaml")),
        "event-file": set((ROOT / "examples/events").rglob("*.yaml")),
        "own-list": set((ROOT / "examples/lists").rglob("*.yaml")),
    }


def example_events(rulebase: RuleBase) -> list[Event]:
    return [example.event for rule in rulebase.rules for example in rule.examples]


def test_events_findings_and_receipts_are_as_described(validators: dict[str, Any], rulebase: RuleBase) -> None:
    """Every fortieth event of the examples, and of their findings some of each label."""
    judge = Judge(rulebase)
    seen: Counter[str] = Counter()
    for event in example_events(rulebase)[::40]:
        assert errors(validators["event"], event.to_wire()) == []
        for finding in judge.findings(event, everything=True):
            if seen[finding.label] < 5:
                seen[finding.label] += 1
                assert errors(validators["finding"], finding.to_wire()) == []
                assert errors(validators["receipt"], finding.receipt.to_wire()) == []
    assert len(seen) >= 8


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
