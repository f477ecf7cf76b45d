"""Families of acts, as the labelled articles name them, and regimes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from checker.vocabulary.events import EventReader
from checker.vocabulary.families import family
from checker.vocabulary.vocabulary import Vocabulary

SAMPLES = Path(os.environ.get("SANCTIONS_SAMPLES", Path(__file__).resolve().parents[2].parent / "shared"))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"act": "transfer", "goods": "artillery_shell", "supplier": "KP", "recipient": "RU"}, "arms_transfer"),
        ({"act": "purchase", "goods": "rocket", "supplier": "KP", "recipient": "RU"}, "arms_procurement"),
        ({"act": "sale", "stage": "negotiated", "goods": "jf_17", "supplier": "PK", "recipient": "lna"}, "procurement_negotiation"),
        ({"act": "shipment", "goods": "missile_parts", "recipient": "houthis"}, "wmd_or_missile_transfer"),
        ({"act": "technical_assistance", "goods": "missile_technology", "recipient": "KP"}, "wmd_or_missile_transfer"),
        ({"act": "sale", "goods": "sodium_perchlorate", "recipient": "IR"}, "wmd_or_missile_transfer"),
        ({"act": "transfer", "goods": "pantsir", "recipient": "KP"}, "arms_transfer"),
        ({"act": "transfer", "goods": "diesel", "recipient": "KP"}, "petroleum_supply"),
        ({"act": "ship_to_ship_transfer", "goods": "diesel", "recipient": "KP"}, "ship_to_ship_transfer"),
        ({"act": "gift", "goods": "luxury_vehicle", "recipient": "KP"}, "luxury_goods_supply"),
        ({"act": "sale", "goods": "coal", "supplier": "KP", "recipient": "CN"}, "goods_export"),
        ({"act": "sale", "goods": "machinery", "supplier": "CN", "recipient": "KP"}, "goods_import"),
        ({"act": "sale", "goods": "coal", "supplier": "ID", "recipient": "KR"}, "goods_export"),
        ({"act": "nuclear_test", "actor": "KP"}, "missile_or_nuclear_test"),
        ({"act": "labour_dispatch", "supplier": "KP"}, "labour_dispatch"),
        ({"act": "hosting", "recipient": "PL"}, "labour_hosting"),
        ({"act": "troop_deployment", "supplier": "KP"}, "military_training_or_deployment"),
        ({"act": "exercise", "actor": "US"}, "military_training_or_deployment"),
        ({"act": "theft", "goods": "cryptocurrency"}, "other"),
        ({"act": "financial_service", "supplier": "KP"}, "financial_service"),
        ({"act": "construction"}, "other"),
        ({"act": "teaching", "supplier": "XA", "recipient": "KP"}, "other"),
        ({}, "other"),
    ],
)
def test_family(reader: EventReader, vocabulary: Vocabulary, data: dict[str, Any], name: str) -> None:
    event, problems = reader.read(data)
    assert event is not None, problems
    assert family(event, vocabulary) == name


def test_families_and_regimes_are_those_of_the_labelled_articles(vocabulary: Vocabulary) -> None:
    path = SAMPLES / "eval" / "articles-dev.jsonl"
    if not path.is_file():
        pytest.skip(f"no labelled articles at {path}; set SANCTIONS_SAMPLES")
    gold = [json.loads(line)["gold"] for line in path.read_text(encoding="utf-8").splitlines()]
    families = {row.family for row in vocabulary.families}
    assert {event["action"] for article in gold for event in article["events"]} <= families
    regimes = {regime.evaluation for regime in vocabulary.regimes.values()}
    assert {violation["regime"] for article in gold for violation in article["violations"]} <= regimes


@pytest.mark.parametrize(
    ("regime", "title", "evaluation"),
    [
        ("un-1718", "North Korea", "DPRK"),
        ("un-1737", "Iran", "Iran"),
        ("un-2231", "Iran", "Iran"),
        ("un-2140", "Yemen", "Yemen"),
        ("un-1970", "Libya", "Libya"),
        ("un-1701", "Lebanon", "Lebanon"),
        ("un-2653", "Haiti", "Haiti"),
    ],
)
def test_regimes(vocabulary: Vocabulary, regime: str, title: str, evaluation: str) -> None:
    assert (vocabulary.regimes[regime].title, vocabulary.regimes[regime].evaluation) == (title, evaluation)


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [
        ("goods", "artillery_shell", "artillery shells"),
        ("supplier", "houthis", "the Houthis"),
        ("supplier", "US", "the United States"),
        ("supplier", "Glory Trading", "Glory Trading"),
        ("via", ("CN", "RU", "XA"), "China, Russia and Exland"),
        ("earns_income", True, "yes"),
        ("range_km", 1500, "1,500"),
        ("value_usd", 2.5, "2.5"),
        ("host_state", "KP", "North Korea"),
        ("shipment", "s-1", "s-1"),
    ],
)
def test_titles(vocabulary: Vocabulary, fact: str, value: Any, words: str) -> None:
    assert vocabulary.title(fact, value) == words


def test_titles_of_dates_and_amounts(reader: EventReader, vocabulary: Vocabulary) -> None:
    event, _ = reader.read({"date": "2022-11", "quantity": {"number": 1000866, "unit": "t", "about": True}})
    assert event is not None
    assert vocabulary.title("date", event.facts["date"]) == "November 2022"
    assert vocabulary.title("quantity", event.facts["quantity"]) == "about 1,000,866 tonnes"
