"""Evidence quotes its document exactly, or there is no evidence."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import EvidenceError
from checker.model.document import Document

TEXT = "Gedung Putih menuduh Korea Utara. 북한은 부인했다. نفت إيران ذلك 🚀"


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_a_quote_is_the_text_at_its_place(start: int, end: int) -> None:
    document = Document("d", TEXT)
    if start < end:
        quote = document.quote(start, end, fact="supplier")
        assert quote.text == TEXT[start:end]
        document.check(quote)
    else:
        with pytest.raises(EvidenceError):
            document.quote(start, end)


def test_a_quote_beyond_the_text_is_refused() -> None:
    with pytest.raises(EvidenceError, match="outside"):
        Document("d", "short").quote(2, 9)


def test_other_words_are_found_out() -> None:
    document = Document("d", TEXT)
    quote = document.quote(0, 6)
    with pytest.raises(EvidenceError):
        document.check(dataclasses.replace(quote, text="Gedong"))
    with pytest.raises(EvidenceError):
        Document("another", TEXT).check(quote)


def test_the_digest_is_of_the_text_alone() -> None:
    assert Document("a", TEXT).sha256 == Document("b", TEXT, url="https://example.org").sha256
    assert Document("a", TEXT).sha256 != Document("a", TEXT + " ").sha256


def test_a_lone_surrogate_does_not_break_the_digest() -> None:
    assert len(Document("a", "x\ud800y").sha256) == 64
