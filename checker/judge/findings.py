"""Findings: a verdict with everything a reader needs, and the receipt that reproduces it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from checker import __version__
from checker.judge.compiled import CompiledRule
from checker.judge.explain import explain_tree
from checker.judge.quota import QuotaWindow
from checker.judge.subject import Subject
from checker.judge.verdict import FLAGGED_OUTCOMES, Verdict
from checker.model.event import Event, fact_to_wire
from checker.model.facts import FACT_NAMES, PARTY_ROLES
from checker.model.finding import Breach, Finding, LawOnDate, Receipt, RuleRef
from checker.model.rule import Period, Rule
from checker.rulebase.loader import RuleBase
from checker.vocabulary.quotas import say_count
from checker.vocabulary.sentences import sentence
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["SEVERITIES", "breaches", "fold", "make_finding"]

SEVERITIES: tuple[str, ...] = ("critical", "high", "medium", "low")
"""Severities of rules, the highest first."""

_ID_LENGTH = 16


def make_finding(rule: CompiledRule, event: Event, subject: Subject, verdict: Verdict, rulebase: RuleBase,
                 window: QuotaWindow | None = None) -> Finding:
    """The finding of one verdict, with sentence, explain tree and receipt. ``window``: the quota counted over several events, of which
    ``event`` is the one that stands for all."""
    told, vocabulary = rule.rule, rulebase.vocabulary
    period = told.periods[verdict.span.period] if verdict.span.period >= 0 else None
    count = window.count() if window else None
    counted = [(c.event, c.subject) for c in window.counted] if window else [(event, subject)]
    events = window.events() if window else ()
    says = sentence(event, verdict.label, vocabulary)
    receipt = Receipt("", told.id, told.digest, rulebase.digest, verdict.span.period, verdict.outcome, verdict.label, event,
                      explain_tree(rule, subject, verdict, vocabulary, count), __version__, events)
    receipt = replace(receipt, id=_digest({k: v for k, v in receipt.to_wire().items() if k != "id"}))
    facts = {name: fact_to_wire(event.facts[name]) for name in FACT_NAMES if name in event.facts}
    return Finding(
        id=_digest([told.id, told.digest, *([count.since, count.state] if count else [event.document, facts])]),
        rule=told.id, title=told.title, regime=told.regime, severity=told.severity, label=verdict.label, flagged=verdict.flagged,
        outcome=verdict.outcome, law=verdict.law, report=verdict.report, stage=verdict.stage,
        authority=period.authority if period else (),
        law_on_date=_law_on_date(period) if period else None,
        breach_by=tuple(dict.fromkeys(b for one, seen in counted for b in breaches(verdict, one, seen, vocabulary))),
        event=event, missing=verdict.missing, exemptions_not_excluded=verdict.exemptions_not_excluded, because=verdict.because,
        denied_by=tuple(dict.fromkeys(d for one, _ in counted for d in _deniers(one, vocabulary))), positions=verdict.positions,
        notes=verdict.notes,
        not_encoded=told.not_encoded, receipt=receipt, sentence=f"{say_count(count, vocabulary)}. {says}" if count else says,
        quota=count, shadow=told.status == "shadow")


def fold(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Possible findings of one event that lack the same facts become one entry: the first by severity and rule id carries the
    others in ``also``. The rest stay as they are; all are in order of severity and rule id."""
    ordered = sorted(findings, key=lambda f: (SEVERITIES.index(f.severity) if f.severity in SEVERITIES else len(SEVERITIES), f.rule))
    heads: dict[tuple[str, ...], int] = {}
    kept: list[Finding] = []
    for finding in ordered:
        if finding.outcome != "possible" or finding.shadow:
            kept.append(finding)
        elif finding.missing in heads:
            at = heads[finding.missing]
            kept[at] = replace(kept[at], also=(*kept[at].also, RuleRef(finding.rule, finding.title, finding.authority)))
        else:
            heads[finding.missing] = len(kept)
            kept.append(finding)
    return tuple(kept)


def _law_on_date(period: Period) -> LawOnDate:
    return LawOnDate(_iso(period.first), _iso(period.last), period.force, period.says, period.link, period.verified)


def breaches(verdict: Verdict, event: Event, subject: Subject, vocabulary: Vocabulary) -> tuple[Breach, ...]:
    """Who is in breach by the verdict; nobody where it is not flagged."""
    return tuple(_breaches(verdict.rule, event, subject, vocabulary)) if verdict.outcome in FLAGGED_OUTCOMES else ()


def _breaches(rule: Rule, event: Event, subject: Subject, vocabulary: Vocabulary) -> Iterator[Breach]:
    """The actors in breach: roles of the rule whose State is bound. A party of no State is bound by nothing here; of a party
    that is unknown, or whose State is, nobody can say that it is not."""
    for role in rule.breach_by:
        if role not in PARTY_ROLES:
            state = event.facts.get(role)
            if not isinstance(state, str):
                yield Breach(role, event.names.get(role, ""), "")
            elif _is_bound(rule, state, vocabulary):
                yield Breach(role, event.names.get(role) or vocabulary.states.name(state), state)
            continue
        party, owner = subject.party(role), subject.state(role)
        if owner is None or (owner and _is_bound(rule, owner, vocabulary)):
            name = event.names.get(role) or (vocabulary.title(role, party) if party else "")
            yield Breach(role, name, owner or "")


def _is_bound(rule: Rule, state: str, vocabulary: Vocabulary) -> bool:
    """The State that a regime is about is bound where the rule names it: what the others must prevent is no breach of its own."""
    regime = vocabulary.regimes.get(rule.regime)
    return state in rule.bound or ("all_states" in rule.bound and (regime is None or state != regime.target))


def _deniers(event: Event, vocabulary: Vocabulary) -> Iterator[str]:
    for claim in event.claims:
        if claim.status == "denied":
            name = claim.by or (vocabulary.title("actor", claim.party) if claim.party else "")
            if name:
                yield name


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def _iso(day: int | None) -> str:
    return "" if day is None else dt.date.fromordinal(day).isoformat()
