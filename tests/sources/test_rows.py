"""Rows of event databases: what their codes tell is at most for review, and no row is lost silently."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from checker.judge.judge import Judge
from checker.model.event import Event
from checker.rulebase.loader import require_rulebase
from checker.sources.formats import default_formats, load_formats
from checker.sources.readers import read_inputs
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "gdelt-export-sample.csv"
GDELT = next(form for form in default_formats().formats if form.name == "gdelt")
POLECAT = ("Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\tActor Country\tPrimary Actor Sector\t"
           "Recipient Name\tRecipient Country\tPrimary Recipient Sector\tCountry\tHeadline\tFeed")
ACLED = "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,notes"


def gdelt(**cells: str) -> str:
    """A row with what is given; the other columns are empty."""
    given = {"GLOBALEVENTID": "7", "SQLDATE": "20221102", "DATEADDED": "20221103000000", "EventCode": "072"} | cells
    return "\t".join(given.get(name, "") for name in GDELT.columns)


def read(path: Path, text: str | bytes) -> tuple[list[Event], list[Problem]]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    items: list[Any] = list(read_inputs([str(path)], EventReader(default_vocabulary())))
    return [i for i in items if isinstance(i, Event)], [i for i in items if isinstance(i, Problem)]


def test_a_row_of_military_aid_is_an_event_with_its_address(tmp_path: Path) -> None:
    row = gdelt(Actor1CountryCode="PRK", Actor1Name="NORTH KOREA", Actor2CountryCode="RUS", Actor2Type1Code="MIL",
                ActionGeo_CountryCode="KN", SOURCEURL="https://news.example/a/1")
    (event,), problems = read(tmp_path / "20221103.export.CSV", f"{row}\n")
    assert not problems
    assert {k: event.facts[k] for k in ("act", "goods", "supplier", "recipient", "place")} == {
        "act": "transfer", "goods": "arms", "supplier": "KP", "recipient": "RU", "place": "KP"}
    assert (event.id, event.tier) == ("gdelt-7", "external")
    assert event.document == f"{tmp_path / '20221103.export.CSV'}:1"
    assert (event.claims[0].by, event.claims[0].via) == ("news.example", ("GDELT 2.0", "https://news.example/a/1"))
    assert "072" in next(a.basis for a in event.assumed if a.fact == "goods")


@pytest.mark.parametrize(("fips", "iso"), [("KN", "KP"), ("KS", "KR"), ("RS", "RU"), ("CH", "CN"), ("SZ", "CH"), ("AS", "AU"), ("AU", "AT"),
                                           ("IZ", "IQ"), ("OD", "SS"), ("LY", "LY"), ("CG", "CD"), ("CF", "CG"), ("CT", "CF")])
def test_codes_of_places_are_fips(tmp_path: Path, fips: str, iso: str) -> None:
    (event,), _ = read(tmp_path / "a.csv", gdelt(Actor1CountryCode="USA", ActionGeo_CountryCode=fips))
    assert event.facts["place"] == iso


def test_a_company_is_no_state_and_a_promise_is_not_done(tmp_path: Path) -> None:
    row = gdelt(EventCode="1032", Actor1CountryCode="SYR", Actor1Type1Code="BUS", Actor1Name="TRADER", Actor2CountryCode="IRN")
    (event,), _ = read(tmp_path / "a.csv", row)
    assert (event.facts["recipient"], event.facts["recipient_state"], event.facts["supplier"]) == ("TRADER", "SY", "IR")
    assert event.facts["stage"] == "planned"


def test_rows_that_tell_nothing_are_counted_by_code_once_a_file(tmp_path: Path) -> None:
    rows = [gdelt(EventCode=code) for code in ("051", "051", "010")]
    rows += [gdelt(Actor1Name="FIGHTER"), gdelt(Actor1CountryCode="AFR")]
    events, (problem,) = read(tmp_path / "a.csv", "\n".join(rows))
    assert not events
    assert (problem.code, problem.severity) == ("rows-not-judged", "warning")
    assert "3 rows whose code is no act of the rules (051: 2, 010: 1); 2 rows that name no State (072: 2)" in problem.message


def test_hostile_rows_are_told_of_and_the_next_one_is_read(tmp_path: Path) -> None:
    good = gdelt(Actor1CountryCode="PRK")
    bad = [good + "\tmore", "x" * 3_000_000, good.replace("20221102", "20221399"), "\t\t\t", gdelt(Actor1Name="\0", EventCode="\0")]
    formula = gdelt(Actor1CountryCode="IRN", Actor1Type1Code="BUS", Actor1Name="=HYPERLINK(\"x\")", SOURCEURL="http://[broken")
    events, problems = read(tmp_path / "a.csv", "\n".join([good, *bad, formula, good]))
    assert [e.document.rpartition(":")[2] for e in events] == ["1", "7", "8"]
    assert [p.line for p in problems if p.code == "bad-row"] == [2, 3, 4]
    assert events[1].facts["supplier"] == '=HYPERLINK("x")'
    many, problems = read(tmp_path / "b.csv", "\n".join([good, *["short"] * 500]))
    assert len(many) == 1
    assert len(problems) == 21
    assert "500 bad rows" in problems[-1].message


def test_polecat_is_read_by_name_with_surplus_columns(tmp_path: Path) -> None:
    rows = ["1\t2023-01-05\tAID\tmilitary\t\t\tmilitary; economic\tXs\tPRK\tMIL\tYs\tRUS\tGOV\tRussia\thead\tfeed\t\t",
            "2\t2023-01-05\tAID\tNone\t\t\teconomic\tXs\tPRK\tMIL\tYs\tRUS\tGOV\tNone",
            "3\t2023-01-06\tAGREE\t\t\t\tlegal|military\tXs\tNone\tNone\tYs\tIRN\tBUS\tNone"]
    events, (problem,) = read(tmp_path / "ngecEvents.DV.2023.txt", "\n".join([POLECAT, *rows]))
    assert [(e.id, e.facts["stage"], e.facts.get("supplier"), e.facts["recipient"]) for e in events] == [
        ("polecat-1", "done", "KP", "RU"), ("polecat-3", "planned", None, "Ys")]
    assert events[0].facts["place"] == "RU"
    assert "AID/economic: 1" in problem.message


def test_acled_tells_no_supplies(tmp_path: Path) -> None:
    rows = ['X1,2018-04-07,Explosions/Remote violence,Chemical weapon,A,B,Syria,"two\nlines, and ""quotes"""',
            "X2,2018-04-08,Battles,Armed clash,A,B,Syria,=1+1", "X3,2018-04-09,Battles,Armed clash,A,B,Syria," + "x" * 200_000]
    (event,), problems = read(tmp_path / "acled.csv", "\ufeff" + "\n".join([ACLED, *rows]))
    assert {k: event.facts[k] for k in ("act", "place")} == {"act": "chemical_weapon_use", "place": "SY"}
    assert [p.code for p in problems] == ["bad-row", "rows-not-judged"]
    assert "Battles/Armed clash: 1" in problems[-1].message


def test_a_row_alone_is_at_most_for_review(tmp_path: Path) -> None:
    judge = Judge(require_rulebase([ROOT / "rules" / "un"]))
    codes = [value for act in GDELT.acts for value in act.when["EventCode"]]
    rows = [gdelt(EventCode=code, Actor1CountryCode=a, Actor2CountryCode=b) for code in codes for a, b in (("PRK", "RUS"), ("RUS", "PRK"))]
    events, _ = read(tmp_path / "a.csv", "\n".join(rows))
    assert len(events) == len(rows)
    flagged = [f.label for event in events for f in judge.findings(event) if f.flagged]
    assert set(flagged) == {"review"}


def test_a_table_that_nobody_knows_is_told_of(tmp_path: Path) -> None:
    events, (problem,) = read(tmp_path / "a.csv", "what,when\nsale,2020\n")
    assert (events, problem.code) == ([], "unknown-table")
    assert "--mapping" in problem.mend


@pytest.mark.skipif(not REAL.is_file(), reason="../shared/data with the real rows is not here")
def test_real_rows_are_all_accounted_for() -> None:
    items: list[Any] = list(read_inputs([str(REAL)], EventReader(default_vocabulary())))
    events = [i for i in items if isinstance(i, Event)]
    (problem,) = [i for i in items if isinstance(i, Problem)]
    assert {e.facts["act"] for e in events} == {"assistance", "seizure"}
    silent, nobody = (int(number.replace(",", "")) for number in re.findall(r"([\d,]+) rows?", problem.message))
    assert len(events) + silent + nobody == 2116


def test_a_wrong_file_of_columns_is_told_with_its_place(tmp_path: Path) -> None:
    folder = ROOT / "rules" / "sources"
    for path in folder.glob("*.yaml"):
        text = path.read_text()
        if path.stem == "gdelt":
            text = text.replace("act: seizure", "act: seizzure").replace("first: actor", "first: actr")
            text = text.replace("id: GLOBALEVENTID", "id: GLOBALID")
        (tmp_path / path.name).write_text(text.replace('"KN": "KP"', '"KN": "Q9"'))
    _, problems = load_formats(tmp_path, default_vocabulary())
    assert sorted(p.code for p in problems) == ["unknown-column", "unknown-fact", "unknown-state", "unknown-term"]
    assert all(p.line for p in problems)
