"""The judge: verdicts and findings of events under a whole rule base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from checker.judge.amounts import window_on
from checker.judge.compiled import CompiledRule, compile_rule
from checker.judge.conditions import Probe, RuleLine
from checker.judge.days import HISTORY
from checker.judge.evaluate import Judged, judge_rule
from checker.judge.findings import breaches, fold, make_finding
from checker.judge.index import CandidateIndex
from checker.judge.quota import QuotaWindow, windows
from checker.judge.subject import PartyBook, Subject
from checker.judge.verdict import FLAGGED_OUTCOMES, Span, Verdict
from checker.judge.words import say_range
from checker.model.claim import Report
from checker.model.event import Event
from checker.model.finding import Breach, Finding, Outcome
from checker.model.rule import Position, Rule
from checker.rulebase.loader import RuleBase

__all__ = ["Judge"]

_ACTIVE = "active"


class Judge:
    """Judges events against the active rules of a rule base (draft and retired rules only when asked for by id).

    ``use_index=False`` asks every rule about every event: slower, same answers. ``shadow``: rules on trial are judged as well, and
    their findings are marked.
    """

    def __init__(self, rulebase: RuleBase, use_index: bool = True, shadow: bool = False) -> None:
        self.rulebase = rulebase
        self.vocabulary = rulebase.vocabulary
        self._book = PartyBook(rulebase.vocabulary)
        self._labels: dict[tuple[str, ...], tuple[str, bool]] = {}
        self._special: dict[str, list[Rule]] = {}
        for rule in rulebase.rules:
            if rule.status == _ACTIVE:
                for general in rule.overrides:
                    self._special.setdefault(general, []).append(rule)
        judged = (_ACTIVE, "shadow") if shadow else (_ACTIVE,)
        self._rules = [self._compile(rule) for rule in rulebase.rules if rule.status in judged]
        self._by_id = {rule.rule.id: rule for rule in self._rules}
        self._index = CandidateIndex(self._rules, self._book) if use_index else None

    def verdicts(self, event: Event) -> list[Verdict]:
        """The verdicts of the active rules but ``clear`` and ``not_in_force``, in the order of the rule base."""
        if self._index is None:
            rules = self._rules
        else:
            numbers = self._index.candidates(event.facts)
            if not numbers:
                return []
            rules = [self._rules[number] for number in numbers]
        subject = Subject(event.facts, self._book)
        found: list[Verdict] = []
        for rule in rules:
            judged = judge_rule(rule, subject, self.vocabulary)
            if judged.whole.outcome not in ("clear", "not_in_force"):
                found.append(self._verdict(rule, event, judged))
        return found

    def all_verdicts(self, event: Event) -> list[Verdict]:
        """The verdict of every active rule, whatever it is."""
        subject = Subject(event.facts, self._book)
        return [self._verdict(rule, event, judge_rule(rule, subject, self.vocabulary)) for rule in self._rules]

    def findings(self, event: Event, everything: bool = False) -> tuple[Finding, ...]:
        """Findings on an event, the possible ones that lack the same facts folded into one. ``everything``: of every active rule,
        the clear ones and those not in force too."""
        verdicts = self.all_verdicts(event) if everything else self.verdicts(event)
        return fold([self._finding(self._by_id[v.rule.id], event, v) for v in verdicts])

    def explain(self, event: Event, rule_id: str) -> Finding:
        """The finding of one rule, whatever its outcome. Raises ``UnknownRule`` for an id that the base does not hold."""
        rule = self._compiled(rule_id)
        return self._finding(rule, event, self._judge(rule, event, None))

    def verdict(self, event: Event, rule_id: str) -> Verdict:
        """The verdict of one rule, whatever its outcome: as ``explain``, without the words for people, and much faster."""
        return self._judge(self._compiled(rule_id), event, None)

    def breaches(self, event: Event, verdict: Verdict) -> tuple[Breach, ...]:
        """Who is in breach, by the verdict of one rule on the event; nobody where it is not flagged."""
        return breaches(verdict, event, Subject(event.facts, self._book), self.vocabulary)

    def lines(self, rule_id: str) -> tuple[RuleLine, ...]:
        """The lines of a rule with the numbers under which ``probe`` watches and forces them."""
        return self._compiled(rule_id).lines

    def probe(self, event: Event, rule_id: str, forced: Mapping[int, int] | None = None) -> tuple[Verdict, Mapping[int, frozenset[int]]]:
        """Judge one rule with some lines forced to a truth (0, 1, 2 by line number), and say what each line came out as."""
        probe = Probe(forced or {})
        verdict = self._judge(self._compiled(rule_id), event, probe)
        return verdict, {number: frozenset(truths) for number, truths in sorted(probe.seen.items())}

    def quotas(self, events: Iterable[Event]) -> tuple[Finding, ...]:
        """Quotas counted over all these events: one finding for each rule and window that takes more than one event, those that
        tell a frozen level included.

        Where the limit is passed it is a breach, as surely as the events that pass it are told. Else it is possible, because nobody
        knows the events that were not given."""
        rules = [rule for rule in self._rules if rule.rule.quota]
        given = list(events) if rules else []
        return tuple(self._window(window) for rule in rules for window in self._windows(rule, given) if len(window.events()) > 1)

    def explain_quota(self, events: Sequence[Event], rule_id: str, lead: Event) -> Finding | None:
        """The finding of one quota over these events, of the window in which ``lead`` counts; ``None`` where it does not count."""
        windows = self._windows(self._compiled(rule_id), events)
        return next((self._window(window) for window in windows if any(c.event == lead for c in window.counted)), None)

    def _windows(self, rule: CompiledRule, events: Iterable[Event]) -> list[QuotaWindow]:
        subjects = [(event, Subject(event.facts, self._book)) for event in events]
        return windows(rule, [(event, subject, judge_rule(rule, subject, self.vocabulary)) for event, subject in subjects], self.vocabulary)

    def _window(self, window: QuotaWindow) -> Finding:
        strength = window.strength()
        lead = window.lead(strength[2] if strength else None)
        outcome: Outcome = "breach" if strength else "possible"
        whole = replace(lead.judged.whole, outcome=outcome, missing=frozenset())
        tier, report = strength[:2] if strength else (lead.event.tier, lead.event.report)
        verdict = self._verdict(window.rule, lead.event, replace(lead.judged, whole=whole), tier=tier, report=report)
        return make_finding(window.rule, lead.event, Subject(lead.event.facts, self._book), verdict, self.rulebase, window)

    def _compile(self, rule: Rule) -> CompiledRule:
        special = (other for other in self._special.get(rule.id, ()) if other.id != rule.id)
        return compile_rule(rule, self.vocabulary, tuple(compile_rule(other, self.vocabulary) for other in special))

    def _compiled(self, rule_id: str) -> CompiledRule:
        rule = self._by_id.get(rule_id)
        if rule is None:
            rule = self._by_id[rule_id] = self._compile(self.rulebase.get(rule_id))
        return rule

    def _judge(self, rule: CompiledRule, event: Event, probe: Probe | None) -> Verdict:
        return self._verdict(rule, event, judge_rule(rule, Subject(event.facts, self._book), self.vocabulary, probe))

    def _finding(self, rule: CompiledRule, event: Event, verdict: Verdict) -> Finding:
        return make_finding(rule, event, Subject(event.facts, self._book), verdict, self.rulebase)

    def _verdict(self, rule: CompiledRule, event: Event, judged: Judged, *, tier: str = "", report: Report | None = None) -> Verdict:
        whole, report = judged.whole, report or event.report
        stage = event.facts.get("stage", "done")
        key = (whole.outcome, whole.law, report, str(stage), tier or event.tier, rule.rule.breach_class)
        if key not in self._labels:
            label = self.vocabulary.labels.label(outcome=key[0], law=key[1], report=key[2], stage=key[3], tier=key[4], breach_class=key[5])
            self._labels[key] = label, self.vocabulary.labels.flagged(label)
        label, flagged = self._labels[key]
        return Verdict(rule.rule, whole.outcome, whole.law, report, key[3], label, flagged, tuple(sorted(whole.missing)), whole.because,
                       whole.open, _positions(rule.rule, judged), (*judged.notes, *_notes(rule, judged)), whole, judged.spans)


def _positions(rule: Rule, judged: Judged) -> tuple[Position, ...]:
    """The views in the disputes that make the law of the whole contested."""
    if judged.whole.law != "contested":
        return ()
    spans = [span for span in judged.spans if span.law == "contested"]
    disputed = {span.disputed for span in spans}
    told = (*rule.contested, *(c for e in rule.exemptions if e.name in disputed for c in e.contested))
    disputes = (c for c in told if any(c.first <= span.last and (c.last is None or span.first <= c.last) for span in spans))
    return tuple(position for contest in disputes for position in contest.positions)


def _notes(rule: CompiledRule, judged: Judged) -> Iterator[str]:
    """English sentences on what a reader should know of the dates."""
    days, span = judged.days, judged.whole
    if not days.dated:
        yield f"The event states no {'beginning' if days.continuing else 'date'}: it was judged over all the years."
    elif len(judged.spans) > 1 and "date" in span.missing:
        yield f"The outcome depends on the day within {say_range(days.first, days.last)}."
    if days.dated:
        for day in dict.fromkeys((days.first, days.last)):
            for edge in rule.near.get(day, ()):
                yield f"The event ({say_range(day, day)}) is within one day of {say_range(edge.day, edge.day)}, when {edge.says}."
    known_until = rule.rule.periods[span.period].known_until if span.period >= 0 else None
    if known_until is not None and span.law == "unverified":
        yield f"No renewal of the measure is known after {say_range(known_until, known_until)}."
    yield from _more_notes(rule, span)


def _more_notes(rule: CompiledRule, span: Span) -> Iterator[str]:
    """What a reader should know of disputes about an exemption, of more special rules, of quotas and of later clarifications."""
    told = rule.rule
    if span.disputed:
        yield f"States dispute that the exemption {span.disputed.replace('_', ' ')} applies."
    for special in rule.special:
        if special.rule.id == span.overridden:
            yield f"A more special rule takes the place of this one: {special.rule.title} ({special.rule.id})."
    if span.period < 0 or span.outcome not in FLAGGED_OUTCOMES:
        return
    if told.quota and span.outcome == "possible" and span.elements == 2:
        first, last = window_on(told, span.period, span.first)
        yield (f"The quota counts all acts of {say_range(first, HISTORY[1] if last is None else last)}; "
               "what is known here does not pass it.")
    later = told.periods[span.period + 1] if span.period + 1 < len(told.periods) else None
    if later is not None and later.force == "clarifies":
        yield (f"{say_range(later.first, later.first)}: {'; '.join(later.authority)} made clear what the measure covers ({later.says}). "
               "The event is older.")
