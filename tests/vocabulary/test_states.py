"""Names of States: short English ones, all languages understood, and pairs that must never be confused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.vocabulary.names import fold
from checker.vocabulary.vocabulary import Vocabulary

LANGUAGES = ["en", "id", "ru", "ko", "zh", "zh_Hant", "ja", "ar", "es", "fr", "de", "it", "pt",
             "uk", "fa", "tr", "vi", "nl", "pl", "he", "hi"]
NEIGHBOURS = [
    "KP",
    "KR",
    "CD",
    "CG",
    "GN",
    "GW",
    "GQ",
    "PG",
    "NE",
    "NG",
    "SD",
    "SS",
    "DM",
    "DO",
    "RU",
    "IR",
    "IQ",
    "LY",
    "LR",
    "ML",
    "MW",
    "AT",
    "AU",
    "SK",
    "SI",
]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("KP", "North Korea"),
        ("KR", "South Korea"),
        ("RU", "Russia"),
        ("IR", "Iran"),
        ("CD", "Democratic Republic of the Congo"),
        ("CG", "Republic of the Congo"),
        ("MM", "Myanmar"),
        ("US", "United States"),
        ("XA", "Exland"),
        ("SY", "Syria"),
    ],
)
def test_english_names(vocabulary: Vocabulary, code: str, name: str) -> None:
    assert vocabulary.states.name(code) == name
    assert vocabulary.states.resolve(name) == code


def test_names_take_their_article(vocabulary: Vocabulary) -> None:
    assert [vocabulary.states.in_sentence(c) for c in ("US", "CF", "IR")] == ["the United States", "the Central African Republic", "Iran"]


@pytest.mark.parametrize("code", NEIGHBOURS)
def test_every_name_resolves_to_its_own_state(vocabulary: Vocabulary, code: str) -> None:
    found = {lang: vocabulary.states.resolve(vocabulary.states.name(code, lang)) for lang in LANGUAGES}
    # Polish calls Brazzaville's State "Kongo", as others call Kinshasa's: such a name must mean neither.
    allowed = {code, None} if code in ("CD", "CG") else {code}
    assert {lang: got for lang, got in found.items() if got not in allowed} == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DPRK", "KP"),
        ("D.P.R.K.", "KP"),
        ("the Democratic People's Republic of Korea", "KP"),
        ("Democratic People’s Republic of Korea", "KP"),
        ("Korut", "KP"),
        ("КНДР", "KP"),
        ("北朝鮮", "KP"),
        ("朝鲜", "KP"),
        ("북한", "KP"),
        ("كوريا الشمالية", "KP"),
        ("PRK", "KP"),
        ("Republic of Korea", "KR"),
        ("ROK", "KR"),
        ("한국", "KR"),
        ("Russian Federation", "RU"),
        ("Росси́я", None),
        ("Россия", "RU"),
        ("Islamic Republic of Iran", "IR"),
        ("IRN", "IR"),
        ("DR Congo", "CD"),
        ("Congo-Brazzaville", "CG"),
        ("Congo", None),
        ("Korea", None),
        ("Ivory Coast", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("COTE D’IVOIRE", "CI"),
        ("Nga", "RU"),
        ("NGA", "NG"),
        ("Turkey", "TR"),
        ("Bosnia & Herzegovina", "BA"),
        ("Bosnia and Herzegovina", "BA"),
        ("kp", None),
        ("in", None),
        ("", None),
        ("Atlantis", None),
        ("x" * 5000, None),
    ],
)
def test_spellings(vocabulary: Vocabulary, text: str, code: str | None) -> None:
    assert vocabulary.states.resolve(text) == code


def test_misspelt_names_are_suggested(vocabulary: Vocabulary) -> None:
    assert vocabulary.states.suggest("North Koera") == "KP"
    assert vocabulary.states.suggest("kp") == "KP"


def test_fictitious_states_are_states_and_not_locale_jokes(vocabulary: Vocabulary) -> None:
    assert {"XA", "XB"} <= set(vocabulary.states.codes)
    assert "Pseudo" not in vocabulary.states.name("XB")


def test_what_is_no_state_is_left_out(vocabulary: Vocabulary) -> None:
    assert {"EU", "UN", "ZZ", "QO"}.isdisjoint(vocabulary.states.codes)


def test_names_of_a_language_come_with_the_other_spellings(vocabulary: Vocabulary) -> None:
    names = set(vocabulary.states.names("id"))
    assert {("Korea Utara", "KP"), ("Rusia", "RU"), ("Korut", "KP")} <= names
    assert set(vocabulary.states.names("en")) >= {("North Korea", "KP"), ("Exland", "XA")}


@given(st.text(max_size=40))
def test_folding_is_done_once(text: str) -> None:
    assert fold(fold(text)) == fold(text).removeprefix("the ")


def test_a_name_that_two_states_share_is_offered_for_neither(vocabulary: Vocabulary) -> None:
    for lang in ("es", "pl", "ja", "en"):
        assert {fold(name) for name, _ in vocabulary.states.names(lang)}.isdisjoint({"congo", "kongo", "korea", "corea", "コンゴ"})
