"""The label table against its definition, on the whole product of the axes."""

from __future__ import annotations

import itertools

from checker.vocabulary.labels import AXES, TONES
from checker.vocabulary.vocabulary import Vocabulary

WORDS = {"not_in_force": "not in force", "clear": "clear", "exempt": "exempt", "met": "met", "pending": "pending"}


def expected(outcome: str, law: str, report: str, stage: str, tier: str, breach_class: str) -> str:
    """Section 4 of the definition, written out a second time."""
    if outcome in WORDS:
        return WORDS[outcome]
    if report in ("denied", "negated"):
        return "denied"
    if tier in ("weak", "external"):
        return "review"
    if law == "hortatory":
        return "concern"
    if stage in ("planned", "negotiated", "contracted"):
        return "warning"
    if law == "contested":
        return "contested"
    if law == "unverified" or outcome == "possible":
        return "review"
    if breach_class == "reporting":
        return "reporting breach"
    return {"confirmed": "violation", "reported": "reported violation", "alleged": "alleged violation"}[report]


def test_every_combination(vocabulary: Vocabulary) -> None:
    for values in itertools.product(*AXES.values()):
        assert vocabulary.labels.label(**dict(zip(AXES, values, strict=True))) == expected(*values), values


def test_flagged_is_all_but_outcome_words_and_denied(vocabulary: Vocabulary) -> None:
    quiet = {*WORDS.values(), "denied"}
    assert {name for name in vocabulary.labels.names if not vocabulary.labels.flagged(name)} == quiet


def test_outcome_words(vocabulary: Vocabulary) -> None:
    assert {name for name in vocabulary.labels.names if vocabulary.labels.is_outcome_word(name)} == set(WORDS.values())


def test_every_label_can_be_shown(vocabulary: Vocabulary) -> None:
    for label in vocabulary.labels.labels.values():
        assert label.title
        assert label.says
        assert label.tone in TONES
        assert not any(word in f"{label.title} {label.says} {label.clause}".lower() for word in ("guilt", "criminal", "proven", "violator"))
