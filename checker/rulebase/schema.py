"""JSON Schema of rule files, with every word of the vocabulary, so that an editor completes and underlines while one writes.

``python -m checker.rulebase.schema [FOLDER]`` writes it, and those of the records, to ``rules/schema`` or to another folder.
What a schema cannot say (order of periods, named values, ids that must agree) only the loader checks.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import get_args

from checker.locator import rules_dir
from checker.model.claim import Report
from checker.model.facts import FACTS, FactSpec
from checker.rulebase.conditions import COVERED, FORMS, IF_UNKNOWN
from checker.rulebase.examples import EXPECTS, SHARED_EXPECTS
from checker.rulebase.exemptions import PROCEDURES
from checker.rulebase.periods import ENDED, FORCES, ROLES
from checker.rulebase.quotas import COUNTED, COVERED_QUANTITY, PER, SCOPES
from checker.rulebase.rulefile import BREACH_CLASSES, EVERYBODY, EXEMPTION_FILE, KINDS, OPTIONAL, REQUIRED, SEVERITIES, STATUSES
from checker.rulebase.wire_schemas import (
    DAY,
    DRAFT,
    FLAG,
    TEXT,
    Schema,
    closed,
    event_schema,
    finding_schema,
    findings_schema,
    receipt_schema,
    word_def,
    word_defs,
)
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary

__all__ = ["exemption_schema", "rule_schema", "schemas", "write_schemas"]

_FILLED: Schema = {"type": "string", "minLength": 1}
_NUMBER: Schema = {"type": "number"}
_YES_NO: Schema = {"enum": ["yes", "no", True, False]}


def _some(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item, "minItems": 1}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _value(spec: FactSpec) -> Schema:
    """All forms that the value of a line on this fact may take."""
    unknown = {"if_unknown": {"enum": list(IF_UNKNOWN)}}
    named: Schema = {"const": COVERED + spec.name}
    if spec.type == "number":
        forms = [_NUMBER, closed({"at_least": _NUMBER, "at_most": _NUMBER, **unknown}, ["at_least", "at_most", "if_unknown"]), named]
    elif spec.type == "date":
        forms = [closed({"before": DAY, "after": DAY, **unknown}, ["before", "after", "if_unknown"]), named]
    else:
        word = FLAG if spec.type == "bool" else _some(_ref(word_def(spec)))
        one: Schema = {"anyOf": [word, named]}
        forms = [word, named, closed({"is": one, **unknown}, ["if_unknown"]), closed({"not": one, **unknown}, ["if_unknown"])]
        if "any" in FORMS[spec.type]:
            forms.append(closed({"any": word, "except": word, **unknown}, ["except", "if_unknown"]))
        lists = [name for name in ("listed", "waived") if name in FORMS[spec.type]]
        forms += [closed({name: _some(_ref("words_lists")), **unknown}, ["if_unknown"]) for name in lists]
    return {"description": spec.says, "anyOf": forms}


def _group(depth: int) -> Schema:
    """A map of lines; groups nest down to depth 0."""
    lines = {spec.name: _ref(f"line_{spec.name}") for spec in FACTS.values() if spec.type in FORMS}
    if depth:
        lines |= {kind: _list(_ref(f"group_{depth - 1}")) for kind in ("any", "none")}
    return {"type": "object", "properties": lines, "additionalProperties": False, "minProperties": 1}


def _written_facts() -> Schema:
    """The facts of an example: a word, a list of words, a map, or ``unknown``."""
    facts: dict[str, Schema] = {"report": {"enum": [*get_args(Report)]}}
    for spec in FACTS.values():
        words = [_ref(word_def(spec))] if spec.taxonomy else []
        open_form: Schema = {"type": ["array"] if words else ["string", "number", "boolean", "array", "object"]}
        facts[spec.name] = {"description": spec.says, "anyOf": [*words, {"const": "unknown"}, open_form]}
    return {"type": "object", "properties": facts, "additionalProperties": False, "minProperties": 1}


def _period() -> Schema:
    verified = closed({"paragraph": _YES_NO, "dates": _YES_NO, "scope": _YES_NO, "source": TEXT, "date": DAY})
    named = {COVERED + spec.name: _ref(f"line_{spec.name}") for spec in FACTS.values() if spec.type in FORMS}
    named[COVERED_QUANTITY] = _ref("limits")
    return closed(
        {
            "from": DAY,
            "until": DAY,
            "known_until": DAY,
            "ended": {"enum": list(ENDED)},
            "authority": _some(_FILLED),
            "force": {"enum": list(FORCES)},
            "says": _FILLED,
            "link": {"type": "string", "pattern": "^https?://"},
            "verified": verified,
            **named,
        },
        ["until", "known_until", "ended", *named],
    )


def _parts(vocabulary: Vocabulary) -> dict[str, Schema]:
    parts: dict[str, Schema] = word_defs(vocabulary, parties=True)
    parts |= {f"words_{name}": {"enum": sorted(vocabulary.taxonomies[name])} for name in ("lists", "units")}
    parts |= {f"line_{spec.name}": _value(spec) for spec in FACTS.values() if spec.type in FORMS}
    parts |= {f"group_{depth}": _group(depth) for depth in range(3)}
    exemption = {
        "says": _FILLED,
        "authority": _some(_FILLED),
        "when": _ref("group_2"),
        "from": DAY,
        "until": DAY,
        "procedure": {"enum": list(PROCEDURES)},
        "if_unknown": {"const": "review"},
        "unless": _ref("group_2"),
        "contested": _list(_ref("contest")),
    }
    optional = ["from", "until", "procedure", "if_unknown", "unless", "contested"]
    limit = closed({"number": {"type": "number", "minimum": 0}, "unit": _ref("words_units")})
    window = {"anyOf": [{"enum": list(PER)}, closed({"year_from": {"type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$"}})]}
    quota = closed(
        {
            "of": {"enum": list(COUNTED)},
            "at_most": {"anyOf": [_ref("limits"), {"const": COVERED_QUANTITY}, closed({"level_on": DAY})]},
            "whichever": {"const": "lower"},
            "per": window,
            "scope": {"enum": list(SCOPES)},
            "conditions": _ref("group_2"),
            "alerts": _list({"type": "number", "exclusiveMinimum": 0, "maximum": 100}),
        },
        ["whichever", "conditions", "alerts"],
    )
    label: Schema = {"enum": list(vocabulary.labels.names)}
    strings: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
    facts: Schema = {"anyOf": [TEXT, {"type": "array", "items": {"enum": list(FACTS)}}]}
    expect = {
        "anyOf": [
            label,
            closed(
                {"label": label, "breach_by": strings, "because": TEXT, "missing": facts, "authority": _some(_FILLED),
                 "not_excluded": strings},
                EXPECTS,
            ),
        ]
    }
    written = {"name": _FILLED, "event": _ref("facts"), "but": _ref("facts"), "like": _FILLED, "source": _FILLED, "confirmed": FLAG}
    may = ["event", "but", "like", "source", "confirmed"]
    example, shared_example = (closed({**written, "expect": wanted}, may) for wanted in (expect, {"enum": list(SHARED_EXPECTS)}))
    one_event = {"oneOf": [{"required": ["event"]}, {"required": ["but"]}]}
    return parts | {
        "facts": _written_facts(),
        "period": _period(),
        "exemption": closed(exemption, optional),
        "use": closed({"use": _FILLED}),
        "limits": {"anyOf": [limit, {"type": "array", "items": limit, "minItems": 1, "maxItems": 2}]},
        "quota": quota,
        "example": example | one_event,
        "shared_example": shared_example | one_event,
        "contest": closed(
            {"from": DAY, "until": DAY, "positions": _list(closed({"view": _FILLED, "holders": _some(_FILLED), "basis": _FILLED}))},
            ["until"],
        ),
    }


def rule_schema(vocabulary: Vocabulary) -> Schema:
    """JSON Schema of a rule file."""
    bound = {"enum": [EVERYBODY, *vocabulary.states.codes]}
    lines: dict[str, Schema] = {
        "rule": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "title": _FILLED,
        "summary": _FILLED,
        "kind": {"enum": list(KINDS)},
        "regime": {"enum": list(vocabulary.regimes)},
        "severity": {"enum": list(SEVERITIES)},
        "status": {"enum": list(STATUSES)},
        "owner": _FILLED,
        "reviewed": closed({"by": _FILLED, "date": DAY, "again_by": DAY}),
        "breach_class": {"enum": list(BREACH_CLASSES)},
        "replaced_by": _some(_FILLED),
        "overrides": _some(_FILLED),
        "quota": _ref("quota"),
        "in_force": _list(_ref("period")),
        "contested": _list(_ref("contest")),
        "duty": closed({"owed_by": {"enum": list(ROLES)}, "due": DAY}),
        "bound": _some(bound),
        "breach_by": _some({"enum": list(ROLES)}),
        "flag_when": _ref("group_2"),
        "met_when": _ref("group_2"),
        "unless": {"type": "object", "additionalProperties": {"anyOf": [_ref("use"), _ref("exemption")]}, "minProperties": 1},
        "not_encoded": _list(closed({"text": _FILLED, "why": _FILLED})),
        "examples": _list(_ref("example")),
    }
    root = closed({name: lines[name] for name in (*REQUIRED, *OPTIONAL)}, OPTIONAL)
    return {"$schema": DRAFT, "title": "Rule of the sanctions checker", **root, "$defs": _parts(vocabulary)}


def exemption_schema(vocabulary: Vocabulary) -> Schema:
    """JSON Schema of a file that holds a shared exemption."""
    parts = _parts(vocabulary)
    lines = rule_schema(vocabulary)["properties"]
    known = {
        "exemption": lines["rule"],
        **{name: lines[name] for name in ("title", "owner", "reviewed", "not_encoded")},
        **parts["exemption"]["properties"],
        "examples": _list(_ref("shared_example")),
    }
    root = closed({name: known[name] for name in (*EXEMPTION_FILE[0], *EXEMPTION_FILE[1])}, EXEMPTION_FILE[1])
    return {"$schema": DRAFT, "title": "Shared exemption of the sanctions checker", **root, "$defs": parts}


def schemas(vocabulary: Vocabulary) -> dict[str, Schema]:
    """All schemas by file name."""
    return {
        "rule.schema.json": rule_schema(vocabulary),
        "exemption.schema.json": exemption_schema(vocabulary),
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
        path.write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]) if len(sys.argv) > 1 else rules_dir() / "schema")
