"""The law by date: ``in_force``, ``contested`` and ``duty``."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import msgspec

from checker.model.facts import FACTS, PARTY_ROLES
from checker.model.rule import Contest, Duty, Force, Leaf, Period, Position, Verified
from checker.rulebase.conditions import COVERED, FORMS, read_leaf
from checker.rulebase.lines import Fields, RuleFile
from checker.rulebase.quotas import COVERED_QUANTITY, with_limits
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import MapNode, Node, ScalarNode
from checker.strictyaml.suggest import did_you_mean

__all__ = ["ENDED", "FORCES", "ROLES", "check_named_values", "read_contested", "read_duty", "read_link", "read_periods", "read_verified"]

FORCES: tuple[Force, ...] = get_args(Force)
ENDED = ("lapsed", "terminated", "replaced", "suspended", "narrowed")
ROLES = (*PARTY_ROLES, "host_state", "flag_state", "port_state")
"""Facts that can name who is in breach or owes a duty."""

_PERIOD = (("from", "authority", "force", "says", "link", "verified"), ("until", "known_until", "ended"))
_VERIFIED = ("paragraph", "dates", "scope", "source", "date")


def read_periods(file: RuleFile, node: Node | None) -> tuple[Period, ...]:
    """The periods in order, each cut to the day before the next one."""
    periods: list[Period] = []
    for item in file.items(node, "in_force"):
        period = _read_period(file, item)
        if period is None:
            continue
        if periods:
            periods[-1] = _join(file, periods[-1], period, item)
        periods.append(period)
    return tuple(periods)


def _read_period(file: RuleFile, node: Node) -> Period | None:
    fields = file.fields(node, "a period of in_force", *_PERIOD, free=_is_named)
    first, last = file.day(fields.get("from"), "`from`"), file.day(fields.get("until"), "`until`")
    known_until = file.day(fields.get("known_until"), "`known_until`")
    force = file.word(fields.get("force"), "`force`", FORCES)
    period = Period(
        first=first or 1,
        last=last,
        known_until=known_until,
        authority=file.texts(fields.get("authority"), "`authority`"),
        force=next((f for f in FORCES if f == force), "decides"),
        says=file.full_text(fields.get("says"), "`says`"),
        link=read_link(file, fields.get("link")),
        verified=read_verified(file, fields.get("verified")),
        ended=file.word(fields.get("ended"), "`ended`", ENDED),
        covered=_read_covered(file, node),
        mark=file.mark(node),
    )
    period = with_limits(file, period, fields.get(COVERED_QUANTITY))
    if first is None:
        return None
    if last is not None and last < first:
        file.error(fields["until"], "period-overlap", "this period ends before it begins", "`until` is its last day, `from` its first")
        return None
    if known_until is not None and (known_until < first or (last is not None and known_until > last)):
        file.error(
            fields["known_until"],
            "period-overlap",
            "known_until lies outside its period",
            "it is the last day for which a renewal is known",
        )
    return period


def _is_named(key: str) -> bool:
    return key.startswith(COVERED)


def read_link(file: RuleFile, node: Node | None) -> str:
    text = file.full_text(node, "`link`")
    if node is not None and text and not text.startswith(("https://", "http://")):
        file.error(node, "wrong-form", f"{shown(text)} is not an address", "write the whole address: https://...")
        return ""
    return text


def read_verified(file: RuleFile, node: Node | None) -> Verified:
    fields = file.fields(node, "verified", _VERIFIED)
    paragraph, dates, scope = (file.flag(fields.get(name), f"`{name}`", "yes or no") for name in _VERIFIED[:3])
    return Verified(paragraph, dates, scope, file.text(fields.get("source"), "`source`"), file.iso_day(fields.get("date"), "`date`"))


def _read_covered(file: RuleFile, node: Node) -> dict[str, Leaf]:
    covered: dict[str, Leaf] = {}
    for key, entry in node.entries.items() if isinstance(node, MapNode) else ():
        if not _is_named(key) or key == COVERED_QUANTITY:
            continue
        fact = key.removeprefix(COVERED)
        if fact not in FACTS or FACTS[fact].type not in FORMS:
            near = did_you_mean(fact, [spec.name for spec in FACTS.values() if spec.type in FORMS])
            mend = f"did you mean {COVERED}{near}?" if near else f"a named value is called after its fact: {COVERED}goods"
            file.error(entry.key, "unknown-fact", f"{shown(key)} names no fact that a rule can test", mend)
            continue
        leaf = read_leaf(file, fact, entry, named=False)
        if leaf:
            covered[key] = leaf
    return covered


def _join(file: RuleFile, before: Period, after: Period, node: Node) -> Period:
    """``before`` cut to the day before ``after``; order and overlap are checked."""
    at = _from(node)
    said = dt.date.fromordinal(before.first).isoformat()
    if after.first <= before.first:
        file.error(
            at,
            "period-order",
            f"this period does not begin after the one before it ({said})",
            "write the periods in the order of their dates",
        )
        return before
    if before.last is not None and before.last >= after.first:
        until = dt.date.fromordinal(before.last).isoformat()
        file.error(
            at,
            "period-overlap",
            f"the period from {said} still runs on this day (until {until})",
            "a period without `until` runs to the day before the next one",
        )
    return msgspec.structs.replace(before, last=min(after.first - 1, before.last if before.last is not None else after.first - 1))


def _from(node: Node) -> Node:
    return (node.get("from") if isinstance(node, MapNode) else None) or node


def check_named_values(file: RuleFile, node: Node | None) -> None:
    """Every named value that is used stands in every period of in_force (``node``), and every one that stands is used."""
    periods = [item for item in getattr(node, "items", ()) if isinstance(item, MapNode)]
    for name, at in file.used.items():
        for period in periods:
            if name not in period.entries:
                since = period.get("from")
                said = f"the period from {since.text}" if isinstance(since, ScalarNode) else "the period"
                message = f"`{name}` has no value in {said} (line {period.line})"
                file.error(at, "named-value", message, f"add `{name}: ...` to that period")
    for period in periods:
        for key, entry in period.entries.items():
            fact = key.removeprefix(COVERED)
            known = key == COVERED_QUANTITY or (fact in FACTS and FACTS[fact].type in FORMS)
            if _is_named(key) and key not in file.used and known:
                where = "`at_most: covered_quantity` in quota" if key == COVERED_QUANTITY else f"`{fact}: {key}` in flag_when"
                mend = f"write {where}, or delete it"
                file.error(entry.key, "named-value", f"`{key}` is used nowhere in the rule", mend)


def read_contested(file: RuleFile, node: Node | None) -> tuple[Contest, ...]:
    """The spans in which States dispute that the measure, or an exemption, applies."""
    found: list[Contest] = []
    for item in file.items(node, "contested"):
        fields = file.fields(item, "an entry of contested", ("from", "positions"), ("until",))
        first, last = file.day(fields.get("from"), "`from`"), file.day(fields.get("until"), "`until`")
        positions = tuple(_position(file, p) for p in file.items(fields.get("positions"), "`positions`"))
        if first is None:
            continue
        if last is not None and last < first:
            file.error(fields["until"], "period-overlap", "this dispute ends before it begins", "`until` is its last day, `from` its first")
        found.append(Contest(first, last, positions, file.mark(item)))
    return tuple(found)


def _position(file: RuleFile, node: Node) -> Position:
    fields: Fields = file.fields(node, "a position", ("view", "holders", "basis"))
    return Position(
        file.full_text(fields.get("view"), "`view`"),
        file.texts(fields.get("holders"), "`holders`"),
        file.full_text(fields.get("basis"), "`basis`"),
    )


def read_duty(file: RuleFile, node: Node | None) -> Duty | None:
    """Who owes the duty, and its last day in time."""
    if node is None:
        return None
    fields = file.fields(node, "duty", ("owed_by", "due"))
    owed_by, due = file.word(fields.get("owed_by"), "`owed_by`", ROLES), file.day(fields.get("due"), "`due`")
    at = fields.get("owed_by")
    return Duty(owed_by, due, file.mark(at if isinstance(at, ScalarNode) else node)) if owed_by and due is not None else None
