"""Watching rule files: what was saved is looked at again, and nothing a person does to a file stops it."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pytest

from checker.proof.watching import FileReport, Watcher

GOOD = """\
rule: xa-coal
title: Exland may not export coal
summary: Flags coal sold or shipped out of Exland.
kind: prohibition
regime: un-1718
severity: high
status: draft
owner: training
reviewed: {by: desk, date: 2026-11-22, again_by: 2027-11-22}
in_force:
  - from: 2020-01-01
    authority: Training resolution para 1
    force: decides
    says: no coal may leave Exland
    link: https://undocs.org/
    verified: {paragraph: no, dates: no, scope: no, source: https://example.org/, date: 2026-11-22}
bound: [XA, all_states]
breach_by: [supplier]
flag_when: {act: transfer, goods: coal, supplier: XA}
examples:
  - {name: a cargo, event: {act: sale, goods: coal, supplier: XA, date: 2021-05-03}, expect: reported violation}
  - {name: ore, but: {goods: iron_ore}, expect: clear}
"""
DAY = dt.date(2026, 11, 25).toordinal()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    write(tmp_path / "own" / "xa-coal.yaml", GOOD)
    return tmp_path / "own"


@pytest.fixture
def watcher(folder: Path) -> Watcher:
    found = Watcher((folder,), DAY)
    found.start()
    return found


def write(path: Path, text: str | bytes) -> None:
    """As editors do it: a new file put in the place of the old one. The clock of the disk may be coarse, so the time is moved on."""
    later = (path.stat().st_mtime_ns if path.exists() else time.time_ns()) + 1_000_000
    new = path.with_name(f".{path.name}.swp")
    new.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(new, ns=(later, later))
    new.replace(path)


def one(watcher: Watcher) -> FileReport:
    (report,) = watcher.poll()
    return report


def test_the_start_tells_what_is_plainly_wrong(folder: Path) -> None:
    write(folder / "xa-broken.yaml", "rule: xa-broken\ntitel: x\n")
    write(folder / "xa-wrong.yaml", GOOD.replace("xa-coal", "xa-wrong").replace("expect: clear", "expect: violation"))
    reports = {report.path.rpartition("/")[2]: report for report in Watcher((folder,), DAY).start()}
    assert reports["xa-coal.yaml"].ok
    assert [p.code for p in reports["xa-broken.yaml"].problems][:1] == ["missing-key"]
    assert [r.example.name for r in reports["xa-wrong.yaml"].failed] == ["ore"]


def test_nothing_is_done_while_nothing_is_saved(watcher: Watcher) -> None:
    assert watcher.poll() == ()


def test_a_saved_file_is_read_linted_tested_and_covered(watcher: Watcher, folder: Path) -> None:
    write(folder / "xa-coal.yaml", GOOD.replace("expect: clear", "expect: violation"))
    report = one(watcher)
    assert (report.ok, [r.example.name for r in report.failed], report.coverage) == (False, ["ore"], None)
    write(folder / "xa-coal.yaml", GOOD)
    report = one(watcher)
    assert report.ok
    assert report.examples == 2
    assert report.coverage is not None
    assert any("supplier" in missing.says for missing in report.coverage.missing)
    assert any(problem.code.startswith("R1") for problem in report.problems)


@pytest.mark.parametrize("broken", ["", "rule: [", "\0\1\2", b"\xff\xfe\x00", "- a\n- b\n", "rule: xa-coal\n",
                                    GOOD.replace("coal,", "coall,"),
                                    "x: " + "{" * 5000, GOOD[:400]])
def test_a_broken_file_is_told_and_the_next_save_mends_it(watcher: Watcher, folder: Path, broken: str | bytes) -> None:
    write(folder / "xa-coal.yaml", broken)
    report = one(watcher)
    assert not report.ok
    assert report.problems
    write(folder / "xa-coal.yaml", GOOD)
    assert one(watcher).ok


def test_a_deleted_file_is_gone_and_a_renamed_one_is_new(watcher: Watcher, folder: Path) -> None:
    (folder / "xa-coal.yaml").rename(folder / "xa-ore.yaml")
    gone, new = watcher.poll()
    assert gone.gone
    assert "stands in the file 'xa-ore.yaml'" in new.problems[0].message
    write(folder / "xa-ore.yaml", GOOD.replace("rule: xa-coal", "rule: xa-ore"))
    assert one(watcher).ok
    (folder / "xa-ore.yaml").unlink()
    assert one(watcher).gone
    assert watcher.poll() == ()
    write(folder / "xa-coal.yaml", GOOD)
    assert one(watcher).ok


def test_other_rules_stay_as_they_are(watcher: Watcher, folder: Path) -> None:
    others = [rule for rule in watcher.base.rules if rule.id != "xa-coal"]
    write(folder / "xa-coal.yaml", GOOD + "\n")
    watcher.poll()
    assert len(others) > 5
    assert all(watcher.base.get(rule.id) is rule for rule in others)


def test_two_files_of_one_id_are_told(watcher: Watcher, folder: Path) -> None:
    (folder / "deep").mkdir()
    write(folder / "deep" / "xa-coal.yaml", GOOD)
    report = one(watcher)
    assert [p.code for p in report.problems] == ["duplicate-rule"]


def test_one_file_can_be_watched_alone(folder: Path) -> None:
    watcher = Watcher((folder / "xa-coal.yaml",), DAY)
    watcher.start()
    write(folder / "xa-other.yaml", GOOD.replace("xa-coal", "xa-other"))
    assert watcher.poll() == ()
    (folder / "xa-coal.yaml").unlink()
    assert one(watcher).gone


def test_a_save_is_answered_within_a_second(watcher: Watcher, folder: Path) -> None:
    write(folder / "xa-coal.yaml", GOOD + "# more\n")
    assert one(watcher).seconds < 1
