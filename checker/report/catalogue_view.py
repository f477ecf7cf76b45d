"""What the pages of the catalogue show, as plain frozen data. Texts are as the rules give them; templates make them inert.

``href`` fields are relative to the root of the catalogue; pages in a folder put their way up before them.
"""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.coverage import RuleCoverage
from checker.report.timeline_svg import Drawing
from checker.report.view import LabelView, PositionView

__all__ = ["AuthorityPart", "ContestPage", "ExampleGroup", "ExampleView", "ExemptionPage", "Gap", "IndexEntry", "InstrumentPage",
           "InstrumentRow", "LineView", "Mark", "ParagraphRow", "PeriodPage", "RulePage", "RuleRow", "ToVerify"]


@dataclass(frozen=True, slots=True)
class AuthorityPart:
    """A stretch of an authority text; ``href`` leads to the paragraph, empty where its resolution has no page."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of verification: what was checked at the source, and whether it was."""

    name: str
    done: bool


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """The law from ``since`` to ``until`` (words; empty: open). ``covered`` are pairs of a fact and what it must be in this period.
    ``source`` is the place checked, ``source_link`` empty unless that is an address."""

    anchor: str
    since: str
    until: str
    ended: str
    horizon: str
    authority: tuple[AuthorityPart, ...]
    force: str
    says: str
    link: str
    marks: tuple[Mark, ...]
    source: str
    source_link: str
    checked: str
    covered: tuple[tuple[str, str], ...]
    limits: str


@dataclass(frozen=True, slots=True)
class LineView:
    """A line, or a group with its lines. ``kind``: ``line``, ``all``, ``any`` or ``none``. ``line`` is its number in the file that
    the page shows, or 0."""

    kind: str
    fact: str
    asks: str
    unknown: str
    line: int
    children: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class ContestPage:
    """A dispute: from when to when (words), and the positions."""

    since: str
    until: str
    positions: tuple[PositionView, ...]


@dataclass(frozen=True, slots=True)
class ExemptionPage:
    """One exemption. ``shared`` is the address of its own page, ``unknown`` says what follows where it is not shown."""

    name: str
    says: str
    authority: tuple[AuthorityPart, ...]
    window: str
    procedure: str
    unknown: str
    when: LineView
    unless: LineView | None
    contested: tuple[ContestPage, ...]
    shared: str


@dataclass(frozen=True, slots=True)
class ExampleView:
    """One example: what it must come out as, and the facts that set it apart."""

    name: str
    label: LabelView
    flagged: bool
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    source: str
    confirmed: bool
    line: int


@dataclass(frozen=True, slots=True)
class ExampleGroup:
    """Examples that prove the same line. ``about`` names the line in words."""

    about: str
    flagged: tuple[ExampleView, ...]
    clear: tuple[ExampleView, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of the measure that is not encoded, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in a list. ``law`` says in a few words since when it is in force, or when it was; ``roles`` in which roles the party of
    the list stands."""

    id: str
    title: str
    summary: str
    href: str
    kind: str
    severity: str
    tone: str
    status: str
    law: str
    disputed: bool
    unverified: bool
    roles: str = ""


@dataclass(frozen=True, slots=True)
class ToVerify:
    """Something to be read at the source: where it stands, which parts, and the text to read."""

    what: str
    parts: str
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """The page of one rule, or of one shared exemption (``shared``)."""

    row: RuleRow
    shared: bool
    regime: str
    owner: str
    reviewed: str
    bound: str
    breach_by: str
    breach_class: str
    digest: str
    path: str
    drawing: Drawing | None
    changes: tuple[tuple[str, tuple[str, ...]], ...]
    periods: tuple[PeriodPage, ...]
    flag_when: LineView
    met_when: LineView | None
    duty: str
    quota: tuple[str, ...]
    conditions: LineView | None
    exemptions: tuple[ExemptionPage, ...]
    contested: tuple[ContestPage, ...]
    overrides: tuple[RuleRow, ...]
    overridden_by: tuple[RuleRow, ...]
    replaced_by: tuple[RuleRow, ...]
    used_by: tuple[RuleRow, ...]
    examples: tuple[ExampleGroup, ...]
    coverage: RuleCoverage | None
    gaps: tuple[Gap, ...]
    to_verify: tuple[ToVerify, ...]
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """One operative paragraph. ``tone`` is a token of the stylesheet for its state."""

    anchor: str
    key: str
    says: str
    state: str
    tone: str
    reason: str
    rules: tuple[RuleRow, ...]
    exempting: tuple[RuleRow, ...]
    marks: tuple[Mark, ...]
    source: str
    source_link: str


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """A resolution in a list, with how many of its paragraphs are in which state."""

    id: str
    name: str
    title: str
    href: str
    adopted: str
    regimes: str
    counts: tuple[tuple[str, str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class InstrumentPage:
    """The page of one resolution."""

    row: InstrumentRow
    link: str
    verified: str
    paragraphs: tuple[ParagraphRow, ...]
    to_verify: tuple[ToVerify, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A word of an index with the rules under it; ``note`` names the narrower words it covers."""

    anchor: str
    title: str
    note: str
    rules: tuple[RuleRow, ...]
