"""One chain; whatever fails on one document is told and touches no other."""

from __future__ import annotations

import pytest
from msgspec import structs

from checker.judge.judge import Judge
from checker.model.dates import parse_date
from checker.model.document import Document, Evidence
from checker.model.event import Event
from checker.model.extraction import Extraction
from checker.pipeline.check import check
from checker.rulebase.loader import require_rulebase
from checker.strictyaml.problem import Problem

SHELLS = Event({"act": "shipment", "goods": "artillery_shell", "supplier": "KP", "recipient": "XA", "stage": "done",
                "date": parse_date("2022-11-02")})


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(require_rulebase())


class Scripted:
    """An extractor that does what the text of the document says."""

    def extract(self, document: Document) -> Extraction:
        if document.text == "fail":
            raise ValueError("no such word")
        if document.text == "nothing":
            return Extraction("en", ())
        event = structs.replace(SHELLS, document=document.id, tier="strong", evidence=(document.quote(0, 4),))
        if document.text == "misquote":
            event = structs.replace(event, evidence=(Evidence(document.id, 0, 3, "abc"),))
        return Extraction("en", (event,), notes=("read",))


def doc(text: str) -> Document:
    return Document(id=text, text=text)


def test_an_event_is_judged_with_what_follows_from_its_facts(judge: Judge) -> None:
    run = check([doc("shells")], judge, Scripted())
    (read,) = run.documents
    assert (read.status, read.language, read.notes) == ("read", "en", ("read",))
    assert read.events[0].facts["supplier_state"] == "KP"
    assert [f.rule for f in run.findings] == ["dprk-arms-export"]
    assert run.findings[0].event is read.events[0]
    assert (run.rules, run.rulebase_digest) == (len(judge.rulebase.rules), judge.rulebase.digest)


def test_a_failing_document_stops_nothing(judge: Judge) -> None:
    run = check([doc("fail"), doc("shells")], judge, Scripted())
    assert [d.status for d in run.documents] == ["unreadable", "read"]
    assert [(p.path, p.code) for p in run.problems] == [("fail", "internal-error")]
    assert "no such word" in run.problems[0].message
    assert len(run.findings) == 1


def test_a_failing_judgement_stops_nothing(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Judge.findings

    def sometimes(self: Judge, event: Event, everything: bool = False) -> object:
        if event.document == "bad one":
            raise ZeroDivisionError
        return real(self, event, everything)

    monkeypatch.setattr(Judge, "findings", sometimes)
    run = check([doc("bad one"), doc("shells")], judge, Scripted())
    assert [(p.path, p.code) for p in run.problems] == [("bad one", "internal-error")]
    assert [f.event.document for f in run.findings] == ["shells"]


def test_words_that_are_not_in_the_text_are_no_evidence(judge: Judge) -> None:
    run = check([doc("misquote")], judge, Scripted())
    assert [p.code for p in run.problems] == ["evidence-differs"]
    assert run.findings == ()
    assert run.documents[0].status == "no events"


def test_an_event_the_vocabulary_does_not_know_is_told(judge: Judge) -> None:
    class Inventive:
        def extract(self, document: Document) -> Extraction:
            return Extraction("en", (structs.replace(SHELLS, facts={**SHELLS.facts, "goods": "moon_rocks"}, document=document.id),))

    run = check([doc("x")], judge, Inventive())
    assert run.findings == ()
    assert any("moon_rocks" in p.message for p in run.problems)


def test_what_could_not_be_read_stands_in_the_run(judge: Judge) -> None:
    problems = [Problem("a.pdf", 0, 0, "binary-file", "no text"), Problem("b.jsonl", 7, 0, "bad-json", "no JSON"),
                Problem("c.txt", 0, 0, "encoding-guessed", "guessed", severity="warning")]
    run = check([*problems, doc("nothing")], judge, Scripted())
    statuses = [(d.document.id, d.status) for d in run.documents]
    assert statuses == [("a.pdf", "unreadable"), ("b.jsonl:7", "unreadable"), ("nothing", "no events")]
    assert list(run.problems) == problems


def test_events_given_as_records_are_judged_as_they_are(judge: Judge) -> None:
    event = structs.replace(SHELLS, id="e1")
    run = check([event], judge, Scripted())
    (read,) = run.documents
    assert (read.status, read.document.id, read.events) == ("record", "e1", (event,))
    assert len(run.findings) == 1


def test_progress_names_every_item(judge: Judge) -> None:
    seen: list[str] = []
    check([doc("nothing"), doc("shells")], judge, Scripted(), progress=seen.append)
    assert seen == ["nothing", "shells"]


def test_everything_keeps_rules_that_do_not_apply(judge: Judge) -> None:
    applied = check([SHELLS], judge, Scripted(), everything=True).findings
    assert len(applied) == sum(rule.status == "active" for rule in judge.rulebase.rules)
    assert [f.rule for f in check([SHELLS], judge, Scripted()).findings] == ["dprk-arms-export"]


def test_the_source_knows_better_than_the_page(judge: Judge) -> None:
    class Telling:
        def extract(self, document: Document) -> Extraction:
            return Extraction("en", (), published=parse_date("2022-11-03"), title="from the page", agency="AP")

    fed = Document("b", "y", parse_date("2022-11-05"), title="from the feed")
    bare, told = check([Document("a", "x"), fed], judge, Telling()).documents
    assert (bare.document.published, bare.document.title, bare.document.agency) == (parse_date("2022-11-03"), "from the page", "AP")
    assert (told.document.published, told.document.title, told.document.agency) == (parse_date("2022-11-05"), "from the feed", "AP")
