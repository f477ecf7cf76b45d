"""The four files of a report: golden copies, hostile text in Markdown and CSV, exact JSON.

After a wanted change, write the golden copies anew with ``REPORT_GOLDEN=write pytest tests/report/test_files.py`` and read the
difference. The HTML copy leaves out the stylesheet and its hash.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.model.run import Run
from checker.report import render_csv, render_html, render_json, render_markdown, write_report
from checker.vocabulary.vocabulary import Vocabulary

GOLDEN = Path(__file__).parent / "golden"


def unstyled(run: Run, vocabulary: Vocabulary) -> str:
    html = re.sub(r"(?s)<style>.*?</style>", "<style></style>", render_html(run, vocabulary))
    return re.sub(r"sha256-[^']+", "sha256-", html)


@pytest.mark.parametrize(
    ("name", "render"), [("story.html", unstyled), ("story.md", render_markdown), ("story.csv", render_csv), ("story.json", render_json)]
)
def test_golden(name: str, render: Callable[[Run, Vocabulary], str], story: Run, vocabulary: Vocabulary) -> None:
    text = render(story, vocabulary).encode()
    if os.environ.get("REPORT_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / name).write_bytes(text)
    assert text.decode().splitlines() == (GOLDEN / name).read_bytes().decode().splitlines()
    assert text == (GOLDEN / name).read_bytes()


def test_write_report_writes_all_four_with_the_same_bytes_each_time(story: Run, vocabulary: Vocabulary, tmp_path: Path) -> None:
    first = write_report(story, vocabulary, tmp_path / "deep" / "a", "night")
    again = write_report(story, vocabulary, tmp_path / "b", "night")
    assert [p.name for p in first.values()] == ["night.html", "night.md", "night.json", "night.csv"]
    assert [p.read_bytes() for p in first.values()] == [p.read_bytes() for p in again.values()]
    assert first["csv"].read_bytes().startswith(b"\xef\xbb\xbf")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_row_for_each_flagged_finding(story: Run, vocabulary: Vocabulary) -> None:
    found = rows(render_csv(story, vocabulary))
    assert [(r["matter"], r["label"], r["date"]) for r in found] == [
        ("1", "alleged violation", "2022-11-02"),
        ("1", "alleged violation", "2022-11-02"),
        ("2", "warning", "2023"),
        ("3", "contested", "2022-08"),
        ("4", "review", "2024-01-09"),
    ]
    assert found[0]["in_breach"] == "Exland as supplier | Ministry of Defence of Beland (Beland) as recipient"
    assert found[0]["law_verified"] == "yes"
    assert found[3]["law_verified"] == "no"
    assert "سفينة ترفع علم إكسلاند" in found[4]["evidence"]


FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.mark.parametrize("start", ["", " ", "\t", "\n"])
def test_csv_carries_no_formula(start: str, one_finding: Callable[..., Run], vocabulary: Vocabulary) -> None:
    text = start + FORMULA
    (row,) = rows(render_csv(one_finding(text, outlet=text, sentence=text, authority=(text,), notes=(text,), url=text), vocabulary))
    assert not [v for v in row.values() if v.lstrip().startswith(("=", "+", "-", "@"))]
    assert row["sentence"] == "'" + FORMULA


def test_markdown_carries_no_markup_of_others(one_finding: Callable[..., Run], vocabulary: Vocabulary) -> None:
    evil = "x](javascript:alert(1)) <b>now</b> ![p](http://evil.example/p.png)\n\n# Big | `rm`"
    text = render_markdown(
        one_finding(evil, outlet=evil, title=evil, by=evil, sentence=evil, url="javascript:alert(2)", notes=(evil,)), vocabulary
    )
    plain = re.sub(r"\\[!-/:-@\[-`{-~]", "", text)
    assert not re.search(r"\]\(|<b>|!\[|`|# Big", plain)
    assert not re.search(r"<(?!https?://)", plain)
    assert "address not linked" in text


def test_markdown_tables_keep_their_columns(story: Run, vocabulary: Vocabulary) -> None:
    lines = [re.sub(r"\\\|", "", line) for line in render_markdown(story, vocabulary).splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {4, 5}


def test_json_is_a_findings_document_with_the_report_beside(story: Run, vocabulary: Vocabulary) -> None:
    record = json.loads(render_json(story, vocabulary))
    report = record.pop("report")
    assert record == json.loads(json.dumps(story.to_wire()))
    assert record["schema"] == "sanctions-checker/findings/1"
    assert report["counts"] == {"alleged violation": 1, "warning": 1, "contested": 1, "review": 1}
    assert report["matters"][0]["findings"] == ["R-e1", "R-e2"]
    assert len(report["not_flagged"]) == 2


def test_json_keeps_texts_exact(one_finding: Callable[..., Run], vocabulary: Vocabulary) -> None:
    text = "It was \u202eneddih \ud83d here."
    raw = render_json(one_finding(text), vocabulary).encode()
    assert json.loads(raw)["findings"][0]["event"]["evidence"][0]["text"] == text
