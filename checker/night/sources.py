"""Reading a source of a night: what it has that is new, whether that is as much as usual, and what went wrong. Nothing is raised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from checker.cases.documents import Incoming
from checker.night.config_model import SourceConfig
from checker.night.sources_files import FileReading, Readers, load_table
from checker.night.sources_items import Labels
from checker.night.sources_state import SourceState, identity, keep_state, load_state
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from checker.night.fetch import Fetcher
    from checker.vocabulary.events import EventReader

__all__ = ["SourceResult", "SourceState", "Status", "keep_state", "load_state", "read_source"]

Status = Literal["ok", "late", "empty", "failed"]
_EXTRA = 'it needs the optional part \'feeds\': python -m pip install "sanctions-checker[feeds]"'
_Items = list[Incoming | Problem]


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What a source gave.

    ``status``: ``failed`` (``error`` says why; there may be items all the same), ``empty`` (nothing new), ``late`` (less than usual, or
    nothing of the last days), else ``ok``. ``window_from``, ``window_to``: the days over which it reaches back (``None``: nothing can have
    been missed) and up to its newest item. ``again``: nothing changed since the last time. ``state``: to be kept once the items are in the
    store.
    """

    name: str
    status: Status
    state: SourceState
    items: tuple[Incoming | Problem, ...] = ()
    error: str = ""
    note: str = ""
    window_from: dt.date | None = None
    window_to: dt.date | None = None
    again: bool = False

    @property
    def read(self) -> int:
        """How many documents and records came."""
        return sum(isinstance(item, Incoming) for item in self.items)


def read_source(source: SourceConfig, night: dt.date, state: SourceState, now: dt.datetime, *,
                fetcher: Fetcher | None = None) -> SourceResult:
    """Read one source.

    Args:
        source: what ``sanctions.toml`` says of it.
        night: the night it is read for.
        state: what was kept of it the last time.
        now: the moment of the run, with a time zone.
        fetcher: shared by the sources of a run, so that each host is asked with a pause.
    """
    state = state if state.of == identity(source) else SourceState(identity(source))
    try:
        return _read(source, night, state, now, fetcher)
    except ImportError as err:
        name = (err.name or "").partition(".")[0]
        return _failed(source, state, _EXTRA if name in ("httpx", "httpcore", "feedparser") else f"{name} is not installed")
    except Exception as err:
        why = f"{err.strerror}: {err.filename}" if isinstance(err, OSError) and err.strerror else f"{type(err).__name__}: {err}"
        return _failed(source, state, f"it could not be read: {why}"[:500])


def _read(source: SourceConfig, night: dt.date, state: SourceState, now: dt.datetime, fetcher: Fetcher | None) -> SourceResult:
    mapping, problems = load_table(source.mapping)
    if source.mapping is not None and mapping is None:
        return _failed(source, state, f"its mapping {source.mapping} has mistakes", problems)
    labels = Labels(source, now)
    readers = Readers(labels, _events(), mapping)
    if source.path is not None:
        return _from_files(source, night, state, readers)
    return _from_web(source, night, state, now, readers, labels, fetcher)


@lru_cache(maxsize=1)
def _events() -> EventReader:
    from checker.vocabulary.events import EventReader
    from checker.vocabulary.vocabulary import default_vocabulary

    return EventReader(default_vocabulary())


def _from_files(source: SourceConfig, night: dt.date, state: SourceState, readers: Readers) -> SourceResult:
    if source.path is None or not source.path.exists():
        return _failed(source, state, f"there is no {source.path}")
    reading = FileReading(source.path, readers, state.seen, mail=source.kind == "mail")
    items: _Items = list(reading.items())
    roots = (str(source.path), source.path.name)
    refused = next((item for item in items if isinstance(item, Problem) and item.code == "unreadable" and item.path in roots), None)
    if refused is not None:
        return _failed(source, state, refused.message)
    return _result(source, night, items, replace(state, seen=reading.seen), again=not reading.fresh)


def _from_web(source: SourceConfig, night: dt.date, state: SourceState, now: dt.datetime, readers: Readers, labels: Labels,
              fetcher: Fetcher | None) -> SourceResult:
    from checker.night.fetch import Fetcher
    from checker.night.sources_web import Web

    if state.not_before and now < dt.datetime.fromisoformat(state.not_before):
        return _failed(source, state, f"the server asked not to be asked before {state.not_before}")
    web = Web(source, fetcher or Fetcher(), state, night, now)
    items: _Items = list(web.feed(labels) if source.kind == "feed" else web.files(readers))
    kept = SourceState(identity(source), web.seen, web.etag, web.modified, web.not_before)
    if web.error:
        return _failed(source, kept, web.error, items)
    return _result(source, night, items, kept, again=web.again, since=web.since, notes=web.notes, short=web.short)


def _failed(source: SourceConfig, state: SourceState, error: str, items: Sequence[Incoming | Problem] = ()) -> SourceResult:
    told = Problem(source.name, 0, 0, "source-failed", error, "the other sources were read; this one is asked again by the next run")
    return SourceResult(source.name, "failed", state, (told, *items), error, error)


def _result(source: SourceConfig, night: dt.date, items: _Items, state: SourceState, *, again: bool, since: dt.date | None = None,
            notes: list[str] | None = None, short: bool = False) -> SourceResult:
    """How much came, beside what is usual."""
    read = sum(isinstance(item, Incoming) for item in items)
    newest = max((last for item in items if (last := _day(item))), default=None)
    status, told = _judged(source, night, read, newest)
    if short and status == "ok":
        status = "late"
    items += [Problem(source.name, 0, 0, "unusual-count" if read else "nothing-new", note, severity="warning")
              for note in told if not again]
    return SourceResult(source.name, status, state, tuple(items), "", "; ".join([*(notes or ()), *told]), since, newest, again)


def _day(item: Incoming | Problem) -> dt.date | None:
    published = item.document.published if isinstance(item, Incoming) else None
    return published.last_day if published is not None else None


def _judged(source: SourceConfig, night: dt.date, read: int, newest: dt.date | None) -> tuple[Status, list[str]]:
    """The status of what came, and what is to be said of it."""
    least, most = source.expected or (1 if not read else 0, read)
    usual = f"{least:,} to {most:,} are usual"
    if not read:
        return ("ok", []) if source.expected and not least else ("empty", ["nothing new" + (f"; {usual}" if source.expected else "")])
    if read < least:
        return "late", [f"only {read:,} item{'s'[:read != 1]}; {usual}"]
    days = (night - newest).days if newest is not None else 0
    if source.lateness_days is not None and days > source.lateness_days:
        return "late", [f"the newest item is {days} days old"]
    return "ok", [f"{read:,} items; {usual}"] if read > most else []


