"""Collecting, allowing, choosing and mending."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.errors import UsageError
from checker.locator import rules_dir
from checker.rulebase.edit import replace_file
from checker.rulebase.lint.check import FileCheck
from checker.rulebase.lint.fix import fix_file
from checker.rulebase.lint.pages import pages
from checker.rulebase.lint.run import Report, lint, open_base
from checker.rulebase.lint.settings import load_settings
from checker.rulebase.lint.table import BY_CODE, CHECKS
from checker.rulebase.loader import load_rulebase
from checker.strictyaml.checks import select
from checker.strictyaml.message import render

from .conftest import ON, assemble, blocks, codes, fences

LintPieces = Callable[..., Report]


def test_our_own_rules_have_no_error() -> None:
    report = lint([rules_dir() / "un"], ON)
    assert [render(i.problem) for i in report.issues if i.problem.severity == "error"] == []
    assert len(report.files) >= 10


def test_what_the_loader_refuses_stands_in_the_same_stream(folder: Path) -> None:
    _, text = assemble("title: Exland may not export arms\nsummary: Arms\n")
    (folder / "xa-arms-export.yaml").write_text(text)
    (folder / "broken.yaml").write_text("# $schema: ../schema/rule.schema.json\nrule: [\n")
    report = lint([folder], ON, only=lambda _: True)
    assert [i.problem.code for i in report.issues] == ["yaml-syntax", "R102"]
    assert [i.problem.path for i in report.issues] == sorted(i.problem.path for i in report.issues)


@pytest.mark.parametrize(("piece", "left"), [
    ("summary: Arms out of Exland.  # lint: allow R102 because it is a test\n", []),
    ("# lint: allow R102 because it is a test\nsummary: Arms out of Exland.\n", []),
    ("# lint: allow R102, R103 because it is a test\nsummary: Arms out of Exland.\n", ["R192"]),
    ("# lint: allow R102 R999 because it is a test\nsummary: Arms out of Exland.\n", ["R193"]),
    ("# lint: allow R102 because\nsummary: Arms out of Exland.\n", ["R102"]),
    ("# lint: allow R102\nsummary: Arms out of Exland.\n", ["R102", "R191"]),
    ("# lint: allow R101 because it is a test\nsummary: Arms out of Exland.\n", ["R102", "R192"]),
    ("title: Exland may not export arms # lint: allow R102 because it is a test\nsummary: Arms\n", ["R102", "R192"]),
    ("summary: \"Arms # lint: allow R102 because it is a test\"\n", ["R102"]),
    ("summary: Arms out of Exland.\n# lint: the rest is clean\n", ["R102"]),
])
def test_comments_allow_single_cases(piece: str, left: list[str], lint_pieces: LintPieces) -> None:
    assert codes(lint_pieces(piece)) == left


def test_an_allowed_check_that_was_not_run_is_not_called_unused(folder: Path) -> None:
    _, text = assemble("# lint: allow R102 because it is a test\nsummary: Arms out of Exland.\n")
    (folder / "xa-arms-export.yaml").write_text(text)
    assert lint([folder], ON, only=lambda _: True, checks=select(CHECKS, ["R16", "R19"], [])).issues == ()


@pytest.mark.parametrize(("wanted", "unwanted", "some", "not_some"), [
    ([], [], "R101", ""),
    (["R12"], [], "R121", "R101"),
    (["R12", "R166"], ["R121"], "R166", "R121"),
    (["no-anchor"], [], "R128", "R121"),
    ([], ["r1"], "", "R101"),
])
def test_choosing(wanted: list[str], unwanted: list[str], some: str, not_some: str) -> None:
    chosen = {check.code for check in select(CHECKS, wanted, unwanted)}
    assert not some or some in chosen
    assert not_some not in chosen


def test_a_code_that_does_not_exist_is_told() -> None:
    with pytest.raises(UsageError, match="no-anchor"):
        select(CHECKS, ["no-ancor"], [])
    with pytest.raises(UsageError, match="there is no check 'R999'"):
        pages().page("R999")
    assert pages().page("no-anchor") == pages().page("R128")


@pytest.mark.parametrize(("on", "overdue"), [("2027-11-22", False), ("2027-11-23", True)])
def test_reviews_are_overdue_by_the_day_given(on: str, overdue: bool, folder: Path) -> None:
    (folder / "xa-arms-export.yaml").write_text(assemble("title: Exland may not export arms\n")[1])
    report = lint([folder], dt.date.fromisoformat(on).toordinal(), only=lambda _: True)
    assert ("R104" in codes(report)) == overdue


def test_no_check_reads_the_clock() -> None:
    for path in (Path(__file__).parents[3] / "checker" / "rulebase").rglob("*.py"):
        assert not re.search(r"\.(today|now)\(", path.read_text(encoding="utf-8")), path


# ---- mending -------------------------------------------------------------------------------------------------------

MENDED = ["R122", "R123", "R127", "R171", "R172"]


def fixed(folder: Path) -> tuple[str, tuple[str, ...]]:
    base, _ = open_base([folder], ON)
    done = fix_file(base.files[0], base, CHECKS)
    return done.text, done.done


def test_the_checks_that_mend_are_those_tested(lint_pieces: LintPieces) -> None:
    mend = set()
    for check in CHECKS:
        if isinstance(check, FileCheck):
            report = lint_pieces(*fences(pages().page(check.code).partition("## Prefer")[0]), formatted=check.code != "R172")
            mend |= {i.problem.code for i in report.issues if i.edits}
            assert all(i.fix for i in report.issues if i.edits)
    assert mend == set(MENDED)


@pytest.mark.parametrize("code", MENDED)
def test_mending_leaves_nothing_and_does_nothing_twice(code: str, folder: Path) -> None:
    (piece,) = fences(pages().page(code).partition("## Prefer")[0])
    name, text = assemble(piece, formatted=code != "R172")
    text = text.replace("flag_when:", "# a comment that stays\nflag_when:")
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    after, done = fixed(folder)
    assert done
    assert all(re.match(r"\d+: R1\d\d \S", line) for line in done)
    assert {line.split()[1] for line in done} >= {code}
    assert "# a comment that stays\n" in after
    path.write_text(after, encoding="utf-8")
    assert fixed(folder) == (after, ())
    assert lint([folder], ON, only=lambda _: True).issues == ()
    assert load_rulebase([folder]).problems == []


def test_several_mistakes_of_one_line_are_all_mended(folder: Path) -> None:
    piece = ("flag_when:\n  act: [sale, transfer, gift, shipment]\n  goods: {any: [arms, rifle], except: [coal, battle_tank]}\n"
             "  supplier: \"XA\"\n")
    name, text = assemble(piece, formatted=False)
    (folder / f"{name}.yaml").write_text(text)
    after, done = fixed(folder)
    assert blocks(after)["flag_when"].splitlines()[1:] == [
        "  act: [transfer]", "  goods: {any: [arms], except: [battle_tank]}", "  supplier: XA"]
    assert len(done) >= 5


def test_an_allowed_issue_is_not_mended(folder: Path) -> None:
    piece = "flag_when:\n  act: [transfer, sale]  # lint: allow R122 because it is a test\n  goods: arms\n  supplier: XA\n"
    name, text = assemble(piece)
    (folder / f"{name}.yaml").write_text(text)
    assert fixed(folder) == (text, ())


@pytest.mark.parametrize("text", ["rule: [\n", "rule: x\n  a: b\n", "a: b\n", "\x00", ""])
def test_a_file_that_does_not_load_is_not_made_worse(text: str, folder: Path) -> None:
    (folder / "x.yaml").write_text(text)
    after, _ = fixed(folder)
    assert after in (text, "# $schema: ../schema/rule.schema.json\n" + text, "")


def test_a_file_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("now\n")
    path.chmod(0o640)
    with pytest.raises(UsageError, match="changed by somebody else"):
        replace_file(path, b"before\n", "new\n")
    assert path.read_text() == "now\n"
    replace_file(path, b"now\n", "new\n")
    assert path.read_text() == "new\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_the_settings_name_what_there_is() -> None:
    from checker.model.facts import FACTS

    settings = load_settings()
    assert set(settings.always_known) <= set(FACTS)
    assert settings.title_longest > 40


def test_checks_of_the_whole_base_do_not_compare_all_with_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty copies of one rule: each is compared with the first, not with every other one."""
    for number in range(40):
        (folder / f"xa-{number}.yaml").write_text(assemble(f"rule: xa-{number}\ntitle: Exland may not export arms of kind {number}\n")[1])
    asked = 0
    original = type(open_base([folder], ON)[0].logic).implies

    def counting(*args: object) -> bool:
        nonlocal asked
        asked += 1
        return bool(original(*args))  # type: ignore[arg-type]

    monkeypatch.setattr("checker.rulebase.lint.logic.Logic.implies", counting)
    report = lint([folder], ON, only=lambda _: True, checks=[BY_CODE["R182"], BY_CODE["R186"]])
    assert sum(i.problem.code == "R182" for i in report.issues) == 39
    assert asked < 400


