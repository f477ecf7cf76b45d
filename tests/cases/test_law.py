"""What changed in the rules since the night before: our rule, or the law."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from checker.cases.law import bodies, put_rules, rules_before
from checker.cases.store import Store
from checker.judge.judge import Judge
from checker.model.rule import Review, Rule

ID = "dprk-refined-petroleum-notices"
"""A duty that is due on days."""
CHANGES: list[tuple[str, Callable[[Rule], Rule], str]] = [
    ("a period ends", lambda r: replace(r, periods=(replace(r.periods[0], last=r.periods[0].first + 9), *r.periods[1:])), "law"),
    ("a renewal is known", lambda r: replace(r, periods=(replace(r.periods[0], known_until=r.periods[0].first), *r.periods[1:])), "law"),
    ("it was looked at", lambda r: replace(r, reviewed=Review("desk", "2027-01-01", "2028-01-01")), "law"),
    ("a line was added above", lambda r: replace(r, mark=None), "law"),
    ("somebody else is in breach", lambda r: replace(r, breach_by=("owner",)), "changed"),
    ("it asks for other things", lambda r: replace(r, flag_when=r.flag_when, met_when=r.flag_when, exemptions=()), "changed"),
    ("both", lambda r: replace(r, periods=r.periods[:0], breach_by=("owner",)), "changed"),
]


@pytest.mark.parametrize(("change", "told"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_change_of_the_law_is_told_from_one_of_the_rule(store: Store, judge: Judge, change: Callable[[Rule], Rule], told: str) -> None:
    old = judge.rulebase.get(ID)
    new = replace(change(old), digest="other")
    with store.begin() as connection:
        assert put_rules(connection, "2026-01-01", {ID: old.digest}, bodies({ID: old})) == {}
        assert put_rules(connection, "2026-01-02", {ID: new.digest}, bodies({ID: new})) == {ID: told}
        assert put_rules(connection, "2026-01-02", {ID: new.digest}, bodies({ID: new})) == {ID: told}  # the same night again
        assert put_rules(connection, "2026-01-03", {ID: new.digest}, bodies({ID: new})) == {}


def test_rules_come_and_go(store: Store) -> None:
    with store.begin() as connection:
        found = [put_rules(connection, f"2026-01-0{night}", rules, {}) for night, rules in enumerate(
            ({"a": "1"}, {"a": "1", "b": "1"}, {"b": "1"}, {"a": "1", "b": "2"}), 1)]
        assert found == [{}, {"b": "added"}, {"a": "retired"}, {"a": "added", "b": "changed"}]
        assert rules_before(connection, "2026-01-04") == {"b": "1"}
