"""Which found event is which labelled event, and the tally of one article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from checker.evaluate.labels import GoldEvent, LabelledArticle
from checker.evaluate.scores import Counts, Tally
from checker.model.event import Event
from checker.vocabulary.families import family
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["FoundEvent", "Matcher"]

# Which fact tells the two ends of an event, first come first served: goods, people and deeds are told by different ones.
_SENDING = ("supplier", "actor", "person_nationality", "shipped_from")
_RECEIVING = ("recipient", "host_state", "destination")
_STAGED = ("planned", "negotiated")


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event as the labels see it. A party has all the names it may be labelled by (itself and its State); none: not told."""

    family: str
    supplier: frozenset[str]
    recipient: frozenset[str]
    status: str
    regimes: frozenset[str]


class Matcher:
    """Compares found events with labels, in the words of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def found(self, event: Event, regimes: Sequence[str]) -> FoundEvent:
        """The event with the regimes (ids of the rule base) that flag it."""
        stage = str(event.facts.get("stage", ""))
        status = "negotiated" if stage == "contracted" else stage if stage in _STAGED else event.report
        return FoundEvent(family(event, self._vocabulary), _party(event, _SENDING), _party(event, _RECEIVING), status,
                          frozenset(self._vocabulary.regimes[r].evaluation for r in regimes if r in self._vocabulary.regimes))

    def tally(self, article: LabelledArticle, found: Sequence[FoundEvent]) -> Tally:
        """Events one to one, statuses of the matched ones, verdicts per (regime, event), false alarms."""
        gold = article.gold
        distinct = _merge(found)
        pairs = self._pair(gold.events, distinct)
        tally = Tally(articles=1, events=Counts(len(pairs), len(distinct) - len(pairs), len(gold.events) - len(pairs)))
        tally.status_of = len(pairs)
        tally.status_right = sum(distinct[f].status in gold.events[g].accepted("status") for g, f in pairs.items())
        wanted = {(v.regime, v.event) for v in gold.violations}
        matched = {f: g for g, f in pairs.items()}
        got = {(regime, matched.get(i, ~i)) for i, one in enumerate(distinct) for regime in one.regimes}  # ~i: no labelled event
        tally.verdicts = Counts(len(wanted & got), len(got - wanted), len(wanted - got))
        if not wanted:
            tally.quiet = 1
            tally.alarms = int(bool(got))
        return tally

    def _pair(self, gold: Sequence[GoldEvent], found: Sequence[FoundEvent]) -> dict[int, int]:
        """Label to found event, one to one; a found event that also has the right status is taken first."""
        pairs: dict[int, int] = {}
        for right_status in (True, False):
            for g, label in enumerate(gold):
                for f, one in enumerate(found):
                    if g in pairs or f in pairs.values() or (right_status and one.status not in label.accepted("status")):
                        continue
                    if self._same(label, one):
                        pairs[g] = f
        return pairs

    def _same(self, label: GoldEvent, one: FoundEvent) -> bool:
        return (one.family in label.accepted("action") and self._is(label.accepted("supplier"), one.supplier)
                and self._is(label.accepted("recipient"), one.recipient))

    def _is(self, accepted: Sequence[str | None], names: frozenset[str]) -> bool:
        return any(not names if label is None else self._code(label) in names for label in accepted)

    def _code(self, label: str) -> str:
        """A label as the vocabulary writes it: ISO2, or the id of a group."""
        words = self._vocabulary
        return label if label in words.states.codes else words.parties.resolve(label) or words.states.resolve(label) or label


def _party(event: Event, roles: Sequence[str]) -> frozenset[str]:
    facts: Mapping[str, object] = event.facts
    for role in roles:
        names = {str(facts[name]) for name in (role, f"{role}_state") if facts.get(name)}
        if names:
            return frozenset(names)
    return frozenset()


def _merge(found: Sequence[FoundEvent]) -> list[FoundEvent]:
    """Events that the labels cannot tell apart count once, with the regimes of all."""
    merged: dict[tuple[str, frozenset[str], frozenset[str], str], FoundEvent] = {}
    for one in found:
        key = (one.family, one.supplier, one.recipient, one.status if one.status in _STAGED else "told")
        before = merged.get(key)
        merged[key] = one if before is None else replace(before, regimes=before.regimes | one.regimes)
    return list(merged.values())

