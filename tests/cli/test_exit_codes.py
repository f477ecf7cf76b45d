"""Every exit code of docs/reference/exit-codes.md, from a command a person could type."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from .conftest import Sanctions

EVENT = "act: shipment\ngoods: artillery_shell\nsupplier: KP\nrecipient: XA\ndate: 2022-11-02\nreport: alleged\n"


@pytest.fixture
def event(tmp_path: Path) -> Path:
    file = tmp_path / "event.yaml"
    file.write_text(EVENT)
    return file


def test_findings_are_no_failure(sanctions: Sanctions, event: Path) -> None:
    done = sanctions("check", event)
    assert done.code == 0
    assert "ALLEGED VIOLATION" in done.out


@pytest.mark.parametrize(("label", "code"), [("alleged violation", 1), ("any", 1), ("violation", 0), ("warning", 0)])
def test_a_gate_says_no_only_to_its_label(sanctions: Sanctions, event: Path, label: str, code: int) -> None:
    assert sanctions("check", event, "--fail-on", label).code == code


def test_an_outcome_word_is_no_flag(sanctions: Sanctions, event: Path) -> None:
    event.write_text(EVENT + "approved_by: un_1718_committee\n")
    done = sanctions("check", event, "--all", "--fail-on", "any")
    assert done.code == 0
    assert "EXEMPT" in done.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["chek"], "Did you mean 'check'?"),
        (["check"], "Missing argument"),
        (["check", "gone.txt"], "gone.txt"),
        (["check", "EVENT", "--fail-on", "violaton"], "did you mean violation"),
        (["check", "EVENT", "--published", "3/11/2022"], "2022-11-02"),
        (["check", "EVENT", "--rules", "nowhere"], "nowhere"),
        (["check", "EVENT", "--html", "/proc/nowhere/x.html"], "cannot be written"),
        (["explain", "EVENT", "--rule", "dprk-arms-exprt"], "dprk-arms-export"),
        (["rules", "show", "dprk-arms-exprt"], "dprk-arms-export"),
        (["law", "--on", "2022-11"], "is not a day"),
        (["law", "--on", "2022-11-02", "--goods", "artilery_shell"], "artillery_shell"),
        (["law", "--on", "2022-11-02", "--party", "Nort Korea"], "--party"),
        (["schema", "findngs"], "findings"),
        (["replay", "EVENT"], "no receipt"),
        (["judge"], "--template"),
        (["--nonsense"], "--nonsense"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_usage_errors_say_how_to_mend(sanctions: Sanctions, event: Path, arguments: list[str], says: str) -> None:
    done = sanctions(*(str(event) if a == "EVENT" else a for a in arguments))
    assert done.code == 2
    assert says in done.err
    assert done.out == ""
    assert "Traceback" not in done.err


@pytest.mark.parametrize("verb", ["check", "judge", "extract"])
def test_nothing_readable_is_a_usage_error(sanctions: Sanctions, tmp_path: Path, verb: str) -> None:
    file = tmp_path / "scan.txt"
    file.write_bytes(b"\0\1\2binary")
    done = sanctions(verb, file)
    assert done.code == 2
    assert "binary-file" in done.err


def test_one_unreadable_file_does_not_spoil_the_run(sanctions: Sanctions, event: Path, tmp_path: Path) -> None:
    (tmp_path / "scan.txt").write_bytes(b"\0\1\2binary")
    done = sanctions("check", tmp_path)
    assert done.code == 0
    assert "binary-file" in done.err
    assert "1 not readable" in done.out


def test_a_rule_base_that_does_not_load_lists_every_error(sanctions: Sanctions, event: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "broken-rule.yaml").write_text("rule: broken-rule\nkind: prohibitoin\n")
    done = sanctions("judge", event, "--rules", rules)
    assert done.code == 3
    assert "prohibition" in done.err
    assert re.search(r"broken-rule\.yaml:2:\d+: error", done.err)


def test_a_failing_example_is_a_gate(sanctions: Sanctions, root: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    text = (root / "rules/un/un-1718/dprk-nuclear-test.yaml").read_text().replace("rule: dprk-nuclear-test", "rule: xa-nuclear-test")
    (rules / "xa-nuclear-test.yaml").write_text(text.replace("expect: clear", "expect: violation", 1))
    done = sanctions("rules", "test", "xa-nuclear-test", "--rules", rules)
    assert done.code == 1
    assert "wanted violation, got clear" in done.out
    assert "1 failed" in done.out


def test_a_receipt_that_differs_is_a_gate(sanctions: Sanctions, event: Path, tmp_path: Path) -> None:
    findings = tmp_path / "findings.json"
    findings.write_text(sanctions("judge", event, "--json").out)
    assert sanctions("replay", findings).code == 0
    wire: dict[str, Any] = json.loads(findings.read_text())
    wire["findings"][0]["receipt"]["label"] = "violation"
    findings.write_text(json.dumps(wire))
    done = sanctions("replay", findings)
    assert done.code == 1
    assert "DIFFERS" in done.out
    assert "label" in done.out.lower()


def test_a_bug_is_70_with_a_short_message(sanctions: Sanctions, event: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a \x1b[31mstrange\x1b[0m thing")

    monkeypatch.setattr("checker.cli.check.load_judge", fail)
    done = sanctions("check", event)
    assert done.code == 70
    assert "RuntimeError" in done.err
    assert "\x1b" not in done.err
    assert "Traceback" not in done.err
    assert "Traceback" in sanctions("--debug", "check", event).err


def test_interruption_is_130() -> None:
    # A shell gives what it runs in the background a SIGINT that is ignored, and that would be inherited.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    running = subprocess.Popen([sys.executable, "-m", "checker.cli.main", "check", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, handler)
    try:
        time.sleep(3)  # until it waits for standard input
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 130
        assert running.stderr is not None
        assert "Traceback" not in running.stderr.read()
    finally:
        running.kill()
        running.communicate()


def test_a_closed_pipe_is_no_error(event: Path) -> None:
    script = f"set -o pipefail; {sys.executable} -m checker.cli.main judge {event} --json --all | head -c 5"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ))
    assert (done.returncode, done.stdout, done.stderr) == (0, '{\n  "', "")


@pytest.mark.parametrize("words", ["rules list --json", "rules list", "rules cover dprk-arms-export --json", "rules find arms"])
def test_a_pipe_closed_at_once_is_no_error(words: str) -> None:
    script = f"set -o pipefail; {sys.executable} -m checker.cli.main {words} | true"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
