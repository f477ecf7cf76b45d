"""Frames: from a verb or noun of action to roles, within one sentence.

For each trigger the window of its clause is cut, the object sought (goods, people, support), and every mention in reach is given
the role that its place or preposition asks for in this frame. What the pack says decides; nothing here knows a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.extract.amounts import money_in
from checker.extract.clauses import articles_read, clause_of, described, nouns_read, voice_of
from checker.extract.dates import DateMention
from checker.extract.instance import NAMELESS, GoodsRef, Instance
from checker.extract.mentions import find_mentions
from checker.extract.named import owners_of_ships
from checker.extract.objects import Clause, View, argument_of
from checker.extract.pack import Frame
from checker.extract.phrases import Mention
from checker.extract.ships import ships_read
from checker.extract.siblings import SiblingFinder
from checker.extract.tokens import Sentence, Token

__all__ = ["Reader"]

_AFTER = 5
_PART = 30
_FAR_PEOPLE = 30
_TAUGHT = 10
_NAMED = 2
_SIDES = frozenset({"supplier", "recipient", "shipped_from"})


class Reader(SiblingFinder):
    """Reads the frames of sentences with one pack."""

    def named(self, sentence: Sentence) -> Sentence:
        """The sentence with words that are noun and verb read as one of them, and the name of each ship as one token."""
        return replace(sentence, tokens=ships_read(nouns_read(sentence.tokens), not self.grammar.nouns_capital))

    def view(self, sentence: Sentence, dates: list[DateMention]) -> View:
        """Mentions and frames of one sentence, as ``named`` gave it."""
        if self.grammar.relative_articles:
            sentence = replace(sentence, tokens=articles_read(sentence.tokens))
        cues = frozenset(e.value for token in sentence.tokens for e in token.entries if e.kind == "cue")
        view = View(sentence, find_mentions(sentence.tokens, self.grammar), dates, cues=cues)
        for t, token in enumerate(sentence.tokens):
            instance = self._reading(view, t, token) if token.has("trigger") else None
            if instance is not None:
                view.instances.append(instance)
                self.siblings(view, instance)
        return view

    def _reading(self, view: View, t: int, token: Token) -> Instance | None:
        """What a verb or noun of action tells; where one spelling is two verbs ("delivers", "received"), the one that has both sides."""
        first: Instance | None = None
        entries = [e for e in token.entries if e.kind == "trigger"]
        if any(e.case for e in entries):  # the second part of a verb tells which one it is
            near = _parts(view.tokens, t)
            entries = [e for e in entries if e.case and e.case in near] or [e for e in entries if not e.case]
        both = {e.value for e in entries if e.form == "participle"} if self.grammar.inverts else set()
        if both and _helped(view.tokens, t):  # one form is present and participle
            entries = [e for e in entries if e.form != "active" or e.value not in both]
        for entry in entries:
            instance = self._read(view, t, self.pack.frames[entry.value], entry.form)
            if instance is not None and {"supplier", "recipient"} <= set(instance.roles):
                return instance
            if first is None or (instance is not None and _told(instance) > _told(first)):
                first = instance
        return first

    # ---- one frame -------------------------------------------------------------------------------------------------

    def _read(self, view: View, t: int, frame: Frame, form: str) -> Instance | None:
        tokens, sentence = view.tokens, view.sentence
        voice = voice_of(tokens, t, form, self.grammar)
        clause = clause_of(view, t, voice == "noun", self.grammar)
        if voice == "noun" and self.grammar.object == "left" and self._is_price(tokens, t):
            return None
        instance = Instance(frame.id, frame.act, sentence.index, sentence.zone, tokens[t].start, tokens[t].end, t, clause.lo, clause.hi,
                            stage=frame.stage or "done", facts=dict(frame.set_facts), telling=frame.telling)
        side = voice
        if voice == "active" and self.grammar.by_passive and _under_by(tokens, t, clause.lo):
            voice, side = "passive", "adnominal" if described(tokens, t) > 0 else "passive"
        if "ship" in frame.objects:
            at = self.ship(tokens, t, clause, side, frame.left_object, frame.within)
            if at < 0:
                return None
            instance.goods = [self.goods_ref(view, at, next(iter(tokens[at].values("goods")), frame.default_goods), clause.lo - 1)]
            for m in view.mentions:
                if m.form == "ship" and at < m.at <= at + _NAMED:  # "the tanker Sea Prima"
                    self._offer(tokens, instance, "carrier", m, "attribute", 2.0)
        elif not self._object(view, t, frame, side, clause, instance):
            if frame.telling and view.instances:  # "sold diesel in a ship-to-ship transfer"
                view.instances[-1].act, view.instances[-1].telling = frame.act, True
            if not frame.default_goods:
                self._way(view, t, frame, voice, clause, instance)
                return None
            instance.goods = [GoodsRef(frame.default_goods, tokens[t].start, tokens[t].end)]
        self._roles(view, t, frame, voice, clause, instance)
        for m in view.mentions:
            if m.form == "ship" and clause.holds(m.at) and (m.modifies >= 0 or (m.at > t and m.marker != "to")):
                self._offer(tokens, instance, "carrier", m, "attribute", 1.5)  # "sent shells aboard the freighter Sea Prima"
        for ship, m in owners_of_ships(tokens, view.mentions) if not frame.qualifier else ():
            side = next((r for r in ("supplier", "recipient") if r in instance.roles
                         and instance.roles[r].start == tokens[m.first].start), "")
            if side and side == frame.subject:
                self._offer(tokens, instance, "carrier", ship, "subject", 2.0)
            if "carrier" in instance.roles:
                instance.roles.pop(side, None)
                self._offer(tokens, instance, "owner", m, "marker", 2.0)
        self._apart(instance)
        if voice == "noun" and frame.subject == "actor" and "origin" in instance.roles:  # "the launch of an X satellite"
            instance.roles.setdefault("actor", instance.roles["origin"])
        behind = clause.lo if self.grammar.cues_both or self.grammar.object == "left" else t
        if instance.people is not None and any(token.has("cue", "return") for token in tokens[behind:clause.hi + 1]):
            if not frame.returned:
                return None
            instance.act = frame.returned  # sent home, not out
            if "supplier" in instance.roles:
                instance.roles["host_state"] = instance.roles.pop("supplier")
        if instance.people is not None and _at_home(instance):
            return None
        if frame.in_war and _in_war(instance):
            instance.act = frame.in_war
        self._cues(tokens, t, clause, voice, instance)
        if sentence.zone == "headline" and voice == "active" and t > 1 and tokens[t - 1].has("marker", "to") and tokens[t - 2].has("actor"):
            instance.stage = "planned"  # "North Korea to send ..."
        instance.date = self._date(view, t, clause)
        money = money_in(tokens, t, clause.hi)
        if money is None and self.grammar.object == "left":
            money = money_in(tokens, clause.lo, t)
        if money is not None and not instance.people:
            instance.value_usd = (money[0], tokens[money[1]].start, tokens[money[2]].end)
        port = any(u.has("gram", "port") for u in tokens[clause.lo:clause.hi + 1])
        pronoun = any(u.has("gram", "pronoun") for u in tokens[max(0, clause.lo - 1):t])
        instance.lacks = _lacking(frame, instance, port, pronoun)
        half = bool(instance.goods) and not frame.default_goods and bool(instance.parties) and all(
            set(need.split("/")) <= _SIDES for need in instance.lacks)
        return instance if half or not instance.lacks else None

    def _way(self, view: View, t: int, frame: Frame, voice: str, clause: Clause, instance: Instance) -> None:
        """Keep the way of a ship from one State to another, which is the way of what is found in it."""
        ship = any(self.ships(u, frame.without) for u in view.tokens[max(clause.lo, t - _AFTER):t + _NAMED])
        if not (frame.without and ship):
            return
        self._roles(view, t, frame, voice, clause, instance)
        instance.lo = 0
        for place, side in (("shipped_from", "supplier"), ("destination", "recipient")):
            if side not in instance.roles and place in instance.roles and not instance.roles[place].is_place:
                instance.roles[side] = instance.roles.pop(place)
        if {"supplier", "recipient"} <= set(instance.roles):
            view.ways.append(instance)

    def _is_price(self, tokens: Sequence[Token], t: int) -> bool:
        """ "In return for the sending of troops": where the word stands behind, what is before it is paid, not told."""
        j = t + 1
        while j < len(tokens) and tokens[j].has("particle"):
            j += 1
        return j < len(tokens) and tokens[j].has("marker", "exchange")

    # ---- the object ------------------------------------------------------------------------------------------------

    def _object(self, view: View, t: int, frame: Frame, voice: str, clause: Clause, instance: Instance) -> bool:
        tokens = view.tokens
        order = self.places(tokens, t, clause, voice, frame.left_object)
        if tokens[t].has("gram", "it"):  # a verb with its object joined to it ("sent-it"): what was named last
            named = [*range(t - 1, max(-1, t - _FAR_PEOPLE), -1), t]
            order = [next((j for j in named if tokens[j].has("goods") or tokens[j].has("people")), None), *order]
        for at in order:
            if at is None:
                continue
            if at < 0 and frame.people == "taught":
                continue  # what is taught is the object, and who is taught stands beside it
            if at < 0:
                break
            if self._take(view, at, frame, instance, clause):
                return True
            organ = self.grammar.object == "right" and tokens[at].has("org")  # "gave the army of X shells"
            if (self.grammar.subject_after or organ) and at > t:  # "trained experts of X fighters": the first people are the doer
                behind = self._right_object(tokens, at, clause, voice)
                if behind is not None and behind > 0 and self._take(view, behind, frame, instance, clause):
                    return True
            if self.grammar.object == "left" and at < t and tokens[at].has("people"):  # "X rockets to Y's army gave"
                ahead = self._left_object(tokens, at, clause)
                if ahead is not None and ahead > 0 and self._take(view, ahead, frame, instance, clause):
                    return True
        if frame.people == "taught" and self.grammar.object == "left":  # "X to Y's soldiers the flying of drones taught"
            crowd = (j for j in range(t - 1, clause.lo - 1, -1) if tokens[j].has("people"))
            at = next((j for j in crowd if any(u.has("particle", "to") for u in tokens[j + 1:j + 3])), -1)
            if at >= 0 and self._take(view, at, frame, instance, clause):
                return True
        if frame.left_object and "people" in frame.objects and t and tokens[t - 1].has("gram", "pronoun"):
            before = next((j for j in range(t - 2, max(-1, t - _FAR_PEOPLE), -1) if tokens[j].has("people")), -1)
            if before >= 0 and self._take(view, before, frame, instance, clause):
                return True  # "the men arrived as students, but they work ..."
        return "none" in frame.objects or (frame.people == "taught" and self._taught(view, t, voice, clause, instance))

    def _taught(self, view: View, t: int, voice: str, clause: Clause, instance: Instance) -> bool:
        """A known group is whom the verb teaches: "X trained the Houthis", "the Houthis were trained by X"."""
        passive = voice in ("passive", "attributive")
        if self.grammar.object == "left" or voice == "noun":
            return False
        for m in view.mentions:
            side = m.at < t if passive else m.at > t
            plain = (m.form == "group" or m.kind) and m.modifies < 0 and (
                not m.marker or (m.marker == "to" and self.grammar.accused_to) or (m.by_case == "genitive" and m.first == t + 1))
            if side and plain and clause.holds(m.at) and abs(m.at - t) <= _TAUGHT and not m.theatre:
                instance.roles["recipient"] = argument_of(view.tokens, m, "object", 2.0)
                return True
        return False

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
                instance.act, instance.person_role = frame.acts.get(act, act), word.role
                instance.people = self.goods_ref(view, at, "", clause.lo - 1)
                instance.sends = frame.people == "moved"
                return True
        if token.has("goods") and "goods" in frame.objects:
            instance.goods = self.goods_list(view, at, clause)
            if frame.within:
                instance.goods = [g for g in instance.goods if any(w in self.goods.ancestors(g.term) for w in frame.within)]
            if frame.without:  # "warships arrived": what moves by itself is not brought
                instance.goods = [g for g in instance.goods if not any(w in self.goods.ancestors(g.term) for w in frame.without)]
            for g in instance.goods:
                act = next((act for term, act in frame.acts.items() if term in self.goods.ancestors(g.term)), "")
                instance.act = act or instance.act
            return bool(instance.goods)
        return False

    def declare(self, tokens: Sequence[Token], instance: Instance, role: str, m: Mention) -> None:
        """Put a mention into a set of declared places."""
        self._offer(tokens, instance, role, m, "marker", 2.0)

    # ---- cues and dates --------------------------------------------------------------------------------------------

    def _cues(self, tokens: Sequence[Token], t: int, clause: Clause, voice: str, instance: Instance) -> None:
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
        far = 2 * _AFTER if voice == "noun" and self.grammar.head == "first" else _AFTER  # "the sale of A and B to X is negotiated"
        while self.grammar.cues_after and hi < clause.hi and hi - t < far and (
                self.grammar.cues_both or not tokens[hi + 1].has("actor") or tokens[hi].has("marker")):  # "sending to X stops"
            hi += 1
        found = [v for token in tokens[lo:hi + 1] for v in token.values("cue")]
        found += self._auxiliaries(tokens, t, found)
        for stage in ("planned", "negotiated", "contracted", "attempted"):
            if stage in found:
                instance.stage = stage
        instance.negated = "negation" in found
        instance.doubted = instance.doubted or "doubt" in found
        instance.as_if = "as_if" in found
        against = t > 0 and tokens[t - 1].has("marker", "against") and not tokens[t].has("goods")
        instance.hypothetical = "hypothetical" in found or against  # "warned against supplying"
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


def _lacking(frame: Frame, instance: Instance, port: bool, pronoun: bool) -> tuple[str, ...]:
    """What the frame needs and the instance has not: a role (of "owner/carrier" one), ``money``, the word for a ``port``. A pronoun may be
    the doer; a ``person`` has to be called by name."""
    money = bool(instance.value_usd or instance.goods)
    told = {*instance.roles, *(a.kind for a in instance.roles.values() if a.name != NAMELESS)}
    told |= {"receipt"} | ({"money"} if money else set()) | ({"port"} if port else set())
    told |= {frame.subject} if pronoun else set()
    return tuple(need for need in frame.needs if not told & set(need.split("/")))


def _told(instance: Instance) -> tuple[int, int]:
    return len(instance.parties), len(instance.roles)


def _helped(tokens: Sequence[Token], t: int) -> bool:
    """A helping verb stands right behind the verb, or ahead of it with no other sentence between."""
    for token in [*tokens[t + 1:t + 3], *reversed(tokens[max(0, t - _PART):t])]:
        if token.has("gram", "be") or token.has("gram", "have"):
            return True
        if token.low in (";", ":") or token.has("say") or token.has("gram", "boundary"):
            return False
    return False


def _parts(tokens: Sequence[Token], t: int) -> set[str]:
    """The words behind a verb that end a clause, among which its second part may be."""
    near = range(t + 1, min(len(tokens), t + _PART))
    return {tokens[j].low for j in near if j + 1 == len(tokens) or not tokens[j + 1].is_word or tokens[j + 1].has("gram", "conj")}


def _under_by(tokens: Sequence[Token], t: int, lo: int) -> bool:
    """A doer under "by" stands before the verb, and no comma or other description between them."""
    for j in range(t - 1, max(lo, t - _AFTER - 3) - 1, -1):
        if tokens[j].has("marker", "by"):
            return True
        if tokens[j].low in (",", ";") or tokens[j].has("gram", "owner"):
            return False
    return False


def _at_home(instance: Instance) -> bool:
    """People who come to their own State, or work there, are sent nowhere."""
    own = instance.roles.get("person_nationality")
    to = instance.roles.get("recipient") if instance.sends else instance.roles.get("host_state")
    return own is not None and to is not None and own.value == to.value


def _in_war(instance: Instance) -> bool:
    """Fired in a theatre of war, or weapons of another State: no test of the doer's own."""
    origin, doer = instance.roles.get("origin"), instance.roles.get("actor")
    foreign = origin is not None and doer is not None and origin.value != doer.value
    return foreign or any(a.how == "theatre" for a in instance.roles.values())
