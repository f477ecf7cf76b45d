"""Reading vocabulary files: one helper that walks YAML nodes and collects every problem with its place."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

from checker.strictyaml.loader import parse_file
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Source
from checker.strictyaml.suggest import did_you_mean

__all__ = ["VocabularyFile"]


class VocabularyFile:
    """One file of ``rules/vocabulary``. Every getter answers something usable; what was wrong goes to ``problems``."""

    __slots__ = ("path", "problems", "root", "source")

    def __init__(self, directory: Path, name: str) -> None:
        self.path = directory / f"{name}.yaml"
        self.problems: list[Problem] = []
        self.root: MapNode | None = None
        self.source: Source | None = None
        if not self.path.is_file():
            self.problems.append(Problem(str(self.path), 0, 0, "vocabulary-file-missing",
                                         f"the vocabulary file {self.path.name} is missing", "put it back; every installation carries it"))
            return
        parsed = parse_file(self.path)
        self.source = parsed.source
        self.problems.extend(parsed.problems)
        if isinstance(parsed.node, MapNode):
            self.root = parsed.node
        elif parsed.node is not None:
            self.problem(parsed.node, "wrong-type", f"{self.path.name} must be a map of keys", "write `key: value` lines")

    def problem(self, node: Node, code: str, message: str, mend: str = "") -> None:
        """Note that ``node`` is wrong."""
        if self.source is not None:
            self.problems.append(self.source.problem(node, code, message, mend))

    def fields(self, node: Node | None, allowed: Iterable[str], required: Iterable[str] = ()) -> dict[str, Node]:
        """The entries of a map with a closed set of keys."""
        allowed = tuple(allowed)
        if node is None:
            return {}
        if not isinstance(node, MapNode):
            self.problem(node, "wrong-type", "a map is wanted here", f"write the keys {', '.join(allowed)} with their values")
            return {}
        found: dict[str, Node] = {}
        for key, entry in node.entries.items():
            if key in allowed:
                found[key] = entry.value
            else:
                near = did_you_mean(key, allowed)
                mend = f"did you mean `{near}`?" if near else f"the keys here are {', '.join(allowed)}"
                self.problem(entry.key, "unknown-key", f"`{key}` is no key of this map", mend)
        for key in required:
            if key not in found:
                self.problem(node, "missing-key", f"the key `{key}` is missing", f"add `{key}: ...`")
        return found

    def entries(self, node: Node | None) -> Iterator[tuple[str, ScalarNode, Node]]:
        """(key, key node, value node) of a map with free keys."""
        if isinstance(node, MapNode):
            for key, entry in node.entries.items():
                yield key, entry.key, entry.value
        elif node is not None:
            self.problem(node, "wrong-type", "a map is wanted here", "write `key: value` lines")

    def items(self, node: Node | None) -> tuple[Node, ...]:
        """The items of a list."""
        if node is None:
            return ()
        if isinstance(node, ListNode):
            return node.items
        self.problem(node, "wrong-type", "a list is wanted here", "begin each item with `- `")
        return ()

    def text(self, node: Node | None) -> str:
        """A string (numbers are taken as written)."""
        if node is None:
            return ""
        if isinstance(node, ScalarNode) and not isinstance(node.value, bool):
            return node.text if not isinstance(node.value, str) else node.value
        self.problem(node, "wrong-type", "a text is wanted here",
                     "write a word or a phrase; put it in quotes where it looks like something else")
        return ""

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """A list of strings; one string stands for a list of one."""
        if isinstance(node, ListNode):
            return tuple(self.text(item) for item in node.items)
        return (self.text(node),) if node is not None else ()

    def placed_texts(self, node: Node | None) -> list[tuple[str, Node]]:
        """As ``texts``, each with its node."""
        if isinstance(node, ListNode):
            return [(self.text(item), item) for item in node.items]
        return [(self.text(node), node)] if node is not None else []

    def flag(self, node: Node | None) -> bool | None:
        """``true`` or ``false``; ``None`` when left out or wrong."""
        if node is None:
            return None
        if isinstance(node, ScalarNode) and isinstance(node.value, bool):
            return node.value
        self.problem(node, "wrong-type", "true or false is wanted here", "write `true` or `false`")
        return None

    def day(self, node: Node | None) -> int | None:
        """A calendar day as an ordinal; ``None`` when left out or wrong."""
        if node is None:
            return None
        if isinstance(node, ScalarNode) and isinstance(node.value, dt.date):
            return node.value.toordinal()
        self.problem(node, "wrong-type", "a calendar day is wanted here", "write it as 2022-11-02")
        return None

    def one_of(self, node: Node | None, known: Iterable[str]) -> str:
        """A string that has to be one of those known."""
        word, options = self.text(node), list(known)
        if node is not None and word not in options:
            self.problem(node, "unknown-term", f"`{word}` is not known here", self.near(word, options))
        return word

    def number(self, node: Node | None, least: float, most: float = math.inf) -> float:
        """A number within both bounds; ``least`` when left out or wrong."""
        if node is None:
            return least
        value = node.value if isinstance(node, ScalarNode) else None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            bounds = f"from {least:g}" + ("" if most == math.inf else f" to {most:g}")
            self.problem(node, "wrong-number", f"a number {bounds} is wanted here", "write it without unit")
            return least
        return float(value)

    def near(self, text: str, options: Iterable[str]) -> str:
        """``did you mean ...?`` for a word that is not among the options, or ``""``."""
        found = did_you_mean(text, list(options))
        return f"did you mean `{found}`?" if found else ""
