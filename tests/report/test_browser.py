"""The page in a real browser: nothing is fetched, links lead somewhere, colours can be read, keys work, narrow screens and paper."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checker.model.run import Run
from checker.report import write_report
from checker.vocabulary.vocabulary import Vocabulary
from tests.browsing import CONTRAST, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def address(story: Run, vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_report(story, vocabulary, tmp_path_factory.mktemp("report"))["html"].as_uri()


def test_no_request_leaves_the_page_and_nothing_is_refused(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert asked == [address]
    assert said == []
    assert page.evaluate("getComputedStyle(document.querySelector('.chip')).borderRadius") != "0px"
    page.close()


def test_every_internal_link_moves_to_its_target(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    targets = page.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href'))")
    assert len(targets) > 8
    assert page.evaluate("t => t.filter(h => !document.getElementById(h.slice(1)))", targets) == []
    page.click("nav a[href='#matter-3']")
    assert page.evaluate("Math.abs(document.getElementById('matter-3').getBoundingClientRect().top)") < 40
    page.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_sideways_scroll(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_endless_words_wrap(browser: Browser, one_finding: Any, vocabulary: Vocabulary, tmp_path: Path) -> None:
    word = "W" * 3000
    run = one_finding(word, outlet=word, by=word, sentence=word, authority=(word,), notes=(word,), url="https://a.example/" + word)
    page = opened(browser, write_report(run, vocabulary, tmp_path)["html"].as_uri(), viewport={"width": 390, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(browser: Browser, address: str, scheme: Any) -> None:
    page = opened(browser, address, color_scheme=scheme)
    pairs = page.evaluate(CONTRAST)
    page.close()
    assert len(pairs) > 8
    assert {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < 4.5} == {}


def test_light_and_dark_differ(browser: Browser, address: str) -> None:
    grounds = set()
    for scheme in ("light", "dark"):
        page = opened(browser, address, color_scheme=scheme)
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.close()
    assert len(grounds) == 2


def test_headings_go_down_one_step_at_a_time(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    page.close()
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_keys_alone_reach_and_open_the_details(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")
    page.keyboard.press("Enter")
    assert not page.evaluate("document.activeElement.parentElement.open")
    page.close()


def test_paper_shows_the_details_and_the_addresses_of_links(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('details .tree').getBoundingClientRect().height") > 50
    assert "https://kabar.example.org" in page.evaluate(
        "getComputedStyle(document.querySelector('figcaption a[href^=http]'), '::after').content"
    )
    page.close()


def test_right_to_left_words_begin_at_the_right(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    quote = page.locator("blockquote[lang=ar]").first
    assert quote.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator("blockquote[lang=id]").first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    page.close()
