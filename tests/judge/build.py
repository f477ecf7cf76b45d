"""Rules and events built by hand, for the tests of the judge."""

from __future__ import annotations

from typing import Any

from checker.model.claim import Claim
from checker.model.dates import parse_date
from checker.model.event import Event
from checker.model.facts import FACTS
from checker.model.rule import BoolTest, Condition, Group, Leaf, Period, Rule, TermTest, Test


def make_event(**told: Any) -> Event:
    """An event from plain values; ``report`` makes one claim, dates are written forms, ``unknown`` leaves a fact out."""
    claims = (Claim(told.pop("report")),) if "report" in told else told.pop("claims", ())
    rest = {name: told.pop(name) for name in ("names", "tier", "id") if name in told}
    facts = {name: parse_date(value) if FACTS[name].type == "date" else value for name, value in told.items() if value != "unknown"}
    return Event(facts, claims=claims, **rest)


def day(text: str) -> int:
    """The ordinal of a written day."""
    return parse_date(text).first


def line(fact: str, wanted: Any, **how: Any) -> Leaf:
    """A line of a rule: terms, a yes or no, or a ready-made test."""
    test: Test
    if isinstance(wanted, bool):
        test = BoolTest(wanted)
    elif isinstance(wanted, str | list):
        test = TermTest((wanted,) if isinstance(wanted, str) else tuple(wanted))
    else:
        test = wanted
    return Leaf(fact, test, **how)


def all_of(*items: Condition, **lines: Any) -> Group:
    """``all`` of conditions and of lines given by fact."""
    return Group("all", (*items, *(line(fact, wanted) for fact, wanted in lines.items())))


def any_of(*items: Condition) -> Group:
    """``any`` of the conditions."""
    return Group("any", items)


def none_of(*items: Condition) -> Group:
    """``none`` of the conditions."""
    return Group("none", items)


def period(first: str = "2006-10-14", last: str | None = None, **more: Any) -> Period:
    """A period that decides."""
    told: dict[str, Any] = {"authority": ("UNSCR 1 (2006) para 1",), "force": "decides", "says": "a measure"} | more
    return Period(day(first), day(last) if last else None, **told)


def make_rule(flag_when: Group | None = None, **more: Any) -> Rule:
    """A rule against arms from KP unless told otherwise."""
    told: dict[str, Any] = {
        "id": "test-rule", "title": "A rule", "summary": "", "kind": "prohibition", "regime": "un-1718", "severity": "high",
        "status": "active",
        "periods": (period(),), "bound": ("KP", "all_states"), "breach_by": ("supplier", "recipient"),
        "flag_when": flag_when or all_of(act="transfer", goods="arms", supplier="KP"), "digest": "0" * 64} | more
    return Rule(**told)
