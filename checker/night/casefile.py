"""The file of a case for its page: evidence in its context, the law on the date, what is open, its history and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select

from checker.cases import tables
from checker.cases.decisions import MERGED, history
from checker.model.casefile import (
    CaseDecision,
    CaseEvidence,
    CaseExemption,
    CaseFile,
    CaseLaw,
    CasePosition,
    CaseStep,
)
from checker.model.extraction import Zone
from checker.report.excerpts import excerpts
from checker.report.words import Words, as_sentence

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from checker.cases.docket import Docket, Told
    from checker.cases.settings import ReportSettings
    from checker.model.document import Evidence
    from checker.model.event import Event
    from checker.model.finding import Finding
    from checker.night.work import NightWork
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["CaseFiler"]


@dataclass(slots=True)
class CaseFiler:
    """Puts together the files of cases as they were by the end of one night."""

    connection: Connection
    docket: Docket
    work: NightWork
    vocabulary: Vocabulary
    look: ReportSettings

    def file(self, case: Mapping[str, Any]) -> CaseFile:
        """The file of a case, given in its written form."""
        words = Words(self.vocabulary)
        told, _ = self.work.speaking(self.docket, case["id"], self.work.copies(self.connection))
        shown = {f["rule"]: f for f in case["findings"] if f["flagged"]}
        findings = list(self._findings(told, shown))
        label = words.label(case["label"])
        lead = next((t.event for t in told if findings and t.event.id == findings[0].event.id), told[0].event if told else None)
        evidence = self._evidence(told, case["sources"])
        regime = next((f["regime"] for f in shown.values()), "")
        return CaseFile(
            label.tone, label.says, words.regime(regime) if regime else "", words.party(case["sender"]), words.party(case["receiver"]),
            words.value("goods", case["goods"]) if case["goods"] else "", evidence[:self.look.evidence],
            max(0, len(evidence) - self.look.evidence), tuple(_law(f, shown[f.rule], words) for f in findings),
            tuple(CaseExemption(f.rule, as_sentence(e.says), e.authority, tuple(words.fact_phrase(m) for m in e.missing))
                  for f in findings for e in f.exemptions_not_excluded),
            tuple(dict.fromkeys(CasePosition(as_sentence(p.view), p.holders, p.basis) for f in findings for p in f.positions)),
            tuple(_assumed(lead, words)) if lead is not None else (),
            tuple(dict.fromkeys(words.fact_phrase(m) for f in findings for m in f.missing)), self._history(case["id"]),
            self._decisions(case["id"]), self._merged(case["id"]),
            tuple(dict.fromkeys(f"{one.say()}." for t in told for one in t.event.leads)))

    def _findings(self, told: Sequence[Told], shown: Mapping[str, Mapping[str, Any]]) -> Iterable[Finding]:
        """The findings that the case shows, each as the judge tells it now."""
        events = {(t.event.document, t.event.id): t.event for t in told}
        for rule, f in shown.items():
            event = events.get((f["document"], f["event"]))
            if event is not None:
                yield from (one for one in self.work.findings(event) if one.rule == rule)

    def _evidence(self, told: Sequence[Told], sources: Sequence[Mapping[str, Any]]) -> tuple[CaseEvidence, ...]:
        """What each document says, marked in its text, in the order of their coming."""
        spans: dict[str, list[Evidence]] = {}
        documents = {}
        for t in told:
            id_ = t.source.document.id
            documents[id_] = t.source
            spans.setdefault(id_, []).extend(e for e in [*t.event.evidence, *(e for c in t.event.claims for e in c.evidence)]
                                             if e.document == id_)
        by_id = {s["document"]: s for s in sources}
        found = []
        for id_, source in documents.items():
            document = source.document
            copies = tuple(dict.fromkeys(s["outlet"] or s["address"] for s in sources if s["copy_of"] == id_))
            parts = excerpts(document, spans[id_], self._zones(id_))
            published = document.published.isoformat() if document.published else ""
            found.append(CaseEvidence(id_, document.outlet, document.title, document.agency, document.url, published, source.first_seen,
                                      by_id.get(id_, {}).get("language", document.lang), document.sha256, copies, parts))
        return tuple(found)

    def _zones(self, document: str) -> tuple[Zone, ...]:
        row = self.connection.execute(select(tables.document.c.record).where(tables.document.c.id == document)).scalar()
        told = msgspec.json.decode(row or "{}").get("zones", [])
        return tuple(Zone(kind, start, end) for kind, start, end in told)

    def _history(self, case: str) -> tuple[CaseStep, ...]:
        t = tables.version
        rows = self.connection.execute(select(t).where(t.c.case_id == case, t.c.night <= self.work.night).order_by(t.c.night))
        found = []
        for row in rows:
            told = msgspec.json.decode(row.record)
            found.append(CaseStep(row.night, row.op, tuple(row.causes.split(",")), told["label"],
                                  tuple(f["field"] for f in told["fields"]) if row.op == "MOD" else ()))
        return tuple(found)

    def _decisions(self, case: str) -> tuple[CaseDecision, ...]:
        return tuple(CaseDecision(r.night, r.at, r.by, r.verdict, r.reason, r.until)
                     for r in history(self.connection, case, self.work.night))

    def _merged(self, case: str) -> str:
        made = history(self.connection, case, self.work.night)
        return next((str(r.record["into"]) for r in reversed(made) if r.verdict == MERGED and "into" in r.record), "")


def _law(finding: Finding, shown: Mapping[str, Any], words: Words) -> CaseLaw:
    law = finding.law_on_date
    breach = tuple((b.name, words.state(b.state) if b.state else "", words.fact(b.role)) for b in finding.breach_by)
    since, until, force, says, link, verified = (
        (law.since, law.until, law.force, law.says, law.link, law.verified.whole) if law is not None else ("", "", "", "", "", False))
    return CaseLaw(finding.rule, finding.title, words.regime(finding.regime), finding.label, finding.authority, as_sentence(says), force,
                   since, until, link, verified, finding.law, shown["match"], finding.sentence, breach,
                   tuple(words.fact_phrase(m) for m in finding.missing), finding.notes)


def _assumed(event: Event, words: Words) -> Iterable[str]:
    for a in event.assumed:
        value = event.facts.get(a.fact)
        taken = f"was taken to be {words.value(a.fact, value)}" if value is not None else "was assumed"
        yield f"No words state the {words.fact(a.fact)}; it {taken}, from this: {a.basis.rstrip('.')}."
