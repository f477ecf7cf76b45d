"""The words of the nightly report: one place for every sentence that is no rule's own. It tells what is reported, never who is guilty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from checker.model.dates import say_day
from checker.model.nightly import Attention, CaseChange, Nightly, RuleNote
from checker.report.words import and_list

__all__ = ["CAUSES", "CONFIDENCE", "FIELDS", "FIRST", "FLAG", "MATCH", "OPS", "OP_SAYS", "SOURCE_STATES", "STATES", "apart", "attention",
           "causes", "counted", "counts", "headline", "not_read", "rule_note", "say_night", "sources_of", "sources_say", "standard",
           "state_of"]

_FEW = 5
OPS = {"ADD": "new", "MOD": "changed", "DEL": "withdrawn", "REO": "reopened"}
OP_SAYS = {
    "ADD": "Not known before this night.",
    "MOD": "Known before; something that is assessed is different now.",
    "DEL": "No longer shown, with the reason.",
    "REO": "Closed before; something new was reported, or a waiver has ended.",
}
CAUSES = {
    "event": "a new report",
    "late-data": "older reports that were first seen tonight",
    "rule-added": "a rule was added",
    "rule-changed": "a rule was changed",
    "rule-retired": "a rule was retired",
    "list-changed": "a sanctions list was changed",
    "new-source": "another source reports it",
    "correction": "a source corrected what it had written",
    "decision": "an analyst decided",
    "reply": "somebody denied it or answered",
    "law-date": "a date of the law has passed",
    "retracted": "its source withdrew or changed what it had written",
    "merged-into": "it was put together with another case",
    "exemption": "an exemption applies",
    "waiver-expired": "a waiver has ended",
}
FIELDS = {
    "label": "Label", "disposition": "Decision", "sender": "From", "receiver": "To", "goods": "Goods", "first_day": "Earliest day",
    "last_day": "Latest day", "confidence": "Confidence", "findings": "Rules", "claims": "Voices", "sources": "Sources",
}
MATCH = {
    "direct": "every condition of the rule is met by what is told",
    "likely": "the conditions are met by what was put together from neighbouring words",
    "possible": "a condition is open, or was read with doubt",
}
CONFIDENCE = {
    "high": "several sources that do not copy each other, one of which saw it itself or weighs as much",
    "moderate": "two independent sources, or one that saw it itself",
    "low": "one source, or sources that only repeat each other",
}
STATES = {
    "complete": "Every source was read.",
    "partial": "Not every source could be read; what follows is not the whole night.",
    "failed": "The night failed: nothing was judged.",
    "running": "The night is not finished.",
    "": "Nobody ran this night.",
}
FIRST = "This is the first night: what is new was collected from everything that the sources still had."
FLAG = "A flag is a reason to read, never a finding of guilt."
SOURCE_STATES = {
    "ok": "read",
    "late": "read, but its newest item is old",
    "empty": "read, with nothing in it",
    "failed": "could not be read",
    "": "not read",
}


def counted(number: int, one: str, many: str = "") -> str:
    """``1 case``, ``2 cases``, ``1,204 cases``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def say_night(night: str) -> str:
    """``2026-11-21`` as ``Saturday, 21 November 2026``."""
    day = dt.date.fromisoformat(night)
    return f"{('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')[day.weekday()]}, {say_day(day)}"


def headline(nightly: Nightly) -> str:
    """``3 new, 1 changed, 0 withdrawn · partial: 2 of 41 sources failed · 2026-11-21``; reopened cases where there are any."""
    return f"{counts(nightly)} · {state_of(nightly)} · {nightly.night}"


def counts(nightly: Nightly) -> str:
    """``3 new, 1 changed, 0 withdrawn``; reopened cases where there are any."""
    parts = [f"{nightly.count(op):,} {OPS[op]}" for op in ("ADD", "MOD", "DEL")]
    if nightly.count("REO"):
        parts.append(f"{nightly.count('REO'):,} {OPS['REO']}")
    return ", ".join(parts)


def state_of(nightly: Nightly) -> str:
    """``partial: 2 of 41 sources failed``."""
    failed = nightly.failed_sources
    return f"{nightly.state}: {failed} of {counted(len(nightly.sources), 'source')} failed" if failed else nightly.state


def not_read(nightly: Nightly) -> list[str]:
    """What could not be read, and why: ``wire: the server does not answer``."""
    return [f"{s.name}: {s.note or SOURCE_STATES['failed']}" for s in nightly.sources if s.state == "failed"]


def sources_say(nightly: Nightly) -> str:
    """How the sources fared on the last nights: ``41 sources on the last 30 nights: wire failed on 2 nights.``"""
    nights = max((len(s.history) for s in nightly.sources), default=0)
    bad = [f"{s.name} failed on {counted(s.history.count('failed'), 'night')}" for s in nightly.sources if "failed" in s.history]
    more = f"; {counted(len(bad) - _FEW, 'more source')} failed, too" if len(bad) > _FEW else ""
    told = ", ".join(bad[:_FEW]) + more if bad else "none failed"
    return f"{counted(len(nightly.sources), 'source')} on the last {nights} nights: {told}."


def apart(first: str, last: str) -> str:
    """The time between two days, as precise as it matters: ``11 days``, ``5 months``, ``3 years``."""
    days = (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days
    if days < 60:
        return counted(days, "day")
    return counted(round(days / 30.44), "month") if days < 730 else counted(round(days / 365.25), "year")


def causes(names: tuple[str, ...]) -> str:
    """Why a case is in the report: ``another source reports it and somebody denied it or answered``."""
    return and_list([CAUSES.get(name, name) for name in names])


def attention(told: Attention) -> str:
    """One sentence for something that waits for a person."""
    if told.kind == "untriaged":
        wait = "waits" if told.number == 1 else "wait"
        return f"{counted(told.number, 'case')} {wait} for a verdict, the oldest for {counted(int(told.usual), 'night')}."
    if told.kind == "waiting":
        return f"{told.case} has waited for {counted(told.number, 'night')}: {told.title}"
    if told.kind == "waiver":
        return f"The waiver of {told.case} ends {'today' if not told.number else 'in ' + counted(told.number, 'day')}."
    if told.kind == "noise":
        return f"The rule {told.rule} ({told.title}) had {counted(told.number, 'new case')} lately: is it too wide?"
    return f"{counted(told.number, 'new case')} tonight, {told.usual:g} are usual: look whether a source or a rule has gone astray."


def rule_note(note: RuleNote) -> str:
    """One sentence on a rule."""
    by = f"; {counted(note.number, 'case')} differ{'s' if note.number == 1 else ''} by it" if note.number else "; no case differs by it"
    told = {
        "added": f"was added{by}", "changed": f"was changed{by}", "retired": f"was retired{by}",
        "silent": f"has had no case for {counted(note.number, 'day')}",
        "review": f"should have been looked at again by {note.since}",
        "shadow": "is on trial; its findings are not shown",
    }
    return f"{note.title} ({note.rule}) {told.get(note.change, note.change)}."


def sources_of(confidence: Mapping[str, Any]) -> str:
    """What the confidence of a case was computed from: ``2 independent voices, none of them first-hand``."""
    voices, seen = confidence["independent"], confidence["first_hand"]
    some = "none" if not seen else "all" if seen == voices else str(seen)
    if voices == 1:
        return f"1 independent voice, {'first-hand' if seen else 'not first-hand'}"
    return f"{counted(voices, 'independent voice')}{f', {some} of them first-hand' if voices else ''}"


def standard(change: CaseChange) -> str:
    """Match and confidence of a case in one line."""
    confidence = change.case["confidence"]
    match = next((f["match"] for f in change.case["findings"]), "possible")
    return f"match {match}; confidence {confidence['level']} ({sources_of(confidence)})"
