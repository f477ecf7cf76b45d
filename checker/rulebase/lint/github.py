"""Issues as workflow commands of GitHub Actions, which shows them beside the lines of a change."""

from __future__ import annotations

from checker.rulebase.lint.check import Issue

__all__ = ["command"]

_LEVEL = {"error": "error", "warning": "warning", "info": "notice"}


def command(issue: Issue) -> str:
    """One line, for example ``::warning file=rules/un/x.yaml,line=3,col=8,title=R103::the title is too long``.

    Source: GitHub documentation, "Workflow commands for GitHub Actions"; the escapes are those of its toolkit.
    """
    problem = issue.problem
    properties = {"file": problem.path}
    if problem.line:
        properties |= {"line": str(problem.line), "col": str(problem.column), "endColumn": str(problem.column + problem.width)}
    properties["title"] = problem.code
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = f"{problem.message}\nhelp: {problem.mend}" if problem.mend else problem.message
    return f"::{_LEVEL[problem.severity]} {written}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
