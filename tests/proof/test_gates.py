"""The gates of coverage: what ships, and what is said of a file that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import RuleBaseError
from checker.model.coverage import LEVELS
from checker.proof import gates


def test_the_gates_that_ship() -> None:
    found = gates.load_gates()
    assert set(found.levels) == set(LEVELS)
    assert {name for name, gate in found.levels.items() if gate == "warning"} == {"unknown", "choice"}
    assert (found.least("mutation", "critical"), found.least("mutation", "high"), found.least("condition", "low")) == (100, 90, 100)


@pytest.mark.parametrize(("change", "says"), [
    (("choice: warning", "choice: perhaps"), "the gate of choice"), (("high: 90", "high: 190"), "the mark of high"),
    (("  rule: error\n", ""), "the gate of rule"), (("gates:", "gates"), "coverage.yaml:"),
])
def test_a_wrong_file_is_said_to_be_wrong(change: tuple[str, str], says: str, tmp_path: Path, root: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    text = (root / "rules/coverage.yaml").read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "coverage.yaml").write_text(text.replace(*change, 1), encoding="utf-8")
    monkeypatch.setattr(gates, "rules_dir", lambda: tmp_path)
    with pytest.raises(RuleBaseError, match=says):
        gates.load_gates.__wrapped__()
