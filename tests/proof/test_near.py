"""Near misses: what they say, that what they name would really flag the event, and that nothing smaller would."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.judge.judge import Judge
from checker.judge.verdict import FLAGGED_OUTCOMES
from checker.model.event import Event
from checker.model.rule import Exemption, Rule
from checker.proof.near import FAR, NearMiss, near_miss, near_misses
from checker.rulebase.loader import RuleBase, require_rulebase
from checker.vocabulary.vocabulary import default_vocabulary
from tests.judge.build import all_of, any_of, day, line, make_event, make_rule, none_of, period
from tests.judge.test_index import events, odd_rules

ARMS = {"act": "shipment", "goods": "rifle", "supplier": "KP", "recipient": "XA", "date": "2016-08-11", "report": "confirmed"}


def judge_of(*rules: Rule) -> Judge:
    return Judge(RuleBase(rules, default_vocabulary(), "d" * 64, ""))


def only(rule: Rule, **changes: Any) -> NearMiss:
    found = near_miss(judge_of(rule), make_event(**(ARMS | changes)), rule.id)
    assert found is not None
    return found


EXEMPT = Exemption("committee", "approved", ("para 9",), all_of(approved_by="un_1718_committee"), first=day("2016-08-01"))


@pytest.mark.parametrize(
    ("rule", "changes", "distance", "reason", "sentence"),
    [
        (make_rule(), {"supplier": "XA"}, 1, "lines", "the supplier would have to be North Korea; the event says Exland"),
        (make_rule(), {"supplier": "unknown"}, 1, "anchor",
         "no line that names a State, place, group or list holds; the supplier would have to be North Korea; the event does not say"),
        (make_rule(), {"goods": "coal", "supplier": "XA"}, 2, "lines",
         "the goods would have to be arms (the event says coal), and the supplier would have to be North Korea (the event says Exland)"),
        (make_rule(), {"date": "2006-10-11"}, 1, "date", "the event is of 11 October 2006, 3 days before the measure starts"),
        (make_rule(periods=(period("2006-10-14", "2016-08-10"),)), {}, 1, "date",
         "the event is of 11 August 2016, 1 day after the last day of the measure"),
        (make_rule(), {"date": "2006-10-13", "goods": "coal"}, 2, "date",
         "the event is of 13 October 2006, 1 day before the measure starts, and the goods would have to be arms (the event says coal)"),
        (make_rule(exemptions=(EXEMPT,)), {"approved_by": ("un_1718_committee",)}, 1, "exemption",
         "the exemption committee excuses it; who approved it would have to be other than the 1718 Committee; "
         "the event says the 1718 Committee"),
        (make_rule(), {"report": "denied"}, 1, "report", "nobody asserts it, it is only denied"),
        (make_rule(all_of(none_of(line("recipient", "XA")), supplier="KP")), {}, 1, "lines",
         "the recipient would have to be other than Exland; the event says Exland"),
        (make_rule(all_of(line("recipient", "XA", negate=True), supplier="KP")), {}, 1, "lines",
         "the recipient would have to be other than Exland; the event says Exland"),
        (make_rule(all_of(any_of(line("shipped_from", "KP"), line("supplier", "KP")), goods="arms")), {"supplier": "XA", "goods": "rifle",
                                                                                                        "shipped_from": "XB"}, 1, "lines",
         "where the goods left would have to be North Korea; the event says Beland "
         "(or: the supplier would have to be North Korea; the event says Exland)"),
        (make_rule(), {"goods": "coal", "supplier": "XA", "act": "statement"}, FAR, "far",
         "more than two lines would have to come out otherwise, among them act, goods, supplier"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_the_sentence_names_what_is_wanting(rule: Rule, changes: dict[str, Any], distance: int, reason: str, sentence: str) -> None:
    found = only(rule, **changes)
    assert (found.distance, found.reason, found.sentence) == (distance, reason, f"not flagged: {sentence}")


def test_a_duty_not_yet_due_is_days_away() -> None:
    rule = require_rulebase().get("dprk-worker-repatriation")
    event = make_event(act="employment", host_state="XA", person_nationality="KP", earns_income=True, date="2019-12-20", report="reported")
    found = near_miss(Judge(require_rulebase()), event, rule.id)
    assert found is not None
    assert (found.label, found.reason, found.ways[0].days) == ("pending", "duty", 3)


def test_a_rule_that_goes_before_is_named() -> None:
    judge = judge_of(make_rule(), make_rule(all_of(act="shipment", supplier="KP"), id="special", overrides=("test-rule",)))
    found = near_miss(judge, make_event(**ARMS), "test-rule")
    assert found is not None
    assert (found.distance, found.reason, found.because) == (1, "override", "special")
    assert found.sentence == "not flagged: the rule special goes before it, and its elements hold"


def test_a_flagged_rule_is_no_near_miss_and_the_nearest_stands_first() -> None:
    judge = Judge(require_rulebase())
    event = make_event(**ARMS)
    misses = near_misses(judge, event)
    assert "dprk-arms-export" not in {miss.rule for miss in misses}
    assert [miss.distance for miss in misses] == sorted(miss.distance for miss in misses)
    assert near_misses(judge, event, 2) == misses[:2]
    everything = near_misses(judge, event, far=True)
    flagged = {verdict.rule.id for verdict in judge.verdicts(event) if verdict.flagged}
    assert {miss.rule for miss in everything} | flagged == {rule.id for rule in judge.rulebase.rules if rule.status == "active"}


def test_rules_that_lack_only_a_listing_stand_behind_those_that_the_event_tells_otherwise() -> None:
    """Without screening every freeze of assets lacks one fact of every payment."""
    judge = Judge(require_rulebase())
    ore = make_event(act="shipment", goods="iron_ore", supplier="XA", recipient="XB", date="2021-05-03", report="reported")
    found = near_misses(judge, ore, far=False)
    told = [any(x.got not in ("not stated", "not screened") for x in miss.lines) for miss in found if miss.distance == 1]
    assert told == sorted(told, reverse=True)
    assert {True, False} <= set(told)


def test_the_line_is_named_with_its_place() -> None:
    judge = Judge(require_rulebase())
    found = near_miss(judge, make_event(**(ARMS | {"goods": "coal"})), "dprk-arms-export")
    assert found is not None
    (failing,) = found.lines
    file, number, _ = failing.where.rsplit(":", 2)
    text = (default_root() / file).read_text(encoding="utf-8").splitlines()[int(number) - 1]
    assert text.strip() == "goods: covered_goods"
    assert (failing.wanted, failing.got) == ("arms", "coal")


def default_root() -> Any:
    from checker.locator import rules_dir

    return rules_dir().parent


@lru_cache(maxsize=1)
def judge_of_all() -> Judge:
    shipped = require_rulebase()
    exempt = tuple(make_rule(all_of(act="transfer", goods="arms", supplier="KP"), id=f"exempt-{i}", exemptions=exemptions) for i, exemptions
                   in enumerate(((EXEMPT,), (Exemption("unless", "", ("x",), all_of(recipient="RU"), unless=all_of(via="KP")),))))
    return Judge(RuleBase((*shipped.rules, *odd_rules(), *exempt), shipped.vocabulary, "d", ""))


@settings(deadline=None, max_examples=60, derandomize=True)
@given(event=events(), data=st.data())
def test_every_way_flags_and_nothing_smaller_would(event: Event, data: st.DataObject) -> None:
    """The search leaves out lines that cannot help; here every line is forced to everything, alone and in pairs."""
    judge = judge_of_all()
    rule = data.draw(st.sampled_from(judge.rulebase.rules))
    found = near_miss(judge, event, rule.id)
    verdict, _ = judge.probe(event, rule.id)
    assert (found is None) == verdict.flagged
    if found is None or verdict.outcome == "not_in_force":
        return
    for way in found.ways:
        if not way.days and not way.asserted:
            assert any(_flags(judge, event, rule, dict(zip([x.number for x in way.lines], truths, strict=True)))
                       for truths in product((0, 2), repeat=len(way.lines)))
    forced = [(x.number, truth) for x in judge.lines(rule.id) for truth in (0, 2)]
    smaller = min(found.distance, FAR)
    for size in range(1, smaller):
        assert not any(_flags(judge, event, rule, dict(pair)) for pair in combinations(forced, size))


def _flags(judge: Judge, event: Event, rule: Rule, forced: dict[int, int]) -> bool:
    return judge.probe(event, rule.id, forced)[0].outcome in FLAGGED_OUTCOMES
