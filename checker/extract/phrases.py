"""Noun phrases around the name of a State, group or place: its organ ("the army of X"), and the noun it merely qualifies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.extract.tokens import Token

__all__ = ["Mention", "cases_of", "class_of", "classes_of", "describing", "find_noun", "find_organ", "flagged", "is_article", "is_noun",
           "leads", "opens", "owns"]

_REACH = 5
_FLAG = 3
_SMALL = ("det", "adj", "about", "at_least", "conj")
_JOINTS = ("-", '"')
_OPENERS = (",", ";", ":", '"', "(", "-")


@dataclass(slots=True)
class Mention:
    """A State, group or place at token ``at``; its whole noun phrase runs from token ``first`` to ``last``.

    ``kind`` is the party kind of an organ noun in the phrase ("ministry" -> ``government``). ``marker`` is the class of the
    preposition (``either``: what it may be, where only the case could tell and the name is not declined), ``modifies`` the token of
    the goods, people or action noun that the mention merely qualifies (-1: none). ``state`` is the State that the words give a named
    party; one that is ``called`` by the words of the phrase is not the one that the name stands for, but its firm.
    """

    at: int
    first: int
    last: int
    value: str
    form: str
    is_place: bool
    kind: str = ""
    marker: str = ""
    marker_at: int = -1
    modifies: int = -1
    made: bool = False
    theatre: bool = False
    joined: int = -1
    cases: frozenset[str] = frozenset()
    case: str = ""
    by_case: str = ""
    either: tuple[str, ...] = ()
    owned: bool = False
    state: str = ""
    called: bool = False

    @property
    def free(self) -> bool:
        """Neither under a preposition nor a mere qualifier, and no object."""
        return not self.marker and self.modifies < 0 and self.case != "object"


def flagged(tokens: Sequence[Token], m: Mention) -> bool:
    """The name says whose flag a ship flies: "X-flagged", "under the flag of X"."""
    around = range(max(0, m.first - _FLAG), min(len(tokens), m.last + _FLAG))
    return any(tokens[j].has("gram", "flag") for j in around)


def owns(token: Token) -> bool:
    """What makes the name before it an owner: "'s", or a particle or small word of the pack."""
    return token.low in ("'s", "'") or token.has("gram", "owner") or token.has("particle", "of")


def cases_of(tokens: Sequence[Token], m: Mention) -> frozenset[str]:
    """The grammatical cases the head of the phrase may stand in; empty where the pack tells none. A spelling the pack gives both
    without case and under one is a nominative, too."""
    head = tokens[m.first] if m.first < m.at and tokens[m.first].has("org") else tokens[m.at]
    if m.last > m.at:
        head = tokens[m.last]  # "of a Russian company": the noun bears the case
    found = {e.case for e in head.entries if e.kind in ("actor", "org", "place")
             or (m.last > m.at and e.case and (e.kind, e.value) == ("gram", "area"))}
    if m.form == "adjective" and m.last > m.at:  # an adjective agrees with its noun
        found = found & {e.case for e in tokens[m.at].entries if e.kind == "actor" and e.case} or found
    return frozenset(case or "nominative" for case in found) if found - {""} else frozenset()


def class_of(token: Token, cases: frozenset[str]) -> str:
    """The class of a preposition: of several, the one whose case the name stands in ("in" or "into")."""
    entries = [e for e in token.entries if e.kind == "marker"]
    fits = [e for e in entries if e.case and e.case in cases] or [e for e in entries if not e.case] or entries
    return fits[0].value


def classes_of(token: Token, cases: frozenset[str]) -> set[str]:
    """All classes of a preposition, or the one fitting class where it asks for cases."""
    if any(e.kind == "marker" and e.case for e in token.entries):
        return {class_of(token, cases)}
    return set(token.values("marker"))


def find_organ(tokens: Sequence[Token], m: Mention, head_first: bool, area_after: bool, relative_before: bool = False) -> None:
    """Extend the phrase over organ nouns: "Russia's defence ministry", "militer Rusia", "companies in China"; and over "region" and
    "port" where these follow the name."""
    if m.form == "institution":
        m.kind = "government"
    elif m.form == "ship":
        m.kind = "ship"
        return
    if not head_first:
        j = m.last + 1
        if j < len(tokens) and owns(tokens[j]):
            j += 1
        loose = 0
        while j < len(tokens) and j - m.at <= _REACH:
            if tokens[j].has("org"):
                m.last, m.kind, loose = j, tokens[j].values("org")[-1], 0
            elif tokens[j].has("gram", "flag") or tokens[j].has("gram", "owned"):
                loose = 0  # "an X-owned tanker"
                j += j + 1 < len(tokens) and tokens[j + 1].has("gram", "owner")
            elif area_after and tokens[j].has("gram", "area"):
                m.last, loose = j, 0
                j += j + 2 < len(tokens) and owns(tokens[j + 1]) and tokens[j + 2].has("org")  # "a building site of X's region"
            elif tokens[j].has("gram", "det") and tokens[j - 1].has("gram", "flag"):
                pass  # "X-flagged a ship"
            elif tokens[j].has("gram", "adj") and tokens[j].has("people") and any(u.has("org") for u in tokens[j + 1:j + 2]):
                pass  # "X's military intelligence", where one word is "military" and "soldier"
            elif tokens[j].has("goods") or tokens[j].has("people") or tokens[j].has("trigger"):
                break
            elif (tokens[j].has("gram", "adj") or (tokens[j].is_word and not tokens[j].entries)) and loose < 1:
                loose += not (area_after and tokens[j].has("gram", "adj"))
            else:
                break
            j += 1
    j = m.first - 1
    if head_first:
        while j >= 0 and (tokens[j].has("org") or tokens[j].has("gram", "title") or _name(tokens[j], m) or opens(tokens, j, m)):
            if tokens[j].has("org"):
                m.first, m.kind = j, m.kind or tokens[j].values("org")[0]
            j -= 1
            if m.at - j > _REACH + 2:
                break
    j = m.first - 1
    while j >= 0 and (tokens[j].has("gram", "det") or tokens[j].has("gram", "adj")) and not tokens[j].has("marker"):
        j -= 1
    if relative_before:
        return
    k = j - 1
    while head_first and k > 0 and tokens[k].has("gram", "adj") and not (tokens[k].has("org") or tokens[k].has("people")):
        k -= 1  # "retired officers of X", where what describes them stands between
    if k >= 0 and {"of", "in", "from"} & classes_of(tokens[j], cases_of(tokens, m)) and (
            tokens[k].has("org") or tokens[k].has("people")) and not tokens[k].has("say") and not _placed(tokens, j):
        m.first = k
        m.kind = m.kind or (tokens[k].values("org") or ("person",))[0]
        while m.first and tokens[m.first - 1].has("org"):
            m.first -= 1


def opens(tokens: Sequence[Token], j: int, m: Mention) -> bool:
    """The quotation mark right before a name."""
    return tokens[j].low == '"' and j == m.at - 1


def _placed(tokens: Sequence[Token], j: int) -> bool:
    """ "The sending of 4,000 troops into X": the place belongs to the act, not to the troops."""
    if j < 2 or not tokens[j].has("marker", "in") or not tokens[j - 1].has("people"):
        return False
    k = j - 2
    while k > 0 and j - k <= _REACH + 2 and (tokens[k].is_number or any(tokens[k].has("gram", kind) for kind in _SMALL)
                                             or tokens[k].has("numeral") or tokens[k].has("actor") or tokens[k].has("people")
                                             or any(tokens[k].has("marker", kind) for kind in ("of", "by", "between"))):
        k -= 1
    return tokens[k].has("trigger")


def is_article(tokens: Sequence[Token], j: int, m: Mention) -> bool:
    """Whether a word that is preposition and article in one ("des" in French) is the article: it opens the phrase of a common noun, and
    no noun stands before it to which that phrase could belong."""
    if not (tokens[j].has("gram", "det") and tokens[j].has("marker", "of")) or (m.first == m.at and m.form != "group"):
        return False
    before = tokens[j - 1] if j else None
    if before is None or before.low in _OPENERS or before.has("marker") or before.has("say"):
        return True
    verb = any(e.kind == "trigger" and e.form != "noun" for e in before.entries)
    return verb or any(before.has("gram", kind) for kind in ("boundary", "relative", "verb", "be", "have"))


def _name(token: Token, m: Mention) -> bool:
    """A capitalised part of a person's name between office and State."""
    return m.kind != "" and token.capital and token.is_word and not token.entries


def leads(tokens: Sequence[Token], i: int) -> bool:
    """A genitive with no noun before it to which it could belong: "X's shells", "have X's soldiers"."""
    if {e.case for e in tokens[i].entries if e.kind == "actor"} != {"genitive"}:
        return False
    before = tokens[i - 1] if i else None
    unknown = before is not None and before.capital and i > 1 and not before.entries
    return before is None or not (unknown or is_noun(before) or before.has("org") or before.has("say")
                                  or before.has("gram", "area") or before.has("gram", "title"))


def find_noun(tokens: Sequence[Token], m: Mention, head_first: bool, both: bool = False) -> None:
    """Find the goods, people or action noun that the mention only qualifies."""
    if head_first:
        j = m.first - 1
        if j >= 0 and tokens[j].has("marker", "made"):
            m.made = True
            j -= 1
        elif j >= 0 and tokens[j].has("marker", "of"):
            m.owned = True
            j -= 1
        if j > 0 and opens(tokens, j, m):
            j -= 1  # "the fighters of 'X'"
        loose = 0
        while j >= 0 and m.at - j <= 4:
            if is_noun(tokens[j]):
                if not m.cases or ("genitive" in m.cases and ("dative" not in m.cases or (both and j == m.first - 1))):
                    m.modifies = j
                return
            if tokens[j].has("gram", "adj") or (m.made and tokens[j].is_word and not tokens[j].entries and loose < 1):
                loose += 1
                j -= 1
                continue
            return
        return
    organ = m.kind and m.last > m.at
    oblique = bool(m.cases) and not m.cases & {"nominative", "genitive"}
    if (organ and m.cases != {"genitive"}) or (oblique and m.form != "adjective"):
        return
    j, owner = m.last + 1, m.form == "adjective" or ((both or organ) and m.cases == {"genitive"})
    while j < len(tokens) and j - m.last <= _REACH:
        token = tokens[j]
        if owns(token):
            owner = True
        elif token.has("marker", "made") or token.has("particle", "made"):
            m.made = owner = True
        elif is_noun(token):
            if (owner or j == m.last + 1) and (token.has("goods") if oblique else m.cases != {"dative"}):
                m.modifies = j  # "by X soldiers" they do it, "by X shells" they are of X
            return
        elif not owner or not (token.low in _JOINTS or token.is_number or token.has("gram", "adj") or token.has("unit")
                               or token.has("numeral") or (token.is_word and not token.entries)):
            return
        j += 1


def is_noun(token: Token) -> bool:
    return (token.has("goods") or token.has("people") or token.has("support")
            or any(e.kind == "trigger" and e.form == "noun" for e in token.entries))


def describing(tokens: Sequence[Token], names: Sequence[Mention], t: int, objects: set[int]) -> bool:
    """Whether the last of several names before the verb at ``t`` belongs to a description of its object, which the owner's word ends."""
    owners = [k for k in range(names[-1].last + 1, t) if tokens[k].has("gram", "owner")] if len(names) > 1 else []
    return any(k < j < t for k in owners for j in objects)
