"""Nights of a few articles: what becomes one case, what each night says of it and why, and that running again changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from checker.cases import tables
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


DENIED = ("Herald", "https://h/1", "en", "North Korea denied that it shipped artillery shells to Russia.")


def test_a_denial_belongs_to_the_case_whatever_came_first(nights: Nights) -> None:
    nights.run("2024-05-12", NIGHTS["2024-05-12"])
    found = nights.run("2024-05-13", [DENIED, ("Post", "https://x/1", "en", SAID)])
    assert told(found) == [("ADD", CASE, ("event",))]
    assert {(c.status, c.party) for c in found.records[CASE].claims} == {("alleged", "US"), ("denied", "KP")}
    assert loose(nights) == 0


def loose(nights: Nights) -> int:
    """How many events have no case."""
    with nights.store.begin() as connection:
        return int(connection.execute(select(func.count()).select_from(tables.loose)).scalar_one())


def test_an_event_that_found_no_case_has_none_until_the_rules_are_other(nights: Nights, tmp_path: Path) -> None:
    """It came before there was a rule for it: it makes no case when its night is run again, nor when others have one meanwhile."""
    mortars = ("Post", "https://x/7", "en", "Rwanda sent mortars to the M23 in May 2024, Paris said.")
    again = ("Courier", "https://w/7", "en", "Rwanda has delivered mortars to the M23, Tokyo said.")
    whole, rule = nights.judge, "drc-arms-supply"
    nights.judge, nights.rules = nights.judge_without(rule), {r: d for r, d in nights.rules.items() if r != rule}
    rules = dict(nights.rules)
    nights.run("2024-05-12", NIGHTS["2024-05-12"])
    nights.run("2024-05-13", [mortars])
    assert loose(nights) == 1
    before, after = tmp_path / "before.gz", tmp_path / "after.gz"
    backup(nights.store, before)
    assert told(nights.run("2024-05-13", [mortars])) == []
    backup(nights.store, after)
    assert before.read_bytes() == after.read_bytes()

    nights.judge, nights.rules = whole, {**rules, rule: whole.rulebase.get(rule).digest}
    [(op, case, causes)] = told(nights.run("2024-05-14"))
    assert (op, causes) == ("ADD", ("rule-added",))
    assert loose(nights) == 0
    assert told(nights.run("2024-05-15", [again])) == [("MOD", case, ("new-source",))]
    nights.judge, nights.rules = nights.judge_without(rule), rules
    assert told(nights.run("2024-05-13", [mortars])) == []  # its own night, with the rules of then
    assert told(nights.run("2024-05-16")) == [("DEL", case, ("rule-retired",))]


def test_a_denial_that_came_before_what_it_denies_is_taken_in_and_its_own_night_stays_as_it_was(nights: Nights, tmp_path: Path) -> None:
    other = ("Herald", "https://h/2", "en", "Norway exported artillery shells to Japan in May 2024, Tokyo said.")
    nights.run("2024-05-12", NIGHTS["2024-05-12"])
    assert told(nights.run("2024-05-13", [DENIED, other])) == []
    found = nights.run("2024-05-14", [("Post", "https://x/1", "en", SAID)])
    assert told(found) == [("ADD", CASE, ("event",))]
    assert {(c.status, c.party) for c in found.records[CASE].claims} == {("alleged", "US"), ("denied", "KP")}
    assert loose(nights) == 1
    before, after = tmp_path / "before.gz", tmp_path / "after.gz"
    backup(nights.store, before)
    assert told(nights.run("2024-05-13", [DENIED, other])) == []
    assert told(nights.run("2024-05-14")) == told(found)
    backup(nights.store, after)
    assert before.read_bytes() == after.read_bytes()


def test_an_event_without_a_case_joins_none_that_was_opened_long_after_its_night(nights: Nights, tmp_path: Path) -> None:
    """What was told too long ago is not taken in, nor does it join when its night is run again: that would tell another story."""
    denied = (*DENIED[:3], DENIED[3].replace(".", " on 10 May 2024."))
    nights.run("2024-05-12", NIGHTS["2024-05-12"])
    nights.run("2024-05-13", [denied])
    assert told(nights.run("2024-09-14", [("Post", "https://x/1", "en", SAID)])) == [("ADD", "C-2024-000001", ("event",))]
    assert loose(nights) == 1
    before, after = tmp_path / "before.gz", tmp_path / "after.gz"
    backup(nights.store, before)
    assert told(nights.run("2024-05-13", [denied])) == []
    backup(nights.store, after)
    assert before.read_bytes() == after.read_bytes()


WORDS = (" The statement was long, and the ministry of Exland had nothing to add to it in the evening. Nobody else could be reached by "
         "telephone, and no other paper had the story on its front page on the day after.")
STORY = ("Post", "https://x/8", "en", SAID + WORDS)
REPRINT = ("Copy", "https://z/8", "en", SAID + WORDS + " Copied.")
ANOTHER = ("Mirror", "https://m/8", "en", SAID + WORDS + " Mirrored.")
WEATHER = ("Post", "https://x/8", "en", "The weather was fine in Exland on Sunday, and the parks were full from morning to evening.")


def test_a_copy_keeps_a_case_whose_original_was_corrected_until_it_is_corrected_too(nights: Nights, tmp_path: Path) -> None:
    nights.run("2024-05-12", NIGHTS["2024-05-12"])
    corrected = ("Copy", "https://z/8", "en", WEATHER[3] + " Really.")
    found = {"2024-05-13": nights.run("2024-05-13", [STORY, REPRINT, ANOTHER]), "2024-05-14": nights.run("2024-05-14", [WEATHER]),
             "2024-05-15": nights.run("2024-05-15", [corrected])}
    assert [told(outcome) for outcome in found.values()] == [
        [("ADD", CASE, ("event",))], [("MOD", CASE, ("correction",))], [("MOD", CASE, ("correction",))]]
    assert [[(s.outlet, bool(s.copy_of)) for s in outcome.records[CASE].sources] for outcome in found.values()] == [
        [("Post", False), ("Copy", True), ("Mirror", True)], [("Copy", False), ("Mirror", True)], [("Mirror", False)]]
    last = ("Mirror", "https://m/8", "en", WEATHER[3] + " Indeed.")
    assert told(nights.run("2024-05-16", [last])) == [("DEL", CASE, ("retracted",))]
    before, after = tmp_path / "before.gz", tmp_path / "after.gz"
    backup(nights.store, before)
    for night in ("2024-05-14", "2024-05-13", "2024-05-15"):
        assert told(nights.run(night)) == told(found[night])
    backup(nights.store, after)
    assert before.read_bytes() == after.read_bytes()


def test_a_copy_that_says_more_makes_a_case_when_it_speaks_for_itself(nights: Nights) -> None:
    nights.run("2024-05-12", NIGHTS["2024-05-12"])
    harmless = ("Post", "https://x/8", "en", SAID.replace("North Korea", "Exland") + WORDS)
    assert told(nights.run("2024-05-13", [harmless, REPRINT])) == []
    assert told(nights.run("2024-05-14", [WEATHER])) == [("ADD", CASE, ("correction",))]
    assert told(nights.run("2024-05-15")) == []


def test_a_copy_that_says_more_joins_the_case_of_others_when_it_speaks_for_itself(nights: Nights) -> None:
    nights.run("2024-05-12", NIGHTS["2024-05-12"])
    harmless = ("Post", "https://x/8", "en", SAID.replace("North Korea", "Exland") + WORDS)
    panel = NIGHTS["2024-05-14"][0]
    assert told(nights.run("2024-05-13", [harmless, REPRINT, panel])) == [("ADD", CASE, ("event",))]
    found = nights.run("2024-05-14", [WEATHER])
    assert told(found) == [("MOD", CASE, ("correction",))]
    assert [s.outlet for s in found.records[CASE].sources] == ["Copy", "Courier"]


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
