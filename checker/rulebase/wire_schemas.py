"""JSON Schemas of the records this program writes: event, finding, receipt, and the findings of a run.

They are generated from the fact table, the model and the vocabulary, and describe ``to_wire`` exactly: no key may be left out
or added without a new version in the record's ``schema``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from checker.model.claim import CLAIM_STATUSES, Report
from checker.model.event import EVENT_SCHEMA, TIERS
from checker.model.explain import NodeKind
from checker.model.facts import FACTS, PARTY_ROLES, FactSpec
from checker.model.finding import FINDING_SCHEMA, RECEIPT_SCHEMA, Law, Outcome
from checker.model.rule import Force
from checker.model.run import FINDINGS_SCHEMA
from checker.model.truth import Truth
from checker.vocabulary.vocabulary import Vocabulary

__all__ = [
    "DRAFT",
    "Schema",
    "closed",
    "event_schema",
    "finding_schema",
    "findings_schema",
    "receipt_schema",
    "word_def",
    "word_defs",
    "words_of",
]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_PART = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
DATE: Schema = {"type": "string", "pattern": f"^{_PART}(\\.\\.{_PART})?$", "description": "a day, month, year, or a..b: some day within"}


def words_of(vocabulary: Vocabulary, spec: FactSpec) -> list[str]:
    """Every word that a fact of this kind takes, sorted; empty for facts without vocabulary."""
    states = set(vocabulary.states.codes)
    if spec.taxonomy:
        return sorted(vocabulary.taxonomies[spec.taxonomy])
    if spec.type == "party":
        return sorted({*vocabulary.parties, *states})
    if spec.type in ("place", "places"):
        return sorted({*vocabulary.places, *states})
    return sorted(states) if spec.type == "state" else []


def closed(properties: Mapping[str, Schema], optional: Sequence[str] = ()) -> Schema:
    """An object with exactly these keys."""
    required = [name for name in properties if name not in optional]
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return schema | {"required": required} if required else schema


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _enum(words: Sequence[str]) -> Schema:
    return {"type": "string", "enum": list(words)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def word_def(spec: FactSpec) -> str:
    """The name under ``$defs`` of the words of a fact; facts with the same words share it."""
    return f"words_{spec.taxonomy or {'places': 'place'}.get(spec.type, spec.type)}"


def word_defs(vocabulary: Vocabulary, *, parties: bool) -> dict[str, Schema]:
    """The words of every fact by ``word_def``; in records a party may have any name, so that its words are left out."""
    wanted = [spec for spec in FACTS.values() if parties or spec.type != "party"]
    return {word_def(spec): _enum(words) for spec in wanted if (words := words_of(vocabulary, spec))}


def _fact(spec: FactSpec) -> Schema:
    word = _ref(word_def(spec))
    forms: dict[str, Schema] = {
        "term": word,
        "terms": _array(word),
        "state": word,
        "place": word,
        "places": _array(word),
        "party": TEXT,
        "text": TEXT,
        "date": DATE,
        "bool": FLAG,
        "number": {"type": "number"},
        "amount": closed({"number": {"type": "number"}, "unit": TEXT, "about": {"const": True}, "at_least": {"const": True}},
                         ["about", "at_least"]),
        "screening": _array(closed({"party": TEXT, "list": TEXT, "from": DAY, "until": DAY, "weak": {"const": True}}, ["until", "weak"])),
    }
    return {**forms[spec.type], "description": spec.says or spec.name.replace("_", " ")}


def _event() -> Schema:
    facts = {spec.name: _fact(spec) for spec in FACTS.values()}
    names = {"type": "object", "propertyNames": {"enum": list(PARTY_ROLES)}, "additionalProperties": TEXT}
    rest = {
        "tier": _enum(TIERS),
        "document": TEXT,
        "sha256": TEXT,
        "claims": _array(_ref("claim")),
        "evidence": _array(_ref("evidence")),
        "assumed": _array(_ref("assumed")),
    }
    return closed({"schema": {"const": EVENT_SCHEMA}, "id": TEXT, **facts, "names": names, "leads": _array(_ref("lead")), **rest},
                  [*facts, "names", "leads", "sha256"])


def _event_parts(vocabulary: Vocabulary) -> dict[str, Schema]:
    claim = closed(
        {
            "status": _enum(CLAIM_STATUSES),
            "by": TEXT,
            "party": TEXT,
            "via": TEXTS,
            "date": _or_null(DATE),
            "about": TEXT,
            "evidence": _array(_ref("evidence")),
        }
    )
    evidence = closed(
        {"document": TEXT, "start": COUNT, "end": COUNT, "text": TEXT, "fact": TEXT, "zone": TEXT, "how": _enum(("explicit", "inferred"))}
    )
    return {
        **word_defs(vocabulary, parties=False),
        "event": _event(),
        "claim": claim,
        "evidence": evidence,
        "assumed": closed({"fact": TEXT, "basis": TEXT}),
        "lead": closed({"party": _enum(PARTY_ROLES), "list": TEXT, "entry": TEXT, "name": TEXT, "how": TEXT, "since": DAY, "note": TEXT,
                        "weak": {"const": True}}, ["since", "note", "weak"]),
    }


def _receipt_parts(vocabulary: Vocabulary) -> dict[str, Schema]:
    optional = ("truth", "fact", "wanted", "got", "note", "where", "children")
    explain = closed(
        {
            "kind": _enum(get_args(NodeKind)),
            "text": TEXT,
            "truth": _enum([t.word for t in Truth]),
            "fact": TEXT,
            "wanted": TEXT,
            "got": TEXT,
            "note": TEXT,
            "where": TEXT,
            "children": _array(_ref("explain")),
        },
        optional,
    )
    receipt = closed(
        {
            "schema": {"const": RECEIPT_SCHEMA},
            "id": TEXT,
            "rule": TEXT,
            "rule_digest": DIGEST,
            "rulebase_digest": DIGEST,
            "period": {"type": "integer", "minimum": -1},
            "outcome": _enum(get_args(Outcome)),
            "label": _enum(vocabulary.labels.names),
            "event": _ref("event"),
            "explain": _ref("explain"),
            "checker_version": TEXT,
            "events": _array(_ref("event")),
        },
        ["events"],
    )
    return {**_event_parts(vocabulary), "receipt": receipt, "explain": explain}


def _finding_parts(vocabulary: Vocabulary) -> dict[str, Schema]:
    verified = closed({"paragraph": FLAG, "dates": FLAG, "scope": FLAG, "source": TEXT, "date": TEXT})
    law = closed({"from": DAY, "until": TEXT, "force": _enum(get_args(Force)), "says": TEXT, "link": TEXT, "verified": verified})
    finding = closed(
        {
            "schema": {"const": FINDING_SCHEMA},
            "id": TEXT,
            "rule": TEXT,
            "title": TEXT,
            "regime": TEXT,
            "severity": TEXT,
            "label": _enum(vocabulary.labels.names),
            "flagged": FLAG,
            "outcome": _enum(get_args(Outcome)),
            "law": _enum(get_args(Law)),
            "report": _enum(get_args(Report)),
            "stage": TEXT,
            "authority": TEXTS,
            "law_on_date": _or_null(law),
            "breach_by": _array(closed({"role": TEXT, "name": TEXT, "state": TEXT})),
            "event": _ref("event"),
            "missing": TEXTS,
            "assumed": _array(_ref("assumed")),
            "exemptions_not_excluded": _array(closed({"name": TEXT, "says": TEXT, "authority": TEXTS, "missing": TEXTS})),
            "because": TEXT,
            "denied_by": TEXTS,
            "positions": _array(closed({"view": TEXT, "holders": TEXTS, "basis": TEXT})),
            "notes": TEXTS,
            "not_encoded": _array(closed({"text": TEXT, "why": TEXT})),
            "also": _array(closed({"rule": TEXT, "title": TEXT, "authority": TEXTS})),
            "tier": _enum(TIERS),
            "sentence": TEXT,
            "receipt": _ref("receipt"),
            "quota": _quota(),
            "shadow": {"const": True},
        },
        ["quota", "shadow"],
    )
    return {**_receipt_parts(vocabulary), "finding": finding}


def _quota() -> Schema:
    number: Schema = {"type": "number"}
    total = closed({"unit": TEXT, "at_most": number, "notified": number, "estimated": number, "percent": number})
    one = {"event": TEXT, "document": TEXT}
    contribution = closed(
        {
            **one,
            "date": {"anyOf": [DATE, {"const": ""}]},
            "amounts": {"type": "object", "additionalProperties": number},
            "basis": _enum(("notified", "estimated")),
            "scope": _enum(("single", "cumulative")),
            "report": _enum(get_args(Report)),
        }
    )
    return closed(
        {
            "from": DAY,
            "until": TEXT,
            "state": TEXT,
            "totals": _array(total),
            "alert": number,
            "contributions": _array(contribution),
            "left_out": _array(closed({**one, "why": TEXT})),
        }
    )


def _document(name: str, title: str, root: Schema, parts: Mapping[str, Schema]) -> Schema:
    return {"$schema": DRAFT, "$id": name, "title": title, **root, "$defs": dict(sorted(parts.items()))}


def event_schema(vocabulary: Vocabulary) -> Schema:
    """JSON Schema of one event as written."""
    return _document(EVENT_SCHEMA, "Event of the sanctions checker", _ref("event"), _event_parts(vocabulary))


def receipt_schema(vocabulary: Vocabulary) -> Schema:
    """JSON Schema of one receipt."""
    return _document(RECEIPT_SCHEMA, "Receipt of the sanctions checker", _ref("receipt"), _receipt_parts(vocabulary))


def finding_schema(vocabulary: Vocabulary) -> Schema:
    """JSON Schema of one finding."""
    return _document(FINDING_SCHEMA, "Finding of the sanctions checker", _ref("finding"), _finding_parts(vocabulary))


def findings_schema(vocabulary: Vocabulary) -> Schema:
    """JSON Schema of the findings of a run."""
    document = closed(
        {
            "id": TEXT,
            "language": TEXT,
            "published": _or_null(DATE),
            "status": _enum(("read", "no events", "record", "unreadable")),
            "url": TEXT,
            "outlet": TEXT,
            "agency": TEXT,
            "title": TEXT,
            "sha256": DIGEST,
            "characters": COUNT,
            "events": _array(_ref("event")),
            "hints": _array(closed({"kind": TEXT, "evidence": _ref("evidence")})),
            "notes": TEXTS,
        }
    )
    problem = closed(
        {"path": TEXT, "line": COUNT, "column": COUNT, "code": TEXT, "message": TEXT, "mend": TEXT, "severity": _enum(("error", "warning"))}
    )
    run = closed(
        {
            "schema": {"const": FINDINGS_SCHEMA},
            "checker_version": TEXT,
            "rules": COUNT,
            "rulebase_digest": DIGEST,
            "law_known_as_of": TEXT,
            "documents": _array(_ref("document")),
            "findings": _array(_ref("finding")),
            "problems": _array(_ref("problem")),
            "report": {"type": "object", "description": "only in a written report: its headline and the order of its matters"},
        },
        ["report"],
    )
    return _document(
        FINDINGS_SCHEMA,
        "Findings of a run of the sanctions checker",
        run,
        {**_finding_parts(vocabulary), "document": document, "problem": problem},
    )
