"""Writes the help of every verb into ``cli.md``: ``python docs/reference/write_help.py``, or ``make help-pages``.

Each block that begins with ``$ sanctions ... --help`` gets what the program prints; all other words of the page are kept. The
sections stand in the order of the verbs; a verb without one gets one, for somebody to say more in it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click

from checker.cli.main import cli

PAGE = Path(__file__).resolve().parent / "cli.md"
SECTION = re.compile(r"^(?=##+ sanctions)", re.M)
BLOCK = re.compile(r"```console\n\$ (sanctions[^\n]*) --help\n.*?```\n", re.S)


def helped(words: list[str]) -> str:
    """The help of one verb, as it is printed 80 columns wide."""
    done = subprocess.run([sys.executable, "-m", "checker.cli.main", *words, "--help"], env=os.environ | {"COLUMNS": "80"},  # noqa: S603
                          capture_output=True, text=True, check=True)
    return done.stdout.rstrip()


def verbs(group: click.Command, names: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every verb below a group, itself first."""
    found = [names]
    if isinstance(group, click.Group):
        ctx = click.Context(group)
        for name in group.list_commands(ctx):
            command = group.get_command(ctx, name)
            if command is not None:
                found += verbs(command, (*names, name))
    return found


def block(words: str) -> str:
    return f"```console\n$ {words} --help\n{helped(words.split()[1:])}\n```\n"


def main() -> None:
    head, *parts = SECTION.split(PAGE.read_text(encoding="utf-8"))
    sections = {part.partition("\n")[0].lstrip("# "): part for part in parts}
    text = head
    for names in verbs(cli):
        words = " ".join(("sanctions", *names))
        section = sections.get(words, f"{'#' * (2 if len(names) < 2 else 3)} {words}\n\n{block(words)}")
        text += BLOCK.sub(lambda found: block(found[1]), section).rstrip() + "\n\n"
    PAGE.write_text(text.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
