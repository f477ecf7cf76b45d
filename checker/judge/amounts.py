"""How much an event counts against a quota, and the window of time it falls into. Days are ordinals, both ends included."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping

from checker.judge.days import EventDays
from checker.model.dates import within
from checker.model.event import Amount, FactValue
from checker.model.rule import Limit, Quota, Rule
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["CUMULATIVE", "amounts", "exceeds", "limits_on", "one_window", "passes_alone", "window_on"]

_MONEY = "value_usd"
"""The fact that holds a value; its unit is in its name."""

CUMULATIVE = "cumulative"
"""The amount scope of a running total."""

_ONE = 1.0


def amounts(quota: Quota, facts: Mapping[str, FactValue], limits: tuple[Limit, ...], vocabulary: Vocabulary) -> dict[str, float]:
    """What an event counts, by the unit of a limit; a unit that nothing told can be turned into is left out."""
    if quota.of == "acts":
        return {limit.unit: _ONE for limit in limits}
    found: dict[str, float] = {}
    quantity, money = facts.get("quantity"), facts.get(_MONEY)
    for limit in limits:
        if limit.unit == _MONEY.rpartition("_")[2] and isinstance(money, int | float):
            found[limit.unit] = float(money)
        elif isinstance(quantity, Amount):
            factor = _factor(quantity.unit, limit.unit, vocabulary)
            if factor is not None:
                found[limit.unit] = quantity.number * factor
    return found


def _factor(unit: str, wanted: str, vocabulary: Vocabulary) -> float | None:
    """How many of ``wanted`` one ``unit`` is; ``None`` where they measure different things."""
    if unit == wanted:
        return _ONE
    (number, base), (number_wanted, base_wanted) = (_base(u, vocabulary) for u in (unit, wanted))
    return number / number_wanted if base == base_wanted else None


def _base(unit: str, vocabulary: Vocabulary) -> tuple[float, str]:
    units = vocabulary.taxonomies["units"]
    equals = units.attribute(unit, "equals") if unit in units else None
    return (float(equals[0]), str(equals[1])) if isinstance(equals, tuple) else (_ONE, unit)


def exceeds(told: Mapping[str, float], limits: tuple[Limit, ...]) -> bool:
    """Whether some limit is passed: of two the one that is reached first counts."""
    return any(told.get(limit.unit, 0.0) > limit.number for limit in limits)


def limits_on(rule: Rule, period: int) -> tuple[Limit, ...]:
    """The limits in a period of the law; none where the level of a day is frozen."""
    quota = rule.quota
    return () if quota is None else rule.periods[period].limits if quota.by_period else quota.limits


def window_on(rule: Rule, period: int, day: int) -> tuple[int, int | None]:
    """The window of a quota that holds a day: a year, a month or the whole time, never beyond the law with the same limits."""
    quota = rule.quota
    if quota is None:
        raise ValueError(f"{rule.id} is no quota")
    first, last = _stretch(rule, period)
    begins, ends = _calendar(quota, dt.date.fromordinal(day))
    if begins is not None and ends is not None:
        first, last = max(first, begins), ends if last is None else min(last, ends)
    return first, last


def _stretch(rule: Rule, period: int) -> tuple[int, int | None]:
    """The days around a period during which the limits are the same."""
    def same(a: int, b: int) -> bool:
        return _plain(limits_on(rule, a)) == _plain(limits_on(rule, b)) and (rule.periods[a].last or 0) + 1 == rule.periods[b].first

    low = high = period
    while low > 0 and same(low - 1, low):
        low -= 1
    while high + 1 < len(rule.periods) and same(high, high + 1):
        high += 1
    return rule.periods[low].first, rule.periods[high].last


def _plain(limits: tuple[Limit, ...]) -> tuple[tuple[float, str], ...]:
    return tuple((limit.number, limit.unit) for limit in limits)


def _calendar(quota: Quota, day: dt.date) -> tuple[int | None, int | None]:
    if quota.per == "month":
        return day.replace(day=1).toordinal(), day.replace(day=calendar.monthrange(day.year, day.month)[1]).toordinal()
    if quota.per in ("calendar_year", "year_from"):
        month, first = quota.anchor if quota.per == "year_from" else (1, 1)
        year = day.year if (day.month, day.day) >= (month, first) else day.year - 1
        if not dt.date.min.year <= year < dt.date.max.year:
            return None, None
        return dt.date(year, month, first).toordinal(), dt.date(year + 1, month, first).toordinal() - 1
    return None, None


def passes_alone(rule: Rule, period: int, days: EventDays, facts: Mapping[str, FactValue], vocabulary: Vocabulary) -> bool:
    """Whether one event passes the limit of its window whatever the others count."""
    limits = limits_on(rule, period)
    told = amounts(rule.quota, facts, limits, vocabulary) if rule.quota else {}
    return exceeds(told, limits) and one_window(rule, period, days, facts)


def one_window(rule: Rule, period: int, days: EventDays, facts: Mapping[str, FactValue]) -> bool:
    """Whether the amount told belongs to one window. A single delivery does, on whichever day it was; a running total does where all
    its days lie in one."""
    if facts.get("amount_scope") != CUMULATIVE and not days.continuing:
        return True
    first, last = window_on(rule, period, days.first)
    return within(days.first, first, last) and within(days.last, first, last)
