"""``unless``: named exemptions, each cited and dated, with the conditions that show it."""

from __future__ import annotations

from checker.model.rule import Exemption, IfUnknown
from checker.rulebase.conditions import read_group
from checker.rulebase.lines import RuleFile
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import Entry, MapNode, Node

__all__ = ["PROCEDURES", "read_exemptions"]

PROCEDURES = ("standing", "notify", "no_objection", "approve", "state_determines")

_REQUIRED = ("says", "authority", "when")
_OPTIONAL = ("from", "until", "procedure", "if_unknown", "unless")
_LATER = {"use": "write the exemption out in this rule", "contested": "describe the dispute under the rule's own `contested`"}


def read_exemptions(file: RuleFile, node: Node | None) -> tuple[Exemption, ...]:
    """The exemptions of a rule, in the order written."""
    if node is None:
        return ()
    if not isinstance(node, MapNode):
        file.error(node, "wrong-form", "unless must be a map of named exemptions", "write `name:` and its lines indented below")
        return ()
    if not node.entries:
        file.error(node, "empty-value", "unless has no exemption", "write one, or delete the line")
    found = (_read(file, name, entry) for name, entry in node.entries.items())
    return tuple(exemption for exemption in found if exemption)


def _read(file: RuleFile, name: str, entry: Entry) -> Exemption | None:
    node = entry.value
    later = [key for key in _LATER if isinstance(node, MapNode) and key in node.entries]
    for key in later:
        at = node.entries[key].key if isinstance(node, MapNode) else entry.key
        file.error(at, "not-understood", f"`{key}` in an exemption is not understood yet", _LATER[key])
    if later == ["use"]:
        return None
    fields = file.fields(node, f"the exemption {shown(name)}", _REQUIRED, _OPTIONAL, free=_LATER.__contains__)
    first, last = file.day(fields.get("from"), "`from`"), file.day(fields.get("until"), "`until`")
    if first is not None and last is not None and last < first:
        file.error(fields["until"], "period-overlap", "this exemption ends before it begins", "`until` is its last day, `from` its first")
    if_unknown: IfUnknown = "review" if file.word(fields.get("if_unknown"), "`if_unknown` of an exemption", ("review",)) else ""
    when = read_group(file, fields.get("when"), f"`when` of {shown(name)}")
    says, authority = file.full_text(fields.get("says"), "`says`"), file.texts(fields.get("authority"), "`authority`")
    procedure = file.word(fields.get("procedure"), "`procedure`", PROCEDURES)
    unless = read_group(file, fields.get("unless"), f"`unless` of {shown(name)}")
    if when is None:
        return None
    return Exemption(name, says, authority, when, first, last, procedure, if_unknown, unless, mark=file.mark(entry.key))
