"""Checks of exemptions: those that can never excuse, and those that excuse everything."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.rule import Exemption, Period
from checker.rulebase.lint.check import Hit, on_file
from checker.rulebase.lint.files import Base, LintFile
from checker.rulebase.lint.law import iso

__all__ = ["CHECKS"]


def _own(file: LintFile) -> tuple[Exemption, ...]:
    return file.rule.exemptions if file.rule and not file.shared else ()


def _meets(exemption: Exemption, period: Period) -> bool:
    """Whether an exemption and a period share a day."""
    starts_in_time = exemption.first is None or period.last is None or exemption.first <= period.last
    return starts_in_time and (exemption.last is None or exemption.last >= period.first)


@on_file("R141", "exemption-never", "error", "An exemption can never excuse: its conditions contradict the elements of the rule.")
def exemption_never(file: LintFile, base: Base) -> Iterator[Hit]:
    rule = file.rule
    for exemption in _own(file):
        periods = [p for p in rule.periods if _meets(exemption, p)] if rule else []
        if rule and periods and not _impossible(base, exemption) and all(
                base.logic.never_together(rule.flag_when, exemption.when, p) for p in periods):
            yield Hit(file.at(exemption.mark), f"`{exemption.name}` contradicts flag_when, so it never excuses anything",
                      "compare `when` with the lines of flag_when on the same facts")


def _impossible(base: Base, exemption: Exemption) -> bool:
    """Whether its own lines exclude each other already, which is told there."""
    ways = base.logic.ways(exemption.when, None)
    return ways is not None and all(base.logic.impossible(way) for way in ways)


@on_file("R142", "exemption-outside", "warning", "An exemption ends before the measure begins, begins after it ends, or falls into a gap.")
def exemption_outside(file: LintFile, _base: Base) -> Iterator[Hit]:
    rule = file.rule
    for exemption in _own(file):
        if rule and not any(_meets(exemption, period) for period in rule.periods):
            first = iso(exemption.first) if exemption.first else "the beginning"
            window = f"from {first} to {iso(exemption.last) if exemption.last else 'now'}"
            yield Hit(file.at(exemption.mark), f"`{exemption.name}` ({window}) shares no day with a period of in_force",
                      "move `from` or `until`, or delete the exemption")


@on_file("R143", "exemption-always", "error",
         "An exemption excuses everything that the rule flags: its conditions follow from the elements.")
def exemption_always(file: LintFile, base: Base) -> Iterator[Hit]:
    rule = file.rule
    for exemption in _own(file):
        periods = [p for p in rule.periods if _meets(exemption, p)] if rule else []
        if rule and periods and all(_follows(base, file, exemption, period) for period in periods):
            yield Hit(file.at(exemption.mark), f"`{exemption.name}` holds whenever flag_when holds, so nothing is ever flagged",
                      "add to `when` what only the excused act has")


def _follows(base: Base, file: LintFile, exemption: Exemption, period: Period) -> bool:
    ways = base.logic.ways(file.rule.flag_when, period) if file.rule else None
    excuses = base.logic.ways(exemption.when, period)
    if not ways or not excuses or exemption.unless:
        return False
    return all(any(all(base.logic.follows(way, line) for line in excuse) for excuse in excuses) for way in ways)


CHECKS = (exemption_never, exemption_outside, exemption_always)
