"""What checks look at: one file with its text, nodes and rule, and the base it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from checker.model.rule import Mark, Rule, SharedExemption
from checker.rulebase.fmt.known import CanonicalFiles
from checker.rulebase.instruments import Instruments, Missing
from checker.rulebase.lint.logic import Logic
from checker.rulebase.lint.settings import Settings
from checker.rulebase.loader import YES_NO_UNDER
from checker.strictyaml.decode import decode
from checker.strictyaml.loader import Parsed, parse
from checker.strictyaml.nodes import Entry, ListNode, MapNode, Node
from checker.strictyaml.source import Located, Source, Span
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Base", "LintFile"]


@dataclass
class LintFile:
    """One file of rules. ``path`` as shown to people, ``file`` on the disk. ``rule`` is the rule in it, or the one that carries a
    shared exemption; ``None`` where it does not load. Nodes are read when a check asks for them."""

    path: str
    file: Path
    data: bytes
    rule: Rule | None = None
    shared: SharedExemption | None = None

    @cached_property
    def text(self) -> str:
        """The text with line ends as they are; empty where the bytes are no text."""
        return decode(self.data, self.path)[0]

    @cached_property
    def source(self) -> Source:
        return Source(self.path, self.text)

    @cached_property
    def parsed(self) -> Parsed:
        return parse(self.text, self.path, yes_no_under=YES_NO_UNDER)

    @cached_property
    def _entries(self) -> dict[tuple[int, int], Entry]:
        return {(entry.key.line, entry.key.column): entry for entry in _all_entries(self.parsed.node)}

    def entry(self, mark: Mark | None) -> Entry | None:
        """The line that begins at a mark."""
        return self._entries.get((mark.line, mark.column)) if mark and mark.path == self.path else None

    def node(self, *path: str | int) -> Node | None:
        """The value under keys and list numbers, from the margin."""
        node: Node | None = self.parsed.node
        for step in path:
            if isinstance(node, MapNode) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def key(self, *path: str | int) -> Located:
        """The place of a key; the first line where there is none."""
        if len(path) == 1 and self.rule:  # the margin can be read without the rest
            for number, line in enumerate(self.source.lines, 1):
                if line.startswith(f"{path[0]}:"):
                    return Span(number, 1, len(str(path[0])))
        parent, last = self.node(*path[:-1]), path[-1]
        if isinstance(parent, MapNode) and isinstance(last, str) and last in parent.entries:
            return parent.entries[last].key
        return Span(1, 1, len(self.source.line(1)))

    def value(self, *path: str | int) -> Located:
        """The place of a value; that of its key's map where there is none."""
        return self.node(*path) or (self.key(*path[:1]) if path else Span(1, 1))

    def at(self, mark: Mark | None) -> Located:
        """The place of a mark, as wide as the key there."""
        entry = self.entry(mark)
        return entry.key if entry else Span(mark.line, mark.column) if mark and mark.path == self.path else Span(1, 1)


def _all_entries(node: Node | None) -> Iterator[Entry]:
    if isinstance(node, MapNode):
        for entry in node.entries.values():
            yield entry
            yield from _all_entries(entry.value)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _all_entries(item)


@dataclass
class Base:
    """Everything a check may look at. ``on`` is the day (ordinal) by which reviews and renewals are overdue. ``whole``: the base is
    linted as a whole, so that what nobody uses can be told."""

    files: tuple[LintFile, ...]
    vocabulary: Vocabulary
    instruments: Instruments
    settings: Settings
    on: int
    whole: bool = True
    packs: tuple[Path, ...] = ()
    canonical: CanonicalFiles | None = None
    by_id: dict[str, LintFile] = field(default_factory=dict)
    _missing: dict[str, tuple[Missing, ...]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.by_id = {file.rule.id: file for file in self.files if file.rule and not file.shared}

    @cached_property
    def logic(self) -> Logic:
        """The comparer of lines, with what it remembers."""
        return Logic(self.vocabulary)

    def missing(self, authority: str) -> tuple[Missing, ...]:
        """What of a citation leads to no paragraph that is recorded."""
        if authority not in self._missing:
            self._missing[authority] = self.instruments.lookup(authority).missing
        return self._missing[authority]

    @property
    def rules(self) -> Iterator[tuple[LintFile, Rule]]:
        """Every rule that loads with its file; shared exemptions aside."""
        return ((file, file.rule) for file in self.files if file.rule and not file.shared)
