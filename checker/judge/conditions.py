"""Lines and groups of lines in Kleene's three-valued logic. There is one walker: with a probe it visits every line and may
force some, without one it stops as soon as the answer is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from checker.judge.leaves import Look, make_look
from checker.judge.subject import Subject
from checker.model.rule import Condition, Group, Leaf, NamedTest
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["GroupNode", "LineNode", "Node", "Probe", "RuleLine", "compile_condition", "fill_named"]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line of a rule, by the number under which it can be watched and forced. ``section``: ``flag_when``, ``met_when``,
    ``unless.<name>``, ``unless.<name>.unless`` or ``quota.conditions``."""

    number: int
    section: str
    leaf: Leaf


@dataclass(slots=True)
class Probe:
    """What to force and what was seen. ``forced`` and ``seen`` go by line number; where an event is judged on several days a line
    may have had several truths."""

    forced: Mapping[int, int] = field(default_factory=dict)
    seen: dict[int, set[int]] = field(default_factory=dict)


class LineNode:
    """One line: a look, its negation, and what holds where the look cannot tell."""

    __slots__ = ("if_unknown", "leaf", "look", "negate", "number")

    def __init__(self, number: int, leaf: Leaf, look: Look) -> None:
        self.number = number
        self.leaf = leaf
        self.look = look
        self.negate = leaf.negate
        self.if_unknown = {"holds": 2, "fails": 0}.get(leaf.if_unknown, 1)

    def truth(self, subject: Subject, day: int, probe: Probe | None = None) -> int:
        """Truth of the line as written."""
        if probe is not None and self.number in probe.forced:
            truth = probe.forced[self.number]
        else:
            truth = self.look.truth(subject, day)
            if truth == 1:
                truth = self.if_unknown
            elif self.negate:
                truth = 2 - truth
        if probe is not None:
            probe.seen.setdefault(self.number, set()).add(truth)
        return truth

    def lacking(self, subject: Subject, day: int, probe: Probe | None = None) -> set[str]:
        """The fact missing, if the line is unknown."""
        return {self.look.lacking(subject)} if self.truth(subject, day, probe) == 1 else set()

    def anchored(self, subject: Subject, day: int, probe: Probe | None = None) -> bool:
        """The line names a State, place, group or list that is true, or unknown only because the event's word is wider.

        A negated line ("not KP") names nobody the event could hang on. A line forced to the truth that it has, or to be unknown,
        stays the anchor that it is.
        """
        if not self.look.anchors or self.negate:
            return False
        if probe is not None:
            forced = probe.forced.get(self.number, 1)
            if forced not in (1, self.truth(subject, day)):
                return forced == 2
        truth = self.look.truth(subject, day)
        return truth == 2 or (truth == 1 and self.if_unknown != 0 and self.look.known(subject))


class GroupNode:
    """``all``, ``any`` or ``none`` of the items."""

    __slots__ = ("items", "kind")

    def __init__(self, kind: str, items: tuple[Node, ...]) -> None:
        self.kind = kind
        self.items = items

    def truth(self, subject: Subject, day: int, probe: Probe | None = None) -> int:
        """Truth of the group: the least of ``all``, the greatest of ``any``, the opposite of that for ``none``."""
        if self.kind == "all":
            result = 2
            for item in self.items:
                result = min(result, item.truth(subject, day, probe))
                if result == 0 and probe is None:
                    return 0
            return result
        result = 0
        for item in self.items:
            result = max(result, item.truth(subject, day, probe))
            if result == 2 and probe is None:
                break
        return result if self.kind == "any" else 2 - result

    def lacking(self, subject: Subject, day: int, probe: Probe | None = None) -> set[str]:
        """The facts that would decide. An unknown line matters exactly where every group above it is unknown: a line beside a
        true alternative, or inside a false one, changes nothing. Where one fact stands in two alternatives this may name a fact
        too many, never one too few."""
        if self.truth(subject, day, probe) != 1:
            return set()
        return set().union(*(item.lacking(subject, day, probe) for item in self.items))

    def anchored(self, subject: Subject, day: int, probe: Probe | None = None) -> bool:
        """Some line in a part that is not false is an anchor. What must *not* be (``none``) anchors nothing."""
        if self.kind == "none" or self.truth(subject, day, probe) == 0:
            return False
        return any(item.anchored(subject, day, probe) for item in self.items)


Node = LineNode | GroupNode


def fill_named(leaf: Leaf, covered: Mapping[str, Leaf]) -> Leaf:
    """The line with its named value replaced by what the period in force covers; other lines come back as they are."""
    if not isinstance(leaf.test, NamedTest):
        return leaf
    value = covered[leaf.test.name]
    return replace(leaf, test=value.test, negate=leaf.negate != value.negate, if_unknown=leaf.if_unknown or value.if_unknown)


def compile_condition(condition: Condition, covered: Mapping[str, Leaf], numbers: Iterator[int], vocabulary: Vocabulary) -> Node:
    """Lines and groups ready to be judged. ``numbers`` numbers the lines in written order; ``covered``: named values of the
    period. Raises ``KeyError`` if a named value is not in the period (the loader reports that)."""
    if isinstance(condition, Group):
        return GroupNode(condition.kind, tuple(compile_condition(item, covered, numbers, vocabulary) for item in condition.items))
    leaf = fill_named(condition, covered)
    return LineNode(next(numbers), leaf, make_look(leaf.fact, leaf.test, vocabulary))
