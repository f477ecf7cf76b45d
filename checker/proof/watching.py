"""Rule files watched while they are written: what changed is read again, linted, tested and covered, the rest of the base is kept.

Files are looked at by time and size, so that any editor will do; nothing here sleeps or prints.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from checker.judge.judge import Judge
from checker.locator import rules_dir
from checker.model.coverage import RuleCoverage
from checker.model.rule import Rule
from checker.proof.coverage import cover
from checker.proof.examples import ExampleResult, passes, run_example, run_examples
from checker.proof.reading import judge_of, reread
from checker.rulebase.cache import cache_dir
from checker.rulebase.files import rule_files
from checker.rulebase.lint.files import LintFile
from checker.rulebase.lint.run import lint_file, open_base
from checker.rulebase.loader import load_rulebase, shown_path
from checker.strictyaml.decode import decode
from checker.strictyaml.problem import Problem

__all__ = ["FileReport", "Watcher"]

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What came of one file. ``problems``: those of the loader and the linter; ``failed``: examples that come out otherwise than
    expected; ``unconfirmed``: drafts that nobody has agreed to. ``gone``: the file is no longer there."""

    path: str
    rule: Rule | None = None
    problems: tuple[Problem, ...] = ()
    failed: tuple[ExampleResult, ...] = ()
    examples: int = 0
    unconfirmed: int = 0
    coverage: RuleCoverage | None = None
    gone: bool = False
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """The file loads, nothing in it is an error, its examples pass, and no gate that was looked at is failed."""
        errors = any(p.severity == "error" for p in self.problems)
        return not errors and not self.failed and (self.coverage is None or self.coverage.passed)


class Watcher:
    """Folders and files that are watched. ``on`` is the day (ordinal) by which reviews are overdue."""

    def __init__(self, targets: tuple[Path, ...], on: int) -> None:
        self.targets, self.on = targets, on
        self._seen: dict[Path, Stamp] = {}
        self._load()

    def _load(self) -> None:
        folders = [rules_dir() / "un", *(path if path.is_dir() else path.parent for path in self.targets)]
        loaded = load_rulebase(folders, cache=cache_dir())
        self.base, self._problems = loaded.rulebase, loaded.problems
        self._others, _ = open_base(folders, self.on, whole=False, vocabulary=self.base.vocabulary)

    def files(self) -> Iterator[tuple[Path, Stamp]]:
        """The rule files that are there now, with time and size."""
        for path in rule_files(self.targets):
            try:
                state = path.stat()
            except OSError:  # gone between being listed and being looked at
                continue
            yield path, (state.st_mtime_ns, state.st_size)

    def start(self) -> tuple[FileReport, ...]:
        """What is plainly wrong at the beginning, file by file: problems of the loader and examples that fail. Fast, however many."""
        self._seen = dict(self.files())
        judge = Judge(self.base, use_index=False)
        rules = {rule.path: rule for rule in self.base.tested}
        return tuple(self._first_look(path, rules.get(shown_path(path)), judge) for path in self._seen)

    def _first_look(self, path: Path, rule: Rule | None, judge: Judge) -> FileReport:
        name = shown_path(path)
        report = FileReport(name, rule, tuple(p for p in self._problems if p.path == name))
        if rule is None:
            return report
        failed = tuple(run_example(judge, rule, e) for e in rule.examples if e.confirmed and not passes(judge, rule, e))
        return _counted(report, rule, failed)

    def poll(self) -> tuple[FileReport, ...]:
        """Reports on what was written, made or deleted since the last call (without one before: on every file)."""
        now = dict(self.files())
        gone = [path for path in self._seen if path not in now]
        changed = [path for path, stamp in now.items() if self._seen.get(path) != stamp]
        self._seen = now
        reports = [self._forget(path) for path in gone]
        return (*reports, *(self._check(path) for path in changed))

    def _forget(self, path: Path) -> FileReport:
        self._put(shown_path(path), None)
        return FileReport(shown_path(path), gone=True)

    def _put(self, path: str, rule: Rule | None) -> None:
        """Put a rule in the place of the one that stood in the file; the rest of the base stays."""
        if any(shared.rule.path == path for shared in self.base.exemptions):
            self._load()  # other rules use it
            return
        rules = [other for other in self.base.rules if other.path != path] + ([rule] if rule else [])
        self.base = replace(self.base, rules=tuple(sorted(rules, key=lambda r: r.id)), _by_id={})

    def _check(self, path: Path) -> FileReport:
        started, name = time.perf_counter(), shown_path(path)
        try:
            data = path.read_bytes()
            text, problem = decode(data, name)
        except OSError as error:
            says = f"the file cannot be read: {error.strerror}"
            text, problem = "", Problem(name, 0, 0, "file-unreadable", says, "check the permissions")
        rule, problems = reread(text, path, self.base) if problem is None else (None, [problem])
        same = next((other for other in self.base.rules if rule and other.id == rule.id and other.path != name), None)
        if rule and same:
            says = f"the rule {rule.id!r} stands also in {same.path}"
            problems.append(Problem(name, 0, 0, "duplicate-rule", says, "delete one, or give one of them its own id"))
            rule = None
        self._put(name, rule)
        report = FileReport(name, rule, tuple(problems))
        if rule is not None:
            report = self._prove(rule, path, data, report)
        return replace(report, seconds=time.perf_counter() - started)

    def _prove(self, rule: Rule, path: Path, data: bytes, report: FileReport) -> FileReport:
        judge = judge_of(rule, self.base)
        report = _counted(report, rule, tuple(result for result in run_examples(judge, [rule]) if not result.passed))
        shared = next((one for one in self.base.exemptions if one.rule.path == report.path), None)
        issues = lint_file(LintFile(report.path, path, data, rule, shared), self._others)
        coverage = cover(judge, rule, quick=True) if not report.failed else None
        return replace(report, problems=(*report.problems, *(issue.problem for issue in issues)), coverage=coverage)


def _counted(report: FileReport, rule: Rule, failed: tuple[ExampleResult, ...]) -> FileReport:
    confirmed = sum(example.confirmed for example in rule.examples)
    return replace(report, failed=failed, examples=confirmed, unconfirmed=len(rule.examples) - confirmed)
