"""How the nights of a place stand: is last night done, fresh and complete, what is missing, what waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import func, select

from checker.cases import tables
from checker.model.nightly import Gap
from checker.night import ledger
from checker.night.outbox import waiting

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from checker.night.ledger import Covered

__all__ = ["STATUS_SCHEMA", "Status", "Waiting", "gaps", "status"]

STATUS_SCHEMA = "sanctions-checker/status/1"
_LOOK_BACK = 400


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that was not handed over."""

    night: str
    channel: str
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class Status:
    """``night``: the newest that was run, ``""`` where none was; ``state`` of its last run; ``published``: the newest night that published
    something; ``late_days``: how many nights are missing up to now; ``broken_off``: nights to go on with."""

    night: str
    number: int
    state: str
    started: str
    published: str
    late_days: int
    broken_off: tuple[str, ...]
    gaps: tuple[Gap, ...]
    waiting: tuple[Waiting, ...]
    documents: int
    cases: int

    @property
    def exit_code(self) -> int:
        """0 where last night is complete and nothing waits, 4 where a night is missing, partial, failed or broken off, else 5."""
        if self.late_days or self.state != ledger.COMPLETE or self.broken_off:
            return 4
        return 5 if self.waiting else 0

    def to_wire(self) -> dict[str, Any]:
        return {"schema": STATUS_SCHEMA, **msgspec.to_builtins(self), "ok": self.exit_code == 0}


def status(connection: Connection, today: dt.date) -> Status:
    """How things stand. A night is late once the day after it has begun to end: yesterday's is fresh."""
    runs = ledger.runs(connection)
    last = runs[-1] if runs else None
    published = next((run["night"] for run in reversed(runs) if run["state"] in ledger.FINISHED), "")
    newest = dt.date.fromisoformat(last["night"]) if last else today
    letters = tuple(Waiting(letter.night, letter.channel, attempts, error) for letter, attempts, error in waiting(connection))
    return Status(
        last["night"] if last else "", last["number"] if last else 0, last["state"] if last else "",
        last["record"].get("started", "") if last else "", published, max(0, (today - newest).days - 1) if last else 1,
        tuple(dict.fromkeys(run["night"] for run in runs if run["state"] == ledger.RUNNING)),
        gaps(connection, last["night"], _LOOK_BACK) if last else (), letters,
        connection.execute(select(func.count()).select_from(tables.document)).scalar_one(),
        connection.execute(select(func.count()).select_from(tables.case)).scalar_one())


def gaps(connection: Connection, night: str, nights: int) -> tuple[Gap, ...]:
    """Nights without a run, and nights on which a source failed, among the last ones up to a night; and what made up for them by then."""
    days = [(dt.date.fromisoformat(night) - dt.timedelta(days=d)).isoformat() for d in range(nights - 1, 0, -1)]
    states = ledger.states(connection, night)
    coverage = ledger.covered(connection, days[0], night)
    by_night: dict[str, list[Covered]] = {}
    for told in coverage:
        by_night.setdefault(told.night, []).append(told)

    def made_up(missing: str) -> str:
        return next((n for n, all_ in by_night.items() if n > missing and all(c.reaches_over(missing) for c in all_)), "")

    first = min(states, default=night)
    found = [Gap(n, "", "", made_up(n)) for n in days if n > first and n not in states]
    found += [Gap(c.night, c.source, c.state, c.filled if c.filled <= night else "") for c in coverage if c.state == ledger.FAILED]
    return tuple(sorted(found, key=lambda g: (g.night, g.source)))
