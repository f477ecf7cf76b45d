"""The entry point: the table of verbs, and one place where every way to end gets its exit code.

Exit codes: 0 done · 1 a gate said no · 2 usage · 3 the rule base or the store does not load ·
4 a night is not complete · 5 a message was not handed over · 70 a bug of ours · 75 try again later · 130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

import click

from checker import __version__
from checker.cli.lazy import LazyGroup
from checker.errors import CheckerError

__all__ = ["VERBS", "cli", "main"]

VERBS: dict[str, tuple[str, str, str]] = {
    "check": ("checker.cli.check", "check",
              "Find events in articles, judge them against the law of their day, show what deserves a reader."),
    "extract": ("checker.cli.extract", "extract", "Show the events found in articles, without judging them."),
    "judge": ("checker.cli.judge", "judge", "Judge events that you describe: YAML files, JSON Lines, or - for standard input."),
    "explain": ("checker.cli.judge", "explain", "Show, line by line, why a rule matches an event or does not."),
    "replay": ("checker.cli.judge", "replay", "Reproduce findings from their receipts, and say what differs."),
    "law": ("checker.cli.law", "law", "Show which measures were in force on a day, with their authority and force."),
    "rules": ("checker.cli.rules", "rules", "List, show, write and test the rules."),
    "languages": ("checker.cli.languages", "languages", "List, test, explain, check and begin language packs."),
    "lists": ("checker.cli.lists", "lists", "Keep the sanctions list of the Council, look names up in it, and compare two of its days."),
    "night": ("checker.cli.night", "night",
              "Run a night: read the sources, find and judge events, say what changed, write the report, send it."),
    "status": ("checker.cli.night", "status", "Say whether last night is done, fresh and complete, and what is missing or waits."),
    "report": ("checker.cli.night_look", "report",
               "Show the report of a night, by default of the newest, as text; its files are named on stderr."),
    "gaps": ("checker.cli.night_look", "gaps", "List what nights did not read, and make up for it."),
    "send": ("checker.cli.night", "send", "Send what waits in the outbox. Ends with 5 where something could not be handed over."),
    "cases": ("checker.cli.cases", "cases", "List and show cases, and decide on them."),
    "store": ("checker.cli.store", "store", "Make, check, copy out, copy in and thin out the store of cases."),
    "config": ("checker.cli.config", "config", "Show and check the settings of nights: sanctions.toml and the environment."),
    "evaluate": ("checker.cli.evaluate", "evaluate", "Score extraction and verdicts on labelled articles, beside a naive baseline."),
    "schema": ("checker.cli.schema", "schema", "Print the JSON Schema of a format; without NAME, list the formats."),
}
"""Verb to its module, the name of its command there, and the line the overview shows (so that it need not import the module)."""

DEBUG = "SANCTIONS_DEBUG"


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]},
             subcommand_metavar="VERB [OPTIONS] [ARGS]")
@click.version_option(__version__, prog_name="sanctions")
@click.option("--debug", is_flag=True, help=f"Show the full traceback of an unexpected error (also with {DEBUG}=1).")
def cli(debug: bool) -> None:
    """Find events in news articles, judge them against UN Security Council measures as the law stood on the day of the event,
    and show what deserves a reader, with exact evidence. A flag is a reason to read, never a finding of guilt.

    \b
    sanctions check article.txt --published 2022-11-03
    sanctions VERB --help
    """
    if debug:
        os.environ[DEBUG] = "1"


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets an escape instead of a traceback.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        # Not click's own main(): it ends a broken pipe with 1, which here means that a gate said no.
        with cli.make_context("sanctions", list(sys.argv[1:] if args is None else args)) as ctx:
            code = cli.invoke(ctx)
        sys.stdout.flush()
        return int(code or 0)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as err:
        _show(err)
        return err.exit_code
    except (click.Abort, KeyboardInterrupt, EOFError):
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough. What is left in the buffer goes nowhere, quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CheckerError as err:
        _say(str(err))
        return err.exit_code
    except Exception as err:
        return _bug(err)


def _show(err: click.ClickException) -> None:
    from checker.cli.output import inert

    if isinstance(err, click.UsageError) and err.ctx is not None:
        click.echo(err.ctx.get_usage(), err=True)
        click.echo(f"Try '{err.ctx.command_path} --help'.\n", err=True)
    click.echo(f"error: {inert(err.format_message())}", err=True)


def _say(message: str) -> None:
    from checker.cli.output import inert

    click.echo(message if message.startswith("error") else f"error: {inert(message)}", err=True)


def _bug(err: Exception) -> int:
    from checker.cli.output import inert

    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exc()
    message = inert(f"{type(err).__name__}: {err}")
    click.echo(f"internal error: {message}", err=True)
    click.echo("This is a bug of the checker. Run again with 'sanctions --debug ...' and report what it prints.", err=True)
    return 70


if __name__ == "__main__":
    sys.exit(main())
