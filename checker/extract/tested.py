"""Which packs of a folder have passed their own sentences: ``tested.yaml`` beside them.

``sanctions languages test --write`` writes it. It names packs by their digest, so that a pack in which somebody changed a word is
vouched for by nobody until its sentences have passed again: until then it is experimental.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from checker.locator import rules_dir
from checker.strictyaml.loader import parse_file
from checker.strictyaml.problem import Problem

__all__ = ["TESTED", "Result", "read_rows", "read_tested", "render_tested"]

TESTED = "tested.yaml"

_HEAD = """\
# Which packs have passed their own sentences. Written by `sanctions languages test --write`; a pack that was changed since, or of which a
# sentence failed, is experimental: its events are weak.
packs:
"""


@dataclass(frozen=True, slots=True)
class Result:
    """The result of the sentences of one pack."""

    lang: str
    digest: str
    passed: int
    failed: int


def read_tested(directory: Path) -> tuple[Collection[str] | None, list[Problem]]:
    """The digests of the packs that passed all their sentences, at least one. ``None``: nothing is asked of these packs, which holds
    for a checkout of our own folder in which the file is not written yet."""
    path = directory / TESTED
    if not path.is_file():
        ours = directory.resolve() == (rules_dir() / "languages").resolve()
        return (None if ours else ()), []
    data = _data(path)
    if data is None:
        return (), [Problem(str(path), 0, 0, "tested-shape", "this is no record of tested packs",
                            "write it anew: sanctions languages test --write")]
    return {row.digest for row in data if row.passed and not row.failed}, []


def read_rows(directory: Path) -> tuple[Result, ...]:
    """All results that the folder keeps; none where its record cannot be read."""
    path = directory / TESTED
    return (_data(path) or ()) if path.is_file() else ()


def _data(path: Path) -> tuple[Result, ...] | None:
    parsed = parse_file(path)
    data = parsed.node.plain() if parsed.node is not None and parsed.ok else None
    packs = data.get("packs") if isinstance(data, dict) else None
    if not isinstance(packs, dict):
        return None
    rows = [_row(str(lang), row) for lang, row in packs.items()]
    return None if None in rows else tuple(row for row in rows if row is not None)


def _row(lang: str, row: object) -> Result | None:
    if not isinstance(row, dict):
        return None
    digest, passed, failed = row.get("digest"), row.get("passed"), row.get("failed")
    if not isinstance(digest, str) or isinstance(passed, bool) or not isinstance(passed, int) or not isinstance(failed, int):
        return None
    return Result(lang, digest, passed, failed)


def render_tested(results: Iterable[Result]) -> str:
    """The text of the file."""
    ordered = sorted(results, key=lambda result: result.lang)
    rows = [f'  {r.lang}: {{digest: "{r.digest}", passed: {r.passed}, failed: {r.failed}}}\n' for r in ordered]
    return _HEAD + "".join(rows) if rows else _HEAD.replace("packs:\n", "packs: {}\n")
