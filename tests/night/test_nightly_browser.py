"""The pages of nights in a real browser, from files and without a network: nothing is fetched, every link leads somewhere, a reader who
sees nothing or uses no mouse misses nothing, colours can be read, labels do not lie on each other, telephones and paper.

``REPORT_GOLDEN=write pytest tests/night/test_nightly_browser.py`` writes the trees of what is spoken anew; read the difference.
"""

from __future__ import annotations

import io
import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit

import pytest

from checker.report.nightly_html import all_cases_page, night_page
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary
from tests.browsing import CONTRAST, opened
from tests.night.story import NIGHT, busy, night, write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GOLDEN = Path(__file__).parent / "golden"
TONIGHT = f"{NIGHT}/1/index.html"
CASE = f"{NIGHT}/1/cases/C-2030-000012.html"
LONG_CASE = "cases/C-2030-000004/index.html"
OURS = (TONIGHT, f"{night(1)}/1/index.html", CASE, f"{NIGHT}/1/cases/C-2030-000002.html", LONG_CASE, "cases/C-2030-000002/index.html",
        "index.html", "many/cases/index.html")
MAIL = f"{NIGHT}/1/digest.html"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return default_vocabulary()


@pytest.fixture(scope="module")
def site(vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = write_site(tmp_path_factory.mktemp("site"), vocabulary)
    many = busy(520)
    (out / "many" / "cases").mkdir(parents=True)
    (out / "many" / "index.html").write_text(night_page(many, vocabulary), encoding="utf-8")
    (out / "many" / "cases" / "index.html").write_text(all_cases_page(many), encoding="utf-8")
    return out


def show(browser: Browser, site: Path, name: str, **options: Any) -> Page:
    page = opened(browser, (site / name).as_uri(), **options)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return page


@pytest.mark.parametrize("name", [*OURS, MAIL, "catalogue/index.html"])
def test_a_page_asks_for_nothing_and_the_browser_refuses_nothing(browser: Browser, site: Path, name: str) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto((site / name).as_uri(), wait_until="load")
    assert asked == [(site / name).as_uri()]
    assert said == []
    policy = page.evaluate("document.querySelector('meta[http-equiv=Content-Security-Policy]')?.content")
    if name in OURS:
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert page.evaluate("document.querySelectorAll('script, link, img, iframe, [style]').length") == 0
        assert page.evaluate("getComputedStyle(document.querySelector('.wrap')).maxWidth") == "1024px"
    elif name == MAIL:
        assert page.evaluate("document.querySelectorAll('script, link, img, style, [style]').length") == 0
    context.close()


def test_every_link_leads_to_a_file_and_a_place(browser: Browser, site: Path) -> None:
    links: dict[str, list[str]] = {}
    places: dict[Path, set[str]] = {}
    page = browser.new_page()
    for file in sorted(site.rglob("*.html")):
        page.goto(file.as_uri())
        places[file] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
        if "many" not in file.parts:
            links[file.relative_to(site).as_posix()] = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
    page.close()
    count = 0
    for name, found in links.items():
        for link in found:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https"):
                continue
            count += 1
            target = Path(unquote(parts.path))
            assert parts.scheme == "file", (name, link)
            assert target.is_file(), (name, link)
            assert not parts.fragment or unquote(parts.fragment) in places[target], (name, link)
    assert count > 150


@pytest.mark.parametrize(("name", "golden"), [(TONIGHT, "night.aria.yaml"), (CASE, "case.aria.yaml"), ("index.html", "nights.aria.yaml")])
def test_what_is_spoken(browser: Browser, site: Path, name: str, golden: str) -> None:
    page = show(browser, site, name)
    tree = page.locator("body").aria_snapshot() + "\n"
    page.close()
    if os.environ.get("REPORT_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / golden).write_text(tree, encoding="utf-8")
    assert tree.splitlines() == (GOLDEN / golden).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", [*OURS, MAIL])
def test_parts_headings_tables_and_pictures_have_names(browser: Browser, site: Path, name: str) -> None:
    page = show(browser, site, name)
    told = page.evaluate("""() => ({
      main: document.querySelectorAll('main').length,
      headers: document.querySelectorAll('body > .wrap > header').length, navs: document.querySelectorAll('nav[aria-label]').length,
      levels: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1]),
      tables: [...document.querySelectorAll('table')].filter(t => !t.caption?.textContent.trim() || !t.querySelector('thead th')
        || [...t.querySelectorAll('th')].some(h => !h.scope)).length,
      pictures: [...document.querySelectorAll('svg')].filter(s => s.getAttribute('role') !== 'img' || !(s.getAttribute('aria-label')
        || s.getAttribute('aria-labelledby').split(' ').every(i => document.getElementById(i)?.textContent.trim()))).length,
      twice: [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i),
      parts: [...document.querySelectorAll('section, article')].filter(s => s.hasAttribute('aria-labelledby')
        && !document.getElementById(s.getAttribute('aria-labelledby'))).length,
      empty: [...document.querySelectorAll('a')].filter(a => !a.textContent.trim()).length,
      language: document.documentElement.lang})""")
    page.close()
    levels = told.pop("levels")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    framed = name != MAIL and name != "cases/C-2030-000002/index.html"
    assert told == {"main": 1, "headers": int(framed), "navs": int(framed), "tables": 0, "pictures": 0, "twice": [], "parts": 0, "empty": 0,
                    "language": "en"}


@pytest.mark.parametrize("name", [TONIGHT, LONG_CASE, "index.html"])
def test_every_text_can_be_read_on_its_ground(browser: Browser, site: Path, name: str) -> None:
    page = show(browser, site, name)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=cast(Any, scheme))
        pairs = page.evaluate(CONTRAST)
        assert len(pairs) > 5
        assert {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < 4.5} == {}, scheme
    page.close()


STOPS = "a[href], summary, [tabindex='0']"


@pytest.mark.parametrize("name", [TONIGHT, CASE, "index.html"])
def test_keys_reach_everything_and_one_sees_where_one_is(browser: Browser, site: Path, name: str) -> None:
    page = show(browser, site, name, viewport={"width": 1280, "height": 900})
    wanted = page.evaluate(f"[...document.querySelectorAll(\"{STOPS}\")].length")
    reached = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(f"""() => {{
          const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
          const seen = r.width > 0 && r.left >= 0 && r.bottom > 0 && r.top < innerHeight;
          return [[...document.querySelectorAll("{STOPS}")].indexOf(e),
            seen && s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2];
        }}"""))
    assert [number for number, _ in reached] == list(range(wanted))
    assert [number for number, shown in reached if not shown] == []
    page.close()


def test_the_first_key_leads_past_the_contents(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / TONIGHT).as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    summary = page.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("text=has waited for 40 nights").is_visible()
    page.close()


OUTSIDE = """width => [...document.querySelectorAll('body *')].filter(e => {
  const r = e.getBoundingClientRect();
  return r.width > 0 && r.right > width + 1 && r.left < width + 1000 && !e.closest('.scroll, .picture, .away, thead');
}).map(e => e.tagName + ': ' + e.textContent.slice(0, 40))"""


TORN = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), words = document.createRange();
  while (walk.nextNode()) {
    words.selectNodeContents(walk.currentNode);
    const tops = new Set([...words.getClientRects()].filter(r => r.width > 0).map(r => Math.round(r.top)));
    if (/^[\\w-]{2,14}$/.test(walk.currentNode.data.trim()) && tops.size > 1) found.push(walk.currentNode.data);
  }
  return found;
}"""
"""Single words, dates and numbers that are torn over two lines."""


@pytest.mark.parametrize("name", [TONIGHT, CASE, LONG_CASE, "cases/C-2030-000002/index.html", "index.html", "many/cases/index.html", MAIL])
def test_no_page_scrolls_sideways(browser: Browser, site: Path, name: str) -> None:
    page = show(browser, site, name)
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert page.evaluate(OUTSIDE, width) == [], width
        if width > 700:
            assert page.evaluate(TORN) == [], width
    page.close()


@pytest.mark.parametrize("name", [TONIGHT, CASE, LONG_CASE])
def test_no_label_lies_on_another_or_outside_its_picture(browser: Browser, site: Path, name: str) -> None:
    page = show(browser, site, name)
    found = page.evaluate("""() => [...document.querySelectorAll('svg')].flatMap(svg => {
      const all = [...svg.querySelectorAll('text')].map(t => [t.getBBox(), t.textContent]), {width: w, height: h} = svg.viewBox.baseVal;
      const out = all.filter(([b]) => b.x < -1 || b.y < -2 || b.x + b.width > w + 1 || b.y + b.height > h + 2).map(([, t]) => 'out: ' + t);
      const over = all.flatMap(([a, s], i) => all.slice(i + 1).filter(([b]) => a.x < b.x + b.width && b.x < a.x + a.width
        && a.y + 2 < b.y + b.height && b.y + 2 < a.y + a.height).map(([, t]) => s + ' / ' + t));
      return [...out, ...over];
    })""")
    small = page.evaluate("""() => [...document.querySelectorAll('svg text')].filter(t => {
      const svg = t.closest('svg'); return parseFloat(getComputedStyle(t).fontSize) * svg.clientWidth / svg.viewBox.baseVal.width < 9.5;
    }).length""")
    page.close()
    assert found == []
    assert small == 0


def test_labels_can_be_read_on_a_telephone(browser: Browser, site: Path) -> None:
    page = show(browser, site, TONIGHT, viewport={"width": 360, "height": 700})
    sizes = page.evaluate("""() => [...document.querySelectorAll('svg text')].map(t => {
      const svg = t.closest('svg'); return parseFloat(getComputedStyle(t).fontSize) * svg.clientWidth / svg.viewBox.baseVal.width;
    })""")
    newest = page.evaluate("""() => { const f = document.querySelector('figure.bars'), t = [...f.querySelectorAll('text')].at(-1);
      return t.getBoundingClientRect().right <= f.getBoundingClientRect().right; }""")
    page.close()
    assert min(sizes) >= 9.5
    assert newest


ON_PAPER = {TONIGHT: ("has waited for 40 nights", "A rule without cases", "line 7</b> is no text", "<https://kabar.example.org/1>"),
            CASE: ("3f3f3f3f3f3f3f3f", "sanctions cases show C-2030-000012", "<https://docs.example.org/9001>")}


@pytest.mark.parametrize("name", ON_PAPER)
def test_paper_shows_all_of_it_in_ink_on_white(browser: Browser, site: Path, name: str) -> None:
    from pypdf import PdfReader

    page = opened(browser, (site / name).as_uri(), color_scheme="dark", viewport={"width": 673, "height": 950})
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    assert page.evaluate(OUTSIDE.replace(".scroll, .picture, ", ""), 673) == []
    dark = """() => [...document.querySelectorAll('body *')].filter(e => {
      const c = getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number);
      return c.length === 3 && Math.max(...c) < 200 && !e.closest('svg, .weeks'); }).length"""
    assert page.evaluate(dark) == 0
    folded = page.evaluate("""() => [...document.querySelectorAll('details')].map(d => d.getBoundingClientRect().height
      - d.querySelector('summary').getBoundingClientRect().height)""")
    assert folded
    assert min(folded) > 12
    data = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    page.close()
    pages = PdfReader(io.BytesIO(data)).pages
    text = " ".join(" ".join((p.extract_text() or "") for p in pages).split())
    for words in ON_PAPER[name]:
        assert words in text
    assert "Skip to" not in text


def test_words_from_right_to_left_begin_at_the_right(browser: Browser, site: Path) -> None:
    page = show(browser, site, TONIGHT)
    quote = page.locator("blockquote[lang=ar]").first
    assert quote.evaluate("e => [getComputedStyle(e).direction, getComputedStyle(e).textAlign]") == ["rtl", "right"]
    assert quote.evaluate("e => e.parentElement.getBoundingClientRect().right - e.getBoundingClientRect().right") < 40
    page.close()


def test_a_night_of_many_cases_leads_to_every_one_of_them(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "many/index.html").as_uri())
    assert page.locator("article.case").count() == 60
    assert page.locator("ol.brief > li").count() == 440
    rest = page.locator("a[href^='cases/index.html#']").first
    rest.click()
    assert page.locator("ol.brief > li").count() == 520
    page.close()
