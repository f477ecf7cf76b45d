"""``sanctions rules cover``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.setup import load_judge, rules_option
from checker.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from checker.model.coverage import LevelName, Missing, RuleCoverage

__all__ = ["cover"]

_COLUMNS: tuple[tuple[str, LevelName], ...] = (
    ("lines", "condition"), ("dates", "boundary"), ("exemptions", "exemption"), ("unknown", "unknown"), ("choices", "choice"),
    ("mutants", "mutation"))


@click.command()
@click.argument("rule_ids", nargs=-1, metavar="[ID]...")
@rules_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/rules-cover/1) to stdout.")
@click.option("--html", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write a page as well.")
@click.option("--fail-under", metavar="N", type=click.FloatRange(0, 100), help="Fail, too, where less than N per cent is covered in all.")
@click.option("--jobs", metavar="N", type=click.IntRange(1),
              help="Processes to use; without it one, or one for each processor where the rules are many.")
def cover(rule_ids: tuple[str, ...], rules: tuple[Path, ...], as_json: bool, html: Path | None, fail_under: float | None,
          jobs: int | None) -> int:
    """Show what the examples prove of each rule, and the examples that are missing.

    A line of a rule is covered when an example would come out differently without it. Exit code 1: a rule in use fails a gate of
    severity error (rules/coverage.yaml). Warnings are printed for the rules that are named.
    """
    from checker.model.coverage import total_percent

    found = _cover(rule_ids, rules, jobs or 0)
    percent = total_percent(found)
    if html:
        from checker.report.cover import render_cover

        try:
            html.write_text(render_cover(found), encoding="utf-8")
        except OSError as err:
            raise UsageError(f"the page cannot be written to {html}: {err.strerror}") from err
    if as_json:
        from checker.cli.output import write_json
        from checker.model.coverage import COVERAGE_SCHEMA

        write_json({"schema": COVERAGE_SCHEMA, "percent": round(percent, 1), "passed": all(one.passed for one in found),
                    "rules": [one.to_wire() for one in found]})
    else:
        _print(found, percent, bool(rule_ids))
    return 1 if any(not one.passed for one in found) or (fail_under is not None and percent < fail_under) else 0


def _cover(rule_ids: tuple[str, ...], rules: tuple[Path, ...], jobs: int) -> list[RuleCoverage]:
    from checker.locator import rules_dir
    from checker.proof.many import cover_many, covered_rules

    judge = load_judge(rules)
    chosen = [judge.rulebase.get(rule_id) for rule_id in rule_ids] or covered_rules(judge.rulebase.tested)
    found = []
    with _progress(len(chosen)) as step:
        for one in cover_many(judge, chosen, [rules_dir() / "un", *rules], jobs):
            found.append(one)
            step()
    return found


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, on a terminal only."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("cover", total=total)
        yield lambda: bar.advance(task)


def _print(found: Sequence[RuleCoverage], percent: float, named: bool) -> None:
    from checker.cli.output import console

    out = console()
    _table(out, found)
    for one in found:
        _missing(out, one, one.missing if named else one.uncovered if one.gated else ())
    failing = sum(not one.passed for one in found)
    warned = sum(len(one.missing) - len(one.uncovered) for one in found)
    drafts = sum(one.unconfirmed for one in found)
    out.print(f"{_count(len(found), 'rule')}, {failing} below a gate, {percent:.1f} % covered.")
    if warned and not named:
        out.print(f"{_count(warned, 'warning')}; name a rule to see its own.")
    if drafts:
        out.print(f"{_count(drafts, 'example')} not confirmed: such examples count for nothing.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _table(out: Console, found: Sequence[RuleCoverage]) -> None:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("rule", no_wrap=True)
    for title, _ in _COLUMNS:
        table.add_column(title, justify="right")
    table.add_column("gate")
    for one in found:
        cells = [_cell(one, level) for _, level in _COLUMNS]
        table.add_row(one.rule, *cells, _gate(one), style="" if one.passed else "bold")
    out.print(table)


def _cell(one: RuleCoverage, level: LevelName) -> str:
    found = one.level(level)
    return f"{found.covered}/{found.total}" if found.total else "-"


def _gate(one: RuleCoverage) -> str:
    if not one.levels:
        return one.status
    if not one.gated:
        return f"none ({one.status})"
    return "passed" if one.passed else "failed"


def _missing(out: Console, one: RuleCoverage, missing: Sequence[Missing]) -> None:
    """The missing examples of one rule; what one draft would show stands together above it."""
    from rich.padding import Padding
    from rich.text import Text

    from checker.cli.output import inert

    if not missing:
        return
    out.print(f"\n{one.rule}  {one.path}", style="bold")
    for example in dict.fromkeys(m.example for m in missing):
        served = [m for m in missing if m.example == example]
        for (place, _), alike in _alike(one, served).items():
            sign, more = ("!" if alike[0].severity == "error" else "·"), len(alike) - 1
            others = f" (and {more} more change{'s' if more > 1 else ''} here)" if more else ""
            out.print(Padding(Text(inert(f"{sign} {place}  {alike[0].says}{others}")), (0, 0, 0, 2), expand=False))
        if example:
            out.print(Text(inert(f"  {example}"), style="green"), soft_wrap=True)


def _alike(one: RuleCoverage, missing: Sequence[Missing]) -> dict[tuple[str, str], list[Missing]]:
    """What is missing by place in the file; of the changes of one line that survive, the first stands for all."""
    found: dict[tuple[str, str], list[Missing]] = {}
    for m in missing:
        found.setdefault((m.where.removeprefix(f"{one.path}:"), m.level if m.level == "mutation" else m.says), []).append(m)
    return found
