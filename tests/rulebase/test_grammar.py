"""The table of the grammar knows the lines and words of the readers, all of them and no others; its examples are valid."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from checker.model.claim import CLAIM_STATUSES
from checker.rulebase import instruments, periods
from checker.rulebase.conditions import FORMS as READ_FORMS
from checker.rulebase.conditions import IF_UNKNOWN
from checker.rulebase.examples import EXPECTS, SHARED_EXPECTS
from checker.rulebase.exemptions import EXEMPTION_OPTIONAL, EXEMPTION_REQUIRED, PROCEDURES
from checker.rulebase.grammar import SECTIONS
from checker.rulebase.meanings import FORMS, WORDS
from checker.rulebase.periods import ENDED, FORCES, ROLES
from checker.rulebase.quotas import COUNTED, PER, SCOPES
from checker.rulebase.rulefile import BREACH_CLASSES, EXEMPTION_FILE, KINDS, OPTIONAL, REQUIRED, SEVERITIES, STATUSES
from checker.rulebase.schema import rule_schema, schemas
from checker.strictyaml.loader import parse
from checker.vocabulary.vocabulary import Vocabulary


def keys(section: str) -> set[str]:
    return set(SECTIONS[section].keys)


def test_the_lines_are_those_of_the_readers() -> None:
    assert keys("rule") == {*REQUIRED, *OPTIONAL}
    assert keys("exemption") == {*EXEMPTION_REQUIRED, *EXEMPTION_OPTIONAL}
    assert keys("shared") | keys("exemption") == {line for part in EXEMPTION_FILE for line in part}
    assert keys("expect") == {"label", *EXPECTS}
    assert keys("period") == {line for part in periods._PERIOD for line in part}
    assert keys("verified") == set(periods._VERIFIED)
    assert keys("instrument") == set(instruments._REQUIRED)
    assert keys("paragraph") == {line for part in instruments._PARAGRAPH for line in part}


def test_the_words_are_those_of_the_readers() -> None:
    read = {
        "kind": KINDS,
        "severity": SEVERITIES,
        "status": STATUSES,
        "breach_class": BREACH_CLASSES,
        "force": FORCES,
        "ended": ENDED,
        "procedure": PROCEDURES,
        "if_unknown": IF_UNKNOWN,
        "of": COUNTED,
        "per": PER,
        "scope": SCOPES,
        "whichever": ("lower",),
        "shared_expect": SHARED_EXPECTS,
        "roles": ROLES,
        "report": CLAIM_STATUSES,
    }
    assert {name: tuple(words) for name, words in WORDS.items()} == {name: tuple(words) for name, words in read.items()}


def test_the_forms_are_those_of_the_reader() -> None:
    assert {form for forms in READ_FORMS.values() for form in forms} <= set(FORMS)


def validator(vocabulary: Vocabulary, part: str) -> Any:
    schema = rule_schema(vocabulary)
    return jsonschema.Draft202012Validator({**schema["$defs"][part], "$defs": schema["$defs"]})


@pytest.mark.parametrize("form", [form for form in FORMS if form != "covered"])
def test_the_example_of_a_form_is_a_line(vocabulary: Vocabulary, form: str) -> None:
    node = parse(FORMS[form][0], "form.yaml").node
    assert node is not None
    validator(vocabulary, "group_2").validate(as_json(node.plain()))


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value if isinstance(value, bool | int | float) else str(value)


@pytest.mark.parametrize("name", list(SECTIONS))
def test_the_example_of_a_map_is_valid(vocabulary: Vocabulary, name: str) -> None:
    """Each example is a piece of a file: its lines stand somewhere in the schema, and their values are taken there."""
    node = parse(SECTIONS[name].example, "example.yaml", yes_no_under=("verified",)).node
    assert node is not None
    data = as_json(node.plain())
    item = data[0] if isinstance(data, list) else data
    taken = [part for schema in schemas(vocabulary).values() for part in places(schema) if set(item) <= set(part["properties"])]
    assert taken, f"no map has the lines {sorted(item)}"
    assert any(fits(vocabulary, part, item) for part in taken)


def places(schema: Any) -> list[Any]:
    """Every map of a schema."""
    if isinstance(schema, dict):
        own = [schema] if schema.get("additionalProperties") is False and "properties" in schema else []
        return [*own, *(found for part in schema.values() for found in places(part))]
    return [found for part in schema for found in places(part)] if isinstance(schema, list) else []


def fits(vocabulary: Vocabulary, part: Any, item: Any) -> bool:
    """Whether the lines of an example are taken in a map, others left aside."""
    parts = {name: value for schema in schemas(vocabulary).values() for name, value in schema["$defs"].items()}
    lines = {"type": "object", "properties": part["properties"], "additionalProperties": False, "$defs": parts}
    return bool(jsonschema.Draft202012Validator(lines).is_valid(item))
