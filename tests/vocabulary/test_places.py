"""Places: what lies in what, and who is in control on which day."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from checker.model.truth import FALSE, TRUE, UNKNOWN
from checker.vocabulary.vocabulary import Vocabulary


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("value", "term", "on", "truth"),
    [
        # a place under another State's control counts for both States
        ("donetsk", "UA", "2023-01-01", TRUE),
        ("donetsk", "RU", "2023-01-01", TRUE),
        ("donetsk", "RU", "2014-05-10", FALSE),
        ("donetsk", "RU", "2014-05-11", TRUE),
        ("crimea", "RU", "2014-02-26", FALSE),
        ("crimea", "RU", "2014-02-27", TRUE),
        ("sevastopol", "RU", "2014-02-27", TRUE),
        ("sevastopol", "UA", "2020-01-01", TRUE),
        ("kherson_city", "RU", "2022-03-01", FALSE),
        ("kherson_city", "RU", "2022-11-10", TRUE),
        ("kherson_city", "RU", "2022-11-11", FALSE),
        ("golan_heights", "IL", "2000-01-01", TRUE),
        ("golan_heights", "SY", "2000-01-01", TRUE),
        # the day decides and is not known
        ("donetsk", "RU", None, UNKNOWN),
        ("donetsk", "UA", None, TRUE),
        ("donetsk", "KP", None, FALSE),
        # partly held, or wider than the term
        ("donbas", "RU", "2023-01-01", UNKNOWN),
        ("donbas", "RU", "2010-01-01", FALSE),
        ("zaporizhzhia", "RU", "2023-01-01", UNKNOWN),
        ("kramatorsk", "RU", "2023-01-01", FALSE),
        ("occupied_east_ukraine", "RU", "2022-11-02", TRUE),
        ("SD", "darfur", "2020-01-01", UNKNOWN),
        ("darfur", "SD", "2020-01-01", TRUE),
        ("SS", "darfur", "2020-01-01", FALSE),
        # a State's name means the State: occupied parts do not make it doubtful
        ("UA", "RU", "2023-01-01", FALSE),
        ("RU", "UA", "2023-01-01", FALSE),
        ("UA", "donetsk", "2023-01-01", UNKNOWN),
        # regions
        ("EG", "africa", None, TRUE),
        ("EG", "middle_east", None, TRUE),
        ("north_africa", "africa", None, TRUE),
        ("middle_east", "africa", None, UNKNOWN),
        ("africa", "EG", None, UNKNOWN),
        ("africa", "KP", None, FALSE),
        ("crimea", "europe", None, TRUE),
        ("hodeidah", "middle_east", None, TRUE),
        ("high_seas", "KP", None, FALSE),
        ("korean_peninsula", "KP", None, UNKNOWN),
    ],
)
def test_compare(vocabulary: Vocabulary, value: str, term: str, on: str | None, truth: int) -> None:
    assert vocabulary.compare("place", value, term, day(on) if on else None) is truth


@pytest.mark.parametrize(
    ("place", "on", "state"),
    [
        ("donetsk", "2022-11-02", "RU"),
        ("donetsk", "2014-05-10", "UA"),
        ("crimea", "2013-01-01", "UA"),
        ("kursk", "2024-10-01", "RU"),
        ("vladivostok", "2020-01-01", "RU"),
        ("RU", "2020-01-01", "RU"),
        ("donbas", "2023-01-01", ""),
        ("donbas", "2013-01-01", "UA"),
        ("africa", "2020-01-01", ""),
        ("red_sea", "2020-01-01", ""),
        ("kherson_city", "2022-12-01", "UA"),
    ],
)
def test_the_state_that_counts(vocabulary: Vocabulary, place: str, on: str, state: str) -> None:
    assert vocabulary.places.state_of(place, day(on)) == state


def test_boundaries_are_the_days_on_which_the_answer_changes(vocabulary: Vocabulary) -> None:
    places = vocabulary.places
    assert places.boundaries("kherson_city") == (day("2022-03-02"), day("2022-11-11"))
    assert places.boundaries("UA") == ()
    assert places.boundaries("vladivostok") == ()
    for place in places:
        for edge in places.boundaries(place):
            if places.get(place).controlled_by:  # type: ignore[union-attr]
                assert places.controllers(place, edge - 1, edge - 1) != places.controllers(place, edge, edge)
        # Away from the boundaries nothing changes.
        days = [0, *places.boundaries(place), day("2026-11-01")]
        for first, after in itertools.pairwise(days):
            assert places.controllers(place, first, first) == places.controllers(place, after - 1, after - 1) if after > first + 1 else True


def test_controllers_of_an_interval(vocabulary: Vocabulary) -> None:
    found = vocabulary.places.controllers("kherson_city", day("2022-11-01"), day("2022-12-01"))
    assert [(c.state, c.last) for c in found] == [("RU", day("2022-11-10"))]
    assert vocabulary.places.controllers("kherson_city", day("2023-01-01"), day("2023-02-01")) == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Crimea", "crimea"),
        ("Krimea", "crimea"),
        ("Крым", "crimea"),
        ("DPR", "donetsk"),
        ("Donbass", "donbas"),
        ("North Africa", "north_africa"),
        ("Timur Tengah", "middle_east"),
        ("DPRK", "KP"),
        ("Rajin", "rason"),
        ("the Middle East", "middle_east"),
        ("Darfur", "darfur"),
        ("Atlantis", None),
    ],
)
def test_resolve(vocabulary: Vocabulary, text: str, place: str | None) -> None:
    assert vocabulary.resolve("place", text) == place


def test_every_control_names_its_basis(vocabulary: Vocabulary) -> None:
    for key in vocabulary.places:
        for control in vocabulary.places.get(key).controlled_by:  # type: ignore[union-attr]
            assert control.basis, key
