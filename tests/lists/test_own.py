"""Lists of the user's own: what is read, what is told with its place, and that who is on one is a lead and no listing."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.lists.entry import OwnList
from checker.lists.knowledge import Knowledge
from checker.lists.leads import OwnScreener
from checker.lists.own import read_own
from checker.lists.own_entry import COLUMNS, NEEDED
from checker.lists.screen import Screener
from checker.lists.screening import Screening
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Event
from checker.pipeline.check import check
from checker.report import render_csv, render_html, render_markdown
from checker.rulebase.loader import require_rulebase
from checker.rulebase.own_schema import own_list_schema
from checker.strictyaml.loader import parse
from checker.strictyaml.message import render_all
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary

HEADER = "id,name,aliases,kind,imo,country,regime,note,listed_on\n"
TABLE = HEADER + """W-1,Brass Lantern Trading,BLT Exports; براس لانترن,company,,XB,,seen in two shipments,2025-03-01
W-2,Sea Prima,,vessel,9074729,XA,un-1718,,
W-3,פלוני אלמוני,,person,,,,right to left,
W-4,Halvik Brigades,,group,,,,,
W-5,Oren Halvik,,person,,XB,,,
W-6,Halvik House,,organisation,,,,,
"""
YAML = """list: Beland trade desk
entries:
  - {id: W-1, name: Brass Lantern Trading, aliases: [BLT Exports, براس لانترن], kind: company, country: XB, note: seen in two shipments,
     listed_on: 2025-03-01}
  - {id: W-2, name: Sea Prima, kind: vessel, imo: 9074729, country: XA, regime: un-1718}
  - {id: W-3, name: פלוני אלמוני, kind: person, note: right to left}
  - {id: W-4, name: Halvik Brigades, kind: group}
  - {id: W-5, name: Oren Halvik, kind: person, country: XB}
  - {id: W-6, name: Halvik House, kind: organisation}
"""


@pytest.fixture
def read(vocabulary: Vocabulary, tmp_path: Path) -> object:
    def reading(text: str | bytes, name: str = "watch.csv") -> tuple[OwnList | None, list[Problem]]:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_own(path, vocabulary)

    return reading


def own_screener(vocabulary: Vocabulary, knowledge: Knowledge, folder: Path, text: str = TABLE) -> OwnScreener:
    (folder / "watch.csv").write_text(text, encoding="utf-8")
    found, problems = read_own(folder / "watch.csv", vocabulary)
    assert found is not None
    assert problems == []
    return OwnScreener(vocabulary, knowledge, found)


@pytest.fixture(scope="module")
def desk(vocabulary: Vocabulary, knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> OwnScreener:
    return own_screener(vocabulary, knowledge, tmp_path_factory.mktemp("own"))


# ---- reading -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_both_forms_hold_the_same(read, sign: str) -> None:  # type: ignore[no-untyped-def]
    table = TABLE.replace("; ", " ; ") if sign == "," else TABLE.replace("; ", "; ").replace(",", sign).replace(
        f"{sign}BLT Exports; براس لانترن{sign}", f'{sign}"BLT Exports; براس لانترن"{sign}')
    from_table, problems = read("\ufeff" + table.replace("\n", "\r\n"))
    from_yaml, more = read(YAML, "watch.yaml")
    assert (problems, more) == ([], [])
    assert from_table.entries == from_yaml.entries
    assert (from_table.name, from_yaml.name, from_table.left_out) == ("watch", "Beland trade desk", 0)
    first = from_table.entries[0]
    assert [name.text for name in first.names] == ["Brass Lantern Trading", "BLT Exports", "براس لانترن"]
    assert [entry.party_kind for entry in from_table.entries] == ["company", "ship", "person", "armed_group", "person", "organisation"]
    assert [entry.kind for entry in from_table.entries] == ["entity", "entity", "person", "entity", "person", "entity"]


WRONG = [
    # row, code, line and column, a word of the message, a word of the help
    ("W-9,Somebody,,compny,,,,,", "error", "unknown-term", (2, 15), "left out", "company"),
    ("W-9,,,company,,,,,", "error", "missing-key", (2, 1), "`name`", "fill in"),
    (",Somebody,,company,,,,,", "error", "missing-key", (2, 1), "`id`", "fill in"),
    ("W-9,Somebody,,,,,,,", "error", "missing-key", (2, 1), "`kind`", "fill in"),
    ("W-9,12345,,vessel,9074729,,,,", "error", "no-name", (2, 5), "no letter", "imo"),
    ("W-9,Somebody,,company,,,,,,,x", "error", "bad-row", (2, 1), "11 cells", "quotes"),
    (f"W-9,{'x' * 201},,company,,,,,", "error", "too-long", (2, 5), "201 letters", "shorten"),
    ("W-9,Sea Prima,,vessel,9074720,,,,", "warning", "wrong-imo", (2, 23), "no IMO number of a ship", "last digit would be 9"),
    ("W-9,Sea Prima,,vessel,907472,,,,", "warning", "wrong-imo", (2, 23), "without it", "seven digits"),
    ("W-9,Somebody,,company,,Belandd,,,", "warning", "unknown-state", (2, 24), "no State", "Beland"),
    ("W-9,Somebody,,company,,,,,01.03.2025", "warning", "wrong-date", (2, 27), "no day", "2022-11-02"),
    ("W-9,Somebody,4711,company,,,,,", "warning", "no-name", (2, 14), "alias is not used", "name"),
    ('W-9,"Some\u202ebody",,company,,,,,', "warning", "hidden-character", (2, 5), "U+202E", "delete"),
    (f"W-9,Somebody,,company,,,,{'n' * 501},", "warning", "too-long", (2, 26), "first 500", "shorten"),
]


@pytest.mark.parametrize(("row", "severity", "code", "place", "says", "mend"), WRONG, ids=[f"{w[2]}-{n}" for n, w in enumerate(WRONG)])
def test_what_is_wrong_is_told_where_it_stands_and_the_rest_is_read(  # type: ignore[no-untyped-def]
        read, row: str, severity: str, code: str, place: tuple[int, int], says: str, mend: str) -> None:
    found, problems = read(f"{HEADER}{row}\nW-10,Tin Lantern Trading,,company,,,,,\n")
    (problem,) = problems
    assert (problem.severity, problem.code, (problem.line, problem.column)) == (severity, code, place)
    assert says in problem.message
    assert mend in problem.mend
    assert problem.source == row
    left = severity == "error"
    assert [entry.reference for entry in found.entries] == (["W-10"] if left else ["W-9", "W-10"])
    assert found.left_out == left


def test_yaml_tells_line_and_column_too(read) -> None:  # type: ignore[no-untyped-def]
    found, problems = read("list: Desk\nentries:\n  - {id: W-1, name: Somebody, kind: compny}\n  - just a text\n"
                           "  - {id: W-2, name: Tin Lantern, kind: company, colour: red, aliases: [Tin, [x]]}\n", "desk.yaml")
    assert [entry.reference for entry in found.entries] == ["W-2"]
    assert found.left_out == 2
    assert {(p.code, p.line, p.column) for p in problems} == {
        ("unknown-term", 3, 37), ("wrong-type", 4, 5), ("unknown-key", 5, 49), ("wrong-type", 5, 77)}
    assert "kind: compny" in render_all(problems)
    assert "^^^^^^" in render_all(problems)


@pytest.mark.parametrize(("name", "text", "code"), [
    ("watch.csv", "", "no-columns"),
    ("watch.csv", "id,name\nW-1,Somebody\n", "missing-key"),
    ("watch.csv", "id,id,name,kind\n", "duplicate-key"),
    ("watch.csv", "id,name,kind" + ",x" * 200 + "\n", "no-columns"),
    ("watch.csv", b"id,name,kind\n1,Caf\xe9,company\n", "file-encoding"),
    ("watch.csv", b"\xff\xfei\x00d\x00", "file-encoding"),
    ("watch.yaml", "just a text\n", "wrong-type"),
    ("watch.yaml", "entries: []\n", "missing-key"),
    ("watch.yaml", "list: Desk\n", "missing-key"),
    ("watch.yaml", "list: [a\n", "yaml-syntax"),
    ("watch.yaml", "a: &a [x]\nb: *a\n", "yaml-anchor"),
])
def test_a_file_that_is_no_list_is_not_used(read, name: str, text: str | bytes, code: str) -> None:  # type: ignore[no-untyped-def]
    found, problems = read(text, name)
    assert found is None
    assert problems
    assert all(problem.mend for problem in problems)
    assert code in {problem.code for problem in problems}


def test_an_id_and_a_name_that_stand_twice_are_told(read) -> None:  # type: ignore[no-untyped-def]
    found, problems = read(HEADER + "W-1,Brass Lantern,,company,,,,,\nW-1,Tin Lantern,,company,,,,,\nW-2,BRASS LANTERN,,company,,,,,\n")
    assert [(p.code, p.severity, p.line) for p in problems] == [("duplicate-id", "error", 3), ("duplicate-name", "warning", 4)]
    assert "line 2" in problems[0].message
    assert "`W-1`" in problems[1].message
    assert [(entry.reference, entry.name) for entry in found.entries] == [("W-1", "Brass Lantern"), ("W-2", "BRASS LANTERN")]


def test_hidden_characters_are_taken_out_of_names(read) -> None:  # type: ignore[no-untyped-def]
    found, problems = read(HEADER + "W-1,\u202eBrass \u2066Lantern\u2069,\u200fفلان الفلاني\u200f,company,,,,,\n")
    assert [name.text for name in found.entries[0].names] == ["Brass Lantern", "فلان الفلاني"]
    assert [problem.code for problem in problems] == ["hidden-character"]  # marks of direction are no matter


def test_a_column_that_nobody_knows_is_said_not_to_be_read(read) -> None:  # type: ignore[no-untyped-def]
    found, (problem,) = read("id,Name,kind,aliasses\nW-1,Brass Lantern,company,BLT House\n")
    assert (problem.code, problem.severity, problem.line, problem.column) == ("unknown-column", "warning", 1, 14)
    assert "aliases" in problem.mend
    assert [name.text for name in found.entries[0].names] == ["Brass Lantern"]


def test_of_very_many_problems_the_first_are_shown_and_the_rest_counted(read) -> None:  # type: ignore[no-untyped-def]
    found, problems = read(HEADER + "".join(f"W-{n},Somebody {n},,compny,,,,,\n" for n in range(500)))
    assert found.left_out == 500
    assert len(problems) == 101
    assert problems[-1].message.startswith("400 more")


@given(text=st.text(st.characters(codec="utf-8"), max_size=300), yaml=st.booleans())
def test_no_text_stops_the_reader(vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory, text: str, yaml: bool) -> None:
    path = tmp_path_factory.getbasetemp() / ("any.yaml" if yaml else "any.csv")
    path.write_text((f"list: x\nentries:\n  - {text}" if yaml else f"id,name,kind\n{text}"), encoding="utf-8", newline="")
    found, problems = read_own(path, vocabulary)
    assert found is not None or problems
    assert all(render_all([problem]) for problem in problems)


# ---- screening -----------------------------------------------------------------------------------------------------------------


def event(reader: EventReader, **facts: object) -> Event:
    found, problems = reader.read({"act": "sale", "goods": "rifle", "date": "2024-05-06", "report": "reported", **facts})
    assert problems == []
    assert found is not None
    return found


def party(name: str, **more: str) -> dict[str, str]:
    return {"name": name, **more}


HITS = [
    (party("Brass Lantern Trading"), [("W-1", False)]),
    (party("brass lantern TRADING co. ltd."), [("W-1", False)]),
    (party("B.L.T. Exports"), [("W-1", False)]),
    (party("Brass Lantern"), []),
    (party("براس لانترن"), [("W-1", False)]),
    (party("Brass Lantern Trading", state="XA"), [("W-1", True)]),  # of another State than the list says
    (party("Brass Lantern Trading", kind="ship"), [("W-1", True)]),  # of another kind
    (party("Brass Lantern Trading", kind="bank"), [("W-1", False)]),  # a bank is a company
    (party("Brass Lantern Trading", kind="organisation"), [("W-1", False)]),  # perhaps a company
    (party("Brass Lantern Trading", kind="person"), []),
    (party("Halvik House", kind="armed_group"), [("W-6", False)]),  # what the list leaves open
    (party("Halvik Brigades", kind="company"), [("W-4", True)]),
    (party("Sea Prima", kind="ship"), [("W-2", False)]),
    (party("Sea Secunda (IMO 9074729)", kind="ship"), [("W-2", False)]),  # renamed, the number stays
    (party("Sea Secunda (IMO 9074720)", kind="ship"), []),
    (party("אלמוני פלוני"), [("W-3", False)]),  # the order of a person's names does not count
    (party("Halvik Oren"), [("W-5", False)]),
    (party("Halvik"), []),
    (party("QDi.001"), []),
]


@pytest.mark.parametrize(("supplier", "expected"), HITS, ids=[f"{h[0]['name']}-{n}" for n, h in enumerate(HITS)])
def test_who_is_on_the_list(desk: OwnScreener, reader: EventReader, supplier: dict[str, str], expected: list[tuple[str, bool]]) -> None:
    screened = desk.screen(event(reader, supplier=supplier, recipient="XA"))
    assert [(lead.entry, lead.weak) for lead in screened.leads] == expected
    assert screened.facts == event(reader, supplier=supplier, recipient="XA").facts  # no listing, no waiver
    assert desk.screen(screened) is screened


def test_a_lead_says_which_list_and_entry_by_what_and_since_when(desk: OwnScreener, reader: EventReader) -> None:
    (lead,) = desk.screen(event(reader, supplier=party("براس لانترن"), recipient="XA")).leads
    assert lead.say() == ("On your list watch: the supplier is Brass Lantern Trading, entry W-1, by alias 'براس لانترن', there since "
                          "1 March 2025 (seen in two shipments)")
    (doubted,) = desk.screen(event(reader, end_user=party("Halvik Brigades", kind="company"))).leads
    assert doubted.say() == ("On your list watch: the end user is perhaps Halvik Brigades, entry W-4, by name 'Halvik Brigades', but of "
                             "another kind")


def test_leads_come_back_from_the_written_form(desk: OwnScreener, reader: EventReader) -> None:
    screened = desk.screen(event(reader, supplier=party("Brass Lantern Trading", kind="ship"), recipient=party("Oren Halvik")))
    again, problems = reader.read(screened.to_wire())
    assert problems == []
    assert again == screened
    for wrong in ({"party": "nobody"}, {"party": "supplier", "colour": "red"}, {"party": "supplier", "since": "May"},
                  {"party": "supplier", "weak": "yes"}, "text"):
        _, problems = reader.read({"act": "sale", "leads": [wrong]})
        assert problems


def test_a_party_of_the_vocabulary_on_a_list_is_met_under_all_its_names(
        vocabulary: Vocabulary, knowledge: Knowledge, reader: EventReader, tmp_path: Path) -> None:
    text = HEADER + "W-1,Green Pine Associated Corporation,,company,,,,,\nW-2,Exland,,company,,,,,\n"
    own = own_screener(vocabulary, knowledge, tmp_path, text)
    (lead,) = own.screen(event(reader, supplier="green_pine", recipient="XA")).leads
    assert (lead.party, lead.entry) == ("supplier", "W-1")  # and a State is none of its companies
    assert "Exland" not in {name.text for name in own.names()}
    assert {name.value for name in own.names()} == {"green_pine"}


# ---- with the law --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(require_rulebase())


LISTED = [
    # a party under the freeze, the travel ban or the arms embargo of a list, and by name alone
    {"act": "payment", "supplier": "XA", "recipient": party("Brass Lantern Trading", kind="company")},
    {"act": "travel", "actor": party("Oren Halvik", kind="person"), "destination": "XA", "host_state": "XA"},
    {"act": "shipment", "goods": "rifle", "supplier": "XA", "recipient": party("Halvik Brigades", kind="armed_group"), "destination": "XB"},
    {"act": "port_call", "carrier": party("Sea Prima (IMO 9074729)", kind="ship"), "port_state": "XA"},
]


@pytest.mark.parametrize("facts", LISTED, ids=[str(f["act"]) for f in LISTED])
def test_no_rule_that_asks_for_a_listing_takes_a_lead_for_one(
        judge: Judge, desk: OwnScreener, screener: Screener, reader: EventReader, facts: dict[str, object]) -> None:
    told, problems = reader.read({"date": "2024-05-06", "report": "confirmed", **facts})
    assert problems == []
    assert told is not None
    alone = screener.screen(told)
    both = Screening(screener, [desk]).screen(told)
    assert both.leads
    assert both.facts == alone.facts
    assert both.facts["listings"] == ()
    assert [(f.rule, f.label, f.missing) for f in judge.findings(both)] == [(f.rule, f.label, f.missing) for f in judge.findings(alone)]
    only = Screening(None, [desk]).screen(told)
    assert "listings" not in only.facts  # nobody looked whether the Council lists them


def found_in(judge: Judge, screening: Screening, text: str, lang: str = "en") -> list[tuple[str, str, object]]:
    """Entry, role and kind of the party, for each lead of a text."""
    extractor = FrameExtractor(judge.rulebase.vocabulary, names=screening.names())
    run = check([Document("t", text, parse_date("2024-05-15"), lang=lang)], judge, extractor, screener=screening)
    assert run.problems == ()
    return [(lead.entry, lead.party, event.facts.get(f"{lead.party}_kind")) for read in run.documents for event in read.events
            for lead in event.leads]


@pytest.mark.parametrize(("text", "lang", "expected"), [
    ("Brass Lantern Trading sold rifles to Exland on 3 May 2024.", "en", [("W-1", "supplier", "company")]),
    ("Exland sold rifles to the Halvik Brigades on 3 May 2024.", "en", [("W-4", "recipient", "armed_group")]),
    ("The tanker Sea Prima (IMO 9074729) delivered diesel to Exland in May 2024, a UN panel reported.", "en", [("W-2", "carrier", "ship")]),
    ("Oren Halvik travelled to Exland on 3 May 2024.", "en", [("W-5", "actor", "person")]),
    ("باعت شركة براس لانترن بنادق إلى كوريا الشمالية في مايو 2024.", "ar", [("W-1", "supplier", "company")]),
])
def test_names_are_found_in_articles(judge: Judge, desk: OwnScreener, text: str, lang: str, expected: list[tuple[str, str, str]]) -> None:
    assert found_in(judge, Screening(None, [desk]), text, lang) == expected


def test_a_name_on_both_lists_is_a_listing_and_a_lead(
        judge: Judge, vocabulary: Vocabulary, knowledge: Knowledge, screener: Screener, tmp_path: Path) -> None:
    own = own_screener(vocabulary, knowledge, tmp_path, HEADER + "W-1,Glimmer Sea Trading Company,,company,,,,,\n")
    screening = Screening(screener, [own])
    text = "An Exlandic company sold machine tools to Glimmer Sea Trading Company in May 2024, a UN panel reported."
    extractor = FrameExtractor(vocabulary, names=screening.names())
    run = check([Document("t", text, parse_date("2024-05-15"), lang="en")], judge, extractor, screener=screening)
    (told,) = {f.event.leads for f in run.findings if f.rule == "dprk-asset-freeze" and f.flagged}
    assert [(lead.entry, lead.list, lead.name) for lead in told] == [("W-1", "watch", "Glimmer Sea Trading Company")]


def test_reports_show_leads_and_whatever_a_list_holds_is_inert(
        judge: Judge, vocabulary: Vocabulary, knowledge: Knowledge, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) `rm`"
    own = own_screener(vocabulary, knowledge, tmp_path, HEADER + f"=1+1,Brass Lantern Trading,,company,,,,{evil},\n")
    screening = Screening(None, [own])
    text = ("North Korea sold rifles to Brass Lantern Trading on 3 May 2024, officials said. "
            "Brass Lantern Trading sold machine tools to Exland.")
    extractor = FrameExtractor(vocabulary, names=screening.names())
    run = check([Document("t", text, parse_date("2024-05-15"), lang="en")], judge, extractor, screener=screening)
    html, markdown, table = (render(run, vocabulary) for render in (render_html, render_markdown, render_csv))
    assert html.count("entry =1+1, by name") >= 3  # on a card, in the part on lists for both events
    assert "A lead, and no listing of the Council" in html
    assert "<script>alert" not in html
    assert "with a party on your lists" in html
    assert "\n## On your own lists" in markdown
    assert "javascript" in markdown
    assert re.findall(r"(?<!\\)(?:<script|\]\(javascript)", markdown) == []
    rows = list(csv.DictReader(io.StringIO(table)))
    assert rows
    assert all(row["own_lists"].startswith("On your list watch: the recipient is Brass Lantern Trading, entry =1+1") for row in rows)


# ---- files ---------------------------------------------------------------------------------------------------------------------

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "lists"


@pytest.mark.parametrize("path", sorted((*EXAMPLES.glob("*.csv"), *EXAMPLES.glob("*.yaml"))), ids=lambda path: path.name)
def test_the_examples_are_read_whole(vocabulary: Vocabulary, path: Path) -> None:
    found, problems = read_own(path, vocabulary)
    assert found is not None
    assert (problems, found.left_out) == ([], 0)


def test_an_editor_knows_the_fields_that_are_read(vocabulary: Vocabulary) -> None:
    schema = own_list_schema(vocabulary)
    validator = jsonschema.Draft202012Validator(schema)
    assert tuple(schema["$defs"]["entry"]["properties"]) == COLUMNS
    assert tuple(schema["$defs"]["entry"]["required"]) == NEEDED
    for text in (YAML, (EXAMPLES / "desk.yaml").read_text(encoding="utf-8")):
        node = parse(text, "desk.yaml").node
        assert node is not None
        assert list(validator.iter_errors(json.loads(json.dumps(node.plain(), default=str)))) == []
    for wrong in ({"kind": "compny"}, {"imo": 907472}, {"colour": "red"}, {"listed_on": "May"}, {"id": ""}):
        assert list(validator.iter_errors({"list": "x", "entries": [{"id": "1", "name": "Somebody", "kind": "company"} | wrong]}))
