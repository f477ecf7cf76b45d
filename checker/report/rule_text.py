"""A rule as plain text for a terminal: what it flags, the law by date, exemptions, examples. What the catalogue shows, in short."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from checker.model.rule import Condition, Contest, Exemption, Leaf, Period, Rule
from checker.vocabulary.conditions import say_fact, say_line, say_wanted
from checker.vocabulary.quotas import say_limits, say_quota

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Line", "exemption_text", "rule_text"]

Line = tuple[str, bool]
"""A line of text; ``True`` where it is a heading."""

_GROUPS = {"all": "all of", "any": "any of", "none": "none of"}
_NOT_EXEMPT = "not exempt"


def rule_text(rule: Rule, vocabulary: Vocabulary) -> Iterator[Line]:
    """The lines of a rule, from its title to its examples."""
    yield f"{rule.id}: {rule.title}", True
    yield rule.summary, False
    status = rule.status + (f", replaced by {', '.join(rule.replaced_by)}" if rule.replaced_by else "")
    yield f"{rule.kind}, regime {rule.regime}, severity {rule.severity}, {status}", False
    yield rule.path, False
    yield from _part("in force", (line for period in rule.periods for line in _period(period, vocabulary)), _contests(rule.contested))
    yield from _part("flag when", _lines(rule.flag_when, vocabulary))
    if rule.duty is not None:
        yield from _part("duty", (f"owed by the {say_fact(rule.duty.owed_by)}, last day in time {_iso(rule.duty.due)}",))
    if rule.met_when is not None:
        yield from _part("met when", _lines(rule.met_when, vocabulary))
    if rule.quota is not None:
        yield from _part("quota", (say_quota(rule.quota, rule.quota.limits, vocabulary),))
        if rule.quota.conditions is not None:
            yield from _part("on condition that", _lines(rule.quota.conditions, vocabulary))
    yield from _part("unless", (line for exemption in rule.exemptions for line in _exemption(exemption, vocabulary)))
    yield from _part("takes the place of", (", ".join(rule.overrides),) if rule.overrides else ())
    yield from _part("not encoded", (f"{missing.text}: {missing.why}" for missing in rule.not_encoded))
    yield from _examples(rule)


def exemption_text(rule: Rule, used_by: Sequence[str], vocabulary: Vocabulary) -> Iterator[Line]:
    """The lines of a shared exemption; ``rule`` is the one that carries its examples, ``used_by`` the ids of the rules that use it."""
    yield f"{rule.id}: {rule.title}", True
    yield "an exemption that rules share", False
    yield rule.path, False
    yield from _part("unless", (line for exemption in rule.exemptions for line in _exemption(exemption, vocabulary)))
    yield from _part("used by", (", ".join(used_by),) if used_by else ())
    yield from _part("not encoded", (f"{missing.text}: {missing.why}" for missing in rule.not_encoded))
    yield from _examples(rule)


def _part(heading: str, *parts: Iterable[str]) -> Iterator[Line]:
    lines = [line for part in parts for line in part]
    if lines:
        yield "", False
        yield heading, True
        yield from ((f"  {line}", False) for line in lines)


def _period(period: Period, vocabulary: Vocabulary) -> Iterator[str]:
    horizon = f", renewal known until {_iso(period.known_until)}" if period.known_until else ""
    yield f"{_span(period.first, period.last)}{horizon}: {period.says}"
    yield f"  {'; '.join(period.authority)} ({say_fact(period.force)})  {period.link}".rstrip()
    for leaf in period.covered.values():
        yield f"  {say_fact(leaf.fact)}: {say_wanted(leaf, vocabulary)}"
    if period.limits:
        yield f"  {say_limits(period.limits, vocabulary)}"


def _exemption(exemption: Exemption, vocabulary: Vocabulary) -> Iterator[str]:
    shared = f", shared as {exemption.shared}" if exemption.shared and exemption.shared != exemption.name else ""
    yield f"{exemption.name}: {exemption.says}"
    yield f"  {'; '.join(exemption.authority)} ({say_fact(exemption.procedure)}{shared})"
    if exemption.first is not None or exemption.last is not None:
        yield f"  {_span(exemption.first, exemption.last)}"
    yield from (f"  {line}" for line in _lines(exemption.when, vocabulary))
    if exemption.unless is not None:
        yield "  but not when"
        yield from (f"    {line}" for line in _lines(exemption.unless, vocabulary))
    yield from (f"  {line}" for line in _contests(exemption.contested))


def _contests(contests: Iterable[Contest]) -> Iterator[str]:
    for contest in contests:
        for position in contest.positions:
            yield f"contested {_span(contest.first, contest.last)}: {position.view} ({', '.join(position.holders)}; {position.basis})"


def _lines(condition: Condition, vocabulary: Vocabulary, *, top: bool = True) -> Iterator[str]:
    """Lines in words, groups indented; the lines of the topmost map and of a map with a single line stand without a heading."""
    if isinstance(condition, Leaf):
        fact, asks, unknown = say_line(condition, vocabulary)
        yield f"{fact} {asks}" + (f" ({unknown})" if unknown else "")
    elif condition.kind == "all" and (top or len(condition.items) == 1):
        for item in condition.items:
            yield from _lines(item, vocabulary, top=False)
    else:
        yield _GROUPS[condition.kind]
        for item in condition.items:
            yield from (f"  {line}" for line in _lines(item, vocabulary, top=False))


def _examples(rule: Rule) -> Iterator[Line]:
    yield from _part("examples", (f"{example.expect.label or _NOT_EXEMPT}: {example.name}{'' if example.confirmed else ' (not confirmed)'}"
                                  for example in rule.examples))


def _span(first: int | None, last: int | None) -> str:
    if first is None:
        return f"until {_iso(last)}"
    return f"from {_iso(first)}" if last is None else f"{_iso(first)} to {_iso(last)}"


def _iso(day: int | None) -> str:
    return "" if day is None else dt.date.fromordinal(day).isoformat()
