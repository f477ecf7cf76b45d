"""What a strict YAML file consists of: scalars, lists and maps, each knowing where it was written.

``line`` and ``column`` count from 1, in Unicode code points. ``width`` is how many characters of that line the node covers
(1 for block lists and maps). ``plain()`` gives the value without positions, from dicts, lists and scalars. ``msgspec.Struct`` and no
dataclasses, because a rule base has a hundred thousand of them and a frozen dataclass is some ten times slower to make.
"""

from __future__ import annotations

import datetime as dt

import msgspec

__all__ = ["Entry", "ListNode", "MapNode", "Node", "Scalar", "ScalarNode"]

Scalar = str | int | float | bool | dt.date


class ScalarNode(msgspec.Struct, frozen=True, gc=False):
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


class ListNode(msgspec.Struct, frozen=True):
    """Values in order."""

    line: int
    column: int
    width: int
    items: tuple[Node, ...]

    def plain(self) -> object:
        return [item.plain() for item in self.items]


class Entry(msgspec.Struct, frozen=True):
    """One ``key: value`` of a map. The key's ``value`` is always its text."""

    key: ScalarNode
    value: Node


class MapNode(msgspec.Struct, frozen=True):
    """Keys with values, in the order written."""

    line: int
    column: int
    width: int
    entries: dict[str, Entry] = msgspec.field(default_factory=dict)

    def get(self, name: str) -> Node | None:
        """The value under ``name``, or ``None``."""
        entry = self.entries.get(name)
        return entry.value if entry else None

    def plain(self) -> object:
        return {name: entry.value.plain() for name, entry in self.entries.items()}


Node = ScalarNode | ListNode | MapNode
