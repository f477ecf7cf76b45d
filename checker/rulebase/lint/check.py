"""What a check is: its code, name, severity and one sentence stand here and nowhere else, together with the function that checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from checker.rulebase.edit import Edit
from checker.strictyaml.checks import Check, Severity
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Located

if TYPE_CHECKING:
    from checker.rulebase.lint.files import Base, LintFile

__all__ = ["BaseCheck", "FileCheck", "Hit", "Issue", "Scope", "on_base", "on_file"]


Scope = Literal["rule", "shared", "text"]
"""What a check of a file wants: a rule that loads, a shared exemption that loads, or any file of rules, whether it loads or not."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found: where, what, how to mend it. ``edits`` mend it without a person; ``fix`` says in words what they do."""

    at: Located | None
    message: str
    mend: str
    edits: tuple[Edit, ...] = ()
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """A hit with its code and severity as every other problem has them. ``problem.code`` is ``R`` and three digits, or, for what the
    loader refuses, the loader's word."""

    problem: Problem
    edits: tuple[Edit, ...] = ()
    fix: str = ""


@dataclass(frozen=True, slots=True)
class FileCheck(Check):
    """Looks at one file (and, where it must, at the base it stands in)."""

    scopes: tuple[Scope, ...]
    run: Callable[[LintFile, Base], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class BaseCheck(Check):
    """Looks at all files together. A hit without a file is about the vocabulary: its path stands in the problem."""

    run: Callable[[Base], Iterator[tuple[LintFile | str, Hit]]]


def on_file(code: str, name: str, severity: Severity, says: str,
            *scopes: Scope) -> Callable[[Callable[[LintFile, Base], Iterator[Hit]]], FileCheck]:
    """Makes a check of a function over one file; without ``scopes`` it looks at rules."""
    return lambda run: FileCheck(code, name, severity, says, scopes or ("rule",), run)


def on_base(code: str, name: str, severity: Severity,
            says: str) -> Callable[[Callable[[Base], Iterator[tuple[LintFile | str, Hit]]]], BaseCheck]:
    """Makes a check of a function over the whole base."""
    return lambda run: BaseCheck(code, name, severity, says, run)
