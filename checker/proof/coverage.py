"""Rule coverage: for every line of a rule, an example that would come out differently without it."""

from __future__ import annotations

from checker.judge.judge import Judge
from checker.model.coverage import LEVELS, LevelCoverage, Missing, RuleCoverage
from checker.model.rule import Rule
from checker.proof.bench import Bench
from checker.proof.draft import Drafted, draft_all
from checker.proof.gaps import Evidence, Gap, gather
from checker.proof.gates import load_gates

__all__ = ["COVERED_STATUSES", "cover", "uncovered"]

_HOPELESS = "the line says nothing that the others do not say; delete it, or mend the rule"

COVERED_STATUSES = ("active", "shadow", "draft")
"""A retired rule needs no more examples."""


def cover(judge: Judge, rule: Rule, *, draft: bool = True, quick: bool = False) -> RuleCoverage:
    """The coverage of a rule, or of the rule that carries a shared exemption's examples. ``draft=False`` names what is missing without
    drafting it, which is faster; ``quick`` leaves out the levels that need changed rules (dates, choices, mutants), for an answer while
    somebody writes. A retired rule has no levels."""
    bench = Bench(judge.rulebase, rule)
    confirmed = len(bench.examples) + len(bench.failing)
    if rule.status not in COVERED_STATUSES:
        return _covered(rule, confirmed, bench.unconfirmed)
    evidence = gather(bench, quick=quick)
    drafted = draft_all(evidence) if draft and evidence.gaps else Drafted()
    levels = _levels(evidence)
    mutation = next((level for level in levels if level.level == "mutation"), LevelCoverage("mutation", 0, 0, "warning"))
    missing = tuple(_missing(rule, gap, levels, mutation, drafted, i) for i, gap in enumerate(evidence.gaps))
    return _covered(rule, confirmed, bench.unconfirmed, levels, evidence.equivalent, missing)


def uncovered(rule: Rule | str, judge: Judge | None = None) -> list[Missing]:
    """The examples without which a rule (or its id) fails a gate of severity error; empty where it passes. Made for
    ``assert uncovered(rule) == []``: a failure prints the missing examples, ready to paste.

    Raises:
        UnknownRule: there is no rule of that id.
    """
    from checker.proof.asserts import default_judge

    used = judge or default_judge()
    return list(cover(used, used.rulebase.get(rule) if isinstance(rule, str) else rule).uncovered)


def _covered(rule: Rule, confirmed: int, unconfirmed: int, levels: tuple[LevelCoverage, ...] = (), equivalent: int = 0,
             missing: tuple[Missing, ...] = ()) -> RuleCoverage:
    return RuleCoverage(rule.id, rule.title, rule.path, rule.status, rule.severity, confirmed, unconfirmed, levels, equivalent, missing)


def _levels(evidence: Evidence) -> tuple[LevelCoverage, ...]:
    gates, severity = load_gates(), evidence.bench.rule.severity
    return tuple(LevelCoverage(name, *evidence.counts[name], gates.levels[name], gates.least(name, severity)) for name in LEVELS
                 if name in evidence.counts)


def _missing(rule: Rule, gap: Gap, levels: tuple[LevelCoverage, ...], mutation: LevelCoverage, drafted: Drafted, index: int) -> Missing:
    """A survivor fails the gate of the mutants too, where they are too many, whatever the gate of its own level is."""
    level = next(level for level in levels if level.level == gap.level)
    strict = level.gate == "error" and not level.passed and not gap.warning
    strict = strict or (gap.judge is not None and mutation.gate == "error" and not mutation.passed)
    example = drafted.served[index].yaml() if index in drafted.served else ""
    says = f"{gap.says} (no event can show it: {_HOPELESS})" if index in drafted.hopeless else gap.says
    return Missing(rule.id, gap.level, "error" if strict else "warning", str(gap.mark or ""), says, gap.survivor, example)
