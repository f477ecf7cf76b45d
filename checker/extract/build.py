"""From bundles to events: facts in words of the vocabulary, exact evidence for each, claims, assumptions and the tier."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from checker.extract.claims import claim_status
from checker.extract.instance import NAMELESS, Argument, Instance, Voice
from checker.extract.merge import Bundle
from checker.extract.ships import printed_name
from checker.extract.tokens import Sentence, Token
from checker.model.claim import Claim, ClaimStatus
from checker.model.dates import DateRange
from checker.model.document import Document, Evidence
from checker.model.event import Assumed, Event, FactValue, Tier, fact_to_wire

if TYPE_CHECKING:
    from checker.vocabulary.events import EventReader
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Builder"]

_PLACE_FACTS = ("origin", "shipped_from", "destination", "place", "end_use_place")
_SET_FACTS = ("via", "declared_origin", "declared_destination")


class Builder:
    """Builds the events of one document. ``claimants``: status of what each kind of source says (pack)."""

    def __init__(self, document: Document, vocabulary: Vocabulary, zones: Sequence[tuple[int, int, str]], anchor: DateRange | None,
                 claimants: Mapping[str, str], reader: EventReader, cap: str = "", agency: str = "",
                 sentences: Mapping[int, Sentence] | None = None) -> None:
        self.sentences = sentences or {}
        self._in_order = sorted(self.sentences.values(), key=_start)
        self.reader = reader
        self.document, self.vocabulary, self.anchor = document, vocabulary, anchor
        self._zone_starts = [a for a, _, _ in zones]
        self.zones, self.claimants, self.cap, self.agency = zones, claimants, cap, agency

    # ---- evidence --------------------------------------------------------------------------------------------------

    def quote(self, start: int, end: int, fact: str, how: str = "explicit") -> Evidence:
        at = bisect_right(self._zone_starts, start) - 1
        zone = self.zones[at][2] if at >= 0 and start < self.zones[at][1] else "body"
        return self.document.quote(start, end, fact=fact, zone=zone, how=how)

    def _argument(self, fact: str, a: Argument) -> Evidence:
        return self.quote(a.start, a.end, fact, "inferred" if a.how == "inferred" or a.basis else "explicit")

    # ---- events ----------------------------------------------------------------------------------------------------

    def event(self, bundle: Bundle, shipment: str) -> Event:
        """One event of a bundle."""
        facts: dict[str, FactValue] = {"act": bundle.act, "stage": self._stage(bundle)}
        evidence: list[Evidence] = [self.quote(i.start, i.end, "act") for i in bundle.instances]
        assumed: list[Assumed] = []
        names: dict[str, str] = {}
        if shipment:
            facts["shipment"] = shipment
        self._parties(bundle, facts, evidence, assumed, names)
        self._goods(bundle, facts, evidence, assumed)
        self._places(bundle, facts, evidence, assumed)
        for instance in bundle.instances:
            for name, value in instance.facts.items():
                facts.setdefault(name, value if not isinstance(value, list) else tuple(value))
        claims = self._claims(bundle)
        self._date(bundle, facts, evidence, assumed)
        self._people(bundle, facts, evidence, assumed)
        settled, more = self._settle(facts, names)
        unique = tuple(dict.fromkeys(evidence))
        kept = tuple(dict.fromkeys((*assumed, *more)))
        return Event(settled, self._id(facts), claims, unique, kept, self._tier(bundle), self.document.id, names)

    def _settle(self, facts: Mapping[str, FactValue], names: Mapping[str, str]) -> tuple[Mapping[str, FactValue], tuple[Assumed, ...]]:
        """The facts in normal form with what follows from them (States of parties, host State of a place, lethal goods)."""
        event, _ = self.reader.read({**{name: fact_to_wire(value) for name, value in facts.items()}, "names": dict(names)})
        return (event.facts, event.assumed) if event is not None else (facts, ())

    def _people(self, bundle: Bundle, facts: dict[str, FactValue], evidence: list[Evidence], assumed: list[Assumed]) -> None:
        """People a State sends out are taken to be its nationals where nothing else is said."""
        supplier = bundle.roles.get("supplier")
        sent = any(i.sends for i in bundle.instances)
        if not sent or supplier is None or "person_nationality" in facts or supplier.value not in self.vocabulary.states.codes:
            return
        facts["person_nationality"] = supplier.value
        evidence.append(self.quote(supplier.start, supplier.end, "person_nationality", "inferred"))
        assumed.append(Assumed("person_nationality", "the State that sends them is taken to be their own"))

    def _stage(self, bundle: Bundle) -> str:
        order = ("planned", "negotiated", "contracted", "attempted", "done")
        stages = [i.stage for i in bundle.instances if not i.negated] or [i.stage for i in bundle.instances]
        return max(stages, key=order.index)

    def _state(self, value: str) -> str:
        if value in self.vocabulary.states.codes:
            return value
        party = self.vocabulary.parties.get(value)
        return party.state if party is not None else ""

    def _parties(self, bundle: Bundle, facts: dict[str, FactValue], evidence: list[Evidence], assumed: list[Assumed],
                 names: dict[str, str]) -> None:
        for role, argument in bundle.roles.items():
            if role in ("person_nationality", "host_state", "flag_state", "port_state"):
                state = self._state(argument.value)
                if state:
                    facts[role] = state
                    evidence.append(self._argument(role, argument))
                continue
            if role in _PLACE_FACTS:
                continue
            words = self.document.text[argument.start:argument.end]
            evidence.append(self._argument(role, argument))
            if argument.value not in self.vocabulary.parties:
                self._stranger(bundle, role, argument, facts, evidence, assumed, names)
                continue
            facts[role] = argument.value
            evidence += [self._argument(role, a) for a in self._same(bundle, role, argument.value)]
            kinds = self.vocabulary.taxonomies["party_kinds"]
            if argument.kind in kinds and not argument.basis and argument.value in self.vocabulary.states.codes:
                facts[f"{role}_kind"] = argument.kind
                names[role] = " ".join(words.split())
            if argument.basis:
                assumed.append(Assumed(role, argument.basis))

    def _stranger(self, bundle: Bundle, role: str, argument: Argument, facts: dict[str, FactValue], evidence: list[Evidence],
                  assumed: list[Assumed], names: dict[str, str]) -> None:
        """A party that the vocabulary does not know: under the name of its list, else as the text calls it; with an IMO number where one
        stands beside a name. A ship stands for whoever runs it."""
        told = [a for i in bundle.instances for a in i.roles.values() if a.value == argument.value]
        spans = [a.name for a in (argument, *told) if a.name != NAMELESS]
        printed = [printed_name(self.document.text[start:end]) for start, end in spans]
        own = bool(printed) and argument.value == argument.value.lower()  # the text's own words, folded, or a name without capitals
        facts[role] = printed[0][0] if own else argument.value
        names[role] = next((full for name, full in printed if full != name), printed[0][1] if printed else argument.value)
        evidence += [self._argument(role, a) for a in self._same(bundle, role, argument.value)]
        kind = self.vocabulary.taxonomies["party_kinds"].resolve(argument.kind) if argument.kind else None
        if kind:
            facts[f"{role}_kind"] = kind
        stated = next((a for a in (argument, *told) if a.state), None)
        if stated is not None:
            facts[f"{role}_state"] = stated.state
            evidence.append(self.quote(stated.start, stated.end, f"{role}_state"))
        if argument.basis:
            assumed.append(Assumed(role, argument.basis))

    def _same(self, bundle: Bundle, role: str, value: str) -> list[Argument]:
        """The other places of the text that name this party in this role."""
        held = [i.roles[role] for i in bundle.instances if role in i.roles]
        return [a for a in held if a.value == value and not a.basis]

    def _goods(self, bundle: Bundle, facts: dict[str, FactValue], evidence: list[Evidence], assumed: list[Assumed]) -> None:
        ref, how = bundle.goods, "explicit"
        if all(i.carried for i in bundle.instances):
            how = "inferred"
            assumed.append(Assumed("goods" if ref is not None else "person_role", "what was named last before"))
        if ref is not None and ref.term:
            facts["goods"] = ref.term
            evidence.append(self.quote(ref.start, ref.end, "goods", how))
            tree = self.vocabulary.taxonomies["goods"]
            evidence += [self.quote(g.start, g.end, "goods") for i in bundle.instances for g in i.goods
                         if g.term and (g.term in tree.ancestors(ref.term) or ref.term in tree.ancestors(g.term))]
            for name, (value, start, end) in ref.figures.items():
                facts[name] = value
                evidence.append(self.quote(start, end, name))
        people = next((i.people for i in bundle.instances if i.people), None)
        if people is not None:
            evidence.append(self.quote(people.start, people.end, "person_role"))
        role = next((i.person_role for i in bundle.instances if i.person_role), "")
        if role:
            facts["person_role"] = role
        counted = ref if ref is not None and ref.amount is not None else people
        if counted is not None and counted.amount is not None and counted.amount_span is not None:
            facts["quantity"] = counted.amount
            evidence.append(self.quote(*counted.amount_span, "quantity"))
        money = next((i.value_usd for i in bundle.instances if i.value_usd), None)
        if money is not None:
            facts["value_usd"] = money[0]
            evidence.append(self.quote(money[1], money[2], "value_usd"))

    def _places(self, bundle: Bundle, facts: dict[str, FactValue], evidence: list[Evidence], assumed: list[Assumed]) -> None:
        for name in _PLACE_FACTS:
            argument = bundle.roles.get(name)
            if argument is None:
                continue
            value = argument.value if argument.is_place else self._state(argument.value)
            if value:
                facts[name] = value
                evidence.append(self._argument(name, argument))
                if argument.basis:
                    assumed.append(Assumed(name, argument.basis))
        if "destination" not in facts:
            to = bundle.roles.get("recipient")
            state = self._state(to.value) if to is not None and to.how == "marker" else ""
            if to is not None and state:
                facts["destination"] = state
                evidence.append(self._argument("destination", to))
        for name in _SET_FACTS:
            found = [a for i in bundle.instances for a in i.sets.get(name, [])]
            values = sorted({a.value if a.is_place else self._state(a.value) for a in found} - {""})
            if values:
                facts[name] = tuple(values)
                evidence += [self._argument(name, a) for a in found]

    # ---- date ------------------------------------------------------------------------------------------------------

    def _date(self, bundle: Bundle, facts: dict[str, FactValue], evidence: list[Evidence], assumed: list[Assumed]) -> None:
        told = [i.date for i in bundle.instances if i.date is not None and not i.negated]
        if told:
            best = min(told, key=lambda d: d.range.last - d.range.first)
            facts["date"] = best.range
            evidence.append(self.quote(best.start, best.end, "date"))
            if best.relative and self.anchor is not None:
                words = " ".join(self.document.text[best.start:best.end].split())
                assumed.append(Assumed("date", f"'{words}' counted from the publication, {self.anchor.say()}"))
            return
        claimed = [v.date for i in bundle.instances for v in i.voices if v.date is not None and v.status not in ("deny", "reject")]
        if claimed:
            first = claimed[0]
            facts["date"] = first.range
            evidence.append(self.quote(first.start, first.end, "date", "inferred"))
            assumed.append(Assumed("date", f"date of the claim, {first.range.say()}"))
        elif self.anchor is not None and facts["stage"] != "":
            facts["date"] = self.anchor
            assumed.append(Assumed("date", f"date of publication, {self.anchor.say()}"))

    # ---- claims ----------------------------------------------------------------------------------------------------

    def _claims(self, bundle: Bundle) -> tuple[Claim, ...]:
        sides = ("supplier", "recipient", "actor", "host_state")
        parties = {self._state(a.value) or a.value for role, a in bundle.roles.items() if role in sides}
        claims: list[Claim] = []
        for instance in bundle.instances:
            claims += self._instance_claims(instance, parties)
        outlet = self.document.outlet
        if any(c.by and c.by != outlet and not c.about and c.status in ("confirmed", "reported", "alleged") for c in claims):
            # A headline, or a repetition in the outlet's voice, adds nothing to what somebody named has said.
            claims = [c for c in claims if c.status != "reported" or c.by != outlet]
        merged: dict[tuple[str, str, str, str], Claim] = {}
        evidence: dict[tuple[str, str, str, str], dict[Evidence, None]] = {}
        names = {c.by for c in claims}
        for claim in (replace(c, by=_fullest(c.by, names)) for c in claims):
            key = (claim.status, claim.by.lower(), claim.party, claim.about)
            held = merged.get(key)
            merged[key] = claim if held is None else replace(
                held, via=held.via or claim.via, date=held.date or claim.date)
            evidence.setdefault(key, {}).update(dict.fromkeys(claim.evidence))
        return tuple(replace(claim, evidence=tuple(evidence[key])) for key, claim in merged.items())

    def _instance_claims(self, instance: Instance, parties: set[str]) -> list[Claim]:
        carried = tuple(v for v in (self.agency or self.document.agency, self.document.outlet) if v)
        words = self.quote(*self._words(instance, Voice("")), "claim")
        if instance.negated and not instance.voices:
            return [Claim("negated", self.document.outlet, evidence=(words,))]
        if not instance.voices:
            return [Claim("doubted" if instance.doubted else "reported", self.document.outlet, via=carried[:1], evidence=(words,))]
        claims: list[Claim] = []
        voices = instance.voices
        media = [v for v in voices if v.kind == "media" and v.status not in ("deny", "reject")]
        if len(media) < len([v for v in voices if v.by]):  # a newspaper that quotes somebody only carries the claim
            voices = [v for v in voices if v not in media] or voices
            carried = tuple(dict.fromkeys((*(m.by for m in media), *carried)))
        for voice in voices:
            claims.append(self._claim(instance, voice, parties, carried))
            if voice.status in ("deny", "reject"):
                break
        return claims

    def _claim(self, instance: Instance, voice: Voice, parties: set[str], carried: tuple[str, ...]) -> Claim:
        if voice.status == "passive_accuse" and voice.party in parties:
            voice = replace(voice, by="", party="", kind="")  # "X is accused of": X does not say it
        status: Any = claim_status(voice, parties, self.claimants)
        if status == "denied" and instance.negated:
            status = "denied"
        elif instance.negated:
            status = "denied" if voice.party in parties and voice.party else "negated"
        elif instance.doubted and status != "denied":
            status = "doubted"
        start, end = self._words(instance, voice)
        checked: ClaimStatus = status
        via = tuple(dict.fromkeys((*voice.via, *carried)))
        party = self._state(voice.party) or (voice.party if voice.party in self.vocabulary.parties else "")
        return Claim(checked, " ".join(voice.by.split()), party, via,
                     voice.date.range if voice.date else None, voice.about, (self.quote(start, end, "claim"),))

    def _words(self, instance: Instance, voice: Voice) -> tuple[int, int]:
        """The claimant with the clause claimed, never beyond one sentence; of a headline the whole of it.

        A claim made in a later sentence ("Pyongyang denies it") is shown by its own words there.
        """
        spans = [(voice.start, voice.end)] if voice.start >= 0 else []
        if voice.cue is not None:
            spans.append(voice.cue)
        place = self.sentences.get(instance.sentence)
        if place is None:
            return instance.start, instance.end
        if place.zone == "headline":
            inside = not spans or all(place.start <= a < place.end for a, _ in spans)
            if inside:
                return place.start, place.end
        here = [(a, b) for a, b in spans if place.start <= a and b <= place.end]
        if spans and not here:
            return self._elsewhere(spans)
        tokens = place.tokens
        lo, hi = max(0, instance.lo), min(instance.hi, len(tokens) - 1)
        while hi > instance.trigger and _trailing(tokens[hi]):
            hi -= 1
        held = [(tokens[lo].start, tokens[hi].end), (instance.start, instance.end), *here]
        start, end = min(a for a, _ in held), max(b for _, b in held)
        return max(start, place.start), min(end, place.end)

    def _elsewhere(self, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """A claimant in another sentence: from the claimant to the end of the clause."""
        start, end = min(a for a, _ in spans), max(b for _, b in spans)
        at = bisect_right(self._in_order, start, key=_start) - 1
        if at < 0 or start >= self._in_order[at].end:
            return spans[-1]
        home = self._in_order[at]
        for token in home.tokens:
            if token.start >= end:
                if token.has("say") or token.has("gram", "boundary") or token.low in (";", ":"):
                    break
                if not (token.is_word or token.is_number or token.low in ("'s", "-", ",")):
                    break
                if not _trailing(token):
                    end = token.end
        return start, min(end, home.end)

    # ---- tier and id -----------------------------------------------------------------------------------------------

    def _tier(self, bundle: Bundle) -> Tier:
        """``strong``: both sides stated in so many words, and the act told more than once or by somebody named; calibrated on the
        labelled articles (``sanctions evaluate`` prints whether the promise of the tier is kept)."""
        sides = [bundle.roles.get(r) for r in ("supplier", "recipient", "actor")]
        sides[0] = sides[0] or bundle.roles.get("flag_state") or bundle.roles.get("port_state")
        sides[1] = sides[1] or bundle.roles.get("owner") or (bundle.roles.get("port_state") if "flag_state" in bundle.roles else None)
        held = [a for a in sides if a is not None]
        known = sum(a.score for a in held)
        lead = bundle.lead
        needed = 2 if any(a is not None for a in sides[:2]) else 1
        enough = len(held) >= needed or (lead.people is not None and bool({"destination", "place", "host_state"} & set(bundle.roles)))
        tier: Tier = "weak"
        if enough and not lead.capped:
            twice = len(bundle.instances) > 1 or any(v.by for i in bundle.instances for v in i.voices)
            tier = "strong" if twice and not lead.carried and known >= 2 * needed - 0.5 and all(not a.basis for a in held) else "fair"
        if self.cap:
            return "weak"
        return tier

    def _id(self, facts: Mapping[str, FactValue]) -> str:
        day = facts.get("date")
        bucket = day.isoformat() if isinstance(day, DateRange) else ""
        parts = [str(facts.get(k, "")) for k in ("act", "goods", "supplier", "recipient", "actor", "person_role", "stage")]
        return hashlib.sha256("|".join([*parts, bucket, self.document.sha256]).encode()).hexdigest()[:16]


def _start(sentence: Sentence) -> int:
    return sentence.start


def _trailing(token: Token) -> bool:
    """What a quotation does not end with: signs, prepositions, "and"."""
    return not (token.is_word or token.is_number) or token.has("gram", "conj") or token.has("marker")


def _fullest(name: str, names: set[str]) -> str:
    """The full name of a claimant who is called by its last part elsewhere: "John Kirby" for "Kirby"."""
    fuller = {other for other in names if name and other.endswith(f" {name}")}
    return fuller.pop() if len(fuller) == 1 else name
