"""JSON Schemas of the files that people write, with every word of the vocabulary, so that an editor completes, explains and underlines.

``python -m checker.rulebase.schema [FOLDER]`` writes them, and those of the records, to ``rules/schema`` or to another folder.
What a schema cannot say (order of periods, named values, names that must agree) only the loader checks.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from checker.locator import rules_dir
from checker.rulebase.compact import compact
from checker.rulebase.examples import EXPECTS
from checker.rulebase.exemptions import EXEMPTION_OPTIONAL
from checker.rulebase.grammar import SECTIONS
from checker.rulebase.instruments import ALL_REGIMES
from checker.rulebase.line_schemas import DAY, event_parts, line_parts, list_of, some, tested
from checker.rulebase.own_schema import own_list_schema
from checker.rulebase.quotas import COVERED_QUANTITY
from checker.rulebase.rulefile import EVERYBODY, EXEMPTION_FILE, REQUIRED
from checker.rulebase.wire_schemas import (
    DRAFT,
    FLAG,
    Schema,
    event_schema,
    finding_schema,
    findings_schema,
    receipt_schema,
)
from checker.rulebase.words import choice, kind_of, ref, short_list, word_parts
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary

__all__ = ["event_file_schema", "exemption_schema", "instrument_schema", "rule_schema", "schemas", "write_schemas"]

_PLAIN: Schema = {"type": ["string", "number"]}
_FILLED: Schema = {**_PLAIN, "pattern": "\\S", "patternErrorMessage": "this may not be empty"}
_ID: Schema = {
    "type": ["string", "integer"],
    "minimum": 0,
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "patternErrorMessage": "an id is written in small letters, digits and hyphens: dprk-arms-export",
}
_LINK: Schema = {"type": "string", "pattern": "^https?://", "patternErrorMessage": "the whole address is wanted: https://..."}
_YES_NO: Schema = {"type": ["boolean", "string"], "enum": ["yes", "no", True, False]}
_MONTH_DAY: Schema = {
    "type": "string",
    "pattern": "^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$",
    "patternErrorMessage": "month and day are wanted, two digits each: 12-22",
}
_PARAGRAPH = "^(Annex ([A-Z]+|[0-9]+) para )?[0-9]+(\\([a-z]+\\))*$"
_COUNT: Schema = {"type": "integer", "minimum": 1}


def _map(section: str, values: Mapping[str, Schema], optional: Collection[str] = ()) -> Schema:
    """A map of the grammar with the meaning of each line. ``values`` may leave out none of its lines."""
    known = SECTIONS[section]
    properties = {name: {"description": says, **values[name]} for name, says in known.keys.items()}
    required = [name for name in properties if name not in optional]
    return {"type": "object", "title": known.title, "properties": properties, "additionalProperties": False, "required": required}


def _needs(line: str, word: str, needed: Collection[str], barred: Collection[str]) -> Schema:
    """Where ``line`` is ``word``, the lines needed; else the lines barred."""
    rest: Schema = {"properties": dict.fromkeys(barred, False)}
    return {"if": {"properties": {line: {"const": word}}, "required": [line]}, "then": {"required": list(needed)}, "else": rest}


def _law_parts() -> dict[str, Schema]:
    """The law by date."""
    authority = some(_FILLED)
    period = _map(
        "period",
        {
            "from": DAY,
            "until": DAY,
            "known_until": DAY,
            "ended": short_list("ended"),
            "authority": authority,
            "force": short_list("force"),
            "says": _FILLED,
            "link": _LINK,
            "verified": ref("verified"),
        },
        ("until", "known_until", "ended"),
    )
    for spec in tested():
        says = f"the value that `{spec.name}: covered_{spec.name}` stands for in this period"
        period["properties"][f"covered_{spec.name}"] = {"description": says, **ref(f"named_{kind_of(spec)}")}
    says = f"the limit in this period, for `at_most: {COVERED_QUANTITY}`"
    period["properties"][COVERED_QUANTITY] = {"description": says, **ref("limits")}
    position = _map("position", {"view": _FILLED, "holders": authority, "basis": _FILLED})
    return {
        "period": period,
        "verified": _map("verified", {**dict.fromkeys(("paragraph", "dates", "scope"), _YES_NO), "source": _PLAIN, "date": DAY}),
        "contest": _map("contest", {"from": DAY, "until": DAY, "positions": list_of(position)}, ("until",)),
        "reviewed": _map("reviewed", {"by": _FILLED, "date": DAY, "again_by": DAY}),
        "not_encoded": list_of(_map("not_encoded", {"text": _FILLED, "why": _FILLED})),
    }


def _quota_parts() -> dict[str, Schema]:
    limit = _map("limit", {"number": {"type": "number", "minimum": 0}, "unit": ref("words_units")})
    named: Schema = {"const": COVERED_QUANTITY, "description": "the limit that the period in force gives under this name"}
    quota = _map(
        "quota",
        {
            "of": short_list("of"),
            "at_most": {"anyOf": [ref("limits"), named, _map("level", {"level_on": DAY})]},
            "whichever": short_list("whichever"),
            "per": {"anyOf": [short_list("per"), _map("window", {"year_from": _MONTH_DAY})]},
            "scope": short_list("scope"),
            "conditions": ref("group_2"),
            "alerts": list_of({"type": "number", "exclusiveMinimum": 0, "maximum": 100}),
        },
        ("whichever", "conditions", "alerts"),
    )
    two: Schema = {"properties": {"at_most": {"type": "array", "minItems": 2}}, "required": ["at_most"]}
    one: Schema = {"anyOf": [{"type": "array", "maxItems": 1}, {"type": "object", "required": ["number"]}]}
    chosen = [
        {"if": two, "then": {"required": ["whichever"]}},
        {"if": {"properties": {"at_most": one}, "required": ["at_most"]}, "then": {"properties": {"whichever": False}}},
    ]
    return {"limits": {"anyOf": [limit, {**list_of(limit), "maxItems": 2}]}, "quota": {**quota, "allOf": chosen}}


def _exemption_lines() -> dict[str, Schema]:
    return {
        "says": _FILLED,
        "authority": some(_FILLED),
        "when": ref("group_2"),
        "from": DAY,
        "until": DAY,
        "procedure": short_list("procedure"),
        "if_unknown": choice([("review", "what is not told makes the outcome possible, for a person to look at")]),
        "unless": ref("group_2"),
        "contested": list_of(ref("contest")),
    }


def _example_parts() -> dict[str, Schema]:
    label, names = ref("words_label"), {"anyOf": [_FILLED, {"type": "array", "items": _FILLED}]}
    facts = {"anyOf": [ref("words_fact"), {"type": "array", "items": ref("words_fact")}]}
    more = {"label": label, "breach_by": names, "because": _PLAIN, "missing": facts, "authority": some(_FILLED), "not_excluded": names}
    texts = {"name": _FILLED, "event": ref("facts"), "but": ref("facts"), "like": _FILLED, "source": _PLAIN, "confirmed": FLAG}
    expect: Schema = {"anyOf": [label, _map("expect", more, EXPECTS)]}
    # One event: written out, or as a change of another; `like` says of which.
    one: Schema = {"if": {"required": ["event"]}, "then": {"properties": {"but": False, "like": False}}, "else": {"required": ["but"]}}
    optional = ("event", "but", "like", "source", "confirmed")
    return {
        "example": {**_map("example", {**texts, "expect": expect}, optional), **one},
        "shared_example": {**_map("example", {**texts, "expect": short_list("shared_expect")}, optional), **one},
    }


def _document(name: str, title: str, root: Schema, parts: Mapping[str, Schema]) -> Schema:
    """A whole schema with those of the parts that it uses."""
    used: dict[str, Schema] = {}
    wanted = _refs(root)
    while wanted:
        part = wanted.pop()
        if part not in used:
            used[part] = parts[part]
            wanted |= _refs(parts[part])
    return {"$schema": DRAFT, "$id": name, **root, "title": title, "$defs": dict(sorted(used.items()))}


def _refs(schema: object) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["$ref"].rpartition("/")[2]} if isinstance(schema.get("$ref"), str) else set()
        return own.union(*(_refs(value) for value in schema.values()))
    return set().union(*map(_refs, schema)) if isinstance(schema, list) else set()


def _parts(vocabulary: Vocabulary) -> dict[str, Schema]:
    written = {**line_parts(), **event_parts(siblings=False), **_law_parts(), **_quota_parts(), **_example_parts()}
    exemption = _map("exemption", _exemption_lines(), EXEMPTION_OPTIONAL)
    return {**word_parts(vocabulary), **written, "exemption": exemption, "use": _map("use", {"use": _FILLED})}


def rule_schema(vocabulary: Vocabulary) -> Schema:
    """JSON Schema of a rule file."""
    everybody = choice([(EVERYBODY, "every State")], ref("words_state"))
    unless: Schema = {"if": {"type": "object", "required": ["use"]}, "then": ref("use"), "else": ref("exemption")}
    values: dict[str, Schema] = {
        "rule": _ID,
        **dict.fromkeys(("title", "summary", "owner"), _FILLED),
        **{name: short_list(name) for name in ("kind", "severity", "status", "breach_class")},
        "regime": ref("words_regime"),
        "reviewed": ref("reviewed"),
        **dict.fromkeys(("replaced_by", "overrides"), some(_FILLED)),
        "in_force": list_of(ref("period")),
        "contested": list_of(ref("contest")),
        "bound": some(everybody),
        "breach_by": some(ref("words_role")),
        "duty": _map("duty", {"owed_by": ref("words_role"), "due": DAY}),
        "quota": ref("quota"),
        **dict.fromkeys(("flag_when", "met_when"), ref("group_2")),
        "unless": {"type": "object", "title": "exemptions", "additionalProperties": unless, "minProperties": 1},
        "not_encoded": ref("not_encoded"),
        "examples": list_of(ref("example")),
    }
    root = _map("rule", values, [name for name in values if name not in REQUIRED])
    root["allOf"] = [_needs("kind", "duty", ["duty"], ["duty", "met_when"]), _needs("kind", "quota", ["quota"], ["quota"])]
    return _document("rule.schema.json", "Rule of the sanctions checker", root, _parts(vocabulary))


def exemption_schema(vocabulary: Vocabulary) -> Schema:
    """JSON Schema of a file that holds a shared exemption."""
    values = {"exemption": _ID, "title": _FILLED, "owner": _FILLED, "reviewed": ref("reviewed"), "not_encoded": ref("not_encoded"),
              "examples": list_of(ref("shared_example"))}
    own, lines = _map("shared", values), _map("exemption", _exemption_lines())
    root = {**own, "properties": {**own["properties"], **lines["properties"]}, "required": list(EXEMPTION_FILE[0])}
    return _document("exemption.schema.json", "Shared exemption of the sanctions checker", root, _parts(vocabulary))


def instrument_schema(vocabulary: Vocabulary) -> Schema:
    """JSON Schema of a file that holds a resolution."""
    verified = {"dates": _YES_NO, "source": _PLAIN, "date": DAY}
    checked = _map("verified", {**dict.fromkeys(("paragraph", "dates", "scope"), _YES_NO), **verified})
    checked = {**checked, "properties": {name: checked["properties"][name] for name in verified}, "required": list(verified)}
    paragraph = _map(
        "paragraph",
        {"says": _FILLED, "rules": some(_FILLED), "exempts": FLAG, "none": _FILLED, "open": _FILLED, "verified": ref("verified")},
        ("rules", "exempts", "none", "open"),
    )
    # One answer; only `open` may stand beside `rules`.
    answers = ("rules", "exempts", "none", "open")
    paragraph["oneOf"] = [
        {"required": [name], "properties": {other: False for other in answers if other != name and (name, other) != ("rules", "open")}}
        for name in answers
    ]
    regime = choice([(ALL_REGIMES, "every regime")], ref("words_regime"))
    values: dict[str, Schema] = {
        "instrument": {"type": "string", "pattern": "^unscr-[1-9][0-9]*$", "patternErrorMessage": "unscr- and the number: unscr-1718"},
        "title": _FILLED,
        "number": _COUNT,
        "year": _COUNT,
        "adopted": DAY,
        "regime": some(regime),
        "link": _LINK,
        "verified": checked,
        "paragraphs": {"type": "object", "patternProperties": {_PARAGRAPH: paragraph}, "additionalProperties": False, "minProperties": 1},
    }
    return _document("instrument.schema.json", "Resolution of the sanctions checker", _map("instrument", values), _parts(vocabulary))


def event_file_schema(vocabulary: Vocabulary) -> Schema:
    """JSON Schema of a file of events as people write them; that of the record is ``event_schema``."""
    parts = {**word_parts(vocabulary), **event_parts(siblings=True)}
    root = {"if": {"type": "array"}, "then": {"items": ref("facts")}, "else": ref("facts")}
    return _document("event-file.schema.json", "Events of the sanctions checker", root, parts)


def schemas(vocabulary: Vocabulary) -> dict[str, Schema]:
    """All schemas by file name."""
    return {
        "rule.schema.json": rule_schema(vocabulary),
        "exemption.schema.json": exemption_schema(vocabulary),
        "instrument.schema.json": instrument_schema(vocabulary),
        "event-file.schema.json": event_file_schema(vocabulary),
        "own-list.schema.json": own_list_schema(vocabulary),
        "event.schema.json": event_schema(vocabulary),
        "finding.schema.json": finding_schema(vocabulary),
        "receipt.schema.json": receipt_schema(vocabulary),
        "findings.schema.json": findings_schema(vocabulary),
    }


def write_schemas(directory: Path, vocabulary: Vocabulary | None = None) -> list[Path]:
    """Write every schema into a folder; the paths written."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas(vocabulary or default_vocabulary()).items():
        path = directory / name
        path.write_text(compact(schema), encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]) if len(sys.argv) > 1 else rules_dir() / "schema")
