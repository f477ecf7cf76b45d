"""The examples of a rule by the line they are about: what is flagged on one side, what is not on the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.model.facts import FACTS, PARTY_ROLES
from checker.model.rule import Condition, Example, Leaf, Rule
from checker.report.catalogue_view import ExampleGroup, ExampleView
from checker.report.words import Words, and_list
from checker.vocabulary.conditions import say_fact

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["example_groups"]

_FIRST = "the case that the others change"
_DATES = "the law by date"
_TELLING = "how it is told, and how far it got"
_OTHER = "other facts"


def example_groups(rule: Rule, vocabulary: Vocabulary) -> tuple[ExampleGroup, ...]:
    """The groups in the order of the rule: the whole cases, the law by date, its lines, its exemptions, the telling."""
    tested = list(dict.fromkeys(leaf.fact for part in (rule.flag_when, rule.met_when) if part for leaf in _leaves(part)))
    excused = {leaf.fact: e.name for e in rule.exemptions for leaf in _leaves(e.when)}
    order = [_FIRST, _DATES, *(say_fact(f) for f in tested), *(_exemption(e.name) for e in rule.exemptions), _OTHER, _TELLING]
    found: dict[str, list[ExampleView]] = {}
    for example in rule.examples:
        found.setdefault(_about(example, tested, excused), []).append(_view(example, vocabulary))
    ordered = sorted(found, key=lambda about: (_rank(about, order), about not in order))
    return tuple(ExampleGroup(about, tuple(e for e in found[about] if e.flagged), tuple(e for e in found[about] if not e.flagged))
                 for about in ordered)


def _rank(about: str, order: list[str]) -> int:
    """Where a heading stands; several lines together stand with the first of them."""
    return next((i for i, name in enumerate(order) if about == name or about.startswith((f"{name} ", f"{name},"))), len(order))


def _leaves(condition: Condition) -> Iterator[Leaf]:
    if isinstance(condition, Leaf):
        yield condition
    else:
        for item in condition.items:
            yield from _leaves(item)


def _exemption(name: str) -> str:
    return f"exemption: {say_fact(name)}"


def _about(example: Example, tested: list[str], excused: dict[str, str]) -> str:
    """The heading an example stands under, from the facts that it changes."""
    changed = [name for name in example.changed if name in FACTS]
    if example.expect.because:
        return _exemption(example.expect.because)
    if not example.changed:
        return _FIRST
    by_exemption = [excused[fact] for fact in changed if fact in excused and fact not in tested]
    if by_exemption:
        return _exemption(by_exemption[0])
    if any(FACTS[fact].type == "date" for fact in changed):
        return _DATES
    lines = [say_fact(fact) for fact in tested if fact in changed]
    if lines:
        return and_list(lines)
    return _OTHER if changed and changed != ["stage"] else _TELLING


def _view(example: Example, vocabulary: Vocabulary) -> ExampleView:
    words = Words(vocabulary)
    expect = example.expect
    known = vocabulary.labels.get(expect.label)
    notes = []
    if expect.breach_by:
        notes.append(f"in breach: {and_list([words.party(p) for p in expect.breach_by])}")
    if expect.missing:
        notes.append(f"missing: {and_list([say_fact(m) for m in expect.missing])}")
    if expect.authority:
        notes.append(f"under {and_list(list(expect.authority))}")
    return ExampleView(example.name, words.label(expect.label), known is not None and known.flagged, _facts(example, words), tuple(notes),
                       example.source, example.confirmed, example.mark.line if example.mark else 0)


def _facts(example: Example, words: Words) -> tuple[tuple[str, str], ...]:
    """What the example changes, or all of it where it stands alone. A fact made unknown says so."""
    facts = example.event.facts
    names = [n for n in example.changed if n in FACTS] if example.changed else _written(example, words)
    shown = [(say_fact(n), words.value(n, facts[n]) if n in facts else "not stated") for n in names]
    if "report" in example.changed or not example.changed:
        shown.append(("report", example.event.report))
    return tuple(shown)


def _written(example: Example, words: Words) -> list[str]:
    """The facts of a whole case without those that the reader derives from others."""
    facts = example.event.facts
    derived = {f"{role}_{part}" for role in PARTY_ROLES if role in facts for part in ("state", "kind")} | {"lethal"}
    return [name for name in words.in_order(facts) if name not in derived]
