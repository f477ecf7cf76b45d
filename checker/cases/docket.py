"""The docket: which case every event belongs to, and what a night leaves of each case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import or_, select

from checker.cases import tables
from checker.cases.decisions import moved_after, next_id
from checker.cases.documents import Stored, stored
from checker.cases.matter import Matter, Matters
from checker.cases.store import upsert
from checker.model.case import CaseRecord, CaseSource
from checker.model.event import Event

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from checker.cases.difference import Difference

__all__ = ["Docket", "Told"]


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the document that tells it."""

    event: Event
    source: Stored


class Docket:
    """Reads and writes the cases of one store within a transaction. ``read``: an event from its written form. ``opened_now``: the cases
    that it opened."""

    def __init__(self, connection: Connection, matters: Matters, read: Callable[[dict[str, Any]], Event | None]) -> None:
        self.connection = connection
        self._matters = matters
        self._read = read
        self._moved: dict[str, dict[tuple[str, str], str]] = {}
        self.opened_now: list[str] = []

    # ---- events ----------------------------------------------------------------------------------------------------

    def put_events(self, night: str, document: str, events: Sequence[Event], family: Callable[[Event], str]) -> None:
        """Store the events of a document; those of an earlier reading of it on the same night are written over."""
        rows = [{"document": document, "id": event.id, "night": night, "family": family(event),
                 "record": msgspec.json.encode(event.to_wire(), order="deterministic").decode()} for event in events]
        upsert(self.connection, tables.event, rows)

    def events(self, rows: Iterable[Any]) -> list[Event]:
        """Events of the store; one that no longer reads (a word left the vocabulary) is left out, and nothing else is."""
        found = (self._read(msgspec.json.decode(row)) for row in rows)
        return [event for event in found if event is not None]

    # ---- grouping --------------------------------------------------------------------------------------------------

    def assign(self, night: str, event: Event, known: int, opens: bool, again: bool = False) -> str:
        """The case of an event: the one it has, the one its telling fits, or where ``opens`` a new one; ``""`` if it has none. An event
        that found none stays without one, however often its night is run, until it is looked at ``again``."""
        held = self.connection.execute(select(tables.member.c.case_id).where(_is(tables.member, event))).scalar()
        if held is not None:
            return self.leads_to(held)
        if not again and self.connection.execute(select(tables.loose.c.night).where(_is(tables.loose, event))).first() is not None:
            return ""
        matter = self._matters.of(event, known)
        case = self._matters.best(self._candidates(matter), matter) if matter.keys else ""
        if not case and not (opens and matter.keys):
            upsert(self.connection, tables.loose, [{"document": event.document, "event": event.id, "night": night}])
            return ""
        case = self.leads_to(self._grow(case, matter)) if case else self._open(night, matter)
        self.connection.execute(tables.loose.delete().where(_is(tables.loose, event)))
        self.connection.execute(tables.member.insert(), [{"document": event.document, "event": event.id, "case_id": case, "night": night}])
        return case

    def take_in(self, night: str, case: str, since: str, day: Callable[[Stored], int], speaking: Callable[[set[str]], set[str]]) -> None:
        """Bring into a case that was opened now the events from a night ``since`` on that found none, where they fit: a denial that came
        before what it denies. ``day``: when a document was put out; ``speaking``: which of them speak for themselves."""
        matter = self.matter(case)
        assert matter is not None  # noqa: S101 - it was opened just now
        rows = self.connection.execute(
            select(tables.document, tables.event.c.record.label("wire"))
            .join(tables.event, tables.event.c.document == tables.document.c.id)
            .join(tables.loose, (tables.loose.c.document == tables.event.c.document) & (tables.loose.c.event == tables.event.c.id))
            .where(tables.event.c.family == matter.family, tables.event.c.night >= since, tables.event.c.night < night)
            .order_by(tables.document.c.first_seen, tables.document.c.id, tables.event.c.id)).all()
        heard = speaking({row._mapping["id"] for row in rows})
        for row in rows:
            for event in self.events([row._mapping["wire"]]) if row._mapping["id"] in heard else ():
                known = day(stored(row))
                if self._matters.fit(matter, self._matters.of(event, known)):
                    self.assign(night, event, known, False, again=True)

    def leads_to(self, case: str) -> str:
        """The case itself, or the one it was merged into."""
        seen: set[str] = set()
        while case not in seen:
            seen.add(case)
            case = self.connection.execute(select(tables.case.c.merged_into).where(tables.case.c.id == case)).scalar() or case
        return case

    def matter(self, case: str) -> Matter | None:
        row = self.connection.execute(select(tables.case).where(tables.case.c.id == case)).first()
        return None if row is None else _matter(row)

    def _candidates(self, matter: Matter) -> list[tuple[str, Matter]]:
        rows = self.connection.execute(select(tables.case).join(tables.case_key, tables.case_key.c.case_id == tables.case.c.id).where(
            tables.case_key.c.key.in_(matter.keys)).distinct().order_by(tables.case.c.id))
        return [(row._mapping["id"], _matter(row)) for row in rows]

    def _open(self, night: str, matter: Matter) -> str:
        case = next_id(self.connection, night)
        self.connection.execute(tables.case.insert(), [{"id": case, "opened": night, "merged_into": "", **_row(matter)}])
        self._keys(case, matter)
        self.opened_now.append(case)
        return case

    def _grow(self, case: str, matter: Matter) -> str:
        held = self.matter(case)
        joined = self._matters.joined(held, matter) if held is not None else matter
        if joined != held:
            self.connection.execute(tables.case.update().where(tables.case.c.id == case), _row(joined))
            self._keys(case, joined)
        return case

    def _keys(self, case: str, matter: Matter) -> None:
        upsert(self.connection, tables.case_key, [{"key": key, "case_id": case} for key in matter.keys])

    def cases_of(self, documents: Collection[str], night: str) -> set[str]:
        """The cases that the events of these documents were in by the end of a night."""
        rows = self.connection.execute(select(tables.member.c.document, tables.member.c.event, tables.member.c.case_id).where(
            tables.member.c.document.in_(documents), tables.member.c.night <= night))
        return {self._before_moves(night).get((document, event), case) for document, event, case in rows}

    def was_in(self, event: Event, case: str, night: str) -> str:
        """The case in which an event was by the end of a night, if ``case`` has it now."""
        return self._before_moves(night).get((event.document, event.id), case)

    def _before_moves(self, night: str) -> dict[tuple[str, str], str]:
        if night not in self._moved:
            self._moved[night] = moved_after(self.connection, night)
        return self._moved[night]

    def told(self, case: str, night: str) -> list[Told]:
        """The events of a case that were known by the end of a night, in the order of their coming."""
        was_in = self._before_moves(night)
        back = sorted({document for (document, _), held in was_in.items() if held == case})
        rows = self.connection.execute(
            select(tables.document, tables.event.c.record.label("wire"), tables.member.c.event.label("name"), tables.member.c.case_id)
            .join(tables.member, tables.member.c.document == tables.document.c.id)
            .join(tables.event, (tables.event.c.document == tables.member.c.document) & (tables.event.c.id == tables.member.c.event))
            .where(or_(tables.member.c.case_id == case, tables.member.c.document.in_(back)), tables.member.c.night <= night)
            .order_by(tables.document.c.first_seen, tables.document.c.id, tables.event.c.id))
        found = []
        for row in rows:
            if was_in.get((row._mapping["id"], row._mapping["name"]), row._mapping["case_id"]) != case:
                continue
            event = self._read(msgspec.json.decode(row._mapping["wire"]))
            if event is not None:
                found.append(Told(event, stored(row)))
        return found

    def opened(self, case: str) -> str:
        """The night that opened a case."""
        return str(self.connection.execute(select(tables.case.c.opened).where(tables.case.c.id == case)).scalar() or "")

    # ---- versions --------------------------------------------------------------------------------------------------

    def before(self, case: str, night: str) -> CaseRecord | None:
        """The case as it was known before a night."""
        row = self.connection.execute(select(tables.version.c.record).where(
            tables.version.c.case_id == case, tables.version.c.night < night).order_by(tables.version.c.night.desc())).first()
        return None if row is None else CaseRecord.from_wire(msgspec.json.decode(row[0]))

    def write(self, night: str, record: CaseRecord, difference: Difference) -> None:
        """What a night left of a case."""
        after = replace(record, state="withdrawn") if difference.op == "DEL" else record
        upsert(self.connection, tables.version, [{
            "case_id": record.id, "night": night, "op": difference.op, "causes": ",".join(difference.causes), "digest": after.digest(),
            "record": msgspec.json.encode(after.to_wire() | {"fields": difference.to_wire()["fields"]}, order="deterministic").decode()}])


def source(told: Stored, copy_of: str = "") -> CaseSource:
    """A document as a source of a case; ``copy_of``: the one that it repeats."""
    document = told.document
    published = document.published.isoformat() if document.published else ""
    return CaseSource(document.id, document.outlet, document.agency, document.url, document.title, published, told.first_seen,
                      document.lang, document.sha256, copy_of)


def _is(table: Any, event: Event) -> Any:
    return (table.c.document == event.document) & (table.c.event == event.id)


def _matter(row: Any) -> Matter:
    told = row._mapping
    return Matter(told["family"], told["sender"], told["receiver"], told["goods"], told["first_day"], told["last_day"])


def _row(matter: Matter) -> dict[str, Any]:
    return {"family": matter.family, "sender": matter.sender, "receiver": matter.receiver, "goods": matter.goods,
            "first_day": matter.first, "last_day": matter.last}
