"""Linting packs: what the reader of YAML says and what the checks say, in one stream by path and line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.extract.packlint.check import PackCheck, problem_of
from checker.extract.packlint.file import PackFile
from checker.extract.packlint.table import CHECKS
from checker.strictyaml.loader import Parsed, parse_bytes, read_bytes
from checker.strictyaml.nodes import MapNode
from checker.strictyaml.problem import Problem
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Report", "lint", "lint_text"]

_FOLDERS_UP = 6
_SCHEMA = "language.schema.json"


@dataclass(frozen=True, slots=True)
class Report:
    """``problems`` by path, line and column; ``files`` is how many packs were looked at."""

    problems: tuple[Problem, ...]
    files: int

    def count(self, severity: str) -> int:
        return sum(problem.severity == severity for problem in self.problems)


def lint(paths: Iterable[Path], vocabulary: Vocabulary, checks: Sequence[PackCheck] = CHECKS) -> Report:
    """Everything there is to say about some packs."""
    found: list[Problem] = []
    files = 0
    for path in paths:
        files += 1
        data = read_bytes(path, str(path))
        if isinstance(data, Problem):
            found.append(data)
        else:
            found += _problems(parse_bytes(data, str(path)), vocabulary, checks, _schema_for(path))
    return Report(tuple(sorted(found, key=lambda p: (p.path, p.line, p.column, p.code, p.message))), files)


def lint_text(text: str, path: str, vocabulary: Vocabulary, checks: Sequence[PackCheck] = CHECKS) -> list[Problem]:
    """The same for a text that is in no file; nothing is asked about schemas."""
    found = _problems(parse_bytes(text.encode(), path), vocabulary, checks, "")
    return sorted(found, key=lambda p: (p.line, p.column, p.code, p.message))


def _problems(parsed: Parsed, vocabulary: Vocabulary, checks: Sequence[PackCheck], schema: str) -> Iterator[Problem]:
    yield from parsed.problems
    path = parsed.source.path
    if parsed.node is None:
        return
    if not isinstance(parsed.node, MapNode):
        yield Problem(path, 1, 1, "pack-shape", "a language pack is a map", "start with language: and title:", parsed.source.line(1))
        return
    file = PackFile(path, parsed.source, parsed.node, vocabulary, schema)
    for check in checks:
        for hit in check.run(file):
            yield problem_of(check, file, hit)


def _schema_for(path: Path) -> str:
    """The way from a pack to the schema in a folder ``schema`` above it; empty where there is none."""
    folder = path.resolve().parent
    for above in [folder, *folder.parents][:_FOLDERS_UP]:
        if (above / "schema" / _SCHEMA).is_file():
            return Path(os.path.relpath(above / "schema" / _SCHEMA, folder)).as_posix()
    return ""
