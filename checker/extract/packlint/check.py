"""What a check of language packs is: its code, name, severity and one sentence, together with the function that checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.strictyaml.checks import Check, Severity
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Located

if TYPE_CHECKING:
    from checker.extract.packlint.file import PackFile

__all__ = ["Hit", "PackCheck", "checks", "problem_of"]



@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found: where (``None``: the whole file), what, how to mend it."""

    at: Located | None
    message: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class PackCheck(Check):
    """Looks at one pack."""

    run: Callable[[PackFile], Iterator[Hit]]


def checks(code: str, name: str, severity: Severity, says: str) -> Callable[[Callable[[PackFile], Iterator[Hit]]], PackCheck]:
    """Makes a check of a function."""
    return lambda run: PackCheck(code, name, severity, says, run)


def problem_of(check: Check, file: PackFile, hit: Hit) -> Problem:
    """The hit as every other problem is shown."""
    if hit.at is None:
        return Problem(file.path, 0, 0, check.code, hit.message, hit.mend, severity=check.severity)
    return file.source.problem(hit.at, check.code, hit.message, hit.mend, check.severity)
