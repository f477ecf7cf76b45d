"""RSS and Atom to documents: title and text of each entry, its address, its day. Bytes only; nothing is fetched here."""

from __future__ import annotations

import datetime as dt
import html
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import feedparser

from checker.model.dates import DateRange, parse_date
from checker.model.document import Document
from checker.night.sources_address import canonical
from checker.sources.html import read_html
from checker.strictyaml.problem import Problem

__all__ = ["Feed", "read_feed"]

_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
_ENTITY = b"<!ENTITY"
_NAME_LIMIT = 1000
_LONGEST = 300_000  # characters of HTML in one entry; taking millions of tags apart takes minutes


@dataclass(slots=True)
class Feed:
    """What a feed holds: each document with its address, problems, and ``error`` where it is none."""

    entries: list[tuple[Document, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    error: str = ""


def read_feed(data: bytes, url: str, content_type: str = "") -> Feed:
    """Read a feed. ``url``: where it is from, for messages and relative addresses.

    Declarations of entities are refused: no feed needs them, and they are how small files become large ones.
    """
    if _ENTITY in data.replace(b"\0", b""):
        return Feed(error="the feed declares entities, which no feed needs, and was not read")
    try:
        told = feedparser.parse(io.BytesIO(data), response_headers={"content-type": content_type, "content-location": url},
                                sanitize_html=False, resolve_relative_uris=False)
    except Exception as err:  # the parser of hostile feeds may fail in any way; the feed is told of and the night goes on
        return Feed(error=f"the feed cannot be taken apart ({type(err).__name__})")
    entries = _Entries(url, told)
    found = Feed(entries.found, entries.problems)
    trouble = told.get("bozo_exception") if told.get("bozo") else None
    if not told.get("version") and not told.entries:
        return Feed(error="this is no feed" + (f": {_line(trouble)}" if trouble is not None else ""))
    if trouble is not None and not isinstance(trouble, _HARMLESS):
        if not entries.found:
            return Feed(error=f"the feed is damaged, and nothing could be read: {_line(trouble)}")
        found.problems.append(Problem(url, 0, 0, "feed-damaged", f"the feed is damaged: {_line(trouble)}; what could be read was read",
                                      "ask whoever makes the feed", severity="warning"))
    return found


class _Entries:
    def __init__(self, url: str, told: Any) -> None:
        self._url = url
        self._told = told
        self._outlet = " ".join(_plain(told.feed.get("title")).split())[:200]
        lang = str(told.feed.get("language", "")).partition("-")[0].lower()
        self._lang = lang if lang.isascii() and lang.isalpha() and len(lang) in (2, 3) else ""
        self._links = Counter(_link(entry) for entry in told.entries)
        self._without_html = False
        self.problems: list[Problem] = []
        self.found = list(self._read())

    def _read(self) -> Iterator[tuple[Document, str]]:
        for number, entry in enumerate(self._told.entries, 1):
            try:
                found = self._entry(number, entry)
            except Exception as err:  # one entry stops no other
                self._tell("feed-damaged", f"entry {number} of the feed cannot be read ({type(err).__name__})")
                continue
            if found is not None:
                yield found

    def _entry(self, number: int, entry: dict[str, Any]) -> tuple[Document, str] | None:
        title = " ".join(self._words(entry.get("title"), entry.get("title_detail")).split())
        body = self._body(entry)
        text = body if body.partition("\n")[0].strip() == title else f"{title}\n\n{body}".strip()
        if not text:
            self._tell("empty-document", f"entry {number} of the feed has no words")
            return None
        link = _link(entry)
        document = Document(f"{self._url}#{number}", text, _day(entry), url=link, outlet=self._outlet, lang=self._lang, title=title)
        return document, self._address(entry, link, document)

    def _tell(self, code: str, message: str) -> None:
        self.problems.append(Problem(self._url, 0, 0, code, message, "the other entries were read", severity="warning"))

    def _address(self, entry: Mapping[str, Any], link: str, document: Document) -> str:
        """``""`` where the link alone tells the entry; else its name in the feed behind ``#``, and the link before it if there is one."""
        if link and self._links[link] == 1:
            return ""
        name = _clean(entry.get("id"))[:_NAME_LIMIT]
        return f"{link}#{name if name and name != link else document.sha256[:16]}"

    def _body(self, entry: Mapping[str, Any]) -> str:
        """The longest of what an entry says of itself."""
        said = [(_clean(entry.get("summary")), entry.get("summary_detail"))]
        said += [(_clean(part.get("value")), part) for part in entry.get("content", ())]
        value, detail = max(said, key=lambda one: len(one[0]))
        return self._words(value, detail)

    def _words(self, told: object, detail: Mapping[str, Any] | None) -> str:
        """The words of a value that may be HTML, whatever it says that it is."""
        value = _clean(told)
        if "<" not in value or ((detail or {}).get("type") == "text/plain" and "</" not in value):
            return _plain(value)
        if len(value) > _LONGEST:
            self._tell("too-large", f"an entry has {len(value):,} characters of HTML, more than {_LONGEST:,}; only its title was read")
            return ""
        document, problems = read_html(f"<html><body><article>{value}</article></body></html>", self._url)
        for problem in problems:
            if problem.code == "html-extra-missing" and not self._without_html:
                self._without_html = True
                self.problems.append(problem)
        return document.text if document is not None else ""


def _clean(value: object) -> str:
    """A text without halves of characters, which no parser of HTML takes."""
    return str(value or "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _plain(value: object) -> str:
    return "\n".join(line.strip() for line in html.unescape(_clean(value)).splitlines()).strip()


def _link(entry: Mapping[str, Any]) -> str:
    """The canonical address of an entry; ``""`` where it has none that can be read."""
    with suppress(KeyError, ValueError, TypeError, AttributeError):  # as damaged entries have it
        return canonical(_clean(entry.get("link")))
    return ""


def _day(entry: dict[str, Any]) -> DateRange | None:
    """The day an entry was put out or, where it does not say, last changed."""
    for key in ("published_parsed", "updated_parsed"):
        told = dict.get(entry, key)  # the parser's own look-up takes one key for the other, and warns of it
        if told:
            with suppress(ValueError, TypeError):
                return parse_date(dt.date(told[0], told[1], told[2]).isoformat())
    return None


def _line(err: object) -> str:
    return " ".join(str(err).split())[:200]
