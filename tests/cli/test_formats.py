"""What verbs write as JSON keeps to the schemas that are published for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.cli import formats
from checker.locator import rules_dir
from checker.night.schema_parts import write
from tests.cli.conftest import Sanctions
from tests.formats import keeping_to_its_schema


@pytest.mark.parametrize(("arguments", "name", "holds"), [
    (("law", "--on", "2024-05-15", "--party", "KP"), "law", "measures"),
    (("law", "--on", "2022-09-01", "--regime", "1988"), "law", "measures"),
    (("rules", "law-coverage"), "law-coverage", "instruments"),
    (("rules", "list"), "rules-list", "rules"),
    (("rules", "show", "dprk-arms-export"), "rules-show", "rule"),
    (("rules", "show", "un-2664"), "rules-show", "exemption"),
    (("rules", "find", "coal", "north", "korea"), "rules-find", "rules"),
    (("rules", "timeline", "dprk-arms-export"), "timeline", "lanes"),
    (("languages", "list"), "languages-list", "languages"),
], ids=lambda a: " ".join(a[:3]) if isinstance(a, tuple) else None)
def test_verbs_keep_to_their_schemas(sanctions: Sanctions, arguments: tuple[str, ...], name: str, holds: str) -> None:
    done = sanctions(*arguments, "--json")
    told = keeping_to_its_schema(done.out)
    assert told["schema"] == f"sanctions-checker/{name}/1"
    assert told[holds]


def test_receipts_and_files_of_rules(sanctions: Sanctions, tmp_path: Path) -> None:
    findings = tmp_path / "findings.json"
    findings.write_text(sanctions("judge", rules_dir().parent / "examples" / "events", "--json").out)
    told = keeping_to_its_schema(sanctions("replay", findings, "--json").out)
    assert told["same"]
    assert told["receipts"]
    told = json.loads(findings.read_text())
    told["findings"][0]["receipt"]["label"] = "denied"
    findings.write_text(json.dumps(told))
    told = keeping_to_its_schema(sanctions("replay", findings, "--json").out)
    assert [one["differences"] for one in told["receipts"] if not one["same"]] != []
    rule = tmp_path / "un-1718" / "mine.yaml"
    rule.parent.mkdir()
    rule.write_text((rules_dir() / "un/un-1718/dprk-arms-export.yaml").read_text().replace(": ", ":  ", 3))
    told = keeping_to_its_schema(sanctions("rules", "fmt", rule, "--check", "--json").out)
    assert told["changed"] == [str(rule)]


def test_the_committed_schemas_are_the_generated_ones(tmp_path: Path) -> None:
    for path in write(formats.schemas(), tmp_path):
        assert (rules_dir() / "schema" / path.name).read_text() == path.read_text(), "run: python -m checker.cli.formats"
