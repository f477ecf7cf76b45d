"""The examples of rules, run: what the author expects against what the judge says.

One comparison serves the full report of a failed example, which shows a finding, and the many quick questions of coverage, which
ask the bare verdict only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from checker.judge.judge import Judge
from checker.judge.verdict import Verdict
from checker.model.event import Event
from checker.model.finding import Breach, Finding, OpenExemption
from checker.model.rule import Example, Expect, Rule
from checker.proof.tree import explain_lines
from checker.proof.written import flow

__all__ = ["Came", "Difference", "ExampleResult", "Seen", "differences", "passes", "run_example", "run_examples"]


class Came(Protocol):
    """What came of an event: the parts of a finding that an example may expect."""

    @property
    def label(self) -> str: ...
    @property
    def because(self) -> str: ...
    @property
    def missing(self) -> tuple[str, ...]: ...
    @property
    def authority(self) -> tuple[str, ...]: ...
    @property
    def breach_by(self) -> tuple[Breach, ...]: ...
    @property
    def exemptions_not_excluded(self) -> tuple[OpenExemption, ...]: ...


class Seen:
    """A verdict with the parts that an example may expect; who is in breach is only asked when somebody looks."""

    __slots__ = ("_event", "_judge", "because", "exemptions_not_excluded", "label", "missing", "verdict")

    def __init__(self, judge: Judge, event: Event, verdict: Verdict) -> None:
        self._judge = judge
        self._event = event
        self.verdict = verdict
        self.label = verdict.label
        self.because = verdict.because
        self.missing = verdict.missing
        self.exemptions_not_excluded = verdict.exemptions_not_excluded

    @property
    def authority(self) -> tuple[str, ...]:
        """The paragraphs applied; none where nothing is in force."""
        period = self.verdict.span.period
        return self.verdict.rule.periods[period].authority if period >= 0 else ()

    @property
    def breach_by(self) -> tuple[Breach, ...]:
        return self._judge.breaches(self._event, self.verdict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of the expectation that came out otherwise."""

    part: str
    wanted: str
    got: str


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example and what came of it; it passed when nothing differs."""

    rule: Rule
    example: Example
    finding: Finding
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        return not self.differences

    def report(self) -> str:
        """Why it failed, for a person: where it stands, the event, wanted and got, the explain tree."""
        lines = [f"{self.example.mark or self.rule.path}: example '{self.example.name}' of rule {self.rule.id}", ""]
        wire = self.example.event.to_wire()
        lines += [f"  {flow({name: wire[name]})[1:-1]}" for name in self.example.event.facts]
        lines += ["", *(f"  {d.part}: wanted {d.wanted}, got {d.got}" for d in self.differences), ""]
        return "\n".join([*lines, *(f"  {line}" for line in explain_lines(self.finding.explain))])


def run_examples(judge: Judge, rules: Iterable[Rule]) -> Iterator[ExampleResult]:
    """Every confirmed example of the rules, in the order of the files."""
    for rule in rules:
        for example in rule.examples:
            if example.confirmed:
                yield run_example(judge, rule, example)


def run_example(judge: Judge, rule: Rule, example: Example) -> ExampleResult:
    """Judge the example's event by its rule and compare with what it expects. Parts the author left empty are not compared."""
    finding = judge.explain(example.event, rule.id)
    return ExampleResult(rule, example, finding, tuple(differences(example.expect, finding)))


def passes(judge: Judge, rule: Rule, example: Example) -> bool:
    """Whether the example comes out as expected: the same question as ``run_example``, without the report."""
    return next(differences(example.expect, Seen(judge, example.event, judge.verdict(example.event, rule.id))), None) is None


def differences(expect: Expect, came: Came) -> Iterator[Difference]:
    """The parts of an expectation that came out otherwise. An expected label that is empty stands for any but ``exempt``."""
    if expect.label != came.label and (expect.label or came.label == "exempt"):
        yield Difference("label", expect.label or "not exempt", came.label)
    if "breach_by" in expect.stated and not _same_breakers(expect.breach_by, came.breach_by):
        got = ", ".join(f"{b.role} {b.name or 'unnamed'}" for b in came.breach_by)
        yield Difference("breach_by", ", ".join(expect.breach_by) or "nobody", got or "nobody")
    if expect.because and expect.because != came.because:
        yield Difference("because", expect.because, came.because or "nothing")
    if "missing" in expect.stated:
        yield from _sets("missing", expect.missing, came.missing)
    if "authority" in expect.stated:
        yield from _sets("authority", expect.authority, came.authority)
    if "not_excluded" in expect.stated:
        yield from _sets("not_excluded", expect.not_excluded, tuple(e.name for e in came.exemptions_not_excluded))


def _sets(part: str, wanted: tuple[str, ...], got: tuple[str, ...]) -> Iterator[Difference]:
    if set(wanted) != set(got):
        yield Difference(part, ", ".join(wanted) or "nothing", ", ".join(got) or "nothing")


def _same_breakers(wanted: tuple[str, ...], got: tuple[Breach, ...]) -> bool:
    """An author may name who is in breach by role, State or name; each must be met, and nobody else be known to be in breach."""
    found = [{b.role, b.name, b.state} for b in got if b.name or b.state]
    return len(wanted) == len(found) and all(any(name in one for one in found) for name in wanted)
