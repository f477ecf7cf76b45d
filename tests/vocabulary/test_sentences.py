"""The sentence of an event: whole tables for grammar, exact sentences for real cases."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from checker.model.claim import Claim
from checker.model.event import Event
from checker.vocabulary.events import EventReader
from checker.vocabulary.labels import AXES
from checker.vocabulary.sentences import sentence
from checker.vocabulary.vocabulary import Vocabulary

GUILT = re.compile(
    r"\b(guilt\w*|violat\w*|breach\w*|illegal\w*|illicit\w*|unlawful\w*|crim(e|es|inal\w*)|smuggl\w*|secret\w*|broke the)\b", re.IGNORECASE
)
SLIPS = re.compile(r"\{|\}|\[|\]|  |\bNone\b|unknown|_| ,| \.|\.\.|\ba [aeio]|\bthe the\b|\ban (the|a)\b|\bto to\b|\bis are\b")
FULL = {
    "goods": "artillery_shell",
    "supplier": "KP",
    "recipient": "RU",
    "actor": "IR",
    "owner": "rsf",
    "broker": "CN",
    "carrier": "XA",
    "host_state": "US",
    "port_state": "PH",
    "flag_state": "XB",
    "person_nationality": "KP",
    "date": "2022-11-02",
    "destination": "CF",
    "place": "donetsk",
    "shipped_from": "rason",
    "via": ["CN", "XA"],
    "declared_destination": ["north_africa"],
    "quantity": {"number": 12000, "unit": "t", "about": True},
}


def tell(reader: EventReader, vocabulary: Vocabulary, label: str = "review", **data: Any) -> str:
    event, problems = reader.read(data)
    assert event is not None, problems
    return sentence(event, label, vocabulary)


def test_every_act_stage_and_report_makes_one_clean_sentence(reader: EventReader, vocabulary: Vocabulary) -> None:
    for act, stage, report in itertools.product(vocabulary.taxonomies["acts"], AXES["stage"], AXES["report"]):
        for rest in ({}, {"supplier": "houthis", "recipient": "taliban", "goods": "coal"}, FULL):
            text = tell(reader, vocabulary, act=act, stage=stage, report=report, **rest)
            assert text[0].isupper(), text
            assert re.fullmatch(r"[^.?!]+\.", text), text
            assert not GUILT.search(text), text
            assert not SLIPS.search(text), text


def test_every_act_tells_report_and_stage(reader: EventReader, vocabulary: Vocabulary) -> None:
    # Of one act no two combinations read alike, so that an allegation is never told as a fact.
    for act in vocabulary.taxonomies["acts"]:
        told = {
            tell(reader, vocabulary, act=act, stage=stage, report=report)
            for stage, report in itertools.product(AXES["stage"], AXES["report"])
        }
        assert len(told) == len(AXES["stage"]) * len(AXES["report"]), act


def test_every_goods_term_stands_in_a_sentence(reader: EventReader, vocabulary: Vocabulary) -> None:
    for goods, term in vocabulary.taxonomies["goods"].terms.items():
        text = tell(reader, vocabulary, act="sale", goods=goods, supplier="XA", recipient="XB")
        assert text == f"Exland is reported to have sold {term.title} to Beland."
        assert not term.title.endswith("."), goods
        assert not term.title.startswith(("a ", "an ", "the ")), goods


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            {
                "act": "transfer",
                "goods": "artillery_shell",
                "supplier": "KP",
                "recipient": "RU",
                "date": "2022-11-02",
                "claims": [{"status": "alleged", "by": "the White House"}, {"status": "denied", "party": "IR"}],
            },
            "North Korea is alleged to have supplied artillery shells to Russia (2 November 2022), "
            "according to the White House; denied by Iran.",
        ),
        (
            {
                "act": "purchase",
                "stage": "negotiated",
                "goods": "rocket",
                "recipient": "Russian Ministry of Defence",
                "supplier": "KP",
                "report": "alleged",
            },
            "The Russian Ministry of Defence is alleged to have held talks in order to buy rockets from North Korea.",
        ),
        (
            {
                "act": "labour_dispatch",
                "stage": "planned",
                "supplier": "KP",
                "recipient": "RU",
                "place": "donetsk",
                "date": "2022-11",
                "report": "reported",
            },
            "North Korea is reported to be planning to send workers to Donetsk (November 2022).",
        ),
        (
            {"act": "ship_to_ship_transfer", "goods": "diesel", "recipient": "KP", "date": "2018-06-21..2018-06-22", "report": "alleged"},
            "An unnamed supplier is alleged to have passed diesel from ship to ship to North Korea "
            "(between 21 June 2018 and 22 June 2018).",
        ),
        (
            {"act": "ballistic_missile_launch", "goods": "hwasong_18", "actor": "KP", "date": "2023-04-13", "report": "confirmed"},
            "North Korea launched Hwasong-18 ballistic missiles (13 April 2023).",
        ),
        (
            {
                "act": "sale",
                "goods": "coal",
                "supplier": "KP",
                "recipient": "CN",
                "quantity": {"number": 509000, "unit": "t"},
                "date": "2017-09",
            },
            "North Korea is reported to have sold coal to China (509,000 tonnes; September 2017).",
        ),
        (
            {
                "act": "transfer",
                "goods": "missile_parts",
                "supplier": "IR",
                "recipient": "houthis",
                "date": "2024",
                "assumed": [{"fact": "date", "basis": "the article"}],
            },
            "Iran is reported to have supplied missile parts to the Houthis (about 2024).",
        ),
        ({"act": "seizure", "goods": "rifle", "actor": "houthis", "report": "alleged"}, "The Houthis are alleged to have seized rifles."),
        (
            {
                "act": "sale",
                "supplier": {"name": "Glory Trading", "state": "KP"},
                "goods": "statue",
                "recipient": "NA",
                "report": "negated",
            },
            "Glory Trading did not sell statues to Namibia.",
        ),
        (
            {"act": "sale", "goods": "coal", "supplier": "KP", "recipient": "CN", "claims": [{"status": "denied", "by": "Beijing"}]},
            "North Korea is said not to have sold coal to China, according to Beijing.",
        ),
        (
            {
                "act": "sale",
                "goods": "coal",
                "supplier": "KP",
                "recipient": "CN",
                "claims": [{"status": "reported", "by": name} for name in ("A", "B", "C", "D", "E", "A")]
                + [{"status": "doubted", "by": "F"}],
            },
            "North Korea is reported to have sold coal to China, according to A, B, C, D and 1 more; doubted by F.",
        ),
        ({"goods": "coal"}, "An unnamed actor is reported to have done something that is not named."),
    ],
)
def test_real_cases(reader: EventReader, vocabulary: Vocabulary, data: dict[str, Any], text: str) -> None:
    assert tell(reader, vocabulary, **data) == text


def test_a_claim_about_a_part_is_not_a_voice_for_the_whole(reader: EventReader, vocabulary: Vocabulary) -> None:
    text = tell(
        reader, vocabulary, act="sale", claims=[{"status": "alleged", "by": "A"}, {"status": "alleged", "by": "B", "about": "receipt"}]
    )
    assert "according to A." in text


def test_the_label_adds_its_clause(reader: EventReader, vocabulary: Vocabulary) -> None:
    assert tell(reader, vocabulary, "contested", act="sale").endswith("; States dispute that the measure applies.")


def test_names_of_strangers_cannot_reshape_the_sentence(reader: EventReader, vocabulary: Vocabulary) -> None:
    text = tell(reader, vocabulary, act="sale", supplier={"name": "Evil\u202eLtd\n{goods} [x|y]\u200b Co"}, goods="coal", recipient="XA")
    assert text == "Evil Ltd {goods} [x|y] Co is reported to have sold coal to Exland."


def test_foreign_names_stand_beside_english_ones(vocabulary: Vocabulary) -> None:
    event = Event(
        {"act": "purchase", "goods": "rocket", "supplier": "KP", "recipient": "RU", "stage": "negotiated"},
        claims=(Claim("alleged", by="Gedung Putih", party="US"), Claim("alleged", by="John Kirby", party="US"),
                Claim("denied", by="Kremlin", party="RU")),
        names={"recipient": "Kementerian Pertahanan Rusia"})
    assert sentence(event, "warning", vocabulary) == (
        "Russia (Kementerian Pertahanan Rusia) is alleged to have held talks in order to buy rockets from North Korea, "
        "according to the United States (Gedung Putih and John Kirby); denied by Russia (Kremlin).")


def test_a_doubt_about_the_receipt_is_no_doubt_about_the_event(vocabulary: Vocabulary) -> None:
    event = Event(
        {"act": "shipment", "goods": "artillery_shell", "supplier": "KP", "recipient": "RU", "declared_origin": ("africa",),
         "declared_destination": ("middle_east",)},
        claims=(Claim("alleged", by="Kirby", party="US"), Claim("doubted", by="Kirby", party="US", about="receipt")))
    assert sentence(event, "alleged violation", vocabulary) == (
        "North Korea is alleged to have shipped artillery shells to Russia, made to look bound for the Middle East, made to look sent from "
        "Africa, according to the United States (Kirby); the United States (Kirby) could not say whether the goods arrived.")
