"""Which files are rule files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

__all__ = ["rule_files"]


def rule_files(paths: Iterable[Path], ending: str = ".yaml") -> list[Path]:
    """Files as they are, and the rule files below folders, sorted, each once. Hidden files are none."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(p for p in path.rglob(f"*{ending}") if p.is_file() and not p.name.startswith(".")) if path.is_dir() else [path]
        found |= dict.fromkeys(inside)
    return list(found)
