"""Laws that hold for every rule and every event, whatever they say: tried on random ones.

One evaluator: what explains agrees with what judges. What a rule does not ask about does not matter to it, and what matters is named.
Order is nothing. Time is only relative. The index loses nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.judge.judge import Judge
from checker.judge.leaves import role_of
from checker.judge.verdict import FLAGGED_OUTCOMES, Verdict
from checker.model.dates import DateRange
from checker.model.event import Event, ListEntry
from checker.model.explain import ExplainNode
from checker.model.facts import FACTS
from checker.model.rule import Condition, DateTest, Exemption, Group, Leaf, ListTest, Period, Rule, TermTest
from checker.rulebase.loader import RuleBase
from tests.judge.build import day
from tests.judge.random_rules import EVENTS, bases, rules
from tests.judge.test_index import VOCABULARY

LAW = settings(deadline=None, max_examples=300, derandomize=True, database=None)
PLACES = {fact for fact, spec in FACTS.items() if spec.type in ("place", "places")}


def judge_of(*base: Rule, use_index: bool = True) -> Judge:
    return Judge(RuleBase(base, VOCABULARY, "d" * 64, ""), use_index)


def told(verdict: Verdict) -> tuple[Any, ...]:
    """What a verdict says, but for the places and names of rules."""
    return (verdict.outcome, verdict.law, verdict.label, verdict.missing, verdict.because,
            tuple(replace(e, authority=()) for e in verdict.exemptions_not_excluded), verdict.span.overridden, verdict.span.disputed)


# --- One evaluator

@LAW
@given(base=bases(2), event=EVENTS)
def test_explaining_and_judging_never_disagree(base: tuple[Rule, ...], event: Event) -> None:
    judge = judge_of(*base)
    for verdict in judge.all_verdicts(event):
        finding = judge.explain(event, verdict.rule.id)
        assert (finding.outcome, finding.label, finding.missing, finding.because) == \
            (verdict.outcome, verdict.label, verdict.missing, verdict.because)
        assert told(judge.verdict(event, verdict.rule.id)) == told(judge.probe(event, verdict.rule.id)[0]) == told(verdict)
        tree = finding.explain
        assert tree.note == f"outcome: {verdict.outcome}"
        _consistent(tree)
        for elements in [node for node in tree.children if node.kind == "elements" and node.truth is not None]:
            (condition,) = elements.children
            assert elements.truth == condition.truth == verdict.span.elements or verdict.outcome in ("clear", "met")
            if verdict.outcome in FLAGGED_OUTCOMES or verdict.outcome in ("exempt", "pending"):
                assert elements.truth
            if verdict.outcome == "breach":
                assert elements.truth == 2
            if verdict.outcome == "clear" and not verdict.missing and not verdict.span.overridden:
                assert elements.truth == 0


def _consistent(node: ExplainNode) -> None:
    """The truth of a group follows from the truths shown below it."""
    truths = [int(child.truth) for child in node.children if child.truth is not None]
    if node.kind in ("all", "any", "none") and node.text != "and not where" and node.truth is not None:
        assert node.truth == {"all": min, "any": max, "none": lambda below: 2 - max(below)}[node.kind](truths)
    for child in node.children:
        _consistent(child)


# --- What matters is named

@LAW
@given(base=bases(2), event=EVENTS, more=EVENTS)
def test_what_a_rule_does_not_ask_about_does_not_matter(base: tuple[Rule, ...], event: Event, more: Event) -> None:
    """Learning, changing or losing facts that neither the rule nor a rule that goes before it looks at changes nothing."""
    judge = judge_of(*base)
    for verdict in judge.all_verdicts(event):
        asked = set().union(*(_asked(rule) for rule in base if rule is verdict.rule or verdict.rule.id in rule.overrides))
        kept = {name: value for name, value in event.facts.items() if _family(name) in asked}
        other = {name: value for name, value in more.facts.items() if _family(name) not in asked}
        for facts in (kept, kept | other, dict(event.facts) | other):
            assert told(judge.verdict(msgspec.structs.replace(event, facts=facts), verdict.rule.id)) == told(verdict)


@LAW
@given(rule=rules(), event=EVENTS, more=EVENTS)
def test_learning_a_fact_that_is_not_named_decides_nothing(rule: Rule, event: Event, more: Event) -> None:
    """Between flagged for sure, possible and not flagged, only facts decide that the verdict names: as missing, or as what would show
    an exemption, on any of the days. Three kinds of facts are named nowhere: those for which the rule says what silence means
    (``if_unknown: holds | fails``); while elements are open, those whose line would be what the event hangs on (an anchor); and, again
    while elements are open, those that tell of the act that fulfils a duty."""
    judge = judge_of(rule)
    before = judge.verdict(event, rule.id)
    open_lines = any(span.missing or span.elements == 1 or span.outcome == "met" for span in before.spans)
    named = {_family(name) for span in before.spans for name in (*span.missing, *(n for e in span.open for n in e.missing))}
    silent = {_family(name) for line in judge.lines(rule.id) for name in _facts(line.leaf) if line.leaf.if_unknown in ("holds", "fails")}
    hanging = {_family(name) for line in judge.lines(rule.id) if line.section in ("flag_when", "met_when")
               for name in _facts(line.leaf)}
    for name, value in more.facts.items():
        family = _family(name)
        if any(_family(known) == family for known in event.facts) or family in named | silent or (open_lines and family in hanging):
            continue
        if family in ("date", "end_date"):
            continue  # a date is never learnt alone: law, exemptions and disputes hang on it, and missing names it where they decide
        after = judge.verdict(msgspec.structs.replace(event, facts=dict(event.facts) | {name: value}), rule.id)
        assert _coarse(after) == _coarse(before), name


def _coarse(verdict: Verdict) -> str:
    return verdict.outcome if verdict.outcome in FLAGGED_OUTCOMES else "not flagged"


def _family(fact: str) -> str:
    """Facts that tell of each other: a party with its State and kind."""
    return role_of(fact) or fact


def _facts(leaf: Leaf) -> Iterator[str]:
    yield leaf.fact
    if isinstance(leaf.test, ListTest):
        yield "waivers" if leaf.test.waived else "listings"


def _asked(rule: Rule) -> set[str]:
    """The families of facts that a rule looks at."""
    found = {"date", "end_date"} | ({"quantity", "value_usd", "amount_scope"} if rule.quota else set())
    for line in judge_of(rule).lines(rule.id):
        found.update(_family(name) for name in _facts(line.leaf))
    for period in rule.periods:
        found.update(_family(leaf.fact) for leaf in period.covered.values())
    return found


# --- Order is nothing

@LAW
@given(base=bases(3), event=EVENTS, seed=st.integers(0, 1000))
def test_the_order_of_rules_and_of_lines_is_nothing(base: tuple[Rule, ...], event: Event, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    turned = [_shuffled(rule, chance) for rule in base]
    chance.shuffle(turned)
    before = {v.rule.id: told(v) for v in judge_of(*base).all_verdicts(event)}
    after = judge_of(*turned)
    assert {v.rule.id: told(v) for v in after.all_verdicts(event)} == before
    assert {v.rule.id: told(v) for v in after.verdicts(event)} == {
        rule: verdict for rule, verdict in before.items() if verdict[0] not in ("clear", "not_in_force")}


def _shuffled(rule: Rule, chance: random.Random) -> Rule:
    def mixed(condition: Condition) -> Any:
        if isinstance(condition, Group):
            items = [mixed(item) for item in condition.items]
            chance.shuffle(items)
            return msgspec.structs.replace(condition, items=tuple(items))
        if isinstance(condition.test, TermTest):
            return msgspec.structs.replace(condition, test=TermTest(condition.test.any_of[::-1], condition.test.except_[::-1]))
        return condition

    return _rebuilt(rule, mixed)


def _rebuilt(rule: Rule, change: Any) -> Rule:
    """The rule with every group of lines changed."""
    return msgspec.structs.replace(
        rule, flag_when=change(rule.flag_when), met_when=change(rule.met_when) if rule.met_when else None,
        exemptions=tuple(msgspec.structs.replace(e, when=change(e.when), unless=change(e.unless) if e.unless else None)
                         for e in rule.exemptions),
        quota=msgspec.structs.replace(rule.quota, conditions=change(rule.quota.conditions))
        if rule.quota and rule.quota.conditions else rule.quota)


# --- Time is only relative

@LAW
@given(rule=rules(quota=False), event=EVENTS, days=st.sampled_from([-1000, -1, 1, 365, 3000]))
def test_shifting_all_dates_shifts_the_outcome_with_them(rule: Rule, event: Event, days: int) -> None:
    """But for places under changing control: their dates stand in the vocabulary. Quotas by the calendar are left out, too."""
    plain = {name: value for name, value in event.facts.items() if name not in PLACES}
    before = judge_of(rule).verdict(msgspec.structs.replace(event, facts=plain), rule.id)
    after = judge_of(_shifted_rule(rule, days)).verdict(msgspec.structs.replace(event, facts=_shifted_facts(plain, days)), rule.id)
    assert told(after) == told(before)
    ends = [(s.first, s.last, s.outcome) for s in before.spans]
    if all(first > 1 and last < 3_000_000 for first, last, _ in ends):  # all days of history are not shifted
        assert [(s.first - days, s.last - days, s.outcome) for s in after.spans] == ends


def _shifted_facts(facts: Mapping[str, Any], days: int) -> dict[str, Any]:
    def moved(value: Any) -> Any:
        if isinstance(value, DateRange):
            return DateRange(value.first + days, value.last + days)
        if isinstance(value, tuple):
            return tuple(msgspec.structs.replace(v, first=v.first + days, last=_later(v.last, days)) if isinstance(v, ListEntry) else v
                         for v in value)
        return value

    return {name: moved(value) for name, value in facts.items()}


def _later(day: int | None, days: int) -> int | None:
    return None if day is None else day + days


def _shifted_rule(rule: Rule, days: int) -> Rule:
    def moved(condition: Any) -> Any:
        if isinstance(condition, Group):
            return msgspec.structs.replace(condition, items=tuple(moved(item) for item in condition.items))
        test = condition.test
        if isinstance(test, DateTest):
            return msgspec.structs.replace(condition, test=DateTest(_later(test.before, days), _later(test.after, days)))
        return condition

    def contests(item: Rule | Exemption) -> Any:
        return tuple(msgspec.structs.replace(c, first=c.first + days, last=_later(c.last, days)) for c in item.contested)

    def period(p: Period) -> Period:
        return msgspec.structs.replace(p, first=p.first + days, last=_later(p.last, days), known_until=_later(p.known_until, days))

    rebuilt = _rebuilt(rule, moved)
    return msgspec.structs.replace(
        rebuilt, periods=tuple(map(period, rule.periods)), contested=contests(rule),
        duty=msgspec.structs.replace(rule.duty, due=rule.duty.due + days) if rule.duty else None,
        exemptions=tuple(msgspec.structs.replace(e, first=_later(e.first, days), last=_later(e.last, days), contested=contests(e))
                         for e in rebuilt.exemptions))


@LAW
@given(base=bases(2), event=EVENTS, days=st.integers(0, 6000), part=st.floats(0, 1))
def test_a_stretch_of_days_is_judged_as_each_of_its_days(base: tuple[Rule, ...], event: Event, days: int, part: float) -> None:
    """Each run of days came out as every single day in it does. Running totals of a quota are left out: they belong to whole windows."""
    first = event.facts.get("date", DateRange(day("2010-01-01"), day("2010-01-01"))).first  # type: ignore[union-attr]  # a date
    facts = {name: value for name, value in event.facts.items() if name not in ("end_date", "amount_scope")}
    judge = judge_of(*base)
    for verdict in judge.all_verdicts(Event(facts | {"date": DateRange(first, first + days)})):
        assert [verdict.spans[0].first, verdict.spans[-1].last] == [first, first + days]
        for span in verdict.spans:
            for one in {span.first, span.last, span.first + int(part * (span.last - span.first))}:
                alone = judge.verdict(Event(facts | {"date": DateRange(one, one)}), verdict.rule.id)
                assert (alone.outcome, alone.law, alone.because, alone.missing, alone.span.overridden) == \
                    (span.outcome, span.law, span.because, tuple(sorted(span.missing)), span.overridden)


# --- The index loses nothing

@LAW
@given(base=bases(4), event=EVENTS)
def test_with_and_without_index_random_rules_come_out_the_same(base: tuple[Rule, ...], event: Event) -> None:
    assert judge_of(*base).verdicts(event) == judge_of(*base, use_index=False).verdicts(event)
