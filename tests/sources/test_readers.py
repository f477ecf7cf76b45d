"""What a person names is read in a fixed order, and what cannot be read is told of, never lost."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Event
from checker.sources.decode import DOCUMENT_LIMIT
from checker.sources.readers import read_inputs
from checker.strictyaml.message import render
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

EVENT = {"act": "shipment", "goods": "artillery_shell", "supplier": "XA", "recipient": "XB", "date": "2022-11-02", "report": "alleged"}


def read(*paths: object, **kwargs: Any) -> list[Document | Event | Problem]:
    return list(read_inputs([str(p) for p in paths], EventReader(default_vocabulary()), **kwargs))


def codes(items: list[Document | Event | Problem]) -> list[str]:
    return [item.code for item in items if isinstance(item, Problem)]


def documents(items: list[Document | Event | Problem]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def events(items: list[Document | Event | Problem]) -> list[Event]:
    return [item for item in items if isinstance(item, Event)]


def test_a_folder_is_read_whole_and_sorted_and_other_kinds_are_named(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("second")
    (tmp_path / "a.txt").write_text("first")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.md").write_text("third")
    (tmp_path / ".hidden.txt").write_text("not this")
    (tmp_path / "scan.tiff").write_bytes(b"II*")
    items = read(tmp_path)
    assert [d.text for d in documents(items)] == ["first", "second", "third"]
    (problem,) = [item for item in items if isinstance(item, Problem)]
    assert (problem.code, problem.severity) == ("not-read", "warning")
    assert "scan.tiff" in problem.message


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert codes(read(tmp_path)) == ["empty-folder"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("words")
    items = read(file, file)
    assert len(documents(items)) == 1
    assert codes(items) == ["read-once"]


def test_json_lines_of_documents_keep_what_they_say(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    rows = [{"id": "one", "text": "Words.", "published": "2022-11-03T16:40:00Z", "url": "https://x.example/1", "outlet": "X", "lang": "en"},
            {"text": "More words.", "published": "2017-08"}]
    file.write_text("\ufeff" + "\n\n".join(json.dumps(row) for row in rows))
    first, second = documents(read(file))
    assert (first.id, first.url, first.outlet, first.lang) == ("one", "https://x.example/1", "X", "en")
    assert first.published == parse_date("2022-11-03")
    assert (second.id, second.published) == (f"{file}:3", parse_date("2017-08"))


def test_ids_stay_unique_in_a_run(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text('{"id": "same", "text": "x"}\n{"id": "same", "text": "y"}\n')
    assert [d.id for d in documents(read(tmp_path))] == ["same", "same#2", "same#3", "same#4"]


def test_a_bad_line_is_told_with_its_number_and_the_others_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    good = b'{"text": "words"}\n'
    bad = [b"{broken\n", b'{"text": ""}\n', b"[1, 2]\n", b'"text"\n', b'{"text": "\xff"}\n',
           b'{"a":' * 3000 + b"\n", b'{"text": "\\ud800"}\n']
    file.write_bytes(b"".join(good + line for line in bad) + good)
    items = read(file)
    assert len(documents(items)) == len(bad) + 1
    problems = [item for item in items if isinstance(item, Problem)]
    assert [p.line for p in problems] == [2 * i + 2 for i in range(len(bad))]
    assert all(p.mend for p in problems)


def test_an_endless_line_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "' + b"x" * DOCUMENT_LIMIT + b'"}\n{"text": "short"}\n')
    items = read(file)
    assert codes(items) == ["line-too-long"]
    assert [d.text for d in documents(items)] == ["short"]


def test_an_oversized_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"x" * (DOCUMENT_LIMIT + 1))
    assert codes(read(file)) == ["too-large"]


def test_a_misspelt_key_is_told_once_a_file_with_the_right_one(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "x", "publishd": "2020"}\n{"text": "y", "publishd": "2021"}\n')
    (problem,) = [item for item in read(file) if isinstance(item, Problem)]
    assert problem.code == "unknown-key"
    assert problem.line == 1
    assert "published" in problem.message


def test_an_unreadable_date_is_a_warning_and_the_document_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "x", "published": "3/11/2022"}\n')
    items = read(file)
    assert codes(items) == ["bad-published"]
    assert documents(items)[0].published is None


def test_the_date_given_on_the_command_line_wins(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "x", "published": "2020"}\n')
    assert documents(read(file, published=parse_date("2022-11-03")))[0].published == parse_date("2022-11-03")


@pytest.mark.parametrize("ending", ["jsonl", "json", "yaml"])
def test_events_are_read_in_every_written_form(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"e.{ending}"
    as_yaml = "".join(f"{key}: {value}\n" for key, value in EVENT.items())
    file.write_text(as_yaml if ending == "yaml" else json.dumps(EVENT, indent=None if ending == "jsonl" else 2))
    items = read(file)
    assert codes(items) == []
    (event,) = events(items)
    assert event.facts["goods"] == "artillery_shell"
    assert event.report == "alleged"


def test_an_unknown_fact_in_yaml_is_told_with_line_column_and_the_right_name(tmp_path: Path) -> None:
    file = tmp_path / "e.yaml"
    file.write_text("act: shipment\ngoodz: coal\n")
    (problem,) = [item for item in read(file) if isinstance(item, Problem)]
    assert problem.line == 2
    assert "goods" in problem.message + problem.mend


def test_a_list_of_events_in_one_yaml_file(tmp_path: Path) -> None:
    file = tmp_path / "e.yaml"
    file.write_text("- {act: shipment, goods: coal, supplier: XA}\n- {act: shipment, goods: artillery_shell, supplier: XB}\n- words\n")
    items = read(file)
    assert [e.facts["supplier"] for e in events(items)] == ["XA", "XB"]
    assert codes(items) == ["not-an-event"]


def test_events_without_an_id_are_called_by_their_place(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(EVENT) + "\n\n" + json.dumps(EVENT | {"id": "mine"}) + "\n" + json.dumps(EVENT))
    (tmp_path / "b.yaml").write_text("- {act: shipment, goods: coal, supplier: XA}\n- {act: shipment, goods: coal, supplier: XB}\n")
    names = [e.id.removeprefix(f"{tmp_path}{os.sep}") for e in events(read(tmp_path))]
    assert names == ["a.jsonl:1", "mine", "a.jsonl:4", "b.yaml", "b.yaml#2"]


def test_results_of_a_run_are_not_taken_for_documents(tmp_path: Path) -> None:
    file = tmp_path / "f.json"
    file.write_text('{"schema": "sanctions-checker/findings/1", "findings": []}')
    (problem,) = read(file)
    assert isinstance(problem, Problem)
    assert "sanctions explain" in problem.mend


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"Plain words.\nMore.", "text"), (b'\n\n{"text": "x"}\n{"text": "y"}\n', "lines"), (b'{"text": "x"}\n{"text": "y"}\n', "lines"),
     (b"<!doctype html><html><body><article><p>A long enough paragraph of an article, in one page.</p></article></body></html>", "page")],
)
def test_standard_input_is_read_by_what_it_holds(monkeypatch: pytest.MonkeyPatch, data: bytes, kind: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    items = read("-")
    wanted = {"text": ["Plain words.\nMore."], "lines": ["x", "y"], "page": ["A long enough paragraph of an article, in one page."]}
    assert [d.text for d in documents(items)] == wanted[kind]
    assert documents(items)[0].id.startswith("<stdin>")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    file.chmod(0)
    assert codes(read(file)) == ["unreadable"]


def test_a_broken_link_in_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (problem,) = read(tmp_path)
    assert isinstance(problem, Problem)
    assert "a.txt" in problem.message


def test_a_bad_line_of_json_is_shown_with_a_caret(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text('{"act": "shipment",\n{"act": "shipment", "goodz": "rifle"}\n', encoding="utf-8")
    shown = [render(item) for item in read(path) if isinstance(item, Problem)]
    assert shown[0].endswith('   1 | {"act": "shipment",\n     |                    ^\nhelp: write one JSON object a line, in UTF-8')
    assert shown[1].endswith('   2 | {"act": "shipment", "goodz": "rifle"}\n     |                      ^^^^^\nhelp: did you mean `goods`?')
