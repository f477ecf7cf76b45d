"""The ledger of runs: which run a night is at, which steps are done, what each source gave and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import delete, func, select

from checker.cases import tables
from checker.cases.store import upsert
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["FINISHED", "Covered", "RunRef", "close", "complain", "cover", "covered", "done_steps", "interrupted", "latest_night", "mark",
           "open_run", "published", "record", "runs", "runs_of", "states", "take_over", "unread"]

RUNNING, COMPLETE, PARTIAL, FAILED = "running", "complete", "partial", "failed"
_UNREAD = "it was not read before the night was over"
FINISHED = (COMPLETE, PARTIAL)
"""The states of runs that published what they found."""


@dataclass(frozen=True, slots=True)
class RunRef:
    """One attempt at one night. ``resumed``: it was begun before and broken off."""

    night: str
    number: int
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Covered:
    """What a source gave on a night. ``since``: from which day on its items reach back (ISO; ``""``: all it ever had)."""

    source: str
    night: str
    state: str
    read: int
    expected: tuple[int, int] | None = None
    note: str = ""
    since: str = ""
    filled: str = ""
    reaches: bool = True

    def reaches_over(self, night: str) -> bool:
        """Whether what it gave makes up for an earlier night."""
        return self.state != FAILED and self.reaches and self.since <= night < self.night


# ---- runs ----------------------------------------------------------------------------------------------------------------


def open_run(connection: Connection, night: str, versions: Mapping[str, str], told: Mapping[str, Any]) -> RunRef:
    """The run of a night that was broken off, or else a new one."""
    t = tables.run
    last = connection.execute(select(t.c.number, t.c.state).where(t.c.night == night).order_by(t.c.number.desc())).first()
    if last is not None and last.state == RUNNING:
        connection.execute(t.update().where(t.c.night == night, t.c.number == last.number), dict(versions))
        return RunRef(night, last.number, resumed=True)
    number = last.number + 1 if last is not None else 1
    connection.execute(t.insert(), [{"night": night, "number": number, "state": RUNNING, "digest": "", "record": _json(told),
                                     **versions}])
    return RunRef(night, number)


def close(connection: Connection, ref: RunRef, state: str, digest: str, told: Mapping[str, Any]) -> None:
    """A run has come to its end."""
    t = tables.run
    connection.execute(t.update().where(t.c.night == ref.night, t.c.number == ref.number),
                       {"state": state, "digest": digest, "record": _json(told)})


def record(connection: Connection, ref: RunRef) -> dict[str, Any]:
    """What was noted of a run."""
    t = tables.run
    found: dict[str, Any] = msgspec.json.decode(connection.execute(select(t.c.record).where(
        t.c.night == ref.night, t.c.number == ref.number)).scalar_one())
    return found


def interrupted(connection: Connection, night: str) -> list[str]:
    """Nights before this one whose run was broken off, the oldest first."""
    t = tables.run
    return list(connection.execute(select(t.c.night).where(t.c.night < night, t.c.state == RUNNING).distinct().order_by(
        t.c.night)).scalars())


def runs(connection: Connection, night: str = "") -> list[dict[str, Any]]:
    """All runs up to a night, or all there are, the oldest first."""
    t = tables.run
    query = (select(t).where(t.c.night <= night) if night else select(t)).order_by(t.c.night, t.c.number)
    return [{**row._mapping, "record": msgspec.json.decode(row.record)} for row in connection.execute(query)]


def runs_of(connection: Connection, night: str) -> list[dict[str, Any]]:
    """The runs of one night, the oldest first."""
    return [run for run in runs(connection, night) if run["night"] == night]


def published(connection: Connection, before: str) -> dict[str, Any] | None:
    """The newest run before a night that published something."""
    return next((run for run in reversed(runs(connection)) if run["night"] < before and run["state"] in FINISHED), None)


def states(connection: Connection, before: str) -> dict[str, str]:
    """The state of each night before this one: that of its last run that published, else of its last."""
    found: dict[str, str] = {}
    for run in runs(connection, before):
        if run["night"] < before and (run["state"] in FINISHED or found.get(run["night"]) not in FINISHED):
            found[run["night"]] = run["state"]
    return found


def latest_night(connection: Connection) -> str:
    """The newest night for which there is a run, ``""`` if there is none."""
    return str(connection.execute(select(func.max(tables.run.c.night))).scalar() or "")


# ---- steps ---------------------------------------------------------------------------------------------------------------


def done_steps(connection: Connection, ref: RunRef) -> set[tuple[str, str]]:
    """What a run has done: (step, source or lot)."""
    t = tables.step
    rows = connection.execute(select(t.c.step, t.c.source).where(t.c.night == ref.night, t.c.number == ref.number))
    return {(row.step, row.source) for row in rows}


def mark(connection: Connection, ref: RunRef, step: str, source: str = "") -> None:
    """A step is done, in the transaction of what it wrote."""
    upsert(connection, tables.step, [{"night": ref.night, "number": ref.number, "step": step, "source": source, "state": "done",
                                      "record": "{}"}])


# ---- coverage ------------------------------------------------------------------------------------------------------------


def cover(connection: Connection, found: Covered) -> None:
    """Note what a source gave. A night on which it was read before keeps the better of both; what it reaches back over is no gap any
    more."""
    t = tables.coverage
    held = {c.source: c for c in covered(connection, found.night, found.night)}.get(found.source)
    if held is not None and (found.state == FAILED or (held.state != FAILED and found.read < held.read)):
        found = held
    open_ = [c for c in covered(connection, "", found.night) if c.source == found.source and c.state == FAILED and not c.filled]
    rows = [found, *(replace(gap, filled=found.night) for gap in open_ if found.reaches_over(gap.night))]
    upsert(connection, t, [{"source": c.source, "night": c.night, "state": c.state, "documents": c.read, "record": _json({
        "expected": list(c.expected) if c.expected else None, "note": c.note, "since": c.since, "filled": c.filled,
        "reaches": c.reaches})} for c in rows])


def unread(connection: Connection, night: str, sources: Sequence[str]) -> None:
    """The sources that nobody read on a night while it lasted are gaps of it, unless a later night has reached back over it since."""
    known = {c.source for c in covered(connection, night, night)}
    later = [c for c in covered(connection, night, "9999-12-31") if c.reaches_over(night)]
    for name in sources:
        if name not in known:
            filled = next((c.night for c in later if c.source == name), "")
            cover(connection, Covered(name, night, FAILED, 0, note=_UNREAD, filled=filled))


def covered(connection: Connection, first: str, last: str) -> list[Covered]:
    """What sources gave from one night to another, by night and name."""
    t = tables.coverage
    found = []
    for row in connection.execute(select(t).where(t.c.night >= first, t.c.night <= last).order_by(t.c.night, t.c.source)):
        told = msgspec.json.decode(row.record)
        expected = told["expected"]
        found.append(Covered(row.source, row.night, row.state, row.documents, (expected[0], expected[1]) if expected else None,
                             told["note"], told["since"], told["filled"], told["reaches"]))
    return found


# ---- complaints ----------------------------------------------------------------------------------------------------------


def complain(connection: Connection, ref: RunRef, step: str, source: str, problems: Sequence[Problem]) -> None:
    """Write down what a step complained of, in place of what it complained of before."""
    t = tables.issue
    mine = (t.c.night == ref.night, t.c.number == ref.number)
    held = connection.execute(select(t.c.line, t.c.record, t.c.source).where(*mine)).all()
    old = [row.line for row in held if row.source == source and msgspec.json.decode(row.record).get("step") == step]
    if old:
        connection.execute(delete(t).where(*mine, t.c.line.in_(old)))
    line = max((row.line for row in held), default=0)
    rows = [{"night": ref.night, "number": ref.number, "line": line + i, "source": source, "severity": p.severity, "code": p.code,
             "message": p.message, "record": _json({"step": step, "where": p.path, "at": p.line, "mend": p.mend})}
            for i, p in enumerate(problems, 1)]
    if rows:
        connection.execute(t.insert(), rows)


def take_over(connection: Connection, ref: RunRef, step: str, source: str = "") -> None:
    """What an earlier run of the night complained of in a step (of one source) that this run does not do again."""
    t = tables.issue
    before = connection.execute(select(func.max(t.c.number)).where(t.c.night == ref.night, t.c.number < ref.number)).scalar()
    if before is None:
        return
    rows = connection.execute(select(t).where(t.c.night == ref.night, t.c.number == before).order_by(t.c.line)).all()
    last = connection.execute(select(func.max(t.c.line)).where(t.c.night == ref.night, t.c.number == ref.number)).scalar() or 0
    kept = [{**row._mapping, "number": ref.number} for row in rows
            if msgspec.json.decode(row.record).get("step") == step and (not source or row.source == source)]
    if kept:
        connection.execute(t.insert(), [{**row, "line": last + i} for i, row in enumerate(kept, 1)])


def _json(record: Mapping[str, Any]) -> str:
    return msgspec.json.encode(record, order="deterministic").decode()

