"""``sanctions evaluate`` on three small articles: one read right, one false alarm, one miss; as text, as JSON, as a page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checker.cli.main import cli

ARTICLES = Path(__file__).parent / "articles.jsonl"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["evaluate", *map(str, arguments)])


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str]:
    """The JSON document and the page."""
    page = tmp_path_factory.mktemp("page") / "deep" / "page.html"
    done = run(ARTICLES, "--html", page, "--json")
    assert "page written" in done.stderr
    return json.loads(done.stdout), page.read_text(encoding="utf-8")


def test_the_document(found: tuple[dict[str, Any], str]) -> None:
    wire, _ = found
    assert wire["schema"] == "sanctions-checker/evaluation/1"
    total = wire["checker"]["total"]
    assert total["events"] == {"hit": 1, "false": 1, "missed": 1, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert total["claimant"] == {"part": 1, "of": 1, "share": 1.0}
    assert total["alarms"] == {"part": 1, "of": 1, "share": 1.0}
    assert wire["checker"]["by_regime"]["DPRK"]["verdicts"]["hit"] == 1
    assert list(wire["naive"]["by_language"]) == ["en", "uk"]
    assert {kind: count for kind, count in wire["mistakes"].items() if count} == {
        "false-alarm": 1, "missed-verdict": 1, "missed-event": 1, "false-event": 1}


def test_every_score_has_an_interval_around_it(found: tuple[dict[str, Any], str]) -> None:
    wire, _ = found
    for method in (wire["checker"], wire["naive"]):
        for part in ("roles", "events", "verdicts"):
            for measure in ("precision", "recall", "f1"):
                score = method["total"][part][measure]
                if score is not None:
                    low, high = method["intervals"][f"{part}.{measure}"]
                    assert low <= score <= high
    assert wire["difference"]["events.f1"]["interval"] is not None


def test_the_page_shows_each_mistake_in_its_text(found: tuple[dict[str, Any], str]) -> None:
    _, page = found
    for title in ("False alarms (1)", "Missed verdicts (1)", "Missed events (1)", "False events (1)"):
        assert title in page
    assert '<mark class="label">заговорили про те, що сталося в порту</mark>' in page
    assert re.search(r'<mark class="found">[^<]*artillery shells', page)
    assert "XB (or XA, nobody)" in page
    assert "Останній рядок" not in page  # no mark stands in that line
    assert "weather" not in page
    assert '<a href="https://news.example/1"' not in page  # nothing is wrong in it


def test_the_page_obeys_no_article(found: tuple[dict[str, Any], str]) -> None:
    _, page = found
    assert "<script" not in page
    assert "javascript:" not in page
    assert "&lt;b&gt;Courier&lt;/b&gt;" in page
    assert "default-src 'none'" in page
    assert not re.search(r"\s(on\w+|style|src)=", page)


def test_the_page_of_no_mistakes(tmp_path: Path) -> None:
    right = tmp_path / "right.jsonl"
    right.write_text(ARTICLES.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    done = run(right, "--html", tmp_path / "page.html")
    assert "mistakes: none" in done.stdout
    assert "No mistakes in 1 article<" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_tables() -> None:
    lines = run(ARTICLES).stdout.splitlines()
    assert lines[0] == "3 articles, 1 of them with nothing to flag"
    (strong,) = [line for line in lines if line.startswith("strong")]
    assert strong.split()[1:3] == ["2", "1"]
    assert strong.endswith("promises 0.90: NOT kept")
    (events,) = [line for line in lines if line.startswith("events")]
    assert "0.50 / 0.50 / 0.50" in events
    assert [line.split()[:2] for line in lines if line.startswith(("en ", "uk "))] == [["en", "2"], ["uk", "1"]]
    assert lines[-1] == "mistakes: false alarm 1, missed verdict 1, missed event 1, false event 1"


def test_several_files_are_one_set() -> None:
    wire = json.loads(run(ARTICLES, ARTICLES, "--json").stdout)
    assert wire["checker"]["total"]["articles"] == 6
    assert wire["checker"]["total"]["events"]["hit"] == 2
    assert wire["files"] == ["articles.jsonl", "articles.jsonl"]


def test_a_least_tier_leaves_out_events_and_their_verdicts() -> None:
    wire = json.loads(run(ARTICLES, "--min-tier", "strong", "--json").stdout)
    assert wire["checker"]["total"]["weak"] == wire["checker"]["total"]["fair"] == {"part": 0, "of": 0, "share": None}
    assert wire["min_tier"] == "strong"


def test_nothing_to_score(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{broken\n", encoding="utf-8")
    assert "nothing could be read" in str(run(tmp_path / "bad.jsonl").exception)


def test_another_extractor_is_scored_in_its_place(tmp_path: Path) -> None:
    stored = tmp_path / "events.json"
    stored.write_text(CliRunner().invoke(cli, ["extract", str(ARTICLES), "--json"]).stdout, encoding="utf-8")
    replayed, frames = (json.loads(run(ARTICLES, "--json", *more).stdout) for more in (("--extractor", "replay", "--replay", stored), ()))
    assert replayed["checker"] == frames["checker"]
    assert json.loads(run(ARTICLES, "--json", "--extractor", "rows").stdout)["checker"]["total"]["events"]["hit"] == 0
