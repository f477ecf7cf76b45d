"""``rows``: documents whose text is one record a line, each an event in its written form (JSON).

Files of records need no extractor: the readers of ``checker.sources`` hand their events on as they are, because a row has no words to
search. This serves sources that know only documents, and runs that shall take records and leave articles alone.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from checker import __version__
from checker.extract.plugins.contract import Setting
from checker.model.document import Document
from checker.model.event import Event
from checker.model.extraction import Extraction
from checker.vocabulary.events import EventReader

__all__ = ["Rows", "create"]


class Rows:
    """Reads each line that is a JSON object as an event; its evidence is the line itself."""

    name = "rows"
    version = __version__
    deterministic = True

    def __init__(self, reader: EventReader) -> None:
        self._reader = reader

    def extract(self, document: Document) -> Extraction:
        """The events of a document of records; of any other none, with a note. A wrong line is a note, and the next one is read."""
        if not document.text.lstrip("\ufeff \t\r\n").startswith("{"):
            return Extraction("", (), notes=("rows: this is no record, and was not read",))
        events: list[Event] = []
        notes: list[str] = []
        at = 0
        for number, line in enumerate(document.text.split("\n"), 1):
            words = line.strip("\ufeff \t\r\n")
            if words:
                start = at + line.index(words)
                self._line(document, number, start, words, events, notes)
            at += len(line) + 1
        return Extraction("", tuple(events), notes=tuple(notes))

    def _line(self, document: Document, number: int, start: int, words: str, events: list[Event], notes: list[str]) -> None:
        try:
            data = msgspec.json.decode(words)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as err:
            notes.append(f"rows: line {number} is not JSON: {err}")
            return
        if not isinstance(data, dict):
            notes.append(f"rows: line {number} is no record")
            return
        found, problems = self._reader.read_all({"tier": "external", **data}, path=document.id)
        notes += (f"rows: line {number}: {p.message}" for p in problems)
        evidence = (document.quote(start, start + len(words)),)
        for number_in_line, event in enumerate(found, 1):
            name = event.id or (f"{document.id}:{number}" if len(found) == 1 else f"{document.id}:{number}#{number_in_line}")
            # Quotations in a row are of some other text; here the row itself is what can be shown.
            claims = tuple(replace(claim, evidence=()) for claim in event.claims)
            events.append(msgspec.structs.replace(event, document=document.id, id=name, evidence=evidence, claims=claims))


def create(setting: Setting, /) -> Rows:
    """The reader of records, by the vocabulary of the run."""
    return Rows(EventReader(setting.vocabulary))
