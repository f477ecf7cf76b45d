"""Texts from outside made inert: visible controls, Markdown, spreadsheet cells, links, direction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.report.text import cell, direction, flat, lang_tag, markdown, safe_url, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("exe\u202egpj.doc", "exe[U+202E]gpj.doc"),
        ("a\u2066b\u2069", "a[U+2066]b[U+2069]"),
        ("nul\x00bell\x07", "nul[U+0000]bell[U+0007]"),
        ("hidden\U000e0041", "hidden[U+E0041]"),
        ("half\ud800", "half\ufffd"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("marks\u200f stay\u200e", "marks\u200f stay\u200e"),
        ("می\u200cرود", "می\u200cرود"),
    ],
)
def test_controls_are_shown_and_honest_marks_stay(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+1", "'+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("\n@x", "'@x"),
        ("  =1+1", "'=1+1"),
        ("\u00a0=1", "'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("fine = fine", "fine = fine"),
        ("", ""),
        ("3-4", "3-4"),
    ],
)
def test_cells_are_no_formulas(text: str, inert: str) -> None:
    assert cell(text) == inert


@given(st.text())
def test_no_cell_ever_starts_a_formula(text: str) -> None:
    assert not cell(text).lstrip().startswith(("=", "+", "-", "@", "\uff1d"))
    assert "\n" not in cell(text)


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("**bold** _it_", r"\*\*bold\*\* \_it\_"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("![x](http://e.x/p.png)", r"\!\[x\](http\://e.x/p.png)"),
        ("<img src=x onerror=alert(1)>", r"\<img src=x onerror=alert(1)\>"),
        ("a | b", r"a \| b"),
        ("# head", r"\# head"),
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("1. item", r"1\. item"),
        ("7) item", r"7\) item"),
        ("one\n\n# two", r"one \# two"),
        ("`code`", r"\`code\`"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("see www.evil.example", r"see www\.evil.example"),
        ("UNSCR 1718 (2006) para 8(b)", "UNSCR 1718 (2006) para 8(b)"),
    ],
)
def test_markdown_is_escaped_and_stays_readable(text: str, inert: str) -> None:
    assert markdown(text) == inert


@pytest.mark.parametrize(
    "url", ["http://a.example/x?a=1&b=2", "https://a.example", "HTTPS://A.example/", "https://xn--e1afmkfd.example/путь"]
)
def test_web_addresses_are_links(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host/x",
        "/path",
        "http:",
        "http://",
        "https://good.example@evil.example/",
        "https://a.example/\u202egpj",
        "http://[::1",
        "https://a.example/ x",
        "https://a.example/>x",
        "vbscript:x",
        "mailto:x@y.example",
    ],
)
def test_other_addresses_are_not(url: str) -> None:
    assert safe_url(url) == ""


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Korea Utara", "ltr"),
        ("قال مصدر ملاحي", "rtl"),
        ("אוניה", "rtl"),
        ("قال مصدر في UN", "rtl"),
        ("The ship سفينة arrived", "ltr"),
        ("2022", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_follows_the_letters(text: str, way: str) -> None:
    assert direction(text) == way


@pytest.mark.parametrize(
    ("code", "tag"), [("id", "id"), ("zh-Hant", "zh-Hant"), ("", "und"), ('en" onload="x', "und"), ("english!", "und")]
)
def test_language_tags_are_well_formed(code: str, tag: str) -> None:
    assert lang_tag(code) == tag


@given(st.text())
def test_flat_is_one_visible_line(text: str) -> None:
    assert len(flat(text).splitlines()) <= 1
    assert not any("\ud800" <= c <= "\udfff" or c in "\u202e\u2066\x00" for c in flat(text))
