"""The pages of nights: every link leads somewhere, hostile text is inert in every file, a rerun leaves the same, quiet nights say so."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from checker.cases.decisions import decide
from checker.cases.settings import CaseSettings
from checker.cases.store import Store
from checker.cases.upkeep import migrate
from checker.cli.main import main
from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.night.pages import write_catalogue
from checker.report.nightly_html import all_cases_page, night_page
from tests.night.place import Place, Shelf, files_of, morning
from tests.night.story import busy

FIRST, SECOND, THIRD = "2024-05-15", "2024-05-16", "2024-05-17"
HOSTILE = "<script>alert(1)</script>=cmd|' /C calc'!A0 \u202eevil"
ARTICLES: dict[str, list[dict[str, str]]] = {
    FIRST: [{"id": "a", "outlet": HOSTILE, "url": "javascript:alert(1)", "lang": "en", "published": "2024-05-14",
             "text": f"North Korea shipped artillery shells to Russia, the White House said.\n\n{HOSTILE}"}],
    SECOND: [{"id": "b", "outlet": "Post", "url": "https://post.example/b", "lang": "ar", "published": "2024-05-16",
              "text": "زودت إيران الحوثيين بصواريخ، قالت الولايات المتحدة."},
             {"id": "c", "outlet": "=Courier", "url": "https://courier.example/c", "lang": "en", "published": "2024-05-16",
              "text": "North Korea has shipped shells to Russia, a UN panel of experts reported. Pyongyang denied it."}]}


@pytest.fixture
def place(tmp_path: Path, judge: Judge, extractor: FrameExtractor, settings: CaseSettings) -> Place:
    store = Store(str(tmp_path / "store.db"))
    migrate(store)
    return Place(store, tmp_path / "out", judge, extractor, settings, [Shelf(f"wire {HOSTILE}", ARTICLES)])


def pages(place: Place) -> dict[str, str]:
    return {str(p.relative_to(place.out)): p.read_text(encoding="utf-8") for p in place.out.rglob("*.html") if "catalogue" not in p.parts
            and "latest" not in p.parts}


def test_every_link_leads_somewhere(place: Place, judge: Judge) -> None:
    write_catalogue(place.out, judge)
    for night in (FIRST, SECOND, THIRD):
        place.run(night)
    found = pages(place)
    assert {"index.html", f"{FIRST}/1/index.html", f"{SECOND}/1/cases/C-2024-000001.html", "cases/C-2024-000001/index.html"} <= set(found)
    for name, text in found.items():
        for link in re.findall(r'href="([^"]*)"', text):
            if link.startswith("#"):
                assert f'id="{link[1:]}"' in text, (name, link)
            elif not link.startswith("https://"):
                assert (place.out / name).parent.joinpath(link.partition("#")[0]).exists(), (name, link)
    assert 'dir="rtl"' in found[f"{SECOND}/1/index.html"]
    assert "Nothing changed" in found[f"{THIRD}/1/index.html"]
    assert "This is the first night" in found[f"{FIRST}/1/index.html"]


def test_hostile_text_is_inert(place: Place) -> None:
    for night in (FIRST, SECOND):
        place.run(night)
    for name, text in pages(place).items():
        assert "<script" not in text.lower(), name
        assert "javascript:" not in "".join(re.findall(r'(?:href|src)="([^"]*)"', text)), name
        assert "\u202e" not in text, name
        if not name.endswith("digest.html"):
            assert "default-src 'none'" in text, name
    for night in (FIRST, SECOND):
        folder = place.out / night / "1"
        assert "\u202e" not in (folder / "digest.txt").read_text()
        rows = list(csv.reader((folder / "findings.csv").read_text(encoding="utf-8-sig").splitlines()))
        assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)
    feed = fromstring((place.out / "feed.xml").read_text())
    assert [e.tag for e in feed].count("{http://www.w3.org/2005/Atom}entry") == 2


def test_decisions_and_history_stand_on_the_page_of_a_case(place: Place, settings: CaseSettings) -> None:
    place.run(FIRST)
    with place.store.begin() as connection:
        decide(connection, "C-2024-000001", "plausible", by="Ana <b>", reason="two sources", at=morning(SECOND),
               dispositions=settings.dispositions)
    place.run(SECOND)
    page = (place.out / "cases" / "C-2024-000001" / "index.html").read_text()
    assert "Ana &lt;b&gt;" in page
    assert page.count("<td data-head=\"Night\">") == 2
    lines = (place.out / "cases" / "C-2024-000001" / "history.jsonl").read_text().splitlines()
    assert len(lines) == 2
    before = files_of(place.out)
    place.run(FIRST)
    place.run(SECOND)
    assert files_of(place.out) == before


@pytest.mark.parametrize("number", [500, 1500])
def test_the_page_of_a_night_stays_below_a_megabyte_and_leads_to_every_case(number: int, judge: Judge) -> None:
    nightly = busy(number)
    page, rest = night_page(nightly, judge.rulebase.vocabulary), all_cases_page(nightly)
    assert len(page.encode()) < 1_000_000
    linked = set(re.findall(r'href="cases/(C-[0-9-]+)[.]html"', page))
    assert len(linked) == 500
    for op in ("add", "mod", "del", "reo"):
        assert f'<h2 id="{op}">' in page
    if number > 500:
        assert 'href="cases/index.html#add"' in page
        linked |= set(re.findall(r'href="(C-[0-9-]+)[.]html"', rest))
    else:
        assert rest == ""
    assert linked == {c.case["id"] for c in nightly.changes}


FAILING = """\
[state]
store = "store.db"
out = "out"
lock = "lock"
[run]
lists = "none"
catalogue = false
[[sources]]
name = "desk"
kind = "folder"
path = "articles"
"""


def test_the_index_says_that_a_night_failed_and_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sanctions.toml").write_text(FAILING)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Nothing happened.")
    assert main(["night", "--night", FIRST]) == 0
    good = (tmp_path / "out" / "index.html").read_text()
    assert "Nothing changed on Wednesday, 15 May 2024" in good
    night = (tmp_path / "out" / FIRST / "1" / "index.html").read_text()
    assert "catalogue/" not in good + night  # there is none to lead to
    (tmp_path / "articles").rename(tmp_path / "gone")
    assert main(["night", "--night", SECOND]) == 4
    text = (tmp_path / "out" / "index.html").read_text().replace("\u00a0", " ")
    assert "The night of Thursday, 16 May 2024 failed" in text
    assert text.count("<li><bdi>desk: there is no") == 2
    assert f'href="{FIRST}/1/index.html">Read the report of Wednesday, 15 May 2024' in text
    assert f'href="#failed-{SECOND}"' in text
    assert (tmp_path / "out" / re.findall(r'href="([^"]+/quality.json)"', text)[0]).is_file()
    assert "nothing was judged" in (tmp_path / "out" / "feed.xml").read_text()
    (tmp_path / "gone").rename(tmp_path / "articles")
    assert main(["night", "--night", SECOND]) == 0
    assert "Nights that failed" not in (tmp_path / "out" / "index.html").read_text()
