"""From the list to the finding: a listed name in an article is found, screened and judged, and without the list it is nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.lists.screen import Screener
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.pipeline.check import check
from checker.rulebase.loader import require_rulebase

LIST = Path(__file__).resolve().parent / "old.xml"
TRAVEL = "Zorvan Telmesh Quilbrandt travelled to Exland on 3 May 2024, officials in Beland said."
MONEY = "An Exlandic company sold machine tools to Glimmer Sea Trading Company in May 2024, a UN panel reported."


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(require_rulebase())


def flagged(judge: Judge, text: str, screener: Screener | None, names: bool = True) -> dict[str, str]:
    extractor = FrameExtractor(judge.rulebase.vocabulary, names=screener.names() if screener and names else ())
    run = check([Document("t", text, parse_date("2024-05-15"), lang="en")], judge, extractor, screener=screener)
    assert run.problems == ()
    return {f.rule: f.label for f in run.findings if f.flagged}


def test_a_listed_traveller_is_flagged_with_the_list_and_unknown_without(judge: Judge, screener: Screener) -> None:
    assert "taliban-travel-ban" in flagged(judge, TRAVEL, screener)
    assert flagged(judge, TRAVEL, screener, names=False) == {}
    assert flagged(judge, TRAVEL, None) == {}


def test_a_listed_company_is_a_party(judge: Judge, screener: Screener) -> None:
    assert "dprk-asset-freeze" in flagged(judge, MONEY, screener)
    assert "dprk-asset-freeze" not in flagged(judge, MONEY, None)


def test_names_that_the_vocabulary_knows_are_left_to_it(screener: Screener) -> None:
    names = {name.text for name in screener.names()}
    assert {"Zorvan TELMESH QUILBRANDT", "Mirae Glimmer", "Drabo USKORIN"} <= names
    assert not names & {"Drabek", "Ulmar the Tall", "GSTC"}  # alone they name nobody for sure
