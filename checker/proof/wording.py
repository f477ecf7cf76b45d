"""Lines of rules and facts of examples in words, as coverage names what is missing."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from checker.judge.words import say_wanted
from checker.model.facts import FACTS
from checker.model.rule import BoolTest, Condition, DateTest, Leaf, ListTest, NumberTest, TermTest, Test
from checker.proof.written import flow
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["say_condition", "say_noun", "say_undecided", "write_leaf"]

_NOUNS = {"approved_by": "body that approved", "notified_to": "body notified", "shipped_from": "place of departure", "via": "way",
          "person_nationality": "nationality", "actor": "doer"}


def say_noun(fact: str) -> str:
    """A fact as a thing that is something: ``body notified``, ``supplier``."""
    return _NOUNS.get(fact, fact.replace("_", " "))


def write_leaf(leaf: Leaf) -> str:
    """A line as it stands in a rule file: ``supplier: KP``, ``destination: {not: KP, if_unknown: holds}``."""
    return f"{leaf.fact}: {flow(_value(leaf))}"


def say_condition(condition: Condition) -> str:
    """A line or a group in backquotes: ``supplier: KP``, ``any of supplier: KP; shipped_from: KP``."""
    if isinstance(condition, Leaf):
        return f"`{write_leaf(condition)}`"
    return f"`{_inside(condition)}`"


def _inside(condition: Condition) -> str:
    if isinstance(condition, Leaf):
        return write_leaf(condition)
    parts = [_inside(item) if isinstance(item, Leaf) or item.kind != "all" else f"({_inside(item)})" for item in condition.items]
    return {"all": ", ".join(parts), "any": f"any: {' | '.join(parts)}", "none": f"none: {' | '.join(parts)}"}[condition.kind]


def _value(leaf: Leaf) -> object:
    plain = _test(leaf.test)
    if leaf.negate:
        plain = {"not": plain}
    if leaf.if_unknown:
        plain = {**(plain if isinstance(plain, dict) else {"is": plain}), "if_unknown": leaf.if_unknown}
    return plain


def _test(test: Test) -> object:
    if isinstance(test, TermTest):
        terms: object = test.any_of[0] if len(test.any_of) == 1 else list(test.any_of)
        return {"any": terms, "except": list(test.except_)} if test.except_ else terms
    if isinstance(test, BoolTest):
        return test.value
    if isinstance(test, NumberTest):
        return {name: value for name in ("at_least", "at_most") if (value := getattr(test, name)) is not None}
    if isinstance(test, DateTest):
        return {name: dt.date.fromordinal(value) for name in ("after", "before") if (value := getattr(test, name)) is not None}
    if isinstance(test, ListTest):
        return {"waived" if test.waived else "listed": test.lists[0] if len(test.lists) == 1 else list(test.lists)}
    return test.name


def say_undecided(leaf: Leaf, parent: str, truth: int, vocabulary: Vocabulary) -> str:
    """What an example would have to be like in which the line decides by being false (0) or true (2). ``parent``: the kind of group
    that the line stands in."""
    said = say_condition(leaf)
    if truth == 0 and parent != "any":
        return f"no example shows that the line {said} matters: write one where everything else holds and {_otherwise(leaf, vocabulary)}"
    if truth == 0:
        return (f"no example shows the line {said} failing: write one where no alternative holds and {_otherwise(leaf, vocabulary)}")
    if parent == "any":
        return f"no example hangs on the line {said}: write one where it holds and no other alternative does"
    return f"no example shows the line {said} at work: write one that comes out as it does because this line holds"


def _otherwise(leaf: Leaf, vocabulary: Vocabulary) -> str:
    """A state of things in which a line fails: ``the supplier is another State``, ``the destination is North Korea``."""
    test, fact = leaf.test, say_noun(leaf.fact)
    be = "are" if fact == "goods" else "is"
    if leaf.negate:
        wanted = say_wanted(replace(leaf, negate=False), vocabulary)
        return f"the {fact} {be} {wanted}"
    if isinstance(test, BoolTest):
        return f"{fact} is {'no' if test.value else 'yes'}"
    if isinstance(test, ListTest):
        return f"the {fact} is not {'waived' if test.waived else 'listed'}"
    if isinstance(test, TermTest):
        states = all(term in vocabulary.states for term in test.any_of)
        kind = FACTS[leaf.fact].type
        other = {"party": "another State" if states else "somebody else", "state": "another State", "place": "another place",
                 "places": "another place"}.get(kind, "something else")
        return f"the {fact} {be} {other}"
    return f"the {fact} {be} something else" if not isinstance(test, NumberTest | DateTest) else (
        f"the {fact} is not {say_wanted(leaf, vocabulary)}")
