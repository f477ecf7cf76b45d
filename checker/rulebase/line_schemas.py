"""Lines of a rule and facts of an example as parts of JSON Schemas.

``some_<kind>`` is a word or a list of them, ``named_<kind>`` the value of a ``covered_<fact>`` line, ``line_<fact>`` all forms of a
line, ``group_<n>`` a map of lines in which groups may nest n times, ``fact_<kind>`` a written fact of an event.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.event import EVENT_KEYS, EVENT_SCHEMA, TIERS
from checker.model.facts import FACTS, PARTY_ROLES, FactSpec
from checker.rulebase.conditions import COVERED, FORMS, TERM_TYPES
from checker.rulebase.grammar import SECTIONS
from checker.rulebase.meanings import FORMS as MEANINGS
from checker.rulebase.wire_schemas import FLAG, TEXT, TEXTS, Schema, closed
from checker.rulebase.words import kind_of, ref, short_list, words

__all__ = ["DAY", "event_parts", "line_parts", "list_of", "some", "tested"]

DAY: Schema = {
    "type": "string",
    "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "patternErrorMessage": "a calendar day is wanted: 2017-09-11, without quotes",
}
_PART = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_DATE: Schema = {
    "type": ["string", "integer"],
    "pattern": f"^{_PART}([.][.]{_PART})?$",
    "minimum": 1000,
    "maximum": 9999,
    "patternErrorMessage": "a date is wanted: 2022-11-02, 2022-11, 2022 or 2022-11-02..2022-11-30",
}
_NUMBER: Schema = {"type": "number"}
_UNKNOWN: Schema = {"const": "unknown", "description": "not told; the same as leaving the fact out"}
_LISTED = ("listed", "waived")
_EXCLUSIVE = ("is", "not", "any", *_LISTED)
_BOUNDS = {"number": _NUMBER, "date": DAY}


def list_of(item: Schema) -> Schema:
    """A list that is not empty."""
    return {"type": "array", "items": item, "minItems": 1}


def some(item: Schema) -> Schema:
    """One, or a list of them."""
    return {"anyOf": [item, list_of(item)]}


def tested() -> list[FactSpec]:
    """The facts that a line can test."""
    return [spec for spec in FACTS.values() if spec.type in FORMS]


def line_parts() -> dict[str, Schema]:
    """Lines and groups, and what they share."""
    parts: dict[str, Schema] = {"if_unknown": short_list("if_unknown"), "some_lists": some(ref("words_lists"))}
    for spec in tested():
        kind = kind_of(spec)
        if spec.type in TERM_TYPES:
            parts[f"some_{kind}"] = some(words(spec))
        parts[f"named_{kind}"] = {"anyOf": [*_plain(spec), _map_form(spec, named=False)]}
        parts[f"covered_{kind}"] = {"enum": [COVERED + other.name for other in tested() if kind_of(other) == kind]}
        parts[f"map_{kind}"] = _map_form(spec, named=True)
        named = {"const": COVERED + spec.name, "description": "the value that the period in force gives under this name"}
        forms = [*_plain(spec), named, ref(f"map_{kind}")]
        parts[f"line_{spec.name}"] = {"title": f"{spec.name}: {spec.says}", "description": spec.says, "anyOf": forms}
    return parts | {f"group_{depth}": _group(depth) for depth in range(3)}


def _plain(spec: FactSpec) -> list[Schema]:
    """A value written without a map."""
    if spec.type in TERM_TYPES:
        return [ref(f"some_{kind_of(spec)}")]
    return {"bool": [FLAG], "number": [_NUMBER], "date": []}[spec.type]


def _map_form(spec: FactSpec, *, named: bool) -> Schema:
    """A value written as a map. ``named``: it may be a value that each period gives; else it is such a value itself, which takes
    neither names nor ``if_unknown``."""
    forms: dict[str, Schema] = {}
    for form in FORMS[spec.type]:
        if form in _LISTED:
            forms[form] = ref("some_lists")
        elif spec.type in _BOUNDS:
            forms[form] = _BOUNDS[spec.type]
        else:
            (plain,) = _plain(spec)
            forms[form] = {"anyOf": [plain, ref(f"covered_{kind_of(spec)}")]} if form in ("is", "not") and named else plain
    lines = {form: {"description": MEANINGS[form][1], **schema} for form, schema in forms.items()}
    if named:
        lines["if_unknown"] = {"description": MEANINGS["if_unknown"][1], **ref("if_unknown")}
    schema = closed(lines, list(lines))
    if spec.type in _BOUNDS:
        return {**schema, "anyOf": [{"required": [form]} for form in forms]}
    schema["oneOf"] = [{"required": [form]} for form in forms if form in _EXCLUSIVE]
    return {**schema, "if": {"required": ["except"]}, "then": {"required": ["any"]}} if "except" in forms else schema


def _group(depth: int) -> Schema:
    lines = {spec.name: ref(f"line_{spec.name}") for spec in tested()}
    if depth:
        for name, says in SECTIONS["lines"].keys.items():
            lines[name] = {"description": says, **list_of(ref(f"group_{depth - 1}"))}
    return {"type": "object", "title": "lines that must all hold", "properties": lines, "additionalProperties": False, "minProperties": 1}


def event_parts(*, siblings: bool) -> dict[str, Schema]:
    """A written event (``facts``) and its parts. ``siblings``: a list stands for an event each, as in files of events."""
    parts = {f"fact_{kind_of(spec)}": _written(spec, siblings) for spec in FACTS.values()}
    evidence = {"document": TEXT, "start": _count(0), "end": _count(1), "text": TEXT, "fact": TEXT, "zone": TEXT, "how": TEXT}
    parts["evidence"] = {"type": "array", "items": _titled("a quotation", evidence, ["start", "end", "text"])}
    status = short_list("report")
    rest = {"by": TEXT, "party": ref("words_party"), "via": TEXTS, "date": _DATE, "about": TEXT, "evidence": ref("evidence")}
    parts["claim"] = _titled("a claim", {"status": status, **rest}, ["status"])
    facts = {spec.name: {"title": f"{spec.name}: {spec.says}", **ref(f"fact_{kind_of(spec)}")} for spec in FACTS.values()}
    facts |= {
        "schema": {"const": EVENT_SCHEMA},
        "id": TEXT,
        "report": {"description": "short for one claim without claimant", **status},
        "claims": {"type": "array", "items": ref("claim"), "description": "who says it, and how"},
        "evidence": {"description": "the words it rests on", **ref("evidence")},
        "assumed": {
            "type": "array",
            "description": "facts that no word states",
            "items": _titled("an assumption", {"fact": {"enum": [*FACTS, *EVENT_KEYS]}, "basis": TEXT}, ["fact"]),
        },
        "tier": {"enum": list(TIERS), "description": "how surely it was read"},
        "document": TEXT,
        "sha256": {"description": "the digest of the document's text", **TEXT},
        "names": {
            "type": "object",
            "description": "the name to print for a party role",
            "properties": dict.fromkeys(PARTY_ROLES, TEXT),
            "additionalProperties": False,
        },
        "leads": {
            "type": "array",
            "description": "parties on lists of one's own; written by screening",
            "items": _titled("a lead", {"party": {"enum": list(PARTY_ROLES)}, **dict.fromkeys(("list", "entry", "name", "how"), TEXT),
                                        "since": DAY, "note": TEXT, "weak": FLAG}, ["party", "list", "entry", "name", "how"]),
        },
    }
    told_once = {"if": {"required": ["report"]}, "then": {"properties": {"claims": {"maxItems": 0}}}}
    least = {} if siblings else {"minProperties": 1}
    return parts | {"facts": {**_titled("an event", facts, []), **least, **told_once}}


def _titled(title: str, properties: dict[str, Schema], required: Sequence[str]) -> Schema:
    return {"title": title, **closed(properties, [name for name in properties if name not in required])}


def _count(least: int) -> Schema:
    return {"type": "integer", "minimum": least}


def _written(spec: FactSpec, siblings: bool) -> Schema:
    """A fact as written in an event."""
    kind = kind_of(spec)
    party = {"name": {"type": "string", "pattern": "\\S", "maxLength": 300}}
    party |= {part: {"anyOf": [_UNKNOWN, ref(f"words_{of}")]} for part, of in (("state", "state"), ("kind", "party_kinds"))}
    entry = {"party": TEXT, "list": {"anyOf": [ref("words_lists"), TEXT]}, "from": DAY, "until": DAY, "weak": FLAG}
    amount = {"number": _NUMBER, "unit": ref("words_units"), "about": FLAG, "at_least": FLAG}
    forms: dict[str, list[Schema]] = {
        "party": [ref("words_party"), _titled("a party", party, ["name"])],
        "date": [_DATE],
        "bool": [FLAG],
        "number": [_NUMBER],
        "amount": [_titled("an amount", amount, ["number", "unit"])],
        "text": [{"type": "string", "maxLength": 300}],
        "screening": [{"type": "array", "items": _titled("an entry of a list", entry, ["party", "list", "from"])}],
    }
    taken = forms.get(spec.type) or [ref(f"words_{kind}")]
    if spec.is_set and spec.type != "screening":
        taken = [*taken, {"type": "array", "items": taken[0]}]
    elif spec.type != "screening":
        several = list_of(taken[0] if len(taken) == 1 else {"anyOf": taken})
        taken = [*taken, several if siblings else {**several, "maxItems": 1}]
    return {"anyOf": [*taken, _UNKNOWN]}
