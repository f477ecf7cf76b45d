"""The pictures of nightly reports: plain shapes with their places and a sentence for those who do not see them. No colour is named here:
shapes have classes, the page's style has the colours, and every number that matters is also written out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from checker.model.casefile import CaseStep
from checker.model.dates import say_day
from checker.model.nightly import Count, Funnel, Link, NightBar, SourceNight
from checker.report.nightly_words import OPS, SOURCE_STATES, counted
from checker.report.text import flat

__all__ = ["Line", "Picture", "Rect", "Text", "actors", "bars", "funnel", "grid", "strip", "timeline"]

WIDTH, _CASE = 960.0, 640.0
_LETTER = 7.3
"""Width of a letter at 13 px, rather too wide than too narrow."""

_NODES = 12


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
    """``title`` names it, ``says`` tells what is in it."""

    title: str
    says: str
    height: float
    width: float = WIDTH
    shapes: list[Rect | Text | Line] = field(default_factory=list)


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


def grid(measures: Sequence[Count], night: str, weeks: int, rows: int = 12) -> Picture:
    """New cases by measure and week, with their digits."""
    shown = [m for m in measures if any(m.weeks)][:rows]
    left, cell, row = 430.0, (WIDTH - 430.0) / weeks, 28.0
    most = max((n for m in shown for n in m.weeks), default=0)
    monday = dt.date.fromisoformat(night)
    monday -= dt.timedelta(days=monday.weekday())
    says = "; ".join(f"{m.title}: {sum(m.weeks)} in {weeks} weeks, {m.weeks[-1]} in this one" for m in shown) or "No new cases"
    picture = Picture("New cases by measure and week", says + ".", 26 + row * len(shown))
    for i in range(weeks):
        start = monday - dt.timedelta(weeks=weeks - 1 - i)
        picture.shapes.append(Text(round(left + (i + .5) * cell, 1), 14, _day(start.isoformat()), "label", "middle"))
    for r, m in enumerate(shown):
        y = 22 + r * row
        picture.shapes.append(Text(0, y + 18, _short(m.title, left - 12), "name"))
        for i, n in enumerate(m.weeks):
            level = 0 if not n else 1 + min(3, n * 4 // (most + 1))
            picture.shapes.append(Rect(round(left + i * cell + 1, 1), y + 1, round(cell - 2, 1), row - 2, f"heat-{level}",
                                       f"{m.title}: {n} in the week of {_day((monday - dt.timedelta(weeks=weeks - 1 - i)).isoformat())}"))
            if n:
                picture.shapes.append(Text(round(left + (i + .5) * cell, 1), y + 18, str(n), f"digit heat-text-{level}", "middle"))
    return picture


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
    """Each source on each of the last nights: read, late, empty, failed or not asked."""
    nights = max((len(s.history) for s in sources), default=0)
    bad = [f"{s.name} failed on {counted(sum(h == 'failed' for h in s.history), 'night')}" for s in sources if "failed" in s.history]
    says = f"{counted(len(sources), 'source')} on the last {nights} nights: {'; '.join(bad) if bad else 'none failed'}."
    picture = Picture("Sources on the last nights", says, 22.0 * max(1, len(sources)) + 4)
    left, cell = 230.0, (WIDTH - 230.0) / max(1, nights)
    for r, source in enumerate(sources):
        y = r * 22.0
        picture.shapes.append(Text(0, y + 16, _short(source.name, left - 12), "name"))
        for i, state in enumerate(source.history):
            tip = f"{source.name}, {counted(nights - 1 - i, 'night')} ago: {SOURCE_STATES[state]}"
            picture.shapes.append(Rect(round(left + i * cell + 1, 1), y + 3, round(cell - 2, 1), 16, f"source-{state or 'none'}", tip))
            if state in ("failed", "late"):
                picture.shapes.append(Text(round(left + (i + .5) * cell, 1), y + 15.5, "×" if state == "failed" else "!", "sign", "middle"))
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
    picture = Picture("Who with whom", says + ".", 34.0 * rows + 8)
    most = max((a.open for a in shown), default=1)

    def middle(side: list[str], name: str) -> float:
        return 34.0 * (rows - len(side)) / 2 + 34.0 * side.index(name) + 21

    for a in shown:
        y1, y2, heavy = middle(left, a.sender), middle(right, a.receiver), 1 + min(5, 6 * a.open // (most + 1))
        picture.shapes.append(Line(f"M262 {y1:.1f}C480 {y1:.1f} 480 {y2:.1f} 698 {y2:.1f}", f"edge edge-{heavy}{' fresh' if a.new else ''}",
                                   f"{a.sender} to {a.receiver}: {counted(a.open, 'open case')}, {a.new} new"))
    for side, x, anchor, at in ((left, 252.0, "end", 256.0), (right, 708.0, "start", 698.0)):
        for name in side:
            y = middle(side, name)
            picture.shapes += [Rect(at, y - 5, 6, 10, "node"), Text(x, y + 4.5, _short(name, 240), "name", anchor)]
    return picture


def timeline(first_day: str, last_day: str, reported: str, steps: Sequence[CaseStep]) -> Picture:
    """A case in time: when it is said to have happened, when it was first reported, and what each night did to it."""
    days = [dt.date.fromisoformat(d) for d in (first_day, last_day, *(s.night for s in steps))]
    days += [dt.date.fromisoformat(reported[:10])] if reported else []
    low, high = min(days), max(days)
    span = max(1, (high - low).days)

    def at(day: str) -> float:
        return round(60 + (_CASE - 120) * (dt.date.fromisoformat(day[:10]) - low).days / span, 1)

    marks = [(first_day, "said to have happened", "event"), *([(reported, "first report", "report")] if reported else []),
             *((s.night, OPS.get(s.op, s.op), f"op-{s.op}") for s in steps)]
    told = "; ".join(f"{what} {say_day(dt.date.fromisoformat(day[:10]))}" for day, what, _ in marks)
    picture = Picture("The case in time", told[:1].upper() + told[1:] + ".", 96, _CASE)
    picture.shapes.append(Line(f"M60 48H{_CASE - 60:.0f}", "axis"))
    if first_day != last_day:
        picture.shapes.append(Rect(at(first_day), 44, max(2.0, round(at(last_day) - at(first_day), 1)), 8, "event",
                                   f"told of days from {first_day} to {last_day}"))
    free = {True: -1e9, False: -1e9}
    for i, (day, what, kind) in enumerate(sorted(marks, key=lambda m: m[0][:10])):
        x, above = at(day), i % 2 == 0
        picture.shapes.append(Rect(round(x - 4, 1), 44, 8, 8, kind, f"{day[:10]}: {what}"))
        label = f"{_day(day[:10])} {what}"
        width = len(label) * _LETTER
        anchor = "start" if x < 60 + width / 2 else "end" if x > _CASE - 60 - width / 2 else "middle"
        start = x if anchor == "start" else x - width if anchor == "end" else x - width / 2
        if start > free[above]:
            picture.shapes.append(Text(x, 32 if above else 74, label, "label", anchor))
            free[above] = start + width + 6
    return picture
