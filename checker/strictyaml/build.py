"""Parser events to nodes: refuses what makes a file mean something else than it shows, and goes on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import yaml

from checker.strictyaml.message import shown
from checker.strictyaml.nodes import Entry, ListNode, MapNode, Node, Scalar, ScalarNode
from checker.strictyaml.problem import Problem
from checker.strictyaml.scalars import Misread, resolve
from checker.strictyaml.source import Located, Source, Span

__all__ = ["MAX_DEPTH", "MAX_PROBLEMS", "Builder"]

MAX_DEPTH = 24
"""Deepest nesting of lists and maps; rules need eight levels."""

MAX_PROBLEMS = 100
"""Problems kept for one file; how many more there are is said."""


@dataclass(slots=True)
class _Open:
    """A list or map that is being filled. ``key`` is the key that waits for its value; ``yes_no`` accepts yes and no inside."""

    line: int
    column: int
    is_map: bool
    flow: bool
    yes_no: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    key: ScalarNode | None = None
    shadowed: bool = False


class Builder:
    """Takes the events of one document and builds its node. ``problems`` grows as it goes."""

    def __init__(self, source: Source, yes_no_under: Collection[str]) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._lines = source.lines
        self._yes_no_under = yes_no_under
        self._stack: list[_Open] = []
        self._root: Node | None = None
        self._documents = 0

    def finish(self) -> Node | None:
        """The node of the whole file; an empty file is a problem."""
        if self._root is None and not self.problems:
            self.problems.append(Problem(self._source.path, 0, 0, "yaml-empty", "the file is empty", "write the file, or delete it"))
        return self._root

    def take(self, event: Any) -> bool:
        """Use one event. False: stop reading (too deep, too many problems, a second document)."""
        # By far the most are scalars and ends of collections, and the parsers make exactly these classes.
        kind = event.__class__
        if kind is yaml.ScalarEvent:
            if event.anchor or event.tag:
                self._properties(event)
            self._scalar(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._close(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._properties(event)
            return self._open(event)
        elif kind is yaml.AliasEvent:
            self._properties(event)
            at = self._at(event)
            self._add(ScalarNode(at.line, at.column, at.width, f"*{event.anchor}", f"*{event.anchor}", True))
        elif kind is yaml.DocumentStartEvent:
            return self._document(event)
        return len(self.problems) <= MAX_PROBLEMS

    def _problem(self, at: Located, code: str, message: str, mend: str) -> None:
        self.problems.append(self._source.problem(at, code, message, mend))

    def _at(self, event: yaml.Event) -> Span:
        """The place of an event, its first line only."""
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:  # the parsers mark every event; their types do not say so
            return Span(1, 1)
        line, column, lines = start.line, start.column, self._lines
        if line >= len(lines):  # the C parser counts the end of the text as a line of its own
            return Span(len(lines), len(lines[-1]) + 1)
        width = end.column - column if end.line == line else len(lines[line]) - column
        return Span(line + 1, column + 1, width if width > 1 else 1)

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self._documents += 1
        if self._documents > 1:
            self._problem(self._at(event), "yaml-documents", "a second document begins here; what follows was not read",
                          "put it into a file of its own")
            return False
        if event.version or event.tags:
            first = next((i for i, line in enumerate(self._source.lines, 1) if line.startswith("%")), 1)
            span = Span(first, 1, len(self._source.line(first)))
            self._problem(span, "yaml-directive", "directives are not used here", "delete this line")
        return True

    def _properties(self, event: yaml.NodeEvent) -> None:
        if not event.anchor and not getattr(event, "tag", None):
            return
        at = self._at(event)
        written = self._source.line(at.line)[at.column - 1:].split(maxsplit=1)
        token = Span(at.line, at.column, len(written[0]) if written else 1)
        if isinstance(event, yaml.AliasEvent):
            self._problem(token, "yaml-alias", f"the alias {shown(f'*{event.anchor}')} stands for text written elsewhere",
                          "write the value out here, or quote the text if it begins with `*`")
        elif event.anchor:
            self._problem(token, "yaml-anchor", f"the anchor {shown(f'&{event.anchor}')} names a value for use elsewhere",
                          "delete it and write values out, or quote the text if it begins with `&`")
        if getattr(event, "tag", None):
            self._problem(token, "yaml-tag", "a tag (`!`) changes the type of the value",
                          "delete it, or quote the text if it begins with `!`")

    def _open(self, event: yaml.CollectionStartEvent) -> bool:
        at = self._at(event)
        if len(self._stack) >= MAX_DEPTH:
            self._problem(at, "yaml-depth", f"lists and maps are nested more than {MAX_DEPTH} deep; what follows was not read",
                          "write it flatter")
            return False
        parent = self._stack[-1] if self._stack else None
        under = parent is not None and parent.key is not None and parent.key.text in self._yes_no_under
        self._stack.append(_Open(at.line, at.column, isinstance(event, yaml.MappingStartEvent), bool(event.flow_style), under))
        return True

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        done, end = self._stack.pop(), self._at(event)
        width = end.column + end.width - done.column if done.flow and end.line == done.line else 1
        if done.is_map:
            self._add(MapNode(done.line, done.column, max(1, width), done.entries))
        else:
            self._add(ListNode(done.line, done.column, max(1, width), tuple(done.items)))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        at = self._at(event)
        quoted = event.style in ("'", '"', "|", ">")
        text = str(event.value)
        parent = self._stack[-1] if self._stack else None
        if parent and parent.is_map and parent.key is None:
            self._key(ScalarNode(at.line, at.column, at.width, text, text, quoted))
            return
        value: Scalar = text
        if not quoted and not event.tag:
            last = event.end_mark.line + 1 if event.end_mark else at.line
            value = self._value(text, at, last, parent)
        self._add(ScalarNode(at.line, at.column, at.width, value, text, quoted))

    def _value(self, text: str, at: Span, last: int, parent: _Open | None) -> Scalar:
        """What an unquoted text that ends in line ``last`` means."""
        if not text:
            self._no_value(at, parent)
            return ""
        if last > at.line and not (parent and parent.flow):
            self._swallowed_items(at, last)
            return text
        value = resolve(text, yes_no=bool(parent and parent.yes_no))
        if isinstance(value, Misread):
            self._problem(at, value.code, value.message, value.mend)
            return ""
        return value

    def _no_value(self, at: Span, parent: _Open | None) -> None:
        key = parent.key if parent else None
        if parent is None or key is None:
            self._problem(at, "yaml-no-value", "there is no value here", "write one, or delete the line")
        elif parent.flow and ":" in key.text and not key.quoted:
            name, _, rest = key.text.partition(":")
            self._problem(key, "yaml-no-value", f"{shown(key.text)} has no space after the colon", f"write {name}: {rest}")
        elif parent.flow:
            self._problem(key, "yaml-no-value", f"{shown(key.text)} has no value",
                          "write `name: value` inside {...}; a list is written [a, b]")
        else:
            self._problem(key, "yaml-no-value", f"{shown(key.text)} has no value", 'write one, or delete the line; an empty text is ""')

    def _swallowed_items(self, at: Span, last: int) -> None:
        """A list item that is indented under another item is, to YAML, only more words of it."""
        for number in range(at.line + 1, last + 1):
            line = self._source.line(number)
            item = line.lstrip()
            if item.startswith("- "):
                self._problem(Span(number, len(line) - len(item) + 1, len(item)), "yaml-indent",
                              f"this item is indented under the text of line {at.line} and would become part of it",
                              "give it the same indentation as the item above")

    def _key(self, key: ScalarNode) -> None:
        parent = self._stack[-1]
        if not key.text:
            self._problem(key, "yaml-key", "a key is missing before the colon", "write `key: value`")
        elif key.text == "<<" and not key.quoted:
            self._problem(key, "yaml-merge-key", "`<<` copies another map into this one", "write the lines out here")
        first = parent.entries.get(key.text)
        if first:
            self._problem(key, "yaml-duplicate-key", f"{shown(key.text)} stands twice in this map, first in line {first.key.line}",
                          "delete one of the two, or join them")
        parent.key, parent.shadowed = key, first is not None

    def _add(self, node: Node) -> None:
        """Put a finished value where it belongs."""
        if not self._stack:
            self._root = node
            return
        parent = self._stack[-1]
        if not parent.is_map:
            parent.items.append(node)
        elif parent.key is None:
            self._strange_key(node, parent)
        else:
            if not parent.shadowed:
                parent.entries[parent.key.text] = Entry(parent.key, node)
            parent.key = None

    def _strange_key(self, node: Node, parent: _Open) -> None:
        text = node.text if isinstance(node, ScalarNode) else f"({node.line}:{node.column})"
        if not isinstance(node, ScalarNode):
            self._problem(node, "yaml-key", "a list or map cannot be a key", "write a single word before the colon")
        parent.key, parent.shadowed = ScalarNode(node.line, node.column, node.width, text, text), False
