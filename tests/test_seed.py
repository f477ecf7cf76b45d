"""The main job on the article the project began with: every promised finding is there, and nothing else.

The article is not ours; it is read from the samples folder (``SANCTIONS_SAMPLES``, default ``../shared``).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec import structs

from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.model.dates import parse_date
from checker.model.event import Event
from checker.model.finding import Finding
from checker.model.run import Run
from checker.pipeline.check import check
from checker.rulebase.loader import require_rulebase
from checker.sources.readers import read_inputs
from checker.vocabulary.events import EventReader

ROOT = Path(__file__).resolve().parent.parent
SEED = (ROOT / os.environ.get("SANCTIONS_SAMPLES", "../shared") / "seeds" / "000_7cd20cf16272d07a.txt").resolve()

pytestmark = pytest.mark.skipif(not SEED.is_file(), reason=f"the sample article {SEED} is not here; set SANCTIONS_SAMPLES")


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(require_rulebase())


@pytest.fixture(scope="module")
def run(judge: Judge) -> Run:
    vocabulary = judge.rulebase.vocabulary
    items = read_inputs([str(SEED)], EventReader(vocabulary), published=None)
    return check(items, judge, FrameExtractor(vocabulary))


def of_rule(run: Run, rule: str) -> list[Finding]:
    return [f for f in run.findings if f.flagged and (f.rule == rule or rule in {r.rule for r in f.also})]


def quoted(event: Event, fact: str) -> list[str]:
    return [e.text for e in event.evidence if e.fact == fact]


def test_every_quotation_is_exact(run: Run) -> None:
    [read] = run.documents
    quotes = [e for event in read.events for e in (*event.evidence, *(q for c in event.claims for q in c.evidence))]
    assert len(quotes) > 20
    for quote in quotes:
        read.document.check(quote)


def test_shells_to_russia(run: Run) -> None:
    [finding] = of_rule(run, "dprk-arms-export")[:1]
    assert finding.label == "alleged violation"
    assert finding.authority == ("UNSCR 1718 (2006) para 8(b)", "UNSCR 1874 (2009) para 9")
    assert {(b.role, b.state) for b in finding.breach_by} == {("supplier", "KP"), ("recipient", "RU")}
    event = finding.event
    assert event.facts["goods"] == "artillery_shell"
    assert event.facts["stage"] == "done"
    assert event.facts["date"] == parse_date("2022-11-02")
    assert [a.basis for a in event.assumed if a.fact == "date"]
    accusers = [c for c in event.claims if c.status == "alleged"]
    assert {"Gedung Putih", "John Kirby"} <= {c.by for c in accusers}
    assert "Kirby" not in {c.by for c in event.claims}, "one man, one name"
    assert {c.party for c in accusers} == {"US"}
    assert [c for c in event.claims if c.status == "doubted" and c.about == "receipt"]
    assert event.facts["declared_origin"] == ("africa",)
    assert set(event.facts["declared_destination"]) == {"middle_east", "north_africa"}  # type: ignore[arg-type]
    assert {e.zone for e in event.evidence} >= {"headline", "body"}
    assert "peluru artileri" in quoted(event, "goods")


def test_russia_buys_rockets_and_shells(run: Run) -> None:
    found = [f for f in of_rule(run, "dprk-arms-export") if f.label == "warning"]
    assert {f.event.facts["goods"] for f in found} == {"rocket", "artillery_shell"}
    for finding in found:
        assert finding.stage == "negotiated"
        assert finding.event.facts["supplier"] == "KP"
        assert finding.event.facts["recipient_state"] == "RU"
        assert len({f.event.facts["shipment"] for f in found}) == 1


def test_drones_from_iran(run: Run) -> None:
    assert not of_rule(run, "iran-arms-export")
    [finding] = of_rule(run, "iran-missile-uav-items")
    assert finding.label in ("contested", "review")
    assert {"range_km", "goods"} <= set(finding.missing)
    assert finding.authority == ("UNSCR 2231 (2015) Annex B para 4",)
    assert finding.event.facts["supplier"] == "IR"
    assert "supplier" in {a.fact for a in finding.event.assumed}
    assert finding.denied_by
    assert any(c.status == "denied" and c.party == "IR" for c in finding.event.claims)
    assert finding.event.facts["recipient_state"] == "RU"


def test_personnel_in_crimea_is_at_most_for_review(run: Run) -> None:
    labels = {f.label for f in run.findings if f.flagged and f.event.facts.get("place") == "crimea"}
    assert labels <= {"review"}
    assert any(e.facts.get("place") == "crimea" and e.facts.get("supplier") == "IR" for e in run.documents[0].events)


@pytest.mark.parametrize(
    ("rule", "authority"),
    [("dprk-worker-repatriation", "UNSCR 2397 (2017) para 8"), ("dprk-work-permits", "UNSCR 2375 (2017) para 17")],
)
def test_builders_for_the_occupied_east(run: Run, rule: str, authority: str) -> None:
    [finding] = of_rule(run, rule)
    assert (finding.label, finding.stage, finding.authority) == ("warning", "planned", (authority,))
    assert [(b.role, b.state) for b in finding.breach_by] == [("host_state", "RU")]
    assert finding.event.facts["person_nationality"] == "KP"


def test_nothing_else_is_flagged(run: Run) -> None:
    flagged = sorted((f.rule, f.label) for f in run.findings if f.flagged)
    assert flagged == [
        ("dprk-arms-export", "alleged violation"),
        ("dprk-arms-export", "warning"),
        ("dprk-arms-export", "warning"),
        ("dprk-work-permits", "warning"),
        ("dprk-worker-repatriation", "warning"),
        ("iran-missile-uav-items", "contested"),
    ]
    assert not {e.facts["act"] for e in run.documents[0].events} & {"recognition", "meeting", "statement"}


def test_the_restated_law_is_a_hint_and_no_event(run: Run) -> None:
    [read] = run.documents
    norm = [h.evidence.text for h in read.hints if h.kind == "norm"]
    assert any("melarang negara itu mengekspor" in text for text in norm)
    start = read.document.text.index("Ekspor senjata Korea Utara ke Rusia akan menjadi")
    assert all(e.start < start for event in read.events for e in event.evidence)


@pytest.mark.parametrize(
    ("rule", "day", "reason"),
    [
        ("dprk-arms-export", "2006-10-13", "the measure starts 14 October 2006"),
        ("dprk-worker-repatriation", "2017-12-21", "the measure starts 22 December 2017"),
        ("dprk-work-permits", "2017-09-10", "the measure starts 11 September 2017"),
        ("iran-missile-uav-items", "2016-01-15", "the measure starts 16 January 2016"),
    ],
)
def test_before_each_measure_the_same_event_is_not_in_force(run: Run, judge: Judge, rule: str, day: str, reason: str) -> None:
    event = of_rule(run, rule)[0].event
    earlier = structs.replace(event, facts={**event.facts, "date": parse_date(day)})
    finding = judge.explain(earlier, rule)
    assert finding.label == "not in force"

    def texts(node) -> list[str]:  # type: ignore[no-untyped-def]
        return [node.text, node.note, *(t for child in node.children for t in texts(child))]

    assert any(reason in text for text in texts(finding.explain))


def test_what_the_page_says_of_itself(run: Run) -> None:
    document = run.documents[0].document
    assert document.published == parse_date("2022-11-03")
    assert document.title == "Gedung Putih: Korea Utara Diam-Diam Kirim Artileri ke Rusia"
    assert document.agency == "AP"
