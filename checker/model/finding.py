"""Findings: one rule applied to one event, with everything a reader needs, and the receipt that reproduces it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from checker.model.claim import Report
from checker.model.event import Assumed, Event, Tier
from checker.model.explain import ExplainNode
from checker.model.rule import NotEncoded, Position, Verified

__all__ = ["FINDING_SCHEMA", "RECEIPT_SCHEMA", "Breach", "Contribution", "Finding", "Law", "LawOnDate", "LeftOut", "OpenExemption",
           "Outcome", "QuotaCount", "QuotaTotal", "Receipt", "RuleRef"]

FINDING_SCHEMA = "sanctions-checker/finding/1"
RECEIPT_SCHEMA = "sanctions-checker/receipt/1"

Outcome = Literal["breach", "possible", "exempt", "pending", "met", "clear", "not_in_force"]
Law = Literal["settled", "contested", "hortatory", "unverified"]


@dataclass(frozen=True, slots=True)
class Breach:
    """One actor in breach: the role it has in the event, its name as printed, and its State (ISO2; empty: none known)."""

    role: str
    name: str
    state: str

    def to_wire(self) -> dict[str, str]:
        return {"role": self.role, "name": self.name, "state": self.state}


@dataclass(frozen=True, slots=True)
class OpenExemption:
    """An exemption that could excuse the act and is not excluded by the known facts. ``missing`` would decide it."""

    name: str
    says: str
    authority: tuple[str, ...]
    missing: tuple[str, ...]

    def to_wire(self) -> dict[str, Any]:
        return {"name": self.name, "says": self.says, "authority": list(self.authority), "missing": list(self.missing)}


@dataclass(frozen=True, slots=True)
class LawOnDate:
    """The period of the rule that was applied: our summary and its dates (ISO; ``until`` empty: open)."""

    since: str
    until: str
    force: str
    says: str
    link: str
    verified: Verified

    def to_wire(self) -> dict[str, Any]:
        return {"from": self.since, "until": self.until, "force": self.force, "says": self.says, "link": self.link,
                "verified": {"paragraph": self.verified.paragraph, "dates": self.verified.dates, "scope": self.verified.scope,
                             "source": self.verified.source, "date": self.verified.date}}


@dataclass(frozen=True, slots=True)
class Contribution:
    """One event in a quota: what it counts, by unit of the limits. ``basis``: notified or estimated; ``scope``: single or cumulative."""

    event: str
    document: str
    date: str
    amounts: Mapping[str, float]
    basis: str
    scope: str
    report: Report

    def to_wire(self) -> dict[str, Any]:
        return {"event": self.event, "document": self.document, "date": self.date, "amounts": dict(sorted(self.amounts.items())),
                "basis": self.basis, "scope": self.scope, "report": self.report}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An event that a quota does not count, and why (an English clause)."""

    event: str
    document: str
    why: str

    def to_wire(self) -> dict[str, str]:
        return {"event": self.event, "document": self.document, "why": self.why}


@dataclass(frozen=True, slots=True)
class QuotaTotal:
    """What is used of one limit: notified by States, and estimated by anybody, apart."""

    unit: str
    at_most: float
    notified: float
    estimated: float

    @property
    def percent(self) -> float:
        """The larger of the two in percent of the limit; of a limit of nothing, 0 or 100."""
        used = max(self.notified, self.estimated)
        return 100 * used / self.at_most if self.at_most else 100.0 * (used > 0)

    def to_wire(self) -> dict[str, Any]:
        return {"unit": self.unit, "at_most": self.at_most, "notified": self.notified, "estimated": self.estimated,
                "percent": round(self.percent, 1)}


@dataclass(frozen=True, slots=True)
class QuotaCount:
    """A quota in one window (ISO days; ``until`` empty: open), for all States or one: totals, the alert reached in percent (0: none),
    every event that counts and every one that does not."""

    since: str
    until: str
    state: str
    totals: tuple[QuotaTotal, ...]
    alert: float
    contributions: tuple[Contribution, ...]
    left_out: tuple[LeftOut, ...] = ()

    def to_wire(self) -> dict[str, Any]:
        return {"from": self.since, "until": self.until, "state": self.state, "totals": [t.to_wire() for t in self.totals],
                "alert": self.alert, "contributions": [c.to_wire() for c in self.contributions],
                "left_out": [e.to_wire() for e in self.left_out]}


@dataclass(frozen=True, slots=True)
class RuleRef:
    """Another rule whose finding on the same event was folded into this one, because it lacks the same fact."""

    rule: str
    title: str
    authority: tuple[str, ...]

    def to_wire(self) -> dict[str, Any]:
        return {"rule": self.rule, "title": self.title, "authority": list(self.authority)}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What reproduces a finding. Digests are SHA-256 in hexadecimal; ``period`` is the index of the period applied (-1: none).
    ``events``: for a quota counted over several events, all of them."""

    id: str
    rule: str
    rule_digest: str
    rulebase_digest: str
    period: int
    outcome: Outcome
    label: str
    event: Event
    explain: ExplainNode
    checker_version: str
    events: tuple[Event, ...] = ()

    def to_wire(self) -> dict[str, Any]:
        wire = {"schema": RECEIPT_SCHEMA, "id": self.id, "rule": self.rule, "rule_digest": self.rule_digest,
                "rulebase_digest": self.rulebase_digest, "period": self.period, "outcome": self.outcome, "label": self.label,
                "event": self.event.to_wire(), "explain": self.explain.to_wire(), "checker_version": self.checker_version}
        return wire | {"events": [e.to_wire() for e in self.events]} if self.events else wire


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule on one event. ``id`` is stable between runs for the same rule, document and facts.

    ``missing`` names the facts that would decide a possible outcome, ``assumed`` the facts of the event taken without a word
    that states them, ``notes`` English sentences ("the event is within one day of ..."), ``positions`` the views where the
    law is contested, ``also`` rules folded into this finding. ``quota`` counts a quota over a window. ``shadow``: the rule is on
    trial, and the finding is for its author, not for readers of reports.
    """

    id: str
    rule: str
    title: str
    regime: str
    severity: str
    label: str
    flagged: bool
    outcome: Outcome
    law: Law
    report: Report
    stage: str
    authority: tuple[str, ...]
    law_on_date: LawOnDate | None
    breach_by: tuple[Breach, ...]
    event: Event
    missing: tuple[str, ...]
    exemptions_not_excluded: tuple[OpenExemption, ...]
    because: str
    denied_by: tuple[str, ...]
    positions: tuple[Position, ...]
    notes: tuple[str, ...]
    not_encoded: tuple[NotEncoded, ...]
    sentence: str
    receipt: Receipt
    also: tuple[RuleRef, ...] = ()
    quota: QuotaCount | None = None
    shadow: bool = False

    @property
    def tier(self) -> Tier:
        return self.event.tier

    @property
    def assumed(self) -> tuple[Assumed, ...]:
        return self.event.assumed

    @property
    def explain(self) -> ExplainNode:
        return self.receipt.explain

    def to_wire(self) -> dict[str, Any]:
        """The JSON-ready form, schema ``sanctions-checker/finding/1``; ``quota`` and ``shadow`` only where there is such."""
        extra: dict[str, Any] = {"quota": self.quota.to_wire()} if self.quota else {}
        if self.shadow:
            extra["shadow"] = True
        return extra | {
            "schema": FINDING_SCHEMA, "id": self.id, "rule": self.rule, "title": self.title, "regime": self.regime,
            "severity": self.severity, "label": self.label, "flagged": self.flagged, "outcome": self.outcome, "law": self.law,
            "report": self.report, "stage": self.stage, "authority": list(self.authority),
            "law_on_date": self.law_on_date.to_wire() if self.law_on_date else None,
            "breach_by": [b.to_wire() for b in self.breach_by], "event": self.event.to_wire(),
            "missing": list(self.missing), "assumed": [a.to_wire() for a in self.assumed],
            "exemptions_not_excluded": [e.to_wire() for e in self.exemptions_not_excluded], "because": self.because,
            "denied_by": list(self.denied_by),
            "positions": [{"view": p.view, "holders": list(p.holders), "basis": p.basis} for p in self.positions],
            "notes": list(self.notes), "not_encoded": [{"text": n.text, "why": n.why} for n in self.not_encoded],
            "also": [r.to_wire() for r in self.also], "tier": self.tier, "sentence": self.sentence,
            "receipt": self.receipt.to_wire(),
        }
