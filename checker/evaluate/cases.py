"""Everything that is wrong in one article, each with the words it stands in, for those who look where the mistakes are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from checker.evaluate.found import FoundEvent
from checker.evaluate.labels import GoldEvent, LabelledArticle

__all__ = ["CASE_KINDS", "Case", "CaseKind", "cases"]

CaseKind = Literal["false-alarm", "false-verdict", "missed-verdict", "misread-event", "missed-event", "false-event", "wrong-status"]
CASE_KINDS: tuple[str, ...] = get_args(CaseKind)


@dataclass(frozen=True, slots=True)
class Case:
    """One mistake. ``false-alarm``: a false verdict where nothing is to be flagged; ``misread-event``: a missed and a false event that are
    the same one, read with another party or as another act. ``regime`` of verdicts only; ``label`` and ``found`` where there is one.
    ``spans``: (start, end, ``label`` or ``found``) in code points of the article."""

    kind: CaseKind
    label: GoldEvent | None
    found: FoundEvent | None
    regime: str
    spans: tuple[tuple[int, int, str], ...]

    def to_wire(self) -> dict[str, Any]:
        return {"kind": self.kind, "regime": self.regime, "label": _label(self.label), "found": _found(self.found),
                "spans": [{"start": a, "end": b, "of": of} for a, b, of in self.spans]}


def cases(article: LabelledArticle, found: Sequence[FoundEvent], pairs: Mapping[int, int], near: Mapping[int, int],
          wanted: set[tuple[str, int]], got: set[tuple[str, int]]) -> tuple[Case, ...]:
    """The mistakes in one article. ``pairs`` and ``near`` map labels to the events that match them and that misread them; verdicts are
    (regime, number of the label), with ``~i`` for the found event ``i`` that no label matches."""
    gold = article.gold.events
    both = {**pairs, **near}
    back = {f: g for g, f in near.items()}

    def case(kind: CaseKind, g: int | None, f: int | None, regime: str = "") -> Case:
        label, one = None if g is None else gold[g], None if f is None else found[f]
        return Case(kind, label, one, regime, _spans(article, label, one))

    made = []
    for regime, number in sorted(got - wanted):
        label, event = (number, pairs[number]) if number >= 0 else (back.get(~number), ~number)
        made.append(case("false-verdict" if wanted else "false-alarm", label, event, regime))
    made += (case("missed-verdict", number, both.get(number), regime) for regime, number in sorted(wanted - got))
    made += (case("misread-event", g, f) for g, f in sorted(near.items()))
    made += (case("missed-event", g, None) for g in range(len(gold)) if g not in both)
    made += (case("false-event", None, f) for f in range(len(found)) if f not in both.values())
    made += (case("wrong-status", g, f) for g, f in sorted(pairs.items()) if found[f].status not in gold[g].accepted("status"))
    return tuple(sorted(made, key=lambda one: CASE_KINDS.index(one.kind)))


def _spans(article: LabelledArticle, label: GoldEvent | None, one: FoundEvent | None) -> tuple[tuple[int, int, str], ...]:
    spans = [(a, b, "found") for a, b in one.spans] if one else []
    start = article.text.find(label.quote) if label and label.quote else -1
    if label and start >= 0:
        spans.append((start, start + len(label.quote), "label"))
    return tuple(sorted(spans))


def _label(label: GoldEvent | None) -> dict[str, Any] | None:
    if label is None:
        return None
    return {"action": label.action, "supplier": label.supplier, "recipient": label.recipient, "status": label.status,
            "item": label.item, "claimed_by": label.claimed_by, "denied_by": label.denied_by,
            "also_ok": {name: list(values) for name, values in label.also_ok.items()}}


def _found(one: FoundEvent | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"action": one.family, "supplier": sorted(one.supplier), "recipient": sorted(one.recipient), "status": one.status,
            "tier": one.tier, "claimed_by": list(dict.fromkeys(c.by or c.party for c in one.claims if c.by or c.party)),
            "regimes": sorted(one.regimes), "events": [event.id for event in one.events]}
