"""The catalogue: every link leads somewhere, every rule is told whole, hostile words stay words, the same rules give the same bytes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from checker.cli.main import main
from checker.locator import rules_dir
from checker.model.coverage import LevelCoverage, Missing, RuleCoverage
from checker.report.catalogue import Catalogue, render_catalogue, write_catalogue
from checker.rulebase.instruments import load_instruments
from checker.rulebase.loader import load_rulebase
from checker.vocabulary.vocabulary import default_vocabulary
from tests.browsing import CONTRAST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VOID = {"meta", "br", "input", "link", "img", "hr"}

HOSTILE = """rule: xa-evil
title: "</title><script>alert(1)</script>"
summary: "<img src=x onerror=alert(1)> \\u202e reversed"
kind: prohibition
regime: un-1718
severity: low
status: active
owner: "<b>desk</b>"
reviewed: {by: "<i>me</i>", date: 2030-01-03, again_by: 2031-01-03}

in_force:
  - from: 2030-01-02
    authority: "UNSCR 9001 (2030) para 1; <script>alert(2)</script>"
    force: decides
    says: "</script><script>alert(3)</script>"
    link: "https://user@evil.example/"
    verified: {paragraph: no, dates: no, scope: no, source: "javascript:alert(4)", date: 2030-01-03}

bound: [all_states]
breach_by: [supplier]

flag_when:
  act: transfer
  supplier: XA

unless:
  "<u>evil</u>":
    says: "<style>*{display:none}</style>"
    authority: UNSCR 9001 (2030) para 1
    when: {approved_by: un_security_council}

not_encoded:
  - {text: "{{ 7 * 7 }}", why: "{% raw %}"}

examples:
  - name: "</bdi><script>alert(5)</script>"
    event: {act: sale, supplier: XA, date: 2030-02-01}
    source: "javascript:alert(6)"
    expect: reported violation
"""


def coverage(rule: str) -> RuleCoverage:
    says = "no example shows that the line `act: transfer` <b>matters</b>"
    missing = Missing(rule, "mutation", "error", "", says, "", "- {name: a talk}")
    levels = (LevelCoverage("condition", 3, 4, "error"), LevelCoverage("choice", 0, 0, "warning"),
              LevelCoverage("unknown", 0, 1, "warning"))
    return RuleCoverage(rule, "", "", "active", "low", 12, 1, levels, 0, (missing,))


def catalogue(folders: list[Path], **more: Any) -> Catalogue:
    loaded = load_rulebase([rules_dir() / "un", *folders])
    assert loaded.problems == []
    base = loaded.rulebase
    instruments, _ = load_instruments()
    return Catalogue(base.rules, base.exemptions, instruments.all, base.vocabulary, base.law_known_as_of, base.digest, "1.0", **more)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    (folder / "xa-evil.yaml").write_text(HOSTILE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def data(own: Path) -> Catalogue:
    sources = {"xa-evil": HOSTILE + "# \u202e <script>alert(7)</script>\n", "dprk-arms-supply": "rule: dprk-arms-supply\n"}
    return catalogue([own], sources=sources, coverage={"xa-evil": coverage("xa-evil")})


@pytest.fixture(scope="module")
def site(data: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_catalogue(folder, data)
    return folder


class Reader(HTMLParser):
    """Ids, links and tags of a page, its text, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src"):
                self.links.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, found: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.text += found


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Reader]:
    return {p.relative_to(site).as_posix(): Reader(p.read_text(encoding="utf-8")) for p in site.rglob("*.html")}


def test_every_link_leads_to_a_page_and_a_place(site: Path, pages: dict[str, Reader]) -> None:
    count = 0
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            if link.startswith(("https://", "http://")):
                continue
            count += 1
            path, _, place = link.partition("#")
            target = ((site / name).parent / path).resolve().relative_to(site.resolve()).as_posix() if path else name
            assert target in pages, f"{name}: {link}"
            if place:
                assert place in pages[target].ids, f"{name}: {link}"
    assert count > 500


def test_every_page_is_reached_from_the_home_page(site: Path, pages: dict[str, Reader]) -> None:
    seen: set[str] = set()
    todo = ["index.html"]
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        for link in pages[name].links:
            path = link.partition("#")[0]
            if path and not path.startswith("http"):
                todo.append(((site / name).parent / path).resolve().relative_to(site.resolve()).as_posix())
    assert seen == set(pages)


def test_a_rule_page_tells_the_whole_rule(data: Catalogue, pages: dict[str, Reader]) -> None:
    for rule in data.rules:
        page = pages[f"rules/{rule.id}.html"]
        text = " ".join(page.text.split())
        if rule.id == "xa-evil":
            continue
        for words in (rule.title, rule.summary, *(n.text[1:] for n in rule.not_encoded), *(e.name for e in rule.examples),
                      *(p.says[1:].rstrip(".") for p in rule.periods), *(e.says[1:] for e in rule.exemptions),
                      *(p.basis for c in rule.contested for p in c.positions)):
            assert words in text, f"{rule.id}: {words}"


def test_a_resolution_page_tells_every_paragraph(data: Catalogue, pages: dict[str, Reader]) -> None:
    for instrument in data.instruments:
        page = pages[f"instruments/{instrument.id}.html"]
        for paragraph in instrument.paragraphs:
            assert paragraph.says[1:] in page.text
            assert (paragraph.none or paragraph.open)[1:] in page.text
            for rule in paragraph.rules:  # or the shared exemption that encodes it
                assert page.links.count(f"../rules/{rule}.html") or page.links.count(f"../exemptions/{rule}.html")


def test_marks_of_verification_are_honest(data: Catalogue, pages: dict[str, Reader]) -> None:
    for rule in data.rules:
        text = " ".join(pages[f"rules/{rule.id}.html"].text.split())
        unread = sum(not getattr(p.verified, name) for p in rule.periods for name in ("paragraph", "dates", "scope"))
        assert len(re.findall(r"\b(?:paragraph|dates|scope) not read", text)) == unread, rule.id
        assert ("To be verified at the source" in text) == (unread > 0)
        assert (rule.title in pages["verify.html"].text) == (unread > 0)


def test_coverage_says_what_is_missing(pages: dict[str, Reader]) -> None:
    text = " ".join(pages["rules/xa-evil.html"].text.split())
    assert "12 confirmed examples, 1 not confirmed that count for nothing" in text
    assert "3 of 4 not passed" in text
    assert "0 of 1 not passed, a warning" in text
    assert "0 of 0" not in text
    assert "the line `act: transfer` <b>matters</b>" in text
    assert "- {name: a talk}" in text
    assert "Coverage" not in pages["rules/dprk-arms-supply.html"].text


def test_hostile_words_are_inert(site: Path, pages: dict[str, Reader]) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "\u202e" not in text
        page = pages[path.relative_to(site).as_posix()]
        assert page.tags.count("script") == (1 if path.name == "index.html" and path.parent == site else 0)
        assert page.tags.count("style") == 1
        assert not page.attributes & {"style", "onerror", "onclick", "onload"}
        assert "img" not in page.tags
        for link in page.links:
            assert re.match(r"https?://[\w.-]+(/|$)|[\w./-]*(#[\w-]+)?$", link), link
            assert "@" not in link
    evil = pages["rules/xa-evil.html"].text
    assert "<script>alert(1)</script>" in evil
    assert "[U+202E] reversed" in evil
    assert "{{ 7 * 7 }}" in evil
    assert "javascript:alert(4)" in evil


def test_the_policy_names_exactly_what_the_page_carries(site: Path) -> None:
    from checker.report.environment import hash_of

    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
        assert policy
        assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy[1]
        style = re.search(r"<style>(.*?)</style>", text, re.S)
        assert style
        assert f"'sha256-{hash_of(style[1])}'" in policy[1]
        script = re.search(r"<script>(.*?)</script>", text, re.S)
        assert ("script-src" in policy[1]) == (script is not None)
        if script:
            assert f"script-src 'sha256-{hash_of(script[1])}'" in policy[1]


def test_same_rules_same_bytes(data: Catalogue) -> None:
    assert list(render_catalogue(data)) == list(render_catalogue(data))


def test_pages_that_are_gone_are_taken_away_and_nothing_else(tmp_path: Path, data: Catalogue) -> None:
    write_catalogue(tmp_path, data)
    (tmp_path / "mine.html").write_text("mine", encoding="utf-8")
    outside = tmp_path.parent / "outside.html"
    outside.write_text("mine", encoding="utf-8")
    names = (tmp_path / "pages.txt").read_text(encoding="utf-8")
    (tmp_path / "pages.txt").write_text(f"{names}../outside.html\n{outside}\n", encoding="utf-8")
    write_catalogue(tmp_path, catalogue([]))
    assert not (tmp_path / "rules/xa-evil.html").exists()
    assert (tmp_path / "mine.html").exists()
    assert outside.exists()


def test_an_empty_base_still_gives_a_site() -> None:
    words = default_vocabulary()
    texts = dict(render_catalogue(Catalogue((), (), (), words, "", "", "1.0")))
    assert "0\u00a0rules" in texts["index.html"]
    assert set(texts) == {"index.html", "parties.html", "goods.html", "instruments.html", "verify.html"}


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "catalogue", str(tmp_path / "site"), "--no-coverage"]) == 0
    assert "index.html" in capsys.readouterr().out
    page = (tmp_path / "site/rules/dprk-arms-supply.html").read_text(encoding="utf-8")
    assert "rule: dprk-arms-supply" in page
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["rules", "catalogue", str(tmp_path / "file" / "site"), "--no-coverage"]) == 2
    assert "cannot be written" in capsys.readouterr().err


# ---- in a browser ----------------------------------------------------------------------------------------------------------


def opened(browser: Browser, address: str, **options: Any) -> tuple[Page, list[str]]:
    page = browser.new_page(**options)
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on("dialog", lambda d: said.append(d.message))
    page.goto(address)
    return page, said


def test_nothing_is_refused_or_run_and_no_page_scrolls_sideways(browser: Browser, site: Path) -> None:
    for name in ("index.html", "goods.html", "verify.html", "instruments.html", "rules/xa-evil.html", "rules/iran-missile-uav-items.html",
                 "instruments/unscr-2231.html"):
        for width in (320, 768, 1280):
            page, said = opened(browser, (site / name).as_uri(), viewport={"width": width, "height": 900})
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert said == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            page.close()


def test_search_finds_by_title_by_narrower_word_and_by_paragraph(browser: Browser, site: Path) -> None:
    page, said = opened(browser, (site / "index.html").as_uri())
    for asked, wanted in (("houthi", "rules/yemen-houthi-arms.html"), ("artillery shells", "rules/dprk-arms-supply.html"),
                          ("1718 8(b)", "instruments/unscr-1718.html#p-8-b"), ("ARMS dprk", "rules/dprk-arms-export.html")):
        page.fill("#q", asked)
        links = page.eval_on_selector_all("#hits a", "a => a.map(x => x.getAttribute('href'))")
        assert wanted in links, asked
    page.fill("#q", "no such word at all")
    assert "Nothing found" in (page.text_content("#found") or "")
    page.fill("#q", "")
    assert page.is_hidden("#hits")
    page.fill("#q", "alert")
    page.click("#hits a >> nth=0")
    assert page.url.endswith("rules/xa-evil.html")
    assert said == []
    page.close()


def test_search_from_the_address(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, (site / "index.html").as_uri() + "#q=workers%20home")
    assert "rules/dprk-worker-repatriation.html" in page.eval_on_selector_all("#hits a", "a => a.map(x => x.getAttribute('href'))")
    page.close()


def test_without_script_the_search_is_not_there_and_the_rules_are(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.is_hidden("#q")
    assert page.is_visible("text=Nobody may supply arms to the DPRK")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(browser: Browser, site: Path, scheme: Any) -> None:
    for name in ("index.html", "rules/xa-evil.html", "rules/iran-arms-export.html", "instruments/unscr-1718.html"):
        page, _ = opened(browser, (site / name).as_uri(), color_scheme=scheme)
        pairs = page.evaluate(CONTRAST)
        page.close()
        assert len(pairs) > 4
        assert {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < 4.5} == {}, name


def test_headings_go_down_one_step_at_a_time(browser: Browser, site: Path) -> None:
    for name in ("index.html", "rules/xa-evil.html", "instruments/unscr-1718.html", "verify.html", "goods.html"):
        page, _ = opened(browser, (site / name).as_uri())
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
        page.close()
        assert levels[0] == 1
        assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == [], name


def test_paper_shows_the_rule_and_leaves_out_the_menus(browser: Browser, site: Path) -> None:
    page, _ = opened(browser, (site / "rules/dprk-arms-supply.html").as_uri())
    page.emulate_media(media="print")
    assert page.is_hidden(".bar")
    assert page.evaluate("document.querySelector('dl.changes').getBoundingClientRect().height") > 40
    page.close()
