"""Applying fixes: one file after the other in memory, until nothing is left that a fix mends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.rulebase.edit import Edit, EditConflict, apply
from checker.rulebase.lint.allow import Allowances
from checker.rulebase.lint.check import Issue
from checker.rulebase.lint.files import Base, LintFile
from checker.rulebase.lint.run import file_issues
from checker.rulebase.rulefile import read_rule, read_shared
from checker.strictyaml.checks import Check

__all__ = ["Fixed", "fix_file"]

_MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Fixed:
    """``text`` after the fixes; ``done`` says line by line what was done (``12: R122 `sale` deleted``)."""

    text: str
    done: tuple[str, ...]


def fix_file(file: LintFile, base: Base, checks: Sequence[Check]) -> Fixed:
    """Mend a file where that is safe. A file that loads still loads, with the same content but for what ``done`` says; what would
    break it is not done. Doing it again changes nothing."""
    current, done = file, list[str]()
    for _ in range(_MOST_ROUNDS):
        allowances = Allowances(current)
        issues = [issue for issue in file_issues(current, base, checks) if issue.edits and not allowances.covers(issue)]
        # What rewrites the whole file comes last: the other edits point into the file as it is.
        chosen = _compatible(current, [i for i in issues if not _rewrites(i)]) or _compatible(current, issues[:1])
        if not chosen:
            break
        changed = _reread(current, base, apply(current.text, [edit for issue in chosen for edit in issue.edits]))
        if changed.text == current.text or (current.rule is not None and changed.rule is None):
            break
        done += [f"{issue.problem.line}: {issue.problem.code} {issue.fix}" for issue in chosen]
        current = changed
    return Fixed(current.text, tuple(done))


def _rewrites(issue: Issue) -> bool:
    return any(edit.end is not None for edit in issue.edits)


def _compatible(file: LintFile, issues: Sequence[Issue]) -> list[Issue]:
    """As many of the issues as do not touch the same characters, the first ones first."""
    chosen: list[Issue] = []
    edits: list[Edit] = []
    for issue in issues:
        try:
            apply(file.text, [*edits, *issue.edits])
        except EditConflict:
            continue
        chosen.append(issue)
        edits += issue.edits
    return chosen


def _reread(file: LintFile, base: Base, text: str) -> LintFile:
    """The file as it would be with another text."""
    new = LintFile(file.path, file.file, text.encode("utf-8"))
    if file.shared:
        new.shared, _ = read_shared(new.parsed, base.vocabulary, file.file.stem)
        new.rule = new.shared.rule if new.shared else None
    else:
        shared = {f.shared.id: f.shared for f in base.files if f.shared}
        new.rule, _ = read_rule(new.parsed, base.vocabulary, file.file.stem, shared)
    return new
