"""Frames: from a verb or noun of action to roles, within one sentence.

For each trigger the window of its clause is cut, the object sought (goods, people, support), and every mention in reach is given
the role that its place or preposition asks for in this frame. What the pack says decides; nothing here knows a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.extract.amounts import money_in
from checker.extract.dates import DateMention
from checker.extract.instance import GoodsRef, Instance
from checker.extract.mentions import Mention, find_mentions
from checker.extract.objects import Clause, View, argument_of
from checker.extract.pack import Frame, Pack
from checker.extract.roles import RoleFinder, closes
from checker.extract.tokens import Sentence, Token
from checker.vocabulary.taxonomy import Taxonomy

__all__ = ["Reader"]

_ASIDE = 16
_AFTER = 5
_HELPING = 14
_CROWD = 8
_FAR_PEOPLE = 30
_DESCRIPTION = 12
_NAMED = 3


class Reader(RoleFinder):
    """Reads the frames of sentences with one pack."""

    def __init__(self, pack: Pack, goods: Taxonomy) -> None:
        super().__init__(pack, goods)

    def view(self, sentence: Sentence, dates: list[DateMention]) -> View:
        """Mentions and frames of one sentence."""
        if self.grammar.relative_articles:
            sentence = replace(sentence, tokens=_articles(sentence.tokens))
        view = View(sentence, find_mentions(sentence.tokens, self.grammar), dates)
        for t, token in enumerate(sentence.tokens):
            instance = self._reading(view, t, token)
            if instance is not None:
                view.instances.append(instance)
                self._gapped(view, instance)
                if self.grammar.object == "left":
                    self._gapped_before(view, instance)
                self._conjuncts(view, instance)
                self._partners(view, instance)
                self._crowds(view, instance)
        return view

    def _reading(self, view: View, t: int, token: Token) -> Instance | None:
        """What a verb or noun of action tells; where one spelling is two verbs ("delivers", "received"), the one that has both sides."""
        first: Instance | None = None
        for entry in token.entries:
            if entry.kind == "trigger":
                instance = self._read(view, t, self.pack.frames[entry.value], entry.form)
                if instance is not None and {"supplier", "recipient"} <= set(instance.roles):
                    return instance
                first = first or instance
        return first

    # ---- the clause ------------------------------------------------------------------------------------------------

    def _clause(self, view: View, t: int, noun: bool) -> Clause:
        tokens = view.tokens
        clause, linked = Clause(0, len(tokens) - 1), self.grammar.relative_before and not noun and _head_ahead(tokens, t)
        for j in range(t - 1, -1, -1):
            token = tokens[j]
            if token.has("gram", "relative") and not (j and tokens[j - 1].has("say")):
                clause.lo, clause.relative = j + 1, j
                break
            aside = token.has("say", "according") and j and tokens[j - 1].low == "," and not clause.skip[1]
            close = next((k for k in range(j + 1, min(t, j + _ASIDE)) if tokens[k].low == ","), -1) if aside else -1
            if close > 0:  # "X, in the words of Y, supplied ..."
                clause.skip = (j - 1, close + 1)
                continue
            if self.grammar.inverts and not clause.skip[1] and (token.has("say", "according") or token.has("say", "according_behind")):
                clause.skip = _source(view, j)
                if clause.skip[1]:
                    continue  # "X has in the words of Y shells supplied"
            if token.has("say") or token.has("gram", "boundary") or token.low in (";", ":") or (token.low == "-" and _spaced(tokens, j)):
                clause.lo = j + 1
                break
            linked = linked or token.low == "," or token.has("gram", "conj")
            if not noun and (_trigger(token) or (linked and token.has("gram", "verb"))):
                clause.lo, clause.verb_before = j + 1, j
                break
        clause.far = next((j - 1 for j in range(t + 1, len(tokens)) if tokens[j].has("say") or tokens[j].has("gram", "boundary")
                           or tokens[j].low == ";"), len(tokens) - 1)
        for j in range(t + 1, len(tokens)):
            token = tokens[j]
            if clause.skip[0] <= j < clause.skip[1]:
                continue
            if token.has("gram", "relative") and tokens[j - 1].low == ",":
                close = next((k for k in range(j + 2, min(len(tokens), j + _ASIDE)) if tokens[k].low == ","), -1)
                if close > 0:
                    clause.skip = (j - 1, close + 1)
                    continue
            close = _described(tokens, j) if self.grammar.relative_before and _verb(token) and not clause.skip[1] else -1
            if close > 0:
                clause.skip = (_description(tokens, t, j), close + 1)
                continue
            if (token.has("say") or token.has("gram", "boundary") or token.has("gram", "relative") or token.low == ";" or _verb(token)
                    or (token.low == "-" and _spaced(tokens, j))) and not token.has("gram", "serial"):
                clause.hi = j - 1
                break
        return clause

    def _voice(self, tokens: Sequence[Token], t: int, form: str) -> str:
        """Active, passive or noun. A participle is passive after "be", or directly after its goods; active after "have" or alone."""
        if form == "compound":  # "export did", "export became": the light verb right behind tells; alone it is a noun
            light = next((u for u in tokens[t + 1:t + 3] if u.has("gram", "have") or u.has("gram", "be")), None)
            if light is None:  # "X missiles from Y bought.": past tense and noun may be one
                return "active" if self.grammar.object == "left" and t > 1 and closes(tokens, t, False) else "noun"
            return "active" if light.has("gram", "have") else "passive"
        if form == "attributive" and any(u.has("gram", "be") for u in tokens[max(0, t - 3):t]):
            return "passive"
        if form in ("infinitive", "nominal"):
            return "active"
        if form != "participle":
            return form
        if self.grammar.object != "right":  # the helping verb may stand far ahead or right behind
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
                return "passive" if j >= t - 2 and not _object_follows(tokens, t) else "active"
            if tokens[j].has("actor") or tokens[j].has("say"):
                break
        if t + 1 < len(tokens) and tokens[t + 1].has("marker", "by"):
            return "passive"
        return "active"

    # ---- one frame -------------------------------------------------------------------------------------------------

    def _read(self, view: View, t: int, frame: Frame, form: str) -> Instance | None:
        tokens, sentence = view.tokens, view.sentence
        voice = self._voice(tokens, t, form)
        clause = self._clause(view, t, voice == "noun")
        instance = Instance(frame.id, frame.act, sentence.index, sentence.zone, tokens[t].start, tokens[t].end, t, clause.lo, clause.hi,
                            stage=frame.stage or "done", facts=dict(frame.set_facts), telling=frame.telling)
        side = voice
        if voice == "active" and self.grammar.by_passive and _under_by(tokens, t, clause.lo):
            voice, side = "passive", "adnominal" if _described(tokens, t) > 0 else "passive"
        if not self._object(view, t, frame, side, clause, instance):
            if frame.telling and view.instances:  # "sold diesel in a ship-to-ship transfer"
                view.instances[-1].act, view.instances[-1].telling = frame.act, True
            if not frame.default_goods:
                return None
            instance.goods = [GoodsRef(frame.default_goods, tokens[t].start, tokens[t].end)]
        self._roles(view, t, frame, voice, clause, instance)
        self._apart(instance)
        if instance.people is not None and any(token.has("cue", "return") for token in tokens[t:clause.hi + 1]):
            if not frame.returned:
                return None
            instance.act = frame.returned  # sent home, not out
            if "supplier" in instance.roles:
                instance.roles["host_state"] = instance.roles.pop("supplier")
        if frame.in_war and _in_war(instance):
            instance.act = frame.in_war
        self._cues(tokens, t, clause, instance)
        if sentence.zone == "headline" and voice == "active" and t > 1 and tokens[t - 1].has("marker", "to") and tokens[t - 2].has("actor"):
            instance.stage = "planned"  # "North Korea to send ..."
        instance.date = self._date(view, t, clause)
        money = money_in(tokens, t, clause.hi)
        if money is not None and not instance.people:
            instance.value_usd = (money[0], tokens[money[1]].start, tokens[money[2]].end)
        return instance

    # ---- the object ------------------------------------------------------------------------------------------------

    def _object(self, view: View, t: int, frame: Frame, voice: str, clause: Clause, instance: Instance) -> bool:
        tokens = view.tokens
        order = self.places(tokens, t, clause, voice, frame.left_object)
        if tokens[t].has("gram", "it"):  # a verb with its object joined to it ("sent-it"): what was named last
            named = range(t - 1, max(-1, t - _FAR_PEOPLE), -1)
            order = [next((j for j in named if tokens[j].has("goods") or tokens[j].has("people")), None), *order]
        for at in order:
            if at is None:
                continue
            if at < 0:
                break
            if self._take(view, at, frame, instance, clause):
                return True
            organ = self.grammar.object == "right" and tokens[at].has("org")  # "gave the army of X shells"
            if (self.grammar.subject_after or organ) and at > t:  # "trained experts of X fighters": the first people are the doer
                behind = self._right_object(tokens, at, clause, voice)
                if behind is not None and behind > 0 and self._take(view, behind, frame, instance, clause):
                    return True
        if frame.left_object and "people" in frame.objects and t and tokens[t - 1].has("gram", "pronoun"):
            before = next((j for j in range(t - 2, max(-1, t - _FAR_PEOPLE), -1) if tokens[j].has("people")), -1)
            if before >= 0 and self._take(view, before, frame, instance, clause):
                return True  # "the men arrived as students, but they work ..."
        return "none" in frame.objects

    def _take(self, view: View, at: int, frame: Frame, instance: Instance, clause: Clause) -> bool:
        token = view.tokens[at]
        if token.has("support") and "support" in frame.objects:
            instance.support = True
            instance.act = token.values("support")[0]
            instance.goods = self._goods_after_support(view, at, clause)
            instance.start, instance.end = min(instance.start, token.start), max(instance.end, token.end)
            instance.people = None
            return True
        if token.has("people") and "people" in frame.objects:
            word = self.pack.people[int(token.values("people")[0])]
            act = word.acts.get(frame.people, "")
            if act:
                instance.act, instance.person_role = act, word.role
                instance.people = self._goods_ref(view, at, "", clause.lo - 1)
                instance.sends = frame.people == "moved"
                return True
        if token.has("goods") and "goods" in frame.objects:
            instance.goods = self._goods_list(view, at, clause)
            if frame.within:
                instance.goods = [g for g in instance.goods if any(w in self.goods.ancestors(g.term) for w in frame.within)]
            for g in instance.goods:
                act = next((act for term, act in frame.acts.items() if term in self.goods.ancestors(g.term)), "")
                instance.act = act or instance.act
            return bool(instance.goods)
        return False

    def _gapped(self, view: View, first: Instance) -> None:
        """The second deal of "drones from Iran and shells from North Korea": same verb, own goods, own partner."""
        tokens = view.tokens
        for m in view.mentions:
            role = next((r for r, a in first.roles.items() if a.start == tokens[m.first].start and a.how == "marker"), "")
            if not role or m.at < first.trigger or m.last + 1 >= len(tokens) or not first.goods:
                continue
            j = m.last + 1
            if not (tokens[j].has("gram", "conj") or tokens[j].low == ","):
                continue
            at = next((k for k in range(j + 1, min(len(tokens), j + 7)) if tokens[k].has("goods")), -1)
            partner = next((n for n in view.mentions if n.at > at > 0 and n.marker == m.marker and n.at - at <= 5 and not n.theatre), None)
            if at < 0 or partner is None or any(_verb(token) or token.has("gram", "boundary") for token in tokens[j:at]):
                continue
            clause = Clause(j, partner.last)
            second = replace(first, goods=self._goods_list(view, at, clause), roles=dict(first.roles), sets={}, voices=[])
            second.roles.pop("origin", None)
            second.roles[role] = argument_of(tokens, partner, "marker", 2.0)
            view.instances.append(second)
            first.goods = [g for g in first.goods if g.start < tokens[j].start] or first.goods
            return

    def _gapped_before(self, view: View, first: Instance) -> None:
        """The first deal of "from Iran drones, from North Korea shells bought", where the verb comes last."""
        tokens = view.tokens
        for m in view.mentions:
            role = next((r for r, a in first.roles.items() if a.start == tokens[m.first].start and a.how == "marker"), "")
            j = m.first - 1
            if not role or m.at > first.trigger or j < 1 or not first.goods:
                continue
            if not (tokens[j].low in (",", "、") or tokens[j].has("gram", "conj")):
                continue
            at = next((k for k in range(j - 1, max(-1, j - 7), -1) if tokens[k].has("goods")), -1)
            partner = next((n for n in view.mentions if n.at < at and n.marker == m.marker and at - n.at <= 6 and not n.theatre), None)
            if partner is None or any(_verb(token) for token in tokens[at:j]):
                continue
            goods = self._goods_list(view, at, Clause(partner.first, j - 1))
            second = replace(first, goods=goods, roles=dict(first.roles), sets={}, voices=[])
            second.roles.pop("origin", None)
            second.roles[role] = argument_of(tokens, partner, "marker", 2.0)
            view.instances.append(second)
            first.goods = [g for g in first.goods if g.start > tokens[j].start] or first.goods
            return

    def _conjuncts(self, view: View, first: Instance) -> None:
        """ "X and Y fired missiles": one instance for each of the doers."""
        role = self.pack.frames[first.frame].subject
        held = first.roles.get(role)
        if held is None or held.how != "subject":
            return
        by_at = {m.at: m for m in view.mentions}
        m = next((m for m in view.mentions if view.tokens[m.first].start == held.start), None)
        while m is not None and m.joined >= 0:
            m = by_at.get(m.joined)
            if m is not None and not m.is_place:
                other = replace(first, roles=dict(first.roles), goods=[replace(g) for g in first.goods], voices=[])
                other.roles[role] = argument_of(view.tokens, m, "subject", 2.0)
                view.instances.append(other)

    def _partners(self, view: View, first: Instance) -> None:
        """ "Sent arms to X and (to) Y": one instance for each of the partners under one preposition."""
        tokens = view.tokens
        if not {"recipient", "supplier"} <= set(first.roles):
            return
        for role in ("recipient", "supplier"):
            held = first.roles[role]
            m = next((m for m in view.mentions if tokens[m.first].start == held.start and m.at > first.trigger), None)
            if held.how != "marker" or m is None:
                continue
            for n in view.mentions:
                if n.at <= m.at or n.is_place or n.theatre or n.modifies >= 0 or n.marker != m.marker or n.value == m.value:
                    continue
                if not self._same_list(tokens, m, n):
                    break
                other = replace(first, roles=dict(first.roles), goods=[replace(g) for g in first.goods], voices=[])
                other.roles[role] = argument_of(tokens, n, "marker", 2.0)
                view.instances.append(other)
                m = n

    def _same_list(self, tokens: Sequence[Token], m: Mention, n: Mention) -> bool:
        """Only a comma or "and" stands between two names, with their prepositions and articles; and no verb follows."""
        between = tokens[m.last + 1:n.first]
        linked = any(t.low == "," or t.has("gram", "conj") for t in between)
        plain = all(t.low == "," or t.has("gram", "conj") or t.has("gram", "det") or t.has("marker", m.marker) for t in between)
        after = tokens[n.last + 1] if n.last + 1 < len(tokens) else None
        return linked and plain and not (after is not None and (after.has("say") or _verb(after) or after.has("gram", "be")))

    def _crowds(self, view: View, first: Instance) -> None:
        """The second sort of people of "sappers and builders": same verb and parties, an act of their own."""
        if first.people is None:
            return
        frame, tokens = self.pack.frames[first.frame], view.tokens
        at = next((j for j, token in enumerate(tokens) if token.start == first.people.start), -1)
        linked = False
        for j in range(at + 1, min(at + _CROWD, len(tokens))):
            token = tokens[j]
            if token.has("people") and linked:
                word = self.pack.people[int(token.values("people")[0])]
                act = word.acts.get(frame.people, "")
                if act and act != first.act:
                    people = self._goods_ref(view, j, "", at)
                    view.instances.append(replace(first, act=act, people=people, person_role=word.role, roles=dict(first.roles), voices=[]))
                return
            linked = linked or token.has("gram", "conj")
            if not (linked and self._inside(token)) and not token.has("gram", "conj"):
                return

    def declare(self, tokens: Sequence[Token], instance: Instance, role: str, m: Mention) -> None:
        """Put a mention into a set of declared places."""
        self._offer(tokens, instance, role, m, "marker", 2.0)

    # ---- cues and dates --------------------------------------------------------------------------------------------

    def _cues(self, tokens: Sequence[Token], t: int, clause: Clause, instance: Instance) -> None:
        """Plan, talks, contract, attempt, negation, doubt and "as if" before the trigger in its clause (or on it)."""
        lo = clause.lo
        while lo > 0 and t - lo < 14 and not self.grammar.cues_after and not tokens[lo - 1].has("gram", "boundary") \
                and not tokens[lo - 1].has("say") and not tokens[lo - 1].has("gram", "relative") and tokens[lo - 1].low not in (";", ":"):
            lo -= 1
        if lo and tokens[lo - 1].has("cue", "hypothetical"):
            lo -= 1  # "if"
        if lo and tokens[lo - 1].has("gram", "boundary"):  # "there is no proof (of it) that"
            before = next((k for k in range(lo - 2, max(-1, lo - 6), -1) if tokens[k].has("say") or tokens[k].has("cue", "doubt")), -1)
            instance.doubted = before >= 0 and tokens[before].has("cue", "doubt")
        hi = t
        while self.grammar.cues_after and hi < clause.hi and hi - t < _AFTER and (
                self.grammar.cues_both or not tokens[hi + 1].has("actor")):
            hi += 1
        found = [v for token in tokens[lo:hi + 1] for v in token.values("cue")]
        found += self._auxiliaries(tokens, t, found)
        for stage in ("planned", "negotiated", "contracted", "attempted"):
            if stage in found:
                instance.stage = stage
        instance.negated = "negation" in found
        instance.doubted = instance.doubted or "doubt" in found
        instance.as_if = "as_if" in found
        instance.hypothetical = "hypothetical" in found
        instance.vague = "vague" in found

    def _auxiliaries(self, tokens: Sequence[Token], t: int, found: Sequence[str]) -> list[str]:
        """What helping verbs mean with this verb: ``future`` plans with any form but a participle ("will send", not "is sent" where one
        word is both), ``modal`` with any but a perfect ("is to send", not "is said to have sent")."""
        forms = {e.form for e in tokens[t].entries if e.kind == "trigger"}
        participle = bool(forms & {"participle", "attributive"})
        perfect = "attributive" in forms or (participle and any(u.has("gram", "perfect") for u in tokens[t + 1:t + 3]))
        planned = ("future" in found and not participle) or ("modal" in found and not perfect)
        return ["planned"] if planned else []

    def _date(self, view: View, t: int, clause: Clause) -> DateMention | None:
        inside = [d for d in view.dates if clause.lo <= d.first <= clause.hi]
        return min(inside, key=lambda d: abs(d.first - t), default=None)


def _source(view: View, at: int) -> tuple[int, int]:
    """The tokens, last one excluded, of "according to X" with its word at ``at``; ``(0, 0)`` where nobody is named."""
    if view.tokens[at].has("say", "according_behind"):
        return next(((m.first, at + 1) for m in view.mentions if m.last in (at - 1, at)), (0, 0))
    named = next((m.last + 1 for m in view.mentions if at < m.first <= at + _NAMED), 0)
    sort = next((j + 1 for j in range(at + 1, min(at + 1 + _NAMED, len(view.tokens))) if view.tokens[j].has("claimant")), 0)
    return (at, max(named, sort)) if max(named, sort) else (0, 0)


def _under_by(tokens: Sequence[Token], t: int, lo: int) -> bool:
    """A doer under "by" stands before the verb, and no comma or other description between them."""
    for j in range(t - 1, max(lo, t - _AFTER - 3) - 1, -1):
        if tokens[j].has("marker", "by"):
            return True
        if tokens[j].low in (",", ";") or tokens[j].has("gram", "owner"):
            return False
    return False


def _described(tokens: Sequence[Token], t: int) -> int:
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


def _articles(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with words that are article and relative pronoun read as one of them: the pronoun stands behind a comma (and a
    preposition), but not behind a verb of saying ("X said, the ...")."""
    read: list[Token] = []
    for j, token in enumerate(tokens):
        if token.has("gram", "relative") and token.has("gram", "det"):
            k = j - 1 - (j > 1 and tokens[j - 1].has("marker"))
            opens = k > 0 and tokens[k].low == "," and not any(u.has("say") for u in tokens[max(0, k - 4):k])
            kind = "det" if opens else "relative"
            token = replace(token, entries=tuple(e for e in token.entries if (e.kind, e.value) != ("gram", kind)))
        read.append(token)
    return tuple(read)


def _in_war(instance: Instance) -> bool:
    """Fired in a theatre of war, or weapons of another State: no test of the doer's own."""
    origin, doer = instance.roles.get("origin"), instance.roles.get("actor")
    foreign = origin is not None and doer is not None and origin.value != doer.value
    return foreign or any(a.how == "theatre" for a in instance.roles.values())


def _object_follows(tokens: Sequence[Token], t: int) -> bool:
    """Goods or help right after the verb, before any preposition: the noun before it is the doer."""
    for token in tokens[t + 1:t + 6]:
        if token.has("goods") or token.has("support"):
            return True
        if token.has("marker") or token.low in (",", "."):
            return False
    return False


def _trigger(token: Token) -> bool:
    return any(e.kind == "trigger" and e.form in ("active", "passive", "participle", "infinitive", "nominal") for e in token.entries)


def _verb(token: Token) -> bool:
    return _trigger(token) or token.has("gram", "verb")


def _head_ahead(tokens: Sequence[Token], t: int) -> bool:
    """The verb belongs to a description: the owner's word and what it describes come before the next comma."""
    owner = next((k for k in range(t + 1, min(len(tokens) - 1, t + _DESCRIPTION)) if tokens[k].low in (",", ";", ":")
                  or tokens[k].has("gram", "owner")), -1)
    return owner > 0 and tokens[owner].has("gram", "owner") and any(
        u.has("goods") or u.has("people") or u.has("actor") or u.has("org") for u in tokens[owner + 1:owner + 5])


def _spaced(tokens: Sequence[Token], j: int) -> bool:
    """A dash with spaces around it, not a hyphen."""
    return 0 < j < len(tokens) - 1 and tokens[j - 1].end < tokens[j].start and tokens[j].end < tokens[j + 1].start
