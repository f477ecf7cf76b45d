"""Verification: what a model tells becomes an event only as far as the words of the article and our own word lists bear it out.

1. The evidence stands in its paragraph, letter by letter.  2. So does every other quotation.  3. Parties and goods follow from their
quotations by the packs and the vocabulary, else they are unknown.  4. Where its sentence holds a word of negation, plan, pretence or law
that the model's reading does not show, the event is held for review (tier ``weak``).  5. What fails is refused, with the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import msgspec

from checker.extract.plugins.gazetteer import Gazetteer
from checker.extract.plugins.llm.answer import Candidate, Named, Paragraph
from checker.extract.plugins.quotes import locate
from checker.model.claim import Claim, ClaimStatus
from checker.model.dates import DateRange
from checker.model.document import Document, Evidence
from checker.model.event import Assumed, Event, FactValue, fact_to_wire
from checker.model.extraction import Hint
from checker.vocabulary.events import EventReader

__all__ = ["Refused", "Verifier"]

_UNTRUE = frozenset({"negation", "doubt", "as_if", "hypothetical", "norm", "norm_passive"})
_RULED = frozenset({"norm_verb", "norm_source"})
_BEFORE = frozenset({"planned", "negotiated", "contracted", "attempted"})
_HELD = Assumed("tier", "its sentence holds words of negation, plan, pretence or law: held for review")


class Refused(Exception):
    """Why an event of a model is not shown."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Verifies what was told of one document. ``capped``: no pack reads its language, so every tier is weak."""

    document: Document
    gazetteer: Gazetteer
    reader: EventReader
    hints: Sequence[Hint]
    anchor: DateRange | None
    capped: bool = False

    def event(self, told: Candidate, paragraphs: Sequence[Paragraph]) -> Event:
        """The event, with evidence for every fact.

        Raises:
            Refused: something that it tells is not in the text.
        """
        paragraph = next((p for p in paragraphs if p.id == told.paragraph), None)
        if paragraph is None:
            raise Refused(f"there is no paragraph {told.paragraph[:20]!r}")
        whole = self._quote(told.evidence_quote, paragraph, None, "event")
        facts: dict[str, FactValue] = {"act": self._word("acts", told.act), "stage": self._word("stages", told.stage)}
        evidence = [whole]
        unclear = False
        for role, named in (("supplier", told.supplier), ("recipient", told.recipient)):
            if named is not None:
                quoted = self._quote(named.quote, paragraph, whole, role)
                party = self.gazetteer.party(quoted.text, named.name)
                unclear = unclear or not party
                if party:
                    facts[role] = party
                    evidence.append(quoted)
        if "supplier" not in facts and "recipient" not in facts:
            raise Refused("no party follows from its quotations")
        if facts.get("supplier") == facts.get("recipient"):
            raise Refused("supplier and recipient are the same")
        if told.goods is not None:
            quoted = self._quote(told.goods.quote, paragraph, whole, "goods")
            goods = self.gazetteer.goods(quoted.text, self._word("goods", told.goods.term))
            unclear = unclear or not goods
            if goods:
                facts["goods"] = goods
                evidence.append(quoted)
        assumed = self._date(told, paragraph, whole, facts, evidence)
        claim = self._claim(told, paragraph, whole, facts)
        held = self._held(told, paragraph, whole)
        return self._built(facts, claim, evidence, [*assumed, *([_HELD] if held else [])], weak=held or unclear or self.capped)

    def _word(self, taxonomy: str, told: str) -> str:
        if told not in self.gazetteer.vocabulary.taxonomies[taxonomy]:
            raise Refused(f"{told[:40]!r} is no word of {taxonomy}")
        return told

    def _quote(self, quote: str, paragraph: Paragraph, within: Evidence | None, fact: str) -> Evidence:
        """Evidence for quoted words: inside ``within`` where they stand there, else in the paragraph."""
        text = self.document.text
        found = locate(text, quote, within.start, within.end) if within is not None else None
        found = found or locate(text, quote, paragraph.start, paragraph.end)
        if found is None:
            raise Refused(f"the words quoted for {fact} are not in paragraph {paragraph.id}")
        return self.document.quote(*found, fact=fact, zone=paragraph.zone)

    def _date(self, told: Candidate, paragraph: Paragraph, whole: Evidence, facts: dict[str, FactValue],
              evidence: list[Evidence]) -> list[Assumed]:
        """The day, as our own reader of dates reads the quoted words; else that of the publication."""
        if told.date_quote:
            quoted = self._quote(told.date_quote, paragraph, whole, "date")
            found = self.gazetteer.date(self.document.text[paragraph.start:paragraph.end], quoted.start - paragraph.start,
                                        quoted.end - paragraph.start, self.anchor)
            if found is not None:
                facts["date"] = found.range
                evidence.append(quoted)
                if found.relative and self.anchor is not None:
                    return [Assumed("date", f"'{' '.join(quoted.text.split())}' counted from the publication, {self.anchor.say()}")]
                return []
        if self.anchor is None:
            return []
        facts["date"] = self.anchor
        return [Assumed("date", f"date of publication, {self.anchor.say()}")]

    def _claim(self, told: Candidate, paragraph: Paragraph, whole: Evidence, facts: dict[str, FactValue]) -> Claim:
        by, party = self._claimant(told.claimant, paragraph, whole)
        states = {self._state(str(facts[role])) for role in ("supplier", "recipient") if role in facts}
        status: str = told.status
        if status == "confirmed" and (not party or self._state(party) not in states):
            status = "reported"  # only a party can admit it
        via = (self.document.outlet,) if by and self.document.outlet else ()
        words = replace(whole, fact="claim")
        return Claim(cast(ClaimStatus, status), by or self.document.outlet, party, via, evidence=(words,))

    def _claimant(self, named: Named | None, paragraph: Paragraph, whole: Evidence) -> tuple[str, str]:
        if named is None:
            return "", ""
        quoted = self._quote(named.quote, paragraph, whole, "claim")
        return " ".join(quoted.text.split()), self.gazetteer.party(quoted.text, named.name)

    def _state(self, party: str) -> str:
        known = self.gazetteer.vocabulary.parties.get(party)
        return known.state or party if known is not None else party

    def _held(self, told: Candidate, paragraph: Paragraph, whole: Evidence) -> bool:
        """Whether the sentence says something that the reading of the model does not show."""
        cues = self.gazetteer.cues(self.document.text[paragraph.start:paragraph.end], whole.start - paragraph.start,
                                   whole.end - paragraph.start)
        if any(h.kind in ("norm", "hypothetical", "history") and h.evidence.start < whole.end and whole.start < h.evidence.end
               for h in self.hints):
            return True
        untrue = told.status != "denied" and (bool(cues & _UNTRUE) or cues >= _RULED)
        return untrue or (told.stage == "done" and bool(cues & _BEFORE))

    def _built(self, facts: dict[str, FactValue], claim: Claim, evidence: list[Evidence], assumed: list[Assumed], *, weak: bool) -> Event:
        settled, problems = self.reader.read({name: fact_to_wire(value) for name, value in facts.items()})
        if settled is None:
            raise Refused(problems[0].message)
        day = facts.get("date")
        parts = [str(facts.get(k, "")) for k in ("act", "goods", "supplier", "recipient", "stage")]
        parts += [day.isoformat() if isinstance(day, DateRange) else "", self.document.sha256]
        name = hashlib.sha256("|".join(["llm", *parts]).encode()).hexdigest()[:16]
        return msgspec.structs.replace(settled, id=name, claims=(claim,), evidence=tuple(evidence), assumed=(*assumed, *settled.assumed),
                                       tier="weak" if weak else "fair", document=self.document.id)
