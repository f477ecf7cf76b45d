"""Two versions of the rules compared: what is written otherwise, and which events come out otherwise because of it.

The events are judged by both versions with the one judge. Where a rule flags in one version only, the version that does not flag is
asked for the nearest miss: the lines named there are those that decide.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from checker.errors import UnknownRule
from checker.judge.conditions import RuleLine
from checker.judge.verdict import Verdict
from checker.model.event import Event
from checker.model.finding import Finding
from checker.model.rule import Group, Leaf, Mark, NamedTest, Rule
from checker.proof.changes import Change, changes
from checker.proof.near import NearMiss, near_miss
from checker.proof.version import Version
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.sentences import sentence

__all__ = ["SAYS", "EventChange", "EventPair", "RuleDiff", "RulesDiff", "WordChange", "compare", "example_events", "reread_events"]

What = Literal["added", "removed", "changed", "unread", "words", "same"]
Direction = Literal["tightened", "widened", "mixed", "neutral", "unknown"]

SAYS: dict[Direction, str] = {"tightened": "flags more", "widened": "flags less", "mixed": "flags some more and some less",
                              "neutral": "flags the same events", "unknown": "cannot be compared"}
"""What each verdict means, in words that cannot be misread."""

# Lines that change what people read of a rule, not what it flags, whom, from when, or under which paragraph.
_WORDS = frozenset({"title", "summary", "owner", "reviewed", "not_encoded", "examples", "says", "link", "verified", "replaced_by"})
_WITHOUT_MEANING = frozenset({"mark", "digest"})
_AXES = ("outcome", "law", "report", "stage")
_TOLD = ("authority", "breach_by", "missing", "exemptions_not_excluded", "positions")


@dataclass(frozen=True, slots=True)
class EventPair:
    """One event as either version reads it. ``name`` says where it is from."""

    name: str
    old: Event
    new: Event


@dataclass(frozen=True, slots=True)
class EventChange:
    """One event that a rule judges otherwise. ``was`` and ``now`` are labels (empty: there was no such rule, or it was not in use);
    ``why`` one sentence on what decides, ``was_at`` and ``now_at`` the deciding line in either version."""

    rule: str
    op: Literal["newly flagged", "no longer flagged", "another label", "told otherwise"]
    event: str
    sentence: str
    was: str
    now: str
    why: str
    was_at: str
    now_at: str

    def to_wire(self) -> dict[str, Any]:
        return {"rule": self.rule, "op": self.op, "event": self.event, "sentence": self.sentence, "was": self.was, "now": self.now,
                "why": self.why, "was_at": self.was_at, "now_at": self.now_at}


@dataclass(frozen=True, slots=True)
class RuleDiff:
    """One rule or shared exemption. ``what``: ``words`` when only titles, summaries, reviews or examples changed, ``same`` when the file
    differs without any change of meaning, ``unread`` when the older file has errors. ``through``: the shared exemptions that changed
    it from outside."""

    rule: str
    title: str
    what: What
    changes: tuple[Change, ...]
    through: tuple[str, ...]
    events: tuple[EventChange, ...]
    verdict: Direction

    def to_wire(self) -> dict[str, Any]:
        return {"rule": self.rule, "title": self.title, "what": self.what, "verdict": self.verdict, "says": SAYS[self.verdict],
                "changes": [c.to_wire() for c in self.changes], "through": list(self.through), "events": [e.to_wire() for e in self.events]}


@dataclass(frozen=True, slots=True)
class WordChange:
    """A vocabulary file that says something else."""

    file: str
    changes: tuple[Change, ...]

    def to_wire(self) -> dict[str, Any]:
        return {"file": self.file, "changes": [c.to_wire() for c in self.changes]}


@dataclass(frozen=True, slots=True)
class RulesDiff:
    """The whole comparison. ``judged``: how many events were judged by both versions."""

    old: str
    rules: tuple[RuleDiff, ...]
    words: tuple[WordChange, ...]
    judged: int

    @property
    def changed(self) -> bool:
        """Anything that may flag, name or cite otherwise."""
        return bool(self.words) or any(d.what in ("added", "removed", "changed", "unread") or d.events for d in self.rules)

    def to_wire(self) -> dict[str, Any]:
        return {"schema": "sanctions-checker/rules-diff/1", "against": self.old, "changed": self.changed, "events": self.judged,
                "rules": [d.to_wire() for d in self.rules], "vocabulary": [w.to_wire() for w in self.words]}


def example_events(old: Version, new: Version) -> tuple[list[EventPair], list[Problem]]:
    """The examples of both versions, each once, and what one of the versions cannot read."""
    events: dict[str, tuple[str, Event, bool]] = {}
    for version in (new, old):
        for rule in version.rulebase.tested:
            for example in rule.examples:
                key = json.dumps(example.event.to_wire(), sort_keys=True, default=str)
                events.setdefault(key, (f"{rule.id}: {example.name}", example.event, version is new))
    return reread_events(((name, event, is_new) for name, event, is_new in events.values()), old, new)


def reread_events(events: Iterable[tuple[str, Event, bool]], old: Version, new: Version) -> tuple[list[EventPair], list[Problem]]:
    """Events (name, event, whether it was read with the newer words) as both versions read them."""
    pairs: list[EventPair] = []
    problems: list[Problem] = []
    same = old.rulebase.vocabulary.digest == new.rulebase.vocabulary.digest
    readers = {True: EventReader(old.rulebase.vocabulary), False: EventReader(new.rulebase.vocabulary)}
    for name, event, is_new in events:
        other: Event | None = event
        if not same:
            other, found = readers[is_new].read(event.to_wire(), path=f"{name} (as {old.name if is_new else 'now'} reads it)")
            problems += found
        if other is not None:
            pairs.append(EventPair(name, other, event) if is_new else EventPair(name, event, other))
    return pairs, problems


def compare(old: Version, new: Version, events: Iterable[EventPair], progress: Callable[[], None] | None = None) -> RulesDiff:
    """Compare two versions, judging the events by both. ``progress`` is called after each event."""
    words = tuple(_words(old, new))
    by_rule: dict[str, list[EventChange]] = {}
    deep = {rule_id for rule_id in _ids(old, new) if words or _what(old, new, rule_id) == "changed"}
    unread = {rule_id for rule_id in _ids(old, new) if _what(old, new, rule_id) == "unread"}
    judged = 0
    for pair in events:
        judged += 1
        for change in _event_changes(old, new, pair, deep, unread):
            by_rule.setdefault(change.rule, []).append(change)
        if progress:
            progress()
    found = (_rule_diff(old, new, rule_id, tuple(by_rule.get(rule_id, ()))) for rule_id in _ids(old, new))
    return RulesDiff(old.name, tuple(d for d in found if d is not None), words, judged)


def _ids(old: Version, new: Version) -> list[str]:
    return sorted({*old.files, *new.files, *(r.id for r in old.rulebase.rules), *(r.id for r in new.rulebase.rules)})


def _find(version: Version, rule_id: str) -> Rule | None:
    try:
        return version.rulebase.get(rule_id)
    except UnknownRule:
        return None


def _rule_diff(old: Version, new: Version, rule_id: str, events: tuple[EventChange, ...]) -> RuleDiff | None:
    what = _what(old, new, rule_id)
    before, after = old.files.get(rule_id), new.files.get(rule_id)
    if what is None and not events:
        return None
    found: tuple[Change, ...] = ()
    if before and after:
        found = tuple(changes(before.node, after.node, old.place(before.path), after.path))
    rule = _find(new, rule_id) or _find(old, rule_id)
    through = tuple(sorted({e.shared for e in rule.exemptions if e.shared})) if rule and what == "changed" and not found else ()
    direction = "unknown" if what == "unread" else _direction(events)
    return RuleDiff(rule_id, rule.title if rule else "", what or "same", found, through, events, direction)


def _what(old: Version, new: Version, rule_id: str) -> What | None:
    """What became of a rule; ``None`` where its file is the same to the byte and means the same."""
    before, after = _find(old, rule_id), _find(new, rule_id)
    if before is None or after is None:  # where neither loads the problems tell why
        if before is None and after is not None:
            return "unread" if rule_id in old.files else "added"
        return None if before is after else "removed"
    if _meaning(before, _WITHOUT_MEANING | _WORDS) != _meaning(after, _WITHOUT_MEANING | _WORDS):
        return "changed"
    if _meaning(before, _WITHOUT_MEANING) != _meaning(after, _WITHOUT_MEANING):
        return "words"
    one, two = old.files.get(rule_id), new.files.get(rule_id)
    return None if one is None or two is None or one.data == two.data else "same"


def _meaning(rule: Rule, without: frozenset[str]) -> Any:
    """A rule as plain data without what does not matter."""
    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: plain(item) for key, item in value.items() if key not in without}
        return [plain(item) for item in value] if isinstance(value, list | tuple) else value

    return plain(msgspec.to_builtins(rule))


def _direction(events: Iterable[EventChange]) -> Direction:
    ops = {event.op for event in events}
    more, less = "newly flagged" in ops, "no longer flagged" in ops
    return "mixed" if more and less else "tightened" if more else "widened" if less else "neutral"


def _words(old: Version, new: Version) -> Iterator[WordChange]:
    for name in sorted({*old.words, *new.words}):
        before, after = old.words.get(name), new.words.get(name)
        found = tuple(changes(before.node if before else None, after.node if after else None,
                              old.place(before.path) if before else "", after.path if after else ""))
        if found:
            yield WordChange(f"{name}.yaml", found)


def _event_changes(old: Version, new: Version, pair: EventPair, deep: set[str], unread: set[str]) -> Iterator[EventChange]:
    """What becomes of one event. ``deep``: rules whose findings are compared in full, also under the same label; ``unread``: rules that
    nothing can be said of."""
    before = {v.rule.id: v for v in old.judge.verdicts(pair.old)}
    after = {v.rule.id: v for v in new.judge.verdicts(pair.new)}
    for rule_id in sorted({*before, *after} - unread):
        was, now = before.get(rule_id) or _clear(old, pair.old, rule_id), after.get(rule_id) or _clear(new, pair.new, rule_id)
        flagged = was is not None and was.flagged, now is not None and now.flagged
        if flagged == (False, True):
            yield _made("newly flagged", pair, was, now, new, *_deciding(old, new, pair.old, rule_id, was, now, newly=True))
        elif flagged == (True, False):
            yield _made("no longer flagged", pair, was, now, new, *_deciding(old, new, pair.new, rule_id, was, now, newly=False))
        elif was is not None and now is not None and was.label != now.label:
            axes = [f"{axis} {getattr(was, axis)} → {getattr(now, axis)}" for axis in _AXES if getattr(was, axis) != getattr(now, axis)]
            missing = f"missing: {', '.join(was.missing) or 'nothing'} → {', '.join(now.missing) or 'nothing'}"
            axes += [missing] if was.missing != now.missing else []
            yield _made("another label", pair, was, now, new, ", ".join(axes) or "the table of labels", *_period_places(old, new, was, now))
        elif all(flagged) and was is not None and now is not None and rule_id in deep:
            told = _told_otherwise(old.judge.explain(pair.old, rule_id), new.judge.explain(pair.new, rule_id))
            if told:
                yield _made("told otherwise", pair, was, now, new, told, *_period_places(old, new, was, now))


def _clear(version: Version, event: Event, rule_id: str) -> Verdict | None:
    """The verdict of a rule that has none to show; ``None`` where the rule is not there or not in use."""
    rule = _find(version, rule_id)
    return version.judge.verdict(event, rule_id) if rule is not None and version.judges(rule) else None


def _made(op: Any, pair: EventPair, was: Verdict | None, now: Verdict | None, new: Version, why: str, was_at: str,
          now_at: str) -> EventChange:
    told = sentence(pair.new, pair.new.report, new.rulebase.vocabulary)
    rule = (now or was).rule.id  # type: ignore[union-attr]  # one of the two is there
    return EventChange(rule, op, pair.name, told, was.label if was else "", now.label if now else "", why, was_at, now_at)


def _deciding(old: Version, new: Version, event: Event, rule_id: str, was: Verdict | None, now: Verdict | None, *,
              newly: bool) -> tuple[str, str, str]:
    """Why only one version flags, and where that is written in both: from the nearest miss in the version that does not."""
    silent, loud = (old, new) if newly else (new, old)
    quiet, flagging = (was, now) if newly else (now, was)
    rule, other = _find(silent, rule_id), _find(loud, rule_id)
    loud_at, silent_at = loud.place(other.mark if other else ""), silent.place(rule.mark if rule else "")
    if rule is None:
        why = "there was no such rule" if newly else "there is no such rule any more"
    elif quiet is None or flagging is None:
        why = f"its status {'was' if newly else 'is'} {rule.status}"
    else:
        kept = {_unplaced(line) for line in loud.judge.lines(rule_id)}
        miss = near_miss(silent.judge, event, rule_id, [x.number for x in silent.judge.lines(rule_id) if _unplaced(x) not in kept])
        why = f"{'before' if newly else 'now'} {miss.sentence}" if miss else ""
        if miss:
            silent_at, loud_at = _places(silent, loud, miss, quiet, flagging)
    return (why, silent_at, loud_at) if newly else (why, loud_at, silent_at)


def _unplaced(line: RuleLine) -> tuple[str, Leaf]:
    """A line by what it says, wherever it stands."""
    return line.section, msgspec.structs.replace(line.leaf, mark=None)


def _places(silent: Version, loud: Version, miss: NearMiss, quiet: Verdict, flagging: Verdict) -> tuple[str, str]:
    """Where the deciding line stands in the version that does not flag, and its counterpart in the one that does."""
    if miss.ways and miss.ways[0].days:
        period = quiet.rule.periods[0 if miss.ways[0].turn.startswith("before") else -1]
        return silent.place(period.mark), loud.place(flagging.rule.periods[max(flagging.span.period, 0)].mark)
    if not miss.lines:
        return silent.place(quiet.rule.mark), loud.place(flagging.rule.mark)
    failing = miss.lines[0]
    line = silent.judge.lines(miss.rule)[failing.number]
    alike = [other for other in loud.judge.lines(miss.rule) if (other.section, other.leaf.fact) == (failing.section, failing.fact)]
    # in an alternative that was changed, the line at the same place among its like is the one that took its place
    like = [other.number for other in silent.judge.lines(miss.rule)
            if (other.section, other.leaf.fact) == (failing.section, failing.fact)].index(failing.number)
    group = _section(flagging.rule, failing.section)
    there = _written_at(alike[min(like, len(alike) - 1)], flagging) if alike else group.mark if group else flagging.rule.mark
    return silent.place(_written_at(line, quiet)), loud.place(there)


def _written_at(line: RuleLine, verdict: Verdict) -> Mark | None:
    """Where a line gets its value: a named value stands in the period of the law."""
    if isinstance(line.leaf.test, NamedTest) and verdict.span.period >= 0:
        return verdict.rule.periods[verdict.span.period].covered[line.leaf.test.name].mark or line.leaf.mark
    return line.leaf.mark


def _section(rule: Rule, section: str) -> Group | None:
    """The group of lines that a section of the rule is."""
    if section.startswith("unless."):
        return next((e.when for e in rule.exemptions if section.removeprefix("unless.").removesuffix(".unless") == e.name), None)
    return rule.met_when if section == "met_when" else rule.flag_when


def _period_places(old: Version, new: Version, was: Verdict, now: Verdict) -> tuple[str, str]:
    def at(version: Version, verdict: Verdict) -> str:
        return version.place(verdict.rule.periods[verdict.span.period].mark if verdict.span.period >= 0 else verdict.rule.mark)

    return at(old, was), at(new, now)


def _told_otherwise(was: Finding, now: Finding) -> str:
    """What two findings of the same label tell otherwise: paragraphs, who is in breach, what is missing, open exemptions."""
    one, two = was.to_wire(), now.to_wire()
    return "; ".join(f"{name.replace('_', ' ')}: {_say(one[name])} → {_say(two[name])}" for name in _TOLD if one[name] != two[name])


def _say(values: list[Any]) -> str:
    told = [value if isinstance(value, str) else " ".join(filter(None, (value.get("role") or value.get("view"), value.get("name"))))
            for value in values]
    return ", ".join(told) or "nothing"
