"""``rules/lint.yaml``: what the linter knows beside the grammar and the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from checker.errors import RuleBaseError
from checker.locator import rules_dir
from checker.strictyaml.loader import parse_file
from checker.strictyaml.message import render_all

__all__ = ["Settings", "load_settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """See the comments in the file."""

    title_longest: int
    link_hosts: tuple[str, ...]
    always_known: tuple[str, ...]
    summary_verbs: tuple[str, ...]
    empty_names: tuple[str, ...]


def load_settings(path: Path | None = None) -> Settings:
    """The settings of a file (default: the one that comes with the program).

    Raises:
        RuleBaseError: the file is not strict YAML, or lacks a line.
    """
    where = path or rules_dir() / "lint.yaml"
    parsed = parse_file(where)
    data = parsed.node.plain() if parsed.node else None
    if not parsed.ok or not isinstance(data, dict):
        raise RuleBaseError(render_all(parsed.problems) or f"{where}: this is not a map of settings")
    missing = [name for name in Settings.__slots__ if name not in data]
    if missing:
        raise RuleBaseError(f"{where}: there is no line {', '.join(missing)}")
    return Settings(int(data["title_longest"]), *(tuple(data[name]) for name in Settings.__slots__[1:]))
