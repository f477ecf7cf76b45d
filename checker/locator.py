"""Where the data folders are: inside the installed package, else beside it in a checkout; and where the user's own cache is."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["cache_dir", "lint_pages_dir", "rules_dir", "templates_dir"]

_OFF = ("off", "0", "no")
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


def cache_dir() -> Path | None:
    """The user's own folder for what can be found again; ``None`` when it is switched off or there is no home."""
    told = os.environ.get("SANCTIONS_CACHE", "")
    if told.lower() in _OFF:
        return None
    if told:
        return Path(told)
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        return Path(base) / "sanctions-checker" if base else Path.home() / ".cache" / "sanctions-checker"
    except RuntimeError:  # a user without a home
        return None
