"""Rules as data: one measure of a resolution paragraph, parsed from its YAML file and checked, but not yet compiled.

``checker.rulebase`` builds these from files, ``checker.judge`` compiles and evaluates them. Dates are ordinals
(``datetime.date.toordinal``); ``None`` as a last day means open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from checker.model.event import Event

__all__ = ["BoolTest", "Condition", "Contest", "DateTest", "Duty", "Example", "Exemption", "Expect", "Force", "Group", "Leaf", "ListTest",
           "Mark", "NamedTest", "NotEncoded", "NumberTest", "Period", "Position", "Review", "Rule", "TermTest", "Test", "Verified"]

Force = Literal["decides", "demands", "clarifies", "calls_upon"]
IfUnknown = Literal["", "holds", "fails", "review"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something is written: file, line and column, both from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class TermTest:
    """The fact lies under one of ``any_of`` and under none of ``except_`` (terms of the fact's taxonomy)."""

    any_of: tuple[str, ...]
    except_: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoolTest:
    """The fact is ``value``."""

    value: bool


@dataclass(frozen=True, slots=True)
class NumberTest:
    """The number lies between the bounds, both included."""

    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class DateTest:
    """The date lies strictly after ``after`` and strictly before ``before`` (ordinals)."""

    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class ListTest:
    """The party is under one of ``lists`` on the event's date; ``waived``: under a waiver instead of a listing."""

    lists: tuple[str, ...]
    waived: bool = False


@dataclass(frozen=True, slots=True)
class NamedTest:
    """The named value ``covered_<fact>`` of the period in force."""

    name: str


Test = TermTest | BoolTest | NumberTest | DateTest | ListTest | NamedTest


@dataclass(frozen=True, slots=True)
class Leaf:
    """One line: a fact and the test it must pass. ``negate`` is ``{not: ...}``. ``if_unknown`` empty: unknown stays unknown."""

    fact: str
    test: Test
    negate: bool = False
    if_unknown: IfUnknown = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """``all``: every item holds; ``any``: at least one; ``none``: not one."""

    kind: Literal["all", "any", "none"]
    items: tuple[Condition, ...]
    mark: Mark | None = None


Condition = Leaf | Group


@dataclass(frozen=True, slots=True)
class Verified:
    """What of a period was checked at the source, by whom it was printed, and when."""

    paragraph: bool = False
    dates: bool = False
    scope: bool = False
    source: str = ""
    date: str = ""

    @property
    def whole(self) -> bool:
        """True when paragraph, dates and scope were all checked."""
        return self.paragraph and self.dates and self.scope


@dataclass(frozen=True, slots=True)
class Period:
    """The law from ``first`` to ``last`` (both included; ``None``: open). ``last`` is already cut to the day before the next
    period. ``known_until``: last day for which a renewal is known. ``covered`` maps ``covered_<fact>`` to its test."""

    first: int
    last: int | None
    authority: tuple[str, ...]
    force: Force
    says: str
    link: str = ""
    verified: Verified = Verified()
    known_until: int | None = None
    ended: str = ""
    covered: Mapping[str, Leaf] = field(default_factory=dict)
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One view in a dispute about the law: what it says, who holds it, on what basis."""

    view: str
    holders: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Contest:
    """States dispute, from ``first`` to ``last``, that the measure applies."""

    first: int
    last: int | None
    positions: tuple[Position, ...]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """Who owes it (a State fact or party role) and the last day in time (ordinal)."""

    owed_by: str
    due: int
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """A named excuse. It must be shown: an unknown fact does not excuse, the finding says "not excluded"; with
    ``if_unknown: review`` unknown facts make the outcome possible instead. ``unless`` (one level) takes the excuse away."""

    name: str
    says: str
    authority: tuple[str, ...]
    when: Group
    first: int | None = None
    last: int | None = None
    procedure: str = ""
    if_unknown: IfUnknown = ""
    unless: Group | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class NotEncoded:
    """A part of the measure that a machine cannot judge, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Expect:
    """What an example must come out as. Only the lines named in ``stated`` are compared beside the label, so that a written
    ``breach_by: []`` asks for nobody in breach."""

    label: str
    breach_by: tuple[str, ...] = ()
    because: str = ""
    missing: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One test of a rule. ``event`` is complete: overlays (``but``, ``like``) are already applied."""

    name: str
    event: Event
    expect: Expect
    source: str = ""
    changed: tuple[str, ...] = ()
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Who looked at the rule last, and when it must be looked at again (ISO dates)."""

    by: str = ""
    date: str = ""
    again_by: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One measure. ``digest`` is the SHA-256 of the parsed content, so that comments and spacing do not change it."""

    id: str
    title: str
    summary: str
    kind: Literal["prohibition", "duty", "quota"]
    regime: str
    severity: str
    status: str
    periods: tuple[Period, ...]
    bound: tuple[str, ...]
    breach_by: tuple[str, ...]
    flag_when: Group
    met_when: Group | None = None
    exemptions: tuple[Exemption, ...] = ()
    contested: tuple[Contest, ...] = ()
    duty: Duty | None = None
    breach_class: Literal["substantive", "reporting"] = "substantive"
    owner: str = ""
    reviewed: Review = Review()
    replaced_by: tuple[str, ...] = ()
    not_encoded: tuple[NotEncoded, ...] = ()
    examples: tuple[Example, ...] = ()
    digest: str = ""
    mark: Mark | None = None

    @property
    def path(self) -> str:
        """The file the rule was read from, as given to the loader."""
        return self.mark.path if self.mark else ""

