"""Resolutions as data: citations, files with their messages, and that rules and resolutions name each other."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cli.main import main
from checker.locator import rules_dir
from checker.rulebase import codes
from checker.rulebase.citations import check_citations, citations
from checker.rulebase.instruments import Instruments, load_instruments, read_instrument
from checker.rulebase.loader import YES_NO_UNDER, RuleBase, load_rulebase, shown_path
from checker.strictyaml.loader import parse_file
from checker.strictyaml.message import render_all
from checker.vocabulary.authority import Paragraph, parse_authority
from checker.vocabulary.vocabulary import Vocabulary

BAD = Path(__file__).parents[1] / "messages" / "bad" / "instruments"
UPDATE = bool(os.environ.get("UPDATE_MESSAGES"))


@pytest.fixture(scope="module")
def instruments(vocabulary: Vocabulary) -> Instruments:
    found, problems = load_instruments(vocabulary=vocabulary)
    assert render_all(problems) == ""
    return found


@pytest.fixture(scope="module")
def base(vocabulary: Vocabulary) -> RuleBase:
    return load_rulebase(vocabulary=vocabulary).rulebase


@pytest.mark.parametrize(("text", "wanted"), [
    ("UNSCR 1718 (2006) para 8(a)(i)", ["unscr-1718 8(a)(i)"]),
    ("UNSCR 1874 (2009) paras 9 and 10", ["unscr-1874 9", "unscr-1874 10"]),
    ("UNSCR 1718 (2006) paras 5, 8(b) and 9", ["unscr-1718 5", "unscr-1718 8(b)", "unscr-1718 9"]),
    ("UNSCR 1718 (2006) paras 5, 8(b), and 9", ["unscr-1718 5", "unscr-1718 8(b)", "unscr-1718 9"]),
    ("UNSCR 2216 (2015) paras 15 to 17", ["unscr-2216 15", "unscr-2216 16", "unscr-2216 17"]),
    ("UNSCR 2231 (2015) Annex B para 4", ["unscr-2231 Annex B para 4"]),
    ("UNSCR 2321 (2016) para 46; now UNSCR 2397 (2017) para 25", ["unscr-2321 46", "unscr-2397 25"]),
    ("UNSCR 687 (1991) para 24; UNSCR 687 (1991) para 24", ["unscr-687 24"]),
])
def test_citations_are_read(text: str, wanted: list[str]) -> None:
    assert [f"{p.instrument} {p.key}" for p in parse_authority(text)] == wanted


@pytest.mark.parametrize(("text", "complaint"), [
    ("", "'' does not name a resolution and its paragraph"),
    ("UNSCR 1718 (2006)", "'UNSCR 1718 (2006)' does not name"),
    ("UNSCR 1718 para 8", "'UNSCR 1718 para 8' does not name"),
    ("resolution 1718 (2006) para 8", "does not name"),
    ("UNSCR 1718 (2006) para 8(A)", "'8(A)' is no number of a paragraph"),
    ("UNSCR 1718 (2006) para 8 b", "'8 b' is no number"),
    ("UNSCR 1718 (2006) para 8 and 9", "write 'paras'"),
    ("UNSCR 1718 (2006) paras 9 to 5", "'9 to 5' is no run"),
    ("UNSCR 1718 (2006) paras 1 to 9999999", "is no run"),
    ("UNSCR 1718 (2006) para 8;", "'' does not name"),
])
def test_what_is_no_citation_is_said(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        parse_authority(text)


@given(st.integers(1, 9999), st.integers(1946, 2099), st.sampled_from(["", "A", "B"]),
       st.from_regex(r"[1-9][0-9]?(\([a-z]{1,3}\)){0,2}", fullmatch=True))
def test_what_is_printed_is_read_back(number: int, year: int, annex: str, paragraph: str) -> None:
    cited = Paragraph(f"unscr-{number}", year, annex, paragraph)
    assert parse_authority(str(cited)) == (cited,)


@given(st.text(max_size=80))
def test_a_lookup_never_fails(text: str) -> None:
    lookup = Instruments(()).lookup(text)
    assert lookup.found == ()
    assert lookup.missing


@pytest.mark.parametrize(("text", "code", "message", "mend"), [
    ("UNSCR 1718 (2007) para 2", "unknown-instrument", "resolution 1718 is of 2006, not 2007", "write UNSCR 1718 (2006)"),
    ("UNSCR 1719 (2006) para 2", "unknown-instrument", "there is no file on UNSCR 1719 (2006)",
     "did you mean UNSCR 1718? if not, write rules/instruments/unscr-1719.yaml"),
    ("UNSCR 1718 (2006) para 8(a)(ix)", "unknown-paragraph", "UNSCR 1718 (2006) has no paragraph 8(a)(ix) in its file",
     "did you mean 8(a)(i)? if not, add it to rules/instruments/unscr-1718.yaml"),
])
def test_lookup_says_what_is_missing(instruments: Instruments, text: str, code: str, message: str, mend: str) -> None:
    (missing,) = instruments.lookup(text).missing
    assert (missing.code, missing.message, missing.mend) == (code, message, mend)


def test_lookup_finds_what_is_there_and_names_the_rest(instruments: Instruments) -> None:
    lookup = instruments.lookup("UNSCR 1718 (2006) paras 8(b) and 77")
    assert [(i.id, p.key) for i, p in lookup.found] == [("unscr-1718", "8(b)")]
    assert len(lookup.missing) == 1


def compare(text: str, golden: Path) -> None:
    if UPDATE:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda p: p.stem)
def test_each_mistake_has_its_message(path: Path, vocabulary: Vocabulary) -> None:
    parsed = parse_file(path, shown_as=f"bad/instruments/{path.name}", yes_no_under=YES_NO_UNDER)
    instrument, problems = read_instrument(parsed, vocabulary, path.stem)
    assert instrument is None
    compare(render_all(sorted(problems, key=lambda p: (p.line, p.column, p.code, p.message))), path.with_suffix(".txt"))


@pytest.mark.parametrize("folder", sorted(p for p in BAD.iterdir() if p.is_dir()), ids=lambda p: p.name)
def test_rules_and_resolutions_that_disagree(folder: Path, vocabulary: Vocabulary) -> None:
    found, wrong = load_instruments(folder / "instruments", vocabulary)
    loaded = load_rulebase([folder / "un"], vocabulary)
    assert wrong + loaded.problems == []
    text = render_all(check_citations(found, loaded.rulebase)).replace(shown_path(BAD), "bad/instruments")
    compare(text, folder.with_suffix(".txt"))


def test_rules_from_elsewhere_are_only_warned(instruments: Instruments, vocabulary: Vocabulary) -> None:
    own = load_rulebase([rules_dir() / "un", BAD / "disagree" / "un"], vocabulary).rulebase
    problems = check_citations(instruments, own)
    assert {p.severity for p in problems} == {"warning"}
    assert "not-listed" not in {p.code for p in problems}


def test_shipped_rules_and_resolutions_agree(instruments: Instruments, base: RuleBase) -> None:
    assert render_all(check_citations(instruments, base)) == ""


def test_every_paragraph_that_a_rule_cites_is_in_a_file(instruments: Instruments, base: RuleBase) -> None:
    for rule in base.rules:
        for citation in citations(rule):
            assert instruments.lookup(citation.text).missing == (), citation.text


def test_no_source_is_claimed_without_a_name(instruments: Instruments) -> None:
    for instrument in instruments.all:
        for marks in (instrument.verified, *(p.verified for p in instrument.paragraphs)):
            assert marks.source or not (marks.paragraph or marks.dates or marks.scope), instrument.id


def test_every_code_is_explained() -> None:
    shown = set(re.findall(r"^\S.*?: (?:error|warning)\[([a-z-]+)\]", "".join(p.read_text() for p in BAD.glob("*.txt")), re.M))
    assert {"silent-paragraph", "wrong-authority", "unknown-instrument", "unknown-paragraph", "not-citing", "not-listed"} <= shown
    assert shown <= set(codes.CODES)


def test_law_coverage_counts_every_paragraph_once(instruments: Instruments, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "law-coverage", "--json"]) == 0
    wire = json.loads(capsys.readouterr().out)
    assert wire["schema"] == "sanctions-checker/law-coverage/1"
    assert sum(wire["counts"].values()) == wire["total"] == sum(len(i.paragraphs) for i in instruments.all)
    assert main(["rules", "law-coverage"]) == 0
    shown = capsys.readouterr().out
    for instrument in instruments.all:
        for paragraph in instrument.paragraphs:
            assert (f"  {paragraph.key}: {paragraph.says}" in shown) == bool(paragraph.open), paragraph.key


def test_law_coverage_says_no_where_rules_and_resolutions_disagree(monkeypatch: pytest.MonkeyPatch,
                                                                   capsys: pytest.CaptureFixture[str]) -> None:
    found, _ = load_instruments()
    cut = Instruments(tuple(i for i in found.all if i.id != "unscr-2397"))
    monkeypatch.setattr("checker.rulebase.instruments.load_instruments", lambda: (cut, []))
    assert main(["rules", "law-coverage"]) == 1
    assert "there is no file on UNSCR 2397 (2017)" in capsys.readouterr().err
