"""Lines of rules and facts of examples in words, as coverage names what is missing."""

from __future__ import annotations

import datetime as dt

from checker.model.rule import BoolTest, Condition, DateTest, Leaf, ListTest, NumberTest, TermTest, Test
from checker.proof.written import flow

__all__ = ["say_condition", "say_section", "write_leaf"]


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


def say_section(section: str) -> str:
    """Where a line stands: ``flag_when``, ``the exemption committee_exemption``."""
    if not section.startswith("unless."):
        return section
    name = section.removeprefix("unless.")
    return f"the `unless` of the exemption {name.removesuffix('.unless')}" if name.endswith(".unless") else f"the exemption {name}"


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
