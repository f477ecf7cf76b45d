"""The report axis: the strongest assertion counts, denials stand beside it."""

import pytest

from checker.model.claim import Claim, strongest_report


@pytest.mark.parametrize(
    ("statuses", "report"),
    [
        ([], "reported"),
        (["alleged"], "alleged"),
        (["alleged", "denied"], "alleged"),
        (["denied", "reported", "alleged"], "reported"),
        (["alleged", "confirmed", "denied"], "confirmed"),
        (["denied"], "denied"),
        (["denied", "negated"], "denied"),
        (["negated"], "negated"),
        (["doubted"], "reported"),
        (["alleged", "doubted"], "alleged"),
    ],
)
def test_strongest_report(statuses: list[str], report: str) -> None:
    assert strongest_report([Claim(s) for s in statuses]) == report  # type: ignore[arg-type]


def test_a_claim_about_a_part_does_not_speak_for_the_whole() -> None:
    assert strongest_report([Claim("alleged"), Claim("confirmed", about="receipt")]) == "alleged"
