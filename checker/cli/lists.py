"""``sanctions lists``: the list of the Council on this computer. Each verb is loaded when it is asked for."""

from __future__ import annotations

import click

from checker.cli.lazy import LazyGroup

__all__ = ["VERBS", "lists"]

_HERE = "checker.cli.lists_verbs"
VERBS: dict[str, tuple[str, str, str]] = {
    "update": (_HERE, "update", "Read the Consolidated List (XML), check it, and store it as a snapshot of its day."),
    "show": (_HERE, "show", "Show who on the list a name may be, the measures with their days, and why it matched."),
    "diff": (_HERE, "diff", "Compare two lists: names added, names removed, fields changed."),
}


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]},
             subcommand_metavar="VERB [OPTIONS] [ARGS]")
def lists() -> None:
    """Keep the sanctions list of the Council, look names up in it, and compare two of its days."""
