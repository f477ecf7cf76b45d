"""The page on rule coverage: everything from a rule is text, never markup."""

from __future__ import annotations

from checker.model.coverage import LEVELS, LevelCoverage, Missing, RuleCoverage
from checker.report.cover import render_cover

HOSTILE = "<script>alert(1)</script>\u202eevil"


def found(passed: bool) -> RuleCoverage:
    levels = tuple(LevelCoverage(name, 3 if passed else 2, 3, "error") for name in LEVELS)
    missing = (Missing("xa", "condition", "error", "my/xa.yaml:3:4", f"no example shows {HOSTILE}", "", f"- {{name: {HOSTILE}}}"),
               Missing("xa", "unknown", "warning", "my/xa.yaml:5:4", "no example shows the rest", "", f"- {{name: {HOSTILE}}}"))
    return RuleCoverage("xa", HOSTILE, "my/xa.yaml", "active", "high", 3, 1, levels, 2, () if passed else missing)


def test_hostile_text_is_inert() -> None:
    page = render_cover([found(False)])
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def test_what_one_example_would_show_stands_together() -> None:
    page = render_cover([found(False)])
    assert page.count("<pre>") == 1
    assert page.count("<li>") == 2
    assert "(warning)" in page
    assert "1 of 1 rules are below a gate" in page


def test_a_rule_that_passes_has_a_row_alone() -> None:
    page = render_cover([found(True)])
    assert "All 1 rules pass their gates" in page
    assert "<section" not in page
