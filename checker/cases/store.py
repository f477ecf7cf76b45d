"""The store: one database, SQLite by default and PostgreSQL by address, opened, migrated and written in transactions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.errors import StoreBusy, StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Table

__all__ = ["Store"]

_WAIT_MS = 5_000
_BUSY = ("database is locked", "database is busy", "lock timeout", "could not obtain lock")


class Store:
    """A database of cases.

    Raises:
        StoreError: it cannot be opened, is of a newer version, or is damaged; the text says how to mend it.
        StoreBusy: somebody else writes to it for longer than five seconds.
    """

    def __init__(self, url: str, create: bool = True) -> None:
        """``url``: an address of SQLAlchemy, or the path of an SQLite file, which is made where there is none if ``create``."""
        self.url = url if "://" in url else f"sqlite:///{url}"
        if not create and self.sqlite is not None and not self.sqlite.is_file():
            raise StoreError(f"there is no store {self.sqlite}: `sanctions store migrate` makes one, --store names another one")
        self.engine = self._open()

    def _open(self) -> Engine:
        from sqlalchemy import create_engine, event
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError
        from sqlalchemy.pool import NullPool

        if self.sqlite is not None:
            self.sqlite.parent.mkdir(parents=True, exist_ok=True)
        try:
            engine = create_engine(self.url, poolclass=NullPool)  # verbs are short: nothing stays open behind them
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as err:
            raise StoreError(f"no store can be opened at {self.shown}: {err}; write the path of a file, sqlite:///PATH or "
                             "postgresql+psycopg://USER@HOST/DATABASE") from err
        if self.sqlite is not None:
            event.listen(engine, "connect", _pragmas)
            event.listen(engine, "begin", _immediately)
        return engine

    @property
    def sqlite(self) -> Path | None:
        """The file of an SQLite store, ``None`` for other databases and for one in memory."""
        kind, _, path = self.url.partition(":///")
        return Path(path) if kind.startswith("sqlite") and path and path != ":memory:" else None

    @property
    def shown(self) -> str:
        """The address without its password."""
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            return make_url(self.url).render_as_string(hide_password=True)
        except ArgumentError:
            return "the address given"

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: all of it is written, or nothing."""
        from sqlalchemy.exc import DBAPIError

        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as err:
            told = str(err.orig).splitlines()[0] if str(err.orig) else type(err.orig).__name__
            if any(word in told for word in _BUSY):
                raise StoreBusy(f"the store {self.shown} is in use by somebody else ({told}); try again later") from err
            raise StoreError(f"the store {self.shown} cannot be used: {told}") from err

    def close(self) -> None:
        self.engine.dispose()


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; one whose key is there already is written over."""
    if not rows:
        return
    from sqlalchemy.dialects import postgresql, sqlite

    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    keys = [column.name for column in table.primary_key]
    others = {name: insert.excluded[name] for name in rows[0] if name not in keys}
    statement = insert.on_conflict_do_update(index_elements=keys, set_=others) if others else insert.on_conflict_do_nothing()
    connection.execute(statement, [dict(row) for row in rows])


def _pragmas(connection: Any, _record: Any) -> None:
    """A journal that readers need not wait for, foreign keys, and some patience. The driver opens no transactions by itself."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for line in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_WAIT_MS}"):
        cursor.execute(f"PRAGMA {line}")
    cursor.close()


def _immediately(connection: Any) -> None:
    """A writer takes its turn at the start, and not in the middle of what it has begun."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
