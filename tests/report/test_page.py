"""The HTML page: what it tells, its structure, and hostile text that stays inert."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from checker.cli.main import main
from checker.model.finding import LawOnDate
from checker.model.rule import Verified
from checker.model.run import Run
from checker.report import render_html
from checker.vocabulary.vocabulary import Vocabulary


class Page(HTMLParser):
    """Tags with attributes, headings with their text, and the visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.words: list[str] = []
        self._open = ""
        self.feed(html)
        self.text = re.sub(r" (?=[,;.)])|(?<=\() ", "", " ".join(" ".join(self.words).split()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_data(self, data: str) -> None:
        if self._open != "style":
            self.words.append(data)
        if self.headings:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data.replace("\xa0", " "))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag == name]


@pytest.fixture(scope="session")
def page(story: Run, vocabulary: Vocabulary) -> Page:
    return Page(render_html(story, vocabulary))


def test_the_headline_tells_the_result(page: Page) -> None:
    assert page.headings[0] == (1, page.headings[0][1])
    assert page.headings[0][1].startswith("4 matters need attention: 1 alleged violation, 1 warning, 1 contested and 1 review")
    assert "Partial: 1 of 4 documents could not be read." in page.text


@pytest.mark.parametrize(
    "words",
    [
        "Ministry of Defence of Beland (Beland) as recipient",
        "UNSCR 1718 (2006) para 8(b); UNSCR 1874 (2009) para 9",
        "from 12 June 2009, no end known",
        "from 18 October 2015 to 18 October 2023",
        "Not verified in full: paragraph and scope checked (22 November 2026), dates not.",
        "Not verified: neither paragraph, dates nor scope were checked",
        "a call upon States, not a binding decision",
        "No words state the date; it was taken to be 2 November 2022, from this: the day of the accusation.",
        "Not stated: goods (the item). Knowing it would decide.",
        "officials of Exland denied it",
        "could not say · about the receipt only",
        "No denial in what was read.",
        "The Committee exempted this activity in advance, case by case.",
        "The measure names missiles only.",
        "Items of the WMD-related lists: encoded by a rule of their own.",
        "No oil to Exland (UNSCR 2397 (2017) para 5)",
        "The event is within one day of a boundary of the law.",
        "Met: No workers of Exland abroad (UNSCR 2397 (2017) para 8)",
        "No rule applies to it.",
        "restates the law",
        "this file is no text",
        "did you mean 'supplier'?",
        "UN Security Council law only",
        "law known as of 22 November 2026",
        "sanctions replay report.json",
    ],
)
def test_a_reader_finds(page: Page, words: str) -> None:
    assert words in page.text


def test_siblings_of_one_shipment_share_a_card_and_keep_their_receipts(page: Page) -> None:
    assert len(page.all("article")) == 4
    assert "R-e1" in page.text
    assert "R-e2" in page.text


def test_matters_stand_by_loudness(page: Page) -> None:
    chips = [a["class"] for a in page.all("span") if (a.get("class") or "").startswith("chip")][:4]
    tones = ["chip critical", "chip high", "chip medium", "chip low", "chip quiet"]
    assert chips == sorted(chips, key=tones.index)


def test_quoted_words_are_marked_with_language_and_direction(page: Page) -> None:
    quotes = {(a.get("lang"), a.get("dir")) for a in page.all("blockquote")}
    assert quotes == {("id", "ltr"), ("en", "ltr"), ("ar", "rtl")}
    assert {a.get("class") for a in page.all("mark")} == {"event", "fact"}


def test_structure_is_sound(page: Page) -> None:
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert all(a["href"][1:] in ids for a in page.all("a") if (a["href"] or "").startswith("#"))
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert {"header", "nav", "main", "footer"} <= {tag for tag, _ in page.tags}


@pytest.mark.parametrize("name", ["story", "empty", "only_problems"])
def test_the_page_needs_nothing_and_allows_nothing(name: str, request: pytest.FixtureRequest, vocabulary: Vocabulary) -> None:
    html = render_html(request.getfixturevalue(name), vocabulary)
    page = Page(html)
    policy = next(a["content"] or "" for a in page.all("meta") if a.get("http-equiv"))
    style = html.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "url(" not in style
    assert "@import" not in style
    assert not page.all("script")
    assert not page.all("link")
    assert not page.all("img")
    assert not [a for _, a in page.tags if any(k == "style" or k.startswith("on") for k in a)]


def test_an_empty_run_says_that_nothing_was_given(empty: Run, vocabulary: Vocabulary) -> None:
    page = Page(render_html(empty, vocabulary))
    assert page.headings[0][1].startswith("Nothing was checked")
    assert "Problems with the input" not in page.text


def test_a_run_of_problems_says_that_nothing_could_be_read(only_problems: Run, vocabulary: Vocabulary) -> None:
    page = Page(render_html(only_problems, vocabulary))
    assert page.headings[0][1].startswith("Nothing could be read")
    assert "Not one document could be read." in page.text
    assert "save it as UTF-8 text" in page.text


def test_a_run_without_flags_says_so(story: Run, vocabulary: Vocabulary) -> None:
    quiet = dataclasses.replace(story, findings=tuple(f for f in story.findings if not f.flagged))
    assert Page(render_html(quiet, vocabulary)).headings[0][1].startswith("Nothing to flag in 3 documents: 7 events found")


def test_same_run_same_bytes(story: Run, vocabulary: Vocabulary) -> None:
    assert render_html(story, vocabulary) == render_html(story, vocabulary)


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_markup_in_every_text_is_shown_as_text(one_finding: Callable[..., Run], vocabulary: Vocabulary) -> None:
    law = LawOnDate("2009-06-12", "", SCRIPT, SCRIPT, "javascript:alert(1)", Verified(True, True, True, "javascript:alert(2)", SCRIPT))
    run = one_finding(
        SCRIPT,
        by=SCRIPT,
        outlet=SCRIPT,
        agency=SCRIPT,
        title=SCRIPT,
        lang='en" onload="alert(1)',
        url="javascript:alert(3)",
        sentence=SCRIPT,
        law_on_date=law,
        notes=(SCRIPT,),
        authority=(SCRIPT,),
        missing=(SCRIPT,),
    )
    page = Page(render_html(run, vocabulary))
    assert not page.all("script")
    assert not page.all("img")
    assert SCRIPT in "".join(page.words)
    assert "address not linked: javascript:alert(3)" in page.text
    assert not [a["href"] for a in page.all("a") if not re.match("#|https?://", a["href"] or "")]
    assert all(re.fullmatch("[A-Za-z-]+", a["lang"] or "") for _, a in page.tags if "lang" in a)


def test_turned_text_is_shown_and_isolated(one_finding: Callable[..., Run], vocabulary: Vocabulary) -> None:
    html = render_html(one_finding("It was \u202eneddih here.", outlet="\u202etuo", sentence="A \u2067b"), vocabulary)
    assert "[U+202E]neddih" in html
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    assert "<bdi>[U+202E]tuo</bdi>" in html


def test_broken_halves_of_characters_can_be_written(one_finding: Callable[..., Run], vocabulary: Vocabulary) -> None:
    assert render_html(one_finding("bad \ud83d here."), vocabulary).encode()


def test_a_word_too_wide_is_not_called_missing(one_finding: Callable[..., Run], vocabulary: Vocabulary) -> None:
    page = Page(render_html(one_finding(missing=("goods", "range_km")), vocabulary))
    assert "Not precise enough: goods (the item), stated as artillery shells. A closer word would decide." in page.text
    assert "Not stated: range km (range in kilometres). Knowing it would decide." in page.text


def test_an_event_that_is_not_flagged_is_shown_with_its_sentence(page: Page) -> None:
    row = page.text[page.text.index("Events found but not flagged", 400):page.text.index("They restate the law")]
    assert "Exland also returned 120 labourers last year." in row
    assert "The two foreign ministers met in May and praised their friendship" in row


def test_what_a_flagged_quota_counts_is_not_called_unflagged(root: Path, tmp_path: Path) -> None:
    assert main(["check", str(root / "examples/events/crude-oil.jsonl"), "--html", str(tmp_path / "report.html")]) == 0
    text = Page((tmp_path / "report.html").read_text(encoding="utf-8")).text
    assert "250,000 tonnes" in text
    assert "Events found but not flagged" not in text


def test_a_document_without_outlet_goes_by_its_file_name(only_problems: Run, vocabulary: Vocabulary) -> None:
    text = Page(render_html(only_problems, vocabulary)).text
    assert "scan.txt articles/scan.txt" in text


def test_a_claim_without_a_name_is_the_outlet_or_the_article(one_finding: Callable[..., Run], vocabulary: Vocabulary) -> None:
    assert "the article itself alleged it" in Page(render_html(one_finding(by=""), vocabulary)).text
    assert "The Courier alleged it" in Page(render_html(one_finding(by="", outlet="The Courier"), vocabulary)).text
