"""``sanctions rules lint``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.setup import read_day, rules_option
from checker.model.dates import DateRange

if TYPE_CHECKING:
    from checker.rulebase.lint.check import Issue
    from checker.rulebase.lint.run import Report
    from checker.strictyaml.checks import Check

__all__ = ["lint"]

_FORMATS = ("text", "json", "github", "sarif")
_LEVELS = ("error", "warning", "info")
_STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_MANY = 100
"""From so many files on, a terminal is shown how far the work is."""


@click.command()
@click.argument("targets", nargs=-1, metavar="[PATH|ID]...")
@rules_option
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, keep every comment, and say what was done.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True,
              help="How to write: for people, as one JSON document, as GitHub workflow commands, or as SARIF 2.1.0.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json (sanctions-checker/rules-lint/1).")
@click.option("--select", multiple=True, metavar="CODES", help="Run only checks whose code begins so: R12,R161. A name does too.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Leave out checks whose code begins so.")
@click.option("--on", callback=read_day, metavar="DATE", help="The day by which reviews and renewals are overdue (default: today).")
@click.option("--fail-on", type=click.Choice(_LEVELS), default="error", show_default=True,
              help="Exit with 1 if there is anything so grave or graver.")
@click.option("--explain", metavar="CODE", help="Print the page of one code and stop.")
def lint(targets: tuple[str, ...], rules: tuple[Path, ...], fix: bool, form: str, as_json: bool, select: tuple[str, ...],
         ignore: tuple[str, ...], on: DateRange | None, fail_on: str, explain: str | None) -> int:
    """Check rule files: what does not load, and what loads but is wrong, doubtful or untidy.

    Without PATH or ID all rules are looked at, ours and those of --rules.

    \b
    sanctions rules lint my-rules
    sanctions rules lint dprk-arms-export --format github
    sanctions rules lint --explain R121
    """
    if explain:
        return _explain(explain)
    import datetime as dt

    from checker.cli.rules.targets import find_targets
    from checker.rulebase.lint.table import CHECKS
    from checker.strictyaml.checks import select as choose

    chosen = find_targets(targets, rules)
    day = on.first if on else dt.date.today().toordinal()
    checks = choose(CHECKS, _codes(select), _codes(ignore))
    done = _fix(chosen.folders, day, chosen.only, checks) if fix else []
    report = _lint(chosen.folders, day, chosen.only, checks)
    if targets and not report.files and not report.issues:
        from checker.errors import UsageError

        raise UsageError("there is no rule file among what was named; rule files end in .yaml")
    _write(report, done, "json" if as_json else form)
    graver = _LEVELS[:_LEVELS.index(fail_on) + 1]
    return 1 if any(issue.problem.severity in graver for issue in report.issues) else 0


def _explain(code: str) -> int:
    from checker.rulebase.lint.pages import pages

    click.echo(pages().page(code), nl=False)
    return 0


def _codes(written: Sequence[str]) -> list[str]:
    return [code.strip() for text in written for code in text.split(",") if code.strip()]


def _lint(folders: Sequence[Path], day: int, only: Callable[[Path], bool] | None, checks: Sequence[Check]) -> Report:
    from checker.rulebase.lint.run import lint as run

    with _progress() as tell:
        return run(folders, day, only=None if only is None else lambda file: only(file.file), checks=checks, progress=tell)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error while many files are read, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("lint", total=None, visible=False)
        yield lambda number, total: bar.update(task, completed=number, total=total, visible=total >= _MANY)


def _fix(folders: Sequence[Path], day: int, only: Callable[[Path], bool] | None, checks: Sequence[Check]) -> list[dict[str, Any]]:
    """Mend the files; what was done, by file."""
    from checker.rulebase.edit import replace_file
    from checker.rulebase.lint.fix import fix_file
    from checker.rulebase.lint.run import open_base

    base, _ = open_base(folders, day)
    done: list[dict[str, Any]] = []
    for file in base.files:
        if (only is None or only(file.file)) and file.text:
            fixed = fix_file(file, base, checks)
            if fixed.done:
                replace_file(file.file, file.data, fixed.text)
                done.append({"path": file.path, "done": list(fixed.done)})
    return done


def _write(report: Report, done: list[dict[str, Any]], form: str) -> None:
    if form == "json":
        from checker.cli.output import write_json

        write_json({"schema": "sanctions-checker/rules-lint/1", "files": len(report.files),
                    "counts": {level: report.count(level) for level in _LEVELS}, "fixed": done,
                    "issues": [_wire(issue) for issue in report.issues]})
    elif form == "sarif":
        from checker.cli.output import write_json
        from checker.rulebase.lint.sarif import log

        write_json(log(report.issues))
    elif form == "github":
        from checker.rulebase.lint.github import command

        for issue in report.issues:
            click.echo(command(issue))
    else:
        _text(report, done)


def _wire(issue: Issue) -> dict[str, Any]:
    from checker.rulebase.lint.table import BY_CODE

    check = BY_CODE.get(issue.problem.code)
    return issue.problem.to_wire() | {"width": issue.problem.width, "name": check.name if check else "", "fixable": bool(issue.edits)}


def _text(report: Report, done: list[dict[str, Any]]) -> None:
    from rich.text import Text

    from checker.cli.output import console, inert
    from checker.strictyaml.message import render

    out = console()
    for file in done:
        for what in file["done"]:
            out.print(inert(f"{file['path']}:{what} (fixed)"), style="green")
    for issue in report.issues:
        head, _, rest = render(issue.problem).partition("\n")
        line = Text(head, style=_STYLE[issue.problem.severity])
        if out.is_terminal:
            _link(line, issue.problem.code)
        out.print(line, soft_wrap=True)
        if rest:
            out.print(rest, style="default", soft_wrap=True)
        out.print()
    counts = [f"{report.count(level)} {_word(level, report.count(level))}" for level in _LEVELS]
    fixable = sum(bool(issue.edits) for issue in report.issues)
    more = f" {fixable} can be mended with --fix." if fixable else ""
    out.print(f"{len(report.files)} files: {', '.join(counts)}.{more}")
    codes = [issue.problem.code for issue in report.issues if issue.problem.code.startswith("R")]
    if codes:
        out.print(f"What a code means: sanctions rules lint --explain {codes[0]}", style="dim")


def _word(level: str, number: int) -> str:
    return level if number == 1 or level == "info" else f"{level}s"


def _link(line: Any, code: str) -> None:
    """Make the code lead to its page, where the terminal can."""
    from checker.rulebase.lint.pages import pages
    from checker.rulebase.lint.table import BY_CODE

    at = line.plain.find(f"[{code}]")
    if code in BY_CODE and at >= 0:
        line.stylize(f"link {pages().path(code).resolve().as_uri()}", at + 1, at + 1 + len(code))
