"""``sanctions rules catalogue``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.setup import load_instruments, load_judge, rules_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from checker.judge.judge import Judge
    from checker.model.coverage import RuleCoverage

__all__ = ["catalogue"]


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@rules_option
@click.option("--no-coverage", is_flag=True, help="Leave out what the examples prove, which takes longest to find.")
def catalogue(directory: Path, rules: tuple[Path, ...], no_coverage: bool) -> int:
    """Write the catalogue of rules: a static site that opens from the folder, without network."""
    from checker import __version__
    from checker.errors import UsageError
    from checker.proof.reading import file_of
    from checker.report.catalogue import Catalogue, write_catalogue

    judge = load_judge(rules)
    base = judge.rulebase
    instruments = load_instruments()
    coverage = None if no_coverage else _coverage(judge, rules)
    sources = {rule.id: file_of(rule).read_text(encoding="utf-8-sig") for rule in base.tested}
    site = Catalogue(base.rules, base.exemptions, instruments.all, base.vocabulary, base.law_known_as_of, base.digest, __version__, sources,
                     coverage)
    try:
        pages = write_catalogue(directory, site)
    except OSError as wrong:
        raise UsageError(f"the catalogue cannot be written to {directory}: {wrong.strerror or wrong}") from wrong
    click.echo(f"{len(pages)} pages written. Open {directory / 'index.html'}")
    return 0


def _coverage(judge: Judge, rules: Sequence[Path]) -> dict[str, RuleCoverage]:
    """The coverage of every rule that is not retired, by id."""
    from checker.locator import rules_dir
    from checker.proof.many import cover_many, covered_rules

    chosen = covered_rules(judge.rulebase.tested)
    found = {}
    with _progress(len(chosen)) as step:
        for one in cover_many(judge, chosen, [rules_dir() / "un", *rules]):
            found[one.rule] = one
            step()
    return found


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("coverage", total=total)
        yield lambda: bar.advance(task)
