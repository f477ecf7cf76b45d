"""Keeping a store for years: bring it to this version, look whether it is sound, copy it out and in, let go of what nobody needs."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import LargeBinary, func, inspect, or_, select, text

from checker.cases import tables
from checker.cases.store import Store
from checker.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Table

__all__ = ["backup", "check", "let_go", "migrate", "prune", "require", "restore", "revision"]

DUMP_SCHEMA = "sanctions-checker/store/1"
_LOT = 500
_EMPTY = hashlib.sha256(b"").hexdigest()
_NO_TABLES = "has no tables: `sanctions store migrate` makes them"


def migrate(store: Store) -> tuple[str, str]:
    """Bring a store, or an empty database, to this version; the revisions before and after (``""``: there was none).

    Raises:
        StoreError: the store belongs to a newer version of the program.
    """
    from alembic import command

    with store.begin() as connection:
        before, _ = _forms(store, connection)
        command.upgrade(_config(connection), "head")
        return before, revision(connection)


def require(store: Store) -> None:
    """See that a store has the form of this version.

    Raises:
        StoreError: it has no tables, or those of an older or a newer version; the text says what to do.
    """
    with store.begin() as connection:
        form, newest = _forms(store, connection)
    if form != newest:
        said = f"has the form {form} of an older version: `sanctions store migrate` brings it to this one" if form else _NO_TABLES
        raise StoreError(f"the store {store.shown} {said}")


def _forms(store: Store, connection: Connection) -> tuple[str, str]:
    """The form of the store, and that of this version."""
    from alembic.script import ScriptDirectory

    form = revision(connection)
    scripts = ScriptDirectory.from_config(_config(connection))
    if form and form not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreError(f"the store {store.shown} has the form {form} of a newer version of this program: update the program, or "
                         "restore a backup that this version made")
    return form, scripts.get_current_head() or ""


def revision(connection: Connection) -> str:
    """The form of the store, ``""`` for a database without one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def check(store: Store) -> list[str]:
    """What is wrong with a store, in sentences; nothing for a sound one."""
    with store.begin() as connection:
        if not revision(connection):
            return [f"the store {store.shown} {_NO_TABLES}"]
        wrong = _damage(connection)
        for name, table, column, other in (("members of no case", tables.member, "case_id", tables.case.c.id),
                                           ("members without event", tables.member, "document", tables.event.c.document),
                                           ("versions of no case", tables.version, "case_id", tables.case.c.id),
                                           ("events without document", tables.event, "document", tables.document.c.id)):
            lost = connection.execute(select(func.count()).select_from(table).where(table.c[column].not_in(select(other)))).scalar() or 0
            if lost:
                wrong.append(f"{lost} {name}")
        leads = connection.execute(select(tables.case.c.id).where(
            tables.case.c.merged_into != "", tables.case.c.merged_into.not_in(select(tables.case.c.id)))).scalars().all()
        wrong += [f"{case} was merged into a case that is not there" for case in leads]
        return wrong


def _damage(connection: Connection) -> list[str]:
    """What the database itself finds; only SQLite has a way to ask."""
    if connection.dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
    return [] if found == ["ok"] else [f"the file is damaged: {line}; restore a backup" for line in found]


def backup(store: Store, path: Path) -> int:
    """Write everything to one compressed file of JSON Lines, which any kind of store takes back; how many rows.

    The file is whole or not there: it is written beside itself and renamed. Two backups of the same store have the same bytes.
    """
    part = path.with_name(f"{path.name}.part")
    rows = 0
    with store.begin() as connection, part.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as out:
        out.write(msgspec.json.encode({"schema": DUMP_SCHEMA, "revision": revision(connection)}) + b"\n")
        for table in tables.METADATA.sorted_tables:
            for row in _rows(connection, table):
                out.write(msgspec.json.encode([str(table.name), row]) + b"\n")
                rows += 1
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(path)
    return rows


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table in the order of its key."""
    query = select(table).order_by(*table.primary_key)
    for row in connection.execution_options(yield_per=_LOT).execute(query):
        yield {str(name): value.hex() if isinstance(value, bytes) else value for name, value in row._mapping.items()}


def restore(store: Store, path: Path) -> int:
    """Read a backup into an empty store; how many rows.

    Raises:
        StoreError: the store is not empty, or the file is no backup of this form; nothing is written then.
    """
    migrate(store)
    by_name = {table.name: table for table in tables.METADATA.sorted_tables}
    try:
        with store.begin() as connection, gzip.open(path, "rb") as lines:
            if any(connection.execute(select(func.count()).select_from(table)).scalar() for table in by_name.values()):
                raise StoreError(f"the store {store.shown} is not empty: restore into a new one")
            head = msgspec.json.decode(next(lines, b"{}"))
            if head.get("schema") != DUMP_SCHEMA or head.get("revision") != revision(connection):
                raise StoreError(f"{path} is no backup of a store of this form; restore it with the version that made it, then migrate")
            count, name = 0, ""
            lot: list[dict[str, Any]] = []
            for line in lines:
                table, row = msgspec.json.decode(line)
                if lot and (table != name or len(lot) == _LOT):
                    connection.execute(by_name[name].insert(), lot)
                    lot = []
                name = table
                lot.append(_values(by_name[table], row))
                count += 1
            if lot:
                connection.execute(by_name[name].insert(), lot)
            _renumber(connection)
            return count
    except (OSError, EOFError, msgspec.DecodeError, KeyError, ValueError) as err:
        raise StoreError(f"the backup {path} cannot be read: {err}; nothing was restored") from err


def _values(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: bytes.fromhex(value) if isinstance(table.c[name].type, LargeBinary) else value for name, value in row.items()}


def _renumber(connection: Connection) -> None:
    """PostgreSQL counts decisions by itself, and has to be told where restored ones end."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval(pg_get_serial_sequence('decision', 'id'), "
                                "(SELECT COALESCE(MAX(id), 0) + 1 FROM decision), false)"))


def prune(store: Store, before: dt.date) -> int:
    """Let go of the text of documents first seen before a day that belong to no case; how many.

    Evidence of cases, decisions, versions and the documents' names, addresses and digests stay for ever; so do the sketches of what is a
    copy, has copies or corrects something: which of them speaks follows from them.
    """
    d = tables.document.c
    held = select(tables.member.c.document)
    kept = select(d.copy_of).where(d.id.in_(held))
    alone = (d.copy_of == "") & (d.revises == "") & d.id.not_in(select(tables.document.alias().c.copy_of))
    with store.begin() as connection:
        gone = connection.execute(tables.document.update().where(
            d.night < before.isoformat(), d.text != "", d.id.not_in(held), d.id.not_in(kept),
            or_(d.copy_of == "", d.copy_of.not_in(held))), {"text": ""})
        connection.execute(tables.document.update().where(d.text == "", d.sketch != b"", d.night < before.isoformat(), alone),
                           {"sketch": b""})
        return gone.rowcount


def let_go(connection: Connection, night: str) -> bool:
    """Whether texts of a night were let go of, so that it cannot be read again."""
    d = tables.document.c
    return connection.execute(select(d.id).where(d.night == night, d.text == "", d.sha256 != _EMPTY, d.record.not_like('%"event":%')).limit(
        1)).first() is not None
