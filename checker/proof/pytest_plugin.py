"""pytest plugin: every example of a rule file is a test of its own.

Set ``sanctions_rules`` (folders, one a line) in the pytest configuration to collect them; without it the plugin only offers the
fixtures ``rulebase`` and ``judge``, and prints what ``uncovered`` found. It imports nothing heavy before one of these is used, because
pytest loads it in every project that has the checker installed.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from checker.judge.judge import Judge
    from checker.model.rule import Example, Rule
    from checker.rulebase.loader import RuleBase

_INI = "sanctions_rules"
_COVERAGE_INI = "sanctions_rule_coverage"
_KEY: pytest.StashKey[RuleFolders] = pytest.StashKey()
_MISSING: pytest.StashKey[str] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(_INI, "folders of rule files whose examples are collected as tests", type="paths", default=[])
    parser.addini(_COVERAGE_INI, "print at the end what the examples prove of each rule (as --rule-coverage)", type="bool", default=False)
    group = parser.getgroup("sanctions", "rules of the sanctions checker")
    group.addoption("--rule-coverage", action="store_true", help="print at the end what the examples prove of each rule")
    group.addoption("--rule-coverage-fail-under", type=float, metavar="N", default=None,
                    help="fail where the examples cover less than N per cent of the rules whose examples were all selected")


def pytest_configure(config: pytest.Config) -> None:
    folders = [Path(path).resolve() for path in config.getini(_INI)]
    asked = config.option.rule_coverage or config.option.rule_coverage_fail_under is not None
    if asked and not folders:
        raise pytest.UsageError(f"--rule-coverage: set {_INI} to the folders of the rules")
    if not folders:
        return
    config.stash[_KEY] = RuleFolders(folders)
    if hasattr(config, "workerinput"):
        return
    if _whole_run(config):
        config.pluginmanager.register(NothingRan(config), "sanctions-nothing-ran")
    if not config.option.collectonly:
        from checker.proof.pytest_coverage import CoverageSummary

        shown = asked or config.getini(_COVERAGE_INI)
        config.pluginmanager.register(CoverageSummary(config, config.stash[_KEY], shown), "sanctions-rule-coverage")


def _whole_run(config: pytest.Config) -> bool:
    """True when all tests were asked for, so that the examples must be among them."""
    option = config.option
    narrowed = option.keyword or option.markexpr or option.collectonly or option.deselect or getattr(option, "lf", False)
    return not narrowed and config.args_source is not pytest.Config.ArgsSource.ARGS


class RuleFolders:
    """The configured folders, their rule base and judge, loaded when the first rule file is collected."""

    def __init__(self, folders: list[Path]) -> None:
        self.folders = folders

    def holds(self, path: Path) -> bool:
        return path.suffix == ".yaml" and any(path.is_relative_to(folder) for folder in self.folders)

    @cached_property
    def loaded(self) -> Any:
        from checker.rulebase.loader import load_rulebase

        return load_rulebase(self.folders)

    @cached_property
    def judge(self) -> Judge:
        from checker.judge.judge import Judge

        return Judge(self.loaded.rulebase)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> RuleFile | None:
    rules = parent.config.stash.get(_KEY, None)
    if rules is None or not rules.holds(file_path.resolve()):
        return None
    found: RuleFile = RuleFile.from_parent(parent, path=file_path)
    return found


class NothingRan:
    """Fails a whole run in which no example ran: tests that pass because nothing was collected prove nothing.

    It counts reports, not collected items, because under xdist only the workers collect.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.ran = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        path = self.config.rootpath / report.nodeid.partition("::")[0]
        self.ran += self.config.stash[_KEY].holds(path.resolve())

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if not self.ran and exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if not self.ran:
            told = ", ".join(str(folder) for folder in self.config.stash[_KEY].folders)
            says = f"ERROR: {_INI} is set to {told}, but no example of a rule ran. Does testpaths include the folder?"
            terminalreporter.write_line(says, red=True)


class RuleFile(pytest.File):
    """One rule file."""

    def collect(self) -> Iterable[RuleExample]:
        rules = self.config.stash[_KEY]
        from checker.rulebase.loader import shown_path

        mine = shown_path(self.path)
        problems = [p for p in rules.loaded.problems if p.severity == "error" and p.path == mine]
        if problems:
            from checker.strictyaml.message import render_all

            raise self.CollectError(render_all(problems))
        return list(self._examples(rules.loaded.rulebase, mine))

    def _examples(self, base: RuleBase, mine: str) -> Iterator[RuleExample]:
        for rule in base.tested:
            for example in rule.examples if rule.path == mine else ():
                if example.confirmed:
                    yield RuleExample.from_parent(self, name=example.name, rule=rule, example=example)


class RuleExample(pytest.Item):
    """One example; it fails when the judge says otherwise than its author."""

    def __init__(self, *, rule: Rule, example: Example, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rule = rule
        self.example = example

    def runtest(self) -> None:
        from checker.proof.examples import run_example

        result = run_example(self.config.stash[_KEY].judge, self.rule, self.example)
        if not result.passed:
            raise ExampleFailed(result.report())

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        return str(excinfo.value) if isinstance(excinfo.value, ExampleFailed) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        line = self.example.mark.line - 1 if self.example.mark else None
        return self.path, line, f"{self.rule.id}: {self.example.name}"


def pytest_assertrepr_compare(config: pytest.Config, op: str, left: object, right: object) -> list[str] | None:
    """What ``assert uncovered(rule) == []`` says when it fails. pytest cuts long explanations, so the examples get a section below."""
    coverage = sys.modules.get("checker.model.coverage")
    if coverage is None or op != "==" or right != [] or not isinstance(left, list):
        return None
    if not left or not all(isinstance(one, coverage.Missing) for one in left):
        return None
    config.stash[_MISSING] = "\n".join(map(repr, left))
    return [f"{len(left)} example{'s are' if len(left) > 1 else ' is'} missing (see below), the first:", *repr(left[0]).splitlines()]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put the missing examples below the failure, whole and ready to paste."""
    report = yield
    missing = item.config.stash.get(_MISSING, "")
    if missing and report.failed:
        report.sections.append(("missing examples", missing))
    item.config.stash[_MISSING] = ""
    return report


class ExampleFailed(AssertionError):
    """An example came out otherwise than expected; the text says how."""


@pytest.fixture(scope="session")
def rulebase(request: pytest.FixtureRequest) -> RuleBase:
    """The rules of the configured folders, or those that come with the checker."""
    from checker.rulebase.loader import require_rulebase

    rules = request.config.stash.get(_KEY, None)
    return require_rulebase(rules.folders if rules else None)


@pytest.fixture(scope="session")
def judge(rulebase: RuleBase) -> Judge:
    """A judge over ``rulebase``."""
    from checker.judge.judge import Judge

    return Judge(rulebase)
