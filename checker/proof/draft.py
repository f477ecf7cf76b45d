"""Near misses drafted by the program: the fewest changes of one example that would fill the gaps of a rule.

A draft says what the rule says *now*. Whether that is right is for a person to decide; until then it counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from checker.judge.judge import Judge
from checker.model.event import Event
from checker.model.finding import Breach
from checker.model.rule import Example, Expect, Rule
from checker.proof.bench import Bench
from checker.proof.examples import Seen, differences
from checker.proof.gaps import PRESENT, Evidence, Gap, gather
from checker.proof.phrases import say_changes
from checker.proof.search import Situation
from checker.proof.written import NewExample, flow

__all__ = ["Draft", "Drafted", "draft_all", "drafts"]

_PARTS = ("because", "authority", "breach_by", "not_excluded", "missing")
"""What an expectation may say beside its label, in the order in which a reader would want it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """``but``: what is changed in the first example (in the one named ``like``, where given). ``expect``: a label, or a map with what
    else tells. ``why``: what it would prove. ``event``: what comes of the changes. ``stated``: the name of the example that has this
    very event already and would only have to expect more (``how``: or to be confirmed)."""

    name: str
    but: Mapping[str, object]
    expect: str | Mapping[str, object]
    why: str
    event: Event
    like: str = ""
    stated: str = ""
    how: str = ""

    def yaml(self) -> str:
        """The example as one line of a rule file; for an example that stands there already, what it should expect."""
        if self.stated:
            return f"expect: {flow(self.expect)}  # in the example that stands there{self.how}: {flow(self.stated)}"
        return "- " + NewExample(self.name, self.but, self.expect, like=self.like).inline()


def drafts(judge: Judge, rule: Rule, base: Example | Event | None = None) -> tuple[Draft, ...]:
    """The examples that the rule lacks, drafted from one of a real case (or from ``base``), the most useful first.

    What needs only more to be expected of an example that stands there is left out: that is no new example.
    """
    bench = Bench(judge.rulebase, rule)
    start = Example("the base", base, Expect("")) if isinstance(base, Event) else base
    evidence = gather(bench, start)
    return tuple(draft for draft in draft_all(evidence).drafts if not draft.stated)


@dataclass(frozen=True, slots=True)
class Drafted:
    """``served``: which draft fills which gap (by its index); ``hopeless``: the gaps that no event can fill."""

    drafts: tuple[Draft, ...] = ()
    served: Mapping[int, Draft] = field(default_factory=dict)
    hopeless: frozenset[int] = frozenset()


def draft_all(evidence: Evidence) -> Drafted:
    """The smallest set of drafts found that fills every gap that can be filled."""
    base, bench = evidence.base, evidence.bench
    if base is None:
        return Drafted()
    hopeless: set[int] = set()
    found: dict[str, Situation] = {}
    best: dict[int, int] = {}
    for i, gap in enumerate(evidence.gaps):
        searched = gap.found()
        situation = searched.situation
        if searched.proven:
            hopeless.add(i)
        if situation is not None:
            found.setdefault(flow(situation.but), situation)
            best[i] = _rank(gap.fills(situation.event))
    fills = {key: [i for i, gap in enumerate(evidence.gaps) if _rank(gap.fills(situation.event)) <= best.get(i, -1)]
             for key, situation in found.items()}
    chosen: dict[str, list[int]] = {}
    left = {i for filled in fills.values() for i in filled}
    while left:
        key = max(fills, key=lambda one: (_worth(evidence.gaps, left.intersection(fills[one])), -len(found[one].but), -len(one)))
        chosen[key] = [i for i in fills[key] if i in left]
        left -= set(fills[key])
    names = {example.name for example in bench.rule.examples}
    made: list[Draft] = []
    served: dict[int, Draft] = {}
    for key, gaps in chosen.items():
        draft = _draft(evidence, base, found[key], [evidence.gaps[i] for i in gaps], names)
        names.add(draft.name)
        made.append(draft)
        served |= dict.fromkeys(gaps, draft)
    return Drafted(tuple(made), served, frozenset(hopeless))


def _rank(parts: tuple[str, ...]) -> int:
    """How plainly an example would fill a gap: by its label best, by what it says is missing worst. A gap that one event fills by its
    label is not left to another that would only fill it by something less plain."""
    ranks = [0 if part in ("label", *PRESENT) else 1 + _PARTS.index(part) for part in parts]
    return min(ranks, default=len(_PARTS) + 1)


def _worth(gaps: Sequence[Gap], filled: Iterable[int]) -> int:
    """Gaps that fail a gate count more than those that only warn."""
    return sum(1 if gaps[i].warning or gaps[i].level in ("unknown", "choice") else 2 for i in filled)


def _draft(evidence: Evidence, base: Example, situation: Situation, gaps: list[Gap], names: set[str]) -> Draft:
    bench = evidence.bench
    event = situation.event
    same = next((e for e in bench.rule.examples if e.event.facts == event.facts and e.event.claims == event.claims), None)
    expect = _expectation(bench, situation.event, gaps, same)
    why = "; ".join(dict.fromkeys(gap.says for gap in gaps))
    if same:
        return Draft(same.name, {}, expect, why, situation.event, stated=same.name, how="" if same.confirmed else " and is to be confirmed")
    named = next((gap.name for gap in gaps if gap.name and "date" in situation.but), "")
    others = [fact for fact in situation.but if fact != "date" or not named]
    name = unique = " on ".join(part for part in (say_changes(others, situation.event, base.event, bench.vocabulary), named) if part)
    number = 2
    while unique in names:
        unique, number = f"{name} ({number})", number + 1
    first = bench.rule.examples[0] if bench.rule.examples else None
    like = base.name if first is not None and base in bench.rule.examples and base is not first else ""
    return Draft(unique, situation.but, expect, why, situation.event, like)


def _expectation(bench: Bench, event: Event, gaps: list[Gap], same: Example | None) -> str | Mapping[str, object]:
    """What the judge says now: the label, what belongs to it (why it is exempt, what is missing), and what else is needed so that the
    mutants are told apart."""
    came = bench.seen(bench.judge, event)
    if bench.shared:
        return "exempt" if came.label == "exempt" else "not excluded" if came.exemptions_not_excluded else "not exempt"
    stated = dict.fromkeys(same.expect.stated if same else ())
    if came.label == "exempt":
        stated["because"] = None
    if came.verdict.outcome == "possible" and came.missing:
        stated["missing"] = None
    expect = _expect(came, tuple(stated))
    for gap in gaps:
        theirs = bench.seen(gap.judge, event) if gap.judge else None
        for part in _PARTS if theirs else ():
            if theirs is None or next(differences(expect, theirs), None) is not None:
                break
            if part in gap.fills(event):
                stated[part] = None
                expect = _expect(came, tuple(stated))
    parts: dict[str, object] = {part: _written(getattr(expect, part)) for part in stated}
    return {"label": came.label, **parts} if parts else came.label


def _written(value: object) -> object:
    if isinstance(value, tuple):
        return value[0] if len(value) == 1 and " para" in value[0] else list(value)
    return value


def _expect(came: Seen, parts: tuple[str, ...]) -> Expect:
    """The expectation that states only some parts of what came."""
    whole = Expect(came.label, tuple(_called(b) for b in came.breach_by if b.name or b.state), came.because, came.missing,
                   came.authority, tuple(e.name for e in came.exemptions_not_excluded))
    empty = {part: "" if part == "because" else () for part in _PARTS if part not in parts}
    return msgspec.structs.replace(whole, stated=parts, **empty)


def _called(breach: Breach) -> str:
    return breach.state or breach.name

