"""``sanctions languages``: everything that concerns language packs. Each verb is loaded when it is asked for."""

from __future__ import annotations

import click

from checker.cli.lazy import LazyGroup

__all__ = ["VERBS", "languages"]

_HERE = "checker.cli.languages"
VERBS: dict[str, tuple[str, str, str]] = {
    "list": (f"{_HERE}.listing", "list_", "List the languages that can be read, and how well their packs are tested."),
    "test": (f"{_HERE}.testing", "test",
             "Read the sentences that packs bring along; exit code 1 when one comes out otherwise than it should."),
    "explain": (f"{_HERE}.explain", "explain", "Show how a sentence is read: words, names, frames with the score of each role, claims."),
    "lint": (f"{_HERE}.lint", "lint", "Check language packs: what does not load, and what loads but is wrong, doubtful or untidy."),
    "new": (f"{_HERE}.new", "new", "Begin a pack for another language: every section, with its meaning and the words of a model."),
}


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]},
             subcommand_metavar="VERB [OPTIONS] [ARGS]")
def languages() -> None:
    """List, test, explain, check and begin language packs."""
