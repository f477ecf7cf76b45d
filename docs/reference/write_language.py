"""Writes the tables of ``rule-language.md``: ``python docs/reference/write_language.py``.

Each block from ``<!-- NAME -->`` to ``<!-- /NAME -->`` is written anew from the tables of the grammar, the codes and the JSON Schemas;
all other words of the page are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from checker.model.facts import FACTS
from checker.rulebase.codes import CODES
from checker.rulebase.conditions import FORMS as FORMS_OF
from checker.rulebase.grammar import SECTIONS, Section
from checker.rulebase.meanings import FORMS, WORDS
from checker.rulebase.schema import schemas
from checker.strictyaml.codes import CODES as YAML_CODES
from checker.vocabulary.vocabulary import default_vocabulary

PAGE = Path(__file__).resolve().parent / "rule-language.md"
MESSAGES = Path(__file__).resolve().parents[2] / "tests/messages/bad"
BLOCK = re.compile(r"<!-- ([a-z_]+(?: [a-z_]+)?) -->\n.*?<!-- /\1 -->\n", re.S)
TYPES = {
    "term": "a word of its taxonomy",
    "terms": "a set of words of its taxonomy",
    "party": "a State or a party",
    "state": "a State",
    "place": "a place or State",
    "places": "a set of places or States",
    "bool": "true or false",
    "number": "a number",
    "date": "a day",
}
PARTS = {
    "group_2": "[lines](#lines)",
    "group_1": "[lines](#lines)",
    "group_0": "[lines](#lines)",
    "facts": "an [event](events.md)",
    "limits": "a [limit](#a-limit), or a list of two",
    "words_fact": "a fact of events",
    "words_role": "a [role](#roles)",
    "words_state": "a State",
    "words_units": "a unit",
}
OBJECTS = {"exemptions": "names, each with [an exemption](#an-exemption) or [a shared one](#a-shared-exemption-used)"}


class Shapes:
    """What stands to the right of a line, in a few words, from the schemas."""

    def __init__(self) -> None:
        made = schemas(default_vocabulary())
        self.parts: dict[str, Any] = {}
        for name in ("exemption", "instrument", "rule"):
            self.parts |= made[f"{name}.schema.json"]["$defs"]
        self.maps = {name: made[f"{name}.schema.json"] for name in ("rule", "exemption", "instrument")}

    def map_of(self, section: Section) -> Mapping[str, Any]:
        """The map of the schemas that has exactly the lines of a section, or all of them where it has more."""
        found = [m for m in _maps([self.maps, self.parts]) if set(section.keys) <= set(m["properties"])]
        return min(found, key=lambda m: len(m["properties"]))

    def say(self, schema: Mapping[str, Any]) -> str:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return PARTS.get(name) or (f"a {name.removeprefix('words_')}" if name.startswith("words_") else self.say(self.parts[name]))
        if "anyOf" in schema:
            return self._any(schema["anyOf"])
        if "enum" in schema:
            return "yes or no" if "yes" in schema["enum"] else " · ".join(f"`{word}`" for word in schema["enum"])
        return self._type(schema)

    def _any(self, options: list[Mapping[str, Any]]) -> str:
        """Alternatives; a list of what may also stand alone is said once."""
        words = [f"`{option['const']}`" for option in options if "const" in option]
        rest = [option for option in options if "const" not in option]
        said = [self.say(option) for option in rest if option.get("type") != "array" or option["items"] not in rest]
        or_list = len(said) < len(rest)
        return " · ".join([*said, *words]) + (", or a list of them" if or_list else "")

    def _type(self, schema: Mapping[str, Any]) -> str:
        pattern, title = schema.get("pattern", ""), schema.get("title", "")
        if schema.get("type") == "array":
            return f"a list: {self.say(schema['items'])}"
        if schema.get("type") == "object":
            anchor = title.replace(" ", "-").replace(",", "")
            return OBJECTS.get(title) or (f"[{title}](#{anchor})" if title else "numbers, each with [a paragraph](#a-paragraph)")
        if pattern.startswith("^[0-9]{4}-("):
            return "a day"
        forms = {"^https": "an address", "^((0": "month and day", "^[a-z0-9]+": "an id", "^unscr": "an id"}
        kinds = {"boolean": "true or false", "number": "a number", "integer": "a whole number"}
        return next((said for start, said in forms.items() if pattern.startswith(start)), kinds.get(str(schema.get("type")), "a text"))


def _maps(schema: Any) -> list[Any]:
    if isinstance(schema, Mapping):
        own = [schema] if schema.get("additionalProperties") is False and "properties" in schema else []
        return [*own, *(found for part in schema.values() for found in _maps(part))]
    return [found for part in schema for found in _maps(part)] if isinstance(schema, list) else []


def lines(name: str, shapes: Shapes) -> str:
    """One map of the grammar: where it stands, its lines, an example."""
    section = SECTIONS[name]
    known = shapes.map_of(section)
    rows = []
    for line, says in section.keys.items():
        must = "" if line in known.get("required", ()) else "?"
        rows.append(f"| `{line}`{must} | {shapes.say(known['properties'][line])} | {says} |")
    table = "\n".join(["| line | value | meaning |", "|---|---|---|", *rows])
    return f"{section.says} It stands {section.where}.\n\n{table}\n\n```yaml\n{section.example}```\n"


def words(name: str) -> str:
    return "\n".join(["| word | meaning |", "|---|---|", *(f"| `{word}` | {says} |" for word, says in WORDS[name].items())]) + "\n"


def forms() -> str:
    rows = [f"| `{example}` | {says} |" for example, says in FORMS.values()]
    return "\n".join(["| form | meaning |", "|---|---|", *rows]) + "\n"


def facts() -> str:
    """Which facts take which forms."""
    rows = []
    for kind, says in TYPES.items():
        names = ", ".join(f"`{spec.name}`" for spec in FACTS.values() if spec.type == kind)
        rows.append(f"| {says} | {', '.join(f'`{form}`' for form in FORMS_OF[kind])} | {names} |")
    return "\n".join(["| value | forms of the map | facts |", "|---|---|---|", *rows]) + "\n"


def messages() -> str:
    """Every code of rule files with its meaning and a message, from the files that pin the messages."""
    paths = sorted(MESSAGES.rglob("*.txt"), key=lambda path: (path.parent.name != "rules", path))
    shown = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    found: dict[str, str] = {}
    for message in re.split(r"\n(?=\S+?: (?:error|warning)\[)", shown):
        code = re.match(r"\S+?(?::\d+)*: (?:error|warning)\[([a-z-]+)\]", message)
        if code:
            found.setdefault(code[1], f"\n```text\n{message.partition(chr(10) * 2)[0].rstrip()}\n```\n")
    return "\n".join(f"#### {name}\n\n{says}\n{found.get(name, '')}" for name, says in CODES.items())


def codes() -> str:
    return "\n".join(["| code | meaning |", "|---|---|", *(f"| `{code}` | {says} |" for code, says in YAML_CODES.items())]) + "\n"


def written(text: str) -> str:
    """The page with every block written anew."""
    shapes = Shapes()

    def block(found: re.Match[str]) -> str:
        what, _, name = found[1].partition(" ")
        made: dict[str, Callable[[], str]] = {
            "lines": lambda: lines(name, shapes),
            "words": lambda: words(name),
            "forms": forms,
            "facts": facts,
            "messages": messages,
            "codes": codes,
        }
        return f"<!-- {found[1]} -->\n{made[what]()}<!-- /{found[1]} -->\n"

    return BLOCK.sub(block, text)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
