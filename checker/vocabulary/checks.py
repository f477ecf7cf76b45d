"""Checks that every file of named things shares: wider things exist, nothing stands in a circle, no spelling means two things."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from checker.strictyaml.nodes import Node
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.names import NameIndex

__all__ = ["check_circle", "check_parents", "check_spellings", "find_cycle"]


def check_parents(file: VocabularyFile, written: Iterable[tuple[str, Node]], known: Collection[str]) -> None:
    """Complain of every wider thing that is not among the known ones."""
    for parent, mark in written:
        if parent not in known:
            file.problem(mark, "unknown-parent", f"`{parent}` is not known here", file.near(parent, known) or "add the wider one first")


def check_circle(file: VocabularyFile, wider: Mapping[str, Iterable[str]], marks: Mapping[str, Node]) -> None:
    """Complain of things that stand under each other in a circle."""
    circle = find_cycle(wider)
    if circle:
        chain = " under ".join([*circle, circle[0]])
        mark = next((marks[key] for key in circle if key in marks), None)
        if mark is not None:
            file.problem(mark, "term-cycle", f"these stand under each other in a circle: {chain}", "take one of the links away")


def check_spellings(file: VocabularyFile, spellings: Iterable[tuple[str, str]], marks: Mapping[str, Node]) -> None:
    """Complain of a spelling, given as (id, spelling), that an earlier id has already."""
    index = NameIndex()
    for key, spelling in spellings:
        owner = index.add(spelling, key)
        if owner:
            file.problem(marks[key], "duplicate-spelling", f"`{spelling}` of `{key}` is already a spelling of `{owner}`",
                         "leave it with the one that is meant most often, or with the wider one")


def find_cycle(wider: Mapping[str, Iterable[str]]) -> list[str]:
    """A circle in a graph given as id -> wider ids, or ``[]``."""
    done: set[str] = set()
    path: list[str] = []

    def climb(node: str) -> list[str]:
        if node in done:
            return []
        if node in path:
            return path[path.index(node):]
        path.append(node)
        for parent in wider.get(node, ()):
            found = climb(parent)
            if found:
                return found
        path.pop()
        done.add(node)
        return []

    for node in wider:
        found = climb(node)
        if found:
            return found
    return []
