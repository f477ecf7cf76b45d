"""Counting a quota: many events of one window together. A quota finding is rule and window, with every event that counts in it.

Events that are the same are counted once. Single deliveries are added up; a running total overlaps them, so the larger of the two
counts. What a State notified and what somebody estimates are kept apart. Days are ordinals, both ends included.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from checker.judge.amounts import CUMULATIVE, amounts, exceeds, limits_on, one_window, window_on
from checker.judge.compiled import CompiledRule
from checker.judge.days import HISTORY, EventDays
from checker.judge.evaluate import CAUTION, Judged
from checker.judge.subject import Subject
from checker.judge.verdict import FLAGGED_OUTCOMES
from checker.model.claim import Report
from checker.model.dates import within
from checker.model.event import TIERS, Event
from checker.model.finding import Contribution, Law, LeftOut, QuotaCount, QuotaTotal
from checker.model.rule import Limit
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["QuotaWindow", "windows"]

_DONE = "done"
_NOTIFIED = "notified"
_ASSERTED: tuple[Report, ...] = ("confirmed", "reported", "alleged")
"""The statuses of those who say that it happened, the strongest first."""


@dataclass(slots=True)
class _Counted:
    """One event that counts, with its amounts in the units of the limits. ``number``: its place in the order read."""

    number: int
    event: Event
    subject: Subject
    judged: Judged
    told: dict[str, float]
    cumulative: bool
    notified: bool


@dataclass(slots=True)
class QuotaWindow:
    """The events of one rule in one window (and of one State, where each has its own). ``basis``: the events that tell its limits,
    where a level is frozen."""

    rule: CompiledRule
    period: int
    first: int
    last: int | None
    state: str
    limits: tuple[Limit, ...] = ()
    basis: tuple[Event, ...] = ()
    counted: list[_Counted] = field(default_factory=list)
    left_out: list[tuple[int, LeftOut]] = field(default_factory=list)

    def strength(self) -> tuple[str, Report, Law] | None:
        """Tier and report of the strongest events that pass the limit by themselves, and the clearest law under which they do; ``None``
        where the limit is not passed."""
        for tier, report in product(range(len(TIERS)), range(len(_ASSERTED))):
            chosen = [c for c in self.counted if TIERS.index(c.event.tier) <= tier and _ASSERTED.index(c.event.report) <= report]
            for law in CAUTION if self._over(chosen) else ():
                if self._over([c for c in chosen if CAUTION[c.judged.whole.law] <= CAUTION[law]]):
                    return TIERS[tier], _ASSERTED[report], law
        return None

    def _over(self, chosen: Sequence[_Counted]) -> bool:
        return any(exceeds(_together(chosen, notified), self.limits) for notified in (True, False))

    def lead(self, law: Law | None = None) -> _Counted:
        """The event that stands for the window, of those under a law if one is given: the strongest report, then the largest amount,
        then the order read."""
        asked = [c for c in self.counted if law is None or c.judged.whole.law == law]
        return min(asked, key=lambda c: (*_strength(c.event), -max(c.told.values(), default=0)))

    def events(self) -> tuple[Event, ...]:
        """All that the window is counted again from: the events that count, then others that only tell its limits."""
        counted = [c.event for c in self.counted]
        return (*counted, *(event for event in self.basis if event not in counted))

    def count(self) -> QuotaCount:
        """The totals, the alert reached, and every event with what it counts."""
        notified, estimated = (_together(self.counted, basis) for basis in (True, False))
        totals = tuple(QuotaTotal(limit.unit, limit.number, notified.get(limit.unit, 0.0), estimated.get(limit.unit, 0.0))
                       for limit in self.limits)
        quota = self.rule.rule.quota
        reached = max((total.percent for total in totals), default=0.0)
        alert = max((a for a in (quota.alerts if quota else ()) if reached >= a), default=0.0)
        rows = tuple(Contribution(c.event.id, c.event.document, _date(c.event), dict(c.told), "notified" if c.notified else "estimated",
                                  "cumulative" if c.cumulative else "single", c.event.report) for c in self.counted)
        return QuotaCount(_iso(self.first), "" if self.last is None else _iso(self.last), self.state, totals, alert, rows,
                          tuple(one for _, one in self.left_out))


def windows(rule: CompiledRule, judged: Sequence[tuple[Event, Subject, Judged]], vocabulary: Vocabulary) -> list[QuotaWindow]:
    """The windows of a quota into which these events fall, by State and date. Only events that the rule flags are given."""
    quota = rule.rule.quota
    if quota is None:
        return []
    levels = dict(_levels(rule, judged, vocabulary))
    order = sorted(enumerate(judged), key=lambda item: _strength(item[1][0]))  # of one event told twice the stronger telling counts
    found: dict[tuple[str, int], QuotaWindow] = {}
    seen = _Seen()
    for number, (event, subject, result) in order:
        span = result.whole
        if span.outcome not in FLAGGED_OUTCOMES or span.period < 0 or result.days.first <= HISTORY[0]:
            continue
        first, last = window_on(rule.rule, span.period, max(result.days.first, span.first))
        state = _state(rule, subject) if quota.scope == "per_state" else ""
        window = found.get((state, first))
        if window is None:
            limits, basis = (limits_on(rule.rule, span.period), ()) if quota.level_on is None else levels.get(state, ((), ()))
            window = found[state, first] = QuotaWindow(rule, span.period, first, last, state, limits, basis)
        told = amounts(quota, event.facts, window.limits, vocabulary)
        why = _why_not(window, event, subject, result, told, quota.scope == "per_state")
        if why:
            window.left_out.append((number, LeftOut(event.id, event.document, why)))
        elif seen.before(event):
            window.left_out.append((number, LeftOut(event.id, event.document, "the same event is counted already")))
        else:
            window.counted.append(_Counted(number, event, subject, result, told, event.facts.get("amount_scope") == CUMULATIVE,
                                           event.facts.get("amount_basis") == _NOTIFIED))
    for window in found.values():
        window.counted.sort(key=lambda c: c.number)
        window.left_out.sort(key=lambda one: one[0])
    return [window for _, window in sorted(found.items()) if window.counted]


def _why_not(window: QuotaWindow, event: Event, subject: Subject, judged: Judged, told: dict[str, float], per_state: bool) -> str:
    """Why an event does not count; empty where it does."""
    if judged.whole.elements < 2:
        return f"it is not known whether it falls under the quota ({', '.join(sorted(judged.whole.missing))} missing)"
    lacking = _open_facts(window.rule, judged)
    if lacking:
        return f"it is not known whether an exemption excuses it ({', '.join(sorted(lacking))} missing)"
    if event.facts.get("stage", _DONE) != _DONE:
        return "it is not told as done"
    if event.report not in _ASSERTED:
        return f"it is {event.report}"
    if per_state and not _state(window.rule, subject):
        return "the State that it counts for is not known"
    if not window.limits:
        return "the level that may not be passed is not known"
    if not told:
        return "no amount is told in a unit that the quota counts"
    if not one_window(window.rule.rule, window.period, judged.days, event.facts) or not _inside(window, judged.days):
        return "its days reach beyond the window"
    if any(span.outcome not in FLAGGED_OUTCOMES for span in judged.spans):
        return "it falls under the quota on some of its days only"
    return ""


def _open_facts(rule: CompiledRule, judged: Judged) -> set[str]:
    """The facts on which it hangs whether an exemption excuses an event, of those exemptions that unknown facts leave open."""
    asked = {e.name for e in rule.rule.exemptions if e.if_unknown == "review"}
    return {fact for span in judged.spans for e in span.open if e.name in asked for fact in e.missing}


def _strength(event: Event) -> tuple[int, int]:
    """How surely an event is told; the smaller, the surer."""
    return TIERS.index(event.tier), _ASSERTED.index(event.report) if event.report in _ASSERTED else len(_ASSERTED)


def _inside(window: QuotaWindow, days: EventDays) -> bool:
    return within(days.first, window.first, window.last) and within(days.last, window.first, window.last)


def _together(counted: Iterable[_Counted], notified: bool) -> dict[str, float]:
    """The amounts of one basis by unit: the sum of the single deliveries or the largest running total, whichever is larger."""
    chosen = [c for c in counted if c.notified == notified]
    units = {unit for c in chosen for unit in c.told}
    return {unit: max(sum(c.told.get(unit, 0.0) for c in chosen if not c.cumulative),
                      max((c.told.get(unit, 0.0) for c in chosen if c.cumulative), default=0.0)) for unit in units}


def _levels(rule: CompiledRule, judged: Iterable[tuple[Event, Subject, Judged]],
            vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[tuple[Limit, ...], tuple[Event, ...]]]]:
    """The level of the day that ``level_on`` names, by State, and the events that tell it: running totals that reach just to that
    day, or last over it. The highest one counts, because it accuses least."""
    quota = rule.rule.quota
    if quota is None or quota.level_on is None:
        return
    found: dict[str, dict[str, tuple[float, Event]]] = {}
    for event, subject, result in judged:
        amount = event.facts.get("quantity")
        unit = getattr(amount, "unit", "")
        if not unit or event.facts.get("amount_scope") != CUMULATIVE:
            continue
        if result.days.last == quota.level_on or (result.days.continuing and result.days.first <= quota.level_on <= result.days.last):
            state = _state(rule, subject) if quota.scope == "per_state" else ""
            levels = found.setdefault(state, {})
            for name, number in amounts(quota, event.facts, (Limit(0, unit),), vocabulary).items():
                if name not in levels or number > levels[name][0]:
                    levels[name] = number, event
    for state, levels in found.items():
        yield state, (tuple(Limit(number, unit) for unit, (number, _) in sorted(levels.items())),
                      tuple(event for _, (_, event) in sorted(levels.items(), key=lambda item: item[0])))


def _state(rule: CompiledRule, subject: Subject) -> str:
    """The State of whoever would be in breach first."""
    for role in rule.rule.breach_by[:1]:
        value = subject.facts.get(role)
        return (value if isinstance(value, str) else "") if role.endswith("_state") else subject.state(role) or ""
    return ""


class _Seen:
    """Events met so far. One of the same id in the same document is the same, and so is one of the very same facts in another
    document: many outlets tell of one delivery. Equal ones within one document are so many deliveries."""

    def __init__(self) -> None:
        self._ids: set[tuple[str, str]] = set()
        self._told: dict[tuple[tuple[str, str], ...], Counter[str]] = {}

    def before(self, event: Event) -> bool:
        """Whether the event was met before; it is now, in any case."""
        name = (event.document, event.id)
        if event.id and name in self._ids:
            return True
        self._ids.add(name)
        told = self._told.setdefault(tuple(sorted((fact, repr(value)) for fact, value in event.facts.items())), Counter())
        most = max(told.values(), default=0)
        told[event.document] += 1
        return told[event.document] <= most


def _date(event: Event) -> str:
    date = event.facts.get("date")
    return "" if date is None else getattr(date, "isoformat", str)()


def _iso(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()
