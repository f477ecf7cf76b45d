"""``sanctions report`` and ``sanctions gaps``: what nights left, and what they did not read."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.config_verbs import config_option
from checker.cli.lazy import LazyGroup
from checker.cli.night import load, read_night
from checker.cli.store_option import now
from checker.errors import UsageError

__all__ = ["fill", "gaps", "list_", "report"]

GAPS_SCHEMA = "sanctions-checker/gaps/1"
_HERE = "checker.cli.night_look"
VERBS: dict[str, tuple[str, str, str]] = {
    "list": (_HERE, "list_", "List the nights, and the sources of nights, that were not read."),
    "fill": (_HERE, "fill", "Read the sources again, so that what was missed is made up for."),
}


@click.command()
@config_option
@click.argument("night", required=False, metavar="[NIGHT]", callback=read_night)
@click.option("--json", "as_json", is_flag=True, help="Write the report itself (sanctions-checker/nightly/1) to stdout.")
def report(path: Path | None, night: str, as_json: bool) -> int:
    """Show the report of a night, by default of the newest, as text; its files are named on stderr.

    Files that are gone or damaged are written again by 'sanctions night --night NIGHT'.
    """
    import json

    from checker.cli.output import inert, write_json
    from checker.night.files import latest

    out = load(path).state.out
    chosen = night or latest(out).partition("/")[0]
    if not chosen:
        raise UsageError(f"there is no report in {out}; `sanctions night` makes one")
    numbers = sorted((int(p.name) for p in (out / chosen).glob("[0-9]*") if p.name.isdigit()), reverse=True)
    folder = next((out / chosen / str(n) for n in numbers if (out / chosen / str(n) / "report.json").is_file()), None)
    if folder is None:
        raise UsageError(f"there is no report of {chosen} in {out}; `sanctions night --night {chosen}` makes one, or makes it again")
    if as_json:
        write_json(json.loads((folder / "report.json").read_text(encoding="utf-8")))
    else:
        click.echo(inert((folder / "digest.txt").read_text(encoding="utf-8")), nl=False)
    click.echo(f"files: {folder}", err=True)
    return 0


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]}, subcommand_metavar="VERB [OPTIONS]")
def gaps() -> None:
    """List what nights did not read, and make up for it."""


@click.command("list")
@config_option
@click.option("--json", "as_json", is_flag=True, help=f"Write one JSON document ({GAPS_SCHEMA}) to stdout.")
def list_(path: Path | None, as_json: bool) -> int:
    """List the nights, and the sources of nights, that were not read."""
    import msgspec

    from checker.cli.output import inert, write_json
    from checker.cli.store_option import open_store
    from checker.night.status import status

    with open_store(load(path).state.store).begin() as connection:
        found = status(connection, now().date()).gaps
    if as_json:
        write_json({"schema": GAPS_SCHEMA, "gaps": msgspec.to_builtins(found)})
        return 0
    for gap in found:
        click.echo(inert(f"{gap.night}  {gap.source or 'no run'}  {'filled on ' + gap.filled if gap.filled else 'open'}"))
    if not found:
        click.echo("there are no gaps")
    return 0


@click.command()
@config_option
def fill(path: Path | None) -> int:
    """Read the sources again, so that what was missed is made up for.

    What they still have of the nights that were missed is first seen now, and so belongs to tonight's report, as late data. Ends with 4
    where gaps stay open: then the sources no longer have what was missed.
    """
    from checker.cli.night import run_night
    from checker.cli.store_option import open_store
    from checker.night.lock import hold
    from checker.night.status import status

    config, at = load(path), now()
    with hold(config.state.lock, at.isoformat(timespec="seconds")):
        result = run_night(config, "", at)
    with open_store(config.state.store).begin() as connection:
        found = status(connection, at.date()).gaps
    open_ = [gap for gap in found if not gap.filled]
    click.echo(f"{result.line if result else ''}\n{len(found) - len(open_)} filled, {len(open_)} open")
    return 4 if open_ else 0
