"""Checks of conditions: what can never hold, what always holds, what could be said more simply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.model.facts import FACTS
from checker.model.rule import BoolTest, Condition, Group, Leaf, ListTest, Period, TermTest, leaves
from checker.rulebase.edit import Edit
from checker.rulebase.lint.check import Hit, on_file
from checker.rulebase.lint.files import Base, LintFile
from checker.rulebase.lint.logic import Line, Logic, groups
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode

__all__ = ["CHECKS", "sections"]

def sections(file: LintFile) -> Iterator[Group]:
    """Every condition written in the file."""
    rule = file.rule
    if rule is None:
        return
    if not file.shared:
        yield rule.flag_when
        if rule.met_when:
            yield rule.met_when
        if rule.quota and rule.quota.conditions:
            yield rule.quota.conditions
    for exemption in rule.exemptions:
        if not exemption.shared or file.shared:
            yield exemption.when
            if exemption.unless:
                yield exemption.unless


def _written(file: LintFile) -> Iterator[Leaf]:
    """Every line of every condition, the named values of the periods included."""
    for section in sections(file):
        yield from leaves(section)
    for period in file.rule.periods if file.rule and not file.shared else ():
        yield from period.covered.values()


@dataclass(frozen=True, slots=True)
class _Fact:
    """A line together with what it says in each period."""

    leaf: Leaf
    lines: tuple[Line, ...]


class _Walk:
    """Goes through one condition and compares each line with those that must hold together with it."""

    def __init__(self, logic: Logic, periods: tuple[Period, ...]) -> None:
        self._logic = logic
        self._periods: tuple[Period | None, ...] = periods or (None,)
        self.never: dict[tuple[int, int], tuple[_Fact, _Fact | None]] = {}
        self.idle: dict[tuple[int, int], tuple[_Fact, _Fact]] = {}

    def group(self, group: Group, outer: tuple[_Fact, ...]) -> None:
        """``group`` is an ``all``; ``outer`` are the lines around it."""
        own = [fact for item in group.items for fact in self._direct(item)]
        for number, fact in enumerate(own):
            self._compare(fact, (*outer, *own[:number]), outer)
        around = (*outer, *own)
        for item in group.items:
            if isinstance(item, Group):
                for part in item.items if item.kind != "all" else (item,):
                    inner = part if isinstance(part, Group) else Group("all", (part,))
                    if item.kind != "none":
                        self.group(inner, around)
                    elif isinstance(part, Group):
                        self.group(inner, ())

    def _direct(self, item: Condition) -> Iterator[_Fact]:
        if isinstance(item, Leaf):
            yield from self._fact(item, holds=True)
        elif item.kind == "none":
            for part in item.items:
                if isinstance(part, Leaf):
                    yield from self._fact(part, holds=False)

    def _fact(self, leaf: Leaf, *, holds: bool) -> Iterator[_Fact]:
        lines = [self._logic.line(leaf, period, holds=holds) for period in self._periods]
        if all(lines):
            yield _Fact(leaf, tuple(line for line in lines if line))

    def _compare(self, fact: _Fact, others: tuple[_Fact, ...], outer: tuple[_Fact, ...]) -> None:
        at = fact.lines[0].place
        if all(self._logic.empty(line) for line in fact.lines):
            self.never[at] = (fact, None)
            return
        for other in others:
            pairs = list(zip(fact.lines, other.lines, strict=True))
            if all(self._logic.exclude(*pair) for pair in pairs):
                self.never[at] = (fact, other)
                return
        for other in others:
            pairs = list(zip(fact.lines, other.lines, strict=True))
            if all(self._logic.implies(b, a) for a, b in pairs) and _as_known(fact.leaf, other.leaf):
                self.idle[at] = (fact, other)
            elif other not in outer and all(self._logic.implies(a, b) for a, b in pairs) and _as_known(other.leaf, fact.leaf):
                self.idle[other.lines[0].place] = (other, fact)


def _as_known(idle: Leaf, other: Leaf) -> bool:
    """Whether an unknown fact leaves the idle line without effect as well."""
    return idle.if_unknown in ("holds", other.if_unknown)


def _walks(file: LintFile, base: Base) -> Iterator[_Walk]:
    periods = file.rule.periods if file.rule and not file.shared else ()
    for section in sections(file):
        walk = _Walk(base.logic, periods)
        walk.group(section, ())
        yield walk


def _line_number(fact: _Fact) -> str:
    return f"line {fact.leaf.mark.line}" if fact.leaf.mark else "another line"


@on_file("R121", "condition-never", "error", "A condition can never hold: two of its lines exclude each other, or a line excludes itself.",
         "rule", "shared")
def condition_never(file: LintFile, base: Base) -> Iterator[Hit]:
    for walk in _walks(file, base):
        for fact, other in walk.never.values():
            name = fact.leaf.fact
            if other is None:
                yield Hit(file.at(fact.leaf.mark), f"`{name}` can never hold: `except` takes away all that `any` names",
                          "name a wider word under `any`, or fewer under `except`")
            else:
                yield Hit(file.at(fact.leaf.mark), f"this can never hold: `{name}` here and `{other.leaf.fact}` in "
                          f"{_line_number(other)} exclude each other", "change one of the two, or make them alternatives of an `any`")


@on_file("R122", "choice-covered", "warning", "A choice lies under another choice of the same list, so it changes nothing.",
         "rule", "shared")
def choice_covered(file: LintFile, base: Base) -> Iterator[Hit]:
    for leaf in _written(file):
        if isinstance(leaf.test, TermTest):
            for field, terms in (("any", leaf.test.any_of), ("except", leaf.test.except_)):
                yield from _covered_choices(file, base, leaf, field, terms)


def _covered_choices(file: LintFile, base: Base, leaf: Leaf, field: str, terms: tuple[str, ...]) -> Iterator[Hit]:
    reaches = [base.logic.reach(leaf.fact, TermTest((term,))).sure for term in terms] if len(terms) > 1 else []
    for number, (term, reach) in enumerate(zip(terms, reaches, strict=False)):
        for index, other in enumerate(terms):
            if index != number and reach and reach <= reaches[index] and (other != term or index < number):
                node = _choices(file, leaf, field)
                if isinstance(node, ListNode) and len(node.items) == len(terms):
                    said = f"`{term}` stands twice" if other == term else f"`{term}` lies under `{other}`, which stands here too"
                    yield Hit(node.items[number], said, "delete it", _without_item(file, node, number), f"`{term}` deleted")
                break


@on_file("R123", "except-outside", "warning", "An exception names something that is not covered anyway.", "rule", "shared")
def except_outside(file: LintFile, base: Base) -> Iterator[Hit]:
    logic = base.logic
    for leaf in _written(file):
        test = leaf.test
        if not isinstance(test, TermTest):
            continue
        for number, term in enumerate(test.except_):
            if logic.reach(leaf.fact, TermTest((term,))).not_false.isdisjoint(logic.reach(leaf.fact, TermTest(test.any_of)).may):
                node = _choices(file, leaf, "except")
                item = node.items[number] if isinstance(node, ListNode) else node
                edits = _without_item(file, node, number) if isinstance(node, ListNode) and len(node.items) > 1 else ()
                yield Hit(item, f"`{term}` is not covered by `any`, so it need not be excepted", "delete it", edits, f"`{term}` deleted")


def _choices(file: LintFile, leaf: Leaf, field: str) -> Node | None:
    """The list of words of a line: its value, or the value under one of its forms."""
    entry = file.entry(leaf.mark)
    value = entry.value if entry else None
    if not isinstance(value, MapNode):
        return value if field == "any" else None
    names = ("any", "is", "not") if field == "any" else (field,)
    return next((value.entries[name].value for name in names if name in value.entries), None)


def _without_item(file: LintFile, node: ListNode, number: int) -> tuple[Edit, ...]:
    """The edit that takes one item out of a list in brackets on one line; nothing where it stands otherwise."""
    line = file.source.line(node.line)
    if len(node.items) < 2 or line[node.column - 1:node.column] != "[" or any(item.line != node.line for item in node.items):
        return ()
    if number:
        before, item = node.items[number - 1], node.items[number]
        begin = before.column + before.width
        return (Edit(file.path, node.line, begin, item.column + item.width - begin),)
    begin = node.items[0].column
    return (Edit(file.path, node.line, begin, node.items[1].column - begin),)


@on_file("R124", "line-idle", "warning", "A line follows from another line that must hold with it, so it changes nothing.",
         "rule", "shared")
def line_idle(file: LintFile, base: Base) -> Iterator[Hit]:
    for walk in _walks(file, base):
        for place, (fact, other) in walk.idle.items():
            if place not in walk.never:
                yield Hit(file.at(fact.leaf.mark), f"this line follows from `{other.leaf.fact}` in {_line_number(other)}",
                          "delete the wider of the two, or say what it was meant to add")


@on_file("R125", "any-of-one", "warning", "An `any` with a single alternative is no choice.", "rule", "shared")
def any_of_one(file: LintFile, _base: Base) -> Iterator[Hit]:
    for section in sections(file):
        for group in groups(section):
            if group.kind == "any" and len(group.items) == 1:
                yield Hit(file.at(group.mark), "`any` has one alternative only",
                          "write its lines without `any`, or add the other alternative")


@on_file("R126", "none-of-one-line", "warning", "A `none` over a single line says less plainly what `not` says.", "rule", "shared")
def none_of_one(file: LintFile, _base: Base) -> Iterator[Hit]:
    for section in sections(file):
        for group in groups(section):
            only = group.items[0] if group.kind == "none" and len(group.items) == 1 else None
            if isinstance(only, Leaf) and not only.negate and "not" in _forms(only):
                yield Hit(file.at(group.mark), "`none` holds a single line", f"write `{only.fact}: {{not: ...}}` instead")


def _forms(leaf: Leaf) -> tuple[str, ...]:
    return ("not",) if isinstance(leaf.test, BoolTest) or (isinstance(leaf.test, TermTest) and not leaf.test.except_) else ()


@on_file("R127", "double-negation", "warning", "Two negations cancel each other.", "rule", "shared")
def double_negation(file: LintFile, _base: Base) -> Iterator[Hit]:
    for section in sections(file):
        for group in groups(section):
            for item in group.items if group.kind == "none" else ():
                if isinstance(item, Leaf) and item.negate:
                    yield Hit(file.at(item.mark), "a `not` inside `none` says that the line must hold",
                              f"write `{item.fact}: ...` outside, without `not`")
        for leaf in leaves(section):
            if isinstance(leaf.test, BoolTest) and leaf.negate:
                yield _negated_truth(file, leaf, leaf.test)


def _negated_truth(file: LintFile, leaf: Leaf, test: BoolTest) -> Hit:
    entry = file.entry(leaf.mark)
    value = entry.value if entry else None
    edits: tuple[Edit, ...] = ()
    wanted = str(not test.value).lower()
    if isinstance(value, MapNode) and isinstance(value.get("not"), ScalarNode):
        key, inner = value.entries["not"].key, value.entries["not"].value
        edits = (Edit(file.path, key.line, key.column, key.width, "is"), Edit(file.path, inner.line, inner.column, inner.width, wanted))
    said = f"`not: {str(test.value).lower()}` is `{wanted}`"
    return Hit(file.at(leaf.mark), said, f"write {wanted}", edits, f"`{leaf.fact}` says {wanted}")


@on_file("R128", "no-anchor", "warning", "No line names a State, place, group or list, so an event that lacks a fact is never flagged.")
def no_anchor(file: LintFile, base: Base) -> Iterator[Hit]:
    rule = file.rule
    if rule is None:
        return
    ways = base.logic.ways(rule.flag_when, rule.periods[0] if rule.periods else None)
    if ways is not None and not any(_anchors(line) for way in ways for line in way):
        yield Hit(file.key("flag_when"), "no line of flag_when names a State, place, group or list",
                  "name whom the measure is about: without an anchor a possible breach is never shown")


def _anchors(line: Line) -> bool:
    anchored = FACTS[line.leaf.fact].type in ("state", "party", "place", "places") or isinstance(line.test, ListTest)
    return anchored and not line.negated


@on_file("R129", "if-unknown-idle", "warning", "`if_unknown` stands on a fact that every event has.", "rule", "shared")
def if_unknown_idle(file: LintFile, base: Base) -> Iterator[Hit]:
    for section in sections(file):
        for leaf in leaves(section):
            entry = file.entry(leaf.mark) if leaf.if_unknown and leaf.fact in base.settings.always_known else None
            if entry and isinstance(entry.value, MapNode):
                at = entry.value.entries.get("if_unknown")
                yield Hit(at.key if at else entry.key, f"`{leaf.fact}` is never unknown", "delete `if_unknown`")


@on_file("R130", "condition-always", "warning",
         "An `any` holds whatever the event says, because one alternative begins where another ends.", "rule", "shared")
def condition_always(file: LintFile, base: Base) -> Iterator[Hit]:
    logic = base.logic
    periods: tuple[Period | None, ...] = (file.rule.periods if file.rule and not file.shared else ()) or (None,)
    for section in sections(file):
        for group in groups(section):
            single = [item for item in group.items if isinstance(item, Leaf)] if group.kind == "any" else []
            for number, one in enumerate(single):
                for other in single[:number]:
                    if all(_cover_all(logic, one, other, period) for period in periods):
                        where = other.mark.line if other.mark else 0
                        yield Hit(file.at(one.mark), f"`{one.fact}` here and in line {where} leave nothing out",
                                  "the whole `any` can be deleted, unless one of the two is wrong")


def _cover_all(logic: Logic, one: Leaf, other: Leaf, period: Period | None) -> bool:
    """Whether what fails one line always passes the other."""
    failed, passed = logic.line(one, period, holds=False), logic.line(other, period)
    return bool(failed and passed) and failed is not None and passed is not None and logic.implies(failed, passed)


@on_file("R131", "alternative-idle", "warning", "An alternative of an `any` is already part of a wider alternative.", "rule", "shared")
def alternative_idle(file: LintFile, base: Base) -> Iterator[Hit]:
    logic = base.logic
    periods: tuple[Period | None, ...] = (file.rule.periods if file.rule and not file.shared else ()) or (None,)
    for section in sections(file):
        for group in groups(section):
            items = group.items if group.kind == "any" else ()
            for number, item in enumerate(items):
                for index, wider in enumerate(items):
                    if index != number and all(_part_of(logic, item, wider, period) for period in periods) and (
                            index < number or not all(_part_of(logic, wider, item, period) for period in periods)):
                        yield Hit(file.at(item.mark), f"whatever meets this alternative meets alternative {index + 1} as well",
                                  "delete it, or narrow the wider one")
                        break


def _part_of(logic: Logic, item: Condition, wider: Condition, period: Period | None) -> bool:
    first, second = logic.ways(item, period), logic.ways(wider, period)
    if not first or not second:
        return False
    return all(any(all(logic.follows(way, line) for line in wide) for wide in second) for way in first)


CHECKS = (condition_never, choice_covered, except_outside, line_idle, any_of_one, none_of_one, double_negation, no_anchor, if_unknown_idle,
          condition_always, alternative_idle)
