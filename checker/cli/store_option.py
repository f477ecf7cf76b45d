"""The option ``--store`` that several verbs share, and the store that it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from checker.cases.store import Store

__all__ = ["DEFAULT", "now", "open_store", "store_option"]

F = TypeVar("F", bound=Callable[..., Any])
DEFAULT = "var/sanctions.db"


def store_option(verb: F) -> F:
    """The option ``--store PATH|URL``."""
    return click.option("--store", "store", metavar="PATH|URL", envvar="SANCTIONS_STORE", default=DEFAULT, show_default=True,
                        help="The store of cases: a file, or postgresql+psycopg://USER@HOST/DATABASE; also by SANCTIONS_STORE.")(verb)


def open_store(address: str) -> Store:
    """A store that is there and has the form of this version.

    Raises:
        StoreError: there is none, or it has another form; the text says what to do.
    """
    from checker.cases.store import Store
    from checker.cases.upkeep import require

    store = Store(address, create=False)
    require(store)
    return store


def now() -> dt.datetime:
    """The moment of what a person does; each verb asks once."""
    return dt.datetime.now(dt.UTC)
