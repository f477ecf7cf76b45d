"""Verdicts: one rule on one event, without the words for people. Findings are made from these."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.claim import Report
from checker.model.finding import Law, OpenExemption, Outcome
from checker.model.rule import Position, Rule

__all__ = ["FLAGGED_OUTCOMES", "Span", "Verdict"]

FLAGGED_OUTCOMES: frozenset[str] = frozenset({"breach", "possible"})
"""Outcomes that a reader should see, before the label is known."""


@dataclass(frozen=True, slots=True)
class Span:
    """The outcome of a rule on every day from ``first`` to ``last`` (ordinals, both included), all of them alike.

    ``period`` is the index of the period in force (-1: none), ``because`` the exemption that excuses, ``overridden`` the more special
    rule that takes its place. ``elements`` is the truth of the elements of the rule, ``disputed`` the exemption that would excuse if
    it were not disputed.
    """

    first: int
    last: int
    outcome: Outcome
    law: Law = "settled"
    period: int = -1
    because: str = ""
    missing: frozenset[str] = frozenset()
    open: tuple[OpenExemption, ...] = ()
    elements: int = 0
    overridden: str = ""
    disputed: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule on one event. ``span`` is the one that decided, ``spans`` all the days judged; ``label`` and ``flagged`` come from
    the label table; ``missing`` is sorted."""

    rule: Rule
    outcome: Outcome
    law: Law
    report: Report
    stage: str
    label: str
    flagged: bool
    missing: tuple[str, ...]
    because: str
    exemptions_not_excluded: tuple[OpenExemption, ...]
    positions: tuple[Position, ...]
    notes: tuple[str, ...]
    span: Span
    spans: tuple[Span, ...]
