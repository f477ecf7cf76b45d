"""``sanctions rules watch``: lint, examples and coverage of a rule while it is written."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from checker.proof.watching import FileReport

__all__ = ["watch"]

_PAUSE = 0.15  # seconds between two looks at the files
_MOST = 12  # things shown of one kind; how many more there are is said


@click.command()
@click.argument("paths", nargs=-1, metavar="[DIR|FILE]...", type=click.Path(exists=True, path_type=Path))
@click.option("--once", is_flag=True, help="Report on every file once and stop; exit code 1 when something is wrong.")
def watch(paths: tuple[Path, ...], once: bool) -> int:
    """Lint, test and cover a rule each time its file is saved.

    Without DIR or FILE the rules that come with the program are watched. Only what was saved is read again. Of the coverage the fast
    part is shown: lines, exemptions, unknown facts; 'sanctions rules cover' also looks at dates, choices and mutants. Ctrl-C ends it.
    """
    from checker.cli.output import console
    from checker.locator import rules_dir
    from checker.proof.watching import Watcher

    watcher = Watcher(paths or (rules_dir() / "un",), dt.date.today().toordinal())
    out = console()
    reports = {report.path: report for report in (watcher.poll() if once else watcher.start())}
    if once:
        for report in reports.values():
            _show(out, report)
        out.print(_summary(reports.values()))
        return 0 if all(report.ok for report in reports.values()) else 1
    _screen(out, (), reports)
    try:
        while True:
            time.sleep(_PAUSE)
            changed = watcher.poll()
            if changed:
                for report in changed:
                    reports[report.path] = report
                    if report.gone:
                        del reports[report.path]
                _screen(out, changed, reports)
    except KeyboardInterrupt:
        return 0


def _screen(out: Console, changed: Sequence[FileReport], reports: dict[str, FileReport]) -> None:
    """One screen: what was saved in full, the other files that are not well in one line each."""
    out.clear()
    for report in changed:
        _show(out, report)
    others = [report for path, report in reports.items() if not report.ok and path not in {c.path for c in changed}]
    for report in others[:_MOST]:
        out.print(_line(report), style="red")
    _more(out, len(others))
    out.print(_summary(reports.values()), style="dim")
    out.print("Waiting for a file to be saved; Ctrl-C ends.", style="dim")


def _show(out: Console, report: FileReport) -> None:
    from checker.cli.output import inert
    from checker.strictyaml.message import render

    out.print(_line(report), style="green" if report.ok else "red")
    for problem in report.problems[:_MOST]:
        out.print(inert(render(problem)) + "\n")
    _more(out, len(report.problems))
    for result in report.failed[:_MOST]:
        out.print(inert(result.report()) + "\n")
    _more(out, len(report.failed))
    missing = report.coverage.missing if report.coverage else ()
    for one in missing[:_MOST]:
        out.print(inert(f"  {'✗' if one.severity == 'error' else '·'} {one!r}"))
    _more(out, len(missing))


def _more(out: Console, count: int) -> None:
    if count > _MOST:
        out.print(f"  ... and {count - _MOST} more")


def _line(report: FileReport) -> str:
    """``my-rules/xa-coal-export.yaml: 6 examples pass, 2 missing (31 ms)``."""
    from checker.cli.output import inert

    if report.gone:
        return inert(f"{report.path}: gone")
    parts = []
    errors = sum(problem.severity == "error" for problem in report.problems)
    if report.problems:
        parts.append(f"{errors} error{'' if errors == 1 else 's'}, {len(report.problems) - errors} to look at")
    if report.rule is not None:
        parts.append(f"{len(report.failed)} of {report.examples} examples fail" if report.failed else f"{report.examples} examples pass")
        if report.unconfirmed:
            parts.append(f"{report.unconfirmed} not confirmed")
        if report.coverage is not None:
            missing = len(report.coverage.missing)
            parts.append(f"{missing} missing" if missing else "every line, exemption and unknown fact has its example")
    return inert(f"{report.path}: {', '.join(parts)} ({report.seconds * 1000:.0f} ms)")


def _summary(reports: Iterable[FileReport]) -> str:
    known = list(reports)
    wrong = sum(not report.ok for report in known)
    return f"{len(known)} file{'' if len(known) == 1 else 's'}, {wrong} with something wrong."
