"""A timeline drawn with characters, for terminals."""

from __future__ import annotations

import datetime as dt
import textwrap

from checker.report.text import flat
from checker.report.timeline import Kind, Lane, Point, Span, Timeline

__all__ = ["draw"]

_BLOCKS: dict[Kind, str] = {"decides": "█", "demands": "▓", "clarifies": "▒", "calls_upon": "░", "unverified": "·", "contested": "╱",
                            "exemption": "─"}
_PLAIN: dict[Kind, str] = {"decides": "#", "demands": "=", "clarifies": "~", "calls_upon": ":", "unverified": ".", "contested": "/",
                           "exemption": "-"}
_WORDS: dict[Kind, str] = {"decides": "the Council decides", "demands": "the Council demands", "clarifies": "a clarification",
                           "calls_upon": "a call, not binding", "unverified": "renewal not verified", "contested": "disputed",
                           "exemption": "exemption"}
_POINTS = {"due": ("◆", "*", "last day in time"), "known_until": ("◇", "o", "renewal known until here"),
           "on": ("▼", "v", "the day asked for")}
_NAMES = 22
_STEPS = (1, 2, 5, 10, 20, 50, 100)
_YEAR = 6
"""Columns that a year takes on the axis, with the space behind it."""


def draw(timeline: Timeline, width: int = 100, *, plain: bool = False) -> str:
    """The drawing and, below it, what changed at each boundary. ``plain``: nothing but ASCII."""
    picture = _Picture(timeline, max(24, width - _name_width(timeline) - 3), plain)
    return "\n".join([*picture.lanes(), *picture.axis(), "", *picture.legend(width), "", *changes(timeline, width)]) + "\n"


def changes(timeline: Timeline, width: int) -> list[str]:
    """Each boundary with what is different from it on, wrapped to the width."""
    lines = []
    for change in timeline.changes:
        head = f"{dt.date.fromordinal(change.day).isoformat()}  "
        for text in change.texts:
            lines += textwrap.wrap(flat(text), max(40, width), initial_indent=head, subsequent_indent=" " * 12) or [head]
            head = " " * 12
    return lines


def _name_width(timeline: Timeline) -> int:
    return min(_NAMES, max(len(lane.name) for lane in timeline.lanes))


class _Picture:
    """One drawing: how wide, in which characters."""

    def __init__(self, timeline: Timeline, columns: int, plain: bool) -> None:
        self._timeline = timeline
        self._columns = columns
        self._plain = plain
        self._fill = _PLAIN if plain else _BLOCKS
        self._names = _name_width(timeline)

    def column(self, day: int) -> int:
        """The column of a day, inside the drawing."""
        whole = self._timeline.last - self._timeline.first + 1
        return max(0, min(self._columns - 1, (day - self._timeline.first) * self._columns // whole))

    def lanes(self) -> list[str]:
        lines = [self._line(lane.name, self._lane(lane)) for lane in self._timeline.lanes if lane.spans]
        return lines + ([self._line("", self._marks(self._timeline.points))] if self._timeline.points else [])

    def _line(self, name: str, cells: str) -> str:
        cut = flat(name)
        cut = cut if len(cut) <= self._names else cut[: self._names - 1] + ("." if self._plain else "…")
        return f" {cut:<{self._names}}  {cells}".rstrip()

    def _lane(self, lane: Lane) -> str:
        cells = [" "] * self._columns
        for span in lane.spans:
            self._draw(cells, span)
        return "".join(cells)

    def _draw(self, cells: list[str], span: Span) -> None:
        start = self.column(span.first)
        end = self._columns - 1 if span.last is None else self.column(span.last)
        cells[start : end + 1] = self._fill[span.kind] * (end + 1 - start)
        if span.kind == "exemption":
            cells[start] = "|" if self._plain else "├"
        elif span.kind != "contested":  # where one period follows another, its first column shows the seam
            cells[start] = "|" if self._plain else "▌"
        if span.last is None or span.last > self._timeline.last:
            cells[end] = ">" if self._plain else "▶"
        elif span.kind == "exemption":
            cells[end] = "|" if self._plain else "┤"

    def _marks(self, points: tuple[Point, ...]) -> str:
        cells = [" "] * self._columns
        for point in points:
            if self._timeline.first <= point.day <= self._timeline.last:
                cells[self.column(point.day)] = _POINTS[point.kind][1 if self._plain else 0]
        return "".join(cells)

    def axis(self) -> list[str]:
        """Ticks on the first of January, every year or every few."""
        first, last = (dt.date.fromordinal(day).year for day in (self._timeline.first, self._timeline.last))
        step = next((s for s in _STEPS if self._columns * s >= _YEAR * (last - first + 1)), _STEPS[-1])
        ticks, years = [" "] * self._columns, [" "] * (self._columns + _YEAR)
        for year in range(first + 1, last + 1):
            at = self.column(dt.date(year, 1, 1).toordinal())
            if year % step == 0 and at <= self._columns - 4:
                ticks[at] = "+" if self._plain else "┴"
                years[at : at + 4] = str(year)
        rule = "-" if self._plain else "─"
        return [self._line("", "".join(t if t != " " else rule for t in ticks)), self._line("", "".join(years))]

    def legend(self, width: int) -> list[str]:
        """What the characters mean that the drawing uses, on as many lines as that takes."""
        used = dict.fromkeys(span.kind for lane in self._timeline.lanes for span in lane.spans)
        parts = [f"{self._fill[kind] * 2} {_WORDS[kind]}" for kind in used]
        points = dict.fromkeys(point.kind for point in self._timeline.points)
        parts += [f"{_POINTS[kind][1 if self._plain else 0]} {_POINTS[kind][2]}" for kind in points]
        lines: list[str] = []
        for part in parts:
            if lines and len(lines[-1]) + 3 + len(part) <= width:
                lines[-1] += f"   {part}"
            else:
                lines.append(f" {part}")
        return lines
