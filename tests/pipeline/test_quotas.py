"""Quotas are counted over all events of a run; the whole total takes the place of what was open on each event alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.model.run import Run
from checker.pipeline.check import check
from checker.report.csv import render_csv
from checker.report.html import render_html
from checker.report.markdown import render_markdown
from checker.rulebase.loader import require_rulebase
from checker.sources.readers import read_inputs
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

EVENTS = Path(__file__).resolve().parent.parent.parent / "examples/events/crude-oil.jsonl"


@pytest.fixture(scope="module")
def run() -> Run:
    vocabulary = default_vocabulary()
    return check(read_inputs([str(EVENTS)], EventReader(vocabulary)), Judge(require_rulebase()), FrameExtractor(vocabulary))


def test_one_finding_for_the_year_and_one_for_the_year_after(run: Run) -> None:
    found = [(f.rule, f.label, f.event.id, f.quota.since if f.quota else "") for f in run.findings]
    assert found == [("dprk-crude-oil", "review", "tanker-3", ""), ("dprk-crude-oil", "alleged violation", "tanker-1", "2018-12-22")]


def test_every_report_shows_the_total_and_each_delivery(run: Run) -> None:
    page, text = render_html(run, default_vocabulary()), render_markdown(run, default_vocabulary())
    for shown in (page, text):
        for words in ("22 December 2018 to 21 December 2019", "550,000 tonnes estimated, of 525,000 tonnes", "300,000 tonnes",
                      "15 July 2019"):
            assert words in shown.replace("\\", "")
    assert "alleged violation" in render_csv(run, default_vocabulary())


OIL = {"act": "shipment", "goods": "crude_oil", "supplier": "XA", "recipient": "KP", "report": "reported"}
PERMITS = {"act": "work_permit", "person_nationality": "KP", "host_state": "XA", "report": "reported"}
TOTAL = {"amount_scope": "cumulative"}
FROZEN: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("dprk-crude-oil-freeze", "t", OIL | TOTAL | {"date": "2016-09-12", "end_date": "2017-09-11"}, OIL | {"date": "2017-10-11"}),
    ("dprk-work-permit-freeze", "person", PERMITS | TOTAL | {"date": "2017-08-05"}, PERMITS | TOTAL | {"date": "2017-09-01"}),
]


@pytest.mark.parametrize(("number", "passed"), [(1000, False), (1001, True)])
@pytest.mark.parametrize(("rule", "unit", "level", "act"), FROZEN)
def test_a_frozen_level_is_passed_by_one_more(rule: str, unit: str, level: dict[str, Any], act: dict[str, Any], number: int, passed: bool,
                                              tmp_path: Path) -> None:
    told = [{"id": name, "document": name, "quantity": {"number": many, "unit": unit}, **event}
            for name, many, event in (("level", 1000, level), ("act", number, act))]
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    vocabulary = default_vocabulary()
    run = check(read_inputs([str(path)], EventReader(vocabulary)), Judge(require_rulebase()), FrameExtractor(vocabulary))
    labels = {f.label for f in run.findings if f.rule == rule}
    assert ("reported violation" in labels, labels <= {"reported violation", "review"}) == (passed, True)
