"""Whatever bytes a file holds, reading it gives text or a problem that says what to do, never an exception."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.sources.decode import decode

WORDS = "Korea Utara mengirim peluru — «снаряды» 砲弾"


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 le", "utf-16 be", "utf-32 le"],
)
def test_unicode_is_read_as_written(data: bytes) -> None:
    decoded = decode(data, "a.txt")
    assert decoded.text == WORDS
    assert decoded.problems == ()


def test_windows_line_ends_become_plain_ones() -> None:
    assert decode(b"one\r\ntwo\rthree\n", "a.txt").text == "one\ntwo\nthree\n"


def test_western_bytes_are_read_with_a_warning_that_names_the_first_bad_byte() -> None:
    decoded = decode("Außenministerium".encode("cp1252"), "a.txt")
    assert decoded.text == "Außenministerium"
    (problem,) = decoded.problems
    assert (problem.code, problem.severity) == ("encoding-guessed", "warning")
    assert "byte 2 is 0xdf" in problem.message
    assert "UTF-8" in problem.mend


def test_a_declared_encoding_is_believed() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body>КНДР поставила снаряды</body></html>'
    decoded = decode(page.encode("cp1251"), "a.html")
    assert decoded.text == page
    assert decoded.problems == ()


def test_an_unknown_declared_encoding_falls_back() -> None:
    decoded = decode('<meta charset="nonsense-9">Außen'.encode("cp1252"), "a.html")
    assert decoded.text is not None
    assert decoded.text.endswith("Außen")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "words".encode("utf-16-le"), b"PK\x03\x04\0\0"])
def test_binary_files_are_refused_with_a_way_out(data: bytes) -> None:
    decoded = decode(data, "a.bin")
    assert decoded.text is None
    assert [p.code for p in decoded.problems] == ["binary-file"]
    assert "UTF-8" in decoded.problems[0].mend


@pytest.mark.parametrize("data", [b"", b" \n\t ", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n"])
def test_files_without_words_are_named_empty(data: bytes) -> None:
    decoded = decode(data, "a.txt")
    assert decoded.text is None
    assert [p.code for p in decoded.problems] == ["empty-file"]


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_an_error(data: bytes) -> None:
    decoded = decode(data, "x")
    assert (decoded.text is None) == any(p.severity == "error" for p in decoded.problems)
    if decoded.text is not None:
        decoded.text.encode("utf-8")  # nothing that cannot be written again
        assert "\r" not in decoded.text


@pytest.mark.parametrize(
    ("encoding", "taken", "words"),
    [("cp1251", "Windows-1251", "КНДР поставила снаряды в Россию, сообщило министерство обороны. Поставки начались в августе."),
     ("koi8-r", "KOI8-R", "КНДР поставила снаряды в Россию, сообщило министерство обороны. Поставки начались в августе."),
     ("shift_jis", "CP932", "北朝鮮はロシアに砲弾を輸出したと防衛省が発表した。輸送は8月に始まった。"),
     ("gb18030", "GB18030", "朝鲜向俄罗斯出口了炮弹，国防部宣布。运输于八月开始。"),
     ("cp1256", "Windows-1256", "صدرت كوريا الشمالية قذائف إلى روسيا، حسبما أعلنت وزارة الدفاع.")],
)
def test_an_encoding_that_nobody_declares_is_found_and_told(encoding: str, taken: str, words: str) -> None:
    decoded = decode(words.encode(encoding), "a.txt")
    assert decoded.text == words
    (problem,) = decoded.problems
    assert (problem.code, problem.severity) == ("encoding-guessed", "warning")
    assert f"read as {taken}" in problem.message


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "hex", "zip", "undefined", "no-such"])
def test_an_encoding_that_is_none_of_text_is_not_believed(name: str) -> None:
    page = f'<meta charset="{name}">'.encode() + b"caf\xe9"
    assert decode(page, "a.html").text == f'<meta charset="{name}">café'
