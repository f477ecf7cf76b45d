"""Documents and exact evidence.

A document's ``text`` is canonical: offsets of all evidence refer to it, counted in Unicode code points, and it is never
normalised after reading. ``Document.quote`` is the only way to make evidence, so ``text == document.text[start:end]`` always.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from checker.errors import EvidenceError
from checker.model.dates import DateRange

__all__ = ["Document", "Evidence"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of one document that support one fact or claim.

    ``fact`` is the fact supported, ``event`` for the words that tell the act, or ``claim``. ``zone`` is the part of the page
    (headline, body ...). ``how`` is ``explicit``, or ``inferred`` where the words support the fact only through an inference
    that the event lists under ``assumed``.
    """

    document: str
    start: int
    end: int
    text: str
    fact: str = "event"
    zone: str = "body"
    how: str = "explicit"

    def to_wire(self) -> dict[str, Any]:
        return {"document": self.document, "start": self.start, "end": self.end, "text": self.text,
                "fact": self.fact, "zone": self.zone, "how": self.how}


@dataclass(frozen=True, slots=True)
class Document:
    """One article or record as read.

    ``id`` is unique in a run (path, address or line), ``published`` may be a day, a month or a year, ``agency`` is the wire
    service the outlet copied, ``lang`` an ISO 639-1 code as declared by the source or empty.
    """

    id: str
    text: str
    published: DateRange | None = None
    url: str = ""
    outlet: str = ""
    lang: str = ""
    title: str = ""
    agency: str = ""
    sha256: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest())

    def quote(self, start: int, end: int, *, fact: str = "event", zone: str = "body", how: str = "explicit") -> Evidence:
        """Evidence for the characters from ``start`` to ``end``.

        Raises:
            EvidenceError: the span is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise EvidenceError(f"span {start}:{end} lies outside document {self.id!r} of {len(self.text)} characters")
        return Evidence(self.id, start, end, self.text[start:end], fact, zone, how)

    def check(self, evidence: Evidence) -> None:
        """Assert that ``evidence`` quotes this document exactly.

        Raises:
            EvidenceError: another document, or other words.
        """
        if evidence.document != self.id or self.text[evidence.start:evidence.end] != evidence.text:
            raise EvidenceError(f"{evidence.text!r} is not at {evidence.start}:{evidence.end} of document {self.id!r}")
