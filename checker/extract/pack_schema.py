"""JSON Schema of language packs, so that an editor completes, explains and underlines: from the shapes that the engine and linter use.

``sanctions schema language`` prints it as it was committed; ``python -m checker.extract.pack_schema`` writes it anew. What a schema cannot
say (spellings listed twice, roles that must agree) only the linter checks.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, get_args

from checker.extract.pack import CASED
from checker.extract.packlint.frame_keys import FrameKey, frame_keys
from checker.extract.packlint.grammar_options import options
from checker.extract.packlint.shape import CASES, CLASSES, PEOPLE_KEYS, SECTIONS, TEST_KEYS, TEST_KINDS, roles, words_of
from checker.locator import rules_dir
from checker.model.claim import Report
from checker.model.facts import FACTS
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary

__all__ = ["FILE", "pack_schema", "render", "write_schema"]

FILE = "language.schema.json"

Schema = dict[str, Any]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string", "pattern": "\\S"}
_WORDS: Schema = {"$ref": "#/$defs/words"}
_LIST: Schema = {"type": "array", "items": {"$ref": "#/$defs/word"}}
_WORD: Schema = {
    "type": "string",
    "pattern": "\\S",
    "description": "a word, as it is written: sell{s,ing} is short for sells, selling; =the North asks for these capitals; "
                   "supplie* takes any ending; Ross~i the endings of the declension i",
}
_BESIDE = {"mm": "millimetres", "km": "kilometres"}
"""What packs may name beside the words of the vocabulary."""
_WIDTH = 120
_SHAPED = ("", "name", "step")
"""Kinds of keys that are free; their sections have shapes of their own."""
_NUMBERS = {"number": "^((about|over):)?[0-9]+(\\.[0-9]+)?$", "month": "^([1-9]|1[0-2])$", "weekday": "^[0-6]$"}


def pack_schema(vocabulary: Vocabulary) -> Schema:
    """JSON Schema of a pack, draft 2020-12, with every word of the vocabulary that a pack may name."""
    properties = {name: {"description": section.says, **_section(name, section.of, vocabulary)} for name, section in SECTIONS.items()}
    parts: Schema = {"word": _WORD, "words": _LIST, "frame": _frame(vocabulary, pattern=False), "pattern": _frame(vocabulary, pattern=True)}
    parts |= {f"by_{of}": _by(of, vocabulary) for of in {section.of for section in SECTIONS.values()} if of not in _SHAPED}
    parts |= {f"words_{kind}": _titled(vocabulary, kind) for kind in ("act", "goods", "stage", "person_role", "party_kind")}
    parts |= {"words_role": _choice({name: FACTS[name].says for name in roles()})}
    return {"$schema": _DRAFT, "$id": FILE, "title": "Language pack of the sanctions checker", "type": "object", "properties": properties,
            "additionalProperties": False, "required": ["language", "title"], "$defs": dict(sorted(parts.items()))}


def _titled(vocabulary: Vocabulary, kind: str) -> Schema:
    """The words of a taxonomy with their titles."""
    names = {"act": "acts", "goods": "goods", "stage": "stages", "person_role": "person_roles", "party_kind": "party_kinds"}
    return _choice({term.id: term.says or term.title for term in vocabulary.taxonomies[names[kind]].terms.values()})


def _choice(words: Mapping[str, str]) -> Schema:
    """One of the words; editors show what each means."""
    return {"type": "string", "oneOf": [{"const": word, **({"description": says} if says else {})} for word, says in words.items()]}


def _section(name: str, of: str, vocabulary: Vocabulary) -> Schema:
    own = {"language": {"type": "string", "pattern": "^[a-z]{2,3}$"}, "title": _TEXT, "options": _options(vocabulary),
           "people": {"type": "array", "items": _people()}, "tests": {"type": "array", "items": _test(vocabulary)},
           "abbreviations": _WORDS, "declensions": _declensions(),
           "patterns": {"type": "object", "additionalProperties": {"$ref": "#/$defs/pattern"}},
           "frames": {"type": "object", "additionalProperties": {"$ref": "#/$defs/frame"}},
           "relative_dates": {"type": "object", "additionalProperties": {"type": "string", "pattern": "^(day|week|month|year):-?[0-9]+$"}}}
    if name in own:
        return own[name]
    return {"$ref": f"#/$defs/by_{of}"}


def _by(of: str, vocabulary: Vocabulary) -> Schema:
    """A map of word lists whose keys are words of one kind."""
    if of in _NUMBERS:
        return {"type": "object", "patternProperties": {_NUMBERS[of]: _WORDS}, "additionalProperties": False}
    known = words_of(vocabulary, of)
    says = {word: told or _says(vocabulary, of, word) for word, told in _meanings(known).items()}
    cased = any(section.of == of for name, section in SECTIONS.items() if name in CASED)
    return _keyed(says, cased=cased, open_ended=of == "marker")  # a pack may make classes of prepositions of its own


def _meanings(known: Collection[str]) -> dict[str, str]:
    return {word: str(known[word] or "") for word in known} if isinstance(known, Mapping) else dict.fromkeys(known, "")


def _says(vocabulary: Vocabulary, of: str, word: str) -> str:
    """What a word of the vocabulary means, in a few words."""
    if of == "state":
        return vocabulary.states.name(word)
    if of == "party":
        return vocabulary.parties.name(word)
    if of == "place":
        return vocabulary.places.name(word)
    taxonomy = vocabulary.taxonomies[{"goods": "goods", "act": "acts", "unit": "units", "organ": "party_kinds"}[of]]
    return taxonomy.title(word) if word in taxonomy else _BESIDE.get(word, "")


def _keyed(words: Mapping[str, str], *, cased: bool, open_ended: bool) -> Schema:
    """A map of word lists. ``cased``: each key may tell a case behind a full stop; ``open_ended``: there may be other keys."""
    properties = {word: {"description": says, **_WORDS} for word, says in words.items()}
    declined: Schema = {"patternProperties": {f"^({'|'.join(words)})\\.({'|'.join(CASES)})$": _WORDS}} if cased else {}
    rest: Any = _WORDS if open_ended else False
    return {"type": "object", "properties": properties, **declined, "additionalProperties": rest}


def _options(vocabulary: Vocabulary) -> Schema:
    properties: Schema = {}
    for option in options().values():
        values = option.values or tuple(words_of(vocabulary, option.of)) if option.of or option.values else ()
        kind: Schema = {"enum": list(values)} if values else {"type": "string"}
        default = {"default": option.values[0]} if option.values else {}
        properties[option.name] = {"description": option.says, **kind, **default}
    status = _choice(dict.fromkeys(words_of(vocabulary, "status"), ""))
    kinds = {kind: {"description": says, **status} for kind, says in _meanings(words_of(vocabulary, "claimant")).items()}
    properties["relatives"] = {"description": "codes of languages that this pack reads, too", "type": "array",
                               "items": {"type": "string", "pattern": "^[a-z]{2,3}$"}}
    properties["claimant_status"] = {"description": "what a claim by each kind of source counts as", "type": "object", "properties": kinds,
                                     "additionalProperties": False}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _people() -> Schema:
    told = {word: {"description": says, "$ref": "#/$defs/words_act"} for word, says in CLASSES["people_act"].items()}
    acts = {"type": "object", "properties": told, "additionalProperties": False}
    shapes: Mapping[str, Schema] = {"role": {"$ref": "#/$defs/words_person_role"}, "kind": {"$ref": "#/$defs/words_party_kind"},
                                    "acts": acts, "words": _WORDS}
    return {"type": "object", "properties": {key: {"description": says, **shapes[key]} for key, says in PEOPLE_KEYS.items()},
            "additionalProperties": False, "required": ["role", "acts", "words"]}


def _test(vocabulary: Vocabulary) -> Schema:
    stages, reports = "|".join(words_of(vocabulary, "stage")), "|".join(get_args(Report))
    event = {"type": "string", "pattern": f"^[a-z0-9_]+ (-|[a-z0-9_]+) [^ >]+>[^ >]+ ({reports}) ({stages})$"}
    shapes: Mapping[str, Schema] = {"kind": _choice({kind: says for kind, (_, says) in TEST_KINDS.items()}), "text": _TEXT,
                                    "events": {"type": "array", "items": event},
                                    "hints": {"type": "array", "items": _choice(CLASSES["hint"])},
                                    "names": {"type": "object", "additionalProperties": {"enum": sorted(words_of(vocabulary, "organ"))}}}
    return {"type": "object", "properties": {key: {"description": says, **shapes[key]} for key, says in TEST_KEYS.items()},
            "additionalProperties": False, "required": ["text", "events"]}


def _declensions() -> Schema:
    endings = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
               "description": "the endings of this case; - is the bare stem"}
    cases = {"type": "object", "properties": dict.fromkeys(CASES, endings), "additionalProperties": False}
    return {"type": "object", "additionalProperties": cases}


def _frame(vocabulary: Vocabulary, *, pattern: bool) -> Schema:
    keys = {name: key for name, key in frame_keys().items() if not pattern or name not in ("pattern", "forms")}
    properties = {name: {"description": key.says, **_frame_key(key, vocabulary)} for name, key in keys.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False, **({} if pattern else {"required": ["forms"]})}


def _frame_key(key: FrameKey, vocabulary: Vocabulary) -> Schema:
    if key.kind == "flag":
        return {"type": "boolean"}
    if key.kind == "map":
        return _frame_map(key, vocabulary)
    one = _frame_word(key.of)
    if key.kind == "list":
        return {"anyOf": [one, {"type": "array", "items": one}]}
    return {"anyOf": [{"const": ""}, one]} if key.of == "role" else one


def _frame_word(of: str) -> Schema:
    if of in ("act", "goods", "stage", "role"):
        return {"$ref": f"#/$defs/words_{of}"}
    if of in ("object", "people_act"):
        return _choice(CLASSES[of])
    return {"type": "string"}


def _frame_map(key: FrameKey, vocabulary: Vocabulary) -> Schema:
    if key.name == "forms":
        voices = {voice: {"description": says, **_WORDS} for voice, says in CLASSES["form"].items()}
        return {"type": "object", "properties": voices, "additionalProperties": False}
    if key.name == "markers":
        role = {"anyOf": [{"const": ""}, {"$ref": "#/$defs/words_role"}]}
        known = {word: {"description": says, **role} for word, says in _meanings(words_of(vocabulary, "frame_marker")).items()}
        return {"type": "object", "properties": known, "additionalProperties": role}
    if key.name == "acts":
        return {"type": "object", "additionalProperties": {"$ref": "#/$defs/words_act"}}
    if key.name == "facts":
        return {"type": "object", "propertyNames": {"enum": list(FACTS)}}
    return {"type": "object"}


def render(schema: Schema) -> str:
    """The text of the file: one property or word a line, so that changes can be read."""
    return _lines(schema, "") + "\n"


def _lines(value: Any, indent: str) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= _WIDTH or not isinstance(value, dict | list) or not value:
        return flat
    deeper = indent + " "
    if isinstance(value, list):
        return "[\n" + ",\n".join(deeper + _lines(item, deeper) for item in value) + f"\n{indent}]"
    rows = (f"{deeper}{json.dumps(name, ensure_ascii=False)}: {_lines(item, deeper)}" for name, item in value.items())
    return "{\n" + ",\n".join(rows) + f"\n{indent}}}"


def write_schema(path: Path, vocabulary: Vocabulary | None = None) -> None:
    """Write the schema to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(pack_schema(vocabulary or default_vocabulary())), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_schema(Path(sys.argv[1]) if len(sys.argv) > 1 else rules_dir() / "schema" / FILE)
