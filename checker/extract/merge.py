"""Merging inside one article: instances that tell the same act become one bundle with all their claims and evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from checker.extract.instance import Argument, GoodsRef, Instance
from checker.vocabulary.taxonomy import Taxonomy

__all__ = ["Bundle", "merge"]

_SIDES = ("supplier", "recipient", "actor", "host_state", "person_nationality", "owner", "flag_state", "port_state")


@dataclass(slots=True, eq=False)
class Bundle:
    """Instances of one act on one item. The first instance that tells most is the ``lead``. Bundles of one ``shipment`` (-1: none)
    are the items of one deal."""

    act: str
    goods: GoodsRef | None
    instances: list[Instance]
    roles: dict[str, Argument] = field(default_factory=dict)
    shipment: int = -1
    words: set[int] = field(default_factory=set)
    lead: Instance = field(init=False)

    def __post_init__(self) -> None:
        self.lead = self.instances[0]
        self.words.update(g.start for g in self.lead.goods)

    def take(self, instance: Instance) -> None:
        """Add an instance; the one that tells most becomes the lead."""
        self.instances.append(instance)
        self.words.update(g.start for g in instance.goods)
        if _telling(instance) > _telling(self.lead):
            self.lead = instance


def _telling(instance: Instance) -> tuple[bool, float]:
    return not instance.negated, sum(a.score for a in instance.roles.values())


class _Merger:
    def __init__(self, acts: Taxonomy, goods: Taxonomy, base: Callable[[str], str], seat: Callable[[str], str]) -> None:
        self.acts, self.goods, self.base, self.seat = acts, goods, base, seat
        self.bundles: list[Bundle] = []

    def near(self, tree: Taxonomy, a: str, b: str) -> bool:
        return a == b or a in tree.ancestors(b) or b in tree.ancestors(a)

    def act_fits(self, a: str, b: str) -> bool:
        """Same act, one wider than the other, or two ways of the same transfer."""
        return self.near(self.acts, a, b) or bool(self.acts.ancestors(a) & self.acts.ancestors(b))

    def same_party(self, a: str, b: str) -> bool:
        """One State, or an armed group and the State where it sits: "to Beirut" and "to Hezbollah"."""
        return self.base(a) == self.base(b) or self.seat(a) == b or self.seat(b) == a

    def better(self, held: Argument, other: Argument, denied: bool) -> bool:
        """A group says more than the State it sits in; else the firmer reading wins. Denials teach nothing new."""
        if denied or self.seat(held.value) == other.value:
            return False
        return other.score > held.score or self.seat(other.value) == held.value

    def apart(self, roles: dict[str, Argument]) -> None:
        """Nobody supplies himself: of two equal sides the weaker reading goes."""
        a, b = roles.get("supplier"), roles.get("recipient")
        if a is not None and b is not None and self.base(a.value) == self.base(b.value):
            del roles["supplier" if a.score < b.score else "recipient"]

    def roles_fit(self, bundle: Bundle, instance: Instance) -> bool:
        shared = 0
        for side in _SIDES:
            a, b = bundle.roles.get(side), instance.roles.get(side)
            if a is not None and b is not None:
                if not self.same_party(a.value, b.value):
                    return False
                shared += 1
        for side, other in (("supplier", "recipient"), ("recipient", "supplier")):
            a, b = bundle.roles.get(side), instance.roles.get(other)
            if a is not None and b is not None and self.base(a.value) == self.base(b.value):
                return False
        return shared > 0 or any(g.start in bundle.words for g in instance.goods)

    def goods_fit(self, bundle: Bundle, ref: GoodsRef | None) -> bool:
        if bundle.goods is None or ref is None or not bundle.goods.term or not ref.term:
            return True
        return self.near(self.goods, bundle.goods.term, ref.term)

    def stage_fits(self, bundle: Bundle, instance: Instance) -> bool:
        early = {"planned", "negotiated", "contracted"}
        return (bundle.lead.stage in early) == (instance.stage in early) or instance.negated

    def dates_fit(self, bundle: Bundle, instance: Instance) -> bool:
        a, b = bundle.lead.date, instance.date
        if a is None or b is None:
            return True
        return a.range.first <= b.range.last + 31 and b.range.first <= a.range.last + 31

    def add(self, instance: Instance, ref: GoodsRef | None) -> Bundle:
        """Put an instance with one of its goods where it belongs; the bundle it came to."""
        fits = [b for b in self.bundles if self.act_fits(b.act, instance.act) and self.roles_fit(b, instance) and self.goods_fit(b, ref)
                and self.stage_fits(b, instance) and self.dates_fit(b, instance) and instance is not b.instances[-1]]
        if fits:
            best = max(fits, key=lambda b: (self._same_goods(b, ref), b.instances[-1].sentence))
            self._absorb(best, instance, ref)
            for sibling in fits:
                if sibling is not best and sibling.shipment == best.shipment >= 0 and self._covers(ref, sibling):
                    self._absorb(sibling, instance, None)
            return best
        told = self._told(instance)
        if told is not None:
            told.take(instance)
            return told
        self.bundles.append(Bundle(instance.act, ref, [instance], dict(instance.roles)))
        return self.bundles[-1]

    def _told(self, instance: Instance) -> Bundle | None:
        """The bundle of the people whom an instance calls "them" without saying more of where they went."""
        people = instance.people
        if people is None or not instance.carried or {"supplier", "recipient"} <= set(instance.roles):
            return None
        return next((b for b in reversed(self.bundles) if any(i.people is not None and i.people.start == people.start
                                                              for i in b.instances)), None)

    def _covers(self, ref: GoodsRef | None, bundle: Bundle) -> bool:
        """Whether "weapons" speaks of shells and rockets alike."""
        return ref is None or bundle.goods is None or ref.term in self.goods.ancestors(bundle.goods.term)

    def _same_goods(self, bundle: Bundle, ref: GoodsRef | None) -> int:
        if bundle.goods is None or ref is None:
            return 0
        return 2 if bundle.goods.term == ref.term else 1

    def _absorb(self, bundle: Bundle, instance: Instance, ref: GoodsRef | None) -> None:
        told = bundle.lead.zone != "headline" or {"supplier", "recipient"} <= set(bundle.lead.roles)
        bundle.take(instance)
        denied = bool(instance.voices) and instance.voices[0].status in ("deny", "reject")
        for role, argument in instance.roles.items():
            held = bundle.roles.get(role)
            if held is None or self.better(held, argument, denied):
                bundle.roles[role] = argument
        wider = bundle.goods.term if bundle.goods is not None else ""
        if ref is not None and (bundle.goods is None or (wider in self.goods.ancestors(ref.term) and wider != ref.term)):
            old, bundle.goods = bundle.goods, ref
            if old is not None:
                ref.amount, ref.amount_span = ref.amount or old.amount, ref.amount_span or old.amount_span
                ref.figures = {**old.figures, **ref.figures}
                ref.origin = ref.origin or old.origin
        elif ref is not None and bundle.goods is not None and ref is not bundle.goods:
            if bundle.goods.amount is None:
                bundle.goods.amount, bundle.goods.amount_span = ref.amount, ref.amount_span
            bundle.goods.figures = {**ref.figures, **bundle.goods.figures}
            bundle.goods.origin = bundle.goods.origin or ref.origin
        self.apart(bundle.roles)
        # The fuller of two tellings names the act; one whose parties are only inferred does not.
        leads = not told and {"supplier", "recipient"} <= set(instance.roles)
        narrower = bundle.act in self.acts.ancestors(instance.act) and bundle.act != instance.act and not instance.capped
        if instance.telling or narrower or (leads and not self.near(self.acts, bundle.act, instance.act)):
            bundle.act = instance.act


def merge(instances: Sequence[Instance], acts: Taxonomy, goods: Taxonomy, base: Callable[[str], str],
          seat: Callable[[str], str]) -> list[Bundle]:
    """Bundles in order of first mention. Headline and text, or lead and repetition, become one; each item of a list its own bundle.

    ``base`` maps a party to the State it stands for, ``seat`` an armed group to the State it is based in.
    An instance without a party of its own joins nothing and founds nothing; nor do halves that find no other half.
    """
    merger = _Merger(acts, goods, base, seat)
    for number, instance in enumerate(instances):
        merger.apart(instance.roles)
        placed = "person_nationality" in instance.roles and {"destination", "place"} & set(instance.roles)
        if not instance.parties and not placed:  # "X's soldiers were sent to Kursk" names one party, and where
            continue
        refs: Sequence[GoodsRef | None] = instance.goods or [None]
        siblings = {id(b): b for b in [merger.add(instance, ref) for ref in refs]}
        if len(siblings) > 1:
            joined = next((b.shipment for b in siblings.values() if b.shipment >= 0), number)
            for bundle in siblings.values():
                bundle.shipment = joined
    return [bundle for bundle in merger.bundles if _whole(bundle)]


def _whole(bundle: Bundle) -> bool:
    """Whether what its instances lack alone is told by all of them together: "loaded in X", "unloaded in Y"."""
    return any(all(set(need.split("/")) & set(bundle.roles) for need in instance.lacks) for instance in bundle.instances)
