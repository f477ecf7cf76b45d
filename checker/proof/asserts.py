"""Assertions for tests of other projects: this event must be flagged, this one must not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from checker.errors import UsageError
from checker.judge.judge import Judge
from checker.model.event import Event
from checker.model.finding import Finding
from checker.proof.tree import explain_lines

__all__ = ["assert_flags", "assert_not_flagged", "default_judge", "read_event"]


@lru_cache(maxsize=1)
def default_judge() -> Judge:
    """The judge over the rules that come with the checker."""
    from checker.rulebase.loader import require_rulebase

    return Judge(require_rulebase())


def read_event(event: Event | Mapping[str, object], judge: Judge) -> Event:
    """An event as it is, or read from its written form.

    Raises:
        UsageError: the written form has errors; the text lists all of them.
    """
    if isinstance(event, Event):
        return event
    from checker.strictyaml.message import render_all
    from checker.vocabulary.events import EventReader

    found, problems = EventReader(judge.rulebase.vocabulary).read(event, locate=None, path="event", source=None)
    if found is None or any(p.severity == "error" for p in problems):
        raise UsageError(render_all(problems))
    return found


def assert_flags(event: Event | Mapping[str, object], *, rule: str, label: str = "", judge: Judge | None = None) -> Finding:
    """Assert that ``rule`` flags the event (with ``label``, if given) and return the finding.

    Raises:
        AssertionError: it does not; the message shows the event and the explain tree.
    """
    __tracebackhide__ = True
    finding = _explain(event, rule, judge)
    if label and finding.label != label:
        raise AssertionError(_message(finding, f"wanted the label '{label}', got '{finding.label}'"))
    if not finding.flagged:
        raise AssertionError(_message(finding, f"wanted a flag, got '{finding.label}'"))
    return finding


def assert_not_flagged(event: Event | Mapping[str, object], *, rule: str = "", judge: Judge | None = None) -> None:
    """Assert that ``rule``, or no rule at all, flags the event.

    Raises:
        AssertionError: one does; the message shows the event and the explain tree.
    """
    __tracebackhide__ = True
    used = judge or default_judge()
    read = read_event(event, used)
    for finding in (used.explain(read, rule),) if rule else used.findings(read):
        if finding.flagged:
            raise AssertionError(_message(finding, f"wanted no flag, got '{finding.label}'"))


def _explain(event: Event | Mapping[str, object], rule: str, judge: Judge | None) -> Finding:
    used = judge or default_judge()
    return used.explain(read_event(event, used), rule)


def _message(finding: Finding, what: str) -> str:
    wire = finding.event.to_wire()
    facts = [f"  {name}: {wire[name]}" for name in finding.event.facts]
    return "\n".join([f"{finding.rule}: {what}", "", *facts, "", *(f"  {line}" for line in explain_lines(finding.explain))])
