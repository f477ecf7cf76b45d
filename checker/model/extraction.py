"""What an extractor hands on for one document."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.dates import DateRange
from checker.model.document import Evidence
from checker.model.event import Event

__all__ = ["Extraction", "Hint", "Zone"]


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the page: ``headline``, ``subheading``, ``dateline``, ``byline``, ``caption``, ``body``, ``related`` or ``boilerplate``."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence that is no event but tells something: ``norm`` (it restates the law), ``talks`` (contacts on the subject),
    ``history`` or ``hypothetical``."""

    kind: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """The events of one document, the language they were read in (ISO 639-1, or ``und``), its zones and hints.
    ``notes`` are English sentences about doubts of the reading ("no pack for this language: tiers are capped").
    ``published``, ``title`` and ``agency`` are what the page itself says where its source did not."""

    language: str
    events: tuple[Event, ...]
    zones: tuple[Zone, ...] = ()
    hints: tuple[Hint, ...] = ()
    notes: tuple[str, ...] = ()
    published: DateRange | None = None
    title: str = ""
    agency: str = ""
