"""What the examples of a rule prove and what they leave open, level by level (rule language, section 7).

A *gap* is an example that is missing. It knows which events would fill it, so that drafts can be made for all gaps at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from checker.judge.judge import Judge
from checker.judge.verdict import Verdict
from checker.model.coverage import LevelName
from checker.model.event import Event
from checker.model.facts import FACTS, PARTY_ROLES
from checker.model.rule import Example, Leaf, ListTest, Mark, Rule, leaves
from checker.proof.bench import Bench
from checker.proof.fates import Fate, fates
from checker.proof.options import Option, variable_of
from checker.proof.search import Found, Space
from checker.proof.sites import Site
from checker.proof.wording import say_undecided

__all__ = ["PRESENT", "Evidence", "Gap", "base_of", "gather"]

PRESENT = ("present",)
"""An example on the event is enough, whatever it expects."""


@dataclass(frozen=True, slots=True)
class Gap:
    """``fills``: the parts by which an example on an event would fill the gap (``PRESENT``: by being there), none where it would not.
    ``found``: a search for the nearest such event; it is asked only when drafts are wanted. ``judge`` holds the mutant that
    the example would kill; ``name`` is what an analyst would call the example."""

    level: LevelName
    says: str
    mark: Mark | None
    fills: Callable[[Event], tuple[str, ...]]
    found: Callable[[], Found]
    survivor: str = ""
    warning: bool = False
    judge: Judge | None = None
    name: str = ""


@dataclass(slots=True)
class Evidence:
    """``counts``: covered and total by level. ``base``: the example from which drafts are made, ``space`` the events around it."""

    bench: Bench
    base: Example | None
    space: Space | None
    counts: dict[LevelName, tuple[int, int]] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    equivalent: int = 0


def base_of(rule: Rule, judge: Judge) -> Example | None:
    """The example that others are drafted from: the first flagged one of a real case, else the first flagged one, else the first."""
    told = [example for example in rule.examples if example.confirmed] or list(rule.examples)
    if not rule.flag_when.items:
        return next(iter(told), None)  # a shared exemption: nothing is flagged for what was done
    flagged = [example for example in told if judge.verdict(example.event, rule.id).flagged]
    flagged.sort(key=lambda example: judge.verdict(example.event, rule.id).outcome != "breach")
    return next((e for e in flagged if e.source), next(iter(flagged), next(iter(told), None)))


def gather(bench: Bench, base: Example | None = None, *, quick: bool = False) -> Evidence:
    """All that the examples prove of a rule, and all that is missing. ``quick`` leaves out what needs changed rules: dates, choices and
    mutants."""
    base = base or base_of(bench.rule, bench.judge)
    evidence = Evidence(bench, base, Space(bench, base.event) if base else None)
    confirmed = len(bench.examples) + len(bench.failing)
    _note(evidence, "example", len(bench.examples), confirmed, [
        Gap("example", f"the example '{e.name}' comes out otherwise than it expects, so it proves nothing", e.mark, _never, _nowhere)
        for e in bench.failing])
    _note(evidence, "rule", *_outcomes(evidence))
    _note(evidence, "condition", *_conditions(evidence))
    every = [] if quick else list(fates(bench, evidence.space))
    evidence.equivalent = sum(fate.equivalent for fate in every)
    _note(evidence, "exemption", *_exemptions(evidence, every))
    if not quick:
        _note(evidence, "boundary", *_boundaries(evidence, every))
    _note(evidence, "unknown", *_unknown(evidence))
    if not quick:
        _note(evidence, "choice", *_choices(evidence, every))
        _note(evidence, "mutation", *_mutation(evidence, every))
    return evidence


def _note(evidence: Evidence, level: LevelName, covered: int, total: int, gaps: list[Gap]) -> None:
    evidence.counts[level] = covered, total
    evidence.gaps += gaps


def _never(_: Event) -> tuple[str, ...]:
    return ()


def _nowhere() -> Found:
    return Found()


def _outcomes(evidence: Evidence) -> tuple[int, int, list[Gap]]:
    """One flagged example, one clear; a shared exemption has no elements and can have neither."""
    bench = evidence.bench
    rule, judge = bench.rule, bench.judge
    if not rule.flag_when.items:
        return 0, 0, []
    verdicts = [judge.verdict(example.event, rule.id) for example in bench.examples]
    gaps = []
    for word, met in (("flagged", _is_flagged), ("clear", _is_clear)):
        if not any(met(verdict) for verdict in verdicts):
            def fills(event: Event, met: Callable[[Verdict], bool] = met) -> tuple[str, ...]:
                return PRESENT if met(judge.verdict(event, rule.id)) else ()
            gaps.append(Gap("rule", f"no example comes out {word}", rule.mark, fills, _search(evidence, fills)))
    covered = 2 - len(gaps)
    if not any(example.source for example in bench.examples):
        gaps.append(Gap("rule", "no example is a real case: write one with `source`", rule.mark, _never, _nowhere, warning=True))
    return covered, 2, gaps


def _is_flagged(verdict: Verdict) -> bool:
    return verdict.flagged


def _is_clear(verdict: Verdict) -> bool:
    return verdict.outcome == "clear"


def _search(evidence: Evidence, fills: Callable[[Event], tuple[str, ...]],
            only: dict[str, list[Option]] | None = None) -> Callable[[], Found]:
    def found() -> Found:
        return evidence.space.find(lambda event: bool(fills(event)), only) if evidence.space else Found()
    return found


def _conditions(evidence: Evidence) -> tuple[int, int, list[Gap]]:
    """Every line decides some example by being true, and some example by being false."""
    bench = evidence.bench
    lines = [site for site in bench.sites if site.number >= 0]
    wanted = {(site.number, truth) for site in lines for truth in (0, 2)}
    left = set(wanted)
    for example in bench.examples:
        if left:
            left -= set(_deciding(bench, example.event, left))
    gaps = [_line_gap(evidence, site, site.condition, truth) for site in lines for truth in (0, 2)
            if (site.number, truth) in left and isinstance(site.condition, Leaf)]
    return len(wanted) - len(left), len(wanted), gaps


def _deciding(bench: Bench, event: Event, asked: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines, with their truth, that decide the outcome on an event: with the line the other way round it is another one. Those of
    a disputed exemption, which does not change the outcome, decide whether the act is contested."""
    plain, seen = bench.judge.probe(event, bench.rule.id)
    for number, truth in asked:
        if seen.get(number) == frozenset((truth,)):
            other, _ = bench.judge.probe(event, bench.rule.id, {number: 2 - truth})
            if (other.outcome, other.span.disputed) != (plain.outcome, plain.span.disputed):
                yield number, truth


def _line_gap(evidence: Evidence, site: Site, leaf: Leaf, truth: int) -> Gap:
    bench = evidence.bench

    def fills(event: Event) -> tuple[str, ...]:
        return PRESENT if any(True for _ in _deciding(bench, event, {(site.number, truth)})) else ()

    def found() -> Found:
        space = evidence.space
        return space.find(lambda event: bool(fills(event)), space.with_truth(leaf, truth)) if space else Found()

    return Gap("condition", say_undecided(leaf, site.parent, truth, bench.vocabulary), leaf.mark, fills, found)


def _exemptions(evidence: Evidence, every: list[Fate]) -> tuple[int, int, list[Gap]]:
    """Every exemption excuses an example, or, while it is disputed, makes one contested."""
    bench = evidence.bench
    own = [e for e in bench.rule.exemptions if not e.shared]
    verdicts = [bench.judge.verdict(example.event, bench.rule.id) for example in bench.examples]
    gaps = []
    for e in own:
        def shows(event: Event, name: str = e.name) -> tuple[str, ...]:
            verdict = bench.judge.verdict(event, bench.rule.id)
            return PRESENT if name in (verdict.because, verdict.span.disputed) else ()
        if not any(e.name in (verdict.because, verdict.span.disputed) for verdict in verdicts):
            fate = next((f for f in every if f.mutant.part == f"exemption {e.name}" and f.survived), None)
            gaps.append(Gap("exemption", f"no example is exempt because of {e.name}", e.mark, shows,
                            _of_fate(fate) if fate else _search(evidence, shows), fate.mutant.says if fate else "",
                            judge=fate.judge if fate else None))
    return len(own) - len(gaps), len(own), gaps


def _of_fate(fate: Fate) -> Callable[[], Found]:
    return lambda: fate.found or Found()


def _mutant_gap(evidence: Evidence, fate: Fate, level: LevelName, says: str, name: str = "") -> Gap:
    judge = fate.judge

    def fills(event: Event) -> tuple[str, ...]:
        return evidence.bench.tells_apart(event, judge) if judge else ()

    return Gap(level, says, fate.mutant.mark, fills, _of_fate(fate), fate.mutant.says, judge=judge, name=name)


def _boundaries(evidence: Evidence, every: list[Fate]) -> tuple[int, int, list[Gap]]:
    """Every boundary, moved one day either way, makes an example fail."""
    by_part: dict[str, list[Fate]] = {}
    for fate in every:
        if fate.mutant.boundary:
            by_part.setdefault(fate.mutant.part, []).append(fate)
    live = [found for found in by_part.values() if not all(fate.equivalent for fate in found)]
    gaps = []
    for fate in (fate for found in live for fate in found if fate.survived):
        boundary = fate.mutant.boundary
        if boundary:
            day = boundary.before if fate.mutant.by < 0 else boundary.on
            says = f"no example pins the day on which {boundary.says} ({boundary.iso}): write one for {day}"
            gaps.append(_mutant_gap(evidence, fate, "boundary", says, day))
    return sum(not any(fate.survived for fate in found) for found in live), len(live), gaps


def _unknown(evidence: Evidence) -> tuple[int, int, list[Gap]]:
    """Every fact that a line of the elements looks at is missing in some example."""
    bench = evidence.bench
    facts: dict[str, Leaf] = {}
    for leaf in leaves(bench.rule.flag_when):
        facts.setdefault(_asked(leaf), leaf)
    gaps = []
    for fact, leaf in facts.items():
        def lacks(event: Event, fact: str = fact) -> tuple[str, ...]:
            return PRESENT if _is_missing(event, fact) else ()
        if not any(lacks(example.event) for example in bench.examples):
            says = f"no example shows what is said when the {fact.replace('_', ' ')} {'are' if fact == 'goods' else 'is'} not known"
            gaps.append(Gap("unknown", says, leaf.mark, lacks,
                            _search(evidence, lacks, {variable_of(leaf): [Option({fact: "unknown"}, {})]})))
    return len(facts) - len(gaps), len(facts), gaps


def _asked(leaf: Leaf) -> str:
    if isinstance(leaf.test, ListTest):
        return "waivers" if leaf.test.waived else "listings"
    return leaf.fact


def _is_missing(event: Event, fact: str) -> bool:
    """A party is known as well by its State."""
    return fact not in event.facts and not (FACTS[fact].type == "party" and fact in PARTY_ROLES and f"{fact}_state" in event.facts)


def _choices(evidence: Evidence, every: list[Fate]) -> tuple[int, int, list[Gap]]:
    """Every listed value is needed by an example."""
    live = [fate for fate in every if fate.mutant.operator == "drop choice" and not fate.equivalent]
    gaps = [_mutant_gap(evidence, fate, "choice", f"no example needs the {fate.mutant.part}") for fate in live if not fate.killed]
    return sum(fate.killed for fate in live), len(live), gaps


def _mutation(evidence: Evidence, every: list[Fate]) -> tuple[int, int, list[Gap]]:
    """Every mutant that means something else is noticed. What a boundary, a choice or an exemption lacks is told there."""
    live = [fate for fate in every if not fate.equivalent]
    told = {gap.survivor for gap in evidence.gaps}
    gaps = [_mutant_gap(evidence, fate, "mutation", f"{fate.mutant.says}, every example would come out the same")
            for fate in live if fate.survived and fate.mutant.says not in told]
    return sum(fate.killed for fate in live), len(live), gaps

