"""The report of one night: what changed since the night before, what was read and what was not. The truth that pages are rendered from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from checker.model.casefile import CaseFile

__all__ = ["NIGHTLY_SCHEMA", "Attention", "CaseChange", "Count", "FieldChange", "Funnel", "Gap", "Link", "Method", "NearClause", "NightBar",
           "Nightly", "RuleNote", "SourceNight", "Trouble"]

NIGHTLY_SCHEMA = "sanctions-checker/nightly/1"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One assessed field of a case, before the night and after it."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What the night did to a case: ``op`` ADD, MOD, DEL or REO with its causes, the case as it is now (schema
    ``sanctions-checker/case/1``), and what its page tells beside that."""

    op: str
    causes: tuple[str, ...]
    case: Mapping[str, Any]
    fields: tuple[FieldChange, ...]
    file: CaseFile


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that waits for a person. ``kind``: ``untriaged`` (``number`` cases without a verdict, the oldest for ``usual`` nights),
    ``waiting`` (one of them, for ``number`` nights), ``waiver`` (one that ends in ``number`` days), ``noise`` (a rule with ``number`` new
    cases in the last nights, more than its share) or ``unusual`` (today's new cases, ``number``, are far from the usual ``usual``)."""

    kind: str
    number: int
    case: str = ""
    rule: str = ""
    usual: float = 0.0
    title: str = ""


@dataclass(frozen=True, slots=True)
class NearClause:
    """An event that a rule does not flag because of one thing: what the rule asks for, and what was told."""

    document: str
    event: str
    outlet: str
    address: str
    rule: str
    title: str
    regime: str
    wanted: str
    got: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NightLead:
    """An event with a party on a list of the user's own, flagged or not; ``leads``: a sentence for each."""

    document: str
    event: str
    outlet: str
    address: str
    sentence: str
    leads: tuple[str, ...]
    flagged: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A number of cases under a heading; ``weeks``: how many were new in each of the last weeks, the oldest first."""

    key: str
    title: str
    open: int
    new: int
    weeks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Open cases from one State or party to another, by their names; ``new``: of these, how many are new."""

    sender: str
    receiver: str
    open: int
    new: int


@dataclass(frozen=True, slots=True)
class NightBar:
    """One of the last nights; ``state`` is empty where nobody ran it."""

    night: str
    state: str
    new: int
    changed: int
    withdrawn: int
    reopened: int
    documents: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """From documents to what is new: first seen this night, read (no copies), events in them, events that some rule speaks of, flagged
    events, new cases."""

    documents: int
    read: int
    events: int
    spoken_of: int
    flagged: int
    new: int


@dataclass(frozen=True, slots=True)
class RuleNote:
    """A rule that changed since the night before, or has something to be said of. ``change``: added, changed, retired, silent, noisy,
    review or shadow; ``number``: cases that differ by it, or days; ``since``: a date that belongs to it."""

    rule: str
    title: str
    change: str
    number: int
    since: str = ""


@dataclass(frozen=True, slots=True)
class SourceNight:
    """One source on one night. ``read``: items it gave, ``new``: of these never seen before; ``history``: its states on the last nights,
    the oldest first, empty where it was not read."""

    name: str
    state: str
    read: int
    new: int
    copies: int
    undated: int
    late: int
    unreadable: int
    expected: tuple[int, int] | None
    languages: Mapping[str, int]
    note: str
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A complaint of the night, with how often it came."""

    source: str
    severity: str
    code: str
    message: str
    count: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A night on which a source was not read (``source`` empty: no run at all), and the night that made up for it."""

    night: str
    source: str
    state: str
    filled: str


@dataclass(frozen=True, slots=True)
class Method:
    """With what the night was made, so that it can be made again."""

    checker: str
    rulebase: str
    rules: int
    law_known_as_of: str
    lists: str
    lists_as_of: str
    command: str


@dataclass(frozen=True, slots=True)
class Nightly:
    """A whole night. ``first``: the store knew nothing before it; ``changes`` in the order of the report: new, changed, withdrawn,
    reopened, the gravest first. ``leads``: what concerns lists of the user's own; ``catalogue``: the pages of the rules stand beside the
    reports, and are linked to."""

    night: str
    state: str
    first: bool
    changes: tuple[CaseChange, ...]
    attention: tuple[Attention, ...]
    near: tuple[NearClause, ...]
    funnel: Funnel
    nights: tuple[NightBar, ...]
    regimes: tuple[Count, ...]
    measures: tuple[Count, ...]
    states: tuple[Count, ...]
    links: tuple[Link, ...]
    rules: tuple[RuleNote, ...]
    fired: Mapping[str, int]
    sources: tuple[SourceNight, ...]
    troubles: tuple[Trouble, ...]
    gaps: tuple[Gap, ...]
    method: Method
    leads: tuple[NightLead, ...] = ()
    catalogue: bool = True

    def count(self, op: str) -> int:
        """How many cases the night did this to."""
        return sum(change.op == op for change in self.changes)

    @property
    def failed_sources(self) -> int:
        return sum(source.state == "failed" for source in self.sources)

    def to_wire(self) -> dict[str, Any]:
        """The written form, schema ``sanctions-checker/nightly/1``."""
        return {"schema": NIGHTLY_SCHEMA, **msgspec.to_builtins(self)}

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Nightly:
        """Read the written form back.

        Raises:
            msgspec.ValidationError: it is none.
        """
        return msgspec.convert({k: v for k, v in wire.items() if k != "schema"}, cls)
