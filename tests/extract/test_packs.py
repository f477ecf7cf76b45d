"""Every sentence under ``tests:`` of a language pack gives exactly the events written beside it."""

from __future__ import annotations

import pytest

from checker.extract.extractor import FrameExtractor
from checker.extract.pack import Pack, load_packs
from checker.extract.sentences import watching
from checker.locator import rules_dir
from checker.model.dates import parse_date
from checker.model.document import Document
from tests.extract.conftest import in_line

PACKS, PROBLEMS = load_packs(rules_dir() / "languages")
CASES = [(pack, case) for pack in PACKS.values() for case in pack.tests]
KINDS = {"plain": 8, "passive": 10, "denial": 10, "norm": 5, "reversal": 5}


def test_the_packs_load_without_a_problem() -> None:
    assert PROBLEMS == []


@pytest.mark.parametrize(("pack", "case"), CASES, ids=[f"{p.lang}-{i}-{c.get('kind', '')}" for i, (p, c) in enumerate(CASES)])
def test_sentence(pack: Pack, case: dict[str, object], extractor: FrameExtractor) -> None:
    document = Document("t", str(case["text"]), parse_date("2024-05-15"), lang=pack.lang)
    found = watching(case, extractor).extract(document)
    assert sorted(in_line(e) for e in found.events) == sorted(str(e) for e in case.get("events", []))  # type: ignore[attr-defined]
    assert {str(h) for h in case.get("hints", [])} <= {h.kind for h in found.hints}  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", [p.lang for p in PACKS.values() if p.tests])
def test_every_pack_tests_each_kind_of_sentence(lang: str) -> None:
    kinds = [str(c.get("kind", "plain")) for c in PACKS[lang].tests]
    assert len(kinds) >= 40
    assert {k: kinds.count(k) for k in KINDS if kinds.count(k) < KINDS[k]} == {}


def test_words_of_packs_are_words_of_the_vocabulary(extractor: FrameExtractor) -> None:
    vocabulary = extractor.vocabulary
    wrong: list[str] = []
    for pack in extractor.packs.values():
        wrong += [f"{pack.lang}: goods {t}" for t in pack.tables["goods"] if t not in vocabulary.taxonomies["goods"]]
        wrong += [f"{pack.lang}: place {t}" for t in pack.tables["places"] if t not in vocabulary.places]
        wrong += [f"{pack.lang}: group {t}" for t in pack.tables["groups"]
                  if t.partition(".")[0] not in vocabulary.parties]
        units = set(vocabulary.taxonomies["units"]) | {"mm", "km"}
        wrong += [f"{pack.lang}: unit {t}" for t in pack.tables["units"] if t not in units]
        for section in ("actors", "adjectives", "institutions"):
            wrong += [f"{pack.lang}: State {t}" for t in pack.tables[section]
                      if t.partition(".")[0] not in vocabulary.states.codes]
        acts = {f.act for f in pack.frames.values()} | {a for f in pack.frames.values() for a in f.acts.values()}
        acts |= {a for p in pack.people for a in p.acts.values()} | set(pack.tables["supports"])
        wrong += [f"{pack.lang}: act {a}" for a in acts if a not in vocabulary.taxonomies["acts"]]
        wrong += [f"{pack.lang}: role {p.role}" for p in pack.people if p.role not in vocabulary.taxonomies["person_roles"]]
    assert wrong == []
