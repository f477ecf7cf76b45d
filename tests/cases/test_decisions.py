"""What people decide stays, holds as long as it says, and is never written over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select

from checker.cases import tables
from checker.cases.decisions import decide, history, lapsed, merge, ruling, split
from checker.cases.settings import CaseSettings
from checker.cases.store import Store
from checker.errors import UsageError
from checker.night import ledger

AT = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)
ONE, TWO = "C-2026-000001", "C-2026-000002"


@pytest.fixture
def filled(store: Store) -> Store:
    """Two cases; the first has two documents."""
    with store.begin() as connection:
        connection.execute(tables.case.insert(), [{"id": c, "opened": "2026-01-01", "family": "other", "sender": "XA", "receiver": "XB",
                                                   "goods": "", "first_day": d, "last_day": d} for c, d in ((ONE, 10), (TWO, 90))])
        connection.execute(tables.case_key.insert(), [{"key": "other|XA", "case_id": c} for c in (ONE, TWO)])
        connection.execute(tables.member.insert(), [{"document": d, "event": "e", "case_id": c, "night": "2026-01-01"}
                                                    for d, c in (("d1", ONE), ("d2", ONE), ("d3", TWO))])
    return store


def members(store: Store) -> dict[str, str]:
    with store.begin() as connection:
        return dict(connection.execute(select(tables.member.c.document, tables.member.c.case_id)).all())


def test_a_verdict_holds_from_its_night_on(filled: Store, settings: CaseSettings) -> None:
    with filled.begin() as connection:
        decide(connection, ONE, "plausible", by="Ana", reason="two sources", at=AT, dispositions=settings.dispositions)
        told = [ruling(connection, ONE, night, settings.dispositions) for night in ("2026-01-04", "2026-01-05", "2026-03-01")]
    assert told == ["untriaged", "plausible", "plausible"]


def test_confirming_takes_a_second_pair_of_eyes(filled: Store, settings: CaseSettings) -> None:
    told = []
    with filled.begin() as connection:
        for by in ("Ana", "Ana", "Ben"):
            decide(connection, ONE, "confirmed", by=by, reason="seen", at=AT, dispositions=settings.dispositions)
            told.append(ruling(connection, ONE, "2026-01-05", settings.dispositions))
        assert [r.by for r in history(connection, ONE)] == ["Ana", "Ana", "Ben"]
    assert told == ["in review", "in review", "confirmed"]


def before(night: str, days: int = 1) -> str:
    return (dt.date.fromisoformat(night) - dt.timedelta(days=days)).isoformat()


def test_a_waiver_that_ends_while_no_night_is_run_comes_back_with_the_next(filled: Store, settings: CaseSettings) -> None:
    with filled.begin() as connection:
        decide(connection, ONE, "waived", by="Ana", reason="licence", at=AT, until="2026-01-10", dispositions=settings.dispositions)
        told = [night for night, days in (("2026-01-10", 1), ("2026-01-13", 3), ("2026-01-14", 1))
                if ONE in lapsed(connection, night, before(night, days))]
    assert told == ["2026-01-13"]


def test_what_is_decided_after_the_night_of_its_day_is_told_by_the_next(filled: Store, settings: CaseSettings) -> None:
    told = []
    with filled.begin() as connection:
        for night in ("2026-01-04", "2026-01-05", "2026-01-07"):
            ledger.open_run(connection, night, {}, {})
            told.append(decide(connection, ONE, "plausible", by="Ana", reason="seen", at=AT, dispositions=settings.dispositions).night)
        told.append(split(connection, ONE, ["d1"], by="Ana", reason="two ships", at=AT).night)
        assert ruling(connection, ONE, "2026-01-04", settings.dispositions) == "untriaged"
    assert told == ["2026-01-05", "2026-01-06", "2026-01-08", "2026-01-08"]


def test_a_waiver_ends_and_the_case_comes_back_once(filled: Store, settings: CaseSettings) -> None:
    with filled.begin() as connection:
        decide(connection, ONE, "waived", by="Ana", reason="licence", at=AT, until="2026-01-10", dispositions=settings.dispositions)
        told = {night: (ruling(connection, ONE, night, settings.dispositions), ONE in lapsed(connection, night, before(night)))
                for night in ("2026-01-10", "2026-01-11", "2026-01-12")}
    assert told == {"2026-01-10": ("waived", False), "2026-01-11": ("untriaged", True), "2026-01-12": ("untriaged", False)}


def test_a_merged_case_leads_to_the_other(filled: Store) -> None:
    with filled.begin() as connection:
        merge(connection, ONE, TWO, by="Ana", reason="same ship", at=AT)
        assert connection.execute(select(tables.case.c.merged_into).where(tables.case.c.id == ONE)).scalar() == TWO
    assert members(filled) == {"d1": TWO, "d2": TWO, "d3": TWO}


def test_a_split_makes_a_case_of_its_own(filled: Store) -> None:
    with filled.begin() as connection:
        split(connection, ONE, ["d2"], by="Ana", reason="another ship", at=AT)
    assert members(filled) == {"d1": ONE, "d2": "C-2026-000003", "d3": TWO}


WRONG: list[tuple[str, Callable[..., object], str]] = [
    ("no such case", lambda c, d: decide(c, "C-1", "plausible", by="a", reason="b", at=AT, dispositions=d), "there is no case C-1"),
    ("no such verdict", lambda c, d: decide(c, ONE, "guilty", by="a", reason="b", at=AT, dispositions=d), "is no verdict"),
    ("no reason", lambda c, d: decide(c, ONE, "plausible", by="a", reason=" ", at=AT, dispositions=d), "needs a reason"),
    ("nobody", lambda c, d: decide(c, ONE, "plausible", by="", reason="b", at=AT, dispositions=d), "needs a reason"),
    ("no end", lambda c, d: decide(c, ONE, "waived", by="a", reason="b", at=AT, dispositions=d), "last day"),
    ("ended already", lambda c, d: decide(c, ONE, "waived", by="a", reason="b", at=AT, until="2026-01-01", dispositions=d), "last day"),
    ("an end too many", lambda c, d: decide(c, ONE, "plausible", by="a", reason="b", at=AT, until="2026-02-01", dispositions=d),
     "only a waiver"),
    ("into itself", lambda c, _: merge(c, ONE, ONE, by="a", reason="b", at=AT), "into itself"),
    ("all of it", lambda c, _: split(c, ONE, ["d1", "d2"], by="a", reason="b", at=AT), "not all or none"),
    ("nothing of it", lambda c, _: split(c, ONE, [], by="a", reason="b", at=AT), "not all or none"),
    ("not of it", lambda c, _: split(c, ONE, ["d3"], by="a", reason="b", at=AT), "holds no document d3"),
]


@pytest.mark.parametrize(("act", "told"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_cannot_be_decided_is_refused(filled: Store, settings: CaseSettings, act: Callable[..., object], told: str) -> None:
    with pytest.raises(UsageError, match=told), filled.begin() as connection:
        act(connection, settings.dispositions)
    with filled.begin() as connection:
        assert connection.execute(select(tables.decision.c.id)).first() is None


def test_a_case_that_was_merged_is_named_by_the_one_it_leads_to(filled: Store) -> None:
    with filled.begin() as connection:
        merge(connection, ONE, TWO, by="a", reason="b", at=AT)
        with pytest.raises(UsageError, match=f"was merged into {TWO}"):
            merge(connection, ONE, TWO, by="a", reason="b", at=AT)
