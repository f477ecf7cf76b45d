"""One rule on one event: the order of judgement, first on one day, then over all the days the event may have happened on.

Order (rule language, section 4): in force, elements, exemptions, overrides, due date or quota, law. Report and label are added by the
judge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checker.judge.amounts import amounts, limits_on, passes_alone
from checker.judge.compiled import CompiledPeriod, CompiledRule
from checker.judge.conditions import Probe
from checker.judge.days import EventDays, event_days, segments
from checker.judge.subject import Subject
from checker.judge.verdict import FLAGGED_OUTCOMES, Span
from checker.model.dates import within
from checker.model.finding import Law, OpenExemption
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["CAUTION", "Judged", "judge_day", "judge_rule"]

# Which outcome stands for several days when none is flagged, and which day of a continuing act is the strongest.
_STRENGTH = {"breach": 6, "possible": 5, "pending": 4, "exempt": 3, "met": 2, "clear": 1, "not_in_force": 0}
CAUTION: dict[Law, int] = {"settled": 0, "unverified": 1, "contested": 2, "hortatory": 3}
"""From the plainest accusation to the most cautious one: the order in which the label table asks."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came out over all days: the deciding span (its ``outcome``, ``law`` and ``missing`` are those of the whole), all
    spans as they are, and why they were combined so."""

    whole: Span
    spans: tuple[Span, ...]
    days: EventDays
    notes: tuple[str, ...] = ()


def judge_rule(rule: CompiledRule, subject: Subject, vocabulary: Vocabulary, probe: Probe | None = None) -> Judged:
    """The outcome of a rule on an event, over all the days on which it may have happened."""
    days = event_days(subject)
    if days.first == days.last:
        span = judge_day(rule, subject, days.first, days, vocabulary, probe)
        return Judged(span, (span,), days)
    if days.sure is None:
        spans = _judge_days(rule, subject, vocabulary, (days.first, days.last), probe)
        whole, notes = _some_day(spans)
        return Judged(whole, spans, days, notes)
    sure = _judge_days(rule, subject, vocabulary, days.sure, probe)
    before = _judge_days(rule, subject, vocabulary, (days.first, days.sure[0] - 1), probe)
    after = _judge_days(rule, subject, vocabulary, (days.sure[1] + 1, days.last), probe)
    whole, notes = _every_day(sure, before + after)
    return Judged(whole, before + sure + after, days, notes)


def judge_day(rule: CompiledRule, subject: Subject, day: int, days: EventDays, vocabulary: Vocabulary,
              probe: Probe | None = None) -> Span:
    """The outcome of a rule on one of the event's ``days``. With a probe every line is visited, also where the answer is known
    without it."""
    period = rule.period_on(day)
    if period is None:
        return Span(day, day, "not_in_force")
    elements = period.flag.truth(subject, day, probe)
    met = period.met.truth(subject, day, probe) if period.met and (elements < 2 or probe) else 0
    if probe:
        for exemption in period.exemptions:
            exemption.excuses(subject, day, probe)
        if period.conditions:
            period.conditions.truth(subject, day, probe)
    if elements < 2 and met == 2:
        return Span(day, day, "met", period=period.index)
    if elements == 0:
        return Span(day, day, "clear", period=period.index)
    missing = set() if elements == 2 else period.flag.lacking(subject, day, probe)
    if elements == 1 and not period.flag.anchored(subject, day, probe):
        return Span(day, day, "clear", period=period.index, missing=frozenset(missing))
    excused = _exemptions(period, subject, day, probe)
    if excused.because:
        return Span(day, day, "exempt", period=period.index, because=excused.because, elements=elements)
    for special in rule.special:
        over = special.period_on(day)
        if over is not None and over.flag.truth(subject, day) == 2:
            return Span(day, day, "clear", period=period.index, elements=elements, overridden=special.rule.id)
    if rule.rule.duty and day <= rule.rule.duty.due:
        return Span(day, day, "pending", period=period.index, elements=elements)
    sure = elements == 2 and not excused.missing
    missing |= excused.missing
    if rule.rule.quota and sure:
        sure, wanting = _quota(rule, period, subject, day, days, vocabulary, probe)
        missing |= wanting
    law: Law = "contested" if excused.disputed and period.period.force != "calls_upon" else _law(rule, period, day)
    return Span(day, day, "breach" if sure else "possible", law, period.index, "", frozenset(missing), excused.open, elements, "",
                excused.disputed)


@dataclass(slots=True)
class _Excused:
    """``because``: the exemption that excuses. ``disputed``: one that would, if States did not dispute it. ``open``: those not
    excluded; ``missing``: what would decide those that make the outcome possible."""

    because: str = ""
    disputed: str = ""
    open: tuple[OpenExemption, ...] = ()
    missing: frozenset[str] = frozenset()


def _exemptions(period: CompiledPeriod, subject: Subject, day: int, probe: Probe | None) -> _Excused:
    found = _Excused()
    for exemption in period.exemptions:
        if not exemption.in_time(day):
            continue
        e, excuse = exemption.exemption, exemption.excuses(subject, day, probe)
        if excuse == 2:
            if not exemption.disputed(day):
                found.because = e.name
                return found
            found.disputed = found.disputed or e.name
        elif excuse == 1:
            lacking = exemption.when.lacking(subject, day, probe)
            if exemption.unless:
                lacking |= exemption.unless.lacking(subject, day, probe)
            found.open += (OpenExemption(e.name, e.says, e.authority, tuple(sorted(lacking))),)
            if e.if_unknown == "review":
                found.missing |= lacking
    return found


def _quota(rule: CompiledRule, period: CompiledPeriod, subject: Subject, day: int, days: EventDays, vocabulary: Vocabulary,
           probe: Probe | None) -> tuple[bool, set[str]]:
    """Whether this one event breaches a quota for sure, and which of its facts are wanting. It does where a condition is false, or
    where it alone passes the limit; else the other events of the window decide."""
    quota = rule.rule.quota
    if quota is None:
        return True, set()
    asked = period.conditions
    if asked is not None and asked.truth(subject, day, probe) == 0:
        return True, set()
    wanting = set() if asked is None else asked.lacking(subject, day, probe)
    if passes_alone(rule.rule, period.index, days, subject.facts, vocabulary):
        return True, set()
    told = amounts(quota, subject.facts, limits_on(rule.rule, period.index), vocabulary)
    return False, wanting if told or "quantity" in subject.facts else wanting | {"quantity"}


def _law(rule: CompiledRule, period: CompiledPeriod, day: int) -> Law:
    if period.period.force == "calls_upon":
        return "hortatory"
    if any(within(day, contest.first, contest.last) for contest in rule.rule.contested):
        return "contested"
    known_until = period.period.known_until
    return "unverified" if known_until is not None and day > known_until else "settled"


def _judge_days(rule: CompiledRule, subject: Subject, vocabulary: Vocabulary, days: tuple[int, int],
                probe: Probe | None) -> tuple[Span, ...]:
    """The outcome on every day from the first to the last, alike days in one span; none if the last is before the first."""
    if days[0] > days[1]:
        return ()
    whole = event_days(subject)
    return tuple(replace(judge_day(rule, subject, first, whole, vocabulary, probe), first=first, last=last)
                 for first, last in segments(rule, subject, vocabulary, *days))


def _some_day(spans: tuple[Span, ...]) -> tuple[Span, tuple[str, ...]]:
    """The act happened on one of these days, nobody knows which: flagged on all of them, or possible, or not flagged."""
    flagged = [span for span in spans if span.outcome in FLAGGED_OUTCOMES]
    if not flagged:
        best = max(spans, key=lambda span: _STRENGTH[span.outcome])
        if best.outcome != "clear":
            return best, ()
        # what is not known may decide on any of the days
        return replace(best, missing=frozenset().union(*(span.missing for span in spans if span.outcome == "clear"))), ()
    cautious = max(flagged, key=lambda span: (_STRENGTH[span.outcome], CAUTION[span.law]))
    law = max((span.law for span in flagged), key=CAUTION.__getitem__)
    notes = () if len({span.law for span in flagged}) == 1 else (
        f"The law is not equally clear on all the days in question; the most cautious reading ({law}) is used.",)
    missing = frozenset().union(*(span.missing for span in flagged))
    if len(flagged) < len(spans):
        return replace(cautious, outcome="possible", law=law, missing=missing | {"date"}), notes
    outcome = cautious.outcome if all(span.outcome == "breach" for span in flagged) else "possible"
    return replace(cautious, outcome=outcome, law=law, missing=missing), notes


def _every_day(sure: tuple[Span, ...], maybe: tuple[Span, ...]) -> tuple[Span, tuple[str, ...]]:
    """The act went on over all the ``sure`` days, and perhaps over some of ``maybe``: the strongest day counts."""
    def strength(span: Span) -> tuple[int, int]:
        return _STRENGTH[span.outcome], -CAUTION[span.law]

    best = max(sure, key=strength)
    alike = len({(span.outcome, span.law) for span in sure}) == 1
    notes = () if alike else ("The act went on for several days; the strongest day counts.",)
    if best.outcome in FLAGGED_OUTCOMES:
        return best, notes
    others = [span for span in maybe if span.outcome in FLAGGED_OUTCOMES]
    if not others:
        return best, notes
    top = max(others, key=strength)
    return replace(top, outcome="possible", missing=top.missing | {"date"}), notes
