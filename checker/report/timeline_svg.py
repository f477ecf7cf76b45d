"""A timeline as SVG: shapes with their places, and the template that writes them. No script; in a page its colours come from there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from checker.model.dates import say_day
from checker.report.text import flat
from checker.report.timeline import Lane, Timeline

__all__ = ["Bar", "DateMark", "Drawing", "PointMark", "Row", "drawing"]

_WIDTH = 960.0
_NAMES = 168.0
"""Room for the headings of the lanes, at the left."""

_RIGHT = 26.0
_BAR = 20.0
_ROW = 34.0
_DATES = 18.0
"""Height of one line of dates above the lanes; dates that would overlap go to the next line."""

_LETTER = 6.3
"""Width of a letter at 12 px, rather too wide than too narrow."""

_BESIDE = 4.0
"""Between a boundary and its date."""

_SEAM = 1.5
_BEYOND = dt.date.max.toordinal()
_YEAR = 44.0
_STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Bar:
    """One span. ``text`` stands inside where there is room, ``tip`` is told by the pointer, ``open`` has an arrow at its end."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    text: str
    tip: str
    open: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The heading of a lane; ``y`` is the middle of its bars."""

    name: str
    y: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class DateMark:
    """A boundary with its date above the lanes. ``anchor`` keeps the words inside the picture."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PointMark:
    """A day with a meaning, on the line of the axis."""

    x: float
    y: float
    kind: str
    tip: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template places. ``top`` and ``bottom`` bound the lanes, ``axis`` is the line of the years."""

    id: str
    title: str
    description: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    rows: tuple[Row, ...]
    dates: tuple[DateMark, ...]
    years: tuple[tuple[float, str], ...]
    points: tuple[PointMark, ...]


def drawing(timeline: Timeline) -> Drawing:
    """The shapes of a timeline."""
    place = _Scale(timeline)
    lanes = [lane for lane in timeline.lanes if lane.spans]
    dates, lines = _dates(timeline, place)
    top = 8.0 + lines * _DATES
    rows = tuple(_row(lane, top + index * _ROW, place) for index, lane in enumerate(lanes))
    bottom = top + len(lanes) * _ROW + 2
    points = tuple(PointMark(place.x(p.day + 1), bottom, p.kind, f"{_day(p.day)}: {p.text}") for p in timeline.points)
    return Drawing(
        id=f"timeline-{timeline.rule}",
        title=f"Timeline of {timeline.rule}",
        description=timeline.describe(),
        width=_WIDTH,
        height=bottom + 26,
        left=_NAMES,
        right=_WIDTH - _RIGHT,
        top=top,
        bottom=bottom,
        rows=rows,
        dates=dates,
        years=tuple(_years(timeline, place)),
        points=points,
    )


class _Scale:
    """Days to pixels."""

    def __init__(self, timeline: Timeline) -> None:
        self._first = timeline.first
        self._last = timeline.last
        self._per_day = (_WIDTH - _NAMES - _RIGHT) / (timeline.last - timeline.first + 1)

    def x(self, day: int) -> float:
        """Where a day begins, kept inside the drawing."""
        return round(_NAMES + (max(self._first, min(day, self._last + 1)) - self._first) * self._per_day, 1)

    def beyond(self, day: int | None) -> bool:
        return day is None or day > self._last


def _row(lane: Lane, top: float, place: _Scale) -> Row:
    y = top + (_ROW - _BAR) / 2
    bars = []
    for span in lane.spans:
        x, open_ = place.x(span.first), place.beyond(span.last)
        # a hair of ground shows between two periods that follow one another
        end = place.x(_BEYOND) if span.last is None or open_ else place.x(span.last + 1) - _SEAM
        width = round(max(2.0, end - x), 1)
        label = flat(span.label)
        shown = label if span.kind not in ("contested", "exemption") and len(label) * _LETTER + 16 <= width else ""
        until = "" if span.last is None else f" to {_day(span.last)}"
        bars.append(Bar(x, y, width, _BAR, span.kind, shown, f"{_day(span.first)}{until or ' on'}: {flat(span.text)}", open_))
    return Row(_cut(flat(lane.name)), y + _BAR / 2, tuple(bars))


def _cut(name: str) -> str:
    room = int((_NAMES - 16) / _LETTER)
    return name if len(name) <= room else f"{name[: room - 1]}…"


def _dates(timeline: Timeline, place: _Scale) -> tuple[tuple[DateMark, ...], int]:
    """The boundaries with their dates, on as few lines as keep them apart, and how many lines that takes."""
    ends: list[float] = []
    placed: list[tuple[float, int, str, str]] = []
    for change in timeline.changes:
        if not timeline.first <= change.day <= timeline.last:
            continue
        x, text = place.x(change.day), _short(change.day)
        wide = len(text) * _LETTER
        anchor = "end" if x + wide > _WIDTH - 4 else "start"
        start = x - wide - _BESIDE if anchor == "end" else x + _BESIDE
        line = next((n for n, end in enumerate(ends) if end + 2 * _BESIDE <= start), len(ends))
        ends[line:line + 1] = [start + wide]
        placed.append((x, line, text, anchor))
    lines = max(1, len(ends))
    # the first line is the nearest to the lanes
    return tuple(DateMark(x, 8 + (lines - line) * _DATES - 6, text, anchor) for x, line, text, anchor in placed), lines


def _years(timeline: Timeline, place: _Scale) -> list[tuple[float, str]]:
    first, last = (dt.date.fromordinal(day).year for day in (timeline.first, timeline.last))
    room = _WIDTH - _NAMES - _RIGHT
    step = next((s for s in _STEPS if room * s >= _YEAR * (last - first + 1)), _STEPS[-1])
    return [(place.x(dt.date(year, 1, 1).toordinal()), str(year)) for year in range(first + 1, last + 1) if year % step == 0]


def _short(day: int) -> str:
    date = dt.date.fromordinal(day)
    return f"{date.day} {date:%b} {date.year}"


def _day(day: int) -> str:
    return say_day(dt.date.fromordinal(day))
