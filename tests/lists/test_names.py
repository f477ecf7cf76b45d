"""Names: taken out of the fields of the list, and compared whatever their spelling, order and script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.lists.entry import Kind
from checker.lists.knowledge import default_knowledge
from checker.lists.normal import Normaliser
from checker.lists.split import split_names

WORDS = default_knowledge().words
NORMALISER = Normaliser(WORDS)

FIELDS: list[tuple[Kind, str, list[tuple[str, str]]]] = [
    ("person", "Azmar Telk; Azmar Telq", [("Azmar Telk", "good"), ("Azmar Telq", "good")]),
    ("person", "Azmar Telk b) Azmir Telk", [("Azmar Telk", "good"), ("Azmir Telk", "good")]),
    ("person", "TELK, Azmar", [("Azmar TELK", "good")]),
    ("person", '"Telk"', [("Telk", "good")]),
    ("person", "Azmar Telk (أزمر تلك)", [("Azmar Telk", "good"), ("أزمر تلك", "good")]),
    ("person", "أزمر تلك (Azmar Telk; Azmar Telq)", [("أزمر تلك", "good"), ("Azmar Telk", "good"), ("Azmar Telq", "good")]),
    ("person", "Azmar Telk (original script: Азмар Телк)", [("Azmar Telk", "good"), ("Азмар Телк", "good")]),
    ("person", "Azmar Telk (previously listed as)", [("Azmar Telk", "good")]),
    ("person", "Azmar Telk, born 1 Jan. 1953 (passport no. 123)", [("Azmar Telk", "good")]),
    ("person", "Azmar Telk son of Omrin Telk", [("Azmar Telk son of Omrin Telk", "good"), ("Azmar Telk", "short")]),
    ("person", "Azmar Telk (Telkov)", [("Azmar Telk Telkov", "good"), ("Azmar Telk", "short")]),
    ("entity", "BRIGHT FALCON BANK (BFB)", [("BRIGHT FALCON BANK", "good"), ("BFB", "short")]),
    ("entity", "FALCON HOUSE (KENYA)", [("FALCON HOUSE KENYA", "good"), ("FALCON HOUSE", "short")]),
    ("entity", "FALCON (HONG KONG) TRADING", [("FALCON HONG KONG TRADING", "good"), ("FALCON TRADING", "short")]),
    ("entity", "FALCON HOUSE (FH) ; FALCON YARD (FY)",
     [("FALCON HOUSE", "good"), ("FALCON YARD", "good"), ("FH", "short"), ("FY", "short")]),
    ("entity", "FALCON / HAWK", [("FALCON", "good"), ("HAWK", "good")]),
    ("entity", "FALCON/HAWK", [("FALCON/HAWK", "good")]),
    ("entity", "جبهة (Falcon Front (FF))", [("جبهة", "good"), ("Falcon Front", "good"), ("FF", "short")]),
    ("entity", "TRADING COMPANY, LTD", [("TRADING COMPANY, LTD", "good")]),
    ("entity", "Falcon Net - sub-unit name", [("Falcon Net", "good")]),
    ("entity", "Falcon (never closed", [("Falcon never closed", "good"), ("Falcon", "short")]),
    ("entity", " ; ", []),
]


@pytest.mark.parametrize(("kind", "field", "names"), FIELDS, ids=[row[1] for row in FIELDS])
def test_the_names_in_a_field(kind: Kind, field: str, names: list[tuple[str, str]]) -> None:
    assert sorted((name.text, name.quality) for name in split_names(field, "good", kind, WORDS)) == sorted(names)


@given(st.text(alphabet="éç (),;/\"ø)", max_size=40))
def test_no_field_breaks_the_reading_and_letters_are_kept(field: str) -> None:
    letters = {char for char in field if char.isalpha()}
    found = split_names(field, "good", "entity", WORDS)
    assert letters <= {char for name in found for char in name.text + name.note}
    assert all(name.text.strip() for name in found)


SAME = [
    ("Sirajuddin Haqqani", "Serajuddin Haqani"), ("Mohammed Telk", "Muḥammad TELK"), ("Abd al-Rahman Telk", "Abdulrahman Telk"),
    ("Abdel Rahman Telk", "Abdul-Rehman Telk"), ("Telk, Dr. Hussein", "Hossein Telk"), ("al-Houthi, Abdulmalik", "Abd al-Malik al Houthi"),
    ("Mullah Omar Telk", "Umar Telk"), ("François Bozizé", "FRANCOIS BOZIZE"), ("Abou Bakr Telk", "Abu Bakr Telk"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert NORMALISER.person_key(one) == NORMALISER.person_key(other)


DIFFERENT = [("Azmar Telk", "Azmar Tolk"), ("Hassan Telk", "Hussein Telk"), ("Kim Chol Sam", "Kim Chol Nam"), ("Abu Telk", "Telk")]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert NORMALISER.person_key(one) != NORMALISER.person_key(other)


PARTS = ["al", "Abd", "Abdul", "abu", "Rahman", "Mohammed", "mullah", "Haqqani", "Ltd", "o'Telk", "Müller", "Ааз", "金", "x", "ibn"]
NAMES = st.text(st.characters(codec="utf-8", categories=["L", "Mn", "Nd", "Pd", "Zs", "Po"]), max_size=60) | \
    st.lists(st.sampled_from(PARTS), max_size=7).map(" ".join)
WHOLE = ["Telk", "Azmar", "Omrin", "Müller", "Núñez", "Haqqani", "Mohammed", "Qadir"]


@given(NAMES)
def test_making_a_name_comparable_twice_changes_nothing(name: str) -> None:
    once = NORMALISER.tokens(name)
    assert NORMALISER.tokens(" ".join(once)) == once


@given(st.lists(st.sampled_from(WHOLE), min_size=2, max_size=5), st.randoms())
def test_order_case_and_diacritics_do_not_matter_to_persons(words: list[str], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(words)
    random.shuffle(shuffled)
    plain = "".join(char for char in unicodedata.normalize("NFD", " ".join(shuffled)) if not unicodedata.combining(char))
    assert NORMALISER.person_key(plain.upper()) == NORMALISER.person_key(" ".join(words))


def test_order_matters_to_entities() -> None:
    assert NORMALISER.entity_key("Bank of Telk Trading") != NORMALISER.entity_key("Trading Bank of Telk")
    assert NORMALISER.entity_key("Telk Trading Co., Ltd.") == NORMALISER.entity_key("TELK TRADING COMPANY LIMITED")
