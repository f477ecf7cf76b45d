"""``sanctions rules fmt``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from checker.strictyaml.problem import Problem

__all__ = ["fmt"]


@dataclass(frozen=True, slots=True)
class _Done:
    path: str
    before: str
    after: str
    problems: tuple[Problem, ...]

    @property
    def changed(self) -> bool:
        return self.before != self.after


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, allow_dash=True))
@click.option("--check", is_flag=True,
              help="Write nothing; name the files that are not in the canonical form, and exit with 1 if there are any.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/rules-fmt/1) to stdout.")
def fmt(paths: tuple[str, ...], check: bool, diff: bool, as_json: bool) -> int:
    """Put rule files into the canonical form: order of lines, spelling of words, spacing, quotes.

    Every comment is kept, and the rule says what it said before. Without PATH the rules that come with the program are looked at; with
    - the file is read from standard input and written to standard output.
    """
    if "-" in paths:
        return _pipe()
    from checker.cli.output import write_problems
    from checker.locator import rules_dir
    from checker.rulebase.files import rule_files

    results = list(_format(rule_files([Path(p) for p in paths] or [rules_dir() / "un"]), write=not (check or diff)))
    write_problems(problem for done in results for problem in done.problems)
    changed = [done for done in results if done.changed]
    if as_json:
        from checker.cli.output import write_json

        write_json({"schema": "sanctions-checker/rules-fmt/1", "files": len(results), "written": not (check or diff),
                    "changed": [done.path for done in changed], "problems": [p.to_wire() for done in results for p in done.problems]})
    else:
        _show(results, changed, check, diff)
    if any(p.severity == "error" for done in results for p in done.problems):
        return 3
    return 1 if check and changed else 0


def _format(files: Sequence[Path], *, write: bool) -> Iterator[_Done]:
    from checker.rulebase.edit import replace_file
    from checker.rulebase.fmt.format import format_parsed, is_rule_file
    from checker.rulebase.loader import YES_NO_UNDER, shown_path
    from checker.strictyaml.decode import decode
    from checker.strictyaml.loader import parse, parse_file
    from checker.vocabulary.vocabulary import default_vocabulary

    words = default_vocabulary()
    for path in files:
        name = shown_path(path)
        read = parse_file(path, shown_as=name, yes_no_under=YES_NO_UNDER)
        if read.node is None:
            yield _Done(name, "", "", tuple(read.problems))
            continue
        if not is_rule_file(read):  # a vocabulary, say, in the same folder
            continue
        data = path.read_bytes()
        text = decode(data, name)[0]
        done = format_parsed(parse(text, name, yes_no_under=YES_NO_UNDER), text, words)
        before = data.decode("utf-8")  # a byte order mark goes too
        after = before if done.problems else done.text
        if write and before != after:
            replace_file(path, data, after)
        yield _Done(name, before, after, done.problems)


def _pipe() -> int:
    from checker.cli.output import write_problems
    from checker.rulebase.fmt.format import format_text
    from checker.vocabulary.vocabulary import default_vocabulary

    done = format_text(sys.stdin.read(), "-", default_vocabulary())
    write_problems(done.problems)
    sys.stdout.write(done.text)
    return 3 if any(p.severity == "error" for p in done.problems) else 0


def _show(results: Sequence[_Done], changed: Sequence[_Done], check: bool, diff: bool) -> None:
    from checker.cli.output import console, inert

    out = console()
    for done in changed:
        if diff:
            import difflib

            after = f"{done.path} (canonical)"
            for line in difflib.unified_diff(done.before.splitlines(), done.after.splitlines(), done.path, after, lineterm=""):
                style = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "default")
                out.print(inert(line), style=style)
        else:
            out.print(inert(done.path))
    verb = "would be" if check or diff else "were"
    click.echo(f"{len(results)} files looked at, {len(changed)} {verb} changed.", err=True)
