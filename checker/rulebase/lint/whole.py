"""Checks of the whole base: rules that say the same, successors and special rules that lead nowhere.

Nothing here compares every rule with every other one: rules are first brought together by paragraph, title or reference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from checker.model.rule import Rule, TermTest
from checker.rulebase.lint.check import Hit, on_base
from checker.rulebase.lint.files import Base, LintFile
from checker.rulebase.lint.law import iso
from checker.rulebase.lint.logic import Way, topic
from checker.vocabulary.authority import Paragraph, parse_authority
from checker.vocabulary.names import fold

__all__ = ["CHECKS"]

_NAMED = 3
"""How many other rules a message names."""


@on_base("R181", "duplicate-title", "warning", "Two rules have the same title.")
def duplicate_title(base: Base) -> Iterator[tuple[LintFile | str, Hit]]:
    first: dict[str, Rule] = {}
    for file, rule in base.rules:
        other = first.setdefault(fold(rule.title), rule)
        if other is not rule:
            yield file, Hit(file.value("title"), f"the rule {other.id} has this title too",
                            "say in each title what is special about the rule")


@dataclass(frozen=True, slots=True)
class _Law:
    """What a rule says in one period: which paragraphs it encodes, and the ways in which its elements can hold."""

    file: LintFile
    rule: Rule
    first: int
    last: int | None
    paragraphs: frozenset[Paragraph]
    ways: tuple[Way, ...]

    @property
    def signature(self) -> object:
        """Equal for two periods that say the same, wherever they are written."""
        return (self.first, self.last, self.paragraphs, tuple(
            frozenset((line.leaf.fact, line.test, line.negated, line.leaf.if_unknown) for line in way) for way in self.ways))

    def meets(self, other: _Law) -> bool:
        return (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)


def _laws(base: Base) -> Iterator[_Law]:
    for file, rule in base.rules:
        if rule.status != "active" or rule.kind != "prohibition":
            continue
        for period in rule.periods:
            ways = base.logic.ways(rule.flag_when, period)
            if ways:
                yield _Law(file, rule, period.first, period.last, _paragraphs(period.authority), tuple(ways))


def _paragraphs(authority: tuple[str, ...]) -> frozenset[Paragraph]:
    found: set[Paragraph] = set()
    for text in authority:
        try:
            found.update(parse_authority(text))
        except ValueError:
            continue  # told by R118
    return frozenset(found)


@on_base("R182", "rules-overlap", "warning",
         "Two prohibitions of one paragraph cover the same events on the same days, so each is flagged twice.")
def rules_overlap(base: Base) -> Iterator[tuple[LintFile | str, Hit]]:
    told: set[tuple[str, str]] = set()
    same: dict[object, _Law] = {}
    distinct: dict[Paragraph, list[_Law]] = defaultdict(list)
    for law in _laws(base):
        first = same.setdefault(law.signature, law)
        if first is not law:
            if first.rule is not law.rule and (law.rule.id, first.rule.id) not in told:
                told.add((law.rule.id, first.rule.id))
                yield law.file, _overlap(law, first, "the same events as")
            continue
        for paragraph in law.paragraphs:
            distinct[paragraph].append(law)
    for laws in distinct.values():
        for law in laws:
            for other in laws:
                pair = (law.rule.id, other.rule.id)
                if law.rule is other.rule or pair in told or pair[::-1] in told or other.rule.id in law.rule.overrides:
                    continue
                if law.meets(other) and _part_of(base, law, other):
                    told.add(pair)
                    yield law.file, _overlap(law, other, "only events that are flagged by")


def _part_of(base: Base, law: _Law, wider: _Law) -> bool:
    return all(any(all(base.logic.follows(way, line) for line in wide) for wide in wider.ways) for way in law.ways)


def _overlap(law: _Law, other: _Law, said: str) -> Hit:
    paragraph = min(law.paragraphs & other.paragraphs, default=None)
    where = f" under {paragraph}" if paragraph else ""
    return Hit(law.file.key("flag_when"), f"from {iso(max(law.first, other.first))} this rule flags {said} {other.rule.id}{where}",
               "join the two, or write `overrides` into the special one")


@on_base("R183", "replaced-by-dead-end", "error", "The chain of successors of a rule ends in a retired rule or in a circle.")
def replaced_by_dead_end(base: Base) -> Iterator[tuple[LintFile | str, Hit]]:
    for file, rule in base.rules:
        for name in rule.replaced_by:
            path, at = [rule.id], name
            while True:
                if at in path:
                    yield file, Hit(file.value("replaced_by"), f"the successors lead in a circle: {' → '.join([*path, at])}",
                                    "end the chain in a rule that is in use")
                    break
                path.append(at)
                there = base.by_id.get(at)
                if there is None or there.rule is None or there.rule.status != "retired":
                    break
                if not there.rule.replaced_by:
                    yield file, Hit(file.value("replaced_by"), f"`{at}` is retired itself, and nothing says what replaced it",
                                    "name the rule that is in use")
                    break
                at = there.rule.replaced_by[0]


@on_base("R184", "override-never-meets", "warning", "A rule overrides another one with which it can share no event.")
def override_never_meets(base: Base) -> Iterator[tuple[LintFile | str, Hit]]:
    for file, rule in base.rules:
        for name in rule.overrides:
            other = base.by_id[name].rule if name in base.by_id else None
            if other is None:
                continue
            pairs = [(a, b) for a in rule.periods for b in other.periods if
                     (a.last is None or b.first <= a.last) and (b.last is None or a.first <= b.last)]
            apart = [base.logic.ways(rule.flag_when, a) for a, _ in pairs], [base.logic.ways(other.flag_when, b) for _, b in pairs]
            meets = any(first is None or second is None or any(not base.logic.impossible(x + y) for x in first for y in second)
                        for first, second in zip(*apart, strict=True))
            if not meets:
                why = "their lines exclude each other" if pairs else "they are never in force on the same day"
                yield file, Hit(file.value("overrides"), f"this rule and `{name}` never meet: {why}",
                                "name the rule of which this one is a special case")


@on_base("R185", "overrides-circle", "error", "Rules override each other in a circle, so that none of them would be left.")
def overrides_circle(base: Base) -> Iterator[tuple[LintFile | str, Hit]]:
    for file, rule in base.rules:
        reached, todo = set[str](), list(rule.overrides)
        while todo:
            name = todo.pop()
            there = base.by_id.get(name)
            if name not in reached and there and there.rule:
                reached.add(name)
                todo += there.rule.overrides
        if rule.id in reached:
            through = ", ".join(sorted(reached - {rule.id}))
            yield file, Hit(file.value("overrides"), f"`{rule.id}` comes to override itself, through {through}",
                            "`overrides` stands on the special rule only")


@on_base("R186", "measure-twice", "info",
         "The same paragraph, role and kind of act stand in another rule too: look whether they are one measure.")
def measure_twice(base: Base) -> Iterator[tuple[LintFile | str, Hit]]:
    places: dict[tuple[Paragraph, str, str], dict[str, LintFile]] = defaultdict(dict)
    for law in _laws(base):
        for paragraph in law.paragraphs:
            for role in law.rule.breach_by:
                for act in _kinds_of_act(base, law.ways):
                    places[paragraph, topic(role), act].setdefault(law.rule.id, law.file)
    found: dict[str, tuple[LintFile, Paragraph, list[str]]] = {}
    for (paragraph, _, _), files in sorted(places.items(), key=lambda item: item[0]):
        first, *others = sorted(files)
        for rule_id in others:
            found.setdefault(rule_id, (files[rule_id], paragraph, [first, *(o for o in others if o != rule_id)]))
    for file, paragraph, others in found.values():
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        message = f"{paragraph} is encoded by {', '.join(others[:_NAMED])}{more} too, with the same role and kind of act"
        yield file, Hit(file.key("in_force"), message,
                        "one measure belongs into one rule; if these are two, say in the titles how they differ")


def _kinds_of_act(base: Base, ways: tuple[Way, ...]) -> set[str]:
    """The widest acts that the lines name."""
    acts = base.vocabulary.taxonomies["acts"]
    named = {term for way in ways for line in way if line.leaf.fact == "act" and isinstance(line.test, TermTest) and not line.negated
             for term in line.test.any_of}
    return {wide for term in named for wide in acts.ancestors(term) if not acts.terms[wide].parents}


CHECKS = (duplicate_title, rules_overlap, replaced_by_dead_end, override_never_meets, overrides_circle, measure_twice)
