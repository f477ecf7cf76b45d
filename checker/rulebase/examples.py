"""The examples of a rule: events written out or as changes of another example, and what each must come out as.

The facts of an example are read by the same reader as every other event, so an example can say nothing that an event cannot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from checker.model.event import EVENT_KEYS
from checker.model.facts import FACT_NAMES, FACTS
from checker.model.rule import Example, Expect
from checker.rulebase.lines import Fields, RuleFile
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import Entry, ListNode, MapNode, Node, ScalarNode
from checker.strictyaml.problem import Problem
from checker.strictyaml.suggest import did_you_mean
from checker.vocabulary.events import EventReader

__all__ = ["EXPECTS", "SHARED_EXPECTS", "read_examples", "read_shared_examples"]

EXPECTS = ("breach_by", "because", "missing", "authority", "not_excluded")
"""What an example may expect beside its label."""

SHARED_EXPECTS = ("exempt", "not excluded", "not exempt")
"""What an example of a shared exemption may expect."""


@dataclass(slots=True)
class _Written:
    """The written facts of an example after its changes, each with the place where its value was written."""

    data: dict[str, object] = field(default_factory=dict)
    places: dict[str, Node] = field(default_factory=dict)

    def changed(self, entries: dict[str, Entry]) -> _Written:
        data, places = dict(self.data), dict(self.places)
        for name, entry in entries.items():
            data[name] = _wire(entry.value, name)
            places[name] = entry.value if name in FACTS or name in EVENT_KEYS else entry.key
        return _Written(data, places)


def read_examples(file: RuleFile, node: Node | None, exemptions: tuple[str, ...]) -> tuple[Example, ...]:
    """All examples whose event can be read. ``exemptions`` are the names that ``because`` may give."""
    return _read_examples(file, node, lambda expect: _read_expect(file, expect, exemptions))


def _read_examples(file: RuleFile, node: Node | None, expected: Callable[[Node | None], Expect]) -> tuple[Example, ...]:
    reader = EventReader(file.vocabulary)
    written: dict[str, _Written] = {}
    first: _Written | None = None
    found: list[Example] = []
    reported: set[tuple[int, int, str]] = set()
    for item in file.items(node, "examples"):
        fields = file.fields(item, "an example", ("name", "expect"), ("event", "but", "like", "source", "confirmed"))
        name = file.full_text(fields.get("name"), "`name`")
        facts = _overlay(file, item, fields, written, first)
        if name in written:
            file.error(
                fields["name"], "example-name", f"two examples are named {shown(name)}", "give each its own name; it says what is special"
            )
        expect = expected(fields.get("expect"))
        if facts is None:
            continue
        written[name] = facts
        first = first or facts
        places = facts.places

        def locate(fact: str, places: dict[str, Node] = places, item: Node = item) -> tuple[int, int]:
            at = places.get(fact, item)
            return at.line, at.column

        event, problems = reader.read(facts.data, locate=locate, path=file.source.path, source=file.source)
        _add(file, problems, facts.places, reported)
        if event is not None:
            but = fields.get("but")
            changed = tuple(but.entries) if isinstance(but, MapNode) else ()
            found.append(Example(name, event, expect, file.text(fields.get("source"), "`source`"), changed,
                                 "confirmed" not in fields or file.flag(fields["confirmed"], "`confirmed`"), file.mark(item)))
    return tuple(found)


def read_shared_examples(file: RuleFile, node: Node | None, exemption: str) -> tuple[Example, ...]:
    """The examples of a shared exemption, which expect one of ``SHARED_EXPECTS``."""
    return _read_examples(file, node, lambda expect: _shared_expect(file, expect, exemption))


def _shared_expect(file: RuleFile, node: Node | None, exemption: str) -> Expect:
    word = file.word(node, "`expect` of a shared exemption", SHARED_EXPECTS)
    if word == SHARED_EXPECTS[0]:
        return Expect("exempt", because=exemption, stated=("because",))
    return Expect("", not_excluded=(exemption,) if word == SHARED_EXPECTS[1] else (), stated=("not_excluded",))


def _add(file: RuleFile, problems: list[Problem], places: dict[str, Node], reported: set[tuple[int, int, str]]) -> None:
    """Note a reader's problems once: a mistake in the first event would come back with every example built on it."""
    spots = {(node.line, node.column): node for node in places.values()}
    for problem in problems:
        key = (problem.line, problem.column, problem.message)
        if key in reported:
            continue
        reported.add(key)
        at = spots.get((problem.line, problem.column))
        if at is not None:
            file.error(at, problem.code, problem.message, problem.mend)
        else:
            file.problems.append(problem)


def _overlay(file: RuleFile, item: Node, fields: Fields, written: dict[str, _Written], first: _Written | None) -> _Written | None:
    """The facts of one example: its own event, or another one's with changes."""
    event, but, like = fields.get("event"), fields.get("but"), fields.get("like")
    if (event is None) == (but is None):
        file.error(
            item,
            "example-form",
            "an example has either `event` or `but`",
            "write `event: {...}`, or `but: {...}` with what differs from the first example",
        )
        return None
    if event is not None:
        if like is not None:
            file.error(like, "example-form", "`like` goes with `but`, not with `event`", "delete it, or write `but` with what differs")
        return _Written().changed(event.entries) if _is_map(file, event, "event") and isinstance(event, MapNode) else None
    base = first
    if like is not None:
        name = file.text(like, "`like`")
        base = written.get(name)
        if base is None:
            near = did_you_mean(name, written)
            file.error(
                like,
                "example-name",
                f"no earlier example is named {shown(name)}",
                f"did you mean {near}?" if near else "name one that stands above",
            )
            return None
    if base is None:
        file.error(
            but or item,
            "example-form",
            "`but` changes the first example, and none stands above",
            "write the first example with `event: {...}`",
        )
        return None
    return base.changed(but.entries) if but is not None and _is_map(file, but, "but") and isinstance(but, MapNode) else None


def _is_map(file: RuleFile, node: Node, what: str) -> bool:
    if isinstance(node, MapNode) and node.entries:
        return True
    file.error(node, "wrong-form", f"`{what}` must be a map of facts", "write {act: shipment, goods: rifle, date: 2016-08-11}")
    return False


def _wire(node: Node, fact: str = "") -> object:
    """A written value as in the flat JSON form of events: days and bare years are texts."""
    if isinstance(node, ScalarNode):
        is_date = isinstance(node.value, dt.date) or (fact in FACTS and FACTS[fact].type == "date")
        return node.text if is_date else node.value
    if isinstance(node, ListNode):
        return [_wire(item, fact) for item in node.items]
    return {name: _wire(entry.value) for name, entry in node.entries.items()}


def _read_expect(file: RuleFile, node: Node | None, exemptions: tuple[str, ...]) -> Expect:
    if node is None or isinstance(node, ScalarNode):
        return Expect(_label(file, node))
    fields = file.fields(node, "expect", ("label",), EXPECTS)
    label = _label(file, fields.get("label"))
    because = file.text(fields.get("because"), "`because`")
    open_ = file.placed_texts(fields.get("not_excluded"), "`not_excluded`") if not _is_empty(fields.get("not_excluded")) else []
    for name, at in [*([(because, fields["because"])] if because else []), *open_]:
        if name not in exemptions:
            near = file.near(name, exemptions) if exemptions else "the rule has no exemptions; delete the line"
            file.error(at, "unknown-exemption", f"{shown(name)} is no exemption of this rule", near)
    missing = file.texts(fields.get("missing"), "`missing`", empty=True)
    for name in missing:
        if name not in FACT_NAMES:
            near = did_you_mean(name, FACT_NAMES)
            file.error(fields["missing"], "unknown-fact", f"{shown(name)} is no fact of an event", f"did you mean {near}?" if near else "")
    stated = tuple(key for key in EXPECTS if key in fields)
    authority = file.texts(fields.get("authority"), "`authority`")
    return Expect(label, _breach_by(file, fields.get("breach_by")), because, missing, authority, tuple(name for name, _ in open_), stated)


def _is_empty(node: Node | None) -> bool:
    return isinstance(node, ListNode) and not node.items


def _label(file: RuleFile, node: Node | None) -> str:
    label = file.full_text(node, "the label expected")
    names = tuple(file.vocabulary.labels.names)
    if label and node is not None and label not in names:
        near = did_you_mean(label, names)
        file.error(
            node,
            "unknown-label",
            f"there is no label {shown(label)}",
            f"did you mean {near}?" if near else f"the labels are {', '.join(names)}",
        )
    return label


def _breach_by(file: RuleFile, node: Node | None) -> tuple[str, ...]:
    """Who is expected in breach: States in their two letters, other names as written."""
    names = file.texts(node, "`breach_by`", empty=True)
    return tuple(file.vocabulary.states.resolve(name) or name for name in names)
