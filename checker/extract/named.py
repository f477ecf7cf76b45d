"""Persons, companies and ships called by name: what belongs to them, and the State that the words beside the name give them."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.phrases import Mention, owns
from checker.extract.tokens import Token

__all__ = ["is_named", "owners_of_ships", "read_named", "states_of_named"]

_BEHIND = 4
_BETWEEN = 3
_APPOSITION = 6
_OTHER = ("verb", "conj", "relative", "flag", "owned")
"""Words that do not stand in "a Syrian national"."""


def is_named(form: str) -> bool:
    """Whether a mention of this form is a listed name."""
    return form.startswith("named ")


def read_named(tokens: Sequence[Token], m: Mention) -> None:
    """The kind of the party; and where not the party but its company is spoken of ("Oren Halvik's firm", "a firm of Oren Halvik"), that
    firm, called by these words: being somebody's does not make it listed."""
    m.kind = m.form.removeprefix("named ")
    own = _firm_behind(tokens, m)
    if own < 0:
        own = _firm_before(tokens, m)
    if own < 0:
        return
    m.first, m.last = min(m.first, own), max(m.last, own)
    kind = tokens[own].values("org")[0]
    if m.kind == "person" or kind == "company":
        m.called, m.kind = True, kind
        m.value = " ".join(t.low for t in tokens[m.first:m.last + 1])


def _firm_behind(tokens: Sequence[Token], m: Mention) -> int:
    if m.last + 1 >= len(tokens) or not owns(tokens[m.last + 1]):
        return -1
    for j in range(m.last + 2, min(len(tokens), m.last + 2 + _BEHIND)):
        if tokens[j].has("org"):
            return j
        if tokens[j].entries and not tokens[j].has("gram", "adj"):
            return -1
    return -1


def _firm_before(tokens: Sequence[Token], m: Mention) -> int:
    j = m.first - 1
    while j > 0 and (tokens[j].low == '"' or any(tokens[j].has("gram", kind) for kind in ("title", "det"))) and not tokens[j].has("marker"):
        j -= 1
    owner = j > 0 and (tokens[j].has("marker", "of") or tokens[j].has("gram", "belongs"))
    return j - 1 if owner and tokens[j - 1].has("org") else -1


def states_of_named(tokens: Sequence[Token], found: list[Mention]) -> list[Mention]:
    """The mentions without those that only say of what State a named party is: "the Iranian businessman X", "X, a Syrian national,"."""
    if not any(is_named(m.form) for m in found):
        return found
    kept: list[Mention] = []
    for m in found:
        last = kept[-1] if kept else None
        if last is not None and is_named(m.form) and not m.called and _describes(tokens, last, m):
            m.state, m.first = last.value, last.first
            if last.kind and m.kind in ("", "organisation") and last.kind not in ("ship", "person"):
                m.kind = last.kind
            if last.marker and last.marker_at < m.at:
                m.marker, m.marker_at = last.marker, last.marker_at
            m.theatre = m.theatre or last.theatre
            kept[-1] = m
        elif last is not None and is_named(last.form) and not last.called and _explains(tokens, last, m):
            last.state = m.value
        else:
            kept.append(m)
    return kept


def owners_of_ships(tokens: Sequence[Token], found: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """The ships called by name with who owns or runs them: "the tanker Sea Prima, owned by X"."""
    owners = []
    for ship in (m for m in found if m.form == "ship"):
        for m in found:
            between = tokens[ship.last + 1:m.first] if 0 < m.first - ship.last <= _APPOSITION + 1 else ()
            told = any(t.has("gram", "owned") for t in between)
            if told and m.form != "ship" and not m.is_place and not any(e.kind == "trigger" and e.form != "noun" for t in between
                                                                        for e in t.entries):
                owners.append((ship, m))
                break
    return owners


def _of_state(m: Mention) -> bool:
    return not m.is_place and not is_named(m.form) and m.form not in ("ship", "group", "institution")


def _describes(tokens: Sequence[Token], a: Mention, m: Mention) -> bool:
    """Nothing but nouns, titles and unknown words between the State and the name; the State as adjective, or with an organ or "'s"."""
    if not _of_state(a) or a.at >= m.at or m.at - a.last > _BETWEEN + 1 or a.last >= m.at:
        return False
    between = tokens[a.last + 1:m.at]
    owner = any(owns(t) for t in between)
    loose = sum(not t.entries and t.is_word for t in between)
    plain = all(owns(t) or t.low == '"' or t.has("org") or t.has("gram", "title") or t.has("gram", "adj") or t.has("people")
                or (not t.entries and t.is_word and not t.capital) for t in between)
    triggers = any(e.kind == "trigger" and e.form != "noun" for t in between for e in t.entries)
    return plain and not triggers and loose < _BETWEEN and (a.form == "adjective" or bool(a.kind and a.kind != "government") or owner)


def _explains(tokens: Sequence[Token], m: Mention, b: Mention) -> bool:
    """ "X, a Syrian national,": between two commas, or a comma and the end, stand the State as adjective and words that say who X is."""
    comma = m.last + 1
    if not _of_state(b) or comma >= len(tokens) or tokens[comma].low not in (",", "(") or b.first - comma > _BETWEEN:
        return False
    end = next((j for j in range(b.at + 1, min(len(tokens), comma + _APPOSITION + 1)) if tokens[j].low in (",", ")", ".")), -1)
    if end < 0:
        return False
    inner = tokens[comma + 1:end]
    if any(t.has("trigger") or t.has("say") or any(t.has("gram", kind) for kind in _OTHER) for t in inner):
        return False
    described = b.form == "adjective" and len(inner) > 1
    citizen = "genitive" in b.cases or b.marker == "of"
    return (described or citizen) and (not b.marker or b.marker_at < comma or b.marker == "of")
