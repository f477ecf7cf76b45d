"""Lists as plain data: entries with their names, dates, documents. That of the Council is stored as one JSON file."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import msgspec

__all__ = ["Birth", "Document", "Entry", "Kind", "Name", "OwnList", "Quality", "UnList"]

Kind = Literal["person", "entity"]
Quality = Literal["primary", "good", "low", "short"]
"""``primary`` and ``good`` identify, ``low`` (a low-quality alias) and ``short`` (an acronym, a shortened form) alone do not."""


class Name(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One name. ``former``: a name it had (f.k.a., "previously listed as"); ``script``: in another script than Latin."""

    text: str
    quality: Quality
    former: bool = False
    script: bool = False
    note: str = ""


class Birth(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """When somebody was born: a day, or a year, or some year from ``first`` to ``last``; ``note`` is what else is written."""

    day: str = ""
    first: int = 0
    last: int = 0
    about: bool = False
    note: str = ""

    def say(self) -> str:
        """``1966``, ``about 1966``, ``1967 to 1969``, ``1978-04-28``."""
        told = self.day or (f"{self.first} to {self.last}" if self.last > self.first else str(self.first or ""))
        return " ".join(part for part in ("about" if self.about else "", told, f"({self.note})" if self.note else "") if part)


class Document(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A passport, an identity card, or an IMO number that the comments give."""

    type: str
    number: str
    country: str = ""
    note: str = ""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person or an entity on the list. ``listed_on``: ordinal of the day of the listing, 0 where it is not told. ``party_kind``: a word
    of ``party_kinds`` where the list tells it. ``other``: what the file holds besides, by element, so that nothing is lost."""

    reference: str
    kind: Kind
    names: tuple[Name, ...]
    listed_on: int = 0
    list_type: str = ""
    titles: tuple[str, ...] = ()
    designations: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    births: tuple[Birth, ...] = ()
    birth_places: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    comments: str = ""
    updated: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()
    party_kind: str = ""

    @property
    def committee(self) -> str:
        """The letters of the committee: ``QD`` of ``QDi.001``."""
        return self.reference[:2]

    @property
    def name(self) -> str:
        """The name to print."""
        return self.names[0].text

    def to_wire(self) -> dict[str, Any]:
        """The JSON-ready form."""
        wire: dict[str, Any] = msgspec.to_builtins(self)
        wire["listed_on"] = dt.date.fromordinal(self.listed_on).isoformat() if self.listed_on else ""
        return wire


class UnList(msgspec.Struct, frozen=True):
    """A whole list. ``date``: ordinal of its day; ``generated``: as written in it; ``digest``: SHA-256 of the file it was read from;
    ``left_out``: how many entries could not be read."""

    date: int
    generated: str
    digest: str
    entries: tuple[Entry, ...]
    left_out: int = 0

    @property
    def day(self) -> str:
        """The day of the list, ISO."""
        return dt.date.fromordinal(self.date).isoformat()


class OwnList(msgspec.Struct, frozen=True):
    """A list of the user's own. ``name``: what reports call it; ``reference`` of an entry is its id on the list, ``comments`` its note.
    ``digest``: SHA-256 of the file; ``left_out``: how many entries could not be used."""

    name: str
    path: str
    digest: str
    entries: tuple[Entry, ...]
    left_out: int = 0

    def counted(self) -> str:
        """``1 entry``, ``1,204 entries, 2 left out``."""
        left_out = f", {self.left_out:,} left out" if self.left_out else ""
        return f"{len(self.entries):,} {'entry' if len(self.entries) == 1 else 'entries'}{left_out}"
