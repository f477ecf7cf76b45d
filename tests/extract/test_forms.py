"""Spellings kept by their first letters: every one that begins at a place of a text is found, the longest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract import forms
from checker.extract.forms import Forms

LETTERS = st.text(alphabet="ab 北é", min_size=1, max_size=5)


def found(kept: Forms[int], text: str, start: int) -> list[tuple[int, int]]:
    """Length and value of each spelling at a place."""
    number, here = kept.longest(text, start), []
    while number >= 0:
        here.append((kept.lengths[number], kept.values[kept.which[number]]))
        number = kept.shorter[number]
    return here


@given(given_=st.dictionaries(LETTERS, st.integers(0, 3), max_size=30), text=st.text(alphabet="ab 北éx", max_size=12),
       head=st.sampled_from([1, 2]), kept_open=st.sampled_from([0, 1_000]))
def test_all_spellings_at_a_place_are_found_the_longest_first(given_: dict[str, int], text: str, head: int, kept_open: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms, "_OPEN", kept_open)
        kept = Forms(given_, head)
        for start in range(len(text)):
            wanted = [(len(word), value) for word, value in given_.items() if text.startswith(word, start)]
            assert found(kept, text, start) == sorted(wanted, reverse=True)


def test_a_letter_alone_is_found_where_longer_spellings_begin_with_the_same_two() -> None:
    kept = Forms({"a": 1, "a b c": 2, "abx": 3}, 2)
    assert found(kept, "a a", 0) == [(1, 1)]
    assert found(kept, "aba", 0) == [(1, 1)]
    assert found(kept, "abxy", 0) == [(3, 3), (1, 1)]
    assert found(kept, "b", 0) == []
