"""From a rule to its page of the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from checker.model.coverage import RuleCoverage
from checker.model.dates import say_day
from checker.model.rule import Condition, Contest, Exemption, Group, Leaf, Period, Quota, Rule, Verified
from checker.report.catalogue_examples import example_groups
from checker.report.catalogue_view import (
    AuthorityPart,
    ContestPage,
    ExemptionPage,
    Gap,
    LineView,
    Mark,
    PeriodPage,
    RulePage,
    RuleRow,
    ToVerify,
)
from checker.report.text import safe_url
from checker.report.timeline import timeline
from checker.report.timeline_svg import drawing
from checker.report.view import PositionView
from checker.report.words import FORCE_WORDS, Words, and_list, as_sentence, iso_words
from checker.vocabulary.authority import Paragraph, parse_authority
from checker.vocabulary.conditions import say_fact, say_line, say_wanted
from checker.vocabulary.quotas import name_limits, say_quota

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["EVERYBODY", "MARKS", "Citations", "marks", "rule_page", "rule_row", "source_of", "unverified_parts"]

EVERYBODY = {"all_states": "all States"}
MARKS = ("paragraph", "dates", "scope")
_PROCEDURES = {
    "": "no procedure is named",
    "standing": "it holds by itself; nobody need be asked",
    "notify": "the body named must be told in advance",
    "no_objection": "the body named is told in advance, and does not object",
    "approve": "the body named must approve in advance",
    "state_determines": "the State itself determines that it applies",
}


class Citations:
    """Authority texts with their links: to the paragraph of the resolution where that has a page."""

    def __init__(self, known: Mapping[Paragraph, str]) -> None:
        self._known = known

    def parts(self, texts: Iterable[str]) -> tuple[AuthorityPart, ...]:
        """Every clause of the texts as one part; a clause that cites several paragraphs has one part for each."""
        return tuple(part for text in texts for clause in text.split(";") for part in self._clause(clause.strip()))

    def _clause(self, clause: str) -> list[AuthorityPart]:
        try:
            cited = parse_authority(clause)
        except ValueError:
            return [AuthorityPart(clause, "")]
        if len(cited) == 1:
            return [AuthorityPart(clause, self._known.get(cited[0], ""))]
        now = "now " if clause.startswith("now ") else ""
        return [AuthorityPart(f"{now}{paragraph}", self._known.get(paragraph, "")) for paragraph in cited]


def rule_row(rule: Rule, *, shared: bool = False, roles: str = "") -> RuleRow:
    """A rule as lists show it."""
    folder = "exemptions" if shared else "rules"
    open_dispute = any(c.last is None for c in rule.contested)
    return RuleRow(rule.id, rule.title, rule.summary, f"{folder}/{rule.id}.html", rule.kind, rule.severity,
                   rule.severity or "quiet", "" if rule.status == "active" else rule.status, _law_in_short(rule), open_dispute,
                   not all(p.verified.whole for p in rule.periods), roles)


def rule_page(rule: Rule, vocabulary: Vocabulary, citations: Citations, *, rows: Mapping[str, RuleRow], others: Iterable[Rule],
              source: str, coverage: RuleCoverage | None, shared: bool = False) -> RulePage:
    """The page of a rule. ``rows`` are all rules by id, ``others`` all rules (for who overrides and who uses it)."""
    words = Words(vocabulary)
    life = None if shared else timeline(rule, vocabulary)
    others = tuple(others)
    lines = _Lines(vocabulary, rule.path, len(source.splitlines()))
    return RulePage(
        row=rule_row(rule, shared=shared),
        shared=shared,
        regime=words.regime(rule.regime),
        owner=rule.owner,
        reviewed=_reviewed(rule),
        bound=and_list([EVERYBODY.get(code) or words.state(code) for code in rule.bound]),
        breach_by=and_list([say_fact(role) for role in rule.breach_by]),
        breach_class=rule.breach_class,
        digest=rule.digest,
        path=rule.path,
        drawing=drawing(life) if life else None,
        changes=tuple((_day(c.day), c.texts) for c in life.changes) if life else (),
        periods=() if shared else tuple(_period(p, rule, vocabulary, citations) for p in rule.periods),
        flag_when=lines.view(rule.flag_when),
        met_when=lines.view(rule.met_when) if rule.met_when else None,
        duty=f"The {say_fact(rule.duty.owed_by)} owes it; the last day in time is {_day(rule.duty.due)}." if rule.duty else "",
        quota=_quota(rule.quota, vocabulary) if rule.quota else (),
        conditions=lines.view(rule.quota.conditions) if rule.quota and rule.quota.conditions else None,
        exemptions=tuple(_exemption(e, lines, words, citations) for e in rule.exemptions),
        contested=tuple(_contest(c, words) for c in rule.contested),
        overrides=_rows(rule.overrides, rows),
        overridden_by=_rows([o.id for o in others if rule.id in o.overrides], rows),
        replaced_by=_rows(rule.replaced_by, rows),
        used_by=_rows([o.id for o in others if any(e.shared == rule.id for e in o.exemptions)], rows) if shared else (),
        examples=example_groups(rule, vocabulary, shared=shared),
        coverage=coverage,
        gaps=tuple(Gap(as_sentence(n.text), as_sentence(n.why)) for n in rule.not_encoded),
        to_verify=() if shared else tuple(_to_verify(rule)),
        source=tuple(source.splitlines()),
    )


class _Lines:
    """Lines in words, with their numbers where they stand in the file that the page shows; an exemption may come from another."""

    def __init__(self, vocabulary: Vocabulary, path: str, last: int) -> None:
        self._vocabulary = vocabulary
        self._path = path
        self._last = last

    def view(self, condition: Condition) -> LineView:
        """A line or group."""
        mark = condition.mark
        number = mark.line if mark and mark.path == self._path and mark.line <= self._last else 0
        if isinstance(condition, Leaf):
            fact, asks, unknown = say_line(condition, self._vocabulary)
            return LineView("line", fact, asks, unknown, number, ())
        return LineView(condition.kind, "", "", "", number, tuple(self.view(item) for item in _flat(condition)))


def _flat(group: Group) -> Iterable[Condition]:
    """The items of a group; an ``all`` of a single item is that item."""
    return (item.items[0] if isinstance(item, Group) and item.kind == "all" and len(item.items) == 1 else item for item in group.items)


def marks(verified: Verified) -> tuple[Mark, ...]:
    """The three marks of verification."""
    return tuple(Mark(name, getattr(verified, name)) for name in MARKS)


def source_of(verified: Verified) -> tuple[str, str]:
    """Where it was checked, and its link where that is an address."""
    return verified.source, safe_url(verified.source)


def unverified_parts(verified: Verified) -> str:
    """Which parts are still to be read at the source: ``paragraph and scope``."""
    return and_list([name for name in MARKS if not getattr(verified, name)])


def _rows(ids: Iterable[str], rows: Mapping[str, RuleRow]) -> tuple[RuleRow, ...]:
    return tuple(rows[i] for i in ids if i in rows)


def _period(period: Period, rule: Rule, vocabulary: Vocabulary, citations: Citations) -> PeriodPage:
    followed = period.last is not None and any(p.first == period.last + 1 for p in rule.periods)
    source, link = source_of(period.verified)
    return PeriodPage(
        anchor=_anchor(period),
        since=_day(period.first),
        until=_day(period.last) if period.last is not None else "",
        ended="" if followed else period.ended,
        horizon=_day(period.known_until) if period.known_until is not None else "",
        authority=citations.parts(period.authority),
        force=FORCE_WORDS.get(period.force, period.force),
        says=as_sentence(period.says),
        link=safe_url(period.link),
        marks=marks(period.verified),
        source=source,
        source_link=link,
        checked=iso_words(period.verified.date),
        covered=tuple((say_fact(leaf.fact), say_wanted(leaf, vocabulary)) for leaf in period.covered.values()),
        limits=name_limits(period.limits, vocabulary),
    )


def _anchor(period: Period) -> str:
    return f"from-{dt.date.fromordinal(period.first).isoformat()}"


def _exemption(exemption: Exemption, lines: _Lines, words: Words, citations: Citations) -> ExemptionPage:
    return ExemptionPage(
        name=say_fact(exemption.name),
        says=as_sentence(exemption.says),
        authority=citations.parts(exemption.authority),
        window=_window(exemption.first, exemption.last),
        procedure=as_sentence(_PROCEDURES.get(exemption.procedure, exemption.procedure)),
        unknown="A fact that is not stated sends the case to review." if exemption.if_unknown == "review"
        else "Who relies on it must show it: what is not stated does not excuse.",
        when=lines.view(exemption.when),
        unless=lines.view(exemption.unless) if exemption.unless else None,
        contested=tuple(_contest(c, words) for c in exemption.contested),
        shared=f"exemptions/{exemption.shared}.html" if exemption.shared else "",
    )


def _contest(contest: Contest, words: Words) -> ContestPage:
    return ContestPage(_day(contest.first), _day(contest.last) if contest.last is not None else "",
                       tuple(PositionView(p.view, and_list([words.party(h) for h in p.holders]), p.basis) for p in contest.positions))


def _quota(quota: Quota, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The quota as sentences."""
    said = [as_sentence(say_quota(quota, quota.limits, vocabulary))]
    if quota.of != "goods":
        said.append("People are counted." if quota.of == "people" else "Acts are counted.")
    if quota.alerts:
        said.append(f"Alerts at {and_list([f'{a:g} %' for a in quota.alerts])} of the limit.")
    return tuple(said)


def _to_verify(rule: Rule) -> Iterable[ToVerify]:
    for period in rule.periods:
        if not period.verified.whole:
            yield ToVerify(f"{'; '.join(period.authority)}, from {_day(period.first)}", unverified_parts(period.verified),
                           f"rules/{rule.id}.html#{_anchor(period)}", safe_url(period.link))


def _law_in_short(rule: Rule) -> str:
    last = rule.periods[-1]
    if last.last is not None:
        return f"{_day(rule.periods[0].first)} to {_day(last.last)}"
    horizon = f", renewal known until {_day(last.known_until)}" if last.known_until is not None else ""
    begun = rule.periods[0]
    gap = any(a.last is not None and a.last + 1 < b.first for a, b in zip(rule.periods, rule.periods[1:], strict=False))
    return f"{'again ' if gap else ''}since {_day(last.first if gap else begun.first)}{horizon}"


def _reviewed(rule: Rule) -> str:
    review = rule.reviewed
    again = f", to be reviewed again by {iso_words(review.again_by)}" if review.again_by else ""
    return f"{iso_words(review.date)} by {review.by}{again}" if review.date else ""


def _window(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    if last is None:
        return f"from {_day(first or 1)}"
    return f"from {_day(first)} to {_day(last)}" if first is not None else f"until {_day(last)}"


def _day(day: int) -> str:
    return say_day(dt.date.fromordinal(day))
