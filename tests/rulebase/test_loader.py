"""Folders of rules to a rule base."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import RuleBaseError, UnknownRule
from checker.locator import rules_dir
from checker.rulebase.loader import Loaded, load_rulebase, require_rulebase, shown_path
from checker.strictyaml.message import render_all
from checker.vocabulary.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def shipped(vocabulary: Vocabulary) -> Loaded:
    return load_rulebase(None, vocabulary)


def test_every_rule_that_comes_with_the_program_loads(shipped: Loaded) -> None:
    assert render_all(shipped.problems) == ""
    files = {path.stem for path in (rules_dir() / "un").rglob("*.yaml")}
    assert {rule.id for rule in shipped.rulebase.tested} == files
    assert len(files) >= 10


def test_each_rule_lies_in_the_folder_of_its_regime(shipped: Loaded) -> None:
    for rule in shipped.rulebase.rules:
        assert Path(rule.path).parent.name == rule.regime


def test_places_are_the_same_on_every_machine(shipped: Loaded) -> None:
    assert shipped.rulebase.get("dprk-arms-export").path == "rules/un/un-1718/dprk-arms-export.yaml"


def test_loading_twice_gives_the_same(shipped: Loaded, vocabulary: Vocabulary) -> None:
    again = load_rulebase([rules_dir() / "un"], vocabulary)
    assert again.rulebase.digest == shipped.rulebase.digest
    assert again.rulebase.rules == shipped.rulebase.rules


def test_the_newest_review_dates_the_law(shipped: Loaded) -> None:
    assert shipped.rulebase.law_known_as_of == max(rule.reviewed.date for rule in shipped.rulebase.rules)


def test_an_unknown_rule_names_the_nearest(shipped: Loaded) -> None:
    with pytest.raises(UnknownRule, match="did you mean dprk-arms-export"):
        shipped.rulebase.get("dprk-arm-export")


def test_a_broken_rule_is_left_out_and_the_others_load(tmp_path: Path, vocabulary: Vocabulary, golden_text: str) -> None:
    (tmp_path / "dprk-arms-export.yaml").write_text(golden_text, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("rule: broken\n  title: x\n", encoding="utf-8")
    (tmp_path / "binary.yaml").write_bytes(b"\x00\x01\x02")
    loaded = load_rulebase([tmp_path], vocabulary)
    assert [rule.id for rule in loaded.rulebase.rules] == ["dprk-arms-export"]
    assert [(Path(p.path).name, p.code) for p in loaded.problems] == [("binary.yaml", "file-binary"), ("broken.yaml", "yaml-indent")]
    with pytest.raises(RuleBaseError, match=r"binary\.yaml(.|\n)*broken\.yaml:2:3"):
        require_rulebase([tmp_path], vocabulary)


def test_a_digest_changes_with_any_rule(tmp_path: Path, vocabulary: Vocabulary, golden_text: str) -> None:
    path = tmp_path / "dprk-arms-export.yaml"
    path.write_text(golden_text, encoding="utf-8")
    before = require_rulebase([tmp_path], vocabulary).digest
    path.write_text(golden_text.replace("critical", "high"), encoding="utf-8")
    assert require_rulebase([tmp_path], vocabulary).digest != before


def test_an_id_that_stands_twice_loads_from_neither_folder(tmp_path: Path, vocabulary: Vocabulary, golden_text: str) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "dprk-arms-export.yaml").write_text(golden_text, encoding="utf-8")
    loaded = load_rulebase([tmp_path / "one", tmp_path / "two"], vocabulary)
    assert loaded.rulebase.rules == ()
    assert [p.code for p in loaded.problems] == ["duplicate-rule", "duplicate-rule"]
    assert "two/dprk-arms-export.yaml:2" in loaded.problems[0].message
    assert "one/dprk-arms-export.yaml:2" in loaded.problems[1].message


def test_the_same_folder_given_twice_is_read_once(tmp_path: Path, vocabulary: Vocabulary, golden_text: str) -> None:
    (tmp_path / "dprk-arms-export.yaml").write_text(golden_text, encoding="utf-8")
    assert len(require_rulebase([tmp_path, tmp_path], vocabulary).rules) == 1


def test_folders_without_rules_are_named(tmp_path: Path, vocabulary: Vocabulary) -> None:
    loaded = load_rulebase([tmp_path, tmp_path / "absent"], vocabulary)
    assert {p.code for p in loaded.problems} == {"rules-none", "rules-folder"}


def test_paths_below_the_working_folder_are_shown_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "mine" / "x.yaml") == "mine/x.yaml"
    assert shown_path(rules_dir() / "un" / "x.yaml") == "rules/un/x.yaml"
