"""Drafted near misses as questions in plain words, and what becomes of the answers in the rule file.

The program drafts, a person decides: an answer is written at once, one example at a time, and nothing counts before it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from checker.judge.words import say_value
from checker.model.event import Event
from checker.model.facts import FACTS
from checker.model.rule import Example, Expect, Rule
from checker.proof.append import with_confirmed, with_example, with_expect, with_name
from checker.proof.draft import Draft, drafts
from checker.proof.reading import Author, expected_by, said_of
from checker.proof.real import same_example
from checker.proof.reasons import decided_by
from checker.proof.wording import say_noun
from checker.proof.written import NewExample
from checker.vocabulary.sentences import sentence
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Question", "Suggester", "written_expect"]


@dataclass(frozen=True, slots=True)
class Question:
    """One near miss: the example as it would be written, what the rule says of it now (``answer``, in a word that examples expect), the
    words of the question, the lines that decided. ``written`` is the example's name in the file where it stands there unconfirmed;
    ``why`` what it would prove."""

    example: NewExample
    answer: str
    says: str
    because: tuple[str, ...]
    why: str = ""
    written: str = ""


class Suggester:
    """The questions on one rule, and the answers put into its file."""

    def __init__(self, author: Author) -> None:
        self.author = author
        self._vocabulary = author.judge.vocabulary

    def questions(self) -> Iterator[Question]:
        """First the examples that stand unconfirmed in the file, then fresh drafts of what the file does not hold."""
        rule = self.author.rule
        for example in rule.examples:
            if not example.confirmed:
                yield self._of_example(example)
        yield from self.drafted()

    def drafted(self) -> Iterator[Question]:
        """The fresh drafts alone."""
        rule = self.author.rule
        for draft in drafts(self.author.judge, rule):
            if same_example(draft.event, rule.examples) is None:
                yield self._question(_new(draft, rule), draft.event, _changes(draft.event, tuple(draft.but), self._vocabulary), draft.why)

    def _of_example(self, example: Example) -> Question:
        changes = _changes(example.event, example.changed, self._vocabulary)
        rule = self.author.rule
        expect = written_expect(example.expect) if rule.flag_when.items else expected_by(rule, example.expect)
        new = NewExample(example.name, {}, expect, confirmed=False)
        return self._question(new, example.event, changes, written=example.name)

    def _question(self, new: NewExample, event: Event, changes: str, why: str = "", written: str = "") -> Question:
        finding = self.author.judge.explain(event, self.author.rule.id)
        says = f"The same, but {changes}." if changes else sentence(event, "", self._vocabulary)
        because = tuple(f"{node.text}  {node.where}".rstrip() for node in decided_by(finding))
        return Question(new, said_of(self.author.rule, finding), says, because, why, written)

    def keep(self, question: Question, name: str, label: str = "") -> None:
        """Write the answer: the example under ``name``, confirmed, as the rule says, or with the ``label`` that the person expects.

        Raises:
            UsageError: the file was changed meanwhile, or would not load; it stays as it is.
        """
        if question.written:
            self._confirm(question, name, label or question.answer)
            return
        new = replace(question.example, name=name, confirmed=True, expect=label or question.example.expect)
        self.author.save(with_example(self.author.file.text, new), new)

    def _confirm(self, question: Question, name: str, label: str) -> None:
        text = self.author.file.text
        index = next(i for i, e in enumerate(self.author.rule.examples) if e.name == question.written)
        text = with_confirmed(text, index)
        if name != question.written:
            text = with_name(text, index, name)
        if expected_by(self.author.rule, self.author.rule.examples[index].expect) != label:
            text = with_expect(text, index, label)
        self.author.save(text)

    def keep_unconfirmed(self, question: Question) -> None:
        """Write the draft as a draft (``confirmed: false``)."""
        self.author.save(with_example(self.author.file.text, question.example), question.example)


def _new(draft: Draft, rule: Rule) -> NewExample:
    name, number = draft.name, 2
    while any(e.name == name for e in rule.examples):
        name, number = f"{draft.name} ({number})", number + 1
    return NewExample(name, draft.but, draft.expect, like=draft.like, confirmed=False)


def written_expect(expect: Expect) -> str | Mapping[str, object]:
    """An expectation as it is written: a label, or a map where more is stated."""
    if not expect.stated:
        return expect.label
    stated = {key: getattr(expect, key) for key in expect.stated}
    return {"label": expect.label, **{key: list(value) if isinstance(value, tuple) else value for key, value in stated.items()}}


def _changes(event: Event, changed: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """``the supplier is Exland and nobody says the destination``."""
    parts = [_change(event, fact, vocabulary) for fact in changed]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def _change(event: Event, fact: str, vocabulary: Vocabulary) -> str:
    if fact == "report":
        return f"it is {event.report}"
    if fact not in FACTS:
        return f"the {fact} differ"
    value = event.facts.get(fact)
    meaning = re.split("[:;]", FACTS[fact].says)[0]
    if value is None:
        return f"nobody says {meaning}"
    if fact == "date":
        return f"the day is {vocabulary.title(fact, value)}"
    if FACTS[fact].type == "bool":
        return f"the answer to {meaning} is {vocabulary.title(fact, value)}"
    verb = "are" if fact == "goods" else "is"
    name = event.names.get(fact, "")
    return f"the {say_noun(fact)} {verb} {name or say_value(fact, value, vocabulary)}"
