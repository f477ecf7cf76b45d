"""The lines of ``flag_when``, ``met_when``, ``when`` and ``unless``: facts with tests, and any/none groups.

A map means that all its lines hold. ``any`` and ``none`` hold a list of maps and may nest once. A value is written in one of
the value forms of the rule language; which of them a line takes depends on the type of its fact.
"""

from __future__ import annotations

from checker.model.facts import FACT_NAMES, FACTS, FactSpec
from checker.model.rule import BoolTest, Condition, DateTest, Group, IfUnknown, Leaf, ListTest, NamedTest, NumberTest, TermTest, Test
from checker.rulebase.lines import RuleFile, or_list
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import Entry, ListNode, MapNode, Node, ScalarNode
from checker.strictyaml.suggest import did_you_mean

__all__ = ["COVERED", "FORMS", "IF_UNKNOWN", "TERM_TYPES", "read_group", "read_leaf"]

COVERED = "covered_"
IF_UNKNOWN: tuple[IfUnknown, ...] = ("holds", "fails", "review")
TERM_TYPES = ("term", "terms", "party", "state", "place", "places")

_MAX_NESTING = 2
_EXAMPLES = {
    "bool": "true, or {is: true, if_unknown: holds}",
    "number": "{at_least: 100} or {at_most: 5}",
    "date": "{before: 2017-09-11} or {after: 2017-09-10}",
    "party": "KP, [KP, IR], {not: KP}, {any: KP, except: houthis} or {listed: UN-1718-AF}",
}
_TERM_EXAMPLE = "one word, [word, word], {not: word} or {any: word, except: word}"
_TERM_FORMS = ("is", "not", "any", "except")
FORMS: dict[str, tuple[str, ...]] = {
    "term": _TERM_FORMS,
    "terms": _TERM_FORMS,
    "state": _TERM_FORMS,
    "place": _TERM_FORMS,
    "places": _TERM_FORMS,
    "party": (*_TERM_FORMS, "listed", "waived"),
    "bool": ("is", "not"),
    "number": ("at_least", "at_most"),
    "date": ("before", "after"),
}
"""Which keys the map form of a value takes, by type of fact (``if_unknown`` goes with each)."""


def read_group(file: RuleFile, node: Node | None, what: str, depth: int = 0) -> Group | None:
    """A map of lines that must all hold; ``None`` when there is none. ``depth``: how many any/none groups it stands in."""
    if node is None:
        return None
    if not isinstance(node, MapNode):
        file.error(node, "wrong-form", f"{what} must be a map of lines", "write one `fact: value` line each")
        return None
    if not node.entries:
        file.error(node, "empty-value", f"{what} has no line", "write at least one `fact: value` line")
    items: list[Condition] = []
    for name, entry in node.entries.items():
        item = _read_alternatives(file, entry, name, depth) if name in ("any", "none") else read_leaf(file, name, entry)
        if item is not None:
            items.append(item)
    return Group("all", tuple(items), file.mark(node))


def _read_alternatives(file: RuleFile, entry: Entry, kind: str, depth: int) -> Group | None:
    mend = "write a list of maps, for example `- supplier: KP` on one line and `- shipped_from: KP` on the next"
    if depth >= _MAX_NESTING:
        file.error(entry.key, "wrong-group", f"`{kind}` is nested more than once", "write the alternatives out one level higher")
        return None
    if not isinstance(entry.value, ListNode):
        file.error(entry.value, "wrong-group", f"`{kind}` must be a list of maps", mend)
        return None
    if not entry.value.items:
        file.error(entry.value, "empty-value", f"`{kind}` has no alternative", mend)
    items: list[Condition] = []
    for item in entry.value.items:
        if not isinstance(item, MapNode):
            file.error(item, "wrong-group", f"an alternative of `{kind}` must be a map of lines", mend)
            continue
        group = read_group(file, item, f"an alternative of `{kind}`", depth + 1)
        if group and group.items:
            items.append(group.items[0] if len(group.items) == 1 and isinstance(group.items[0], Leaf) else group)
    return Group("any" if kind == "any" else "none", tuple(items), file.mark(entry.key))


def read_leaf(file: RuleFile, name: str, entry: Entry, *, named: bool = True) -> Leaf | None:
    """One line ``fact: value``. ``named`` is false inside a named value, which may neither use another nor say ``if_unknown``."""
    spec = FACTS.get(name)
    if spec is None:
        options = [*FACT_NAMES, "any", "none"]
        near = did_you_mean(name, options)
        file.error(
            entry.key,
            "unknown-fact",
            f"{shown(name)} is no fact of an event",
            f"did you mean {near}?" if near else "the facts are listed in the reference of the rule language",
        )
        return None
    if spec.type not in FORMS:
        file.error(entry.key, "untestable-fact", f"`{name}` cannot be tested in a rule", _instead(spec))
        return None
    if isinstance(entry.value, MapNode):
        test, negate, if_unknown = _read_map_form(file, spec, entry.value, named)
    else:
        test, negate, if_unknown = _plain_test(file, spec, entry.value, named), False, ""
    return Leaf(name, test, negate, if_unknown, file.mark(entry.key)) if test is not None else None


def _instead(spec: FactSpec) -> str:
    if spec.type == "screening":
        kind = "listed" if spec.name == "listings" else "waived"
        return f"ask it of a party: `supplier: {{{kind}: UN-1718-AF}}`"
    if spec.type == "amount":
        return "a quantity has a unit, so only a `quota` counts it; a line may test value_usd"
    return "it only joins the events of one shipment"


def _read_map_form(file: RuleFile, spec: FactSpec, node: MapNode, named: bool) -> tuple[Test | None, bool, IfUnknown]:
    forms = FORMS[spec.type]
    fields = file.fields(node, f"a value of `{spec.name}`", (), (*forms, "if_unknown"))
    if_unknown: IfUnknown = ""
    if "if_unknown" in fields:
        word = file.word(fields["if_unknown"], "if_unknown", IF_UNKNOWN)
        if_unknown = next((w for w in IF_UNKNOWN if w == word), "")
        if not named:
            file.error(
                fields["if_unknown"],
                "named-value",
                "if_unknown does not belong into a named value",
                f"write it where the value is used: `{spec.name}: {{is: {COVERED}{spec.name}, if_unknown: ...}}`",
            )
    written = [form for form in forms if form in fields]
    if not _pair(written):
        if len(fields) == len(node.entries):  # else an unknown line has been reported already
            message = "says nothing to test" if not written else f"mixes {or_list(written).replace(' or ', ' and ')}"
            file.error(node, "wrong-form", f"this value of `{spec.name}` {message}", f"write {_EXAMPLES.get(spec.type, _TERM_EXAMPLE)}")
        return None, False, ""
    if spec.type in ("number", "date"):
        return _bounds(file, spec, fields), False, if_unknown
    if written[0] in ("listed", "waived"):
        return ListTest(_lists(file, fields[written[0]], written[0]), written[0] == "waived"), False, if_unknown
    if "except" in written:
        any_of = _terms(file, spec, fields["any"])
        return TermTest(any_of, _terms(file, spec, fields["except"])), False, if_unknown
    return _plain_test(file, spec, fields[written[0]], named), written[0] == "not", if_unknown


def _lists(file: RuleFile, node: Node, what: str) -> tuple[str, ...]:
    """Measures of lists, in the spelling of the vocabulary."""
    known = file.vocabulary.taxonomies["lists"]
    found: list[str] = []
    for text, at in file.placed_texts(node, f"`{what}`"):
        word = known.resolve(text)
        if word is None and text:
            near = known.suggest(text)
            mend = f"did you mean {near}?" if near else "add it to rules/vocabulary/lists.yaml"
            file.error(at, "unknown-term", f"{shown(text)} is no measure of a list", mend)
        found.append(word or text)
    return tuple(found)


def _pair(written: list[str]) -> bool:
    """One form, or two that go together."""
    return (len(written) == 1 and written != ["except"]) or written in (["any", "except"], ["at_least", "at_most"], ["before", "after"])


def _bounds(file: RuleFile, spec: FactSpec, fields: dict[str, Node]) -> Test | None:
    if spec.type == "date":
        before, after = (file.day(fields.get(name), f"`{name}`") for name in ("before", "after"))
        if before is not None and after is not None and before - after < 2:
            file.error(
                fields["before"],
                "wrong-form",
                "no day lies between these two dates",
                "after is the earlier one; both are left out themselves",
            )
        return DateTest(before, after)
    low, high = (_number(file, fields.get(name), name) for name in ("at_least", "at_most"))
    if low is not None and high is not None and low > high:
        file.error(fields["at_most"], "wrong-form", "no number lies between these bounds", "at_least is the smaller one")
    return NumberTest(low, high)


def _number(file: RuleFile, node: Node | None, what: str) -> float | None:
    if isinstance(node, ScalarNode) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return float(node.value)
    if node is not None:
        file.error(node, "wrong-form", f"`{what}` must be a number", "write digits, with a point for decimals: 2.5")
    return None


def _plain_test(file: RuleFile, spec: FactSpec, node: Node, named: bool) -> Test | None:
    """The test of a value written as a word, number, truth value or list."""
    if isinstance(node, ScalarNode) and isinstance(node.value, str) and node.value.startswith(COVERED):
        return _named(file, spec, node, named)
    if spec.type == "bool":
        if isinstance(node, ScalarNode) and isinstance(node.value, bool):
            return BoolTest(node.value)
        file.error(node, "wrong-form", f"`{spec.name}` is either true or false", f"write {_EXAMPLES['bool']}")
        return None
    if spec.type == "number":
        number = _number(file, node, spec.name)
        return None if number is None else NumberTest(number, number)
    if spec.type == "date":
        file.error(node, "wrong-form", f"`{spec.name}` is compared with a day", f"write {_EXAMPLES['date']}")
        return None
    terms = _terms(file, spec, node)
    return TermTest(terms) if terms else None


def _named(file: RuleFile, spec: FactSpec, node: ScalarNode, named: bool) -> Test | None:
    wanted = COVERED + spec.name
    if not named:
        file.error(node, "named-value", "a named value cannot stand for another one", "write its words here")
        return None
    if node.text != wanted:
        file.error(
            node, "named-value", f"{shown(node.text)} may stand only under its own fact", f"under `{spec.name}` the named value is {wanted}"
        )
        return None
    file.used.setdefault(wanted, node)
    return NamedTest(wanted)


def _terms(file: RuleFile, spec: FactSpec, node: Node) -> tuple[str, ...]:
    """One word or a list of words, in the spelling of the vocabulary."""
    if isinstance(node, ListNode):
        if not node.items:
            file.error(node, "empty-value", f"the list of `{spec.name}` is empty", "write at least one word")
        return tuple(term for item in node.items if (term := _term(file, spec, item)))
    term = _term(file, spec, node)
    return (term,) if term else ()


def _term(file: RuleFile, spec: FactSpec, node: Node) -> str:
    if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
        near = file.vocabulary.suggest(spec.name, node.text) if isinstance(node, ScalarNode) else ""
        mend = f"did you mean {near}?" if near else f"write {_EXAMPLES.get(spec.type, _TERM_EXAMPLE)}"
        file.error(node, "wrong-form", f"`{spec.name}` takes a word here", mend)
        return ""
    if node.text.startswith(COVERED):
        file.error(node, "named-value", "a named value cannot stand in a list", f"write `{spec.name}: {COVERED}{spec.name}` alone")
        return ""
    term = file.vocabulary.resolve(spec.name, node.text)
    if term is None:
        near = file.vocabulary.suggest(spec.name, node.text)
        if near in file.vocabulary.states.codes:
            near = f"{near} ({file.vocabulary.states.name(near)})"
        file.error(
            node,
            "unknown-term",
            f"{shown(node.text)} is no word of `{spec.name}` ({spec.says or spec.type})",
            f"did you mean {near}?" if near else "add the word to rules/vocabulary, or use a wider one",
        )
        return ""
    return term
