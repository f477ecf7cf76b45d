"""Reading strict YAML: text or file to nodes with positions, and every problem found on the way.

The events of PyYAML's parser (its C parser where present) are built into our own nodes, so that nothing is resolved, merged or
constructed behind the reader's back. Size, depth and the number of problems are bounded. After a syntax error reading goes on
at the next line that begins a key at the margin, so that one pass shows the mistakes of the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from checker.strictyaml.build import MAX_PROBLEMS, Builder
from checker.strictyaml.decode import decode
from checker.strictyaml.nodes import Node
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Source
from checker.strictyaml.syntax import explain_syntax

__all__ = ["MAX_BYTES", "Parsed", "parse", "parse_bytes", "parse_file", "read_bytes"]

MAX_BYTES = 4_000_000
"""Largest file read, in bytes; the largest file of the project is far below a tenth of it."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARGIN_KEY = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")
_MAX_RESUMED = 20
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came of a file. ``node`` is there when the file could be read to its end, even with problems (the first of two equal
    keys is kept, a value that cannot be taken is the empty text); ``ok`` says that there is a node and no error."""

    node: Node | None
    source: Source
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.node is not None and not any(p.severity == "error" for p in self.problems)


def parse_file(path: str | Path, *, shown_as: str = "", yes_no_under: Collection[str] = ()) -> Parsed:
    """Read a file. ``shown_as`` is the path printed in problems (default: the path given). Never raises for what the file holds."""
    name = shown_as or str(path)
    data = read_bytes(path, name)
    if isinstance(data, Problem):
        return Parsed(None, Source(name, ""), [data])
    return parse_bytes(data, name, yes_no_under=yes_no_under)


def read_bytes(path: str | Path, shown_as: str) -> bytes | Problem:
    """What a file holds, or why it cannot be read. Of a file that is too large only so much is read that it shows."""
    try:
        with Path(path).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return Problem(shown_as, 0, 0, "file-unreadable", f"the file cannot be read: {why}", "check the path and the permissions")


def parse_bytes(data: bytes, path: str, *, yes_no_under: Collection[str] = ()) -> Parsed:
    """As ``parse``, for bytes in any encoding; only UTF-8 is read."""
    if len(data) > MAX_BYTES:
        return Parsed(None, Source(path, ""), [_too_large(path)])
    text, bad = decode(data, path)
    return Parsed(None, Source(path, ""), [bad]) if bad else parse(text, path, yes_no_under=yes_no_under)


def parse(text: str, path: str, *, yes_no_under: Collection[str] = ()) -> Parsed:
    """Read a text. ``path`` is what problems print; directly under the keys named in ``yes_no_under`` also ``yes`` and ``no`` are
    truth values. Never raises, whatever the text."""
    if len(text) > MAX_BYTES:
        return Parsed(None, Source(path, ""), [_too_large(path)])
    source = Source(path, text.removeprefix("\ufeff"))
    problems = _forbidden(source)
    node: Node | None = None
    if not problems:
        node, problems = _read(source, yes_no_under)
    if len(problems) > MAX_PROBLEMS:
        more = len(problems) - MAX_PROBLEMS
        problems = [*problems[:MAX_PROBLEMS], Problem(path, 0, 0, "yaml-many", f"at least {more} more problems in this file are not shown",
                                                     "mend these first")]
    return Parsed(node, source, problems)


def _too_large(path: str) -> Problem:
    return Problem(path, 0, 0, "file-too-large", f"the file is larger than {MAX_BYTES // 1_000_000} MB and was not read",
                   "split it into smaller files")


def _forbidden(source: Source) -> list[Problem]:
    if not _FORBIDDEN.search(source.text):
        return []
    problems = []
    for number, line in enumerate(source.lines, 1):
        for found in _FORBIDDEN.finditer(line):
            problems.append(source.problem_at(number, found.start() + 1, "yaml-character",
                                              f"the character U+{ord(found.group()):04X} may not stand in this file",
                                              "delete it; it may have come in by copying"))
            if len(problems) > MAX_PROBLEMS:
                return problems
    return problems


def _read(source: Source, yes_no_under: Collection[str]) -> tuple[Node | None, list[Problem]]:
    builder = Builder(source, yes_no_under)
    node, error = _events(builder, source.text)
    if error is None:
        return node, builder.problems
    # The file is broken: from here on only further mistakes are looked for, part by part.
    problems, start = list(builder.problems), 0
    for _ in range(_MAX_RESUMED):
        problem = explain_syntax(error, source)
        problems.append(problem)
        noticed = error.problem_mark.line if error.problem_mark else problem.line - 1
        start = _next_margin_key(source, max(noticed, problem.line - 1, start + 1))
        if start < 0:
            break
        builder = Builder(source, yes_no_under)
        _, next_error = _events(builder, "\n" * start + "\n".join(source.lines[start:]))
        problems += builder.problems
        if next_error is None:
            break
        error = next_error
    unique = {(p.line, p.column, p.code): p for p in reversed(problems)}
    return None, sorted(unique.values(), key=lambda p: (p.line, p.column, p.code))


def _next_margin_key(source: Source, start: int) -> int:
    """Index of the first line from ``start`` on that begins a key at the margin, or -1."""
    return next((i for i in range(start, len(source.lines)) if _MARGIN_KEY.match(source.lines[i])), -1)


def _events(builder: Builder, text: str) -> tuple[Node | None, yaml.MarkedYAMLError | None]:
    """Feed the parser's events to the builder: the node, or the complaint that ended the reading."""
    try:
        parser = _LOADER(text)
        try:
            while parser.check_event():
                if not builder.take(parser.get_event()):
                    return None, None
        finally:
            parser.dispose()
    except yaml.MarkedYAMLError as error:
        return None, error
    return builder.finish(), None
