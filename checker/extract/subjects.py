"""Subjects: who does what a verb or noun of action tells, by place, particle and case, or by what stands before."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.grammar import Grammar
from checker.extract.instance import Argument, Instance
from checker.extract.named import is_named
from checker.extract.objects import Clause, ObjectFinder, View, argument_of, closes
from checker.extract.pack import Frame, Pack
from checker.extract.phrases import Mention, describing
from checker.extract.tokens import Token
from checker.vocabulary.taxonomy import Taxonomy

__all__ = ["PASSIVES", "VERB_SUBJECT", "SubjectFinder"]

VERB_SUBJECT = 4
"""So many words may stand between a verb and the doer behind it."""
PASSIVES = frozenset({"passive", "attributive"})
_LIGHT = 4
_PHRASE = 5
_OWNING = ("of", "from", "in")
_STAGES = ("planned", "negotiated", "contracted", "attempted", "negation", "doubt", "hypothetical", "as_if")


class SubjectFinder(ObjectFinder):
    """Finds the doer of a frame."""

    def __init__(self, pack: Pack, goods: Taxonomy) -> None:
        self.pack = pack
        super().__init__(goods, Grammar.of(pack), tuple(
            word for key, word in pack.table("particles") if key == "object" and pack.option("particles", "joined") == "joined"))

    def _object_tokens(self, tokens: Sequence[Token], instance: Instance) -> set[int]:
        starts = {g.start for g in instance.goods} | ({instance.people.start} if instance.people else set())
        return {i for i, token in enumerate(tokens) if token.start in starts}

    def _offer(self, tokens: Sequence[Token], instance: Instance, role: str, m: Mention, how: str, score: float) -> None:
        """Give a role to a mention unless a better one has it."""
        if m.form == "ship" and role in ("supplier", "owner", "origin", "recipient"):
            role = "carrier" if role != "recipient" else ""  # a ship called by its name is what carries, or is served
        elif role == "via" and is_named(m.form):
            role = "broker"  # sold through a company
        if not role:
            return
        argument = argument_of(tokens, m, how, score)
        if role in ("declared_origin", "declared_destination", "via"):
            if all(a.value != argument.value for a in instance.sets.setdefault(role, [])):
                instance.sets[role].append(argument)
            return
        held = instance.roles.get(role)
        if held is None or (score, -abs(m.at - instance.trigger)) > (held.score, -_distance(tokens, held, instance)):
            instance.roles[role] = argument

    def _subject(self, view: View, t: int, frame: Frame, voice: str, clause: Clause, antecedent: Mention | None,
                 instance: Instance) -> None:
        tokens = view.tokens
        if voice in PASSIVES and "accusative" in frame.markers:  # "X is armed with missiles"
            near = [m for m in view.mentions if clause.holds(m.at) and m.at < t and m.free and not m.is_place and not m.theatre]
            if near:
                self._offer(tokens, instance, frame.markers["accusative"], near[-1], "subject", 2.0)
        if voice in PASSIVES and self.grammar.inverts and frame.dative and "accusative" not in frame.markers:
            near = [m for m in view.mentions if clause.holds(m.at) and m.at < t and m.free and not m.is_place and not m.theatre]
            if near and frame.dative not in instance.roles:
                self._offer(tokens, instance, frame.dative, near[-1], "dative", 1.5)  # "X were shells supplied"
        if voice in PASSIVES or not frame.subject:
            return
        accused = clause.lo > 0 and tokens[clause.lo - 1].has("say", "accuse")
        if self.grammar.object == "left" and (self.grammar.head == "first" or self.grammar.genitive_subject):
            # "X Y of sending shells accused"
            behind = [kind for u in tokens[clause.hi + 1:clause.hi + 2] for kind in u.values("say")]
            accused = accused or "accuse" in behind or "passive_accuse" in behind
            accused = accused or any(u.has("gram", "light") for u in tokens[t + 1:clause.hi + 2])  # "X the sending of shells resumed"
            accused = accused or (t > 0 and tokens[t - 1].has("marker", "with"))  # "X by the sending of shells breached"
        light = accused or any(token.has("gram", "light") or _staged(token) for token in tokens[clause.lo:t])
        if self.grammar.object == "left":  # the light verb follows
            light = light or closes(tokens, t, self.grammar.unspaced) or any(u.has("gram", "light") or u.has("cue") for u in (
                tokens[t + 1:clause.hi + 1][:3 * _LIGHT] if self.grammar.head == "first" else tokens[t + 1:t + _LIGHT]))
        if voice == "noun" and not frame.left_object and not light and not self.grammar.noun_subject:
            return
        objects = self._object_tokens(tokens, instance)
        near = [m for m in view.mentions if clause.holds(m.at) and m.at < t and not m.theatre and not m.is_place and m.at not in objects
                and (m.free or (accused and (m.marker == "to" if self.grammar.accused_to else m.case == "object" and not m.marker))
                     or (not m.marker and 0 <= m.modifies < t and m.modifies not in objects and tokens[m.modifies].has("people")))]
        nominal = voice == "adnominal" or any(e.kind == "trigger" and e.form == "nominal" for e in tokens[t].entries)
        if self.grammar.genitive_subject and nominal:
            owner = [m for m in view.mentions if clause.holds(m.at) and m.at < t and not m.is_place and (
                m.marker == "of" or tokens[m.last + 1].has("particle", "of") or m.cases == {"genitive"})]
            if owner:
                self._offer(tokens, instance, frame.subject, owner[-1], "subject", 2.0)
                return
            if voice == "adnominal" and any(j < t for j in objects):
                near = []  # "the ship that carries arms": what is described is the doer
        if self.grammar.genitive_subject and voice == "noun" and "shipped_from" in instance.roles:
            return
        if self.grammar.genitive_subject and voice == "active" and not near:  # "X missiles sold": the name qualifies nothing
            near = [m for m in view.mentions if clause.holds(m.at) and m.at < t and m.modifies in objects and not m.made and not m.marker
                    and m.form != "adjective" and m.modifies == m.last + 1]
        if voice == "noun" and not light:
            near = [m for m in near if not m.case]  # a name with a particle is the subject of another verb
        if voice == "noun" and self.grammar.subject_after:  # "foiled X an attempt to smuggle": X is the doer of the other verb
            near = [m for m in near if not any(_acts(u) for u in tokens[clause.lo:m.first])]
        marked = [m for m in near if m.case or (m.modifies > 0 and tokens[m.modifies + 1].has("particle", "subject"))]
        near = marked or near  # a particle of the subject tells more than nearness
        if near and self.grammar.object == "left" and self._other_doer(view, near[-1], t):
            near = []  # "X said that a ship of unknown flag sent shells"
        given = {a.value for role, a in instance.roles.items() if role in frame.markers.values() and a.how == "marker" and not (
            frame.subject == "actor" and role in ("place", "shipped_from"))}  # "X fired missiles from X's coast"
        near = [m for m in near if m.value not in given]  # "X and Y discuss the supply to Y"
        near = [m for m in near if not m.owned] or near
        if near and voice == "active" and self.grammar.object == "right":
            near = _joint(view, near, t)
        if self.grammar.relative_before and describing(tokens, near, t, objects):
            near = near[:1]  # "X shells that in Y were made to Z sold": Y describes the shells
        if self.grammar.inverts and frame.dative and voice == "active":
            near = self._unsaid(tokens, t, frame, clause, near, instance)
        if not (near and (self.grammar.marked_both or "none" in frame.objects)) and self._subject_after(view, t, frame, clause, instance):
            return
        alone = len(near) == 1 and antecedent is not None and antecedent.modifies < 0 and not tokens[clause.relative].has("gram", "det")
        if alone and self.grammar.relative_articles and frame.dative and frame.dative not in instance.roles and (
                not any(e.case == "dative" for e in tokens[clause.relative].entries)) and antecedent is not None:
            self._offer(tokens, instance, frame.dative, near[0], "dative", 2.0)  # "X, which Y shells supplies"
            self._offer(tokens, instance, frame.subject, antecedent, "subject", 1.5)
            return
        head = next((m for m in view.mentions if m.first == t + 1 and m.modifies < 0 and not m.is_place), None)
        if voice == "adnominal" and head is not None and all(m.case != "subject" for m in near):
            self._offer(tokens, instance, frame.subject, head, "subject", 2.0)  # "the X that sent shells": a topic is of the main clause
            return
        if near:
            self._offer(tokens, instance, frame.subject, self._doer(tokens, near, t, frame, instance), "subject", 2.0)
            return
        owner = [m for m in view.mentions if clause.holds(m.at) and m.at < t and m.marker == "of" and self.grammar.object == "left"]
        if owner and voice != "noun" and not frame.markers.get("of"):  # "X's having sent shells": Turkish, Japanese
            self._offer(tokens, instance, frame.subject, owner[-1], "subject", 2.0)
            return
        head = self._head_behind(view, t, clause, objects) if self.grammar.relative_before else None
        if head is not None:
            self._offer(tokens, instance, frame.subject, head, "subject", 1.5)
            return
        if antecedent is not None and any(e.case == "dative" for e in tokens[clause.relative].entries):
            return
        if antecedent is not None and not instance.roles.get(frame.subject):
            self._offer(tokens, instance, frame.subject, antecedent, "subject", 1.5)
            return
        headed = _headed(view, t, clause) if voice == "active" and self.grammar.object == "right" else None
        if headed is not None:
            self._offer(tokens, instance, frame.subject, headed, "subject", 1.0)
            return
        previous = [i for i in view.instances if i.trigger < t and i.roles.get("supplier", i.roles.get("recipient", i.roles.get("actor")))]
        purpose = t > 0 and (tokens[t - 1].has("marker", "for") or tokens[t - 1].has("marker", "to"))
        if (clause.verb_before >= 0 or purpose) and previous:
            held = self._subject_of(previous[-1])
            if held is not None:
                instance.subject_from = previous[-1].trigger
                instance.roles.setdefault(frame.subject, Argument(held.value, held.start, held.end, "shared", 1.5, held.kind))

    def _other_doer(self, view: View, m: Mention, t: int) -> bool:
        """A company or ship that is nobody's bears the particle of the subject, nearer to the verb than the name."""
        tokens = view.tokens
        bare = (j for j in range(m.last + 1, t - 1) if tokens[j].has("org") and tokens[j + 1].has("particle", "subject"))
        return any(all(not n.first <= j <= n.last for n in view.mentions) for j in bare)

    def _unsaid(self, tokens: Sequence[Token], t: int, frame: Frame, clause: Clause, near: list[Mention],
                instance: Instance) -> list[Mention]:
        """The names that may be the doer where an infinitive has none of its own ("denies, X with arms to supply") or a pronoun is it
        ("we have X never arms sold"): the lone name beside them receives."""
        infinitive = any(e.kind == "trigger" and e.form == "infinitive" for e in tokens[t].entries) or (
            t + 2 < len(tokens) and tokens[t + 1].has("marker", "to") and tokens[t + 2].has("gram", "have"))  # "to have supplied"
        pronoun = any(u.has("gram", "we") or u.has("gram", "pronoun") for u in tokens[clause.lo:t])
        comma = next((j for j in range(t - 1, clause.lo - 1, -1) if tokens[j].low == ","), -1)
        opened = clause.lo > 0 and (tokens[clause.lo - 1].has("say") or tokens[clause.lo - 1].has("gram", "boundary"))
        inner = near
        if infinitive and comma >= 0:
            inner = [m for m in near if m.at > comma]
        elif not (infinitive and opened) and not (pronoun and len(near) == 1):
            return near
        if inner and frame.dative not in instance.roles:
            self._offer(tokens, instance, frame.dative, inner[-1], "dative", 2.0)
        return [m for m in near if m not in inner]

    def _head_behind(self, view: View, t: int, clause: Clause, objects: set[int]) -> Mention | None:
        """The doer whom a clause before him describes: "to X supply arms 's company" for "a company that supplies arms to X"."""
        for m in view.mentions:
            inside = clause.holds(m.at) and view.tokens[m.first - 1].has("gram", "owner") and any(t < j < m.first for j in objects)
            if inside and not m.is_place and not m.theatre and m.modifies < 0 and m.kind != "ship":
                return m
        return None

    def _subject_after(self, view: View, t: int, frame: Frame, clause: Clause, instance: Instance) -> bool:
        """The doer right behind its verb: "sent Iran missiles" in Arabic."""
        if not self.grammar.subject_after or (self.grammar.second and frame.dative):
            return False
        first_object = min((j for j in self._object_tokens(view.tokens, instance) if j > t), default=t + VERB_SUBJECT + 1)
        after = [m for m in view.mentions if clause.holds(m.at) and t < m.at < min(first_object, t + VERB_SUBJECT + 1)
                 and m.last < first_object and m.free and not m.theatre and not m.is_place
                 and all(a.how != "object" or a.start != view.tokens[m.first].start for a in instance.roles.values())]
        if self.grammar.marked_both and self.grammar.dative and frame.dative:
            after = [m for m in after if m.cases]  # a name that is not declined receives there
        if after:
            self._offer(view.tokens, instance, frame.subject, after[0], "subject", 2.0)
        return bool(after)

    def _doer(self, tokens: Sequence[Token], near: Sequence[Mention], t: int, frame: Frame, instance: Instance) -> Mention:
        """The doer among the names before a verb; the last of two before goods and verb receives: "X has Y shells sent"."""
        last, grammar = near[-1], self.grammar
        objects = [g.start for g in instance.goods]
        bare = grammar.object == "both" and grammar.dative and frame.dative and frame.dative not in instance.roles
        if len(near) > 1 and bare and last.joined < 0 and objects and tokens[last.last].end <= min(objects) < tokens[t].start:
            self._offer(tokens, instance, frame.dative, last, "dative", 2.0)
            return near[-2]
        return last

    def _subject_of(self, instance: Instance) -> Argument | None:
        return instance.roles.get(self.pack.frames[instance.frame].subject)


def _joint(view: View, near: list[Mention], t: int) -> list[Mention]:
    """ "X backs Y and has sent shells": before "and" and a second verb the last name is the object of the first one, and X does both."""
    last, tokens = near[-1], view.tokens
    if last.last + 1 >= t or not tokens[last.last + 1].has("gram", "conj") or last.joined >= 0:
        return near
    verb = next((j for j in range(last.first - 1, -1, -1) if tokens[j].has("gram", "verb") or tokens[j].has("gram", "help")), -1)
    doers = [m for m in view.mentions if m.last < verb and m.free and not m.is_place and not m.theatre]
    return doers[-1:] or near


def _headed(view: View, t: int, clause: Clause) -> Mention | None:
    """The State in a phrase that opens the clause with a noun nobody knows: "two beekeepers of X bought"."""
    for m in view.mentions:
        behind = m.marker in _OWNING or (not m.marker and m.cases == {"genitive"})
        if m.last >= t or not clause.holds(m.at) or m.theatre or m.modifies >= 0 or not behind:
            continue
        head = (m.marker_at if m.marker else m.first) - 1
        j = head
        while j >= clause.lo and head - j < _PHRASE and (_unknown(view.tokens[j]) or (j < head and _small(view.tokens[j]))):
            j -= 1
        opens = j < clause.lo or view.tokens[j].low == "," or j + 1 == clause.skip[1]
        if head >= clause.lo and j < head and opens:
            return m
    return None


def _unknown(token: Token) -> bool:
    """A common noun without meaning of its own here, or an organ of somebody's."""
    return token.is_word and (not token.entries or token.has("org"))


def _small(token: Token) -> bool:
    """An article, a number or a quality before a noun."""
    return token.is_number or token.has("numeral") or any(token.has("gram", kind) for kind in ("det", "adj", "about", "at_least"))


def _acts(token: Token) -> bool:
    """A finite verb of action, and of nothing but action."""
    return not token.has("gram", "light") and any(e.kind == "trigger" and e.form in ("active", "passive") for e in token.entries)


def _staged(token: Token) -> bool:
    """A word that says how far an act has come: "plans", "negotiates", "not" ..."""
    return any(token.has("cue", stage) for stage in _STAGES)


def _distance(tokens: Sequence[Token], held: Argument, instance: Instance) -> int:
    at = next((i for i, token in enumerate(tokens) if token.start >= held.start), 0)
    return abs(at - instance.trigger)
