"""``--min-tier``: what was read less surely is neither shown nor judged, and the document says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import cli

SURE = "North Korea has shipped artillery shells to Exland, South Korean intelligence said on Wednesday.\n"
UNSURE = "Beland received artillery shells, an official said.\n"


@pytest.fixture
def article(tmp_path: Path) -> str:
    file = tmp_path / "article.txt"
    file.write_text(f"{SURE}\n{UNSURE}", encoding="utf-8")
    return str(file)


def tiers(*arguments: str) -> list[str]:
    done = CliRunner().invoke(cli, ["extract", "--json", "--published", "2024-05-02", *arguments])
    return [json.loads(line)["tier"] for line in done.stdout.splitlines()]


def test_extract(article: str) -> None:
    assert tiers(article) == ["strong", "weak"]
    assert tiers(article, "--min-tier", "fair") == ["strong"]
    shown = CliRunner().invoke(cli, ["extract", "--min-tier", "fair", article]).stdout
    assert "note: 1 event read less surely than fair left out" in shown


def test_check(article: str) -> None:
    done = CliRunner().invoke(cli, ["check", "--json", "--published", "2024-05-02", "--min-tier", "strong", article])
    run = json.loads(done.stdout)
    assert [event["tier"] for event in run["documents"][0]["events"]] == ["strong"]
    assert {finding["tier"] for finding in run["findings"]} == {"strong"}


def test_an_unknown_tier_is_refused(article: str) -> None:
    done = CliRunner().invoke(cli, ["extract", "--min-tier", "sure", article])
    assert done.exit_code != 0
