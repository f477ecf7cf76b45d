"""Scores counted by hand on small labelled articles."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.evaluate.cases import CASE_KINDS
from checker.evaluate.claimants import Voices
from checker.evaluate.evaluate import Evaluation, evaluate
from checker.evaluate.labels import LabelledArticle, read_labels
from checker.evaluate.match import Matcher
from checker.evaluate.scores import Counts, Scores, Share, Tally
from checker.evaluate.settings import load_settings
from checker.extract.extractor import FrameExtractor
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


@pytest.fixture(scope="module")
def matcher(judge: Judge) -> Matcher:
    vocabulary = judge.rulebase.vocabulary
    settings = load_settings(vocabulary)
    return Matcher(vocabulary, settings, Voices(vocabulary, FrameExtractor(vocabulary).packs, settings.labels, settings.kinds))


def article(events: list[dict[str, Any]], violations: list[dict[str, Any]] | None = None, text: str = "words") -> LabelledArticle:
    gold = {"events": events, "violations": violations or []}
    return LabelledArticle.model_validate({"id": "a", "lang": "en", "text": text, "gold": gold})


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


Scored = Callable[..., Evaluation]


@pytest.fixture
def scored(judge: Judge, matcher: Matcher) -> Scored:
    return lambda gold, *found: evaluate([gold], Given(*found), judge, matcher)


@pytest.fixture
def tally(scored: Scored) -> Callable[..., Tally]:
    return lambda gold, *found: scored(gold, *found).scores.total


def test_a_perfect_article(tally: Callable[..., Tally]) -> None:
    got = tally(article([GOLD], [{"regime": "DPRK", "event": 0}]), SHELLS)
    assert got == Tally(articles=1, roles=Counts(2, 0, 0), events=Counts(1, 0, 0), verdicts=Counts(1, 0, 0), status=Share(1, 1),
                        stage=Share(1, 1), report=Share(1, 1), from_strong=Share(0, 1), from_fair=Share(0, 1))


@pytest.mark.parametrize(
    ("change", "matches"),
    [({}, True), ({"supplier": "IR"}, False), ({"supplier": "XA", "recipient": "KP"}, False), ({"recipient": "XB"}, False),
     ({"goods": "coal"}, False), ({"goods": "rifle"}, True), ({"act": "sale"}, True), ({"date": "2020-01-01"}, True)],
    ids=str,
)
def test_an_event_is_family_supplier_and_recipient(tally: Callable[..., Tally], change: dict[str, str], matches: bool) -> None:
    got = tally(article([GOLD]), SHELLS | change)
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
def test_alternatives_are_accepted(tally: Callable[..., Tally], label: dict[str, Any], matches: bool) -> None:
    assert tally(article([GOLD | label]), SHELLS).events.hit == matches


def test_a_party_that_nobody_names_matches_only_none(tally: Callable[..., Tally]) -> None:
    unnamed = {k: v for k, v in SHELLS.items() if k != "supplier"}
    assert tally(article([GOLD | {"supplier": None}]), unnamed).events == Counts(1, 0, 0)
    assert tally(article([GOLD]), unnamed).events == Counts(0, 1, 1)


def test_groups_and_companies_match_by_their_names_and_states(tally: Callable[..., Tally]) -> None:
    gold = article([GOLD | {"recipient": "Houthis"}])
    assert tally(gold, SHELLS | {"recipient": "houthis"}).events.hit == 1
    company = SHELLS | {"supplier": {"name": "Trading House", "state": "KP", "kind": "company"}}
    assert tally(article([GOLD]), company).events.hit == 1


@pytest.mark.parametrize(
    ("status", "event", "right"),
    [("alleged", {}, 1), ("reported", {}, 0), ("planned", {"stage": "planned"}, 1), ("negotiated", {"stage": "contracted"}, 1),
     ("alleged", {"stage": "planned"}, 0), ("denied", {"report": "denied"}, 1)],
)
def test_status_is_scored_on_matched_events(tally: Callable[..., Tally], status: str, event: dict[str, str], right: int) -> None:
    got = tally(article([GOLD | {"status": status, "also_ok": {"action": ["procurement_negotiation"]}}]), SHELLS | event)
    assert got.status == Share(right, 1)


def test_the_same_event_twice_counts_once(tally: Callable[..., Tally]) -> None:
    got = tally(article([GOLD], [{"regime": "DPRK", "event": 0}]), SHELLS, SHELLS | {"goods": "rifle"})
    assert got.events == Counts(1, 0, 0)
    assert got.verdicts == Counts(1, 0, 0)


def test_a_plan_beside_a_deed_stays_two_events(tally: Callable[..., Tally]) -> None:
    gold = article([GOLD | {"status": "planned"}, GOLD])
    got = tally(gold, SHELLS, SHELLS | {"stage": "planned"})
    assert (got.events, got.status) == (Counts(2, 0, 0), Share(2, 2))


@pytest.mark.parametrize(
    ("violations", "counts"),
    [([], Counts(0, 1, 0)), ([{"regime": "DPRK", "event": 0}], Counts(1, 0, 0)), ([{"regime": "Iran", "event": 0}], Counts(0, 1, 1)),
     ([{"regime": "DPRK", "event": 1}], Counts(0, 1, 1))],
    ids=["nothing to flag", "right", "another regime", "another event"],
)
def test_a_verdict_is_a_regime_on_an_event(tally: Callable[..., Tally], violations: list[dict[str, Any]], counts: Counts) -> None:
    gold = article([GOLD, GOLD | {"supplier": "XB", "recipient": "XA"}], violations)
    assert tally(gold, SHELLS).verdicts == counts


def test_false_alarms_are_counted_on_articles_with_nothing_to_flag(tally: Callable[..., Tally]) -> None:
    assert tally(article([GOLD]), SHELLS).alarms == Share(1, 1)
    assert tally(article([]), SHELLS | {"goods": "food"}).alarms == Share(0, 1)
    assert tally(article([GOLD], [{"regime": "DPRK", "event": 0}])).alarms == Share(0, 0)


@pytest.mark.parametrize(
    ("label", "found", "counts"),
    [
        ({}, {}, Counts(2, 0, 0)),
        ({}, {"recipient": "XB"}, Counts(1, 1, 1)),
        ({"recipient": None}, {}, Counts(1, 1, 0)),
        ({"also_ok": {"recipient": [None]}}, {"recipient": "XB"}, Counts(1, 1, 0)),
        ({"supplier": "IR", "recipient": "XB"}, {}, Counts(0, 2, 2)),
        ({}, {"supplier": "XA", "recipient": "KP"}, Counts(0, 2, 2)),
    ],
    ids=["right", "one wrong", "one too many", "one that may be left out", "both wrong", "swapped"],
)
def test_named_parties_are_counted_one_by_one(tally: Callable[..., Tally], label: dict[str, Any], found: dict[str, str],
                                              counts: Counts) -> None:
    assert tally(article([GOLD | label]), SHELLS | found).roles == counts


@pytest.mark.parametrize(
    ("status", "event", "stage", "report"),
    [("alleged", {}, Share(1, 1), Share(1, 1)), ("planned", {}, Share(0, 1), Share()), ("confirmed", {}, Share(1, 1), Share(0, 1)),
     ("alleged", {"stage": "planned"}, Share(0, 1), Share(1, 1)), ("alleged", {"stage": "attempted"}, Share(1, 1), Share(1, 1))],
    ids=["both right", "a plan told as done", "told too weakly", "done told as a plan", "a stage that labels do not have"],
)
def test_stage_and_report_are_told_apart(tally: Callable[..., Tally], status: str, event: dict[str, str], stage: Share,
                                         report: Share) -> None:
    got = tally(article([GOLD | {"status": status}]), SHELLS | event)
    assert (got.stage, got.report) == (stage, report)


KOREAN, OTHER = {"status": "alleged", "by": "military spokesman", "party": "KR"}, {"status": "alleged", "by": "The Bell", "party": ""}
DENIAL = {"status": "denied", "by": "Exland", "party": "XA"}


@pytest.mark.parametrize(
    ("label", "claims", "claimant", "denial"),
    [
        ({"claimed_by": "South Korean military intelligence"}, [KOREAN], Share(1, 1), Share()),
        ({"claimed_by": "South Korean military intelligence"}, [OTHER], Share(0, 1), Share()),
        ({"claimed_by": "Bell"}, [OTHER], Share(1, 1), Share()),
        ({"claimed_by": "Bel"}, [OTHER], Share(0, 1), Share()),
        ({"claimed_by": "some newspaper"}, [OTHER], Share(), Share()),
        ({"claimed_by": "XA"}, [OTHER, DENIAL], Share(0, 1), Share()),
        ({"denied_by": "XA"}, [OTHER, DENIAL], Share(), Share(1, 1)),
        ({"denied_by": ["XA", "XB"]}, [OTHER], Share(), Share(0, 1)),
        ({"denied_by": "KR"}, [KOREAN], Share(), Share(0, 1)),
    ],
    ids=["its State", "somebody else", "its name", "half a word", "nobody known", "who denies does not claim", "denied", "denial missed",
         "who claims does not deny"],
)
def test_voices_are_told_apart(tally: Callable[..., Tally], label: dict[str, Any], claims: list[dict[str, str]], claimant: Share,
                               denial: Share) -> None:
    event = {name: value for name, value in SHELLS.items() if name != "report"}
    got = tally(article([GOLD | label], text="The Bell said so."), event | {"claims": claims})
    assert (got.claimant, got.denial) == (claimant, denial)


def test_tiers_have_their_own_precision_and_the_recall_down_to_them(tally: Callable[..., Tally]) -> None:
    gold = article([GOLD, GOLD | {"recipient": "XB"}, GOLD | {"supplier": "IR"}])
    got = tally(gold, SHELLS | {"tier": "strong"}, SHELLS | {"tier": "weak", "recipient": "XB"}, SHELLS | {"tier": "weak", "goods": "coal"})
    assert (got.strong, got.fair, got.weak) == (Share(1, 1), Share(), Share(1, 2))
    assert (got.from_strong, got.from_fair, got.events) == (Share(1, 3), Share(1, 3), Counts(2, 1, 1))


def test_an_event_found_twice_has_its_surer_tier(tally: Callable[..., Tally]) -> None:
    got = tally(article([GOLD]), SHELLS | {"tier": "weak"}, SHELLS | {"tier": "fair", "goods": "rifle"})
    assert (got.fair, got.weak) == (Share(1, 1), Share())


@pytest.mark.parametrize(
    ("labels", "violations", "found", "kinds"),
    [
        ([GOLD], [("DPRK", 0)], [SHELLS], []),
        ([GOLD], [("DPRK", 0)], [], ["missed-verdict", "missed-event"]),
        ([], [], [SHELLS], ["false-alarm", "false-event"]),
        ([GOLD], [], [SHELLS], ["false-alarm"]),
        ([GOLD], [("Iran", 0)], [SHELLS], ["false-verdict", "missed-verdict"]),
        ([GOLD], [("DPRK", 0)], [SHELLS | {"recipient": "XB"}], ["false-verdict", "missed-verdict", "misread-event"]),
        ([GOLD | {"status": "reported"}], [("DPRK", 0)], [SHELLS], ["wrong-status"]),
        ([GOLD], [("DPRK", 0)], [SHELLS | {"act": "sale", "goods": "food", "supplier": "XB", "recipient": "IR"}],
         ["missed-verdict", "missed-event", "false-event"]),
    ],
    ids=["nothing wrong", "missed", "false alarm", "flagged for nothing", "another regime", "another party", "status", "something else"],
)
def test_every_mistake_is_a_case_of_one_kind(scored: Scored, labels: list[dict[str, Any]], violations: list[tuple[str, int]],
                                             found: list[dict[str, object]], kinds: list[str]) -> None:
    (one,) = scored(article(labels, [{"regime": regime, "event": event} for regime, event in violations]), *found).articles
    assert [case.kind for case in one.cases] == kinds
    told = {kind: sum(case.kind == kind for case in one.cases) for kind in CASE_KINDS}
    assert one.tally.verdicts.missed == told["missed-verdict"]
    assert one.tally.verdicts.false == told["false-verdict"] + told["false-alarm"]
    assert one.tally.events.missed == told["missed-event"] + told["misread-event"]
    assert one.tally.events.false == told["false-event"] + told["misread-event"]
    assert one.tally.status.whole - one.tally.status.part == told["wrong-status"]


def test_a_case_tells_where_label_and_reading_stand(scored: Scored) -> None:
    text = "KP sent shells to XA, it is said."
    read = {"document": "a", "start": 23, "end": 29, "text": "is sai", "fact": "act"}
    gold = article([GOLD | {"quote": "sent shells to XA", "status": "confirmed"}], [{"regime": "DPRK", "event": 0}], text)
    (one,) = scored(gold, SHELLS | {"evidence": [read | {"text": text[23:29]}]}).articles
    assert [(text[a:b], of) for a, b, of in one.cases[0].spans] == [("sent shells to XA", "label"), (text[23:29], "found")]


def test_verdicts_are_summed_by_regime(scored: Scored) -> None:
    (one,) = scored(article([GOLD], [{"regime": "Iran", "event": 0}]), SHELLS).articles
    assert one.regimes == {"DPRK": Counts(0, 1, 0), "Iran": Counts(0, 0, 1)}


def test_sums_by_language_and_regime() -> None:
    one, two = Tally(articles=1, events=Counts(1, 0, 1)), Tally(articles=1, events=Counts(0, 1, 0), alarms=Share(1, 1))
    scores = Scores((("ko", one, {"Iran": Counts(1, 0, 0)}), ("en", two, {}), ("ko", two, {"Iran": Counts(0, 1, 0)})))
    assert list(scores.by_language) == ["en", "ko"]
    assert scores.by_language["ko"].events == Counts(1, 1, 1)
    assert (scores.total.articles, scores.total.alarms, scores.total.events) == (3, Share(2, 2), Counts(1, 2, 1))
    assert (scores.total.events.precision, scores.total.events.recall, scores.total.events.f1) == (1 / 3, 1 / 2, 2 / 5)
    assert [t.verdicts for t in scores.regimes["Iran"]] == [Counts(1, 0, 0), Counts(0, 1, 0)]


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
