"""What an author answers about a new measure: read strictly, checked against the vocabulary, with proposals for what is not known.

The answers to the questions at the terminal are put into the same form, so that there is one reader for both.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from checker.model.facts import PARTY_ROLES
from checker.model.rule import Leaf
from checker.rulebase.conditions import read_leaf
from checker.rulebase.lines import RuleFile
from checker.rulebase.periods import ROLES
from checker.rulebase.rulefile import EVERYBODY, SEVERITIES
from checker.strictyaml.loader import Parsed
from checker.strictyaml.message import shown
from checker.strictyaml.nodes import Entry, MapNode, Node, ScalarNode
from checker.strictyaml.problem import Problem
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["SIDES", "Answers", "default_link", "default_roles", "read_answers"]

REQUIRED = ("id", "title", "regime", "act", "sides", "since", "authority", "event")
OPTIONAL = ("summary", "kind", "severity", "owner", "goods", "bound", "breach_by", "says", "link", "due", "met_by", "event_name", "source")

SIDES = (*PARTY_ROLES, "host_state", "flag_state", "port_state", "person_nationality", "shipped_from", "destination", "origin", "place")
"""Facts that can name the State or party a measure is about."""

_UNSCR = re.compile(r"UNSCR (\d+) \((\d{4})\)")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers, with defaults where one was left out. ``act``, ``goods`` and the values of ``sides`` are words of the vocabulary;
    ``event`` is the written event. ``due`` and ``met_by`` are those of a duty."""

    id: str
    title: str
    summary: str
    regime: str
    severity: str
    owner: str
    act: tuple[str, ...]
    goods: tuple[str, ...]
    sides: Mapping[str, tuple[str, ...]]
    bound: tuple[str, ...]
    breach_by: tuple[str, ...]
    since: dt.date
    authority: tuple[str, ...]
    says: str
    link: str
    event: Mapping[str, object]
    event_name: str
    source: str
    due: dt.date | None = None
    met_by: tuple[str, ...] = ()


def read_answers(parsed: Parsed, vocabulary: Vocabulary, rule_id: str = "") -> tuple[Answers | None, list[Problem]]:
    """The answers of a file (or of the questions), ``None`` with every problem where something is missing or not understood.
    ``rule_id``, where given, stands for ``id``."""
    file = RuleFile(parsed.source, vocabulary, parsed.problems)
    if parsed.node is None:
        return None, file.problems
    required = tuple(name for name in REQUIRED if name != "id" or not rule_id)
    fields = file.fields(parsed.node, "the file of answers", required, (*OPTIONAL, "id"))
    kind = file.word(fields.get("kind"), "`kind`", ("prohibition", "duty")) or "prohibition"
    title, authority = file.full_text(fields.get("title"), "`title`"), file.texts(fields.get("authority"), "`authority`")
    act, sides = _words(file, "act", fields.get("act")), _sides(file, fields.get("sides"))
    due, since = file.day(fields.get("due"), "`due`"), file.day(fields.get("since"), "`since`")
    if kind == "duty" and due is None:
        file.error(fields.get("kind", parsed.node), "missing-key", "a duty has a last day in time", "add `due: 2019-12-22`")
    event = fields.get("event")
    answers = Answers(
        id=rule_id or _id(file, fields.get("id")),
        title=title,
        summary=file.full_text(fields.get("summary"), "`summary`") or f"Flags what this measure is about: {title}.",
        regime=_regime(file, fields.get("regime")),
        severity=file.word(fields.get("severity"), "`severity`", SEVERITIES) or "medium",
        owner=file.full_text(fields.get("owner"), "`owner`") or "nobody yet",
        act=act,
        goods=_words(file, "goods", fields.get("goods")),
        sides=sides,
        bound=file.texts(fields.get("bound"), "`bound`") or (EVERYBODY,),
        breach_by=file.texts(fields.get("breach_by"), "`breach_by`") or default_roles(vocabulary, act, tuple(sides)),
        since=dt.date.fromordinal(since or 1),
        authority=authority,
        says=file.full_text(fields.get("says"), "`says`") or title,
        link=file.full_text(fields.get("link"), "`link`") or default_link(authority),
        event=_event(file, event),
        event_name=file.full_text(fields.get("event_name"), "`event_name`"),
        source=file.full_text(fields.get("source"), "`source`"),
        due=dt.date.fromordinal(due) if due is not None and kind == "duty" else None,
        met_by=_words(file, "act", fields.get("met_by")),
    )
    if not answers.link and "authority" in fields:
        file.error(fields["authority"], "missing-key", "the address of the text does not follow from this citation", "add `link: https://...`")
    return (None if file.has_errors else answers), file.problems


def default_link(authority: tuple[str, ...]) -> str:
    """The address of the last resolution cited; empty where none is."""
    cited = _UNSCR.findall(" ".join(authority))
    return f"https://undocs.org/S/RES/{cited[-1][0]}({cited[-1][1]})" if cited else ""


def default_roles(vocabulary: Vocabulary, act: tuple[str, ...], sides: tuple[str, ...]) -> tuple[str, ...]:
    """Who is in breach where the author does not say: the doer of the act, as the vocabulary tells it, else the side named."""
    acts = vocabulary.taxonomies["acts"]
    shape = acts.attribute(act[0], "sentence") if act else None
    doers = shape.get("subject", ()) if isinstance(shape, Mapping) else ()
    candidates = [role for role in (*(s for s in sides if s == "host_state"), *doers, *sides) if role in ROLES]
    return tuple(candidates[:1])


def _id(file: RuleFile, node: Node | None) -> str:
    name = file.full_text(node, "`id`")
    if node is not None and name and not _ID.fullmatch(name):
        file.error(node, "wrong-name", f"{shown(name)} is not a rule id", "use small letters, digits and hyphens: xa-coal-export")
    return name


def _regime(file: RuleFile, node: Node | None) -> str:
    regimes = tuple(file.vocabulary.regimes)
    text = file.text(node, "`regime`")
    if node is not None and text and text not in regimes:
        file.error(node, "wrong-word", f"{shown(text)} is no regime", file.near(text, regimes) or f"write one of {', '.join(regimes)}")
    return text


def _words(file: RuleFile, fact: str, node: Node | None) -> tuple[str, ...]:
    """One or several words of a fact, in the spelling of the vocabulary."""
    if node is None:
        return ()
    leaf = read_leaf(file, fact, Entry(ScalarNode(node.line, node.column, 1, fact, fact), node), named=False)
    return _terms(file, leaf, node)


def _terms(file: RuleFile, leaf: Leaf | None, node: Node) -> tuple[str, ...]:
    from checker.model.rule import TermTest

    if leaf is None:
        return ()
    if leaf.negate or not isinstance(leaf.test, TermTest) or leaf.test.except_:
        file.error(node, "wrong-form", "write one word, or a list of words", "finer tests are written into the rule afterwards")
        return ()
    return leaf.test.any_of


def _sides(file: RuleFile, node: Node | None) -> dict[str, tuple[str, ...]]:
    if not isinstance(node, MapNode) or not node.entries:
        if node is not None:
            file.error(node, "wrong-form", "`sides` must say who is on which side", "write {supplier: XA}")
        return {}
    found = {}
    for name, entry in node.entries.items():
        if name not in SIDES:
            mend = file.near(name, SIDES) or f"write one of {', '.join(SIDES)}"
            file.error(entry.key, "wrong-word", f"{shown(name)} is no side of a measure", mend)
            continue
        found[name] = _terms(file, read_leaf(file, name, entry, named=False), entry.value)
    return found


def _event(file: RuleFile, node: Node | None) -> dict[str, object]:
    """The facts of the event as written; the reader of examples checks them when the rule is made."""
    if not isinstance(node, MapNode) or not node.entries:
        if node is not None:
            mend = "write {act: sale, goods: coal, supplier: XA, date: 2021-05-03}"
            file.error(node, "wrong-form", "`event` must be a map of facts", mend)
        return {}
    return {name: _plain(entry.value) for name, entry in node.entries.items()}


def _plain(node: Node) -> object:
    if isinstance(node, ScalarNode) and isinstance(node.value, dt.date):
        return node.text
    return node.plain()
