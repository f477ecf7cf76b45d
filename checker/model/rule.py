"""Rules as data: one measure of a resolution paragraph, parsed from its YAML file and checked, but not yet compiled.

``checker.rulebase`` builds these from files, ``checker.judge`` compiles and evaluates them. Dates are ordinals
(``datetime.date.toordinal``); ``None`` as a last day means open. ``msgspec.Struct`` and no dataclasses, because parsed rules are kept
in a cache that is read back from JSON; copy one with ``msgspec.structs.replace``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from checker.model.event import Event

__all__ = ["BoolTest", "Condition", "Contest", "DateTest", "Duty", "Example", "Exemption", "Expect", "Force", "Group", "Leaf", "Limit",
           "ListTest", "Mark", "NamedTest", "NotEncoded", "NumberTest", "Period", "Position", "Quota", "Review", "Rule", "SharedExemption",
           "TermTest", "Test", "Verified", "asked", "leaves"]

Force = Literal["decides", "demands", "clarifies", "calls_upon"]
IfUnknown = Literal["", "holds", "fails", "review"]


class Mark(msgspec.Struct, frozen=True):
    """Where something is written: file, line and column, both from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class TermTest(msgspec.Struct, frozen=True, tag=True):
    """The fact lies under one of ``any_of`` and under none of ``except_`` (terms of the fact's taxonomy)."""

    any_of: tuple[str, ...]
    except_: tuple[str, ...] = ()


class BoolTest(msgspec.Struct, frozen=True, tag=True):
    """The fact is ``value``."""

    value: bool


class NumberTest(msgspec.Struct, frozen=True, tag=True):
    """The number lies between the bounds, both included."""

    at_least: float | None = None
    at_most: float | None = None


class DateTest(msgspec.Struct, frozen=True, tag=True):
    """The date lies strictly after ``after`` and strictly before ``before`` (ordinals)."""

    before: int | None = None
    after: int | None = None


class ListTest(msgspec.Struct, frozen=True, tag=True):
    """The party is under one of ``lists`` on the event's date; ``waived``: under a waiver instead of a listing."""

    lists: tuple[str, ...]
    waived: bool = False


class NamedTest(msgspec.Struct, frozen=True, tag=True):
    """The named value ``covered_<fact>`` of the period in force."""

    name: str


Test = TermTest | BoolTest | NumberTest | DateTest | ListTest | NamedTest


class Leaf(msgspec.Struct, frozen=True, tag=True):
    """One line: a fact and the test it must pass. ``negate`` is ``{not: ...}``. ``if_unknown`` empty: unknown stays unknown."""

    fact: str
    test: Test
    negate: bool = False
    if_unknown: IfUnknown = ""
    mark: Mark | None = None


class Group(msgspec.Struct, frozen=True, tag=True):
    """``all``: every item holds; ``any``: at least one; ``none``: not one."""

    kind: Literal["all", "any", "none"]
    items: tuple[Condition, ...]
    mark: Mark | None = None


Condition = Leaf | Group


def leaves(condition: Condition | None) -> Iterator[Leaf]:
    """All lines of a condition, in written order."""
    if isinstance(condition, Leaf):
        yield condition
    elif condition is not None:
        for item in condition.items:
            yield from leaves(item)


def asked(condition: Condition) -> Iterator[Leaf]:
    """The lines that say what a condition is about: what it leaves out (negated lines, ``none`` groups) is not."""
    if isinstance(condition, Leaf):
        if not condition.negate:
            yield condition
    elif condition.kind != "none":
        for item in condition.items:
            yield from asked(item)


class Verified(msgspec.Struct, frozen=True):
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


class Period(msgspec.Struct, frozen=True):
    """The law from ``first`` to ``last`` (both included; ``None``: open). ``last`` is already cut to the day before the next
    period. ``known_until``: last day for which a renewal is known. ``covered`` maps ``covered_<fact>`` to its test; ``limits`` is the
    value of ``covered_quantity``, for quotas whose amount changes with the law."""

    first: int
    last: int | None
    authority: tuple[str, ...]
    force: Force
    says: str
    link: str = ""
    verified: Verified = Verified()
    known_until: int | None = None
    ended: str = ""
    covered: Mapping[str, Leaf] = msgspec.field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    mark: Mark | None = None


class Position(msgspec.Struct, frozen=True):
    """One view in a dispute about the law: what it says, who holds it, on what basis."""

    view: str
    holders: tuple[str, ...]
    basis: str


class Contest(msgspec.Struct, frozen=True):
    """States dispute, from ``first`` to ``last``, that the measure applies."""

    first: int
    last: int | None
    positions: tuple[Position, ...]
    mark: Mark | None = None


class Duty(msgspec.Struct, frozen=True):
    """Who owes it (a State fact or party role) and the last day in time (ordinal)."""

    owed_by: str
    due: int
    mark: Mark | None = None


class Limit(msgspec.Struct, frozen=True):
    """The most that a quota allows, in one unit (a word of the units)."""

    number: float
    unit: str
    mark: Mark | None = None


class Quota(msgspec.Struct, frozen=True):
    """How much is allowed in a window of time.

    ``of``: what is counted: ``goods`` (their amount), ``people`` or ``acts`` (each event counts one). ``limits``: one, or two in
    different units of which the one reached first counts (``whichever: lower``); empty where ``by_period`` (each period of the law
    has its own) or where ``level_on`` freezes the amount of that day (ordinal). ``per``: the window: ``calendar_year``, ``month``,
    ``year_from`` (years that begin on ``anchor``, a month and a day) or ``period`` (the whole time of the law). ``scope``: all
    States together, or each for itself. ``conditions``: a line that is false breaches at any amount. ``alerts``: percentages of the
    limit at which the reader is told.
    """

    of: Literal["goods", "people", "acts"]
    limits: tuple[Limit, ...]
    per: Literal["calendar_year", "year_from", "month", "period"]
    scope: Literal["all_states", "per_state"]
    by_period: bool = False
    level_on: int | None = None
    anchor: tuple[int, int] = (1, 1)
    conditions: Group | None = None
    alerts: tuple[float, ...] = ()
    mark: Mark | None = None


class Exemption(msgspec.Struct, frozen=True):
    """A named excuse. It must be shown: an unknown fact does not excuse, the finding says "not excluded"; with
    ``if_unknown: review`` unknown facts make the outcome possible instead. ``unless`` (one level) takes the excuse away. While it is
    ``contested``, an act that it would excuse is flagged as contested. ``shared`` is the id of the file it was taken from."""

    name: str
    says: str
    authority: tuple[str, ...]
    when: Group
    first: int | None = None
    last: int | None = None
    procedure: str = ""
    if_unknown: IfUnknown = ""
    unless: Group | None = None
    contested: tuple[Contest, ...] = ()
    shared: str = ""
    mark: Mark | None = None


class NotEncoded(msgspec.Struct, frozen=True):
    """A part of the measure that a machine cannot judge, and why."""

    text: str
    why: str


class Expect(msgspec.Struct, frozen=True):
    """What an example must come out as. Only the lines named in ``stated`` are compared beside the label, so that a written
    ``breach_by: []`` asks for nobody in breach. ``authority`` names the paragraphs applied, all of them,
    ``not_excluded`` the exemptions that stay open. An empty label stands for any that is not ``exempt``."""

    label: str
    breach_by: tuple[str, ...] = ()
    because: str = ""
    missing: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    not_excluded: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()


class Example(msgspec.Struct, frozen=True):
    """One test of a rule. ``event`` is complete: overlays (``but``, ``like``) are already applied; ``changed`` names the facts that
    ``but`` changes. One that is not ``confirmed`` was drafted by the program and counts for nothing until a person has agreed."""

    name: str
    event: Event
    expect: Expect
    source: str = ""
    changed: tuple[str, ...] = ()
    confirmed: bool = True
    mark: Mark | None = None


class Review(msgspec.Struct, frozen=True):
    """Who looked at the rule last, and when it must be looked at again (ISO dates)."""

    by: str = ""
    date: str = ""
    again_by: str = ""


class Rule(msgspec.Struct, frozen=True):
    """One measure. ``overrides``: ids of more general rules that do not apply where the elements of this one are met. ``digest`` is
    the SHA-256 of the parsed content, so that comments and spacing do not change it."""

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
    quota: Quota | None = None
    overrides: tuple[str, ...] = ()
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


class SharedExemption(msgspec.Struct, frozen=True):
    """An exemption written and tested once, in a file of its own, for all rules that ``use`` it. ``rule`` carries its examples: a
    rule whose elements always hold and whose only exemption this is."""

    id: str
    title: str
    exemption: Exemption
    rule: Rule
    not_encoded: tuple[NotEncoded, ...] = ()
    digest: str = ""
