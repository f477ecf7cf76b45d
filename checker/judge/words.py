"""English words for values and days, as explanations and notes print them; those for lines are in ``checker.vocabulary.conditions``."""

from __future__ import annotations

import datetime as dt

from checker.judge.days import HISTORY
from checker.judge.leaves import role_of
from checker.judge.subject import Subject
from checker.model.dates import say_day
from checker.model.event import FactValue, ListEntry
from checker.model.rule import Leaf, ListTest
from checker.vocabulary.conditions import say_fact, say_wanted
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["UNSCREENED", "UNSTATED", "say_fact", "say_got", "say_range", "say_wanted"]

UNSTATED = "not stated"
UNSCREENED = "not screened"


def say_range(first: int, last: int) -> str:
    """A run of days: ``12 June 2009``, ``12 June 2009 to 1 March 2016``, ``since ...``, ``until ...``, ``any day``."""
    if first == last:
        return _day(first)
    if first <= HISTORY[0]:
        return "any day" if last >= HISTORY[1] else f"until {_day(last)}"
    return f"since {_day(first)}" if last >= HISTORY[1] else f"{_day(first)} to {_day(last)}"


def say_got(leaf: Leaf, subject: Subject, vocabulary: Vocabulary) -> str:
    """What the event says of the fact of a line; ``not stated`` where it says nothing."""
    fact = leaf.fact
    if isinstance(leaf.test, ListTest):
        return _entries(subject.facts.get("waivers" if leaf.test.waived else "listings"), leaf.test.lists)
    role = role_of(fact)
    if not role:
        return say_value(fact, subject.facts.get(fact), vocabulary)
    party, state = subject.party(role), subject.state(role)
    if fact.endswith("_kind"):
        return say_value(fact, subject.kind(role), vocabulary)
    if fact.endswith("_state") or party is None:
        who = "" if fact.endswith("_state") else "somebody of "
        return UNSTATED if state is None else f"{who}{vocabulary.title('host_state', state)}" if state else "a party of no State"
    name = vocabulary.title(role, party)
    if party == state:
        return name
    return f"{name} (State not stated)" if state is None else f"{name} ({vocabulary.states.name(state) if state else 'of no State'})"


def say_value(fact: str, value: FactValue | None, vocabulary: Vocabulary) -> str:
    """A fact's value in words."""
    if value is None:
        return UNSTATED
    if value == ():
        return "none"
    return vocabulary.title(fact, value)


def _entries(value: FactValue | None, lists: tuple[str, ...]) -> str:
    """The entries of the lists asked for; where there are none, all of them."""
    if value is None:
        return UNSCREENED
    entries = [e for e in value if isinstance(e, ListEntry)] if isinstance(value, tuple) else []
    entries = [e for e in entries if e.list in lists] or entries
    told = (f"{'perhaps ' if e.weak else ''}{e.party} under {e.list} {say_range(e.first, e.last or HISTORY[1])}" for e in entries)
    return ", ".join(told) or "on no list"


def _day(day: int) -> str:
    return say_day(dt.date.fromordinal(day))
