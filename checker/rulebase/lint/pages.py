"""The pages of the checks, and the index of all: the same files as in the documentation."""

from __future__ import annotations

from functools import cache

from checker.locator import lint_pages_dir
from checker.rulebase.lint.table import CHECKS
from checker.strictyaml.checks import Pages

__all__ = ["pages"]

_HEAD = """# What the linter reports

`sanctions rules lint` shows what the loader refuses (codes in words, such as `unknown-term`) and, beyond that, what loads but is wrong,
doubtful or untidy (codes `R` and three digits, below). Each code has a page: what it means, what to avoid, what to write instead, and why.

An **error** makes the rule do something its author cannot have meant. A **warning** deserves a change or a reason. An **info** is
worth a look. A single case is allowed by a comment on the line or above it, with its reason:
`# lint: allow R117 because the measure lapsed`. What the loader refuses cannot be allowed.

The pages show pieces of a rule about the fictitious State Exland (`XA`); the paragraphs cited there only fill the line.

"""


@cache
def pages() -> Pages:
    """Page and index of every check."""
    return Pages(CHECKS, lint_pages_dir(), _HEAD)


if __name__ == "__main__":
    pages().write_index()
