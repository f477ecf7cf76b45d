"""pytest plugin: every example of a rule file is a test of its own.

Set ``sanctions_rules`` (folders, one a line) in the pytest configuration to collect them; without it the plugin only offers the
fixtures ``rulebase`` and ``judge``. It imports nothing heavy before one of these is used, because pytest loads it in every project
that has the checker installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from checker.judge.judge import Judge
    from checker.model.rule import Example, Rule
    from checker.rulebase.loader import RuleBase

_INI = "sanctions_rules"
_KEY: pytest.StashKey[RuleFolders] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(_INI, "folders of rule files whose examples are collected as tests", type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    folders = [Path(path).resolve() for path in config.getini(_INI)]
    if folders:
        config.stash[_KEY] = RuleFolders(folders)
        if not hasattr(config, "workerinput") and _whole_run(config):
            config.pluginmanager.register(NothingRan(config), "sanctions-nothing-ran")


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
        for rule in base.rules:
            if rule.path == mine:
                for example in rule.examples:
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
