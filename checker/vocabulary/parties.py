"""Parties known by name: armed groups, and organs, companies and forces of States."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.model.truth import FALSE, TRUE, UNKNOWN, Truth
from checker.strictyaml.nodes import Node
from checker.strictyaml.problem import Problem
from checker.vocabulary.checks import check_circle, check_parents, check_spellings
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.names import NameIndex
from checker.vocabulary.states import States
from checker.vocabulary.taxonomy import closure

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
        wider: dict[str, tuple[str, ...]] = dict.fromkeys(states, ())
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


def load_parties(directory: Path, states: States, places: Container[str], kinds: Container[str]) -> tuple[Parties | None, list[Problem]]:
    """The parties of ``parties.yaml``; ``None`` when anything in the file is wrong."""
    file = VocabularyFile(directory, "parties")
    top = file.fields(file.root, ("parties",), ("parties",))
    parties: dict[str, Party] = {}
    marks: dict[str, Node] = {}
    links: list[tuple[str, Node]] = []
    for key, mark, node in file.entries(top.get("parties")):
        got = file.fields(node, ("name", "state", "kind", "under", "also", "place", "plural"), ("name", "kind"))
        name, state, kind, place = (file.text(got.get(part)) for part in ("name", "state", "kind", "place"))
        parties[key] = Party(key, name, state, kind, file.texts(got.get("under")), file.texts(got.get("also")), place,
                             bool(file.flag(got.get("plural"))))
        marks[key] = mark
        links += file.placed_texts(got.get("under"))
        if state and state not in states:
            file.problem(got["state"], "unknown-state", f"`{state}` is no State", "use the two letters of ISO 3166-1, or leave it out")
        if "kind" in got and kind not in kinds:
            file.problem(got["kind"], "unknown-term", f"`{kind}` is no word of party_kinds", "see party_kinds.yaml")
        if place and place not in places:
            file.problem(got["place"], "unknown-term", f"`{place}` is no place", "see places.yaml")
    check_parents(file, links, parties)
    check_circle(file, {key: party.parents for key, party in parties.items()}, marks)
    check_spellings(file, [(p.id, spelling) for p in parties.values() for spelling in (p.id, p.name, *p.also)], marks)
    if any(p.severity == "error" for p in file.problems):
        return None, file.problems
    return Parties(parties, states), file.problems
