"""``sanctions rules find``: rules by any spelling, citation, or by what their lines cover."""

from __future__ import annotations

import json

import pytest

from checker.rulebase.loader import require_rulebase

from .conftest import Sanctions

FIRST = {
    "nuclear test": "dprk-nuclear-test",
    "repatriaton of wrkers": "dprk-worker-repatriation",
    "houthi arms": "yemen-houthi-arms",
    "dprk-arms-export": "dprk-arms-export",
    "Houthis": "yemen-houthi-arms",
    "1874 (2009) para 10": "dprk-arms-supply",
}
AMONG = {
    "bullet": "dprk-arms-export",
    "bullets": "yemen-houthi-arms",
    "shells": "dprk-arms-supply",
    "Corea del Norte": "dprk-nuclear-test",
    "Северная Корея": "dprk-work-permits",
    "DPRK": "dprk-ballistic-launch",
}


def rules_of(sanctions: Sanctions, query: str) -> list[str]:
    done = sanctions("rules", "find", *query.split(), "--json", "--limit", "500")
    assert done.code == 0
    wire = json.loads(done.out)
    assert wire["schema"] == "sanctions-checker/rules-find/1"
    return [row["rule"] for row in wire["rules"]]


@pytest.mark.parametrize("query", FIRST)
def test_the_rule_meant_stands_with_the_first(sanctions: Sanctions, query: str) -> None:
    assert FIRST[query] in rules_of(sanctions, query)[:4]   # others may rest on the same paragraph


def test_what_encodes_a_paragraph_stands_before_all_others(sanctions: Sanctions) -> None:
    base = require_rulebase()
    cites = {rule.id for rule in base.rules if any("2397 (2017) para 8" in text for period in rule.periods for text in period.authority)}
    assert set(rules_of(sanctions, "2397 para 8")[:len(cites)]) == cites


@pytest.mark.parametrize("query", AMONG)
def test_rules_are_found_by_what_their_lines_cover(sanctions: Sanctions, query: str) -> None:
    assert AMONG[query] in rules_of(sanctions, query)


def test_what_no_line_covers_is_not_found(sanctions: Sanctions) -> None:
    assert rules_of(sanctions, "wigs") == []
    assert "dprk-arms-export" not in rules_of(sanctions, "nuclear test")
    assert rules_of(sanctions, "qqqqqq") == []


def test_words_are_shown_with_their_meaning_and_rules_with_the_place(sanctions: Sanctions) -> None:
    out = sanctions("rules", "find", "bullet").out
    assert "small_arms_ammunition (goods)  small-arms ammunition: cartridges" in out
    assert "covers: goods: arms" in out
    assert "authority: UNSCR 2397 (2017) para 8" in sanctions("rules", "find", "2397", "para", "8").out
    assert "No rule matches." in sanctions("rules", "find", "qqqqqq").out
    assert len(rules_of(sanctions, "DPRK")) > 2
    assert len(json.loads(sanctions("rules", "find", "DPRK", "--limit", "2", "--json").out)["rules"]) == 2


def test_a_hostile_query_is_harmless(sanctions: Sanctions) -> None:
    for query in ("\x1b[2J", "[bold]", "(((", "\\", "a" * 10_000, "x " * 5000, "\u202e"):
        done = sanctions("rules", "find", query)
        assert done.code == 0
        assert "\x1b" not in done.out
