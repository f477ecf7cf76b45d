"""Mentions of States, parties and places in a sentence: what they belong to, and under which preposition they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.extract.grammar import Grammar
from checker.extract.tokens import Token

__all__ = ["Mention", "find_mentions"]

_REACH = 5
_SMALL = ("det", "adj", "about", "at_least", "conj")
_OPENERS = (",", ";", ":", '"', "(", "-")


@dataclass(slots=True)
class Mention:
    """A State, group or place at token ``at``; its whole noun phrase runs from token ``first`` to ``last``.

    ``kind`` is the party kind of an organ noun in the phrase ("ministry" -> ``government``). ``marker`` is the class of the
    preposition (``either``: what it may be, where only the case could tell and the name is not declined), ``modifies`` the token of
    the goods, people or action noun that the mention merely qualifies (-1: none).
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

    @property
    def free(self) -> bool:
        """Neither under a preposition nor a mere qualifier, and no object."""
        return not self.marker and self.modifies < 0 and self.case != "object"


def find_mentions(tokens: Sequence[Token], grammar: Grammar) -> list[Mention]:
    """All mentions of one sentence in order."""
    found: list[Mention] = []
    for i, token in enumerate(tokens):
        entry = next((e for e in token.entries if e.kind in ("actor", "place")), None)
        if entry is None:
            continue
        follows = grammar.follows(entry.form) and not (grammar.genitive_both and _leads(tokens, i))
        mention = Mention(i, i, i, entry.value, entry.form, entry.kind == "place")
        _organ(tokens, mention, follows, grammar.area_after, grammar.relative_before)
        mention.cases = _cases(tokens, mention)
        _qualifies(tokens, mention, follows, grammar.genitive_both)
        if mention.made and mention.modifies < 0 and mention.first and _noun(tokens[mention.first - 1]):
            mention.modifies = mention.first - 1  # "drones of Iranian make"
        _particle(tokens, mention)
        closing = mention.case == "object" and grammar.head == "first"
        if closing:  # the particle closes a long phrase: "(the sending to X) object"; a preposition tells more of X
            mention.case = ""
        _marker(tokens, mention, found)
        if mention.marker == "of" and mention.marker_at and tokens[mention.marker_at - 1].has("gram", "area"):
            mention.marker, mention.marker_at = "", -1  # "the port of X exports": as X itself
        if closing and mention.free:
            mention.case = "object"
        _case(tokens, mention)
        if mention.marker and mention.modifies >= 0 and _marker_tells(tokens, mention, grammar):
            mention.modifies = -1
        _theatre(tokens, mention, follows)
        found.append(mention)
    _coordinate(tokens, found)
    _partners(tokens, found)
    for a, b in pairwise(found):
        if grammar.noun_subject and a.marker and b.form == "group" and a.last == b.at - 2 and _owner(tokens[b.at - 1]):
            b.modifies = -1  # "to X 's rebels send ...": the preposition is theirs
    return found if grammar.genitive_subject else _without_owners(tokens, found, grammar.head == "first")


def _marker_tells(tokens: Sequence[Token], m: Mention, grammar: Grammar) -> bool:
    """Whether the preposition tells more than the noun behind the name: "given to X 's shells", "to X export arms"."""
    if tokens[min(m.last + 1, len(tokens) - 1)].has("gram", "owner"):
        return True
    return grammar.noun_subject and m.marker in ("to", "from", "via", "for", "with", "in") and not tokens[m.modifies].has("people")


def _owner(token: Token) -> bool:
    """What makes the name before it an owner: "'s", or a particle or small word of the pack."""
    return token.low in ("'s", "'") or token.has("gram", "owner") or token.has("particle", "of")


def _cases(tokens: Sequence[Token], m: Mention) -> frozenset[str]:
    """The grammatical cases the head of the phrase may stand in; empty where the pack tells none. A spelling the pack gives both
    without case and under one is a nominative, too."""
    head = tokens[m.first] if m.first < m.at and tokens[m.first].has("org") else tokens[m.at]
    if m.last > m.at:
        head = tokens[m.last]  # "of a Russian company": the noun bears the case
    found = {e.case for e in head.entries if e.kind in ("actor", "org", "place")}
    return frozenset(case or "nominative" for case in found) if found - {""} else frozenset()


def _particle(tokens: Sequence[Token], m: Mention) -> None:
    """A particle or ending behind the phrase tells its role."""
    j = m.last + 1
    if j >= len(tokens) or not tokens[j].has("particle"):
        return
    value = tokens[j].values("particle")[0]
    if value == "object" and tokens[j].start == tokens[m.last].end and j + 1 < len(tokens) and tokens[j + 1].has("marker"):
        m.marker, m.marker_at, m.modifies = tokens[j + 1].values("marker")[0], j + 1, -1  # "X-object through": through X
    elif value in ("subject", "topic", "object"):
        m.case = value
    elif value == "of":
        if m.modifies < 0:
            m.marker, m.marker_at = "of", j
    elif value == "made":
        m.made = True
    elif value != "conj":
        m.marker, m.marker_at, m.modifies = value, j, -1


def _case(tokens: Sequence[Token], m: Mention) -> None:
    """A name in a case of its own, with no preposition: the receiver, the doer of a passive, an owner or an object. A form that may be
    dative or genitive is genitive behind a word that has no part in the matter ("the economy of X")."""
    if not m.cases or m.marker or m.modifies >= 0 or "nominative" in m.cases:
        return
    for case, marker in (("dative", "to"), ("instrumental", "by"), ("ablative", "from"), ("locative", "in"), ("genitive", "of")):
        if case == "dative" and "genitive" in m.cases and m.first and tokens[m.first - 1].is_word and not tokens[m.first - 1].entries:
            continue
        if case in m.cases:
            m.marker, m.marker_at, m.by_case = marker, m.first, case
            return
    m.case = "object"


def _partners(tokens: Sequence[Token], found: Sequence[Mention]) -> None:
    """A particle that says "and" as well as "with" says "with" where no other name follows."""
    for m in found:
        j = m.last + 1
        both = j < len(tokens) and tokens[j].has("particle", "conj") and tokens[j].has("particle", "with")
        if both and not m.marker and m.modifies < 0 and all(other.first != j + 1 for other in found):
            m.marker, m.marker_at = "with", j


def _class(token: Token, cases: frozenset[str]) -> str:
    """The class of a preposition: of several, the one whose case the name stands in ("in" or "into")."""
    entries = [e for e in token.entries if e.kind == "marker"]
    fits = [e for e in entries if e.case and e.case in cases] or [e for e in entries if not e.case] or entries
    return fits[0].value


def _classes(token: Token, cases: frozenset[str]) -> set[str]:
    """All classes of a preposition, or the one fitting class where it asks for cases."""
    if any(e.kind == "marker" and e.case for e in token.entries):
        return {_class(token, cases)}
    return set(token.values("marker"))


def _coordinate(tokens: Sequence[Token], found: Sequence[Mention]) -> None:
    """Names joined by a particle ("Iran-and North Korea-subject"): the last one bears the role of all."""
    for a, b in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        j = a.last + 1
        if j >= len(tokens) or b.first - j > 1 or b.first == j:
            continue
        if tokens[j].has("particle", "conj") or (tokens[j].has("gram", "conj") and b.case and a.free and not a.case):
            a.marker, a.marker_at, a.case, a.modifies, b.joined = b.marker, b.marker_at, b.case, b.modifies, a.at


def _organ(tokens: Sequence[Token], m: Mention, head_first: bool, area_after: bool, relative_before: bool = False) -> None:
    """Extend the phrase over organ nouns: "Russia's defence ministry", "militer Rusia", "companies in China"; and over "region" and
    "port" where these follow the name."""
    if m.form == "institution":
        m.kind = "government"
    if not head_first:
        j = m.last + 1
        if j < len(tokens) and _owner(tokens[j]):
            j += 1
        loose = 0
        while j < len(tokens) and j - m.at <= _REACH:
            if tokens[j].has("org"):
                m.last, m.kind, loose = j, tokens[j].values("org")[-1], 0
            elif area_after and tokens[j].has("gram", "area"):
                m.last, loose = j, 0
            elif tokens[j].has("goods") or tokens[j].has("people") or tokens[j].has("trigger"):
                break
            elif (tokens[j].has("gram", "adj") or (tokens[j].is_word and not tokens[j].entries)) and loose < 1:
                loose += 1
            else:
                break
            j += 1
    j = m.first - 1
    if head_first:
        while j >= 0 and (tokens[j].has("org") or tokens[j].has("gram", "title") or _name(tokens[j], m) or _opening(tokens, j, m)):
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
    if j > 0 and {"of", "in", "from"} & _classes(tokens[j], _cases(tokens, m)) and (
            tokens[j - 1].has("org") or tokens[j - 1].has("people")) and not _placed(tokens, j):
        m.first = j - 1
        m.kind = m.kind or (tokens[j - 1].values("org") or ("person",))[0]
        while m.first and tokens[m.first - 1].has("org"):
            m.first -= 1


def _opening(tokens: Sequence[Token], j: int, m: Mention) -> bool:
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


def _article(tokens: Sequence[Token], j: int, m: Mention) -> bool:
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


def _leads(tokens: Sequence[Token], i: int) -> bool:
    """A genitive with no noun before it to which it could belong: "X's shells", "have X's soldiers"."""
    if {e.case for e in tokens[i].entries if e.kind == "actor"} != {"genitive"}:
        return False
    before = tokens[i - 1] if i else None
    unknown = before is not None and before.capital and i > 1 and not before.entries
    return before is None or not (unknown or _noun(before) or before.has("org") or before.has("say")
                                  or before.has("gram", "area") or before.has("gram", "title"))


def _qualifies(tokens: Sequence[Token], m: Mention, head_first: bool, both: bool = False) -> None:
    """Find the goods, people or action noun that the mention only qualifies."""
    if head_first:
        j = m.first - 1
        if j >= 0 and tokens[j].has("marker", "made"):
            m.made = True
            j -= 1
        elif j >= 0 and tokens[j].has("marker", "of"):
            m.owned = True
            j -= 1
        loose = 0
        while j >= 0 and m.at - j <= 4:
            if _noun(tokens[j]):
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
    if (organ and m.cases != {"genitive"}) or (m.cases and not m.cases & {"nominative", "genitive"}):
        return
    j, owner = m.last + 1, m.form == "adjective" or ((both or organ) and m.cases == {"genitive"})
    while j < len(tokens) and j - m.last <= _REACH:
        token = tokens[j]
        if _owner(token):
            owner = True
        elif token.has("marker", "made") or token.has("particle", "made"):
            m.made = owner = True
        elif _noun(token):
            if (owner or j == m.last + 1) and m.cases != {"dative"}:
                m.modifies = j
            return
        elif not owner or not (token.low == "-" or token.is_number or token.has("gram", "adj") or token.has("unit") or token.has("numeral")
                               or (token.is_word and not token.entries)):
            return
        j += 1


def _noun(token: Token) -> bool:
    return (token.has("goods") or token.has("people") or token.has("support")
            or any(e.kind == "trigger" and e.form == "noun" for e in token.entries))


def _marker(tokens: Sequence[Token], m: Mention, before: Sequence[Mention]) -> None:
    if m.marker or m.case:
        return
    j, loose, cases = m.first - 1, 0, m.cases
    while j >= 0 and m.first - j <= _REACH + 1:
        token = tokens[j]
        governed = {e.case for e in token.entries if e.kind == "gram" and e.value == "area"}
        cases = frozenset(governed) if governed - {""} else cases
        if token.has("gram", "help"):
            m.marker, m.marker_at = "help", j
            return
        if token.has("gram", "passive"):
            m.marker, m.marker_at = "by", j
            return
        if _article(tokens, j, m):
            j -= 1
            continue
        if token.has("marker"):
            if cases == {"nominative"}:
                return  # no preposition has a nominative behind it
            m.marker, m.marker_at = _class(token, cases), j
            if not cases:
                m.either = tuple(e.value for e in token.entries if e.kind == "marker" and e.case)
            if j and tokens[j - 1].has("gram", "belongs"):  # "a ship belonging to X"
                m.marker, m.marker_at = "belongs", j - 1
                return
            inner = {"in", "of"} & set(token.values("marker")) and j and tokens[j - 1].has("gram", "area")
            if not inner:
                return
            j -= 1
            continue
        town = _town_before(tokens, j, m)
        if town >= 0:  # "to Kursk, Russia"
            j = town - 1
            continue
        if token.has("gram", "conj") or token.low == ",":
            last = before[-1] if before else None
            listed = token.low != "," or (_listed(tokens, m) and not _says(tokens, m))
            touches = last is not None and (last.last == j - 1 or (last.last == j - 2 and tokens[j - 1].low == ","))
            if last is not None and touches and listed and (last.marker or last.modifies < 0) and not _begins(tokens, m, last, j):
                m.marker, m.marker_at, m.joined = last.marker, last.marker_at, last.at
            return
        if token.has("org") or any(token.has("gram", kind) for kind in ("det", "adj", "title", "area")) or _opening(tokens, j, m):
            j -= 1
            continue
        counts = (token.is_number or token.has("numeral")) and tokens[j + 1].has("unit")
        if counts or token.has("unit"):  # "to one Chinese ship", where a counter stands between
            j -= 1
            continue
        if token.is_word and not token.entries and token.capital and loose < 2 and j:
            loose += 1
            j -= 1
            continue
        return


def _begins(tokens: Sequence[Token], m: Mention, last: Mention, j: int) -> bool:
    """A new clause begins with the mention: "X sold arms to Y, and Z bought tanks"."""
    verb = m.last + 1 < len(tokens) and any(e.kind == "trigger" and e.form == "active" for e in tokens[m.last + 1].entries)
    return verb and last.marker == "to" and j > 0 and tokens[j - 1].low == "," and tokens[j].has("gram", "conj")


def _town_before(tokens: Sequence[Token], j: int, m: Mention) -> int:
    """The first token of an unknown place name before the comma at ``j`` that the State explains, -1 if there is none."""
    if tokens[j].low != "," or m.first != j + 1 or m.form == "adjective" or m.last > m.at:
        return -1
    k = j - 1
    while k > 0 and j - k <= 3 and tokens[k].capital and tokens[k].is_word and not tokens[k].entries:
        k -= 1
    return k + 1 if k < j - 1 and k >= 0 and (tokens[k].has("marker") or tokens[k].has("gram", "area")) else -1


def _listed(tokens: Sequence[Token], m: Mention) -> bool:
    """A list goes on after the mention: another comma, or "and"."""
    after = m.last + 1
    return after < len(tokens) and (tokens[after].low == "," or tokens[after].has("gram", "conj"))


def _says(tokens: Sequence[Token], m: Mention) -> bool:
    after = m.last + 1
    return after < len(tokens) and tokens[after].has("say")


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
            if tokens[j].has("trigger") or tokens[j].low in (",", ";") or tokens[j].has("goods") or tokens[j].has("gram", "owner"):
                return
    after = m.last + 1
    if after < len(tokens) and _owner(tokens[after]):
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
                after.cases and m.form != "adjective" and m.cases and "genitive" not in m.cases) and (
                (after.at == m.at + 1 and not head_first) or _owner(tokens[after.at - 1])
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
