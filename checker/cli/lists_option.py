"""The option ``--lists`` that several verbs share, and the screener it asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.lists.entry import UnList
    from checker.lists.screen import Screener

__all__ = ["lists_option", "load_list", "load_screener"]

F = TypeVar("F", bound=Callable[..., Any])


def lists_option(verb: F) -> F:
    """The option ``--lists FILE|none``."""
    return click.option("--lists", "lists", metavar="FILE|none", default="",
                        help="Screen the parties against this list (XML or snapshot), by default the newest that 'sanctions lists update' "
                             "stored; 'none' screens nobody.")(verb)


def load_list(path: Path) -> UnList:
    """A list from its file; problems of single entries go to stderr.

    Raises:
        UsageError: the file holds no list.
    """
    from checker.cli.output import write_problems
    from checker.lists.knowledge import default_knowledge
    from checker.lists.store import read_list

    found, problems = read_list(path, default_knowledge().words)
    write_problems(problems)
    if found is None:
        raise UsageError(f"{path} cannot be used as a list; the problem above says why")
    return found


def load_screener(lists: str) -> Screener | None:
    """The screener that ``--lists`` asks for, and a line on stderr that says which list it is. ``None``, and nothing said, for ``none``
    and where lists are switched off."""
    from checker.cli.output import inert, write_problems
    from checker.lists.knowledge import default_knowledge
    from checker.lists.screen import Screener
    from checker.lists.store import lists_dir, newest
    from checker.vocabulary.vocabulary import default_vocabulary

    if lists == "none" or (not lists and lists_dir() is None):
        return None
    path = Path(lists) if lists else newest()
    if path is None:
        click.echo("screening: no list is stored, only names taken off the lists are known; see 'sanctions lists update --help'", err=True)
        return Screener(default_vocabulary(), default_knowledge())
    un_list = load_list(path)
    click.echo(inert(f"screening: against the UN list of {un_list.day}, {len(un_list.entries):,} entries ({path})"), err=True)
    screener = Screener(default_vocabulary(), default_knowledge(), un_list)
    write_problems(screener.problems)
    return screener
