"""Which found event is which labelled event, and the tally of one article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checker.evaluate.cases import Case, cases
from checker.evaluate.claimants import Voices
from checker.evaluate.found import FoundEvent, merged
from checker.evaluate.labels import GoldEvent, LabelledArticle
from checker.evaluate.scores import Counts, Share, Tally
from checker.evaluate.settings import Settings
from checker.model.dates import DateRange
from checker.model.event import Event
from checker.vocabulary.families import family
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Compared", "Matcher"]

_SENDING, _RECEIVING = "supplier", "recipient"
_SURER = {"from_strong": ("strong",), "from_fair": ("strong", "fair")}


@dataclass(frozen=True, slots=True)
class Compared:
    """One article: its tally, the verdicts by regime, and everything that is wrong."""

    tally: Tally
    regimes: Mapping[str, Counts] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()


class Matcher:
    """Compares found events with labels, in the words of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, settings: Settings, voices: Voices) -> None:
        self._vocabulary = vocabulary
        self._settings = settings
        self._voices = voices

    def found(self, event: Event, regimes: Sequence[str]) -> FoundEvent:
        """The event with the regimes (ids of the rule base) that flag it."""
        known = self._vocabulary.regimes
        return FoundEvent(family(event, self._vocabulary), self._party(event, self._settings.supplier),
                          self._party(event, self._settings.recipient),
                          self._settings.stages.get(str(event.facts.get("stage", "")), ""), event.report, event.tier, (event,),
                          frozenset(known[r].evaluation for r in regimes if r in known))

    def _party(self, event: Event, roles: Iterable[str]) -> frozenset[str]:
        """The first of these roles that is known: whoever has it and the State they are of; of a place the State it lies in."""
        day = event.facts.get("date")
        places = self._vocabulary.places
        for role in roles:
            names = {str(event.facts[name]) for name in (role, f"{role}_state") if event.facts.get(name)}
            if names:
                return frozenset(names | {places.state_of(name, day.last if isinstance(day, DateRange) else 0)
                                          for name in names if name in places.places} - {""})
        return frozenset()

    def compare(self, article: LabelledArticle, found: Sequence[FoundEvent]) -> Compared:
        """Events one to one, what is told of the matched ones, verdicts per (regime, event), false alarms."""
        gold = article.gold.events
        distinct = merged(found)
        pairs = self._pair(gold, distinct)
        near = self._nearest(article, distinct, pairs)
        tally = Tally(articles=1, events=Counts(len(pairs), len(distinct) - len(pairs), len(gold) - len(pairs)))
        tally.roles = self._roles(gold, distinct, pairs | near)
        for g, f in pairs.items():
            self._told(tally, article, gold[g], distinct[f])
        _tiers(tally, gold, distinct, pairs)
        wanted = {(v.regime, v.event) for v in article.gold.violations}
        matched = {f: g for g, f in pairs.items()}
        got = {(regime, matched.get(i, ~i)) for i, one in enumerate(distinct) for regime in one.regimes}  # ~i: no labelled event
        tally.verdicts = _counts(wanted, got)
        tally.alarms = Share(int(bool(got)), 1) if not wanted else Share()
        regimes = {name: _counts({x for x in wanted if x[0] == name}, {x for x in got if x[0] == name})
                   for name in sorted({name for name, _ in wanted | got})}
        return Compared(tally, regimes, cases(article, distinct, pairs, near, wanted, got))

    def _pair(self, gold: Sequence[GoldEvent], found: Sequence[FoundEvent]) -> dict[int, int]:
        """Label to found event, one to one, as many as can be; those that also have the right status are taken first."""
        fits = [[f for f, one in enumerate(found) if all(self._agreement(label, one))] for label in gold]
        right = [[f for f in fits[g] if found[f].status in label.accepted("status")] for g, label in enumerate(gold)]
        taken: dict[int, int] = {}
        for edges in (right, fits):
            for g in range(len(gold)):
                if g not in taken.values():
                    _augment(g, edges, taken, set())
        return {g: f for f, g in sorted(taken.items(), key=lambda pair: pair[1])}

    def _nearest(self, article: LabelledArticle, found: Sequence[FoundEvent], pairs: Mapping[int, int]) -> dict[int, int]:
        """Labels and found events that do not match, one to one, where they agree in a party and the family, in both parties, or in one
        thing and the words they stand in: the same event, misread."""
        scored = []
        for g, label in enumerate(article.gold.events):
            start = article.text.find(label.quote) if label.quote else -1
            for f, one in enumerate(found):
                if g not in pairs and f not in pairs.values():
                    overlap = start >= 0 and any(a < start + len(label.quote) and start < b for a, b in one.spans)
                    agreed = sum(self._agreement(label, one))
                    if agreed and agreed + overlap >= 2:
                        scored.append((-agreed - overlap, g, f))
        near: dict[int, int] = {}
        for _, g, f in sorted(scored):
            if g not in near and f not in near.values():
                near[g] = f
        return near

    def _agreement(self, label: GoldEvent, one: FoundEvent) -> tuple[bool, bool, bool]:
        """Whether family, supplier and recipient are as labelled."""
        return (one.family in label.accepted("action"), self._is(label.accepted(_SENDING), one.supplier),
                self._is(label.accepted(_RECEIVING), one.recipient))

    def _roles(self, gold: Sequence[GoldEvent], found: Sequence[FoundEvent], pairs: Mapping[int, int]) -> Counts:
        """Named parties: a wrong one is false, and missed besides where the label insists on one."""
        counts = Counts()
        for g, label in enumerate(gold):
            for role in (_SENDING, _RECEIVING):
                accepted = label.accepted(role)
                names = getattr(found[pairs[g]], role) if g in pairs else frozenset()
                right = bool(names) and self._is(accepted, names)
                counts.hit += right
                counts.false += bool(names) and not right
                counts.missed += not right and None not in accepted
        for f, one in enumerate(found):
            if f not in pairs.values():
                counts.false += bool(one.supplier) + bool(one.recipient)
        return counts

    def _told(self, tally: Tally, article: LabelledArticle, label: GoldEvent, one: FoundEvent) -> None:
        """Status, stage, report and voices of one matched event."""
        statuses = label.accepted("status")
        staged = set(self._settings.stages.values())
        stages = {status if status in staged else "" for status in statuses}
        _add(tally.status, one.status in statuses)
        _add(tally.stage, one.stage in stages)
        if not staged.issuperset(map(str, statuses)):
            _add(tally.report, one.report in statuses)
        for part, name, claims in ((tally.claimant, "claimed_by", [c for c in one.claims if c.status != "denied"]),
                                   (tally.denial, "denied_by", [c for c in one.claims if c.status == "denied"])):
            if label.accepted(name)[0]:
                right = self._voices.right([n for n in label.accepted(name) if n], claims, article.text, article.document.lang)
                if right is not None:
                    _add(part, right)

    def _is(self, accepted: Sequence[str | None], names: frozenset[str]) -> bool:
        return any(not names if label is None else self._code(label) in names for label in accepted)

    def _code(self, label: str) -> str:
        """A label as the vocabulary writes it: ISO2, or the id of a group."""
        words = self._vocabulary
        return label if label in words.states.codes else words.parties.resolve(label) or words.states.resolve(label) or label


def _augment(g: int, edges: Sequence[Sequence[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Give label ``g`` a found event, moving others to another of theirs where need be (Kuhn 1955)."""
    for f in edges[g]:
        if f in tried:
            continue
        tried.add(f)
        if f not in taken or _augment(taken[f], edges, taken, tried):
            taken[f] = g
            return True
    return False


def _add(share: Share, right: bool) -> None:
    share.part += right
    share.whole += 1


def _counts(wanted: set[tuple[str, int]], got: set[tuple[str, int]]) -> Counts:
    return Counts(len(wanted & got), len(got - wanted), len(wanted - got))


def _tiers(tally: Tally, gold: Sequence[GoldEvent], found: Sequence[FoundEvent], pairs: Mapping[int, int]) -> None:
    """Precision in each tier, recall down to each."""
    for f, one in enumerate(found):
        share = tally.parts.get(one.tier)
        if isinstance(share, Share):
            _add(share, f in pairs.values())
    for name, tiers in _SURER.items():
        setattr(tally, name, Share(sum(found[f].tier in tiers for f in pairs.values()), len(gold)))
