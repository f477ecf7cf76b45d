"""Calendar dates as news and law give them: a day, a month, a year, or "some day between a and b".

Every date fact is a ``DateRange`` of whole days, both ends included. A day is a range of length one. Days are proleptic
Gregorian ordinals (``datetime.date.toordinal``), so comparing is comparing integers. Time zones do not enter: dates are
calendar dates as printed in the law and in the article.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

import msgspec

from checker.strictyaml.scalars import YEARS

__all__ = ["DateRange", "parse_date", "say_day", "within"]

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def within(day: int, first: int | None, last: int | None) -> bool:
    """Whether a day (ordinal) lies between two others, both included; ``None``: open on that side."""
    return (first is None or first <= day) and (last is None or day <= last)


class DateRange(msgspec.Struct, frozen=True, order=True, tag=True):
    """Some day from ``first`` to ``last``, both included (ordinals)."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("the range ends before it begins")

    @classmethod
    def of(cls, first: dt.date, last: dt.date | None = None) -> DateRange:
        """The range from one calendar day to another, or that one day."""
        return cls(first.toordinal(), (last or first).toordinal())

    @property
    def is_day(self) -> bool:
        """True when the date is known to the day."""
        return self.first == self.last

    @property
    def first_day(self) -> dt.date:
        return dt.date.fromordinal(self.first)

    @property
    def last_day(self) -> dt.date:
        return dt.date.fromordinal(self.last)

    def isoformat(self) -> str:
        """The shortest written form: ``2016-08-11``, ``2016-08``, ``2016`` or ``2016-08-11..2016-09-02``."""
        a, b = self.first_day, self.last_day
        if a == b:
            return a.isoformat()
        if a.day == 1 and b.day == calendar.monthrange(b.year, b.month)[1]:
            if (a.year, a.month) == (b.year, b.month):
                return f"{a.year:04d}-{a.month:02d}"
            if a.year == b.year and a.month == 1 and b.month == 12:
                return f"{a.year:04d}"
        return f"{a.isoformat()}..{b.isoformat()}"

    def say(self) -> str:
        """The date in English words: ``2 November 2022``, ``August 2022``, ``2022``, ``between 1 and 5 May 2022``."""
        text = self.isoformat()
        if ".." in text:
            return f"between {say_day(self.first_day)} and {say_day(self.last_day)}"
        if len(text) == 10:
            return say_day(self.first_day)
        if len(text) == 7:
            return f"{calendar.month_name[self.first_day.month]} {self.first_day.year}"
        return text


def say_day(day: dt.date) -> str:
    """A calendar day in English words: ``2 November 2022``."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _part(text: str) -> tuple[dt.date, dt.date]:
    found = _PART.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a date: write 2022-11-02, 2022-11, 2022 or 2022-11-02..2022-11-30")
    year, month, day = (int(g) if g else 0 for g in found.groups())
    if not YEARS[0] <= year <= YEARS[1]:
        raise ValueError(f"the year {year} is none that an event can name; leave the date out where it is not known")
    if not month:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if not day:
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day), dt.date(year, month, day)


@lru_cache(maxsize=65536)
def parse_date(text: str) -> DateRange:
    """Read a written date (forms of ``DateRange.isoformat``).

    Raises:
        ValueError: the text is not a date, names a day that does not exist, or ends before it begins; the message says how to mend it.
    """
    head, dots, tail = text.partition("..")
    first, last = _part(head.strip())
    if dots:
        last = _part(tail.strip())[1]
    return DateRange(first.toordinal(), last.toordinal())
