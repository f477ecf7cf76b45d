"""From what readers give to what the store takes: the address by which each item is known again, and what the source says of all its items.

An address is the canonical address of the page; else the name the source has for the item; else the file, where it holds one document.
Items that are known by their place in a file only are called by their content: another order of lines corrects nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec

from checker.cases.documents import Incoming
from checker.model.document import Document
from checker.model.event import Event
from checker.night.config_model import SourceConfig
from checker.night.sources_address import canonical
from checker.strictyaml.problem import Problem

__all__ = ["Labels", "digest"]

_AHEAD = 2  # days a clock may be ahead of ours


def digest(data: bytes | str) -> str:
    """A short mark of some content."""
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Labels:
    """Makes the items of one source. ``now``: the moment of the run."""

    source: SourceConfig
    now: dt.datetime

    def items(self, found: Iterator[Document | Event | Problem], path: str, name: str) -> Iterator[Incoming | Problem]:
        """Items of one file. ``path``: as readers call it; ``name``: as the source does, for ever."""
        for item in found:
            if isinstance(item, Problem):
                yield replace(item, path=item.path.replace(path, name, 1) if item.path.startswith(path) else item.path)
            elif isinstance(item, Event):
                yield self._record(item, path, name)
            else:
                yield from self.document(item, self._guid(item, path, name), name)

    def document(self, document: Document, guid: str, where: str) -> Iterator[Incoming | Problem]:
        """A document with what the source says of all of them; a day that has not come yet is told of and left out."""
        source, published = self.source, document.published
        if published is not None and published.first > self.now.toordinal() + _AHEAD:
            yield Problem(where, 0, 0, "future-date", f"a document is dated {published.isoformat()}, which has not come yet",
                          "it was read without a date", severity="warning")
            published = None
        yield self._incoming(replace(
            document, published=published, url=canonical(document.url) or document.url, outlet=document.outlet or source.outlet,
            lang=document.lang or source.lang, agency=document.agency or source.agency), guid)

    def _incoming(self, document: Document, guid: str, event: Event | None = None) -> Incoming:
        seen = self.now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Incoming(document, self.source.name, guid, seen, event)

    def _guid(self, document: Document, path: str, name: str) -> str:
        if canonical(document.url):
            return ""
        if document.id == path:
            return f"{self.source.name}:{name}"
        if _placed(document.id, path):
            return f"{self.source.name}:{name}#{document.sha256[:16]}"
        return f"{self.source.name}:{document.id}"

    def _record(self, event: Event, path: str, name: str) -> Incoming:
        """An event without words: a document without text, at the address of the article that it was coded from."""
        wire = {key: value for key, value in event.to_wire().items() if key not in ("document", "id")}
        content = hashlib.sha256(msgspec.json.encode(wire, order="deterministic")).hexdigest()
        id_ = name if event.id == path else content[:16] if not event.id or _placed(event.id, path) else event.id
        claim = event.claims[0] if event.claims else None
        url = next((page for via in (claim.via if claim else ()) if (page := canonical(via))), "")
        outlet = claim.by if claim and url else self.source.outlet
        guid = f"{url}#{id_}" if url else f"{self.source.name}:{id_}"
        document = Document(id_, "", url=url, outlet=outlet, lang=self.source.lang, agency=self.source.agency, sha256=content)
        return self._incoming(document, guid, msgspec.structs.replace(event, id=id_, document=""))


def _placed(id_: str, path: str) -> bool:
    """Whether an id only tells the place in a file."""
    return id_ == path or id_.startswith((f"{path}:", f"{path}#"))
