"""Events: one act with its facts, claims, evidence and what was assumed.

``facts`` maps names of ``checker.model.facts`` to normalised values; an absent name is an unknown fact. Value types: terms,
States, places and parties are ``str``; sets are sorted tuples of ``str``; dates are ``DateRange``; numbers ``int`` or
``float``; quantities ``Amount``; screening facts tuples of ``ListEntry``.

The written form (``to_wire``) is flat: the facts stand beside ``schema``, ``id``, ``claims``, ``evidence``, ``assumed``,
``tier``, ``document``, ``names`` and ``leads``. ``checker.vocabulary.events`` reads it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import msgspec

from checker.model.claim import Claim, Report, strongest_report
from checker.model.dates import DateRange
from checker.model.document import Evidence

__all__ = ["EVENT_KEYS", "EVENT_SCHEMA", "TIERS", "Amount", "Assumed", "Event", "FactValue", "Lead", "ListEntry", "Tier"]

EVENT_SCHEMA = "sanctions-checker/event/1"

Tier = Literal["stated", "strong", "fair", "weak", "external"]
TIERS: tuple[str, ...] = get_args(Tier)

EVENT_KEYS: tuple[str, ...] = ("schema", "id", "report", "claims", "evidence", "assumed", "tier", "document", "names", "leads", "sha256")
"""Keys of the written form that are not facts. ``report`` is input shorthand for one claim without claimant; ``sha256``, the digest of
the document's text, stands beside extracted events and is no part of the event."""


class Amount(msgspec.Struct, frozen=True, tag=True):
    """A quantity as told: ``about`` marks an estimate ("some 500"), ``at_least`` a lower bound ("hundreds", "over 500")."""

    number: int | float
    unit: str
    about: bool = False
    at_least: bool = False

    def to_wire(self) -> dict[str, Any]:
        wire: dict[str, Any] = {"number": self.number, "unit": self.unit}
        return wire | {name: True for name in ("about", "at_least") if getattr(self, name)}


class ListEntry(msgspec.Struct, frozen=True, tag=True):
    """A party under a measure of a list (or under a waiver) from a day, until a day where it ended.

    ``weak``: it is not sure that the party is the one meant (a nickname alone matched, the day of a delisting ...): unknown, not true."""

    party: str
    list: str
    first: int
    last: int | None = None
    weak: bool = False

    def to_wire(self) -> dict[str, Any]:
        import datetime as dt

        wire: dict[str, Any] = {"party": self.party, "list": self.list, "from": dt.date.fromordinal(self.first).isoformat()}
        if self.last is not None:
            wire["until"] = dt.date.fromordinal(self.last).isoformat()
        return wire | {"weak": True} if self.weak else wire


@dataclass(frozen=True, slots=True)
class Assumed:
    """A fact that no word states: what it was taken to be, and from what. ``basis`` is an English phrase."""

    fact: str
    basis: str

    def to_wire(self) -> dict[str, str]:
        return {"fact": self.fact, "basis": self.basis}


class Lead(msgspec.Struct, frozen=True, tag=True):
    """A party that is on a list of the user's own. No listing of the Council: no rule looks at it, reports show it.

    ``party`` is the role; ``list`` the name of the list, ``entry`` the id on it, ``name`` the entry's own name; ``how`` it was found
    ("IMO number 9074729"); ``since``: ordinal of the day on which it was put on the list, 0 where that is not told; ``note``: what the list
    says of it. ``weak`` as in ``ListEntry``."""

    party: str
    list: str
    entry: str
    name: str
    how: str
    since: int = 0
    note: str = ""
    weak: bool = False

    def say(self) -> str:
        """The sentence for people."""
        import datetime as dt

        from checker.model.dates import say_day

        since = f", there since {say_day(dt.date.fromordinal(self.since))}" if self.since else ""
        note = f" ({self.note})" if self.note else ""
        return (f"On your list {self.list}: the {self.party.replace('_', ' ')} is {'perhaps ' if self.weak else ''}{self.name}, "
                f"entry {self.entry}, by {self.how}{since}{note}")

    def to_wire(self) -> dict[str, Any]:
        import datetime as dt

        wire: dict[str, Any] = {name: getattr(self, name) for name in ("party", "list", "entry", "name", "how")}
        if self.since:
            wire["since"] = dt.date.fromordinal(self.since).isoformat()
        if self.note:
            wire["note"] = self.note
        return wire | {"weak": True} if self.weak else wire


FactValue = str | bool | int | float | tuple[str | ListEntry, ...] | DateRange | Amount


class Event(msgspec.Struct, frozen=True, gc=False):
    """One act. ``names`` gives the name to print for a party role where the text has a fuller one than the fact
    (``{"recipient": "Russian Ministry of Defence"}``). ``tier``: ``stated`` (written by a person or a trusted record),
    ``strong`` / ``fair`` / ``weak`` (extracted), ``external`` (a coded row such as GDELT). ``leads``: parties that are on
    lists of the user's own; no facts.

    A ``msgspec.Struct`` and no dataclass, because streams make millions of them and a frozen dataclass is some ten times slower to
    make; copy one with ``msgspec.structs.replace``. It can hold no reference to itself, so the garbage collector need not look."""

    facts: Mapping[str, FactValue]
    id: str = ""
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    tier: Tier = "stated"
    document: str = ""
    names: Mapping[str, str] = {}
    leads: tuple[Lead, ...] = ()

    @property
    def report(self) -> Report:
        """The strongest assertion among the claims."""
        return strongest_report(self.claims)

    def to_wire(self) -> dict[str, Any]:
        """The flat, JSON-ready form, facts in the order of the fact table."""
        from checker.model.facts import FACT_NAMES

        wire: dict[str, Any] = {"schema": EVENT_SCHEMA, "id": self.id}
        wire |= {name: fact_to_wire(self.facts[name]) for name in FACT_NAMES if name in self.facts}
        if self.names:
            wire["names"] = dict(sorted(self.names.items()))
        if self.leads:
            wire["leads"] = [lead.to_wire() for lead in self.leads]
        wire |= {"tier": self.tier, "document": self.document}
        wire["claims"] = [c.to_wire() for c in self.claims]
        wire["evidence"] = [e.to_wire() for e in self.evidence]
        wire["assumed"] = [a.to_wire() for a in self.assumed]
        return wire


def fact_to_wire(value: FactValue | ListEntry) -> Any:
    """The JSON-ready form of one fact value."""
    if isinstance(value, DateRange):
        return value.isoformat()
    if isinstance(value, Amount | ListEntry):
        return value.to_wire()
    if isinstance(value, tuple):
        return [fact_to_wire(v) for v in value]
    return value
