"""Events of results (``--json``) turned into examples of rules: real cases, with the document as their source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.errors import UsageError
from checker.model.event import EVENT_KEYS, Event
from checker.model.facts import FACTS
from checker.model.rule import Example, Rule
from checker.proof.written import NewExample, written_facts
from checker.strictyaml.loader import parse
from checker.strictyaml.message import render_all
from checker.strictyaml.nodes import MapNode, ScalarNode
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader

__all__ = ["RealEvent", "make_example", "read_change", "read_event", "real_events", "same_example"]

_LONGEST_NAME = 160
_CHANGEABLE = {*FACTS, "report"}


@dataclass(frozen=True, slots=True)
class RealEvent:
    """An event of a result, with the finding it stands in (``id``, ``rule`` and ``label``; empty: no finding) and its source."""

    event: Event
    source: str
    sentence: str = ""
    id: str = ""
    rule: str = ""
    label: str = ""


def real_events(wire: Mapping[str, Any], reader: EventReader) -> tuple[list[RealEvent], list[Problem]]:
    """The events of a findings document, finding or receipt: one for each finding, then those of no finding."""
    problems: list[Problem] = []
    sources = {str(document.get("id", "")): _source(document) for document in _maps(wire.get("documents"))}
    found: list[RealEvent] = []
    for told, item in _told(wire):
        event, bad = reader.read(told, path="event", source=None)
        problems += bad
        if event is None:
            continue
        source = sources.get(event.document, _own_source(event.document))
        if item is None and any(one.event == event for one in found):
            continue
        item = item or {}
        found.append(RealEvent(event, source, *(str(item.get(key, "")) for key in ("sentence", "id", "rule", "label"))))
    return found, problems


def _told(wire: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any] | None]]:
    """Each event as written, with its finding. Whatever is damaged is passed over: there is no event in it."""
    if "documents" not in wire:
        yield from ((event, wire) for event in _maps([wire.get("event")]))
        return
    for finding in _maps(wire.get("findings")):
        yield from ((event, finding) for event in _maps([finding.get("event")]))
    for document in _maps(wire["documents"]):
        yield from ((event, None) for event in _maps(document.get("events")))


def _maps(value: object) -> Iterator[Mapping[str, Any]]:
    """The maps in a list; nothing where it is no list."""
    return (item for item in value if isinstance(item, Mapping)) if isinstance(value, list) else iter(())


def _source(document: Mapping[str, Any]) -> str:
    """``The Daily Example, Coal leaves port (2021-05-04), https://...``; a file's name where nothing more is known."""
    outlet, title, published, url = (str(document.get(key) or "") for key in ("outlet", "title", "published", "url"))
    parts = (outlet, " ".join(filter(None, (title, published and f"({published})"))), url)
    return ", ".join(part for part in parts if part) or _own_source(str(document.get("id", "")))


def _own_source(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2] if "://" not in name else name


def read_change(pair: str) -> tuple[str, object]:
    """``goods=iron_ore`` as a changed fact; the value is written as in a rule file.

    Raises:
        UsageError: it has no ``=``, names no fact, or the value cannot be read.
    """
    name, equals, text = pair.partition("=")
    name = name.strip()
    if not equals or not text.strip():
        raise UsageError(f"write a changed fact as FACT=VALUE, for example goods=coal; not {pair!r}")
    if name not in _CHANGEABLE:
        from checker.strictyaml.suggest import did_you_mean

        near = did_you_mean(name, _CHANGEABLE)
        raise UsageError(f"{name!r} is no fact of an event" + (f"; did you mean {near}?" if near else ""))
    parsed = parse(f"{name}: {text.strip()}\n", "--but")
    node = parsed.node.get(name) if isinstance(parsed.node, MapNode) else None
    if not parsed.ok or node is None:
        raise UsageError(render_all(parsed.problems))
    dated = name in FACTS and FACTS[name].type == "date"
    return name, node.text if dated and isinstance(node, ScalarNode) else node.plain()


def read_event(facts: Mapping[str, object], reader: EventReader) -> Event:
    """The event of written facts.

    Raises:
        UsageError: they cannot be read; the text lists every problem.
    """
    event, problems = reader.read(facts, path="event")
    if event is None:
        raise UsageError(render_all(problems))
    return event


def same_example(event: Event, examples: Iterable[Example]) -> Example | None:
    """The example of the same facts and the same report, if there is one."""
    return next((e for e in examples if e.event.facts == event.facts and e.event.report == event.report), None)


def make_example(real: RealEvent, rule: Rule, reader: EventReader, change: Mapping[str, object], name: str,
                 expect: str) -> tuple[NewExample, Event]:
    """The example of an event, with some facts changed, and the event that it describes.

    An unchanged event is a real case and cites its source; a changed one is written as a change of the example it comes from, where
    the rule has that.
    """
    plain = {key: value for key, value in written_facts(real.event, reader).items() if key in FACTS or key in EVENT_KEYS}
    facts = {key: value for key, value in {**plain, **change}.items() if value != "unknown"}
    event = read_event(facts, reader)
    name = _unlike(name[:_LONGEST_NAME].strip(), rule.examples)
    if not change:
        return NewExample(name, facts, expect, change=False, source=real.source), event
    near = same_example(read_event(plain, reader), rule.examples)
    if near is None:
        return NewExample(name, facts, expect, change=False), event
    return NewExample(name, change, expect, like="" if near is rule.examples[0] else near.name), event


def _unlike(name: str, examples: Sequence[Example]) -> str:
    taken, number, wanted = {e.name for e in examples}, 2, name
    while name in taken:
        name, number = f"{wanted} ({number})", number + 1
    return name
