"""``sanctions languages lint``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.extractor_option import languages_option

if TYPE_CHECKING:
    from checker.extract.packlint.run import Report

__all__ = ["lint"]

_LEVELS = ("error", "warning", "info")
_STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan"}


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE|LANG]...")
@languages_option
@click.option("--select", multiple=True, metavar="CODES", help="Run only checks whose code begins so: L12,L131. A name does too.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Leave out checks whose code begins so.")
@click.option("--fail-on", type=click.Choice(_LEVELS), default="error", show_default=True,
              help="Exit with 1 if there is anything so grave or graver.")
@click.option("--explain", metavar="CODE", help="Print the page of one code and stop.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON document (sanctions-checker/languages-lint/1) to stdout.")
def lint(files: tuple[str, ...], languages: tuple[Path, ...], select: tuple[str, ...], ignore: tuple[str, ...], fail_on: str,
         explain: str | None, as_json: bool) -> int:
    """Check language packs: what does not load, and what loads but is wrong, doubtful or untidy.

    FILE is a pack or a folder of packs, LANG the code of one of ours. Without any of them the packs of --languages are looked at, or ours.

    \b
    sanctions languages lint my-languages
    sanctions languages lint en --select L12
    sanctions languages lint --explain L121
    """
    if explain:
        from checker.extract.packlint.pages import pages

        click.echo(pages().page(explain), nl=False)
        return 0
    from checker.extract.packlint.run import lint as run
    from checker.extract.packlint.table import CHECKS
    from checker.strictyaml.checks import select as choose
    from checker.vocabulary.vocabulary import default_vocabulary

    checks = choose(CHECKS, _codes(select), _codes(ignore))
    report = run(_paths(files, languages), default_vocabulary(), checks)
    _json(report) if as_json else _text(report)
    graver = _LEVELS[:_LEVELS.index(fail_on) + 1]
    return 1 if any(problem.severity in graver for problem in report.problems) else 0


def _codes(written: Sequence[str]) -> list[str]:
    return [code.strip() for text in written for code in text.split(",") if code.strip()]


def _paths(files: Sequence[str], folders: Sequence[Path]) -> list[Path]:
    """The packs that were named, each once."""
    from checker.cli.languages.chosen import ours
    from checker.cli.setup import hint
    from checker.errors import UsageError
    from checker.extract.pack import pack_files

    found: list[Path] = []
    for name in files:
        path = Path(name)
        named = [folder / f"{name}.yaml" for folder in (*folders, ours())]
        if path.is_dir():
            found += pack_files(path)
        elif path.is_file():
            found.append(path)
        elif any(one.is_file() for one in named):
            found.append(next(one for one in named if one.is_file()))
        else:
            raise UsageError(f"there is no file or pack {name!r}{hint(name, [one.stem for one in pack_files(ours())])}")
    for folder in () if files else folders or (ours(),):
        found += pack_files(folder)
    if not found:
        raise UsageError("there is no pack in what was named; packs end in .yaml")
    return list(dict.fromkeys(found))


def _json(report: Report) -> None:
    from checker.cli.output import write_json
    from checker.extract.packlint.table import BY_CODE

    write_json({"schema": "sanctions-checker/languages-lint/1", "files": report.files,
                "counts": {level: report.count(level) for level in _LEVELS},
                "issues": [p.to_wire() | {"width": p.width, "name": BY_CODE[p.code].name if p.code in BY_CODE else ""}
                           for p in report.problems]})


def _text(report: Report) -> None:
    from rich.text import Text

    from checker.cli.output import console
    from checker.extract.packlint.table import BY_CODE
    from checker.strictyaml.message import render

    out = console()
    for problem in report.problems:
        head, _, rest = render(problem).partition("\n")
        out.print(Text(head, style=_STYLE[problem.severity]), soft_wrap=True)
        if rest:
            out.print(rest, style="default", soft_wrap=True)
        out.print()
    counts = [f"{report.count(level)} {level if report.count(level) == 1 or level == 'info' else level + 's'}" for level in _LEVELS]
    out.print(f"{report.files} {'pack' if report.files == 1 else 'packs'}: {', '.join(counts)}.")
    codes = [problem.code for problem in report.problems if problem.code in BY_CODE]
    if codes:
        out.print(f"What a code means: sanctions languages lint --explain {codes[0]}", style="dim")
