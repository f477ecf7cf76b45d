"""The pages of the checks, and the index of all: the same files as in the documentation."""

from __future__ import annotations

from functools import cache

from checker.extract.packlint.table import CHECKS
from checker.locator import lint_pages_dir
from checker.strictyaml.checks import Pages

__all__ = ["pages"]

_HEAD = """# What the linter of language packs reports

`sanctions languages lint` shows what the reader of YAML refuses (codes in words, such as `yaml-duplicate-key`) and, beyond that, what is
wrong, doubtful or untidy in a pack (codes `L` and three digits, below). Each code has a page: what it means, what to avoid, what to write
instead, and why.

An **error** makes the pack do something its author cannot have meant; a pack of one's own with an error is not used. A **warning** deserves
a change. An **info** is worth a look.

"""


@cache
def pages() -> Pages:
    """Page and index of every check."""
    return Pages(CHECKS, lint_pages_dir() / "languages", _HEAD)


if __name__ == "__main__":
    pages().write_index()
