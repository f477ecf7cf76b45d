"""Sanctions regimes: titles for people, and the names labelled articles use."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from checker.strictyaml.problem import Problem
from checker.vocabulary.files import VocabularyFile

__all__ = ["Regime", "load_regimes"]


@dataclass(frozen=True, slots=True)
class Regime:
    """One regime of ``regimes.yaml``. ``evaluation`` is its name in labelled articles, ``committee`` a word of approvals, ``target`` the
    State that its measures are about (``""``: none, or not one alone)."""

    id: str
    title: str
    says: str
    evaluation: str
    committee: str
    target: str = ""


def load_regimes(directory: Path, approvals: Container[str], states: Container[str]) -> tuple[dict[str, Regime] | None, list[Problem]]:
    """The regimes by id, in the order of the file."""
    file = VocabularyFile(directory, "regimes")
    top = file.fields(file.root, ("regimes",), ("regimes",))
    regimes: dict[str, Regime] = {}
    keys = ("title", "says", "evaluation", "committee")
    for key, _, node in file.entries(top.get("regimes")):
        got = file.fields(node, (*keys, "target"), keys)
        regimes[key] = Regime(key, *(file.text(got.get(name)) for name in (*keys, "target")))
        if "target" in got and regimes[key].target not in states:
            file.problem(got["target"], "unknown-term", f"`{regimes[key].target}` is no State", "see states.yaml")
        if "committee" in got and regimes[key].committee not in approvals:
            file.problem(got["committee"], "unknown-term", f"`{regimes[key].committee}` is no word of approvals", "see approvals.yaml")
    if any(p.severity == "error" for p in file.problems):
        return None, file.problems
    return regimes, file.problems
