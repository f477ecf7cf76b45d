"""Comparing terms: true, unknown and false on made-up graphs, and what they must hold for on all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.truth import FALSE, TRUE, UNKNOWN
from checker.vocabulary.checks import find_cycle
from checker.vocabulary.taxonomy import Taxonomy, Term

ANIMALS = Taxonomy(
    "animals",
    {
        t.id: t
        for t in [
            Term("animal", "animals"),
            Term("pet", "pets", parents=("animal",)),
            Term("fish", "fish", parents=("animal",), also=("swimmer",)),
            Term("goldfish", "goldfish", parents=("pet", "fish")),
            Term("shark", "sharks", parents=("fish",)),
            Term("stone", "stones"),
        ]
    },
)


@pytest.mark.parametrize(
    ("value", "term", "truth"),
    [
        ("goldfish", "fish", TRUE),
        ("goldfish", "pet", TRUE),
        ("goldfish", "animal", TRUE),
        ("fish", "fish", TRUE),
        ("fish", "goldfish", UNKNOWN),
        ("animal", "shark", UNKNOWN),
        ("fish", "pet", UNKNOWN),
        ("pet", "fish", UNKNOWN),
        ("shark", "pet", FALSE),
        ("pet", "shark", FALSE),
        ("stone", "animal", FALSE),
        ("animal", "stone", FALSE),
    ],
)
def test_compare(value: str, term: str, truth: int) -> None:
    assert ANIMALS.compare(value, term) is truth


def test_resolves_ids_titles_and_other_spellings() -> None:
    assert [ANIMALS.resolve(word) for word in ("shark", "Sharks", "SWIMMER", "stone-s", "whale")] == ["shark", "shark", "fish", None, None]


def test_suggests_the_term_of_the_nearest_spelling() -> None:
    assert ANIMALS.suggest("swimer") == "fish"
    assert ANIMALS.suggest("zzzzzzzzzzz") == ""


def test_words_that_are_no_terms_are_not_compared() -> None:
    with pytest.raises(KeyError):
        ANIMALS.compare("whale", "fish")


def test_attributes_come_from_the_nearest_wider_term() -> None:
    taxonomy = Taxonomy(
        "t",
        {
            t.id: t
            for t in [
                Term("a", "a", attributes={"x": 1}),
                Term("b", "b", parents=("a",), attributes={"x": 2}),
                Term("c", "c", parents=("b",)),
                Term("d", "d", parents=("a",)),
            ]
        },
    )
    assert [taxonomy.attribute(t, "x") for t in "abcd"] == [1, 2, 2, 1]
    assert taxonomy.attribute("a", "y") is None


@st.composite
def graphs(draw: st.DrawFn) -> Taxonomy:
    """An acyclic graph: every term has parents among the earlier ones only."""
    size = draw(st.integers(2, 12))
    terms = {}
    for number in range(size):
        parents = draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        terms[f"t{number}"] = Term(f"t{number}", f"title {number}", parents=tuple(f"t{p}" for p in sorted(parents)))
    return Taxonomy("made", terms)


@given(graphs())
def test_true_is_an_order(taxonomy: Taxonomy) -> None:
    for a in taxonomy:
        assert taxonomy.compare(a, a) is TRUE
        for b in taxonomy.ancestors(a):
            for c in taxonomy.ancestors(b):
                assert taxonomy.compare(a, c) is TRUE
            if b != a:
                assert taxonomy.compare(b, a) is UNKNOWN


@given(graphs())
def test_false_is_symmetric_and_means_that_nothing_is_shared(taxonomy: Taxonomy) -> None:
    for a in taxonomy:
        for b in taxonomy:
            apart = taxonomy.compare(a, b) is FALSE
            assert apart is (taxonomy.compare(b, a) is FALSE)
            shared = [c for c in taxonomy if taxonomy.compare(c, a) is TRUE and taxonomy.compare(c, b) is TRUE]
            assert apart is (not shared)


@given(graphs())
def test_a_narrower_value_never_loses_truth(taxonomy: Taxonomy) -> None:
    # What was decided of the wider word stays decided of a narrower one: the ground for judging by wider terms at all.
    for wide in taxonomy:
        for narrow in taxonomy.descendants(wide):
            for term in taxonomy:
                told = taxonomy.compare(wide, term)
                if told is not UNKNOWN:
                    assert taxonomy.compare(narrow, term) is told


@pytest.mark.parametrize(
    ("graph", "circle"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["a"]}, ["a"]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["b", "c"]),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, []),
    ],
)
def test_circles_are_found(graph: dict[str, list[str]], circle: list[str]) -> None:
    assert find_cycle(graph) == circle
