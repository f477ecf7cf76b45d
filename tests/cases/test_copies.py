"""Copies of a text, and what they are once the text was corrected."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from checker.cases.copies import Copies
from checker.cases.documents import Incoming, of_night, put
from checker.cases.store import Store
from checker.model.document import Document

LIKE = 0.6
SAID = ("Exland has shipped many thousands of shells to the port of Beland in the last ten days, the ministry said on Tuesday in a long "
        "statement that it put out in the evening.")
FIXED = SAID.replace("many thousands of", "some hundreds of")
OTHER = "The ministry took back what it had said about a port, and gave no reason for that; nobody could be reached in the evening."


def arrive(store: Store, night: str, *articles: tuple[str, str]) -> None:
    """Articles (address and text) come in on a night, an hour apart."""
    with store.begin() as connection:
        put(connection, night, [Incoming(Document(address, text, url=f"https://{address}", outlet=address), "wire", "",
                                         f"{night}T{i:02}:00:00Z") for i, (address, text) in enumerate(articles)], like=LIKE, nights=7)


def standing(store: Store, night: str) -> dict[str, list[str]]:
    """Outlet and night of each document that speaks for itself, with the outlets that repeat it."""
    from sqlalchemy import select

    from checker.cases.tables import document as table

    with store.begin() as connection:
        copies = Copies(connection, night, LIKE)
        rows = {row.id: f"{row.outlet} {row.night[-2:]}" for row in connection.execute(select(table).where(table.c.night <= night))}
        speaking = copies.speaking(rows)
        repeating = copies.repeating(speaking)
        return {rows[id_]: sorted(rows[one.document.id] for one in repeating.get(id_, ())) for id_ in speaking}


def heirs(store: Store, night: str) -> list[str]:
    with store.begin() as connection:
        return [one.document.outlet for one in Copies(connection, night, LIKE).heirs()]


def test_copies_repeat_the_first_of_them(store: Store) -> None:
    arrive(store, "2026-01-01", ("a", SAID), ("b", SAID + " Copied."))
    arrive(store, "2026-01-02", ("c", SAID + " More."))
    assert standing(store, "2026-01-01") == {"a 01": ["b 01"]}
    assert standing(store, "2026-01-02") == {"a 01": ["b 01", "c 02"]}


def test_copies_of_a_text_that_was_taken_back_speak_for_themselves_as_one(store: Store) -> None:
    arrive(store, "2026-01-01", ("a", SAID), ("b", SAID), ("c", SAID + " Copied."))
    arrive(store, "2026-01-02", ("a", OTHER))
    assert standing(store, "2026-01-02") == {"a 02": [], "b 01": ["c 01"]}
    assert heirs(store, "2026-01-02") == ["b"]
    assert standing(store, "2026-01-01") == {"a 01": ["b 01", "c 01"]}  # the night before is what it was
    arrive(store, "2026-01-03", ("b", OTHER + " Really."))
    assert standing(store, "2026-01-03") == {"a 02": ["b 03"], "c 01": []}
    assert heirs(store, "2026-01-03") == ["c"]


def test_a_copy_of_the_corrected_text_repeats_that(store: Store) -> None:
    arrive(store, "2026-01-01", ("a", SAID), ("b", SAID))
    arrive(store, "2026-01-02", ("a", FIXED))
    assert standing(store, "2026-01-02") == {"a 02": ["b 01"]}
    assert heirs(store, "2026-01-02") == []


def test_a_copy_that_was_itself_changed_a_little_is_still_a_copy(store: Store) -> None:
    arrive(store, "2026-01-01", ("a", SAID), ("b", SAID))
    arrive(store, "2026-01-02", ("b", FIXED))
    assert standing(store, "2026-01-02") == {"a 01": ["b 02"]}


def test_a_late_copy_of_words_that_were_taken_back_speaks_for_itself(store: Store) -> None:
    arrive(store, "2026-01-01", ("a", SAID))
    arrive(store, "2026-01-02", ("a", OTHER))
    arrive(store, "2026-01-03", ("b", SAID), ("c", SAID))
    assert standing(store, "2026-01-03") == {"a 02": [], "b 03": ["c 03"]}


MORE = "A third text stands there in the end, of another matter altogether: the harvest of melons in the south was good this year."


def test_each_correction_takes_the_place_of_the_one_before_also_where_several_come_at_once(store: Store) -> None:
    arrive(store, "2026-01-01", ("a", SAID))
    arrive(store, "2026-01-02", ("a", OTHER), ("a", MORE))
    assert said(store, "2026-01-01", "2026-01-02") == [MORE]


def test_a_clock_that_is_put_back_between_corrections_hides_none(store: Store) -> None:
    with store.begin() as connection:
        for hour, text in ((2, SAID), (1, OTHER), (3, MORE)):
            put(connection, "2026-01-01", [Incoming(Document("a", text, url="https://a", outlet="a"), "wire", "",
                                                    f"2026-01-01T{hour:02}:00:00Z")], like=LIKE, nights=7)
    assert said(store, "2026-01-01") == [MORE]


def said(store: Store, *nights: str) -> list[str]:
    """The words that stand by the end of the last of these nights."""
    with store.begin() as connection:
        documents = [d.document for night in nights for d in of_night(connection, night)]
        speaking = Copies(connection, nights[-1], LIKE).speaking({d.id for d in documents})
    return [d.text for d in documents if d.id in speaking]


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")], ids="".join)
def test_two_that_take_each_other_s_words_end_with_one_who_speaks(store: Store, order: Iterable[str]) -> None:
    arrive(store, "2026-01-01", ("a", SAID), ("b", OTHER))
    texts = {"a": OTHER, "b": SAID}
    arrive(store, "2026-01-02", *((name, texts[name]) for name in order))
    found = standing(store, "2026-01-02")
    assert {name[0] for name in found} | {one[0] for copies in found.values() for one in copies} == {"a", "b"}
