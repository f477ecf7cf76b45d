"""What became of the mutants of a rule: killed by an example, proven equivalent, or survived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.judge.judge import Judge
from checker.model.dates import DateRange
from checker.model.rule import Example
from checker.proof.bench import Bench
from checker.proof.examples import passes
from checker.proof.mutate import Mutant, mutants
from checker.proof.search import Found, Space

__all__ = ["Fate", "fates"]


@dataclass(frozen=True, slots=True)
class Fate:
    """One mutant. ``killer``: the example that fails on it (``None``: none does). ``found``: for a survivor, an event that would
    tell it apart, or the proof that none can; ``judge`` holds it still."""

    mutant: Mutant
    killer: Example | None
    found: Found | None = None
    judge: Judge | None = None

    @property
    def killed(self) -> bool:
        return self.killer is not None

    @property
    def equivalent(self) -> bool:
        return self.found is not None and self.found.proven

    @property
    def survived(self) -> bool:
        return not self.killed and not self.equivalent


def fates(bench: Bench, space: Space | None) -> Iterator[Fate]:
    """Every mutant of the rule with its fate. Without a ``space`` (a rule without an event to begin from) nothing is proven."""
    order = list(bench.examples)
    for mutant in mutants(bench.rule, bench.sites, bench.vocabulary):
        judge = bench.judged(mutant.rule)
        killer = _killer(bench, mutant, judge, order)
        if killer is not None:
            yield Fate(mutant, killer)
        else:
            yield Fate(mutant, None, space.tell_apart(mutant, judge) if space else Found(), judge)


def _killer(bench: Bench, mutant: Mutant, judge: Judge, order: list[Example]) -> Example | None:
    """The first example that fails on the mutant: nearest to the day moved, else those that killed lately first."""
    if mutant.operator == "drop override":
        return next((example for rule, example in bench.general_examples() if not passes(judge, rule, example)), None)
    tried = sorted(order, key=lambda example: _distance(example, mutant)) if mutant.boundary else order
    for i, example in enumerate(tried):
        if not passes(judge, mutant.rule, example):
            if not mutant.boundary and i:
                order.insert(0, order.pop(i))
            return example
    return None


def _distance(example: Example, mutant: Mutant) -> int:
    boundary = mutant.boundary
    date = example.event.facts.get(boundary.fact) if boundary else None
    return abs(date.first - boundary.day) if boundary and isinstance(date, DateRange) else 1 << 30

