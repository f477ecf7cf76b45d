"""Where the data folders are: inside the installed package, else beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["lint_pages_dir", "rules_dir", "templates_dir"]

_PACKAGE = Path(__file__).resolve().parent


def _find(inside: str, beside: str) -> Path:
    packaged = _PACKAGE / inside
    return packaged if packaged.is_dir() else _PACKAGE.parent / beside


def rules_dir() -> Path:
    """The folder of rules, vocabulary and language packs."""
    return _find("_rules", "rules")


def templates_dir() -> Path:
    """The folder of report templates and the stylesheet."""
    return _find("_reports/templates", "reports/templates")


def lint_pages_dir() -> Path:
    """The folder of the pages on what the linter of rules reports."""
    return _find("_docs/lint", "docs/lint")
