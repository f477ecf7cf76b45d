"""From the events and findings of one matter to the case: who says what, how good the sources are, what is most grave.

Nothing is collapsed: claims for and against stay side by side. Match (how surely the act falls under the measure) and confidence (how
good the sources are) are two things and never one score.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checker.cases.matter import Matter
from checker.cases.settings import UNTRIAGED, CaseSettings
from checker.extract.fold import fold
from checker.model.case import CaseClaim, CaseFinding, CaseRecord, CaseSource, Confidence
from checker.model.claim import Claim
from checker.model.event import Event
from checker.model.finding import Finding
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Assessor", "Telling"]

_FOR = ("confirmed", "reported", "alleged")


@dataclass(frozen=True, slots=True)
class Telling:
    """One event of the case, with its document and what the rules say of it."""

    event: Event
    source: CaseSource
    findings: tuple[Finding, ...]


class Assessor:
    """Makes case records. ``sorts``: the sort of a claimant by its folded name (see ``checker.cases.claimants``)."""

    def __init__(self, settings: CaseSettings, sorts: Mapping[str, str], vocabulary: Vocabulary) -> None:
        self._settings = settings
        self._sorts = {name: settings.claimants[sort] for name, sort in sorts.items() if sort in settings.claimants}
        self._vocabulary = vocabulary

    def record(self, case: str, opened: str, matter: Matter, tellings: Sequence[Telling], copies: Sequence[CaseSource] = ()) -> CaseRecord:
        """The case as these events tell it, the earliest first. ``copies``: documents that only repeat another one."""
        findings = self._findings(tellings)
        claims = self._claims(tellings)
        label = findings[0].label if findings else ""
        lead = next((t for t in tellings if findings and (t.event.document, t.event.id) == (findings[0].document, findings[0].event)),
                    tellings[0])
        sources = {t.source.document: t.source for t in tellings} | {s.document: s for s in copies}
        told = tuple(sorted(sources.values(), key=lambda s: (s.first_seen, s.document)))
        facts = tuple((name, value) for name, value in lead.event.to_wire().items() if name in lead.event.facts)
        return CaseRecord(
            case, opened, "open" if any(f.flagged for f in findings) else "withdrawn", UNTRIAGED, label, matter.family, matter.sender,
            matter.receiver, matter.goods, _day(matter.first), _day(matter.last),
            findings[0].sentence if findings else "", findings, claims, told, self._confidence(claims, sources), facts)

    def _findings(self, tellings: Sequence[Telling]) -> tuple[CaseFinding, ...]:
        """The gravest finding of each rule, the gravest of all first."""
        best: dict[str, tuple[int, CaseFinding]] = {}
        for telling in tellings:
            for finding in telling.findings:
                rank = self._rank(finding.label)
                held = best.get(finding.rule)
                if held is None or rank < held[0]:
                    best[finding.rule] = (rank, self._finding(finding, telling))
        return tuple(f for _, f in sorted(best.values(), key=lambda x: (not x[1].flagged, x[0], x[1].rule)))

    def _rank(self, label: str) -> int:
        order = list(self._settings.order)
        return order.index(label) if label in order else len(order)

    def _finding(self, finding: Finding, telling: Telling) -> CaseFinding:
        return CaseFinding(
            finding.rule, finding.receipt.rule_digest, finding.title, finding.regime, finding.severity, finding.label, finding.flagged,
            finding.authority, tuple(b.name for b in finding.breach_by), self._settings.matched(finding.outcome, finding.tier),
            finding.missing, finding.sentence, telling.event.document, telling.event.id)

    def _claims(self, tellings: Sequence[Telling]) -> tuple[CaseClaim, ...]:
        """Each voice once, with all documents that carry it."""
        found: dict[tuple[str, str, str, str], CaseClaim] = {}
        for telling in tellings:
            parties = {str(v) for v in telling.event.facts.values() if isinstance(v, str)}
            for claim in telling.event.claims:
                by = claim.by or telling.source.outlet
                key = (claim.status, (claim.party or by).casefold(), claim.party, claim.about)
                held = found.get(key)
                documents = tuple(dict.fromkeys((*(held.documents if held else ()), telling.source.document)))
                quote = held.quote if held else (claim.evidence[0].text if claim.evidence else "")
                found[key] = CaseClaim(claim.status, held.by if held else by, claim.party, self.kind(claim, telling.source, parties),
                                       claim.about, documents, quote)
        return tuple(found.values())

    def kind(self, claim: Claim, source: CaseSource, parties: Iterable[str]) -> str:
        """The class of whoever makes the claim: the best that is known of it."""
        if claim.party and claim.party in parties and claim.status == "confirmed":
            return "party"
        if self._state(claim.party):
            return "state"
        told = self._sorts.get(fold(claim.by))
        if told is not None:
            return told.class_
        return "outlet" if not claim.by or claim.by == source.outlet else "unnamed"

    def _state(self, party: str) -> str:
        """The State that speaks through a party: itself, or that of its body."""
        known = self._vocabulary.parties.get(party)
        return known.state if known is not None else party if party in self._vocabulary.states else ""

    def _voice(self, claim: CaseClaim) -> str:
        """Who speaks: two claims of one voice are no two sources. A State is one voice, whichever of its bodies or people talk."""
        if claim.kind in ("state", "party"):
            return self._state(claim.party) or claim.party
        sort = self._sorts.get(fold(claim.by))
        return sort.class_ if sort is not None and sort.one else f"{claim.kind} {fold(claim.party or claim.by)}"

    def _confidence(self, claims: Sequence[CaseClaim], sources: Mapping[str, CaseSource]) -> Confidence:
        """Independent voices are counted, not articles: one per State or name, outlets in their own voice one per agency."""
        voices: dict[str, str] = {}
        for claim in claims:
            if claim.status not in _FOR or claim.about:
                continue
            own = [sources[d] for d in claim.documents if claim.by in ("", sources[d].outlet)] if claim.kind == "outlet" else []
            for source in own:
                voices.setdefault(f"outlet {fold(source.agency or source.outlet or source.document)}", "outlet")
            if not own:
                voices.setdefault(self._voice(claim), claim.kind)
        classes = [self._settings.classes[kind] for kind in voices.values()]
        counts = len(classes), sum(c.first_hand for c in classes), sum(c.weight for c in classes)
        return Confidence(self._settings.level(*counts), *counts)


def _day(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()
