"""Files of terms (``acts.yaml``, ``goods.yaml`` ...) to taxonomies.

Layout: ``taxonomy: <file name>`` and ``terms:``, a map from id to ``title``, ``says``, ``under``, ``also``, ``hs``,
``hs_source`` and what the taxonomy knows besides (``lethal`` for goods, ``sentence`` for acts).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from checker.strictyaml.nodes import Node, ScalarNode
from checker.strictyaml.problem import Problem
from checker.vocabulary.checks import check_circle, check_parents, check_spellings
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.taxonomy import Taxonomy, Term

__all__ = ["EXTRA_KEYS", "load_taxonomy"]

EXTRA_KEYS: Mapping[str, tuple[str, ...]] = {
    "goods": ("hs", "hs_source", "lethal"), "acts": ("sentence", "host_from_place"), "units": ("equals",)}
"""Keys of a term beyond the common ones, by taxonomy."""

_COMMON = ("title", "says", "under", "also")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_FREE_IDS = ("units", "lists")
"""Taxonomies whose ids are the signs of the field (kg, UN-1718-AF) and no words of ours."""

_HS = re.compile(r"\d{2}|\d{4}|\d{6}")
_HS_SOURCES = ("resolution", "mapping")


def load_taxonomy(directory: Path, name: str) -> tuple[Taxonomy | None, list[Problem]]:
    """The taxonomy of ``<name>.yaml``; ``None`` when anything in the file is wrong."""
    file = VocabularyFile(directory, name)
    top = file.fields(file.root, ("taxonomy", "terms"), ("taxonomy", "terms"))
    if "taxonomy" in top and file.text(top["taxonomy"]) != name:
        file.problem(top["taxonomy"], "wrong-name", f"the taxonomy is named after its file: `{name}`", f"write `taxonomy: {name}`")
    terms: dict[str, Term] = {}
    parents: dict[str, list[tuple[str, Node]]] = {}
    marks: dict[str, Node] = {}
    for key, mark, value in file.entries(top.get("terms")):
        if not _ID.fullmatch(key) and name not in _FREE_IDS:
            file.problem(mark, "wrong-id", f"`{key}` is not an id", "use small letters, digits and underscores")
        terms[key], parents[key] = _term(file, name, key, value)
        marks[key] = mark
    check_parents(file, (link for links in parents.values() for link in links), parents)
    check_circle(file, {key: [wider for wider, _ in links] for key, links in parents.items()}, marks)
    for key, term in terms.items():
        equals = term.attributes.get("equals")
        if isinstance(equals, tuple) and (equals[1] not in terms or "equals" in terms[equals[1]].attributes):
            file.problem(marks[key], "unknown-term", f"`{key}` equals so many of `{equals[1]}`, which must be a unit that equals no other",
                         "name a unit of this file that has no `equals` of its own")
    ids = [(key, key) for key in terms]
    check_spellings(file, ids + [(key, spelling) for key, term in terms.items() for spelling in (term.title, *term.also)], marks)
    if any(p.severity == "error" for p in file.problems):
        return None, file.problems
    return Taxonomy(name, terms), file.problems


def _term(file: VocabularyFile, taxonomy: str, key: str, node: Node) -> tuple[Term, list[tuple[str, Node]]]:
    extra = EXTRA_KEYS.get(taxonomy, ())
    got = file.fields(node, _COMMON + extra, ("title", "says"))
    parents = file.placed_texts(got.get("under"))
    attributes: dict[str, object] = {}
    for flag in ("lethal", "host_from_place"):
        if flag in got:
            attributes[flag] = file.flag(got[flag])
    if "sentence" in got:
        attributes["sentence"] = _sentence(file, got["sentence"])
    if "equals" in got:
        attributes["equals"] = _equals(file, got["equals"])
    hs, source = file.texts(got.get("hs")), file.text(got.get("hs_source"))
    for code, mark in file.placed_texts(got.get("hs")):
        if not _HS.fullmatch(code):
            file.problem(mark, "wrong-hs", f"`{code}` is no HS code", 'write 2, 4 or 6 digits in quotes, for instance "2701"')
    if hs and source not in _HS_SOURCES:
        file.problem(got.get("hs_source", node), "wrong-hs-source", "an HS code needs its source",
                     "add `hs_source: resolution` or `hs_source: mapping`")
    term = Term(key, file.text(got.get("title")), file.text(got.get("says")), tuple(p for p, _ in parents),
                file.texts(got.get("also")), hs, source, attributes)
    return term, parents


def _equals(file: VocabularyFile, node: Node) -> tuple[float, str]:
    """``{number: 0.001, unit: t}``: how many of another unit one of this unit is."""
    got = file.fields(node, ("number", "unit"), ("number", "unit"))
    number = got.get("number")
    value = number.value if isinstance(number, ScalarNode) else None
    if number is not None and (not isinstance(value, int | float) or isinstance(value, bool) or value <= 0):
        file.problem(number, "wrong-type", "a number above zero is wanted here", "write `equals: {number: 0.001, unit: t}`")
        value = 1
    return float(value) if isinstance(value, int | float) else 1.0, file.text(got.get("unit"))


def _sentence(file: VocabularyFile, node: Node) -> dict[str, object]:
    got = file.fields(node, ("subject", "verb", "rest"), ("subject", "verb", "rest"))
    verb = file.texts(got.get("verb"))
    if "verb" in got and len(verb) != 3:
        file.problem(got["verb"], "wrong-verb", "a verb has three forms", "write [supply, supplied, supplied]")
    return {"subject": file.texts(got.get("subject")), "verb": verb, "rest": file.text(got.get("rest"))}
