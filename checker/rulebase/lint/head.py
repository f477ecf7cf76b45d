"""Checks of the head of a rule: title, summary, review, status."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from checker.rulebase.lines import or_list
from checker.rulebase.lint.check import Hit, on_file
from checker.rulebase.lint.files import Base, LintFile
from checker.strictyaml.message import shown
from checker.vocabulary.names import fold

__all__ = ["CHECKS"]


@on_file("R101", "summary-repeats-title", "warning", "The summary says no more than the title.")
def summary_repeats_title(file: LintFile, _base: Base) -> Iterator[Hit]:
    rule = file.rule
    if rule and fold(rule.summary) == fold(rule.title):
        yield Hit(file.value("summary"), "the summary repeats the title", "say in one sentence which events the rule flags")


@on_file("R102", "summary-without-verb", "warning",
         "The summary does not begin by saying what the rule does, as in `Flags any sale of ...`.")
def summary_without_verb(file: LintFile, base: Base) -> Iterator[Hit]:
    rule = file.rule
    if rule is None or fold(rule.summary) == fold(rule.title):
        return
    first = rule.summary.split(maxsplit=1)[0] if rule.summary.split() else ""
    verbs = base.settings.summary_verbs
    if first not in verbs:
        yield Hit(file.value("summary"), f"the summary does not begin with what the rule does, but with {shown(first)}",
                  f"begin with {or_list(verbs)}: `{verbs[0]} any sale of ...`")


@on_file("R103", "title-long", "warning", "The title is too long for a list or a page.", "rule", "shared")
def title_long(file: LintFile, base: Base) -> Iterator[Hit]:
    title = file.rule.title if file.rule else ""
    most = base.settings.title_longest
    if len(title) > most:
        yield Hit(file.value("title"), f"the title has {len(title)} characters, {len(title) - most} too many",
                  f"keep it below {most}; details belong into the summary")


@on_file("R104", "review-overdue", "warning", "The day by which the rule had to be looked at again has passed.", "rule", "shared")
def review_overdue(file: LintFile, base: Base) -> Iterator[Hit]:
    again = file.rule.reviewed.again_by if file.rule else ""
    if again and dt.date.fromisoformat(again).toordinal() < base.on and file.rule and file.rule.status != "retired":
        yield Hit(file.value("reviewed", "again_by"), f"the rule had to be reviewed again by {again}",
                  "compare it with the law as it stands, then write the new dates")


@on_file("R105", "review-before-writing", "warning", "The next review is due before the last one took place.", "rule", "shared")
def review_backwards(file: LintFile, _base: Base) -> Iterator[Hit]:
    reviewed = file.rule.reviewed if file.rule else None
    if reviewed and reviewed.again_by and reviewed.again_by <= reviewed.date:
        yield Hit(file.value("reviewed", "again_by"), f"the next review is not after the last one ({reviewed.date})",
                  "`date` is the day of the last review, `again_by` the day by which the next one is due")


@on_file("R106", "retired-without-successor", "warning", "A retired rule does not say which rule took its place.")
def retired_without_successor(file: LintFile, _base: Base) -> Iterator[Hit]:
    rule = file.rule
    if rule and rule.status == "retired" and not rule.replaced_by:
        yield Hit(file.value("status"), "the rule is retired, and nothing says what replaced it",
                  "add `replaced_by: rule-id`; if the measure ended, keep the rule active and end its last period with `until`")


@on_file("R107", "replaced-but-in-use", "warning", "A rule that another one has replaced is still in use.")
def replaced_but_in_use(file: LintFile, _base: Base) -> Iterator[Hit]:
    rule = file.rule
    if rule and rule.replaced_by and rule.status == "active":
        yield Hit(file.key("replaced_by"), "the rule names its successor but is still active", "write `status: retired`")


CHECKS = (summary_repeats_title, summary_without_verb, title_long, review_overdue, review_backwards, retired_without_successor,
          replaced_but_in_use)
