"""A new rule file from an author's answers: it loads, it is a draft that says what nobody has checked yet, and it has the first
examples: the event itself, one near miss for each line, the day before, the first day."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checker.locator import rules_dir
from checker.model.event import Event
from checker.model.facts import FACTS
from checker.model.rule import Rule
from checker.model.truth import FALSE
from checker.proof.answers import Answers
from checker.proof.examples import ExampleResult, run_examples
from checker.proof.reading import judge_of, reread
from checker.proof.real import read_event
from checker.proof.written import NewExample, flow, scalar
from checker.rulebase.fmt.format import format_text
from checker.rulebase.loader import RuleBase
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.sentences import sentence
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["NewRule", "make_rule"]

_UNCHECKED = "# Nobody has compared this with the source yet. Each no becomes yes when somebody has."


@dataclass(frozen=True, slots=True)
class NewRule:
    """The text of a new rule file, the rule it is, and its examples that come out otherwise than the answers want."""

    text: str
    rule: Rule
    failed: tuple[ExampleResult, ...]


def make_rule(answers: Answers, path: Path, base: RuleBase, today: dt.date) -> tuple[NewRule | None, list[Problem]]:
    """The rule of the answers as it would stand in the file ``path``; ``None`` with the problems where it would not load.

    Raises:
        UsageError: the event of the answers cannot be read.
    """
    event = read_event(answers.event, EventReader(base.vocabulary))
    head = "\n".join(_head(answers, path, today))
    first, *others = _examples(answers, event, base.vocabulary)
    text = _file(head, [first, *others], path, base)
    rule, problems = reread(text, path, base)
    if rule is None:
        return None, problems
    finding = judge_of(rule, base).explain(event, rule.id)
    breakers = list(dict.fromkeys(b.state or b.name for b in finding.breach_by if b.state or b.name))
    if finding.label == first.expect and breakers:
        # Who is in breach belongs to what the event shows; only the judge knows whom the measure binds.
        told = _file(head, [replace(first, expect={"label": first.expect, "breach_by": breakers}), *others], path, base)
        again, _ = reread(told, path, base)
        text, rule = (told, again) if again else (text, rule)
    return NewRule(text, rule, tuple(r for r in run_examples(judge_of(rule, base), [rule]) if not r.passed)), problems


def _file(head: str, examples: Sequence[NewExample], path: Path, base: RuleBase) -> str:
    lines = [f"  {line}" for example in examples for line in example.lines()]
    return format_text("\n".join([head, "", "examples:", *lines, ""]), path.name, base.vocabulary).text


def _head(answers: Answers, path: Path, today: dt.date) -> Iterator[str]:
    """Everything before the examples, line by line, in the order of the grammar."""
    reviewed = {"by": answers.owner, "date": today, "again_by": _a_year_after(today)}
    verified = f"{{paragraph: no, dates: no, scope: no, source: {_bare_link(answers.link)}, date: {today.isoformat()}}}"
    yield f"# $schema: {_schema(path)}"
    for name in ("id", "title", "summary"):
        yield f"{'rule' if name == 'id' else name}: {scalar(getattr(answers, name), brackets=False)}"
    yield f"kind: {'duty' if answers.due else 'prohibition'}"
    for name in ("regime", "severity"):
        yield f"{name}: {getattr(answers, name)}"
    yield "status: draft"
    yield f"owner: {scalar(answers.owner, brackets=False)}"
    yield f"reviewed: {flow(reviewed)}"
    yield from ("", "in_force:", f"  - from: {answers.since.isoformat()}", f"    authority: {_one_or_list(answers.authority)}")
    yield from ("    force: decides", f"    says: {scalar(answers.says, brackets=False)}", f"    link: {_bare_link(answers.link)}")
    yield from (f"    {_UNCHECKED}", f"    verified: {verified}", "")
    if answers.due:
        yield from (f"duty: {{owed_by: {answers.breach_by[0]}, due: {answers.due.isoformat()}}}", "")
    yield from (f"bound: {flow(list(answers.bound))}", f"breach_by: {flow(list(answers.breach_by))}", "", "flag_when:")
    for fact, words in _lines(answers):
        yield f"  {fact}: {_one_or_list(words)}"
    if answers.met_by:
        others = {fact: words[0] if len(words) == 1 else list(words) for fact, words in answers.sides.items()}
        yield from ("", f"met_when: {flow({'act': _plain(answers.met_by), **others})}")


def _a_year_after(day: dt.date) -> dt.date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _schema(path: Path) -> str:
    """Where the schema for editors lies, seen from the rule: relative inside the same tree, else in full."""
    schema = rules_dir() / "schema" / "rule.schema.json"
    folder = path.resolve().parent
    inside = folder.is_relative_to(rules_dir().resolve().parent)
    return Path(os.path.relpath(schema.resolve(), folder)).as_posix() if inside else schema.resolve().as_posix()


def _bare_link(link: str) -> str:
    return link if not set(link) & set(" #'\"\\,[]{}") and ": " not in link else scalar(link)


def _plain(words: tuple[str, ...]) -> object:
    return words[0] if len(words) == 1 else list(words)


def _one_or_list(words: tuple[str, ...]) -> str:
    return flow(_plain(words))


def _lines(answers: Answers) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "act", answers.act
    if answers.goods:
        yield "goods", answers.goods
    yield from answers.sides.items()


# ---- examples ---------------------------------------------------------------------------------------------------


def _examples(answers: Answers, event: Event, vocabulary: Vocabulary) -> Iterator[NewExample]:
    flagged = _label(event, "breach", vocabulary)
    name = answers.event_name or sentence(event, "", vocabulary).rstrip(".")
    yield NewExample(name, answers.event, flagged, change=False, source=answers.source)
    for fact, words in _lines(answers):
        other = _outside(fact, words, event, vocabulary)
        if other:
            yield NewExample(_other_name(fact, other, vocabulary), _swapped(fact, other, event), _label(event, "clear", vocabulary))
    yield NewExample("the day before the measure", {"date": _day(answers.since, -1)}, _label(event, "not_in_force", vocabulary))
    first = "pending" if answers.due else "breach"
    yield NewExample("the first day of the measure", {"date": _day(answers.since)}, _label(event, first, vocabulary))
    if answers.due:
        yield NewExample("the last day in time", {"date": _day(answers.due)}, _label(event, "pending", vocabulary))
        yield NewExample("one day late", {"date": _day(answers.due, 1)}, flagged)
    for act in answers.met_by[:1]:
        yield NewExample("the duty was done", {"act": act}, _label(event, "met", vocabulary))


def _label(event: Event, outcome: str, vocabulary: Vocabulary) -> str:
    """What the answers want: the label of this outcome on this event, under settled law."""
    return vocabulary.labels.label(outcome=outcome, law="settled", report=event.report, stage=str(event.facts.get("stage", "done")),
                                   tier=event.tier, breach_class="substantive")


def _day(day: dt.date, after: int = 0) -> str:
    return (day + dt.timedelta(days=after)).isoformat()


def _other_name(fact: str, other: str, vocabulary: Vocabulary) -> str:
    title = vocabulary.title(fact, other)
    return f"other goods ({title})" if fact == "goods" else f"another {fact.replace('_', ' ')} ({title})"


def _swapped(fact: str, other: str, event: Event) -> Mapping[str, object]:
    """The change; whoever had the other's place takes that of the one replaced, so that nobody deals with himself."""
    taken = [role for role in ("supplier", "recipient", "destination", "shipped_from") if role != fact and event.facts.get(role) == other]
    mine = event.facts.get(fact)
    return {fact: other, **{role: mine for role in taken if isinstance(mine, str)}}


def _outside(fact: str, words: tuple[str, ...], event: Event, vocabulary: Vocabulary) -> str:
    """A word of the fact that is surely none of ``words``: a fictitious State, a sibling of the first, or any other."""
    spec = FACTS[fact]
    if not spec.taxonomy:
        options = [*sorted(vocabulary.states.fictitious), *vocabulary.states.codes]
        told = event.facts.get(fact)
        return next((s for s in options if s != told and all(vocabulary.compare(fact, s, word) is FALSE for word in words)), "")
    taxonomy = vocabulary.taxonomies[spec.taxonomy]
    parents = taxonomy.terms[words[0]].parents
    siblings = [t.id for t in taxonomy.terms.values() if set(t.parents) & set(parents)]
    alone = [t.id for t in taxonomy.terms.values() if not t.parents and len(taxonomy.descendants(t.id)) == 1]
    narrow = [t.id for t in taxonomy.terms.values() if t.parents]
    kin = alone if words[0] in alone else narrow
    return next((t for t in (*siblings, *kin, *taxonomy) if all(taxonomy.compare(t, word) is FALSE for word in words)), "")
