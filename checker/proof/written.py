"""How examples are written: texts with quotes only where they are needed, maps in braces on one line, events with the fewest facts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from checker.model.event import EVENT_KEYS, Event
from checker.model.facts import FACTS, PARTY_ROLES
from checker.rulebase.fmt.scalars import needs_quotes
from checker.vocabulary.events import EventReader

__all__ = ["NewExample", "flow", "scalar", "written_facts"]

_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str, *, brackets: bool = True) -> str:
    """A text as one YAML value on one line, bare where every reader takes it for the same text, else in quotes. ``brackets``: it must
    stand inside brackets too."""
    if not needs_quotes(text, brackets=brackets):
        return text
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:  # half of a pair is no character and cannot be written
        return "\N{REPLACEMENT CHARACTER}"
    if char.isprintable():
        return char
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def flow(value: object) -> str:
    """A value on one line: ``{goods: coal, date: 2021-05-03}``. Days are ``datetime.date``; texts that look like days are quoted."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(name))}: {flow(_typed(str(name), one))}" for name, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return scalar(str(value))


def _number(value: int | float) -> str:
    """Digits without an exponent; no more of them than programs keep."""
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return format(Decimal(f"{value:.14g}"), "f")


def _typed(name: str, value: object) -> object:
    """A whole day of a date fact as a day, so that it is written without quotes."""
    dated = name in ("from", "until") or (name in FACTS and FACTS[name].type == "date")
    if dated and isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return dt.date.fromisoformat(value)
    if dated and isinstance(value, str) and re.fullmatch(r"\d{4}", value):
        return int(value)
    return value


@dataclass(frozen=True, slots=True)
class NewExample:
    """An example to be written. ``facts`` is a whole event, or with ``change`` what differs from the first example (from the one
    named ``like``, where given). ``expect`` is a label, or a map with ``label``."""

    name: str
    facts: Mapping[str, object]
    expect: str | Mapping[str, object]
    change: bool = True
    like: str = ""
    source: str = ""
    confirmed: bool = True

    def _fields(self) -> dict[str, object]:
        found: dict[str, object] = {"name": self.name}
        if self.like:
            found["like"] = self.like
        found["but" if self.change else "event"] = self.facts
        if self.source:
            found["source"] = self.source
        found["expect"] = self.expect
        if not self.confirmed:
            found["confirmed"] = False
        return found

    def lines(self) -> tuple[str, ...]:
        """The example as the lines of a list item, without indentation: one in braces, or one line for each part of a whole event."""
        if self.change:
            return (f"- {self.inline()}",)
        parts = [f"{name}: {scalar(value, brackets=False) if isinstance(value, str) else flow(value)}"
                 for name, value in self._fields().items()]
        return (f"- {parts[0]}", *(f"  {part}" for part in parts[1:]))

    def inline(self) -> str:
        """The example in braces on one line."""
        return flow(self._fields())


def written_facts(event: Event, reader: EventReader) -> dict[str, object]:
    """The fewest written facts that are read back as the facts of the event, and its report: what follows from others is left out,
    claims become ``report``, evidence and names for print are dropped.

    Raises:
        ValueError: the facts cannot be written so that they are read back the same.
    """
    facts = _with_strangers(event)
    if not _same(facts, event, reader):
        raise ValueError("the facts of the event are not read back as they are")
    for name in [name for name in facts if _may_follow(name)]:
        fewer = {key: value for key, value in facts.items() if key != name}
        if _same(fewer, event, reader):
            facts = fewer
    return {**facts, "report": event.report}


def _with_strangers(event: Event) -> dict[str, object]:
    """All facts in their written form; parties outside the vocabulary as maps with what is known of them."""
    wire: dict[str, Any] = event.to_wire()
    facts: dict[str, object] = {name: value for name, value in wire.items() if name in FACTS and name not in EVENT_KEYS}
    for role in PARTY_ROLES:
        if role in facts and event.names.get(role) == facts[role]:
            known = {key: facts[f"{role}_{key}"] for key in ("state", "kind") if f"{role}_{key}" in facts}
            facts[role] = {"name": facts[role], **known}
    return facts


def _may_follow(name: str) -> bool:
    return name in ("stage", "lethal", "host_state") or name.endswith(("_state", "_kind"))


def _same(facts: Mapping[str, object], event: Event, reader: EventReader) -> bool:
    read, problems = reader.read(facts)
    return read is not None and not problems and read.facts == event.facts
