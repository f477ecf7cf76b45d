"""The explain tree of a judgement, built from the lines that decided it, for matches and for what did not match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checker.judge.amounts import amounts, limits_on, passes_alone, window_on
from checker.judge.compiled import CompiledPeriod, CompiledRule
from checker.judge.conditions import LineNode, Node
from checker.judge.days import HISTORY, event_days
from checker.judge.subject import Subject
from checker.judge.verdict import Span, Verdict
from checker.judge.words import say_fact, say_got, say_range, say_wanted
from checker.model.event import Amount
from checker.model.explain import ExplainNode
from checker.model.finding import QuotaCount, QuotaTotal
from checker.model.rule import ListTest, Mark, Rule
from checker.model.truth import Truth
from checker.vocabulary.quotas import say_amounts, say_quota
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["explain_tree"]

_GROUPS = {"all": "all of these hold", "any": "at least one of these holds", "none": "none of these holds"}
_SHOWN_SPANS = 12


def explain_tree(rule: CompiledRule, subject: Subject, verdict: Verdict, vocabulary: Vocabulary,
                 count: QuotaCount | None = None) -> ExplainNode:
    """Why the verdict is what it is. The root's ``note`` is ``outcome: <outcome>``; its children follow the order of judgement, with
    the totals of a quota that was counted over several events before the label."""
    steps = list(_steps(rule, subject, verdict, vocabulary))
    if count is not None:
        steps[-1:-1] = [_total(total, count, vocabulary) for total in count.totals]
    return ExplainNode("rule", f"{rule.rule.title}: {verdict.label}", note=f"outcome: {verdict.outcome}",
                       where=_where(rule.rule.mark), children=tuple(steps))


def _total(total: QuotaTotal, count: QuotaCount, vocabulary: Vocabulary) -> ExplainNode:
    """What all events of a window use of one limit."""
    def say(number: float) -> str:
        return vocabulary.title("quantity", Amount(number, total.unit))

    until = f" to {count.until}" if count.until else ""
    over = Truth.TRUE if max(total.notified, total.estimated) > total.at_most else Truth.FALSE
    rows = tuple(ExplainNode("quota", f"{c.date or 'no date'}: {say(c.amounts[total.unit])}", note=f"{c.basis}, {c.scope}, {c.report}")
                 for c in count.contributions if total.unit in c.amounts)
    return ExplainNode("quota", f"from {count.since}{until}: notified {say(total.notified)}, estimated {say(total.estimated)}, "
                                f"at most {say(total.at_most)}", over, note=f"{total.percent:.1f} percent", children=rows)


def _steps(rule: CompiledRule, subject: Subject, verdict: Verdict, vocabulary: Vocabulary) -> Iterator[ExplainNode]:
    span = verdict.span
    yield _period(rule, verdict)
    if span.period < 0:
        yield from _label(verdict)
        return
    period, day = rule.periods[span.period], span.first
    yield ExplainNode("elements", "the elements of the rule", Truth(period.flag.truth(subject, day)),
                      children=(_condition(period.flag, subject, day, vocabulary),))
    if verdict.outcome == "clear" and span.missing:
        yield ExplainNode("elements", "no line that names a State, place, group or list holds, so nothing is flagged",
                          note=f"missing: {', '.join(sorted(span.missing))}")
    if period.met is not None:
        yield ExplainNode("met", "the act that fulfils the duty", Truth(period.met.truth(subject, day)),
                          children=(_condition(period.met, subject, day, vocabulary),))
    if verdict.outcome not in ("clear", "met") or span.overridden:
        yield from _exemptions(period, subject, day, vocabulary)
        yield from _overrides(rule, subject, day, vocabulary)
        if rule.rule.duty:
            due = rule.rule.duty.due
            text = f"the last day in time is {say_range(due, due)}: the event is {'after it' if day > due else 'in time'}"
            yield ExplainNode("duty", text, Truth.TRUE if day > due else Truth.FALSE, where=_where(rule.rule.duty.mark))
        if rule.rule.quota and not span.overridden:
            yield _quota(rule.rule, period, subject, day, vocabulary)
    yield from _label(verdict)


def _period(rule: CompiledRule, verdict: Verdict) -> ExplainNode:
    """The law on the deciding days; where days came out differently, each run of days under it."""
    span = verdict.span
    runs = tuple(ExplainNode("period", f"{say_range(s.first, s.last)}: {s.outcome.replace('_', ' ')}")
                 for s in verdict.spans[:_SHOWN_SPANS])
    if len(verdict.spans) > _SHOWN_SPANS:
        runs += (ExplainNode("period", f"and {len(verdict.spans) - _SHOWN_SPANS} more runs of days"),)
    children = runs if len({s.outcome for s in verdict.spans}) > 1 else ()
    if span.period < 0:
        return ExplainNode("period", _not_in_force(rule, span), Truth.FALSE, children=children, where=_where(rule.rule.mark))
    period = rule.rule.periods[span.period]
    last = f" to {say_range(period.last, period.last)}" if period.last is not None else ""
    text = f"in force: {', '.join(period.authority)}, from {say_range(period.first, period.first)}{last}"
    return ExplainNode("period", text, Truth.TRUE, note=period.says, where=_where(period.mark), children=children)


def _not_in_force(rule: CompiledRule, span: Span) -> str:
    """``not in force: the event is of 11 June 2009, the measure starts 12 June 2009``."""
    told = f"not in force: the event is of {say_range(span.first, span.last)}"
    before = [p for p in rule.rule.periods if p.last is not None and p.last < span.first]
    after = [p for p in rule.rule.periods if p.first > span.last]
    if before:
        ended = max(before, key=lambda p: p.last or 0)
        told += f", the measure ended {say_range(ended.last or 0, ended.last or 0)}"
        if ended.ended:
            told += f" ({ended.ended})"
    if after:
        starts = min(p.first for p in after)
        told += f"{' and starts again' if before else ', the measure starts'} {say_range(starts, starts)}"
    return told


def _exemptions(period: CompiledPeriod, subject: Subject, day: int, vocabulary: Vocabulary) -> Iterator[ExplainNode]:
    for item in period.exemptions:
        e, where = item.exemption, _where(item.exemption.mark)
        name = f"exemption {say_fact(e.name)}: {e.says}"
        if not item.in_time(day):
            yield ExplainNode("exemption", name, Truth.FALSE, note=f"not in force on {say_range(day, day)}", where=where)
            continue
        truth = item.excuses(subject, day)
        children = [_condition(item.when, subject, day, vocabulary)]
        if item.unless is not None:
            children.append(ExplainNode("none", "and not where", Truth(2 - item.unless.truth(subject, day)),
                                        children=(_condition(item.unless, subject, day, vocabulary),)))
        note = {0: "does not apply", 1: "not excluded by what is known", 2: "applies"}[truth]
        if truth == 2 and item.disputed(day):
            note = "would apply, but States dispute that it does"
        yield ExplainNode("exemption", name, Truth(truth), note=note, where=where, children=tuple(children))


def _overrides(rule: CompiledRule, subject: Subject, day: int, vocabulary: Vocabulary) -> Iterator[ExplainNode]:
    """The more special rules, each with whether its elements hold."""
    for special in rule.special:
        over = special.period_on(day)
        truth = Truth(over.flag.truth(subject, day)) if over else Truth.FALSE
        text = f"the more special rule {special.rule.id} ({special.rule.title})"
        note = "takes the place of this one" if truth is Truth.TRUE else "does not take its place" if over else "is not in force"
        children = (_condition(over.flag, subject, day, vocabulary),) if over else ()
        yield ExplainNode("override", text, truth, note=note, where=_where(special.rule.mark), children=children)


def _quota(rule: Rule, period: CompiledPeriod, subject: Subject, day: int, vocabulary: Vocabulary) -> ExplainNode:
    """What the quota allows in the window of the day, and what this event counts."""
    quota = rule.quota
    if quota is None:
        raise ValueError(f"{rule.id} is no quota")
    limits = limits_on(rule, period.index)
    told = amounts(quota, subject.facts, limits, vocabulary)
    first, last = window_on(rule, period.index, day)
    over = Truth.TRUE if passes_alone(rule, period.index, event_days(subject), subject.facts, vocabulary) else Truth.UNKNOWN
    text = f"{say_quota(quota, limits, vocabulary)}, {say_range(first, last if last is not None else HISTORY[1])}"
    node = ExplainNode("quota", text, over, note=f"this event counts {say_amounts(told, vocabulary)}", where=_where(quota.mark))
    if period.conditions is None:
        return node
    asked = ExplainNode("all", "the conditions under which the quota is open", Truth(period.conditions.truth(subject, day)),
                        children=(_condition(period.conditions, subject, day, vocabulary),))
    return replace(node, children=(asked,))


def _condition(node: Node, subject: Subject, day: int, vocabulary: Vocabulary) -> ExplainNode:
    if isinstance(node, LineNode):
        return _line(node, subject, day, vocabulary)
    children = tuple(_condition(item, subject, day, vocabulary) for item in node.items)
    kind = {"all": "all", "any": "any"}.get(node.kind, "none")
    return ExplainNode(kind, _GROUPS[node.kind], Truth(node.truth(subject, day)), children=children)  # type: ignore[arg-type]  # one of the three


def _line(node: LineNode, subject: Subject, day: int, vocabulary: Vocabulary) -> ExplainNode:
    """One line: what it asks for and what the event says, in people's words."""
    truth = Truth(node.truth(subject, day))
    raw = node.look.truth(subject, day)
    wanted, got = say_wanted(node.leaf, vocabulary), say_got(node.leaf, subject, vocabulary)
    if node.leaf.fact == "date":
        got = say_range(day, day)
    verdict = {0: "this fails", 1: "this stays open", 2: "this holds"}[truth]
    note = "" if raw != 1 or truth == 1 else f"unknown {node.leaf.if_unknown}"
    if raw == 1 and node.look.known(subject):
        open_ = "whether the party is the listed one is not sure" if isinstance(node.leaf.test, ListTest) else \
            "the event's word is wider than the rule's"
        note = f"{note}; " * bool(note) + open_
    return ExplainNode("leaf", f"{say_fact(node.leaf.fact)} must be {wanted}; the event says {got}: {verdict}", truth, node.leaf.fact,
                       wanted, got, note, _where(node.leaf.mark))


def _label(verdict: Verdict) -> Iterator[ExplainNode]:
    if verdict.outcome in ("breach", "possible"):
        yield ExplainNode("law", f"the law is {verdict.law}")
        yield ExplainNode("report", f"the event is {verdict.report}, its stage is {verdict.stage}")
    yield ExplainNode("label", verdict.label)


def _where(mark: Mark | None) -> str:
    return str(mark) if mark else ""
