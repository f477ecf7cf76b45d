"""Replay: judge the event of a receipt again and say whether the same comes out, and if not, what differs and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checker.errors import UnknownRule
from checker.judge.judge import Judge
from checker.model.event import Event
from checker.model.finding import RECEIPT_SCHEMA, Finding, Receipt
from checker.rulebase.loader import RuleBase
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader

__all__ = ["ReplayResult", "replay"]


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """``same``: the receipt is reproduced to the letter. ``differences``: English sentences, what differs first, causes after it.
    ``finding`` is what comes out now; ``None`` where it cannot be judged."""

    same: bool
    finding: Finding | None
    differences: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def replay(receipt_wire: Mapping[str, Any], rulebase: RuleBase, reader: EventReader) -> ReplayResult:
    """Judge a receipt (its JSON form) again under a rule base. Nothing is raised for a receipt that is damaged."""
    if receipt_wire.get("schema") != RECEIPT_SCHEMA:
        return _failed(f"This is no receipt: its schema is {receipt_wire.get('schema')!r}, not {RECEIPT_SCHEMA!r}.")
    told, rule_id = receipt_wire.get("event"), receipt_wire.get("rule")
    if not isinstance(told, Mapping) or not isinstance(rule_id, str):
        return _failed("The receipt lacks its event or its rule.")
    event, problems = reader.read(told, path=f"receipt {receipt_wire.get('id', '')}".strip(), source=None, locate=None)
    if event is None:
        return _failed("The event of the receipt cannot be read.", *(p.message for p in problems), problems=tuple(problems))
    events, more = _events(receipt_wire, reader)
    if len(events) < len(receipt_wire.get("events") or ()):
        return _failed("The events of the quota cannot be read.", *(p.message for p in more), problems=tuple(more))
    try:
        judge = Judge(rulebase, use_index=False)
        finding = judge.explain_quota(events, rule_id, event) if events else judge.explain(event, rule_id)
    except UnknownRule as unknown:
        return _failed(str(unknown))
    if finding is None:
        return _failed("The quota does not count these events any more.")
    differences = tuple(_differences(receipt_wire, finding.receipt))
    return ReplayResult(not differences, finding, differences, tuple(problems))


def _events(receipt_wire: Mapping[str, Any], reader: EventReader) -> tuple[list[Event], list[Problem]]:
    """The events over which a quota was counted; none for any other receipt."""
    found: list[Event] = []
    problems: list[Problem] = []
    for told in receipt_wire.get("events") or ():
        event, wrong = reader.read(told) if isinstance(told, Mapping) else (None, [])
        problems += wrong
        if event is not None:
            found.append(event)
    return found, problems


def _failed(*sentences: str, problems: tuple[Problem, ...] = ()) -> ReplayResult:
    return ReplayResult(False, None, sentences, problems)


def _differences(before: Mapping[str, Any], receipt: Receipt) -> Iterator[str]:
    now = receipt.to_wire()
    if all(before.get(name) == now[name] for name in now):
        return
    for name, title in (("outcome", "outcome"), ("label", "label"), ("period", "period of the law")):
        if before.get(name) != now[name]:
            yield f"The {title} was {before.get(name)!r} and is {now[name]!r}."
    if before.get("explain") != now["explain"]:
        yield "The explanation differs."
    if before.get("event") != now["event"]:
        changed = sorted(key for key in {*now["event"], *before.get("event", {})} if before["event"].get(key) != now["event"].get(key))
        yield f"The event reads differently now: {', '.join(changed)}."
    for name, title in (("rule_digest", "rule"), ("rulebase_digest", "rule base"), ("checker_version", "checker")):
        if before.get(name) != now[name]:
            yield f"The {title} is another one: {before.get(name)!r} then, {now[name]!r} now."
    if before.get("id") != receipt.id and all(before.get(name) == now[name] for name in now if name != "id"):
        yield f"The receipt's id {before.get('id')!r} does not belong to its content: it was changed after it was written."
