"""Ten rule files broken in the ways people break them, with every word that ``sanctions rules lint`` says about each.

``UPDATE_MESSAGES=1 pytest tests/messages/test_ten.py`` writes the texts anew.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from checker.rulebase.lint.run import lint
from checker.rulebase.loader import shown_path
from checker.strictyaml.message import render_all

TEN = Path(__file__).resolve().parent / "ten"
FILES = sorted(TEN.glob("*.yaml"))
ON = dt.date(2026, 11, 24).toordinal()


def test_there_are_ten() -> None:
    assert len(FILES) == 10


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_typical_mistake_has_a_good_message(path: Path) -> None:
    report = lint([TEN], ON, only=lambda file: file.file.resolve() == path)
    text = render_all(issue.problem for issue in report.issues).replace(shown_path(TEN), "ten")
    golden = path.with_suffix(".txt")
    if os.environ.get("UPDATE_MESSAGES"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    for issue in report.issues:
        assert issue.problem.line > 0, "a message without a place"
        assert issue.problem.mend, "a message that does not say how to mend it"
        assert issue.problem.source, "a message that does not show the line"
