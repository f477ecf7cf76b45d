"""``sanctions rules example``: an event of a result becomes an example of its rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.setup import event_reader, hint, load_rules, rules_option
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.model.event import Event
    from checker.model.finding import Finding
    from checker.proof.reading import Author
    from checker.proof.real import RealEvent
    from checker.proof.written import NewExample
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["example"]


@click.command()
@click.argument("path", metavar="FINDING", type=click.Path(exists=True, dir_okay=False))
@click.option("--finding", "finding_id", metavar="ID", default="", help="Which finding of the file: its id, or the beginning of it.")
@click.option("--rule", "rule_id", metavar="ID", default="", help="Which rule: one of a finding, or another that should have flagged it.")
@click.option("--expect", metavar="LABEL", default="", help="What the rule should say, where that is not what it says now.")
@click.option("--name", metavar="TEXT", default="", help="The name of the example; it says what is special about it.")
@click.option("--but", "changes", metavar="FACT=VALUE", multiple=True,
              help="Change a fact, for a near miss (unknown: leave it out). May be given several times.")
@rules_option
@click.option("--dry-run", is_flag=True, help="Show the example and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/rules-example/1) to stdout.")
def example(path: str, finding_id: str, rule_id: str, expect: str, name: str, changes: tuple[str, ...], rules: tuple[Path, ...],
            dry_run: bool, as_json: bool) -> int:
    """Make an event of a result an example of its rule.

    FINDING is a findings document, a finding or a receipt as --json wrote it. Expecting the label clear records that a reader calls the
    finding wrong: the example then fails until the rule is mended.
    """
    from checker.cli.output import inert, write_json
    from checker.proof.append import with_example
    from checker.proof.reading import Author, said_of
    from checker.proof.real import make_example, read_change

    base = load_rules(rules)
    real, rule_id = _choose(path, finding_id, rule_id)
    author = Author(base.get(rule_id), base)
    _check_label(expect, author)
    change = dict(read_change(pair) for pair in changes)
    reader = event_reader()
    new, event = make_example(real, author.rule, reader, change, name or _name_of(event_of(real), base.vocabulary), expect or "clear")
    _refuse_duplicate(author, event)
    finding = author.judge.explain(event, rule_id)
    says = said_of(author.rule, finding)
    if not expect:
        new = replace(new, expect=says)
    text = with_example(author.file.text, new)
    line = text[:text.rindex(new.lines()[0][2:])].count("\n") + 1
    if not dry_run:
        author.save(text, new)
    if as_json:
        write_json({"schema": "sanctions-checker/rules-example/1", "rule": rule_id, "path": author.rule.path, "line": line,
                    "name": new.name, "example": "\n".join(new.lines()), "expect": new.expect, "says": says, "passed": says == new.expect,
                    "written": not dry_run})
        return 0
    click.echo("\n".join(inert(line) for line in new.lines()))
    for says in _notes(author, event, finding, new, None if dry_run else line):
        click.echo(inert(says), err=True)
    return 0


def event_of(real: RealEvent) -> Event:
    """The event alone, as the sentence of an example tells it: without voices and names of the article."""
    import msgspec

    from checker.model.claim import Claim

    return msgspec.structs.replace(real.event, claims=(Claim(real.event.report),), names={}, evidence=(), assumed=())


def _name_of(event: Event, vocabulary: Vocabulary) -> str:
    from checker.vocabulary.sentences import sentence

    return sentence(event, "", vocabulary).rstrip(".")


def _choose(path: str, finding_id: str, rule_id: str) -> tuple[RealEvent, str]:
    """The event meant, and the rule whose example it becomes."""
    from checker.cli.output import write_problems
    from checker.cli.results import read_results
    from checker.proof.real import real_events

    wire = read_results(path)
    if wire is None:
        raise UsageError(f"{path} is no findings document, finding or receipt; give what 'sanctions check --json' wrote")
    events, problems = real_events(wire, event_reader())
    write_problems(problems)
    found = [one for one in events if (one.id or one.event.id).startswith(finding_id)] if finding_id else events
    if rule_id:
        found = [one for one in found if one.rule == rule_id] or _without_repeats(found)
    elif any(one.rule for one in found):
        found = [one for one in found if one.rule]
    if not found:
        raise UsageError(f"{path} has no finding that begins with {finding_id!r}" if finding_id else f"{path} holds no event")
    if len(found) > 1 or not (rule_id or found[0].rule):
        raise UsageError(_list(path, found, bool(rule_id)))
    return found[0], rule_id or found[0].rule


def _without_repeats(found: Sequence[RealEvent]) -> list[RealEvent]:
    kept: list[RealEvent] = []
    for one in found:
        if all(one.event != other.event for other in kept):
            kept.append(one)
    return kept


def _list(path: str, found: Sequence[RealEvent], ruled: bool) -> str:
    rows = [f"  {(one.id or one.event.id)[:16]:<16}  {one.rule or 'no rule'}: {one.sentence or one.source}" for one in found]
    ask = "choose one with --finding ID" + ("" if ruled else ", or name a rule with --rule ID")
    return "\n".join([f"{path} holds {len(found)} event{'s' if len(found) > 1 else ''}; {ask}", *rows])


def _check_label(label: str, author: Author) -> None:
    from checker.proof.reading import expectable

    names = expectable(author.rule, author.judge.vocabulary)
    if label and label not in names:
        raise UsageError(f"there is no label {label!r}{hint(label, names)} The labels are {', '.join(names)}")


def _refuse_duplicate(author: Author, event: Event) -> None:
    from checker.proof.reading import expected_by
    from checker.proof.real import same_example

    same = same_example(event, author.rule.examples)
    if same is not None:
        raise UsageError(f"{author.rule.id} has an example of the same facts already:\n"
                         f"{same.mark}: {same.name} (expects {expected_by(author.rule, same.expect)})\nnothing was written")


def _notes(author: Author, event: Event, finding: Finding, new: NewExample, line: int | None) -> list[str]:
    """Where it stands, and whether it passes; if not, what to change in the rule."""
    from checker.proof.reading import said_of
    from checker.proof.reasons import held_lines, nearest_way

    said = [f"written to {author.rule.path}:{line}" if line else "nothing written (--dry-run)"]
    answer = said_of(author.rule, finding)
    if answer == new.expect:
        return [*said, f"the rule says '{answer}', as the example expects"]
    said.append(f"the rule says '{answer}', the example expects '{new.expect}': it fails until the rule is mended")
    if finding.flagged:
        held = held_lines(author.judge, event, author.rule.id)
        said += ["without one of these lines it would not be flagged:", *(f"  {node.where}  {node.text}" for node in held)]
    else:
        said.append(f"  {nearest_way(author.judge, event, author.rule.id)}")
    return said
