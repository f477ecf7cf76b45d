"""The stores and the rule base that the tests of cases have, a browser, and a disk that need not outlast a loss of power."""

from __future__ import annotations

import os

import pytest

from tests.browsing import browser
from tests.cases.conftest import address, cluster, extractor, judge, settings, store

__all__ = ["address", "browser", "cluster", "extractor", "hasty", "judge", "settings", "store"]


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits until it has reached the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
