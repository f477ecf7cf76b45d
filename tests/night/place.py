"""A place where nights are run in tests: a store, a folder for reports, and sources that give what a file tells for each night.

Also a program of its own, so that runs can be killed: each line it reads names a folder, a night, and the number of the statement of the
store, or of the change of the file system, before which a process that it forks ends as if the power had failed (0: never).
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.cases.documents import Incoming
from checker.cases.settings import load_case_settings
from checker.cases.store import Store
from checker.cases.upkeep import migrate
from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.night.outbox import Letter
from checker.night.run import Channel, NightResult, NightRun, Offer, Site
from checker.rulebase.loader import require_rulebase

NOON = dt.time(1, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Shelf:
    """A source that has everything it ever gave; ``failed``: the nights on which it cannot be read."""

    name: str
    articles: dict[str, list[dict[str, str]]]
    failed: tuple[str, ...] = ()
    required: bool = False
    expected: tuple[int, int] | None = None

    def offer(self, night: str, now: dt.datetime) -> Offer:
        if night in self.failed:
            return Offer("failed", note="the server does not answer")
        told = [a for n, articles in sorted(self.articles.items()) if n <= night for a in articles]
        seen = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        items = [Incoming(Document(a["id"], a["text"], parse_date(a["published"]) if a.get("published") else None, url=a.get("url", ""),
                                   outlet=a.get("outlet", ""), lang=a.get("lang", ""), agency=a.get("agency", "")), self.name, "", seen)
                 for a in told]
        return Offer("ok" if items else "empty", items)


def morning(night: str) -> dt.datetime:
    """The moment at which the night is run."""
    return dt.datetime.combine(dt.date.fromisoformat(night), NOON)


@dataclass
class Place:
    """Where nights are run. ``parts``: judge, extractor and settings, made once for many places."""

    store: Store
    out: Path
    judge: Judge
    extractor: FrameExtractor
    settings: Any
    sources: list[Shelf]
    always: bool = True
    heard: list[str] = field(default_factory=list)

    @property
    def letters(self) -> Path:
        return self.out.parent / "letters"

    def site(self, **other: Any) -> Site:
        def drop(letter: Letter) -> None:
            self.heard.append(letter.key)
            self.letters.mkdir(exist_ok=True)
            (self.letters / letter.key.replace("/", "_")).write_text(letter.text, encoding="utf-8")

        return Site(**{"store": self.store, "out": self.out, "judge": self.judge, "extractor": self.extractor, "screener": None,
                       "settings": self.settings, "kinds": {}, "sources": self.sources, "version": "test", "catalogue": False,
                       "channels": [Channel("drop", drop, self.always)], **other})

    def run(self, night: str, *, at: dt.datetime | None = None, send: bool = True, say: Callable[..., None] = lambda *_, **__: None,
            **other: Any) -> NightResult:
        return NightRun(self.site(**other), night, at or morning(night), say).run(send=send)

    def report(self, night: str) -> dict[str, Any]:
        """The report of the night as it is on the disk now: that of its highest number."""
        folder = max((self.out / night).glob("[0-9]*"), key=lambda p: int(p.name))
        found: dict[str, Any] = json.loads((folder / "report.json").read_text())
        return found


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and where links lead."""
    found = {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and not p.is_symlink()
             and "latest" not in p.parts}
    return found | {str(p.relative_to(folder)): os.readlink(p).encode() for p in folder.rglob("*") if p.is_symlink()}


def _child(folder: Path, night: str, kill: int, judge: Judge, extractor: FrameExtractor) -> int:
    from sqlalchemy import event

    store = Store((folder / "store").read_text().strip() if (folder / "store").exists() else str(folder / "store.db"))
    migrate(store)
    sources = [Shelf(**told) for told in json.loads((folder / "sources.json").read_text())]
    place = Place(store, folder / "out", judge, extractor, load_case_settings(judge.rulebase.vocabulary), sources)
    done = 0

    def step(*_: object) -> None:
        nonlocal done
        done += 1
        if done == kill:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(store.engine, "before_cursor_execute", step)
    event.listen(store.engine, "commit", step)
    for name in ("rename", "replace", "symlink", "mkdir", "fsync", "unlink", "rmdir"):
        setattr(os, name, _counted(getattr(os, name), step))
    place.run(night)
    return done


def _counted(real: Callable[..., Any], step: Callable[[], None]) -> Callable[..., Any]:
    def told(*args: Any, **named: Any) -> Any:
        step()
        return real(*args, **named)

    return told


def _main() -> None:
    judge = Judge(require_rulebase())
    extractor = FrameExtractor(judge.rulebase.vocabulary)
    for line in sys.stdin:
        folder, night, kill = json.loads(line)
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.write(writer, str(_child(Path(folder), night, kill, judge, extractor)).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as told:
            steps = told.read()
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(json.dumps([os.waitstatus_to_exitcode(status), int(steps or 0)]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main()
