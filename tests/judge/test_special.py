"""Overrides, disputed exemptions, clarifications, rules on trial."""

from __future__ import annotations

from typing import Any

import pytest

from checker.judge.judge import Judge
from checker.model.rule import Contest, Exemption, Position, Rule
from checker.rulebase.loader import RuleBase
from checker.vocabulary.vocabulary import default_vocabulary
from tests.judge.build import all_of, day, make_event, make_rule, period

SALE: dict[str, Any] = {"act": "sale", "goods": "rifle", "supplier": "KP", "recipient": "XA", "date": "2020-06-01", "report": "reported"}
RIFLES = make_rule(all_of(act="transfer", goods="rifle", supplier="KP"), id="rifles", overrides=("test-rule",),
                   periods=(period("2019-01-01", "2021-12-31"),),
                   exemptions=(Exemption("approved", "approved", ("UNSCR 1",), all_of(approved_by="un_1718_committee")),))
DISPUTE = (Contest(day("2020-01-01"), day("2020-12-31"), (Position("it still excuses", ("XA",), "a letter"),)),)


def judge(*rules: Rule, **how: Any) -> Judge:
    return Judge(RuleBase(rules, default_vocabulary(), "d" * 64, "2026-11-22"), **how)


@pytest.mark.parametrize(("facts", "general"), [
    ({}, "clear"),                                        # the elements of the special rule hold
    ({"approved_by": ("un_1718_committee",)}, "clear"),   # and its exemption changes nothing
    ({"goods": "battle_tank"}, "reported violation"),     # they do not
    ({"goods": "arms"}, "reported violation"),            # nobody knows whether they do
    ({"date": "2018-12-31"}, "reported violation"),       # not in force yet
    ({"date": "2019-01-01"}, "clear"), ({"date": "2021-12-31"}, "clear"), ({"date": "2022-01-01"}, "reported violation"),
    ({"date": "2022"}, "reported violation"), ({"date": "2021-12-01..2022-01-31"}, "review"),
])
@pytest.mark.parametrize("use_index", [True, False])
def test_a_special_rule_takes_the_place_of_the_general_one(facts: dict[str, Any], general: str, use_index: bool) -> None:
    found = judge(make_rule(), RIFLES, use_index=use_index).explain(make_event(**SALE | facts), "test-rule")
    assert found.label == general
    assert any("takes the place" in note for note in found.notes) == (general == "clear")
    assert ("override" in {node.kind for node in found.explain.children}) == (found.law_on_date is not None)


def test_an_override_counts_only_while_the_special_rule_is_active() -> None:
    from msgspec.structs import replace

    for status in ("draft", "shadow", "retired"):
        assert judge(make_rule(), replace(RIFLES, status=status)).explain(make_event(**SALE), "test-rule").flagged
    only = [f.rule for f in judge(make_rule(), RIFLES).findings(make_event(**SALE))]
    assert only == ["rifles"]


@pytest.mark.parametrize(("date", "label", "because"), [
    ("2019-12-31", "exempt", "approved"), ("2020-01-01", "contested", ""), ("2020-12-31", "contested", ""),
    ("2021-01-01", "exempt", "approved"),
])
def test_a_disputed_exemption_is_shown_with_both_readings(date: str, label: str, because: str) -> None:
    excuse = Exemption("approved", "approved", ("UNSCR 1",), all_of(approved_by="un_1718_committee"), contested=DISPUTE)
    rule = make_rule(exemptions=(excuse,))
    found = judge(rule).explain(make_event(**SALE | {"date": date, "approved_by": ("un_1718_committee",)}), "test-rule")
    assert (found.label, found.because) == (label, because)
    assert [p.view for p in found.positions] == (["it still excuses"] if label == "contested" else [])
    assert not judge(rule).explain(make_event(**SALE | {"date": date}), "test-rule").positions


def test_both_readings_are_shown_where_only_some_of_the_days_are_disputed() -> None:
    """The plain breach of the days before decides the outcome, the dispute of the days after the law."""
    aid = Exemption("aid", "aid", ("UNSCR 1",), all_of(purpose="humanitarian"), first=day("2020-01-01"), if_unknown="review")
    rule = make_rule(exemptions=(aid,), contested=DISPUTE)
    found = judge(rule).explain(make_event(**SALE | {"date": "2019-12-01..2020-01-31"}), "test-rule")
    assert (found.outcome, found.law, [p.view for p in found.positions]) == ("possible", "contested", ["it still excuses"])


def test_of_two_exemptions_the_undisputed_one_excuses() -> None:
    when = all_of(approved_by="un_1718_committee")
    both = (Exemption("old", "x", ("UNSCR 1",), when, contested=DISPUTE), Exemption("new", "x", ("UNSCR 1",), when))
    found = judge(make_rule(exemptions=both)).explain(make_event(**SALE, approved_by=("un_1718_committee",)), "test-rule")
    assert (found.label, found.because) == ("exempt", "new")


def test_a_clarification_binds_and_is_told_of_where_the_event_is_older() -> None:
    periods = (period("2009-06-12", "2016-03-01"), period("2016-03-02", force="clarifies", says="that police are meant"))
    compiled = judge(make_rule(periods=periods))
    older = compiled.explain(make_event(**SALE | {"date": "2015-01-01"}), "test-rule")
    later = compiled.explain(make_event(**SALE | {"date": "2016-03-03"}), "test-rule")
    assert (older.label, later.label) == ("reported violation", "reported violation")
    assert "that police are meant" in " ".join(older.notes)
    assert "that police are meant" not in " ".join(later.notes)


def test_a_rule_on_trial_is_asked_only_on_request_and_its_findings_are_marked() -> None:
    rule = make_rule(status="shadow")
    assert judge(rule).findings(make_event(**SALE)) == ()
    (found,) = judge(rule, shadow=True).findings(make_event(**SALE))
    assert (found.shadow, found.flagged, found.to_wire()["shadow"]) == (True, True, True)
    (active,) = judge(make_rule(), shadow=True).findings(make_event(**SALE))
    assert "shadow" not in active.to_wire()


def test_what_a_changed_rule_needs_around_it() -> None:
    base = RuleBase((make_rule(), RIFLES, make_rule(id="other")), default_vocabulary(), "d", "")
    assert [rule.id for rule in base.around(make_rule()).rules] == ["test-rule", "rifles"]
    assert [rule.id for rule in base.around(RIFLES).rules] == ["rifles"]
