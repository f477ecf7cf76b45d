"""The small own-written list, what is known about lists, and the real list where the samples are."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.lists.entry import UnList
from checker.lists.knowledge import Knowledge, default_knowledge
from checker.lists.normal import Normaliser
from checker.lists.screen import Screener
from checker.lists.store import read_list
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return default_vocabulary()


@pytest.fixture(scope="session")
def reader(vocabulary: Vocabulary) -> EventReader:
    return EventReader(vocabulary)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return default_knowledge()


@pytest.fixture(scope="session")
def normaliser(knowledge: Knowledge) -> Normaliser:
    return Normaliser(knowledge.words)


def read_old(knowledge: Knowledge) -> tuple[UnList, list[Problem]]:
    found, problems = read_list(HERE / "old.xml", knowledge.words)
    assert found is not None
    return found, problems


@pytest.fixture(scope="session")
def small(knowledge: Knowledge) -> UnList:
    """The list of 1 June 2025 that this folder holds."""
    return read_old(knowledge)[0]


@pytest.fixture(scope="session")
def screener(vocabulary: Vocabulary, knowledge: Knowledge, small: UnList) -> Screener:
    return Screener(vocabulary, knowledge, small)


@pytest.fixture(scope="session")
def real(samples: Path, knowledge: Knowledge) -> UnList:
    """The real list of 27 February 2026."""
    path = samples / "data" / "un-consolidated-2026-02-27.xml"
    if not path.is_file():
        pytest.skip(f"no list at {path}; set SANCTIONS_SAMPLES")
    found, problems = read_list(path, knowledge.words)
    assert found is not None
    assert problems == []
    return found


@pytest.fixture(scope="session")
def real_screener(vocabulary: Vocabulary, knowledge: Knowledge, real: UnList) -> Screener:
    return Screener(vocabulary, knowledge, real)
