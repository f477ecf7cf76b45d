"""Lists of the user's own (CSV, TSV or YAML) to entries. Such a list is no list of the Council: who is on it is a lead.

Both forms hold the same fields::

    id, name, aliases, kind, imo, country, regime, note, listed_on

A wrong entry is a problem with its place and is left out, the others are read; a field that only helps (a country, a day) is left out
alone. A file without the fields ``id``, ``name`` and ``kind`` is not used at all.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from checker.lists.entry import OwnList
from checker.lists.own_entry import COLUMNS, NEEDED, EntryReader, Place, Row
from checker.lists.reading import read_bytes
from checker.strictyaml.decode import decode
from checker.strictyaml.grid import Grid
from checker.strictyaml.loader import parse_bytes
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Source, Span
from checker.strictyaml.suggest import did_you_mean
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["MAX_BYTES", "is_own", "read_own"]

MAX_BYTES = 50_000_000
"""Largest table read; of YAML as much as other files of YAML may have."""

_TABLES = (".csv", ".tsv")
_YAML = (".yaml", ".yml")
_SEVERAL = re.compile("[;|]")
"""Between the aliases of one cell."""

_DELIMITERS = (",", ";", "\t", "|")
_KEYS = ("list", "entries")
_LONGEST_NAME = 80
_MOST_COLUMNS = 100

Complain = Callable[..., None]
"""Node, code, message, how to mend it, and the severity where it is no error."""


def is_own(path: str | Path) -> bool:
    """Whether a file is a list of the user's own, by its ending."""
    return Path(path).suffix.lower() in (*_TABLES, *_YAML)


def read_own(path: Path, vocabulary: Vocabulary) -> tuple[OwnList | None, list[Problem]]:
    """A list; ``None`` when it cannot be used at all. Problems of severity ``error`` are entries that were left out."""
    shown = str(path)
    data = read_bytes(path, MAX_BYTES, "split it; several lists can be given")
    if isinstance(data, Problem):
        return None, [data]
    found = _yaml(data, shown) if path.suffix.lower() in _YAML else _table(data, shown)
    if found.source is None:
        return None, found.problems
    reader = EntryReader(vocabulary, found.source, found.problems)
    for row in found.rows:
        reader.add(row)
    name = found.name or path.stem
    return OwnList(name, shown, hashlib.sha256(data).hexdigest(), reader.entries(), reader.left_out + found.left_out), reader.told()


class _Read(NamedTuple):
    """What a file holds; without ``source`` it cannot be used."""

    source: Source | None
    problems: list[Problem]
    rows: Sequence[Row] = ()
    name: str = ""
    left_out: int = 0


# ---- tables ------------------------------------------------------------------------------------------------------------------


def _table(data: bytes, shown: str) -> _Read:
    text, bad = decode(data, shown)
    if bad is not None:
        return _Read(None, [bad])
    source = Source(shown, text.replace("\r\n", "\n"))
    grid = Grid(source.lines, _delimiter(source.lines))
    rows = grid.rows()
    line, cells = next(rows, (1, None))
    if cells is None:
        return _Read(None, [source.problem_at(line, 1, "no-columns", "the first line of a list names its columns, and this one does not",
                                              f"write for instance {','.join(COLUMNS)}")])
    if len(cells) > _MOST_COLUMNS:
        return _Read(None, [source.problem_at(line, 1, "no-columns", f"the first line has {len(cells):,} cells, and a list has "
                                              f"{len(COLUMNS)} columns", "leave out what is not read, up to a hundred columns")])
    header = [cell.strip().lower().replace(" ", "_") for cell in cells]
    problems = list(_header(source, grid, line, header))
    if any(problem.severity == "error" for problem in problems):
        return _Read(None, problems)
    read, left_out = list[Row](), 0
    for line, row in rows:
        if row is not None and not any(cell.strip() for cell in row):
            continue
        if row is None or len(row) > len(header):
            what = "a cell has no end: perhaps a quote is not closed" if row is None else \
                f"the row has {len(row)} cells, the header {len(header)}"
            problems.append(source.problem_at(line, 1, "bad-row", f"{what}; it was left out",
                                              "put cells that hold the delimiter in quotes"))
            left_out += 1
            continue
        read.append(Row(Span(line, 1), {name: _cell(grid, line, n, cell, name) for n, (name, cell) in enumerate(
            zip(header, row, strict=False)) if name in COLUMNS and cell.strip()}))
    return _Read(source, problems, read, left_out=left_out)


def _delimiter(lines: list[str]) -> str:
    """The sign by which most columns of a list stand in the first line."""
    first = next((line for line in lines if line.strip()), "")

    def found(sign: str) -> int:
        with suppress(csv.Error):
            return sum(cell.strip().lower().replace(" ", "_") in COLUMNS for cell in next(csv.reader([first], delimiter=sign), []))
        return 0

    return max(_DELIMITERS, key=found)


def _header(source: Source, grid: Grid, line: int, header: list[str]) -> Iterator[Problem]:
    for number, name in enumerate(header):
        at = grid.place(line, number)
        if name in COLUMNS and header.index(name) < number:
            yield source.problem_at(*at, "duplicate-key", f"the column `{name}` stands twice", "leave one out", width=len(name))
        elif name and name not in COLUMNS:
            near = did_you_mean(name, COLUMNS)
            yield source.problem_at(*at, "unknown-column", f"the column `{name}` is not read",
                                    f"did you mean `{near}`?" if near else f"columns are {', '.join(COLUMNS)}", "warning", len(name))
    for name in NEEDED:
        if name not in header:
            yield source.problem_at(line, 1, "missing-key", f"the column `{name}` is missing, so the list was not used",
                                    f"name it in the first line; columns are {', '.join(COLUMNS)}")


def _cell(grid: Grid, line: int, index: int, cell: str, name: str) -> list[tuple[str, Place]]:
    at = partial(_span, grid, line, index, cell)
    parts = _SEVERAL.split(cell) if name == "aliases" else [cell]
    return [(part.strip(), at) for part in parts if part.strip()]


def _span(grid: Grid, line: int, index: int, cell: str) -> Span:
    return Span(*grid.place(line, index), max(1, len(cell.split("\n")[0])))


# ---- YAML --------------------------------------------------------------------------------------------------------------------


def _yaml(data: bytes, shown: str) -> _Read:
    parsed = parse_bytes(data, shown)
    source, problems = parsed.source, list(parsed.problems)

    def complain(node: Node, code: str, message: str, mend: str, severity: Literal["error", "warning"] = "error") -> None:
        problems.append(source.problem(node, code, message, mend, severity))

    if parsed.node is None:
        return _Read(None, problems)
    if not isinstance(parsed.node, MapNode):
        complain(parsed.node, "wrong-type", "a list begins with its name", "write `list: ...` and `entries:` with the entries below")
        return _Read(None, problems)
    top = parsed.node.entries
    for key, entry in top.items():
        if key not in _KEYS:
            complain(entry.key, "unknown-key", f"`{key}` is no key of a list", _near(key, _KEYS))
    name = top["list"].value if "list" in top else None
    if not isinstance(name, ScalarNode) or not name.text.strip() or len(name.text) > _LONGEST_NAME:
        complain(name or parsed.node, "missing-key", f"the list has no name of at most {_LONGEST_NAME} letters",
                 "write `list:` and what reports shall call it")
        return _Read(None, problems)
    body = top["entries"].value if "entries" in top else None
    if not isinstance(body, ListNode):
        complain(body or parsed.node, "missing-key", "the list has no entries", "write `entries:` and begin each with `- `")
        return _Read(None, problems)
    rows, left_out = list[Row](), 0
    for item in body.items:
        if isinstance(item, MapNode):
            rows.append(Row(Span(item.line, item.column), dict(_fields(item, complain))))
        else:
            complain(item, "wrong-type", "an entry is a map; it was left out", f"write the keys {', '.join(COLUMNS)} with their values")
            left_out += 1
    return _Read(source, problems, rows, name.text.strip(), left_out)


def _fields(item: MapNode, complain: Complain) -> Iterator[tuple[str, list[tuple[str, Place]]]]:
    for key, entry in item.entries.items():
        if key not in COLUMNS:
            complain(entry.key, "unknown-key", f"`{key}` is no key of an entry and is not read", _near(key, COLUMNS), "warning")
            continue
        value = entry.value
        nodes = value.items if isinstance(value, ListNode) and key == "aliases" else (value,)
        texts: list[tuple[str, Place]] = [
            (node.text.strip(), partial(Span, node.line, node.column, node.width)) for node in nodes if isinstance(node, ScalarNode)]
        for node in nodes:
            if not isinstance(node, ScalarNode):
                complain(node, "wrong-type", f"`{key}` is a text; it is not read", "write one word or phrase", "warning")
        if texts:
            yield key, texts


def _near(key: str, known: tuple[str, ...]) -> str:
    near = did_you_mean(key, known)
    return f"did you mean `{near}`?" if near else f"the keys here are {', '.join(known)}"
