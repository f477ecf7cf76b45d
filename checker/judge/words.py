"""English words for tests, values and days, as explanations and notes print them."""

from __future__ import annotations

import datetime as dt

from checker.judge.days import HISTORY
from checker.judge.leaves import role_of
from checker.judge.subject import Subject
from checker.model.dates import say_day
from checker.model.event import FactValue, ListEntry
from checker.model.rule import BoolTest, DateTest, Leaf, ListTest, NumberTest, TermTest
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["say_fact", "say_got", "say_range", "say_wanted"]


def say_fact(fact: str) -> str:
    """The name of a fact as words: ``shipped from``."""
    return fact.replace("_", " ")


def say_range(first: int, last: int) -> str:
    """A run of days: ``12 June 2009``, ``12 June 2009 to 1 March 2016``, ``since ...``, ``until ...``, ``any day``."""
    if first == last:
        return _day(first)
    if first <= HISTORY[0]:
        return "any day" if last >= HISTORY[1] else f"until {_day(last)}"
    return f"since {_day(first)}" if last >= HISTORY[1] else f"{_day(first)} to {_day(last)}"


def say_wanted(leaf: Leaf, vocabulary: Vocabulary) -> str:
    """What a line asks for: ``not North Korea``, ``arms, but no small arms``, ``at least 300``."""
    return f"not {_test(leaf, vocabulary)}" if leaf.negate else _test(leaf, vocabulary)


def say_got(leaf: Leaf, subject: Subject, vocabulary: Vocabulary) -> str:
    """What the event says of the fact of a line; ``not stated`` where it says nothing."""
    fact = leaf.fact
    if isinstance(leaf.test, ListTest):
        return _entries(subject.facts.get("waivers" if leaf.test.waived else "listings"))
    role = role_of(fact)
    if not role:
        return say_value(fact, subject.facts.get(fact), vocabulary)
    party, state = subject.party(role), subject.state(role)
    if fact.endswith("_kind"):
        return say_value(fact, subject.kind(role), vocabulary)
    if fact.endswith("_state") or party is None:
        who = "" if fact.endswith("_state") else "somebody of "
        return "not stated" if state is None else f"{who}{vocabulary.title('host_state', state)}" if state else "a party of no State"
    name = vocabulary.title(role, party)
    if party == state:
        return name
    return f"{name} (State not stated)" if state is None else f"{name} ({vocabulary.states.name(state) if state else 'of no State'})"


def say_value(fact: str, value: FactValue | None, vocabulary: Vocabulary) -> str:
    """A fact's value in words."""
    if value is None:
        return "not stated"
    if value == ():
        return "none"
    return vocabulary.title(fact, value)


def _test(leaf: Leaf, vocabulary: Vocabulary) -> str:
    test = leaf.test
    if isinstance(test, TermTest):
        wanted = _listed([vocabulary.title(leaf.fact, term) for term in test.any_of], "or")
        if test.except_:
            wanted += f", but not {_listed([vocabulary.title(leaf.fact, term) for term in test.except_], 'or')}"
        return wanted
    if isinstance(test, BoolTest):
        return "yes" if test.value else "no"
    if isinstance(test, NumberTest):
        low = [] if test.at_least is None else [f"at least {test.at_least:g}"]
        return " and ".join(low if test.at_most is None else [*low, f"at most {test.at_most:g}"])
    if isinstance(test, DateTest):
        after = [] if test.after is None else [f"after {_day(test.after)}"]
        return " and ".join(after if test.before is None else [*after, f"before {_day(test.before)}"])
    if isinstance(test, ListTest):
        return f"{'waived' if test.waived else 'listed'} under {_listed(list(test.lists), 'or')}"
    return test.name.replace("_", " ")


def _entries(value: FactValue | None) -> str:
    if value is None:
        return "not screened"
    entries = [e for e in value if isinstance(e, ListEntry)] if isinstance(value, tuple) else []
    return ", ".join(f"{e.party} under {e.list} since {_day(e.first)}" for e in entries) or "on no list"


def _listed(words: list[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _day(day: int) -> str:
    return say_day(dt.date.fromordinal(day))
