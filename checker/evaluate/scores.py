"""Counting: what was found against what was labelled, at the levels that matter, in total and per language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Counts", "Scores", "Tally"]


@dataclass(slots=True)
class Counts:
    """True positives, false positives, false negatives."""

    hit: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; ``None`` where nothing was found."""
        return self.hit / (self.hit + self.false) if self.hit + self.false else None

    @property
    def recall(self) -> float | None:
        """Share of what is there that was found; ``None`` where nothing is there."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; ``None`` where nothing is there and nothing was found."""
        whole = 2 * self.hit + self.false + self.missed
        return 2 * self.hit / whole if whole else None

    def add(self, other: Counts) -> None:
        self.hit += other.hit
        self.false += other.false
        self.missed += other.missed

    def to_wire(self) -> dict[str, Any]:
        return {"hit": self.hit, "false": self.false, "missed": self.missed, "precision": _round(self.precision),
                "recall": _round(self.recall), "f1": _round(self.f1)}


@dataclass(slots=True)
class Tally:
    """The counts of one article or of many. ``status_right`` of ``status_of`` matched events have the labelled status;
    ``alarms`` of ``quiet`` articles where nothing is to be flagged were flagged."""

    articles: int = 0
    events: Counts = field(default_factory=Counts)
    verdicts: Counts = field(default_factory=Counts)
    status_right: int = 0
    status_of: int = 0
    quiet: int = 0
    alarms: int = 0

    def add(self, other: Tally) -> None:
        self.articles += other.articles
        self.events.add(other.events)
        self.verdicts.add(other.verdicts)
        self.status_right += other.status_right
        self.status_of += other.status_of
        self.quiet += other.quiet
        self.alarms += other.alarms

    @property
    def status_accuracy(self) -> float | None:
        return self.status_right / self.status_of if self.status_of else None

    def to_wire(self) -> dict[str, Any]:
        return {"articles": self.articles, "events": self.events.to_wire(), "verdicts": self.verdicts.to_wire(),
                "status": {"right": self.status_right, "of": self.status_of, "accuracy": _round(self.status_accuracy)},
                "false_alarms": {"flagged": self.alarms, "of": self.quiet}}


@dataclass(frozen=True, slots=True)
class Scores:
    """The tallies of one method by language, and of all together."""

    by_language: Mapping[str, Tally]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Tally]]) -> Scores:
        """Sum up (language, tally of one article)."""
        by_language: dict[str, Tally] = {}
        for lang, tally in rows:
            by_language.setdefault(lang, Tally()).add(tally)
        return cls(dict(sorted(by_language.items())))

    @property
    def total(self) -> Tally:
        whole = Tally()
        for tally in self.by_language.values():
            whole.add(tally)
        return whole

    def to_wire(self) -> dict[str, Any]:
        return {"total": self.total.to_wire(), "by_language": {lang: tally.to_wire() for lang, tally in self.by_language.items()}}


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
