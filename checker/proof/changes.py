"""What is written otherwise in one of two parsed files: key by key, with the place in both. Comments and spacing are nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode

__all__ = ["Change", "changes"]

# Lists whose items have a name: they are compared by it, so that an item put in between changes no other.
_NAMED = {"in_force": "from", "contested": "from", "examples": "name", "not_encoded": "text", "positions": "view"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is written otherwise. ``part`` leads to it (``in_force[2009-06-12].covered_goods``); ``was`` and ``now`` are the
    values in one line (empty: not there), ``was_at`` and ``now_at`` their places (``file:line:column``, empty where not there)."""

    part: str
    was: str
    now: str
    was_at: str
    now_at: str

    @property
    def top(self) -> str:
        """The line of the file it belongs to: ``in_force``."""
        return self.part.partition(".")[0].partition("[")[0]

    def to_wire(self) -> dict[str, Any]:
        return {"part": self.part, "was": self.was, "now": self.now, "was_at": self.was_at, "now_at": self.now_at}


def changes(old: Node | None, new: Node | None, old_path: str, new_path: str, part: str = "") -> Iterator[Change]:
    """Every difference in meaning between two nodes, in the order of the older file."""
    if old is not None and new is not None:
        if old.plain() == new.plain():
            return
        pairs = _pairs(old, new, part)
        if pairs is not None:
            for name, before, after in pairs:
                yield from changes(before, after, old_path, new_path, name)
            return
    yield Change(part, _written(old), _written(new), _at(old, old_path), _at(new, new_path))


def _pairs(old: Node, new: Node, part: str) -> list[tuple[str, Node | None, Node | None]] | None:
    """The parts of two nodes that belong together; ``None`` where they can only be compared as wholes."""
    if isinstance(old, MapNode) and isinstance(new, MapNode):
        return [(f"{part}.{key}" if part else key, old.get(key), new.get(key)) for key in {**old.entries, **new.entries}]
    if not (isinstance(old, ListNode) and isinstance(new, ListNode)):
        return None
    items = (*old.items, *new.items)
    if not all(isinstance(item, MapNode) for item in items):
        return None
    key = _NAMED.get(part.rpartition(".")[2], "")
    if key:
        before, after = _by_name(old, key), _by_name(new, key)
        return [(f"{part}[{name}]", before.get(name), after.get(name)) for name in {**before, **after}]
    return _by_place(old, new, part)


def _by_name(node: ListNode, key: str) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for number, item in enumerate(node.items, 1):
        name = item.get(key) if isinstance(item, MapNode) else None
        told = name.text if isinstance(name, ScalarNode) else str(number)
        found[told if told not in found else f"{told} ({number})"] = item
    return found


def _by_place(old: ListNode, new: ListNode, part: str) -> list[tuple[str, Node | None, Node | None]]:
    """Alternatives without names: equal ones are taken away, the rest is compared in order."""
    before, after = list(enumerate(old.items, 1)), list(enumerate(new.items, 1))
    for pair in list(before):
        same = next((other for other in after if other[1].plain() == pair[1].plain()), None)
        if same is not None:
            before.remove(pair)
            after.remove(same)
    found: list[tuple[str, Node | None, Node | None]] = []
    for i in range(max(len(before), len(after))):
        one, two = before[i] if i < len(before) else None, after[i] if i < len(after) else None
        number = (two or one or (0, None))[0]
        found.append((f"{part}[{number}]", one[1] if one else None, two[1] if two else None))
    return found


def _written(node: Node | None) -> str:
    """A value as one would write it in one line."""
    if node is None:
        return ""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, ListNode):
        return f"[{', '.join(map(_written, node.items))}]"
    return f"{{{', '.join(f'{key}: {_written(entry.value)}' for key, entry in node.entries.items())}}}"


def _at(node: Node | None, path: str) -> str:
    return f"{path}:{node.line}:{node.column}" if node is not None else ""
