"""Every code has a page; what the page tells to avoid is reported, and what it prefers is not."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.locator import lint_pages_dir, rules_dir
from checker.rulebase.lint.pages import pages
from checker.rulebase.lint.run import Report, lint
from checker.rulebase.lint.table import BY_CODE, CHECKS
from checker.strictyaml.checks import SEVERITIES
from checker.strictyaml.message import render_all
from checker.vocabulary.vocabulary import load_vocabulary

from .conftest import ON, assemble, codes, fences

SHAPE = re.compile(r"\A(?P<head># .*\n\n\*\*Summary\*\*: .*\n)\n## Avoid\n\n(?P<avoid>(?:```yaml\n[^`]*(?:`[^`]+)*?```\n\n?)+)"
                   r"## Prefer\n\n(?P<prefer>(?:```yaml\n[^`]*(?:`[^`]+)*?```\n\n?)+)## Why\n\n(?P<why>\S[^#]*)\Z")
GOLDEN = Path(__file__).parents[2] / "messages" / "lint" / "messages.golden"
OF_RULES = [check for check in CHECKS if check.code != "R190"]


def parts(code: str) -> re.Match[str]:
    found = SHAPE.match(pages().page(code))
    assert found, f"{code}.md is not in the form Summary, Avoid, Prefer, Why"
    return found


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_each_page_says_what_the_check_says(check: object) -> None:
    assert check in CHECKS
    code = check.code  # type: ignore[attr-defined]
    assert parts(code)["head"] == pages().heading(BY_CODE[code])
    assert len(parts(code)["why"].split()) > 8


def test_pages_and_codes_are_the_same_set() -> None:
    assert {path.stem for path in lint_pages_dir().glob("*.md")} == {"index", *BY_CODE}
    assert len(BY_CODE) == len(CHECKS) == len({check.name for check in CHECKS}) >= 45
    for check in CHECKS:
        assert re.fullmatch(r"R1\d\d", check.code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.name)
        assert check.severity in SEVERITIES


def test_the_index_is_written_from_the_checks() -> None:
    text = (lint_pages_dir() / "index.md").read_text(encoding="utf-8")
    assert text == pages().index(), "run `python -m checker.rulebase.lint.pages`"


@pytest.mark.parametrize("code", [check.code for check in OF_RULES])
def test_what_the_page_avoids_is_reported_and_nothing_else(code: str, lint_pieces: Callable[..., Report]) -> None:
    report = lint_pieces(*fences(parts(code)["avoid"]), formatted=code != "R172")
    assert codes(report) == [code]
    for issue in report.issues:
        assert issue.problem.line > 0
        assert issue.problem.mend
        assert issue.problem.severity == BY_CODE[code].severity


@pytest.mark.parametrize("code", [check.code for check in OF_RULES])
def test_what_the_page_prefers_is_clean(code: str, lint_pieces: Callable[..., Report]) -> None:
    report = lint_pieces(*fences(parts(code)["prefer"]), formatted=code != "R172")
    assert [issue.problem.message for issue in report.issues] == []


def test_the_words_of_every_message(tmp_path: Path) -> None:
    """After a message was changed on purpose, ``UPDATE_MESSAGES=1`` writes them anew; read the difference."""
    said = []
    for check in OF_RULES:
        folder = tmp_path / check.code / "rules"
        folder.mkdir(parents=True)
        (tmp_path / check.code / "schema").mkdir()
        (tmp_path / check.code / "schema" / "rule.schema.json").write_text("{}")
        for piece in fences(parts(check.code)["avoid"]):
            name, text = assemble(piece, formatted=check.code != "R172")
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        report = lint([folder], ON, only=lambda _: True)
        said.append(render_all(issue.problem for issue in report.issues).replace(f"{folder.as_posix()}/", ""))
    text = "\n".join(said)
    if os.environ.get("UPDATE_MESSAGES"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("part", ["avoid", "prefer"])
def test_words_that_nothing_uses(part: str, tmp_path: Path) -> None:
    (line,) = fences(parts("R190")[part])
    shutil.copytree(rules_dir() / "vocabulary", tmp_path / "vocabulary")
    goods = tmp_path / "vocabulary" / "goods.yaml"
    goods.write_text(goods.read_text(encoding="utf-8").rstrip("\n") + f"\n  {line}", encoding="utf-8")
    vocabulary, problems = load_vocabulary(tmp_path / "vocabulary")
    assert vocabulary is not None, problems
    report = lint([rules_dir() / "un"], ON, vocabulary=vocabulary)
    (told,) = [i.problem for i in report.issues if i.problem.code == "R190" and i.problem.path.endswith("goods.yaml")] or [None]
    assert (told is not None and "signal_pistol" in told.message) == (part == "avoid")
