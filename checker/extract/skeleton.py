"""The beginning of a pack for another language: every section with its meaning, and the words of a model beside each empty list.

What the locale data knows is filled in (months, weekdays) or comes by itself (names of States).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.extract.packlint.form import MODELINE
from checker.extract.packlint.grammar_options import options
from checker.extract.packlint.shape import SECTIONS
from checker.strictyaml.loader import parse_file

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["skeleton"]

_SHOWN = 5
"""So many words of the model stand beside an empty list."""
_STATES_SHOWN = 4
_PLAIN = re.compile(r"[\w./-]+( [\w./-]+)*")
_WORDS = ("actors", "adjectives", "institutions", "groups", "org_nouns", "supports", "goods", "places", "markers", "grammar", "cues",
          "attribution", "claimants", "units", "numerals", "date_words", "zones")
_SPARSE = ("particles", "proclitics", "declensions", "terms")
_TITLES = {"actors": "who", "people": "people", "supports": "what", "markers": "small words", "patterns": "verbs and nouns of action",
           "cues": "what changes the reading, and who says it", "units": "numbers and dates", "zones": "the page", "tests": "sentences"}
_TESTS = (
    ("plain", "shipment artillery_shell KP>RU reported done", "North Korea sent artillery shells to Russia."),
    ("plain", "purchase rocket KP>RU alleged done", "Russia bought rockets from North Korea, the White House said."),
    ("denial", "transfer uav IR>RU denied done", "Iran denied that it had supplied drones to Russia."),
)


def skeleton(lang: str, model: Path, vocabulary: Vocabulary, schema: str = "") -> str:
    """The text of a pack for ``lang`` (a language code) after a model pack. ``schema``: the way to the schema of packs, if there is one."""
    parsed = parse_file(model).node
    data: Any = parsed.plain() if parsed is not None else {}
    return "\n".join([*_head(lang, model.stem, schema), *_sections(lang, data, model, vocabulary)]) + "\n"


def _head(lang: str, model: str, schema: str) -> Iterator[str]:
    locale = _locale(lang)
    title = locale.english_name if locale else lang
    if schema:
        yield MODELINE.format(schema)
    yield f"# {title}. Words go into the brackets; beside them stand those of the pack {model}. docs/guides/add-a-language.md shows how."
    yield "#   sell{s,ing}  short for sells, selling     =the North  exactly these capitals     supplie*  any ending"
    if locale is None:
        yield "# The locale data does not know this language: names of States, months and weekdays must be written."
    else:
        yield f"# Plurals that the language tells apart: {', '.join(sorted({*locale.plural_form.tags, 'other'}))}."
    yield f"language: {json.dumps(lang)}"
    yield f"title: {title if _PLAIN.fullmatch(title) else json.dumps(title)}"


def _sections(lang: str, data: Mapping[str, Any], model: Path, vocabulary: Vocabulary) -> Iterator[str]:
    for name, section in SECTIONS.items():
        if name in ("language", "title"):
            continue
        yield ""
        if name in _TITLES:
            yield f"# ---- {_TITLES[name]} ".ljust(120, "-")
        yield f"# {section.says[0].upper()}{section.says[1:]}."
        if name in _WORDS:
            yield from _words(lang, name, data.get(name, {}), vocabulary)
        elif name in _SPARSE:
            yield from _sparse(name, data.get(name, {}))
        elif name in _AFTER_MODEL:
            yield from _AFTER_MODEL[name](data)
        else:
            yield from _own(lang, name, model)


def _options(data: Mapping[str, Any]) -> Iterator[str]:
    chosen = data.get("options", {})
    yield "options:"
    for option in options().values():
        values = f"{' | '.join(option.values)}: " if option.values else ""
        yield f"  # {option.name}: {values}{option.says}"
        if option.name in chosen and option.name != "home":
            yield f"  {option.name}: {_value(chosen[option.name])}"
    yield "  relatives: []  # codes of languages that this pack reads, too"
    yield "  claimant_status:  # what a claim by each kind of source counts as"
    yield from (f"    {kind}: {status}" for kind, status in chosen.get("claimant_status", {}).items())


def _words(lang: str, name: str, section: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[str]:
    yield f"{name}:"
    names: dict[str, list[str]] = {}
    if name == "actors" and _locale(lang) is not None:
        for spelling, code in vocabulary.states.names(lang):
            names.setdefault(code, []).append(spelling)
        yield "  # The locale data gives these names, which need not be listed:"
    done: set[str] = set()
    for key, words in section.items():
        base = key if "." not in key or name in ("numerals",) else key.partition(".")[0]
        if base not in done and base not in vocabulary.states.fictitious:
            done.add(base)
            known = f"{', '.join(names[base][:_STATES_SHOWN])}; " if base in names else ""
            yield f"  {_key(base)}: []  # {known}{_some(words)}"
    if not done:
        yield "  {}"


def _sparse(name: str, section: Mapping[str, Any]) -> Iterator[str]:
    yield f"{name}: {{}}"
    for key, words in section.items():
        yield f"  # {_key(key)}: {_some(words) if isinstance(words, list) else json.dumps(words, ensure_ascii=False)}"


def _people(data: Mapping[str, Any]) -> Iterator[str]:
    yield "people:"
    for one in data.get("people", []):
        acts = ", ".join(f"{how}: {act}" for how, act in one.get("acts", {}).items())
        yield f"  - {{role: {one.get('role', '')}, acts: {{{acts}}}, words: []}}  # {_some(one.get('words', []))}"


def _frames(data: Mapping[str, Any]) -> Iterator[str]:
    yield "# Take the # away from those for which you have words; the name of a frame is free."
    yield "frames: {}  # the braces go when the first frame stands below"
    for name, body in data.get("frames", {}).items():
        yield f"#  {name}:"
        for key, value in body.items():
            if key == "forms":
                yield "#    forms:"
                yield from (f"#      {voice}: []  # {_some(words)}" for voice, words in value.items())
            else:
                yield f"#    {key}: {_value(value)}"


def _relative(data: Mapping[str, Any]) -> Iterator[str]:
    yield "relative_dates: {}  # the braces go when the first word stands below"
    yield from (f"#  {json.dumps(word, ensure_ascii=False)}: {json.dumps(shift)}" for word, shift in data.get("relative_dates", {}).items())


_AFTER_MODEL: Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "options": _options, "people": _people, "frames": _frames, "relative_dates": _relative}


def _own(lang: str, name: str, model: Path) -> Iterator[str]:
    if name == "patterns":
        lines = model.read_text(encoding="utf-8").splitlines()
        start = next((i for i, line in enumerate(lines) if line.startswith("patterns:")), len(lines) - 1)
        end = next((i for i in range(start + 1, len(lines)) if lines[i][:1].strip()), len(lines))
        yield from (line for line in lines[start:end] if line.strip())
    elif name in ("months", "weekdays"):
        yield f"{name}:"
        yield from (f'  "{number}": {json.dumps(words, ensure_ascii=False)}' for number, words in _calendar(lang, name))
    elif name == "abbreviations":
        yield "abbreviations: []"
    else:
        yield "# In the end at least 40: 10 passives, 10 denials, 5 norms, 5 with the sides exchanged. The first three, to translate:"
        yield "tests: []  # the brackets go when the first sentence stands below"
        for kind, event, english in _TESTS:
            yield f'#  - {{kind: {kind}, text: "...", events: ["{event}"]}}  # {english}'


def _calendar(lang: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Number and names of months or weekdays, as the locale data has them."""
    locale = _locale(lang)
    months = name == "months"
    for number in range(1, 13) if months else range(7):
        found: dict[str, str] = {}
        for context in ("format", "stand-alone") if locale else ():
            for width in ("wide", "abbreviated"):
                table = (locale.months if months else locale.days)[context][width]
                word = str(table.get(number, "")).rstrip(".")
                found.setdefault(word.casefold(), word)
        yield number, [word for word in found.values() if len(word) > 1 and not word.isdigit()]


def _locale(lang: str) -> Any:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang)
    except (UnknownLocaleError, ValueError):
        return None


def _some(words: Any) -> str:
    listed = [str(word) for word in words] if isinstance(words, list) else [str(words)]
    return ", ".join(listed[:_SHOWN]) + (" ..." if len(listed) > _SHOWN else "")


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z_][\w]*", key) else json.dumps(key)


def _value(value: Any) -> str:
    """A value in flow style, its texts quoted where they must be."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_value(v) for v in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_key(k)}: {_value(v)}' for k, v in value.items())}}}"
    text = str(value)
    plain = re.fullmatch(r"[A-Za-z_][\w/]*", text) and text not in ("yes", "no", "on", "off")
    return text if plain else json.dumps(text, ensure_ascii=False)
