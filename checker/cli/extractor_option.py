"""The options that choose an extractor, shared by several verbs, and the extractor they ask for."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.extract.plugins.contract import Plugin
    from checker.model.names import WatchName
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Choice", "extractor_options", "languages_option"]

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for: names of extractors, files of stored events, where refused events go, folders with further language packs."""

    names: tuple[str, ...] = ("frames",)
    replay: tuple[Path, ...] = ()
    rejects: Path | None = None
    languages: tuple[Path, ...] = ()

    def make(self, vocabulary: Vocabulary, names: Iterable[WatchName] = ()) -> Plugin:
        """The extractor. ``names``: listed names to look for in texts.

        Raises:
            UsageError: there is none of that name, or something that it needs is missing.
        """
        from checker.extract.plugins.contract import Setting
        from checker.extract.plugins.registry import make

        for option, given, name in (("--replay", self.replay, "replay"), ("--rejects", self.rejects, "llm")):
            if given and name not in self.names:
                raise UsageError(f"{option} is for the extractor '{name}', which is not named: add --extractor {name}")
        return make(self.names, Setting(vocabulary, self.replay, self.rejects, names=tuple(names), languages=self.languages))


def languages_option(verb: F) -> F:
    """The option ``--languages DIR``, repeatable."""
    return click.option("--languages", "languages", metavar="DIR", multiple=True,
                        type=click.Path(exists=True, file_okay=False, path_type=Path),
                        help="A folder with language packs of your own, used beside ours; one of the same language takes the place of "
                             "ours. Repeatable.")(verb)


def extractor_options(verb: F) -> F:
    """The options ``--extractor``, ``--replay``, ``--rejects`` and ``--languages``; the verb is given them as ``extractor``, a
    ``Choice``."""
    @click.option("--extractor", "extractor", metavar="NAME[,NAME]", default="frames",
                  help="Who finds the events: frames (the default), rows, replay, llm, or one that another package brings. Several are "
                       "an ensemble: what two find is strong, what one finds alone at most fair.")
    @click.option("--replay", "replay", metavar="FILE", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
                  help="For --extractor replay: what 'sanctions extract --json' wrote. Repeatable.")
    @click.option("--rejects", "rejects", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
                  help="For --extractor llm: write the events that were refused, with the reasons, to this file (JSON Lines).")
    @languages_option
    @functools.wraps(verb)
    def chosen(*args: Any, extractor: str, replay: tuple[Path, ...], rejects: Path | None, languages: tuple[Path, ...],
               **options: Any) -> Any:
        named = tuple(name.strip() for name in extractor.split(",") if name.strip())
        return verb(*args, extractor=Choice(named, replay, rejects, languages), **options)

    return chosen  # type: ignore[return-value]  # click passes options by name; the types of the verb are its own
