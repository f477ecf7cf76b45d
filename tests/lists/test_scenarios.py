"""From an event to its label, through the whole chain and the shipped rules: before the listing, on its day, after it ended."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

from checker.judge.judge import Judge
from checker.lists.knowledge import Knowledge
from checker.lists.screen import Screener
from checker.locator import rules_dir
from checker.model.document import Document
from checker.model.event import Event
from checker.pipeline.check import check
from checker.rulebase.loader import require_rulebase
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary

REGIMES = ("exemptions", "un-1267", "un-1718", "un-1988", "un-2140")


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(require_rulebase([rules_dir() / "un" / regime for regime in REGIMES]))


class NoArticles:
    """Records need no extractor."""

    def extract(self, document: Document) -> NoReturn:
        raise AssertionError(document.id)


def label(judge: Judge, reader: EventReader, screener: Screener | None, rule: str, told: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The label of a rule on the event, and what it lacks."""
    event, problems = reader.read({"report": "reported", "id": "e"} | told)
    assert isinstance(event, Event), problems
    run = check([event], judge, NoArticles(), everything=True, screener=screener)
    assert run.problems == ()
    (finding,) = [one for one in run.findings if one.rule == rule]
    return finding.label, finding.missing


def person(name: str) -> dict[str, str]:
    return {"name": name, "kind": "person"}


VIOLATION, CLEAR, REVIEW, EXEMPT = "reported violation", "clear", "review", "exempt"
MAN = person("Zorvan Kwilbrand")  # TAi.901 of the small list, listed on 4 May 2012
FIRM = {"name": "Glimmer Sea Trading Co., Ltd", "kind": "company"}  # KPe.901, listed on 2 March 2016
TRAVEL = {"act": "travel", "destination": "XA", "host_state": "XA"}
PAID = {"act": "payment", "supplier": "XA"}
ARMED = {"act": "transfer", "goods": "rifle", "supplier": "XA"}

SMALL = [
    ("travels, the day before", "taliban-travel-ban", TRAVEL | {"actor": MAN, "date": "2012-05-03"}, CLEAR),
    ("travels, the day of the listing", "taliban-travel-ban", TRAVEL | {"actor": MAN, "date": "2012-05-04"}, VIOLATION),
    ("is paid, the day before", "taliban-asset-freeze", PAID | {"recipient": MAN, "date": "2012-05-03"}, CLEAR),
    ("is paid, the day of the listing", "taliban-asset-freeze", PAID | {"recipient": MAN, "date": "2012-05-04"}, VIOLATION),
    ("is armed, the day before", "taliban-arms-supply", ARMED | {"recipient": MAN, "date": "2012-05-03"}, CLEAR),
    ("is armed, the day of the listing", "taliban-arms-supply", ARMED | {"recipient": MAN, "date": "2012-05-04"}, VIOLATION),
    ("is not under the other list", "isil-asset-freeze", PAID | {"recipient": MAN, "date": "2012-05-04"}, CLEAR),
    ("some day about the listing", "taliban-travel-ban", TRAVEL | {"actor": MAN, "date": "2012-05"}, REVIEW),
    ("a nickname alone", "taliban-travel-ban", TRAVEL | {"actor": person("Abu Telmesh"), "date": "2020-01-01"}, REVIEW),
    ("a nickname, before the listing", "taliban-travel-ban", TRAVEL | {"actor": person("Abu Telmesh"), "date": "2012-05-03"}, CLEAR),
    ("somebody of no list", "taliban-travel-ban", TRAVEL | {"actor": person("Omrin Haldane"), "date": "2020-01-01"}, CLEAR),
    ("a firm is paid, the day before", "dprk-asset-freeze", PAID | {"recipient": FIRM, "date": "2016-03-01"}, CLEAR),
    ("a firm is paid, the day of the listing", "dprk-asset-freeze", PAID | {"recipient": FIRM, "date": "2016-03-02"}, VIOLATION),
    ("a firm does not travel", "dprk-travel-ban", TRAVEL | {"actor": FIRM, "date": "2020-01-01"}, CLEAR),
    ("HTS is paid, the last sure day", "isil-asset-freeze", PAID | {"recipient": "hts", "date": "2026-02-26"}, VIOLATION),
    ("HTS is paid, the day it was taken off", "isil-asset-freeze", PAID | {"recipient": "hts", "date": "2026-02-27"}, REVIEW),
    ("HTS is paid, the day after", "isil-asset-freeze", PAID | {"recipient": "hts", "date": "2026-02-28"}, CLEAR),
    ("HTS is paid before it was listed under its name", "isil-asset-freeze",
     PAID | {"recipient": {"name": "Al-Nusrah Front"}, "date": "2013-05-29"}, CLEAR),
    ("somebody travels after he was taken off", "isil-travel-ban",
     TRAVEL | {"actor": person("Ahmed al-Sharaa"), "date": "2025-11-06"}, CLEAR),
    ("somebody travels while he was perhaps listed", "isil-travel-ban",
     TRAVEL | {"actor": person("Ahmed al-Sharaa"), "date": "2025-11-05"}, REVIEW),
]


@pytest.mark.parametrize(("rule", "told", "wanted"), [row[1:] for row in SMALL], ids=[row[0] for row in SMALL])
def test_by_the_small_list(judge: Judge, reader: EventReader, screener: Screener, rule: str, told: dict[str, Any], wanted: str) -> None:
    found, missing = label(judge, reader, screener, rule, told)
    assert found == wanted
    if wanted == REVIEW and told["date"] != "2012-05":
        assert "listings" in missing


def test_a_listing_of_may_leaves_the_day_of_a_month_open(judge: Judge, reader: EventReader, screener: Screener) -> None:
    assert label(judge, reader, screener, "taliban-travel-ban", TRAVEL | {"actor": MAN, "date": "2012-05"})[1] == ("date",)


def test_nobody_screened_is_clear_and_says_what_is_missing(judge: Judge, reader: EventReader, vocabulary: Vocabulary,
                                                           knowledge: Knowledge) -> None:
    for screener in (None, Screener(vocabulary, knowledge)):
        assert label(judge, reader, screener, "taliban-travel-ban", TRAVEL | {"actor": MAN, "date": "2020-01-01"}) == (CLEAR, ("listings",))


def test_a_screener_that_breaks_does_not_stop_the_chain(judge: Judge, reader: EventReader) -> None:
    class Broken:
        def screen(self, event: Event) -> Event:
            raise ValueError("broken")

    event, _ = reader.read(TRAVEL | {"actor": MAN, "date": "2020-01-01", "id": "e"})
    assert event is not None
    run = check([event], judge, NoArticles(), screener=Broken())
    assert [problem.code for problem in run.problems] == ["internal-error"]
    assert "screening failed" in run.problems[0].message
    assert run.documents[0].events == (event,)


HAQQANI = person("Sirajuddin Haqqani")
NORTH_KOREAN_BANK = {"name": "Daedong Credit Bank", "kind": "company"}
REAL = [
    # The numbers are those of the scenarios in the matrix of measures.
    ("51 Abu Dhabi before the exemption", "taliban-travel-ban",
     {"act": "travel", "actor": HAQQANI, "destination": "AE", "date": "2024-06-04"}, VIOLATION),
    ("52 Abu Dhabi within it", "taliban-travel-ban",
     {"act": "travel", "actor": HAQQANI, "destination": "AE", "date": "2024-06-21"}, EXEMPT),
    ("52 the last day", "taliban-travel-ban", {"act": "travel", "actor": HAQQANI, "destination": "AE", "date": "2024-06-25"}, EXEMPT),
    ("52 the day after", "taliban-travel-ban", {"act": "travel", "actor": HAQQANI, "destination": "AE", "date": "2024-06-26"}, VIOLATION),
    ("53 the Emirates before the journey", "taliban-travel-ban",
     {"act": "travel", "actor": HAQQANI, "destination": "AE", "date": "2025-01-21"}, VIOLATION),
    ("53 the Emirates during it", "taliban-travel-ban",
     {"act": "travel", "actor": HAQQANI, "destination": "AE", "date": "2025-01-25"}, VIOLATION),
    ("53 Saudi Arabia", "taliban-travel-ban", {"act": "travel", "actor": HAQQANI, "destination": "SA", "date": "2025-01-25"}, EXEMPT),
    ("54 the day before", "taliban-travel-ban", {"act": "travel", "actor": HAQQANI, "destination": "SA", "date": "2025-01-22"}, VIOLATION),
    ("55 on the lapsed block waiver", "taliban-travel-ban",
     {"act": "travel", "actor": person("Amir Khan Motaqi"), "destination": "XA", "date": "2022-09-10"}, VIOLATION),
    ("57 HTS, the day it was taken off", "isil-asset-freeze",
     PAID | {"recipient": {"name": "Hay'at Tahrir al-Sham"}, "date": "2026-02-27"}, REVIEW),
    ("57 the day after", "isil-asset-freeze", PAID | {"recipient": {"name": "Hay'at Tahrir al-Sham"}, "date": "2026-02-28"}, CLEAR),
    ("57 before it", "isil-asset-freeze", PAID | {"recipient": {"name": "Hay'at Tahrir al-Sham"}, "date": "2026-02-26"}, VIOLATION),
    ("an alias of another entry first", "isil-asset-freeze",
     PAID | {"recipient": {"name": "Al-Nusrah Front"}, "date": "2013-05-30"}, VIOLATION),
    ("the Houthis are paid", "yemen-asset-freeze", PAID | {"recipient": "houthis", "date": "2023-05-05"}, CLEAR),
    ("the Houthis are armed", "yemen-houthi-arms", ARMED | {"recipient": "houthis", "date": "2023-05-05"}, VIOLATION),
    ("the Houthis are armed, by another name", "yemen-houthi-arms",
     ARMED | {"recipient": {"name": "Partisans of God", "kind": "armed_group"}, "date": "2023-05-05"}, VIOLATION),
    ("a leader of theirs is paid", "yemen-asset-freeze",
     PAID | {"recipient": person("Abdulmalik al-Houthi"), "date": "2023-05-05"}, VIOLATION),
    ("a leader of theirs, the day before his listing", "yemen-asset-freeze",
     PAID | {"recipient": person("Abdulmalik al-Houthi"), "date": "2015-04-13"}, CLEAR),
    ("a bank is paid", "dprk-asset-freeze", PAID | {"recipient": NORTH_KOREAN_BANK, "date": "2016-03-02"}, VIOLATION),
    ("a bank is paid, the day before", "dprk-asset-freeze", PAID | {"recipient": NORTH_KOREAN_BANK, "date": "2016-03-01"}, CLEAR),
    ("KOMID of the vocabulary", "dprk-asset-freeze", PAID | {"recipient": "komid", "date": "2010-01-01"}, VIOLATION),
]


@pytest.mark.parametrize(("rule", "told", "wanted"), [row[1:] for row in REAL], ids=[row[0] for row in REAL])
def test_by_the_real_list(judge: Judge, reader: EventReader, real_screener: Screener, rule: str, told: dict[str, Any], wanted: str) -> None:
    assert label(judge, reader, real_screener, rule, told)[0] == wanted


def test_a_waiver_of_which_not_all_was_read_does_not_excuse_and_is_named(judge: Judge, reader: EventReader,
                                                                         real_screener: Screener) -> None:
    event, _ = reader.read({"act": "travel", "actor": HAQQANI, "destination": "SA", "date": "2024-06-15", "report": "reported", "id": "e"})
    assert event is not None
    (finding,) = [one for one in check([event], judge, NoArticles(), screener=real_screener).findings if one.rule == "taliban-travel-ban"]
    assert finding.label == VIOLATION
    assert "waived_journey" in {one.name for one in finding.exemptions_not_excluded}
