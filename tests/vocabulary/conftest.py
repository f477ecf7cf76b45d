"""The installed vocabulary and a reader, once per run."""

from __future__ import annotations

import pytest

from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary, default_vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return default_vocabulary()


@pytest.fixture
def reader(vocabulary: Vocabulary) -> EventReader:
    return EventReader(vocabulary)
