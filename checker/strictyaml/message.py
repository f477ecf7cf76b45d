"""Problems as people read them: where, what, the line with a caret, and how to mend it.

::

    rules/un/x.yaml:12:10: error[unknown-term]: 'artilery_shell' is no word of goods
      12 |   goods: artilery_shell
         |          ^^^^^^^^^^^^^^
    help: did you mean artillery_shell?

Everything quoted is made inert: control characters and bidirectional controls are shown as ``<U+202E>``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from checker.strictyaml.problem import Problem

__all__ = ["inert", "render", "render_all", "shown"]

_TAB = 4
_WINDOW = 120
"""How many characters of a long line are shown around the caret."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u200b\u2060\ufeff\u00ad")


def render(problem: Problem) -> str:
    """One problem as plain text, several lines, without a line break at the end."""
    place = inert(problem.path)
    if problem.line:
        place += f":{problem.line}:{problem.column}"
    lines = [f"{place}: {problem.severity}[{problem.code}]: {inert(problem.message)}"]
    if problem.line and problem.source.strip():
        lines += _excerpt(problem)
    if problem.mend:
        lines.append(f"help: {inert(problem.mend)}")
    return "\n".join(lines)


def render_all(problems: Iterable[Problem]) -> str:
    """All problems, in order, an empty line between them; ends with a line break unless there are none."""
    text = "\n\n".join(render(p) for p in problems)
    return text + "\n" if text else ""


def inert(text: str) -> str:
    """``text`` with every character that could drive a terminal or reorder the line written out as ``<U+...>``."""
    return "".join(_cell(char) for char in text)


def shown(text: str, limit: int = 60) -> str:
    """A value for use inside a message: in quotes, shortened, on one line."""
    text = text if len(text) <= limit else text[: limit - 1] + "…"
    return f"'{inert(text)}'"


def _cell(char: str) -> str:
    if char.isprintable() or char in "\u200c\u200d":  # joiners are letters' business in Persian and Indic scripts
        return char
    if char in _BIDI or char in _INVISIBLE or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp", "Cf"):
        return f"<U+{ord(char):04X}>"
    return char


def _columns(char: str) -> int:
    """How many terminal columns a printable character takes."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _excerpt(problem: Problem) -> list[str]:
    start, text, caret = _window(problem.source, problem.column - 1)
    end = min(caret + problem.width, len(text))
    drawn: list[str] = ["… "] if start else []
    width = 2 if start else 0
    before = after = width
    for index, char in enumerate(text):
        if index == caret:
            before = width
        cell = " " * (_TAB - width % _TAB) if char == "\t" else _cell(char)
        drawn.append(cell)
        width += sum(map(_columns, cell))
        if index == end - 1:
            after = width
    if caret >= len(text):
        before, after = width, width + 1
    if start + len(text) < len(problem.source):
        drawn.append(" …")
    gutter = f"{problem.line:>4}"
    return [f"{gutter} | {''.join(drawn)}".rstrip(), f"{' ' * len(gutter)} | {' ' * before}{'^' * max(1, after - before)}"]


def _window(line: str, column: int) -> tuple[int, str, int]:
    """The part of a long line around the caret: where it starts, its text, and the caret within it."""
    if len(line) <= _WINDOW:
        return 0, line, min(column, len(line))
    start = max(0, min(column - _WINDOW // 3, len(line) - _WINDOW))
    return start, line[start:start + _WINDOW], min(column, len(line)) - start
