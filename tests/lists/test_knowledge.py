"""What is known beside the list: read strictly, with a place for every mistake, and true to the real list."""

from __future__ import annotations

import datetime as dt
import shutil
from itertools import chain
from pathlib import Path

import pytest

from checker.lists.entry import Entry, Name, UnList
from checker.lists.knowledge import Knowledge, default_knowledge, load_knowledge
from checker.lists.spans import spans_of
from checker.locator import rules_dir
from checker.strictyaml.message import render
from checker.vocabulary.vocabulary import Vocabulary
from tests.judge.build import day

MISTAKES = [
    ("committees", "list: UN-1267-TB", "list: UN-1267-XX", "unknown-term", "UN-1267-XX"),
    ("committees", "binds: persons", "binds: people", "unknown-term", "persons or entities"),
    ("committees", "regime: un-1988", "regime: un-1989", "unknown-term", "did you mean `un-1988`?"),
    ("committees", "until: 2011-06-16", "until: 1998-06-16", "date-order", "`until` is its last day"),
    ("committees", "  TA:", "  Taliban:", "wrong-id", "two capitals"),
    ("measures", "YEe.001", "YE.001", "wrong-reference", "TAi.144"),
    ("measures", "[LYi.009]", "[LYi.001]", "duplicate-reference", "say it once"),
    ("measures", "{list: UN-2140-AE", "{list: UN-1718-AF", "unknown-term", "see committees.yaml"),
    ("measures", "    says: the Houthis", "    sais: the Houthis", "unknown-key", "did you mean `says`?"),
    ("delistings", "day: certain", "day: sure", "unknown-term", "certain"),
    ("delistings", "kind: person", "kind: people", "wrong-kind", "person or entity"),
    ("delistings", "  - reference: QDi.317", "  - reference: QDi.317\n    alias_of: QDe.115", "wrong-reference", "reference number"),
    ("waivers", "places: SA", "places: Atlantis", "unknown-term", "places.yaml"),
    ("waivers", "    from: 2025-01-23\n", "", "not-verified", "verified: no"),
    ("waivers", "id: haqqani_hajj_2024", "id: haqqani_abu_dhabi_2024", "duplicate-key", "id of its own"),
    ("waivers", "committee: TA", "committee: XX", "unknown-term", "committees.yaml"),
    ("references", "houthis:", "houthys:", "unknown-party", "did you mean `houthis`?"),
    ("references", "TAe.012", "XXe.012", "unknown-term", "committees.yaml"),
    ("names", "titles:", "title:", "missing-key", "titles"),
    ("kinds", "  bank:", "  banc:", "unknown-term", "did you mean `bank`?"),
    ("kinds", "kind: armed_forces", "kind: armed_fources", "unknown-term", "did you mean `armed_forces`?"),
    ("kinds", "KPe.030", "KPe.007", "duplicate-reference", "say it once"),
    ("kinds", "words:", "word:", "missing-key", "words"),
]


@pytest.mark.parametrize(("file", "was", "becomes", "code", "says"), MISTAKES, ids=[f"{m[0]}-{m[3]}-{i}" for i, m in enumerate(MISTAKES)])
def test_a_mistake_is_told_with_its_place(file: str, was: str, becomes: str, code: str, says: str, tmp_path: Path,
                                         vocabulary: Vocabulary) -> None:
    folder = tmp_path / "lists"
    shutil.copytree(rules_dir() / "lists", folder)
    path = folder / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    knowledge, problems = load_knowledge(vocabulary, folder)
    assert knowledge is None
    meant = [p for p in problems if p.code == code]
    assert meant, [p.code for p in problems]
    assert any(says in render(p) for p in meant)
    assert all(p.path.endswith(f"{file}.yaml") and p.line for p in meant)


def test_a_missing_file_is_told(tmp_path: Path, vocabulary: Vocabulary) -> None:
    knowledge, problems = load_knowledge(vocabulary, tmp_path)
    assert knowledge is None
    assert len([p for p in problems if p.code == "vocabulary-file-missing"]) == 7


def spans(reference: str, listed: str, knowledge: Knowledge) -> list[tuple[str, str, str, bool]]:
    kind = "person" if reference[2] == "i" else "entity"
    entry = Entry(reference, kind, (Name("X", "primary"),), day(listed) if listed else 0)
    iso = lambda ordinal: dt.date.fromordinal(ordinal).isoformat() if ordinal else ""  # noqa: E731
    off = next((one for one in knowledge.delistings if one.reference == reference and not one.alias), None)
    return [(span.list, iso(span.first), iso(span.last or 0), span.weak) for span in spans_of(entry, knowledge, off)]


CASES = [
    ("a travel ban binds persons alone", "KPe.001", "2009-04-24", [("UN-1718-AF", "2009-04-24", "", False)]),
    ("listed before the measure was there", "SDi.001", "2005-04-01",
     [("UN-1591-AF", "2005-04-28", "", False), ("UN-1591-TB", "2005-04-28", "", False)]),
    ("one measure for the Houthis", "YEe.001", "2022-02-28", [("UN-2140-AE", "2022-02-28", "", False)]),
    ("a leader of theirs", "YEi.001", "2014-11-07",
     [("UN-2140-AF", "2014-11-07", "", False), ("UN-2140-TB", "2014-11-07", "", False), ("UN-2140-AE", "2015-04-14", "", False)]),
    ("travel ban alone", "LYi.001", "2011-02-26", [("UN-1970-TB", "2011-02-26", "", False)]),
    ("frozen later than banned", "LYi.006", "2011-02-26",
     [("UN-1970-AF", "2011-03-17", "", False), ("UN-1970-TB", "2011-02-26", "", False)]),
    ("freeze alone", "LYi.009", "2011-02-26", [("UN-1970-AF", "2011-02-26", "", False)]),
    ("Guinea-Bissau", "GBi.005", "2012-05-18", [("UN-2048-TB", "2012-05-18", "", False)]),
    ("one list became two", "TAi.001", "2001-02-23", [
        ("UN-1267-AF", "2001-02-23", "2011-06-16", False), ("UN-1267-TB", "2002-01-16", "2011-06-16", False),
        ("UN-1267-AE", "2002-01-16", "2011-06-16", False), ("UN-1988-AF", "2011-06-17", "", False),
        ("UN-1988-TB", "2011-06-17", "", False), ("UN-1988-AE", "2011-06-17", "", False)]),
    ("a list that ended", "MLi.001", "2018-12-20",
     [("UN-2374-AF", "2018-12-20", "2023-08-31", False), ("UN-2374-TB", "2018-12-20", "2023-08-31", False)]),
    ("Iran: back in 2025, unsure between", "IRe.001", "2006-12-23", [
        ("UN-1737-AF", "2006-12-23", "2016-01-15", False), ("UN-2231-AF", "2016-01-16", "2023-10-17", True),
        ("UN-1737-AF", "2025-09-28", "", False)]),
    ("taken off on a day that depends on the hour", "QDe.137", "2014-05-14", [
        ("UN-1267-AF", "2014-05-14", "2026-02-26", False), ("UN-1267-AF", "2026-02-27", "2026-02-27", True),
        ("UN-1267-AE", "2014-05-14", "2026-02-26", False), ("UN-1267-AE", "2026-02-27", "2026-02-27", True)]),
    ("nobody read when he was listed", "QDi.317", "", [
        ("UN-1267-AF", "2001-01-19", "2025-11-05", True), ("UN-1267-TB", "2002-01-16", "2025-11-05", True),
        ("UN-1267-AE", "2002-01-16", "2025-11-05", True)]),
    ("a committee nobody knows", "ZZi.001", "2018-12-20", []),
]


@pytest.mark.parametrize(("reference", "listed", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_measures_of_a_name(reference: str, listed: str, wanted: list[tuple[str, str, str, bool]], knowledge: Knowledge) -> None:
    assert spans(reference, listed, knowledge) == wanted


def test_every_entry_of_the_real_list_is_under_some_measure(real: UnList, knowledge: Knowledge) -> None:
    assert [entry.reference for entry in real.entries if not spans_of(entry, knowledge)] == []


def test_every_reference_that_the_files_name_is_on_the_real_list(real: UnList, knowledge: Knowledge) -> None:
    """Names taken off before that day excepted; a slip of a digit would tie a party to a stranger."""
    on_list = {entry.reference: entry for entry in real.entries}
    named = {*knowledge.measures, *chain(*knowledge.parties.values()), *chain(*(waiver.references for waiver in knowledge.waivers))}
    assert named - on_list.keys() == set()
    spoken = {"isil": "islamic state in iraq and the levant", "isil_k": "isil khorasan"}
    for party, references in knowledge.parties.items():
        names = {name.text.lower().replace("-", " ") for reference in references for name in on_list[reference].names}
        wanted = spoken.get(party) or party.replace("_", " ").split()[-1]
        assert any(wanted in name for name in names), (party, names)


def test_the_comments_of_libyan_names_say_what_the_files_say(real: UnList, knowledge: Knowledge) -> None:
    for entry in real.entries:
        if entry.reference.startswith("LYi"):
            lists = {measure.list for measure in knowledge.measures[entry.reference]}
            assert ("Travel Ban" in entry.comments) == ("UN-1970-TB" in lists), entry.reference
            assert ("Asset Freeze" in entry.comments) == ("UN-1970-AF" in lists), entry.reference
            late = [measure for measure in knowledge.measures[entry.reference] if measure.first]
            assert bool(late) == ("17 March 2011" in entry.comments), entry.reference


def test_the_knowledge_is_read_once() -> None:
    assert default_knowledge() is default_knowledge()
