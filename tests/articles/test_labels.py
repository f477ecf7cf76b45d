"""The labelled articles of both halves keep their own promises: shape, quotes, codes, and the number of articles in each language."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from checker.evaluate.labels import read_labels
from checker.vocabulary.vocabulary import default_vocabulary

HERE = Path(__file__).parent
# articles in each language
HALVES = {"check": 10, "tune": 5}
TRADITIONAL = {"check": 5, "tune": 2}
LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "id", "it", "ja", "ko", "pt", "ru", "tr", "uk", "zh")
STATUSES = {"confirmed", "reported", "alleged", "planned", "negotiated", "denied"}
CERTAINTIES = {"violation-if-true", "potential", "contested"}
FIELDS = {"action", "supplier", "recipient", "item", "status", "claimed_by", "date", "quote"}
# Chinese and Japanese are counted in characters, the others in words; Korean writes in one word what others write in two.
SHORTEST = {"zh": 130, "ja": 130, "ko": 45}
LONGEST = {"zh": 500, "ja": 500}


def read(half: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"{half}.jsonl").read_text("utf-8").splitlines()]


ARTICLES = [article for half in HALVES for article in read(half)]
each = pytest.mark.parametrize("article", ARTICLES, ids=[a["id"] for a in ARTICLES])


@pytest.mark.parametrize("half", HALVES)
def test_the_evaluation_reads_every_line(half: str) -> None:
    articles, problems = read_labels(HERE / f"{half}.jsonl")
    assert problems == []
    assert len(articles) == HALVES[half] * len(LANGUAGES)


@pytest.mark.parametrize("half", HALVES)
def test_articles_in_each_language_three_with_events_and_two_quiet(half: str) -> None:
    articles = read(half)
    assert Counter(a["lang"] for a in articles) == dict.fromkeys(LANGUAGES, HALVES[half])
    told = Counter(a["lang"] for a in articles if a["gold"]["events"])
    quiet = Counter(a["lang"] for a in articles if a["gold"]["hard_negative"])
    assert {lang for lang in LANGUAGES if told[lang] < 3 or quiet[lang] < 2} == set()


@pytest.mark.parametrize("half", HALVES)
def test_some_of_the_chinese_articles_are_in_traditional_characters(half: str) -> None:
    # 國, 說 and 對 against 国, 说 and 对
    texts = [a["text"] for a in read(half) if a["lang"] == "zh"]
    assert sum(any(sign in text for sign in "國說對") for text in texts) == TRADITIONAL[half]
    assert sum(any(sign in text for sign in "国说对") for text in texts) == HALVES[half] - TRADITIONAL[half]


def test_no_article_is_in_both_halves() -> None:
    assert len({a["id"] for a in ARTICLES}) == len(ARTICLES)
    assert len({a["text"] for a in ARTICLES}) == len(ARTICLES)


@each
def test_the_text_has_a_headline_and_the_length_of_a_short_report(article: dict[str, Any]) -> None:
    lang, text = article["lang"], article["text"]
    size = len("".join(text.split())) if lang in ("zh", "ja") else len(text.split())
    assert SHORTEST.get(lang, 60) <= size <= LONGEST.get(lang, 180)
    assert text.split("\n")[1] == ""


@each
def test_quotes_stand_in_the_text(article: dict[str, Any]) -> None:
    assert [e["quote"] for e in article["gold"]["events"] if not e["quote"] or e["quote"] not in article["text"]] == []


@each
def test_labels_use_known_words(article: dict[str, Any]) -> None:
    words = default_vocabulary()
    families = {row.family for row in words.families}
    for event in article["gold"]["events"]:
        assert set(event) >= FIELDS
        assert set(event) <= FIELDS | {"also_ok", "denied_by"}
        also = event.get("also_ok", {})
        assert set(also) <= {"action", "supplier", "recipient", "status"}
        assert {event["action"], *also.get("action", ())} <= families
        assert {event["status"], *also.get("status", ())} <= STATUSES
        parties = (event["supplier"], event["recipient"], event.get("denied_by"), *also.get("supplier", ()), *also.get("recipient", ()))
        assert [p for p in parties if p is not None and words.parties.resolve(p) != p] == []


@each
def test_violations_name_a_regime_and_an_event(article: dict[str, Any]) -> None:
    gold = article["gold"]
    regimes = {regime.evaluation for regime in default_vocabulary().regimes.values()}
    for violation in gold["violations"]:
        assert violation["regime"] in regimes
        assert violation["certainty"] in CERTAINTIES
        assert violation["instrument"].startswith("UNSCR ")
        assert 0 <= violation["event"] < len(gold["events"])
    assert gold["hard_negative"] == (not gold["violations"])
    assert gold["must_not_flag"]
