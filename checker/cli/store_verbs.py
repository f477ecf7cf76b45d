"""``sanctions store migrate``, ``check``, ``backup``, ``restore`` and ``prune``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from checker.cli.store_option import now, open_store, store_option
from checker.errors import UsageError

__all__ = ["backup", "check", "migrate", "prune", "restore"]


@click.command()
@store_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/store-migrate/1) to stdout.")
def migrate(store: str, as_json: bool) -> int:
    """Make the tables of the store, or bring them to the form of this version.

    Nothing is lost, and where nothing is to do nothing is done. Make a backup first.
    """
    from checker.cases.store import Store
    from checker.cases.upkeep import migrate as bring

    found = Store(store)
    before, after = bring(found)
    changed = f"was brought from {before} to {after}" if before else "was made"
    said = "has the form of this version" if before == after else changed
    _tell(f"the store {found.shown} {said}", {"schema": "sanctions-checker/store-migrate/1", "store": found.shown, "before": before,
                                             "after": after}, as_json)
    return 0


@click.command()
@store_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/store-check/1) to stdout.")
def check(store: str, as_json: bool) -> int:
    """Look whether the store is sound.

    The exit code is 1 where something is wrong; what it is stands on standard output, a line each.
    """
    from checker.cases.store import Store
    from checker.cases.upkeep import check as wrong

    found = Store(store, create=False)
    problems = wrong(found)
    _tell("\n".join(problems) or f"the store {found.shown} is sound",
          {"schema": "sanctions-checker/store-check/1", "store": found.shown, "problems": problems}, as_json)
    return 1 if problems else 0


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@store_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/store-backup/1) to stdout.")
def backup(file: Path, store: str, as_json: bool) -> int:
    """Write everything in the store to one file.

    FILE is compressed JSON Lines, which either kind of store takes back. It is whole or not there; a file of that name is replaced.
    """
    from checker.cases.upkeep import backup as write

    found = open_store(store)
    try:
        rows = write(found, file)
    except OSError as err:
        raise UsageError(f"{file} cannot be written: {err.strerror or err}") from err
    _tell(f"{rows:,} rows of {found.shown} are in {file}",
          {"schema": "sanctions-checker/store-backup/1", "store": found.shown, "file": str(file), "rows": rows}, as_json)
    return 0


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@store_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/store-restore/1) to stdout.")
def restore(file: Path, store: str, as_json: bool) -> int:
    """Read a backup into an empty store.

    The tables are made first. A store that holds anything is left alone; a file that cannot be read to its end leaves nothing behind.
    """
    from checker.cases.store import Store
    from checker.cases.upkeep import restore as read

    found = Store(store)
    rows = read(found, file)
    _tell(f"{rows:,} rows of {file} are in {found.shown}",
          {"schema": "sanctions-checker/store-restore/1", "store": found.shown, "file": str(file), "rows": rows}, as_json)
    return 0


@click.command()
@click.option("--keep-nights", "keep", metavar="N", type=click.IntRange(min=1), required=True,
              help="Texts first seen in the last N nights stay, whatever they tell.")
@store_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/store-prune/1) to stdout.")
def prune(keep: int, store: str, as_json: bool) -> int:
    """Let go of old texts that belong to no case.

    The evidence of cases stays, as do all decisions, and the names, addresses and digests of all documents.
    """
    from checker.cases.upkeep import prune as let_go

    found = open_store(store)
    before = now().date() - dt.timedelta(days=keep)
    texts = let_go(found, before)
    _tell(f"{texts:,} texts first seen before {before} are gone from {found.shown}",
          {"schema": "sanctions-checker/store-prune/1", "store": found.shown, "before": before.isoformat(), "texts": texts}, as_json)
    return 0


def _tell(said: str, wire: dict[str, object], as_json: bool) -> None:
    from checker.cli.output import console, inert, write_json

    if as_json:
        write_json(wire)
    else:
        console().print(inert(said))
