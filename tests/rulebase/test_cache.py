"""Rules from the cache are the rules of the files, and a cache that cannot be trusted is not used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker.locator import rules_dir
from checker.rulebase import loader
from checker.rulebase.cache import RuleCache, cache_dir
from checker.rulebase.loader import Loaded, load_rulebase
from checker.vocabulary.vocabulary import default_vocabulary

MESSAGES = Path(__file__).resolve().parent.parent / "messages"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Our rules, and a file of every construct there is."""
    shutil.copytree(rules_dir() / "un", tmp_path / "rules")
    for kind in ("rules", "exemptions"):
        for path in (MESSAGES / "good" / kind).glob("*.yaml"):
            if path.stem != "quota-month":   # it overrides a rule that is not there
                shutil.copy(path, tmp_path / "rules")
    return tmp_path / "rules"


def load(folder: Path, cache: Path | None) -> Loaded:
    return load_rulebase([folder], default_vocabulary(), cache=cache)


def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rule files that are parsed from now on."""
    seen: list[str] = []
    real = loader.read_rule

    def watch(*args: object, **kwargs: object) -> object:
        seen.append(str(args[2]))
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(loader, "read_rule", watch)
    return seen


def test_a_second_load_parses_nothing_and_gives_the_very_same(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(folder, tmp_path / "cache")
    seen = parsed(monkeypatch)
    second = load(folder, tmp_path / "cache")
    assert seen == []
    assert second.rulebase.rules == first.rulebase.rules == load(folder, None).rulebase.rules
    assert second.rulebase.digest == first.rulebase.digest
    for one, other in zip(first.rulebase.rules, second.rulebase.rules, strict=True):
        assert repr(one) == repr(other)   # equal may hide another type: 1 and 1.0, a list and a tuple


def test_a_changed_file_alone_is_parsed_anew(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(folder, tmp_path / "cache")
    path = folder / "exemptions.yaml"
    path.write_text(path.read_text().replace("severity: low", "severity: high"))
    seen = parsed(monkeypatch)
    assert load(folder, tmp_path / "cache").rulebase.get("exemptions").severity == "high"
    assert seen == ["exemptions"]


def test_a_changed_shared_exemption_makes_all_old(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(folder, tmp_path / "cache")
    path = folder / "aid.yaml"
    path.write_text(path.read_text().replace("2022-12-09", "2022-12-10"))
    seen = parsed(monkeypatch)
    load(folder, tmp_path / "cache")
    assert len(seen) > 10


def test_files_with_mistakes_are_told_of_every_time(folder: Path, tmp_path: Path) -> None:
    path = folder / "exemptions.yaml"
    path.write_text(path.read_text().replace("goods: arms", "goods: armz"))
    first, second = load(folder, tmp_path / "cache"), load(folder, tmp_path / "cache")
    assert [p.code for p in first.problems] == [p.code for p in second.problems] == ["unknown-term"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"belongs_to": "x", "rules": []}', b"\xff\xfe"])
def test_a_damaged_cache_is_not_used(folder: Path, tmp_path: Path, damage: bytes) -> None:
    expected = load(folder, tmp_path / "cache").rulebase.rules
    (kept,) = (tmp_path / "cache").glob("*.json")
    kept.write_bytes(damage)
    assert load(folder, tmp_path / "cache").rulebase.rules == expected


def test_a_cache_that_others_may_write_to_is_neither_read_nor_written(folder: Path, tmp_path: Path,
                                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    load(folder, tmp_path / "cache")
    (tmp_path / "cache").chmod(0o777)
    seen = parsed(monkeypatch)
    load(folder, tmp_path / "cache")
    assert len(seen) > 10
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    load(folder, open_to_all)
    assert list(open_to_all.iterdir()) == []


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SANCTIONS_CACHE", "off")
    assert cache_dir() is None
    monkeypatch.setenv("SANCTIONS_CACHE", str(tmp_path / "here"))
    assert cache_dir() == tmp_path / "here"
    monkeypatch.delenv("SANCTIONS_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_dir() == tmp_path / "sanctions-checker"


def test_only_the_newest_caches_are_kept(tmp_path: Path) -> None:
    rule = load_rulebase(None, default_vocabulary()).rulebase.rules[0]
    for number in range(12):
        RuleCache(tmp_path / "cache", str(number)).keep([("a.yaml", "d", rule)])
    assert len(list((tmp_path / "cache").iterdir())) == 8
