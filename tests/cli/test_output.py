"""What comes out: data on stdout, the rest on stderr, nothing a terminal would obey."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from .conftest import Sanctions

HOSTILE = "\x1b]0;owned\x07 \x9b31m \u202egnp.exe\u2066 <script>alert(1)</script> [bold red]markup[/]"


def schema(root: Path, name: str) -> Any:
    return json.loads((root / "rules" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("verb", ["check", "judge"])
def test_findings_follow_their_schema(sanctions: Sanctions, root: Path, verb: str) -> None:
    paths = [root / "examples" / "events"] + ([root / "examples" / "articles"] if verb == "check" else [])
    done = sanctions(verb, *paths, "--json", "--all")
    wire = json.loads(done.out)
    jsonschema.validate(wire, schema(root, "findings"))
    assert wire["schema"] == "sanctions-checker/findings/1"
    assert any(f["label"] == "alleged violation" for f in wire["findings"])


def test_extracted_events_follow_their_schema_and_can_be_judged(sanctions: Sanctions, root: Path, tmp_path: Path) -> None:
    done = sanctions("extract", root / "examples" / "articles", "--json")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert lines
    for line in lines:
        jsonschema.validate(line, schema(root, "event"))
    (tmp_path / "events.jsonl").write_text(done.out, encoding="utf-8")
    judged = json.loads(sanctions("judge", tmp_path / "events.jsonl", "--json").out)
    checked = json.loads(sanctions("check", root / "examples" / "articles", "--json").out)
    assert [f["receipt"] for f in judged["findings"]] == [f["receipt"] for f in checked["findings"]]
    assert judged["findings"]


def test_the_same_input_gives_the_same_bytes(sanctions: Sanctions, root: Path) -> None:
    one = sanctions("check", root / "examples", "--json").out
    assert one == sanctions("check", root / "examples", "--json").out
    assert '"problems"' in one


def test_hostile_text_is_shown_but_not_obeyed(sanctions: Sanctions, tmp_path: Path) -> None:
    file = tmp_path / "a\x1b[2J\u202e.jsonl"
    event = {"act": "shipment", "goods": "artillery_shell", "supplier": {"name": HOSTILE, "state": "KP", "kind": "company"},
             "recipient": "XA", "date": "2022-11-02", "id": HOSTILE,
             "claims": [{"status": "alleged", "by": HOSTILE}, {"status": "denied", "by": HOSTILE}]}
    file.write_text(json.dumps(event) + '\n{"\u202eact": "\x1b"}\n{"act": "\u202e"}\n', encoding="utf-8")
    for verb, *more in (["judge"], ["judge", "--json"], ["explain", "--rule", "dprk-arms-export"], ["check", "--all"]):
        done = sanctions(verb, file, *more)
        assert done.code == 0
        assert "owned" in done.out
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.out + done.err)
    assert "[bold red]markup[/]" in sanctions("judge", file).out
    wire = json.loads(sanctions("judge", file, "--json").out)
    assert wire["findings"][0]["event"]["supplier"] == HOSTILE  # escaped for the terminal, whole for a program


def test_nothing_is_coloured_or_wrapped_in_a_pipe(sanctions: Sanctions, root: Path) -> None:
    done = sanctions("check", root / "examples")
    assert "\x1b[" not in done.out
    assert max(len(line) for line in done.out.splitlines()) > 120


@pytest.mark.parametrize("no_color", [True, False])
def test_a_terminal_gets_colour_unless_it_says_no(root: Path, no_color: bool) -> None:
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "CI", "FORCE_COLOR")} | {"TERM": "xterm-256color", "COLUMNS": "100"}
    if no_color:
        env["NO_COLOR"] = "1"
    ours, theirs = pty.openpty()
    done = subprocess.Popen([sys.executable, "-m", "checker.cli.main", "judge", str(root / "examples/events/shells.yaml")], env=env,
                            stdout=theirs, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:
        pass  # Linux ends the reading of a closed terminal with an error
    os.close(ours)
    assert done.wait(timeout=60) == 0
    assert b"ALLEGED VIOLATION" in shown
    assert (re.search(rb"\x1b\[[0-9;]*3[0-9]", shown) is None) is no_color


def test_reports_are_written_and_named_on_stderr(sanctions: Sanctions, root: Path, tmp_path: Path) -> None:
    done = sanctions("check", root / "examples" / "events", "--html", tmp_path / "new" / "one.html", "--report", tmp_path / "all", "--json")
    assert (tmp_path / "new" / "one.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert {path.suffix for path in (tmp_path / "all").iterdir()} == {".html", ".md", ".csv", ".json"}
    assert "one.html" in done.err
    json.loads(done.out)


def test_law_answers_by_date(sanctions: Sanctions) -> None:
    def rules_on(day: str, *more: str) -> set[str]:
        return {m["rule"] for m in json.loads(sanctions("law", "--on", day, *more, "--json").out)["measures"]}

    assert rules_on("2006-10-13", "--party", "KP") == set()
    assert "dprk-arms-export" in rules_on("2006-10-14", "--party", "North Korea", "--goods", "battle_tank")
    assert "dprk-arms-export" not in rules_on("2006-10-14", "--goods", "rifle")
    assert "dprk-arms-export" in rules_on("2009-06-12", "--goods", "rifle")
    assert "dprk-arms-export" in rules_on("2009-06-12", "--goods", "arms", "--act", "sale")
    assert "dprk-arms-export" not in rules_on("2022-11-02", "--party", "houthis")
    assert "yemen-houthi-arms" in rules_on("2022-11-02", "--party", "houthis")


def test_law_of_one_regime_holds_what_rests_on_lists_alone_and_says_its_horizon(sanctions: Sanctions) -> None:
    done = sanctions("law", "--on", "2026-11-01", "--regime", "2653")
    assert "haiti-travel-ban" in done.out
    assert "dprk" not in done.out
    assert "renewal not verified" in done.out
    assert "renewal known until 2026-10-17" in done.out
    assert sanctions("law", "--on", "2026-11-01", "--regime", "un-9999").code == 2


def test_law_names_authority_force_and_dispute(sanctions: Sanctions) -> None:
    out = sanctions("law", "--on", "2025-11-01", "--party", "IR").out
    assert "contested" in out
    assert "UNSCR" in out
    assert "decides" in out


def test_explain_tells_why_a_rule_does_not_match(sanctions: Sanctions, root: Path) -> None:
    done = sanctions("explain", root / "examples/events/shells-2006.yaml", "--rule", "dprk-arms-export")
    assert done.code == 0
    assert "NOT IN FORCE" in done.out
    assert "14 October 2006" in done.out


def test_the_template_is_an_event(sanctions: Sanctions, tmp_path: Path) -> None:
    (tmp_path / "event.yaml").write_text(sanctions("judge", "--template").out)
    done = sanctions("judge", tmp_path / "event.yaml")
    assert (done.code, done.err) == (0, "")


def test_an_article_is_not_an_event(sanctions: Sanctions, root: Path) -> None:
    done = sanctions("judge", root / "examples/articles/dhow-missile-parts.txt")
    assert done.code == 2
    assert "sanctions check" in done.err


def test_rules_of_ones_own_stand_beside_ours(sanctions: Sanctions, root: Path, tmp_path: Path) -> None:
    text = (root / "rules/un/un-1718/dprk-nuclear-test.yaml").read_text().replace("rule: dprk-nuclear-test", "rule: xa-nuclear-test")
    (tmp_path / "xa-nuclear-test.yaml").write_text(text)
    ours = {r["rule"] for r in json.loads(sanctions("rules", "list", "--json").out)["rules"]}
    both = {r["rule"] for r in json.loads(sanctions("rules", "list", "--json", "--rules", tmp_path).out)["rules"]}
    assert both == ours | {"xa-nuclear-test"}


def test_all_examples_of_our_rules_hold(sanctions: Sanctions) -> None:
    done = sanctions("rules", "test", "--json")
    wire = json.loads(done.out)
    assert wire["failed"] == []
    assert wire["examples"] > wire["rules"] > 0


def test_every_schema_is_printed_as_json(sanctions: Sanctions) -> None:
    names = sanctions("schema").out.split()
    assert "findings" in names
    for name in names:
        jsonschema.Draft202012Validator.check_schema(json.loads(sanctions("schema", name).out))
