"""``sanctions check``: the main job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.extractor_option import Choice, extractor_options
from checker.cli.lists_option import lists_option, load_screener
from checker.cli.mapping_option import load_table_mapping, mapping_option
from checker.cli.setup import (
    hint,
    load_judge,
    min_tier_option,
    nothing_read,
    paths_argument,
    published_option,
    rules_option,
    shadow_option,
)
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.model.dates import DateRange
    from checker.model.event import Tier
    from checker.model.run import Run
    from checker.pipeline.check import Progress
    from checker.vocabulary.labels import LabelTable
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["check"]

_BAR_FROM = 5  # files; fewer are done before a bar could be read


@click.command()
@paths_argument
@published_option
@rules_option
@click.option("--fail-on", "fail_on", metavar="LABEL", multiple=True,
              help="Exit with 1 when a finding has this label ('alleged violation'), or is flagged at all ('any'). Repeatable.")
@click.option("--all", "everything", is_flag=True, help="Show every rule for every event, also where it excuses or does not apply.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/findings/1) to stdout.")
@click.option("--html", "html", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write the report as one HTML file.")
@click.option("--report", "report", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
              help="Write the report in all its forms (HTML, Markdown, CSV, JSON) to a folder.")
@click.option("--catalogue", metavar="ADDRESS", default="",
              help="Link each rule in reports to its page in the catalogue: the address, or the path from the report.")
@min_tier_option
@shadow_option
@lists_option
@mapping_option
@extractor_options
def check(paths: tuple[str, ...], published: DateRange | None, rules: tuple[Path, ...], fail_on: tuple[str, ...], everything: bool,
          as_json: bool, html: Path | None, report: Path | None, catalogue: str, min_tier: Tier | None, shadow: bool,
          lists: tuple[str, ...], mapping: Path | None, extractor: Choice) -> int:
    """Find events in articles, judge them against the law of their day, show what deserves a reader.

    PATH is a text or HTML file, a folder, JSON Lines of documents (text, published, url, outlet, lang) or of events, a YAML
    file with an event, or - for standard input.
    """
    from checker.cli.output import write_json, write_problems
    from checker.cli.setup import event_reader
    from checker.pipeline.check import check as run_check
    from checker.pipeline.tiers import AtLeast
    from checker.sources.readers import read_inputs

    judge = load_judge(rules, shadow)
    vocabulary = judge.rulebase.vocabulary
    gate = _gate(fail_on, vocabulary.labels)
    screener = load_screener(lists)
    chosen = AtLeast(extractor.make(vocabulary, screener.names() if screener else ()), min_tier or "external")
    items = read_inputs(paths, event_reader(), published=published, mapping=load_table_mapping(mapping))
    with _progress(paths) as progress:
        run = run_check(items, judge, chosen, everything=everything, progress=progress, screener=screener)
    write_problems(run.problems)
    _write_reports(run, vocabulary, html, report, catalogue)
    if as_json:
        write_json(run.to_wire())
    else:
        from checker.cli.show import show_run

        show_run(run, vocabulary)
    if run.documents and all(d.status == "unreadable" for d in run.documents):
        raise nothing_read()
    return 1 if any(f.label in gate or ("any" in gate and f.flagged) for f in run.findings if not f.shadow) else 0


def _gate(fail_on: tuple[str, ...], labels: LabelTable) -> set[str]:
    known = {*labels.names, "any"}
    for name in fail_on:
        if name not in known:
            told = hint(name, sorted(known))
            raise UsageError(f"--fail-on: there is no label '{name}'{told} The labels are: any, {', '.join(labels.names)}")
    return set(fail_on)


def _write_reports(run: Run, vocabulary: Vocabulary, html: Path | None, report: Path | None, catalogue: str) -> None:
    """Write what was asked for, and say on stderr where it is."""
    from checker.report.text import safe_link

    if catalogue and not safe_link(catalogue):
        raise UsageError(f"--catalogue: {catalogue!r} is neither an http address nor a relative path")
    try:
        if html is not None:
            from checker.report.html import render_html

            html.parent.mkdir(parents=True, exist_ok=True)
            html.write_text(render_html(run, vocabulary, catalogue), encoding="utf-8", newline="\n")
            click.echo(f"report written: {html}", err=True)
        if report is not None:
            from checker.report.write import write_report

            for path in write_report(run, vocabulary, report, "report", catalogue).values():
                click.echo(f"report written: {path}", err=True)
    except OSError as err:
        raise UsageError(f"the report cannot be written to {err.filename}: {err.strerror}") from err


@contextmanager
def _progress(paths: tuple[str, ...]) -> Iterator[Progress | None]:
    """A bar on stderr, for many files and only on a terminal."""
    import sys

    from checker.sources.readers import expand

    if not sys.stderr.isatty():
        yield None
        return
    files = [found for found in expand(paths) if isinstance(found, str)]
    if len(files) < _BAR_FROM and not any(name.endswith((".jsonl", ".ndjson")) for name in files):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from checker.cli.output import inert

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        # The number of records in JSON Lines is not known before they are read: then the bar counts without an end.
        task = bar.add_task("checking", total=None if any(name.endswith((".jsonl", ".ndjson")) for name in files) else len(files))
        yield lambda name: bar.update(task, advance=1, description=inert(name)[-40:])
