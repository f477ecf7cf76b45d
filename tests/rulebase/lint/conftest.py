"""A folder of rules as the linter sees it, made from a template and the pieces that a page shows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from checker.rulebase.fmt.format import format_text
from checker.rulebase.fmt.order import GROUPS
from checker.rulebase.lint.run import Report, lint
from checker.rulebase.rulefile import REQUIRED
from checker.vocabulary.vocabulary import default_vocabulary

ON = dt.date(2026, 11, 24).toordinal()
TEMPLATE = (Path(__file__).parent / "template.yaml").read_text(encoding="utf-8")

LintText = Callable[..., Report]


def blocks(text: str) -> dict[str, str]:
    """The lines of a file at the margin, by key, each with the comments above it. ``""`` holds the line for editors."""
    found: dict[str, str] = {}
    above: list[str] = []
    key = ""
    for line in text.splitlines():
        if line.startswith("# $schema"):
            found[""] = line
        elif re.match(r"[a-z_]+:", line):
            key = line.partition(":")[0]
            found[key] = "\n".join([*above, line])
            above = []
        elif line.startswith("#"):
            above.append(line)
        elif line.strip():
            found[key] += "\n" + line
    return found


def assemble(pieces: str, *, formatted: bool = True) -> tuple[str, str]:
    """Id and text of a file: the template with the lines of ``pieces`` in the place of its own."""
    given = blocks(pieces)
    whole = blocks(TEMPLATE) | given if not set(REQUIRED) <= set(given) else {"": blocks(TEMPLATE)[""]} | given
    rule_id = whole["rule"].rpartition(" ")[2]
    known = {key for group in GROUPS for key in group}
    assert set(whole) <= {"", *known}
    parts = ["\n".join(whole[key] for key in group if key in whole) for group in GROUPS]
    text = whole[""] + "\n" + "\n\n".join(part for part in parts if part) + "\n"
    if formatted:
        done = format_text(text, "x.yaml", default_vocabulary())
        assert not done.problems, done.problems
        text = done.text
    return rule_id, text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of rules with the schema beside it."""
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "rule.schema.json").write_text("{}")
    (tmp_path / "rules").mkdir()
    return tmp_path / "rules"


@pytest.fixture
def lint_pieces(folder: Path) -> LintText:
    """Lint the template changed by pieces, one file for each."""

    def run(*pieces: str, formatted: bool = True) -> Report:
        for piece in pieces:
            name, text = assemble(piece, formatted=formatted)
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return lint([folder], ON, only=lambda _: True)

    return run


def codes(report: Report) -> list[str]:
    return sorted({issue.problem.code for issue in report.issues})


def fences(text: str) -> Iterable[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", text, re.M | re.S)
