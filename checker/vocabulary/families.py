"""The family of an act by which extractors are scored: the first row of ``families.yaml`` that holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checker.model.event import Event
from checker.model.facts import FACTS
from checker.model.truth import TRUE
from checker.strictyaml.problem import Problem
from checker.vocabulary.files import VocabularyFile

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["FamilyRow", "family", "load_families"]


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """Events whose every named fact lies under one of the terms are of this family."""

    when: tuple[tuple[str, tuple[str, ...]], ...]
    family: str

    def holds(self, event: Event, vocabulary: Vocabulary) -> bool:
        """True when every line holds; an unknown fact fails its line."""
        for fact, terms in self.when:
            value = event.facts.get(fact)
            if not isinstance(value, str) or all(vocabulary.compare(fact, value, term) is not TRUE for term in terms):
                return False
        return True


def family(event: Event, vocabulary: Vocabulary) -> str:
    """The family of an event: the last row holds always."""
    return next(row.family for row in vocabulary.families if row.holds(event, vocabulary))


def load_families(directory: Path, vocabulary: Vocabulary) -> tuple[tuple[FamilyRow, ...] | None, list[Problem]]:
    """The rows of ``families.yaml``; the last one must hold always."""
    file = VocabularyFile(directory, "families")
    top = file.fields(file.root, ("families", "rows"), ("families", "rows"))
    names = file.texts(top.get("families"))
    rows: list[FamilyRow] = []
    for item in file.items(top.get("rows")):
        got = file.fields(item, ("when", "family"), ("when", "family"))
        when: list[tuple[str, tuple[str, ...]]] = []
        for fact, mark, node in file.entries(got.get("when")):
            if fact not in FACTS:
                file.problem(mark, "unknown-fact", f"`{fact}` is no fact of an event", file.near(fact, FACTS))
                continue
            for word, place in file.placed_texts(node):
                if vocabulary.resolve(fact, word) != word:
                    near = vocabulary.suggest(fact, word)
                    file.problem(place, "unknown-term", f"`{word}` is no value of {fact}",
                                 f"did you mean `{near}`?" if near else "see the vocabulary")
            when.append((fact, file.texts(node)))
        name = file.text(got.get("family"))
        if "family" in got and name not in names:
            file.problem(got["family"], "unknown-family", f"`{name}` is no family", file.near(name, names))
        rows.append(FamilyRow(tuple(when), name))
    if "rows" in top and (not rows or rows[-1].when):
        file.problem(top["rows"], "no-last-row", "the last row must hold always", "end with `- {when: {}, family: other}`")
    if any(p.severity == "error" for p in file.problems):
        return None, file.problems
    return tuple(rows), file.problems
