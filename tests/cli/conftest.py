"""Running the command line inside the test process: exit code, stdout and stderr. What is JSON keeps to its schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from checker.cli.main import main
from tests.formats import keeping_to_its_schema


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Sanctions = Callable[..., Ran]


@pytest.fixture
def sanctions(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Sanctions:
    """Call as ``sanctions("check", path, "--json")``."""
    monkeypatch.delenv("SANCTIONS_DEBUG", raising=False)

    def run(*args: object) -> Ran:
        capfd.readouterr()
        code = main([str(a) for a in args])
        out, err = capfd.readouterr()
        if "--json" in args and out.startswith("{") and args[0] != "extract":  # which writes JSON Lines
            keeping_to_its_schema(out)
        return Ran(code, out, err)

    return run
