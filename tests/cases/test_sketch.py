"""Near copies are alike, other texts are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cases.sketch import SIZE, likeness, pack, sketch, unpack

WORDS = [f"word{i}" for i in range(400)]
WIRE = " ".join(random.Random(1).choices(WORDS, k=300))  # noqa: S311


@pytest.mark.parametrize(("other", "least", "most"), [
    (WIRE, 1.0, 1.0),
    (WIRE.upper() + "\n\n", 1.0, 1.0),
    ("PORT CITY (Agency) - " + WIRE + " Reporting by nobody.", 0.8, 1.0),
    (" ".join(WIRE.split()[:250]), 0.6, 1.0),
    (" ".join(random.Random(2).choices(WORDS, k=300)), 0.0, 0.1),  # noqa: S311
    ("", 0.0, 0.0),
], ids=["same", "shouted", "framed", "cut", "other", "empty"])
def test_likeness(other: str, least: float, most: float) -> None:
    assert least <= likeness(sketch(WIRE), sketch(other)) <= most


def test_texts_without_blanks_are_compared_by_their_signs() -> None:
    text = "朝鲜向俄罗斯运送了大量炮弹，美国政府周二在一份声明中表示，这些炮弹被装入货运列车运往边境。"
    assert likeness(sketch(text), sketch(text + "记者报道")) > 0.7
    assert likeness(sketch(text), sketch("两国首都的天气预计在未来一周内转晴，气温回升，适合户外活动和旅行。")) == 0


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_texts_can_be_compared(a: str, b: str) -> None:
    one, other = sketch(a), sketch(b)
    assert len(one) <= SIZE
    assert likeness(one, other) == likeness(other, one)
    assert unpack(pack(one)) == one
    if one:
        assert likeness(one, one) == 1
