"""The examples of a rule by the line they are about: what is flagged on one side, what is not on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model.facts import FACTS, PARTY_ROLES
from checker.model.rule import Example, Rule, leaves
from checker.report.catalogue_view import ExampleGroup, ExampleView
from checker.report.view import LabelView
from checker.report.words import Words, and_list
from checker.vocabulary.conditions import say_fact

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["example_groups"]

_FIRST = "the case that the others change"
_DATES = "the law by date"
_TELLING = "how it is told, and how far it got"
_OTHER = "other facts"
_NOT_EXEMPT = LabelView("not exempt", "Not exempt", "It does not excuse.", "quiet")
_NOT_EXCLUDED = LabelView("not excluded", "Not excluded", "It does not excuse, and may yet: the fact is not stated.", "medium")


def example_groups(rule: Rule, vocabulary: Vocabulary, *, shared: bool = False) -> tuple[ExampleGroup, ...]:
    """The groups in the order of the rule: the whole cases, the law by date, its lines, its exemptions, the telling. Those of a
    ``shared`` exemption ask only whether it excuses: what it leaves alone stands on the side of the flagged."""
    tested = list(dict.fromkeys(leaf.fact for part in (rule.flag_when, rule.met_when) if part for leaf in leaves(part)))
    excused = {leaf.fact: e.name for e in rule.exemptions for leaf in leaves(e.when)}
    order = [_FIRST, _DATES, *(say_fact(f) for f in tested), *(_exemption(e.name) for e in rule.exemptions), _OTHER, _TELLING]
    found: dict[str, list[ExampleView]] = {}
    for example in rule.examples:
        about = _of_shared(example) if shared else _about(example, tested, excused)
        found.setdefault(about, []).append(_view(example, vocabulary, shared))
    ordered = sorted(found, key=lambda about: (_rank(about, order), about not in order))
    return tuple(ExampleGroup(about, tuple(e for e in found[about] if e.flagged), tuple(e for e in found[about] if not e.flagged))
                 for about in ordered)


def _rank(about: str, order: list[str]) -> int:
    """Where a heading stands; several lines together stand with the first of them."""
    return next((i for i, name in enumerate(order) if about == name or about.startswith((f"{name} ", f"{name},"))), len(order))


def _exemption(name: str) -> str:
    return f"exemption: {say_fact(name)}"


def _of_shared(example: Example) -> str:
    if not example.changed:
        return _FIRST
    changed = [name for name in example.changed if name in FACTS]
    return _DATES if any(FACTS[name].type == "date" for name in changed) else and_list([say_fact(name) for name in changed]) or _OTHER


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


def _view(example: Example, vocabulary: Vocabulary, shared: bool) -> ExampleView:
    words = Words(vocabulary)
    expect = example.expect
    known = vocabulary.labels.get(expect.label)
    label = words.label(expect.label) if expect.label else _NOT_EXCLUDED if expect.not_excluded else _NOT_EXEMPT
    flagged = not expect.label if shared else known is not None and known.flagged
    notes = []
    if expect.breach_by:
        notes.append(f"in breach: {and_list([words.party(p) for p in expect.breach_by])}")
    if expect.missing:
        notes.append(f"missing: {and_list([say_fact(m) for m in expect.missing])}")
    if expect.authority:
        notes.append(f"under {and_list(list(expect.authority))}")
    if expect.not_excluded and not shared:
        notes.append(f"not excluded: {and_list([say_fact(name) for name in expect.not_excluded])}")
    return ExampleView(example.name, label, flagged, _facts(example, words), tuple(notes), example.source,
                       example.confirmed, example.mark.line if example.mark else 0)


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
