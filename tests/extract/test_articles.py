"""Own articles come out with exactly the labelled events: action family, direction, status and denials."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Amount, Event
from checker.rulebase.loader import load_rulebase
from checker.vocabulary.families import family
from checker.vocabulary.vocabulary import default_vocabulary
from tests.extract.conftest import in_line

ARTICLES = [json.loads(line) for line in (Path(__file__).parent.parent / "articles" / "articles.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge(load_rulebase().rulebase)


def status(event: Event) -> str:
    stage = str(event.facts["stage"])
    return {"planned": "planned", "negotiated": "negotiated", "contracted": "negotiated"}.get(stage, event.report)


def row(event: Event) -> tuple[str, Any, Any, str]:
    facts = event.facts
    source = facts.get("supplier", facts.get("actor", facts.get("person_nationality")))
    return family(event, default_vocabulary()), source, facts.get("recipient", facts.get("host_state")), status(event)


@pytest.mark.parametrize("article", ARTICLES, ids=[a["id"] for a in ARTICLES])
def test_article(article: dict[str, Any], extractor: FrameExtractor) -> None:
    document = Document(article["id"], article["text"], parse_date(article["published"]))
    found = extractor.extract(document)
    assert found.language == article["lang"]
    for event in found.events:
        for evidence in (*event.evidence, *(e for c in event.claims for e in c.evidence)):
            document.check(evidence)
    gold = {(g["action"], g["supplier"], g["recipient"], g["status"]) for g in article["gold"]["events"]}
    if "known_gap" in article:
        return
    assert {row(e) for e in found.events} == gold
    for label in article["gold"]["events"]:
        if "denied_by" in label:
            match = next(e for e in found.events if row(e)[:3] == (label["action"], label["supplier"], label["recipient"]))
            assert label["denied_by"] in {c.party for c in match.claims if c.status == "denied"}


@pytest.mark.parametrize("article", [a for a in ARTICLES if "flagged" in a["gold"]], ids=lambda a: a["id"])
def test_only_the_expected_rules_are_flagged(article: dict[str, Any], extractor: FrameExtractor, judge: Judge) -> None:
    """A wrong flag is worse than a missed one: articles with a known gap may lack a flag, never have one too many."""
    found = extractor.extract(Document(article["id"], article["text"], parse_date(article["published"])))
    findings = [f for e in found.events for f in judge.findings(e) if f.flagged]
    flagged = {str(r) for f in findings for r in (f.rule, *(a.rule for a in f.also))}
    expected = set(article["gold"]["flagged"])
    assert flagged <= expected
    if "known_gap" not in article:
        assert flagged == expected


_STOP = re.compile(r"[.!?] [A-Z]|\n")


@pytest.mark.parametrize("article", ARTICLES, ids=[a["id"] for a in ARTICLES])
def test_claims_are_shown_within_one_sentence(article: dict[str, Any], extractor: FrameExtractor) -> None:
    found = extractor.extract(Document(article["id"], article["text"], parse_date(article["published"])))
    shown = [e.text for event in found.events for c in event.claims for e in c.evidence]
    assert [text for text in shown if _STOP.search(text)] == []


AMOUNTS = [
    ("North Korea shipped hundreds of rockets to Russia.", 100, False, True),
    ("North Korea shipped more than 500 rockets to Russia.", 500, False, True),
    ("North Korea shipped about 500 rockets to Russia.", 500, True, False),
    ("North Korea shipped 500 rockets to Russia.", 500, False, False),
    ("Korea Utara mengirim jutaan roket ke Rusia.", 1_000_000, False, True),
    ("Korea Utara mengirim sedikitnya 500 roket ke Rusia.", 500, False, True),
    ("Korea Utara mengirim sekitar 500 roket ke Rusia.", 500, True, False),
]


@pytest.mark.parametrize(("text", "number", "about", "at_least"), AMOUNTS)
def test_lower_bounds_are_told_from_estimates(text: str, number: float, about: bool, at_least: bool, extractor: FrameExtractor) -> None:
    [event] = extractor.extract(Document("t", text, parse_date("2024-05-15"))).events
    assert event.facts["quantity"] == Amount(number, "piece", about, at_least)


SENTENCES = [
    # place names and compounds that hold a goods word are no goods
    ("Exland mengirim 40 penjinak ranjau ke Rusia.", "troop_deployment - XA>RU reported done"),
    ("Exland will send mine clearers to Russia.", None),
    ("Russia fired North Korean-made ballistic missiles at Ukraine.", "use_in_combat ballistic_missile RU>- reported done"),
    ("North Korea fired a ballistic missile into the Sea of Japan.", "ballistic_missile_launch ballistic_missile KP>- reported done"),
    ("Korea Utara menembakkan rudal balistik ke Laut Jepang.", "ballistic_missile_launch ballistic_missile KP>- reported done"),
    ("Exland sent soldiers to Kursk, Russia.", "troop_deployment - XA>RU reported done"),
]


@pytest.mark.parametrize(("text", "line"), SENTENCES, ids=[s[0][:40] for s in SENTENCES])
def test_sentence(text: str, line: str | None, extractor: FrameExtractor) -> None:
    found = extractor.extract(Document("t", text, parse_date("2024-05-15")))
    assert [in_line(e) for e in found.events] == ([line] if line else [])
