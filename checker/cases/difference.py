"""What a night did to a case: the difference from what was known before, and why.

Compared is with what was known before the night, not with the last run: a rerun, or a late rerun of an old night, gives the same.
No guess is made at a cause: each follows from what differs (the sources, the rules that judged, the lists, the decisions).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from checker.cases.law import LAW
from checker.model.case import CaseRecord

__all__ = ["Circumstances", "Difference", "Op", "compare"]

Op = Literal["ADD", "MOD", "DEL", "REO"]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a night knows of the causes.

    ``new_documents``: first seen on this night; ``late``: of those, the ones that tell of days before the night that sees them, or come to
    a store that had none yet; ``revised``: those that correct an earlier document, which is then among ``corrected``; ``rules``: rules
    added, changed or retired since the night before, or of which only the ``law`` is other, by id; ``lists_changed``: screening lists
    differ; ``decided``: the case was decided since; ``lapsed``: a waiver of the case ended; ``merged_into``: the case it now belongs to;
    ``moved``: somebody put events into the case or took some out; ``freed``: older documents that repeated a corrected one, and speak for
    themselves now.
    """

    new_documents: Collection[str] = ()
    late: Collection[str] = ()
    revised: Collection[str] = ()
    corrected: Collection[str] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    lists_changed: bool = False
    decided: bool = False
    lapsed: bool = False
    merged_into: str = ""
    moved: bool = False
    freed: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """``fields``: what of the assessment differs, before and after."""

    op: Op
    case: str
    causes: tuple[str, ...]
    fields: tuple[tuple[str, Any, Any], ...]

    def to_wire(self) -> dict[str, Any]:
        return {"op": self.op, "case": self.case, "causes": list(self.causes),
                "fields": [{"field": name, "before": before, "after": after} for name, before, after in self.fields]}


def compare(before: CaseRecord | None, after: CaseRecord, why: Circumstances, closed: Collection[str] = ()) -> Difference | None:
    """The difference between the case as it was known and as it is now; ``None`` where nothing assessed differs, or a case was never
    shown and is not flagged now. ``closed``: the dispositions that close a case."""
    shown = before is not None and before.state != "withdrawn"
    if not after.flagged or why.merged_into:
        if before is None or not shown:
            return None
        return Difference("DEL", after.id, _withdrawn(before, after, why), _fields(before, after))
    if before is None or not shown:
        return Difference("ADD" if before is None else "REO", after.id, _added(after, why), _fields(before, after))
    if before.digest() == after.digest():
        return None
    reopened = before.disposition in closed and after.disposition not in closed
    causes = _changed(before, after, why)
    return Difference("REO" if reopened else "MOD", after.id, causes, _fields(before, after))


def _fields(before: CaseRecord | None, after: CaseRecord) -> tuple[tuple[str, Any, Any], ...]:
    old, new = before.assessed() if before is not None else {}, after.assessed()
    return tuple((name, old.get(name), value) for name, value in new.items() if old.get(name) != value)


def _of_rules(case: CaseRecord, why: Circumstances, *kinds: str) -> bool:
    return any(why.rules.get(finding.rule) in kinds for finding in case.findings)


def _added(after: CaseRecord, why: Circumstances) -> tuple[str, ...]:
    news = {s.document for s in after.sources if not s.copy_of} & set(why.new_documents)
    causes = []
    if news:
        causes.append("late-data" if news <= set(why.late) else "event")
    elif why.lapsed:
        causes.append("waiver-expired")
    if not news:
        causes += ["rule-added"] if _of_rules(after, why, "added") else []
        causes += ["rule-changed"] if _of_rules(after, why, "changed") else []
        causes += ["list-changed"] if why.lists_changed else []
        causes += ["law-date"] if _of_rules(after, why, LAW) else []
        causes += ["decision"] if why.moved else []
        causes += ["correction"] if {s.document for s in after.sources} & set(why.freed) else []
    return tuple(dict.fromkeys(causes)) or ("event",)


def _withdrawn(before: CaseRecord, after: CaseRecord, why: Circumstances) -> tuple[str, ...]:
    if why.merged_into:
        return ("merged-into",)
    causes = ["rule-retired"] if _of_rules(before, why, "retired") else []
    causes += ["rule-changed"] if _of_rules(before, why, "changed", "added") else []
    causes += ["law-date"] if _of_rules(before, why, LAW) else []
    causes += ["retracted"] if {s.document for s in before.sources} & set(why.corrected) else []
    causes += ["exemption"] if any(f.label == "exempt" for f in after.findings) else []
    causes += ["decision"] if why.decided else []
    causes += ["list-changed"] if why.lists_changed and not causes else []
    return tuple(causes) or ("retracted",)


def _changed(before: CaseRecord, after: CaseRecord, why: Circumstances) -> tuple[str, ...]:
    old, new = before.assessed(), after.assessed()
    held, holds = {s.document for s in before.sources}, {s.document for s in after.sources if not s.copy_of}
    news, gone = holds - held, held - {s.document for s in after.sources}
    fresh = news & set(why.new_documents)
    causes: list[str] = []
    if fresh & set(why.revised) or gone & set(why.corrected) or (news - fresh) & set(why.freed):
        causes.append("correction")
    if _denials(after) - _denials(before) and (fresh or causes):
        causes.append("reply")
    if fresh - set(why.revised):
        causes.append("new-source")
    if not fresh and old["findings"] != new["findings"]:
        causes += ["rule-changed"] if _of_rules(after, why, "changed", "added") or _of_rules(before, why, "changed", "retired") else []
        causes += ["list-changed"] if why.lists_changed else []
        causes += ["law-date"] if _of_rules(after, why, LAW) or _of_rules(before, why, LAW) else []
    if why.lapsed:
        causes.append("waiver-expired")
    if (why.decided and old["disposition"] != new["disposition"]) or (why.moved and (news - fresh or gone - set(why.corrected))):
        causes.append("decision")
    return tuple(causes) or ("rule-changed",)


def _denials(case: CaseRecord) -> set[str]:
    """Who denies it; whoever speaks for a State, it is the State."""
    return {c.party or c.by for c in case.claims if c.status == "denied"}
