"""Intervals: fixed, around the score, narrower the more articles there are, and about the difference of two methods on the same draws."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.evaluate.bootstrap import differences, intervals
from checker.evaluate.scores import Counts, Share, Tally
from checker.evaluate.settings import Bootstrap

DRAWS = Bootstrap(resamples=1000, percent=95, seed=7)
RIGHT = Tally(articles=1, events=Counts(1, 0, 0), status=Share(1, 1))
MISSED = Tally(articles=1, events=Counts(0, 0, 1))
counts = st.builds(Counts, st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))
tallies = st.lists(st.builds(Tally, st.just(1), roles=counts, events=counts, status=st.builds(Share, st.just(1), st.just(2))), max_size=8)


def test_half_of_many_articles_right() -> None:
    low, high = intervals([RIGHT, MISSED] * 50, DRAWS)["events.recall"]
    assert 0.35 < low < 0.45 < 0.55 < high < 0.65  # the normal approximation says 0.40 and 0.60


def test_fewer_articles_tell_less() -> None:
    few, many = (intervals([RIGHT, MISSED] * n, DRAWS)["events.recall"] for n in (5, 50))
    assert few[1] - few[0] > 2 * (many[1] - many[0])


def test_the_same_tallies_give_the_same_intervals_and_another_seed_others() -> None:
    rows = [RIGHT, MISSED, MISSED] * 5
    assert intervals(rows, DRAWS) == intervals(rows, DRAWS)
    assert any(intervals(rows, Bootstrap(20, 95, seed)) != intervals(rows, Bootstrap(20, 95, 0)) for seed in range(1, 5))


def test_what_no_draw_defines_has_no_interval() -> None:
    found = intervals([MISSED], DRAWS)
    assert "status.share" not in found
    assert found["events.recall"] == (0.0, 0.0)
    assert intervals([], DRAWS) == {}


def test_a_smaller_share_of_the_draws_lies_closer() -> None:
    rows = [RIGHT, MISSED] * 10
    wide, close = (intervals(rows, Bootstrap(1000, percent, 7))["events.f1"] for percent in (99, 50))
    assert wide[0] < close[0] < close[1] < wide[1]


def test_the_difference_is_taken_on_the_same_draws() -> None:
    rows = [RIGHT, MISSED] * 10
    assert differences(rows, rows, ["events.recall"], DRAWS) == {"events.recall": (0.0, 0.0)}
    better = [RIGHT] * 20
    low, high = differences(better, rows, ["events.recall"], DRAWS)["events.recall"]
    assert 0 < low < 0.5 < high < 1


@settings(max_examples=30, deadline=None)
@given(tallies)
def test_tallies_are_added_in_rows_of_numbers(some: list[Tally]) -> None:
    total = Tally.sum(some)
    assert total == Tally.of(total.numbers)
    assert total.articles == len(some)
    assert total.events.hit == sum(one.events.hit for one in some)
    assert total.roles.missed == sum(one.roles.missed for one in some)
    assert total.status == Share(len(some), 2 * len(some))


@settings(max_examples=20, deadline=None)
@given(tallies)
def test_intervals_are_scores_in_order(some: list[Tally]) -> None:
    for low, high in intervals(some, Bootstrap(50, 90, 1)).values():
        assert 0 <= low <= high <= 1


@pytest.mark.parametrize("articles", [150])
def test_a_thousand_draws_take_no_time(articles: int) -> None:
    start = time.perf_counter()
    intervals([RIGHT] * articles, DRAWS)
    assert time.perf_counter() - start < 3
