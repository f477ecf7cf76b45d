"""What a report shows, as plain frozen data: every renderer reads these objects and nothing else.

Texts are still as the sources gave them; each renderer makes them inert for its own kind of file (``checker.report.text``).
Dates are English words unless a field says ISO.
"""

from __future__ import annotations

from dataclasses import dataclass

from checker.model.excerpt import Excerpt

__all__ = [
    "BreachView",
    "ClaimView",
    "DocumentRow",
    "EventRow",
    "EvidenceView",
    "ExemptionView",
    "FactRow",
    "HintRow",
    "LabelView",
    "LawView",
    "LeadRow",
    "MatterView",
    "PositionView",
    "ProblemRow",
    "QuotaView",
    "Quote",
    "ReceiptView",
    "ReportView",
    "SourceView",
    "StepView",
    "TrialRow",
]


@dataclass(frozen=True, slots=True)
class LabelView:
    """A label as people see it. ``tone`` is a token of the stylesheet, ``says`` the sentence of the legend."""

    name: str
    title: str
    says: str
    tone: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of a source with the language tag and direction to print them in."""

    text: str
    lang: str
    dir: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where words were read. ``link`` is empty unless the address is plain http or https; ``address`` is what was given."""

    anchor: str
    name: str
    title: str
    published: str
    agency: str
    link: str
    address: str
    sha256: str
    lang: str
    dir: str
    language: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The excerpts of one document."""

    source: SourceView
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One voice. ``side`` is ``for``, ``against`` or ``unsure``; ``word`` says how it speaks ("alleges")."""

    side: str
    word: str
    by: str
    party: str
    via: str
    date: str
    about: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class BreachView:
    """Who is in breach: the role in the act, the name (empty: not named), the State in words."""

    role: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class LawView:
    """The measure on the date of the act. ``since`` and ``until`` are words and ``since_iso``, ``until_iso`` ISO dates."""

    authority: tuple[str, ...]
    says: str
    force: str
    since: str
    until: str
    since_iso: str
    until_iso: str
    link: str
    verified: bool
    verified_says: str
    verified_link: str
    axis: str


@dataclass(frozen=True, slots=True)
class ExemptionView:
    """An exemption that is not excluded. ``missing`` is a phrase of the facts that would decide it."""

    says: str
    authority: str
    missing: str


@dataclass(frozen=True, slots=True)
class PositionView:
    """One view in a dispute about the law."""

    view: str
    holders: str
    basis: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact of an event. ``how`` is ``stated``, ``inferred``, ``assumed`` or ``derived``; ``basis`` from what it was assumed."""

    name: str
    value: str
    how: str
    basis: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the explain tree. ``truth`` is ``true``, ``unknown``, ``false`` or empty."""

    kind: str
    text: str
    truth: str
    detail: str
    note: str
    where: str
    children: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What reproduces one finding: its identity, the facts it rests on and the steps of the judgement. ``commands`` read the JSON
    form of the report."""

    id: str
    rule_digest: str
    rulebase_digest: str
    version: str
    outcome: str
    commands: tuple[str, ...]
    sentence: str
    facts: tuple[FactRow, ...]
    explain: StepView


@dataclass(frozen=True, slots=True)
class QuotaView:
    """A quota in one window. ``used``: a sentence for each limit; ``rows``: date, amounts, and how they are told, of each event that
    counts; ``left_out``: a sentence for each event that does not."""

    window: str
    used: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatterView:
    """One card: a finding, or the findings of one shipment under the same rule with the same label.

    ``page`` is the address of the rule in the catalogue (empty: none was named). ``sentences`` has one sentence per finding;
    ``missing``, ``assumed``, ``leads`` (parties on the user's own lists) and ``notes`` are whole sentences.
    ``event_iso`` is the date of the act in ISO form.
    """

    number: int
    anchor: str
    label: LabelView
    severity: str
    regime: str
    rule: str
    page: str
    title: str
    sentences: tuple[str, ...]
    event_iso: str
    breach: tuple[BreachView, ...]
    law: LawView
    claims: tuple[ClaimView, ...]
    evidence: tuple[EvidenceView, ...]
    missing: tuple[str, ...]
    assumed: tuple[str, ...]
    leads: tuple[str, ...]
    exemptions: tuple[ExemptionView, ...]
    positions: tuple[PositionView, ...]
    notes: tuple[str, ...]
    not_encoded: tuple[str, ...]
    also: tuple[str, ...]
    quotas: tuple[QuotaView, ...]
    tier: str
    receipts: tuple[ReceiptView, ...]

    def side(self, side: str) -> tuple[ClaimView, ...]:
        """The claims on one side."""
        return tuple(c for c in self.claims if c.side == side)


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event that no finding flags, why it is only listed, and the sentence that tells it (none for a record)."""

    sentence: str
    reason: str
    source: SourceView | None
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class LeadRow:
    """An event with a party on a list of the user's own. ``anchor`` leads to the card of the event, empty where no finding flags it."""

    leads: tuple[str, ...]
    sentence: str
    anchor: str
    source: SourceView | None


@dataclass(frozen=True, slots=True)
class TrialRow:
    """What a rule on trial would have flagged."""

    label: LabelView
    sentence: str
    title: str
    rule: str
    page: str


@dataclass(frozen=True, slots=True)
class HintRow:
    """A sentence that tells something but no event."""

    kind: str
    source: SourceView | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as read. ``events`` counts its events; ``notes`` are doubts of the reading, or why it could not be read."""

    anchor: str
    id: str
    source: SourceView
    status: str
    readable: bool
    events: int
    characters: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """Something wrong with an input: where, what, how to mend it."""

    where: str
    code: str
    severity: str
    message: str
    mend: str
    source: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """The whole report. ``counts`` holds each label of the matters with how many there are, in the order of the cards."""

    headline: str
    scope: tuple[str, ...]
    partial: str
    counts: tuple[tuple[LabelView, int], ...]
    matters: tuple[MatterView, ...]
    leads: tuple[LeadRow, ...]
    events: tuple[EventRow, ...]
    trials: tuple[TrialRow, ...]
    hints: tuple[HintRow, ...]
    documents: tuple[DocumentRow, ...]
    problems: tuple[ProblemRow, ...]
    legend: tuple[LabelView, ...]
    law_known_as_of: str
    rules: int
    rulebase_digest: str
    version: str
