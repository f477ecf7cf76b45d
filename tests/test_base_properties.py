"""What must hold of every rule of the base, whatever its law is: its dates, its direction, and that spellings do not matter.

The cases are the rules' own examples, so a new rule is covered the day it is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
import yaml

from checker.judge.conditions import fill_named
from checker.judge.judge import Judge
from checker.locator import rules_dir
from checker.model.event import Event
from checker.model.facts import FACTS
from checker.model.rule import Rule, TermTest, asked
from checker.model.truth import TRUE
from checker.rulebase.loader import require_rulebase
from checker.vocabulary.events import EventReader

BASE = require_rulebase()
WORDS = BASE.vocabulary
RULES = [rule for rule in BASE.rules if rule.status == "active"]
LANGUAGES: list[str] = yaml.safe_load((rules_dir() / "vocabulary" / "states.yaml").read_text(encoding="utf-8"))["languages"]
SENDING = ("supplier", "shipped_from")
RECEIVING = ("recipient", "destination", "end_user")
TURNED = {one: other for pair in (("supplier", "recipient"), ("supplier_state", "recipient_state"), ("supplier_kind", "recipient_kind"),
                                  ("shipped_from", "destination")) for one, other in (pair, pair[::-1])}
OTHER_DAYS = ("end_date", "contract_date", "delivery_date")


@lru_cache(maxsize=1)
def judge() -> Judge:
    return Judge(BASE)


def flagged_examples(rule: Rule) -> list[Event]:
    return [example.event for example in rule.examples if judge().verdict(example.event, rule.id).flagged]


def written(event: Event) -> dict[str, Any]:
    """The event in its written form; what was inferred is left to be inferred again."""
    return {key: value for key, value in event.to_wire().items() if key != "assumed"}


def read(told: dict[str, Any]) -> Event:
    event, problems = EventReader(WORDS).read(told)
    assert event is not None, problems
    return event


def moved(event: Event, day: int) -> Event:
    """The event on one day; the other days that it tells are left out."""
    told = {key: value for key, value in written(event).items() if key not in OTHER_DAYS}
    return read({**told, "date": dt.date.fromordinal(day).isoformat()})


def target_sides(rule: Rule) -> dict[str, set[str]]:
    """The States that the rule asks for on the side that gives, and on the side that receives."""
    sides: dict[str, set[str]] = {"sending": set(), "receiving": set()}
    for period in rule.periods:
        for leaf in asked(rule.flag_when):
            test = fill_named(leaf, period.covered).test
            if isinstance(test, TermTest):
                side = "sending" if leaf.fact in SENDING else "receiving" if leaf.fact in RECEIVING else ""
                if side:
                    sides[side] |= {term for term in test.any_of if term in WORDS.states.codes or WORDS.parties.get(term) is not None}
    return sides


def is_directional(rule: Rule) -> bool:
    """True when the State or group under measures is asked for on one side alone."""
    sides = target_sides(rule)
    return bool(sides["sending"]) != bool(sides["receiving"])


DIRECTIONAL = [rule for rule in RULES if is_directional(rule)]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_nothing_is_flagged_before_the_first_day_or_after_the_last(rule: Rule) -> None:
    first = min(period.first for period in rule.periods)
    ends = [period.last for period in rule.periods]
    days = [first - 1] + ([] if None in ends else [max(end for end in ends if end is not None) + 1])
    for event in flagged_examples(rule):
        for day in days:
            assert judge().verdict(moved(event, day), rule.id).label == "not in force", (dt.date.fromordinal(day), event.id)


def swapped(event: Event) -> Event:
    """Who gives receives, and where it left it goes; names and listings go with their party."""
    told = written(event)

    def turn(data: dict[str, Any]) -> dict[str, Any]:
        return {TURNED.get(key, key): value for key, value in data.items()}

    told = turn(told)
    if "names" in told:
        told["names"] = turn(told["names"])
    for key in ("listings", "waivers"):
        if key in told:
            told[key] = [{**one, "party": TURNED.get(one["party"], one["party"])} for one in told[key]]
    return read(told)


@pytest.mark.parametrize("rule", DIRECTIONAL, ids=lambda r: r.id)
def test_a_finding_does_not_survive_a_change_of_direction(rule: Rule) -> None:
    # Where the State under measures is the end user, the flag or the people's State alone, the direction says nothing of it.
    targets = set.union(*target_sides(rule).values())
    turned = [event for event in flagged_examples(rule) if targets & set(map(str, (event.facts.get(fact) for fact in TURNED)))]
    assert turned
    for event in turned:
        assert judge().verdict(swapped(event), rule.id).outcome != "breach", written(event)


def test_most_rules_have_a_direction() -> None:
    assert len(DIRECTIONAL) > len(RULES) // 3


def spellings(code: str) -> Iterator[str]:
    """Every way to write a State that the vocabulary knows, in all its languages."""
    yield code
    for lang in LANGUAGES:
        yield from (name for name, named in WORDS.states.names(lang) if named == code)


STATE_FACTS = tuple(name for name, spec in FACTS.items() if spec.type in ("party", "state", "place", "places"))


def with_spelling(event: Event, code: str, name: str) -> dict[str, Any]:
    def said(value: Any) -> Any:
        return [said(one) for one in value] if isinstance(value, list) else name if value == code else value
    return {key: said(value) if key in STATE_FACTS else value for key, value in written(event).items()}


@pytest.mark.parametrize("code", ["KP", "IR", "RU", "CN", "YE"])
def test_each_spelling_of_a_state_is_that_state(code: str) -> None:
    names = sorted(set(spellings(code)))
    assert len(names) > 10
    for name in names:
        facts = read({"act": "transfer", "supplier": name, "host_state": name, "destination": name, "via": [name]}).facts
        # The seat of a government may be said for the State (the Kremlin), and a capital is a place in it.
        assert facts["supplier_state"] == facts["host_state"] == code, name
        assert all(WORDS.compare("destination", place, code) is TRUE for place in (facts["destination"], *facts["via"])), name


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_spelling_changes_no_judgement(rule: Rule) -> None:
    names = sorted(set(spellings("KP")))
    for number, event in enumerate(flagged_examples(rule)[:3]):
        for name in names[number::7]:
            other = read(with_spelling(event, "KP", name))
            assert judge().verdict(other, rule.id).label == judge().verdict(event, rule.id).label, name
