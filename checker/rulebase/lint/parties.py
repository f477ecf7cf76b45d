"""Checks of who is bound and who is in breach."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.facts import FACTS
from checker.model.rule import TermTest, leaves
from checker.rulebase.lint.check import Hit, on_file
from checker.rulebase.lint.conditions import sections
from checker.rulebase.lint.files import Base, LintFile
from checker.rulebase.lint.logic import Way, topic
from checker.rulebase.rulefile import EVERYBODY
from checker.strictyaml.nodes import ListNode, Node
from checker.strictyaml.source import Located

__all__ = ["CHECKS"]


def _item(file: LintFile, key: str, number: int) -> Located:
    node: Node | None = file.node(key)
    return node.items[number] if isinstance(node, ListNode) and number < len(node.items) else node or file.key(key)


@on_file("R151", "breach-role-unused", "warning", "A role in breach_by is mentioned by no line and no example, so nobody is ever in it.")
def breach_role_unused(file: LintFile, _base: Base) -> Iterator[Hit]:
    rule = file.rule
    if rule is None:
        return
    told = {topic(leaf.fact) for section in sections(file) for leaf in leaves(section)}
    told |= {topic(fact) for example in rule.examples for fact in example.event.facts}
    for number, role in enumerate(rule.breach_by):
        if topic(role) not in told:
            yield Hit(_item(file, "breach_by", number), f"no line and no example names `{role}`",
                      "name the role in flag_when or in an example, or delete it here")


@on_file("R152", "bound-never-in-breach", "warning", "A State that is bound can never be in breach: the lines leave it no role.")
def bound_never(file: LintFile, base: Base) -> Iterator[Hit]:
    rule = file.rule
    if rule is None or not rule.breach_by:
        return
    ways = [base.logic.ways(rule.flag_when, period) for period in rule.periods]
    known = [way for some in ways if some is not None for way in some]
    if None in ways or not known:
        return
    for number, state in enumerate(rule.bound):
        if state != EVERYBODY and not any(_can_be(base, way, role, state) for way in known for role in rule.breach_by):
            yield Hit(_item(file, "bound", number), f"{state} is bound, but no role of breach_by can be {state}",
                      "add the role in which it would act, or delete the State")


def _can_be(base: Base, way: Way, role: str, state: str) -> bool:
    """Whether the lines of a way let a State stand in a role."""
    for line in way:
        if topic(line.leaf.fact) != topic(role) or not isinstance(line.test, TermTest) or FACTS[line.leaf.fact].taxonomy:
            continue
        allowed = base.logic.reach(line.leaf.fact, line.test)
        own = base.logic.reach(line.leaf.fact, TermTest((state,))).sure  # the State and its organs
        if own <= allowed.never_false if line.negated else own.isdisjoint(allowed.may):
            return False
    return True


CHECKS = (breach_role_unused, bound_never)
