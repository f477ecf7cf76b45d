"""Rule coverage as plain data: what the examples of a rule prove, and which examples are missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

__all__ = ["COVERAGE_SCHEMA", "LEVELS", "Gate", "LevelCoverage", "LevelName", "Missing", "RuleCoverage", "total_percent"]

COVERAGE_SCHEMA = "sanctions-checker/rules-cover/1"

LevelName = Literal["example", "rule", "condition", "exemption", "boundary", "unknown", "choice", "mutation"]
Gate = Literal["error", "warning"]

LEVELS: dict[LevelName, str] = {
    "example": "confirmed examples that come out as expected",
    "rule": "one example is flagged, one is clear",
    "condition": "every line decides an example by being true, and one by being false",
    "exemption": "every exemption excuses an example",
    "boundary": "every date at which the law changes is pinned to the day, from both sides",
    "unknown": "every fact of the elements is missing in an example",
    "choice": "every listed value is needed by an example",
    "mutation": "every change of the rule that means something else makes an example fail",
}
"""The levels in the order of judgement, each in one phrase."""


class LevelCoverage(msgspec.Struct, frozen=True):
    """One level: how much of it is covered. ``gate``: what failing it means; ``least``: the percentage that passes."""

    level: LevelName
    covered: int
    total: int
    gate: Gate
    least: float = 100.0

    @property
    def percent(self) -> float:
        return 100.0 if not self.total else 100.0 * self.covered / self.total

    @property
    def passed(self) -> bool:
        return self.covered * 100 >= self.least * self.total

    def to_wire(self) -> dict[str, Any]:
        return {"level": self.level, "covered": self.covered, "total": self.total, "gate": self.gate, "least": self.least,
                "passed": self.passed}


class Missing(msgspec.Struct, frozen=True):
    """An example that is missing. ``where``: ``file:line:column`` of the line of the rule that nothing proves; ``says``: one English
    sentence; ``survivor``: the change of the rule that no example notices; ``example``: a line of YAML to paste, where the program
    could draft one. The draft says what the rule says now: read it before you agree."""

    rule: str
    level: LevelName
    severity: Gate
    where: str
    says: str
    survivor: str = ""
    example: str = ""

    def __repr__(self) -> str:
        place = f"{self.where}: " if self.where else f"{self.rule}: "
        return f"{place}{self.says}" + (f"\n    {self.example}" if self.example else "")

    def to_wire(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__struct_fields__}


class RuleCoverage(msgspec.Struct, frozen=True):
    """The coverage of one rule (or shared exemption). ``examples`` counts the confirmed ones, ``unconfirmed`` the drafts that count
    for nothing; ``equivalent`` the mutants that provably mean the same."""

    rule: str
    title: str
    path: str
    status: str
    severity: str
    examples: int
    unconfirmed: int
    levels: tuple[LevelCoverage, ...]
    equivalent: int
    missing: tuple[Missing, ...]

    @property
    def gated(self) -> bool:
        """Whether failing means anything yet: drafts are covered, but nobody is held up by them."""
        return self.status in ("active", "shadow")

    @property
    def passed(self) -> bool:
        """Every gate of severity error is passed, or none holds."""
        return not self.gated or all(level.passed for level in self.levels if level.gate == "error")

    @property
    def uncovered(self) -> tuple[Missing, ...]:
        """What fails a gate of severity error."""
        return tuple(one for one in self.missing if one.severity == "error")

    def level(self, name: LevelName) -> LevelCoverage:
        """One level; empty where the rule was not covered."""
        return next((one for one in self.levels if one.level == name), LevelCoverage(name, 0, 0, "warning"))

    def to_wire(self) -> dict[str, Any]:
        return {"rule": self.rule, "title": self.title, "path": self.path, "status": self.status, "severity": self.severity,
                "examples": self.examples, "unconfirmed": self.unconfirmed, "passed": self.passed, "equivalent": self.equivalent,
                "levels": [level.to_wire() for level in self.levels], "missing": [one.to_wire() for one in self.missing]}


def total_percent(found: Sequence[RuleCoverage]) -> float:
    """The share of all that could be covered in these rules, over the levels whose gate is an error."""
    strict = [level for one in found if one.gated for level in one.levels if level.gate == "error"]
    total = sum(level.total for level in strict)
    return 100.0 * sum(level.covered for level in strict) / total if total else 100.0
