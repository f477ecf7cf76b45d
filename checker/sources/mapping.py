"""Mapping files: what the columns of a person's own table mean. Strict YAML.

::

    columns: {Datum: date, Ware: goods, Lieferant: supplier.name, Land: supplier.state, Menge: quantity.number}
    values: {goods: {Granate: artillery_shell}}      # cells of a fact, to words; case does not count
    dates: "%d.%m.%Y"                                # as for strptime; other cells are read as 2022-11-02, 2022-11 or 2022
    decimal: comma                                   # or point
    lists: {Route: "/"}                              # columns with several values in a cell
    missing: [k. A., "-"]                            # cells that mean nothing, beside empty ones
    constants: {act: shipment, claim.by: Port authority, claim.status: reported, quantity.unit: t}
    delimiter: semicolon                             # tab, comma or semicolon; left out, the header tells
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.model.facts import FACTS, FactSpec
from checker.sources.formats import DELIMITERS
from checker.strictyaml.nodes import Node
from checker.strictyaml.problem import Problem
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["CLAIM", "TableMapping", "load_mapping"]

CLAIM = "claim"
_KEYS = ("columns", "values", "dates", "decimal", "lists", "missing", "constants", "delimiter")
_PARTS: Mapping[str, tuple[str, ...]] = {"party": ("name", "state", "kind"), "amount": ("number", "unit", "about", "at_least")}
_CLAIM_PARTS = ("status", "by", "party", "via", "date")
_PLAIN = ("id", "report", "tier")
_TERMS = ("term", "terms", "state", "place", "places")


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What columns mean. ``columns`` maps the header to a fact, a part of one (``supplier.name``), of the claim (``claim.by``), or one of
    id, report and tier; ``values`` a target to cells in small letters and their words."""

    path: str
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    dates: str = ""
    decimal_comma: bool = False
    lists: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    constants: Mapping[str, Any] = field(default_factory=dict)
    delimiter: str = ""


def load_mapping(path: Path, vocabulary: Vocabulary) -> tuple[TableMapping | None, list[Problem]]:
    """Read a mapping file, which is called ``.yaml``; ``None`` when anything in it is wrong, with every problem."""
    if path.suffix != ".yaml":
        return None, [Problem(str(path), 0, 0, "wrong-name", "a mapping file is called .yaml", "give it that ending")]
    file = VocabularyFile(path.parent, path.stem)
    top = file.fields(file.root, _KEYS, ("columns",))
    columns, taken = {}, dict[str, str]()
    for column, mark, body in file.entries(top.get("columns")):
        target = columns[column.strip()] = file.text(body)
        _check_target(file, target, body)
        if target in taken:
            file.problem(mark, "duplicate-key", f"the columns `{taken[target]}` and `{column}` both give `{target}`", "leave one out")
        taken[target] = column
    constants = {}
    for target, mark, body in file.entries(top.get("constants")):
        constants[target] = body.plain()
        _check_target(file, target, mark)
        if target in taken:
            file.problem(mark, "duplicate-key", f"`{target}` is given by the column `{taken[target]}` too", "leave one out")
    for target in (*taken, *constants):
        whole = "report" if target.partition(".")[0] == CLAIM else target.partition(".")[0]
        if "." in target and (whole in taken or whole in constants) and file.root is not None:
            file.problem(file.root, "contradiction", f"`{whole}` and `{target}` are both given",
                         f"write the parts of `{whole}`, or the whole")
    lists = {}
    for column, mark, body in file.entries(top.get("lists")):
        lists[column] = file.text(body)
        if column not in columns:
            file.problem(mark, "unknown-column", f"`{column}` is not among the columns", file.near(column, columns))
        if not lists[column]:
            file.problem(body, "wrong-type", "the sign between two values is wanted here", 'write for instance "/"')
    delimiter, decimal = file.text(top.get("delimiter")), file.text(top.get("decimal"))
    if delimiter and delimiter not in DELIMITERS:
        file.problem(top["delimiter"], "unknown-term", f"`{delimiter}` is no delimiter", f"write one of {', '.join(DELIMITERS)}")
    if decimal not in ("", "comma", "point"):
        file.problem(top["decimal"], "unknown-term", f"`{decimal}` is no decimal sign", "write comma or point")
    values = _values(file, top.get("values"), vocabulary)
    if any(problem.severity == "error" for problem in file.problems):
        return None, file.problems
    missing = frozenset(("", *(text.strip().casefold() for text in file.texts(top.get("missing")))))
    return TableMapping(str(path), columns, values, file.text(top.get("dates")), decimal == "comma", lists, missing, constants,
                        DELIMITERS.get(delimiter, "")), file.problems


def _targets() -> list[str]:
    parts = [f"{name}.{part}" for name, spec in FACTS.items() for part in _PARTS.get(spec.type, ())]
    claim = (f"{CLAIM}.{part}" for part in _CLAIM_PARTS)
    return [*(name for name, spec in FACTS.items() if spec.type != "screening"), *parts, *claim, *_PLAIN]


def _check_target(file: VocabularyFile, target: str, node: Node) -> None:
    known = _targets()
    if target not in known:
        file.problem(node, "unknown-fact", f"`{target[:60]}` is no fact of an event",
                     file.near(target, known) or "see the table of facts in docs/reference/events.md")


def _spec(target: str) -> FactSpec | None:
    """What a target takes: of a part of a party the fact that is derived from it."""
    name, _, part = target.partition(".")
    return FACTS.get(f"{name}_{part}" if part else name)


def _values(file: VocabularyFile, node: Node | None, vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for target, mark, body in file.entries(node):
        _check_target(file, target, mark)
        spec = _spec(target)
        words = found[target] = {}
        for cell, _, word in file.entries(body):
            words[cell.strip().casefold()] = word.plain()
            if spec is not None and spec.type in _TERMS:
                for text, place in file.placed_texts(word):
                    if vocabulary.resolve(spec.name, text) is None:
                        near = vocabulary.suggest(spec.name, text)
                        file.problem(place, "unknown-term", f"`{text}` is no word of {spec.taxonomy or spec.type + 's'}",
                                     f"did you mean `{near}`?" if near else f"see rules/vocabulary/{spec.taxonomy or spec.type + 's'}.yaml")
    return found
