"""The page of each code, and the index of all: the same files as in the documentation."""

from __future__ import annotations

from pathlib import Path

from checker.errors import UsageError
from checker.locator import lint_pages_dir
from checker.rulebase.lint.check import SEVERITIES, Check
from checker.rulebase.lint.table import BY_CODE, CHECKS
from checker.strictyaml.suggest import did_you_mean

__all__ = ["heading", "index", "page", "page_path", "write_index"]

_INDEX_HEAD = """# What the linter reports

`sanctions rules lint` shows what the loader refuses (codes in words, such as `unknown-term`) and, beyond that, what loads but is wrong,
doubtful or untidy (codes `R` and three digits, below). Each code has a page: what it means, what to avoid, what to write instead, and why.

An **error** makes the rule do something its author cannot have meant. A **warning** deserves a change or a reason. An **info** is
worth a look. A single case is allowed by a comment on the line or above it, with its reason:
`# lint: allow R117 because the measure lapsed`. What the loader refuses cannot be allowed.

The pages show pieces of a rule about the fictitious State Exland (`XA`); the paragraphs cited there only fill the line.

"""


def page_path(code: str) -> Path:
    """The file of the page."""
    return lint_pages_dir() / f"{code}.md"


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
    path = lint_pages_dir() / "index.md"
    path.write_text(index(), encoding="utf-8")
    return path


if __name__ == "__main__":
    write_index()
