"""What all tests share."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Nothing that tests read is kept in the home of whoever runs them; programs that they start see this too. No list of theirs is used.
os.environ.setdefault("SANCTIONS_CACHE", tempfile.mkdtemp(prefix="sanctions-cache-"))
os.environ["SANCTIONS_LISTS"] = "off"


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """Samples that are not part of the project (labelled articles, a real article); tests of them skip where they are absent."""
    folder = Path(os.environ.get("SANCTIONS_SAMPLES", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no samples at {folder}; set SANCTIONS_SAMPLES to their folder")
    return folder
