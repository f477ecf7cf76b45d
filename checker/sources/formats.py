"""What is known about event databases: ``rules/sources``, read strictly. The form of the files is told in ``gdelt.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from checker.errors import RuleBaseError
from checker.locator import rules_dir
from checker.model.facts import FACTS, PARTY_ROLES
from checker.strictyaml.nodes import Node
from checker.strictyaml.problem import Problem
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary

__all__ = ["DELIMITERS", "Act", "Actor", "Format", "Formats", "default_formats", "load_formats"]

DELIMITERS: Mapping[str, str] = {"tab": "\t", "comma": ",", "semicolon": ";"}
_KEYS = ("title", "delimiter", "quotes", "columns", "digits", "header", "id", "source", "code", "date", "first", "second", "state_kinds",
         "place", "many", "missing", "acts")
_NEEDED = ("title", "delimiter", "quotes", "id", "source", "code", "date", "acts")
_COUNTRIES = "countries"


@dataclass(frozen=True, slots=True)
class Actor:
    """The columns that tell of one party of a row."""

    state: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Act:
    """An act and the rows that tell it: ``when`` maps columns to values in small letters. ``first`` and ``second`` are party roles."""

    when: Mapping[str, frozenset[str]]
    title: str
    facts: Mapping[str, str]
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """One database. ``columns`` is empty where the file has a header; ``many`` maps a column to the signs between its values."""

    name: str
    title: str
    delimiter: str
    quotes: bool
    columns: tuple[str, ...]
    digits: tuple[str, ...]
    header: tuple[str, ...]
    id: str
    source: str
    code: tuple[str, ...]
    date: str
    date_form: str
    actors: tuple[Actor | None, Actor | None]
    state_kinds: frozenset[str]
    place: str
    place_codes: str
    many: Mapping[str, str]
    missing: frozenset[str]
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Formats:
    """All databases, and codes of countries that are not ISO 3166: FIPS for places, others for parties."""

    formats: tuple[Format, ...]
    fips: Mapping[str, str]
    others: Mapping[str, str]


@lru_cache(maxsize=1)
def default_formats() -> Formats:
    """The databases that come with the program.

    Raises:
        RuleBaseError: a file has errors; the text lists all of them.
    """
    from checker.strictyaml.message import render_all

    formats, problems = load_formats(rules_dir() / "sources", default_vocabulary())
    if problems:
        raise RuleBaseError(render_all(problems))
    return formats


def load_formats(directory: Path, vocabulary: Vocabulary) -> tuple[Formats, list[Problem]]:
    """Read every file of a folder; all problems are collected."""
    countries = VocabularyFile(directory, _COUNTRIES)
    top = countries.fields(countries.root, ("fips", "others"), ("fips", "others"))
    tables = {key: _states(countries, top.get(key), vocabulary) for key in ("fips", "others")}
    problems = list(countries.problems)
    found = []
    for path in sorted(directory.glob("*.yaml")):
        if path.stem != _COUNTRIES:
            file = VocabularyFile(directory, path.stem)
            found.append(_format(file, path.stem, vocabulary))
            problems += file.problems
    return Formats(tuple(found), tables["fips"], tables["others"]), problems


def _states(file: VocabularyFile, node: Node | None, vocabulary: Vocabulary) -> dict[str, str]:
    found = {}
    for code, mark, body in file.entries(node):
        found[code] = file.text(body)
        if found[code] not in vocabulary.states:
            file.problem(mark, "unknown-state", f"`{found[code]}` is no State", "write its two letters of ISO 3166")
    return found


def _format(file: VocabularyFile, name: str, vocabulary: Vocabulary) -> Format:
    top = file.fields(file.root, _KEYS, _NEEDED)
    columns, header = file.texts(top.get("columns")), file.texts(top.get("header"))
    if file.root is not None and bool(columns) == bool(header):
        file.problem(file.root, "wrong-shape", "either `columns` or `header` is wanted", "write `columns` where the file has no header")
    if len(set(columns)) != len(columns):
        file.problem(top["columns"], "duplicate-key", "a column stands twice", "give each a name of its own")
    date = file.fields(top.get("date"), ("column", "form"), ("column", "form"))
    place = file.fields(top.get("place"), ("column", "codes"), ("column", "codes"))
    codes = file.text(place.get("codes"))
    if codes not in ("", "fips", "states"):
        file.problem(place["codes"], "unknown-term", f"`{codes}` is no kind of code", "write fips or states")
    delimiter = file.text(top.get("delimiter"))
    if "delimiter" in top and delimiter not in DELIMITERS:
        file.problem(top["delimiter"], "unknown-term", f"`{delimiter}` is no delimiter", f"write one of {', '.join(DELIMITERS)}")
    actors = (_actor(file, top.get("first")), _actor(file, top.get("second")))
    form = Format(name, file.text(top.get("title")), DELIMITERS.get(delimiter, "\t"), bool(file.flag(top.get("quotes"))), columns,
                  file.texts(top.get("digits")), header, file.text(top.get("id")), file.text(top.get("source")),
                  file.texts(top.get("code")), file.text(date.get("column")), file.text(date.get("form")), actors,
                  frozenset(file.texts(top.get("state_kinds"))), file.text(place.get("column")), codes,
                  {key: file.text(body) for key, _, body in file.entries(top.get("many"))},
                  frozenset(("", *file.texts(top.get("missing")))),
                  tuple(_act(file, item, columns, vocabulary) for item in file.items(top.get("acts"))))
    if columns and file.root is not None:
        used = (*form.digits, form.id, form.source, *form.code, form.date, form.place, *form.many,
                *(part for actor in form.actors if actor for part in (actor.state, actor.name, actor.kind)))
        for column in used:
            if column and column not in columns:
                file.problem(file.root, "unknown-column", f"`{column}` is no column", file.near(column, columns))
    return form


def _actor(file: VocabularyFile, node: Node | None) -> Actor | None:
    if node is None:
        return None
    got = file.fields(node, ("state", "name", "kind"), ("state", "name", "kind"))
    return Actor(file.text(got.get("state")), file.text(got.get("name")), file.text(got.get("kind")))


def _act(file: VocabularyFile, node: Node, columns: tuple[str, ...], vocabulary: Vocabulary) -> Act:
    got = file.fields(node, ("when", "title", "act", "goods", "stage", "first", "second"), ("when", "title", "act"))
    facts: dict[str, str] = {}
    for fact in ("act", "goods", "stage"):
        if fact in got:
            word = facts[fact] = file.text(got[fact])
            terms = vocabulary.taxonomies[FACTS[fact].taxonomy]
            if word not in terms:
                file.problem(got[fact], "unknown-term", f"`{word}` is no word of {FACTS[fact].taxonomy}", file.near(word, terms))
    when = {}
    for column, mark, body in file.entries(got.get("when")):
        when[column] = frozenset(text.casefold() for text in file.texts(body))
        if columns and column not in columns:
            file.problem(mark, "unknown-column", f"`{column}` is no column", file.near(column, columns))
    roles = [file.text(got.get(key)) for key in ("first", "second")]
    for role, key in zip(roles, ("first", "second"), strict=True):
        if role and role not in PARTY_ROLES:
            file.problem(got[key], "unknown-fact", f"`{role}` is no role of a party", file.near(role, PARTY_ROLES))
    return Act(when, file.text(got.get("title")), facts, *roles)
