"""The plugin as other projects meet it: in a pytest run of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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
    return subprocess.run([sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *args], cwd=folder, env=env, capture_output=True,
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
