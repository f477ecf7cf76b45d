"""A rule on the bench: judged as it is, and changed, together with the rules that it overrides or that override it."""

from __future__ import annotations

from collections.abc import Iterator

from checker.judge.judge import Judge
from checker.model.event import Event
from checker.model.rule import Example, Expect, Rule
from checker.proof.examples import Seen, differences, passes
from checker.proof.sites import Site, sites
from checker.rulebase.loader import RuleBase

__all__ = ["Bench"]


class Bench:
    """``examples``: the confirmed ones that pass, for only they prove anything; ``failing``: the confirmed ones that do not.
    ``unconfirmed`` counts the drafts. ``shared``: the rule carries the examples of a shared exemption."""

    def __init__(self, rulebase: RuleBase, rule: Rule) -> None:
        self.rule = rule
        self.vocabulary = rulebase.vocabulary
        self.shared = any(shared.id == rule.id for shared in rulebase.exemptions)
        others = [other for other in rulebase.rules if other.id != rule.id]
        self.general = tuple(other for other in others if other.id in rule.overrides)
        self._kin = (*self.general, *(other for other in others if rule.id in other.overrides and other.status == "active"))
        self.judge = self.judged(rule)
        numbers: dict[str, list[int]] = {}
        for line in self.judge.lines(rule.id):
            numbers.setdefault(line.section, []).append(line.number)
        self.sites: tuple[Site, ...] = tuple(sites(rule, numbers))
        confirmed = [example for example in rule.examples if example.confirmed]
        self.unconfirmed = len(rule.examples) - len(confirmed)
        self.examples = tuple(example for example in confirmed if passes(self.judge, rule, example))
        self.failing = tuple(example for example in confirmed if example not in self.examples)

    def judged(self, changed: Rule) -> Judge:
        """A judge of the rule changed, with its kin as they are."""
        return Judge(RuleBase((changed, *self._kin), self.vocabulary, "", ""), use_index=False)

    def seen(self, judge: Judge, event: Event) -> Seen:
        """The verdict of the rule, or of the changed rule that the judge holds."""
        return Seen(judge, event, judge.verdict(event, self.rule.id))

    def tells_apart(self, event: Event, judge: Judge) -> tuple[str, ...]:
        """The parts by which an example on this event would tell the changed rule from the rule; none where it cannot."""
        mine, theirs = self.seen(self.judge, event), self.seen(judge, event)
        if _alike(mine, theirs):
            return ()
        return tuple(dict.fromkeys(d.part for d in differences(self.fullest(mine), theirs)))

    def fullest(self, came: Seen) -> Expect:
        """All that an example could expect of what came. One of a shared exemption says no more than whether it excuses."""
        names = tuple(e.name for e in came.exemptions_not_excluded)
        if self.shared:
            exempt = came.label == "exempt"
            return Expect("exempt" if exempt else "", because=came.because, not_excluded=names, stated=() if exempt else ("not_excluded",))
        breakers = tuple(b.name or b.state for b in came.breach_by if b.name or b.state)
        return Expect(came.label, breakers, came.because, came.missing, came.authority, names,
                      ("breach_by", "missing", "authority", "not_excluded"))

    def general_examples(self) -> Iterator[tuple[Rule, Example]]:
        """The examples of the rules that this one overrides: only they can show what it overrides."""
        for rule in self.general:
            for example in rule.examples:
                if example.confirmed and passes(self.judge, rule, example):
                    yield rule, example


def _alike(a: Seen, b: Seen) -> bool:
    """Whether two verdicts are the same in all parts; asked first, because most are."""
    x, y = a.verdict, b.verdict
    return (x.label == y.label and x.outcome == y.outcome and x.missing == y.missing and x.because == y.because
            and x.exemptions_not_excluded == y.exemptions_not_excluded and x.rule.breach_by == y.rule.breach_by
            and a.authority == b.authority)

