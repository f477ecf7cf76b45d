"""The check of the vocabulary: words that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model.facts import FACTS
from checker.model.rule import Leaf, Limit, ListTest, TermTest, leaves
from checker.rulebase.lint.check import Hit, on_base
from checker.rulebase.lint.files import Base, LintFile

__all__ = ["CHECKS"]

_WORD = re.compile(r"[a-z][a-z0-9_]*")


@on_base("R190", "terms-unused", "info", "Words of a taxonomy that no rule, language pack, family or narrower word uses.")
def terms_unused(base: Base) -> Iterator[tuple[LintFile | str, Hit]]:
    if not base.whole:
        return
    used = _used(base)
    spoken = {word for path in base.packs for word in _WORD.findall(path.read_text(encoding="utf-8"))}
    for name, taxonomy in base.vocabulary.taxonomies.items():
        needed = used.get(name, set()) | spoken
        needed |= {wide for term in taxonomy.terms.values() for wide in term.parents}
        idle = [term for term in taxonomy if taxonomy.ancestors(term).isdisjoint(used.get(name, set())) and term not in needed]
        if idle:
            yield f"rules/vocabulary/{name}.yaml", Hit(None, f"nothing uses {len(idle)} of {len(taxonomy)} words: {', '.join(idle)}",
                                                       "keep what a rule to come needs, delete the rest")


def _used(base: Base) -> dict[str, set[str]]:
    """By taxonomy, the words that rules, their examples and the families use."""
    used: dict[str, set[str]] = {}

    def note(fact: str, *terms: object) -> None:
        if fact in FACTS and FACTS[fact].taxonomy:
            used.setdefault(FACTS[fact].taxonomy, set()).update(term for term in terms if isinstance(term, str))

    for file in base.files:
        for leaf in _lines(file):
            if isinstance(leaf.test, TermTest):
                note(leaf.fact, *leaf.test.any_of, *leaf.test.except_)
            elif isinstance(leaf.test, ListTest):
                used.setdefault("lists", set()).update(leaf.test.lists)
        for example in file.rule.examples if file.rule else ():
            for fact, value in example.event.facts.items():
                note(fact, *(value if isinstance(value, tuple) else (value,)))
        units = [limit.unit for limit in _limits(file)]
        used.setdefault("units", set()).update(units)
    for row in base.vocabulary.families:
        for fact, terms in row.when:
            note(fact, *terms)
    used.setdefault("approvals", set()).update(regime.committee for regime in base.vocabulary.regimes.values())
    for unit in base.vocabulary.taxonomies["units"].terms.values():
        equals = unit.attributes.get("equals")
        if isinstance(equals, tuple):
            used["units"].update((unit.id, str(equals[1])))
    used.setdefault("party_kinds", set()).update(party.kind for party in base.vocabulary.parties.parties.values())
    return used


def _lines(file: LintFile) -> Iterator[Leaf]:
    rule = file.rule
    if rule:
        yield from leaves(rule.flag_when)
        yield from leaves(rule.met_when)
        yield from leaves(rule.quota.conditions if rule.quota else None)
        for period in rule.periods:
            yield from period.covered.values()
        for exemption in rule.exemptions:
            yield from leaves(exemption.when)
            yield from leaves(exemption.unless)


def _limits(file: LintFile) -> Iterator[Limit]:
    rule = file.rule
    if rule:
        for period in rule.periods:
            yield from period.limits
        yield from rule.quota.limits if rule.quota else ()


CHECKS = (terms_unused,)
