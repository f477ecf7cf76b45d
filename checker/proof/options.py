"""What the facts of a rule may be: for each fact, values that its lines tell apart, the plainest first.

Two values that every line of a rule (and of a mutant) treats alike need not both be tried. So trying one value of each kind is
trying all values of the vocabulary; that is what makes it a proof when no example can tell a mutant from its rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, count

from checker.judge.conditions import LineNode, compile_condition
from checker.judge.days import HISTORY, turning_days
from checker.judge.leaves import role_of
from checker.judge.subject import PartyBook, Subject
from checker.model.dates import DateRange
from checker.model.event import FactValue
from checker.model.facts import FACTS, PARTY_ROLES
from checker.model.rule import DateTest, Leaf, ListTest, NamedTest, NumberTest, Rule, TermTest, leaves
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Nodes", "Option", "family", "options_of", "rule_nodes", "variable_of"]

_FICTITIOUS = {"recipient": ("XB", "XA"), "destination": ("XB", "XA"), "end_user": ("XB", "XA"), "end_use_place": ("XB", "XA")}

_LISTED = dt.date(2000, 1, 1).toordinal()
"""The day since which invented entries of lists stand, unless the law is older."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value: as written in an example (``unknown`` takes a fact away), and the facts that are read from it."""

    written: Mapping[str, object]
    facts: Mapping[str, FactValue]
    names: Mapping[str, str] = field(default_factory=dict)


Nodes = dict[str, list[tuple[Leaf, LineNode]]]
"""The lines of a rule by the variable they look at; a named value once for each period."""


def variable_of(leaf: Leaf) -> str:
    """What has to vary for a line to come out otherwise: a fact, a party with its State and kind, or what screening wrote."""
    if isinstance(leaf.test, ListTest):
        return "waivers" if leaf.test.waived else "listings"
    return role_of(leaf.fact) or leaf.fact


def family(variable: str) -> tuple[str, ...]:
    """The facts that go with a variable."""
    if variable in PARTY_ROLES:
        return variable, f"{variable}_state", f"{variable}_kind"
    return {"goods": ("goods", "lethal"), "date": ("date", "end_date")}.get(variable, (variable,))


def rule_nodes(rule: Rule, vocabulary: Vocabulary) -> Nodes:
    """The lines of a rule, ready to be looked at one by one."""
    groups = [rule.flag_when, rule.met_when, rule.quota.conditions if rule.quota else None]
    groups += [group for e in rule.exemptions for group in (e.when, e.unless)]
    found: Nodes = {}
    seen: set[Leaf] = set()
    for leaf in (leaf for group in groups if group for leaf in leaves(group)):
        for filled, node in _filled(leaf, rule, vocabulary):
            if filled not in seen:
                seen.add(filled)
                found.setdefault(variable_of(leaf), []).append((filled, node))
    return found


def _filled(leaf: Leaf, rule: Rule, vocabulary: Vocabulary) -> Iterator[tuple[Leaf, LineNode]]:
    for period in rule.periods if isinstance(leaf.test, NamedTest) else rule.periods[:1]:
        node = compile_condition(leaf, period.covered, count(), vocabulary)
        if isinstance(node, LineNode):
            yield node.leaf, node


def options_of(variable: str, nodes: list[tuple[Leaf, LineNode]], base: Option, vocabulary: Vocabulary,
               days: tuple[int, ...]) -> list[tuple[Option, tuple[object, ...]]]:
    """The values of a variable that these lines tell apart, each with what the lines say of it; the base's own first."""
    book = PartyBook(vocabulary)
    found: dict[tuple[object, ...], Option] = {}
    for option in (base, *_candidates(variable, tuple(leaf for leaf, _ in nodes), vocabulary, days)):
        signature = tuple(_look(node, option, book, vocabulary, days) for _, node in nodes)
        found.setdefault(signature, option)
    return [(option, signature) for signature, option in found.items()]


def _look(node: LineNode, option: Option, book: PartyBook, vocabulary: Vocabulary, days: tuple[int, ...]) -> object:
    subject = Subject(option.facts, book)
    variable = variable_of(node.leaf)
    turning = turning_days(option.facts.get(variable), vocabulary) if FACTS[variable].type in ("place", "places", "screening") else ()
    truths = tuple(node.truth(subject, day) for day in ((*days, *sorted(turning)) if turning else days[:1]))
    raw = node.look.truth(subject, days[0])
    return truths, raw, node.look.known(subject), node.look.lacking(subject) if raw == 1 else ""


def _candidates(variable: str, lines: tuple[Leaf, ...], vocabulary: Vocabulary, days: tuple[int, ...]) -> Iterator[Option]:
    kind = FACTS[variable].type
    if kind == "bool":
        yield from _read(variable, (True, False), vocabulary)
    elif kind == "number":
        tests = [leaf.test for leaf in lines if isinstance(leaf.test, NumberTest)]
        bounds = sorted({b for test in tests for b in (test.at_least, test.at_most) if b is not None})
        yield from _read(variable, [_plain(b + step) for b in bounds for step in (0, -1, 1)], vocabulary)
    elif kind == "date":
        for leaf in lines:
            if isinstance(leaf.test, DateTest):
                edges = (leaf.test.before, None if leaf.test.after is None else leaf.test.after + 1)
                yield from (_dated(variable, edge + step) for edge in edges if edge is not None for step in (-1, 0, 1))
    elif kind == "screening":
        yield from _listed(variable, lines, vocabulary, min((day for day in days if day > HISTORY[0]), default=_LISTED))
    elif kind == "party":
        yield from _parties(variable, lines, vocabulary)
    else:
        yield from _words(variable, lines, vocabulary)
    yield Option({variable: "unknown"}, {})


def _plain(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number


def _dated(variable: str, day: int) -> Option:
    return Option({variable: dt.date.fromordinal(day).isoformat()}, {variable: DateRange(day, day)})


def _words(variable: str, lines: tuple[Leaf, ...], vocabulary: Vocabulary) -> Iterator[Option]:
    """The plainest first: exact words of the lines, what stands beside and below their words, fictitious States; then all others."""
    spec = FACTS[variable]
    named = _terms(lines)
    if spec.taxonomy:
        taxonomy = vocabulary.taxonomies[spec.taxonomy]
        exact = [term for term in named if len(taxonomy.descendants(term)) == 1]
        above = {parent for term in named for parent in taxonomy.terms[term].parents}
        near = [term for term in taxonomy if not {*above, *named}.isdisjoint(taxonomy.terms[term].parents)]
        roots = [term for term in taxonomy if not taxonomy.terms[term].parents]
        words = [*exact, *(term for term in near if term not in named), *(term for term in roots if term not in named), *named, *taxonomy]
    else:
        words = [*_FICTITIOUS.get(variable, ("XA", "XB")), *named, *(vocabulary.states if spec.type == "state" else vocabulary.places)]
    singles = _options(variable, tuple(dict.fromkeys(words)), vocabulary)
    yield from singles
    if spec.is_set and len(lines) > 1:
        yield from (_joined(variable, a, b) for a, b in combinations(_apart(singles, lines, vocabulary), 2))


def _terms(lines: tuple[Leaf, ...]) -> list[str]:
    tests = [leaf.test for leaf in lines if isinstance(leaf.test, TermTest)]
    return list(dict.fromkeys(term for test in tests for term in (*test.any_of, *test.except_)))


def _apart(options: tuple[Option, ...], lines: tuple[Leaf, ...], vocabulary: Vocabulary) -> list[Option]:
    """One option of each kind, so that their pairs stay few."""
    book = PartyBook(vocabulary)
    nodes = [compile_condition(leaf, {}, count(), vocabulary) for leaf in lines]
    found: dict[tuple[int, ...], Option] = {}
    for option in options:
        found.setdefault(tuple(node.truth(Subject(option.facts, book), 1) for node in nodes), option)
    return list(found.values())


def _joined(variable: str, a: Option, b: Option) -> Option:
    both = sorted({*_tuple(a.facts.get(variable)), *_tuple(b.facts.get(variable))})
    return Option({variable: both}, {variable: tuple(both)})


def _tuple(value: FactValue | None) -> tuple[str, ...]:
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, tuple) else ()


def _parties(role: str, lines: tuple[Leaf, ...], vocabulary: Vocabulary) -> Iterator[Option]:
    named = _terms(lines)
    states = tuple(dict.fromkeys([*_FICTITIOUS.get(role, ("XA", "XB")), *(term for term in named if term in vocabulary.states)]))
    kinds = any(leaf.fact.endswith("_kind") for leaf in lines)
    parties = tuple(term for term in named if term in vocabulary.parties.parties)
    yield from _options(role, (*states, *parties), vocabulary)
    if kinds:
        words = vocabulary.taxonomies["party_kinds"]
        known = [(f"one of {vocabulary.states.name(state)}", state) for state in states]
        strangers = [{"name": name, "state": state, "kind": kind} for name, state in known for kind in words]
        strangers += [{"name": "one of no known State", "kind": kind} for kind in words]
        yield from _read(role, strangers, vocabulary)
    yield from _options(role, tuple(vocabulary.parties), vocabulary)
    yield from _read(role, [{"name": "one of no known State"}], vocabulary)
    for state in states:
        yield Option({role: "unknown", f"{role}_state": state}, {f"{role}_state": state})


def _listed(variable: str, lines: tuple[Leaf, ...], vocabulary: Vocabulary, first: int) -> Iterator[Option]:
    """One entry for each list that the lines ask about, and pairs of them, for as long as there is law; the party is named by its
    role."""
    since = dt.date.fromordinal(min(first, _LISTED)).isoformat()
    singles = [{"party": leaf.fact, "list": name, "from": since}
               for leaf in lines if isinstance(leaf.test, ListTest) for name in leaf.test.lists]
    other = {"party": "supplier", "list": "ANOTHER-LIST", "from": since}
    yield from _read(variable, [[entry] for entry in singles] + [[other]] + [list(pair) for pair in combinations(singles, 2)], vocabulary)


@lru_cache(maxsize=512)
def _options(variable: str, words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[Option, ...]:
    return tuple(_read(variable, words, vocabulary))


def _read(variable: str, values: Iterable[object], vocabulary: Vocabulary) -> Iterator[Option]:
    """Options from written values, read as every event is read; values that are none are left out."""
    reader = _reader(vocabulary)
    for value in values:
        event, _ = reader.read({variable: value})
        if event is not None:
            facts = {name: fact for name, fact in event.facts.items() if name != "stage" or variable == "stage"}
            yield Option({variable: value}, facts, event.names)


@lru_cache(maxsize=8)
def _reader(vocabulary: Vocabulary) -> EventReader:
    return EventReader(vocabulary)
