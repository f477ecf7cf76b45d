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
    """A night as the index lists it: the number of the run whose files are shown, ``0`` where there are none; ``why`` it failed."""

    night: str
    number: int
    state: str
    new: int
    changed: int
    withdrawn: int
    reopened: int
    why: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        return self.state == "failed"

    @property
    def page(self) -> str:
        """Where its report is, seen from the index; of a night that failed, what is known of it. Empty where it left no files."""
        return f"{self.night}/{self.number}/{'quality.json' if self.failed else 'index.html'}" if self.number else ""


def merged_page(case: str, into: str) -> str:
    """The permanent page of a case that was put together with another one."""
    return render_page("nightly/merged.html", case=case, into=into)


def nights_page(nights: Sequence[NightLink], *, catalogue: bool = True) -> str:
    """The index of all nights, a calendar of each month, the newest first. ``catalogue``: whether there is one to link to."""
    known = {n.night: n for n in nights}
    months: dict[tuple[int, int], None] = {}
    for n in sorted(known, reverse=True):
        day = dt.date.fromisoformat(n)
        months[day.year, day.month] = None
    failed = [{"id": f"failed-{n.night}", "title": say.say_night(n.night), "why": n.why, "page": n.page}
              for n in sorted(nights, key=lambda n: n.night, reverse=True) if n.failed]
    report = next((known[n] for n in sorted(known, reverse=True) if known[n].page and not known[n].failed), None)
    return render_page(
        "nightly/nights.html", newest=_title(known), months=[_month(y, m, known) for y, m in months], failed=failed, catalogue=catalogue,
        alarm=failed[0] if failed and known[max(known)].failed else None, report=report.page if report else "",
        report_title=f"the report of {say.say_night(report.night)}" if report else "")


def _title(known: Mapping[str, NightLink]) -> str:
    """What the newest night brought."""
    if not known:
        return "No night was run yet"
    newest = known[max(known)]
    night = say.say_night(newest.night)
    if newest.failed:
        return f"The night of {night} failed"
    told = [f"{n:,} {word}" for n, word in _tally(newest) if n]
    return f"{', '.join(told) if told else 'Nothing changed'} on {night}"


def _tally(night: NightLink) -> tuple[tuple[int, str], ...]:
    return (night.new, "new"), (night.changed, "changed"), (night.withdrawn, "withdrawn"), (night.reopened, "reopened")


def _month(year: int, month: int, known: Mapping[str, NightLink]) -> dict[str, Any]:
    weeks = [[_day(day, known) if day.month == month else None for day in week]
             for week in calendar.Calendar().monthdatescalendar(year, month)
             if week[-1].isoformat() >= min(known) and week[0].isoformat() <= max(known)]
    return {"id": f"{year}-{month:02d}", "title": f"{calendar.month_name[month]} {year}", "weeks": weeks}


def _day(day: dt.date, known: Mapping[str, NightLink]) -> dict[str, Any]:
    night = known.get(day.isoformat())
    if night is None:
        missed = min(known) < day.isoformat() < max(known)
        return {"number": day.day, "state": "missed" if missed else "", "says": [], "shown": "not run" if missed else "", "link": ""}
    told = [f"{n:,} {word}" for n, word in _tally(night) if n]
    state = night.state if night.state != "complete" else "" if told else "quiet"
    return {"number": day.day, "state": state, "says": told, "shown": state,
            "link": f"#failed-{night.night}" if night.failed else night.page}


def _counts(n: NightLink) -> str:
    if n.failed:
        return "nothing was judged"
    return f"{n.new} new, {n.changed} changed, {n.withdrawn} withdrawn" + (f", {n.reopened} reopened" if n.reopened else "")


def feed(nights: Sequence[NightLink]) -> str:
    """The newest nights as an Atom feed; addresses in it are relative to where it lies."""
    shown = sorted((n for n in nights if n.number), key=lambda n: n.night, reverse=True)[:_ENTRIES]
    entries = [{"title": f"{_counts(n)} · {n.state} · {n.night}", "night": n.night, "number": n.number,
                "link": n.page, "summary": " ".join([f"{say.say_night(n.night)}: {_counts(n)}. {say.STATES.get(n.state, '')}", *n.why])}
               for n in shown]
    return environment().get_template("nightly/feed.xml").render(id="urn:sanctions-checker:nights", entries=entries,
                                                                 updated=f"{shown[0].night if shown else '1970-01-01'}T00:00:00Z")
