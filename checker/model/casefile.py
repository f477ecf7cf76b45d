"""What the page of a case tells beside its record: evidence in its context, the law on the date, what is open, its history, decisions."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.excerpt import Excerpt

__all__ = ["CaseDecision", "CaseEvidence", "CaseExemption", "CaseFile", "CaseLaw", "CasePosition", "CaseStep"]


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """The excerpts of one document. ``copies``: outlets that print nearly the same words, and are no sources of their own."""

    document: str
    outlet: str
    title: str
    agency: str
    address: str
    published: str
    first_seen: str
    language: str
    sha256: str
    copies: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class CaseLaw:
    """A measure as it stood on the date of the event. ``state``: settled, contested, hortatory or unverified; ``breach_by``: who would be
    in breach, with the role; ``not_encoded``: parts of the measure that no rule judges."""

    rule: str
    title: str
    regime: str
    label: str
    authority: tuple[str, ...]
    says: str
    force: str
    since: str
    until: str
    link: str
    verified: bool
    state: str
    match: str
    sentence: str
    breach_by: tuple[tuple[str, str, str], ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseExemption:
    """An exemption that nothing told excludes, and the facts that would decide it."""

    rule: str
    says: str
    authority: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CasePosition:
    """One view in a dispute about the law."""

    view: str
    held_by: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class CaseStep:
    """What one night did to the case; ``fields``: which of its fields differed."""

    night: str
    op: str
    causes: tuple[str, ...]
    label: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseDecision:
    """What a person decided."""

    night: str
    at: str
    by: str
    verdict: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything of a case that its record leaves out. ``tone``: how loud its label is shown; the names are those of the vocabulary;
    ``evidence`` of its first documents, ``more`` documents beyond them; ``assumed``: what no word states; ``leads``: parties on lists of
    the user's own; ``merged_into``: the case it now belongs to."""

    tone: str
    label_says: str
    regime: str
    sender: str
    receiver: str
    goods: str
    evidence: tuple[CaseEvidence, ...]
    more: int
    law: tuple[CaseLaw, ...]
    exemptions: tuple[CaseExemption, ...]
    positions: tuple[CasePosition, ...]
    assumed: tuple[str, ...]
    missing: tuple[str, ...]
    history: tuple[CaseStep, ...]
    decisions: tuple[CaseDecision, ...]
    merged_into: str = ""
    leads: tuple[str, ...] = ()
