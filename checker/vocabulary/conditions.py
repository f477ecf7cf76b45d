"""English words for the lines of a rule: what a line asks for, alone or as half a sentence."""

from __future__ import annotations

import datetime as dt

from checker.model.dates import say_day
from checker.model.facts import FACTS
from checker.model.rule import BoolTest, DateTest, Leaf, ListTest, NamedTest, NumberTest, TermTest, Test
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["say_fact", "say_line", "say_wanted"]

_UNKNOWN = {"holds": "or not stated", "fails": "and stated", "review": "if not stated: for review"}


def say_fact(fact: str) -> str:
    """The name of a fact as words: ``shipped from``."""
    return fact.replace("_", " ")


def say_wanted(leaf: Leaf, vocabulary: Vocabulary) -> str:
    """What a line asks for: ``not North Korea``, ``arms, but no small arms``, ``at least 300``."""
    wanted = _test(leaf.fact, leaf.test, vocabulary)
    return f"not {wanted}" if leaf.negate else wanted


def say_line(leaf: Leaf, vocabulary: Vocabulary) -> tuple[str, str, str]:
    """A line in three parts that read as one: the fact, what it must be, and what holds where it is not stated (or nothing):
    ``("destination", "is not North Korea", "or not stated")``, ``("approved by", "the 1718 Committee", "")``."""
    return say_fact(leaf.fact), f"{_verb(leaf)} {_asked(leaf, vocabulary)}".strip(), _UNKNOWN.get(leaf.if_unknown, "")


def _asked(leaf: Leaf, vocabulary: Vocabulary) -> str:
    if isinstance(leaf.test, NamedTest):
        return "what the law of the day covers"
    return _test(leaf.fact, leaf.test, vocabulary)


def _verb(leaf: Leaf) -> str:
    """``is``, ``includes``, or nothing where the name of the fact ends in a preposition (approved by)."""
    if leaf.fact.endswith(("_by", "_to")):
        return "not" if leaf.negate else ""
    if FACTS[leaf.fact].is_set:
        return "does not include" if leaf.negate else "includes"
    return "is not" if leaf.negate else "is"


def _test(fact: str, test: Test, vocabulary: Vocabulary) -> str:
    if isinstance(test, TermTest):
        wanted = _listed([vocabulary.title(fact, term) for term in test.any_of], "or")
        if test.except_:
            wanted += f", but not {_listed([vocabulary.title(fact, term) for term in test.except_], 'or')}"
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


def _listed(words: list[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _day(day: int) -> str:
    return say_day(dt.date.fromordinal(day))
