"""The JSON Schema of packs: generated, committed, true of our packs, and false of what the linter refuses."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from checker.extract.pack import Frame, pack_files
from checker.extract.pack_schema import FILE, pack_schema, render
from checker.locator import rules_dir
from checker.strictyaml.loader import parse, parse_file
from checker.vocabulary.vocabulary import default_vocabulary
from tests.extract.guide import assemble, guide_pack


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = pack_schema(default_vocabulary())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def errors(validator: Any, data: object) -> list[str]:
    plain = json.loads(json.dumps(data, default=str))
    return [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(plain)]


def plain(text: str) -> object:
    node = parse(text, "vi.yaml").node
    assert node is not None
    return node.plain()


def test_the_committed_schema_is_the_generated_one() -> None:
    committed = (rules_dir() / "schema" / FILE).read_text(encoding="utf-8")
    assert committed == render(pack_schema(default_vocabulary())), "run: python -m checker.extract.pack_schema"


@pytest.mark.parametrize("path", pack_files(rules_dir() / "languages"), ids=lambda p: p.stem)
def test_our_packs_are_valid(path: Path, validator: Any) -> None:
    node = parse_file(path).node
    assert node is not None
    assert errors(validator, node.plain()) == []


def test_the_pack_of_the_guide_is_valid(validator: Any) -> None:
    assert errors(validator, plain(guide_pack())) == []


@pytest.mark.parametrize("piece", [
    "good:\n  coal: [x]\n", "goods:\n  coals: [x]\n", "goods:\n  coal: x\n", "goods:\n  coal: [152]\n", "options:\n  head: frist\n",
    "options:\n  by_passive: true\n", "cues:\n  planed: [x]\n", "actors:\n  KP.datve: [x]\n", "numerals:\n  ten: [x]\n",
    "frames:\n  send: {act: shippment, forms: {active: [x]}}\n", "frames:\n  send: {act: shipment}\n",
    "frames:\n  send: {act: shipment, subject: sender, forms: {active: [x]}}\n", "frames:\n  send: {act: shipment, forms: {activ: [x]}}\n",
    "frames:\n  send: {act: shipment, left_object: \"yes\", forms: {active: [x]}}\n", "relative_dates:\n  x: yesterday\n",
    "tests:\n  - {text: x}\n", "tests:\n  - {text: x, events: [\"shipment coal KP\"]}\n", "people:\n  - {role: soldier, words: [x]}\n",
])
def test_what_a_pack_may_not_hold_is_refused(piece: str, validator: Any) -> None:
    assert errors(validator, plain(assemble(piece))) != []


def test_every_key_of_a_frame_is_in_the_schema_with_its_meaning(validator: Any) -> None:
    frame = validator.schema["$defs"]["frame"]["properties"]
    wanted = {field.name for field in dataclasses.fields(Frame)} - {"id", "set_facts"} | {"facts", "pattern"}
    assert set(frame) == wanted
    assert [name for name, key in frame.items() if not key["description"]] == []
    assert set(validator.schema["$defs"]["pattern"]["properties"]) == wanted - {"pattern", "forms"}


def test_a_schema_holds_no_part_that_it_does_not_use(validator: Any) -> None:
    text = json.dumps(validator.schema)
    assert [part for part in validator.schema["$defs"] if f'"#/$defs/{part}"' not in text] == []
