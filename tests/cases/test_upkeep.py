"""A store is made, looked after, copied out and in, and lets go of what no case needs: the same with SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text

from checker.cases import tables
from checker.cases.copies import Copies
from checker.cases.documents import Incoming, of_night, put
from checker.cases.store import Store, upsert
from checker.cases.upkeep import backup, check, let_go, migrate, prune, restore, revision
from checker.errors import StoreError
from checker.model.document import Document


def arrive(store: Store, night: str, *texts: str) -> list[str]:
    """Documents with these texts come in on a night."""
    with store.begin() as connection:
        return put(connection, night, [Incoming(Document(f"{night}-{i}", body, outlet="Post"), "wire", "", f"{night}T0{i}:00:00Z")
                                       for i, body in enumerate(texts)], like=0.6, nights=7)


def test_a_new_store_has_the_tables_of_this_version(store: Store) -> None:
    with store.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.METADATA) == []
        assert revision(connection) == "0003"
    assert check(store) == []


def test_migrating_twice_changes_nothing(store: Store) -> None:
    arrive(store, "2026-01-01", "one text")
    assert migrate(store) == ("0003", "0003")
    with store.begin() as connection:
        assert len(of_night(connection, "2026-01-01")) == 1


def test_a_store_of_a_newer_version_is_left_alone(store: Store) -> None:
    with store.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="update the program"):
        migrate(store)


def test_a_store_without_tables_says_how_to_make_them(address: str) -> None:
    store = Store(address)
    assert check(store) == [f"the store {store.shown} has no tables: `sanctions store migrate` makes them"]
    store.close()


def test_what_is_lost_is_told(store: Store) -> None:
    [document] = arrive(store, "2026-01-01", "one text")
    with store.begin() as connection:
        connection.execute(tables.case.insert(), [{"id": "C-2026-000001", "first_day": 1, "last_day": 1, "merged_into": "C-2026-000009"}])
        connection.execute(tables.member.insert(), [{"document": document, "event": "e", "case_id": "C-2026-000001",
                                                     "night": "2026-01-01"}])
    assert check(store) == ["1 members without event", "C-2026-000001 was merged into a case that is not there"]


HOSTILE = ("plain words", "nul \x00 and lone surrogate \ud800 here", "العربية 北朝鮮 \U0001f680", "=1+1\t\"quotes\" 'and' %s :x \\")


def test_a_backup_comes_back_in_either_kind_of_store(store: Store, tmp_path: Path) -> None:
    arrive(store, "2026-01-01", *HOSTILE)
    with store.begin() as connection:
        connection.execute(tables.decision.insert(), [{"case_id": "C-2026-000001", "verdict": "plausible", "by": "a", "reason": "b"}])
    path, again = tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"
    assert backup(store, path) == 5
    assert backup(store, again) == 5
    assert path.read_bytes() == again.read_bytes()
    other = Store(str(tmp_path / "other.db"))
    assert restore(other, path) == 5
    assert backup(other, again) == 5
    assert path.read_bytes() == again.read_bytes()
    with pytest.raises(StoreError, match="not empty"):
        restore(other, path)
    with other.begin() as connection:
        connection.execute(tables.decision.insert(), [{"case_id": "C-2026-000001", "verdict": "plausible", "by": "a", "reason": "b"}])
        assert connection.execute(select(tables.decision.c.id)).scalars().all() == [1, 2]


def test_what_is_no_backup_is_refused_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    good = tmp_path / "good.gz"
    arrive(store, "2026-01-01", "one text")
    backup(store, good)
    for name, body in (("text", b"no gzip"), ("short", good.read_bytes()[:-12])):
        path = tmp_path / name
        path.write_bytes(body)
        empty = Store(str(tmp_path / f"{name}.db"))
        with pytest.raises(StoreError, match="nothing was restored"):
            restore(empty, path)
        with empty.begin() as connection:
            assert connection.execute(select(tables.document.c.id)).first() is None


def test_pruning_keeps_what_cases_need(store: Store) -> None:
    said = "North Korea has shipped many thousands of shells to the port, the ministry said on Tuesday in a long statement."
    kept, gone = arrive(store, "2026-01-01", said), arrive(store, "2026-01-02", "weather and sport")
    new = arrive(store, "2026-03-01", "later")
    copy = arrive(store, "2026-01-03", said + " Copied.")
    with store.begin() as connection:
        connection.execute(tables.case.insert(), [{"id": "C-2026-000001", "first_day": 1, "last_day": 1}])
        connection.execute(tables.member.insert(), [{"document": kept[0], "event": "e", "case_id": "C-2026-000001", "night": "2026-01-01"}])
    assert prune(store, dt.date(2026, 2, 1)) == 1
    with store.begin() as connection:
        texts = dict(connection.execute(select(tables.document.c.id, tables.document.c.text)).all())
    assert {id_ for id_, body in texts.items() if not body} == set(gone)
    assert all(texts[id_] for id_ in (*kept, *copy, *new))
    assert arrive(store, "2026-03-02", "one more")


def test_what_corrects_a_text_is_still_known_by_its_words_when_they_are_gone(store: Store) -> None:
    """A copy that is like the corrected text repeats it, however long ago that was."""
    said = ("Exland has shipped many thousands of shells to the port of Beland in the last ten days, the ministry said on Tuesday in a "
            "long statement that it put out in the evening.")
    with store.begin() as connection:
        for hour, (address, words) in enumerate((("a", said), ("b", said), ("a", said.replace("many thousands", "some hundreds")))):
            put(connection, "2026-01-01", [Incoming(Document(address, words, url=f"https://{address}"), "wire", "",
                                                    f"2026-01-01T0{hour}:00:00Z")], like=0.6, nights=7)
    speaking = []
    for _ in range(2):
        with store.begin() as connection:
            copies = Copies(connection, "2026-01-01", 0.6)
            speaking.append(copies.speaking({d.document.id for d in of_night(connection, "2026-01-01")}))
        prune(store, dt.date(2026, 2, 1))
    assert len(speaking[0]) == 1
    assert speaking[0] == speaking[1]
    with store.begin() as connection:
        assert let_go(connection, "2026-01-01")
        assert not let_go(connection, "2026-01-02")


def test_writing_over_writes_one_row(store: Store) -> None:
    with store.begin() as connection:
        for state in ("late", "ok"):
            upsert(connection, tables.coverage, [{"source": "wire", "night": "2026-01-01", "state": state, "documents": 1, "record": "{}"}])
        assert connection.execute(select(tables.coverage.c.state)).scalars().all() == ["ok"]


def test_nothing_is_written_of_a_transaction_that_fails(store: Store) -> None:
    def fails() -> None:
        with store.begin() as connection:
            put(connection, "2026-01-01", [Incoming(Document("d", "text"), "wire", "", "2026-01-01T00:00:00Z")], like=0.6, nights=7)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    with store.begin() as connection:
        assert of_night(connection, "2026-01-01") == []


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense://", "postgresql+psycopg://nobody:secret@127.0.0.1:1/none"])
def test_an_address_that_cannot_be_used_is_told_without_its_password(url: str) -> None:
    with pytest.raises(StoreError) as told:
        migrate(Store(url))
    assert "secret" not in str(told.value)
