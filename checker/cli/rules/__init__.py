"""``sanctions rules``: everything that concerns the rules themselves. Each verb is loaded when it is asked for."""

from __future__ import annotations

import click

from checker.cli.lazy import LazyGroup

__all__ = ["VERBS", "rules"]

_HERE = "checker.cli.rules"
VERBS: dict[str, tuple[str, str, str]] = {
    "list": (f"{_HERE}.listing", "list_", "List all rules, by regime."),
    "show": (f"{_HERE}.show", "show", "Show one rule: what it flags, the law by date, exemptions, examples."),
    "find": (f"{_HERE}.find", "find", "Find rules by words, paragraph, goods, State or party, and the words of the vocabulary."),
    "timeline": (f"{_HERE}.timeline", "timeline",
                 "Draw the life of a rule: periods of the law, disputes, exemptions, due days, and what changed when."),
    "catalogue": (f"{_HERE}.catalogue", "catalogue",
                  "Write the catalogue of rules: a static site that opens from the folder, without network."),
    "law-coverage": (f"{_HERE}.law_coverage", "law_coverage",
                     "Show how much of each resolution the rules encode, and every paragraph that is open."),
    "new": (f"{_HERE}.new", "new", "Write a new rule: six questions, then a file that loads, with its first examples."),
    "suggest": (f"{_HERE}.suggest", "suggest", "Draft the examples that a rule lacks, and ask about each."),
    "example": (f"{_HERE}.example", "example", "Make an event of a result an example of its rule."),
    "fmt": (f"{_HERE}.fmt", "fmt", "Put rule files into the canonical form: order of lines, spelling of words, spacing, quotes."),
    "lint": (f"{_HERE}.lint", "lint", "Check rule files: what does not load, and what loads but is wrong, doubtful or untidy."),
    "test": (f"{_HERE}.testing", "test",
             "Run the examples of the rules; exit code 1 when one comes out otherwise than its author expects."),
    "cover": (f"{_HERE}.cover", "cover", "Show what the examples prove of each rule, and the examples that are missing."),
    "watch": (f"{_HERE}.watch", "watch", "Lint, test and cover a rule each time its file is saved."),
    "diff": (f"{_HERE}.diff", "diff",
             "Compare the rules as they are with an earlier version: what is written otherwise, and which events come out otherwise."),
    "health": (f"{_HERE}.health", "health",
               "Show how the rules fare in use: silent ones, noisy ones, those in doubt, those to be looked at again."),
}


@click.group(cls=LazyGroup, verbs=VERBS, context_settings={"help_option_names": ["-h", "--help"]},
             subcommand_metavar="VERB [OPTIONS] [ARGS]")
def rules() -> None:
    """List, show, write and test the rules."""
