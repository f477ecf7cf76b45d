"""A pack as the linter looks at it: its nodes with their places, and every word with all its spellings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.extract.fold import fold, unmarked
from checker.extract.pack import decline, expand
from checker.extract.packlint.shape import SECTIONS
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode
from checker.strictyaml.source import Source

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Leaf", "PackFile", "Spelling", "bare", "items"]

_PROPER = frozenset({"actors", "adjectives", "institutions", "groups", "places"})


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a word: folded as the engine matches it, and the capitals it asks for."""

    folded: str
    cased: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One word as written: ``section`` and ``key`` it stands under (of frames ``frame.voice``), and its place."""

    section: str
    key: str
    node: ScalarNode


@dataclass(slots=True)
class PackFile:
    """``root`` is the map of the whole file."""

    path: str
    source: Source
    root: MapNode
    vocabulary: Vocabulary
    schema: str = ""
    """The way from the file to the schema of packs in a folder above it; empty where there is none."""
    _leaves: list[Leaf] = field(default_factory=list, repr=False)
    _spellings: dict[int, tuple[Spelling, ...]] = field(default_factory=dict, repr=False)

    def section(self, name: str) -> Iterator[tuple[ScalarNode, Node]]:
        """Key and value of each entry of a section that is a map."""
        node = self.root.get(name)
        if isinstance(node, MapNode):
            for entry in node.entries.values():
                yield entry.key, entry.value

    @property
    def declensions(self) -> Mapping[str, Mapping[str, object]]:
        """The declensions that can be used."""
        node = self.root.get("declensions")
        plain = node.plain() if isinstance(node, MapNode) else {}
        return {name: cases for name, cases in plain.items() if isinstance(cases, dict)} if isinstance(plain, dict) else {}

    def leaves(self) -> list[Leaf]:
        """Every word of every section."""
        if not self._leaves:
            self._leaves.extend(self._walk())
        return self._leaves

    def _walk(self) -> Iterator[Leaf]:
        for name, section in SECTIONS.items():
            if section.of and name not in ("declensions", "patterns", "frames", "relative_dates"):
                for key, value in self.section(name):
                    yield from (Leaf(name, key.text, node) for node in items(value))
        for key, _ in self.section("relative_dates"):
            yield Leaf("relative_dates", "", key)
        for node in items(self.root.get("abbreviations")):
            yield Leaf("abbreviations", "", node)
        people = self.root.get("people")
        for number, one in enumerate(people.items if isinstance(people, ListNode) else ()):
            words = one.get("words") if isinstance(one, MapNode) else None
            yield from (Leaf("people", str(number), node) for node in items(words))
        for key, frame in self.section("frames"):
            forms = frame.get("forms") if isinstance(frame, MapNode) else None
            for entry in forms.entries.values() if isinstance(forms, MapNode) else ():
                yield from (Leaf("frames", f"{key.text}.{entry.key.text}", node) for node in items(entry.value))

    def spellings(self, leaf: Leaf) -> tuple[Spelling, ...]:
        """All spellings of a word, each once; those of which nothing is left are not among them."""
        known = self._spellings.get(id(leaf.node))
        if known is None:
            written = [spelling for form in expand(str(leaf.node.value)) for _, spelling in decline(form, self.declensions)]
            known = tuple(dict.fromkeys(s for s in (_spelling(w, leaf.section in _PROPER) for w in written) if s.folded))
            self._spellings[id(leaf.node)] = known
        return known


def items(node: Node | None) -> Iterator[ScalarNode]:
    """The words of a list, or the one word that stands in its place."""
    for item in node.items if isinstance(node, ListNode) else (node,):
        if isinstance(item, ScalarNode):
            yield item


def bare(spelling: str) -> str:
    """A spelling without the marks for exact capitals and for any ending."""
    return spelling.lstrip("=").rstrip("*").strip()


def _spelling(written: str, proper: bool) -> Spelling:
    word = bare(written.partition("+")[0] if "+" in written else written)
    letters = [c for c in word if c.isalpha()]
    exact = written.startswith("=") or (0 < len(letters) <= 4 and all(c.isupper() for c in letters) and word.isascii())
    cased = word if exact else word[:1] if proper and word[:1].isupper() else ""
    part = written.partition("+")[2]  # a verb in two parts is another verb with another second part
    return Spelling(unmarked(fold(word))[0] + (f"+{part}" if part else ""), cased)
