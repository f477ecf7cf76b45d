"""A month of nights: every matter is one case, every difference has its cause, nothing is told twice, nothing is lost."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

from msgspec.structs import replace as with_
from sqlalchemy import func, select

from checker.cases import tables
from checker.cases.claimants import claimant_sorts
from checker.cases.decisions import decide, merge
from checker.cases.documents import Incoming, put
from checker.cases.settings import CaseSettings
from checker.cases.store import Store
from checker.cases.upkeep import backup, check, migrate
from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.model.case import CaseRecord
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.rule import Rule
from checker.night.work import NightWork, Outcome
from tests.night.month import ADDED, CHANGED, ENDED, MATTERS, NIGHTS, RETIRED, RULES, TOUCHED, TOUCHED_ON, Expected, Month

SEED = 20_240_501
LEAST = 1_500
OTHER = "lebanon-arms-supply"
"""A rule that speaks of other matters than those that change."""


class Desk:
    """Runs the nights of a month on one store, as a program and its users would."""

    def __init__(self, month: Month, path: Path, judge: Judge, extractor: FrameExtractor, settings: CaseSettings) -> None:
        self.month, self.extractor, self.settings = month, extractor, settings
        self.store = Store(str(path))
        migrate(self.store)
        self._sorts = claimant_sorts(extractor.packs)
        self._judge = judge
        self._judges: dict[tuple[str, ...], Judge] = {}
        self.case: dict[str, str] = {}
        self.differences: dict[str, list[tuple[str, Expected]]] = {}

    def judge(self, number: int) -> Judge:
        """The judge of a night: with the rules that there are then."""
        begun = {rule: night for night, (_, rule) in RULES.items()} | {TOUCHED: TOUCHED_ON}
        key = tuple(sorted(rule for rule, night in begun.items() if number >= night))
        if key not in self._judges:
            base = self._judge.rulebase
            self._judges[key] = Judge(replace(base, rules=tuple(r for rule in base.rules for r in _as_of(rule, key, base.get(OTHER)))))
        return self._judges[key]

    def run(self, number: int) -> Outcome:
        night, judge = NIGHTS[number], self.judge(number)
        work = NightWork(night, judge, self.extractor, None, self.settings, self._sorts)
        with self.store.begin() as connection:
            put(connection, night, [
                Incoming(Document(a.address, a.text, parse_date(a.published), url=a.address, outlet=a.outlet, lang=a.lang), "wire", "",
                         f"{night}T{i // 60:02}:{i % 60:02}:00Z") for i, a in enumerate(self.month.articles[night])],
                like=self.settings.likeness, nights=self.settings.nights)
        with self.store.begin() as connection:
            for batch in list(work.batches(connection)):
                assert work.extract(connection, batch) == []
        with self.store.begin() as connection:
            work.group(connection)
        with self.store.begin() as connection:
            return work.compare(connection, {rule.id: rule.digest for rule in judge.rulebase.rules})

    def people(self, number: int) -> None:
        """What people decide on the day of a night."""
        at = dt.datetime.combine(dt.date.fromisoformat(NIGHTS[number]), dt.time(9), dt.UTC)
        with self.store.begin() as connection:
            for one in self.month.decisions.get(NIGHTS[number], ()):
                if one.into:
                    merge(connection, self.case[one.matter], self.case[one.into], by="Ana", reason="one deal", at=at)
                else:
                    decide(connection, self.case[one.matter], one.verdict, by="Ana", reason="looked at", at=at, until=one.until,
                           dispositions=self.settings.dispositions)

    def named(self, outcome: Outcome) -> list[tuple[str, Expected]]:
        """What a night did, by the names of matters; a case that is none of them bears its own."""
        for one in outcome.differences:
            if one.op == "ADD":
                self.case.setdefault(_name(outcome.records[one.case]), one.case)
        names = {case: matter for matter, case in self.case.items()}
        return sorted((names.get(d.case, d.case), (d.op, d.causes)) for d in outcome.differences)


def _as_of(rule: Rule, begun: tuple[str, ...], other: Rule) -> tuple[Rule, ...]:
    """The rule as it is when the changes of these rules have happened; nothing where it is not there. ``other``: one of another matter."""
    if (rule.id == ADDED and ADDED not in begun) or (rule.id == RETIRED and RETIRED in begun):
        return ()
    if rule.id not in begun or rule.id not in (CHANGED, ENDED, TOUCHED):
        return (rule,)
    digest = f"{rule.digest} changed"
    if rule.id == ENDED:
        later = dt.date(2030, 1, 1).toordinal()
        return (with_(rule, periods=tuple(with_(p, first=later) for p in rule.periods[-1:]), digest=digest),)
    return (with_(rule, flag_when=other.flag_when, digest=digest) if rule.id == CHANGED else with_(rule, digest=digest),)


GOODS = {"shells": "artillery_shell", "missiles": "missile", "coal": "coal", "vehicles": "armoured_combat_vehicle", "mortars": "mortar",
         "ammunition": "ammunition", "seafood": "seafood", "machinery": "machinery", "rifles": "rifle",
         "launchers": "multiple_rocket_launcher", "textiles": "textiles", "copper": "copper"}


def _name(record: CaseRecord) -> str:
    told = record.sender, record.receiver, record.goods
    return next((name for name, (sender, receiver, _) in MATTERS.items() if (sender, receiver, GOODS[name]) == told), str(told))


def worth_its_name(month: Month) -> None:
    """That the dice made a month in which everything happens."""
    assert month.count >= LEAST
    assert len({a.lang for articles in month.articles.values() for a in articles} - {""}) >= 7
    ops = Counter(op for told in month.expected.values() for op, _ in told.values())
    causes = {cause for told in month.expected.values() for _, why in told.values() for cause in why}
    assert all(ops[op] for op in ("ADD", "MOD", "DEL", "REO"))
    assert causes >= {"event", "late-data", "new-source", "reply", "correction", "retracted", "rule-added", "rule-changed", "rule-retired",
                      "law-date", "decision", "merged-into", "waiver-expired"}


def one_case_for_each_matter(desk: Desk) -> None:
    with desk.store.begin() as connection:
        assert connection.execute(select(func.count()).select_from(tables.case)).scalar() == len(MATTERS)
    assert set(desk.case) == set(MATTERS)
    assert check(desk.store) == []


def copies_are_folded(desk: Desk) -> None:
    copied = {a.address for articles in desk.month.articles.values() for a in articles if "//copy." in a.address and a.lang == ""}
    with desk.store.begin() as connection:
        rows = dict(connection.execute(select(tables.document.c.address, tables.document.c.copy_of).where(
            tables.document.c.address.in_(copied), tables.document.c.revises == "")).all())
    assert len(copied) > 200
    assert [address for address, original in rows.items() if not original] == []


def the_same_again_in_any_order(desk: Desk, folder: Path) -> None:
    before, after = folder / "before.gz", folder / "after.gz"
    backup(desk.store, before)
    for number in [29, *random.Random(1).sample(range(29), 5), 11, 19]:  # noqa: S311 - the same order every time
        assert desk.named(desk.run(number)) == desk.differences[NIGHTS[number]], NIGHTS[number]
    backup(desk.store, after)
    assert before.read_bytes() == after.read_bytes()


def test_a_month_of_nights(tmp_path: Path, judge: Judge, extractor: FrameExtractor, settings: CaseSettings) -> None:
    """One test, because the nights follow from each other, and take half a minute."""
    desk = Desk(Month(SEED), tmp_path / "store.db", judge, extractor, settings)
    worth_its_name(desk.month)
    for number, night in enumerate(NIGHTS):
        desk.people(number)
        desk.differences[night] = desk.named(desk.run(number))
        assert desk.differences[night] == sorted(desk.month.expected[night].items()), night
    one_case_for_each_matter(desk)
    copies_are_folded(desk)
    the_same_again_in_any_order(desk, tmp_path)


def test_the_same_dice_make_the_same_month() -> None:
    one, other = Month(SEED), Month(SEED)
    assert one.articles == other.articles
    assert one.expected == other.expected
