"""Mentions of States, parties and places in a sentence: what they belong to, and under which preposition they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from checker.extract.grammar import Grammar
from checker.extract.markers import coordinate, find_marker, marker_tells, read_case, read_particle, share_marker
from checker.extract.named import is_named, read_named, states_of_named
from checker.extract.phrases import Mention, cases_of, find_noun, find_organ, is_noun, leads, owns
from checker.extract.tokens import Token

__all__ = ["find_mentions"]

_NAMED = 2
_NAMES = ("actor", "place")
_OPEN, _CLOSE = "(（「『", ")）」』"


def find_mentions(tokens: Sequence[Token], grammar: Grammar) -> list[Mention]:
    """All mentions of one sentence in order."""
    found: list[Mention] = []
    for i, token in enumerate(tokens):
        for entry in token.entries:
            if entry.kind in _NAMES:
                break
        else:
            continue
        if entry.form == "institution" and token.has("org") and found and i <= found[-1].last:
            continue  # "X's foreign ministry", where "foreign ministry" alone is that of another State
        if found and i > 1 and tokens[i - 1].low in _OPEN and found[-1].last == i - 2 and found[-1].value == entry.value:
            _bracketed(tokens, found[-1], i)
            continue
        follows = grammar.follows(entry.form) and not (grammar.genitive_both and leads(tokens, i))
        mention = Mention(i, i, i, entry.value, entry.form, entry.kind == "place")
        if grammar.area_after and found and found[-1].last == i - 1 and (found[-1].value, found[-1].form) == (entry.value, "name") \
                and not found[-1].kind and tokens[i - 1].end == token.start - (0 if grammar.unspaced else 1):
            mention.first = found.pop().first  # "Russia Kursk", "China Dandong": State and town are one name
        if is_named(entry.form):
            read_named(tokens, mention)
        else:
            find_organ(tokens, mention, follows, grammar.area_after, grammar.relative_before)
        mention.cases = cases_of(tokens, mention)
        find_noun(tokens, mention, follows, grammar.genitive_both)
        if entry.form == "named person" and mention.modifies == mention.last + 1:
            mention.modifies = -1  # "gave X rifles": without "'s" nothing is a person's
        if mention.made and mention.modifies < 0 and mention.first and is_noun(tokens[mention.first - 1]):
            mention.modifies = mention.first - 1  # "drones of Iranian make"
        read_particle(tokens, mention)
        closing = mention.case == "object" and grammar.head == "first"
        if closing:  # the particle closes a long phrase: "(the sending to X) object"; a preposition tells more of X
            mention.case = ""
        find_marker(tokens, mention, found, grammar)
        if mention.marker_at > 0 and tokens[mention.marker_at].has("marker", "of") and tokens[mention.marker_at - 1].has("gram", "area"):
            mention.marker, mention.marker_at = "", -1  # "the port of X exports": as X itself
        if closing and mention.free:
            mention.case = "object"
        read_case(tokens, mention)
        if mention.marker and mention.modifies >= 0 and marker_tells(tokens, mention, grammar):
            mention.modifies = -1
        _theatre(tokens, mention, follows)
        found.append(mention)
    if not found:
        return found
    found = states_of_named(tokens, found)
    coordinate(tokens, found)
    share_marker(tokens, found)
    for m in found if grammar.bare_qualifies else ():
        after = tokens[m.last + 1] if m.last + 1 < len(tokens) else None
        if m.free and not m.case and after is not None and after.is_word and not after.entries and after.start == tokens[m.last].end + 1:
            m.owned = True  # "an X oil field": nobody knows the noun, but X is no doer where another may be
    for a, b in pairwise(found):
        if b.form == "ship" and a.kind == "ship" and a.form != "ship" and 0 < b.at - a.last <= _NAMED:
            b.modifies = a.last  # "the X-flagged tanker Sea Prima": the name of the ship that was spoken of
        if grammar.noun_subject and a.marker and b.form == "group" and a.last == b.at - 2 and owns(tokens[b.at - 1]):
            b.modifies = -1  # "to X 's rebels send ...": the preposition is theirs
    return found if grammar.genitive_subject else _without_owners(tokens, found, grammar.head == "first")


def _bracketed(tokens: Sequence[Token], m: Mention, i: int) -> None:
    """Take the other name in brackets, "Islamic State (IS)", into the mention, with the particle behind them."""
    m.last = i + 1 if i + 1 < len(tokens) and tokens[i + 1].low in _CLOSE else i
    if not m.marker and not m.case:
        read_particle(tokens, m)


def _theatre(tokens: Sequence[Token], m: Mention, head_first: bool) -> None:
    """War, use or fighting in a place: the place is where goods are used, never who gets them."""
    if m.marker == "against":
        m.theatre = True
        return
    at = m.marker_at if m.marker else m.first
    if m.marker == "to" and not m.by_case:  # "the invasion by X into Y"
        j = at - 1
        while j > at - 4 and j > 0 and tokens[j].has("actor"):
            j -= 1
        if j >= 0 and tokens[j].has("cue", "theatre") and not tokens[j].has("trigger"):
            m.theatre = True
            return
    if m.marker in ("in", "over") or (m.marker == "of" and not m.by_case) or not m.marker:
        for j in range(at - 1, max(-1, at - 6), -1):
            if tokens[j].has("cue", "theatre"):
                m.theatre = True
                return
            if tokens[j].has("trigger") or tokens[j].has("say") or tokens[j].low in (",", ";") or tokens[j].has("goods") \
                    or tokens[j].has("gram", "owner"):
                return
    after = m.last + 1
    if after < len(tokens) and owns(tokens[after]):
        after += 1
    elif after < len(tokens) and (tokens[after].has("gram", "verb") or tokens[after].has("gram", "use")) and not m.marker:
        return  # "X attacked ...", "X used ..." where one word is verb and noun
    if not head_first and after < len(tokens) and tokens[after].has("cue", "theatre") and m.form != "institution" and not m.kind:
        m.theatre = True


def _without_owners(tokens: Sequence[Token], found: list[Mention], head_first: bool) -> list[Mention]:
    """Drop a mention that only says whose the next one is: "Yemen's Houthis", "Houthi Yaman"."""
    kept: list[Mention] = []
    for k, m in enumerate(found):
        after = found[k + 1] if k + 1 < len(found) else None
        if after is not None and after.form == "group" and after.at - m.at <= 2 and m.form != "group" and not (
                m.by_case and m.by_case != after.by_case) and not (
                after.cases and m.form != "adjective" and m.cases and ("genitive" not in m.cases or (
                    m.marker and m.marker_at < m.at and not m.cases & after.cases))) and (
                (after.at == m.at + 1 and not head_first) or owns(tokens[after.at - 1])
                or (after.at == m.last + 1 and m.kind == "armed_group")):
            if not (m.marker == "of" and m.at < m.marker_at):  # "of" behind the owner says nothing of the group
                after.marker, after.marker_at = m.marker, m.marker_at
            after.first = m.first
            continue
        if kept and kept[-1].form == "group" and m.form != "group" and m.at == kept[-1].at + 1 and (not m.cases or "genitive" in m.cases):
            kept[-1].last = m.last
            continue
        kept.append(m)
    return kept
