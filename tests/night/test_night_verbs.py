"""The verbs of nights as an operator uses them: settings, a folder of articles, and what the shell sees."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import select

from checker.cases import tables
from checker.cases.store import Store
from checker.cli.main import main
from checker.night.site import Maker
from tests.formats import keeping_to_its_schema
from tests.night.place import files_of

SETTINGS = """\
[state]
store = "var/store.db"
out = "out"
lock = "var/lock"
cache = "var/cache"
metrics = "var/measures.prom"

[run]
lists = "none"
catalogue = false

[[sources]]
name = "desk"
kind = "folder"
path = "articles"

[[channels]]
name = "box"
kind = "file"
path = "box"
on = "always"
link = "https://reports.example/{night}/"
"""
ARMS = "North Korea shipped artillery shells to Russia on 10 May 2024, the White House said."
TODAY = dt.datetime.now(dt.UTC).date()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with settings and one article, in which the verbs are run."""
    monkeypatch.chdir(tmp_path)
    for name in ("SANCTIONS_CONFIG", "SANCTIONS_STORE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "sanctions.toml").write_text(SETTINGS)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(ARMS)
    return tmp_path


def test_a_night_and_what_there_is_to_look_at(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 3
    assert "there is no store" in capfd.readouterr().err
    assert main(["night"]) == 0
    out, err = capfd.readouterr()
    assert out == f"1 new, 0 changed, 0 withdrawn · complete · {TODAY}\n"
    assert err == f"files: out/{TODAY}/1\n"
    assert sorted(p.name for p in (desk / "out" / "latest").iterdir()) == [
        "cases", "delta.jsonl", "digest.html", "digest.txt", "findings.csv", "index.html", "quality.json", "report.json", "run.json"]
    letter, = (desk / "box").iterdir()
    assert f"The whole report: https://reports.example/{TODAY}/" in letter.read_text()
    measures = (desk / "var" / "measures.prom").read_text()
    assert re.search(r"^sanctions_night_complete 1\.0$", measures, re.M)
    assert measures.index("sanctions_night_last_success_timestamp_seconds") < measures.index("sanctions_cases")

    assert main(["status"]) == 0
    assert capfd.readouterr().out.splitlines() == [
        f"last night: {TODAY}, run 1, complete. Every source was read.", "gaps: 0 open, 0 filled", "messages: 0 wait",
        "store: 1 document, 1 case"]
    assert main(["report"]) == 0
    assert "North Korea is alleged to have shipped artillery shells to Russia" in capfd.readouterr().out
    assert main(["report", "--json"]) == 0
    assert keeping_to_its_schema(capfd.readouterr().out)["night"] == str(TODAY)
    assert main(["status", "--json"]) == 0
    assert keeping_to_its_schema(capfd.readouterr().out)["ok"]
    assert main(["cases", "show", f"C-{TODAY.year}-000001", "--json"]) == 0
    assert keeping_to_its_schema(capfd.readouterr().out)["case"]["sources"][0]["document"]
    assert main(["gaps", "list"]) == 0
    assert capfd.readouterr().out == "there are no gaps\n"

    before = files_of(desk / "out")
    assert main(["night"]) == 0
    assert files_of(desk / "out") == before
    assert len(list((desk / "box").iterdir())) == 1


def test_files_that_were_lost_are_written_again(desk: Path) -> None:
    main(["night"])
    before = files_of(desk / "out")
    (desk / "out" / str(TODAY) / "1" / "report.json").write_text("{}")
    assert main(["night"]) == 0
    assert files_of(desk / "out") == before


def test_missed_nights_are_named_and_made_up_for(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    earlier = TODAY - dt.timedelta(days=3)
    assert main(["night", "--night", str(earlier)]) == 0
    assert main(["status"]) == 4
    assert "late: 2 nights since then were not run" in capfd.readouterr().out
    assert main(["gaps", "fill"]) == 0
    assert "2 filled, 0 open" in capfd.readouterr().out
    assert main(["gaps", "list"]) == 0
    assert capfd.readouterr().out == "".join(
        f"{TODAY - dt.timedelta(days=d)}  no run  filled on {TODAY}\n" for d in (2, 1))
    assert main(["gaps", "list", "--json"]) == 0
    assert [gap["filled"] for gap in keeping_to_its_schema(capfd.readouterr().out)["gaps"]] == [str(TODAY)] * 2
    assert main(["status"]) == 0


def test_a_source_that_is_not_there(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with (desk / "sanctions.toml").open("a") as file:
        file.write('[[sources]]\nname = "gone"\nkind = "folder"\npath = "nowhere"\n')
    assert main(["night"]) == 4
    out, err = capfd.readouterr()
    assert "partial: 1 of 2 sources failed" in out
    assert re.search(r"level=warning event=fetch source=gone state=failed .*there is no", err)


def test_settings_as_json(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "show", "--json"]) == 0
    rows = {row["key"]: row["value"] for row in keeping_to_its_schema(capfd.readouterr().out)["settings"]}
    assert (rows["run.catalogue"], rows["sources.desk.kind"], rows["run.rules"]) == (False, "folder", [])
    (desk / "sanctions.toml").write_text(SETTINGS + "on = 7\n")
    assert main(["config", "check", "--json"]) == 1
    assert not keeping_to_its_schema(capfd.readouterr().out)["ok"]


def test_two_nights_at_once(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (desk / "var").mkdir()
    code = ("import sys, time; from pathlib import Path; from checker.night.lock import hold\n"
            "with hold(Path('var/lock'), 'just now'): print('held', flush=True); sys.stdin.read()")
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=desk) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert main(["night"]) == 75
        assert f"process {other.pid}, started just now" in capfd.readouterr().err
        other.kill()
    assert main(["night"]) == 0  # the lock of a process that was killed is free at once


def test_output_that_cannot_be_written(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (desk / "out").write_text("in the way")
    assert main(["night"]) == 75
    assert "kept in the store" in capfd.readouterr().err
    assert main(["status"]) == 4
    assert "broken off" in capfd.readouterr().out
    (desk / "out").unlink()
    assert main(["night", "--resume"]) == 0
    assert main(["night", "--resume"]) == 0
    assert "no night was broken off" in capfd.readouterr().err
    assert (desk / "out" / "latest" / "report.json").is_file()


CLOCK = (("2024-03-30T23:59:59", "a"), ("2024-03-31T01:30:00", "b"), ("2024-10-26T22:30:00", "c"), ("2024-10-27T00:30:00", "d"),
         ("2024-10-27T01:30:00", ""), ("2024-10-27T00:10:00", "e"), ("2024-10-28T03:30:00", "f"))
"""Moments (UTC) at which a night is run, and the article that came in before: in Europe clocks are changed in those two nights, and the
last hour of one is the first of the next day; in America it is still the day before. Half past two comes twice; the last but one run has
a clock that was put back."""


def test_nights_are_days_of_utc_whatever_the_clock_on_the_wall_says(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Maker, "site", cache(Maker.site))  # rules and languages are read once
    left = []
    for zone in ("Europe/Berlin", "America/New_York"):
        folder = desk / zone.replace("/", "-")
        (folder / "articles").mkdir(parents=True)
        (folder / "sanctions.toml").write_text(SETTINGS)
        monkeypatch.chdir(folder)
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        for moment, article in CLOCK:
            if article:
                (folder / "articles" / f"{article}.txt").write_text(f"Exland beat Beland in match {article}.")
            asked = iter([dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)])
            monkeypatch.setattr("checker.cli.night.now", lambda asked=asked: next(asked))  # who asks twice may see another day
            assert main(["night"]) == 0
        left.append({name: data for name, data in files_of(folder).items() if name.startswith("out")})
        store = Store("var/store.db")
        with store.begin() as connection:
            rows = connection.execute(select(tables.document.c.night, tables.document.c.address)).all()
        store.close()
        assert {address.rpartition(":")[2][0]: night for night, address in rows} == {
            article: moment[:10] for moment, article in CLOCK if article}
    monkeypatch.undo()
    time.tzset()
    assert left[0] == left[1]
    assert {name.split("/")[1] for name in left[0] if "/2024-" in name} == {moment[:10] for moment, _ in CLOCK}


def test_rules_that_do_not_load(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (desk / "rules").mkdir()
    (desk / "rules" / "mine.yaml").write_text("rule: [")
    (desk / "sanctions.toml").write_text(SETTINGS.replace('lists = "none"', 'lists = "none"\nrules = ["rules"]'))
    assert main(["night"]) == 3
    assert "mine.yaml:1" in capfd.readouterr().err
    assert sorted(p.name for p in (desk / "out" / str(TODAY) / "1").iterdir()) == ["quality.json", "run.json"]
    assert not (desk / "out" / "latest").exists()
    (desk / "sanctions.toml").write_text(SETTINGS)
    assert main(["night"]) == 0
    assert "1 new" in capfd.readouterr().out


def test_messages_wait_and_are_sent_later(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["night", "--no-send"]) == 0
    assert not (desk / "box").exists()
    assert main(["send", "--dry-run"]) == 0
    assert "to box: 1 new" in capfd.readouterr().out
    assert not (desk / "box").exists()
    (desk / "box").write_text("in the way")
    assert main(["send"]) == 5
    assert "not sent" in capfd.readouterr().out
    assert main(["status", "--json"]) == 5
    [told] = keeping_to_its_schema(capfd.readouterr().out)["waiting"]
    assert (told["channel"], told["attempts"]) == ("box", 1)
    (desk / "box").unlink()
    assert main(["send"]) == 0
    assert capfd.readouterr().out.endswith("nothing is due\n")
    assert main(["send", "--now"]) == 0
    assert len(list((desk / "box").iterdir())) == 1


@pytest.mark.parametrize(("arguments", "told"), [
    (["night", "--night", "21.11.2026"], "is not a night: write 2026-11-21"),
    (["report", "2001-01-01"], "there is no report of 2001-01-01"),
    (["night", "--config", "none.toml"], "none.toml"),
], ids=["a night in other words", "no such report", "no such settings"])
def test_mistakes(desk: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    assert desk.is_dir()
    assert main(arguments) == 2
    assert told in capfd.readouterr().err


def test_settings_without_sources(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (desk / "sanctions.toml").write_text(SETTINGS.partition("[[sources]]")[0])
    assert main(["night"]) == 2
    assert "no sources are named" in capfd.readouterr().err
