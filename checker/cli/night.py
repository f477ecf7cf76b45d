"""``sanctions night``, ``status`` and ``send``: nights run and looked after."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.config_verbs import config_option
from checker.cli.store_option import now
from checker.errors import RuleBaseError, UsageError

if TYPE_CHECKING:
    from checker.night.config import Config
    from checker.night.run import NightResult, Site
    from checker.night.status import Status

__all__ = ["load", "night", "read_night", "run_night", "send", "status"]


def read_night(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str:
    """Option callback for a night, ``""`` where none is named."""
    try:
        return dt.date.fromisoformat(value).isoformat() if value else ""
    except ValueError as err:
        raise click.BadParameter(f"{value!r} is not a night: write 2026-11-21") from err


def load(path: Path | None) -> Config:
    """The settings.

    Raises:
        UsageError: they have mistakes; the text lists them.
    """
    import os

    from checker.night.config import load_config

    return load_config(path, os.environ)


@click.command()
@config_option
@click.option("--night", "night", metavar="D", callback=read_night, help="The night to run: a day (UTC). Left out, today.")
@click.option("--resume", is_flag=True, help="Go on with the night that was broken off last, and run no other.")
@click.option("--no-send", "no_send", is_flag=True, help="Queue the messages, but send none; 'sanctions send' does.")
@click.option("--verbose", "-v", is_flag=True, help="Say on stderr what each step does.")
def night(path: Path | None, night: str, resume: bool, no_send: bool, verbose: bool) -> int:
    """Run a night: read the sources, find and judge events, say what changed, write the report, send it.

    Run again, a night leaves the same files and sends nothing twice. One that was broken off goes on where it was.
    """
    from checker.night.lock import hold

    config, at = load(path), now()
    with hold(config.state.lock, at.isoformat(timespec="seconds")):
        result = run_night(config, night, at, resume=resume, send_now=not no_send, verbose=verbose)
    if result is None:
        click.echo("no night was broken off", err=True)
        return 0
    click.echo(result.line)
    click.echo(f"files: {result.folder}", err=True)
    for one in result.unsent:
        click.echo(f"not sent: {one.letter.channel}, {one.letter.night}: {one.error}", err=True)
    return result.exit_code


def run_night(config: Config, chosen: str, at: dt.datetime, *, resume: bool = False, send_now: bool = True,
              verbose: bool = False) -> NightResult | None:
    """Run a night under the lock; ``None`` where ``resume`` finds nothing to go on with."""
    from checker.night import ledger
    from checker.night.log import speaker
    from checker.night.run import NightRun
    from checker.night.site import open_site

    if not config.sources:
        raise UsageError("no sources are named: write [[sources]] into sanctions.toml, see docs/guides/nights.md")
    wanted, say = chosen or at.date().isoformat(), speaker(verbose)
    try:
        site = open_site(config)
    except RuleBaseError as err:
        from checker.night.failure import write_failure
        from checker.night.pages import write_nights
        from checker.night.site import open_store

        store = open_store(config)
        folder = write_failure(store, config.state.out, wanted, at, str(err).splitlines()[0])
        write_nights(store, config.state.out)
        click.echo(f"the night {wanted} failed, see {folder}", err=True)
        _sign(config, failed=True)
        raise
    if resume:
        with site.store.begin() as connection:
            open_ = [run["night"] for run in ledger.runs(connection) if run["state"] == ledger.RUNNING]
        if chosen and chosen not in open_:
            raise UsageError(f"the night {chosen} was not broken off")
        if not open_:
            return None
        wanted = chosen or open_[-1]
    result = NightRun(site, wanted, at, say).run(send=send_now)
    _measure(config, site, result)
    _sign(config, failed=result.state == ledger.FAILED)
    return result


def _sign(config: Config, *, failed: bool) -> None:
    """Tell a monitor that the night is over; where that cannot be done, say so."""
    from checker.cli.output import inert
    from checker.night.ping import ping

    why = ping(config.run.ping, failed=failed, private=config.run.ping_private) if config.run.ping else ""
    if why:
        click.echo(inert(f"no sign of life was given: {why}"), err=True)


def _measure(config: Config, site: Site, result: NightResult) -> None:
    if config.state.metrics is None:
        return
    from checker.night import ledger
    from checker.night.metrics import write_metrics
    from checker.night.status import status as stand

    with site.store.begin() as connection:
        found = stand(connection, dt.date.fromisoformat(result.night))
        finished = [run for run in ledger.runs(connection) if run["state"] in ledger.FINISHED]
    at = dt.datetime.fromisoformat(finished[-1]["record"]["started"]).timestamp() if finished else 0.0
    write_metrics(config.state.metrics, result, found, at)


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/status/1) to stdout.")
def status(path: Path | None, as_json: bool) -> int:
    """Say whether last night is done, fresh and complete, and what is missing or waits.

    Ends with 0 where all is well, 4 where a night is missing, partial, failed or broken off, 5 where only messages wait.
    """
    from checker.cli.output import write_json
    from checker.cli.store_option import open_store
    from checker.night.status import status as stand

    config, at = load(path), now()
    with open_store(config.state.store).begin() as connection:
        found = stand(connection, at.date())
    if as_json:
        write_json(found.to_wire())
    else:
        _show(found)
    return found.exit_code


def _show(found: Status) -> None:
    from checker.cli.output import inert
    from checker.report.nightly_words import STATES, counted

    if not found.night:
        click.echo("no night was run yet")
        return
    click.echo(f"last night: {found.night}, run {found.number}, {found.state}. {STATES.get(found.state, '')}")
    if found.late_days:
        click.echo(f"late: {counted(found.late_days, 'night')} since then {'was' if found.late_days == 1 else 'were'} not run")
    if found.published != found.night:
        click.echo(f"last report: {found.published or 'none'}")
    for one in found.broken_off:
        click.echo(f"broken off: {one}; go on with `sanctions night --resume`")
    open_ = [gap for gap in found.gaps if not gap.filled]
    click.echo(f"gaps: {len(open_)} open, {len(found.gaps) - len(open_)} filled")
    click.echo(f"messages: {len(found.waiting)} wait")
    for letter in found.waiting:
        click.echo(inert(f"  {letter.night} to {letter.channel}, {counted(letter.attempts, 'attempt')}: {letter.error or 'not tried yet'}"))
    click.echo(f"store: {counted(found.documents, 'document')}, {counted(found.cases, 'case')}")


@click.command()
@config_option
@click.option("--night", "night", metavar="D", callback=read_night, help="Only what waits of this night.")
@click.option("--now", "force", is_flag=True, help="Do not wait until the next attempt is due.")
@click.option("--dry-run", "dry_run", is_flag=True, help="Show what would be sent, and send nothing.")
@click.option("--give-up", "channel", metavar="CHANNEL", help="Send nothing; let go of what waits for this channel, for good.")
def send(path: Path | None, night: str, force: bool, dry_run: bool, channel: str | None) -> int:
    """Send what waits in the outbox. Ends with 5 where something could not be handed over.

    Each message has a key that is the same for the same news, by which its receiver knows what it has already.
    """
    from checker.cli.output import inert
    from checker.cli.store_option import open_store
    from checker.night.channels import route, sender
    from checker.night.lock import hold
    from checker.night.outbox import deliver, give_up, waiting

    config, at = load(path), now()
    store = open_store(config.state.store)
    if dry_run:
        with store.begin() as connection:
            letters = [letter for letter, _, _ in waiting(connection) if not night or letter.night == night]
        ways = {c.name: route(c) for c in config.channels}
        for letter in letters:
            click.echo(inert(f"to {letter.channel}: {letter.subject}"))
            click.echo(inert(f"as {ways.get(letter.channel, 'nothing: there is no such channel any more')}"))
            if letter.served:
                click.echo(inert(f"but not to {', '.join(letter.served)}, who took it already"))
            click.echo(inert(letter.text))
        return 0
    with hold(config.state.lock, at.isoformat(timespec="seconds")):
        if channel is not None:
            for letter in give_up(store, channel, night):
                click.echo(inert(f"given up: {letter.night} to {letter.channel}"))
            return 0
        sent = deliver(store, {c.name: sender(c) for c in config.channels}, at, force=force, night=night)
    for one in sent:
        click.echo(inert(f"{'not sent' if one.error else 'sent'}: {one.letter.night} to {one.letter.channel}"
                         f"{': ' + one.error if one.error else ''}"))
    if not sent:
        click.echo("nothing is due")
    return 5 if any(one.error for one in sent) else 0
