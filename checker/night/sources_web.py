"""Sources with an address: feeds, and files that are fetched (JSON Lines, tables, GDELT, also packed as ZIP)."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from checker.cases.documents import Incoming
from checker.night.config_model import SourceConfig
from checker.night.fetch import Fetched, Fetcher, Request, Unfetched
from checker.night.sources_address import addresses, masked
from checker.night.sources_files import Readers
from checker.night.sources_items import digest
from checker.night.sources_state import SourceState
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from checker.night.sources_items import Labels

__all__ = ["Web"]

_ENDINGS = {"jsonl": ".jsonl", "csv": ".csv", "gdelt": ".csv"}
_FEEDS = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
_ZIP = b"PK\x03\x04"
_KEPT = 5000  # addresses of past nights that are remembered


@dataclass(slots=True)
class Web:
    """Reads what a server has now. The fields after ``now`` say, after ``items`` was read to its end, what came of it.

    ``since``: the day from which on the answer reaches back (``None``: nothing can have been missed); ``again``: nothing changed.
    """

    source: SourceConfig
    fetcher: Fetcher
    before: SourceState
    night: dt.date
    now: dt.datetime
    error: str = ""
    notes: list[str] = field(default_factory=list)
    since: dt.date | None = None
    again: bool = False
    short: bool = False
    etag: str = ""
    modified: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    not_before: str = ""

    def feed(self, labels: Labels) -> Iterator[Incoming | Problem]:
        """The entries that are new or changed since the last time."""
        from checker.night.feeds import read_feed

        answer = self._one(self.source.url, _FEEDS)
        if answer is None:
            return
        where = masked(self.source.url)
        feed = read_feed(answer.data, answer.url, answer.content_type)
        yield from feed.problems
        if feed.error:
            self.error, self.etag, self.modified, self.seen = feed.error, "", "", dict(self.before.seen)
            return
        days = []
        for document, address in feed.entries:
            guid = f"{self.source.name}:{address[1:]}" if address.startswith("#") else address
            for item in labels.document(document, guid, where):
                if isinstance(item, Problem):
                    yield item
                    continue
                published = item.document.published
                days += [published.first] if published is not None else []
                key, mark = digest(item.guid or item.document.url), item.document.sha256[:16]
                self.seen[key] = mark
                if self.before.seen.get(key) != mark:
                    yield item
        self.since = dt.date.fromordinal(min(days)) if days else self.night
        self.again = self.seen.items() <= self.before.seen.items()
        if self.before.seen and self.seen and not self.seen.keys() & self.before.seen.keys():
            told = f"none of the {len(self.seen)} entries was there the last time; some may have been missed"
            yield Problem(where, 0, 0, "feed-gap", told, "fetch this feed more often", severity="warning")

    def files(self, readers: Readers) -> Iterator[Incoming | Problem]:
        """The items of each address of the night that was not read before."""
        urls = addresses(self.source.url, self.night)
        if urls == [self.source.url]:
            yield from self._file_now(readers)
            return
        self.since = self.night
        self.seen = dict(list(self.before.seen.items())[-_KEPT:])
        gone, failed = 0, list[Problem]()
        for url in urls:
            if url in self.seen:
                continue
            answer = self._get(url, "*/*", "", "")
            if isinstance(answer, Fetched):
                yield from self._read(answer, readers)
                self.seen[url] = digest(answer.data)
            elif answer.gone and len(urls) > 1:
                gone += 1
            else:
                failed.append(answer.problem)
                if self.not_before:
                    break
        yield from failed
        self._account(urls, gone, failed)

    def _account(self, urls: list[str], gone: int, failed: list[Problem]) -> None:
        """What is to be said of addresses that gave nothing."""
        read = sum(url in self.seen for url in urls)
        self.again = not failed and not gone and all(url in self.before.seen for url in urls)
        if failed:
            self.error = failed[0].message if not read else f"{read} of {len(urls)} files were read; {failed[0].message}"
        elif read < len(urls):
            self.notes.append(f"{read} of {len(urls)} files were there")
            self.short = True

    def _file_now(self, readers: Readers) -> Iterator[Incoming | Problem]:
        answer = self._one(self.source.url, "*/*")
        if answer is None:
            return
        mark = digest(answer.data)
        self.seen = {"": mark}
        self.again = self.before.seen.get("") == mark
        if not self.again:
            yield from self._read(answer, readers)

    def _one(self, url: str, accept: str) -> Fetched | None:
        """The answer of the only address; ``None`` where nothing changed, or where there is none and ``error`` says why."""
        answer = self._get(url, accept, self.before.etag, self.before.modified)
        if isinstance(answer, Unfetched):
            self.error, self.seen = answer.problem.message, dict(self.before.seen)
            self.etag, self.modified = self.before.etag, self.before.modified
            return None
        self.etag, self.modified, self.again = answer.etag, answer.modified, answer.same
        if answer.moved:
            self.notes.append(f"it has moved for good to {answer.moved}")
        if answer.same:
            self.seen = dict(self.before.seen)
            return None
        return answer

    def _get(self, url: str, accept: str, etag: str, modified: str) -> Fetched | Unfetched:
        source = self.source
        answer = self.fetcher.get(Request(url, source.timeout, source.limit, etag, modified, source.authorization.get_secret_value(),
                                          source.allow_private, accept))
        if isinstance(answer, Unfetched) and answer.wait:
            self.not_before = (self.now + dt.timedelta(seconds=answer.wait)).isoformat(timespec="seconds")
        return answer

    def _read(self, answer: Fetched, readers: Readers) -> Iterator[Incoming | Problem]:
        """A fetched file through the readers of files, which tell its kind by its name."""
        data: bytes | Problem = answer.data
        if answer.data.startswith(_ZIP):
            data = _unzipped(answer, self.source.limit)
        if isinstance(data, Problem):
            yield data
            return
        with tempfile.TemporaryDirectory(prefix="sanctions-") as folder:
            path = Path(folder) / f"fetched{_ENDINGS[self.source.kind]}"
            path.write_bytes(data)
            yield from readers.read(str(path), answer.url)


def _unzipped(answer: Fetched, limit: int) -> bytes | Problem:
    """The one file in an archive. Its name is not used for anything."""

    def wrong(what: str) -> Problem:
        return Problem(answer.url, 0, 0, "bad-archive", f"the archive {what}, and was not read", "look at it with unzip -t")

    try:
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) != 1:
                return wrong(f"holds {len(members)} files instead of one")
            with archive.open(members[0]) as file:
                data = file.read(limit + 1)
    # RuntimeError: locked, or packed in a way that is not known here; the others: what damaged archives make of the library.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as err:
        return wrong(f"is damaged or locked ({type(err).__name__}: {err})")
    return data if len(data) <= limit else wrong(f"unpacks to more than {limit:,} bytes")
