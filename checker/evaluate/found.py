"""Found events as the labels see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.model.claim import Claim
from checker.model.document import Evidence
from checker.model.event import TIERS, Event, Tier

__all__ = ["FoundEvent", "merged"]


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """A party has all the names it may be labelled by (itself and its State); none: not told. ``stage``: the status that labels have
    for the stage, empty where they have none. ``events``: what was found, several where labels cannot tell them apart."""

    family: str
    supplier: frozenset[str]
    recipient: frozenset[str]
    stage: str
    report: str
    tier: Tier
    events: tuple[Event, ...]
    regimes: frozenset[str]

    @property
    def status(self) -> str:
        """Stage and report in the one word that labels have for both."""
        return self.stage or self.report

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(dict.fromkeys(claim for event in self.events for claim in event.claims))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The words of its facts and claims, in the order of the text."""
        found = {e for event in self.events for e in event.evidence}
        return tuple(sorted(found | {e for claim in self.claims for e in claim.evidence}, key=lambda e: (e.start, e.end, e.fact)))

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where the words of its facts stand."""
        return sorted({(e.start, e.end) for event in self.events for e in event.evidence})


def merged(found: Sequence[FoundEvent]) -> list[FoundEvent]:
    """Events that the labels cannot tell apart count once, with the regimes of all and the surest tier."""
    distinct: dict[tuple[str, frozenset[str], frozenset[str], str], FoundEvent] = {}
    for one in found:
        key = (one.family, one.supplier, one.recipient, one.stage)
        before = distinct.get(key)
        distinct[key] = one if before is None else replace(before, regimes=before.regimes | one.regimes, events=before.events + one.events,
                                                           tier=min(before.tier, one.tier, key=TIERS.index))
    return list(distinct.values())
