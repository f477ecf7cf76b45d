"""Searches the events that a rule can tell apart: for one that shows what no example shows, or for the proof that there is none.

The events tried differ from a given one in as few facts as possible. Each fact takes one value of every kind that the lines of the
rule and of its mutant tell apart (``checker.proof.options``), the date one day of every state of the law. When all of them were
tried in vain, nothing can tell the mutant from the rule: it is equivalent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import msgspec

from checker.judge.amounts import window_on
from checker.judge.compiled import compile_rule
from checker.judge.days import HISTORY, turning_days
from checker.judge.judge import Judge
from checker.model.dates import DateRange, within
from checker.model.event import Amount, Event, FactValue
from checker.model.facts import FACT_NAMES, FACTS
from checker.model.rule import Condition, Leaf, Limit, Period, Rule, leaves
from checker.proof.bench import Bench
from checker.proof.mutate import Mutant
from checker.proof.options import Nodes, Option, family, options_of, rule_nodes, variable_of

__all__ = ["MOST_TRIED", "Found", "Situation", "Space", "same_meaning"]

MOST_TRIED = 12000
"""How many events one search tries before it gives up without an answer."""

_MOST_PAIRED = 2
"""Of a fact with several values at once, pairs are tried: all that there is as long as no more lines look at it."""

_MORE_TRIED = 500
"""How many more it tries for an event that tells by its label, when one that tells by something else is found."""

Choices = dict[str, list[Option]]


@dataclass(frozen=True, slots=True)
class Situation:
    """An event near the base: ``but`` is what an example would change, ``event`` what it gives."""

    but: Mapping[str, object]
    event: Event


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: a situation with the parts that tell, or nothing; ``proven``: all was tried, and there is none."""

    situation: Situation | None = None
    parts: tuple[str, ...] = ()
    proven: bool = False


class Space:
    """The events around one base event, for one rule."""

    def __init__(self, bench: Bench, base: Event) -> None:
        self.bench = bench
        self.base = base
        self._nodes = rule_nodes(bench.rule, bench.vocabulary)
        self._splits = compile_rule(bench.rule, bench.vocabulary).splits
        self._days = tuple(period.first for period in bench.rule.periods) or (1,)
        self._telling = _tells(bench, base)
        self._home: dict[str, Option] = {}
        self._plain: Choices = {}
        self._useful: list[Situation] = []  # what told one mutant apart may well tell the next

    def tell_apart(self, mutant: Mutant, judge: Judge) -> Found:
        """An event whose example would kill the mutant, the one that shows it by its label first; or the proof that there is none."""
        if self._same_law(mutant) or self._idle_dispute(mutant) or same_meaning(self.bench.rule, mutant.rule):
            return Found(proven=True)
        for situation in self._useful:
            parts = self.bench.tells_apart(situation.event, judge)
            if "label" in parts:
                return Found(situation, parts)
        choices, whole = self._choices(mutant)
        fallback: Found | None = None
        most = MOST_TRIED
        for tried, situation in enumerate(self._situations(choices)):
            if tried >= most:
                return fallback or Found()
            parts = self.bench.tells_apart(situation.event, judge)
            if "label" in parts:
                self._useful.append(situation)
                return Found(situation, parts)
            if parts and fallback is None:
                fallback, most = Found(situation, parts), min(MOST_TRIED, tried + _MORE_TRIED)
        return fallback or Found(proven=whole)

    def find(self, holds: Callable[[Event], bool], only: Mapping[str, list[Option]] | None = None) -> Found:
        """The nearest event on which something holds; ``only`` limits the values of a fact."""
        for situation in self._useful:
            if holds(situation.event):
                return Found(situation)
        choices = {**self.choices(), **(only or {})}
        for tried, situation in enumerate(self._situations(choices)):
            if tried >= MOST_TRIED:
                return Found()
            if holds(situation.event):
                self._useful.append(situation)
                return Found(situation)
        return Found(proven=self._telling and self.bench.rule.quota is None)

    def choices(self) -> Choices:
        """The values to try of every fact that the rule looks at, the base's own first."""
        if not self._plain:
            self._plain = {variable: [option for option, _ in self._options(variable, [])] for variable in self._variables(self.bench.rule)}
            self._plain |= self._extras(self.bench.rule)
            self._plain["date"] = self._dates(self._splits, self.bench.rule)
        return self._plain

    def with_truth(self, leaf: Leaf, truth: int) -> dict[str, list[Option]]:
        """The values of a line's fact for which, under some period of the law, the line is true (2), unknown or false."""
        variable = variable_of(leaf)
        nodes = self._nodes.get(variable, [])
        at = [i for i, (filled, _) in enumerate(nodes) if filled.mark == leaf.mark or filled == leaf]
        if FACTS[variable].type == "date" and variable == "date":
            return {}
        return {variable: [option for option, signature in self._options(variable, []) if any(truth in _truths(signature[i]) for i in at)]}

    def _same_law(self, mutant: Mutant) -> bool:
        """Whether on the only day that a mutant changes nothing is in force in either reading, or periods that say the same: then no
        event can tell. (An example names paragraphs that are applied; one that is applied in both readings tells nothing.)"""
        if mutant.boundary is None or mutant.boundary.fact != "date":
            return False
        day = _day_of(mutant)
        mine, theirs = (next((p for p in rule.periods if within(day, p.first, p.last)), None)
                        for rule in (self.bench.rule, mutant.rule))
        if mine is None or theirs is None:
            return mine is theirs
        if self.bench.rule.quota is not None:
            return False  # the windows of a quota begin and end with the periods
        return mine != theirs and (mine.first, mine.last) != (theirs.first, theirs.last) and _alike(mine, theirs, day) and (
            msgspec.structs.replace(mutant.rule, periods=()) == msgspec.structs.replace(self.bench.rule, periods=()))

    def _idle_dispute(self, mutant: Mutant) -> bool:
        """Whether a mutant moves only the dispute about an exemption, and on the only day that changes the exemption does not stand."""
        if mutant.boundary is None or mutant.boundary.fact != "date":
            return False
        day = _day_of(mutant)

        def standing(rule: Rule) -> Rule:
            return msgspec.structs.replace(rule, exemptions=tuple(
                e if within(day, e.first, e.last) else msgspec.structs.replace(e, contested=()) for e in rule.exemptions))

        return standing(mutant.rule) == standing(self.bench.rule)

    def _choices(self, mutant: Mutant) -> tuple[Choices, bool]:
        """The values to try for one mutant, and whether they are all that there are."""
        rule = mutant.rule
        new = {leaf: node for pairs in rule_nodes(rule, self.bench.vocabulary).values() for leaf, node in pairs}
        old = {leaf for pairs in self._nodes.values() for leaf, _ in pairs}
        added = [(leaf, node) for leaf, node in new.items() if leaf not in old]
        choices = dict(self.choices())
        for variable in {variable_of(leaf) for leaf, _ in added} | (set(self._variables(rule)) - choices.keys()):
            if variable != "date":
                more = [(leaf, node) for leaf, node in added if variable_of(leaf) == variable]
                options = self._options(variable, more)
                choices[variable] = self._changed(mutant, variable, options, more) or [option for option, _ in options]
        if mutant.section in ("flag_when", "met_when") and not any(e.if_unknown for e in rule.exemptions):
            # an exemption that is open hides nothing of the elements: no need to try the facts that only show it
            only = self._only_for_exemptions()
            choices = {variable: options for variable, options in choices.items() if variable not in only}
        choices |= self._extras(rule)
        whole = self._telling and rule.quota is None and all(
            len(self._nodes.get(name, ())) + len(added) <= _MOST_PAIRED for name in choices if FACTS[name].is_set)
        if mutant.boundary and mutant.boundary.fact == "date":
            # a boundary that moves by one day leaves every other day as it was
            day = _day_of(mutant)
            choices["date"] = [self._on(day)]
        else:
            days = {*self._splits, *compile_rule(rule, self.bench.vocabulary).splits, *self._handovers(choices)}
            choices["date"] = self._dates(sorted(days), rule)
        return choices, whole

    def _handovers(self, choices: Choices) -> set[int]:
        """The days on which places that are tried came under the control of another State, or parties onto or off a list."""
        tried = (value for name, options in choices.items() if FACTS[name].type in ("place", "places", "screening")
                 for option in options for value in option.facts.values())
        return {day for value in tried for day in turning_days(value, self.bench.vocabulary)}

    def _changed(self, mutant: Mutant, variable: str, options: list[tuple[Option, tuple[object, ...]]],
                 more: Sequence[tuple[Leaf, object]]) -> list[Option]:
        """Where one line alone was changed, the values on which it comes out otherwise than before: no others can tell."""
        if mutant.forms is None or variable_of(mutant.forms[0]) != variable or len(more) != 1:
            return []
        leaves = [leaf for leaf, _ in self._nodes.get(variable, [])]
        if mutant.forms[0] not in leaves:
            return []
        before = leaves.index(mutant.forms[0])
        return [option for option, signature in options if signature[before] != signature[-1]]

    def _only_for_exemptions(self) -> set[str]:
        rule = self.bench.rule
        tested = {variable_of(leaf) for group in (rule.flag_when, rule.met_when) if group for leaf in leaves(group)}
        judge, event = self.bench.judge, self.base
        return set() if judge.verdict(event, rule.id).outcome == "exempt" else set(self._nodes) - tested - set(rule.breach_by)

    def _variables(self, rule: Rule) -> list[str]:
        tested = list(self._nodes) if rule is self.bench.rule else list(rule_nodes(rule, self.bench.vocabulary))
        return [variable for variable in tested if variable != "date"]

    def _options(self, variable: str, more: Sequence[tuple[Leaf, object]]) -> list[tuple[Option, tuple[object, ...]]]:
        nodes: Nodes = {variable: [*self._nodes.get(variable, []), *more]}  # type: ignore[list-item]  # pairs of a line and its node
        return options_of(variable, nodes[variable], self._own(variable), self.bench.vocabulary, self._days)

    def _own(self, variable: str) -> Option:
        """The base's own value, which needs no change."""
        if variable not in self._home:
            facts = {name: self.base.facts[name] for name in family(variable) if name in self.base.facts}
            self._home[variable] = Option({}, facts, {variable: self.base.names[variable]} if variable in self.base.names else {})
        return self._home[variable]

    def _dates(self, splits: Sequence[int], rule: Rule) -> list[Option]:
        """One day of every state of the law: the base's own date, then the first day of each (of the first state, its last). Under a
        quota also spans of days that just fill its windows, and that just do not."""
        own = self.base.facts.get("date")
        found = [self._own("date")] if own is not None else []
        starts = [HISTORY[0], *splits]
        for start, following in zip(starts, [*splits, HISTORY[1] + 1], strict=True):
            inside = isinstance(own, DateRange) and start <= own.first and own.last < following
            if start < following and not inside:
                day = following - 1 if start == HISTORY[0] else start
                found.append(self._on(day))
        spans = dict.fromkeys(span for r in (self.bench.rule, rule) for span in _windows(r, own))
        return [*found, *(self._on(first, last) for first, last in spans)]

    def _on(self, day: int, last: int | None = None) -> Option:
        """An act of one day, or one that went on until another."""
        written: dict[str, object] = {"date": DateRange(day, day).isoformat()}
        facts: dict[str, FactValue] = {"date": DateRange(day, day)}
        if last is not None:
            written["end_date"], facts["end_date"] = DateRange(last, last).isoformat(), DateRange(last, last)
        elif "end_date" in self.base.facts:
            written["end_date"] = "unknown"
        return Option(written, facts)

    def _extras(self, rule: Rule) -> Choices:
        """What is looked at without a line: who may be in breach, and amounts under a quota."""
        found: Choices = {}
        for role in dict.fromkeys((*rule.breach_by, *self.bench.rule.breach_by)):
            if role not in self._nodes:
                found[role] = [self._own(role), Option({role: "XB"}, _party(role, "XB")), Option({role: "unknown"}, {})]
        if rule.quota:
            limits = {limit for r in (rule, self.bench.rule) for limit in _limits(r)}
            found["quantity"] = [self._own("quantity"), *_amounts(limits), Option({"quantity": "unknown"}, {})]
            if any(limit.unit == "usd" for limit in limits):
                numbers = sorted({limit.number + step for limit in limits if limit.unit == "usd" for step in (0, 1)})
                found["value_usd"] = [self._own("value_usd"), *(Option({"value_usd": n}, {"value_usd": n}) for n in numbers),
                                      Option({"value_usd": "unknown"}, {})]
        return found

    def _situations(self, choices: Choices) -> Iterator[Situation]:
        """Every combination of values, those with the fewest changes first."""
        forced = [name for name, options in choices.items() if options and options[0] is not self._own(name)]
        free = [name for name in choices if name not in forced and len(choices[name]) > 1]
        for more in range(len(free) + 1):
            for names in combinations(free, more):
                for picked in product(*(choices[name] for name in forced), *(choices[name][1:] for name in names)):
                    yield self._situation((*forced, *names), picked)

    def _situation(self, names: Sequence[str], picked: Sequence[Option]) -> Situation:
        facts: dict[str, FactValue] = dict(self.base.facts)
        but: dict[str, object] = {}
        called = dict(self.base.names)
        for name, option in zip(names, picked, strict=True):
            for fact in family(name):
                facts.pop(fact, None)
            called.pop(name, None)
            facts.update(option.facts)
            called.update(option.names)
            but.update(option.written)
        order = sorted(but, key=lambda fact: (fact == "date", FACT_NAMES.index(fact)))
        return Situation({fact: but[fact] for fact in order}, msgspec.structs.replace(self.base, facts=facts, names=called))


def _tells(bench: Bench, base: Event) -> bool:
    """Whether the labels of events like this one tell the outcomes and the states of the law apart. Those of a plan or of a denial do
    not: what was tried with them proves nothing."""
    labels, stage = bench.vocabulary.labels, str(base.facts.get("stage", "done"))
    cases = (("breach", "settled"), ("breach", "contested"), ("breach", "hortatory"), ("possible", "settled"))
    told = {labels.label(outcome=outcome, law=law, report=base.report, stage=stage, tier=base.tier, breach_class=bench.rule.breach_class)
            for outcome, law in cases}
    return len(told) == len(cases)


def _day_of(mutant: Mutant) -> int:
    """The one day on which a rule with a boundary moved by a day differs."""
    return (mutant.boundary.day if mutant.boundary else 0) + min(mutant.by, 0)


def _alike(mine: Period, theirs: Period, day: int) -> bool:
    """Whether an example under one period passes under the other on a day: the same lines, limits, law and paragraphs."""
    def law(period: Period) -> tuple[object, ...]:
        covered = {name: msgspec.structs.replace(leaf, mark=None) for name, leaf in period.covered.items()}
        limits = [(limit.number, limit.unit) for limit in period.limits]
        unverified = period.known_until is not None and day > period.known_until
        return covered, limits, period.force == "calls_upon", unverified

    return law(mine) == law(theirs) and set(mine.authority) == set(theirs.authority)


def same_meaning(rule: Rule, changed: Rule) -> bool:
    """Whether two rules differ at most in the order of their lines and alternatives, and in what only counts for many events."""
    quota = rule.quota and changed.quota and msgspec.structs.replace(changed.quota, scope=rule.quota.scope)
    if rule.quota and quota and rule.quota.level_on is not None:
        # one event never passes a frozen level, which others tell: its window, too, only counts for many
        quota = msgspec.structs.replace(quota, per=rule.quota.per, anchor=rule.quota.anchor)
    same = msgspec.structs.replace(changed, flag_when=rule.flag_when, quota=quota)
    return same == rule and _form(rule.flag_when) == _form(changed.flag_when)


def _form(condition: Condition) -> object:
    if isinstance(condition, Leaf):
        return msgspec.structs.replace(condition, mark=None)
    return condition.kind, frozenset(_form(item) for item in condition.items)


def _truths(look: object) -> tuple[int, ...]:
    return look[0] if isinstance(look, tuple) else ()


def _party(role: str, state: str) -> dict[str, FactValue]:
    return {role: state, f"{role}_state": state} if FACTS[role].type == "party" else {role: state}


def _limits(rule: Rule) -> Iterator[Limit]:
    if rule.quota:
        yield from rule.quota.limits
    for period in rule.periods:
        yield from period.limits


def _windows(rule: Rule, own: object) -> Iterator[tuple[int, int]]:
    """The spans of the windows of a quota, and those that reach one day out of them on either side."""
    for index, period in enumerate(rule.periods if rule.quota else ()):
        inside = isinstance(own, DateRange) and within(own.first, period.first, period.last)
        first, last = window_on(rule, index, own.first if inside and isinstance(own, DateRange) else period.first)
        if last is not None:
            yield from ((first, last), (first - 1, last), (first, last + 1))


def _amounts(limits: set[Limit]) -> Iterator[Option]:
    for number, unit in sorted({(limit.number + step, limit.unit) for limit in limits for step in (0, 1)}):
        whole = int(number) if float(number).is_integer() else number
        yield Option({"quantity": {"number": whole, "unit": unit}}, {"quantity": Amount(whole, unit)})
