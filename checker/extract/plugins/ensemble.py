"""Several extractors on one document: what two find independently is strong, what one finds alone is at most fair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from checker import __version__
from checker.extract.plugins.contract import Plugin
from checker.extract.plugins.guard import misquoted
from checker.model.claim import Claim
from checker.model.dates import DateRange
from checker.model.document import Document
from checker.model.event import Event, Tier
from checker.model.extraction import Extraction
from checker.vocabulary.taxonomy import Taxonomy

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Ensemble"]

_SIDES = ("supplier", "recipient", "actor", "host_state")
_AT_MOST_FAIR: dict[str, Tier] = {"strong": "fair"}


class Ensemble:
    """Runs its members one after the other. The first one's reading of an event leads; others confirm it and add their claims."""

    version = __version__

    def __init__(self, members: Sequence[Plugin], vocabulary: Vocabulary) -> None:
        self.members = tuple(members)
        self.vocabulary = vocabulary
        self.name = ",".join(member.name for member in members)
        self.deterministic = all(member.deterministic for member in members)

    def extract(self, document: Document) -> Extraction:
        """The events of all members. One that fails, and events that misquote, become notes; the others' events stay.

        Raises:
            RuntimeError: every member failed.
        """
        notes: list[str] = []
        read: list[Extraction] = []
        for member in self.members:
            try:
                found = member.extract(document)
                events = tuple(event for event in found.events if self._exact(event, document, member.name, notes))
            except Exception as err:
                notes.append(f"{member.name} failed on this document: {type(err).__name__}: {err}")
                continue
            read.append(replace(found, events=events))
        if not read:
            raise RuntimeError("; ".join(notes))
        return self._join(read, notes)

    def _exact(self, event: Event, document: Document, name: str, notes: list[str]) -> bool:
        wrong = misquoted(event, document)
        if wrong:
            notes.append(f"an event of {name} was left out, its evidence is not in the text: {wrong}")
        return not wrong

    def _join(self, read: Sequence[Extraction], notes: Sequence[str]) -> Extraction:
        """One extraction: events merged, of everything else what the first member that tells it says."""
        groups: list[list[Event]] = []
        for number, extraction in enumerate(read):
            before = len(groups) if number else 0  # only readings of others confirm one another
            free = list(range(before))
            for event in extraction.events:
                at = next((i for i in free if self._same(groups[i][0], event)), -1)
                if at < 0:
                    groups.append([event])
                else:
                    free.remove(at)
                    groups[at].append(event)
        best = max(read, key=lambda e: len(e.zones))
        hints = tuple(dict.fromkeys(hint for e in read for hint in e.hints))
        told = tuple(dict.fromkeys((*notes, *(note for e in read for note in e.notes))))
        language = next((e.language for e in read if e.language), "")
        published = next((e.published for e in read if e.published), None)
        title, agency = (next((getattr(e, key) for e in read if getattr(e, key)), "") for key in ("title", "agency"))
        return Extraction(language, tuple(_merged(group) for group in groups), best.zones, hints, told, published, title, agency)

    def _same(self, a: Event, b: Event) -> bool:
        """Both tell one act: the same stage and side of the claim, acts, goods and dates that fit, no party that differs, one shared."""
        if (a.report in ("denied", "negated")) != (b.report in ("denied", "negated")) or a.facts.get("stage") != b.facts.get("stage"):
            return False
        trees = self.vocabulary.taxonomies
        if not _near(trees["acts"], a, b, "act", siblings=True) or not _near(trees["goods"], a, b, "goods", siblings=False):
            return False
        if not _dates_meet(a.facts.get("date"), b.facts.get("date")):
            return False
        both = [side for side in _SIDES if side in a.facts and side in b.facts]
        return bool(both) and all(self._one_party(str(a.facts[side]), str(b.facts[side])) for side in both)

    def _one_party(self, a: str, b: str) -> bool:
        parties = self.vocabulary.parties
        return a == b or a in parties.ancestors(b) or b in parties.ancestors(a)


def _near(tree: Taxonomy, a: Event, b: Event, fact: str, *, siblings: bool) -> bool:
    """The same word, or one wider than the other (``siblings``: or both under one word)."""
    one, other = a.facts.get(fact), b.facts.get(fact)
    if one is None or other is None or one not in tree or other not in tree:
        return one == other
    above, beyond = tree.ancestors(str(one)), tree.ancestors(str(other))
    return str(one) in beyond or str(other) in above or (siblings and bool(above & beyond))


def _dates_meet(a: object, b: object) -> bool:
    if not isinstance(a, DateRange) or not isinstance(b, DateRange):
        return True
    return a.first <= b.last and b.first <= a.last


def _merged(group: Sequence[Event]) -> Event:
    """One event of what several found: the first reading, with the claims and evidence of the others."""
    lead = group[0]
    if lead.tier in ("stated", "external"):
        return lead
    if len(group) == 1:
        return msgspec.structs.replace(lead, tier=_AT_MOST_FAIR.get(lead.tier, lead.tier))
    # One that doubts its own reading confirms nobody.
    sure = [event for event in group if event.tier != "weak"]
    tier: Tier = "strong" if len(sure) > 1 else "fair" if sure else "weak"
    claims: dict[tuple[str, str, str], Claim] = {}
    for claim in (claim for event in group for claim in event.claims):
        claims.setdefault((claim.status, claim.party or claim.by.casefold(), claim.about), claim)
    evidence = tuple(dict.fromkeys(one for event in group for one in event.evidence))
    return msgspec.structs.replace(lead, tier=tier, claims=tuple(claims.values()), evidence=evidence)
