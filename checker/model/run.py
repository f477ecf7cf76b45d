"""One run of the checker: what was read, what was found, what went wrong. The truth every report is rendered from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checker.model.document import Document
from checker.model.event import Event
from checker.model.extraction import Hint, Zone
from checker.model.finding import Finding
from checker.strictyaml.problem import Problem

__all__ = ["FINDINGS_SCHEMA", "ReadDocument", "Run"]

FINDINGS_SCHEMA = "sanctions-checker/findings/1"


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document and what came of it. ``status``: ``read``, ``no events``, ``record`` (events given, nothing to extract) or
    ``unreadable`` (listed with its problem, text empty)."""

    document: Document
    language: str
    status: str
    events: tuple[Event, ...] = ()
    zones: tuple[Zone, ...] = ()
    hints: tuple[Hint, ...] = ()
    notes: tuple[str, ...] = ()

    def to_wire(self) -> dict[str, Any]:
        doc = self.document
        return {"id": doc.id, "language": self.language, "published": doc.published.isoformat() if doc.published else None,
                "status": self.status, "url": doc.url, "outlet": doc.outlet, "agency": doc.agency, "title": doc.title, "sha256": doc.sha256,
                "characters": len(doc.text), "events": [e.to_wire() for e in self.events],
                "hints": [{"kind": h.kind, "evidence": h.evidence.to_wire()} for h in self.hints], "notes": list(self.notes)}


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run. ``law_known_as_of`` is the newest review date of the rule base (ISO); nothing here reads a clock."""

    documents: tuple[ReadDocument, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    rules: int
    rulebase_digest: str
    law_known_as_of: str
    checker_version: str

    def to_wire(self) -> dict[str, Any]:
        """The JSON-ready form, schema ``sanctions-checker/findings/1``."""
        return {"schema": FINDINGS_SCHEMA, "checker_version": self.checker_version, "rules": self.rules,
                "rulebase_digest": self.rulebase_digest, "law_known_as_of": self.law_known_as_of,
                "documents": [d.to_wire() for d in self.documents], "findings": [f.to_wire() for f in self.findings],
                "problems": [p.to_wire() for p in self.problems]}
