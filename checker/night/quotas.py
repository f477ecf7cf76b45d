"""Quotas over the store: what many nights told of is counted together, and what passes a limit, or comes near it, is a case of its own.

A case of a quota is keyed by rule, window and State. It has no events of its own: those that count stay in the cases of their matters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from checker.cases import tables
from checker.cases.assess import Telling
from checker.cases.decisions import next_id
from checker.cases.docket import Told, source
from checker.cases.documents import stored
from checker.cases.matter import Matter
from checker.cases.store import upsert
from checker.model.dates import DateRange
from checker.model.event import TIERS, Event

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from checker.cases.assess import Assessor
    from checker.cases.copies import Copies
    from checker.cases.docket import Docket
    from checker.cases.matter import Matters
    from checker.judge.judge import Judge
    from checker.model.case import CaseRecord
    from checker.model.finding import Finding

__all__ = ["FAMILY", "Quotas"]

FAMILY = "quota"
"""The family of cases of quotas; no act has it."""
_REPORTS = ("confirmed", "reported", "alleged")
_CUMULATIVE = "cumulative"


class Quotas:
    """Counts the quotas of a rule base over the events of a store, as they were known by the end of a night."""

    def __init__(self, night: str, judge: Judge, assessor: Assessor, matters: Matters) -> None:
        self._night = night
        self._judge = judge
        self._assessor = assessor
        self._matters = matters
        self.rules: frozenset[str] = frozenset(rule.id for rule in judge.rulebase.rules if rule.quota and rule.status == "active")
        self._levels = frozenset(rule.id for rule in judge.rulebase.rules if rule.id in self.rules and rule.quota
                                 and rule.quota.level_on is not None)

    def tally(self, connection: Connection, event: Event, findings: Iterable[Finding], rules: Collection[str] | None = None) -> None:
        """Note which quotas (of ``rules``: default all) an event counts for, or might: those that speak of it, and those that ask for a
        level, where it tells a total."""
        found = {rule for f in findings for rule in (f.rule, *(other.rule for other in f.also))} & self.rules
        if event.facts.get("amount_scope") == _CUMULATIVE and "quantity" in event.facts:
            found |= self._levels
        if rules is not None:
            found &= set(rules)
        if not found:
            return
        held = set(connection.execute(select(tables.tally.c.rule).where(
            tables.tally.c.document == event.document, tables.tally.c.event == event.id)).scalars())
        upsert(connection, tables.tally, [{"rule": rule, "document": event.document, "event": event.id, "night": self._night}
                                          for rule in sorted(found - held)])

    def moved(self, connection: Connection, documents: Collection[str]) -> set[str]:
        """The quotas that have to be counted again: something new counts for them, or one of these documents no longer does."""
        row = tables.tally.c
        return set(connection.execute(select(row.rule).where((row.night == self._night) | row.document.in_(documents))).scalars())

    def rules_of(self, connection: Connection, cases: Collection[str]) -> set[str]:
        """The rules of those of these cases that are of quotas."""
        keys = connection.execute(select(tables.case_key.c.key).where(
            tables.case_key.c.case_id.in_(cases), tables.case_key.c.key.like(f"{FAMILY}|%"))).scalars()
        return {key.split("|")[1] for key in keys}

    def cases(self, connection: Connection, rules: Collection[str]) -> set[str]:
        """The cases there are of these quotas."""
        found = connection.execute(select(tables.case_key.c.key, tables.case_key.c.case_id).where(
            tables.case_key.c.key.like(f"{FAMILY}|%"))).all()
        return {case for key, case in found if key.split("|")[1] in rules}

    def records(self, docket: Docket, copies: Copies, rules: Collection[str]) -> dict[str, CaseRecord]:
        """Count these quotas; the case of every window whose limit is passed, or that has reached an alert."""
        told = {(t.event.document, t.event.id): t for t in self._told(docket, copies, rules)}
        found: dict[str, CaseRecord] = {}
        for finding in self._judge.quotas(t.event for t in told.values()):
            if finding.rule in rules and finding.quota is not None and not finding.shadow and (
                    finding.outcome == "breach" or finding.quota.alert):
                case = self._case(docket.connection, finding)
                if case:
                    found[case] = self._record(docket, copies, case, finding, told)
        return found

    def _told(self, docket: Docket, copies: Copies, rules: Collection[str]) -> list[Told]:
        """The events that count for these rules, each delivery once, in the order of their coming."""
        row = tables.tally.c
        rows = docket.connection.execute(
            select(tables.document, tables.event.c.record.label("wire"), tables.member.c.case_id)
            .join(tables.event, tables.event.c.document == tables.document.c.id)
            .join(tables.member, (tables.member.c.document == tables.event.c.document) & (
                tables.member.c.event == tables.event.c.id), isouter=True)
            .where(select(row.rule).where(row.document == tables.event.c.document, row.event == tables.event.c.id,
                                          row.rule.in_(rules), row.night <= self._night).exists())
            .order_by(tables.document.c.first_seen, tables.document.c.id, tables.event.c.id)).all()
        speaking = copies.speaking({r._mapping["id"] for r in rows})
        found: list[tuple[str, Told]] = []
        for one in rows:
            events = docket.events([one._mapping["wire"]]) if one._mapping["id"] in speaking else ()
            found += [(docket.was_in(event, one._mapping["case_id"] or "", self._night), Told(event, stored(one))) for event in events]
        return _once(found)

    def _case(self, connection: Connection, finding: Finding) -> str:
        """The id of the case of a window, a new one where there is none; ``""`` where somebody put it into another case."""
        quota = finding.quota
        assert quota is not None  # noqa: S101 - the caller looked
        key = "|".join((FAMILY, finding.rule, quota.since, quota.state))
        held = connection.execute(select(tables.case.c.id, tables.case.c.merged_into).join(
            tables.case_key, tables.case_key.c.case_id == tables.case.c.id).where(tables.case_key.c.key == key)).first()
        if held is not None:
            return "" if held.merged_into else str(held.id)
        first = dt.date.fromisoformat(quota.since).toordinal()
        case = next_id(connection, self._night)
        connection.execute(tables.case.insert(), [{"id": case, "opened": self._night, "family": FAMILY, "sender": quota.state,
                                                   "receiver": "", "goods": "", "first_day": first, "last_day": first, "merged_into": ""}])
        connection.execute(tables.case_key.insert(), [{"key": key, "case_id": case}])
        return case

    def _record(self, docket: Docket, copies: Copies, case: str, finding: Finding, told: Mapping[tuple[str, str], Told]) -> CaseRecord:
        quota = finding.quota
        assert quota is not None  # noqa: S101
        counted = [told[c.document, c.event] for c in quota.contributions if (c.document, c.event) in told]
        lead = finding.event.document, finding.event.id
        tellings = [Telling(t.event, source(t.source), (finding,) if (t.event.document, t.event.id) == lead else ()) for t in counted]
        documents = {t.source.document.id for t in counted}
        repeating = [source(copy, by) for by, found in sorted(copies.repeating(documents).items()) for copy in found]
        record = self._assessor.record(case, docket.opened(case), self._matter(finding, counted), tellings, repeating)
        return replace(record, facts=(*record.facts, (FAMILY, quota.to_wire())))

    def _matter(self, finding: Finding, counted: Sequence[Told]) -> Matter:
        """The window, and what all its events have in common."""
        quota = finding.quota
        assert quota is not None  # noqa: S101
        first = dt.date.fromisoformat(quota.since).toordinal()
        ofs = [self._matters.of(t.event, first) for t in counted]
        last = dt.date.fromisoformat(quota.until).toordinal() if quota.until else max(m.last for m in ofs)
        sender = quota.state or _common(m.sender for m in ofs)
        return Matter(FAMILY, sender, _common(m.receiver for m in ofs), _common(m.goods for m in ofs), first, last)


def _common(values: Iterable[str]) -> str:
    """The value, if all have the same one."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _once(found: Sequence[tuple[str, Told]]) -> list[Told]:
    """Each delivery once. Of the tellings in one case, those of other documents that give the same amount on days that overlap are one
    delivery: the surest telling counts, of equal ones the first."""
    order = sorted(range(len(found)), key=lambda i: (*_strength(found[i][1].event), i))
    kept: list[int] = []
    for i in order:
        case, told = found[i]
        if not case or not any(found[k][0] == case and _same(found[k][1], told) for k in kept):
            kept.append(i)
    return [found[i][1] for i in sorted(kept)]


def _strength(event: Event) -> tuple[int, int]:
    return TIERS.index(event.tier), _REPORTS.index(event.report) if event.report in _REPORTS else len(_REPORTS)


def _same(a: Told, b: Told) -> bool:
    if a.source.document.id == b.source.document.id:
        return False
    one, other = a.event.facts, b.event.facts
    days: Any = one.get("date"), other.get("date")
    overlap = not all(isinstance(d, DateRange) for d in days) or (days[0].first <= days[1].last and days[1].first <= days[0].last)
    return one.get("quantity") == other.get("quantity") and overlap
