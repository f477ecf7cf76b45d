"""A table as text (CSV, TSV) whose cells know where they stand, so that a problem can show the cell it speaks of."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

__all__ = ["Grid"]

_LONGEST_ROW = 200  # lines; a cell of more is a quote that nobody closed
_LONGEST_SHOWN = 2000


class Grid:
    """The lines of a table, without their breaks, and the sign between its cells."""

    __slots__ = ("delimiter", "lines")

    def __init__(self, lines: Sequence[str], delimiter: str) -> None:
        self.lines = lines
        self.delimiter = delimiter

    def rows(self) -> Iterator[tuple[int, list[str] | None]]:
        """Rows with the line (from 1) they begin in, empty ones left out; ``None`` for one that cannot be taken apart: a quote that
        is never closed, a cell without end."""
        rows = csv.reader((f"{line}\n" for line in self.lines), delimiter=self.delimiter)
        while True:
            line = rows.line_num + 1
            try:
                cells: list[str] | None = next(rows)
            except StopIteration:
                return
            except csv.Error:
                cells = None
            if rows.line_num - line > _LONGEST_ROW:
                cells = None
            if cells is None or any(cells):
                yield line, cells

    def place(self, line: int, index: int) -> tuple[int, int]:
        """Line and column, both from 1, at which a cell of the row that begins in a line begins; the row itself where ``index`` is below
        zero."""
        if index < 0:
            return line, 1
        start, column, quoted = line, 0, False
        while line <= len(self.lines):
            text = self.lines[line - 1]
            while column < len(text) and index:
                quoted ^= text[column] == '"'
                index -= text[column] == self.delimiter and not quoted
                column += 1
            if not index:
                return line, column + 1
            line, column = line + 1, 0
        return start, 1

    def shown(self, line: int) -> str:
        """The text of a line for people; empty where there is none, or one too long to show."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return text if len(text) <= _LONGEST_SHOWN else ""
