"""Comments that allow an issue: ``# lint: allow R123 because the law says so``, behind the line or above it.

A reason is required. Only checks of the linter can be allowed, never what the loader refuses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from checker.rulebase.fmt.comments import Comments
from checker.rulebase.lint.check import Hit, Issue
from checker.rulebase.lint.files import LintFile
from checker.strictyaml.checks import Check
from checker.strictyaml.source import Span

__all__ = ["CHECKS", "Allowances"]

WITHOUT_REASON = Check("R191", "allow-without-reason", "warning", "A comment allows an issue without saying why; it has no effect.")
UNUSED = Check("R192", "allow-unused", "warning", "A comment allows an issue that is not there.")
UNKNOWN = Check("R193", "allow-unknown", "warning", "A comment allows a code that does not exist.")
CHECKS = (WITHOUT_REASON, UNUSED, UNKNOWN)

_ALLOW = re.compile(r"#\s*lint:\s*allow\s+(?P<codes>[A-Za-z0-9-]+(?:[ ,]+(?!because\b)[A-Za-z0-9-]+)*)(?P<why>\s+because\s+\S.*)?\s*$")
_MARK = "lint:"


@dataclass(slots=True)
class _Allow:
    """``lines``: the lines of the file it speaks of."""

    at: Span
    codes: tuple[str, ...]
    reason: bool
    lines: tuple[int, ...]
    used: set[str] = field(default_factory=set)


class Allowances:
    """All such comments of one file."""

    def __init__(self, file: LintFile) -> None:
        self._allows = list(_read(file)) if _MARK in file.text and file.parsed.node is not None else []

    def covers(self, issue: Issue) -> bool:
        """Whether an issue is allowed. The comment counts as used then."""
        found = False
        for allow in self._allows:
            if allow.reason and issue.problem.code in allow.codes and issue.problem.line in allow.lines:
                allow.used.add(issue.problem.code)
                found = True
        return found

    def hits(self, known: Collection[str], ran: Collection[str]) -> Iterable[tuple[Check, Hit]]:
        """What is wrong with the comments themselves. ``known``: all codes; ``ran``: those of the checks that were run."""
        for allow in self._allows:
            unknown = [code for code in allow.codes if code not in known]
            for code in unknown:
                yield UNKNOWN, Hit(allow.at, f"there is no code {code}", "write the code as the message shows it: R104")
            if not allow.reason:
                yield WITHOUT_REASON, Hit(allow.at, "no reason is given, so nothing is allowed", "write `# lint: allow R123 because ...`")
                continue
            idle = [code for code in allow.codes if code in known and code in ran and code not in allow.used]
            for code in idle:
                yield UNUSED, Hit(allow.at, f"{code} is not reported here, so it need not be allowed", "delete the comment")


def _read(file: LintFile) -> Iterable[_Allow]:
    comments = Comments(file.source)
    for comment in comments.by_line.values():
        found = _ALLOW.match(comment.text)
        if not found:
            continue
        lines = [comment.line]
        if comment.alone:
            below = comment.line + 1
            while below <= len(file.source.lines) and (comments.empty(below) or comments.alone(below)):
                below += 1
            lines = [*range(comment.line, below + 1)]
        codes = tuple(re.split(r"[ ,]+", found["codes"].strip()))
        yield _Allow(Span(comment.line, comment.column, len(comment.text)), codes, bool(found["why"]), tuple(lines))
