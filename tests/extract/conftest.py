"""What the tests of extraction share: one extractor over the shipped packs, and events in one line."""

from __future__ import annotations

import pytest

from checker.extract.extractor import FrameExtractor
from checker.extract.sentences import in_line
from checker.vocabulary.vocabulary import default_vocabulary

__all__ = ["extractor", "in_line"]


@pytest.fixture(scope="session")
def extractor() -> FrameExtractor:
    return FrameExtractor(default_vocabulary())
