"""``sanctions rules cover``: the table, the missing examples, the gate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Sanctions


@pytest.fixture
def weak(tmp_path: Path, root: Path) -> Path:
    for name in ("xa-full", "xa-one-and-one", "xa-draft", "xa-unconfirmed"):
        text = (root / f"tests/proof/weak/{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_what_passes_is_one_row(sanctions: Sanctions, weak: Path) -> None:
    ran = sanctions("rules", "cover", "xa-full", "--rules", weak)
    assert ran.code == 0
    assert [line.split() for line in ran.out.splitlines()[:2]] == [
        ["rule", "lines", "dates", "exemptions", "unknown", "choices", "mutants", "gate"],
        ["xa-full", "6/6", "1/1", "-", "3/3", "-", ran.out.splitlines()[1].split()[6], "passed"]]
    killed, _, mutants = ran.out.splitlines()[1].split()[6].partition("/")   # how many there are depends on the words there are
    assert killed == mutants
    assert ran.out.splitlines()[2:] == ["1 rule, 0 below a gate, 100.0 % covered."]


def test_what_fails_is_told_with_the_example_to_write(sanctions: Sanctions, weak: Path) -> None:
    ran = sanctions("rules", "cover", "xa-one-and-one", "--rules", weak)
    assert ran.code == 1
    assert "no example shows that the line `act: transfer` matters" in ran.out
    assert "- {name: the day before the measure, but: {date: 2019-12-31}, expect: not in force}" in ran.out
    assert "1 below a gate" in ran.out


def test_warnings_are_for_the_rules_that_are_named(sanctions: Sanctions, weak: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # All rules would be ours too, which take long; the four alone tell the same.
    monkeypatch.setattr("checker.proof.many.covered_rules", lambda rules: [r for r in rules if r.id.startswith("xa-")])
    warning = "no example shows what is said when the supplier is not known"
    assert warning in sanctions("rules", "cover", "xa-one-and-one", "--rules", weak).out
    everything = sanctions("rules", "cover", "--rules", weak)
    assert warning not in everything.out
    assert "name a rule to see its own" in everything.out


def test_a_draft_is_covered_and_holds_nobody_up(sanctions: Sanctions, weak: Path) -> None:
    ran = sanctions("rules", "cover", "xa-draft", "--rules", weak)
    assert ran.code == 0
    assert "none (draft)" in ran.out
    assert "no example comes out clear" in ran.out


def test_unconfirmed_examples_are_counted(sanctions: Sanctions, weak: Path) -> None:
    told = sanctions("rules", "cover", "xa-unconfirmed", "--rules", weak).out
    assert "4 examples not confirmed: such examples count for nothing." in told


@pytest.mark.parametrize(("least", "code"), [("50", 0), ("100", 0), ("100.5", 2)])
def test_fail_under(sanctions: Sanctions, weak: Path, least: str, code: int) -> None:
    assert sanctions("rules", "cover", "xa-full", "--rules", weak, "--fail-under", least).code == code


def test_fail_under_fails_what_passes_its_gates(sanctions: Sanctions, weak: Path) -> None:
    file = weak / "xa-full.yaml"
    text = file.read_text(encoding="utf-8").replace("severity: critical", "severity: high")
    file.write_text("".join(x for x in text.splitlines(keepends=True) if "the coal was sold" not in x), encoding="utf-8")
    assert sanctions("rules", "cover", "xa-full", "--rules", weak).code == 0
    assert sanctions("rules", "cover", "xa-full", "--rules", weak, "--fail-under", "99.9").code == 1


def test_json_names_its_form(sanctions: Sanctions, weak: Path) -> None:
    ran = sanctions("rules", "cover", "xa-full", "xa-one-and-one", "--rules", weak, "--json")
    found = json.loads(ran.out)
    assert ran.code == 1
    assert found["schema"] == "sanctions-checker/rules-cover/1"
    assert [(one["rule"], one["passed"]) for one in found["rules"]] == [("xa-full", True), ("xa-one-and-one", False)]
    missing = found["rules"][1]["missing"][0]
    assert missing["where"].endswith("xa-one-and-one.yaml:23:3")
    assert missing["example"].startswith("- {name: ")


def test_several_processes_say_the_same(sanctions: Sanctions, weak: Path) -> None:
    alone, many = (sanctions("rules", "cover", "xa-full", "xa-one-and-one", "dprk-nuclear-test", "--rules", weak, "--json", "--jobs", jobs)
                   for jobs in (1, 2))
    assert alone == many


def test_the_page_needs_nothing_else(sanctions: Sanctions, weak: Path, tmp_path: Path) -> None:
    page = tmp_path / "cover.html"
    assert sanctions("rules", "cover", "xa-one-and-one", "--rules", weak, "--html", page).code == 1
    text = page.read_text(encoding="utf-8")
    assert "no example shows that the line `act: transfer` matters" in text
    assert "<script" not in text
    assert not any(outside in text for outside in ("://", "src=", "<link", "@import"))


def test_an_unknown_rule_is_no_traceback(sanctions: Sanctions, weak: Path) -> None:
    ran = sanctions("rules", "cover", "xa-ful", "--rules", weak)
    assert ran.code == 2
    assert "did you mean xa-full?" in ran.err


def test_a_page_that_cannot_be_written(sanctions: Sanctions, weak: Path, tmp_path: Path) -> None:
    ran = sanctions("rules", "cover", "xa-full", "--rules", weak, "--html", tmp_path / "no folder" / "cover.html")
    assert (ran.code, "cover.html: No such file or directory" in ran.err) == (2, True)
