"""``sanctions rules suggest``: the program drafts, a person at a terminal decides, the file keeps everything else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from checker.judge.judge import Judge
from checker.model.rule import Rule
from checker.proof.coverage import cover
from checker.rulebase.loader import require_rulebase

from .authoring import Terminal, guide_rule, write_rule
from .conftest import Sanctions

THIN = guide_rule().split("  - {name: the cargo was ore")[0] + "  # near misses follow\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return write_rule(tmp_path / "own", THIN).parent


def rule_in(own: Path) -> Rule:
    return require_rulebase([own]).get("xa-coal-export")


def covered(own: Path) -> int:
    base = require_rulebase([own])
    return sum(level.covered for level in cover(Judge(base), base.get("xa-coal-export"), draft=False).levels)


def test_elsewhere_than_at_a_terminal_the_drafts_are_printed_and_nothing_is_written(sanctions: Sanctions, own: Path) -> None:
    before = (own / "xa-coal-export.yaml").read_text()
    done = sanctions("rules", "suggest", "xa-coal-export", "--rules", own)
    assert done.code == 0
    lines = done.out.splitlines()
    assert len(lines) >= 5
    assert all(line.startswith("  - {name: ") and line.endswith(", confirmed: false}") for line in lines)
    assert "nothing written" in done.err
    assert "coverage of xa-coal-export: " in done.err
    assert (own / "xa-coal-export.yaml").read_text() == before
    wire = json.loads(sanctions("rules", "suggest", "xa-coal-export", "--rules", own, "--json").out)
    assert (wire["schema"], wire["written"], len(wire["drafts"])) == ("sanctions-checker/rules-suggest/1", False, len(lines))
    assert all(draft["says"].startswith("The same, but ") and draft["why"] for draft in wire["drafts"])


def test_a_draft_reads_as_a_sentence_and_says_which_line_stays_open(sanctions: Sanctions, tmp_path: Path) -> None:
    notice = ("unless:\n  told:\n    says: the Committee was told\n    authority: Training resolution para 2\n    procedure: notify\n"
              "    when: {notified_to: un_1718_committee}\n\nexamples:")
    own = write_rule(tmp_path / "own", THIN.replace("examples:", notice)).parent
    drafts = json.loads(sanctions("rules", "suggest", "xa-coal-export", "--rules", own, "--json").out)["drafts"]
    assert any("the body notified is the 1718 Committee" in draft["says"] for draft in drafts)
    nobody = next(draft for draft in drafts if draft["says"].startswith("The same, but nobody says who gives"))
    assert nobody["because"][0].startswith("supplier must be Exland; the event says not stated: this stays open")


def test_printed_drafts_can_be_pasted(sanctions: Sanctions, own: Path) -> None:
    drafts = sanctions("rules", "suggest", "xa-coal-export", "--rules", own).out
    path = own / "xa-coal-export.yaml"
    path.write_text(path.read_text() + drafts, encoding="utf-8")
    assert len(rule_in(own).examples) == 1 + len(drafts.splitlines())


def test_unconfirmed_drafts_are_written_once_and_count_for_nothing(sanctions: Sanctions, own: Path) -> None:
    before, proved = (own / "xa-coal-export.yaml").read_text(), covered(own)
    assert sanctions("rules", "suggest", "xa-coal-export", "--rules", own, "--write-unconfirmed").code == 0
    after = (own / "xa-coal-export.yaml").read_text()
    assert after.startswith(before)
    assert not any(e.confirmed for e in rule_in(own).examples[1:])
    assert covered(own) == proved
    again = sanctions("rules", "suggest", "xa-coal-export", "--rules", own, "--write-unconfirmed")
    assert (again.out, (own / "xa-coal-export.yaml").read_text()) == ("", after)


def test_a_person_decides_about_each_draft(own: Path, tmp_path: Path) -> None:
    proved, before = covered(own), (own / "xa-coal-export.yaml").read_text()
    terminal = Terminal("rules", "suggest", "xa-coal-export", "--rules", own, cwd=tmp_path)
    asked = terminal.wait_for("Is this right?")
    assert re.search(r"1 of \d+  The same, but .+\.\nThe rule then says: .+\.\n", asked), asked
    terminal.type("\n")  # silence is not consent
    terminal.answer("Is this right?", "yes, all")
    terminal.answer("Is this right?", "y")
    terminal.answer("Is this right?", "e")
    terminal.answer("Name of the example", "a name: of {mine} # here")
    terminal.answer("a name: of {mine} # here\nIs this right?", "y")
    terminal.answer("Is this right?", "s")
    terminal.answer("Is this right?", "n")
    terminal.answer("What should it say?", "violaton")
    terminal.answer("did you mean violation", "violation")
    terminal.answer("Is this right?", "q")
    assert terminal.end() == 0, terminal.printed
    assert "2 right, 1 wrong, 1 skipped." in terminal.printed
    assert "coverage before: " in terminal.printed
    assert "fails until the rule says what you expect" in terminal.printed
    text = (own / "xa-coal-export.yaml").read_text()
    assert text.startswith(before.rstrip("\n"))
    assert "confirmed" not in text
    examples = rule_in(own).examples
    assert len(examples) == 4
    assert examples[2].name == "a name: of {mine} # here"
    assert examples[3].expect.label == "violation"
    assert "wanted violation" in _test(own)
    assert covered(own) > proved


def _test(own: Path) -> str:
    from checker.proof.examples import run_examples

    base = require_rulebase([own])
    return "\n".join(result.report() for result in run_examples(Judge(base), [base.get("xa-coal-export")]) if not result.passed)


def test_unconfirmed_examples_are_asked_about_first(sanctions: Sanctions, own: Path, tmp_path: Path) -> None:
    sanctions("rules", "suggest", "xa-coal-export", "--rules", own, "--write-unconfirmed")
    path = own / "xa-coal-export.yaml"
    text, first = path.read_text(), rule_in(own).examples[1]
    terminal = Terminal("rules", "suggest", "xa-coal-export", "--rules", own, cwd=tmp_path)
    assert f"Name: {first.name}" in terminal.wait_for("Is this right?")
    terminal.type("y\n")
    terminal.answer("Is this right?", "n")
    terminal.answer("What should it say?", "concern")
    terminal.answer("Is this right?", "q")
    assert terminal.end() == 0, terminal.printed
    after = path.read_text().splitlines()
    changed = [(old, new) for old, new in zip(text.splitlines(), after, strict=True) if old != new]
    assert len(changed) == 2
    assert changed[0][0] == changed[0][1].removesuffix("}") + ", confirmed: false}"
    assert changed[1][1].endswith("expect: concern}")
    assert [e.confirmed for e in rule_in(own).examples[:4]] == [True, True, True, False]


def test_answers_given_before_leaving_stay(own: Path, tmp_path: Path) -> None:
    terminal = Terminal("rules", "suggest", "xa-coal-export", "--rules", own, cwd=tmp_path)
    terminal.answer("Is this right?", "y")
    terminal.wait_for("Is this right?")
    assert terminal.interrupt() == 130
    assert len(rule_in(own).examples) == 2
    assert [path.name for path in own.iterdir()] == ["xa-coal-export.yaml"]


def test_a_file_changed_meanwhile_is_not_overwritten(own: Path, tmp_path: Path) -> None:
    path = own / "xa-coal-export.yaml"
    terminal = Terminal("rules", "suggest", "xa-coal-export", "--rules", own, cwd=tmp_path)
    terminal.wait_for("Is this right?")
    path.write_text(path.read_text() + "# mine\n", encoding="utf-8")
    terminal.type("y\n")
    assert terminal.end() == 2
    assert "changed by somebody else" in terminal.printed
    assert path.read_text() == THIN + "# mine\n"


def test_a_rule_without_an_example_asks_for_one(sanctions: Sanctions, tmp_path: Path) -> None:
    own = write_rule(tmp_path / "own", THIN.split("examples:")[0]).parent
    done = sanctions("rules", "suggest", "xa-coal-export", "--rules", own)
    assert done.code == 2
    assert "sanctions rules example FINDING --rule xa-coal-export" in done.err


def test_there_is_no_way_to_agree_to_everything(sanctions: Sanctions) -> None:
    assert sanctions("rules", "suggest", "xa-coal-export", "--yes").code == 2
    assert "--yes" not in sanctions("rules", "suggest", "--help").out
