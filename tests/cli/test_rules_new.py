"""``sanctions rules new``: six answers become a rule that loads, tests green and says what nobody has checked."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from checker.rulebase.loader import require_rulebase

from .authoring import Terminal, write_rule
from .conftest import Sanctions

DUTY = """\
title: Exland's workers go home
regime: un-1718
kind: duty
due: 2022-03-01
met_by: repatriation
act: employment
sides: {person_nationality: Exland}
breach_by: host_state
since: 2020-01-01
authority: UNSCR 2397 (2017) para 8
event: {act: employment, person_nationality: XA, host_state: XB, date: 2023-01-01, report: confirmed}
"""


@pytest.fixture
def answers(sanctions: Sanctions, tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(sanctions("rules", "new", "--template").out, encoding="utf-8")
    return path


def test_the_template_makes_a_rule_that_passes_its_examples(sanctions: Sanctions, answers: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    done = sanctions("rules", "new", "--answers", answers, "--rules", folder)
    assert done.code == 0, done.err
    assert "a draft with 6 examples" in done.out
    rule = require_rulebase([folder]).get("xa-coal-export")
    flagged = "reported violation"
    assert [e.expect.label for e in rule.examples] == [flagged, "clear", "clear", "clear", "not in force", flagged]
    assert (rule.status, rule.periods[0].verified.whole, rule.periods[0].verified.paragraph) == ("draft", False, False)
    assert rule.reviewed.date == rule.periods[0].verified.date == dt.date.today().isoformat()
    text = (folder / "xa-coal-export.yaml").read_text(encoding="utf-8")
    assert text.startswith("# $schema: ")
    assert Path(text.splitlines()[0].removeprefix("# $schema: ")).is_file()
    assert "# Nobody has compared this with the source yet." in text
    assert sanctions("rules", "test", "xa-coal-export", "--rules", folder).code == 0


def test_a_duty_has_its_last_day_in_time(sanctions: Sanctions, tmp_path: Path) -> None:
    (tmp_path / "duty.yaml").write_text(DUTY, encoding="utf-8")
    done = sanctions("rules", "new", "xa-duty", "--answers", tmp_path / "duty.yaml", "--rules", tmp_path / "own")
    assert done.code == 0, done.err
    rule = require_rulebase([tmp_path / "own"]).get("xa-duty")
    labels = {e.name: e.expect.label for e in rule.examples}
    assert (labels["the last day in time"], labels["one day late"], labels["the duty was done"]) == ("pending", "violation", "met")
    assert rule.periods[0].link == "https://undocs.org/S/RES/2397(2017)"


def test_a_rule_that_does_not_flag_its_event_says_so(sanctions: Sanctions, answers: Path, tmp_path: Path) -> None:
    answers.write_text(answers.read_text().replace("{act: shipment, goods: coal, supplier: XA, recipient: XB",
                                                   "{act: shipment, goods: iron_ore, supplier: XA, recipient: XB"), encoding="utf-8")
    done = sanctions("rules", "new", "--answers", answers, "--rules", tmp_path / "own")
    assert done.code == 1
    assert "✗ reported violation: a cargo of coal goes abroad" in done.out
    assert "goods must be coal; the event says iron ore: this fails" in done.err
    assert sanctions("rules", "test", "xa-coal-export", "--rules", tmp_path / "own").code == 1


WRONG = {
    "goods: coal ": ("goods: coall ", "did you mean coal?"),
    "sides: {supplier: XA}": ("sides: {suplier: XA}", "did you mean supplier?"),
    "since: 2020-01-01": ("since: soon", "must be a calendar day"),
    "regime: un-1718": ("regime: un-1719", "did you mean un-1718?"),
    "link: https://example.org/": ("", "add `link: https://...`"),
    "id: xa-coal-export": ("id: Coal Export", "use small letters"),
    "event: {act: shipment, goods: coal": ("event: {act: shipment, goods: coall", "did you mean `coal`?"),
    "event: {act: shipment,": ("event: {act: shipment, colour: red,", "`colour` is no fact"),
    "act: transfer ": ("act: {not: transfer} ", "write one word, or a list of words"),
    "title: Exland may not export coal": ("", "the file of answers has no `title` line"),
}


@pytest.mark.parametrize("before", WRONG)
def test_wrong_answers_are_told_and_nothing_is_written(sanctions: Sanctions, answers: Path, tmp_path: Path, before: str) -> None:
    after, says = WRONG[before]
    text = answers.read_text()
    assert before in text
    answers.write_text(text.replace(before, after, 1), encoding="utf-8")
    done = sanctions("rules", "new", "--answers", answers, "--rules", tmp_path / "own")
    assert done.code == 2
    assert says in done.err
    assert not (tmp_path / "own").exists()


def test_a_rule_that_is_there_is_not_written_over(sanctions: Sanctions, answers: Path, tmp_path: Path) -> None:
    path = write_rule(tmp_path / "own")
    before = path.read_text()
    done = sanctions("rules", "new", "--answers", answers, "--rules", tmp_path / "own")
    assert (done.code, path.read_text()) == (2, before)
    assert "exists already" in done.err
    done = sanctions("rules", "new", "dprk-arms-export", "--answers", answers, "--rules", tmp_path / "own")
    assert done.code == 2
    assert "there is a rule dprk-arms-export already" in done.err
    assert os.listdir(tmp_path / "own") == ["xa-coal-export.yaml"]


def test_without_a_terminal_answers_must_be_given(sanctions: Sanctions, tmp_path: Path) -> None:
    done = sanctions("rules", "new", "xa-a", "--rules", tmp_path / "own")
    assert done.code == 2
    assert "--answers FILE" in done.err


def test_a_person_answers_six_questions(tmp_path: Path) -> None:
    terminal = Terminal("rules", "new", "--rules", tmp_path / "own", cwd=tmp_path)
    for words, text in (("Title", "Exland may not export coal"), ("Id (", "Bad Id"), ("Id (", ""), ("prohibition or a duty", "prohibtion"),
                        ("Did you mean prohibition?", ""), ("Which regime", ""), ("Act [", "transfr"), ("Did you mean", "1"),
                        ("Goods [", "coal"), ("Part [", ""), ("Who [", "Exland"), ("Whose breach", ""), ("First day", "1 May"),
                        ("First day", "9999-12-31"), ("First day", "2020-01-01"),
                        ("Paragraph", "Training resolution para 1"), ("in our own words", ""),
                        ("Address", "https://example.org/"), ("Act [", "shipment"), ("Goods [", ""), ("Who is the recipient", "XB"),
                        ("Day (", "2021-05-03"), ("How is it told", ""), ("In a few words", "a cargo: of coal"), ("Where was it told", "")):
        terminal.answer(words, text)
    assert terminal.end() == 0, terminal.printed
    assert "a draft with 6 examples" in terminal.printed
    rule = require_rulebase([tmp_path / "own"]).get("exland-may-not-export")
    assert rule.examples[0].name == "a cargo: of coal"
    assert rule.breach_by == ("supplier",)


def test_leaving_leaves_nothing_behind(tmp_path: Path) -> None:
    terminal = Terminal("rules", "new", "--rules", tmp_path / "own", cwd=tmp_path)
    terminal.answer("Title", "Exland may not export coal")
    terminal.wait_for("Id (")
    assert terminal.interrupt() == 130
    assert os.listdir(tmp_path) == []
