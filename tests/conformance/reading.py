"""A file as the loader takes it and as an editor takes it: the two sides that are compared here."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from checker.model.rule import SharedExemption
from checker.rulebase.instruments import read_instrument
from checker.rulebase.loader import YES_NO_UNDER
from checker.rulebase.rulefile import read_rule, read_shared
from checker.rulebase.schema import schemas
from checker.strictyaml.loader import parse
from checker.strictyaml.nodes import ListNode, MapNode
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

HERE = Path(__file__).resolve().parent
_FIRST = re.compile(r"^(rule|exemption|instrument):[ ]*(\S*)", re.MULTILINE)


class Core(yaml.CSafeLoader):
    """YAML 1.2 as editors read it: days, ``yes`` and ``NO`` are texts."""


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?(?:[.][0-9]+|[0-9]+(?:[.][0-9]*)?)(?:[eE][-+]?[0-9]+)?$"),
                           list("-+0123456789."))


def kind_and_id(text: str) -> tuple[str, str]:
    """``rule``, ``exemption``, ``instrument`` or ``event-file``, and the id. A file is taken to be named after its id."""
    found = _FIRST.search(text)
    return (found[1], found[2]) if found else ("event-file", "")


@lru_cache(maxsize=1)
def shared() -> dict[str, SharedExemption | None]:
    """The shared exemptions that the files here may use."""
    path = HERE / "good/exemption-file.yaml"
    found, _ = read_shared(parse(path.read_text(encoding="utf-8"), path.name, yes_no_under=YES_NO_UNDER), default_vocabulary(), path.stem)
    assert found
    return {found.id: found}


def problems(text: str) -> list[Problem]:
    """What the loader finds wrong."""
    kind, stem = kind_and_id(text)
    words = default_vocabulary()
    parsed = parse(text, f"{stem}.yaml", yes_no_under=YES_NO_UNDER)
    if kind == "rule":
        return read_rule(parsed, words, stem, shared())[1]
    if kind == "exemption":
        return read_shared(parsed, words, stem)[1]
    if kind == "instrument":
        return read_instrument(parsed, words, stem)[1]
    found = list(parsed.problems)
    nodes = parsed.node.items if isinstance(parsed.node, ListNode) else (parsed.node,) if parsed.node else ()
    for node in nodes:
        if not isinstance(node, MapNode):
            found.append(parsed.source.problem(node, "not-an-event", "this is not an event", ""))
            continue
        data = {key: entry.value.plain() for key, entry in node.entries.items()}
        found += EventReader(words).read_all(data)[1]
    return found


def readings(text: str) -> dict[str, object]:
    """The same text read by three readers of YAML, as JSON; a reader that refuses it is left out."""
    read: dict[str, object] = {"YAML 1.2": yaml.load(text, Core)}  # noqa: S506
    with suppress(ValueError):  # PyYAML takes no 30 February
        read["plain YAML 1.1"] = yaml.load(text, yaml.CSafeLoader)
    strict = parse(text, "x.yaml", yes_no_under=YES_NO_UNDER)
    if strict.node is not None and not strict.problems:
        read["strict"] = strict.node.plain()
    return {name: json.loads(json.dumps(value, default=str)) for name, value in read.items()}


@lru_cache(maxsize=4)
def validator(kind: str) -> Any:
    schema = schemas(default_vocabulary())[f"{kind}.schema.json"]
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def seen(text: str) -> dict[str, list[str]]:
    """What an editor would underline, by reader."""
    check = validator(kind_and_id(text)[0])
    found: dict[str, list[str]] = {}
    told: dict[str, list[str]] = {}
    for reader, value in readings(text).items():
        key = json.dumps(value)
        if key not in told:
            told[key] = [f"{e.json_path}: {e.message[:200]}" for e in check.iter_errors(value)]
        found[reader] = told[key]
    return found
