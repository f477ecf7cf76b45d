"""What verbs need before they work: vocabulary, rule base, judge, extractor, and arguments that several verbs read alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.errors import UsageError
from checker.model.dates import DateRange, parse_date

if TYPE_CHECKING:
    from checker.judge.judge import Judge
    from checker.rulebase.instruments import Instruments
    from checker.rulebase.loader import RuleBase
    from checker.vocabulary.events import EventReader

__all__ = ["event_reader", "hint", "load_instruments", "load_judge", "load_rules", "min_tier_option", "nothing_read", "paths_argument",
           "published_option", "read_day", "rules_option", "shadow_option"]

F = TypeVar("F", bound=Callable[..., Any])


def read_date(_ctx: click.Context, _param: click.Parameter, value: str | None) -> DateRange | None:
    """Option callback for a written date: 2022-11-02, 2022-11, 2022 or a..b."""
    try:
        return parse_date(value) if value else None
    except ValueError as err:
        raise click.BadParameter(str(err)) from err


def read_day(ctx: click.Context, param: click.Parameter, value: str) -> DateRange | None:
    """Option callback for one day."""
    date = read_date(ctx, param, value)
    if date is not None and not date.is_day:
        raise click.BadParameter(f"{value!r} is not a day: write 2022-11-02")
    return date


def published_option(verb: F) -> F:
    """The option ``--published DATE``."""
    return click.option("--published", callback=read_date, metavar="DATE",
                        help="Publication date of the articles: 2022-11-03, 2022-11 or 2022. It wins over what they say.")(verb)


def rules_option(verb: F) -> F:
    """The option ``--rules DIR``, repeatable."""
    return click.option("--rules", "rules", metavar="DIR", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
                        help="A folder with rules of your own, used beside ours. May be given several times.")(verb)


def paths_argument(verb: F) -> F:
    """One or more files or folders that exist, or ``-``."""
    return click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, allow_dash=True))(verb)


def load_rules(directories: Sequence[Path] = ()) -> RuleBase:
    """Our rules, and those of the folders beside them.

    Raises:
        RuleBaseError: a rule or the vocabulary has errors; the text lists all of them.
    """
    from checker.locator import rules_dir
    from checker.rulebase.loader import require_rulebase

    return require_rulebase([rules_dir() / "un", *directories])


def shadow_option(verb: F) -> F:
    """The option ``--shadow``."""
    return click.option("--shadow", is_flag=True, help="Also ask the rules on trial (status: shadow); their findings are marked, and "
                                                       "counted nowhere.")(verb)


def min_tier_option(verb: F) -> F:
    """The option ``--min-tier TIER``."""
    return click.option("--min-tier", "min_tier", type=click.Choice(("strong", "fair", "weak")),
                        help="Leave out events of articles that were read less surely than this.")(verb)


def load_instruments() -> Instruments:
    """The resolutions that come with the program.

    Raises:
        RuleBaseError: a file of a resolution has errors; the text lists all of them.
    """
    from checker.errors import RuleBaseError
    from checker.rulebase.instruments import load_instruments as load
    from checker.strictyaml.message import render_all

    instruments, problems = load()
    if problems:
        raise RuleBaseError(render_all(problems))
    return instruments


def load_judge(directories: Sequence[Path] = (), shadow: bool = False) -> Judge:
    """The judge over our rules and those of the folders."""
    from checker.judge.judge import Judge

    return Judge(load_rules(directories), shadow=shadow)


def event_reader() -> EventReader:
    """The reader of written events."""
    from checker.vocabulary.events import EventReader
    from checker.vocabulary.vocabulary import default_vocabulary

    return EventReader(default_vocabulary())


def hint(text: str, options: Iterable[str]) -> str:
    """``; did you mean X?`` for a word near one of the options, else nothing."""
    from checker.strictyaml.suggest import did_you_mean

    near = did_you_mean(text, list(options))
    return f"; did you mean {near}?" if near else ""


def nothing_read() -> UsageError:
    """For verbs that were given something, and could read none of it."""
    return UsageError("nothing could be read from what was named; the problems above say why")
