"""The label a person sees, from the axes of a finding: the first row of ``labels.yaml`` that holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.strictyaml.problem import Problem
from checker.vocabulary.files import VocabularyFile

__all__ = ["AXES", "TONES", "Label", "LabelRow", "LabelTable", "load_labels"]

AXES: Mapping[str, tuple[str, ...]] = {
    "outcome": ("breach", "possible", "exempt", "pending", "met", "clear", "not_in_force"),
    "law": ("settled", "contested", "hortatory", "unverified"),
    "report": ("confirmed", "reported", "alleged", "denied", "negated"),
    "stage": ("planned", "negotiated", "contracted", "attempted", "done"),
    "tier": ("stated", "strong", "fair", "weak", "external"),
    "breach_class": ("substantive", "reporting"),
}
TONES: tuple[str, ...] = ("critical", "high", "medium", "low", "quiet")


@dataclass(frozen=True, slots=True)
class Label:
    """One label: ``says`` is its sentence in a legend, ``tone`` the colour token, ``clause`` what it adds to a finding's sentence."""

    name: str
    title: str
    says: str
    tone: str
    flagged: bool
    clause: str = ""


@dataclass(frozen=True, slots=True)
class LabelRow:
    """The label of findings whose every named axis has one of the values."""

    when: tuple[tuple[str, frozenset[str]], ...]
    label: str


class LabelTable:
    """All labels, and the one way to choose among them."""

    __slots__ = ("_cache", "_outcomes", "_rows", "labels", "names")

    def __init__(self, labels: Mapping[str, Label], rows: tuple[LabelRow, ...], outcomes: Mapping[str, str]) -> None:
        self.labels = dict(labels)
        self.names: tuple[str, ...] = tuple(labels)
        self._rows = rows
        self._outcomes = dict(outcomes)
        self._cache: dict[tuple[str, ...], str] = {}

    def label(self, *, outcome: str, law: str, report: str, stage: str, tier: str, breach_class: str) -> str:
        """The label: the first row that holds. Raises ``KeyError`` when none does (the loader checks that one always does)."""
        key = (outcome, law, report, stage, tier, breach_class)
        found = self._cache.get(key)
        if found is None:
            axes = dict(zip(AXES, key, strict=True))
            found = next((row.label for row in self._rows if all(axes[axis] in values for axis, values in row.when)), None)
            if found is None:
                raise KeyError(key)
            self._cache[key] = found
        return found

    def flagged(self, label: str) -> bool:
        """Whether a finding with this label is flagged. Raises ``KeyError`` for an unknown label."""
        return self.labels[label].flagged

    def is_outcome_word(self, label: str) -> bool:
        """Whether a label only says how the rule came out (``clear``, ``exempt`` ...): such findings are shown on request alone."""
        return label in self._outcomes.values()

    def get(self, label: str) -> Label | None:
        """The label of a name, or ``None``."""
        return self.labels.get(label)


def load_labels(directory: Path) -> tuple[LabelTable | None, list[Problem]]:
    """The table of ``labels.yaml``; ``None`` when the file is wrong or some finding would have no label."""
    file = VocabularyFile(directory, "labels")
    top = file.fields(file.root, ("outcomes", "labels", "rows"), ("outcomes", "labels", "rows"))
    outcomes = {key: file.text(node) for key, _, node in file.entries(top.get("outcomes"))}
    labels: dict[str, Label] = {}
    for name, mark, node in file.entries(top.get("labels")):
        got = file.fields(node, ("title", "says", "tone", "flagged", "clause"), ("title", "says", "tone", "flagged"))
        labels[name] = Label(name, file.text(got.get("title")), file.text(got.get("says")), file.text(got.get("tone")),
                             bool(file.flag(got.get("flagged"))), file.text(got.get("clause")))
        if labels[name].tone not in TONES:
            file.problem(got.get("tone", mark), "unknown-tone", f"`{labels[name].tone}` is no tone", f"choose among {', '.join(TONES)}")
    rows = []
    for item in file.items(top.get("rows")):
        got = file.fields(item, ("when", "label"), ("when", "label"))
        when = []
        for axis, node in file.fields(got.get("when"), AXES).items():
            for value, place in file.placed_texts(node):
                if value not in AXES[axis]:
                    file.problem(place, "unknown-value", f"`{value}` is no {axis}",
                                 file.near(value, AXES[axis]) or f"choose among {', '.join(AXES[axis])}")
            when.append((axis, frozenset(file.texts(node))))
        label = file.text(got.get("label"))
        if "label" in got and label not in labels:
            file.problem(got["label"], "unknown-label", f"`{label}` is no label of this file", file.near(label, labels))
        rows.append(LabelRow(tuple(when), label))
    for outcome in AXES["outcome"]:
        if outcome not in outcomes and "outcomes" in top:
            file.problem(top["outcomes"], "missing-key", f"the outcome `{outcome}` has no word", f"add `{outcome}: ...`")
    if any(p.severity == "error" for p in file.problems):
        return None, file.problems
    return LabelTable(labels, tuple(rows), outcomes), file.problems
