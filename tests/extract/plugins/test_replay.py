"""Stored events are read back exactly, by the text of the document and not by its name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import cli
from checker.errors import UsageError
from checker.extract.plugins.contract import Setting
from checker.extract.plugins.registry import make
from checker.model.document import Document
from checker.vocabulary.vocabulary import default_vocabulary


def sanctions(*args: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, [str(a) for a in args])
    return done.exit_code, done.stdout, done.stderr


def told(findings: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [(f["rule"], f["label"], f["event"]) for f in findings]


@pytest.fixture
def stored(root: Path, tmp_path: Path) -> Path:
    code, out, _ = sanctions("extract", root / "examples/articles", "--json")
    assert code == 0
    path = tmp_path / "events.jsonl"
    path.write_text(out, encoding="utf-8")
    return path


def replay(path: Path) -> Setting:
    return Setting(default_vocabulary(), (path,), environ={})


def test_the_same_findings_come_out(root: Path, stored: Path) -> None:
    code, before, _ = sanctions("check", root / "examples/articles", "--json")
    again, after, _ = sanctions("check", root / "examples/articles", "--json", "--extractor", "replay", "--replay", stored)
    assert (code, again) == (0, 0)
    findings = json.loads(before)["findings"]
    assert len(findings) > 3
    assert told(json.loads(after)["findings"]) == told(findings)


def test_a_document_is_known_by_its_text(root: Path, stored: Path) -> None:
    source = root / "examples/articles/dhow-missile-parts.txt"
    document = Document("renamed.txt", source.read_text(encoding="utf-8"))
    events = make(["replay"], replay(stored)).extract(document).events
    wanted = [json.loads(line) for line in stored.read_text(encoding="utf-8").splitlines()]
    assert [e.id for e in events] == [w["id"] for w in wanted if w["sha256"] == document.sha256]
    for event in events:
        for evidence in (*event.evidence, *(e for c in event.claims for e in c.evidence)):
            document.check(evidence)


def test_another_text_has_no_events_and_a_note_says_so(root: Path, stored: Path) -> None:
    text = (root / "examples/articles/dhow-missile-parts.txt").read_text(encoding="utf-8") + " "
    found = make(["replay"], replay(stored)).extract(Document("a", text))
    assert (found.events, found.notes) == ((), ("replay: no events are stored for this text",))


def test_a_stored_quotation_that_is_not_in_the_text_is_left_out(root: Path, stored: Path) -> None:
    stored.write_text(stored.read_text(encoding="utf-8").replace('"text": "Iran"', '"text": "Iraq"'), encoding="utf-8")
    code, out, err = sanctions("extract", root / "examples/articles", "--json", "--extractor", "replay", "--replay", stored)
    assert code == 0
    assert "evidence is not in the text" in " ".join(err.split())
    assert "Iraq" not in out


def test_screening_is_done_anew(root: Path, stored: Path) -> None:
    lines = [json.loads(line) for line in stored.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["listings"] = [{"party": "supplier", "list": "1718", "from": "2016-01-01"}]
    stored.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    document = Document("a", (root / "examples/articles/dhow-missile-parts.txt").read_text(encoding="utf-8"))
    events = make(["replay"], replay(stored)).extract(document).events
    assert events
    assert all("listings" not in event.facts for event in events)


@pytest.mark.parametrize(("line", "says"), [
    ("{", "not JSON"), ("[]", "no event"), ('{"act": "sale"}', "SHA-256"), ('{"act": "sale", "sha256": "00", "good": "x"}', "no fact"),
])
def test_a_line_that_is_no_stored_event_is_told_with_its_place(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=f"events.jsonl:2: .*{says}"):
        make(["replay"], replay(path))


def test_stored_lines_can_still_be_checked_as_events(stored: Path) -> None:
    code, out, err = sanctions("check", stored, "--json")
    assert code == 0, err
    assert len(json.loads(out)["findings"]) > 3


def test_options_of_an_extractor_that_is_not_named_are_refused(root: Path, stored: Path) -> None:
    done = CliRunner().invoke(cli, ["check", str(root / "examples/articles"), "--replay", str(stored)])
    assert isinstance(done.exception, UsageError)
    assert "--extractor replay" in str(done.exception)
