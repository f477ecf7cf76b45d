"""Lists of the user's own in nights: what the settings check, and what the page of a case shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.cli.main import main

SETTINGS = """\
[state]
store = "var/store.db"
out = "out"
lock = "var/lock"
cache = "var/cache"

[run]
lists = "none"
own_lists = ["lists/desk.yaml", "lists/watch.csv"]
catalogue = false

[[sources]]
name = "desk"
kind = "folder"
path = "articles"
"""
DESK = """list: "Desk <script>alert(1)</script>"
entries:
  - {id: D-1, name: Brass Lantern Trading, kind: company, note: "<img src=x onerror=alert(1)>"}
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("SANCTIONS_CONFIG", "SANCTIONS_STORE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "sanctions.toml").write_text(SETTINGS)
    for name in ("articles", "lists"):
        (tmp_path / name).mkdir()
    (tmp_path / "articles" / "a.txt").write_text(
        "North Korea shipped artillery shells to Brass Lantern Trading on 10 May 2024, the White House said.")
    (tmp_path / "lists" / "desk.yaml").write_text(DESK)
    (tmp_path / "lists" / "watch.csv").write_text("id,name,kind\nW-1,Tin Lantern,company\nW-2,Nobody,compny\n")
    return tmp_path


def test_the_page_of_a_case_shows_leads_and_they_are_inert(desk: Path) -> None:
    assert main(["night"]) == 0
    (page,) = (desk / "out" / "latest" / "cases").glob("C-*.html")
    text = page.read_text(encoding="utf-8")
    assert "On your own lists" in text
    assert "the recipient is Brass Lantern Trading, entry D-1" in text
    assert "&lt;script&gt;alert(1)" in text
    assert "<img" not in text
    assert "<script>alert" not in text


def test_a_night_shows_leads_also_on_what_nothing_flags(desk: Path) -> None:
    (desk / "articles" / "b.txt").write_text("Brass Lantern Trading sold machine tools to Beland on 3 May 2024.")
    assert main(["night"]) == 0
    told = json.loads((desk / "out" / "latest" / "report.json").read_text(encoding="utf-8"))["leads"]
    assert [(lead["flagged"], len(lead["leads"])) for lead in told] == [(True, 1), (False, 1)]
    assert "the supplier is Brass Lantern Trading, entry D-1" in told[1]["leads"][0]
    page = (desk / "out" / "latest" / "index.html").read_text(encoding="utf-8")
    part = page.split('id="leads"')[1].split("</section>")[0]
    assert part.count("entry D-1") == 2
    assert "not flagged" in part
    assert "<img" not in page
    assert "<script>alert" not in page


def test_what_is_wrong_in_a_list_is_told_by_the_check_and_stops_no_night(desk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "check"]) == 0
    told = capfd.readouterr()
    assert "watch.csv:3:12: warning[unknown-term]: `compny` is no kind of party; the entry was left out" in told.out + told.err
    (desk / "lists" / "watch.csv").write_text("id,name\n")
    assert main(["config", "check"]) != 0
    told = capfd.readouterr()
    assert "error[missing-key]: the column `kind` is missing" in told.out + told.err
    assert main(["night"]) == 2
    assert "sanctions lists show --lists" in capfd.readouterr().err
    (desk / "lists" / "watch.csv").unlink()
    assert main(["config", "check"]) != 0
    told = capfd.readouterr()
    assert "sanctions.toml:9:33: error[unreachable]: there is no file" in told.out + told.err
