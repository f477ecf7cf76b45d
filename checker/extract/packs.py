"""Packs of several folders: ours, and those that somebody keeps beside them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.extract.pack import Pack, load_packs, pack_files
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["load_languages"]


def load_languages(ours: Path, others: Sequence[Path], vocabulary: Vocabulary) -> tuple[dict[str, Pack], list[Problem]]:
    """The packs of ``ours``, and of each other folder, whose packs take the place of those of the same language. Packs of the other
    folders must be without errors of the linter: nobody else has looked at them."""
    packs, problems = load_packs(ours)
    for folder in others:
        from checker.extract.packlint.run import lint  # most runs have no folder of their own

        errors = [p for p in lint(pack_files(folder), vocabulary).problems if p.severity == "error"]
        problems += errors
        if not errors:
            found, more = load_packs(folder)
            packs |= found
            problems += more
    return packs, problems
