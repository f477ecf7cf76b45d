"""``rules/evaluation.yaml``: what is in it is known, and a slip is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import RuleBaseError
from checker.evaluate.settings import load_settings
from checker.vocabulary.vocabulary import default_vocabulary


def test_strong_promises_nine_of_ten() -> None:
    settings = load_settings(default_vocabulary())
    assert settings.promises == {"strong": 0.9}
    assert (settings.bootstrap.resamples, settings.bootstrap.percent) == (1000, 95)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("supplier: [supplier,", "supplier: [suplier,", "did you mean `supplier`"),
        ("contracted:", "agreed:", "`agreed` is not known"),
        ("{strong: 0.9}", "{strong: 90}", "from 0 to 1"),
        ("{strong: 0.9}", "{sure: 0.9}", "`sure`"),
        ("resamples: 1000", "resamples: many", "a number"),
        ("percent: 95, ", "", "`percent` is missing"),
        ("act: transfer", "act: transfers", "transfer"),
        ("report: reported", "report: certain", "`certain`"),
        ("labels: en\n", "", "`labels` is missing"),
    ],
)
def test_a_slip_is_told(root: Path, tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (root / "rules/evaluation.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "evaluation.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleBaseError, match=r"evaluation\.yaml") as caught:
        load_settings(default_vocabulary(), tmp_path)
    assert says in str(caught.value)
