"""``sanctions cases``: what nights found, and what people decide on it. Each verb is loaded when it is asked for."""

from __future__ import annotations

import click

from checker.cli.lazy import LazyGroup

__all__ = ["VERBS", "cases"]

_LOOK, _DECIDE = "checker.cli.cases_look", "checker.cli.cases_decide"
VERBS: dict[str, tuple[str, str, str]] = {
    "list": (_LOOK, "list_cases", "List the cases that need somebody, or those asked for."),
    "show": (_LOOK, "show", "Show everything about one case: findings, sources, voices, history and decisions."),
    "decide": (_DECIDE, "decide", "Write down a verdict on a case, with its reason."),
    "merge": (_DECIDE, "merge", "Put a case into another one about the same matter."),
    "split": (_DECIDE, "split", "Take documents out of a case into a new one."),
}


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]},
             subcommand_metavar="VERB [OPTIONS] [ARGS]")
def cases() -> None:
    """List and show cases, and decide on them."""
