"""The object of a frame: which goods, people or help a verb or noun of action speaks of, with amount, figures and origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from checker.extract.amounts import amount_after, amount_before, figure_near
from checker.extract.dates import DateMention
from checker.extract.grammar import Grammar
from checker.extract.instance import Argument, GoodsRef, Instance
from checker.extract.named import is_named
from checker.extract.phrases import Mention
from checker.extract.tokens import Sentence, Token
from checker.vocabulary.taxonomy import Taxonomy

__all__ = ["Clause", "ObjectFinder", "View", "argument_of", "closes"]

_OBJECT_REACH = 11
_LEFT_REACH = 24
_SHIP_REACH = 6
_CALLED = 5
_OPENING = ("「", "『", "\"", "'", "(")
_COUNTING = frozenset({"numeral", "unit", "actor"})
_BETWEEN = frozenset({("gram", "adj"), ("gram", "about"), ("gram", "at_least"), ("marker", "of"), ("marker", "made"),
                      ("particle", "of"), ("particle", "made")})
"""What may stand between the items of a list beside numbers and names."""


@dataclass(slots=True)
class View:
    """One sentence with its mentions and dates."""

    sentence: Sentence
    mentions: list[Mention]
    dates: list[DateMention]
    instances: list[Instance] = field(default_factory=list)
    ways: list[Instance] = field(default_factory=list)
    """Ways of ships, "sailing from X to Y", of whose load the clause says nothing."""
    cues: frozenset[str] = frozenset()
    """The kinds of cues in the sentence: most have none, and nobody need look for them word by word."""

    @property
    def tokens(self) -> Sequence[Token]:
        return self.sentence.tokens


@dataclass(slots=True)
class Clause:
    """The reach of a trigger: tokens ``lo`` to ``hi``; ``relative`` the relative marker at its left edge (-1: none)."""

    lo: int
    hi: int
    relative: int = -1
    verb_before: int = -1
    far: int = 0
    skip: tuple[int, int] = (0, 0)

    def holds(self, at: int) -> bool:
        """True for tokens of the clause itself, not of a relative clause between commas in it."""
        return self.lo <= at <= self.hi and not self.skip[0] <= at < self.skip[1]


class ObjectFinder:
    """Finds objects around a trigger. ``goods`` is the taxonomy of goods."""

    def __init__(self, goods: Taxonomy, grammar: Grammar, object_endings: tuple[str, ...] = ()) -> None:
        self.goods = goods
        self.grammar = grammar
        self.object_endings = object_endings

    def places(self, tokens: Sequence[Token], t: int, clause: Clause, voice: str, left_object: bool) -> list[int | None]:
        """Where the object of a trigger may stand, the likeliest place first."""
        side = self.grammar.object
        if tokens[t].has("gram", "load") and tokens[t].has("goods"):
            return [t]  # "the buyer was X" speaks of the goods named before
        if voice == "adnominal":  # "the shells that X sent Y" in languages where the verb stands before its noun
            left = self._left_object(tokens, t, clause) if side == "left" else None
            return [self._marked_object(tokens, t, clause), self._right_object(tokens, t, clause, voice), left]
        if voice == "attributive":  # "the sent shells" or "the shells, sent by X": the noun follows, or stands before the comma
            behind = self._right_object(tokens, t, clause, voice)
            apart = t > 0 and (tokens[t - 1].low == "," or tokens[t - 1].has("goods"))
            return [self._left_object(tokens, t, clause), behind] if apart else [behind, self._left_object(tokens, t, clause)]
        if side == "left" and voice == "passive" and self.grammar.head == "last":  # what ends its clause has its object before it
            behind = self._right_object(tokens, t, clause, voice)
            told = behind is not None and behind > 0 and tokens[behind].has("people")  # "was sent, experts said"
            return [self._left_object(tokens, t, clause), self._next_object(tokens, t) if told else behind]
        if voice == "passive" or left_object:
            return [self._left_object(tokens, t, clause), self._right_object(tokens, t, clause, voice)]
        if voice == "noun":
            if tokens[t].has("goods"):
                return [t]  # goods and action in one word
            behind = side != "left" or self.grammar.head == "first"
            return [self._right_object(tokens, t, clause, voice) if behind else None, self._beside(tokens, t)]
        if side == "left":
            ahead = None if self.grammar.head == "first" else self._next_object(tokens, t)
            return [self._marked_object(tokens, t, clause), ahead, self._left_object(tokens, t, clause)]
        right = [self._right_object(tokens, t, clause, voice), self._antecedent(tokens, clause)]
        if side != "right" and self.grammar.second and _last(tokens, t):
            return [self._left_object(tokens, t, clause), right[0]]
        return right if side == "right" else [*right, self._left_object(tokens, t, clause)]

    def ship(self, tokens: Sequence[Token], t: int, clause: Clause, voice: str, left_object: bool, within: Sequence[str]) -> int:
        """The nearest word for a ship or aircraft in the clause, first on the side where the object stands; -1 if there is none."""
        left = voice in ("passive", "attributive") or left_object or (self.grammar.object == "left" and voice != "noun")
        before, after = range(t - 1, clause.lo - 1, -1), range(t + 1, clause.hi + 1)
        found = (j for side in ((before, after) if left else (after, before)) for j in side if self.ships(tokens[j], within))
        near = range(clause.relative - 1, max(-1, clause.relative - _SHIP_REACH), -1)
        return next(found, next((j for j in near if clause.relative > 0 and self.ships(tokens[j], within)), -1))

    def ships(self, token: Token, within: Sequence[str]) -> bool:
        """Whether a word names a ship or aircraft, by itself or as goods ``within`` these terms."""
        return token.has("org", "ship") or any(w in self.goods.ancestors(term) for term in token.values("goods") for w in within)

    def _marked_object(self, tokens: Sequence[Token], t: int, clause: Clause) -> int | None:
        """The nearest object word before the verb that bears the particle of objects; -1 when something else bears it."""
        for j in range(t - 1, max(clause.lo, t - _LEFT_REACH) - 1, -1):
            token = tokens[j]
            named = _CALLED if j + 1 < t and tokens[j + 1].low in _OPENING else 0  # "air defence system 'X'"
            if _object_word(token) and any(u.has("particle", "object") for u in tokens[j + 1:min(t, j + 5 + named)]):
                return j
            if token.has("gram", "pronoun") and tokens[j + 1].has("particle", "object"):  # "makes drones and sells them to X"
                return next((k for k in range(j - 1, max(-1, j - _LEFT_REACH), -1) if _object_word(tokens[k])), None)
            other = bool(self.object_endings) and not token.entries and token.low.endswith(self.object_endings)
            if token.has("gram", "stop_object") or (other and not tokens[j + 1].has("marker")):
                return -1
        return None

    def _next_object(self, tokens: Sequence[Token], t: int) -> int | None:
        """The object word a verb directly before it describes: "sent 152-mm shells" for "shells that were sent"."""
        for j in range(t + 1, min(len(tokens), t + 7)):
            if _object_word(tokens[j]):
                return j
            token = tokens[j]
            joint = any(token.has("particle", kind) for kind in ("of", "made"))
            if not joint and not (token.has("actor") or token.has("gram", "adj") or token.low == "-" or _counts(token)
                                  or (token.is_word and not token.entries and j < t + 3)):
                return None
        return None

    def _right_object(self, tokens: Sequence[Token], t: int, clause: Clause, voice: str) -> int | None:
        """The first object word after the trigger; -1 when something else is the object."""
        aside = clause.skip[1] - clause.skip[0]
        reach = _OBJECT_REACH + aside + sum(_counts(u) for u in tokens[t + 1:t + _OBJECT_REACH])  # "some 10,000 containers, with ..."
        price = False
        for j in range(t + 1, min(clause.hi, t + reach) + 1):
            token = tokens[j]
            if not clause.holds(j):
                continue
            if self._purpose(tokens, j):
                return None  # "flew to X to inspect missiles"
            if price and token.has("goods"):
                price = False
                continue  # "received in return for shells drones"
            if voice == "active" and token.has("marker", "exchange"):
                price = True
                continue
            if token.low == "," and self.grammar.unspaced:
                return None  # a list has signs of its own
            if token.has("gram", "stop_object"):
                return -1
            if token.has("people") and token.has("gram", "adj") and any(u.has("goods") for u in tokens[j + 1:j + 3]):
                continue  # "military satellite"
            if token.has("goods") or token.has("people") or token.has("support"):
                return j
            if token.has("marker", "between") and any(u.is_number for u in tokens[j + 1:j + 3]):
                continue  # "between 3,000 and 4,000 soldiers", "between 2017 and 2019"
            if token.has("marker", "in") and _counts(tokens[j - 1]):
                continue  # "2 million dollars in cash"
            if token.has("marker"):
                kinds = set(token.values("marker"))
                if not kinds & {"of", "with", "made", "such"} and voice != "noun":
                    around = {"to", "from", "by", "in"} | ({"via"} if self.grammar.subject_after else set())
                    free = self.grammar.marked_both or self.grammar.subject_after or self.grammar.head == "first"
                    if kinds & around and (free or j + 4 < clause.hi):
                        continue
                    if "for" in kinds and self.grammar.head == "first" and _named_next(tokens, j):
                        continue  # "sent for X shells"
                    if "for" in kinds and self.grammar.marked_both:
                        continue
                    return None
                if "exchange" in kinds:
                    return None
        return None

    def _purpose(self, tokens: Sequence[Token], j: int) -> bool:
        """ "To" before a verb nobody knows: another object follows."""
        after = tokens[j + 1] if j + 1 < len(tokens) else None
        infinitive = after is not None and after.is_word and not (after.entries or after.capital)
        return infinitive and self.grammar.infinitive_to and tokens[j].has("marker", "to")

    def _left_object(self, tokens: Sequence[Token], t: int, clause: Clause) -> int | None:
        found = self._antecedent(tokens, clause)
        for j in range(t - 1, max(clause.lo, t - _LEFT_REACH) - 1, -1):
            if tokens[j].has("people"):
                return self._first_crowd(tokens, j, clause.lo)
            if tokens[j].has("goods") or tokens[j].has("support"):
                return j
            if tokens[j].has("gram", "stop_object") and j >= t - 3:
                return -1
        linked = clause.verb_before >= 0 and any(u.has("gram", "conj") for u in tokens[clause.verb_before + 1:t])
        reduced = clause.verb_before > 0 and any(e.form == "participle" for e in tokens[clause.verb_before].entries) and any(
            u.has("goods") for u in tokens[max(0, clause.verb_before - 2):clause.verb_before])  # "shells sent by X have come"
        if found is None and (linked or reduced or any(tokens[j].has("gram", "be") for j in range(max(0, t - 3), t))):
            for j in range(clause.lo - 1, -1, -1):  # "the shells bought by X were shipped": past the reduced clause
                if tokens[j].has("say") or tokens[j].has("gram", "boundary"):
                    break
                if tokens[j].has("goods"):
                    return j
        return found

    def _first_crowd(self, tokens: Sequence[Token], at: int, lo: int) -> int:
        """The first of "soldiers and some thousand workers" where ``at`` is the last."""
        linked, j = False, at - 1
        while j >= lo and at - j < _OBJECT_REACH:
            if tokens[j].has("people") and linked and self.grammar.head != "first":
                return self._first_crowd(tokens, j, lo)
            linked = linked or tokens[j].has("gram", "conj")
            if not self._inside(tokens[j]) and not tokens[j].has("gram", "conj"):
                break
            j -= 1
        return at

    def _antecedent(self, tokens: Sequence[Token], clause: Clause) -> int | None:
        """The goods a relative clause speaks of."""
        if clause.relative < 0:
            return None
        for j in range(clause.relative - 1, max(-1, clause.relative - 6), -1):
            if tokens[j].has("goods") or tokens[j].has("people"):
                return j
            if tokens[j].has("trigger") and self.grammar.inverts and j >= clause.relative - 2:
                continue  # "rifles were seized, which X sent": the verb stands last, and the relative clause behind it
            if tokens[j].has("trigger") or tokens[j].has("say"):
                return None
        return None

    def _beside(self, tokens: Sequence[Token], t: int) -> int | None:
        """The goods of a compound: "arms shipments"."""
        for j in range(t - 1, max(-1, t - (3 if self.grammar.object != "left" else 8)), -1):
            if _object_word(tokens[j]):
                return j
            if not (tokens[j].has("gram", "adj") or tokens[j].low in ("-", "(", ")") or tokens[j].has("particle", "of")
                    or tokens[j].has("particle", "object") or (self.grammar.amount_after and _counts(tokens[j]))):
                return None
        return None

    def _goods_after_support(self, view: View, at: int, clause: Clause) -> list[GoodsRef]:
        for j in range(at + 1, min(clause.far, at + _OBJECT_REACH) + 1):
            if view.tokens[j].has("goods"):
                return [self.goods_ref(view, j, view.tokens[j].values("goods")[0], at)]
        return []

    def goods_list(self, view: View, at: int, clause: Clause) -> list[GoodsRef]:
        """The item at ``at`` and the items coordinated with it, wider words dropped beside narrower ones."""
        tokens = view.tokens
        positions = [at]
        back = clause.lo if at >= clause.lo else max(0, at - _OBJECT_REACH)  # an antecedent lies left of its relative clause
        for step, limit in ((1, clause.hi), (-1, back)):
            j, gap, linked = at + step, 0, False
            while (j <= limit if step > 0 else j >= limit) and gap < 5:
                token = tokens[j]
                if token.has("goods") and (linked or (step > 0 and self._names(tokens, positions[-1], j))):
                    positions.append(j)
                    gap, linked = 0, False
                elif token.low in (",", ":", "、", "،") or token.has("gram", "conj") or token.has("marker", "such"):
                    linked, gap = True, gap + 1
                elif self._inside(token):
                    gap += 1
                else:
                    break
                j += step
        refs = [self.goods_ref(view, j, tokens[j].values("goods")[0], back - 1) for j in sorted(positions)]
        terms = {r.term for r in refs}
        wider = {w for r in refs for w in self.goods.ancestors(r.term) if w != r.term}
        seen: set[str] = set()
        kept: list[GoodsRef] = []
        for ref in refs:
            if ref.term in wider & terms or ref.term in seen:
                bare = next((r for r in refs if r.amount is None and r.start - ref.end in (1, 2)
                             and ref.term in self.goods.ancestors(r.term)), None)
                if bare is not None:
                    bare.amount, bare.amount_span = ref.amount, ref.amount_span  # "ten ballistic missiles Fath-360"
                continue
            seen.add(ref.term)
            if kept and ref.amount is None and _vague(kept[-1]) and len(positions) == 2:
                ref.amount, ref.amount_span = kept[-1].amount, kept[-1].amount_span  # "millions of rockets and shells"
            kept.append(ref)
        return kept

    def _names(self, tokens: Sequence[Token], wide: int, j: int) -> bool:
        """The goods at ``j``, right behind those at ``wide``, say which they are: "air defence systems 'Pantsir'"."""
        near = j == wide + 1 or (j == wide + 2 and tokens[wide + 1].low == '"')
        first, second = tokens[wide].values("goods")[:1], tokens[j].values("goods")[:1]
        return near and bool(first) and first[0] != second[0] and first[0] in self.goods.ancestors(second[0])

    def _inside(self, token: Token) -> bool:
        if not token.entries:
            return token.is_word or token.is_number or token.low == "-"
        return token.is_number or any(e.kind in _COUNTING or (e.kind, e.value) in _BETWEEN for e in token.entries)

    def goods_ref(self, view: View, at: int, term: str, floor: int) -> GoodsRef:
        """The item at ``at`` with amount, figures and origin; none of them lies before token ``floor``."""
        tokens = view.tokens
        ref = GoodsRef(term, tokens[at].start, tokens[at].end)
        amount = amount_before(tokens, at, floor)
        if amount is None and self.grammar.amount_after:
            amount = amount_after(tokens, at)
        if amount is not None:
            ref.amount, ref.amount_span = amount[0], (tokens[amount[1]].start, tokens[amount[2]].end)
        for fact, unit in (("calibre_mm", "mm"), ("range_km", "km")):
            figure = figure_near(tokens, at, unit)
            if figure is not None and term:
                ref.figures[fact] = (figure[0], tokens[figure[1]].start, tokens[figure[2]].end)
        for m in view.mentions:
            if m.modifies == at and not m.is_place:
                ref.origin = argument_of(tokens, m, "attribute", 1.0)
        return ref


def _last(tokens: Sequence[Token], t: int) -> bool:
    """Nothing but a helping verb or a break stands behind the verb: its object stands before it."""
    after = tokens[t + 1] if t + 1 < len(tokens) else None
    if after is None or not (after.is_word or after.is_number):
        return True
    small = any(after.has("gram", kind) for kind in ("be", "have", "conj", "boundary"))
    return small or (after.has("cue") and not after.has("cue", "negation") and not after.capital)


def _named_next(tokens: Sequence[Token], j: int) -> bool:
    """Whether a preposition has a name behind it, before any goods: "for the east of X"."""
    for token in tokens[j + 1:j + 2 + _SHIP_REACH]:
        if token.has("actor") or token.has("place"):
            return True
        if not (token.has("org") or token.has("marker", "of") or any(token.has("gram", kind) for kind in ("det", "adj", "area", "title"))):
            return False
    return False


def closes(tokens: Sequence[Token], t: int, unspaced: bool) -> bool:
    """The noun of action ends its sentence or clause, as in headlines; a particle, a sign or a blank may follow."""
    if unspaced and t + 1 < len(tokens) and tokens[t + 1].start > tokens[t].end:
        return True
    return not any(u.is_word and not u.has("particle") for u in tokens[t + 1:t + 2])


def _object_word(token: Token) -> bool:
    return token.has("goods") or token.has("people") or token.has("support")


def _counts(token: Token) -> bool:
    """Part of a number with its unit."""
    return token.is_number or token.has("numeral") or token.has("unit")


def _vague(ref: GoodsRef) -> bool:
    """An estimate or lower bound that may count the next item, too."""
    return ref.amount is not None and (ref.amount.about or ref.amount.at_least) and ref.amount.unit == "piece"


def argument_of(tokens: Sequence[Token], m: Mention, how: str, score: float) -> Argument:
    argument = Argument(m.value, tokens[m.first].start, tokens[m.last].end, how, score, m.kind, m.is_place, state=m.state)
    if m.form == "ship" or is_named(m.form):
        argument.name = (argument.start, argument.end) if m.called else (tokens[m.at].start, tokens[m.at].end)
    return argument
