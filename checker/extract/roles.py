"""Roles: which mention around a trigger is supplier, recipient, doer or place, by its place, preposition, particle or case."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.grammar import Grammar
from checker.extract.instance import Argument, Instance
from checker.extract.named import is_named
from checker.extract.objects import Clause, ObjectFinder, View, argument_of, closes
from checker.extract.pack import Frame, Pack
from checker.extract.phrases import Mention, describing, flagged
from checker.extract.tokens import Token
from checker.vocabulary.taxonomy import Taxonomy

__all__ = ["RoleFinder"]

_VERB_SUBJECT = 4
_LIGHT = 4
_WITH = 7
_STAGES = ("planned", "negotiated", "contracted", "attempted", "negation", "doubt", "hypothetical", "as_if")
_PASSIVES = frozenset({"passive", "attributive"})


class RoleFinder(ObjectFinder):
    """Gives the mentions of a sentence the roles that a frame asks for."""

    def __init__(self, pack: Pack, goods: Taxonomy) -> None:
        self.pack = pack
        super().__init__(goods, Grammar.of(pack), tuple(
            word for key, word in pack.table("particles") if key == "object" and pack.option("particles", "joined") == "joined"))

    def _roles(self, view: View, t: int, frame: Frame, voice: str, clause: Clause, instance: Instance) -> None:
        tokens = view.tokens
        object_at = self._object_tokens(tokens, instance)
        antecedent = self._antecedent_actor(view, clause)
        reduced = self.grammar.object == "right" and 0 <= max(object_at, default=-1) < clause.verb_before  # "shells bought by X have come"
        for m in view.mentions:
            if reduced and clause.verb_before < m.at < t and m.modifies not in object_at:
                continue  # of the verb in between
            if m.last > m.at and tokens[m.last].has("say"):
                continue  # "in X's words"
            inside = clause.holds(m.at)
            beyond = clause.hi < m.at <= clause.far and (m.theatre or (m.is_place and instance.people is not None))
            if not inside and not beyond and m is not antecedent and m.modifies not in object_at and m.at not in object_at:
                continue
            final = self.grammar.object == "left" and voice != "noun" and not (self.grammar.head == "first" and voice in _PASSIVES)
            if final and m.first > t and m.modifies not in object_at and m.at not in object_at:
                continue  # what follows a verb that ends its clause belongs to another
            if m.theatre:
                self._theatre(tokens, m, instance)
            elif self._helps(tokens, m, instance) or (
                    m.modifies != t and (any(m.first <= j <= m.last for j in object_at) or m.modifies in object_at)):
                self._attribute(tokens, m, frame, voice, instance)
            elif self._is_second(m, t, frame, voice):
                continue
            elif m.modifies == t or (m.modifies >= 0 and voice == "noun" and abs(m.modifies - t) <= 1):
                self._offer(tokens, instance, frame.possessor, m, "possessor", 2.0)
            elif m.modifies >= 0:
                continue
            elif "accusative" in frame.markers and self._is_object(view, m, t, clause):  # "arms the Houthis with missiles"
                self._offer(tokens, instance, frame.markers["accusative"], m, "marker", 2.0)
            elif m.marker:
                self._marked(tokens, m, t, frame, voice, instance)
            elif m.is_place:
                self._bare_place(tokens, m, t, instance)
            elif m.at > t:
                self._bare_after(tokens, m, t, frame, voice, object_at, instance)
        if not self._second(view, t, frame, voice, clause, instance):
            self._subject(view, t, frame, voice, clause, antecedent, instance)
        if antecedent is not None and frame.subject in instance.roles and any(e.case == "dative" for e in tokens[clause.relative].entries):
            self._offer(tokens, instance, frame.markers.get("to", ""), antecedent, "marker", 2.0)  # "X, to which Y supplied ..."

    def _object_tokens(self, tokens: Sequence[Token], instance: Instance) -> set[int]:
        starts = {g.start for g in instance.goods} | ({instance.people.start} if instance.people else set())
        return {i for i, token in enumerate(tokens) if token.start in starts}

    def _helps(self, tokens: Sequence[Token], m: Mention, instance: Instance) -> bool:
        """Whose help it is: "received military aid of X"."""
        return instance.support and m.modifies >= 0 and tokens[m.modifies].has("support")

    def _antecedent_actor(self, view: View, clause: Clause) -> Mention | None:
        """The State a relative clause speaks of: "Iran, which supplied ..."."""
        if clause.relative < 0:
            return None
        near = [m for m in view.mentions if m.last < clause.relative and clause.relative - m.last <= 2 and not m.is_place]
        return near[-1] if near and near[-1].modifies < 0 else None

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

    def _marked(self, tokens: Sequence[Token], m: Mention, t: int, frame: Frame, voice: str, instance: Instance) -> None:
        role = frame.markers.get(m.by_case, frame.markers.get(m.marker, ""))
        if not role and m.marker == "by" and tokens[m.marker_at].has("marker", "from"):
            role = frame.markers.get("from", "")
        if m.either and role not in ("supplier", "recipient"):
            role = next((frame.markers[c] for c in m.either if frame.markers.get(c) in ("supplier", "recipient")),
                        "place" if "in" in m.either else role)
        if m.marker == "by" and (voice in ("active", "adnominal") or (m.at < t and not self.grammar.marked_both)):
            role = frame.markers.get("from", "") if tokens[m.marker_at].has("marker", "from") else ""
        elif m.marker == "by" and voice == "noun" and tokens[m.marker_at].has("marker", "from"):
            role = frame.markers.get("from", "")  # one word says both "by" and "from": who does it stands under another
        elif m.marker == "by" and tokens[m.marker_at].has("marker", "from") and role in instance.roles \
                and instance.roles[role].how == "marker":
            role = frame.markers.get("from", "")  # "bought by X from Y" with the same word
        if m.marker_at and tokens[m.marker_at - 1].has("marker", "made"):
            role = "origin"
        if frame.qualifier and m.marker_at and tokens[m.marker_at - 1].has("gram", "owned"):
            role = frame.qualifier  # "a tanker owned by X"
        if m.marker == "via":
            role = "via"
        if m.marker_at < t and m.marker not in ("from", "by", "via", "with") and not frame.left_object \
                and not self.grammar.marked_both and not (voice in _PASSIVES and m.marker == "in" and role):
            return
        if m.marker == "of" and not m.by_case and voice != "noun" and m.at < t and self.grammar.head == "first":
            return  # "the neighbours of X bought ...": not from X
        if m.marker == "of" and voice == "noun" and m.at < t and not role:
            role = frame.possessor
        buys = frame.subject == "recipient" and role == "supplier" and self.grammar.object != "left"
        if m.marker == "in" and (not role or (buys and m.at < t)):
            role = "place"  # "a firm in X bought": not from X
        score = 2.0 if m.at > t or self.grammar.marked_both else 1.5
        if m.is_place or (role in ("place", "destination", "shipped_from")):
            role = {"recipient": "destination", "supplier": "shipped_from"}.get(role, role)
        self._offer(tokens, instance, role, m, "marker", score)

    def _attribute(self, tokens: Sequence[Token], m: Mention, frame: Frame, voice: str, instance: Instance) -> None:
        """A qualifier of the goods says where they are from; of people, their nationality. "The sale of arms of X" is X's sale."""
        if (m.owned or "genitive" in m.cases) and voice == "noun":
            self._offer(tokens, instance, frame.possessor, m, "possessor", 1.5)
        elif m.owned and frame.markers.get("of") and instance.people is None:  # "received drones of X": from X
            self._offer(tokens, instance, frame.markers["of"], m, "marker", 1.5)
        if instance.people is not None and frame.people == "taught":
            self._offer(tokens, instance, "recipient", m, "attribute", 2.0)
        elif instance.people is not None:
            group = m.form == "group" and instance.sends
            self._offer(tokens, instance, "supplier" if group else "person_nationality", m, "attribute", 1.5 if group else 2.0)
        elif flagged(tokens, m):
            self._offer(tokens, instance, "flag_state", m, "attribute", 2.0)
        elif frame.qualifier:
            self._offer(tokens, instance, frame.qualifier, m, "attribute", 2.0)
        elif voice == "active" and frame.dative and m.form == "name" and self.grammar.dative and not self.grammar.second \
                and m.modifies == m.last + 1 and m.at > instance.trigger and self.grammar.head == "last":
            self._offer(tokens, instance, frame.dative, m, "dative", 1.5)  # "lends X patrol boats"
        elif m.made:
            self._offer(tokens, instance, "origin", m, "attribute", 2.0)
        else:
            self._offer(tokens, instance, "origin", m, "attribute", 1.0)

    def _apart(self, instance: Instance) -> None:
        """Nobody supplies himself: of two equal parties the weaker reading goes. A ship that brings goods from elsewhere carries them."""
        a, b = instance.roles.get("supplier"), instance.roles.get("recipient")
        sent = instance.roles.get("shipped_from")
        if a is not None and a.kind == "ship" and a.how == "subject" and sent is not None and sent.value != a.value:
            instance.roles["carrier"] = instance.roles.pop("supplier")  # "a Russian ship brought coal from X"
        elif a is not None and b is not None and a.value == b.value:
            del instance.roles["supplier" if a.score < b.score else "recipient"]

    def _theatre(self, tokens: Sequence[Token], m: Mention, instance: Instance) -> None:
        self._offer(tokens, instance, "end_use_place", m, "theatre", 2.0)

    def _is_object(self, view: View, m: Mention, t: int, clause: Clause) -> bool:
        """A name in the accusative; where it could as well be the nominative, one behind the verb whose subject stands before."""
        if m.case == "object" or (m.by_case == "genitive" and "accusative" in m.cases):
            return not m.is_place
        if not m.free or "accusative" not in m.cases or m.at < t:
            return False
        return any(clause.holds(other.at) and other.free and other.at < t for other in view.mentions)

    def _bare_place(self, tokens: Sequence[Token], m: Mention, t: int, instance: Instance) -> None:
        if m.at > t:
            self._offer(tokens, instance, "place", m, "near", 1.0)

    def _bare_after(self, tokens: Sequence[Token], m: Mention, t: int, frame: Frame, voice: str, object_at: set[int],
                    instance: Instance) -> None:
        alone = "none" in frame.objects or t in object_at
        first_object = min((j for j in object_at if j > t), default=t + _VERB_SUBJECT + 1 if alone else -1)
        if voice in _PASSIVES and self.grammar.agent_adjacent and m.first <= t + 2:
            sure = 1.5 if self.grammar.marked_both else 2.0  # where names are declined, one that is not may be the receiver too
            self._offer(tokens, instance, frame.markers.get("by", frame.subject), m, "marker", sure)
        elif frame.left_object and m.first <= t + 2 and (self.grammar.object != "left" or frame.dative):
            self._offer(tokens, instance, frame.dative or frame.markers.get("to", ""), m, "marker", 2.0)
        elif voice == "active" and frame.dative and t < m.at < first_object and (self.grammar.dative or "none" in frame.objects):
            self._offer(tokens, instance, frame.dative, m, "dative", 2.0)

    def _is_second(self, m: Mention, t: int, frame: Frame, voice: str) -> bool:
        """A bare name behind the verb, which ``_second`` gives its role."""
        behind = m.at > t and not m.marker and m.modifies in (-1, t)
        voices = ("active",) if self.grammar.dative else ("noun", "active")
        return self.grammar.second and bool(frame.dative) and voice in voices and behind

    def _second(self, view: View, t: int, frame: Frame, voice: str, clause: Clause, instance: Instance) -> bool:
        """The verb stands first and its receiver is as bare as its doer ("supplied X Y with arms"): of two names the second receives;
        a lone one where the goods stand under "with", or the doer before the verb. Whether the doer was found."""
        if not self.grammar.second or not frame.dative or voice not in ("noun", "active"):
            return False
        reach = clause.hi if frame.left_object else t + _VERB_SUBJECT
        first_object = min((j for j in self._object_tokens(view.tokens, instance) if j > t), default=reach + 1)
        after = [m for m in view.mentions if clause.holds(m.at) and self._is_second(m, t, frame, voice) and m.at < first_object
                 and not m.theatre and not m.is_place]
        told = instance.roles.get(frame.dative)
        receiver = next((m for m in after[1:] if m.joined < 0), None)
        doer = any(clause.holds(m.at) and m.at < t and not m.is_place and not m.marker and (
            m.free or view.tokens[m.modifies].has("people")) for m in view.mentions)
        last = min(first_object, len(view.tokens))
        marked = any(view.tokens[j - 1].has("marker", "with") for j in range(last, last - _WITH, -1) if j > t)
        alone = voice == "noun" and not any(j > t for j in self._object_tokens(view.tokens, instance))  # "the arming of X"
        if after and receiver is None and told is None and (
                marked or alone or frame.left_object or (doer and voice == "active")):
            self._offer(view.tokens, instance, frame.dative, after[0], "dative", 2.0)
            return False
        if after:
            self._offer(view.tokens, instance, frame.subject, after[0], "subject", 2.0)
        if receiver is not None and told is None:
            self._offer(view.tokens, instance, frame.dative, receiver, "dative", 2.0)
        return bool(after)

    def _subject(self, view: View, t: int, frame: Frame, voice: str, clause: Clause, antecedent: Mention | None,
                 instance: Instance) -> None:
        tokens = view.tokens
        if voice in _PASSIVES and "accusative" in frame.markers:  # "X is armed with missiles"
            near = [m for m in view.mentions if clause.holds(m.at) and m.at < t and m.free and not m.is_place and not m.theatre]
            if near:
                self._offer(tokens, instance, frame.markers["accusative"], near[-1], "subject", 2.0)
        if voice in _PASSIVES and self.grammar.inverts and frame.dative and "accusative" not in frame.markers:
            near = [m for m in view.mentions if clause.holds(m.at) and m.at < t and m.free and not m.is_place and not m.theatre]
            if near and frame.dative not in instance.roles:
                self._offer(tokens, instance, frame.dative, near[-1], "dative", 1.5)  # "X were shells supplied"
        if voice in _PASSIVES or not frame.subject:
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
        given = {a.value for role, a in instance.roles.items() if role in frame.markers.values() and a.how == "marker"}
        near = [m for m in near if m.value not in given] or near  # "X and Y discuss the supply to Y"
        near = [m for m in near if not m.owned] or near
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
        first_object = min((j for j in self._object_tokens(view.tokens, instance) if j > t), default=t + _VERB_SUBJECT + 1)
        after = [m for m in view.mentions if clause.holds(m.at) and t < m.at < min(first_object, t + _VERB_SUBJECT + 1)
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


def _acts(token: Token) -> bool:
    """A finite verb of action, and of nothing but action."""
    return not token.has("gram", "light") and any(e.kind == "trigger" and e.form in ("active", "passive") for e in token.entries)


def _staged(token: Token) -> bool:
    """A word that says how far an act has come: "plans", "negotiates", "not" ..."""
    return any(token.has("cue", stage) for stage in _STAGES)


def _distance(tokens: Sequence[Token], held: Argument, instance: Instance) -> int:
    at = next((i for i, token in enumerate(tokens) if token.start >= held.start), 0)
    return abs(at - instance.trigger)
