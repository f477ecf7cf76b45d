"""``sentences.yaml``: verb phrases by stage and report, words for the unknown, optional tails, doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.model.facts import FACTS
from checker.strictyaml.problem import Problem
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.labels import AXES

__all__ = ["Phrases", "load_phrases"]

_PARTS = ("verbs", "unknown", "tails", "doubts")
_DOUBTS = ("event", "receipt")


@dataclass(frozen=True, slots=True)
class Phrases:
    """``verbs[stage][report]``, ``unknown[fact]``, ``tails[fact]``, ``doubts[about]``; see the comments of the file."""

    verbs: Mapping[str, Mapping[str, str]]
    unknown: Mapping[str, str]
    tails: Mapping[str, str]
    doubts: Mapping[str, str]


def load_phrases(directory: Path) -> tuple[Phrases | None, list[Problem]]:
    """The phrases; every stage and report must have its verb phrase."""
    file = VocabularyFile(directory, "sentences")
    top = file.fields(file.root, _PARTS, _PARTS)
    stages = file.fields(top.get("verbs"), AXES["stage"], AXES["stage"])
    verbs = {stage: {report: file.text(text) for report, text in file.fields(node, AXES["report"], AXES["report"]).items()}
             for stage, node in stages.items()}
    words: dict[str, dict[str, str]] = {"unknown": {}, "tails": {}}
    for part, found in words.items():
        for fact, mark, node in file.entries(top.get(part)):
            if fact not in FACTS and fact != "host":
                file.problem(mark, "unknown-fact", f"`{fact}` is no fact of an event", file.near(fact, FACTS))
            found[fact] = file.text(node)
    doubts = {about: file.text(node) for about, node in file.fields(top.get("doubts"), _DOUBTS, _DOUBTS).items()}
    if any(p.severity == "error" for p in file.problems):
        return None, file.problems
    return Phrases(verbs, words["unknown"], words["tails"], doubts), file.problems
