"""Dates in running text: absolute ("2/11/2022", "Nov. 2, 2022"), partial ("in August") and relative ("last month", "Rabu").

Partial and relative dates are resolved against the day of publication. Month, weekday and relative words come from the packs.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.extract.amounts import reckon
from checker.extract.tokens import Token
from checker.model.dates import DateRange

__all__ = ["DateMention", "find_dates"]

_NUMERIC = re.compile(r"(?<![\d.,/-])(?:(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d{2})|((?:19|20)\d{2})-(\d{2})-(\d{2}))(?![\d/-])")
_YEARS = (1945, 2100)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at tokens ``first`` to ``last`` (both included). ``relative``: resolved with the help of the publication date."""

    first: int
    last: int
    start: int
    end: int
    range: DateRange
    relative: bool


def find_dates(tokens: Sequence[Token], folded: str, anchor: DateRange | None, month_first: bool = False) -> list[DateMention]:
    """All dates among the tokens of one sentence, joined where words such as "since" or "between" make one period of them."""
    found: list[DateMention] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        mention = _at(tokens, i, folded, anchor, month_first) if _dated(token) else None
        if mention is None:
            i += 1
            continue
        found.append(mention)
        i = mention.last + 1
    return _periods(tokens, found, anchor)


def _dated(token: Token) -> bool:
    """Whether a date may begin with a word: most do not, and are passed over at once."""
    for entry in token.entries:
        if entry.kind in _DATED:
            return True
    return token.is_number


def _at(tokens: Sequence[Token], i: int, folded: str, anchor: DateRange | None, month_first: bool) -> DateMention | None:
    token = tokens[i]
    _, behind = _figure(tokens, i)
    if i < behind < len(tokens) and any(tokens[behind].has("dateword", sign) for sign in _SIGNS):
        return _signed(tokens, i, anchor)
    if token.is_number:
        numeric = _NUMERIC.match(folded, token.start, token.start + 12)
        if numeric:
            return _numeric(tokens, i, numeric, month_first)
        return _day_month(tokens, i, anchor)
    if token.has("month"):
        return _month(tokens, i, anchor)
    if token.has("weekday"):
        return _weekday(tokens, i, anchor)
    if token.has("reldate"):
        return _relative(tokens, i, anchor)
    return None


_DATED = frozenset({"numeral", "month", "weekday", "reldate"})
_SIGNS = ("year_sign", "month_sign", "day_sign")


def _figure(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    """A number of at most four digits at ``i``, written in figures or words, and the token behind it; ``(0, i)`` if there is none."""
    if i < len(tokens) and tokens[i].is_number:
        return (int(tokens[i].low), i + 1) if tokens[i].low.isdecimal() and len(tokens[i].low) <= 4 else (0, i)
    j, figures = i, []
    while j < len(tokens) and j - i < 4 and tokens[j].has("numeral") and ":" not in tokens[j].values("numeral")[0]:
        figures.append(float(tokens[j].values("numeral")[0]))
        j += 1
    return (int(reckon(figures)), j) if figures and reckon(figures) < 10_000 else (0, i)


def _signed(tokens: Sequence[Token], i: int, anchor: DateRange | None) -> DateMention | None:
    """Numbers with a sign behind each, from wide to narrow, as in Chinese, Japanese and Korean; a word such as "last year" may
    stand for the year."""
    parts: dict[str, int] = {}
    j, last = i, i
    while True:
        figure, behind = _figure(tokens, j)
        if behind == j or behind >= len(tokens):
            break
        sign = next((s for s in _SIGNS if tokens[behind].has("dateword", s)), "")
        if not sign or sign in parts or (parts and _SIGNS.index(sign) < _SIGNS.index(max(parts, key=_SIGNS.index))):
            break
        parts[sign], last = figure, behind
        j = behind + 1
    year, month, day = (parts.get(sign, 0) for sign in _SIGNS)
    first, before = i, tokens[i - 1].values("reldate")[:1] if i else ()
    if not year and before and before[0] in ("year:-1", "year:0") and anchor is not None:
        first, year = i - 1, anchor.last_day.year + int(before[0].partition(":")[2])
    told = bool(year)
    if month > 12 or (not year and anchor is None) or (year and not _YEARS[0] <= year <= _YEARS[1]):
        return None
    if day and not month:  # "on the 18th": of this month, or of the last one
        if anchor is None or day > 31:
            return None
        base = anchor.last_day
        index = base.year * 12 + base.month - 1 - (day > base.day)
        year, month = index // 12, index % 12 + 1
    year = _past(year, month, day, anchor)
    if not year or not (month or parts.get("year_sign")):
        return None
    return _mention(tokens, first, last, _day(year, month, day) if day else _span(year, month), not told)


def _mention(tokens: Sequence[Token], i: int, j: int, days: DateRange | None, relative: bool) -> DateMention | None:
    return None if days is None else DateMention(i, j, tokens[i].start, tokens[j].end, days, relative)


def _day(year: int, month: int, day: int) -> DateRange | None:
    try:
        return DateRange.of(dt.date(year, month, day)) if _YEARS[0] <= year <= _YEARS[1] else None
    except ValueError:
        return None


def _span(year: int, month: int = 0) -> DateRange:
    if month:
        return DateRange.of(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
    return DateRange.of(dt.date(year, 1, 1), dt.date(year, 12, 31))


def _numeric(tokens: Sequence[Token], i: int, found: re.Match[str], month_first: bool) -> DateMention | None:
    d, m, y, year, month, day = found.groups()
    if year:
        days = _day(int(year), int(month), int(day))
    else:
        days = _day(int(y), int(d), int(m)) if month_first else _day(int(y), int(m), int(d))
        days = days or _day(int(y), int(d), int(m))
    last = i
    while last + 1 < len(tokens) and tokens[last + 1].start < found.end():
        last += 1
    return _mention(tokens, i, last, days, False)


def _year_at(tokens: Sequence[Token], i: int) -> int:
    if i < len(tokens) and re.fullmatch(r"\d{4}", tokens[i].low) and _YEARS[0] <= int(tokens[i].low) <= _YEARS[1]:
        return int(tokens[i].low)
    return 0


def _skip(tokens: Sequence[Token], i: int) -> int:
    """Past a comma, a full stop of an abbreviation, or a linking word ("of", "de")."""
    while i < len(tokens) and (tokens[i].low in {",", ".", "st", "nd", "rd", "th"} or tokens[i].has("dateword", "link")):
        i += 1
    return i


def _past(year: int, month: int, day: int, anchor: DateRange | None) -> int:
    """The year that puts a date without one nearest before the day of publication."""
    if year or anchor is None:
        return year
    last = anchor.last_day
    return last.year if (month, day or 1) <= (last.month, last.day) else last.year - 1


def _day_month(tokens: Sequence[Token], i: int, anchor: DateRange | None) -> DateMention | None:
    text = tokens[i].low
    if text.isascii() and text.isdigit() and int(text) <= 31:
        j = _skip(tokens, i + 1)
        if j < len(tokens) and tokens[j].has("month") and j - i <= 2:
            month = int(tokens[j].values("month")[0])
            k = _skip(tokens, j + 1)
            year = _year_at(tokens, k)
            last = k if year else j
            year = _past(year, month, int(text), anchor)
            return _mention(tokens, i, last, _day(year, month, int(text)) if year else None, last == j)
    year = _year_at(tokens, i)
    before = tokens[i - 1] if i else None
    if year and before is not None and (before.has("marker", "in") or before.has("dateword") or before.low == "("):
        return _mention(tokens, i, i, _span(year), False)
    return None


def _month(tokens: Sequence[Token], i: int, anchor: DateRange | None) -> DateMention | None:
    month = int(tokens[i].values("month")[0])
    j = _skip(tokens, i + 1)
    year, last, day = 0, i, 0
    if j < len(tokens) and j <= i + 2 and re.fullmatch(r"\d{1,2}", tokens[j].low) and 0 < int(tokens[j].low) <= 31:
        day, last = int(tokens[j].low), j
        k = _skip(tokens, j + 1)
        year = _year_at(tokens, k)
        last = k if year else last
    elif (year := _year_at(tokens, j)) != 0:
        last = j
    elif j < len(tokens) and tokens[j].has("reldate") and anchor is not None:
        shift = tokens[j].values("reldate")[0]
        if shift in {"year:-1", "year:0"}:
            year, last = anchor.last_day.year + int(shift.partition(":")[2]), j
    small = any(e.kind == "month" and e.form == "small" for e in tokens[i].entries)
    if not day and not year and not small and not (tokens[i].capital and (i == 0 or not tokens[i - 1].capital or tokens[i - 1].entries)):
        return None
    if not day and not year and len(tokens[i].low) <= 3 and not (i and tokens[i - 1].has("marker", "in")):
        return None  # short months without company are ordinary words
    if not day and not year and i and not _introduces(tokens[i - 1]):
        return None
    relative = year == 0
    year = _past(year, month, day, anchor)
    if not year:
        return None
    return _mention(tokens, i, last, _day(year, month, day) if day else _span(year, month), relative)


def _introduces(token: Token) -> bool:
    return token.has("marker") or token.has("dateword") or token.has("weekday") or token.low in {",", "("} or token.has("reldate")


def _weekday(tokens: Sequence[Token], i: int, anchor: DateRange | None) -> DateMention | None:
    """The last such day up to the day of publication; a full date in brackets or after a comma speaks for itself."""
    if anchor is None or not anchor.is_day:
        return None
    back = (anchor.last_day.weekday() - int(tokens[i].values("weekday")[0])) % 7
    return _mention(tokens, i, i, DateRange(anchor.last - back, anchor.last - back), True)


def _relative(tokens: Sequence[Token], i: int, anchor: DateRange | None) -> DateMention | None:
    """``unit:shift`` of the pack: ``day:-1`` yesterday, ``week:-1``, ``month:0``, ``year:-1``."""
    if anchor is None:
        return None
    unit, _, shift = tokens[i].values("reldate")[0].partition(":")
    by, base = int(shift or 0), anchor.last_day
    if unit == "day":
        days: DateRange | None = DateRange(anchor.first + by, anchor.last + by)
    elif unit == "week":
        monday = anchor.last - base.weekday() + 7 * by
        days = DateRange(monday, monday + 6)
    elif unit == "month":
        index = base.year * 12 + base.month - 1 + by
        days = _span(index // 12, index % 12 + 1)
    else:
        days = _span(base.year + by)
    return _mention(tokens, i, i, days, True)


def _periods(tokens: Sequence[Token], found: list[DateMention], anchor: DateRange | None) -> list[DateMention]:
    """Join "Wednesday (2/11/2022)", "between March and October", and stretch "since 2023" to the day of publication."""
    joined: list[DateMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        gap = tokens[last.last + 1:mention.first] if last else ()
        before = tokens[last.first - 1] if last and last.first else None
        if last and len(gap) <= 1 and all(t.low in {",", "("} for t in gap) and last.relative:
            joined[-1] = DateMention(last.first, mention.last, last.start, mention.end, mention.range, mention.relative)
        elif last and len(gap) == 1 and _to(last, mention, before, gap[0]):
            joined[-1] = _join(last, mention)
        else:
            joined.append(mention)
    return [_since(tokens, m, anchor) for m in joined]


def _to(a: DateMention, b: DateMention, before: Token | None, link: Token) -> bool:
    """"between a and b", "a to b": b comes later, or the year of a is only guessed."""
    ordered = a.range.first <= b.range.last
    between = before is not None and before.has("dateword", "between")
    return (between and (a.relative or ordered)) or (link.has("dateword", "to") and ordered)


def _join(a: DateMention, b: DateMention) -> DateMention:
    first = a.range.first
    if a.relative and b.range.last_day.year != a.range.first_day.year:  # "between March and October last year"
        day = a.range.first_day
        first = dt.date(b.range.last_day.year, day.month, 1).toordinal()
    return DateMention(a.first, b.last, a.start, b.end, DateRange(min(first, b.range.last), b.range.last), a.relative or b.relative)


def _since(tokens: Sequence[Token], mention: DateMention, anchor: DateRange | None) -> DateMention:
    words = tokens[max(0, mention.first - 3):mention.first]
    words = words[max((k + 1 for k, t in enumerate(words) if t.has("actor") or t.has("goods") or t.has("trigger")), default=0):]
    behind = tokens[mention.last + 1:mention.last + 2]
    since = any(t.has("dateword", "since") for t in words) or any(t.has("dateword", "since_after") for t in behind)
    if anchor is None or mention.range.first > anchor.last or not since:
        return mention
    return replace(mention, range=DateRange(mention.range.first, anchor.last))
