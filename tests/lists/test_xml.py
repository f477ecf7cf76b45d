"""The Consolidated List, odd in every way it is and in some it is not yet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from checker.lists.entry import Birth, Document, Entry, UnList
from checker.lists.knowledge import Knowledge
from checker.lists.store import read_list
from checker.lists.xml import read_xml

HERE = Path(__file__).resolve().parent
HEAD = '<?xml version="1.0"?>\n'


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def entry(small: UnList, reference: str) -> Entry:
    return next(one for one in small.entries if one.reference == reference)


def test_what_is_odd_is_read_or_told_and_nothing_is_lost(knowledge: Knowledge) -> None:
    found, problems = read_list(HERE / "old.xml", knowledge.words)
    assert found is not None
    assert [one.reference for one in found.entries] == ["TAi.901", "MLi.901", "QDi.906", "KPe.901", "ZZe.901"]
    assert found.left_out == 3
    assert (found.day, len(found.digest)) == ("2025-06-01", 64)
    told = [(p.code, p.severity, p.line, p.message.partition(" ")[0]) for p in problems]
    assert told == [
        ("entry-left-out", "error", 36, "an"), ("entry-left-out", "error", 41, "TAi.901"), ("entry-left-out", "error", 46, "QDi.905"),
        ("odd-date", "warning", 51, "QDi.906"), ("odd-quality", "warning", 51, "QDi.906"), ("odd-date", "warning", 51, "QDi.906"),
        ("unknown-element", "warning", 51, "QDi.906")]
    assert ("MOOD", "grim") in entry(found, "QDi.906").other


def test_an_entry_of_a_person(small: UnList) -> None:
    one = entry(small, "TAi.901")
    assert (one.kind, one.listed_on, one.comments) == ("person", day("2012-05-04"), "An invented entry.")
    assert [(name.text, name.quality) for name in one.names] == [
        ("Zorvan TELMESH QUILBRANDT", "primary"), ("زوروان کوئلبرانت", "good"), ("Zorvan Kwilbrand", "good"), ("Zurvan Qilbrandt", "good"),
        ("Abu Telmesh", "low")]
    assert [name.script for name in one.names] == [False, True, False, False, False]
    assert one.names[-1].note == "camp name"
    assert one.births == (Birth("1970-03-04"), Birth(first=1971, note="Sep."), Birth(first=1972, about=True), Birth(first=1973, last=1975))
    assert [birth.say() for birth in one.births] == ["1970-03-04", "1971 (Sep.)", "about 1972", "1973 to 1975"]
    assert one.documents == (Document("Passport", "ZZ-0012345", "Afghanistan"),)
    assert (one.titles, one.nationalities, one.updated) == (("Mullah",), ("Afghanistan",), ("2014-01-02",))


def test_an_entry_of_a_company(small: UnList) -> None:
    one = entry(small, "KPe.901")
    assert one.kind == "entity"
    assert [(name.text, name.quality, name.former) for name in one.names] == [
        ("GLIMMER SEA TRADING COMPANY, LIMITED (GSTC)", "primary", False), ("GLIMMER SEA TRADING COMPANY, LIMITED", "primary", False),
        ("GSTC", "short", False), ("Mirae Glimmer", "good", False), ("Glimmer House", "good", False), ("Shimmer Lake Corp.", "good", True),
        ("Glimmergate", "good", False), ("GLM", "good", False)]
    assert one.documents == (Document("IMO number", "7654321"),)


BOMB = HEAD + """<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>&b;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""
OUTSIDE = HEAD + """<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>&x;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""
DEEP = HEAD + "<CONSOLIDATED_LIST>" + "<a>" * 5000 + "</a>" * 5000 + "</CONSOLIDATED_LIST>"


@pytest.mark.parametrize(("text", "code"), [
    (BOMB, "xml-unsafe"), (OUTSIDE, "xml-unsafe"), (DEEP, "xml-depth"), ("no list at all", "xml-syntax"),
    (HEAD + "<feed/>", "not-the-list"),
    (HEAD + '<CONSOLIDATED_LIST dateGenerated="2025-01-01"><INDIVIDUALS>', "xml-syntax"),
    (HEAD + '<CONSOLIDATED_LIST dateGenerated="2025-01-01"/>', "no-entries"), ("", "xml-syntax"), ('{"schema": "other"}', "wrong-snapshot"),
    ("{", "wrong-snapshot"),
], ids=["bomb", "entity from outside", "deep", "text", "another format", "cut off", "empty list", "empty", "other JSON", "broken JSON"])
def test_a_hostile_or_broken_file_is_refused_with_a_problem(text: str, code: str, tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "list.xml"
    path.write_text(text, encoding="utf-8")
    found, problems = read_list(path, knowledge.words)
    assert found is None
    assert [p.code for p in problems][-1] == code
    assert problems[-1].mend


def test_a_list_cut_off_anywhere_is_never_taken_for_whole(tmp_path: Path, knowledge: Knowledge) -> None:
    whole = (HERE / "old.xml").read_bytes()
    path = tmp_path / "list.xml"
    for length in range(0, len(whole.rstrip()) - 1, 97):
        path.write_bytes(whole[:length])
        assert read_xml(path, knowledge.words)[0] is None, length


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.lists.xml.MAX_BYTES", 1000)
    found, problems = read_xml(HERE / "old.xml", knowledge.words)
    assert (found, [p.code for p in problems]) == (None, ["file-too-large"])


def test_a_list_without_its_date_takes_the_latest_day_in_it(tmp_path: Path, knowledge: Knowledge) -> None:
    path = tmp_path / "list.xml"
    text = (HERE / "old.xml").read_text(encoding="utf-8")
    path.write_text(text.replace(' dateGenerated="2025-06-01T08:00:00.000Z"', ""), encoding="utf-8")
    found, problems = read_list(path, knowledge.words)
    assert found is not None
    assert found.day == "2018-12-20"
    assert "no-date" in {p.code for p in problems}
