"""Cases as people look at them: what is open, and everything about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select

from checker.cases import tables
from checker.cases.decisions import Ruling, history, standing
from checker.cases.settings import WAIVED, Disposition
from checker.errors import UsageError
from checker.model.case import CaseRecord

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Card", "Listed", "Version", "card", "documents_of", "leads_to", "listed"]

_DONE = {"ADD": "new", "MOD": "changed", "DEL": "withdrawn", "REO": "reopened"}
"""The state of a case by what its last version did to it. One that was put into another case is ``merged``."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a night did to a case. ``fields``: what differs, with the values before and after."""

    night: str
    op: str
    causes: tuple[str, ...]
    fields: tuple[Mapping[str, Any], ...]

    def to_wire(self) -> dict[str, Any]:
        return {"night": self.night, "op": self.op, "causes": list(self.causes), "fields": [dict(f) for f in self.fields]}


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in its last version. ``disposition``: as people decided, on the day asked for; ``until``: the last day of its waiver."""

    record: CaseRecord
    state: str
    disposition: str
    until: str
    night: str

    def to_wire(self) -> dict[str, Any]:
        told = self.record
        return {"id": told.id, "state": self.state, "disposition": self.disposition, "waived_until": self.until, "changed": self.night,
                "opened": told.opened, "label": told.label, "family": told.family, "sender": told.sender, "receiver": told.receiver,
                "goods": told.goods, "first_day": told.first_day, "last_day": told.last_day, "confidence": told.confidence.level,
                "sources": sum(not s.copy_of for s in told.sources), "rules": [f.rule for f in told.findings], "sentence": told.sentence}


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about a case. ``merged``: the cases that were put into it."""

    listed: Listed
    versions: tuple[Version, ...]
    decisions: tuple[Ruling, ...]
    merged: tuple[str, ...]

    def to_wire(self) -> dict[str, Any]:
        told = self.listed
        case = told.record.decided(told.disposition).to_wire()
        return {"case": case, "state": told.state, "waived_until": told.until, "merged": list(self.merged),
                "history": [v.to_wire() for v in self.versions], "decisions": [d.to_wire() for d in self.decisions]}


def listed(connection: Connection, day: str, dispositions: Mapping[str, Disposition]) -> list[Listed]:
    """All cases that a night ever showed, by id, with what people decided. ``day``: on which it is asked whether waivers still hold."""
    rows: dict[str, Any] = {}
    for row in connection.execute(select(tables.version, tables.case.c.merged_into).join(
            tables.case, tables.case.c.id == tables.version.c.case_id).order_by(tables.version.c.case_id, tables.version.c.night)):
        rows[row._mapping["case_id"]] = row
    return [_listed(connection, row, day, dispositions) for row in rows.values()]


def card(connection: Connection, case: str, day: str, dispositions: Mapping[str, Disposition]) -> Card:
    """A case with its history and decisions, or the one that it leads to.

    Raises:
        UsageError: there is no such case, or no night showed it yet.
    """
    case = leads_to(connection, case)
    query = select(tables.version, tables.case.c.merged_into).join(tables.case, tables.case.c.id == tables.version.c.case_id)
    rows = connection.execute(query.where(tables.version.c.case_id == case).order_by(tables.version.c.night)).all()
    if not rows:
        raise UsageError(f"no night has shown {case} yet; the next one does")
    merged = connection.execute(select(tables.case.c.id).where(tables.case.c.merged_into == case).order_by(tables.case.c.id)).scalars()
    versions = tuple(Version(row._mapping["night"], row._mapping["op"], tuple(filter(None, row._mapping["causes"].split(","))),
                             tuple(msgspec.json.decode(row._mapping["record"]).get("fields", ()))) for row in rows)
    return Card(_listed(connection, rows[-1], day, dispositions), versions, tuple(history(connection, case)), tuple(merged))


def leads_to(connection: Connection, case: str) -> str:
    """The case itself, or the one that it was merged into.

    Raises:
        UsageError: there is no such case.
    """
    known = dict(connection.execute(select(tables.case.c.id, tables.case.c.merged_into)).all())
    if case not in known:
        from checker.strictyaml.suggest import did_you_mean

        guess = did_you_mean(case, known)
        raise UsageError(f"there is no case {case}{f'; did you mean {guess}?' if guess else ''}; `sanctions cases list` shows them")
    seen = {case}
    while known.get(case) and known[case] not in seen:
        case = known[case]
        seen.add(case)
    return case


def _listed(connection: Connection, row: Any, day: str, dispositions: Mapping[str, Disposition]) -> Listed:
    told = row._mapping
    made = history(connection, told["case_id"])
    disposition = standing(made, day, dispositions)
    ends = [r.until for r in made if r.verdict == WAIVED] if disposition == WAIVED else []
    return Listed(CaseRecord.from_wire(msgspec.json.decode(told["record"])), "merged" if told["merged_into"] else _DONE[told["op"]],
                  disposition, ends[-1] if ends else "", told["night"])


def documents_of(connection: Connection, case: str, given: Sequence[str]) -> list[str]:
    """The ids of documents of a case of which a person gave the first letters; what is no document of it stays as it is.

    Raises:
        UsageError: the letters fit several documents.
    """
    held = set(connection.execute(select(tables.member.c.document).where(tables.member.c.case_id == case)).scalars())
    found: list[str] = []
    for name in given:
        fit = sorted(id_ for id_ in held if id_.startswith(name))
        if len(fit) > 1 and name not in held:
            raise UsageError(f"{name} may be {' or '.join(fit)}; write more letters of it")
        found += [name] if name in held or not fit else fit
    return list(dict.fromkeys(found))
