"""What linters share: checks with code, name, severity and one sentence, choosing among them, and the page of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from checker.errors import UsageError
from checker.strictyaml.suggest import did_you_mean

__all__ = ["SEVERITIES", "Check", "Pages", "Severity", "select"]

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From grave to light."""


@dataclass(frozen=True, slots=True)
class Check:
    """``name``: the noun people say. ``says``: one sentence, the summary of the page and of every list."""

    code: str
    name: str
    severity: Severity
    says: str


C = TypeVar("C", bound=Check)


def select(checks: Sequence[C], wanted: Sequence[str], unwanted: Sequence[str]) -> tuple[C, ...]:
    """The checks whose code begins with one of the ``wanted`` (all, if none is named) and with none of the ``unwanted``; a name of a
    check stands for its code.

    Raises:
        UsageError: something is the beginning of no code.
    """
    names = {check.name: check.code for check in checks}
    chosen = [names.get(text, text).upper() for text in wanted]
    left_out = [names.get(text, text).upper() for text in unwanted]
    for text in (*chosen, *left_out):
        if not any(check.code.startswith(text) for check in checks):
            near = did_you_mean(text, [*names.values(), *names])
            raise UsageError(f"no check begins with {text!r}" + (f"; did you mean {near}?" if near else ""))
    return tuple(check for check in checks if (not chosen or check.code.startswith(tuple(chosen)))
                 and not (left_out and check.code.startswith(tuple(left_out))))


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of the checks of one linter, in ``folder``, and the index of all, which begins with ``head``."""

    checks: Sequence[Check]
    folder: Path
    head: str

    def path(self, code: str) -> Path:
        """The file of the page."""
        return self.folder / f"{code}.md"

    def page(self, code: str) -> str:
        """The page of a code, or of the name of a check.

        Raises:
            UsageError: there is no such code.
        """
        names = {check.name: check.code for check in self.checks}
        known = names.get(code, code).upper()
        if known not in names.values():
            near = did_you_mean(code, [*names.values(), *names])
            raise UsageError(f"there is no check {code!r}" + (f"; did you mean {near}?" if near else ""))
        return self.path(known).read_text(encoding="utf-8")

    def heading(self, check: Check) -> str:
        """The first lines of a page, so that they cannot differ from what the check says."""
        return f"# {check.code} {check.name}\n\n**Summary**: {check.says} ({check.severity})\n"

    def index(self) -> str:
        """The index of all pages."""
        parts = [self.head]
        for severity in SEVERITIES:
            parts.append(f"## {severity}\n\n| code | name | what it finds |\n|---|---|---|\n")
            parts += [f"| [{c.code}]({c.code}.md) | {c.name} | {c.says} |\n" for c in self.checks if c.severity == severity]
            parts.append("\n")
        return "".join(parts).rstrip("\n") + "\n"

    def write_index(self) -> Path:
        """Write the index into the documentation; its path. For whoever has added a check."""
        path = self.folder / "index.md"
        path.write_text(self.index(), encoding="utf-8")
        return path
