"""``sanctions rules new``: a rule file from six answers."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.setup import load_rules
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.proof.answers import Answers
    from checker.proof.scaffold import NewRule
    from checker.rulebase.loader import RuleBase
    from checker.strictyaml.loader import Parsed

__all__ = ["new"]

_TEMPLATE = """\
# Answers to the questions of 'sanctions rules new'. Lines with # are optional and show what is taken without them.
id: xa-coal-export                        # names the file, too
title: Exland may not export coal
regime: un-1718                           # 'sanctions rules list' shows them
# kind: prohibition                       # or duty, with `due: 2022-03-01` and perhaps `met_by: repatriation`
# severity: medium
# owner: nobody yet
act: transfer                             # 'sanctions rules find WORDS' shows the words of the vocabulary
goods: coal                               # leave it out where no goods pass
sides: {supplier: XA}                     # who is on which side: XA and XB are fictitious States, for invented examples
# bound: all_states
# breach_by: supplier
since: 2020-01-01                         # first day of the measure
authority: Training resolution para 1     # for a real one: UNSCR 1718 (2006) para 8(b)
says: no coal may leave Exland
link: https://example.org/
event: {act: shipment, goods: coal, supplier: XA, recipient: XB, date: 2021-05-03, report: reported}
event_name: a cargo of coal goes abroad
# source: the article or report, where the event is a real one
"""


@click.command()
@click.argument("rule_id", required=False, default="", metavar="[ID]")
@click.option("--rules", "folder", metavar="DIR", default="my-rules", show_default=True, type=click.Path(file_okay=False, path_type=Path),
              help="The folder to write to; it is made where it does not exist.")
@click.option("--answers", "answers_file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Take the answers from a YAML file instead of asking.")
@click.option("--template", is_flag=True, help="Print a file of answers to fill in, and stop.")
def new(rule_id: str, folder: Path, answers_file: Path | None, template: bool) -> int:
    """Write a new rule: six questions, then a file that loads, with its first examples.

    The rule is a draft that says what nobody has compared with the source yet. Exit code 1: written, but the rule does not flag the
    event that it should.
    """
    if template:
        click.echo(_TEMPLATE, nl=False)
        return 0
    if answers_file is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the questions are asked at a terminal; elsewhere give --answers FILE, as 'sanctions rules new --template' "
                         "prints one")
    base = load_rules((folder,) if folder.is_dir() and any(folder.rglob("*.yaml")) else ())
    if rule_id:
        _check_free(rule_id, folder, base)
    answers = _read(answers_file, rule_id, base) if answers_file else _ask(rule_id, folder, base)
    _check_free(answers.id, folder, base)
    return _write(answers, folder / f"{answers.id}.yaml", base)


def _check_free(rule_id: str, folder: Path, base: RuleBase) -> None:
    path = folder / f"{rule_id}.yaml"
    if path.exists():
        raise UsageError(f"{path} exists already; nothing was written")
    if any(rule.id == rule_id for rule in base.tested):
        raise UsageError(f"there is a rule {rule_id} already: {base.get(rule_id).path}; give the new one another id")


def _read(path: Path, rule_id: str, base: RuleBase) -> Answers:
    from checker.strictyaml.loader import parse_file

    return _understood(parse_file(path), rule_id, base)


def _ask(rule_id: str, folder: Path, base: RuleBase) -> Answers:
    from checker.cli.rules.interview import interview
    from checker.strictyaml.loader import parse

    return _understood(parse(interview(rule_id, base.vocabulary, lambda name: _check_free(name, folder, base)), "answers"), rule_id, base)


def _understood(parsed: Parsed, rule_id: str, base: RuleBase) -> Answers:
    from checker.proof.answers import read_answers
    from checker.strictyaml.message import render_all

    answers, problems = read_answers(parsed, base.vocabulary, rule_id)
    if answers is None:
        raise UsageError(render_all(problems))
    return answers


def _write(answers: Answers, path: Path, base: RuleBase) -> int:
    from checker.proof.append import create_file
    from checker.proof.scaffold import make_rule
    from checker.strictyaml.message import render_all

    made, problems = make_rule(answers, path, base, dt.date.today())
    if made is None:
        raise UsageError(f"the answers do not make a rule that loads; nothing was written:\n{render_all(problems)}")
    create_file(path, made.text)
    _tell(made, path)
    return 1 if made.failed else 0


def _tell(made: NewRule, path: Path) -> None:
    from checker.cli.output import inert

    failed = {result.example.name: result for result in made.failed}
    click.echo(inert(f"written: {path}, a draft with {len(made.rule.examples)} examples"))
    for example in made.rule.examples:
        click.echo(inert(f"  {'✗' if example.name in failed else '✓'} {example.expect.label}: {example.name}"))
    for result in made.failed:
        click.echo(inert(f"\n{result.report()}"), err=True)
    if failed:
        click.echo("\nThe rule does not say yet what it should: change its lines, or its examples.", err=True)
    click.echo(inert(f"\nNext: sanctions rules test {made.rule.id} --rules {path.parent}\n"
                     f"      sanctions rules suggest {made.rule.id} --rules {path.parent}\n"
                     "      compare each period with its source, then write yes under `verified` and `status: active`"), err=True)
