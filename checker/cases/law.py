"""Which rules judged on which night: what was added, changed or retired since the night before, and whether the law changed or our rule.

The judge knows no clock: a finding follows from the facts of an event and the law of the event's date, and stays the same however many
days pass. What a date of the law does to old events (a renewal, an end, a new resolution) comes in as another ``in_force`` of its rule;
where nothing else of the rule is other, the cause of what differs is ``law-date`` and not ``rule-changed``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import delete, select

from checker.cases.tables import rule_change

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from checker.model.rule import Rule

__all__ = ["LAW", "bodies", "changes", "put_rules", "rules_before"]

LAW = "law"
"""The change of a rule of which only the dates and the law are other."""
_OF_LAW = ("periods", "contested")
_OF_WORDS = ("title", "summary", "owner", "reviewed", "not_encoded", "examples", "digest", "mark")


def bodies(rules: Mapping[str, Rule]) -> dict[str, str]:
    """Digests of what rules ask of an event, by id: all of them but the law, its dates, and words for people."""
    return {id_: hashlib.sha256(msgspec.json.encode(_body(rule), order="deterministic")).hexdigest()[:16] for id_, rule in rules.items()}


def _body(rule: Rule) -> dict[str, Any]:
    told: dict[str, Any] = _unmarked(msgspec.to_builtins(msgspec.structs.replace(rule, examples=())))
    duty = told.get("duty")
    return {key: value for key, value in told.items() if key not in (*_OF_LAW, *_OF_WORDS)} | (
        {"duty": {key: value for key, value in duty.items() if key != "due"}} if duty else {})


def _unmarked(value: Any) -> Any:
    """Without the places in files, which move when a line is added above."""
    if isinstance(value, dict):
        return {key: _unmarked(one) for key, one in value.items() if key != "mark"}
    return [_unmarked(one) for one in value] if isinstance(value, (list, tuple)) else value


def rules_before(connection: Connection, night: str) -> dict[str, str]:
    """The digests of the rules that judged before a night, by rule id; empty on the first night."""
    return {rule: digest for rule, (digest, _) in _before(connection, night).items()}


def _before(connection: Connection, night: str) -> dict[str, tuple[str, str]]:
    rows = connection.execute(select(rule_change).where(rule_change.c.night < night).order_by(rule_change.c.night))
    found = {row.rule: (row.digest, row.body) for row in rows}
    return {rule: told for rule, told in found.items() if told[0]}


def put_rules(connection: Connection, night: str, rules: Mapping[str, str], body: Mapping[str, str]) -> dict[str, str]:
    """Note what is other than before in the rules (digests by id) that judge on a night; ``body``: see ``bodies``.

    Returns:
        ``added``, ``changed``, ``retired`` or ``law`` by rule id; nothing on the first night, when every rule is new.
    """
    held = _before(connection, night)
    before = {rule: digest for rule, (digest, _) in held.items()}
    rows = {rule: digest for rule, digest in rules.items() if before.get(rule) != digest} | {r: "" for r in before if r not in rules}
    connection.execute(delete(rule_change).where(rule_change.c.night == night))
    if rows:
        connection.execute(rule_change.insert(), [{"night": night, "rule": r, "digest": d, "body": body.get(r, "") if d else ""}
                                                  for r, d in sorted(rows.items())])
    return {rule: LAW if change == "changed" and held[rule][1] and held[rule][1] == body.get(rule) else change
            for rule, change in changes(before, rules).items()}


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """``added``, ``changed`` or ``retired`` by rule id; nothing where there was none before."""
    if not before:
        return {}
    found = {rule: "added" for rule in now if rule not in before}
    found |= {rule: "retired" for rule in before if rule not in now}
    return found | {rule: "changed" for rule in now if rule in before and before[rule] != now[rule]}
