"""Why a rule came out as it did, in the few lines an author needs: the step that decided, and the lines that could be changed."""

from __future__ import annotations

from collections.abc import Iterator

from checker.judge.judge import Judge
from checker.model.event import Event
from checker.model.explain import ExplainNode
from checker.model.finding import Finding
from checker.model.truth import FALSE, TRUE, UNKNOWN, Truth
from checker.proof.near import near_miss

__all__ = ["decided_by", "held_lines", "nearest_way"]

# For each outcome: the steps that may have decided it, and the truth they came out with.
_DECIDERS: dict[str, tuple[tuple[str, ...], Truth]] = {
    "not_in_force": (("period",), FALSE),
    "exempt": (("exemption",), TRUE),
    "met": (("met",), TRUE),
    "pending": (("duty",), FALSE),
    "possible": (("elements", "exemption"), UNKNOWN),
    "clear": (("elements",), FALSE),
    "breach": (("elements",), TRUE),
}


def decided_by(finding: Finding) -> tuple[ExplainNode, ...]:
    """The lines that decided: those that failed where the rule is clear, that stayed open where it is possible, and so on.

    Where no line is to blame (a breach, a date, a rule that goes before), the step itself.
    """
    kinds, truth = _DECIDERS[finding.outcome]
    truths = (truth, UNKNOWN) if truth is FALSE else (truth,)  # without an anchor a rule is clear although its elements are open
    steps = [step for step in finding.explain.children if step.kind in kinds and step.truth in truths]
    if finding.outcome in ("clear", "possible"):
        for wanted in truths:
            leaves = tuple(leaf for step in steps for leaf in _leaves(step) if leaf.truth is wanted)
            if leaves:
                return leaves
    return tuple(steps) if finding.outcome != "breach" else ()


def held_lines(judge: Judge, event: Event, rule_id: str) -> tuple[ExplainNode, ...]:
    """The lines without which the event would not be flagged: what an author may change who thinks that the flag is wrong."""
    finding = judge.explain(event, rule_id)
    said = {leaf.where: leaf for step in finding.explain.children for leaf in _leaves(step)}
    found = []
    for line in judge.lines(rule_id):
        verdict, _ = judge.probe(event, rule_id, {line.number: 0})
        if not verdict.flagged and str(line.leaf.mark) in said:
            found.append(said[str(line.leaf.mark)])
    return tuple(found)


def nearest_way(judge: Judge, event: Event, rule_id: str) -> str:
    """What would have to be otherwise for the event to be flagged, in a sentence; empty where it is."""
    miss = near_miss(judge, event, rule_id)
    return miss.sentence if miss else ""


def _leaves(node: ExplainNode) -> Iterator[ExplainNode]:
    if node.kind == "leaf":
        yield node
    for child in node.children:
        yield from _leaves(child)
