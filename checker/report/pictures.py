"""The pictures of nightly reports: plain shapes with their places and a sentence for those who do not see them. No colour is named here:
shapes have classes, the page's style has the colours, and every number that matters is also written out."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from checker.model.casefile import CaseStep
from checker.model.nightly import Count, Funnel, Link, NightBar, SourceNight
from checker.report.nightly_words import OPS, SOURCE_STATES, apart, counted
from checker.report.text import flat
from checker.report.words import iso_words

__all__ = ["Grid", "Line", "Picture", "Rect", "Text", "actors", "bars", "funnel", "grid", "strip", "timeline"]

WIDTH, _CASE = 960.0, 640.0
_LETTER = 7.3
"""Width of a letter at 13 px, rather too wide than too narrow."""

_NODES, _DAYS = 12, 6
_SIGNS = {"failed": "m-5 -5l10 10m0 -10l-10 10", "late": "m0 -7v8m0 4v2"}
"""What is drawn upon a night beside its colour: a cross, a mark of exclamation."""



@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    w: float
    h: float
    kind: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    text: str
    kind: str = ""
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Line:
    """A line or curve; ``path`` is SVG path data made of numbers only."""

    path: str
    kind: str
    tip: str = ""


@dataclass(slots=True)
class Picture:
    """``title`` names it, ``says`` tells what is in it, ``more`` what is left out of it."""

    title: str
    says: str
    height: float
    width: float = WIDTH
    more: str = ""
    shapes: list[Rect | Text | Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of numbers: the heads of its columns, and rows of a name with each number and how deep its ground is, 0 to 4."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    more: str


def _short(text: str, width: float) -> str:
    text, most = flat(text), int(width / _LETTER)
    return text if len(text) <= most else text[:max(1, most - 1)].rstrip() + "…"


def _day(night: str) -> str:
    return dt.date.fromisoformat(night).strftime("%d %b").lstrip("0")


def bars(nights: Sequence[NightBar]) -> Picture:
    """New, changed, withdrawn and reopened cases on the last nights, one column a night."""
    counts = [(n.new, n.changed, n.withdrawn, n.reopened) for n in nights]
    most = max((sum(c) for c in counts), default=0)
    new = sum(n.new for n in nights)
    missing = sum(not n.state for n in nights)
    says = (f"{counted(new, 'new case')} on the last {len(nights)} nights, at most {most} changes on one night; "
            f"{counted(nights[-1].new, 'new case')} tonight" + (f"; {counted(missing, 'night')} not run" if missing else "") + ".")
    picture = Picture("Cases on the last nights", says, 172)
    step, top, base = (WIDTH - 40) / max(1, len(nights)), 18.0, 140.0
    picture.shapes.append(Line(f"M40 {base:.1f}H{WIDTH:.1f}", "axis"))
    picture.shapes += [Text(34, base + 4, "0", "label", "end"), *([Text(34, top + 8, str(most), "label", "end")] if most else [])]
    for i, (night, parts) in enumerate(zip(nights, counts, strict=True)):
        x, y = 40 + i * step, base
        tip = f"{night.night}: {night.state or 'not run'}; " + ", ".join(
            f"{n} {word}" for n, word in zip(parts, OPS.values(), strict=True) if n) if any(parts) else f"{night.night}: " + (
                f"{night.state}, nothing changed" if night.state else "not run")
        for n, op in zip(parts, OPS, strict=True):
            height = (base - top) * n / most if most else 0.0
            if n:
                picture.shapes.append(Rect(round(x + 2, 1), round(y - height, 1), round(step - 4, 1), round(height, 1), f"op-{op}", tip))
                y -= height
        if not any(parts):
            picture.shapes.append(Rect(round(x + 2, 1), base - 3, round(step - 4, 1), 3, "none" if night.state else "gap", tip))
        if night.state in ("partial", "failed"):
            picture.shapes.append(Rect(round(x + 2, 1), base + 3, round(step - 4, 1), 4, f"state-{night.state}", tip))
        if not night.state:
            picture.shapes.append(Text(round(x + step / 2, 1), base - 6, "×", "label", "middle"))
    marks = sorted({0, len(nights) - 1, *range(len(nights) - 1, 0, -7)})
    for i in marks:
        anchor = "start" if i == 0 else "end" if i == len(nights) - 1 else "middle"
        if i in (0, len(nights) - 1) or 3 < i < len(nights) - 4:
            at = 40 + i * step + (0 if i == 0 else step if anchor == "end" else step / 2)
            picture.shapes.append(Text(round(at, 1), 163, _day(nights[i].night), "label", anchor))
    return picture


def grid(measures: Sequence[Count], night: str, weeks: int, rows: int = 12) -> Grid:
    """New cases by measure and week, with their digits; the more of the most in a week, the deeper the ground, in four steps."""
    busy = [m for m in measures if any(m.weeks)]
    most = max((n for m in busy for n in m.weeks), default=0)
    monday = dt.date.fromisoformat(night)
    monday -= dt.timedelta(days=monday.weekday())
    days = tuple(_day((monday - dt.timedelta(weeks=weeks - 1 - i)).isoformat()) for i in range(weeks))
    return Grid("New cases by measure and week, from Monday", days,
                tuple((m.title, tuple((n, 1 + min(3, n * 4 // (most + 1)) if n else 0) for n in m.weeks)) for m in busy[:rows]),
                _more(len(busy) - rows, "measure"))


def _more(number: int, what: str) -> str:
    return f"{counted(number, f'more {what}')} in report.json." if number > 0 else ""


def funnel(told: Funnel) -> Picture:
    """How many documents, events and cases came how far."""
    steps = (("documents first seen", told.documents), ("read, no copies", told.read), ("events found", told.events),
             ("events that a rule speaks of", told.spoken_of), ("flagged events", told.flagged), ("new cases", told.new))
    picture = Picture("From documents to cases", ", ".join(f"{n:,} {word}" for word, n in steps) + ".", 30.0 * len(steps))
    most = max(n for _, n in steps) or 1
    for i, (word, n) in enumerate(steps):
        width = (WIDTH - 300) * (n / most) ** .5
        picture.shapes += [Text(0, i * 30 + 19, word, "name"),
                           Text(284, i * 30 + 19, f"{n:,}", "digit", "end"),
                           Rect(296, i * 30 + 4, round(max(width, 1.5), 1), 22, "funnel", f"{n:,} {word}")]
    return picture


def strip(sources: Sequence[SourceNight]) -> list[tuple[str, Picture]]:
    """Each source on each of the last nights: read, late, empty, failed or not asked. Nights alike are one shape, so that forty sources
    stay small."""
    nights = max((len(s.history) for s in sources), default=1)
    cell, found = WIDTH / nights, []
    for source in sources:
        told = {state: [i for i, h in enumerate(source.history) if h == state] for state in dict.fromkeys(source.history)}
        says = "; ".join(f"{SOURCE_STATES[state]} on {counted(len(at), 'night')}" for state, at in told.items())
        picture = Picture(source.name, f"{says}.", 28)
        for state, at in told.items():
            box = f"h{cell - 4:.1f}v24h-{cell - 4:.1f}z"
            squares = "".join(f"M{i * cell + 2:.1f} 2{box}" for i in at)
            picture.shapes.append(Line(squares, f"source-{state or 'none'}", SOURCE_STATES[state]))
            if state in _SIGNS:
                picture.shapes.append(Line("".join(f"M{(i + .5) * cell:.1f} 14{_SIGNS[state]}" for i in at), f"sign on-{state}"))
        found.append((source.name, picture))
    return found


def actors(links: Sequence[Link]) -> Picture:
    """Who stands at either end of open cases: senders at the left, receivers at the right, twelve names at most."""
    left: list[str] = []
    right: list[str] = []
    shown: list[Link] = []
    for link in links:
        more = (link.sender not in left) + (link.receiver not in right)
        if len(left) + len(right) + more <= _NODES:
            shown.append(link)
            left += [link.sender] if link.sender not in left else []
            right += [link.receiver] if link.receiver not in right else []
    says = "; ".join(f"{a.sender} to {a.receiver}: {counted(a.open, 'open case')}" for a in shown) or "No open case has two ends"
    rows = max(len(left), len(right), 1)
    picture = Picture("Who with whom", says + ".", 34.0 * rows + 8, more=_more(len(links) - len(shown), "pair"))
    most = max((a.open for a in shown), default=1)

    def middle(side: list[str], name: str) -> float:
        return 34.0 * (rows - len(side)) / 2 + 34.0 * side.index(name) + 21

    for a in shown:
        y1, y2, heavy = middle(left, a.sender), middle(right, a.receiver), 1 + min(5, 6 * a.open // (most + 1))
        picture.shapes.append(Line(f"M352 {y1:.1f}C480 {y1:.1f} 480 {y2:.1f} 608 {y2:.1f}", f"edge edge-{heavy}{' fresh' if a.new else ''}",
                                   f"{a.sender} to {a.receiver}: {counted(a.open, 'open case')}, {a.new} new"))
    for side, x, anchor, at in ((left, 340.0, "end", 346.0), (right, 620.0, "start", 608.0)):
        for name in side:
            y = middle(side, name)
            picture.shapes += [Rect(at, y - 5, 6, 10, "node"), Text(x, y + 4.5, _short(name, 330), "name", anchor)]
    return picture


def timeline(first_day: str, last_day: str, reported: str, steps: Sequence[CaseStep]) -> Picture:
    """A case in time: when it is said to have happened, when it was first reported, and what each night did to it. The days stand at equal
    distances, with the time between them in words: years may lie between an act and its report, and one night between two reports."""
    marks = [(first_day, "said to have happened", "event")] if first_day == last_day else [
        (first_day, "earliest day told of", "event"), (last_day, "latest day told of", "event")]
    marks += [(reported[:10], "first report", "report")] if reported else []
    marks += [(s.night, OPS.get(s.op, s.op), f"op-{s.op}") for s in steps]
    days: dict[str, list[tuple[str, str]]] = {}
    for day, what, kind in sorted(marks, key=lambda m: m[0]):
        days.setdefault(day, []).append((what, kind))
    told = "; ".join(f"{iso_words(day)}: {', '.join(what for what, _ in whats)}" for day, whats in days.items())
    shown = list(days)
    left_out = len(shown) - _DAYS
    if left_out > 0:
        shown = [*shown[:_DAYS // 2], *shown[-(_DAYS // 2):]]
    more = f"{counted(left_out, 'more night')} in the history." if left_out > 0 else ""
    picture = Picture("The case in time", told + ".", 60, _CASE, more)
    step, y = (_CASE - 120) / (_DAYS - 1), 40.0
    places = {day: 60 + i * step for i, day in enumerate(shown)}
    for i, ((a, from_), (b, to)) in enumerate(pairwise(places.items()), 1):
        picture.shapes.append(Line(f"M{from_:g} {y:g}H{to:g}", "axis cut" if left_out > 0 and i == _DAYS // 2 else "axis"))
        picture.shapes.append(Text(round((from_ + to) / 2, 1), y - 7, apart(a, b), "label", "middle"))
    for day, x in places.items():
        picture.shapes.append(Text(round(x, 1), 12, f"{_day(day)} {day[:4]}", "name", "middle"))
        picture.shapes.append(Rect(round(x - 5, 1), y - 5, 10, 10, days[day][-1][1]))
        lines = [line for what, _ in days[day] for line in textwrap.wrap(what, 14)]
        for i, line in enumerate(lines):
            picture.shapes.append(Text(round(x, 1), y + 22 + 15 * i, line, "label", "middle"))
        picture.height = max(picture.height, y + 30 + 15 * (len(lines) - 1))
    return picture
