"""``sanctions config show`` and ``check``."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.night.config import Reading

__all__ = ["check", "config_option", "show"]

F = TypeVar("F", bound=Callable[..., Any])


def config_option(verb: F) -> F:
    """The option ``--config FILE``."""
    return click.option("--config", "path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
                        help="The settings; left out, SANCTIONS_CONFIG, or sanctions.toml in this folder.")(verb)


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/config/1) to stdout.")
def show(path: Path | None, as_json: bool) -> int:
    """Show every setting with its value and where it is from.

    A value is from the file (with its line), from a variable of the environment, or a default. Secrets are never shown.
    """
    from checker.cli.output import console, inert, write_json, write_problems
    from checker.night.config import read_config
    from checker.night.config_show import rows
    from checker.strictyaml.message import render_all

    reading = read_config(path, os.environ)
    if reading.config is None:
        raise UsageError(render_all(reading.problems))
    write_problems(reading.problems)
    found = list(rows(reading.config, reading))
    if as_json:
        write_json({"schema": "sanctions-checker/config/1", "file": reading.source.path if reading.source.text else "",
                    "settings": [row.to_wire() for row in found]})
        return 0
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("setting", "value", "from"):
        table.add_column(title, overflow="fold")
    for row in found:
        table.add_row(inert(row.key), inert(row.shown), inert(row.origin))
    console().print(table)
    return 0


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/config-check/1) to stdout.")
def check(path: Path | None, as_json: bool) -> int:
    """Check the settings: every mistake with its place, and what they name and is not there.

    Paths are looked at; addresses are not asked. The exit code is 1 where there is an error.
    """
    from checker.cli.output import write_json, write_problems
    from checker.night.config import read_config
    from checker.night.config_check import reachable

    reading = read_config(path, os.environ)
    problems = [*reading.problems, *(reachable(reading.config, reading) if reading.config else ())]
    failed = any(problem.severity == "error" for problem in problems)
    if as_json:
        write_json({"schema": "sanctions-checker/config-check/1", "ok": not failed, "problems": [p.to_wire() for p in problems]})
    else:
        write_problems(problems)
        click.echo(_summary(reading, failed), err=failed)
    return int(failed)


def _summary(reading: Reading, failed: bool) -> str:
    from checker.cli.output import inert

    where = reading.source.path if reading.source.text else "the defaults (there is no file)"
    if failed or reading.config is None:
        return inert(f"{where}: mend what is told above")
    sources, channels = len(reading.config.sources), len(reading.config.channels)
    return inert(f"{where}: in order, {sources} source{'s'[:sources != 1]}, {channels} channel{'s'[:channels != 1]}")
