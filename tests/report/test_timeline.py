"""Timelines: what is drawn follows from the rule alone, in characters and as SVG."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.cli.main import main
from checker.model.rule import Contest, Duty, Exemption, Group, Period, Position, Rule
from checker.report.catalogue import render_svg
from checker.report.timeline import Timeline, timeline
from checker.report.timeline_text import draw
from checker.rulebase.loader import RuleBase, load_rulebase
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary

SVG = "{http://www.w3.org/2000/svg}"


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return load_rulebase().rulebase


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return default_vocabulary()


def made(**changes: object) -> Rule:
    """A rule that is in force from 2030 to 2031 and again from 2035, renewed as far as the end of 2036 is known."""
    first = Period(day("2030-01-01"), day("2031-12-31"), ("UNSCR 9001 (2030) para 1",), "demands", "the first words", ended="lapsed")
    second = Period(day("2035-01-01"), None, ("UNSCR 9002 (2035) para 2",), "decides", "the second words", known_until=day("2036-12-31"))
    rule = Rule("xa-rule", "A rule", "Flags.", "prohibition", "un-1718", "low", "active", (first, second), ("all_states",), ("supplier",),
                Group("all", ()))
    return msgspec.structs.replace(rule, **changes)


def test_each_boundary_says_what_is_different(words: Vocabulary) -> None:
    found = {dt.date.fromordinal(c.day).isoformat(): c.texts for c in timeline(made(), words).changes}
    assert found == {
        "2030-01-01": ("In force (demands): the first words (UNSCR 9001 (2030) para 1).",),
        "2032-01-01": ("No longer in force: it lapsed.",),
        "2035-01-01": ("In force again (decides): the second words (UNSCR 9002 (2035) para 2).",),
        "2036-12-31": ("Last day for which a renewal is known; after it the law is not verified.",),
    }


def test_the_time_after_the_last_known_renewal_is_a_span_of_its_own(words: Vocabulary) -> None:
    spans = timeline(made(), words).lanes[0].spans
    assert [(s.kind, s.first, s.last) for s in spans] == [
        ("demands", day("2030-01-01"), day("2031-12-31")), ("decides", day("2035-01-01"), day("2036-12-31")),
        ("unverified", day("2037-01-01"), None)]


def test_disputes_exemptions_and_due_days_have_their_places(words: Vocabulary) -> None:
    contest = Contest(day("2035-06-01"), None, (Position("it applies", ("XA",), "the text"), Position("it does not", ("XB",), "the vote")))
    late = Exemption("late_help", "help that came late", ("UNSCR 9002 (2035) para 9",), Group("all", ()), first=day("2035-02-01"),
                     last=day("2035-12-31"))
    old = Exemption("old", "older than the law", ("UNSCR 9001 (2030) para 3",), Group("all", ()), first=day("2001-01-01"))
    life = timeline(made(contested=(contest,), exemptions=(late, old), duty=Duty("host_state", day("2036-03-01"))), words)
    assert [lane.name for lane in life.lanes] == ["law", "disputed", "late help", "old"]
    assert (life.lanes[3].spans[0].first, life.first > day("2029-01-01")) == (day("2030-01-01"), True)
    said = {dt.date.fromordinal(c.day).isoformat(): " ".join(c.texts) for c in life.changes}
    assert said["2035-06-01"] == "States dispute that it applies: it applies (Exland); it does not (Beland)."
    assert said["2035-02-01"] == "Exemption late help begins: help that came late."
    assert said["2036-01-01"] == "Exemption late help is over."
    assert said["2036-03-01"] == "Last day in time; the host state owes it."
    assert "2001-01-01" not in said


def test_nobody_disputes_an_exemption_that_is_over(words: Vocabulary) -> None:
    positions = (Position("it applies", ("XA",), "the text"), Position("it does not", ("XB",), "the vote"))
    open_, after = (Contest(day(since), None, positions) for since in ("2035-06-01", "2036-06-01"))
    late = Exemption("late_help", "help that came late", ("UNSCR 9002 (2035) para 9",), Group("all", ()), first=day("2035-02-01"),
                     last=day("2035-12-31"), contested=(open_, after))
    spans = timeline(made(exemptions=(late,)), words).lanes[-1].spans
    assert [(s.kind, s.first, s.last) for s in spans] == [("exemption", day("2035-02-01"), day("2035-12-31")),
                                                          ("contested", day("2035-06-01"), day("2035-12-31"))]


def test_the_right_end_is_the_last_known_day_or_the_day_asked_for(words: Vocabulary) -> None:
    assert timeline(made(), words).last == day("2036-12-31") + 180
    asked = timeline(made(), words, on=day("2040-05-05"))
    assert asked.last == day("2040-05-05")
    assert [p.kind for p in asked.points] == ["known_until", "on"]
    assert timeline(made(), words, on=day("2031-01-01")).last == day("2036-12-31") + 180


def test_the_drawing_in_characters(words: Vocabulary) -> None:
    contest = Contest(day("2035-06-01"), None, (Position("it applies", ("XA",), "the text"),))
    drawn = draw(timeline(made(contested=(contest,)), words), 70, plain=True).splitlines()
    assert drawn[:7] == [
        " law        |===============                      |###############|..>",
        " disputed                                            ////////////////>",
        "                                                                  o",
        "           -+------+-------+-------+-------+------+-------+-------+---",
        "            2030   2031    2032    2033    2034   2035    2036    2037",
        "",
        " == the Council demands   ## the Council decides",
    ]


def test_every_rule_is_drawn_and_no_line_is_wider_than_asked(base: RuleBase) -> None:
    for rule in base.rules:
        life = timeline(rule, base.vocabulary)
        lines = draw(life, 72).splitlines()
        assert max(map(len, lines)) <= 72, rule.id
        for period in rule.periods:
            assert any(line.startswith(dt.date.fromordinal(period.first).isoformat()) for line in lines), rule.id


def check_svg(text: str) -> ET.Element:
    root = ET.fromstring(text)  # noqa: S314  (our own output)
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title") is not None
    desc = root.find(f"{SVG}desc")
    assert desc is not None
    assert desc.text
    assert not list(root.iter(f"{SVG}script"))
    return root


def test_the_svg_tells_in_words_what_it_draws(base: RuleBase) -> None:
    for rule in base.rules:
        life = timeline(rule, base.vocabulary)
        root = check_svg(render_svg(life))
        desc = root.findtext(f"{SVG}desc") or ""
        for period in rule.periods:
            assert period.says in desc
        box = [float(n) for n in root.attrib["viewBox"].split()]
        for rect in root.iter(f"{SVG}rect"):
            if "x" in rect.attrib:
                assert 0 <= float(rect.attrib["x"]) <= float(rect.attrib["x"]) + float(rect.attrib["width"]) <= box[2]


def test_hostile_words_stay_words_in_the_svg(words: Vocabulary) -> None:
    evil = "</desc><script>alert(1)</script>\u202e\x1b[31m & \"'"
    period = Period(day("2030-01-01"), None, (evil,), "decides", evil)
    text = render_svg(timeline(made(periods=(period,), title=evil), words))
    check_svg(text)
    assert "\u202e" not in text
    assert "\x1b" not in text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(710000, 740000), st.integers(0, 4000), st.booleans()), min_size=1, max_size=6), st.integers(30, 160))
def test_any_law_can_be_drawn(spans: list[tuple[int, int, bool]], width: int) -> None:
    words = default_vocabulary()
    starts = sorted({first for first, _, _ in spans})
    periods = []
    for i, first in enumerate(starts):
        _, length, open_ = spans[i]
        bound = starts[i + 1] - 1 if i + 1 < len(starts) else None
        last = bound if open_ else min(first + length, bound) if bound is not None else first + length
        periods.append(Period(first, last, ("UNSCR 9001 (2030) para 1",), "decides", "words"))
    life: Timeline = timeline(made(periods=tuple(periods)), words)
    assert draw(life, width)
    check_svg(render_svg(life))


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "timeline", "iran-arms-export"]) == 0
    assert "2020-10-18  No longer in force: it lapsed." in capsys.readouterr().out
    assert main(["rules", "timeline", "iran-arms-export", "--json"]) == 0
    wire = json.loads(capsys.readouterr().out)
    assert wire["schema"] == "sanctions-checker/timeline/1"
    assert [s["until"] for s in wire["lanes"][0]["spans"]] == ["2016-01-15", "2020-10-17", None]
    assert main(["rules", "timeline", "iran-arms-export", "--svg", str(tmp_path / "t.svg")]) == 0
    assert capsys.readouterr().out == ""
    check_svg((tmp_path / "t.svg").read_text(encoding="utf-8"))
    assert main(["rules", "timeline", "iran-arms-export", "--json", "--on", "2030-01-01"]) == 0
    assert json.loads(capsys.readouterr().out)["until"] == "2030-01-01"
    assert main(["rules", "timeline", "iran-arms-exports"]) == 2
    assert "did you mean iran-arms-export" in capsys.readouterr().err


def test_a_shared_exemption_has_no_law_to_draw(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "timeline", "un-1718-committee"]) == 2
    assert "'sanctions rules show un-1718-committee' names them" in capsys.readouterr().err


def test_a_drawing_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "timeline", "iran-arms-export", "--svg", str(tmp_path / "no folder" / "t.svg")]) == 2
    assert "t.svg: No such file or directory" in capsys.readouterr().err
