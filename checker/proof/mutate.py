"""Mutants: a rule with one thing changed. A good set of examples notices every one that means something else.

The operators are those of the rule language, section 7. What a mutant changes, it changes on the model; it is compiled and judged
by the same judge as every rule. Lines of a shared exemption are mutated in the exemption's own file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from msgspec.structs import replace

from checker.judge.days import HISTORY
from checker.model.facts import FACTS
from checker.model.rule import (
    Condition,
    Group,
    IfUnknown,
    Leaf,
    Limit,
    ListTest,
    Mark,
    NamedTest,
    NumberTest,
    Period,
    Quota,
    Rule,
    TermTest,
    leaves,
)
from checker.proof.boundaries import Boundary, boundaries
from checker.proof.sites import Site, sections, with_exemption, with_period
from checker.proof.steps import narrower, wider
from checker.proof.wording import say_condition, write_leaf
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["OPERATORS", "Mutant", "mutants"]

OPERATORS: tuple[str, ...] = (
    "drop line", "negate line", "drop choice", "merge alternatives", "widen term", "narrow term", "change number", "change if_unknown",
    "drop exemption", "drop period", "drop dispute", "shift date", "swap parties", "swap places", "change quota", "drop role",
    "drop override")

_SWAPS = (("swap parties", "supplier", "recipient"), ("swap places", "origin", "destination"),
          ("swap places", "shipped_from", "destination"))
_WINDOWS = ("calendar_year", "year_from", "month", "period")
_MOST_PAIRED = 4
_MEANINGS: dict[IfUnknown, str] = {"": "left the outcome open", "holds": "let the line hold", "fails": "let the line fail"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change. ``says`` completes "every example would come out the same": ``without the line `supplier: KP```.
    ``part`` names what the change tests beside the mutation itself: a boundary, a choice, an exemption. ``forms``: the line before
    and after, where only that line is another one. ``section``: the part of the rule that was changed, where it is one of
    ``Judge.lines``; ``by``: the days by which a boundary was moved."""

    operator: str
    says: str
    rule: Rule
    mark: Mark | None = None
    part: str = ""
    forms: tuple[Leaf, Leaf] | None = None
    boundary: Boundary | None = None
    section: str = ""
    by: int = 0


def mutants(rule: Rule, lines: tuple[Site, ...], vocabulary: Vocabulary) -> Iterator[Mutant]:
    """Every mutant of a rule. ``lines``: its sites, as ``checker.proof.sites.sites`` gives them."""
    for site in lines:
        if isinstance(site.condition, Leaf):
            yield from _of_leaf(site, site.condition, vocabulary)
        else:
            yield from _of_group(site, site.condition)
    for i, period in enumerate(rule.periods):
        yield from _of_period(rule, i, period, vocabulary)
    for boundary in boundaries(rule, lines):
        yield from _shifts(rule, boundary)
    yield from _of_exemptions(rule)
    for i in range(len(rule.contested)):
        yield Mutant("drop dispute", f"without the dispute from {_iso(rule.contested[i].first)}",
                     replace(rule, contested=rule.contested[:i] + rule.contested[i + 1:]), rule.contested[i].mark)
    yield from _swaps(rule)
    if rule.quota:
        yield from _of_quota(rule, rule.quota)
    for role in rule.breach_by:
        yield Mutant("drop role", f"if the {role.replace('_', ' ')} were not in breach",
                     replace(rule, breach_by=tuple(r for r in rule.breach_by if r != role)), rule.mark)
    for general in rule.overrides:
        yield Mutant("drop override", f"if it did not override {general} (only an example of that rule can show it)",
                     replace(rule, overrides=tuple(r for r in rule.overrides if r != general)), rule.mark)


def _of_leaf(site: Site, leaf: Leaf, vocabulary: Vocabulary) -> Iterator[Mutant]:
    said = say_condition(leaf)
    yield Mutant("drop line", f"without the line {said}", site.put(None), leaf.mark, section=site.section)
    opposite = replace(leaf, negate=not leaf.negate)
    yield Mutant("negate line", f"if the line {said} said the opposite", site.put(opposite), leaf.mark, "", (leaf, opposite),
                 section=site.section)
    for word in _other_words(site, leaf):
        changed = replace(leaf, if_unknown=word)
        yield Mutant("change if_unknown", f"if an unknown {leaf.fact.replace('_', ' ')} {_MEANINGS[word]} (line {said})", site.put(changed),
                     leaf.mark, "", (leaf, changed), section=site.section)
    for operator, says, changed, part in _other_tests(leaf, vocabulary):
        yield Mutant(operator, says, site.put(changed), leaf.mark, part and f"{part} in the line {said}", (leaf, changed),
                     section=site.section)


def _other_words(site: Site, leaf: Leaf) -> tuple[IfUnknown, ...]:
    """The other meanings that an unknown fact could have: of a line that says one, and of an exemption, which unknown must not show.
    Whether the lines that leave it open were tried with the fact missing is a level of coverage of its own."""
    words: tuple[IfUnknown, ...] = ("", "holds", "fails") if leaf.if_unknown else ()
    if site.section.startswith("unless.") and not leaf.if_unknown:
        words = ("fails",) if site.section.endswith(".unless") else ("holds",)
    return tuple(word for word in words if word != leaf.if_unknown and not (word == "" and leaf.if_unknown == "review"))


def _other_tests(leaf: Leaf, vocabulary: Vocabulary) -> Iterator[tuple[str, str, Leaf, str]]:
    """Operator, words, changed line and choice for every change of a line's own test."""
    test, said = leaf.test, f"`{write_leaf(leaf)}`"
    if isinstance(test, ListTest) and len(test.lists) > 1:
        for name in test.lists:
            less = replace(test, lists=tuple(x for x in test.lists if x != name))
            yield "drop choice", f"without the choice {name} in {said}", replace(leaf, test=less), f"choice {name}"
    if isinstance(test, NumberTest):
        for name, bound in (("at_least", test.at_least), ("at_most", test.at_most)):
            for step in (-1, 1) if bound is not None else ():
                moved = replace(test, **{name: (bound or 0) + step})
                yield "change number", f"if {said} said {(bound or 0) + step:g}", replace(leaf, test=moved), ""
    if not isinstance(test, TermTest):
        return
    for name, terms in (("any_of", test.any_of), ("except_", test.except_)):
        for i, term in enumerate(terms):
            rest = (*terms[:i], *terms[i + 1:])
            if rest or name == "except_":
                what = "exception" if name == "except_" else "choice"
                yield ("drop choice", f"without the {what} {term} in {said}", replace(leaf, test=replace(test, **{name: rest})),
                       f"{what} {term}")
            for operator, near in (("widen term", wider), ("narrow term", narrower)):
                for other in near(leaf.fact, term, vocabulary):
                    if other not in terms:
                        put = (*terms[:i], other, *terms[i + 1:])
                        yield operator, f"if {said} said {other} instead of {term}", replace(leaf, test=replace(test, **{name: put})), ""


def _of_group(site: Site, group: Group) -> Iterator[Mutant]:
    said = say_condition(group)
    what = "alternative" if site.parent in ("any", "none") and group.kind == "all" else "group"
    yield Mutant("drop line", f"without the {what} {said}", site.put(None), group.mark, section=site.section)
    if group.kind == "none":
        yield Mutant("negate line", f"if {said} had to hold", site.put(replace(group, kind="any")), group.mark, section=site.section)
    if group.kind != "any" or len(group.items) < 2:
        return
    yield Mutant("merge alternatives", f"if all alternatives of {said} had to hold", site.put(replace(group, kind="all")), group.mark,
                 section=site.section)
    if len(group.items) > 2:
        pairs = combinations(range(len(group.items)), 2)
        for i, j in pairs:
            if j == i + 1 or len(group.items) <= _MOST_PAIRED:
                both: Condition = Group("all", (group.items[i], group.items[j]), group.mark)
                rest = tuple(item for k, item in enumerate(group.items) if k not in (i, j))
                said = f"{say_condition(group.items[i])} and {say_condition(group.items[j])}"
                yield Mutant("merge alternatives", f"if {said} had to hold together", site.put(replace(group, items=(both, *rest))),
                             group.mark, section=site.section)


def _of_period(rule: Rule, index: int, period: Period, vocabulary: Vocabulary) -> Iterator[Mutant]:
    used = _named(rule)
    for name, leaf in period.covered.items():
        if name not in used:
            continue
        for operator, _, changed, part in _other_tests(leaf, vocabulary):
            said = f"`{name}` of the period from {_iso(period.first)}"
            says = {"drop choice": f"without the {part} in {said}"}.get(operator, f"if {said} were `{write_leaf(changed)}`")
            new = with_period(rule, index, replace(period, covered={**period.covered, name: changed}))
            yield Mutant(operator, says, new, leaf.mark or period.mark, part and f"{part} in {said}")
    if period.first > HISTORY[0]:
        yield Mutant("drop period", f"without the period from {_iso(period.first)}", _without_period(rule, index), period.mark)


def _named(rule: Rule) -> set[str]:
    found = {leaf.test.name for _, group, _ in sections(rule) for leaf in leaves(group) if isinstance(leaf.test, NamedTest)}
    shared = (leaf for e in rule.exemptions if e.shared for leaf in leaves(e.when))
    return found | {leaf.test.name for leaf in shared if isinstance(leaf.test, NamedTest)}


def _without_period(rule: Rule, index: int) -> Rule:
    """The law as if the period had never come: the one before it, where it follows directly, goes on."""
    periods = list(rule.periods)
    gone = periods.pop(index)
    if index and periods[index - 1].last == gone.first - 1:
        periods[index - 1] = replace(periods[index - 1], last=gone.last)
    return replace(rule, periods=tuple(periods))


def _shifts(rule: Rule, boundary: Boundary) -> Iterator[Mutant]:
    for by, word in ((-1, "earlier"), (1, "later")):
        moved = boundary.moved(by)
        if moved is not rule:
            yield Mutant("shift date", f"if {boundary.says} one day {word} than {boundary.iso}".replace(" is over one", " were over one"),
                         moved, boundary.mark, f"boundary {boundary.says} on {boundary.iso}", boundary=boundary, by=by)


def _of_exemptions(rule: Rule) -> Iterator[Mutant]:
    for i, e in enumerate(rule.exemptions):
        if e.shared:
            continue
        others = rule.exemptions[:i] + rule.exemptions[i + 1:]
        yield Mutant("drop exemption", f"without the exemption {e.name}", replace(rule, exemptions=others), e.mark, f"exemption {e.name}")
        word = "" if e.if_unknown == "review" else "review"
        meaning = "asked for a review" if word else "left the flag as it is"
        yield Mutant("change if_unknown", f"if an unknown exemption {e.name} {meaning}", with_exemption(rule, i, if_unknown=word), e.mark)
        for j, contest in enumerate(e.contested):
            yield Mutant("drop dispute", f"without the dispute about the exemption {e.name} from {_iso(contest.first)}",
                         with_exemption(rule, i, contested=e.contested[:j] + e.contested[j + 1:]), contest.mark)


def _swaps(rule: Rule) -> Iterator[Mutant]:
    facts = {leaf.fact for leaf in leaves(rule.flag_when)}
    for operator, a, b in _SWAPS:
        names = {f"{x}{part}": f"{y}{part}" for x, y in ((a, b), (b, a)) for part in ("", "_state", "_kind") if f"{x}{part}" in FACTS}
        if facts & names.keys():
            swapped = _renamed(rule.flag_when, names)
            yield Mutant(operator, f"if {a.replace('_', ' ')} and {b.replace('_', ' ')} were swapped",
                         replace(rule, flag_when=swapped if isinstance(swapped, Group) else rule.flag_when), rule.flag_when.mark)


def _renamed(condition: Condition, names: dict[str, str]) -> Condition:
    if isinstance(condition, Leaf):
        return replace(condition, fact=names.get(condition.fact, condition.fact))
    return replace(condition, items=tuple(_renamed(item, names) for item in condition.items))


def _of_quota(rule: Rule, quota: Quota) -> Iterator[Mutant]:
    def changed(says: str, **new: object) -> Mutant:
        return Mutant("change quota", says, replace(rule, quota=replace(quota, **new)), quota.mark)

    for limits in _moved(quota.limits):
        yield changed(f"if at most {_said(limits)} were allowed", limits=limits)
    for i, period in enumerate(rule.periods):
        for limits in _moved(period.limits):
            yield Mutant("change quota", f"if at most {_said(limits)} were allowed from {_iso(period.first)}",
                         with_period(rule, i, replace(period, limits=limits)), period.mark)
    if quota.per == "year_from":
        for by in (-1, 1):
            day = dt.date(2001, *quota.anchor) + dt.timedelta(days=by)
            yield changed(f"if the year of the quota began on {day:%m-%d}", anchor=(day.month, day.day))
    for per in _WINDOWS:
        if per != quota.per and not ({per, quota.per} == {"calendar_year", "year_from"} and quota.anchor == (1, 1)):
            yield changed(f"if the quota were counted by {per.replace('_', ' ')}", per=per)
    yield changed("if the quota were counted the other way (all States together, or each for itself)",
                  scope="per_state" if quota.scope == "all_states" else "all_states")


def _moved(limits: tuple[Limit, ...]) -> Iterator[tuple[Limit, ...]]:
    for i, limit in enumerate(limits):
        for by in (-1, 1):
            yield (*limits[:i], replace(limit, number=limit.number + by), *limits[i + 1:])


def _said(limits: tuple[Limit, ...]) -> str:
    return " or ".join(f"{limit.number:,.10g} {limit.unit}" for limit in limits)


def _iso(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()
