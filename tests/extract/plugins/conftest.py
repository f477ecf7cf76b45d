"""What the tests of plug-ins share: the vocabulary of the run, and packages that bring an extractor."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.extract.plugins.contract import Setting
from checker.vocabulary.vocabulary import default_vocabulary


@pytest.fixture
def setting() -> Setting:
    return Setting(default_vocabulary(), environ={})


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes a package with one entry point as an installer would leave it: ``package("name", code, entry)``."""
    def write(name: str, code: str, entry: str) -> Path:
        place = tmp_path / "site"
        info = place / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        (place / f"{name}.py").write_text(code, encoding="utf-8")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[sanctions_checker.extractors]\n{entry} = {name}:create\n", encoding="utf-8")
        if str(place) not in sys.path:
            monkeypatch.syspath_prepend(str(place))
        return place

    return write
