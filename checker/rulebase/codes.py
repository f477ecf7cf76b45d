"""Every code of a problem that rule files can have, with its meaning. The reference page is written from this table.

Problems of the YAML itself are in ``checker.strictyaml.codes``; those of the facts of an example come from the reader of events.
"""

from __future__ import annotations

__all__ = ["CODES"]

CODES: dict[str, str] = {
    "rules-folder": "A folder of rules does not exist.",
    "rules-none": "A folder of rules holds no rule file.",
    "rules-ending": "A file among the rules ends in .yml; rule files end in .yaml.",
    "wrong-name": "The file is not named after the rule in it, or the id is not in small letters, digits and hyphens.",
    "duplicate-rule": "Two files hold a rule of the same id; neither is loaded.",
    "unknown-rule": "A line names a rule that is not in the rule base.",
    "unknown-key": "A line whose key the grammar does not know here.",
    "missing-key": "A line that must be there is not.",
    "empty-value": "A list or map without a single item.",
    "wrong-kind": "A line that belongs to another kind of rule (a duty's line in a prohibition, or the reverse).",
    "wrong-form": "A value is written in a form that its line does not take.",
    "wrong-word": "A value is not one of the words that its line takes.",
    "wrong-date": "A value that must be a calendar day is not one.",
    "unknown-fact": "A line of a condition names no fact of events.",
    "untestable-fact": "A line of a condition tests a fact that cannot be tested that way.",
    "unknown-term": "A value is no word of the fact's vocabulary.",
    "wrong-group": "any or none is not a list of maps, or is nested more than once.",
    "period-order": "The periods of in_force are not in the order of their dates.",
    "period-overlap": "A period of in_force still runs when the next one begins, or ends before it begins.",
    "named-value": "A named value (covered_...) is used under another fact, is missing from a period, or is never used.",
    "unknown-shared": "`use` names no shared exemption.",
    "quota-form": "The limit, the window or the alerts of a quota are not what a quota takes.",
    "unknown-exemption": "An example names an exemption that the rule does not have.",
    "example-form": "An example has neither `event` nor `but`, or both, or `like` without `but`.",
    "example-name": "Two examples have the same name, or `like` names no earlier example.",
    "unknown-label": "An example expects a label that does not exist.",
    "silent-paragraph": "A paragraph of a resolution does not say which rules encode it or why none does, or says both.",
    "wrong-authority": "An authority text is not written as a resolution with its paragraph.",
    "unknown-instrument": "A rule cites a resolution that has no file, or gives it another year.",
    "unknown-paragraph": "A rule cites a paragraph that the file of its resolution does not have.",
    "not-listed": "A rule cites a paragraph whose resolution does not name the rule.",
    "not-citing": "A resolution names a rule, or an exemption, that does not cite the paragraph.",
}
