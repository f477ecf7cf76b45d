"""A night from end to end: what it leaves, what a second run of it leaves, and what is left when it is broken off or refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sqlalchemy import func, select

from checker.cases import tables
from checker.cases.settings import CaseSettings
from checker.cases.store import Store
from checker.errors import StoreBusy, UsageError
from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.locator import rules_dir
from checker.model.nightly import Nightly
from checker.night import ledger
from checker.night.files import OutputError
from checker.night.lock import hold
from checker.night.outbox import DeliveryError, deliver, waiting
from checker.night.run import Channel, Offer
from checker.night.schema import schemas
from checker.night.schema_parts import write
from tests.night.place import Place, Shelf, files_of, morning

FIRST, SECOND, THIRD = "2024-05-15", "2024-05-16", "2024-05-17"
ARMS = "North Korea shipped artillery shells to Russia on 10 May 2024, the White House said."
ARTICLES: dict[str, list[dict[str, str]]] = {
    FIRST: [
        {"id": "a1", "outlet": "Wire", "text": ARMS, "url": "https://wire.example/1", "lang": "en", "published": "2024-05-14"},
        {"id": "a2", "outlet": "Copy", "text": ARMS, "url": "https://copy.example/1", "lang": "en", "published": "2024-05-15"},
        {"id": "a3", "outlet": "Sport", "text": "Exland beat Beland in the final.", "url": "https://sport.example/1", "lang": "en",
         "published": "2024-05-15"},
    ],
    SECOND: [
        {"id": "b1", "outlet": "Post", "lang": "en", "published": "2024-05-16",
         "text": "North Korea has shipped shells to Russia, a UN panel of experts reported. Pyongyang denied it.", "url": "https://post.example/2"},
        {"id": "b2", "outlet": "Post", "text": "Iran supplied rifles to the Houthis in May 2024, a UN panel of experts reported.",
         "url": "https://post.example/3", "lang": "en", "published": "2024-05-16"},
    ],
}


@pytest.fixture
def place(hasty: None, store: Store, tmp_path: Path, judge: Judge, extractor: FrameExtractor, settings: CaseSettings) -> Place:
    return Place(store, tmp_path / "out", judge, extractor, settings, [Shelf("wire", ARTICLES)])


def test_three_nights(place: Place) -> None:
    first = place.run(FIRST)
    assert (first.state, first.exit_code, first.queued) == ("complete", 0, 1)
    assert first.line == "1 new, 0 changed, 0 withdrawn · complete · 2024-05-15"
    told = place.report(FIRST)
    assert told["first"]
    assert told["funnel"] == {"documents": 3, "read": 2, "events": 1, "spoken_of": 1, "flagged": 1, "new": 1}
    assert [(c["op"], c["causes"]) for c in told["changes"]] == [("ADD", ["late-data"])]
    assert os.readlink(place.out / "latest") == f"{FIRST}/1"

    place.run(SECOND)
    told = place.report(SECOND)
    assert sorted((c["op"], tuple(c["causes"])) for c in told["changes"]) == [("ADD", ("event",)), ("MOD", ("reply", "new-source"))]
    assert not told["first"]
    assert os.readlink(place.out / "latest") == f"{SECOND}/1"
    assert [bar["new"] for bar in told["nights"][-2:]] == [1, 1]

    quiet = place.run(THIRD)
    assert quiet.line == "0 new, 0 changed, 0 withdrawn · complete · 2024-05-17"
    assert place.report(THIRD)["sources"][0]["read"] == 5
    assert len(list(place.letters.iterdir())) == 3


def test_a_rerun_leaves_the_same_and_says_nothing_twice(place: Place) -> None:
    for night in (FIRST, SECOND, THIRD):
        place.run(night)
    before, heard = files_of(place.out), list(place.heard)
    again = [place.run(night, at=morning(THIRD).replace(hour=9)) for night in (THIRD, FIRST, SECOND)]
    assert [one.queued for one in again] == [0, 0, 0]
    assert files_of(place.out) == before
    assert place.heard == heard
    assert {one.state for one in again} == {"complete"}


def test_a_source_that_fails_makes_the_night_partial_and_is_a_gap_until_it_is_read(place: Place) -> None:
    place.sources = [Shelf("wire", ARTICLES), Shelf("feed", {FIRST: ARTICLES[SECOND]}, failed=(FIRST,))]
    partial = place.run(FIRST)
    assert (partial.state, partial.exit_code) == ("partial", 4)
    assert partial.line == "1 new, 0 changed, 0 withdrawn · partial: 1 of 2 sources failed · 2024-05-15"
    assert place.report(FIRST)["gaps"] == [{"night": FIRST, "source": "feed", "state": "failed", "filled": ""}]
    assert "the server does not answer" in (place.letters / next(iter(os.listdir(place.letters)))).read_text()
    assert place.run(SECOND).state == "complete"
    assert place.report(SECOND)["gaps"] == [{"night": FIRST, "source": "feed", "state": "failed", "filled": SECOND}]
    before = files_of(place.out)
    place.run(FIRST)
    assert files_of(place.out) == before  # what was found out later changes no report of an earlier night


def test_a_night_that_nobody_ran_is_a_gap(place: Place) -> None:
    place.run(FIRST)
    place.run(THIRD)
    assert place.report(THIRD)["gaps"] == [{"night": SECOND, "source": "", "state": "", "filled": THIRD}]


class PowerCut(Exception):
    """The power failed."""


@dataclass(frozen=True)
class Cut(Shelf):
    """A source at which the power fails."""

    def offer(self, night: str, now: dt.datetime) -> Offer:
        raise PowerCut


@pytest.mark.parametrize(("required", "state"), [(False, "partial"), (True, "failed")], ids=["not required", "required"])
def test_what_was_not_read_before_a_night_was_broken_off_is_a_gap_of_it(place: Place, required: bool, state: str) -> None:
    place.sources = [Shelf("wire", {FIRST: ARTICLES[FIRST]}), Cut("feed", {}, required=required)]
    with pytest.raises(PowerCut):
        place.run(FIRST)
    place.sources = [place.sources[0], Shelf("feed", {FIRST: ARTICLES[SECOND]}, required=required)]
    place.run(SECOND)
    with place.store.begin() as connection:
        assert ledger.states(connection, SECOND) == {FIRST: state}
    assert place.report(SECOND)["gaps"] == [{"night": FIRST, "source": "feed", "state": "failed", "filled": SECOND}]
    assert place.report(SECOND)["funnel"]["documents"] == (5 if required else 2)  # what was read on the failed night is taken over
    if not required:
        assert place.report(FIRST)["gaps"] == [{"night": FIRST, "source": "feed", "state": "failed", "filled": ""}]
        assert [(s["name"], s["state"]) for s in place.report(FIRST)["sources"]] == [("feed", "failed"), ("wire", "ok")]


def test_a_night_that_nobody_ran_cannot_be_run_later(place: Place) -> None:
    place.run(FIRST)
    place.run(THIRD)
    before = files_of(place.out)
    with pytest.raises(UsageError, match=f"the night {SECOND} was not run while it lasted, or failed, and {THIRD} was begun"):
        place.run(SECOND)
    place.run(THIRD)
    assert files_of(place.out) == before


def test_a_failed_night_that_fails_again_leaves_the_same(place: Place) -> None:
    place.run(FIRST)
    place.sources = [Shelf("wire", ARTICLES, failed=(SECOND,))]
    assert place.run(SECOND).state == "failed"
    before = files_of(place.out)
    assert place.run(SECOND).folder.name == "1"
    assert files_of(place.out) == before
    place.run(THIRD)
    with pytest.raises(UsageError, match="or failed"):  # the next night took over what was read
        place.run(SECOND)


def test_a_night_whose_texts_were_let_go_of_leaves_the_same_when_it_is_run_again(place: Place) -> None:
    other = {"id": "a9", "outlet": "Post", "text": "Norway exported fish to Japan in May 2024, Tokyo said.", "url": "https://post.example/9",
             "lang": "en", "published": FIRST}
    place.sources = [Shelf("wire", {FIRST: [*ARTICLES[FIRST], other], SECOND: ARTICLES[SECOND]})]
    for night in (FIRST, SECOND, "2024-05-23", "2024-05-24"):
        place.run(night, keep_nights=1)
    with place.store.begin() as connection:
        texts = connection.execute(select(tables.document.c.outlet).where(tables.document.c.text == "")).scalars().all()
        events = connection.execute(select(func.count()).select_from(tables.event)).scalar()
    assert set(texts) == {"Sport", "Post"}
    before = files_of(place.out)
    place.run(FIRST, keep_nights=1)
    assert files_of(place.out) == before
    with place.store.begin() as connection:
        assert connection.execute(select(func.count()).select_from(tables.event)).scalar() == events


def test_a_failed_night_leaves_what_tells_why_and_the_next_takes_over(place: Place) -> None:
    place.run(FIRST)
    place.sources = [Shelf("wire", ARTICLES), Shelf("vital", {}, failed=(SECOND,), required=True)]
    failed = place.run(SECOND)
    assert (failed.state, failed.exit_code, failed.queued) == ("failed", 4, 0)
    assert sorted(p.name for p in failed.folder.iterdir()) == ["quality.json", "run.json"]
    assert os.readlink(place.out / "latest") == f"{FIRST}/1"
    place.run(THIRD)
    told = place.report(THIRD)
    assert {c["op"] for c in told["changes"]} == {"ADD", "MOD"}
    assert told["funnel"]["documents"] == 2


def test_messages_wait_where_they_cannot_be_sent(place: Place) -> None:
    down = True

    def send(letter: Any) -> None:
        if down:
            raise DeliveryError("refused")
        arrived.append(letter.key)

    arrived: list[str] = []
    channel = Channel("desk", send, always=False)
    result = place.run(FIRST, channels=[channel])
    assert result.exit_code == 5
    assert [one.error for one in result.unsent] == ["refused"]
    assert place.run(FIRST, channels=[channel]).queued == 0
    with place.store.begin() as connection:
        assert [(letter.night, attempts) for letter, attempts, _ in waiting(connection)] == [(FIRST, 1)]  # it is not due yet
    down = False
    assert deliver(place.store, {"desk": send}, morning(SECOND))[0].error == ""
    assert len(arrived) == 1
    assert deliver(place.store, {"desk": send}, morning(SECOND)) == []


def test_a_quiet_channel_hears_every_week_that_nothing_happened(place: Place) -> None:
    heard: list[str] = []
    channel = Channel("desk", lambda letter: heard.append(letter.night), always=False)
    nights = [f"2024-05-{day}" for day in range(15, 31)]
    for night in nights:
        place.run(night, channels=[channel])
    assert heard == [FIRST, SECOND, "2024-05-23", "2024-05-30"]


def test_no_send(place: Place) -> None:
    assert place.run(FIRST, send=False).queued == 1
    assert not place.letters.exists()


@pytest.mark.parametrize("number", [28, 30], ids=["disk full", "read only"])
def test_files_that_cannot_be_written_lose_nothing(place: Place, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    real = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(number, os.strerror(number), str(self))

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OutputError, match="kept in the store") as caught:
        place.run(FIRST)
    assert caught.value.exit_code == 75
    assert not (place.out / "latest").exists()
    monkeypatch.setattr(Path, "rename", real)
    assert place.run(FIRST).number == 1
    assert len(place.report(FIRST)["changes"]) == 1


def test_two_at_once(tmp_path: Path) -> None:
    with hold(tmp_path / "night.lock", "2024-05-15T01:00:00"):
        code = "import sys; from pathlib import Path; from checker.night.lock import hold\nwith hold(Path(sys.argv[1]), 'now'): pass"
        done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "night.lock")], capture_output=True, text=True, check=False)
        assert f"process {os.getpid()}, started 2024-05-15T01:00:00 holds" in done.stderr
        assert StoreBusy.exit_code == 75
        assert "StoreBusy" in done.stderr


class Runner:
    """A process that runs nights in processes of their own, and kills them when told so."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-m", "tests.night.place"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         text=True, cwd=Path(__file__).parents[2])

    def run(self, folder: Path, night: str, kill: int = 0) -> tuple[int, int]:
        """The exit code, and how many statements and changes were made."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([str(folder), night, kill]), file=self._process.stdin, flush=True)
        code, steps = json.loads(self._process.stdout.readline())
        return code, steps

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=60)


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    found = Runner()
    yield found
    found.close()


def prepared(folder: Path, store: str = "") -> Path:
    """A folder for a place of nights with two sources."""
    folder.mkdir(exist_ok=True)
    if store:
        (folder / "store").write_text(store)
    (folder / "sources.json").write_text(json.dumps([{"name": "wire", "articles": ARTICLES}, {"name": "other", "articles": {
        SECOND: [{"id": "c", "outlet": "News", "text": "Russia sold diesel to North Korea in May 2024, Exland said.", "lang": "en",
                  "published": "2024-05-16"}]}}]))
    return folder


def left(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in files_of(folder).items() if name.startswith(("out", "letters"))}


def test_killed_at_any_moment_and_run_again(runner: Runner, address: str, tmp_path: Path) -> None:
    """Before statements of the store and changes of the file system, each time a little later, the first and the second night."""
    whole = prepared(tmp_path / "whole")
    counts = {night: runner.run(whole, night)[1] for night in (FIRST, SECOND)}
    disturbed = prepared(tmp_path / "disturbed", address)
    for night, steps in counts.items():
        for kill in range(1, steps + 1, 24):
            code, _ = runner.run(disturbed, night, kill)
            assert code in (-9, 0), (night, kill)
            if code == 0:
                break  # so much was done before that nothing is left to be killed in
        assert runner.run(disturbed, night)[0] == 0
    assert left(disturbed) == left(whole)


def test_killed_once_anywhere(runner: Runner, tmp_path: Path) -> None:
    """As before, but each time from the state that the first night left, and then not killed again."""
    whole = prepared(tmp_path / "whole")
    runner.run(whole, FIRST)
    first = prepared(tmp_path / "first")
    shutil.copytree(whole, first, symlinks=True, dirs_exist_ok=True)
    steps = runner.run(whole, SECOND)[1]
    for kill in range(2, steps + 1, 53):
        folder = tmp_path / f"killed-{kill}"
        shutil.copytree(first, folder, symlinks=True)
        assert runner.run(folder, SECOND, kill)[0] == -9
        assert runner.run(folder, SECOND)[0] == 0
        assert left(folder) == left(whole), kill
        shutil.rmtree(folder)


def test_what_a_night_writes_keeps_to_the_published_schemas(place: Place) -> None:
    place.sources = [Shelf("wire", ARTICLES), Shelf("feed", {}, failed=(SECOND,))]
    place.run(FIRST)
    folder = place.run(SECOND).folder
    known = {path.name.removesuffix(".schema.json"): json.loads(path.read_text()) for path in (rules_dir() / "schema").glob("*.json")}
    for file, name in (("report.json", "nightly"), ("quality.json", "quality"), ("run.json", "night-run")):
        jsonschema.validate(json.loads((folder / file).read_text()), known[name], jsonschema.Draft202012Validator)
    lines = (folder / "delta.jsonl").read_text().splitlines()
    for line in lines:
        jsonschema.validate(json.loads(line), known["delta"], jsonschema.Draft202012Validator)
    assert len(lines) == 2
    report = json.loads((folder / "report.json").read_text())
    assert json.loads(json.dumps(Nightly.from_wire(report).to_wire())) == report
    files = json.loads((folder / "run.json").read_text())["files"]
    assert files == {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*")
                     if p.is_file() and p.name != "run.json"}


def test_the_committed_schemas_are_the_generated_ones(tmp_path: Path) -> None:
    for path in write(schemas(), tmp_path):
        assert (rules_dir() / "schema" / path.name).read_text() == path.read_text(), "run: python -m checker.night.schema"
