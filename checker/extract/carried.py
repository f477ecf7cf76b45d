"""What a text speaks of: the goods, people or group that "the cargo", "them" and "the rebels" mean in the sentences after.

Before a sentence is read, a word for a load and a pronoun beside its verb get the meaning of what was named last; afterwards what was read
from them is traced back to the words that named it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.extract.frames import Reader
from checker.extract.instance import GoodsRef, Instance
from checker.extract.lexicon import Entry
from checker.extract.objects import Clause, View
from checker.extract.tokens import Sentence, Token

__all__ = ["Carried"]

_LOAD_REACH = 3
_THEM_REACH = 2
_NAMED = 4
_HELPING = 3
_VERB_LAST = 12
_VERBAL = frozenset({"active", "passive", "participle", "attributive", "infinitive", "compound"})


@dataclass(slots=True)
class _Topic:
    """What was named last: its meaning, the words for it, and whether both sides of its way are told."""

    sentence: int
    entry: Entry
    refs: tuple[GoodsRef, ...]
    whole: bool = False


class Carried:
    """The latest goods, people and group of one text, in reading order."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._left = reader.grammar.object == "left"
        self._topics: dict[str, _Topic] = {}
        self._latest = ""
        self._lent: dict[int, _Topic] = {}
        self._way: Instance | None = None

    def lend(self, sentence: Sentence) -> Sentence:
        """The sentence with words for a load and pronouns read as what they stand for."""
        self._lent = {}
        tokens = sentence.tokens
        for j, token in enumerate(tokens) if self._topics else ():
            if not token.entries:
                continue
            if token.has("gram", "again"):
                topic = self._topics.get("group")
                if topic is None or sentence.index - topic.sentence > _LOAD_REACH or _group_near(tokens, j):
                    continue
            elif token.has("gram", "load"):
                topic = self._topics.get("goods")
                if topic is None or sentence.index - topic.sentence > _LOAD_REACH or _named_near(tokens, j):
                    continue
            elif (token.has("gram", "them") or token.has("gram", "it")) and (
                    _object_of_verb(tokens, j, self._left) and not _named_near(tokens, j)):
                topic = self._topics.get(self._latest)
                if topic is None or sentence.index - topic.sentence > _THEM_REACH:
                    continue
            else:
                continue
            self._lent[token.start] = topic
        if not self._lent:
            return sentence
        return replace(sentence, tokens=tuple(
            t.meaning((*t.entries, self._lent[t.start].entry)) if t.start in self._lent else t for t in tokens))

    def trace(self, view: View) -> None:
        """Put the words that named them first in the place of the words lent; remember what this sentence names."""
        for instance in view.instances if self._lent else ():
            topic = next((self._lent[g.start] for g in instance.goods if g.start in self._lent), None)
            if topic is not None and topic.entry.kind == "goods":
                kept = [g for g in instance.goods if g.start not in self._lent]
                instance.goods = [*kept, *map(replace, topic.refs)]
                instance.carried = True
                made = next((ref.origin for ref in topic.refs if ref.origin is not None), None)
                if made is not None:
                    instance.roles.setdefault("origin", made)
            for role, a in instance.roles.items():
                if a.start in self._lent:
                    instance.roles[role] = replace(a, score=min(a.score, 1.5), basis="the group named last before")
            if instance.people is not None and instance.people.start in self._lent:
                instance.people = replace(self._lent[instance.people.start].refs[0])
                instance.carried = True
        self._travel(view)
        self._learn(view)

    def _travel(self, view: View) -> None:
        """What a ship carries goes the way of the ship: goods of the same sentence, of the one before or of the next."""
        index = view.sentence.index
        way = view.ways[0] if view.ways else self._way
        if way is None or index - way.sentence > 1:
            return
        self._way = way if view.ways else None
        sides = {role: replace(way.roles[role], score=1.5, basis="the way of the ship") for role in ("supplier", "recipient")}
        open_ = next((i for i in view.instances if i.goods and not i.parties), None)
        moving = self._reader.pack.frames[way.frame].without  # the ship itself is no load
        at = next((j for j, t in enumerate(view.tokens) if t.has("goods") and not self._reader.ships(t, moving)), -1)
        topic = self._topics.get("goods")
        if open_ is not None:
            loaded = open_
            loaded.roles |= sides
        elif at >= 0 and not any(i.goods for i in view.instances) and (view.ways or self._stopped(view)):
            goods = self._reader.goods_list(view, at, Clause(0, len(view.tokens) - 1))
            loaded = replace(way, sentence=index, zone=view.sentence.zone, start=goods[0].start, end=goods[0].end, trigger=at,
                             lo=0, hi=len(view.tokens) - 1, goods=goods, roles=sides, voices=[])
            view.instances.append(loaded)
        elif at < 0 and view.ways and topic is not None and not topic.whole and index - topic.sentence <= 1:
            loaded = way
            loaded.goods, loaded.carried = list(map(replace, topic.refs)), True
            view.instances.append(loaded)
        else:
            return
        self._way = None
        if self._stopped(view):
            loaded.stage = "attempted"

    def _stopped(self, view: View) -> bool:
        """The sentence tells of a seizure or a find."""
        frames = self._reader.pack.frames
        return "attempted" in view.cues or any(
            e.kind == "trigger" and frames[e.value].stage == "attempted" for t in view.tokens for e in t.entries)

    def _learn(self, view: View) -> None:
        index = view.sentence.index
        named = [t for t in view.tokens if (t.has("goods") or t.has("people")) and t.start not in self._lent]
        told = next((i for i in reversed(view.instances) if (i.goods or i.people) and not (i.carried or i.as_if)), None)
        for kind in ("goods", "people"):
            at = next((j for j in range(len(view.tokens) - 1, -1, -1) if view.tokens[j].has(kind)
                       and view.tokens[j].start not in self._lent), -1)
            if at >= 0:
                entry = next(e for e in view.tokens[at].entries if e.kind == kind)
                ref = self._reader.goods_ref(view, at, entry.value if kind == "goods" else "", 0)
                self._topics[kind] = _Topic(index, entry, (ref,))
                self._latest = kind
        group = next((t for t in reversed(view.tokens) if t.start not in self._lent and _is_group(t)), None)
        if group is not None:
            entry = next(e for e in group.entries if e.kind == "actor")
            self._topics["group"] = _Topic(index, entry, (GoodsRef("", group.start, group.end),))
        if told is not None:
            self._told(told, index, named)

    def _told(self, told: Instance, index: int, named: Sequence[Token]) -> None:
        """The object of the last verb, rather than what was named behind it."""
        if told.people is not None:
            people = told.people
            word = next((t for t in named if t.start == people.start), None)
            if word is not None:
                self._topics["people"] = _Topic(index, next(e for e in word.entries if e.kind == "people"), (people,))
                self._latest = "people"
        refs = tuple(g for g in told.goods if any(t.start == g.start for t in named))
        if refs:
            self._topics["goods"] = _Topic(index, Entry("goods", refs[0].term), refs, {"supplier", "recipient"} <= set(told.roles))
            self._latest = "goods" if told.people is None else self._latest


def _named_near(tokens: Sequence[Token], j: int) -> bool:
    """Goods or people beside the word say what it is: "a cargo of coal", "the oil shipment"; or it says what a ship is: "cargo plane"."""
    near = tokens[max(0, j - _NAMED):j + _NAMED + 1]
    behind = tokens[j + 1] if j + 1 < len(tokens) else None
    return any(t.has("goods") or t.has("people") or t.has("support") for t in near) or (behind is not None and behind.has("org"))


def _is_group(token: Token) -> bool:
    return any(e.kind == "actor" and e.form == "group" for e in token.entries)


def _group_near(tokens: Sequence[Token], j: int) -> bool:
    """The sentence names a group itself, or says where the group is from: "the rebels in X"."""
    beside = tokens[j + 1:j + _NAMED]
    return any(map(_is_group, tokens)) or any(t.has("actor") or t.has("place") for t in beside) or (j > 0 and tokens[j - 1].has("actor"))


def _object_of_verb(tokens: Sequence[Token], j: int, left: bool) -> bool:
    """A pronoun with a verb of action at its side, or with its passive behind it: "sold them", "los vendió", "they were sold". ``left``:
    objects stand before verbs, and other words may come between."""
    if tokens[j].has("gram", "it"):
        return True  # joined to its verb
    if j and tokens[j - 1].has("marker"):
        return False  # under a preposition
    if j and _acts(tokens[j - 1]):
        return True
    pronoun, article = tokens[j].has("gram", "pronoun"), tokens[j].has("gram", "det")
    for k, token in enumerate(tokens[j + 1:j + 1 + (_VERB_LAST if left else _HELPING)], j + 1):
        if _acts(token) and not (article and any(e.form == "noun" for e in token.entries)):
            passive = any(u.has("gram", "be") for u in tokens[j + 1:k]) or all(
                e.form in ("passive", "attributive") for e in token.entries if e.kind == "trigger")
            return passive or not pronoun  # "they", the doer, unless the verb is passive
        helping = token.has("gram", "have") or token.has("gram", "be") or token.has("gram", "adj") or token.has("cue")
        if (left and token.low in (",", ";")) or not (left or helping):
            return False
    return False


def _acts(token: Token) -> bool:
    """A verb of action in any form; not the noun."""
    return any(e.kind == "trigger" and e.form in _VERBAL for e in token.entries)
