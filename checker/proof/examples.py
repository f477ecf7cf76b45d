"""The examples of rules, run: what the author expects against what the judge says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.judge.judge import Judge
from checker.model.finding import Finding
from checker.model.rule import Example, Rule
from checker.proof.tree import explain_lines

__all__ = ["Difference", "ExampleResult", "run_example", "run_examples"]


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
        lines += [f"  {name}: {wire[name]}" for name in self.example.event.facts]
        lines += ["", *(f"  {d.part}: wanted {d.wanted}, got {d.got}" for d in self.differences), ""]
        return "\n".join([*lines, *(f"  {line}" for line in explain_lines(self.finding.explain))])


def run_examples(judge: Judge, rules: Iterable[Rule]) -> Iterator[ExampleResult]:
    """Every example of the rules, in the order of the files."""
    for rule in rules:
        for example in rule.examples:
            yield run_example(judge, rule, example)


def run_example(judge: Judge, rule: Rule, example: Example) -> ExampleResult:
    """Judge the example's event by its rule and compare with what it expects. Parts the author left empty are not compared."""
    finding = judge.explain(example.event, rule.id)
    expect = example.expect
    differences = []
    if expect.label != finding.label:
        differences.append(Difference("label", expect.label, finding.label))
    if "breach_by" in expect.stated and not _same_breakers(expect.breach_by, finding):
        got = ", ".join(f"{b.role} {b.name or 'unnamed'}" for b in finding.breach_by)
        differences.append(Difference("breach_by", ", ".join(expect.breach_by) or "nobody", got or "nobody"))
    if expect.because and expect.because != finding.because:
        differences.append(Difference("because", expect.because, finding.because or "nothing"))
    if "missing" in expect.stated and set(expect.missing) != set(finding.missing):
        differences.append(Difference("missing", ", ".join(expect.missing) or "nothing", ", ".join(finding.missing) or "nothing"))
    return ExampleResult(rule, example, finding, tuple(differences))


def _same_breakers(wanted: tuple[str, ...], finding: Finding) -> bool:
    """An author may name who is in breach by role, State or name; each must be met, and nobody else be known to be in breach."""
    found = [{b.role, b.name, b.state} for b in finding.breach_by if b.name or b.state]
    return len(wanted) == len(found) and all(any(name in one for one in found) for name in wanted)
