"""One rule file while it is read: its source, its problems, and getters that check form and place of each line.

A getter given a wrong value notes the problem and answers ``None`` or something empty, so that reading goes on and one pass
finds every mistake of the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable

from checker.model.rule import Mark, SharedExemption
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Located, Source
from checker.strictyaml.suggest import did_you_mean
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Fields", "RuleFile", "or_list"]

Fields = dict[str, Node]


def or_list(words: Iterable[str]) -> str:
    """``a, b or c``."""
    words = list(words)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


class RuleFile:
    """The state of reading one file. ``used`` collects the places where named values are used, by name; ``shared`` the exemptions
    taken from files of their own."""

    def __init__(self, source: Source, vocabulary: Vocabulary, problems: Iterable[Problem] = ()) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.problems: list[Problem] = list(problems)
        self.used: dict[str, Located] = {}
        self.shared: list[SharedExemption] = []
        # A value that the YAML reader could not take is not complained of twice.
        self._broken = {p.line for p in self.problems}

    @property
    def has_errors(self) -> bool:
        return any(p.severity == "error" for p in self.problems)

    def mark(self, at: Located) -> Mark:
        return Mark(self.source.path, at.line, at.column)

    def error(self, at: Located, code: str, message: str, mend: str = "") -> None:
        if at.line not in self._broken:
            self.problems.append(self.source.problem(at, code, message, mend))

    def fields(
        self,
        node: Node | None,
        what: str,
        required: Collection[str],
        optional: Collection[str] = (),
        free: Callable[[str], bool] = lambda _: False,
    ) -> Fields:
        """The lines of a map with a closed set of keys; ``free`` accepts others (named values)."""
        if node is None:
            return {}
        known = [*required, *optional]
        if not isinstance(node, MapNode):
            self.error(node, "wrong-form", f"{what} must be a map of lines", f"write {{{known[0]}: ...}} or one `key: value` line each")
            return {}
        found: Fields = {}
        meant: set[str] = set()
        for name, entry in node.entries.items():
            if name in known or free(name):
                found[name] = entry.value
            else:
                near = did_you_mean(name, known)
                meant.add(near)
                mend = f"did you mean {near}?" if near else f"the lines here are {or_list(known)}"
                self.error(entry.key, "unknown-key", f"{shown(name)} is not a line of {what}", mend)
        # A misspelt line is not missing as well.
        missing = [f"`{name}`" for name in required if name not in found and name not in meant]
        if missing:
            self.error(node, "missing-key", f"{what} has no {or_list(missing)} line", f"add {or_list(missing).replace(' or ', ' and ')}")
        return found

    def items(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """The items of a list that may not be empty."""
        if node is None:
            return ()
        if not isinstance(node, ListNode):
            self.error(node, "wrong-form", f"{what} must be a list", "begin each item with `- `")
            return ()
        if not node.items:
            self.error(node, "empty-value", f"{what} is empty", "write at least one item, or delete the line")
        return node.items

    def text(self, node: Node | None, what: str) -> str:
        """A text; numbers and dates are taken as they are written."""
        if node is None:
            return ""
        if not isinstance(node, ScalarNode) or isinstance(node.value, bool):
            self.error(node, "wrong-form", f"{what} must be a text", "write words; put them in quotes where they look like something else")
            return ""
        return node.text

    def full_text(self, node: Node | None, what: str) -> str:
        """A text that may not be empty."""
        text = self.text(node, what)
        if node is not None and isinstance(node, ScalarNode) and not text.strip():
            self.error(node, "empty-value", f"{what} is empty", "write it, or delete the line")
        return text

    def texts(self, node: Node | None, what: str, *, empty: bool = False) -> tuple[str, ...]:
        """One text or a list of texts; ``empty`` allows ``[]``."""
        if isinstance(node, ListNode):
            if not node.items and not empty:
                self.error(node, "empty-value", f"{what} is empty", "write at least one item, or delete the line")
            return tuple(self.full_text(item, f"an item of {what}") for item in node.items)
        return (self.full_text(node, what),) if node is not None else ()

    def placed_texts(self, node: Node | None, what: str) -> list[tuple[str, Node]]:
        """As ``texts``, each with its node."""
        return list(zip(self.texts(node, what), node.items if isinstance(node, ListNode) else (node,), strict=True)) if node else []

    def word(self, node: Node | None, what: str, options: Collection[str]) -> str:
        """One word of a short closed list."""
        text = self.text(node, what)
        if node is None or text in options:
            return text
        if isinstance(node, ScalarNode):
            self.error(node, "wrong-word", f"{shown(text)} is not a word of {what}", self.near(text, options))
        return ""

    @staticmethod
    def near(text: str, options: Collection[str]) -> str:
        """Did you mean, or the list of what there is where it is short."""
        near = did_you_mean(text, options)
        if near:
            return f"did you mean {near}?"
        return f"write {or_list(options)}" if len(options) <= 12 else ""

    def flag(self, node: Node | None, what: str, words: str = "true or false") -> bool:
        if isinstance(node, ScalarNode) and isinstance(node.value, bool):
            return node.value
        if node is not None:
            self.error(node, "wrong-form", f"{what} must be {words}", f"write {words}")
        return False

    def day(self, node: Node | None, what: str) -> int | None:
        """A calendar day as an ordinal."""
        if isinstance(node, ScalarNode) and isinstance(node.value, dt.date):
            return node.value.toordinal()
        if node is not None:
            said = f", not {shown(node.text)}" if isinstance(node, ScalarNode) else ""
            self.error(
                node, "wrong-date", f"{what} must be a calendar day{said}", "write year-month-day without quotes, for example 2017-09-11"
            )
        return None

    def iso_day(self, node: Node | None, what: str) -> str:
        """A calendar day as ISO text; empty where left out."""
        day = self.day(node, what)
        return dt.date.fromordinal(day).isoformat() if day is not None else ""
