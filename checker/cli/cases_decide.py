"""``sanctions cases decide``, ``merge`` and ``split``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.cli.setup import read_day
from checker.cli.store_option import now, open_store, store_option

if TYPE_CHECKING:
    from checker.cases.decisions import Ruling
    from checker.model.dates import DateRange

__all__ = ["decide", "merge", "split"]

F = TypeVar("F", bound=Callable[..., Any])
_JSON = "Write one JSON document (sanctions-checker/case-decision/1) to stdout."


def _who_and_why(verb: F) -> F:
    """The options ``--reason``, ``--by``, ``--store`` and ``--json`` that every decision takes."""
    for option in (click.option("--json", "as_json", is_flag=True, help=_JSON), store_option,
                   click.option("--by", "by", metavar="NAME", envvar="SANCTIONS_BY", required=True,
                                help="Who decides; also by SANCTIONS_BY."),
                   click.option("--reason", "reason", metavar="TEXT", required=True, help="Why; it stays with the case for ever.")):
        verb = option(verb)
    return verb


@click.command()
@click.argument("case", metavar="CASE")
@click.argument("verdict", metavar="VERDICT")
@click.option("--until", "until", callback=read_day, metavar="DATE", help="The last day on which a waiver holds: 2027-01-31.")
@_who_and_why
def decide(case: str, verdict: str, until: DateRange | None, reason: str, by: str, store: str, as_json: bool) -> int:
    """Write down a verdict on a case, with its reason.

    VERDICT is a word of rules/cases.yaml: 'in review', confirmed, plausible, 'false positive', 'out of scope' or waived. Some need
    somebody else to say the same. The case shows it at once, the next night tells of it.
    """
    from checker.cases import decisions
    from checker.cases.browse import leads_to
    from checker.cases.settings import load_case_settings
    from checker.vocabulary.vocabulary import default_vocabulary

    dispositions = load_case_settings(default_vocabulary()).dispositions
    at = now()
    with open_store(store).begin() as connection:
        case = leads_to(connection, case)
        told = decisions.decide(connection, case, verdict, by=by, reason=reason, at=at, dispositions=dispositions,
                                until=until.isoformat() if until else "")
        holds = decisions.ruling(connection, case, told.night, dispositions)
    waits = f"; {dispositions[verdict].title} once somebody else says the same" if holds != verdict else ""
    _tell(told, f"{case} is {holds}{f' until {told.until}' if told.until else ''}{waits}", {"disposition": holds}, as_json)
    return 0


@click.command()
@click.argument("case", metavar="CASE")
@click.argument("into", metavar="INTO")
@_who_and_why
def merge(case: str, into: str, reason: str, by: str, store: str, as_json: bool) -> int:
    """Put a case into another one about the same matter.

    What CASE holds belongs to INTO from now on, and what is told of it later goes there too; its id leads there.
    """
    from checker.cases import decisions

    at = now()
    with open_store(store).begin() as connection:
        told = decisions.merge(connection, case, into, by=by, reason=reason, at=at)
    _tell(told, f"{case} is part of {into}", {}, as_json)
    return 0


@click.command()
@click.argument("case", metavar="CASE")
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
@_who_and_why
def split(case: str, documents: tuple[str, ...], reason: str, by: str, store: str, as_json: bool) -> int:
    """Take documents out of a case into a new one.

    'sanctions cases show' tells the ids of the documents; their first letters are enough. No night puts them together again.
    """
    from checker.cases import decisions
    from checker.cases.browse import documents_of, leads_to

    at = now()
    with open_store(store).begin() as connection:
        case = leads_to(connection, case)
        told = decisions.split(connection, case, documents_of(connection, case, documents), by=by, reason=reason, at=at)
    new = str(told.record["into"])
    _tell(told, f"{new} has {len(documents)} document{'s' if len(documents) > 1 else ''} of {case}", {}, as_json)
    return 0


def _tell(told: Ruling, said: str, more: dict[str, object], as_json: bool) -> None:
    from checker.cli.output import console, inert, write_json

    if as_json:
        write_json({"schema": "sanctions-checker/case-decision/1", "case": told.case, **told.to_wire(), **more})
    else:
        console().print(inert(said))
