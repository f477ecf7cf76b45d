"""Who belongs to whom."""

from __future__ import annotations

import pytest

from checker.model.truth import FALSE, TRUE, UNKNOWN
from checker.vocabulary.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("value", "term", "truth"),
    [
        ("KP", "KP", TRUE),
        ("KP", "KR", FALSE),
        ("russian_ministry_of_defence", "RU", TRUE),
        ("irgc_quds_force", "irgc", TRUE),
        ("irgc_quds_force", "IR", TRUE),
        ("RU", "russian_armed_forces", UNKNOWN),
        ("houthis", "houthis", TRUE),
        ("houthis", "YE", FALSE),
        ("YE", "houthis", FALSE),
        ("hezbollah", "LB", FALSE),
        ("LB", "hezbollah", FALSE),
        ("m23", "drc_armed_groups", TRUE),
        ("drc_armed_groups", "m23", UNKNOWN),
        ("isil_k", "isil_and_al_qaida", TRUE),
        # a stranger may belong to any State, which only <role>_state tells, but is no group of the vocabulary
        ("Glory Trading", "KP", UNKNOWN),
        ("Glory Trading", "houthis", FALSE),
        ("Glory Trading", "Glory Trading", TRUE),
    ],
)
def test_compare(vocabulary: Vocabulary, value: str, term: str, truth: int) -> None:
    assert vocabulary.compare("supplier", value, term) is truth


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Houthis", "houthis"),
        ("the Houthis", "houthis"),
        ("Ansar Allah", "houthis"),
        ("Hizbullah", "hezbollah"),
        ("Al Shabab", "al_shabaab"),
        ("RSF", "rsf"),
        ("Khalifa Haftar", "lna"),
        ("Russian Defence Ministry", "russian_ministry_of_defence"),
        ("DPRK", "KP"),
        ("North Korea", "KP"),
        ("Nobody Ltd", None),
    ],
)
def test_resolve(vocabulary: Vocabulary, text: str, party: str | None) -> None:
    assert vocabulary.resolve("recipient", text) == party


def test_armed_groups_belong_to_no_state_and_organs_to_theirs(vocabulary: Vocabulary) -> None:
    for party in vocabulary.parties.parties.values():
        if party.kind == "armed_group":
            assert party.state == "", party.id
        if party.kind in ("armed_forces", "police"):
            assert party.state, party.id


def test_the_parties_of_the_labelled_articles_are_there(vocabulary: Vocabulary) -> None:
    for (
        party
    ) in ["houthis", "hezbollah", "hamas", "al_shabaab", "lna", "rsf",
         "m23", "isil", "taliban", "wagner_group", "irgc", "russian_armed_forces", "korean_peoples_army"]:
        assert vocabulary.parties.get(party) is not None, party
