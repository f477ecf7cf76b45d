"""Packs of one's own: they stand beside ours, and are experimental until their own sentences have passed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checker.errors import RuleBaseError
from checker.extract.extractor import FrameExtractor
from checker.extract.pack import load_packs
from checker.extract.sentences import result_of, run_sentences
from checker.extract.tested import TESTED, Result, read_rows, render_tested
from checker.extract.trace import lines, trace
from checker.locator import rules_dir
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.extraction import Extraction
from checker.vocabulary.vocabulary import default_vocabulary
from tests.extract.guide import guide_pack

SENTENCE = "Triều Tiên đã gửi đạn pháo cho Nga, Nhà Trắng cho biết."
OURS = rules_dir() / "languages"

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with one pack, by default that of the guide."""

    def make(text: str = "", name: str = "vi.yaml") -> Path:
        (tmp_path / name).write_text(text or guide_pack(), encoding="utf-8", newline="\n")
        return tmp_path

    return make


def read(folder: Path, text: str = SENTENCE, lang: str = "") -> Extraction:
    document = Document("t", text, parse_date("2024-05-15"), lang=lang)
    return FrameExtractor(default_vocabulary(), languages=[folder]).extract(document)


def run(folder: Path) -> Result:
    """Read the sentences of the pack and keep the result."""
    extractor = FrameExtractor(default_vocabulary(), languages=[folder])
    result = result_of(extractor.packs["vi"], list(run_sentences(extractor.packs["vi"], extractor)))
    (folder / TESTED).write_text(render_tested([result]), encoding="utf-8", newline="\n")
    return result


def is_capped(found: Extraction) -> bool:
    noted = any("experimental" in note for note in found.notes)
    assert found.language == "vi"
    assert [event.tier == "weak" for event in found.events] == [noted]
    return noted


def test_a_pack_is_experimental_until_its_sentences_have_passed(folder: Folder) -> None:
    packs = folder()
    assert is_capped(read(packs))
    assert run(packs).failed == 0
    assert read(packs).events[0].tier != "weak"
    assert not is_capped(read(packs))


def test_a_changed_word_makes_it_experimental_again_and_line_ends_do_not(folder: Folder) -> None:
    packs = folder()
    run(packs)
    path = packs / "vi.yaml"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"\n", b"\r\n"))
    assert not is_capped(read(packs))
    path.write_bytes(data.replace(b"Reuters]", b"Reuters, TASS]"))
    assert is_capped(read(packs))


@pytest.mark.parametrize(("text", "passed", "failed"), [
    (guide_pack().replace("KP>RU reported done", "RU>KP reported done", 1), 11, 1),
    (guide_pack().partition("tests:")[0], 0, 0),
], ids=["one fails", "none"])
def test_a_pack_of_which_a_sentence_fails_or_that_has_none_stays_experimental(text: str, passed: int, failed: int, folder: Folder) -> None:
    packs = folder(text)
    result = run(packs)
    assert (result.passed, result.failed) == (passed, failed)
    assert is_capped(read(packs))


def test_the_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = (Result("ar", "a1", 3, 0), Result("no", "b2", 0, 0), Result("vi", "c3", 11, 1))
    (tmp_path / TESTED).write_text(render_tested(reversed(rows)), encoding="utf-8")
    assert read_rows(tmp_path) == rows
    (tmp_path / TESTED).write_text(render_tested([]), encoding="utf-8")
    assert read_rows(tmp_path) == ()


@pytest.mark.parametrize("text", ["", "packs: [vi]\n", "packs: {vi: passed}\n", 'packs: {vi: {digest: "x", passed: "12", failed: 0}}\n',
                                  "<<<<<<< ours\npacks: {}\n"])
def test_a_damaged_record_is_told_of(text: str, folder: Folder) -> None:
    packs = folder()
    (packs / TESTED).write_text(text, encoding="utf-8")
    with pytest.raises(RuleBaseError, match="no record of tested packs"):
        read(packs)


def test_a_pack_for_a_language_of_ours_takes_its_place(folder: Folder) -> None:
    packs = folder(guide_pack().replace("language: vi", "language: id").replace("Vietnamese", "Other"), "id.yaml")
    extractor = FrameExtractor(default_vocabulary(), languages=[packs])
    assert (extractor.packs["id"].title, extractor.packs["en"].title) == ("Other", "English")
    assert len(read(packs, "Bình Nhưỡng đã gửi đạn pháo cho Moskva.", "id").events) == 1


def test_a_pack_with_an_error_is_not_used_and_its_place_is_told(folder: Folder) -> None:
    packs = folder(guide_pack().replace("coal: [", "coals: ["))
    with pytest.raises(RuleBaseError, match=r"vi\.yaml:\d+:3: error\[L105\]: 'coals' is no term of the goods"):
        read(packs)


def test_without_a_folder_nobody_reads_the_language(folder: Folder) -> None:
    found = FrameExtractor(default_vocabulary()).extract(Document("t", SENTENCE, parse_date("2024-05-15")))
    assert (found.language, found.events) == ("und", ())
    assert read(folder()).language == "vi"


def test_the_trace_tells_names_frames_scores_and_claims(folder: Folder) -> None:
    extractor = FrameExtractor(default_vocabulary(), languages=[folder()])
    (sentence,) = trace(extractor, SENTENCE, "vi")
    assert {"text": "đạn pháo", "means": ["goods artillery_shell"]} in sentence["tokens"]
    (frame,) = sentence["frames"]
    assert (frame["frame"], frame["act"], frame["goods"]) == ("send", "shipment", [{"term": "artillery_shell", "text": "đạn pháo"}])
    assert sorted((r["role"], r["value"], r["text"], r["score"]) for r in frame["roles"]) == [
        ("recipient", "RU", "Nga", 2.0), ("supplier", "KP", "Triều Tiên", 2.0)]
    assert [(c["kind"], c["by"], c["verb"]) for c in frame["claims"]] == [("say", "Nhà Trắng", "cho biết")]
    shown = list(lines(sentence, words=False))
    assert "  claim  say by Nhà Trắng (cho biết)" in shown
    assert not any(line.startswith("word") for line in shown)


def test_the_record_of_our_packs_is_that_of_the_packs_as_they_are() -> None:
    if not (OURS / TESTED).is_file():
        pytest.skip("the record is written when the packs stand still: sanctions languages test --write")
    packs, problems = load_packs(OURS)
    assert problems == []
    assert {row.lang: row.digest for row in read_rows(OURS) if not row.failed} == {p.lang: p.digest for p in packs.values()}, \
        "run: sanctions languages test --write"
    assert not any(pack.experimental for pack in packs.values())
