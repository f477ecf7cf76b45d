"""What a check of language packs is: its code, name, severity and one sentence, together with the function that checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Located

if TYPE_CHECKING:
    from checker.extract.packlint.file import PackFile

__all__ = ["SEVERITIES", "Check", "Hit", "Severity", "checks", "problem_of"]

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From grave to light."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found: where (``None``: the whole file), what, how to mend it."""

    at: Located | None
    message: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """``name``: the noun people say. ``says``: one sentence, the summary of the page and of every list."""

    code: str
    name: str
    severity: Severity
    says: str
    run: Callable[[PackFile], Iterator[Hit]]


def checks(code: str, name: str, severity: Severity, says: str) -> Callable[[Callable[[PackFile], Iterator[Hit]]], Check]:
    """Makes a check of a function."""
    return lambda run: Check(code, name, severity, says, run)


def problem_of(check: Check, file: PackFile, hit: Hit) -> Problem:
    """The hit as every other problem is shown."""
    if hit.at is None:
        return Problem(file.path, 0, 0, check.code, hit.message, hit.mend, severity=check.severity)
    return file.source.problem(hit.at, check.code, hit.message, hit.mend, check.severity)
