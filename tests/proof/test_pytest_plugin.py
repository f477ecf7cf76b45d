"""The plugin as other projects meet it: in a pytest run of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

CONFIGURED = '[pytest]\ntestpaths = tests rules\nsanctions_rules = rules\n'


@pytest.fixture
def project(tmp_path: Path, root: Path) -> Path:
    """A project with one rule of its own and one test."""
    (tmp_path / "rules").mkdir()
    text = (root / "rules/un/un-1718/dprk-nuclear-test.yaml").read_text(encoding="utf-8")
    text = text.replace("rule: dprk-nuclear-test", "rule: xa-nuclear-test")
    (tmp_path / "rules" / "xa-nuclear-test.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_own.py").write_text("def test_own():\n    assert 1\n")
    (tmp_path / "pytest.ini").write_text(CONFIGURED)
    return tmp_path


def pytest_in(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    cache = [] if "cache_dir=kept" in args else ["-p", "no:cacheprovider"]
    return subprocess.run([sys.executable, "-m", "pytest", *cache, *args], cwd=folder, env=env, capture_output=True,
                          text=True, timeout=120, check=False)


def spoil(project: Path) -> None:
    file = project / "rules" / "xa-nuclear-test.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("expect: clear", "expect: violation", 1), encoding="utf-8")


@pytest.mark.parametrize("more", [[], ["-n", "2"]], ids=["alone", "xdist"])
def test_examples_are_tests_with_readable_ids(project: Path, more: list[str]) -> None:
    done = pytest_in(project, "-v", *more)
    assert done.returncode == 0, done.stdout
    assert "rules/xa-nuclear-test.yaml::" in done.stdout
    assert "tests/test_own.py::test_own" in done.stdout


def test_a_failure_shows_what_was_wanted_and_why(project: Path) -> None:
    spoil(project)
    done = pytest_in(project)
    assert done.returncode == 1
    assert "wanted violation, got clear" in done.stdout
    assert "xa-nuclear-test.yaml:" in done.stdout
    assert "✗" in done.stdout
    assert "Traceback" not in done.stdout


def test_a_broken_rule_fails_with_its_place(project: Path) -> None:
    (project / "rules" / "xa-nuclear-test.yaml").write_text("rule: xa-nuclear-test\nkind: prohibitoin\n")
    done = pytest_in(project)
    assert done.returncode == 2
    assert "xa-nuclear-test.yaml:2:" in done.stdout
    assert "did you mean" in done.stdout


@pytest.mark.parametrize("more", [[], ["-n", "2"]], ids=["alone", "xdist"])
def test_a_run_of_all_tests_in_which_no_example_ran_fails(project: Path, more: list[str]) -> None:
    (project / "pytest.ini").write_text(CONFIGURED.replace("tests rules", "tests"))
    done = pytest_in(project, *more)
    assert done.returncode == 1
    assert "no example of a rule ran" in done.stdout


@pytest.mark.parametrize("narrowed", [["tests"], ["-k", "own"], ["tests/test_own.py::test_own"]], ids=str)
def test_a_narrowed_run_need_not_run_examples(project: Path, narrowed: list[str]) -> None:
    (project / "pytest.ini").write_text(CONFIGURED.replace("tests rules", "tests"))
    assert pytest_in(project, *narrowed).returncode == 0


def test_without_configuration_nothing_is_collected_or_said(project: Path) -> None:
    spoil(project)
    (project / "pytest.ini").write_text("[pytest]\n")
    done = pytest_in(project, "-q")
    assert done.returncode == 0
    assert "1 passed" in done.stdout
    assert "xa-nuclear-test" not in done.stdout + done.stderr


def test_fixtures_use_the_configured_rules(project: Path) -> None:
    (project / "tests" / "test_own.py").write_text(
        "from checker.proof import assert_flags\n\n"
        "def test_base(rulebase, judge):\n"
        "    assert [r.id for r in rulebase.rules] == ['xa-nuclear-test']\n"
        "    event = {'act': 'nuclear_test', 'actor': 'KP', 'date': '2017-09-03', 'report': 'confirmed'}\n"
        "    assert_flags(event, rule='xa-nuclear-test', judge=judge)\n")
    done = pytest_in(project, "tests")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("more", [[], ["-n", "2"]], ids=["alone", "xdist"])
@pytest.mark.parametrize(("least", "code"), [("50", 0), ("100", 1)])
def test_rule_coverage_is_printed_once_and_may_fail_the_run(project: Path, more: list[str], least: str, code: int) -> None:
    weaken(project)
    done = pytest_in(project, "--rule-coverage-fail-under", least, "--junitxml", "junit.xml", *more)
    assert done.returncode == code, done.stdout
    assert done.stdout.count("rule coverage") == 1
    assert "xa-nuclear-test" in done.stdout
    assert ("FAIL" in done.stdout) is bool(code)
    assert int(ElementTree.parse(project / "junit.xml").getroot()[0].attrib["tests"]) > 5  # noqa: S314


def test_the_ini_prints_coverage_without_holding_a_gate(project: Path) -> None:
    weaken(project)
    (project / "pytest.ini").write_text(CONFIGURED + "sanctions_rule_coverage = true\n")
    done = pytest_in(project)
    assert done.returncode == 0
    assert "% covered, rules below a gate: 1" in done.stdout


def test_a_narrowed_run_covers_what_ran_and_holds_no_gate(project: Path) -> None:
    weaken(project)
    done = pytest_in(project, "--rule-coverage-fail-under", "100", "-k", "seismologists")
    assert done.returncode == 0, done.stdout
    assert "xa-nuclear-test" in done.stdout
    assert "no gate was held" in done.stdout
    assert "rule coverage" not in pytest_in(project, "--rule-coverage", "tests").stdout


def test_only_what_failed_last_is_run_again_and_holds_no_gate(project: Path) -> None:
    file = project / "rules" / "xa-nuclear-test.yaml"
    whole = file.read_text(encoding="utf-8")
    spoiled = whole.replace("but: {report: reported}, expect: reported violation", "but: {report: reported}, expect: clear")
    file.write_text(spoiled, encoding="utf-8")
    kept = ("-o", "cache_dir=kept")
    assert pytest_in(project, *kept).returncode == 1
    again = pytest_in(project, *kept, "--lf", "--rule-coverage-fail-under", "100")
    assert again.returncode == 1
    assert "1 failed" in again.stdout
    assert "no gate was held" in again.stdout
    file.write_text(whole, encoding="utf-8")
    mended = pytest_in(project, *kept, "--lf", "--rule-coverage-fail-under", "100")
    assert mended.returncode == 0, mended.stdout
    assert "1 passed" in mended.stdout


def test_coverage_needs_rules(project: Path) -> None:
    (project / "pytest.ini").write_text("[pytest]\n")
    done = pytest_in(project, "--rule-coverage")
    assert done.returncode == 4
    assert "set sanctions_rules" in done.stderr


def test_unconfirmed_examples_are_counted_and_not_run(project: Path) -> None:
    file = project / "rules" / "xa-nuclear-test.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("expect: clear}", "expect: warning, confirmed: false}"), encoding="utf-8")
    done = pytest_in(project, "-v")
    assert done.returncode == 0, done.stdout
    assert "another State tests" not in done.stdout
    assert "Examples of rules that are not confirmed, and so were not run: 5." in done.stdout


def test_uncovered_shows_the_missing_examples_whole(project: Path) -> None:
    weaken(project)
    (project / "tests" / "test_own.py").write_text(
        "from checker.proof import uncovered\n\ndef test_covered(judge):\n    assert uncovered('xa-nuclear-test', judge) == []\n")
    done = pytest_in(project, "tests")
    assert done.returncode == 1
    assert "- missing examples -" in done.stdout
    assert "no example shows that the line `actor: KP` matters" in done.stdout
    assert done.stdout.rpartition("missing examples")[2].count("- {name: ") >= 1
    assert "hidden" not in done.stdout


def weaken(project: Path) -> None:
    """Take away the example of another State."""
    file = project / "rules" / "xa-nuclear-test.yaml"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines(keepends=True) if "another State tests" not in line]
    file.write_text("".join(lines), encoding="utf-8")
