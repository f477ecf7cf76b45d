"""What an unquoted value means. Everything that is not plainly an integer, a decimal, a day or a truth value stays the text it is.

So ``NO``, ``on``, ``0101``, ``12:30``, ``1_000`` and ``2016-08`` are texts here, where YAML 1.1 reads false, true, 65, 750, 1000.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from checker.strictyaml.nodes import Scalar

__all__ = ["YEARS", "Misread", "resolve"]

YEARS = (1000, 8999)
"""The first and the last year that a date may name. Everybody can count a day or a year on from any of them, which the ends of
``datetime`` do not allow; and 9999-12-31, which some write for "no end", is no day of any law."""

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_DIGITS = 15
"""Integers and decimals of up to 15 digits survive every reader of JSON and of floating point numbers."""

_NULLS = frozenset(("~", "null", "Null", "NULL"))
_SHOUTED = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}


@dataclass(frozen=True, slots=True)
class Misread:
    """A value that people and programs read differently: the code, what is wrong, how to mend it."""

    code: str
    message: str
    mend: str


def resolve(text: str, *, yes_no: bool = False) -> Scalar | Misread:
    """The value of an unquoted, non-empty text; ``yes_no`` accepts ``yes`` and ``no`` as truth values."""
    if text == "true" or (yes_no and text == "yes"):
        return True
    if text == "false" or (yes_no and text == "no"):
        return False
    if text in _NULLS:
        mend = f'leave the line out, or quote it if the word is meant: "{text}"'
        return Misread("yaml-null", f"`{text}` means that there is no value", mend)
    if text in _SHOUTED:
        mend = f'write {_SHOUTED[text]}, or quote it if the word is meant: "{text}"'
        return Misread("yaml-truth", f"`{text}` is not how a truth value is written here", mend)
    if _INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text):
        if sum(map(str.isdigit, text)) > _MOST_DIGITS:
            return Misread("yaml-number", f"this number has more than {_MOST_DIGITS} digits", "quote it if it is a code and not an amount")
        return float(text) if "." in text else int(text)
    if _DAY.fullmatch(text):
        try:
            day = dt.date.fromisoformat(text)
            if YEARS[0] <= day.year <= YEARS[1]:
                return day
            return Misread("yaml-date", f"the year {day.year} is none that a law or an event can name",
                           "leave the line out where no day is known, as for a measure without an end")
        except ValueError:
            return Misread("yaml-date", f"there is no day {text} in the calendar", "write year-month-day, for example 2016-08-31")
    return text
