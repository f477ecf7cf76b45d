"""Cases: findings about one matter, across articles and nights, with who says what and how sure it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import msgspec

__all__ = ["CASE_SCHEMA", "CaseClaim", "CaseFinding", "CaseRecord", "CaseSource", "Confidence"]

CASE_SCHEMA = "sanctions-checker/case/1"
_DIGEST_VERSION = "1"


@dataclass(frozen=True, slots=True)
class CaseSource:
    """A document that speaks of the matter. ``copy_of``: the document of which it is a near copy, and then no source of its own."""

    document: str
    outlet: str
    agency: str
    address: str
    title: str
    published: str
    first_seen: str
    language: str
    sha256: str
    copy_of: str = ""

    def to_wire(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class CaseClaim:
    """One voice for or against: ``status`` as in ``checker.model.claim``, ``kind`` its class of source, the documents that carry it and
    the words of the first of them."""

    status: str
    by: str
    party: str
    kind: str
    about: str
    documents: tuple[str, ...]
    quote: str

    def to_wire(self) -> dict[str, Any]:
        return {"status": self.status, "by": self.by, "party": self.party, "kind": self.kind, "about": self.about,
                "documents": list(self.documents), "quote": self.quote}


@dataclass(frozen=True, slots=True)
class CaseFinding:
    """What one rule says of the matter: of several events of the case the gravest finding."""

    rule: str
    rule_digest: str
    title: str
    regime: str
    severity: str
    label: str
    flagged: bool
    authority: tuple[str, ...]
    breach_by: tuple[str, ...]
    match: str
    missing: tuple[str, ...]
    sentence: str
    document: str
    event: str

    def to_wire(self) -> dict[str, Any]:
        wire = {name: getattr(self, name) for name in self.__slots__}
        return wire | {name: list(wire[name]) for name in ("authority", "breach_by", "missing")}


@dataclass(frozen=True, slots=True)
class Confidence:
    """How good the sources are, with what it was computed from: sources that do not copy each other, how many of them saw it themselves,
    and their weight together."""

    level: str
    independent: int
    first_hand: int
    weight: int

    def to_wire(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case as one night left it. Days are ISO dates; ``facts`` are those of the fullest event, in written form."""

    id: str
    opened: str
    state: str
    disposition: str
    label: str
    family: str
    sender: str
    receiver: str
    goods: str
    first_day: str
    last_day: str
    sentence: str
    findings: tuple[CaseFinding, ...]
    claims: tuple[CaseClaim, ...]
    sources: tuple[CaseSource, ...]
    confidence: Confidence
    facts: tuple[tuple[str, Any], ...] = ()

    @property
    def flagged(self) -> bool:
        return any(f.flagged for f in self.findings)

    def assessed(self) -> dict[str, Any]:
        """What is assessed: what a reader must hear of when it differs. Left out is what changes without meaning (order, fetch times, the
        night) and the words that are made of the rest."""
        return {
            "label": self.label, "disposition": self.disposition, "sender": self.sender, "receiver": self.receiver, "goods": self.goods,
            "first_day": self.first_day, "last_day": self.last_day, "confidence": self.confidence.level,
            "findings": sorted([f.rule, f.label, f.match, sorted(f.breach_by), sorted(f.authority), sorted(f.missing)]
                               for f in self.findings),
            "claims": sorted([c.status, c.by, c.party, c.about] for c in self.claims),
            "sources": sorted(s.document for s in self.sources if not s.copy_of),
        }

    def digest(self) -> str:
        """The digest of what is assessed, with a version in front: another version, another digest."""
        body = msgspec.json.encode(self.assessed(), order="deterministic")
        return _DIGEST_VERSION + hashlib.sha256(body).hexdigest()[:31]

    def decided(self, disposition: str) -> CaseRecord:
        """The case under a person's decision."""
        return replace(self, disposition=disposition)

    def to_wire(self) -> dict[str, Any]:
        """The written form, schema ``sanctions-checker/case/1``."""
        return {
            "schema": CASE_SCHEMA, "id": self.id, "opened": self.opened, "state": self.state, "disposition": self.disposition,
            "label": self.label, "family": self.family, "sender": self.sender, "receiver": self.receiver, "goods": self.goods,
            "first_day": self.first_day, "last_day": self.last_day, "sentence": self.sentence, "confidence": self.confidence.to_wire(),
            "findings": [f.to_wire() for f in self.findings], "claims": [c.to_wire() for c in self.claims],
            "sources": [s.to_wire() for s in self.sources], "facts": dict(self.facts), "digest": self.digest(),
        }

    @classmethod
    def from_wire(cls, wire: dict[str, Any]) -> CaseRecord:
        """Read the written form back."""
        found: CaseRecord = msgspec.convert({**wire, "facts": list(wire["facts"].items())}, cls)
        return found
