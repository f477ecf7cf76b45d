"""What every verb shares in writing: data to stdout, the rest to stderr, hostile characters made inert."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from checker.strictyaml.problem import Problem

__all__ = ["console", "inert", "write_json", "write_json_line", "write_problems"]

# What a terminal would obey and JSON need not escape: delete and C1 controls, separators, turners of the writing direction.
_RAW_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")


def inert(text: str) -> str:
    """The text with characters that a terminal would obey written out, line by line; they stay visible."""
    from checker.strictyaml.message import inert as one_line

    return "\n".join(one_line(line) for line in text.split("\n"))


def _json(value: Any, indent: int | None) -> str:
    """JSON whose hostile characters are escaped as JSON escapes them: readers get the very character, terminals do not."""
    return _RAW_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False, indent=indent))


def write_json(value: Any) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(_json(value, 2) + "\n")


def write_json_line(value: Any) -> None:
    """One line of JSON Lines on stdout."""
    sys.stdout.write(_json(value, None) + "\n")


def write_problems(problems: Iterable[Problem]) -> None:
    """Problems on stderr, each with place, line, caret and help."""
    from checker.strictyaml.message import render

    for problem in problems:
        click.echo(render(problem), err=True)


def console() -> Console:
    """A console on stdout. Into a pipe it neither colours nor wraps, so that lines can be searched; ``NO_COLOR`` is obeyed."""
    from rich.console import Console

    class Piped(Console):
        """Makes every text inert, whoever forgot to. Tells of a closed pipe instead of ending the program with 1, which here means that
        a gate said no."""

        def print(self, *objects: Any, **options: Any) -> None:
            super().print(*(inert(o) if isinstance(o, str) else o for o in objects), **options)

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    out = Piped(highlight=False, markup=False, emoji=False, soft_wrap=False)
    return out if out.is_terminal else Piped(highlight=False, markup=False, emoji=False, soft_wrap=True, width=10_000, color_system=None)
