"""Nodes and comments to lines of text.

Whether a list or map stands in brackets or on lines of its own is the author's choice and is kept. Exceptions: what stands in
brackets over several lines goes on one line if that fits (else on lines of its own), and a short example on several lines goes
into braces. A comment belongs to the line below it, or to the block above it where it is indented like that block.
"""

from __future__ import annotations

from checker.rulebase.fmt.comments import Comment, Comments
from checker.rulebase.fmt.order import child, group_of, in_order
from checker.rulebase.fmt.scalars import Scalars
from checker.strictyaml.nodes import Entry, ListNode, MapNode, Node, ScalarNode
from checker.strictyaml.source import Source

__all__ = ["WIDTH", "Printer"]

WIDTH = 140
"""How long a line may become when several lines are put into one; longer lines of the author's stay."""

_SHORT_EXAMPLE = frozenset(("name", "but", "like", "expect", "confirmed"))


class Printer:
    """Prints one file."""

    def __init__(self, source: Source, scalars: Scalars) -> None:
        self._source = source
        self._scalars = scalars
        self._comments = Comments(source)

    def file(self, root: MapNode, shape: str) -> str:
        """The whole text. The comments above the first line open the file, whichever line comes first afterwards."""
        end = len(self._source.lines) + 1
        entries = list(root.entries.values())
        first = entries[0].key.line
        head = [c.text for c in self._comments.run_before(first)]
        blocks = self._entries(root, shape, 0, end, alone=False)
        opening = blocks[in_order(shape, list(root.entries))[0]][1]
        # An empty line between the head and a comment of the first line would be read as nobody's the next time.
        if head and self._comments.empty(first - 1) and not opening[0].startswith("#"):
            head.append("")
        lines, before = head, -1
        for key in in_order(shape, list(root.entries)):
            group = group_of(shape, key)
            if before not in (-1, group):
                lines.append("")
            lines += blocks[key][1]
            before = group
        tail = self._tail(entries[-1].value, end, 1)
        if tail:
            lines += ["", *tail]
        return "\n".join(lines) + "\n"

    # ---- lines of their own ------------------------------------------------------------------------------------------

    def _entries(self, node: MapNode, shape: str, indent: int, until: int, *, alone: bool) -> dict[str, tuple[bool, list[str]]]:
        """For each key: whether an empty line stood above it, and its lines with their comments. ``alone``: what is above the first
        key belongs to it, because the map begins on a line of its own."""
        found: dict[str, tuple[bool, list[str]]] = {}
        entries = list(node.entries.items())
        leads = self._leads([entry.key for _, entry in entries], node.column, alone)
        for number, (key, entry) in enumerate(entries):
            end = self._start(leads[number + 1], entries[number + 1][1].key) if number + 1 < len(entries) else until
            blank = self._comments.empty(self._start(leads[number], entry.key) - 1)
            lines = self._entry(entry, child(shape, key), indent, end)
            found[key] = (blank, [*(" " * indent + c.text for c in leads[number]), *lines])
        return found

    def _leads(self, nodes: list[ScalarNode] | list[Node], column: int, alone: bool) -> list[list[Comment]]:
        """The comments above each item of a block that belong to the item and not to the block above."""
        found: list[list[Comment]] = [self._comments.run_before(nodes[0].line) if alone else []]
        for node in nodes[1:]:
            begin = self._comments.cut(node.line, column + 1)
            found.append([c for c in self._comments.run_before(node.line) if c.line >= begin])
        return found

    @staticmethod
    def _start(lead: list[Comment], node: Node) -> int:
        return lead[0].line if lead else node.line

    def _tail(self, last: Node, until: int, column: int) -> list[str]:
        """Comments after the last item of a block, at the indentation of the block."""
        end = self._comments.cut(until, column)
        begin = self._comments.cut(end, last.column) if self._is_block(last) else 0
        return [c.text for c in self._comments.run_before(end) if c.line >= begin] if begin < end else []

    def _entry(self, entry: Entry, shape: str, indent: int, end: int) -> list[str]:
        pad, key, value = " " * indent, self._scalars.key(entry.key), entry.value
        block = self._block(value, shape, indent + 2, end, len(pad) + len(key) + 2, alone=value.line > entry.key.line)
        if block is not None:
            beside = self._comments.by_line.get(entry.key.line) if value.line != entry.key.line else None
            return [f"{pad}{key}:{_behind(beside)}", *block]
        return self._one_line(f"{pad}{key}: ", value, shape, entry.key.line, end, indent)

    def _one_line(self, prefix: str, value: Node, shape: str, first: int, end: int, indent: int) -> list[str]:
        """A value that takes one line, its comment behind it; further comments above."""
        beside = self._comments.beside(first, end)
        texts = self._block_text(value, prefix, indent) or [prefix + self._flow(value, shape, brackets=False)]
        if beside:
            texts[0] += _behind(beside[-1])
        return [" " * indent + c.text for c in beside[:-1]] + texts

    def _block_text(self, value: Node, prefix: str, indent: int) -> list[str] | None:
        """A text begun with ``|`` or ``>``: its lines as they are, moved to their indentation."""
        if not isinstance(value, ScalarNode) or not value.quoted:
            return None
        sign = self._source.line(value.line)[value.column - 1:]
        if sign[:1] not in ("|", ">"):
            return None
        body: list[str] = []
        for line in self._source.lines[value.line:]:
            inner = len(line) - len(line.lstrip(" "))
            if line.strip() and body and inner < _first_indent(body):
                break
            body.append(line)
        while body and not body[-1].strip():
            body.pop()
        if not body or any(c.isdigit() or c == "+" for c in sign.split()[0]):
            return None
        shift = _first_indent(body)
        return [prefix + sign.split()[0], *(" " * (indent + 2) + line[shift:] if line.strip() else "" for line in body)]

    def _is_flow(self, node: Node) -> bool:
        return not isinstance(node, ScalarNode) and self._source.line(node.line)[node.column - 1:node.column] in ("[", "{")

    def _is_block(self, node: Node) -> bool:
        return not isinstance(node, ScalarNode) and not self._is_flow(node)

    def _block(self, node: Node, shape: str, indent: int, until: int, before: int, *, alone: bool) -> list[str] | None:
        """The lines of a list or map that stands on lines of its own; ``None`` if it goes on one. ``before``: columns used by then,
        ``alone``: as in ``_entries``."""
        if isinstance(node, ScalarNode) or not self._on_lines(node, shape, until, before):
            return None
        until = self._comments.cut(until, node.column) if self._is_block(node) else until
        lines = self._map(node, shape, indent, until, alone) if isinstance(node, MapNode) else self._list(node, shape, indent, until, alone)
        last = list(node.entries.values())[-1].value if isinstance(node, MapNode) else node.items[-1]
        if self._is_block(node):
            lines += [" " * indent + text for text in self._tail(last, until, node.column)]
        return lines

    def _on_lines(self, node: ListNode | MapNode, shape: str, until: int, before: int) -> bool:
        if not (node.entries if isinstance(node, MapNode) else node.items):
            return False
        if self._is_flow(node):
            if node.width > 1:  # on one line already
                return False
            return self._comments.within(node.line, until) or before + len(self._flow(node, shape)) > WIDTH
        if shape != "example" or not isinstance(node, MapNode) or not set(node.entries) <= _SHORT_EXAMPLE:
            return True
        return self._comments.within(node.line, self._comments.cut(until, node.column)) or before + len(self._flow(node, shape)) > WIDTH

    def _map(self, node: MapNode, shape: str, indent: int, until: int, alone: bool) -> list[str]:
        blocks = self._entries(node, shape, indent, until, alone=alone)
        lines: list[str] = []
        for key in in_order(shape, list(node.entries)):
            blank, block = blocks[key]
            lines += [""] * (blank and bool(lines) and self._is_block(node)) + block
        return lines

    def _list(self, node: ListNode, shape: str, indent: int, until: int, alone: bool) -> list[str]:
        leads = self._leads(list(node.items), node.column, alone)
        lines: list[str] = []
        for number, item in enumerate(node.items):
            end = self._start(leads[number + 1], node.items[number + 1]) if number + 1 < len(node.items) else until
            blank = bool(lines) and self._is_block(node) and self._comments.empty(self._start(leads[number], item) - 1)
            lines += [""] * blank + [" " * indent + c.text for c in leads[number]] + self._item(item, shape, indent, end)
        return lines

    def _item(self, item: Node, shape: str, indent: int, end: int) -> list[str]:
        pad = " " * indent
        block = self._block(item, shape, indent + 2, end, indent + 2, alone=False)
        if block is None:
            return self._one_line(f"{pad}- ", item, shape, item.line, end, indent)
        head = next(number for number, line in enumerate(block) if line.strip() and not line.lstrip().startswith("#"))
        return [*(pad + line.strip() for line in block[:head]), f"{pad}- {block[head].strip()}", *block[head + 1:]]

    # ---- in brackets -------------------------------------------------------------------------------------------------

    def _flow(self, node: Node, shape: str, *, brackets: bool = True) -> str:
        if isinstance(node, ScalarNode):
            return self._scalars.write(node, shape, brackets=brackets)
        if isinstance(node, ListNode):
            return f"[{', '.join(self._flow(item, shape) for item in node.items)}]"
        parts = []
        for key in in_order(shape, list(node.entries)):
            entry = node.entries[key]
            parts.append(f"{self._scalars.key(entry.key)}: {self._flow(entry.value, child(shape, key))}")
        return f"{{{', '.join(parts)}}}"


def _behind(comment: Comment | None) -> str:
    return f"  {comment.text}" if comment and not comment.alone else ""


def _first_indent(lines: list[str]) -> int:
    return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), 0)
