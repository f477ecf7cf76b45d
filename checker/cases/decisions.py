"""What people decide on cases: verdicts with reasons, waivers that end, cases put together or taken apart. Nothing is ever written over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import func, select

from checker.cases import tables
from checker.cases.settings import IN_REVIEW, UNTRIAGED, WAIVED, Disposition
from checker.cases.store import upsert
from checker.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Ruling", "decide", "history", "lapsed", "merge", "moved_after", "moved_on", "next_id", "ruling", "split",
           "standing"]

MERGED, SPLIT = "merged", "split"
_ACTS = (MERGED, SPLIT)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision. ``until``: the last day on which a waiver holds; ``record``: what else belongs to it (the other case, the events)."""

    id: int
    case: str
    night: str
    at: str
    by: str
    verdict: str
    reason: str
    until: str
    record: Mapping[str, object]

    def to_wire(self) -> dict[str, object]:
        return {"at": self.at, "night": self.night, "by": self.by, "verdict": self.verdict, "reason": self.reason, "until": self.until,
                **{name: value for name, value in self.record.items() if name != "members"}}


def history(connection: Connection, case: str, night: str = "") -> list[Ruling]:
    """All decisions on a case by the end of a night (default: all), the oldest first."""
    query = select(tables.decision).where(tables.decision.c.case_id == case)
    if night:
        query = query.where(tables.decision.c.night <= night)
    return [Ruling(**{("case" if name == "case_id" else name): value for name, value in row._mapping.items() if name != "record"},
                   record=msgspec.json.decode(row.record)) for row in connection.execute(query.order_by(tables.decision.c.id))]


def ruling(connection: Connection, case: str, night: str, dispositions: Mapping[str, Disposition]) -> str:
    """The disposition of a case on a night: that of its last verdict by then."""
    return standing(history(connection, case, night), night, dispositions)


def standing(made: Sequence[Ruling], day: str, dispositions: Mapping[str, Disposition]) -> str:
    """The disposition that decisions give a case on a day. A verdict that asks for a second pair of eyes is ``in review`` until somebody
    else says the same; a waiver that has ended, or no verdict, is ``untriaged``."""
    verdicts = [r for r in made if r.verdict not in _ACTS]
    if not verdicts:
        return UNTRIAGED
    last = verdicts[-1]
    if last.verdict == WAIVED and last.until and last.until < day:
        return UNTRIAGED
    if dispositions[last.verdict].second:
        seconded = any(r.verdict == last.verdict and r.by != last.by for r in verdicts[:-1] if r.id < last.id)
        return last.verdict if seconded else IN_REVIEW
    return last.verdict


def lapsed(connection: Connection, night: str, since: str) -> set[str]:
    """The cases of which a waiver ended before a night, and not before ``since``, the night before it that was told."""
    rows = connection.execute(select(tables.decision.c.case_id, tables.decision.c.id).where(
        tables.decision.c.verdict == WAIVED, tables.decision.c.until >= since, tables.decision.c.until < night)).all()
    return {case for case, id_ in rows if history(connection, case, night)[-1].id == id_}


def decide(connection: Connection, case: str, verdict: str, *, by: str, reason: str, at: dt.datetime,
           dispositions: Mapping[str, Disposition], until: str = "") -> Ruling:
    """Write a verdict on a case.

    Raises:
        UsageError: no such case or verdict, no reason or name, a waiver without an end.
    """
    _known(connection, case)
    if verdict not in dispositions or verdict == UNTRIAGED:
        raise UsageError(f"{verdict!r} is no verdict; write one of: {', '.join(d for d in dispositions if d != UNTRIAGED)}")
    if not reason.strip() or not by.strip():
        raise UsageError("a decision needs a reason and the name of who decides: --reason TEXT --by NAME")
    if verdict == WAIVED and (not until or until < at.date().isoformat()):
        raise UsageError("a waiver needs the last day on which it holds: --until 2027-01-31")
    if until and verdict != WAIVED:
        raise UsageError("only a waiver has an end: leave --until out, or write `waived`")
    return _write(connection, case, verdict, by, reason, at, until, {})


def merge(connection: Connection, case: str, into: str, *, by: str, reason: str, at: dt.datetime) -> Ruling:
    """Put a case into another one: its events go there, and its id leads there from now on. It keeps its matter, so that what is told of
    it later goes there too.

    Raises:
        UsageError: no such case, the same one twice, or no reason.
    """
    if case == into:
        raise UsageError("a case cannot be merged into itself")
    for one in (case, into):
        if _known(connection, one):
            raise UsageError(f"{one} was merged into {_known(connection, one)}; name that one")
    if not reason.strip() or not by.strip():
        raise UsageError("a merge needs a reason and the name of who decides: --reason TEXT --by NAME")
    moved = _move(connection, case, into)
    connection.execute(tables.case.update().where(tables.case.c.id == case), {"merged_into": into})
    _write(connection, into, MERGED, by, reason, at, "", {"from": case})
    return _write(connection, case, MERGED, by, reason, at, "", {"into": into, "members": moved})


def split(connection: Connection, case: str, documents: Sequence[str], *, by: str, reason: str, at: dt.datetime) -> Ruling:
    """Take documents out of a case into a new one; no night puts them together again.

    Raises:
        UsageError: no such case, no document of it, all of them, or no reason.
    """
    _known(connection, case)
    held = connection.execute(select(tables.member.c.document).where(tables.member.c.case_id == case)).scalars().all()
    wrong = [d for d in documents if d not in held]
    if wrong or not documents or set(documents) >= set(held):
        raise UsageError(f"{case} holds no document {', '.join(wrong)}" if wrong else
                         "name some of the documents of the case, not all or none")
    if not reason.strip() or not by.strip():
        raise UsageError("a split needs a reason and the name of who decides: --reason TEXT --by NAME")
    row = connection.execute(select(tables.case).where(tables.case.c.id == case)).one()._mapping
    night = _teller(connection, at)
    new = next_id(connection, night)
    connection.execute(tables.case.insert(), [{**row, "id": new, "opened": night, "merged_into": ""}])
    keys = connection.execute(select(tables.case_key.c.key).where(tables.case_key.c.case_id == case)).scalars().all()
    upsert(connection, tables.case_key, [{"key": key, "case_id": new} for key in keys])
    moved = _move(connection, case, new, documents)
    _write(connection, new, SPLIT, by, reason, at, "", {"from": case})
    return _write(connection, case, SPLIT, by, reason, at, "", {"into": new, "documents": list(documents), "members": moved})


def moved_after(connection: Connection, night: str) -> dict[tuple[str, str], str]:
    """Where the events that people moved after a night (document and id) were by its end: a night that is run again late must find the
    cases as they were."""
    rows = connection.execute(select(tables.decision.c.case_id, tables.decision.c.record).where(
        tables.decision.c.night > night, tables.decision.c.verdict.in_(_ACTS)).order_by(tables.decision.c.id.desc()))
    return {(document, event): case for case, record in rows for document, event in msgspec.json.decode(record).get("members", ())}


def moved_on(connection: Connection, night: str, since: str) -> set[str]:
    """The cases to or from which people moved events after the night ``since`` and up to this one."""
    return set(connection.execute(select(tables.decision.c.case_id).where(
        tables.decision.c.night > since, tables.decision.c.night <= night, tables.decision.c.verdict.in_(_ACTS))).scalars())


def _move(connection: Connection, case: str, to: str, documents: Sequence[str] = ()) -> list[list[str]]:
    """Move the events of a case, or those of some documents, to another one; which they were."""
    which = tables.member.c.case_id == case
    if documents:
        which &= tables.member.c.document.in_(documents)
    moved = [list(row) for row in connection.execute(select(tables.member.c.document, tables.member.c.event).where(which).order_by(
        tables.member.c.document, tables.member.c.event))]
    connection.execute(tables.member.update().where(which), {"case_id": to, "by_hand": True})
    return moved


def next_id(connection: Connection, night: str) -> str:
    """The id of the next case that a night opens: C-YEAR-NUMBER, never used before."""
    year = f"C-{night[:4]}-"
    last = connection.execute(select(tables.case.c.id).where(tables.case.c.id.like(f"{year}%")).order_by(tables.case.c.id.desc())).scalar()
    return f"{year}{int(last.rpartition('-')[2]) + 1 if last else 1:06d}"


def _known(connection: Connection, case: str) -> str:
    """The case into which this one was merged, ``""`` if it was not."""
    row = connection.execute(select(tables.case.c.merged_into).where(tables.case.c.id == case)).first()
    if row is None:
        raise UsageError(f"there is no case {case}; `sanctions cases list` shows them")
    return str(row[0])


def _write(connection: Connection, case: str, verdict: str, by: str, reason: str, at: dt.datetime, until: str,
           record: Mapping[str, object]) -> Ruling:
    told = {"case_id": case, "night": _teller(connection, at), "at": at.isoformat(timespec="seconds"), "by": by.strip(), "verdict": verdict,
            "reason": reason.strip(), "until": until, "record": msgspec.json.encode(record, order="deterministic").decode()}
    connection.execute(tables.decision.insert(), [told])
    return history(connection, case)[-1]


def _teller(connection: Connection, at: dt.datetime) -> str:
    """The night that will tell of what is decided at a moment: that of the day, or if it was begun already, the next one."""
    day = at.date().isoformat()
    begun = str(connection.execute(select(func.max(tables.run.c.night))).scalar() or "")
    return day if begun < day else (dt.date.fromisoformat(begun) + dt.timedelta(days=1)).isoformat()
