"""JSON Schema of a list of the user's own in YAML; ``checker.lists.own_entry`` reads the fields."""

from __future__ import annotations

from checker.rulebase.line_schemas import DAY
from checker.rulebase.wire_schemas import DRAFT, Schema
from checker.rulebase.words import choice
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["own_list_schema"]


def own_list_schema(vocabulary: Vocabulary) -> Schema:
    """Draft 2020-12, with the kinds of parties and the codes of States."""
    kinds = vocabulary.taxonomies["party_kinds"].terms.values()
    spelled = [(word, term.says or term.title) for term in kinds for word in (term.id, *term.also)]
    states = [(code, vocabulary.states.name(code)) for code in sorted(vocabulary.states.codes)]
    fields: Schema = {
        "id": ("how reports call the entry; no other one has it", {**_text(60), "type": ["string", "integer"]}),
        "name": ("the name of the party, in any script", _text(200)),
        "aliases": ("other names of the party", {"anyOf": [_text(200), {"type": "array", "items": _text(200)}]}),
        "kind": ("what the party is", {"$ref": "#/$defs/kind"}),
        "imo": ("the IMO number of a ship or a company", {"type": ["string", "integer"], "pattern": "^(IMO[^0-9]*)?[0-9]{7}$",
                                                          "minimum": 1_000_000, "maximum": 9_999_999}),
        "country": ("the State of a company, the nationality of a person, the flag of a ship", {"$ref": "#/$defs/country"}),
        "regime": ("under which measures of whom the party is; shown with it", _text(80)),
        "note": ("what a reader shall know; shown with it", _text(500)),
        "listed_on": ("the day on which it was put on the list", DAY),
    }
    entry = {"type": "object", "title": "an entry", "additionalProperties": False, "required": ["id", "name", "kind"],
             "properties": {name: {"description": says, **schema} for name, (says, schema) in fields.items()}}
    return {
        "$schema": DRAFT,
        "$id": "own-list.schema.json",
        "title": "List of one's own for the sanctions checker",
        "type": "object",
        "additionalProperties": False,
        "required": ["list", "entries"],
        "properties": {"list": {"description": "what reports call the list", **_text(80)},
                       "entries": {"type": "array", "items": {"$ref": "#/$defs/entry"}}},
        "$defs": {"entry": entry, "kind": choice(spelled), "country": choice(states, _text(60))},
    }


def _text(longest: int) -> Schema:
    return {"type": "string", "pattern": "\\S", "maxLength": longest}
