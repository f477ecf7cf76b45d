"""How the rules fare in use: which never fire, which fire too often or only in doubt, which have not been looked at for too long.

Read from the findings documents of several runs (``sanctions check --json``). The documents come from disk and may be damaged: every
value is looked at before it is used, and what cannot be used is a problem, never an exception.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from checker.judge.judge import Judge
from checker.model.dates import within
from checker.model.finding import FINDING_SCHEMA
from checker.model.rule import Rule
from checker.model.run import FINDINGS_SCHEMA
from checker.rulebase.loader import RuleBase
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader

__all__ = ["Fired", "Health", "Limits", "Reading", "RuleHealth", "Task", "health", "read_run"]

_DOUBT = "review"


@dataclass(frozen=True, slots=True)
class Limits:
    """When a rule is noisy: it has at least ``least`` flagged findings, and at least ``share`` percent of all of them or ``times`` as
    many as the middle one of the rules that fired."""

    share: float = 40.0
    times: float = 5.0
    least: int = 10


@dataclass(frozen=True, slots=True)
class Fired:
    """One rule in one finding, as a document tells it. ``id`` is the finding's, so that a rerun counts nothing twice."""

    id: str
    rule: str
    label: str
    flagged: bool
    shown: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """What could be read of one run. ``events`` in their written form."""

    path: str
    fired: list[Fired] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RuleHealth:
    """One rule over all runs. ``findings`` counts distinct ones, the unflagged included; ``runs`` those in which it was flagged;
    ``share`` is its percentage of all flagged findings; ``would_flag``: for a rule on trial, the events it would have flagged;
    ``notes``: what is to be seen to, as words."""

    rule: str
    title: str
    status: str
    runs: int
    findings: int
    flagged: int
    share: float
    labels: Mapping[str, int]
    would_flag: int | None
    never_shown: tuple[str, ...]
    notes: tuple[str, ...]

    def to_wire(self) -> dict[str, Any]:
        return {"rule": self.rule, "title": self.title, "status": self.status, "runs": self.runs, "findings": self.findings,
                "flagged": self.flagged, "share": round(self.share, 1), "labels": dict(self.labels), "would_flag": self.would_flag,
                "exemptions_never_shown": list(self.never_shown), "notes": list(self.notes)}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do about a rule."""

    rule: str
    note: str
    says: str

    def to_wire(self) -> dict[str, Any]:
        return {"rule": self.rule, "note": self.note, "says": self.says}


@dataclass(frozen=True, slots=True)
class Health:
    """All rules, those of the base by id, then rules that only the documents name; and what to do, the most pressing first."""

    on: str
    runs: int
    rules: tuple[RuleHealth, ...]
    tasks: tuple[Task, ...]
    limits: Limits

    def to_wire(self) -> dict[str, Any]:
        return {"schema": "sanctions-checker/rules-health/1", "on": self.on, "runs": self.runs,
                "noisy": {"share": self.limits.share, "times": self.limits.times, "least": self.limits.least},
                "rules": [rule.to_wire() for rule in self.rules], "tasks": [task.to_wire() for task in self.tasks]}


def read_run(path: str, data: bytes) -> tuple[Reading | None, list[Problem]]:
    """The findings and events of one document, and what of it cannot be used; ``None`` where it is no findings document."""
    try:
        wire = json.loads(data)
    except json.JSONDecodeError as err:
        source = err.doc.splitlines()[err.lineno - 1] if err.doc and err.lineno <= len(err.doc.splitlines()) else ""
        return None, [Problem(path, err.lineno, err.colno, "bad-json", f"this is not JSON: {err.msg}",
                              "write the document again with 'sanctions check --json'", source)]
    except (UnicodeDecodeError, RecursionError, ValueError) as err:
        return None, [_problem(path, "bad-json", f"this is not JSON: {type(err).__name__}")]
    schema = wire.get("schema") if isinstance(wire, dict) else None
    if schema == FINDING_SCHEMA:
        wire = {"findings": [wire], "documents": []}
    elif schema != FINDINGS_SCHEMA:
        return None, [_problem(path, "not-findings", f"this is no findings document: its schema is {schema!r}")]
    reading = Reading(path)
    problems: list[Problem] = []
    for number, finding in enumerate(_list(wire, "findings", path, problems), 1):
        fired = list(_fired(finding)) if isinstance(finding, dict) else []
        if not fired:
            problems.append(_problem(path, "damaged-finding", f"finding {number} is damaged and was left out"))
        reading.fired += fired
    for number, document in enumerate(_list(wire, "documents", path, problems), 1):
        events = document.get("events") if isinstance(document, dict) else None
        if not isinstance(events, list):
            problems.append(_problem(path, "damaged-document", f"document {number} is damaged; its events were left out"))
            continue
        reading.events += [event for event in events if isinstance(event, dict)]
    return reading, problems


def _list(wire: Mapping[str, Any], name: str, path: str, problems: list[Problem]) -> list[Any]:
    found = wire.get(name)
    if isinstance(found, list):
        return found
    problems.append(_problem(path, "damaged-document", f"the list of {name} is missing or damaged"))
    return []


def _problem(path: str, code: str, message: str) -> Problem:
    return Problem(path, 0, 0, code, message, "write the document again with 'sanctions check --json'")


def _fired(wire: Mapping[str, Any]) -> Iterator[Fired]:
    """The rule of a finding, and those folded into it; nothing where the finding is damaged."""
    told, rule, label, flagged = (wire.get(name) for name in ("id", "rule", "label", "flagged"))
    if not (isinstance(told, str) and isinstance(rule, str) and isinstance(label, str) and isinstance(flagged, bool)):
        return
    if wire.get("shadow") is True:
        flagged = False  # a rule on trial flags nothing; what it would flag is judged anew
    open_ = wire.get("exemptions_not_excluded")
    shown = [e.get("name") for e in open_ if isinstance(e, dict)] if isinstance(open_, list) else []
    yield Fired(told, rule, label, flagged, tuple(name for name in (*shown, wire.get("because")) if isinstance(name, str) and name))
    also = wire.get("also")
    for other in also if isinstance(also, list) else ():
        if isinstance(other, dict) and isinstance(other.get("rule"), str):
            yield Fired(f"{told} {other['rule']}", other["rule"], label, flagged)


def health(readings: list[Reading], base: RuleBase, on: str, limits: Limits) -> tuple[Health, list[Problem]]:
    """The health of all rules on a day (ISO), and events of the documents that cannot be read any more."""
    count = _Count(readings)
    trial, problems = _trial(readings, base)
    middle = median(n for n in count.flagged.values() if n) if any(count.flagged.values()) else 0.0
    total = sum(count.flagged.values())
    rows: list[RuleHealth] = []
    tasks: list[tuple[int, Task]] = []
    for rule in base.rules:
        never = tuple(e.name for e in rule.exemptions if e.name not in count.shown[rule.id]) if count.flagged[rule.id] else ()
        notes = list(_notes(rule, count, on, limits, total, middle, trial, never))
        rows.append(_row(rule.id, rule.title, rule.status, count, total, trial.get(rule.id) if rule.status == "shadow" else None, never,
                         tuple(note for _, note, _ in notes)))
        tasks += ((rank, Task(rule.id, note, says)) for rank, note, says in notes if says)
    for shared in base.exemptions:
        if _overdue(shared.rule, on):
            tasks.append((0, Task(shared.id, "review overdue", _review_says(shared.rule))))
    for name in sorted({*count.findings} - {rule.id for rule in base.rules}):
        rows.append(_row(name, "", "not in the rules", count, total, None, (), ("not in the rules",)))
        tasks.append((5, Task(name, "not in the rules",
                              "the documents name it, the rules do not: it was removed, renamed, or its folder was not given (--rules)")))
    ordered = tuple(task for _, task in sorted(tasks, key=lambda found: found[0]))
    return Health(on, len(readings), tuple(rows), ordered, limits), problems


class _Count:
    """Findings by rule over all runs, each distinct finding once."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.findings: Counter[str] = Counter()
        self.flagged: Counter[str] = Counter()
        self.runs: Counter[str] = Counter()
        self.labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.flags: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.shown: defaultdict[str, set[str]] = defaultdict(set)
        seen: set[tuple[str, str]] = set()
        for reading in readings:
            self.runs.update({fired.rule for fired in reading.fired if fired.flagged})
            for fired in reading.fired:
                self.shown[fired.rule].update(fired.shown)
                if (fired.id, fired.rule) not in seen:
                    seen.add((fired.id, fired.rule))
                    self.findings[fired.rule] += 1
                    self.flagged[fired.rule] += fired.flagged
                    self.labels[fired.rule][fired.label] += 1
                    if fired.flagged:
                        self.flags[fired.rule][fired.label] += 1


def _row(rule: str, title: str, status: str, count: _Count, total: int, would_flag: int | None, never: tuple[str, ...],
         notes: tuple[str, ...]) -> RuleHealth:
    flagged = count.flagged[rule]
    return RuleHealth(rule, title, status, count.runs[rule], count.findings[rule], flagged, 100 * flagged / total if total else 0.0,
                      dict(sorted(count.labels[rule].items())), would_flag, never, notes)


def _notes(rule: Rule, count: _Count, on: str, limits: Limits, total: int, middle: float, trial: Mapping[str, int],
           never: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """(urgency, note, what to do about it) of one rule; the smaller the more pressing."""
    flagged = count.flagged[rule.id]
    if rule.status == "retired":
        after = f", replaced by {', '.join(rule.replaced_by)}" if rule.replaced_by else ""
        yield 5, f"retired{after}", "it is retired and stands in the documents: they were written before" if flagged else ""
        return
    if _overdue(rule, on):
        yield 0, "review overdue", _review_says(rule)
    lapsed = _renewal_unknown(rule, on)
    if lapsed:
        yield 1, "renewal not known", f"no renewal is known after {lapsed}: look for the resolution, and add a period or move known_until"
    if rule.status == "shadow":
        would = trial.get(rule.id, 0)
        says = f"on trial: it would have flagged {would} event{'' if would == 1 else 's'} of these runs; make it active, or change it"
        yield 4, "shadow", says
    if rule.status != "active":
        return
    if flagged >= limits.least and (100 * flagged >= limits.share * total or flagged >= limits.times * middle > 0):
        says = f"it made {flagged} of {total} flagged findings (the middle rule {middle:g}): look at some of them with 'sanctions explain'"
        yield 2, "noisy", says
    if not flagged:
        says = "no event of these runs was flagged: do the words fit what is reported? 'sanctions explain' shows near misses"
        yield 4, "never fired", says
    elif set(count.flags[rule.id]) == {_DOUBT}:
        yield 3, "only review", "all its findings are in doubt: see which facts are missing, and whether a line should say if_unknown"
    if never:
        yield 6, "exemptions never shown", f"no finding has shown them: {', '.join(never)}"


def _overdue(rule: Rule, on: str) -> bool:
    return bool(rule.reviewed.again_by) and rule.reviewed.again_by < on and rule.status != "retired"


def _review_says(rule: Rule) -> str:
    return f"it was to be looked at again by {rule.reviewed.again_by}: read its resolutions again, then set reviewed"


def _renewal_unknown(rule: Rule, on: str) -> str:
    """The last day for which the law is known, where that is past and nothing has followed; ``""`` otherwise."""
    day = dt.date.fromisoformat(on).toordinal()
    for period in rule.periods:
        in_force = within(day, period.first, period.last)
        if in_force and period.known_until is not None and period.known_until < day:
            return dt.date.fromordinal(period.known_until).isoformat()
    return ""


def _trial(readings: Iterable[Reading], base: RuleBase) -> tuple[dict[str, int], list[Problem]]:
    """By rule on trial: how many events of the runs it would have flagged. Events that stand in several runs count once."""
    if not any(rule.status == "shadow" for rule in base.rules):
        return {}, []
    judge, reader = Judge(base, shadow=True), EventReader(base.vocabulary)
    found: Counter[str] = Counter()
    problems: list[Problem] = []
    seen: set[str] = set()
    for reading in readings:
        for wire in reading.events:
            key = json.dumps(wire, sort_keys=True, default=str)
            if key in seen:
                continue
            seen.add(key)
            event, told = reader.read(wire, path=reading.path)
            problems += told
            if event is not None:
                found.update(v.rule.id for v in judge.verdicts(event) if v.flagged and v.rule.status == "shadow")
    return dict(found), problems
