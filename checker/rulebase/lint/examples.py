"""Checks of examples: names that say something, near misses that are near, nobody real accused by an invention."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model.facts import PARTY_ROLES
from checker.model.rule import Example, Rule
from checker.rulebase.lint.check import Hit, on_file
from checker.rulebase.lint.files import Base, LintFile
from checker.strictyaml.nodes import ListNode, MapNode
from checker.strictyaml.source import Located
from checker.vocabulary.names import fold

__all__ = ["CHECKS"]


def _place(file: LintFile, number: int, *keys: str) -> Located:
    """Where an example, or the first of these lines in it, is written."""
    node = file.node("examples")
    item = node.items[number] if isinstance(node, ListNode) and number < len(node.items) else None
    for key in keys:
        if isinstance(item, MapNode) and key in item.entries:
            return item.entries[key].value
    return item or file.key("examples")


@on_file("R161", "no-examples", "warning", "A rule without examples is not tested by anything.", "rule", "shared")
def no_examples(file: LintFile, _base: Base) -> Iterator[Hit]:
    rule = file.rule
    if rule and not rule.examples and rule.status != "retired":
        yield Hit(file.key("exemption" if file.shared else "rule"), "this has no examples",
                  "write one that is flagged and one that is clear; `sanctions rules suggest` drafts more")


@on_file("R162", "example-names-alike", "warning", "Two examples have names that differ only in case, accents or punctuation.",
         "rule", "shared")
def names_alike(file: LintFile, _base: Base) -> Iterator[Hit]:
    seen: dict[str, str] = {}
    for number, example in enumerate(file.rule.examples) if file.rule else ():
        first = seen.setdefault(fold(example.name), example.name)
        if first != example.name:
            yield Hit(_place(file, number, "name"), f"this name is nearly that of another example: {first}",
                      "say in each name what is special about it")


@on_file("R163", "example-name-empty", "warning", "The name of an example does not say what is special about it.", "rule", "shared")
def name_empty(file: LintFile, base: Base) -> Iterator[Hit]:
    rule = file.rule
    empty = {fold(name) for name in base.settings.empty_names}
    for number, example in enumerate(rule.examples) if rule else ():
        words = [word for word in fold(re.sub(r"\d+", " ", example.name)).split() if word not in empty]
        if not words or fold(example.name) == fold(example.expect.label):
            yield Hit(_place(file, number, "name"), f"`{example.name}` says nothing about the case",
                      "say what differs: `the day before the measure`, `the cargo is food`")


@on_file("R164", "clear-without-change", "warning",
         "An example expects `clear` without differing from a flagged one, so it shows nothing.")
def clear_without_change(file: LintFile, base: Base) -> Iterator[Hit]:
    rule = file.rule
    label = base.vocabulary.labels.label(outcome="clear", law="settled", report="confirmed", stage="done", tier="stated",
                                         breach_class="substantive")
    for number, example in enumerate(rule.examples) if rule else ():
        if example.expect.label == label and not example.source:
            same = next((e for e in rule.examples[:number] if e.event == example.event), None) if rule else None
            if not example.changed:
                yield Hit(_place(file, number, "event"), "this event is written out, and is clear: nobody sees which fact makes it so",
                          "write `but: {...}` with the one fact in which it differs from a flagged example")
            elif same:
                yield Hit(_place(file, number, "but"), f"this changes nothing: the event is that of `{same.name}`",
                          "change the fact that makes it clear")


@on_file("R165", "first-example-unsourced", "info",
         "The first example cites no source, while others do: the first one is what people read.")
def first_unsourced(file: LintFile, _base: Base) -> Iterator[Hit]:
    examples = file.rule.examples if file.rule else ()
    if examples and not examples[0].source and any(example.source for example in examples):
        yield Hit(_place(file, 0), "the first example is invented, others are real cases", "put a real case first, or add its `source`")


@on_file("R166", "real-state-accused", "warning", "An invented example accuses a real State.")
def real_state_accused(file: LintFile, base: Base) -> Iterator[Hit]:
    rule = file.rule
    if rule is None:
        return
    states, labels = base.vocabulary.states, base.vocabulary.labels
    allowed = set(states.fictitious) | set(_target(base, rule))
    for example in rule.examples:
        if example.source:
            allowed |= {v for v in example.event.facts.values() if isinstance(v, str)}
    for number, example in enumerate(rule.examples):
        label = labels.labels.get(example.expect.label)
        if example.source or label is None or not label.flagged:
            continue
        accused = [code for code in _in_breach(rule, example) if code in states and code not in allowed]
        if accused:
            names = ", ".join(f"{code} ({states.name(code)})" for code in accused)
            yield Hit(_place(file, number, "but", "event"), f"this invented example puts {names} in breach",
                      f"use the fictitious States {' and '.join(sorted(states.fictitious))}, or name the `source` of a real case")


def _target(base: Base, rule: Rule) -> tuple[str, ...]:
    """The State that the regime is about."""
    regime = base.vocabulary.regimes.get(rule.regime)
    code = base.vocabulary.states.resolve(regime.title) if regime else None
    return (code,) if code else ()


def _in_breach(rule: Rule, example: Example) -> Iterator[str]:
    """The States in breach: those expected, else those in the roles of breach_by."""
    if "breach_by" in example.expect.stated:
        yield from example.expect.breach_by
        return
    for role in rule.breach_by:
        value = example.event.facts.get(f"{role}_state" if role in PARTY_ROLES else role)
        if isinstance(value, str):
            yield value


@on_file("R167", "example-unconfirmed", "info", "An example was drafted by the program, and nobody has agreed to it yet.", "rule", "shared")
def unconfirmed(file: LintFile, _base: Base) -> Iterator[Hit]:
    for number, example in enumerate(file.rule.examples) if file.rule else ():
        if not example.confirmed:
            yield Hit(_place(file, number), "this example is a draft and counts for nothing", "agree or not with `sanctions rules suggest`")


CHECKS = (no_examples, names_alike, name_empty, clear_without_change, first_unsourced, real_state_accused, unconfirmed)
