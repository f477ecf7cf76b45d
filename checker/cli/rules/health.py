"""``sanctions rules health``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.setup import load_rules, nothing_read, read_day, rules_option

if TYPE_CHECKING:
    from checker.model.dates import DateRange
    from checker.proof.health import Health, Reading, RuleHealth
    from checker.strictyaml.problem import Problem

__all__ = ["health"]

_LIMIT = 200_000_000  # bytes of one document


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FINDINGS...", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", "on", metavar="DATE", callback=read_day, help="The day reviews and renewals are compared with; default: today.")
@click.option("--noisy-share", type=click.FloatRange(0, 100), default=40, show_default=True, metavar="PERCENT",
              help="A rule is noisy from this share of all flagged findings ...")
@click.option("--noisy-times", type=click.FloatRange(min=1), default=5, show_default=True, metavar="N",
              help="... or from so many times the findings of the middle rule ...")
@click.option("--noisy-from", type=click.IntRange(min=1), default=10, show_default=True, metavar="N",
              help="... but never below so many findings.")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/rules-health/1) to stdout.")
def health(paths: tuple[Path, ...], on: DateRange | None, noisy_share: float, noisy_times: float, noisy_from: int, rules: tuple[Path, ...],
           as_json: bool) -> int:
    """Show how the rules fare in use: silent ones, noisy ones, those in doubt, those to be looked at again.

    FINDINGS are documents that 'sanctions check --json' wrote, one a run.
    """
    from checker.cli.output import write_json, write_problems
    from checker.proof.health import Limits
    from checker.proof.health import health as look_at

    base = load_rules(rules)
    readings, problems = _read(paths)
    day = on.first_day if on else dt.date.today()  # the only place that asks what day it is
    found, more = look_at(readings, base, day.isoformat(), Limits(noisy_share, noisy_times, noisy_from))
    write_problems(problems + more)
    if not readings:
        raise nothing_read()
    if as_json:
        write_json(found.to_wire() | {"problems": [p.to_wire() for p in problems + more]})
    else:
        _show(found, len(problems + more))
    return 0


def _read(paths: tuple[Path, ...]) -> tuple[list[Reading], list[Problem]]:
    from checker.proof.health import read_run
    from checker.strictyaml.problem import Problem

    readings: list[Reading] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            with path.open("rb") as stream:
                data = stream.read(_LIMIT + 1)
        except OSError as err:
            problems.append(Problem(str(path), 0, 0, "unreadable", f"the file cannot be read: {err.strerror}", "look at its permissions"))
            continue
        if len(data) > _LIMIT:
            problems.append(Problem(str(path), 0, 0, "too-large", f"the document is larger than {_LIMIT:,} bytes and was not read",
                                    "give the documents of smaller runs"))
            continue
        reading, told = read_run(str(path), data)
        problems += told
        readings += [reading] if reading is not None else []
    return readings, problems


def _show(found: Health, problems: int) -> None:
    from checker.cli.output import console, inert

    out = console()
    wide = max([len(rule.rule) for rule in found.rules] + [4])
    out.print(f"{'rule':<{wide}}  {'status':<12}  {'runs':>7}  {'flagged':>7}  {'share':>6}  labels", style="bold")
    for rule in found.rules:
        share = f"{rule.share:.0f} %" if rule.flagged else ""
        runs = f"{rule.runs}/{found.runs}"
        out.print(inert(f"{rule.rule:<{wide}}  {rule.status:<12}  {runs:>7}  {rule.flagged:>7}  {share:>6}  {_labels(rule)}").rstrip())
        if rule.notes:
            out.print(inert(f"{'':<{wide}}  {'; '.join(rule.notes)}"), style="yellow")
    out.print()
    out.print("what to do" if found.tasks else "Nothing to do.", style="bold")
    alike: dict[tuple[str, str], list[str]] = {}
    for task in found.tasks:
        alike.setdefault((task.note, task.says), []).append(task.rule)
    for number, ((note, says), rules) in enumerate(alike.items(), 1):
        out.print(inert(f"{number:>3}. {note}: {', '.join(rules)}: {says}"))
    damaged = f", {problems} problem{'' if problems == 1 else 's'} (above)" if problems else ""
    out.print(f"{found.runs} run{'' if found.runs == 1 else 's'}, {len(found.rules)} rules, as of {found.on}{damaged}.")


def _labels(rule: RuleHealth) -> str:
    told = [f"{count} {label}" for label, count in rule.labels.items()]
    return ", ".join(told + ([f"would have flagged {rule.would_flag}"] if rule.would_flag is not None else []))
