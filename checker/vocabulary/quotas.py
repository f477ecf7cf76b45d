"""English words for quotas: what may pass, in which window, and what an event counts."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence

from checker.model.dates import parse_date, say_day
from checker.model.event import Amount
from checker.model.finding import QuotaCount
from checker.model.rule import Limit, Quota
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["name_limits", "say_amounts", "say_count", "say_limits", "say_quota"]


def name_limits(limits: Sequence[Limit], vocabulary: Vocabulary) -> str:
    """``500,000 barrels``, ``4,000,000 barrels or 525,000 tonnes``; empty where there is none."""
    return " or ".join(vocabulary.title("quantity", Amount(limit.number, limit.unit)) for limit in limits)


def say_limits(limits: Sequence[Limit], vocabulary: Vocabulary) -> str:
    """``at most 500,000 barrels``, ``at most 4,000,000 barrels or 525,000 tonnes, whichever is reached first``."""
    words = name_limits(limits, vocabulary) or "a level that is not known"
    return f"at most {words}" + (", whichever is reached first" if len(limits) > 1 else "")


def _say_window(quota: Quota) -> str:
    """``in a calendar year``, ``in a year that begins on 22 December``, ``in a month``, ``in the whole time of the law``."""
    month, day = quota.anchor
    return {"calendar_year": "in a calendar year", "month": "in a month", "period": "in the whole time of the law",
            "year_from": f"in a year that begins on {day} {calendar.month_name[month]}"}[quota.per]


def say_quota(quota: Quota, limits: Sequence[Limit], vocabulary: Vocabulary) -> str:
    """``at most 500,000 barrels in a calendar year, all States together``. ``limits``: those of the period in force, if it is known."""
    most = say_limits(limits, vocabulary)
    if quota.level_on is not None:
        most = f"at most the level of {say_day(dt.date.fromordinal(quota.level_on))}"
    elif quota.by_period and not limits:
        most = "at most what the law of the day allows"
    return f"{most} {_say_window(quota)}, {'all States together' if quota.scope == 'all_states' else 'each State for itself'}"


def say_count(count: QuotaCount, vocabulary: Vocabulary) -> str:
    """What a window has come to, as the beginning of a sentence: ``2 acts of 22 December 2018 to 21 December 2019 come to 550,000
    tonnes of 525,000 tonnes allowed``."""
    most = max(count.totals, key=lambda total: total.percent)
    used, allowed = (vocabulary.title("quantity", Amount(n, most.unit)) for n in (max(most.notified, most.estimated), most.at_most))
    until = parse_date(count.until).say() if count.until else "today"
    return f"{len(count.contributions)} acts of {parse_date(count.since).say()} to {until} come to {used} of {allowed} allowed"


def say_amounts(told: Mapping[str, float], vocabulary: Vocabulary) -> str:
    """``10,000 barrels``; ``an amount that is not known`` where nothing is told."""
    words = [vocabulary.title("quantity", Amount(number, unit)) for unit, number in sorted(told.items())]
    return " or ".join(words) or "an amount that is not known"
