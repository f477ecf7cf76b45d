"""``replay``: events that were extracted before, read back from what ``sanctions extract --json`` wrote.

A document is known by the SHA-256 of its text, whatever it is called now; each event then stands on exactly the words it stood on. What an
extractor with a model behind it found can so be judged again, tested, and taken to where there is no network.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from checker import __version__
from checker.errors import UsageError
from checker.extract.plugins.contract import Setting
from checker.model.document import Document, Evidence
from checker.model.event import Event
from checker.model.extraction import Extraction
from checker.vocabulary.events import EventReader

__all__ = ["Replay", "create"]

_LINE_LIMIT = 10_000_000
_OF_A_DAY = ("listings", "waivers")  # what screening wrote belongs to the list of that day


class Replay:
    """Stored events by the digest of their document.

    Raises:
        UsageError: a file cannot be read, or a line is no stored event; the text names file and line.
    """

    name = "replay"
    version = __version__
    deterministic = True

    def __init__(self, files: tuple[Path, ...], reader: EventReader) -> None:
        self._reader = reader
        self._events: dict[str, dict[str, Event]] = {}
        for path in files:
            for number, line in _lines(path):
                self._store(path, number, line)

    def extract(self, document: Document) -> Extraction:
        """The stored events of this text; a note where there are none."""
        stored = self._events.get(document.sha256)
        if stored is None:
            return Extraction("", (), notes=("replay: no events are stored for this text",))
        return Extraction("", tuple(_under(event, document.id) for event in stored.values()))

    def _store(self, path: Path, number: int, line: bytes) -> None:
        def wrong(says: str) -> UsageError:
            return UsageError(f"{path}:{number}: {says}; give --replay what 'sanctions extract --json' wrote")

        try:
            data = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as err:
            raise wrong(f"this line is not JSON: {err}") from err
        if not isinstance(data, dict):
            raise wrong("this line is no event")
        digest = data.get("sha256")
        if not isinstance(digest, str) or not digest:
            raise wrong("this event does not tell the SHA-256 of its document")
        event, problems = self._reader.read({k: v for k, v in data.items() if k not in _OF_A_DAY}, path=str(path))
        if event is None:
            raise wrong(problems[0].message)
        kept = msgspec.structs.replace(event, assumed=tuple(a for a in event.assumed if a.fact not in _OF_A_DAY))
        # Of an event that was stored twice the later reading counts.
        self._events.setdefault(digest.lower(), {})[event.id or f"{path}:{number}"] = kept


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as stream:
            number = 0
            while line := stream.readline(_LINE_LIMIT + 1):
                number += 1
                if len(line) > _LINE_LIMIT:
                    raise UsageError(f"{path}:{number}: the line is longer than {_LINE_LIMIT:,} bytes")
                if line.strip():
                    yield number, line.removeprefix(b"\xef\xbb\xbf")
    except OSError as err:
        raise UsageError(f"{path}: stored events cannot be read: {err.strerror}") from err


def _under(event: Event, name: str) -> Event:
    """The event under the name that its document has now."""
    def here(quoted: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(replace(one, document=name) for one in quoted)

    claims = tuple(replace(claim, evidence=here(claim.evidence)) for claim in event.claims)
    return msgspec.structs.replace(event, document=name, evidence=here(event.evidence), claims=claims)


def create(setting: Setting, /) -> Replay:
    """The store of the run.

    Raises:
        UsageError: no file is named, or one cannot be used.
    """
    if not setting.replay:
        raise UsageError("the extractor 'replay' needs --replay FILE: what 'sanctions extract --json' wrote")
    return Replay(setting.replay, EventReader(setting.vocabulary))
