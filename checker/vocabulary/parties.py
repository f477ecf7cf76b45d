"""Parties known by name: armed groups, and organs, companies and forces of States."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.model.truth import FALSE, TRUE, UNKNOWN, Truth
from checker.strictyaml.nodes import Node
from checker.strictyaml.problem import Problem
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.names import NameIndex
from checker.vocabulary.states import States
from checker.vocabulary.taxonomy import closure
from checker.vocabulary.termfile import find_cycle

__all__ = ["Parties", "Party", "load_parties"]


@dataclass(frozen=True, slots=True)
class Party:
    """A party of ``parties.yaml``. ``state`` is the State it belongs to (``""``: none), ``kind`` a word of party_kinds,
    ``parents`` wider parties, ``place`` where it is based, ``name`` ready for a sentence, ``plural`` whether it takes the plural."""

    id: str
    name: str
    state: str = ""
    kind: str = ""
    parents: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    place: str = ""
    plural: bool = False


class Parties:
    """Vocabulary parties and States as one graph: an organ of a State lies under that State."""

    __slots__ = ("_above", "_below", "_index", "_states", "parties")

    def __init__(self, parties: Mapping[str, Party], states: States) -> None:
        self.parties = dict(parties)
        self._states = states
        wider: dict[str, tuple[str, ...]] = {code: () for code in states}
        wider |= {p.id: p.parents + ((p.state,) if p.state else ()) for p in parties.values()}
        self._above, self._below = closure(wider)
        self._index = NameIndex()
        for party in parties.values():
            self._index.add(party.id, party.id)
        for party in parties.values():
            for spelling in (party.name, *party.also):
                self._index.add(spelling, party.id)

    def __contains__(self, party: object) -> bool:
        return party in self._above

    def __iter__(self) -> Iterator[str]:
        return iter(self.parties)

    def get(self, party: str) -> Party | None:
        """The vocabulary party of an id; ``None`` for States and other names."""
        return self.parties.get(party)

    def ancestors(self, party: str) -> frozenset[str]:
        """The party, every wider one and its State; of a name that is not in the vocabulary only itself."""
        return self._above.get(party) or frozenset((party,))

    def descendants(self, party: str) -> frozenset[str]:
        """The party and every narrower one; of a State its organs and companies too."""
        return self._below.get(party) or frozenset((party,))

    def compare(self, value: str, term: str) -> Truth:
        """Whether the party told as ``value`` is, or belongs to, ``term``.

        A name outside the vocabulary may belong to any State: unknown (``<role>_state`` decides). A State is never an armed
        group based in it: false.
        """
        if value == term:
            return TRUE
        above = self._above.get(value)
        if above is None:
            return UNKNOWN if term in self._states else FALSE
        if term in above:
            return TRUE
        return FALSE if self.descendants(term).isdisjoint(self._below[value]) else UNKNOWN

    def resolve(self, text: str) -> str | None:
        """A party id or State code for an id, code or spelling; parties go before States."""
        if text in self._above:
            return text
        return self._index.get(text) or self._states.resolve(text)

    def suggest(self, text: str) -> str:
        """The id of the nearest spelling of a party or State, or ``""``."""
        from checker.strictyaml.suggest import did_you_mean

        near = did_you_mean(text, list(self._index.spellings()))
        return self._index.get(near) or "" if near else self._states.suggest(text)

    def name(self, party: str) -> str:
        """The name for a sentence, with its article; other names as they are."""
        known = self.parties.get(party)
        if known:
            return known.name
        return self._states.in_sentence(party) if party in self._states else party

    def names(self) -> Iterator[tuple[str, str]]:
        """(spelling, id) of every vocabulary party."""
        return self._index.items()


def load_parties(directory: Path, states: States, kinds: Container[str]) -> tuple[Parties | None, list[Problem]]:
    """The parties of ``parties.yaml``. Places are checked by the caller, who knows them."""
    file = VocabularyFile(directory, "parties")
    top = file.fields(file.root, ("parties",), ("parties",))
    parties: dict[str, Party] = {}
    marks: dict[str, Node] = {}
    wider: dict[str, list[tuple[str, Node]]] = {}
    index = NameIndex()
    for key, mark, node in file.entries(top.get("parties")):
        got = file.fields(node, ("name", "state", "kind", "under", "also", "place", "plural"), ("name", "kind"))
        party = Party(key, file.text(got.get("name")), file.text(got.get("state")), file.text(got.get("kind")), file.texts(got.get("under")),
                      file.texts(got.get("also")), file.text(got.get("place")), bool(file.flag(got.get("plural"))))
        parties[key], marks[key], wider[key] = party, mark, file.placed_texts(got.get("under"))
        if party.state and party.state not in states:
            file.problem(got["state"], "unknown-state", f"`{party.state}` is no State", "use the two letters of ISO 3166-1, or leave it out")
        if "kind" in got and party.kind not in kinds:
            file.problem(got["kind"], "unknown-term", f"`{party.kind}` is no word of party_kinds", "see party_kinds.yaml")
        for spelling in (key, party.name, *party.also):
            owner = index.add(spelling, key)
            if owner:
                file.problem(mark, "duplicate-spelling", f"`{spelling}` of `{key}` is already a spelling of `{owner}`", "leave it with one of them")
    for parents in wider.values():
        for parent, place in parents:
            if parent not in parties:
                file.problem(place, "unknown-parent", f"`{parent}` is no party of this file", file.near(parent, parties) or "add the wider party first")
    circle = find_cycle({key: list(party.parents) for key, party in parties.items()})
    if circle:
        file.problem(marks[circle[0]], "term-cycle", f"the parties stand under each other in a circle: {' under '.join([*circle, circle[0]])}",
                     "take one `under` away")
    if any(p.severity == "error" for p in file.problems):
        return None, file.problems
    return Parties(parties, states), file.problems
