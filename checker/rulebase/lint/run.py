"""Linting folders of rules: what the loader says and what the checks say, in one stream by path and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.locator import rules_dir
from checker.rulebase.cache import cache_dir
from checker.rulebase.files import rule_files
from checker.rulebase.fmt.known import CanonicalFiles
from checker.rulebase.instruments import load_instruments
from checker.rulebase.lint.allow import CHECKS as ALLOW_CHECKS
from checker.rulebase.lint.allow import Allowances
from checker.rulebase.lint.check import BaseCheck, FileCheck, Hit, Issue
from checker.rulebase.lint.files import Base, LintFile
from checker.rulebase.lint.settings import load_settings
from checker.rulebase.lint.table import BY_CODE, CHECKS
from checker.rulebase.loader import load_rulebase, shown_path
from checker.strictyaml.checks import Check
from checker.strictyaml.loader import MAX_BYTES
from checker.strictyaml.problem import Problem
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary

__all__ = ["Report", "file_issues", "lint", "lint_file", "open_base"]


@dataclass(frozen=True, slots=True)
class Report:
    """``issues`` by path, line and column; ``files`` are the files looked at."""

    issues: tuple[Issue, ...]
    files: tuple[LintFile, ...]

    def count(self, severity: str) -> int:
        return sum(issue.problem.severity == severity for issue in self.issues)


def lint(folders: Sequence[Path], on: int, *, only: Callable[[LintFile], bool] | None = None, checks: Sequence[Check] = CHECKS,
         vocabulary: Vocabulary | None = None, progress: Callable[[int, int], None] | None = None) -> Report:
    """Everything there is to say about the rules below the folders. ``on`` is the day (ordinal) by which things are overdue, ``only``
    the files about which to speak (the others are the base they stand in), ``progress`` is told how many of how many are done.

    Raises:
        RuleBaseError: the vocabulary or the settings of the linter do not load.
    """
    base, problems = open_base(folders, on, whole=only is None, vocabulary=vocabulary)
    spoken_of = tuple(file for file in base.files if only is None or only(file))
    paths = {file.path for file in spoken_of}
    silent = {file.path for file in base.files} - paths  # what is said about folders and other files stays
    issues = [Issue(problem) for problem in problems if problem.path not in silent]
    found: dict[str, list[Issue]] = {}
    for number, file in enumerate(spoken_of):
        found[file.path] = list(file_issues(file, base, checks))
        if progress:
            progress(number + 1, len(spoken_of))
    for check in checks:
        if isinstance(check, BaseCheck):
            for target, hit in check.run(base):
                path = target if isinstance(target, str) else target.path
                if only is None or path in paths:
                    found.setdefault(path, []).append(_issue(check, target, hit))
    for file in spoken_of:
        found[file.path] = _allowed(file, found[file.path], checks)
    if base.canonical:
        base.canonical.keep()
    issues += [issue for some in found.values() for issue in some]
    issues.sort(key=lambda i: (i.problem.path, i.problem.line, i.problem.column, i.problem.code, i.problem.message))
    return Report(tuple(issues), spoken_of)


def lint_file(file: LintFile, base: Base, checks: Sequence[Check] = CHECKS) -> tuple[Issue, ...]:
    """What the checks of single files say about one file, for an answer while somebody writes; those of the whole base are not asked."""
    found = _allowed(file, list(file_issues(file, base, checks)), checks)
    return tuple(sorted(found, key=lambda i: (i.problem.line, i.problem.column, i.problem.code, i.problem.message)))


def _allowed(file: LintFile, issues: Sequence[Issue], checks: Sequence[Check]) -> list[Issue]:
    """The issues of a file without those that a comment allows, and what is wrong with such comments."""
    allowances = Allowances(file)
    kept = [issue for issue in issues if not allowances.covers(issue)]
    wrong = allowances.hits(BY_CODE, {check.code for check in checks})
    return [*kept, *(_issue(check, file, hit) for check, hit in wrong if check in checks and check in ALLOW_CHECKS)]


def open_base(folders: Sequence[Path], on: int, *, whole: bool = True, vocabulary: Vocabulary | None = None) -> tuple[Base, list[Problem]]:
    """The base that checks look at, and what the loader says about it."""
    words = vocabulary or default_vocabulary()
    loaded = load_rulebase(folders, words, cache=cache_dir())
    rules = {rule.path: rule for rule in loaded.rulebase.rules}
    shared = {exemption.rule.path: exemption for exemption in loaded.rulebase.exemptions}
    files = []
    for path, where in sorted({shown_path(path): path for path in rule_files(f for f in folders if f.is_dir())}.items()):
        exemption = shared.get(path)
        files.append(LintFile(path, where, _bytes(where), exemption.rule if exemption else rules.get(path), exemption))
    instruments, _ = load_instruments(None, words)
    packs = tuple(sorted((rules_dir() / "languages").glob("*.yaml")))
    return Base(tuple(files), words, instruments, load_settings(), on, whole, packs,
                CanonicalFiles(cache_dir(), words.digest)), loaded.problems


def _bytes(path: Path) -> bytes:
    """The content of a file; nothing where it cannot be read or is too large, which the loader tells."""
    try:
        return path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    except OSError:
        return b""


def file_issues(file: LintFile, base: Base, checks: Sequence[Check]) -> Iterator[Issue]:
    """What the checks of single files find in one, whether a comment allows it or not."""
    kind = "shared" if file.shared else "rule"
    for check in checks:
        if isinstance(check, FileCheck) and ("text" in check.scopes or (file.rule and kind in check.scopes)):
            for hit in check.run(file, base):
                yield _issue(check, file, hit)


def _issue(check: Check, target: LintFile | str, hit: Hit) -> Issue:
    if isinstance(target, str) or hit.at is None:
        path = target if isinstance(target, str) else target.path
        problem = Problem(path, 0, 0, check.code, hit.message, hit.mend, severity=check.severity)
    else:
        problem = target.source.problem(hit.at, check.code, hit.message, hit.mend, check.severity)
    return Issue(problem, hit.edits, hit.fix)
