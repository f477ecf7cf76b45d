"""What a change of words must change, and what must change nothing, in every language that has a pack."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.extract.extractor import FrameExtractor
from checker.extract.pack import load_packs
from checker.locator import rules_dir
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Event
from tests.extract.conftest import in_line

DAY = parse_date("2024-05-15")
TABLE: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "metamorphic.yaml").read_text("utf-8"))
PACKS, _ = load_packs(rules_dir() / "languages")
PAIRS = [(lang, kind) for lang, table in TABLE.items() for kind in ("sent", "passive", "bought") if kind in table]
LANGUAGES = sorted(TABLE)
OWN = [(pack.lang, str(case["text"])) for pack in PACKS.values() for case in pack.tests if case.get("events")]
FOOTS = {
    "en": "Advertisement\nRelated articles\nIran sends drones to Sudan",
    "id": "Advertisement\nBerita Lainnya\nIran Kirim Drone ke Sudan",
}


def events(extractor: FrameExtractor, text: str, lang: str) -> list[Event]:
    return list(extractor.extract(Document("t", text, DAY, lang=lang.partition("-")[0])).events)


def lines(extractor: FrameExtractor, text: str, lang: str) -> list[str]:
    return sorted(in_line(e) for e in events(extractor, text, lang))


def told(lang: str, kind: str, a: str, b: str, capitals: bool = False) -> str:
    table = TABLE[lang]
    names = table["capitals"] if capitals else table
    forms = {f"{side}_{form}": name for side, state in (("a", a), ("b", b)) for form, name in names[state].items()}
    text = str(table[kind]).format(**forms)
    return text[0].upper() + text[1:]


def test_every_language_with_a_pack_is_tried() -> None:
    assert {lang.partition("-")[0] for lang in TABLE} == {lang for lang, pack in PACKS.items() if pack.tests}


@pytest.mark.parametrize(("lang", "kind"), PAIRS)
def test_swapping_the_countries_swaps_the_roles(extractor: FrameExtractor, lang: str, kind: str) -> None:
    for a, b in (("KP", "RU"), ("RU", "KP")):
        [event] = events(extractor, told(lang, kind, a, b), lang)
        assert (event.facts["supplier"], event.facts["recipient"]) == (a, b)


@pytest.mark.parametrize(("lang", "kind"), PAIRS)
def test_the_capital_stands_for_its_state(extractor: FrameExtractor, lang: str, kind: str) -> None:
    state, capital = (lines(extractor, told(lang, kind, "KP", "RU", capitals), lang) for capitals in (False, True))
    assert state == capital != []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_negation_takes_the_report_back(extractor: FrameExtractor, lang: str) -> None:
    [yes] = events(extractor, told(lang, "sent", "KP", "RU"), lang)
    assert yes.report == "reported"
    for event in events(extractor, told(lang, "not", "KP", "RU"), lang):
        assert event.report in ("negated", "denied")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_denial_is_added_and_takes_nothing_away(extractor: FrameExtractor, lang: str) -> None:
    glue = "" if lang[:2] in ("zh", "ja") else " "
    text = told(lang, "sent", "KP", "RU")
    [before] = events(extractor, text, lang)
    [after] = events(extractor, text + glue + told(lang, "denial", "KP", "RU"), lang)
    assert before.report == after.report == "reported"
    assert [c.party for c in before.claims if c.status == "denied"] == []
    assert [c.party for c in after.claims if c.status == "denied"] == ["KP"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_boilerplate_and_line_breaks_change_nothing(extractor: FrameExtractor, lang: str) -> None:
    glue = "" if lang[:2] in ("zh", "ja") else " "
    body = glue.join(told(lang, kind, "KP", "RU") for kind in ("sent", "bought"))
    bare = lines(extractor, body, lang)
    assert len(bare) == 2
    framed = f"\n\n  {body}  \n\n\nAdvertisement\n\n"
    assert lines(extractor, framed, lang) == bare
    assert lines(extractor, framed.replace("\n", "\r\n"), lang) == bare
    for wrapped in (textwrap.wrap(body, width) for width in range(62, 100) if glue):
        if all(line[:1].islower() for line in wrapped[1:]):  # a line that begins with a capital may be a paragraph of its own
            assert lines(extractor, "\n".join(wrapped), lang) == bare


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if told(lang, "sent", "KP", "RU").upper() != told(lang, "sent", "KP", "RU")])
def test_capitals_change_nothing(extractor: FrameExtractor, lang: str) -> None:
    for kind in ("sent", "bought"):
        text = told(lang, kind, "KP", "RU")
        upper = text.replace("i", "İ").upper() if lang == "tr" else text.upper()
        assert lines(extractor, upper, lang) == lines(extractor, text, lang)


@pytest.mark.parametrize(("lang", "text"), OWN, ids=[f"{lang}-{i}" for i, (lang, _) in enumerate(OWN)])
def test_a_text_told_twice_tells_the_same(extractor: FrameExtractor, lang: str, text: str) -> None:
    assert lines(extractor, f"{text}\n\n{text}", lang) == lines(extractor, text, lang)


@pytest.mark.parametrize("lang", sorted(FOOTS))
def test_related_stories_are_no_part_of_the_article(extractor: FrameExtractor, lang: str) -> None:
    text = f"{told(lang, 'sent', 'KP', 'RU')} {told(lang, 'bought', 'KP', 'RU')}"
    assert lines(extractor, f"{text}\n\n{FOOTS[lang]}", lang) == lines(extractor, text, lang)
