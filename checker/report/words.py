"""English for what the model holds as terms: the only place of the report that asks the vocabulary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from checker.model.dates import DateRange, say_day
from checker.model.event import Amount, FactValue
from checker.model.facts import FACTS
from checker.report.view import LabelView

if TYPE_CHECKING:
    from checker.model.event import Amount, Event
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["CLAIM_WORDS", "FORCE_WORDS", "LAW_WORDS", "STATUS_WORDS", "TIER_WORDS", "TONES", "Words", "and_list", "as_sentence", "counted",
           "iso_words"]

TONES = ("critical", "high", "medium", "low", "quiet")
"""Tokens of the stylesheet, loudest first; which label has which tone is data of the vocabulary."""

CLAIM_WORDS: dict[str, tuple[str, str]] = {
    "confirmed": ("for", "confirmed it"),
    "reported": ("for", "reported it"),
    "alleged": ("for", "alleged it"),
    "denied": ("against", "denied it"),
    "negated": ("against", "said it did not happen"),
    "doubted": ("unsure", "could not say"),
}
"""Status of a claim: the side of the page it stands on and the verb (past tense: one form for one voice and for many)."""

FORCE_WORDS = {
    "decides": "a binding decision of the Council",
    "demands": "a demand of the Council",
    "clarifies": "a clarification by the Council of an earlier decision",
    "calls_upon": "a call upon States, not a binding decision",
}
LAW_WORDS = {
    "settled": "",
    "contested": "States dispute that this measure applies on this date; their positions are below.",
    "hortatory": "The words of the Council call upon States here and do not oblige them.",
    "unverified": "Whether this measure was still in force on this date was not checked.",
}
TIER_WORDS = {
    "stated": "The facts come from a written record, not from the reading of an article.",
    "strong": "The words of the article state the act and its parties plainly.",
    "fair": "The act is stated; a part of it was put together from neighbouring words. Read the evidence.",
    "weak": "The reading of the words is uncertain. Read the evidence before anything else.",
    "external": "This comes from a coded row without the words of an article. Look for the article.",
}
STATUS_WORDS = {"read": "read", "no events": "read, no events found", "record": "record", "unreadable": "could not be read"}


def counted(number: int, word: str) -> str:
    """``1 warning``, ``2 warnings``, ``2 reporting breaches``, ``2 contested``."""
    if number == 1 or word.endswith("ed"):
        return f"{number} {word}"
    return f"{number:,} {word}es" if word.endswith("ch") else f"{number:,} {word}s"


def and_list(items: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def as_sentence(text: str) -> str:
    """The text with a capital first letter and a full stop."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}" if text else ""


def iso_words(day: str) -> str:
    """``2009-06-12`` as ``12 June 2009``; anything else as it is."""
    try:
        return say_day(dt.date.fromisoformat(day))
    except ValueError:
        return day


class Words:
    """Names of labels, States, languages, facts and values for one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def label(self, name: str) -> LabelView:
        """The label as people see it; a label the vocabulary does not hold stands under its own name."""
        known = self._vocabulary.labels.get(name)
        return LabelView(name, known.title, as_sentence(known.says), known.tone) if known else LabelView(name, name, "", "quiet")

    def legend(self) -> tuple[LabelView, ...]:
        """Every label, in the order of its table."""
        return tuple(self.label(name) for name in self._vocabulary.labels.names)

    def state(self, code: str) -> str:
        """The short English name of a State; the code itself where it is none."""
        return self._vocabulary.states.name(code) if code in self._vocabulary.states else code

    def party(self, code: str) -> str:
        """The name of a State or of a party of the vocabulary."""
        known = self._vocabulary.parties.get(code)
        return known.name if known else self.state(code)

    def regime(self, code: str) -> str:
        """The name of a sanctions regime."""
        known = self._vocabulary.regimes.get(code)
        return known.title if known else code

    def language(self, code: str) -> str:
        """The English name of a language."""
        from babel import Locale

        if not code or code == "und":
            return "language not known"
        return str(Locale("en").languages.get(code.split("-")[0], code))

    def fact(self, name: str) -> str:
        """The name of a fact as words."""
        return name.replace("_", " ")

    def fact_phrase(self, name: str) -> str:
        """The fact with its meaning: ``destination (where the goods go)``."""
        spec = FACTS.get(name)
        says = spec.says.partition(";")[0].partition(":")[0] if spec else ""
        return f"{self.fact(name)} ({says})" if says else self.fact(name)

    def value(self, fact: str, value: FactValue) -> str:
        """A fact's value for people."""
        return self._vocabulary.title(fact, value) if fact in FACTS else str(value)

    def amount(self, number: float, unit: str) -> str:
        """A number of a unit: ``500,000 barrels``."""
        return self._vocabulary.title("quantity", Amount(number, unit))

    def iso(self, value: FactValue | None) -> str:
        """The ISO form of a date fact; empty where there is none."""
        return value.isoformat() if isinstance(value, DateRange) else ""

    def in_order(self, facts: Iterable[str]) -> list[str]:
        """Names of facts in the order of the fact table, without the key that only joins siblings."""
        known = set(facts)
        return [name for name in FACTS if name in known and name != "shipment"]

    def sentence(self, event: Event, label: str) -> str:
        """One English sentence that tells an event."""
        from checker.vocabulary.sentences import sentence

        return sentence(event, label, self._vocabulary)
