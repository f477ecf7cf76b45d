"""Markers: the preposition, particle or case under which a name stands, alone or in a list."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.grammar import Grammar
from checker.extract.phrases import Mention, class_of, is_article, opens
from checker.extract.tokens import Token

__all__ = ["coordinate", "find_marker", "marker_tells", "read_case", "read_particle", "share_marker"]

_REACH = 5


def marker_tells(tokens: Sequence[Token], m: Mention, grammar: Grammar) -> bool:
    """Whether the preposition tells more than the noun behind the name: "given to X 's shells", "to X export arms"."""
    if tokens[min(m.last + 1, len(tokens) - 1)].has("gram", "owner") or (m.marker == "help" and tokens[m.modifies].has("people")):
        return True
    return grammar.noun_subject and m.marker in ("to", "from", "via", "for", "with", "in") and not tokens[m.modifies].has("people")


def read_particle(tokens: Sequence[Token], m: Mention) -> None:
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


def read_case(tokens: Sequence[Token], m: Mention) -> None:
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


def coordinate(tokens: Sequence[Token], found: Sequence[Mention]) -> None:
    """Names joined by a particle ("Iran-and North Korea-subject"): the last one bears the role of all."""
    for a, b in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        j = a.last + 1
        if j >= len(tokens) or b.first - j > 1 or b.first == j:
            continue
        if tokens[j].has("particle", "conj") or (tokens[j].has("gram", "conj") and b.case and a.free and not a.case):
            a.marker, a.marker_at, a.case, a.modifies, b.joined = b.marker, b.marker_at, b.case, b.modifies, a.at


def share_marker(tokens: Sequence[Token], found: Sequence[Mention]) -> None:
    """A particle that says "and" as well as "with" says "with" where no other name follows."""
    for m in found:
        j = m.last + 1
        both = j < len(tokens) and tokens[j].has("particle", "conj") and tokens[j].has("particle", "with")
        if both and not m.marker and m.modifies < 0 and all(other.first != j + 1 for other in found):
            m.marker, m.marker_at = "with", j


def find_marker(tokens: Sequence[Token], m: Mention, before: Sequence[Mention], grammar: Grammar) -> None:
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
        if is_article(tokens, j, m):
            j -= 1
            continue
        if j and m.first < m.at and token.has("marker", "of") and tokens[j - 1].has("numeral"):
            j -= 2  # "dozens of officers of X"
            continue
        if token.has("marker"):
            if cases == {"nominative"}:
                return  # no preposition has a nominative behind it
            m.marker, m.marker_at = class_of(token, cases), j
            if not cases:
                m.either = tuple(e.value for e in token.entries if e.kind == "marker" and e.case)
            if j and tokens[j - 1].has("gram", "belongs"):  # "a ship belonging to X"
                m.marker, m.marker_at = "belongs", j - 1
                return
            inner = {"in", "of"} & set(token.values("marker")) and j and tokens[j - 1].has("gram", "area")
            if not inner:
                within = _within(tokens, j) if grammar.head == "first" and m.modifies < 0 and token.has("marker", "of") else -1
                if within >= 0:
                    m.marker, m.marker_at = "in", within
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
        if token.has("org") or any(token.has("gram", kind) for kind in ("det", "adj", "title", "area")) or opens(tokens, j, m):
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


def _within(tokens: Sequence[Token], j: int) -> int:
    """Where "in" stands before a noun phrase that the "of" at ``j`` ends: "in two private clinics of X"; -1 if nowhere."""
    k, known = j - 1, False
    while k > 0 and j - k <= _REACH + 3:
        token = tokens[k]
        if token.has("marker", "in"):
            return k if known and (j - k > 2 or not _unknown(tokens[j - 1])) else -1  # but "officers in retirement of X"
        noun = _unknown(token) or token.has("org") or token.has("goods") or token.has("gram", "area")
        small = any(token.has("gram", kind) for kind in ("det", "adj")) or token.has("numeral") or token.is_number
        if not (noun or small or (token.has("marker", "of") and k < j - 1)):
            return -1
        known, k = known or noun, k - 1
    return -1


def _unknown(token: Token) -> bool:
    return token.is_word and not token.entries and not token.capital


def _begins(tokens: Sequence[Token], m: Mention, last: Mention, j: int) -> bool:
    """A new clause begins with the mention: "X sold arms to Y, and Z bought tanks"."""
    verb = m.last + 1 < len(tokens) and any(e.kind == "trigger" and e.form == "active" for e in tokens[m.last + 1].entries)
    return verb and last.marker == "to" and j > 0 and tokens[j - 1].low == "," and tokens[j].has("gram", "conj")


def _town_before(tokens: Sequence[Token], j: int, m: Mention) -> int:
    """The first token of an unknown place name before the comma at ``j`` that the State explains, -1 if there is none."""
    if tokens[j].low != "," or m.first != j + 1 or m.form == "adjective" or m.last > m.at or _says(tokens, m):
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
