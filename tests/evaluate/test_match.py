"""Scores counted by hand on small labelled articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checker.evaluate.evaluate import evaluate
from checker.evaluate.labels import LabelledArticle, read_labels
from checker.evaluate.match import Matcher
from checker.evaluate.scores import Counts, Scores, Tally
from checker.judge.judge import Judge
from checker.model.document import Document
from checker.model.event import Event
from checker.model.extraction import Extraction
from checker.rulebase.loader import require_rulebase
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

SHELLS = {"act": "shipment", "goods": "artillery_shell", "supplier": "KP", "recipient": "XA", "date": "2022-11-02", "report": "alleged"}
GOLD = {"action": "arms_transfer", "supplier": "KP", "recipient": "XA", "status": "alleged"}


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(require_rulebase())


def article(events: list[dict[str, Any]], violations: list[dict[str, Any]] | None = None, lang: str = "en") -> LabelledArticle:
    gold = {"events": events, "violations": violations or []}
    return LabelledArticle.model_validate({"id": "a", "lang": lang, "text": "words", "gold": gold})


class Given:
    """An extractor that always finds the same events."""

    def __init__(self, *events: dict[str, object]) -> None:
        reader = EventReader(default_vocabulary())
        self.events: list[Event] = []
        for one in events:
            event, problems = reader.read(one)
            assert event is not None, problems
            self.events.append(event)

    def extract(self, document: Document) -> Extraction:
        return Extraction("en", tuple(self.events))


def tally(judge: Judge, gold: LabelledArticle, *found: dict[str, object]) -> Tally:
    return evaluate([gold], Given(*found), judge, Matcher(judge.rulebase.vocabulary)).scores.total


def test_a_perfect_article(judge: Judge) -> None:
    got = tally(judge, article([GOLD], [{"regime": "DPRK", "event": 0}]), SHELLS)
    assert got == Tally(articles=1, events=Counts(1, 0, 0), verdicts=Counts(1, 0, 0), status_right=1, status_of=1)


@pytest.mark.parametrize(
    ("change", "matches"),
    [({}, True), ({"supplier": "IR"}, False), ({"supplier": "XA", "recipient": "KP"}, False), ({"recipient": "XB"}, False),
     ({"goods": "coal"}, False), ({"goods": "rifle"}, True), ({"act": "sale"}, True), ({"date": "2020-01-01"}, True)],
    ids=str,
)
def test_an_event_is_family_supplier_and_recipient(judge: Judge, change: dict[str, str], matches: bool) -> None:
    got = tally(judge, article([GOLD]), SHELLS | change)
    assert got.events == (Counts(1, 0, 0) if matches else Counts(0, 1, 1))


@pytest.mark.parametrize(
    ("label", "matches"),
    [
        ({"also_ok": {"recipient": ["XA", "XB"]}, "recipient": "RU"}, True),
        ({"also_ok": {"recipient": "XA"}, "recipient": "RU"}, True),
        ({"also_ok": {"action": ["arms_transfer"]}, "action": "other"}, True),
        ({"recipient": None}, False),
        ({"also_ok": {"recipient": ["XA"]}, "recipient": None}, True),
    ],
    ids=str,
)
def test_alternatives_are_accepted(judge: Judge, label: dict[str, Any], matches: bool) -> None:
    assert tally(judge, article([GOLD | label]), SHELLS).events.hit == matches


def test_a_party_that_nobody_names_matches_only_none(judge: Judge) -> None:
    unnamed = {k: v for k, v in SHELLS.items() if k != "supplier"}
    assert tally(judge, article([GOLD | {"supplier": None}]), unnamed).events == Counts(1, 0, 0)
    assert tally(judge, article([GOLD]), unnamed).events == Counts(0, 1, 1)


def test_groups_and_companies_match_by_their_names_and_states(judge: Judge) -> None:
    gold = article([GOLD | {"recipient": "Houthis"}])
    assert tally(judge, gold, SHELLS | {"recipient": "houthis"}).events.hit == 1
    company = SHELLS | {"supplier": {"name": "Trading House", "state": "KP", "kind": "company"}}
    assert tally(judge, article([GOLD]), company).events.hit == 1


@pytest.mark.parametrize(
    ("status", "event", "right"),
    [("alleged", {}, 1), ("reported", {}, 0), ("planned", {"stage": "planned"}, 1), ("negotiated", {"stage": "contracted"}, 1),
     ("alleged", {"stage": "planned"}, 0), ("denied", {"report": "denied"}, 1)],
)
def test_status_is_scored_on_matched_events(judge: Judge, status: str, event: dict[str, str], right: int) -> None:
    got = tally(judge, article([GOLD | {"status": status, "also_ok": {"action": ["procurement_negotiation"]}}]), SHELLS | event)
    assert (got.status_right, got.status_of) == (right, 1)


def test_the_same_event_twice_counts_once(judge: Judge) -> None:
    got = tally(judge, article([GOLD], [{"regime": "DPRK", "event": 0}]), SHELLS, SHELLS | {"goods": "rifle"})
    assert got.events == Counts(1, 0, 0)
    assert got.verdicts == Counts(1, 0, 0)


def test_a_plan_beside_a_deed_stays_two_events(judge: Judge) -> None:
    gold = article([GOLD | {"status": "planned"}, GOLD])
    got = tally(judge, gold, SHELLS, SHELLS | {"stage": "planned"})
    assert (got.events, got.status_right) == (Counts(2, 0, 0), 2)


@pytest.mark.parametrize(
    ("violations", "counts"),
    [([], Counts(0, 1, 0)), ([{"regime": "DPRK", "event": 0}], Counts(1, 0, 0)), ([{"regime": "Iran", "event": 0}], Counts(0, 1, 1)),
     ([{"regime": "DPRK", "event": 1}], Counts(0, 1, 1))],
    ids=["nothing to flag", "right", "another regime", "another event"],
)
def test_a_verdict_is_a_regime_on_an_event(judge: Judge, violations: list[dict[str, Any]], counts: Counts) -> None:
    gold = article([GOLD, GOLD | {"supplier": "XB", "recipient": "XA"}], violations)
    assert tally(judge, gold, SHELLS).verdicts == counts


def test_false_alarms_are_counted_on_articles_with_nothing_to_flag(judge: Judge) -> None:
    assert (tally(judge, article([GOLD]), SHELLS).quiet, tally(judge, article([GOLD]), SHELLS).alarms) == (1, 1)
    harmless = tally(judge, article([]), SHELLS | {"goods": "food"})
    assert (harmless.quiet, harmless.alarms) == (1, 0)


def test_sums_by_language() -> None:
    one, two = Tally(articles=1, events=Counts(1, 0, 1)), Tally(articles=1, events=Counts(0, 1, 0), quiet=1, alarms=1)
    scores = Scores.of([("ko", one), ("en", two), ("ko", two)])
    assert list(scores.by_language) == ["en", "ko"]
    assert scores.by_language["ko"].events == Counts(1, 1, 1)
    assert scores.total.events == Counts(1, 2, 1)
    assert (scores.total.articles, scores.total.alarms) == (3, 2)
    assert (scores.total.events.precision, scores.total.events.recall, scores.total.events.f1) == (1 / 3, 1 / 2, 2 / 5)


def test_nothing_to_count_is_no_number() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (None, None, None)
    assert Counts(0, 0, 3).to_wire() == {"hit": 0, "false": 0, "missed": 3, "precision": None, "recall": 0.0, "f1": 0.0}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{broken", "JSON"),
        (json.dumps({"id": "a", "lang": "en", "text": "x"}), "gold"),
        (json.dumps({"id": "a", "lang": "en", "text": "", "gold": {}}), "text"),
        (json.dumps({"id": "a", "lang": "en", "text": "x", "published": "3/11/2022", "gold": {}}), "published"),
        (json.dumps({"id": "a", "lang": "en", "text": "x", "gold": {"violations": [{"regime": "DPRK", "event": 0}]}}), "no event number 0"),
    ],
    ids=["json", "no gold", "no text", "date", "event number"],
)
def test_bad_lines_are_told_and_left_out(tmp_path: Path, line: str, says: str) -> None:
    good = json.dumps({"id": "b", "lang": "en", "text": "x", "gold": {}})
    file = tmp_path / "labels.jsonl"
    file.write_text(f"{good}\n{line}\n\n{good}\n")
    articles, problems = read_labels(file)
    assert [a.id for a in articles] == ["b", "b"]
    assert [p.line for p in problems] == [2]
    assert says in problems[0].message
