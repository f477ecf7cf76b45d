"""A person's own table: the mapping says what its columns mean, and what is wrong is shown in the cell where it stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.model.event import Amount, Event
from checker.sources.mapping import TableMapping, load_mapping
from checker.sources.readers import read_inputs
from checker.sources.table import TableReader
from checker.strictyaml.message import render
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

MAPPING = """\
columns: {Datum: date, Ware: goods, Lieferant: supplier.name, Land: supplier.state, An: recipient,
  Menge: quantity.number, Route: via, Quelle: claim.by}
values:
  goods: {Granaten: artillery_shell, Kohle: coal}
dates: "%d.%m.%Y"
decimal: comma
lists: {Route: "/"}
missing: ["k. A."]
constants: {act: shipment, claim.status: alleged, quantity.unit: t}
"""
CELLS = ["", "x", '"', "\n", "\0", "1.5", "Kohle", "XA", "02.11.2022", ";", "=1+1", "\x85", "\ud7ff"]
HEADER = "Datum;Ware;Lieferant;Land;An;Menge;Route;Quelle"
GOOD = '02.11.2022;Granaten;"Handels; GmbH";XA;XB;"1.234,5";KP/RU;Hafen'


def mapping(tmp_path: Path, text: str = MAPPING) -> TableMapping:
    path = tmp_path / "mapping.yaml"
    path.write_text(text)
    found, problems = load_mapping(path, default_vocabulary())
    assert found is not None, [render(p) for p in problems]
    return found


def read(tmp_path: Path, table: str | bytes, name: str = "a.csv", text: str = MAPPING) -> tuple[list[Event], list[Problem]]:
    (tmp_path / name).write_bytes(table.encode() if isinstance(table, str) else table)
    items: list[Any] = list(read_inputs([str(tmp_path / name)], EventReader(default_vocabulary()), mapping=mapping(tmp_path, text)))
    return [i for i in items if isinstance(i, Event)], [i for i in items if isinstance(i, Problem)]


def test_a_row_is_an_event_by_the_mapping(tmp_path: Path) -> None:
    (event,), problems = read(tmp_path, f"{HEADER}\n{GOOD}\n")
    assert problems == []
    wire = event.to_wire()
    assert {key: wire[key] for key in ("act", "goods", "supplier", "supplier_state", "recipient", "date", "quantity", "via", "tier")} == {
        "act": "shipment", "goods": "artillery_shell", "supplier": "Handels; GmbH", "supplier_state": "XA", "recipient": "XB",
        "date": "2022-11-02", "quantity": Amount(1234.5, "t").to_wire(), "via": ["KP", "RU"], "tier": "stated"}
    assert (event.claims[0].status, event.claims[0].by) == ("alleged", "Hafen")
    assert event.id == f"{tmp_path / 'a.csv'}:2"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_spreadsheets_write_tables_in_many_ways(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = ["Datum;Ware;Lieferant;Land;An;Menge;Route;Quelle;Mehr", "", "03.11.2022;KOHLE;Größe AG;XA;k. a.;7;;Hafen;x", ";;;;;;;;"]
    (event,), problems = read(tmp_path, "\r\n".join(rows).replace(";", delimiter).encode(encoding), "a.tsv")
    assert problems == []
    assert (event.facts["goods"], event.facts["supplier"], event.facts["quantity"]) == ("coal", "Größe AG", Amount(7, "t"))
    assert "recipient" not in event.facts
    assert event.id.endswith(":3")


def test_a_party_without_a_name_is_of_its_state_and_a_unit_without_a_number_nothing(tmp_path: Path) -> None:
    (event,), problems = read(tmp_path, f"{HEADER}\n;Kohle;;XA;XB;;;\n")
    assert problems == []
    assert event.facts["supplier_state"] == "XA"
    assert "supplier" not in event.facts
    assert "quantity" not in event.facts


def test_a_wrong_cell_is_shown_with_its_line_and_column(tmp_path: Path) -> None:
    table = f'{HEADER}\n{GOOD}\n02.11.2022;Kohle;"zwei\nZeilen";XA;Nordkoreaa;1;;\n'
    (_,), (problem,) = read(tmp_path, table)
    assert (problem.line, problem.column, problem.width) == (4, 12, 10)
    assert render(problem).splitlines()[1:3] == ['   4 | Zeilen";XA;Nordkoreaa;1;;', "     |            ^^^^^^^^^^"]
    _, (problem,) = read(tmp_path, f"{HEADER}\n99.11.2022;Kohle;A;XA;XB;1;;\n")
    assert (problem.code, problem.line, problem.column) == ("wrong-date", 2, 1)


def test_a_column_that_is_not_there_is_named_and_nothing_is_read(tmp_path: Path) -> None:
    events, (problem,) = read(tmp_path, HEADER.replace("Ware", "Waren") + f"\n{GOOD}\n")
    assert not events
    assert (problem.code, problem.line) == ("unknown-column", 1)
    assert "Waren" in problem.mend


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("goods, L", "goodz, L", "unknown-fact"), ("artillery_shell", "artilery_shell", "unknown-term"),
     ("decimal: comma", "decimal: dot", "unknown-term"),
     ("Route: \"/\"", "Rout: \"/\"", "unknown-column"), ("An: recipient", "An: goods", "duplicate-key"),
     ("act: shipment", "goods: coal", "duplicate-key"),
     ("An: recipient", "An: supplier", "contradiction"), ("claim.status", "report", "contradiction"),
     ("missing:", "mising:", "unknown-key")],
)
def test_a_wrong_mapping_is_told_with_its_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(MAPPING.replace(old, new))
    found, problems = load_mapping(path, default_vocabulary())
    assert found is None
    assert code in {p.code for p in problems}
    assert all(p.line and p.mend for p in problems)


def test_hostile_cells_stop_nothing(tmp_path: Path) -> None:
    rows = ['02.11.2022;Kohle;"=cmd|\' /C calc\'!A0";XA;XB;1;;', f"02.11.2022;Kohle;{'x' * 200_000};XA;XB;1;;", "zu;wenig",
            f"02.11.2022;Kohle;A;XA;XB;{'9' * 5000};;", GOOD]
    events, problems = read(tmp_path, "\n".join([HEADER, *rows]))
    assert events[0].facts["supplier"] == "=cmd|' /C calc'!A0"
    assert events[-1].facts["supplier"] == "Handels; GmbH"
    assert sorted(p.line for p in problems) == [3, 4, 5]
    _, problems = read(tmp_path, "\n".join([HEADER, *["x"] * 500]))
    assert len(problems) == 51
    _, problems = read(tmp_path, "\n".join([HEADER, '"open', *[GOOD] * 300]))
    assert problems[0].code == "bad-row"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(CELLS), max_size=9), max_size=5))
def test_no_table_makes_it_raise(tmp_path: Path, rows: list[list[str]]) -> None:
    table = "\n".join([HEADER, *(";".join(row) for row in rows)])
    for item in TableReader("a.csv", mapping(tmp_path), EventReader(default_vocabulary())).read(table.encode()):
        if isinstance(item, Problem):
            render(item)


@pytest.mark.parametrize("verb", ["check", "extract", "judge"])
def test_verbs_take_a_mapping(tmp_path: Path, verb: str) -> None:
    (tmp_path / "a.csv").write_text(f"{HEADER}\n{GOOD}\n")
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    (tmp_path / "bad.yaml").write_text(MAPPING.replace("goods, L", "goodz, L"))
    arguments = [verb, str(tmp_path / "a.csv"), "--lists", "none", "--mapping"]

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "checker.cli.main", *arguments, *more], capture_output=True, text=True, check=False,
                              encoding="utf-8")

    result = run(str(tmp_path / "mapping.yaml"), "--json")
    assert result.returncode == 0, result.stderr
    assert "Handels; GmbH" in result.stdout
    result = run(str(tmp_path / "bad.yaml"))
    assert result.returncode == 2
    assert "did you mean `goods`?" in result.stderr
