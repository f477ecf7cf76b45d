"""Clauses: how far a verb reaches, whether it is active or passive, and where a description lies within."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.grammar import Grammar
from checker.extract.objects import Clause, View, closes
from checker.extract.tokens import Token

__all__ = ["articles_read", "clause_of", "described", "is_verb", "nouns_read", "voice_of"]

_ASIDE = 16
_HELPING = 14
_DESCRIPTION = 12
_NAMED = 3
_GROUP = 4
_SAY, _ACCORDING, _ACCORDING_BEHIND, _RELATIVE, _BOUNDARY, _CONJ, _HELP, _VERB, _SERIAL, _TRIGGER = (1 << n for n in range(10))
_GRAM = {"relative": _RELATIVE, "boundary": _BOUNDARY, "conj": _CONJ, "help": _HELP, "verb": _VERB, "serial": _SERIAL}
_SAYING = {"according": _SAY | _ACCORDING, "according_behind": _SAY | _ACCORDING_BEHIND}
_VERBAL = frozenset({"active", "passive", "participle", "infinitive", "nominal"})


def clause_of(view: View, t: int, noun: bool, grammar: Grammar) -> Clause:
    """The reach of the verb at ``t``, or of the noun of action (``noun``)."""
    tokens = view.tokens
    clause, linked = Clause(0, len(tokens) - 1), grammar.relative_before and not noun and _head_ahead(tokens, t)
    verb = _verb_begins(tokens, t)
    if grammar.object == "right" and not noun:
        clause.skip = _inserted(tokens, verb) or _restricted(tokens, verb) or clause.skip
    for j in range(t - 1, -1, -1):
        token = tokens[j]
        if clause.skip[0] <= j < clause.skip[1] == verb:
            continue
        sorts = _sorts(token) if token.entries else 0
        if sorts & _RELATIVE and not (j and tokens[j - 1].has("say")):
            clause.lo, clause.relative = j + 1, j
            break
        aside = sorts & _ACCORDING and j and tokens[j - 1].low == "," and not clause.skip[1]
        close = next((k for k in range(j + 1, min(t, j + _ASIDE)) if tokens[k].low == ","), -1) if aside else -1
        if close > 0:  # "X, in the words of Y, supplied ..."
            clause.skip = (j - 1, close + 1)
            continue
        if sorts & (_ACCORDING | _ACCORDING_BEHIND) and grammar.inverts and not clause.skip[1]:
            clause.skip = _source(view, j)
            if clause.skip[1]:
                continue  # "X has in the words of Y shells supplied"
        if sorts & (_SAY | _BOUNDARY) or token.low in (";", ":") or (token.low == "-" and _spaced(tokens, j)):
            clause.lo = j + 1
            break
        linked = linked or token.low == "," or bool(sorts & _CONJ)
        if sorts & _HELP or (j + 2 == t and tokens[j + 1].has("marker", "to")):
            continue  # "X helped Y build missiles", "X offered to sell shells"
        if not noun and (sorts & _TRIGGER or (linked and sorts & _VERB)):
            clause.lo, clause.verb_before = j + 1, j
            break
    _right_edge(view, t, grammar, clause)
    return clause


def _right_edge(view: View, t: int, grammar: Grammar, clause: Clause) -> None:
    tokens = view.tokens
    clause.far = next((j - 1 for j in range(t + 1, len(tokens)) if tokens[j].low == ";" or (
        tokens[j].entries and _sorts(tokens[j]) & (_SAY | _BOUNDARY))), len(tokens) - 1)
    for j in range(t + 1, len(tokens)):
        token = tokens[j]
        if clause.skip[0] <= j < clause.skip[1]:
            continue
        sorts = _sorts(token) if token.entries else 0
        if not clause.skip[1] and sorts & (_ACCORDING | _ACCORDING_BEHIND):
            clause.skip = _source(view, j)
            if clause.skip[1]:
                continue  # "X supplied, in the words of Y, shells to Z"
        if sorts & _RELATIVE and tokens[j - 1].low == ",":
            close = next((k for k in range(j + 2, min(len(tokens), j + _ASIDE)) if tokens[k].low == ","), -1)
            if close > 0:
                clause.skip = (j - 1, close + 1)
                continue
        verb = sorts & (_TRIGGER | _VERB)
        close = described(tokens, j) if grammar.relative_before and verb and not clause.skip[1] else -1
        if close > 0:
            clause.skip = (_description(tokens, t, j), close + 1)
            continue
        if (verb or sorts & (_SAY | _BOUNDARY | _RELATIVE) or token.low == ";" or (token.low == "-" and _spaced(tokens, j))) \
                and not sorts & _SERIAL:
            clause.hi = j - 1
            break


def _verb_begins(tokens: Sequence[Token], t: int) -> int:
    """The first of the helping verbs and small words in front of a verb: "has also" in "has also sent"."""
    j = t
    while j > 0 and t - j < _GROUP and any(tokens[j - 1].has("gram", kind) for kind in ("be", "have", "adj")):
        j -= 1
    return j


def _inserted(tokens: Sequence[Token], verb: int) -> tuple[int, int] | None:
    """What stands between two commas right before a verb: "X, which had bought shells, sent", "X, a spokesman said, sent"."""
    if verb < 4 or tokens[verb - 1].low != ",":
        return None
    opens = next((j for j in range(verb - 2, max(0, verb - _ASIDE), -1) if tokens[j].low == ","), -1)
    if opens <= 0 or tokens[opens + 1].has("gram", "conj"):
        return None
    subject = next((j for j in range(opens - 1, max(-1, opens - _ASIDE), -1) if tokens[j].low in (",", ";", ":") or tokens[j].has("say")
                    or tokens[j].has("gram", "boundary")), -1)
    named = any(u.has("actor") or u.has("goods") or u.has("people") or u.has("org") for u in tokens[subject + 1:opens])
    return (opens, verb) if named else None


def _restricted(tokens: Sequence[Token], verb: int) -> tuple[int, int] | None:
    """The relative clause without commas before a verb that is not its own: "a company in X that makes pumps sold"."""
    own = False
    for j in range(verb - 1, max(0, verb - _ASIDE), -1):
        token = tokens[j]
        if token.low in (",", ";", ":") or token.has("gram", "conj") or token.has("marker", "to"):
            return None
        if token.has("gram", "relative"):
            return (j, verb) if own and not tokens[j - 1].has("say") else None
        if token.has("say") or token.has("gram", "boundary"):
            return None
        own = own or is_verb(token)
    return None


def voice_of(tokens: Sequence[Token], t: int, form: str, grammar: Grammar) -> str:
    """Active, passive or noun. A participle is passive after "be", or directly after its goods; active after "have" or alone."""
    if form == "compound":  # "export did", "export became": the light verb right behind tells; alone it is a noun
        light = next((u for u in tokens[t + 1:t + 3] if u.has("gram", "have") or u.has("gram", "be")), None)
        if light is None:  # "X missiles from Y bought.": past tense and noun may be one
            return "active" if grammar.object == "left" and t > 1 and closes(tokens, t, False) else "noun"
        return "active" if light.has("gram", "have") else "passive"
    if form == "attributive" and any(u.has("gram", "be") for u in tokens[max(0, t - 3):t]):
        return "passive"
    if form in ("infinitive", "nominal"):
        return "active"
    if form != "participle":
        return form
    if grammar.object != "right":  # the helping verb may stand far ahead or right behind
        helping = next((u for u in [*tokens[t + 1:t + 3], *reversed(tokens[max(0, t - _HELPING):t])]
                        if u.has("gram", "be") or u.has("gram", "have")), None)
        if helping is not None:
            return "passive" if helping.has("gram", "be") else "active"
    for j in range(t - 1, max(-1, t - 5), -1):
        if tokens[j].has("gram", "be"):
            return "passive"
        if tokens[j].has("gram", "have"):
            return "active"
        if tokens[j].has("goods") or tokens[j].has("people"):
            return "passive" if j >= t - 2 and not _object_follows(tokens, t, tokens[j].has("org")) else "active"
        if tokens[j].has("actor") or tokens[j].has("say"):
            break
    if t + 1 < len(tokens) and tokens[t + 1].has("marker", "by"):
        return "passive"
    return "active"


def _source(view: View, at: int) -> tuple[int, int]:
    """The tokens, last one excluded, of "according to X" with its word at ``at``; ``(0, 0)`` where nobody is named."""
    if view.tokens[at].has("say", "according_behind"):
        return next(((m.first, at + 1) for m in view.mentions if m.last in (at - 1, at)), (0, 0))
    named = next((m.last + 1 for m in view.mentions if at < m.first <= at + _NAMED), 0)
    sort = next((j + 1 for j in range(at + 1, min(at + 1 + _NAMED, len(view.tokens))) if view.tokens[j].has("claimant")), 0)
    return (at, max(named, sort)) if max(named, sort) else (0, 0)


def described(tokens: Sequence[Token], t: int) -> int:
    """The owner's word that ends a description with the verb at ``t``, right before the goods, people or party it describes; or -1."""
    for k in range(t + 1, min(len(tokens) - 1, t + _DESCRIPTION)):
        if tokens[k].low in (",", ";", ":") or tokens[k].has("say"):
            return -1
        if tokens[k].has("gram", "owner"):
            near = tokens[k + 1:k + 5]
            return k if any(u.has("goods") or u.has("people") or u.has("support") for u in near) else -1
    return -1


def _description(tokens: Sequence[Token], t: int, verb: int) -> int:
    """Where the description with the verb at ``verb`` begins: at a bare name before it, else at the verb."""
    begin = verb
    for j in range(verb - 1, t, -1):
        if tokens[j].has("goods") or tokens[j].has("trigger"):
            break
        if tokens[j].has("actor") and not tokens[j - 1].has("marker") and not tokens[j - 1].has("trigger"):
            begin = j
    return begin


def _object_follows(tokens: Sequence[Token], t: int, organ: bool) -> bool:
    """Goods or help right after the verb, before any preposition: the noun before it is the doer. So is an ``organ`` before a name: "the
    army of X supplied Y with arms"."""
    for token in tokens[t + 1:t + 6]:
        if token.has("goods") or token.has("support") or token.has("people") or (organ and token.has("actor")):
            return True
        if token.has("marker") or token.low in (",", "."):
            return False
    return False


def _sorts(token: Token) -> int:
    """All that the edge of a clause depends on, found in one go, because every word around every verb is asked."""
    sorts = 0
    for entry in token.entries:
        if entry.kind == "gram":
            sorts |= _GRAM.get(entry.value, 0)
        elif entry.kind == "say":
            sorts |= _SAYING.get(entry.value, _SAY)
        elif entry.kind == "trigger" and entry.form in _VERBAL:
            sorts |= _TRIGGER
    return sorts


def is_verb(token: Token) -> bool:
    return bool(_sorts(token) & (_TRIGGER | _VERB))


def _head_ahead(tokens: Sequence[Token], t: int) -> bool:
    """The verb belongs to a description: the owner's word and what it describes come before the next comma."""
    owner = next((k for k in range(t + 1, min(len(tokens) - 1, t + _DESCRIPTION)) if tokens[k].low in (",", ";", ":")
                  or tokens[k].has("gram", "owner")), -1)
    return owner > 0 and tokens[owner].has("gram", "owner") and any(
        u.has("goods") or u.has("people") or u.has("actor") or u.has("org") for u in tokens[owner + 1:owner + 5])


def _spaced(tokens: Sequence[Token], j: int) -> bool:
    """A dash with spaces around it, not a hyphen."""
    return 0 < j < len(tokens) - 1 and tokens[j - 1].end < tokens[j].start and tokens[j].end < tokens[j + 1].start


def nouns_read(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with words that are noun and verb ("ships") read as nouns behind an article, a number or "of that State"."""
    read: list[Token] = []
    for j, token in enumerate(tokens):
        if len(token.entries) > 1 and j and _noun_and_verb(token):
            before = read[j - 1] if read else tokens[j - 1]
            if before.is_number or before.has("numeral") or before.has("gram", "det") or any(
                    e.kind == "actor" and e.form == "adjective" for e in before.entries):
                read = read or list(tokens)
                read[j] = token.meaning(tuple(e for e in token.entries if e.kind != "trigger"))
    return tuple(read) if read else tokens


def _noun_and_verb(token: Token) -> bool:
    return any(e.kind == "trigger" and e.form == "active" for e in token.entries) and (token.has("org") or token.has("people"))


def articles_read(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with words that are article and relative pronoun read as one of them: the pronoun stands behind a comma (and a
    preposition), but not behind a verb of saying ("X said, the ...")."""
    read: list[Token] = []
    for j, token in enumerate(tokens):
        if len(token.entries) > 1 and token.has("gram", "relative") and token.has("gram", "det"):
            k = j - 1 - (j > 1 and tokens[j - 1].has("marker"))
            opens = k > 0 and tokens[k].low == "," and not any(u.has("say") for u in tokens[max(0, k - 4):k])
            kind = "det" if opens else "relative"
            token = token.meaning(tuple(e for e in token.entries if (e.kind, e.value) != ("gram", kind)))
        read.append(token)
    return tuple(read)
