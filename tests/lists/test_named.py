"""From the list to the finding: a listed name in an article is found, screened and judged, and without the list it is nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.lists.entry import Entry, Name, UnList
from checker.lists.knowledge import Knowledge
from checker.lists.screen import Screener
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.pipeline.check import check
from checker.rulebase.loader import require_rulebase
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary

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


@pytest.mark.parametrize(("reference", "names", "kind"), [
    ("KPe.911", ["GLIMMER SEA TRADING COMPANY"], "company"),
    ("KPe.911", ["Glimmer Sea", "Glimmer Sea Shipping Co."], "company"),  # an alias tells it
    ("KPe.911", ["GLIMMER CREDIT BANK, LIMITED"], "bank"),
    ("KPe.911", ["Ministry of Glimmer Trading"], "government"),
    ("QDe.911", ["BRIGADES OF THE LANTERN"], "armed_group"),
    ("QDe.911", ["Lantern Foundation"], "organisation"),
    ("QDe.911", ["Bankura Lantern"], "organisation"),  # a word, and no part of one
    ("KPe.046", ["Whatever It Is Called"], "armed_forces"),
    ("KPe.012", ["Glimmer Trading Committee"], ""),  # perhaps an organ of a State
], ids=lambda value: str(value)[:30])
def test_what_an_entity_is(vocabulary: Vocabulary, knowledge: Knowledge, reference: str, names: list[str], kind: str) -> None:
    found = Screener(vocabulary, knowledge, UnList(736000, "", "", (entity(reference, *names),))).names()
    assert {name.kind for name in found if name.text == names[0]} == {kind}


@pytest.mark.parametrize(("name", "place", "rule", "label"), [
    # Where an embargo is on armed groups alone the kind decides, and is asked for where it is not known.
    ("Brigades of the Lantern", "CF", "car-armed-groups-arms", "reported violation"),
    ("Lantern Front", "CF", "car-armed-groups-arms", "review"),
    ("Lantern Trading Company", "CF", "car-armed-groups-arms", "clear"),
    ("Lantern Front", "IQ", "iraq-arms-supply", "reported violation"),  # everybody but the Government
    ("Lantern Trading Company", "IQ", "iraq-arms-supply", "reported violation"),
])
def test_rules_see_what_a_listed_entity_is(judge: Judge, vocabulary: Vocabulary, knowledge: Knowledge, reader: EventReader, name: str,
                                           place: str, rule: str, label: str) -> None:
    names = Screener(vocabulary, knowledge, UnList(736000, "", "", (entity("QDe.911", name),))).names()
    (found,) = (one for one in names if one.text == name)
    event, problems = reader.read({"act": "shipment", "goods": "rifle", "supplier": "XA", "destination": place, "date": "2025-05-06",
                                   "recipient": {"name": found.value, "kind": found.kind}, "report": "reported"})
    assert problems == []
    assert event is not None
    assert judge.explain(event, rule).label == label


def test_an_alias_stands_for_the_name_of_its_entry(screener: Screener) -> None:
    values = {name.text: name.value for name in screener.names()}
    assert values["Mirae Glimmer"] == values["Shimmer Lake Corp."] == "GLIMMER SEA TRADING COMPANY, LIMITED (GSTC)"
    assert values["Drabo USKORIN"] == "Drabek Uskorin"
    assert not {"Drabek", "Ulmar the Tall", "GSTC"} & set(values)  # alone they name nobody for sure


def entity(reference: str, *names: str) -> Entry:
    return Entry(reference, "entity", tuple(Name(text, "good" if n else "primary") for n, text in enumerate(names)), 735000)


def test_names_of_a_party_of_the_vocabulary_are_that_party(vocabulary: Vocabulary, knowledge: Knowledge) -> None:
    entries = (entity("KPe.001", "Korea Mining Development Trading Corporation", "Glimmering Mines Trading"),
               entity("KPe.902", "Exland", "Moscow"))
    values = {n.text: n.value for n in Screener(vocabulary, knowledge, UnList(736000, "", "", entries)).names()}
    assert values["Korea Mining Development Trading Corporation"] == values["Glimmering Mines Trading"] == "komid"
    assert not {"Exland", "Moscow"} & set(values)  # a State stays a State


def test_a_name_that_two_entries_have_stands_for_itself(vocabulary: Vocabulary, knowledge: Knowledge) -> None:
    entries = (entity("KPe.901", "Brass Lantern Trading", "Lantern House"), entity("KPe.902", "Tin Lantern Trading", "Lantern House"))
    values = {n.text: n.value for n in Screener(vocabulary, knowledge, UnList(736000, "", "", entries)).names()}
    assert (values["Lantern House"], values["Tin Lantern Trading"]) == ("Lantern House", "Tin Lantern Trading")


def test_names_that_texts_use_for_other_things_are_screened_and_not_looked_for(vocabulary: Vocabulary, knowledge: Knowledge) -> None:
    screener = Screener(vocabulary, knowledge, UnList(736000, "", "", (entity("QDe.904", "Third Floor", "Third Floor Trading"),)))
    assert [n.text for n in screener.names() if "Third" in n.text] == ["Third Floor Trading"]
    assert [match.sure for match in screener.index.find("Third Floor", "entity")] == [True]
