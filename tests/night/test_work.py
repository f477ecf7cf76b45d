"""Nights of a few articles: what becomes one case, what each night says of it and why, and that running again changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from checker.cases.decisions import decide, merge
from checker.cases.documents import Incoming, put
from checker.cases.settings import CaseSettings
from checker.cases.store import Store
from checker.cases.upkeep import backup, check
from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.night.work import NightWork, Outcome

SAID = "North Korea shipped artillery shells to Russia on 10 May 2024, the White House said."
Article = tuple[str, str, str, str]
"""Outlet, address, language, text."""
NIGHTS: dict[str, list[Article]] = {
    "2024-05-12": [("Post", "https://x/weather", "en", "The weather was fine in Exland on Sunday.")],
    "2024-05-13": [("Post", "https://x/1", "en", SAID), ("Copy", "https://z/1", "en", SAID + " Copied."),
                   ("Correo", "https://y/1", "es", "Corea del Norte envió proyectiles de artillería a Rusia, dijo Washington.")],
    "2024-05-14": [("Courier", "https://w/2", "en", "North Korea has shipped shells to Russia, a UN panel of experts reported. Pyongyang "
                                                    "denied it.")],
    "2024-05-15": [("Post", "https://x/1", "en", "The White House withdrew a statement about shipments.")],
}


class Nights:
    """Runs nights on a store as a program would."""

    def __init__(self, store: Store, judge: Judge, extractor: FrameExtractor, settings: CaseSettings) -> None:
        self.store, self.judge, self.extractor, self.settings = store, judge, extractor, settings
        self.rules = {rule.id: rule.digest for rule in judge.rulebase.rules}

    def judge_without(self, rule: str) -> Judge:
        """The judge of the rule base without a rule."""
        base = self.judge.rulebase
        return Judge(replace(base, rules=tuple(r for r in base.rules if r.id != rule)))

    def run(self, night: str, articles: list[Article] = [], rules: Mapping[str, str] | None = None) -> Outcome:  # noqa: B006
        work = NightWork(night, self.judge, self.extractor, None, self.settings, {})
        with self.store.begin() as connection:
            put(connection, night, [Incoming(Document(address, text, parse_date(night), url=address, outlet=outlet, lang=lang), "wire", "",
                                             f"{night}T{i:02}:00:00Z") for i, (outlet, address, lang, text) in enumerate(articles)],
                like=self.settings.likeness, nights=self.settings.nights)
        with self.store.begin() as connection:
            for batch in list(work.batches(connection)):
                assert work.extract(connection, batch) == []
        with self.store.begin() as connection:
            work.group(connection)
        with self.store.begin() as connection:
            return work.compare(connection, self.rules if rules is None else rules)


@pytest.fixture
def nights(store: Store, judge: Judge, extractor: FrameExtractor, settings: CaseSettings) -> Nights:
    return Nights(store, judge, extractor, settings)


def told(outcome: Outcome) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(d.op, d.case, d.causes) for d in outcome.differences]


CASE = "C-2024-000001"


def test_a_matter_told_by_many_is_one_case_and_each_night_says_what_is_new(nights: Nights) -> None:
    found = {night: nights.run(night, articles) for night, articles in NIGHTS.items()}
    assert {night: told(outcome) for night, outcome in found.items()} == {
        "2024-05-12": [], "2024-05-13": [("ADD", CASE, ("event",))], "2024-05-14": [("MOD", CASE, ("reply", "new-source"))],
        "2024-05-15": [("MOD", CASE, ("correction",))]}
    first, second = found["2024-05-13"].records[CASE], found["2024-05-14"].records[CASE]
    assert [(s.outlet, bool(s.copy_of)) for s in first.sources] == [("Post", False), ("Copy", True), ("Correo", False)]
    assert first.confidence.independent == 1  # Washington said it, whoever printed it
    assert {(c.status, c.party) for c in second.claims} >= {("alleged", "US"), ("denied", "KP")}
    assert second.confidence.level != first.confidence.level
    assert check(nights.store) == []


def test_running_a_night_again_soon_or_late_changes_nothing(nights: Nights, tmp_path: Path) -> None:
    found = {night: nights.run(night, articles) for night, articles in NIGHTS.items()}
    before, after = tmp_path / "before.gz", tmp_path / "after.gz"
    backup(nights.store, before)
    for night in reversed(NIGHTS):
        assert told(nights.run(night, NIGHTS[night])) == told(found[night])
    backup(nights.store, after)
    assert before.read_bytes() == after.read_bytes()


def test_both_kinds_of_store_end_with_the_same_rows(tmp_path: Path, cluster: str, judge: Judge, extractor: FrameExtractor,
                                                    settings: CaseSettings) -> None:
    from sqlalchemy import create_engine, text

    from checker.cases.upkeep import migrate

    engine = create_engine(cluster.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE same"))
    engine.dispose()
    written = []
    for address in (str(tmp_path / "same.db"), cluster.format("same")):
        store = Store(address)
        migrate(store)
        for night, articles in NIGHTS.items():
            Nights(store, judge, extractor, settings).run(night, articles)
        path = tmp_path / f"{len(written)}.gz"
        backup(store, path)
        written.append(path.read_bytes())
        store.close()
    assert written[0] == written[1]


def test_another_rule_base_is_told_apart_from_another_world(nights: Nights) -> None:
    nights.run("2024-05-12", NIGHTS["2024-05-12"])
    [(_, _, causes)] = told(nights.run("2024-05-13", NIGHTS["2024-05-13"]))
    assert causes == ("event",)
    other = {**nights.rules, "dprk-arms-export": "changed"}
    assert told(nights.run("2024-05-14", rules=other)) == []  # it reads otherwise and says the same
    assert told(nights.run("2024-05-15", rules=other)) == []


def test_a_decision_and_a_waiver_that_ends(nights: Nights) -> None:
    for night in ("2024-05-12", "2024-05-13"):
        nights.run(night, NIGHTS[night])
    with nights.store.begin() as connection:
        decide(connection, CASE, "waived", by="Ana", reason="licence", at=dt.datetime(2024, 5, 14, 9, tzinfo=dt.UTC), until="2024-05-15",
               dispositions=nights.settings.dispositions)
    assert told(nights.run("2024-05-14")) == [("MOD", CASE, ("decision",))]
    assert told(nights.run("2024-05-15")) == []
    assert told(nights.run("2024-05-16")) == [("REO", CASE, ("waiver-expired",))]
    assert told(nights.run("2024-05-17")) == []


def test_cases_put_together_stay_together(nights: Nights) -> None:
    other = ("Post", "https://x/9", "en", "Iran sent drones to Sudan's army in May 2024, Beland said.")
    nights.run("2024-05-12", NIGHTS["2024-05-12"])
    nights.run("2024-05-13", [*NIGHTS["2024-05-13"], other])
    second = "C-2024-000002"
    with nights.store.begin() as connection:
        merge(connection, second, CASE, by="Ana", reason="one deal", at=dt.datetime(2024, 5, 14, 9, tzinfo=dt.UTC))
    found = told(nights.run("2024-05-14"))
    assert ("DEL", second, ("merged-into",)) in found
    assert [op for op, case, _ in found if case == CASE] == ["MOD"]
    assert told(nights.run("2024-05-15", [("Courier", "https://w/9", "en", "Iran sent drones to Sudan's army in May 2024, a UN panel "
                                                                             "of experts reported.")]))[0][:2] == ("MOD", CASE)
