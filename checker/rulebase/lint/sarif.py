"""Issues as SARIF 2.1.0, the exchange format of static analysis (OASIS standard of 27 March 2020)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from checker import __version__
from checker.rulebase.codes import CODES as RULE_CODES
from checker.rulebase.lint.check import Issue
from checker.rulebase.lint.pages import pages
from checker.rulebase.lint.table import BY_CODE
from checker.strictyaml.codes import CODES as YAML_CODES
from checker.strictyaml.problem import Problem

__all__ = ["log"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {"error": "error", "warning": "warning", "info": "note"}


def log(issues: Sequence[Issue]) -> dict[str, Any]:
    """One log with one run. Columns count UTF-16 code units; paths are relative to the folder linted from."""
    codes = sorted({issue.problem.code for issue in issues})
    number = {code: index for index, code in enumerate(codes)}
    severities = {issue.problem.code: issue.problem.severity for issue in issues}
    driver = {"name": "sanctions-checker", "version": __version__, "rules": [_rule(code, severities[code]) for code in codes]}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "results": [_result(issue, number[issue.problem.code]) for issue in issues],
    }]}


def _rule(code: str, severity: str) -> dict[str, Any]:
    check = BY_CODE.get(code)
    level = {"level": _LEVEL[check.severity if check else severity]}
    if check is None:
        says = RULE_CODES.get(code) or YAML_CODES.get(code) or code
        return {"id": code, "shortDescription": {"text": says}, "fullDescription": {"text": says}, "defaultConfiguration": level}
    text = pages().page(code)
    return {"id": code, "name": "".join(word.capitalize() for word in check.name.split("-")), "shortDescription": {"text": check.says},
            "fullDescription": {"text": check.says}, "help": {"text": text, "markdown": text},
            "helpUri": pages().path(code).resolve().as_uri(), "defaultConfiguration": level}


def _result(issue: Issue, number: int) -> dict[str, Any]:
    problem = issue.problem
    text = f"{problem.message}; {problem.mend}" if problem.mend else problem.message
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(problem.path)}}
    if problem.line:
        location["region"] = _region(problem)
    return {"ruleId": problem.code, "ruleIndex": number, "level": _LEVEL[problem.severity], "message": {"text": text},
            "locations": [{"physicalLocation": location}]}


def _uri(path: str) -> str:
    """Relative as messages have it; only what lies outside the folder linted from is absolute."""
    return Path(path).as_uri() if Path(path).is_absolute() else quote(path)


def _region(problem: Problem) -> dict[str, int]:
    before = problem.source[:problem.column - 1]
    marked = problem.source[problem.column - 1:problem.column - 1 + problem.width]
    start = _units(before) + 1 + (problem.column - 1 - len(before))
    return {"startLine": problem.line, "startColumn": start, "endColumn": start + max(1, _units(marked))}


def _units(text: str) -> int:
    """How many UTF-16 code units a text takes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
