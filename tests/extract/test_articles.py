"""Own articles come out with exactly the labelled events: action family, direction, status and denials."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checker.extract.extractor import FrameExtractor
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Event
from checker.vocabulary.families import family
from checker.vocabulary.vocabulary import default_vocabulary

ARTICLES = [json.loads(line) for line in (Path(__file__).parent.parent / "articles" / "articles.jsonl").read_text("utf-8").splitlines()]


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
    gold = {(g["action"], g["supplier"], g["recipient"], g["status"]) for g in article["gold"]["events"]}
    assert {row(e) for e in found.events} == gold
    for label in article["gold"]["events"]:
        if "denied_by" in label:
            match = next(e for e in found.events if row(e)[:3] == (label["action"], label["supplier"], label["recipient"]))
            assert label["denied_by"] in {c.party for c in match.claims if c.status == "denied"}
    for event in found.events:
        for evidence in (*event.evidence, *(e for c in event.claims for e in c.evidence)):
            document.check(evidence)
