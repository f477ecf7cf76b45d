"""One rule file to one rule: the top level of the grammar, and what its parts must have to do with each other."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Literal

from checker.model.rule import Example, Exemption, Group, NotEncoded, Period, Review, Rule, SharedExemption
from checker.rulebase.conditions import read_group
from checker.rulebase.examples import read_examples, read_shared_examples
from checker.rulebase.exemptions import EXEMPTION_OPTIONAL, EXEMPTION_REQUIRED, Shared, read_exemption, read_exemptions
from checker.rulebase.lines import Fields, RuleFile, or_list
from checker.rulebase.periods import ROLES, check_named_values, read_contested, read_duty, read_periods
from checker.rulebase.quotas import read_quota
from checker.strictyaml.loader import Parsed
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import MapNode, Node, ScalarNode
from checker.strictyaml.problem import Problem
from checker.strictyaml.suggest import did_you_mean
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["BREACH_CLASSES", "EVERYBODY", "EXEMPTION_FILE", "KINDS", "OPTIONAL", "REQUIRED", "SEVERITIES", "STATUSES", "digest_of",
           "read_rule", "read_shared"]

KINDS = ("prohibition", "duty", "quota")
SEVERITIES = ("critical", "high", "medium", "low")
STATUSES = ("draft", "active", "shadow", "retired")
BREACH_CLASSES = ("substantive", "reporting")
EVERYBODY = "all_states"

REQUIRED = (
    "rule",
    "title",
    "summary",
    "kind",
    "regime",
    "severity",
    "status",
    "owner",
    "reviewed",
    "in_force",
    "bound",
    "breach_by",
    "flag_when",
)
OPTIONAL = ("breach_class", "replaced_by", "overrides", "contested", "duty", "quota", "met_when", "unless", "not_encoded", "examples")
EXEMPTION_FILE = (("exemption", "title", "owner", "reviewed", *EXEMPTION_REQUIRED), (*EXEMPTION_OPTIONAL, "not_encoded", "examples"))
"""The lines of a file that holds a shared exemption: those it must have, and those it may have."""

_LINES_OF_KIND = {"duty": ("duty",), "met_when": ("duty",), "quota": ("quota",)}
"""Lines that belong to rules of one kind only."""
_NEEDED_BY_KIND = {
    "duty": ("duty", "add `duty: {owed_by: host_state, due: 2019-12-22}`"),
    "quota": ("quota", "add `quota: {of: goods, at_most: {number: 500000, unit: bbl}, per: calendar_year, scope: all_states}`"),
}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID_SHAPE = "small letters, digits and hyphens"


def read_rule(parsed: Parsed, vocabulary: Vocabulary, stem: str, shared: Shared | None = None) -> tuple[Rule | None, list[Problem]]:
    """The rule of a file and its problems. ``stem`` is the file's name without ``.yaml``, ``shared`` the exemptions it may use. With
    an error there is no rule."""
    file = RuleFile(parsed.source, vocabulary, parsed.problems)
    if parsed.node is None:
        return None, file.problems
    fields = file.fields(parsed.node, "a rule", REQUIRED, OPTIONAL)
    rule = _assemble(file, fields, parsed.node, stem, shared or {})
    return (None if file.has_errors else rule), file.problems


def read_shared(parsed: Parsed, vocabulary: Vocabulary, stem: str) -> tuple[SharedExemption | None, list[Problem]]:
    """The shared exemption of a file and its problems, as ``read_rule``."""
    file = RuleFile(parsed.source, vocabulary, parsed.problems)
    if parsed.node is None:
        return None, file.problems
    fields = file.fields(parsed.node, "a shared exemption", *EXEMPTION_FILE)
    name = _rule_id(file, fields.get("exemption"), stem, "exemption")
    title = file.full_text(fields.get("title"), "`title`")
    exemption = read_exemption(file, name, fields, parsed.node)
    owner, reviewed = file.full_text(fields.get("owner"), "`owner`"), _review(file, fields.get("reviewed"))
    not_encoded = _not_encoded(file, fields.get("not_encoded"))
    examples = read_shared_examples(file, fields.get("examples"), name)
    if file.has_errors or exemption is None:
        return None, file.problems
    return _shared(exemption, title, owner, reviewed, not_encoded, examples, digest_of(parsed.node)), file.problems


def _shared(exemption: Exemption, title: str, owner: str, reviewed: Review, not_encoded: tuple[NotEncoded, ...],
            examples: tuple[Example, ...], digest: str) -> SharedExemption:
    """With a rule whose elements always hold, so that whatever works on rules works on the exemption."""
    always = Period(1, None, exemption.authority, "decides", exemption.says, mark=exemption.mark)
    rule = Rule(exemption.name, title, exemption.says, "prohibition", "", SEVERITIES[0], "active", (always,), (EVERYBODY,), (),
                Group("all", ()), exemptions=(exemption,), owner=owner, reviewed=reviewed, examples=examples, digest=digest,
                mark=exemption.mark)
    return SharedExemption(exemption.name, title, exemption, rule, not_encoded, digest)


def _key(node: Node, name: str) -> ScalarNode | Node:
    return node.entries[name].key if isinstance(node, MapNode) else node


def _assemble(file: RuleFile, fields: Fields, node: Node, stem: str, shared: Shared) -> Rule:
    periods = read_periods(file, fields.get("in_force"))
    flag_when = read_group(file, fields.get("flag_when"), "flag_when")
    met_when = read_group(file, fields.get("met_when"), "met_when")
    exemptions = read_exemptions(file, fields.get("unless"), shared)
    quota = read_quota(file, fields.get("quota"))
    check_named_values(file, fields.get("in_force"))
    duty = read_duty(file, fields.get("duty"))
    kind = _kind(file, fields, node)
    breach_by = _roles(file, fields.get("breach_by"))
    if kind == "duty" and duty and breach_by and duty.owed_by not in breach_by:
        file.error(fields["duty"], "wrong-kind", f"{shown(duty.owed_by)} owes the duty, and `breach_by` does not name it",
                   f"write `owed_by: {breach_by[0]}`, or add {duty.owed_by} to `breach_by`")
    return Rule(
        id=_rule_id(file, fields.get("rule"), stem),
        title=file.full_text(fields.get("title"), "`title`"),
        summary=file.full_text(fields.get("summary"), "`summary`"),
        kind=kind,
        regime=_regime(file, fields.get("regime")),
        severity=file.word(fields.get("severity"), "`severity`", SEVERITIES),
        status=file.word(fields.get("status"), "`status`", STATUSES),
        periods=periods,
        bound=_bound(file, fields.get("bound")),
        breach_by=breach_by,
        flag_when=flag_when or Group("all", ()),
        met_when=met_when,
        exemptions=exemptions,
        contested=read_contested(file, fields.get("contested")),
        duty=duty,
        quota=quota,
        overrides=file.texts(fields.get("overrides"), "`overrides`"),
        breach_class="reporting"
        if file.word(fields.get("breach_class"), "`breach_class`", BREACH_CLASSES) == "reporting"
        else "substantive",
        owner=file.full_text(fields.get("owner"), "`owner`"),
        reviewed=_review(file, fields.get("reviewed")),
        replaced_by=file.texts(fields.get("replaced_by"), "`replaced_by`"),
        not_encoded=_not_encoded(file, fields.get("not_encoded")),
        examples=read_examples(file, fields.get("examples"), _names(exemptions)),
        digest=digest_of(node, *(used.digest for used in file.shared)),
        mark=file.mark(node),
    )


def _names(exemptions: tuple[Exemption, ...]) -> tuple[str, ...]:
    return tuple(e.name for e in exemptions)


def digest_of(node: Node, *used: str) -> str:
    """SHA-256 of what the file says, with the digests of what it uses: comments, spacing, quotes and the order of keys do not
    change it."""
    text = json.dumps(node.plain(), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256("\n".join([text, *used]).encode("utf-8")).hexdigest()


def _rule_id(file: RuleFile, node: Node | None, stem: str, key: str = "rule") -> str:
    name = file.full_text(node, f"`{key}`")
    if node is None or not name:
        return name
    if not _ID.fullmatch(name):
        file.error(node, "wrong-name", f"{shown(name)} is not an id of a {key}", f"use {_ID_SHAPE}: dprk-arms-export")
    elif name != stem:
        file.error(
            node,
            "wrong-name",
            f"the {key} {shown(name)} stands in the file {shown(stem + '.yaml')}",
            f"name the file {name}.yaml, or write `{key}: {stem}`",
        )
    return name


def _kind(file: RuleFile, fields: Fields, node: Node) -> Literal["prohibition", "duty", "quota"]:
    kind = file.word(fields.get("kind"), "`kind`", KINDS)
    for name, kinds in _LINES_OF_KIND.items():
        if kind and name in fields and kind not in kinds:
            file.error(
                _key(node, name),
                "wrong-kind",
                f"`{name}` belongs to rules of the kind {or_list(kinds)}, and this one is a {kind}",
                f"write `kind: {kinds[0]}`, or delete it",
            )
    needed, mend = _NEEDED_BY_KIND.get(kind, ("", ""))
    if needed and needed not in fields:
        file.error(fields["kind"], "missing-key", f"a {kind} has a `{needed}` line", mend)
    return "duty" if kind == "duty" else "quota" if kind == "quota" else "prohibition"


def _regime(file: RuleFile, node: Node | None) -> str:
    text, regimes = file.full_text(node, "`regime`"), tuple(file.vocabulary.regimes)
    if node is not None and text and text not in regimes:
        file.error(node, "wrong-word", f"{shown(text)} is no regime", file.near(text, regimes) or "add it to rules/vocabulary/regimes.yaml")
    return text


def _bound(file: RuleFile, node: Node | None) -> tuple[str, ...]:
    """States in two letters, or everybody."""
    found: list[str] = []
    for text, at in file.placed_texts(node, "`bound`"):
        code = text if text == EVERYBODY else file.vocabulary.states.resolve(text)
        if code is None:
            near = did_you_mean(text, (EVERYBODY,)) or file.vocabulary.states.suggest(text)
            mend = f"did you mean {near}?" if near else f"write {EVERYBODY}, or a State such as KP"
            file.error(at, "unknown-term", f"{shown(text)} is no State", mend)
        found.append(code or text)
    return tuple(found)


def _roles(file: RuleFile, node: Node | None) -> tuple[str, ...]:
    roles = file.placed_texts(node, "`breach_by`")
    for role, at in roles:
        if role not in ROLES:
            file.error(at, "wrong-word", f"{shown(role)} is no role that can be in breach", file.near(role, ROLES))
    return tuple(role for role, _ in roles)


def _review(file: RuleFile, node: Node | None) -> Review:
    fields = file.fields(node, "reviewed", ("by", "date", "again_by"))
    return Review(
        file.full_text(fields.get("by"), "`by`"),
        file.iso_day(fields.get("date"), "`date`"),
        file.iso_day(fields.get("again_by"), "`again_by`"),
    )


def _not_encoded(file: RuleFile, node: Node | None) -> tuple[NotEncoded, ...]:
    found = []
    for item in file.items(node, "not_encoded"):
        fields = file.fields(item, "an entry of not_encoded", ("text", "why"))
        found.append(NotEncoded(file.full_text(fields.get("text"), "`text`"), file.full_text(fields.get("why"), "`why`")))
    return tuple(found)
