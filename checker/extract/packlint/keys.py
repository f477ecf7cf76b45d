"""Checks of names: sections, keys, options, and words that must be words of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from checker.extract.packlint.check import Hit, checks
from checker.extract.packlint.file import PackFile, items
from checker.extract.packlint.grammar_options import options
from checker.extract.packlint.shape import CASES, CLASSES, PEOPLE_KEYS, SECTIONS, TEST_KEYS, TEST_KINDS, words_of
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode
from checker.strictyaml.suggest import did_you_mean

__all__ = ["CHECKS", "near", "wrong_word"]

_MANY = 40
"""More words than that are not listed in a message."""
_NUMBER = re.compile(r"(?:(?:about|over):)?[0-9]+(?:\.[0-9]+)?")
_SHIFT = re.compile(r"(?:day|week|month|year):-?[0-9]+")
_OUTSIDE = {"state": "State", "party": "party", "place": "place", "goods": "term of the goods", "act": "act", "unit": "unit",
            "organ": "kind of party", "party_kind": "kind of party", "person_role": "role of persons", "stage": "stage"}
"""Kinds that the vocabulary knows, in words."""
_LISTS = frozenset({"abbreviations", "people", "tests"})
_TEXTS = frozenset({"language", "title"})


def near(text: str, known: Collection[str], name: str) -> str:
    """How to mend a word that is none of the known ones."""
    found = did_you_mean(text, known)
    if found:
        return f"did you mean {found}?"
    return f"{name}: {', '.join(sorted(known))}" if len(known) <= _MANY else f"look it up among the {name}"


def wrong_word(file: PackFile, node: ScalarNode, kind: str, name: str) -> Iterator[Hit]:
    """A hit where a node is no word of a kind."""
    known = words_of(file.vocabulary, kind)
    if str(node.value) not in known:
        yield Hit(node, f"{shown(node.text)} is no {name}", near(node.text, known, f"words of that kind ({name})"))


@checks("L101", "unknown-section", "error", "A section that no pack has; nothing reads it.")
def unknown_section(file: PackFile) -> Iterator[Hit]:
    for name, entry in file.root.entries.items():
        if name not in SECTIONS:
            yield Hit(entry.key, f"no pack has a section {shown(name)}", near(name, SECTIONS, "sections are"))


@checks("L102", "unknown-class", "error", "A key that its section does not have: a class of words, a key of a test or of people.")
def unknown_class(file: PackFile) -> Iterator[Hit]:
    for name, section in SECTIONS.items():
        if section.of in CLASSES:
            for key, _ in file.section(name):
                yield from _class(file, key, section.of)
        if name in ("numerals", "months", "weekdays"):
            for key, _ in file.section(name):
                yield from _figure(file, key, section.of)
    for section_name, keys in (("people", PEOPLE_KEYS), ("tests", TEST_KEYS)):
        for one in _maps(file.root.get(section_name)):
            for name, entry in one.entries.items():
                if name not in keys:
                    yield Hit(entry.key, f"an entry of {section_name} has no key {shown(name)}", near(name, keys, "keys are"))
    for _, declension in file.section("declensions"):
        for entry in declension.entries.values() if isinstance(declension, MapNode) else ():
            if entry.key.text not in CASES:
                yield Hit(entry.key, f"{shown(entry.key.text)} is no case", near(entry.key.text, CASES, "cases are"))


def _class(file: PackFile, key: ScalarNode, kind: str) -> Iterator[Hit]:
    name, _, case = key.text.partition(".")
    known = CLASSES[kind]
    if kind == "marker":
        known = {**known, **dict.fromkeys(_used_markers(file), "")}
    if name not in known:
        yield Hit(key, f"there is no class {shown(name)} of such words", near(name, known, "classes are"))
    if case and case not in CASES:
        yield Hit(key, f"{shown(case)} is no case", near(case, CASES, "cases are"))


def _used_markers(file: PackFile) -> set[str]:
    """Classes of prepositions that a frame gives a role to: a pack may make its own."""
    found: set[str] = set()
    for section in ("frames", "patterns"):
        for _, body in file.section(section):
            markers = body.get("markers") if isinstance(body, MapNode) else None
            found.update(markers.entries if isinstance(markers, MapNode) else ())
    return found


def _figure(file: PackFile, key: ScalarNode, kind: str) -> Iterator[Hit]:
    if kind == "number":
        if not _NUMBER.fullmatch(key.text):
            yield Hit(key, f"{shown(key.text)} is no value", 'write a number, or about:N or over:N: "1000", "about:2", "over:100"')
    elif key.text not in words_of(file.vocabulary, kind):
        yield Hit(key, f"{shown(key.text)} is no number of a {kind}", f"{kind}s are numbered {'1 to 12' if kind == 'month' else '0 to 6'}")


@checks("L103", "unknown-option", "error", "An option that no pack has; nothing looks it up.")
def unknown_option(file: PackFile) -> Iterator[Hit]:
    known = {**dict.fromkeys(options()), "relatives": None, "claimant_status": None}
    for key, value in file.section("options"):
        if key.text not in known:
            yield Hit(key, f"there is no option {shown(key.text)}", near(key.text, known, "options are"))
        if key.text == "claimant_status" and isinstance(value, MapNode):
            for entry in value.entries.values():
                yield from wrong_word(file, entry.key, "claimant", "kind of source")


@checks("L104", "unknown-value", "error", "A value that this option or key cannot have.")
def unknown_value(file: PackFile) -> Iterator[Hit]:
    for key, value in file.section("options"):
        option = options().get(key.text)
        if option and isinstance(value, ScalarNode):
            written = {True: "yes", False: "no"}.get(value.value, value.text) if isinstance(value.value, bool) else value.text
            if option.of:
                yield from wrong_word(file, value, option.of, _OUTSIDE.get(option.of, option.of))
            elif option.values and (written not in option.values or isinstance(value.value, bool)):
                mend = near(written, option.values, "values are")
                quoted = f'write it in quotes: "{written}"' if written in option.values else mend
                yield Hit(value, f"{shown(value.text)} is no value of {key.text}", quoted)
        if key.text == "claimant_status" and isinstance(value, MapNode):
            for entry in value.entries.values():
                if isinstance(entry.value, ScalarNode):
                    yield from wrong_word(file, entry.value, "status", "status of a claim")
    for _, value in file.section("relative_dates"):
        if isinstance(value, ScalarNode) and not _SHIFT.fullmatch(str(value.value)):
            yield Hit(value, f"{shown(value.text)} is no step in time", 'write day, week, month or year and how many: "day:-1", "week:0"')
    for one in _maps(file.root.get("tests")):
        kind, hints = one.get("kind"), one.get("hints")
        if isinstance(kind, ScalarNode) and kind.text not in TEST_KINDS:
            yield Hit(kind, f"{shown(kind.text)} is no kind of sentence", near(kind.text, TEST_KINDS, "kinds are"))
        for hint in items(hints):
            yield from wrong_word(file, hint, "hint", "hint")


@checks("L105", "unknown-term", "error", "A word that the vocabulary does not have: goods, act, State, party, place, unit, kind or role.")
def unknown_term(file: PackFile) -> Iterator[Hit]:
    for name, section in SECTIONS.items():
        if section.of in _OUTSIDE:
            known = words_of(file.vocabulary, section.of)
            for key, _ in file.section(name):
                base, _, case = key.text.partition(".")
                if base not in known:
                    what = _OUTSIDE[section.of]
                    yield Hit(key, f"{shown(base)} is no {what} of the vocabulary", _near_term(file, base, section.of, known))
                if case and case not in CASES:
                    yield Hit(key, f"{shown(case)} is no case", near(case, CASES, "cases are"))
    for one in _maps(file.root.get("people")):
        role, kind, acts = one.get("role"), one.get("kind"), one.get("acts")
        if isinstance(role, ScalarNode):
            yield from wrong_word(file, role, "person_role", "role of persons")
        if isinstance(kind, ScalarNode):
            yield from wrong_word(file, kind, "party_kind", "kind of party")
        for entry in acts.entries.values() if isinstance(acts, MapNode) else ():
            yield from wrong_word(file, entry.key, "people_act", "word for what is done with people")
            if isinstance(entry.value, ScalarNode):
                yield from wrong_word(file, entry.value, "act", "act")


def _near_term(file: PackFile, word: str, kind: str, known: Collection[str]) -> str:
    if kind == "state":
        code = file.vocabulary.states.resolve(word)
        return f"write the code: {code}" if code else "States are told by the two capitals of ISO 3166: KP, RU"
    return near(word, known, f"words of that kind ({_OUTSIDE[kind]})")


@checks("L106", "wrong-shape", "error", "A section or key that holds something of another form than it must: a text where a list belongs.")
def wrong_shape(file: PackFile) -> Iterator[Hit]:
    for name, entry in file.root.entries.items():
        if name not in SECTIONS:
            continue
        if name in _TEXTS:
            wanted, fits = "a text", isinstance(entry.value, ScalarNode)
        elif name in _LISTS:
            wanted, fits = "a list", isinstance(entry.value, ListNode)
        else:
            wanted, fits = "a map", isinstance(entry.value, MapNode)
        if not fits:
            yield Hit(entry.key, f"{name} must be {wanted}", f"{SECTIONS[name].says}; look at the section of another pack")
        elif name in ("people", "tests"):
            for item in entry.value.items if isinstance(entry.value, ListNode) else ():
                if not isinstance(item, MapNode):
                    yield Hit(item, f"an entry of {name} must be a map", "begin it with `- {`, or with `- ` and its first key")
        elif SECTIONS[name].of not in ("", "step") and name not in ("frames", "patterns", "declensions"):
            yield from _word_lists(entry.value)


def _word_lists(section: Node) -> Iterator[Hit]:
    for entry in section.entries.values() if isinstance(section, MapNode) else ():
        words = entry.value.items if isinstance(entry.value, ListNode) else ()
        if not isinstance(entry.value, ListNode):
            yield Hit(entry.value, "words stand in a list, even a single one", "put it in brackets: [word]")
        for word in words:
            if not isinstance(word, ScalarNode):
                yield Hit(word, "a word must be a text", 'quote it if it holds braces or a colon: "sell{s,ing}"')


@checks("L107", "missing-section", "error", "A pack without its language or title.")
def missing_section(file: PackFile) -> Iterator[Hit]:
    for name in ("language", "title"):
        if name not in file.root.entries:
            yield Hit(None, f"the pack has no {name}", f"{name}: {SECTIONS[name].says}")


def _maps(node: Node | None) -> Iterator[MapNode]:
    for item in node.items if isinstance(node, ListNode) else ():
        if isinstance(item, MapNode):
            yield item


CHECKS = (unknown_section, unknown_class, unknown_option, unknown_value, unknown_term, wrong_shape, missing_section)
