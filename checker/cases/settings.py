"""``rules/cases.yaml``: how events become cases, and how sure a case is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.errors import RuleBaseError
from checker.locator import rules_dir
from checker.model.event import TIERS
from checker.model.facts import FACTS
from checker.strictyaml.message import render_all
from checker.strictyaml.nodes import Node
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.labels import AXES
from checker.vocabulary.vocabulary import Vocabulary

__all__ = [
    "IN_REVIEW", "UNTRIAGED", "WAIVED", "CaseSettings", "ClaimantSort", "Disposition", "ReportSettings", "SourceClass",
    "load_case_settings",
]

UNTRIAGED, IN_REVIEW, WAIVED = "untriaged", "in review", "waived"
"""The dispositions that mean something to the program; what else there is, the file says."""
_COUNTS = ("independent", "first_hand", "weight")
_SIDES = ("sender", "receiver")


@dataclass(frozen=True, slots=True)
class SourceClass:
    """A kind of source: how far one of it counts, and whether it saw what it tells."""

    title: str
    weight: int
    first_hand: bool


@dataclass(frozen=True, slots=True)
class ClaimantSort:
    """A sort of claimant that has words of its own: the class it belongs to, and whether all of the sort are one voice."""

    class_: str
    one: bool


@dataclass(frozen=True, slots=True)
class Disposition:
    """What people may decide on a case. ``closed``: it then needs nobody; ``second``: a second pair of eyes is asked for."""

    title: str
    closed: bool
    second: bool


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """What the report of a night looks at. ``nights`` and ``weeks``: how far back its pictures go; ``untriaged`` nights without a verdict
    and ``waiver`` days before it ends ask for attention, ``noise`` new cases of a rule in those nights, and a night whose new cases are
    more than ``unusual`` times the usual; ``silent`` days without a case; ``near`` misses at most, looked for among ``looked`` events;
    ``listed`` cases by name, and ``evidence`` documents of a case at most. After ``quiet`` days without a message even a channel that asks
    for changes only hears that nothing changed."""

    nights: int
    weeks: int
    untriaged: int
    waiver: int
    noise: int
    unusual: float
    silent: int
    near: int
    looked: int
    listed: int
    evidence: int
    quiet: int


@dataclass(frozen=True, slots=True)
class CaseSettings:
    """The file as read. ``confidence`` and ``match`` are rows read from the top; ``order`` the labels, the gravest first."""

    window_days: int
    late_days: int
    likeness: float
    nights: int
    sides: Mapping[str, Sequence[str]]
    classes: Mapping[str, SourceClass]
    claimants: Mapping[str, ClaimantSort]
    confidence: Sequence[tuple[Mapping[str, int], str]]
    match: Sequence[tuple[Mapping[str, Collection[str]], str]]
    order: Sequence[str]
    dispositions: Mapping[str, Disposition]
    report: ReportSettings

    @property
    def closed(self) -> frozenset[str]:
        """The dispositions after which a case needs nobody."""
        return frozenset(name for name, disposition in self.dispositions.items() if disposition.closed)

    def level(self, independent: int, first_hand: int, weight: int) -> str:
        """The confidence that so many sources give."""
        told = {"independent": independent, "first_hand": first_hand, "weight": weight}
        return next(level for when, level in self.confidence if all(told[name] >= least for name, least in when.items()))

    def matched(self, outcome: str, tier: str) -> str:
        """How surely an event falls under a measure."""
        told = {"outcome": outcome, "tier": tier}
        return next(level for when, level in self.match if all(told[name] in values for name, values in when.items()))


def load_case_settings(vocabulary: Vocabulary, directory: Path | None = None) -> CaseSettings:
    """The settings, from ``rules/`` or another folder.

    Raises:
        RuleBaseError: the file has errors; the text lists them.
    """
    file = VocabularyFile(directory or rules_dir(), "cases")
    keys = ("window_days", "late_days", "copies", "sides", "classes", "claimants", "confidence", "match", "order", "dispositions", "report")
    top = file.fields(file.root, keys, keys)
    copies = file.fields(top.get("copies"), ("likeness", "nights"), ("likeness", "nights"))
    sides = file.fields(top.get("sides"), _SIDES, _SIDES)
    classes = {name: _class(file, node) for name, _, node in file.entries(top.get("classes"))}
    found = CaseSettings(
        int(file.number(top.get("window_days"), 0)), int(file.number(top.get("late_days"), 0)),
        file.number(copies.get("likeness"), 0),
        int(file.number(copies.get("nights"), 0)),
        {side: [file.one_of(node, FACTS) for _, node in file.placed_texts(sides.get(side))] for side in _SIDES},
        classes,
        {name: _claimant(file, node, classes) for name, _, node in file.entries(top.get("claimants"))},
        [_confidence(file, node) for node in file.items(top.get("confidence"))],
        [_match(file, node) for node in file.items(top.get("match"))],
        [file.one_of(node, vocabulary.labels.names) for _, node in file.placed_texts(top.get("order"))],
        {name: _disposition(file, node) for name, _, node in file.entries(top.get("dispositions"))},
        _report(file, top.get("report")),
    )
    for key, rows in (("confidence", found.confidence), ("match", found.match)):
        if key in top and (not rows or rows[-1][0]):
            file.problem(top[key], "no-last-row", "the last row must hold always", "end with `- {when: {}, level: ...}`")
    missing = [label for label in vocabulary.labels.names if vocabulary.labels.flagged(label) and label not in found.order]
    if missing and "order" in top:
        file.problem(top["order"], "missing-key", f"no place is given to {', '.join(missing)}", "name every flagged label once")
    for name in (UNTRIAGED, IN_REVIEW, WAIVED):
        if name not in found.dispositions and "dispositions" in top:
            file.problem(top["dispositions"], "missing-key", f"the disposition `{name}` is missing", f"add `{name}: ...`")
    if file.problems:
        raise RuleBaseError(render_all(file.problems))
    return found


def _class(file: VocabularyFile, node: Node | None) -> SourceClass:
    got = file.fields(node, ("title", "weight", "first_hand"), ("title", "weight", "first_hand"))
    return SourceClass(file.text(got.get("title")), int(file.number(got.get("weight"), 0)), bool(file.flag(got.get("first_hand"))))


def _claimant(file: VocabularyFile, node: Node | None, classes: Collection[str]) -> ClaimantSort:
    got = file.fields(node, ("class", "one"), ("class", "one"))
    return ClaimantSort(file.one_of(got.get("class"), classes), bool(file.flag(got.get("one"))))


def _disposition(file: VocabularyFile, node: Node | None) -> Disposition:
    got = file.fields(node, ("title", "closed", "second"), ("title", "closed", "second"))
    return Disposition(file.text(got.get("title")), bool(file.flag(got.get("closed"))), bool(file.flag(got.get("second"))))


def _report(file: VocabularyFile, node: Node | None) -> ReportSettings:
    names = ReportSettings.__slots__
    got = file.fields(node, names, names)
    numbers = {name: file.number(got.get(name), 0) for name in names}
    return ReportSettings(**{name: n if name == "unusual" else int(n) for name, n in numbers.items()})  # type: ignore[arg-type]


def _confidence(file: VocabularyFile, node: Node | None) -> tuple[Mapping[str, int], str]:
    got = file.fields(node, ("when", "level"), ("when", "level"))
    when = file.fields(got.get("when"), _COUNTS)
    return {name: int(file.number(value, 0)) for name, value in when.items()}, file.text(got.get("level"))


def _match(file: VocabularyFile, node: Node | None) -> tuple[Mapping[str, Collection[str]], str]:
    got = file.fields(node, ("when", "level"), ("when", "level"))
    known = {"outcome": AXES["outcome"], "tier": TIERS}
    when = file.fields(got.get("when"), tuple(known))
    return ({name: frozenset(file.one_of(word, known[name]) for _, word in file.placed_texts(value)) for name, value in when.items()},
            file.text(got.get("level")))
