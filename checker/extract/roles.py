"""Roles: which mention around a trigger is supplier, recipient, doer or place, by its place, preposition, particle or case."""

from __future__ import annotations

from collections.abc import Sequence

from checker.extract.instance import Instance
from checker.extract.objects import Clause, View
from checker.extract.pack import Frame
from checker.extract.phrases import Mention, flagged
from checker.extract.subjects import PASSIVES, VERB_SUBJECT, SubjectFinder
from checker.extract.tokens import Token

__all__ = ["RoleFinder"]

_WITH = 7
_NEXT = 2


class RoleFinder(SubjectFinder):
    """Gives the mentions of a sentence the roles that a frame asks for."""

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
            if frame.qualifier and _owned_aside(tokens, m, clause):
                self._offer(tokens, instance, frame.qualifier, m, "attribute", 2.0)
                continue
            aside = clause.skip[0] < m.at < clause.skip[1]
            if aside and tokens[m.marker_at - 1].has("marker", "made") and min(object_at, default=t) < m.at:
                self._offer(tokens, instance, "origin", m, "attribute", 2.0)  # "the shells, which were made in X, came to Y"
                continue
            inside = clause.holds(m.at)
            beyond = clause.hi < m.at <= clause.far and (m.theatre or (m.is_place and instance.people is not None))
            if not inside and not beyond and m is not antecedent and m.modifies not in object_at and m.at not in object_at:
                continue
            final = self.grammar.object == "left" and voice != "noun" and not (self.grammar.head == "first" and voice in PASSIVES)
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
                self._offer(tokens, instance, frame.markers["accusative"], m, "object", 2.0)
            elif m.marker:
                self._marked(tokens, m, t, frame, voice, instance)
            elif m.is_place:
                self._bare_place(tokens, m, t, instance)
            elif m.at > t:
                self._bare_after(tokens, m, t, frame, voice, object_at, instance)
        if not self._second(view, t, frame, voice, clause, instance):
            self._subject(view, t, frame, voice, clause, antecedent, instance)
        self._held(view, frame, object_at, instance)
        if antecedent is not None and frame.subject in instance.roles and any(e.case == "dative" for e in tokens[clause.relative].entries):
            self._offer(tokens, instance, frame.markers.get("to", ""), antecedent, "marker", 2.0)  # "X, to which Y supplied ..."

    def _held(self, view: View, frame: Frame, object_at: set[int], instance: Instance) -> None:
        """ "The missiles of the Houthis come from X": a group whose goods come from elsewhere has received them."""
        holder = next((m for m in view.mentions if m.form == "group" and (
            m.modifies in object_at or (m.marker == "of" and m.marker_at - 1 in object_at))), None)
        if frame.left_object and holder is not None and "supplier" in instance.roles and "recipient" not in instance.roles:
            instance.roles.pop("origin", None)
            self._offer(view.tokens, instance, "recipient", holder, "attribute", 1.5)

    def _helps(self, tokens: Sequence[Token], m: Mention, instance: Instance) -> bool:
        """Whose help it is: "received military aid of X"."""
        return instance.support and m.modifies >= 0 and tokens[m.modifies].has("support")

    def _antecedent_actor(self, view: View, clause: Clause) -> Mention | None:
        """The State a relative clause speaks of: "Iran, which supplied ..."."""
        if clause.relative < 0:
            return None
        near = [m for m in view.mentions if m.last < clause.relative and clause.relative - m.last <= 2 and not m.is_place
                and all(not u.is_word or u.has("marker") for u in view.tokens[m.last + 1:clause.relative])]
        return near[-1] if near and near[-1].modifies < 0 else None

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
                and not self.grammar.marked_both and not (voice in PASSIVES and m.marker == "in" and role):
            return
        if m.marker == "of" and not m.by_case and voice != "noun" and m.at < t and self.grammar.head == "first":
            return  # "the neighbours of X bought ...": not from X
        if m.marker == "of" and voice == "noun" and m.at < t and not role:
            role = frame.possessor
        buys = frame.subject == "recipient" and role == "supplier" and self.grammar.object != "left" and "none" not in frame.objects
        market = frame.subject == "recipient" and "receipt" not in frame.needs and 0 < m.marker_at - max(
            {t, *self._object_tokens(tokens, instance)}) <= _NEXT
        if m.marker == "in" and not role and market and self.grammar.object == "right" and frame.markers.get("from") == "supplier":
            role = "supplier"  # "X bought shells in Y"
        elif m.marker == "in" and (not role or (buys and m.at < t)):
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
        elif voice == "active" and frame.dative and m.form in ("name", "group") and self.grammar.dative and not self.grammar.second \
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
        if not m.free or m.is_place or m.at < t or ("accusative" not in m.cases if m.cases else m.first - t > _NEXT):
            return False
        return any(clause.holds(other.at) and other.free and other.at < t for other in view.mentions)

    def _bare_place(self, tokens: Sequence[Token], m: Mention, t: int, instance: Instance) -> None:
        if m.at > t:
            self._offer(tokens, instance, "place", m, "near", 1.0)

    def _bare_after(self, tokens: Sequence[Token], m: Mention, t: int, frame: Frame, voice: str, object_at: set[int],
                    instance: Instance) -> None:
        alone = "none" in frame.objects or t in object_at
        first_object = min((j for j in object_at if j > t), default=t + VERB_SUBJECT + 1 if alone else -1)
        if voice in PASSIVES and self.grammar.agent_adjacent and m.first <= t + 2:
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
        reach = clause.hi if frame.left_object else t + VERB_SUBJECT
        first_object = min((j for j in self._object_tokens(view.tokens, instance) if j > t), default=reach + 1)
        held = {a.start for a in instance.roles.values() if a.how == "object"}
        after = [m for m in view.mentions if clause.holds(m.at) and self._is_second(m, t, frame, voice) and m.at < first_object
                 and not m.theatre and not m.is_place and view.tokens[m.first].start not in held]
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


def _owned_aside(tokens: Sequence[Token], m: Mention, clause: Clause) -> bool:
    """Who owns the ship, told between commas: "the tanker, owned by an X company, was registered"."""
    lo, hi = clause.skip
    return lo < m.at < hi and not m.is_place and any(u.has("gram", "owned") for u in tokens[lo:hi])
