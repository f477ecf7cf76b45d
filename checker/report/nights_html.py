"""The index of all nights, the feed, and pages of cases that lead to another one."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.report import nightly_words as say
from checker.report.environment import environment
from checker.report.nightly_html import render_page

__all__ = ["NightLink", "feed", "merged_page", "nights_page"]

_ENTRIES = 30


@dataclass(frozen=True, slots=True)
class NightLink:
    """A night as the index lists it: the number of the run whose files are shown, ``0`` where there are none."""

    night: str
    number: int
    state: str
    new: int
    changed: int
    withdrawn: int
    reopened: int


def merged_page(case: str, into: str) -> str:
    """The permanent page of a case that was put together with another one."""
    return render_page("nightly/merged.html", case=case, into=into)


def nights_page(nights: Sequence[NightLink]) -> str:
    """The index of all nights, a calendar of each month, the newest first."""
    known = {n.night: n for n in nights}
    months: dict[tuple[int, int], None] = {}
    for n in sorted(known, reverse=True):
        day = dt.date.fromisoformat(n)
        months[day.year, day.month] = None
    newest = max(known, default="")
    title = "No night was run yet" if not newest else f"{say.counted(known[newest].new, 'new case')} on {say.say_night(newest)}"
    link = f"{newest}/{known[newest].number}/index.html" if newest and known[newest].number else ""
    return render_page("nightly/nights.html", newest=title, link=link, months=[_month(y, m, known) for y, m in months])


def _month(year: int, month: int, known: Mapping[str, NightLink]) -> dict[str, Any]:
    weeks = [[_day(day, known) if day.month == month else None for day in week]
             for week in calendar.Calendar().monthdatescalendar(year, month)]
    return {"id": f"{year}-{month:02d}", "title": f"{calendar.month_name[month]} {year}", "weeks": weeks}


def _day(day: dt.date, known: Mapping[str, NightLink]) -> dict[str, Any]:
    night = known.get(day.isoformat())
    if night is None:
        missed = min(known) < day.isoformat() < max(known)
        return {"number": day.day, "state": "missed" if missed else "", "says": "not run" if missed else "", "link": ""}
    counts = ((night.new, "new"), (night.changed, "changed"), (night.withdrawn, "withdrawn"), (night.reopened, "reopened"))
    state = night.state if night.state != "complete" else "" if any(n for n, _ in counts) else "quiet"
    shown = night.number and night.state != "failed"
    return {"number": day.day, "state": state, "says": ", ".join(f"{n} {word}" for n, word in counts if n) or state or "quiet",
            "link": f"{night.night}/{night.number}/index.html" if shown else ""}


def _counts(n: NightLink) -> str:
    return f"{n.new} new, {n.changed} changed, {n.withdrawn} withdrawn" + (f", {n.reopened} reopened" if n.reopened else "")


def feed(nights: Sequence[NightLink]) -> str:
    """The newest nights as an Atom feed; addresses in it are relative to where it lies."""
    shown = sorted((n for n in nights if n.number), key=lambda n: n.night, reverse=True)[:_ENTRIES]
    entries = [{"title": f"{_counts(n)} · {n.state} · {n.night}", "night": n.night, "number": n.number,
                "link": f"{n.night}/{n.number}/index.html",
                "summary": f"{say.say_night(n.night)}: {_counts(n)}. {say.STATES.get(n.state, '')}"} for n in shown]
    return environment().get_template("nightly/feed.xml").render(id="urn:sanctions-checker:nights", entries=entries,
                                                                 updated=f"{shown[0].night if shown else '1970-01-01'}T00:00:00Z")
