"""Documents in the store: first seen decides their night, near copies are folded, corrections are known by their address."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import select

from checker.cases.sketch import likeness, pack, sketch, unpack
from checker.cases.tables import document as table
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Event

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

__all__ = ["Incoming", "Stored", "identity", "of_night", "put"]

_PROBES = 6
"""Of near copies that share 60 of 100 shingles, 996 of 1,000 share one of their six smallest hashes."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document as a source gave it. ``guid``: the name the source has for it; ``first_seen``: ISO time in UTC.

    A record that is an event and has no words is a document without text, with ``event`` and a ``sha256`` of what the event says.
    """

    document: Document
    source: str
    guid: str
    first_seen: str
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A document of the store; its ``document.id`` is its id there. ``event``: of a record, the event as it was written."""

    document: Document
    source: str
    night: str
    first_seen: str
    copy_of: str
    revises: str
    event: Mapping[str, Any] | None = None


def identity(address: str, sha256: str) -> str:
    """The id of a text at an address: another text there is another document."""
    return hashlib.sha256(f"{address}\n{sha256}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def put(connection: Connection, night: str, incoming: Iterable[Incoming], *, like: float, nights: int) -> list[str]:
    """Store what was never seen before; the ids of the new documents. ``like``: the share of words from which a text is a copy of one of
    the last ``nights`` nights."""
    folds = _Folds(connection, night, like, nights)
    fresh: list[str] = []
    rows: list[dict[str, Any]] = []
    taken: set[str] = set()
    newest: dict[str, str] = {}
    for item in sorted(incoming, key=lambda i: (i.first_seen, i.source, i.guid, i.document.url)):
        document = item.document
        address = item.guid or document.url or document.id
        id_ = identity(address, document.sha256)
        if id_ in taken or connection.execute(select(table.c.id).where(table.c.id == id_)).first() is not None:
            continue
        taken.add(id_)
        marks = sketch(document.text)
        copy = folds.original(marks, address)
        folds.add(id_, marks, copy, address)
        revises = newest.get(address) or _standing(connection, address)
        newest[address] = id_
        rows.append({
            "id": id_, "address": address, "sha256": document.sha256, "title": document.title, "text": _plain(document.text),
            "lang": document.lang, "outlet": document.outlet, "agency": document.agency,
            "published": document.published.isoformat() if document.published else "", "source": item.source, "night": night,
            "first_seen": item.first_seen, "copy_of": copy, "revises": revises, "sketch": pack(marks),
            "record": _record(item.event)})
        fresh.append(id_)
    if rows:
        connection.execute(table.insert(), rows)
    return fresh


def _standing(connection: Connection, address: str) -> str:
    """What stands at an address, ``""`` for a new one: the text that no other one there took the place of. Times do not tell, for clocks
    are put back."""
    rows = connection.execute(select(table.c.id, table.c.revises).where(table.c.address == address).order_by(
        table.c.first_seen.desc(), table.c.id.desc())).all()
    gone = {row.revises for row in rows}
    return next((str(row.id) for row in rows if row.id not in gone), "")


def of_night(connection: Connection, night: str) -> list[Stored]:
    """The documents first seen on a night, in the order of their coming."""
    rows = connection.execute(select(table).where(table.c.night == night).order_by(table.c.first_seen, table.c.id))
    return [stored(row) for row in rows]


def stored(row: Row[tuple[object, ...]]) -> Stored:
    """A row as a document."""
    told = row._mapping
    document = Document(told["id"], told["text"], parse_date(told["published"]) if told["published"] else None,
                        url=told["address"] if "://" in told["address"] else "", outlet=told["outlet"], lang=told["lang"],
                        title=told["title"], agency=told["agency"])
    return Stored(document, told["source"], told["night"], told["first_seen"], told["copy_of"], told["revises"],
                  msgspec.json.decode(told["record"]).get("event"))


class _Folds:
    """The sketches of the last nights, found by their smallest hashes."""

    def __init__(self, connection: Connection, night: str, like: float, nights: int) -> None:
        self._like = like
        self._marks: dict[str, frozenset[int]] = {}
        self._original: dict[str, str] = {}
        self._address: dict[str, str] = {}
        self._by_hash: dict[int, list[str]] = {}
        since = (dt.date.fromisoformat(night) - dt.timedelta(days=nights)).isoformat()
        rows = connection.execute(select(table.c.id, table.c.sketch, table.c.copy_of, table.c.address).where(
            table.c.night >= since, table.c.night <= night).order_by(table.c.first_seen, table.c.id))
        for id_, marks, copy, address in rows:
            self.add(id_, unpack(marks), copy, address)

    def add(self, id_: str, marks: tuple[int, ...], copy: str, address: str) -> None:
        self._marks[id_] = frozenset(marks)
        self._original[id_] = copy or id_
        self._address[id_] = address
        for mark in marks[:_PROBES]:
            self._by_hash.setdefault(mark, []).append(id_)

    def original(self, marks: tuple[int, ...], address: str) -> str:
        """The document of which a text with these marks is a near copy; ``""`` if there is none. An earlier text at its own address is
        what it corrects, and no original."""
        near = dict.fromkeys(id_ for mark in marks[:_PROBES] for id_ in self._by_hash.get(mark, ()))
        told = frozenset(marks)
        alike = [(likeness(told, self._marks[id_], self._like), id_) for id_ in near if self._address[id_] != address]
        best = max((share for share, _ in alike), default=0.0)
        if best < self._like:
            return ""
        original = self._original[next(id_ for share, id_ in alike if share == best)]
        return "" if self._address.get(original) == address else original


def _record(event: Event | None) -> str:
    """What is known of a document before it is read."""
    if event is None:
        return "{}"
    return msgspec.json.encode({"event": event.to_wire(), "status": "record"}, order="deterministic").decode()


def _plain(text: str) -> str:
    """The text without what PostgreSQL cannot hold: NUL and lone surrogates become the replacement character, one for one."""
    return text.replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace") if text else text
