"""The option ``--lists`` that several verbs share, and the screening it asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.lists.entry import OwnList, UnList
    from checker.lists.screening import Screening

__all__ = ["Asked", "asked_lists", "lists_option", "load_list", "load_own", "load_screener"]

F = TypeVar("F", bound=Callable[..., Any])


class Asked(NamedTuple):
    """What ``--lists`` asks for. ``council``: the file of the Council's list, ``none``, or nothing for the newest that is stored."""

    council: str
    own: tuple[Path, ...]


def lists_option(verb: F) -> F:
    """The option ``--lists FILE|none``."""
    return click.option("--lists", "lists", metavar="FILE|none", multiple=True,
                        help="Screen the parties against this list of the Council (XML or snapshot), by default the newest that 'sanctions "
                             "lists update' stored; 'none' asks none. A list of your own (CSV, YAML) is asked beside it. Repeatable.")(verb)


def asked_lists(lists: Sequence[str]) -> Asked:
    """The values of ``--lists`` by what they are.

    Raises:
        UsageError: two lists of the Council are named.
    """
    from checker.lists.own import is_own

    council = [told for told in lists if not is_own(told)]
    if len(council) > 1:
        raise UsageError(f"--lists: {' and '.join(council)} are both lists of the Council, and one is asked; those of your own end in "
                         ".csv, .tsv, .yaml or .yml")
    return Asked(council[0] if council else "", tuple(Path(told) for told in lists if is_own(told)))


def load_list(path: Path) -> UnList:
    """A list of the Council from its file; problems of single entries go to stderr.

    Raises:
        UsageError: the file holds no such list.
    """
    from checker.cli.output import write_problems
    from checker.lists.knowledge import default_knowledge
    from checker.lists.own import is_own
    from checker.lists.store import read_list

    if is_own(path):
        raise UsageError(f"{path} is no list of the Council, which is XML; one of your own is not stored: name it with --lists each time")
    found, problems = read_list(path, default_knowledge().words)
    write_problems(problems)
    if found is None:
        raise UsageError(f"{path} cannot be used as a list; the problem above says why")
    return found


def load_own(paths: Sequence[Path]) -> list[OwnList]:
    """Lists of the user's own; problems of single entries go to stderr.

    Raises:
        UsageError: a file holds no such list, or two have one name.
    """
    from checker.cli.output import write_problems
    from checker.lists.own import read_own
    from checker.vocabulary.vocabulary import default_vocabulary

    found: list[OwnList] = []
    for path in paths:
        own, problems = read_own(path, default_vocabulary())
        write_problems(problems)
        if own is None:
            raise UsageError(f"{path} cannot be used as a list; the problem above says why")
        twin = next((other for other in found if other.name == own.name), None)
        if twin is not None:
            raise UsageError(f"{twin.path} and {own.path} are both called {own.name}, and reports could not tell them apart; rename one")
        found.append(own)
    return found


def load_screener(lists: Sequence[str]) -> Screening | None:
    """The screening that ``--lists`` asks for, and a line on stderr for each list. ``None``, and nothing said, for ``none`` alone
    and where lists are switched off.

    Raises:
        UsageError: a list cannot be used.
    """
    from checker.cli.output import inert, write_problems
    from checker.lists.knowledge import default_knowledge
    from checker.lists.leads import OwnScreener
    from checker.lists.screen import Screener
    from checker.lists.screening import Screening
    from checker.lists.store import lists_dir, newest
    from checker.vocabulary.vocabulary import default_vocabulary

    asked = asked_lists(lists)
    vocabulary, knowledge = default_vocabulary(), default_knowledge()
    council: Screener | None = None
    if asked.council != "none" and (asked.council or lists_dir() is not None):
        path = Path(asked.council) if asked.council else newest()
        un_list = load_list(path) if path is not None else None
        click.echo(inert(f"screening: against the UN list of {un_list.day}, {len(un_list.entries):,} entries ({path})") if un_list else
                   "screening: no list is stored, only names taken off the lists are known; see 'sanctions lists update --help'", err=True)
        council = Screener(vocabulary, knowledge, un_list)
        write_problems(council.problems)
    own = load_own(asked.own)
    for one in own:
        click.echo(inert(f"screening: against your list {one.name}, {one.counted()} ({one.path})"), err=True)
    return Screening(council, [OwnScreener(vocabulary, knowledge, one) for one in own]) if council or own else None
