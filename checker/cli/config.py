"""``sanctions config``: the settings of nights. Each verb is loaded when it is asked for."""

from __future__ import annotations

import click

from checker.cli.lazy import LazyGroup

__all__ = ["VERBS", "config"]

_HERE = "checker.cli.config_verbs"
VERBS: dict[str, tuple[str, str, str]] = {
    "show": (_HERE, "show", "Show every setting with its value and where it is from."),
    "check": (_HERE, "check", "Check the settings: every mistake with its place, and what they name and is not there."),
}


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]},
             subcommand_metavar="VERB [OPTIONS] [ARGS]")
def config() -> None:
    """Show and check the settings of nights: sanctions.toml and the environment."""
