"""The baseline: nearest State left of a goods word supplies, nearest right of it receives, and the rules judge what comes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.evaluate.labels import read_labels
from checker.evaluate.naive import NaiveExtractor
from checker.evaluate.settings import load_settings
from checker.extract.extractor import FrameExtractor
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.vocabulary.vocabulary import default_vocabulary


@pytest.fixture(scope="module")
def naive() -> NaiveExtractor:
    vocabulary = default_vocabulary()
    return NaiveExtractor(vocabulary, FrameExtractor(vocabulary).packs, load_settings(vocabulary).naive)


def found(naive: NaiveExtractor, text: str) -> list[tuple[object, object]]:
    document = Document(id="a", text=text, lang="id", published=parse_date("2022-11-03"))
    return [(e.facts.get("supplier"), e.facts.get("recipient")) for e in naive.extract(document).events]


def test_left_supplies_and_right_receives(naive: NaiveExtractor) -> None:
    assert found(naive, "Korea Utara mengirim peluru artileri ke Rusia") == [("KP", "RU")]
    assert found(naive, "Rusia menerima peluru artileri dari Korea Utara") == [("RU", "KP")]  # naive: it reads no verb


def test_the_nearest_state_is_taken_and_lines_do_not_mix(naive: NaiveExtractor) -> None:
    assert found(naive, "Iran dan Korea Utara mengirim peluru artileri ke Rusia dan Suriah") == [("KP", "RU")]
    assert found(naive, "Iran\npeluru artileri\nRusia") == []
    assert found(naive, "Iran mengirim peluru artileri") == []
    assert found(naive, "Iran mengirim peluru artileri Iran ke Rusia") == [("IR", "RU")]


def test_it_reports_as_fact_on_the_day_of_the_article(naive: NaiveExtractor) -> None:
    document = Document(id="a", text="Korea Utara: peluru artileri, Rusia", lang="id", published=parse_date("2022-11-03"))
    (event,) = naive.extract(document).events
    assert event.report == "reported"
    assert event.facts["date"] == parse_date("2022-11-03")


def test_a_language_without_pack_gives_nothing(naive: NaiveExtractor) -> None:
    assert naive.extract(Document(id="a", text="x", lang="xx")).events == ()


def test_the_labelled_articles_are_read_without_a_problem(samples: Path) -> None:
    file = samples / "eval" / "articles-dev.jsonl"
    if not file.is_file():
        pytest.skip(f"no labelled articles at {file}")
    articles, problems = read_labels(file)
    assert problems == []
    assert len(articles) == len([line for line in file.read_text(encoding="utf-8").splitlines() if json.loads(line)])
