"""Wrong vocabulary files: each mistake is found, with its place and a remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker.errors import RuleBaseError
from checker.locator import rules_dir
from checker.model.facts import FACTS
from checker.vocabulary import vocabulary as module
from checker.vocabulary.vocabulary import TAXONOMIES, default_vocabulary, load_vocabulary


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(rules_dir() / "vocabulary", tmp_path / "vocabulary")
    return tmp_path / "vocabulary"


def test_the_installed_files_are_clean() -> None:
    vocabulary, problems = load_vocabulary()
    assert problems == []
    assert vocabulary is not None
    assert set(vocabulary.taxonomies) == {spec.taxonomy for spec in FACTS.values() if spec.taxonomy} | {"units", "lists"}


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "says"),
    [
        (
            "goods",
            "under: [heavy_weapons_materiel, ammunition], hs",
            "under: [heavy_weapons_materiel, amunition], hs",
            "unknown-parent",
            "did you mean `ammunition`?",
        ),
        ("goods", "  coal: {title", "  coal: {titel", "unknown-key", "did you mean `title`?"),
        ("goods", "also: [anthracite,", "also: [Diesel Fuel, diesel,", "duplicate-spelling", "leave it"),
        ("goods", "under: arms}\n  register_weapons", "under: register_weapons}\n  register_weapons", "term-cycle", "take one"),
        ("goods", 'hs: ["2701", "2702"]', 'hs: ["270"]', "wrong-hs", "2, 4 or 6 digits"),
        (
            "goods",
            'hs: ["2701", "2702"], hs_source: mapping',
            'hs: ["2701", "2702"], hs_source: guess',
            "wrong-hs-source",
            "hs_source: mapping",
        ),
        ("goods", "taxonomy: goods", "taxonomy: wares", "wrong-name", "taxonomy: goods"),
        ("goods", "lethal: true", "lethal: deadly", "wrong-type", "`true` or `false`"),
        ("acts", "verb: [sell, sold, sold]", "verb: [sell, sold]", "wrong-verb", "supplied"),
        (
            "parties",
            "state: KP, kind: armed_forces, also: [KPA",
            "state: NK, kind: armed_forces, also: [KPA",
            "unknown-state",
            "ISO 3166-1",
        ),
        ("parties", "kind: armed_group, place: YE, plural", "kind: gang, place: YE, plural", "unknown-term", "party_kinds.yaml"),
        ("parties", "place: darfur", "place: darfour_land", "unknown-term", "places.yaml"),
        (
            "parties",
            "under: drc_armed_groups, also: [March",
            "under: drc_armed_grups, also: [March",
            "unknown-parent",
            "did you mean `drc_armed_groups`?",
        ),
        ("places", "part_of: SD, also: [Darfour", "part_of: SDX, also: [Darfour", "unknown-parent", "did you mean"),
        ("places", "from: 2014-02-27", "from: sometime", "wrong-type", "2022-11-02"),
        ("places", "until: 2022-11-10", "until: 2021-11-10", "date-order", "last day"),
        ("places", "{state: RU, from: 2014-02-27", "{state: RUS, from: 2014-02-27", "unknown-state", "ISO 3166-1"),
        ("states", "KR: [ROK,", "KR: [ROK, DPRK,", "duplicate-spelling", "one State"),
        ("states", "languages: [en,", "languages: [en, klingon,", "unknown-language", "code such as"),
        ("labels", "report: [denied, negated]", "report: [denyed, negated]", "unknown-value", "did you mean `denied`?"),
        ("labels", "label: concern}", "label: concerned}", "unknown-label", "did you mean `concern`?"),
        ("labels", "tone: critical", "tone: shrill", "unknown-tone", "quiet"),
        ("regimes", "committee: un_1718_committee", "committee: un_1719_committee", "unknown-term", "approvals.yaml"),
        ("regimes", "target: KP", "target: NK", "unknown-term", "states.yaml"),
        ("families", "act: [weapons_test]", "act: [weapon_tests]", "unknown-term", "did you mean `weapons_test`?"),
        ("families", "{when: {}, family: other}", "{when: {act: [travel]}, family: other}", "no-last-row", "family: other"),
        ("families", "stage: [negotiated, contracted]", "stag: [negotiated, contracted]", "unknown-fact", "did you mean `stage`?"),
        ("sentences", '    denied: "{be} said not to have {participle}"\n', "", "missing-key", "add `denied"),
        ("stages", "{title: done", "{titles: done", "unknown-key", "did you mean `title`?"),
    ],
)
def test_mistakes(folder: Path, name: str, old: str, new: str, code: str, says: str) -> None:
    path = folder / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    vocabulary, problems = load_vocabulary(folder)
    assert vocabulary is None
    found = [p for p in problems if p.code == code]
    assert found, problems
    assert found[0].path == str(path)
    assert found[0].line > 0
    assert found[0].column > 0
    assert found[0].source
    assert says in found[0].mend


@pytest.mark.parametrize("name", [*TAXONOMIES, "states", "parties", "places", "labels", "regimes", "families", "sentences"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / f"{name}.yaml").unlink()
    vocabulary, problems = load_vocabulary(folder)
    assert vocabulary is None
    assert [p.path for p in problems if p.code == "vocabulary-file-missing"] == [str(folder / f"{name}.yaml")]


def test_a_broken_vocabulary_stops_with_all_its_problems(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("goods", "stages"):
        (folder / f"{name}.yaml").write_text("terms: {}\n", encoding="utf-8")
    monkeypatch.setattr(module, "rules_dir", lambda: folder.parent)
    module.default_vocabulary.cache_clear()
    try:
        with pytest.raises(RuleBaseError) as caught:
            default_vocabulary()
    finally:
        module.default_vocabulary.cache_clear()
    assert "goods.yaml" in str(caught.value)
    assert "stages.yaml" in str(caught.value)
