"""Which rules judged on which night: what was added, changed or retired since the night before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from checker.cases.tables import rule_change

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["changes", "put_rules", "rules_before"]


def rules_before(connection: Connection, night: str) -> dict[str, str]:
    """The digests of the rules that judged before a night, by rule id; empty on the first night."""
    rows = connection.execute(select(rule_change.c.rule, rule_change.c.digest).where(rule_change.c.night < night).order_by(
        rule_change.c.night))
    found = {row.rule: row.digest for row in rows}
    return {rule: digest for rule, digest in found.items() if digest}


def put_rules(connection: Connection, night: str, rules: Mapping[str, str]) -> dict[str, str]:
    """Note what is other than before in the rules (digests by id) that judge on a night.

    Returns:
        ``added``, ``changed`` or ``retired`` by rule id; nothing on the first night, when every rule is new.
    """
    before = rules_before(connection, night)
    rows = {rule: digest for rule, digest in rules.items() if before.get(rule) != digest} | {r: "" for r in before if r not in rules}
    connection.execute(delete(rule_change).where(rule_change.c.night == night))
    if rows:
        connection.execute(rule_change.insert(), [{"night": night, "rule": r, "digest": d} for r, d in sorted(rows.items())])
    return changes(before, rules)


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """``added``, ``changed`` or ``retired`` by rule id; nothing where there was none before."""
    if not before:
        return {}
    found = {rule: "added" for rule in now if rule not in before}
    found |= {rule: "retired" for rule in before if rule not in now}
    return found | {rule: "changed" for rule in now if rule in before and before[rule] != now[rule]}
