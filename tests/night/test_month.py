"""A month of whole nights: every matter is one case, every difference has its cause and its line in one digest, nothing is told twice,
nothing is lost, whatever breaks off, fails, or runs again."""

from __future__ import annotations

import datetime as dt
import gzip
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace as with_
from sqlalchemy import func, select

from checker.cases import tables
from checker.cases.claimants import claimant_sorts
from checker.cases.decisions import decide, merge
from checker.cases.documents import Incoming
from checker.cases.settings import CaseSettings
from checker.cases.store import Store
from checker.cases.upkeep import backup, check, migrate
from checker.errors import UsageError
from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.rule import Rule
from checker.night import ledger
from checker.night.channels import drop
from checker.night.config_model import SourceConfig
from checker.night.outbox import DeliveryError, Letter
from checker.night.run import Channel, NightResult, Offer
from checker.night.site import ConfiguredSource
from checker.night.status import status
from tests.night.month import (
    ADDED,
    BACK,
    CHANGED,
    DEAD,
    DECISIONS,
    ENDED,
    FAILED,
    MATTERS,
    MISSED,
    NIGHTS,
    RETIRED,
    RULES,
    TOUCHED,
    TOUCHED_ON,
    Expected,
    Month,
)
from tests.night.place import Place, files_of

SEED = 1
LEAST = 1_500
OTHER = "somalia-charcoal"
"""A rule that speaks of other matters than those that change."""
HOUR = 22
"""When nights are run (UTC): in Europe it is another day then, once clocks are put forward."""
SHORT = 13
"""So many nights are run both with and without breaks."""
DOWN = range(3, 6)
"""The nights on which one of the channels is out of order."""
GOODS = {"shells": "artillery_shell", "missiles": "missile", "coal": "coal", "vehicles": "armoured_combat_vehicle", "mortars": "mortar",
         "ammunition": "ammunition", "seafood": "seafood", "machinery": "machinery", "rifles": "rifle",
         "launchers": "multiple_rocket_launcher", "textiles": "textiles", "copper": "copper"}


@dataclass(frozen=True)
class Wire:
    """A source that still has what came out on the last nights, and is required."""

    month: Month
    name: str = "wire"
    required: bool = True
    expected: tuple[int, int] | None = None

    def offer(self, night: str, now: dt.datetime) -> Offer:
        last = NIGHTS.index(night)
        if last == FAILED:
            return Offer("failed", note="the server does not answer")
        nights = NIGHTS[max(0, last - 4):last + 1]
        articles = [a for n in nights for a in self.month.articles[n]]
        return Offer("ok", [Incoming(Document(a.address, a.text, parse_date(a.published), url=a.address, outlet=a.outlet, lang=a.lang),
                                     self.name, "", (now + dt.timedelta(seconds=i)).strftime("%Y-%m-%dT%H:%M:%SZ"))
                            for i, a in enumerate(articles, 1)], since=nights[0])


class Died(Exception):
    """The power failed."""


class Desk:
    """Runs the nights of a month in one place, as a program and its users would."""

    def __init__(self, month: Month, folder: Path, judge: Judge, extractor: FrameExtractor, settings: CaseSettings) -> None:
        self.month, self.folder = month, folder
        folder.mkdir()
        store = Store(str(folder / "store.db"))
        migrate(store)
        self.place = Place(store, folder / "out", judge, extractor, settings, [])
        self._sorts = claimant_sorts(extractor.packs)
        self._judges: dict[tuple[str, ...], Judge] = {}
        self.case: dict[str, str] = {}
        self.heard: list[Letter] = []
        self._agency = folder / "agency"
        self._agency.mkdir()

    def judge(self, number: int) -> Judge:
        """The judge of a night: with the rules that there are then."""
        begun = {rule: night for night, (_, rule) in RULES.items()} | {TOUCHED: TOUCHED_ON}
        key = tuple(sorted(rule for rule, night in begun.items() if number >= night))
        if key not in self._judges:
            base = self.place.judge.rulebase
            self._judges[key] = Judge(replace(base, rules=tuple(r for rule in base.rules for r in _as_of(rule, key, base.get(OTHER)))))
        return self._judges[key]

    def run(self, number: int, *, at: dt.datetime | None = None) -> NightResult:
        def hear(letter: Letter) -> None:
            if number in DOWN:
                raise DeliveryError("the server does not answer")
            self.heard.append(letter)

        config = SourceConfig(name="agency", kind="jsonl", path=Path("agency"))
        with chdir(self.folder):
            return self.place.run(
                NIGHTS[number], at=at or moment(number), judge=self.judge(number), kinds=self._sorts,
                sources=[ConfiguredSource(config, Path("cache"), None), Wire(self.month)],
                channels=[Channel("desk", drop(Path("box")), always=False), Channel("mail", hear, always=True)])

    def day(self, number: int) -> None:
        """What comes out on a day, and what people decide before its night."""
        gone = self.folder / "gone"
        if number == DEAD:
            self._agency.rename(gone)
        elif number == BACK:
            gone.rename(self._agency)
        lines = [msgspec.json.encode({"id": a.address, "url": a.address, "text": a.text, "outlet": a.outlet, "lang": a.lang,
                                      "published": a.published}) for a in self.month.agency[NIGHTS[number]]]
        (gone if DEAD <= number < BACK else self._agency).joinpath(f"{NIGHTS[number]}.jsonl").write_bytes(b"\n".join(lines))
        self.people(number, range(HOUR))

    def people(self, number: int, hours: range) -> None:
        """What people decide within some hours of a day."""
        for one in DECISIONS:
            if one.day != number or one.hour not in hours:
                continue
            at = dt.datetime.combine(dt.date.fromisoformat(NIGHTS[number]), dt.time(one.hour), dt.UTC)
            with self.place.store.begin() as connection:
                if one.into:
                    merge(connection, self.case[one.matter], self.case[one.into], by="Ana", reason="one deal", at=at)
                else:
                    decide(connection, self.case[one.matter], one.verdict, by="Ana", reason="looked at", at=at, until=one.until,
                           dispositions=self.place.settings.dispositions)

    def told(self, number: int) -> list[tuple[str, Expected]]:
        """What the report of a night says, by the names of matters; a case that is none of them bears its own."""
        changes = self.place.report(NIGHTS[number])["changes"]
        for change in changes:
            if change["op"] == "ADD":
                self.case.setdefault(_name(change["case"]), change["case"]["id"])
        names = {case: matter for matter, case in self.case.items()}
        return sorted((names.get(c["case"]["id"], c["case"]["id"]), (c["op"], tuple(c["causes"]))) for c in changes)

    def left(self) -> dict[str, bytes]:
        return {name: data for name, data in files_of(self.folder).items() if name.startswith(("out", "box"))}

    def known(self) -> list[bytes]:
        """All rows of the store, but for those that tell of single runs."""
        path = self.folder / "backup.gz"
        backup(self.place.store, path)
        of_runs = (b'["run"', b'["step"', b'["issue"')
        return [line for line in gzip.decompress(path.read_bytes()).splitlines() if not line.startswith(of_runs)]


def moment(number: int) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(NIGHTS[number]), dt.time(HOUR, 30), dt.UTC)


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


def _name(case: dict[str, Any]) -> str:
    told = case["sender"], case["receiver"], case["goods"]
    return next((name for name, (sender, receiver, _) in MATTERS.items() if (sender, receiver, GOODS[name]) == told), str(told))


# ---- what breaks off -----------------------------------------------------------------------------------------------------

BREAKS: dict[int, Sequence[tuple[str, str, int]]] = {
    0: [("checker.night.ledger", "open_run", 1)],
    1: [("checker.night.ledger", "cover", 1), ("checker.night.ledger", "cover", 1)],
    2: [("checker.night.site", "keep_state", 1), ("checker.night.ledger", "cover", 1)],
    3: [("checker.night.work.NightWork", "read", 1), ("checker.night.work.NightWork", "keep", 1)],
    4: [("checker.night.work.NightWork", "group", 1)],
    5: [("checker.night.work.NightWork", "compare", 1)],
    7: [("checker.night.run", "compose", 1), ("checker.night.files", "_write", 3)],
    8: [("checker.night.files", "publish", 1), ("checker.night.run", "write_pages", 1)],
    9: [("checker.night.files", "point", 1)],
    10: [("checker.night.run", "queue", 1), ("checker.night.run", "queue", 2)],
    11: [("checker.night.ledger", "close", 1)],
    12: [("checker.night.channels", "write_whole", 1)],
}
"""After which call of what the power fails, on which night: in each step, before it and after it is done."""


@contextmanager
def breaking(where: str, name: str, call: int) -> Iterator[None]:
    """The power fails after a call of a function."""
    calls = 0

    def told(*args: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        found = real(*args, **named)
        if calls == call:
            raise Died
        return found

    with pytest.MonkeyPatch.context() as patch:
        target = resolve_name(where)
        real = getattr(target, name)
        patch.setattr(target, name, told)
        yield


def broken_off(desk: Desk, number: int) -> None:
    """Run a night that is broken off as planned, and go on each time ten minutes later."""
    for i, one in enumerate(BREAKS.get(number, ())):
        with breaking(*one), pytest.raises(Died):
            desk.run(number, at=moment(number) + dt.timedelta(minutes=10 * i))


@contextmanager
def clock_of(place: str) -> Iterator[None]:
    """Local time is that of a place."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", place)
        time.tzset()
        yield
    time.tzset()


# ---- what must hold ------------------------------------------------------------------------------------------------------


def worth_its_name(month: Month) -> None:
    """That the dice made a month in which everything happens."""
    assert len(month.everything) >= LEAST
    assert len({a.lang for a in month.everything} - {""}) >= 7
    ops = Counter(op for told in month.expected.values() for op, _ in told.values())
    causes = {cause for told in month.expected.values() for _, why in told.values() for cause in why}
    assert all(ops[op] for op in ("ADD", "MOD", "DEL", "REO"))
    assert causes >= {"event", "late-data", "new-source", "reply", "correction", "retracted", "rule-added", "rule-changed", "rule-retired",
                      "law-date", "decision", "merged-into", "waiver-expired"}
    assert month.expected[NIGHTS[BACK]]["launchers"] == ("ADD", ("late-data",))
    assert month.expected[NIGHTS[BACK]]["ammunition"] == ("REO", ("event",))


def one_case_for_each_matter(desk: Desk) -> None:
    with desk.place.store.begin() as connection:
        assert connection.execute(select(func.count()).select_from(tables.case)).scalar() == len(MATTERS)
    assert set(desk.case) == set(MATTERS)
    assert check(desk.place.store) == []


def nothing_is_lost(desk: Desk) -> None:
    """Every article is in the store, and copies are folded."""
    copied = {a.address for a in desk.month.everything if "//copy." in a.address and a.lang == ""}
    with desk.place.store.begin() as connection:
        rows = connection.execute(select(tables.document.c.address, tables.document.c.copy_of, tables.document.c.revises)).all()
    assert Counter(row.address for row in rows) == Counter(a.address for a in desk.month.everything)
    assert len(copied) > 200
    assert [row.address for row in rows if row.address in copied and not row.copy_of and not row.revises] == []


def gaps_are_known(desk: Desk, number: int) -> None:
    """What ``sanctions status`` says once a night is over."""
    with desk.place.store.begin() as connection:
        found = status(connection, dt.date.fromisoformat(NIGHTS[number]))
    wanted = {(NIGHTS[n], "agency"): NIGHTS[BACK] if number >= BACK else "" for n in range(DEAD, min(BACK, number + 1))}
    wanted |= {(NIGHTS[MISSED], ""): NIGHTS[MISSED + 1]} if number > MISSED else {}
    wanted |= {(NIGHTS[FAILED], "wire"): NIGHTS[FAILED + 1] if number > FAILED else ""} if number >= FAILED else {}
    assert {(gap.night, gap.source): gap.filled for gap in found.gaps} == wanted
    assert found.late_days == 0
    assert found.state == state_of(number)


def state_of(number: int) -> str:
    return ledger.FAILED if number == FAILED else ledger.PARTIAL if DEAD <= number < BACK else ledger.COMPLETE


def each_difference_is_told_once(desk: Desk) -> None:
    """Over all letters of a channel there is one line for each case and night."""
    wanted = Counter((night, desk.case[matter]) for night, told in desk.month.expected.items() for matter in told)
    assert set(wanted.values()) == {1}
    files = sorted((desk.folder / "box").iterdir())
    assert [path.name[:10] for path in files] == [n for i, n in enumerate(NIGHTS) if desk.month.expected[n] or DEAD <= i < BACK]
    assert announced({path.name[:10]: path.read_text() for path in files}) == wanted
    assert announced({letter.night: letter.text for letter in desk.heard}) == wanted
    assert [letter.night for letter in desk.heard] == [night for i, night in enumerate(NIGHTS) if i not in (MISSED, FAILED)]


def announced(texts: dict[str, str]) -> Counter[tuple[str, str]]:
    return Counter((night, line) for night, text in texts.items() for line in re.findall(r"^(C-\d{4}-\d{6})\b", text, re.M))


def the_same_again(desk: Desk, number: int, at: dt.datetime) -> None:
    """A night is run once more: not a byte differs, and nothing is sent."""
    before, heard = desk.left(), len(desk.heard)
    again = desk.run(number, at=at)
    assert again.queued == 0
    assert desk.left() == before, NIGHTS[number]
    assert len(desk.heard) == heard


def a_night(desk: Desk, number: int, *, whole: bool) -> None:
    desk.day(number)
    if number != MISSED:
        if not whole:
            broken_off(desk, number)
        with desk.place.store.begin() as connection:
            resumed = ledger.latest_night(connection) == NIGHTS[number]
        result = desk.run(number, at=moment(number) + dt.timedelta(hours=resumed))
        assert result.state == state_of(number)
        if result.state != ledger.FAILED:
            assert desk.told(number) == sorted(desk.month.expected[NIGHTS[number]].items()), NIGHTS[number]
    desk.people(number, range(HOUR, 24))


@pytest.mark.usefixtures("hasty")
def test_a_month_of_nights(tmp_path: Path, judge: Judge, extractor: FrameExtractor, settings: CaseSettings) -> None:
    """One test, because the nights follow from each other, and take a minute."""
    month = Month(SEED)
    worth_its_name(month)
    desk = Desk(month, tmp_path / "month", judge, extractor, settings)
    early: dict[str, bytes] = {}
    with clock_of("America/New_York"):
        for number in range(SHORT):
            a_night(desk, number, whole=False)
        early = desk.left()
    with clock_of("Europe/Berlin"):
        for number in range(SHORT, len(NIGHTS)):
            a_night(desk, number, whole=True)
            gaps_are_known(desk, number)
            if number % 3 == 0:  # and the clock was put back meanwhile
                the_same_again(desk, number, moment(number) - dt.timedelta(hours=1))
    one_case_for_each_matter(desk)
    nothing_is_lost(desk)
    each_difference_is_told_once(desk)
    known = desk.known()
    for number in [*random.Random(1).sample(range(29), 4), BACK, 11, 19]:  # noqa: S311 - the same order every time
        if number not in (MISSED, FAILED):
            the_same_again(desk, number, moment(29) + dt.timedelta(hours=2))
    for number in (MISSED, FAILED):
        with pytest.raises(UsageError):
            desk.run(number, at=moment(29) + dt.timedelta(hours=2))
    assert desk.known() == known

    quiet = Desk(month, tmp_path / "quiet", judge, extractor, settings)
    for number in range(SHORT):
        a_night(quiet, number, whole=True)
    assert quiet.left() == early


def test_the_same_dice_make_the_same_month() -> None:
    one, other = Month(SEED), Month(SEED)
    assert (one.articles, one.agency, one.expected) == (other.articles, other.agency, other.expected)
