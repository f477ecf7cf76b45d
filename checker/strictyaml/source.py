"""The text of one file, by lines, so that a problem can show the line it speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, Protocol

import msgspec

from checker.strictyaml.problem import Problem

__all__ = ["Located", "Source", "Span"]

# The line breaks of YAML 1.1, as the parser counts them.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Located(Protocol):
    """Anything with a place: a node, a mark."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


class Span(msgspec.Struct, frozen=True, gc=False):
    """Characters of one line: line and column from 1, and how many."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: ``path`` as shown to people, ``text`` without byte order mark."""

    path: str
    text: str
    _lines: list[str] = field(default_factory=list, repr=False, compare=False)

    @property
    def lines(self) -> list[str]:
        """The lines without their breaks (at least one)."""
        if not self._lines:
            self._lines.extend(_BREAK.split(self.text))
        return self._lines

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty where there is no such line."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def problem(self, at: Located, code: str, message: str, mend: str = "",
                severity: Literal["error", "warning", "info"] = "error") -> Problem:
        """A problem at a node or mark, with its line and the width of the caret."""
        return self.problem_at(at.line, at.column, code, message, mend, severity, getattr(at, "width", 1))

    def problem_at(self, line: int, column: int, code: str, message: str, mend: str = "",
                   severity: Literal["error", "warning", "info"] = "error", width: int = 1) -> Problem:
        """A problem at a line and column (both from 1)."""
        text = self.line(line)
        width = max(1, min(width, len(text) - column + 1))
        return Problem(path=self.path, line=line, column=column, code=code, message=message, mend=mend, source=text, width=width,
                       severity=severity)
