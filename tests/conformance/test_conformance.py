"""Editors and the loader agree: what one takes, the other takes. Files in ``only-loader`` say in their first line why they cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.locator import rules_dir

from .reading import HERE, kind_and_id, problems, seen

MESSAGES = HERE.parent / "messages"


def files(folder: str) -> list[Path]:
    found = sorted((HERE / folder).glob("*.yaml"))
    assert found, f"no files in {folder}"
    return found


GOOD, GOOD_ALONE = files("good"), files("good/only-loader")
BAD, BAD_ALONE = files("bad"), files("bad/only-loader")
# Three of those use spellings that only the loader knows.
GOOD += [p for p in sorted((MESSAGES / "good").glob("[re]*/*.yaml")) if p.stem not in ("spellings", "quota", "examples")]
# Of the shipped files every ninth: three slow libraries read each, and tests/rulebase/test_schema.py reads all of them against the schema.
SHIPPED = [p for part in ("un", "instruments") for p in sorted((rules_dir() / part).rglob("*.yaml"))][::9]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def said(path: Path) -> list[str]:
    return [f"{p.line}: {p.code}: {p.message}" for p in problems(text_of(path))]


@pytest.mark.parametrize("path", [*GOOD, *SHIPPED], ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_both_take_it(path: Path) -> None:
    if path not in SHIPPED:
        assert said(path) == []
    assert {reader: wrong for reader, wrong in seen(text_of(path)).items() if wrong} == {}


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_both_refuse_it(path: Path) -> None:
    assert said(path) != []
    assert [reader for reader, wrong in seen(text_of(path)).items() if not wrong] == []


@pytest.mark.parametrize("path", GOOD_ALONE, ids=lambda p: p.stem)
def test_a_spelling_that_only_the_loader_knows(path: Path) -> None:
    assert said(path) == []
    assert [reader for reader, wrong in seen(text_of(path)).items() if not wrong] == [], "both take it: move it to good/"


@pytest.mark.parametrize("path", BAD_ALONE, ids=lambda p: p.stem)
def test_a_mistake_that_only_the_loader_sees(path: Path) -> None:
    assert said(path) != []
    assert {reader: wrong for reader, wrong in seen(text_of(path)).items() if wrong} == {}, "both refuse it: move it to bad/"


@pytest.mark.parametrize("path", [*GOOD_ALONE, *BAD_ALONE], ids=lambda p: p.stem)
def test_the_first_line_says_why(path: Path) -> None:
    first = text_of(path).splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(".")


def test_every_kind_of_file_has_its_cases() -> None:
    for folder in (GOOD, BAD):
        assert {kind_and_id(text_of(path))[0] for path in folder} == {"rule", "exemption", "instrument", "event-file"}


def test_norway_is_a_state_where_yaml_is_1_2() -> None:
    text = text_of(HERE / "good/bound-many.yaml").replace("[XA, XB,", "[NO, XB,")
    assert problems(text) == []
    wrong = seen(text)
    assert wrong["strict"] == wrong["YAML 1.2"] == []
    assert wrong["plain YAML 1.1"] != []
