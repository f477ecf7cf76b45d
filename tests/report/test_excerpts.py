"""Evidence is shown exactly, in its sentence, with its words marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.document import Document
from checker.model.excerpt import Excerpt
from checker.model.extraction import Zone
from checker.report.excerpts import excerpts


def shown(excerpt: Excerpt) -> str:
    return "".join(f"[{p.text}]" if p.mark == "event" else f"<{p.text}>" if p.mark else p.text for p in excerpt.parts)


def quote(text: str, *quoted: str, facts: tuple[str, ...] = ()) -> list[str]:
    document = Document("d", text)
    names = facts or ("event",) * len(quoted)
    spans = [document.quote(text.index(q), text.index(q) + len(q), fact=f) for q, f in zip(quoted, names, strict=True)]
    return [shown(e) for e in excerpts(document, spans)]


@pytest.mark.parametrize(
    ("text", "quoted", "expected"),
    [
        ("Before it. The ship left port. After it.", "ship left", "The [ship left] port."),
        ("HEADLINE\n\nThe ship left port.\n\nMore.", "left", "The ship [left] port."),
        ("The ship left.", "The ship left.", "[The ship left.]"),
        ("First. The ship left. Then more.", "The ship left.", "[The ship left.]"),
        ("前の文。船が出た。次の文。", "船が", "[船が]出た。"),
        ("أول. غادرت السفينة الميناء؟ بعد.", "السفينة", "غادرت [السفينة] الميناء؟"),
        ("पहला। जहाज गया। बाद में।", "गया", "जहाज [गया]।"),
        ("It cost 3.5 million dollars. Next.", "million", "It cost 3.5 [million] dollars."),
        ('She said "it left." Then it rained.', "it left", 'She said "[it left]."'),
    ],
)
def test_the_sentence_around_the_words(text: str, quoted: str, expected: str) -> None:
    assert quote(text, quoted) == [expected]


def test_words_of_a_fact_stand_out_within_the_words_of_the_act() -> None:
    assert quote("Exland sent shells to Beland.", "sent shells to Beland", "shells", facts=("event", "goods")) == [
        "Exland [sent ]<shells>[ to Beland]."
    ]


def test_neighbouring_sentences_are_one_excerpt_and_paragraphs_are_two() -> None:
    assert quote("One ship left. Two came. Far.", "ship", "came") == ["One [ship] left. Two [came]."]
    assert quote("One ship left.\n\nTwo came.", "ship", "came") == ["One [ship] left.", "Two [came]."]


def test_a_sentence_without_end_is_cut_and_says_so() -> None:
    text = "word " * 500 + "ship " + "word " * 500
    document = Document("d", text)
    (one,) = excerpts(document, [document.quote(2500, 2504)])
    assert one.cut_before
    assert one.cut_after
    assert len(shown(one)) < 800
    assert "[ship]" in shown(one)


def test_the_zone_is_named_where_it_is_not_the_body() -> None:
    document = Document("d", "Ship seized\n\nThe ship left.")
    found = excerpts(document, [document.quote(0, 4), document.quote(17, 21)], (Zone("headline", 0, 11), Zone("body", 13, 27)))
    assert [e.zone for e in found] == ["headline", ""]


@given(st.text(min_size=1, max_size=300), st.data())
def test_excerpts_never_change_a_character(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = Document("d", text)
    (one,) = excerpts(document, [document.quote(start, end)])
    assert "".join(p.text for p in one.parts) in text
    assert "".join(p.text for p in one.parts if p.mark) == text[start:end]
