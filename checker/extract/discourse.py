"""What a sentence leaves to its neighbours: pronouns, missing partners, denials of what was just told, "as if" and doubt about arrival."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile

from checker.extract.claims import Attribution
from checker.extract.clauses import described
from checker.extract.frames import Reader
from checker.extract.instance import Argument, Instance, Voice
from checker.extract.objects import View
from checker.extract.phrases import Mention
from checker.extract.tokens import Token

__all__ = ["Memory"]

_REACH = 3
_BARE = 4
_SAID = 3
_GIVEN = 4
_MARKED_BARE = 8
"""The same where names under prepositions stand between the verb of saying and the verb."""


class Memory:
    """The latest actors and instances of a text, in reading order."""

    def __init__(self, reader: Reader, text: str) -> None:
        self.reader, self.text = reader, text
        self.instances: list[Instance] = []
        self.subject: Argument | None = None
        self.subject_sentence = -9
        self.speaker: Voice | None = None
        self.pair: tuple[str, str] | None = None
        self.panel: Voice | None = None
        self.pending: list[tuple[str, Instance]] = []

    def resolve(self, view: View, found: Sequence[Attribution]) -> None:
        """Fill pronoun subjects and missing partners of the sentence's instances, then remember them."""
        for instance in view.instances:
            self._pronoun(view, instance, found)
            self._first_person(view, instance)
            self._maker(instance)
            self._given(view, instance)
            self._deal(view, instance)
            if not instance.lacks:
                self._partner(instance)
            self._continuation(instance)
        self._remember(view, found)

    def _frame_subject(self, instance: Instance) -> str:
        return self.reader.pack.frames[instance.frame].subject

    def _pronoun(self, view: View, instance: Instance, found: Sequence[Attribution]) -> None:
        """"They denied that it gave ...": the pronoun is the speaker; else the subject of the sentence before."""
        role = self._frame_subject(instance)
        if not role or role in instance.roles:
            return
        forms = {e.form for e in view.tokens[instance.trigger].entries if e.kind == "trigger"}
        light = any(token.has("gram", "light") for token in view.tokens[instance.lo:instance.trigger])
        opening = max(0, instance.lo - (forms != {"noun"} or light))  # "that they" may be one word
        pronouns = [view.tokens[j] for j in range(opening, instance.trigger) if _is_doer(view.tokens[j])]
        pronoun = bool(pronouns)
        record = next((v for v in instance.voices if v.party and v.kind == "record"), None)
        if "noun" in forms and record is not None and all(a.value != record.party for a in instance.roles.values()):
            basis = "it is their own record"  # "Chinese customs data show imports from X"
            instance.roles[role] = Argument(record.party, record.start, record.end, "inferred", 1.5, basis=basis)
            return
        if not pronoun and not self._bare(view, instance, found):
            self._unsaid(view, instance, role, forms)
            return
        suspect = next((v.accused for v in instance.voices if v.accused is not None), None)
        if suspect is not None and suspect.start < view.tokens[instance.trigger].start:  # "X is said to have sent ...": X has sent it
            instance.roles[role] = Argument(suspect.party, suspect.start, suspect.end, "subject", 2.0)
            return
        voice = next((v for v in instance.voices if v.party), None)
        if pronoun and voice is not None and self._named_later(voice, pronouns[-1]):
            voice = None  # "it sold shells, X said": X is not meant
        sent = instance.roles.get("shipped_from")
        if role == "supplier" and sent is not None and not sent.is_place and voice is not None and sent.value != voice.party:
            return  # "X denies the supply of arms from Y": Y supplies
        accused = self._accused(view, instance, voice)
        if accused is not None:
            instance.roles[role] = accused
        elif voice is not None:
            instance.roles[role] = Argument(voice.party, voice.start, voice.end, "inferred", 1.5, basis=f"the speaker, {voice.by}")
        elif pronoun and self.subject is not None and view.sentence.index - self.subject_sentence <= _REACH:
            s = self.subject
            instance.roles[role] = Argument(s.value, s.start, s.end, "inferred", 1.0, s.kind, basis="the subject of the sentence before")
        elif pronoun:
            self._named_before(view, instance, role)

    def _named_later(self, voice: Voice, pronoun: Token) -> bool:
        """Where the speaker is named only behind what is said, no pronoun in it means him."""
        return self.reader.grammar.object == "right" and voice.start > pronoun.start and voice.status not in ("deny", "reject", "admit")

    def _unsaid(self, view: View, instance: Instance, role: str, forms: Collection[str]) -> None:
        """Where verbs end sentences and what is said follows the saying, "X Y accused that sent ..." needs no pronoun: it is Y."""
        grammar = self.reader.grammar
        voice = next((v for v in instance.voices if v.party), None)
        if grammar.object != "left" or grammar.head != "first" or "active" not in forms or voice is None:
            return
        if voice.status != "accuse" or voice.cue is None:
            return
        named = [m for m in view.mentions if voice.end <= view.tokens[m.first].start < voice.cue[0] and m.at < instance.lo
                 and not m.is_place and m.modifies < 0 and m.value not in {voice.party, *(a.value for a in instance.roles.values())}]
        if len(named) == 1:
            start, end = view.tokens[named[0].first].start, view.tokens[named[0].last].end
            instance.roles[role] = Argument(named[0].value, start, end, "inferred", 1.5, named[0].kind, basis="who is accused")

    def _named_before(self, view: View, instance: Instance, role: str) -> None:
        """ "Thanked X for the tractors it had sent": the party named last in the sentence."""
        taken = {a.value for a in instance.roles.values()}
        m = next((m for m in reversed(view.mentions) if m.last < instance.lo and not (
            m.is_place or m.theatre or m.marker or m.value in taken)), None)
        if m is not None and m.modifies < 0:
            start, end = view.tokens[m.first].start, view.tokens[m.last].end
            instance.roles[role] = Argument(m.value, start, end, "inferred", 1.0, m.kind, basis="the party named last before")

    def _accused(self, view: View, instance: Instance, voice: Voice | None) -> Argument | None:
        """ "X accused Y that it sent ...": the pronoun is Y."""
        if voice is None or voice.status != "accuse" or voice.cue is None:
            return None
        tokens = view.tokens
        markers = ("to", "") if self.reader.grammar.accused_to else ("",)
        named = [m for m in view.mentions if voice.cue[0] < tokens[m.first].start and m.at < instance.lo and m.marker in markers
                 and not m.is_place and m.modifies < 0 and m.value != voice.party]
        if not named:
            return None
        start, end = tokens[named[-1].first].start, tokens[named[-1].last].end
        return Argument(named[-1].value, start, end, "inferred", 1.5, named[-1].kind, basis="who is accused")

    def _bare(self, view: View, instance: Instance, found: Sequence[Attribution]) -> bool:
        """A verb right after the saying ("denied supplying", "claims to have launched") has the speaker for subject."""
        grammar = self.reader.grammar
        reach = _MARKED_BARE if grammar.marked_both or grammar.subject_after else _BARE
        for a in found:
            said = a.at < instance.trigger or grammar.topic_first
            if a.voice.accused is not None and said and any(v is a.voice for v in instance.voices):
                return True
            if a.kind in ("deny", "admit", "reject") and _BARE < instance.trigger - a.at <= reach:
                return True
            if grammar.object == "left" and grammar.head == "first" and self._told_first(view, instance, a):
                return True
            if grammar.topic_first and self._told_last(view, instance, a):
                return True
            if grammar.subject_unsaid and self._told_within(view, instance, a):
                return True
            if grammar.speaker_first and self._told_at_once(view, instance, a):
                return True
            verbal = grammar.subject_after or grammar.object == "left"
            if verbal and a.kind == "passive_accuse" and 0 < instance.trigger - a.at <= _BARE and a.voice in instance.voices:
                return True  # "X is accused of supplying ..."
            if 0 < instance.trigger - a.at <= _BARE:
                between = view.tokens[a.at + 1:instance.trigger]
                forms = {e.form for e in view.tokens[instance.trigger].entries if e.kind == "trigger"}
                has = any(token.has("gram", "have") for token in between)
                active = bool(forms & {"active", "infinitive"}) or ("participle" in forms and has)
                if a.kind == "say" and not active and between and between[-1].end == a.voice.end:
                    return True  # "announced X the supply of Y with ..."
                if a.kind in ("deny", "admit", "reject") or (a.kind in ("say", "claim") and active and not any(map(_own_subject, between))):
                    return True
        return False

    def _told_last(self, view: View, instance: Instance, a: Attribution) -> bool:
        """The saying right behind a verb that nobody is named for: "X, as Z decided, to Y troops has sent, said"."""
        tokens, form = view.tokens, {e.form for e in view.tokens[instance.trigger].entries if e.kind == "trigger"}
        named = any(tokens[j].has("particle", "subject") for j in range(instance.lo, instance.trigger))
        return form == {"active"} and 0 < a.at - instance.trigger <= _SAID and not named and not {"shipped_from", "supplier"} & set(
            instance.roles) and a.kind in ("say", "claim", "admit", "deny") and a.voice in instance.voices

    def _told_at_once(self, view: View, instance: Instance, a: Attribution) -> bool:
        """ "X said, has to Y helicopters sent": between saying and verb only prepositions with their names and small words."""
        between = view.tokens[a.at + 1:instance.trigger]
        between = between[1:] if between and between[0].low == "," else between
        if a.kind not in ("say", "claim", "admit") or a.voice not in instance.voices or len(between) > _MARKED_BARE:
            return False
        for j, token in enumerate(between):
            under = token.has("actor") and j and between[j - 1].has("marker")
            if not (under or token.has("marker") or token.has("cue") or token.has("gram", "adj") or token.has("org")):
                return False
        return bool(between) and described(view.tokens, instance.trigger) < 0

    def _told_within(self, view: View, instance: Instance, a: Attribution) -> bool:
        """ "X said that never to Y arms has sent": behind "that" only names under prepositions and small words before the verb."""
        tokens, k = view.tokens, a.at + 1
        while k < instance.trigger and tokens[k].start < a.voice.end:
            k += 1
        if k + 1 >= len(tokens) or tokens[k].low != "," or a.voice not in instance.voices or (
                a.kind not in ("say", "claim", "admit", "deny", "believe")):
            return False
        between, form = tokens[k + 2:instance.trigger], {e.form for e in tokens[instance.trigger].entries if e.kind == "trigger"}
        named = any(k < m.at < instance.trigger and (m.free or m.is_place) for m in view.mentions)
        other = any(u.has("claimant") or u.has("goods") or u.has("people") or u.has("trigger") or u.has("gram", "boundary") or u.low == ","
                    for u in between)
        return tokens[k + 1].has("gram", "boundary") and "active" in form and len(between) <= _MARKED_BARE and not (named or other)

    def _told_first(self, view: View, instance: Instance, a: Attribution) -> bool:
        """The saying before a clause that ends in its verb, or behind its noun: "X said (that) to Y shells has not sent"."""
        form = {e.form for e in view.tokens[instance.trigger].entries if e.kind == "trigger"}
        if "passive" in form or any(u.has("gram", "be") for u in view.tokens[instance.trigger + 1:instance.trigger + 2]):
            return False
        if instance.trigger < a.at:
            return a.kind in ("deny", "admit", "reject") and bool(form & {"noun", "compound"})
        return instance.lo <= a.at + 2 and a.kind in ("say", "claim", "deny", "admit", "passive_accuse")

    def _first_person(self, view: View, instance: Instance) -> None:
        role = self._frame_subject(instance)
        if role and role not in instance.roles and any(view.tokens[j].has("gram", "we") for j in range(instance.lo, instance.trigger + 1)):
            voice = next((v for v in instance.voices if v.party), None)
            if voice is not None:
                instance.roles[role] = Argument(voice.party, voice.start, voice.end, "inferred", 1.5, basis=f"'we' is {voice.by}")

    def _maker(self, instance: Instance) -> None:
        """Goods sent from a State, or made in it, are taken to come from it where nobody else is said to have sent them."""
        sent = instance.roles.get("shipped_from")
        if sent is not None and not sent.is_place and "supplier" not in instance.roles:
            basis = "the goods came from there"
            instance.roles["supplier"] = Argument(sent.value, sent.start, sent.end, "inferred", 1.5, sent.kind, basis=basis)
        if sent is not None and not sent.is_place and self._frame_subject(instance) == "actor" and "actor" not in instance.roles:
            basis = "they were fired from there"
            instance.roles["actor"] = Argument(sent.value, sent.start, sent.end, "inferred", 1.5, sent.kind, basis=basis)
        self._taught(instance)
        origin = instance.roles.get("origin")
        recipient = instance.roles.get("recipient")
        if origin is None or recipient is None or "supplier" in instance.roles or origin.value == recipient.value:
            return
        basis = "the goods are said to be made there"
        instance.roles["supplier"] = Argument(origin.value, origin.start, origin.end, "inferred", 1.0, "", basis=basis)

    def _taught(self, instance: Instance) -> None:
        """Who is taught in a State belongs to it, or is taught by it, where nothing else is said."""
        frame, place, doer = self.reader.pack.frames[instance.frame], instance.roles.get("place"), instance.roles.get("supplier")
        if frame.people == "taught" and place is not None and doer is not None and place.value != doer.value and not place.is_place:
            basis = "those taught are taken to be of the State where they are taught"
            instance.roles.setdefault("recipient", Argument(place.value, place.start, place.end, "inferred", 1.0, place.kind, basis=basis))
        elif frame.people == "taught" and place is not None and not doer and instance.roles.get("recipient", place).value != place.value:
            basis = "those taught in a State are taken to be taught by it"
            instance.roles["supplier"] = Argument(place.value, place.start, place.end, "inferred", 1.0, place.kind, basis=basis)

    def _given(self, view: View, instance: Instance) -> None:
        """ "The missiles that X gave them": they are who was named last before the clause, else what the sentence before spoke of."""
        tokens, t = view.tokens, instance.trigger
        frame = self.reader.pack.frames[instance.frame]
        if "recipient" in instance.roles or "recipient" not in (frame.dative, frame.markers.get("to")):
            return
        near = [*range(max(0, t - _GIVEN), t), *range(t + 1, min(len(tokens), t + 2))]
        if not any(tokens[j].has("gram", "to_them") and not tokens[j].has("goods") and not tokens[j].has("people") for j in near):
            return
        taken = {a.value for a in instance.roles.values()}
        m = next((m for m in reversed(view.mentions) if m.last < t and not (m.is_place or m.theatre) and m.modifies < 0
                  and m.value not in taken), None)
        basis = "who was named last before"
        if m is not None:
            start, end = tokens[m.first].start, tokens[m.last].end
            instance.roles["recipient"] = Argument(m.value, start, end, "inferred", 1.0, m.kind, basis=basis)
        elif self.subject is not None and view.sentence.index - self.subject_sentence <= _REACH and self.subject.value not in taken:
            s = self.subject
            instance.roles["recipient"] = Argument(s.value, s.start, s.end, "inferred", 1.0, s.kind, basis=basis)

    def _deal(self, view: View, instance: Instance) -> None:
        """ "X signed a deal with Y to buy shells": Y is the other side."""
        held = {"supplier", "recipient"} & set(instance.roles) or {self._frame_subject(instance)} & {"supplier", "recipient"}
        signed = next((j for j, t in enumerate(view.tokens[:instance.trigger]) if t.has("cue", "contracted")), -1)
        if len(held) != 1 or (signed < 0 and instance.stage not in ("planned", "negotiated", "contracted")):
            return
        side = instance.roles.get(next(iter(held)))
        other = next((m for m in view.mentions if m.marker == "with" and signed < m.at and m.last < instance.trigger and m.modifies < 0
                      and not (m.is_place or m.theatre) and (side is None or m.value != side.value)), None)
        if other is not None:
            start, end = view.tokens[other.first].start, view.tokens[other.last].end
            role = next(iter({"supplier", "recipient"} - held))
            instance.roles[role] = Argument(other.value, start, end, "inferred", 1.0, other.kind, basis="the other side of the deal")
            instance.stage = "contracted" if signed >= 0 else instance.stage

    def _partner(self, instance: Instance) -> None:
        """A missing supplier or recipient is the other party of the latest event of the same pair, when that was near."""
        sides = {"supplier", "recipient"}
        held = sides & set(instance.roles)
        if len(held) != 1 or self.pair is None or not (instance.goods or instance.people or instance.support):
            return
        if {"destination", "place"} & set(instance.roles):
            return
        role = held.pop()
        last = next((i for i in self.recent(instance.sentence) if {"supplier", "recipient"} <= set(i.roles)), None)
        if last is None or instance.roles[role].value not in self.pair:
            return
        other = self.pair[1] if instance.roles[role].value == self.pair[0] else self.pair[0]
        source = next(a for a in last.roles.values() if a.value == other)
        missing = (sides - {role}).pop()
        basis = "the partner named just before"
        instance.roles[missing] = Argument(other, source.start, source.end, "inferred", 0.5, source.kind, basis=basis)

    def _continuation(self, instance: Instance) -> None:
        """Goods of an event told just before, with no party named again: the same parties are meant."""
        if instance.parties or not instance.goods or instance.as_if:
            return
        tree = self.reader.goods
        for last in self.recent(instance.sentence):
            if {"supplier", "recipient"} <= set(last.roles) and any(
                    a.term in tree.ancestors(b.term) or b.term in tree.ancestors(a.term) for a in instance.goods for b in last.goods):
                for role in ("supplier", "recipient"):
                    a = last.roles[role]
                    instance.roles[role] = Argument(a.value, a.start, a.end, "inferred", 0.5, a.kind, basis="the parties named just before")
                instance.capped = True
                return

    def _remember(self, view: View, found: Sequence[Attribution]) -> None:
        """Keep the instances; a route feigned in a headline waits for its event."""
        for instance in view.instances:
            for holder, feigned in list(self.pending):
                if holder in instance.parties and not instance.as_if and (instance.goods or instance.people):
                    for name, values in feigned.sets.items():
                        instance.sets.setdefault(name, []).extend(values)
                    self.pending.remove((holder, feigned))
        for instance in view.instances:
            self.instances.append(instance)
            if {"supplier", "recipient"} <= set(instance.roles):
                self.pair = (instance.roles["supplier"].value, instance.roles["recipient"].value)
        accusers = {a.voice.start for a in found if a.kind == "accuse"}
        first = next((m for m in view.mentions if m.free and not m.is_place and not m.theatre and not _speaks(view, m)
                      and view.tokens[m.first].start not in accusers), None)
        if first is None and accusers:  # "Y's prosecutors have charged an X company. It sold ..."
            first = next((m for m in view.mentions if m.marker in ("to", "against") and not m.is_place), None)
        if first is not None and view.sentence.zone != "headline":
            tokens = view.tokens
            self.subject = Argument(first.value, tokens[first.first].start, tokens[first.last].end, "subject", 2.0, first.kind)
            self.subject_sentence = view.sentence.index

    def recent(self, sentence: int, reach: int = _REACH) -> list[Instance]:
        """Instances of the last few sentences, latest first."""
        return list(takewhile(lambda i: sentence - i.sentence <= reach, reversed(self.instances)))


def _own_subject(token: Token) -> bool:
    """What stands between a saying and a verb that has a subject of its own, or begins a new clause."""
    return token.has("actor") or token.has("goods") or token.has("people") or token.has("claimant") or token.has("org") \
        or token.has("gram", "boundary") or token.low in (",", ":", '"') or (token.capital and not token.entries)


def _is_doer(token: Token) -> bool:
    """A pronoun that does not stand for the object."""
    return token.has("gram", "pronoun") and not (token.has("goods") or token.has("people"))


def _speaks(view: View, m: Mention) -> bool:
    """A State right before a verb of saying is the speaker, not what the text is about."""
    after = m.last + 1
    return after < len(view.tokens) and view.tokens[after].has("say")
