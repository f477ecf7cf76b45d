"""The page of each code, and the index of all: the same files as in the documentation."""

from __future__ import annotations

from pathlib import Path

from checker.errors import UsageError
from checker.extract.packlint.check import SEVERITIES, Check
from checker.extract.packlint.table import BY_CODE, CHECKS
from checker.locator import lint_pages_dir
from checker.strictyaml.suggest import did_you_mean

__all__ = ["heading", "index", "page", "page_path", "pages_dir", "write_index"]

_INDEX_HEAD = """# What the linter of language packs reports

`sanctions languages lint` shows what the reader of YAML refuses (codes in words, such as `yaml-duplicate-key`) and, beyond that, what is
wrong, doubtful or untidy in a pack (codes `L` and three digits, below). Each code has a page: what it means, what to avoid, what to write
instead, and why.

An **error** makes the pack do something its author cannot have meant; a pack of one's own with an error is not used. A **warning** deserves
a change. An **info** is worth a look.

"""


def pages_dir() -> Path:
    """The folder of the pages."""
    return lint_pages_dir() / "languages"


def page_path(code: str) -> Path:
    """The file of the page."""
    return pages_dir() / f"{code}.md"


def page(code: str) -> str:
    """The page of a code, or of the name of a check.

    Raises:
        UsageError: there is no such code.
    """
    names = {check.name: check.code for check in CHECKS}
    known = names.get(code, code).upper()
    if known not in BY_CODE:
        near = did_you_mean(code, [*BY_CODE, *names])
        raise UsageError(f"there is no check {code!r}" + (f"; did you mean {near}?" if near else ""))
    return page_path(known).read_text(encoding="utf-8")


def heading(check: Check) -> str:
    """The first lines of a page, so that they cannot differ from what the check says."""
    return f"# {check.code} {check.name}\n\n**Summary**: {check.says} ({check.severity})\n"


def index() -> str:
    """The index of all pages."""
    parts = [_INDEX_HEAD]
    for severity in SEVERITIES:
        parts.append(f"## {severity}\n\n| code | name | what it finds |\n|---|---|---|\n")
        parts += [f"| [{c.code}]({c.code}.md) | {c.name} | {c.says} |\n" for c in CHECKS if c.severity == severity]
        parts.append("\n")
    return "".join(parts).rstrip("\n") + "\n"


def write_index() -> Path:
    """Write the index into the documentation; its path. For whoever has added a check."""
    path = pages_dir() / "index.md"
    path.write_text(index(), encoding="utf-8")
    return path


if __name__ == "__main__":
    write_index()
