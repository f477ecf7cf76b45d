"""The option ``--store`` that several verbs share, and the store that it names."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from checker.cases.store import Store

__all__ = ["now", "open_store", "store_option"]

F = TypeVar("F", bound=Callable[..., Any])


def _address(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str:
    """The store that was named, else that of the settings of nights."""
    if value:
        return value
    from checker.night.config import load_config

    return load_config(None, os.environ).state.store


def store_option(verb: F) -> F:
    """The option ``--store PATH|URL``."""
    return click.option("--store", "store", metavar="PATH|URL", callback=_address,
                        help="The store of cases: a file, or postgresql+psycopg://USER@HOST/DATABASE; by default that of SANCTIONS_STORE, "
                             "else of sanctions.toml, else var/sanctions.db.")(verb)


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
