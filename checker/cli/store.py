"""``sanctions store``: looking after the store of cases. Each verb is loaded when it is asked for."""

from __future__ import annotations

import click

from checker.cli.lazy import LazyGroup

__all__ = ["VERBS", "store"]

_HERE = "checker.cli.store_verbs"
VERBS: dict[str, tuple[str, str, str]] = {
    "migrate": (_HERE, "migrate", "Make the tables of the store, or bring them to the form of this version."),
    "check": (_HERE, "check", "Look whether the store is sound."),
    "backup": (_HERE, "backup", "Write everything in the store to one file."),
    "restore": (_HERE, "restore", "Read a backup into an empty store."),
    "prune": (_HERE, "prune", "Let go of old texts that belong to no case."),
}


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]},
             subcommand_metavar="VERB [OPTIONS] [ARGS]")
def store() -> None:
    """Make, check, copy out, copy in and thin out the store of cases."""
