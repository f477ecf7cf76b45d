"""Pages become articles: no script, no menu, no date from the clock."""

from __future__ import annotations

import builtins
from typing import Any

import pytest

from checker.model.dates import parse_date
from checker.sources.html import looks_like_html, read_html

PAGE = """<!doctype html><html lang="id-ID"><head><title>Peluru dikirim ke utara</title>
<meta property="og:site_name" content="Harian Contoh"><meta property="article:published_time" content="2022-11-03T16:40:00+07:00">
<link rel="canonical" href="https://news.example/a/1"></head><body><nav><a href="/">Beranda</a></nav>
<article><h1>Peluru dikirim ke utara</h1><p>Exlandia mengirim peluru artileri ke negara tetangga, kata juru bicara pada hari Rabu.</p>
<p>Negara tetangga itu membantah telah menerima kiriman apa pun dari Exlandia.</p></article>
<script>alert("peluru")</script></body></html>"""


def test_title_paragraphs_and_what_the_page_says_of_itself() -> None:
    document, problems = read_html(PAGE, "a.html")
    assert problems == []
    assert document is not None
    assert document.text.split("\n\n") == [
        "Peluru dikirim ke utara",
        "Exlandia mengirim peluru artileri ke negara tetangga, kata juru bicara pada hari Rabu.",
        "Negara tetangga itu membantah telah menerima kiriman apa pun dari Exlandia.",
    ]
    assert (document.title, document.outlet, document.lang) == ("Peluru dikirim ke utara", "Harian Contoh", "id")
    assert document.url == "https://news.example/a/1"
    assert document.published == parse_date("2022-11-03")


def test_an_address_that_is_no_web_address_is_dropped() -> None:
    document, _ = read_html(PAGE.replace("https://news.example/a/1", "javascript:alert(1)"), "a.html")
    assert document is not None
    assert document.url == ""


@pytest.mark.parametrize("page", ["<html></html>", "<html><body></body></html>", "<!doctype html>" + "<div>" * 5000])
def test_a_page_without_an_article_is_a_problem(page: str) -> None:
    document, problems = read_html(page, "a.html")
    assert document is None
    assert [p.severity for p in problems] == ["error"]
    assert ".txt" in problems[0].mend


@pytest.mark.parametrize(("name", "says"), [("trafilatura", "not installed"), ("lxml.html.clean", "not whole (no lxml.html.clean)")])
def test_without_the_optional_part_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch, name: str, says: str) -> None:
    real = builtins.__import__

    def missing(module: str, *args: Any, **kwargs: Any) -> Any:
        if module.startswith("trafilatura"):
            raise ImportError(f"no {name}", name=name)
        return real(module, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    document, problems = read_html(PAGE, "a.html")
    assert document is None
    assert problems[0].code == "html-extra-missing"
    assert says in problems[0].message
    assert 'pip install "sanctions-checker[html]"' in problems[0].mend


@pytest.mark.parametrize(
    ("text", "is_html"),
    [("<!DOCTYPE html><p>x", True), ("\n <html lang=en>", True), ("<!-- x --><html>", True), ("<?xml version='1.0'?><html>", True),
     ("SEOUL <b>said</b>", False), ("< 5 tonnes", False), ("", False)],
)
def test_pages_are_told_from_texts(text: str, is_html: bool) -> None:
    assert looks_like_html(text) is is_html
