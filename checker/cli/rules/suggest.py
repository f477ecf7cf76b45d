"""``sanctions rules suggest``: the examples that a rule lacks, drafted by the program and decided by a person."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.setup import hint, load_rules, rules_option
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.proof.reading import Author
    from checker.proof.suggesting import Question, Suggester

__all__ = ["suggest"]

_KEYS = "[y] right  [n] wrong  [s] skip  [e] edit the name  [q] quit"


@click.command()
@click.argument("rule_id", metavar="ID")
@rules_option
@click.option("--write-unconfirmed", is_flag=True,
              help="Without asking, write the drafts into the file with 'confirmed: false'; they count once somebody has agreed.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/rules-suggest/1) to stdout.")
def suggest(rule_id: str, rules: tuple[Path, ...], write_unconfirmed: bool, as_json: bool) -> int:
    """Draft the examples that a rule lacks, and ask about each.

    Each draft is the first example with something changed, and what the rule says of it now. On a terminal you are asked whether
    that is right; each answer is written at once. Elsewhere the drafts are printed, to be read by a person.
    """
    from checker.proof.reading import Author
    from checker.proof.suggesting import Suggester

    base = load_rules(rules)
    author = Author(base.get(rule_id), base)
    if not any(example.confirmed for example in author.rule.examples):
        raise UsageError(f"{rule_id} has no example yet: write one real event that should be flagged, or take one from a result with "
                         f"'sanctions rules example FINDING --rule {rule_id}'")
    suggester = Suggester(author)
    asking = sys.stdin.isatty() and sys.stdout.isatty() and not as_json and not write_unconfirmed
    if asking:
        _interview(author, suggester)
        return 0
    drafted = list(suggester.drafted())
    before = _coverage(author)
    if write_unconfirmed:
        for question in drafted:
            suggester.keep_unconfirmed(question)
    if as_json:
        from checker.cli.output import write_json

        write_json({"schema": "sanctions-checker/rules-suggest/1", "rule": rule_id, "path": author.rule.path, "written": write_unconfirmed,
                    "coverage": before, "drafts": [_row(question) for question in drafted]})
        return 0
    _print(author, drafted, write_unconfirmed, before)
    return 0


def _row(question: Question) -> dict[str, object]:
    example = question.example
    expect = example.expect if isinstance(example.expect, str) else dict(example.expect)
    return {"name": example.name, "but": dict(example.facts), "expect": expect, "says": question.says,
            "because": list(question.because), "why": question.why, "example": example.lines()[0]}


def _print(author: Author, drafted: Sequence[Question], written: bool, before: str) -> None:
    """The drafts as YAML on stdout, what to do with them on stderr."""
    from checker.cli.output import inert

    for question in drafted:
        click.echo("\n".join(f"  {inert(line)}" for line in question.example.lines()))
    count = f"{len(drafted)} draft{'' if len(drafted) == 1 else 's'}"
    if not drafted:
        says = "nothing to suggest: the examples show all that a draft could show"
    elif written:
        says = f"{count} written to {author.rule.path}. They count once confirmed: run this again at a terminal, or delete " \
               "'confirmed: false' from each that is right"
    else:
        says = f"{count}, nothing written. Read each; what is right goes into {author.rule.path} without 'confirmed: false'"
    click.echo(f"{inert(says)}\ncoverage of {author.rule.id}: {before}", err=True)


def _coverage(author: Author) -> str:
    from checker.proof.coverage import cover

    covered = cover(author.judge, author.rule, draft=False)
    return ", ".join(f"{level.level} {level.covered}/{level.total}" for level in covered.levels if level.total)


def _interview(author: Author, suggester: Suggester) -> None:
    """Ask about each draft; every answer is written before the next question."""
    from checker.cli.output import console, inert
    from checker.proof.reading import expected_by

    out = console()
    before, told = _coverage(author), {"y": 0, "n": 0, "s": 0}
    questions = list(suggester.questions())
    out.print(f"{author.rule.id}: {inert(author.rule.title)}", style="bold")
    first = author.rule.examples[0]
    out.print(f"The first example: {inert(first.name)} ({expected_by(author.rule, first.expect)}).")
    for number, question in enumerate(questions, 1):
        answer = _ask(suggester, question, f"{number} of {len(questions)}")
        if answer == "q":
            break
        told[answer] += 1
    out.print()
    if not questions:
        out.print("Nothing to suggest: the examples show all that a draft could show.")
    out.print(f"{told['y']} right, {told['n']} wrong, {told['s']} skipped.")
    out.print(f"coverage before: {before}\ncoverage now:    {_coverage(author)}")
    if told["n"]:
        out.print(f"'sanctions rules test {author.rule.id}' fails until the rule says what you expect of it.", style="bold")


def _ask(suggester: Suggester, question: Question, place: str) -> str:
    """One question, asked until it is answered: y, n, s or q."""
    from checker.cli.output import inert

    name = question.example.name
    click.echo(f"\n{click.style(place, dim=True)}  {inert(question.says)}")
    click.echo(f"The rule then says: {click.style(question.answer, bold=True)}{inert(_more(question))}.")
    for line in question.because:
        click.echo(f"  because {inert(line)}")
    if question.why:
        click.echo(f"  it would show: {inert(question.why)}")
    while True:
        click.echo(f"Name: {inert(name)}")
        answer = click.prompt(f"Is this right? {_KEYS}", type=click.Choice(["y", "n", "s", "e", "q"], case_sensitive=False),
                              show_choices=False, prompt_suffix=" > ").lower()
        if answer == "e":
            name = click.prompt("Name of the example", default=name).strip() or name
            continue
        if answer == "y":
            suggester.keep(question, name)
        elif answer == "n":
            label = _label(suggester)
            suggester.keep(question, name, label)
            click.echo(f"Written; the example expects '{label}', the rule says '{question.answer}'. The rule is to be changed.")
        return str(answer)


def _more(question: Question) -> str:
    """What else the example would expect: who is in breach, what is missing."""
    expect = question.example.expect
    stated = {} if isinstance(expect, str) else {key: value for key, value in expect.items() if key != "label"}
    told = [f"{key.replace('_', ' ')} {', '.join(map(str, value)) or 'nobody'}" if isinstance(value, list) else
            f"{key.replace('_', ' ')} {value}" for key, value in stated.items()]
    return f" ({'; '.join(told)})" if told else ""


def _label(suggester: Suggester) -> str:
    """The label that the person expects instead."""
    from checker.proof.reading import expectable

    names = expectable(suggester.author.rule, suggester.author.judge.vocabulary)
    while True:
        label = click.prompt(f"What should it say? ({', '.join(names)})", prompt_suffix=" > ").strip()
        if label in names:
            return str(label)
        click.echo(f"There is no such label{hint(label, names)}")
