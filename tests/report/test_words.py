"""What docs/reference/words.md says of the words of reports holds for every template, sentence, rule and rendered report."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from checker.locator import templates_dir
from checker.model.run import Run
from checker.report import render_html, render_markdown
from checker.report.nightly_html import all_cases_page
from checker.report.nightly_write import render
from checker.report.nights_html import NightLink, nights_page
from checker.rulebase.loader import require_rulebase
from checker.vocabulary.vocabulary import Vocabulary
from tests.night.story import busy, quiet_night, story_night

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "words.md").read_text(encoding="utf-8")
MODALS = {"may", "might", "must", "shall", "should", "will", "would", "can", "cannot", "could", "ought"}


def table(section: str) -> list[list[str]]:
    """The rows of the table of a section, without its head."""
    text = PAGE.split(f"## {section}\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    assert len(rows) > 2, section
    return rows[2:]


NEVER = [word.strip() for row in table("Never written") for word in row[0].split(",")]
ALLOWED = {row[0] for row in table("Modal verbs")}


def found(words: list[str], text: str) -> set[str]:
    """Which of some words stand in a text, whole and in any case; those in capitals only as they are."""
    return {w for w in words if re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", text, 0 if w.isupper() else re.I)}


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(templates_dir().rglob("*.html")):
        text = re.sub(r"(?s){#.*?#}|{%.*?%}|<style>.*?</style>|<[^>]+>", " ", path.read_text(encoding="utf-8"))
        yield path.name, re.sub(r"(?s){{.*?}}", " … ", text)


def sentences() -> Iterator[tuple[str, str]]:
    """Every string of the modules that render, but for docstrings and names of fields."""
    for path in sorted((ROOT / "checker" / "report").glob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        texts = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in told]
        yield path.name, "\n".join(t for t in texts if " " in t)


def vocabulary_words() -> Iterator[tuple[str, str]]:
    for name in ("labels", "sentences", "acts", "units", "regimes"):
        lines = (ROOT / "rules" / "vocabulary" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
        yield name, "\n".join(line for line in lines if not line.lstrip().startswith("#") and "also:" not in line)


def rules() -> Iterator[tuple[str, str]]:
    for rule in require_rulebase().rules:
        yield rule.id, "\n".join([rule.title, rule.summary, *(p.says for p in rule.periods), *(e.says for e in rule.exemptions)])


class Spoken(HTMLParser):
    """The text of a page without the words of others."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._within: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "blockquote", "q", "code", "td"):
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.texts.append(data)


def said(html: str) -> str:
    text = " ".join(" ".join(Spoken(html).texts).replace("\u00a0", " ").split())
    return re.sub(r"address not linked: \S+", "", text)


@pytest.fixture(scope="module")
def reports(story: Run, empty: Run, only_problems: Run, vocabulary: Vocabulary) -> dict[str, str]:
    """Both reports as people read them, in full and with nothing in them."""
    pages = {f"check {i}": render_html(run, vocabulary) for i, run in enumerate((story, empty, only_problems))}
    told = {f"check {i} as text": render_markdown(run, vocabulary) for i, run in enumerate((empty, only_problems))}
    for nightly in (story_night(), quiet_night()):
        for name, data in render(nightly, vocabulary).items():
            (pages if name.endswith(".html") else told if name.endswith(".txt") else {})[f"{nightly.night} {name}"] = data.decode()
    pages["all cases"] = all_cases_page(busy(501))
    pages["nights"] = nights_page([NightLink("2030-05-17", 1, "failed", 0, 0, 0, 0, ("wire: no answer",))])
    return told | {name: said(html) for name, html in pages.items()}


def test_the_page_names_words_enough() -> None:
    assert len(NEVER) > 35
    assert {"guilty", "e.g."} <= set(NEVER)
    assert found(["guilty", "AI", "e.g."], "Nobody is Guilty, said e.g. nobody.") == {"guilty", "e.g."}
    assert found(["AI", "crime"], "The AI aimed at war-crime.") == {"AI"}


def test_no_template_sentence_word_or_rule_judges() -> None:
    wrong = {name: words for part in (templates(), sentences(), vocabulary_words(), rules()) for name, text in part
             if (words := found(NEVER, text)) and name not in ("environment.py", "text.py")}
    # The act of letting in what may not be let in is called by its everyday name; it is a fact of an act, no confession.
    assert {name: words for name, words in wrong.items() if (name, words) != ("acts", {"admitted"})} == {}


def test_no_report_judges(reports: dict[str, str]) -> None:
    assert len(reports) > 15
    assert {name: words for name, text in reports.items() if (words := found(NEVER, text))} == {}


def test_modal_verbs_are_those_of_the_page_and_each_of_them_is_used() -> None:
    used: dict[str, set[str]] = {}
    for part in (templates(), sentences()):
        for name, text in part:
            for verb in set(re.findall(r"[a-z]+", text.lower())) & MODALS:
                used.setdefault(verb, set()).add(name)
    assert {verb: names for verb, names in used.items() if verb not in ALLOWED} == {}
    assert set(used) == ALLOWED


def test_guilt_stands_only_where_it_is_ruled_out(reports: dict[str, str]) -> None:
    for name, text in reports.items():
        for match in re.finditer(r"(?i)\bguilt\b", text):
            assert re.search(r"(?:[Nn]othing here is|never) a finding of guilt$", text[:match.end()]), name
    nights = [text for name, text in reports.items() if name.endswith((" index.html", "digest.txt", "digest.html"))]
    assert len(nights) == 6
    assert all("a finding of guilt" in text for text in nights)


def test_the_forms_of_the_page_are_those_of_the_vocabulary() -> None:
    verbs = yaml.safe_load((ROOT / "rules/vocabulary/sentences.yaml").read_text(encoding="utf-8"))["verbs"]
    rows = table("How an act is told")
    assert {row[0]: (row[1], row[2]) for row in rows} == {claim: (verbs["done"][claim], verbs["planned"][claim]) for claim in verbs["done"]}
    for stage, forms in verbs.items():
        assert forms["reported"].startswith("{be} reported to "), stage
        assert forms["alleged"].startswith("{be} alleged to "), stage
        assert forms["denied"].startswith("{be} said not to "), stage
        assert re.search(r"\bno\b|\bnot\b", forms["negated"]), stage


def test_numbers_agree_with_what_they_count(reports: dict[str, str]) -> None:
    many = r"cases|sources|nights|days|documents|events|rules|voices|findings|matters|problems|warnings|items|texts|languages|lines"
    for name, text in reports.items():
        assert re.findall(rf"(?<![\d,.])1 (?:new |more |independent |open )?(?:{many})\b", text) == [], name
        assert re.findall(r"(?<![\w,.-])[1-9]\d{4,}(?! ?[\w-]*[.:/]\w)", re.sub(r"C-\d{4}-\d{6}|\b[0-9a-f]{12,}\b", "", text)) == [], name
