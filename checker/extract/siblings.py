"""Siblings: the other acts that a sentence tells with the same verb: a second deal, further doers and partners, a second crowd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from checker.extract.clauses import is_verb
from checker.extract.instance import Argument, GoodsRef, Instance
from checker.extract.objects import Clause, View, argument_of
from checker.extract.phrases import Mention
from checker.extract.roles import RoleFinder
from checker.extract.tokens import Token

__all__ = ["SiblingFinder"]

_CROWD = 8
_NEXT = 4


class SiblingFinder(RoleFinder):
    """Adds to a sentence what else the verb of an instance tells."""

    def siblings(self, view: View, first: Instance) -> None:
        """All of them, put behind the instance."""
        self._gapped(view, first)
        if self.grammar.object == "left":
            self._gapped_before(view, first)
        else:
            self._gapped_behind(view, first)
        self._conjuncts(view, first)
        self._partners(view, first)
        self._crowds(view, first)
        self._mixed(view, first)

    def _like(self, first: Instance, role: str, argument: Argument, goods: list[GoodsRef] | None = None) -> Instance:
        """The instance with another party in a role; with goods of its own, also without origin and route."""
        if goods is None:
            return replace(first, goods=[replace(g) for g in first.goods], roles=first.roles | {role: argument}, voices=[])
        roles = {name: held for name, held in first.roles.items() if name != "origin"} | {role: argument}
        return replace(first, goods=goods, roles=roles, sets={}, voices=[])

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
            if at < 0 or partner is None or any(is_verb(token) or token.has("gram", "boundary") for token in tokens[j:at]):
                continue
            goods = self.goods_list(view, at, Clause(j, partner.last))
            view.instances.append(self._like(first, role, argument_of(tokens, partner, "marker", 2.0), goods))
            first.goods = [g for g in first.goods if g.start < tokens[j].start] or first.goods
            return

    def _gapped_behind(self, view: View, first: Instance) -> None:
        """The second deal of "bought from Iran drones, and from North Korea shells", where partners stand before their goods."""
        tokens, roles = view.tokens, {a.start: r for r, a in first.roles.items() if a.how == "marker"}
        last = next((j for j in range(len(tokens) - 1, first.trigger, -1) if first.goods and tokens[j].start == first.goods[-1].start), -1)
        for m in view.mentions if last > 0 else ():
            role = roles.get(tokens[m.first].start, "")
            partner = next((n for n in view.mentions if 0 < n.marker_at - last <= _NEXT and m.marker in (n.marker, *n.either)), None)
            if not role or not first.trigger < m.at < last or partner is None:
                continue
            before, begin = tokens[last + 1:partner.marker_at], partner.last + 1
            at = next((k for k in range(begin, min(len(tokens), begin + _NEXT)) if tokens[k].has("goods")), -1)
            joined = all(t.low == "," or t.has("gram", "conj") or t.has("gram", "boundary") for t in before) and bool(before)
            if joined and at > 0 and all(self._inside(t) or t.has("gram", "det") or t.low in ("-", ",") for t in tokens[begin:at]):
                goods = self.goods_list(view, at, Clause(begin, len(tokens) - 1))
                view.instances.append(self._like(first, role, argument_of(tokens, partner, "marker", 2.0), goods))
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
            if partner is None or any(is_verb(token) for token in tokens[at:j]):
                continue
            goods = self.goods_list(view, at, Clause(partner.first, j - 1))
            view.instances.append(self._like(first, role, argument_of(tokens, partner, "marker", 2.0), goods))
            first.goods = [g for g in first.goods if g.start > tokens[j].start] or first.goods
            return

    def _conjuncts(self, view: View, first: Instance) -> None:
        """ "X and Y fired missiles": one instance for each of the doers."""
        role = self.pack.frames[first.frame].subject
        held = first.roles.get(role)
        if held is None or (held.how != "subject" and not self.pack.frames[first.frame].mutual):
            return
        by_at = {m.at: m for m in view.mentions}
        m = next((m for m in view.mentions if view.tokens[m.first].start == held.start), None)
        if self.pack.frames[first.frame].mutual:  # "X and Y set up a joint venture", "one between X and Y"
            other = next((n for n in view.mentions if m is not None and m.at in (n.at, n.joined) and n.joined >= 0), None)
            if other is not None and "recipient" not in first.roles:
                a, b = (argument_of(view.tokens, n, "subject", 2.0) for n in (by_at[other.joined], other))
                first.roles |= {role: a, "recipient": b}
            return
        while m is not None and m.joined >= 0:
            m = by_at.get(m.joined)
            if m is not None and not m.is_place:
                view.instances.append(self._like(first, role, argument_of(view.tokens, m, "subject", 2.0)))

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
                view.instances.append(self._like(first, role, argument_of(tokens, n, "marker", 2.0)))
                m = n

    def _same_list(self, tokens: Sequence[Token], m: Mention, n: Mention) -> bool:
        """Only a comma or "and" stands between two names, with their prepositions and articles; and no verb follows."""
        between = tokens[m.last + 1:n.first]
        linked = any(t.low == "," or t.has("gram", "conj") for t in between)
        plain = all(t.low == "," or t.has("gram", "conj") or t.has("gram", "det") or t.has("marker", m.marker) for t in between)
        after = tokens[n.last + 1] if n.last + 1 < len(tokens) else None
        return linked and plain and not (after is not None and (after.has("say") or is_verb(after) or after.has("gram", "be")))

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
                    people = self.goods_ref(view, j, "", at)
                    view.instances.append(replace(first, act=act, people=people, person_role=word.role, roles=dict(first.roles), voices=[]))
                return
            linked = linked or token.has("gram", "conj")
            if not (linked and self._inside(token)) and not token.has("gram", "conj"):
                return

    def _mixed(self, view: View, first: Instance) -> None:
        """Goods and people in one list, "arms and troops": same verb and parties, two acts."""
        frame, tokens = self.pack.frames[first.frame], view.tokens
        if first.support or not {"goods", "people"} <= set(frame.objects) or not (first.people or first.goods):
            return
        if first.goods and "support" in frame.objects:
            self._helped_with(view, first)
        start = first.people.start if first.people else first.goods[-1].start
        at = next((j for j, token in enumerate(tokens) if token.start == start), -1)
        found = max(self._listed_with(tokens, at, step, "goods" if first.people else "people") for step in (-1, 1)) if at >= 0 else -1
        if found < 0:
            return
        second = replace(first, act=frame.act, people=None, person_role="", sends=False, goods=[], voices=[],
                         roles={role: a for role, a in first.roles.items() if role not in ("origin", "person_nationality")})
        if first.people:
            second.goods = self.goods_list(view, found, Clause(max(0, found - _CROWD), found))
        else:
            word = self.pack.people[int(tokens[found].values("people")[0])]
            act = word.acts.get(frame.people, "")
            if not act:
                return
            second.act, second.person_role, second.sends = frame.acts.get(act, act), word.role, frame.people == "moved"
            second.people = self.goods_ref(view, found, "", at)
        view.instances.append(second)

    def _helped_with(self, view: View, first: Instance) -> None:
        """Goods and help in one list, "arms and military training"."""
        tokens = view.tokens
        at = next((j for j, token in enumerate(tokens) if token.start == first.goods[-1].start), -1)
        found = self._listed_with(tokens, at, 1, "support") if at >= 0 else -1
        if found >= 0 and not tokens[found].has("gram", "other_support"):
            view.instances.append(replace(first, act=tokens[found].values("support")[0], support=True, goods=[], voices=[], roles={
                role: a for role, a in first.roles.items() if role != "origin"}))

    def _listed_with(self, tokens: Sequence[Token], at: int, step: int, kind: str) -> int:
        """The next item of the list with the item at ``at``, in one direction, where it is of this kind; or -1."""
        linked, j = False, at + step
        while 0 <= j < len(tokens) and abs(j - at) <= _CROWD:
            token = tokens[j]
            if linked and token.has(kind) and not token.has("actor"):
                return j
            joint = token.has("gram", "conj") or token.low == "、"
            linked = linked or joint
            if not joint and not self._inside(token):
                return -1
            j += step
        return -1
