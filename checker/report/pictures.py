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

__all__ = ["Line", "Picture", "Rect", "Text", "actors", "bars", "funnel", "grid", "strip", "timeline"]

WIDTH, _CASE = 960.0, 640.0
_LETTER = 7.3
"""Width of a letter at 13 px, rather too wide than too narrow."""

_NODES, _DAYS = 12, 6


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


def _short(text: str, width: float) -> str:
    text, most = flat(text), int(width / _LETTER)
    return text if len(text) <= most else text[:max(1, most - 1)].rstrip() + "…"


def _lines(text: str, width: float, most: int = 2) -> list[str]:
    """The text in at most so many lines of a width."""
    lines = textwrap.wrap(flat(text), int(width / _LETTER)) or [""]
    return lines if len(lines) <= most else [*lines[:most - 1], _short(" ".join(lines[most - 1:]), width)]


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


def grid(measures: Sequence[Count], night: str, weeks: int, rows: int = 12) -> Picture:
    """New cases by measure and week, with their digits."""
    busy = [m for m in measures if any(m.weeks)]
    shown = busy[:rows]
    left, cell, line = 430.0, (WIDTH - 430.0) / weeks, 16.0
    most = max((n for m in shown for n in m.weeks), default=0)
    monday = dt.date.fromisoformat(night)
    monday -= dt.timedelta(days=monday.weekday())
    mondays = [_day((monday - dt.timedelta(weeks=weeks - 1 - i)).isoformat()) for i in range(weeks)]
    says = "; ".join(f"{m.title}: {sum(m.weeks)} in {weeks} weeks, {m.weeks[-1]} in this one" for m in shown) or "No new cases"
    picture = Picture("New cases by measure and week", says + ".", 24, more=_more(len(busy) - rows, "measure"))
    for i, day in enumerate(mondays):
        picture.shapes.append(Text(round(left + (i + .5) * cell, 1), 14, day, "label", "middle"))
    for m in shown:
        y, name = picture.height, _lines(m.title, left - 16)
        row = 12 + line * len(name)
        for i, text in enumerate(name):
            picture.shapes.append(Text(0, y + 18 + line * i, text, "name"))
        for i, n in enumerate(m.weeks):
            level = 0 if not n else 1 + min(3, n * 4 // (most + 1))
            picture.shapes.append(Rect(round(left + i * cell + 1, 1), y + 1, round(cell - 2, 1), row - 2, f"heat-{level}",
                                       f"{m.title}: {n} in the week of {mondays[i]}" if n else ""))
            if n:
                picture.shapes.append(Text(round(left + (i + .5) * cell, 1), y + row / 2 + 4, str(n), f"digit heat-text-{level}", "middle"))
        picture.height += row
    return picture


def _more(number: int, what: str) -> str:
    return f"{counted(number, f'more {what}')} in report.json." if number > 0 else ""


def funnel(told: Funnel) -> Picture:
    """How many documents, events and cases came how far."""
    steps = (("documents first seen", told.documents), ("read, no copies", told.read), ("events found", told.events),
             ("events that a rule speaks of", told.spoken_of), ("flagged events", told.flagged), ("new cases", told.new))
    picture = Picture("From documents to cases", ", ".join(f"{n:,} {word}" for word, n in steps) + ".", 30.0 * len(steps))
    most = max(n for _, n in steps) or 1
    for i, (word, n) in enumerate(steps):
        width = (WIDTH - 330) * (n / most) ** .5
        picture.shapes += [Text(0, i * 30 + 19, word, "name"),
                           Rect(230, i * 30 + 4, round(max(width, 1.5), 1), 22, "funnel", f"{n:,} {word}"),
                           Text(round(230 + max(width, 1.5) + 8, 1), i * 30 + 19, f"{n:,}", "digit")]
    return picture


def strip(sources: Sequence[SourceNight]) -> Picture:
    """Each source on each of the last nights: read, late, empty, failed or not asked. Nights alike are one shape, so that forty sources
    stay small."""
    nights = max((len(s.history) for s in sources), default=0)
    bad = [f"{s.name} failed on {counted(sum(h == 'failed' for h in s.history), 'night')}" for s in sources if "failed" in s.history]
    says = f"{counted(len(sources), 'source')} on the last {nights} nights: {'; '.join(bad) if bad else 'none failed'}."
    picture = Picture("Sources on the last nights", says, 22.0 * max(1, len(sources)) + 4)
    left, cell = 230.0, (WIDTH - 230.0) / max(1, nights)
    for r, source in enumerate(sources):
        y = r * 22.0
        picture.shapes.append(Text(0, y + 16, _short(source.name, left - 12), "name"))
        for state in dict.fromkeys(source.history):
            at = [round(left + i * cell + 1, 1) for i, h in enumerate(source.history) if h == state]
            box = f"h{cell - 2:.1f}v16h-{cell - 2:.1f}z"
            picture.shapes.append(Line("".join(f"M{x:g} {y + 3:g}{box}" for x in at), f"source-{state or 'none'}",
                                       f"{source.name}: {SOURCE_STATES[state]} on {counted(len(at), 'night')}"))
            if state in ("failed", "late"):
                sign = "×" if state == "failed" else "!"
                picture.shapes += [Text(round(x + cell / 2 - 1, 1), y + 15.5, sign, f"sign on-{state}", "middle") for x in at]
    return picture


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
