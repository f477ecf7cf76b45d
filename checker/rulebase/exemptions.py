"""``unless``: named exemptions, each cited and dated, with the conditions that show it; and the files of shared ones.

An exemption that several rules know alike is written and tested once, in a file of its own that begins with ``exemption: <id>``;
a rule takes it with ``{use: <id>}``.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from checker.model.rule import Exemption, IfUnknown, SharedExemption
from checker.rulebase.conditions import read_group
from checker.rulebase.lines import Fields, RuleFile
from checker.rulebase.periods import read_contested
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import Entry, MapNode, Node, ScalarNode
from checker.strictyaml.suggest import did_you_mean

__all__ = ["EXEMPTION_OPTIONAL", "EXEMPTION_REQUIRED", "PROCEDURES", "Shared", "read_exemption", "read_exemptions"]

PROCEDURES = ("standing", "notify", "no_objection", "approve", "state_determines")

EXEMPTION_REQUIRED = ("says", "authority", "when")
EXEMPTION_OPTIONAL = ("from", "until", "procedure", "if_unknown", "unless", "contested")

Shared = Mapping[str, SharedExemption | None]
"""The shared exemptions of a rule base by id; ``None`` for one whose file has errors."""


def read_exemptions(file: RuleFile, node: Node | None, shared: Shared) -> tuple[Exemption, ...]:
    """The exemptions of a rule, in the order written."""
    if node is None:
        return ()
    if not isinstance(node, MapNode):
        file.error(node, "wrong-form", "unless must be a map of named exemptions", "write `name:` and its lines indented below")
        return ()
    if not node.entries:
        file.error(node, "empty-value", "unless has no exemption", "write one, or delete the line")
    found = (_read(file, name, entry, shared) for name, entry in node.entries.items())
    return tuple(exemption for exemption in found if exemption)


def _read(file: RuleFile, name: str, entry: Entry, shared: Shared) -> Exemption | None:
    if isinstance(entry.value, MapNode) and "use" in entry.value.entries:
        return _use(file, name, entry, shared)
    fields = file.fields(entry.value, f"the exemption {shown(name)}", EXEMPTION_REQUIRED, EXEMPTION_OPTIONAL)
    return read_exemption(file, name, fields, entry.key)


def read_exemption(file: RuleFile, name: str, fields: Fields, at: Node) -> Exemption | None:
    """An exemption from its lines; ``at`` is where it stands."""
    first, last = file.day(fields.get("from"), "`from`"), file.day(fields.get("until"), "`until`")
    if first is not None and last is not None and last < first:
        file.error(fields["until"], "period-overlap", "this exemption ends before it begins", "`until` is its last day, `from` its first")
    if_unknown: IfUnknown = "review" if file.word(fields.get("if_unknown"), "`if_unknown` of an exemption", ("review",)) else ""
    when = read_group(file, fields.get("when"), f"`when` of {shown(name)}")
    says, authority = file.full_text(fields.get("says"), "`says`"), file.texts(fields.get("authority"), "`authority`")
    procedure = file.word(fields.get("procedure"), "`procedure`", PROCEDURES)
    unless = read_group(file, fields.get("unless"), f"`unless` of {shown(name)}")
    contested = read_contested(file, fields.get("contested"))
    if when is None:
        return None
    return Exemption(name, says, authority, when, first, last, procedure, if_unknown, unless, contested, mark=file.mark(at))


def _use(file: RuleFile, name: str, entry: Entry, shared: Shared) -> Exemption | None:
    """The shared exemption that ``{use: id}`` names, under the name it has here."""
    node = file.fields(entry.value, f"the exemption {shown(name)}", ("use",)).get("use")
    wanted = file.full_text(node, "`use`")
    found = shared.get(wanted)
    if found is None:
        if isinstance(node, ScalarNode) and wanted:
            if wanted in shared:
                file.error(node, "unknown-shared", f"the shared exemption {shown(wanted)} has errors itself", "mend its file first")
                return None
            near = did_you_mean(wanted, shared)
            mend = f"did you mean {near}?" if near else "it stands in a file of its own, for example rules/un/exemptions/un-2664.yaml"
            file.error(node, "unknown-shared", f"there is no shared exemption {shown(wanted)}", mend)
        return None
    file.shared.append(found)
    return msgspec.structs.replace(found.exemption, name=name, shared=found.id, mark=file.mark(entry.key))
