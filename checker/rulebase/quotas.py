"""``quota``: how much is allowed, in what, in which window of time, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, cast, get_args

import msgspec

from checker.model.rule import Limit, Period, Quota
from checker.rulebase.conditions import read_group
from checker.rulebase.lines import RuleFile, or_list
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode

__all__ = ["COUNTED", "COVERED_QUANTITY", "PER", "SCOPES", "read_limits", "read_quota", "with_limits"]

COUNTED: tuple[str, ...] = get_args(Literal["goods", "people", "acts"])
PER = ("calendar_year", "month", "period")
SCOPES = ("all_states", "per_state")
COVERED_QUANTITY = "covered_quantity"

_MOST_LIMITS = 2
_ANCHOR = re.compile(r"(\d{2})-(\d{2})")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LIMIT = "{number: 500000, unit: bbl}"


def read_quota(file: RuleFile, node: Node | None) -> Quota | None:
    """The quota of a rule; ``None`` when there is none or it cannot be used."""
    if node is None:
        return None
    fields = file.fields(node, "quota", ("of", "at_most", "per", "scope"), ("whichever", "conditions", "alerts"))
    of = file.word(fields.get("of"), "`of`", COUNTED)
    scope = file.word(fields.get("scope"), "`scope`", SCOPES)
    limits, by_period, level_on = _most(file, fields.get("at_most"))
    per, anchor = _window(file, fields.get("per"))
    whichever = fields.get("whichever")
    if whichever is not None:
        file.word(whichever, "`whichever`", ("lower",))
    if len(limits) == _MOST_LIMITS and whichever is None:
        file.error(fields["at_most"], "quota-form", "two limits, and nothing says which of them counts", "add `whichever: lower`")
    if len(limits) == 1 and whichever is not None:
        file.error(whichever, "quota-form", "`whichever` chooses between two limits, and there is one", "delete it")
    conditions = read_group(file, fields.get("conditions"), "`conditions`")
    alerts = tuple(_alerts(file, fields.get("alerts")))
    if not (of and scope and per and (limits or by_period or level_on is not None)):
        return None
    return Quota(
        cast(Literal["goods", "people", "acts"], of),
        limits,
        cast(Literal["calendar_year", "year_from", "month", "period"], per),
        cast(Literal["all_states", "per_state"], scope),
        by_period,
        level_on,
        anchor,
        conditions,
        alerts,
        file.mark(node),
    )


def _most(file: RuleFile, node: Node | None) -> tuple[tuple[Limit, ...], bool, int | None]:
    """The limits written here, whether each period has its own, or the day whose level is frozen."""
    if isinstance(node, ScalarNode) and node.value == COVERED_QUANTITY:
        file.used.setdefault(COVERED_QUANTITY, node)
        return (), True, None
    if isinstance(node, MapNode) and "level_on" in node.entries:
        fields = file.fields(node, "at_most", ("level_on",))
        return (), False, file.day(fields["level_on"], "`level_on`")
    return read_limits(file, node, "`at_most`"), False, None


def read_limits(file: RuleFile, node: Node | None, what: str) -> tuple[Limit, ...]:
    """One limit or a list of two in different units."""
    if node is None:
        return ()
    items = node.items if isinstance(node, ListNode) else (node,)
    if not 1 <= len(items) <= _MOST_LIMITS:
        file.error(node, "quota-form", f"{what} is one limit or a list of two", f"write {_LIMIT}, or a list of two in different units")
    found = [limit for item in items if (limit := _limit(file, item, what))]
    if len({limit.unit for limit in found}) < len(found):
        file.error(node, "quota-form", f"both limits of {what} are in one unit", "write the lower one alone")
    return tuple(found)


def _limit(file: RuleFile, node: Node, what: str) -> Limit | None:
    if not isinstance(node, MapNode):
        file.error(node, "quota-form", f"a limit of {what} is a number with its unit", f"write {_LIMIT}")
        return None
    fields = file.fields(node, "a limit", ("number", "unit"))
    number, unit = fields.get("number"), file.full_text(fields.get("unit"), "`unit`")
    value = number.value if isinstance(number, ScalarNode) else None
    if number is not None and (not isinstance(value, int | float) or isinstance(value, bool) or value < 0):
        file.error(number, "wrong-form", "`number` must be a number of zero or more", "write digits: 500000")
        return None
    units = file.vocabulary.taxonomies["units"]
    known = units.resolve(unit)
    if unit and known is None:
        near = units.suggest(unit)
        file.error(
            fields["unit"],
            "unknown-term",
            f"{shown(unit)} is no unit",
            f"did you mean {near}?" if near else "the units are listed in rules/vocabulary/units.yaml",
        )
    return Limit(float(value), known, file.mark(node)) if isinstance(value, int | float) and known else None


def _window(file: RuleFile, node: Node | None) -> tuple[str, tuple[int, int]]:
    """The kind of window, and the day its years begin on."""
    first = (1, 1)
    if isinstance(node, MapNode):
        at = file.fields(node, "per", ("year_from",)).get("year_from")
        text = at.text if isinstance(at, ScalarNode) else ""
        found = _ANCHOR.fullmatch(text)
        month, day = (int(found[1]), int(found[2])) if found else (0, 0)
        if at is not None and not (1 <= month <= len(_DAYS) and 1 <= day <= _DAYS[month - 1]):
            file.error(at, "wrong-date", f"{shown(text)} is no day on which years can begin", "write month-day with two digits each: 12-22")
            return "", first
        return ("year_from", (month, day)) if at is not None else ("", first)
    if node is None:
        return "", first
    text = file.text(node, "`per`")
    if text not in PER:
        mend = file.near(text, PER) if isinstance(node, ScalarNode) else ""
        file.error(node, "wrong-word", f"{shown(text)} is not a word of `per`", mend or f"write {or_list(PER)}, or {{year_from: 12-22}}")
        return "", first
    return text, first


def _alerts(file: RuleFile, node: Node | None) -> Iterable[float]:
    last = 0.0
    for item in file.items(node, "`alerts`"):
        value = item.value if isinstance(item, ScalarNode) else None
        if isinstance(value, bool) or not isinstance(value, int | float) or not last < value <= 100:
            file.error(item, "quota-form", "alerts are percentages of the limit, each above the one before", "write [75, 90, 95]")
            return
        last = float(value)
        yield last


def with_limits(file: RuleFile, period: Period, node: Node | None) -> Period:
    """The period with the value of its ``covered_quantity``."""
    return period if node is None else msgspec.structs.replace(period, limits=read_limits(file, node, f"`{COVERED_QUANTITY}`"))
