"""What a strict YAML file consists of: scalars, lists and maps, each knowing where it was written.

``line`` and ``column`` count from 1, in Unicode code points. ``width`` is how many characters of that line the node covers
(1 for block lists and maps). ``plain()`` gives the value without positions, from dicts, lists and scalars.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

__all__ = ["Entry", "ListNode", "MapNode", "Node", "Scalar", "ScalarNode"]

Scalar = str | int | float | bool | dt.date


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One value. ``text`` is what was written (without its quotes), ``value`` what it means; ``quoted`` is true for quoted and
    block texts, whose value is always a ``str``."""

    line: int
    column: int
    width: int
    value: Scalar
    text: str
    quoted: bool = False

    def plain(self) -> object:
        return self.value


@dataclass(frozen=True, slots=True)
class ListNode:
    """Values in order."""

    line: int
    column: int
    width: int
    items: tuple[Node, ...]

    def plain(self) -> object:
        return [item.plain() for item in self.items]


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``key: value`` of a map. The key's ``value`` is always its text."""

    key: ScalarNode
    value: Node


@dataclass(frozen=True, slots=True)
class MapNode:
    """Keys with values, in the order written."""

    line: int
    column: int
    width: int
    entries: dict[str, Entry] = field(default_factory=dict)

    def get(self, name: str) -> Node | None:
        """The value under ``name``, or ``None``."""
        entry = self.entries.get(name)
        return entry.value if entry else None

    def plain(self) -> object:
        return {name: entry.value.plain() for name, entry in self.entries.items()}


Node = ScalarNode | ListNode | MapNode
