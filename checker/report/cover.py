"""Rule coverage as one HTML page that needs nothing else: what the examples prove, and which examples are missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.model.coverage import LEVELS, RuleCoverage, total_percent
from checker.report.environment import environment, hash_of, stylesheet

__all__ = ["render_cover"]

_TITLES = {"example": "examples", "rule": "outcomes", "condition": "lines", "boundary": "dates", "exemption": "exemptions",
           "unknown": "unknown facts", "choice": "choices", "mutation": "mutants"}


def render_cover(found: Sequence[RuleCoverage]) -> str:
    """The page on the coverage of some rules: a table, then the missing examples of each rule."""
    style = stylesheet("report.css", "cover.css")
    failing = sum(not one.passed for one in found)
    page = environment().get_template("cover.html").render(
        rules=[_rule(one) for one in found], titles=[(name, _TITLES[name], says) for name, says in LEVELS.items()], failing=failing,
        count=len(found), percent=f"{total_percent(found):.1f}", style=style, style_hash=hash_of(style))
    return page.lstrip()


def _rule(one: RuleCoverage) -> dict[str, Any]:
    """One rule; what one draft would show stands together."""
    cells = []
    for name in LEVELS:
        level = one.level(name)
        cells.append({"text": f"{level.covered}/{level.total}" if level.total else "–", "passed": level.passed, "gate": level.gate})
    drafts = [{"yaml": example, "says": [{"where": m.where.removeprefix(f"{one.path}:"), "says": m.says, "severity": m.severity}
                                         for m in one.missing if m.example == example]}
              for example in dict.fromkeys(m.example for m in one.missing)]
    gate = one.status if not one.gated else "passed" if one.passed else "failed"
    return {"id": one.rule, "title": one.title, "path": one.path, "gate": gate, "cells": cells, "drafts": drafts,
            "unconfirmed": one.unconfirmed, "equivalent": one.equivalent}
