"""The order of judgement on one day, and over days nobody knows exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from checker.judge.judge import Judge
from checker.judge.verdict import FLAGGED_OUTCOMES
from checker.model.rule import Contest, DateTest, Duty, Exemption, Position
from checker.rulebase.loader import RuleBase
from checker.vocabulary.vocabulary import default_vocabulary
from tests.judge.build import all_of, any_of, day, line, make_event, make_rule, period

SALE = {"act": "sale", "goods": "rifle", "supplier": "KP", "recipient": "XA"}
EXEMPTION = Exemption("approved", "somebody approved", ("UNSCR 1",), all_of(approved_by="un_1718_committee"),
                      first=day("2016-11-30"), last=day("2018-12-31"))
CONTEST = Contest(day("2019-01-01"), None, (Position("it applies", ("XA",), "a letter"),))


def outcome(judge: Judge, **facts: Any) -> tuple[str, str, tuple[str, ...]]:
    found = judge.explain(make_event(**facts), "test-rule")
    return found.outcome, found.law, found.missing


@pytest.mark.parametrize(("date", "expected"), [
    ("2006-10-13", "not_in_force"), ("2006-10-14", "breach"), ("2009-06-11", "breach"), ("2009-06-12", "not_in_force"),
    ("2006-10", "possible"), ("2006-10-01..2006-10-13", "not_in_force"), ("2007", "breach"), ("2005", "not_in_force"),
    ("unknown", "possible"),
])
def test_in_force_from_the_first_day_to_the_last(judge_of: Callable[..., Judge], date: str, expected: str) -> None:
    judge = judge_of(make_rule(periods=(period("2006-10-14", "2009-06-11"),)))
    assert outcome(judge, **SALE, date=date)[0] == expected
    assert ("date" in outcome(judge, **SALE, date=date)[2]) == (expected == "possible")


@pytest.mark.parametrize(("date", "approved", "expected"), [
    ("2016-11-29", ("un_1718_committee",), "breach"), ("2016-11-30", ("un_1718_committee",), "exempt"),
    ("2018-12-31", ("un_1718_committee",), "exempt"), ("2019-01-01", ("un_1718_committee",), "breach"),
    ("2017-01-01", ("un_security_council",), "breach"), ("2017-01-01", "unknown", "breach"),
    ("2016-11", ("un_1718_committee",), "possible"),
])
def test_an_exemption_excuses_on_its_days_and_must_be_shown(judge_of: Callable[..., Judge], date: str, approved: Any,
                                                            expected: str) -> None:
    judge = judge_of(make_rule(exemptions=(EXEMPTION,)))
    found = judge.explain(make_event(**SALE, date=date, approved_by=approved), "test-rule")
    assert found.outcome == expected
    assert found.because == ("approved" if expected == "exempt" else "")
    listed = [(e.name, e.missing) for e in found.exemptions_not_excluded]
    assert listed == ([("approved", ("approved_by",))] if approved == "unknown" else [])


def test_an_exemption_the_state_need_not_show_makes_it_possible(judge_of: Callable[..., Judge]) -> None:
    judge = judge_of(make_rule(exemptions=(replace(EXEMPTION, if_unknown="review"),)))
    assert outcome(judge, **SALE, date="2017-01-01") == ("possible", "settled", ("approved_by",))


@pytest.mark.parametrize(("role", "expected"), [("unknown", "breach"), ("nurse", "exempt")])
def test_what_takes_the_excuse_away(judge_of: Callable[..., Judge], role: str, expected: str) -> None:
    roles = default_vocabulary().taxonomies["person_roles"]
    other, taken = sorted(t for t in roles if not roles.terms[t].parents)[:2]
    exemption = replace(EXEMPTION, unless=all_of(person_role=taken))
    told = other if expected == "exempt" else role
    judge = judge_of(make_rule(exemptions=(exemption,)))
    facts = {**SALE, "date": "2017-01-01", "approved_by": ("un_1718_committee",)}
    assert outcome(judge, **facts, person_role=told)[0] == expected
    assert outcome(judge, **facts, person_role=taken)[0] == "breach"


@pytest.mark.parametrize(("date", "law", "label"), [
    ("2018-12-31", "settled", "violation"), ("2019-01-01", "contested", "contested"), ("2018-12", "settled", "violation"),
    ("2018-12-31..2019-01-01", "contested", "contested"),
])
def test_a_dispute_is_told_with_both_views(judge_of: Callable[..., Judge], date: str, law: str, label: str) -> None:
    found = judge_of(make_rule(contested=(CONTEST,))).explain(make_event(**SALE, date=date, report="confirmed"), "test-rule")
    assert (found.outcome, found.law, found.label) == ("breach", law, label)
    assert found.positions == (CONTEST.positions if law == "contested" else ())


def test_where_the_law_differs_between_the_days_the_cautious_reading_is_noted(judge_of: Callable[..., Judge]) -> None:
    found = judge_of(make_rule(contested=(CONTEST,))).explain(make_event(**SALE, date="2018..2019"), "test-rule")
    assert any("most cautious reading (contested)" in note for note in found.notes)


@pytest.mark.parametrize(("force", "law"), [
    ("decides", "settled"), ("demands", "settled"), ("clarifies", "settled"), ("calls_upon", "hortatory"),
])
def test_the_force_of_the_words(judge_of: Callable[..., Judge], force: str, law: str) -> None:
    assert outcome(judge_of(make_rule(periods=(period(force=force),))), **SALE, date="2020-01-01")[1] == law


@pytest.mark.parametrize(("date", "law"), [("2024-11-14", "settled"), ("2024-11-15", "unverified")])
def test_after_the_last_known_renewal_the_law_is_unverified_not_gone(judge_of: Callable[..., Judge], date: str, law: str) -> None:
    judge = judge_of(make_rule(periods=(period(known_until=day("2024-11-14")),)))
    found = judge.explain(make_event(**SALE, date=date), "test-rule")
    assert (found.outcome, found.law) == ("breach", law)
    assert any("No renewal" in note for note in found.notes) == (law == "unverified")


@pytest.mark.parametrize(("facts", "expected"), [
    ({"act": "employment", "date": "2019-12-22"}, "pending"), ({"act": "employment", "date": "2019-12-23"}, "breach"),
    ({"act": "employment", "date": "2019-12"}, "possible"), ({"act": "repatriation", "date": "2018-01-01"}, "met"),
    ({"act": "repatriation", "date": "2020-01-01"}, "met"), ({"act": "statement", "date": "2020-01-01"}, "clear"),
    ({"act": "employment", "date": "2019-06-01", "end_date": "2020-03-01"}, "breach"),
    ({"act": "employment", "date": "2019-06-01", "end_date": "2019-12-22"}, "pending"),
    ({"act": "employment", "date": "2019-06-01", "end_date": "2019-12"}, "possible"),
    ({"act": "employment", "date": "unknown", "end_date": "2020-03-01"}, "breach"),
])
def test_a_duty_is_pending_to_its_last_day(judge_of: Callable[..., Judge], facts: dict[str, Any], expected: str) -> None:
    rule = make_rule(all_of(act="employment", person_nationality="KP"), kind="duty", duty=Duty("host_state", day("2019-12-22")),
                     met_when=all_of(act="repatriation", person_nationality="KP"), periods=(period("2017-12-22"),))
    found, _, missing = outcome(judge_of(rule), **facts, person_nationality="KP")
    assert found == expected
    assert ("date" in missing) == (expected == "possible")


def test_no_anchor_no_finding_but_the_missing_facts_are_kept(judge_of: Callable[..., Judge]) -> None:
    judge = judge_of(make_rule())
    assert outcome(judge, act="sale", goods="rifle", date="2020-01-01") == ("clear", "settled", ("supplier",))
    assert outcome(judge, act="sale", supplier="KP", date="2020-01-01") == ("possible", "settled", ("goods",))
    assert outcome(judge, act="sale", goods="rifle", supplier="Trading 1", date="2020-01-01") == ("clear", "settled", ("supplier_state",))


@pytest.mark.parametrize(("date", "notes"), [("2009-06-10", 0), ("2009-06-11", 1), ("2009-06-12", 1), ("2009-06-13", 0)])
def test_within_a_day_of_a_change_of_the_law_a_note_says_so(judge_of: Callable[..., Judge], date: str, notes: int) -> None:
    judge = judge_of(make_rule(periods=(period("2006-10-14", "2009-06-11"), period("2009-06-12"))))
    found = [n for n in judge.explain(make_event(**SALE, date=date), "test-rule").notes if "within one day of 12 June 2009" in n]
    assert len(found) == notes


RULES = [
    make_rule(id="test-rule", periods=(period("2010-01-03", "2010-01-05"), period("2010-01-08", force="calls_upon")), contested=(
        replace(CONTEST, first=day("2010-01-05"), last=day("2010-01-09")),)),
    make_rule(all_of(any_of(line("date", DateTest(day("2010-01-07"), day("2010-01-04"))), line("recipient", "XB")), supplier="KP"),
              periods=(period("2010-01-02"),), exemptions=(replace(EXEMPTION, first=day("2010-01-06"), last=day("2010-01-07")),)),
    make_rule(all_of(destination="RU", goods="arms"), periods=(period("2014-01-01"),)),
    make_rule(kind="duty", duty=Duty("supplier", day("2010-01-06")), periods=(period("2010-01-04"),)),
]
STARTS = [day("2010-01-01"), day("2010-01-01"), day("2014-02-20"), day("2010-01-01")]


@settings(deadline=None, max_examples=150)
@given(which=st.integers(0, len(RULES) - 1), first=st.integers(0, 10), length=st.integers(0, 10), approved=st.booleans(),
       recipient=st.sampled_from(["XA", "XB", "unknown"]), goods=st.sampled_from(["rifle", "coal", "unknown"]), ends=st.booleans())
def test_an_interval_is_the_combination_of_its_single_days(which: int, first: int, length: int, approved: bool, recipient: str,
                                                           goods: str, ends: bool) -> None:
    judge = Judge(RuleBase((RULES[which],), default_vocabulary(), "d", ""))
    facts: dict[str, Any] = {**SALE, "recipient": recipient, "goods": goods, "destination": "crimea"}
    if approved:
        facts["approved_by"] = ("un_1718_committee",)
    days = [dt.date.fromordinal(STARTS[which] + first + i).isoformat() for i in range(length + 1)]
    singles = [judge.explain(make_event(**facts, date=d), "test-rule") for d in days]
    flagged = [f for f in singles if f.outcome in FLAGGED_OUTCOMES]
    if ends:  # the act went on over all the days: the strongest counts
        whole = judge.explain(make_event(**facts, date=days[0], end_date=days[-1]), "test-rule")
        strength = ["not_in_force", "clear", "met", "exempt", "pending", "possible", "breach"]
        assert whole.outcome == max((f.outcome for f in singles), key=strength.index)
        return
    whole = judge.explain(make_event(**facts, date=f"{days[0]}..{days[-1]}"), "test-rule")
    if not flagged:
        assert whole.outcome in {f.outcome for f in singles}
    elif len(flagged) < len(singles):
        assert whole.outcome == "possible"
        assert set(whole.missing) == {"date"}.union(*(f.missing for f in flagged))
    else:
        assert whole.outcome == ("breach" if all(f.outcome == "breach" for f in flagged) else "possible")
        assert set(whole.missing) == set().union(*(f.missing for f in flagged))
        caution = ["settled", "unverified", "contested", "hortatory"]
        assert whole.law == max((f.law for f in flagged), key=caution.index)
