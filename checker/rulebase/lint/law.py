"""Checks of the law by date: periods, their sources and paragraphs, disputes, duties."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from urllib.parse import urlsplit

from checker.model.dates import within
from checker.model.rule import Contest, Leaf
from checker.rulebase.lint.check import Hit, on_file
from checker.rulebase.lint.files import Base, LintFile
from checker.strictyaml.nodes import ListNode, MapNode, Node, ScalarNode
from checker.strictyaml.source import Located

__all__ = ["CHECKS", "iso"]


def iso(day: int) -> str:
    """A day as printed in rules."""
    return dt.date.fromordinal(day).isoformat()


@on_file("R111", "verified-without-source", "warning", "Everything of a period is said to be verified, but no source is named.")
def verified_without_source(file: LintFile, _base: Base) -> Iterator[Hit]:
    for number, period in enumerate(file.rule.periods if file.rule else ()):
        if period.verified.whole and not period.verified.source.strip():
            yield Hit(file.value("in_force", number, "verified", "source"), "paragraph, dates and scope are verified, but against nothing",
                      "name the page or document that was read, or write `no` for what was not checked")


@on_file("R112", "verified-before-review", "info", "A period was checked at its source before the last review of the rule, not in it.")
def verified_before_review(file: LintFile, _base: Base) -> Iterator[Hit]:
    reviewed = file.rule.reviewed.date if file.rule else ""
    for number, period in enumerate(file.rule.periods if file.rule else ()):
        if period.verified.date and reviewed and period.verified.date < reviewed:
            yield Hit(file.value("in_force", number, "verified", "date"),
                      f"this was verified on {period.verified.date}, and the rule was reviewed on {reviewed}",
                      "read the source again, and write the day on which it was read")


@on_file("R113", "renewal-unknown", "warning", "The law is known only up to a day that has passed; findings after it say `unverified`.")
def renewal_unknown(file: LintFile, base: Base) -> Iterator[Hit]:
    periods = file.rule.periods if file.rule and file.rule.status != "retired" else ()
    for number, period in enumerate(periods):
        until, last = period.known_until, period.last
        if until is not None and until < base.on and (last is None or last >= base.on) and number == len(periods) - 1:
            yield Hit(file.value("in_force", number, "known_until"), f"whether the measure was renewed after {iso(until)} is not known",
                      "look up the renewal: move `known_until`, or end the period with `until`")


@on_file("R114", "contested-alone", "warning", "A dispute shows one view only, so there is nothing it could be weighed against.",
         "rule", "shared")
def contested_alone(file: LintFile, _base: Base) -> Iterator[Hit]:
    rule = file.rule
    disputes: list[Contest] = [*rule.contested] if rule else []
    for exemption in rule.exemptions if rule else ():
        if not exemption.shared or file.shared:
            disputes += exemption.contested
    for dispute in disputes:
        if len(dispute.positions) < 2:
            yield Hit(file.at(dispute.mark), "this dispute has only one position", "add the other view, who holds it and on what basis")


@on_file("R115", "link-elsewhere", "info", "A link does not lead to the text of the resolution at the United Nations.")
def link_elsewhere(file: LintFile, base: Base) -> Iterator[Hit]:
    hosts = base.settings.link_hosts
    for number, period in enumerate(file.rule.periods if file.rule else ()):
        host = (urlsplit(period.link).hostname or "") if period.link else ""
        if period.link and not any(host == known or host.endswith(f".{known}") for known in hosts):
            yield Hit(file.value("in_force", number, "link"), f"the link leads to {host or 'no page'}, not to the United Nations",
                      f"link the text at {hosts[0]}; what you read elsewhere belongs under `verified: source`" if hosts else "")


@on_file("R116", "named-value-constant", "warning", "A named value is the same in every period, so it needs no name.")
def named_value_constant(file: LintFile, _base: Base) -> Iterator[Hit]:
    periods = file.rule.periods if file.rule else ()
    for name in periods[0].covered if periods else ():
        values = {_bare(p.covered[name]) for p in periods if name in p.covered}
        if len(values) == 1 and all(name in p.covered for p in periods):
            yield Hit(file.key("in_force", 0, name), f"`{name}` has the same value in every period",
                      f"write the value under `{name.removeprefix('covered_')}` where the name is used, and delete these lines")
    if len(periods) > 1 and periods[0].limits and len({tuple((x.number, x.unit) for x in p.limits) for p in periods}) == 1:
        yield Hit(file.key("in_force", 0, "covered_quantity"), "`covered_quantity` has the same value in every period",
                  "write the amount under `at_most` in `quota`, and delete these lines")


def _bare(leaf: Leaf) -> tuple[object, bool]:
    return leaf.test, leaf.negate


@on_file("R117", "gap-between-periods", "info", "Between two periods lie days on which the rule is not in force.")
def gap(file: LintFile, _base: Base) -> Iterator[Hit]:
    periods = file.rule.periods if file.rule else ()
    for number, (before, after) in enumerate(itertools.pairwise(periods)):
        if before.last is not None and before.last + 1 < after.first:
            first, last = iso(before.last + 1), iso(after.first - 1)
            yield Hit(file.value("in_force", number + 1, "from"), f"from {first} to {last} the rule is not in force",
                      "if that is the law, leave it so; else move `until` of the period above or this `from`")


@on_file("R118", "authority-unknown", "warning", "A cited paragraph cannot be found among the resolutions in rules/instruments.",
         "rule", "shared")
def authority_unknown(file: LintFile, base: Base) -> Iterator[Hit]:
    rule = file.rule
    cited = {text for period in (rule.periods if rule else ()) for text in period.authority}
    cited |= {text for exemption in (rule.exemptions if rule else ()) for text in exemption.authority}
    lost = {text: base.missing(text) for text in cited if base.missing(text)}
    for text, at in _citations(file) if lost else ():
        for missing in lost.get(text, ()):
            yield Hit(at, missing.message, missing.mend)


def _citations(file: LintFile) -> Iterator[tuple[str, Located]]:
    """Every text under `authority`, with its place."""
    periods, unless = file.node("in_force"), file.node("unless")
    places: list[Node | None] = [file.node("authority")]
    places += [item.get("authority") for item in getattr(periods, "items", ()) if isinstance(item, MapNode)]
    places += [entry.value.get("authority") for entry in getattr(unless, "entries", {}).values() if isinstance(entry.value, MapNode)]
    for place in places:
        for node in place.items if isinstance(place, ListNode) else (place,):
            if isinstance(node, ScalarNode):
                yield node.text, node


@on_file("R119", "due-outside", "error", "The last day for a duty lies outside the time in which the duty is law.")
def due_outside(file: LintFile, _base: Base) -> Iterator[Hit]:
    rule = file.rule
    if rule and rule.duty and not any(within(rule.duty.due, p.first, p.last) for p in rule.periods):
        yield Hit(file.value("duty", "due"), f"on {iso(rule.duty.due)} no period is in force",
                  "`due` is the last day in time; it lies within a period of in_force")


CHECKS = (verified_without_source, verified_before_review, renewal_unknown, contested_alone, link_elsewhere, named_value_constant, gap,
          authority_unknown, due_outside)
