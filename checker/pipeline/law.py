"""The law of a day: which measures were in force, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.judge.conditions import fill_named
from checker.model.dates import within
from checker.model.facts import FACTS
from checker.model.rule import Contest, Exemption, Leaf, Period, Rule, TermTest, asked
from checker.model.truth import FALSE, TRUE, UNKNOWN
from checker.rulebase.loader import RuleBase
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Measure", "Subject", "measures_on"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the reader asks about; an empty field asks for everything."""

    party: str = ""
    goods: str = ""
    act: str = ""
    regime: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One rule with its period that holds on the day, the disputes about it and the exemptions that are open on that day, and
    whether the day lies after the last day for which a renewal is known."""

    rule: Rule
    period: Period
    contests: tuple[Contest, ...]
    exemptions: tuple[Exemption, ...]
    verified: bool


def measures_on(base: RuleBase, day: int, subject: Subject) -> Iterator[Measure]:
    """The measures in force on ``day`` (an ordinal) that concern the subject, by regime and rule id."""
    for rule in sorted((r for r in base.rules if subject.regime in ("", r.regime)), key=lambda r: (r.regime, r.id)):
        for period in rule.periods:
            if within(day, period.first, period.last) and _concerns(rule, period, day, subject, base.vocabulary):
                contests = tuple(c for c in rule.contested if within(day, c.first, c.last))
                exemptions = tuple(e for e in rule.exemptions if within(day, e.first or day, e.last))
                yield Measure(rule, period, contests, exemptions, period.known_until is None or day <= period.known_until)


def _concerns(rule: Rule, period: Period, day: int, subject: Subject, vocabulary: Vocabulary) -> bool:
    leaves = [leaf for leaf in (fill_named(line, period.covered) for line in asked(rule.flag_when)) if not leaf.negate]
    wanted = ((subject.goods, {"goods"}), (subject.act, {"act"}), (subject.party, _facts_of_party(subject.party, vocabulary)))
    return all(not value or _asked_for(value, [leaf for leaf in leaves if leaf.fact in facts], day, vocabulary) for value, facts in wanted)


def _facts_of_party(party: str, vocabulary: Vocabulary) -> set[str]:
    """The facts that take the word: a State is a party and a place, a group only a party, a region only a place."""
    types: set[str] = set()
    if party in vocabulary.states.codes or vocabulary.parties.get(party) is not None:
        types |= {"party"}
    if party in vocabulary.places:
        types |= {"state", "place", "places"}
    return {name for name, spec in FACTS.items() if spec.type in types}


def _asked_for(value: str, leaves: list[Leaf], day: int, vocabulary: Vocabulary) -> bool:
    """True unless the value surely lies outside what the lines ask for: asking for "arms" also finds a measure on tanks. What one line
    leaves out by name is found only where another asks for the whole of it."""
    tests = [(leaf.fact, leaf.test) for leaf in leaves if isinstance(leaf.test, TermTest)]
    left_out = [any(vocabulary.compare(fact, value, term, day) is TRUE for term in test.except_) for fact, test in tests]
    outside = (FALSE, UNKNOWN) if any(left_out) else (FALSE,)
    return any(not out and any(vocabulary.compare(fact, value, term, day) not in outside for term in test.any_of)
               for out, (fact, test) in zip(left_out, tests, strict=True))
