"""Lines and groups: Kleene's tables, what is missing, what anchors, what is watched and forced."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from itertools import count

import pytest

from checker.judge.conditions import Probe, compile_condition
from checker.judge.judge import Judge
from checker.judge.subject import PartyBook, Subject
from checker.model.event import Event, FactValue
from checker.model.rule import Condition, NamedTest
from checker.vocabulary.vocabulary import Vocabulary
from tests.judge.build import all_of, any_of, day, line, make_event, make_rule, none_of, period

ON = day("2020-01-01")
# One line each on three yes-or-no facts, so that every combination of truths can be told by an event.
A, B, C = line("earns_income", True), line("programme_link", True), line("state_determined", True)
TELLS: Mapping[int, bool | None] = {0: False, 1: None, 2: True}


def told(*truths: int) -> dict[str, FactValue]:
    """Facts that make the lines A, B, C come out so."""
    names = ("earns_income", "programme_link", "state_determined")
    return {name: value for name, truth in zip(names, truths, strict=False) if (value := TELLS[truth]) is not None}


def compiled(condition: Condition, vocabulary: Vocabulary):
    return compile_condition(condition, {}, count(), vocabulary)


@pytest.mark.parametrize(("a", "b"), list(itertools.product((0, 1, 2), repeat=2)))
def test_groups_follow_kleene(vocabulary: Vocabulary, a: int, b: int) -> None:
    subject = Subject(told(a, b), PartyBook(vocabulary))
    assert compiled(all_of(A, B), vocabulary).truth(subject, ON) == min(a, b)
    assert compiled(any_of(A, B), vocabulary).truth(subject, ON) == max(a, b)
    assert compiled(none_of(A, B), vocabulary).truth(subject, ON) == 2 - max(a, b)


@pytest.mark.parametrize(("how", "truths"), [
    ({}, (0, 1, 2)), ({"negate": True}, (2, 1, 0)),
    ({"if_unknown": "holds"}, (0, 2, 2)), ({"if_unknown": "fails"}, (0, 0, 2)), ({"if_unknown": "review"}, (0, 1, 2)),
    ({"negate": True, "if_unknown": "holds"}, (2, 2, 0)), ({"negate": True, "if_unknown": "fails"}, (2, 0, 0)),
])
def test_negation_and_if_unknown(vocabulary: Vocabulary, how: dict[str, object], truths: tuple[int, ...]) -> None:
    node = compiled(line("earns_income", True, **how), vocabulary)
    assert tuple(node.truth(Subject(told(t), PartyBook(vocabulary)), ON) for t in (0, 1, 2)) == truths


def test_only_the_unknown_facts_that_would_decide_are_missing(vocabulary: Vocabulary) -> None:
    """Against the definition, tried out: a fact is missing exactly if some way to learn the unknown ones makes it decisive."""
    shapes = [all_of(A, any_of(B, C)), any_of(A, all_of(B, C)), all_of(A, none_of(B, C)), any_of(all_of(A, B), none_of(C))]
    names = ("earns_income", "programme_link", "state_determined")
    for shape, truths in itertools.product(shapes, itertools.product((0, 1, 2), repeat=3)):
        node = compiled(shape, vocabulary)

        def out(values: tuple[int, ...], node=node) -> int:
            return node.truth(Subject(told(*values), PartyBook(vocabulary)), ON)

        decisive = set()
        for learnt in itertools.product(*((0, 2) if t == 1 else (t,) for t in truths)):
            for i, t in enumerate(truths):
                if t == 1 and out(truths) == 1 and out(learnt) != out((*learnt[:i], 2 - learnt[i], *learnt[i + 1:])):
                    decisive.add(names[i])
        assert node.lacking(Subject(told(*truths), PartyBook(vocabulary)), ON) == decisive, (shape, truths)


@pytest.mark.parametrize(("condition", "facts", "anchored"), [
    (all_of(supplier="KP", goods="arms"), {"supplier": "KP"}, True),
    (all_of(supplier="KP", goods="arms"), {"goods": "rifle"}, False),
    (all_of(supplier="KP", goods="arms"), {"supplier": "Trading 1", "goods": "rifle"}, False),
    (all_of(destination="darfur", goods="arms"), {"destination": "SD"}, True),
    (all_of(line("destination", "KP", negate=True), line("goods", "arms")), {"destination": "EG"}, False),
    (all_of(line("supplier", "KP", if_unknown="holds"), line("goods", "arms")), {}, False),
    (all_of(none_of(line("supplier", "KP")), line("goods", "arms")), {"goods": "rifle"}, False),
    (all_of(line("goods", "arms"), any_of(all_of(supplier="KP", act="sale"), all_of(recipient="KP"))),
     {"supplier": "KP", "act": "statement"}, False),
    (all_of(person_nationality="KP", earns_income=True), {"person_nationality": "KP"}, True),
])
def test_anchors(vocabulary: Vocabulary, condition: Condition, facts: dict[str, FactValue], anchored: bool) -> None:
    assert compiled(condition, vocabulary).anchored(Subject(facts, PartyBook(vocabulary)), ON) is anchored


def test_a_named_value_is_that_of_the_period_and_keeps_its_exceptions(judge_of: Callable[..., Judge]) -> None:
    periods = (period("2006-10-14", "2009-06-11", covered={"covered_goods": line("goods", "heavy_weapons")}),
               period("2009-06-12", covered={"covered_goods": line("goods", "small_arms_light_weapons", negate=True)}))
    judge = judge_of(make_rule(all_of(line("goods", NamedTest("covered_goods")), supplier="KP"), periods=periods))

    def outcome(goods: str, date: str) -> str:
        return judge.explain(make_event(goods=goods, supplier="KP", date=date), "test-rule").outcome

    assert [outcome("battle_tank", "2009-06-11"), outcome("rifle", "2009-06-11")] == ["breach", "clear"]
    assert [outcome("battle_tank", "2009-06-12"), outcome("rifle", "2009-06-12")] == ["breach", "clear"]
    assert [outcome("coal", "2009-06-11"), outcome("coal", "2009-06-12")] == ["clear", "breach"]


def test_every_line_is_watched_and_any_can_be_forced(judge: Judge, base, reader) -> None:
    """For every example of the shipped rules: forcing a line to the truth it has changes nothing."""
    for rule in base.rules:
        lines = judge.lines(rule.id)
        assert [x.number for x in lines] == list(range(len(lines)))
        for example in rule.examples:
            plain, seen = judge.probe(example.event, rule.id)
            assert plain == judge.probe(example.event, rule.id, {n: max(t) for n, t in seen.items() if len(t) == 1})[0]
            if plain.outcome != "not_in_force":
                assert set(seen) == {x.number for x in lines}


def test_a_forced_line_decides(judge_of: Callable[..., Judge]) -> None:
    judge = judge_of(make_rule())
    event = make_event(act="sale", goods="rifle", supplier="KP", date="2020-01-01")
    goods = next(x.number for x in judge.lines("test-rule") if x.leaf.fact == "goods")
    outcomes = [judge.probe(event, "test-rule", {goods: truth})[0].outcome for truth in (0, 1, 2)]
    assert outcomes == ["clear", "possible", "breach"]
    assert judge.probe(event, "test-rule", {goods: 0})[1][goods] == frozenset({0})


def test_a_probe_sees_each_truth_a_line_has_over_the_days(vocabulary: Vocabulary, judge_of: Callable[..., Judge]) -> None:
    judge = judge_of(make_rule(all_of(destination="RU", goods="arms")))
    event: Event = make_event(destination="crimea", goods="rifle", date="2013..2015")
    assert set(judge.probe(event, "test-rule")[1].values()) == {frozenset({0, 2}), frozenset({2})}
    assert Probe().seen == {}
