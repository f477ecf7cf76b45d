"""The comments and empty lines of a file: the parser drops them, the canonical form keeps them."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from checker.strictyaml.source import Source

__all__ = ["Comment", "Comments"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Comment:
    """``column`` counts from 1; ``alone``: nothing else stands on the line."""

    line: int
    column: int
    text: str
    alone: bool


class Comments:
    """Where comments stand, and which lines are empty."""

    def __init__(self, source: Source) -> None:
        self._lines = source.lines
        self.by_line: dict[int, Comment] = {}
        inside: dict[int, list[tuple[int, int]]] | None = None
        for number, line in enumerate(self._lines, 1):
            if "#" not in line:
                continue
            inside = _texts(source.text) if inside is None else inside
            at = _begin(line, inside.get(number - 1, []))
            if at >= 0:
                self.by_line[number] = Comment(number, at + 1, line[at:].rstrip(), not line[:at].strip())

    def alone(self, line: int) -> Comment | None:
        """The comment that fills this line."""
        found = self.by_line.get(line)
        return found if found and found.alone else None

    def empty(self, line: int) -> bool:
        return 0 < line <= len(self._lines) and not self._lines[line - 1].strip()

    def beside(self, first: int, end: int) -> list[Comment]:
        """Comments behind something, on the lines from ``first`` to before ``end``."""
        return [c for line in range(first, end) if (c := self.by_line.get(line)) and not c.alone]

    def within(self, first: int, end: int) -> bool:
        """Whether any comment stands on these lines."""
        return any(line in self.by_line for line in range(first, end))

    def run_before(self, line: int) -> list[Comment]:
        """The comments on lines of their own directly above a line, empty lines between them aside."""
        found: list[Comment] = []
        at = line - 1
        while at > 0 and (self.empty(at) or self.alone(at)):
            comment = self.alone(at)
            if comment:
                found.append(comment)
            at -= 1
        return found[::-1]

    def cut(self, until: int, column: int) -> int:
        """Where a block that stands at ``column`` and must end before the line ``until`` ends: at the first comment of the run
        above that line which is indented less."""
        return next((c.line for c in self.run_before(until) if c.column < column), until)


def _texts(text: str) -> dict[int, list[tuple[int, int]]]:
    """By line (from 0), the columns from and to which a value reaches. In them a # is no comment."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for token in yaml.scan(text, Loader=_LOADER):
        if isinstance(token, yaml.ScalarToken):
            first, last = token.start_mark, token.end_mark
            for line in range(first.line, last.line + 1):
                begin = first.column if line == first.line else 0
                end = last.column if line == last.line else 1 << 30
                if not token.plain and token.style in ("|", ">") and line == first.line:
                    end = begin + 1  # a comment may follow the sign that begins a block of text
                spans.setdefault(line, []).append((begin, end))
    return spans


def _begin(line: str, spans: list[tuple[int, int]]) -> int:
    at = line.find("#")
    while at >= 0:
        if (at == 0 or line[at - 1] in " \t") and not any(begin <= at < end for begin, end in spans):
            return at
        at = line.find("#", at + 1)
    return -1
