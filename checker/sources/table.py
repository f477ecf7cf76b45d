"""A person's own table (CSV, TSV) to events, by a mapping. Problems name line and column of the cell, and show it."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from checker.model.event import Event
from checker.model.facts import FACTS
from checker.sources.decode import decode
from checker.sources.formats import DELIMITERS
from checker.sources.mapping import CLAIM, TableMapping
from checker.strictyaml.grid import Grid
from checker.strictyaml.problem import Problem
from checker.strictyaml.suggest import did_you_mean

if TYPE_CHECKING:
    from checker.vocabulary.events import EventReader

__all__ = ["TableReader"]

_MOST_TOLD = 50
_SHOWN = 200
_TRUTH = {"true": True, "false": False, "yes": True, "no": False}
_THOUSANDS = str.maketrans("", "", " \u00a0\u202f'\u2019")


class TableReader:
    """Reads one file by one mapping."""

    def __init__(self, path: str, mapping: TableMapping, events: EventReader) -> None:
        self.path, self.mapping, self.events = path, mapping, events
        self._grid = Grid((), ",")
        self._told = 0

    def read(self, data: bytes) -> Iterator[Event | Problem]:
        """Events, and a problem for each row that is none. A table that lacks a column of the mapping is not read at all."""
        decoded = decode(data, self.path)
        yield from decoded.problems
        if decoded.text is None:
            return
        lines = decoded.text.removeprefix("\ufeff").split("\n")
        self._grid = Grid(lines, self.mapping.delimiter or self._likely(lines))
        header: list[str] = []
        for line, cells in self._grid.rows():
            if not header:
                header = [cell.strip() for cell in cells or [""]]
                lacking = list(self._lacking(header, line))
                yield from lacking
                if lacking:
                    return
            elif cells is None or any(cell.strip() for cell in cells):
                yield from self._row(header, cells, line)
        if self._told > _MOST_TOLD:
            yield Problem(self.path, 0, 0, "bad-rows", f"{self._told - _MOST_TOLD} more rows could not be read", "mend those above first")

    def _likely(self, lines: list[str]) -> str:
        """The delimiter by which most columns of the mapping stand in the header."""
        first = next((line for line in lines if line.strip()), "")

        def found(sign: str) -> int:
            with suppress(csv.Error):
                return sum(cell.strip() in self.mapping.columns for cell in next(csv.reader([first], delimiter=sign), []))
            return 0

        return max((*DELIMITERS.values(), "|"), key=found)

    def _lacking(self, header: list[str], line: int) -> Iterator[Problem]:
        for column in self.mapping.columns:
            if column not in header:
                near = did_you_mean(column, header)
                yield Problem(self.path, line, 1, "unknown-column", f"there is no column `{column}`, which {self.mapping.path} names",
                              f"did you mean `{near}`?" if near else "the first line of a table names its columns",
                              self._grid.shown(line), 1)
            elif header.count(column) > 1:
                yield Problem(self.path, line, 1, "duplicate-key", f"the column `{column}` stands twice", "give each a name of its own",
                              self._grid.shown(line), 1)

    def _row(self, header: list[str], cells: list[str] | None, line: int) -> Iterator[Event | Problem]:
        if cells is None or len(cells) < len(header) or any(cell.strip() for cell in cells[len(header):]):
            what = ("a cell has no end: perhaps a quote is not closed" if cells is None else
                    f"the row has {len(cells)} cells, the header {len(header)}")
            yield from self._tell(Problem(self.path, line, 1, "bad-row", f"{what}; it was not read",
                                          "put cells that hold the delimiter in quotes", self._grid.shown(line)))
            return
        record: dict[str, Any] = {}
        where: dict[str, int] = {}
        for target, value in self.mapping.constants.items():
            self._put(record, target, value)
        for index, (column, cell) in enumerate(zip(header, cells, strict=False)):
            target = self.mapping.columns.get(column, "")
            if target and cell.strip().casefold() not in self.mapping.missing:
                self._put(record, target, self._value(target, column, cell.strip()))
                where.setdefault("claims" if target.startswith(f"{CLAIM}.") else target.partition(".")[0], index)
        _complete(record)
        if CLAIM in record:
            record["claims"] = [{"status": "reported"} | record.pop(CLAIM)]
        events, problems = self.events.read_all(record, path=self.path, locate=lambda key: self._grid.place(line, where.get(key, -1)))
        for problem in problems:
            cell = cells[where[key]] if (key := self._key(problem, line, where)) else ""
            width = max(1, min(len(cell.split("\n")[0]), _SHOWN))
            yield from self._tell(replace(problem, source=self._grid.shown(problem.line), width=width))
        for number, event in enumerate(events, 1):
            name = f"{self.path}:{line}" + (f"#{number}" if len(events) > 1 else "")
            yield msgspec.structs.replace(event, id=event.id or name, document=event.document or name)

    def _key(self, problem: Problem, line: int, where: dict[str, int]) -> str:
        return next((key for key, index in where.items() if self._grid.place(line, index) == (problem.line, problem.column)), "")

    def _put(self, record: dict[str, Any], target: str, value: Any) -> None:
        name, _, part = target.partition(".")
        if not part:
            record[name] = value
        elif isinstance(record.setdefault(name, {}), dict):
            record[name][part] = [value] if target == f"{CLAIM}.via" and isinstance(value, str) else value

    def _value(self, target: str, column: str, cell: str) -> Any:
        """One cell as an event file would have it. What cannot be read stays as it is, and the reader of events says what is wrong."""
        sign = self.mapping.lists.get(column)
        if sign:
            return [self._word(target, part.strip()) for part in cell.split(sign) if part.strip()]
        return self._word(target, cell)

    def _word(self, target: str, cell: str) -> Any:
        words = self.mapping.values.get(target, {})
        if cell.casefold() in words:
            return words[cell.casefold()]
        name, _, part = target.partition(".")
        kind = FACTS[name].type if name in FACTS else ""
        if (kind == "date" or target == f"{CLAIM}.date") and self.mapping.dates:
            with suppress(ValueError):
                return dt.datetime.strptime(cell, self.mapping.dates).replace(tzinfo=dt.UTC).date().isoformat()
        elif (kind == "number" and not part) or part == "number":
            return self._number(cell)
        elif kind == "bool" or part in ("about", "at_least"):
            return _TRUTH.get(cell.casefold(), cell)
        return cell

    def _number(self, cell: str) -> int | float | str:
        plain = cell.translate(_THOUSANDS)
        plain = plain.replace(".", "").replace(",", ".") if self.mapping.decimal_comma else plain.replace(",", "")
        if len(plain) > 40 or not plain.replace(".", "", 1).replace("-", "", 1).isdecimal():
            return cell
        with suppress(ValueError):
            return float(plain) if "." in plain else int(plain)
        return cell

    def _tell(self, problem: Problem) -> Iterator[Problem]:
        self._told += 1
        if self._told <= _MOST_TOLD:
            yield problem


def _complete(record: dict[str, Any]) -> None:
    """Parts of a fact whose main part is missing in this row: a party without a name is of a State, a unit without a number nothing."""
    for name, value in [(name, value) for name, value in record.items() if isinstance(value, dict) and name in FACTS]:
        kind = FACTS[name].type
        if kind == "party" and "name" not in value:
            del record[name]
            for part, told in value.items():
                record.setdefault(f"{name}_{part}", told)
        elif kind == "amount" and "number" not in value:
            del record[name]
