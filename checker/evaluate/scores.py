"""Counting: what was found against what was labelled, at the levels that matter, in total, per language and per regime."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

__all__ = ["Counts", "Scores", "Share", "Tally", "rounded"]


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

    @property
    def measures(self) -> dict[str, float | None]:
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}

    def to_wire(self) -> dict[str, Any]:
        return {"hit": self.hit, "false": self.false, "missed": self.missed, "precision": rounded(self.precision),
                "recall": rounded(self.recall), "f1": rounded(self.f1)}


@dataclass(slots=True)
class Share:
    """``part`` of ``whole``."""

    part: int = 0
    whole: int = 0

    @property
    def share(self) -> float | None:
        """``None`` of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def measures(self) -> dict[str, float | None]:
        return {"share": self.share}

    def to_wire(self) -> dict[str, Any]:
        return {"part": self.part, "of": self.whole, "share": rounded(self.share)}


@dataclass(slots=True)
class Tally:
    """The counts of one article or of many.

    ``roles``: named suppliers and recipients; ``events``: family and both parties; ``verdicts``: (regime, event). Of matched events:
    ``status`` (stage and report in one word, as labelled), ``stage``, ``report``, ``claimant`` (somebody the label names speaks) and
    ``denial`` (who denies). ``alarms``: articles flagged, of those where nothing is to be flagged. ``strong``, ``fair``, ``weak``: events
    that are right, of those found in that tier; ``from_strong``, ``from_fair``: labelled events found in that tier or a surer one.
    """

    articles: int = 0
    roles: Counts = field(default_factory=Counts)
    events: Counts = field(default_factory=Counts)
    verdicts: Counts = field(default_factory=Counts)
    status: Share = field(default_factory=Share)
    stage: Share = field(default_factory=Share)
    report: Share = field(default_factory=Share)
    claimant: Share = field(default_factory=Share)
    denial: Share = field(default_factory=Share)
    alarms: Share = field(default_factory=Share)
    strong: Share = field(default_factory=Share)
    fair: Share = field(default_factory=Share)
    weak: Share = field(default_factory=Share)
    from_strong: Share = field(default_factory=Share)
    from_fair: Share = field(default_factory=Share)

    @property
    def parts(self) -> dict[str, Counts | Share]:
        """Everything counted, by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)[1:]}

    @property
    def numbers(self) -> tuple[int, ...]:
        """All counts in a row, so that tallies are added by adding columns."""
        row = [self.articles]
        for part in self.parts.values():
            row += (part.hit, part.false, part.missed) if isinstance(part, Counts) else (part.part, part.whole)
        return tuple(row)

    @classmethod
    def of(cls, numbers: Sequence[int]) -> Tally:
        """The inverse of ``numbers``."""
        tally, rest = cls(numbers[0]), iter(numbers[1:])
        for name, part in tally.parts.items():
            setattr(tally, name, Counts(next(rest), next(rest), next(rest)) if isinstance(part, Counts) else Share(next(rest), next(rest)))
        return tally

    @classmethod
    def sum(cls, tallies: Iterable[Tally]) -> Tally:
        """All of them together."""
        return cls.of([sum(column) for column in zip(*(one.numbers for one in (cls(), *tallies)), strict=True)])

    @property
    def measures(self) -> dict[str, float | None]:
        """Every score by its name: ``events.f1``, ``status.share`` ..."""
        return {f"{name}.{key}": value for name, part in self.parts.items() for key, value in part.measures.items()}

    def to_wire(self) -> dict[str, Any]:
        return {"articles": self.articles} | {name: part.to_wire() for name, part in self.parts.items()}


@dataclass(frozen=True, slots=True)
class Scores:
    """The tallies of one method article by article, by language and by regime. A row is one article: language, tally, and the verdicts by
    regime of those regimes that it is or should be flagged under."""

    rows: tuple[tuple[str, Tally, Mapping[str, Counts]], ...]

    @property
    def total(self) -> Tally:
        return Tally.sum(tally for _, tally, _ in self.rows)

    @property
    def languages(self) -> dict[str, list[Tally]]:
        """The tallies of each language."""
        found: dict[str, list[Tally]] = {}
        for lang, tally, _ in self.rows:
            found.setdefault(lang, []).append(tally)
        return dict(sorted(found.items()))

    @property
    def regimes(self) -> dict[str, list[Tally]]:
        """Of each regime the verdicts, one tally for each article that has any."""
        found: dict[str, list[Tally]] = {}
        for _, _, regimes in self.rows:
            for regime, counts in regimes.items():
                found.setdefault(regime, []).append(Tally(articles=1, verdicts=counts))
        return dict(sorted(found.items()))

    @property
    def by_language(self) -> dict[str, Tally]:
        return {lang: Tally.sum(tallies) for lang, tallies in self.languages.items()}


def rounded(value: float | None) -> float | None:
    """A score as files give it."""
    return None if value is None else round(value, 4)
