"""``sanctions rules diff``."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.setup import rules_option
from checker.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from checker.model.event import Event
    from checker.proof.changes import Change
    from checker.proof.diff import EventPair, RuleDiff, RulesDiff, What
    from checker.proof.version import Version
    from checker.strictyaml.problem import Problem

__all__ = ["diff"]

_SHOWN = 25  # changes or events of one rule or file in the terminal; --json has all
_LONG = 100  # characters of a value in the terminal
_BAR_FROM = 2000  # events; fewer are judged before a bar could be read
_WHAT: dict[What, str] = {"added": "added", "removed": "removed", "changed": "changed", "unread": "the older file has errors",
                          "words": "only words or examples changed", "same": "no change of meaning"}


@click.command()
@click.argument("against", metavar="[REV|DIR]", default="HEAD")
@click.option("--events", "events", metavar="FILE", multiple=True, type=click.Path(exists=True, dir_okay=False),
              help="Events to judge by both versions: JSON Lines, YAML or a findings document. Repeatable. "
                   "Without it: the examples of both versions.")
@rules_option
@click.option("--shadow", is_flag=True, help="Judge rules on trial (status: shadow) as if they were active, in both versions.")
@click.option("--fail-on-change", is_flag=True, help="Exit with 1 when anything may flag, name or cite otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/rules-diff/1) to stdout.")
def diff(against: str, events: tuple[str, ...], rules: tuple[Path, ...], shadow: bool, fail_on_change: bool,
         as_json: bool) -> int:
    """Compare the rules as they are with an earlier version: what is written otherwise, and which events come out otherwise.

    The earlier version is a git revision (default: HEAD) or another folder of rules. Its vocabulary counts, too.
    """
    from checker.cli.output import write_json, write_problems
    from checker.proof.diff import compare, example_events
    from checker.proof.version import version_now

    new = replace(version_now(rules), shadow=shadow)
    with tempfile.TemporaryDirectory(prefix="sanctions-diff-") as work:
        old = replace(_old(against, Path(work), rules), shadow=shadow)
        write_problems(old.problems)
        pairs, problems = _read_events(events, old, new) if events else example_events(old, new)
        write_problems(problems)
        if events and not pairs:
            raise UsageError("none of the events could be read by both versions")
        with _progress(len(pairs)) as step:
            found = compare(old, new, pairs, step)
    if as_json:
        write_json(found.to_wire())
    else:
        _show(found, bool(events))
    return 1 if fail_on_change and found.changed else 0


def _old(against: str, work: Path, rules: tuple[Path, ...]) -> Version:
    from checker.proof.version import version_in_folder, version_in_git

    folder = Path(against)
    if folder.is_dir():
        return version_in_folder(folder, work, beside_ours=bool(rules))
    return version_in_git(against, work, rules)


def _read_events(paths: Sequence[str], old: Version, new: Version) -> tuple[list[EventPair], list[Problem]]:
    """The events of files, read with the words of today, and where today cannot read them, of then."""
    from checker.cli.judge import events_of
    from checker.proof.diff import reread_events
    from checker.vocabulary.events import EventReader

    problems: list[Problem] = []
    found: dict[str, tuple[str, Event, bool]] = {}
    for version in (new, old):
        reader = EventReader(version.rulebase.vocabulary)
        for path in paths:
            events, told = events_of(path, reader)
            for number, event in enumerate(events, 1):
                found.setdefault(f"{path} {event.id or number}", (event.id or f"{path}#{number}", event, version is new))
            problems += told if version is new else ()
        if old.rulebase.vocabulary.digest == new.rulebase.vocabulary.digest:
            break
    pairs, told = reread_events(found.values(), old, new)
    return pairs, problems + told


@contextmanager
def _progress(events: int) -> Iterator[Callable[[], None] | None]:
    import sys

    if events < _BAR_FROM or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("judging", total=events)
        yield lambda: bar.advance(task)


def _show(found: RulesDiff, given: bool) -> None:
    from checker.cli.output import console, inert
    from checker.proof.diff import SAYS

    out = console()
    for words in found.words:
        out.print(inert(f"vocabulary {words.file}: changed"), style="bold")
        _show_changes(out, words.changes)
        out.print()
    for rule in found.rules:
        events = Counter(event.op for event in rule.events)
        told = ", ".join(f"{count} {op}" for op, count in sorted(events.items()))
        says = f"; {SAYS[rule.verdict]}" + (f" ({told})" if told else "") if rule.what != "same" or told else ""
        out.print(inert(f"{rule.rule}: {_what(rule)}{says}"), style="bold")
        _show_changes(out, rule.changes if rule.what not in ("added", "removed") else ())
        _show_events(out, rule)
        out.print()
    kinds = Counter(rule.what for rule in found.rules)
    told = ", ".join(f"{kinds[what]} {says}" for what, says in _WHAT.items() if kinds[what]) or "no rule differs"
    many = "" if len(found.words) == 1 else "s"
    vocabulary = f"{len(found.words)} vocabulary file{many} changed" if found.words else "the same vocabulary"
    source = "events" if given else "examples"
    out.print(inert(f"Now against {found.old}: {told}; {vocabulary}; {found.judged} {source} judged by both."))


def _what(rule: RuleDiff) -> str:
    return _WHAT[rule.what] + (f" through {', '.join(rule.through)}" if rule.through else "")


def _show_changes(out: Console, changes: Sequence[Change]) -> None:
    from checker.cli.output import inert

    for change in changes[:_SHOWN]:
        was, now = (_cut(value) if value else "nothing" for value in (change.was, change.now))
        places = " → ".join(filter(None, (change.was_at, change.now_at)))
        out.print(inert(f"  {change.part}: {was} → {now}  {places}"))
    if len(changes) > _SHOWN:
        out.print(f"  and {len(changes) - _SHOWN} more changes: see --json", style="dim")


def _show_events(out: Console, rule: RuleDiff) -> None:
    from checker.cli.output import inert

    for event in rule.events[:_SHOWN]:
        labels = f"{event.was or 'not judged'} → {event.now or 'not judged'}" if event.was != event.now else event.now
        out.print(inert(f"  {event.op}: {event.event} ({labels})"))
        out.print(inert(f"    {event.why}  {' → '.join(filter(None, (event.was_at, event.now_at)))}"), style="dim")
    if len(rule.events) > _SHOWN:
        out.print(f"  and {len(rule.events) - _SHOWN} more events: see --json", style="dim")


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else text[:_LONG] + "…"
