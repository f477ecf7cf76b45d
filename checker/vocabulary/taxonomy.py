"""Terms of one kind, ordered from wide to narrow as a directed acyclic graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from checker.model.truth import FALSE, TRUE, UNKNOWN, Truth
from checker.vocabulary.names import NameIndex

__all__ = ["Taxonomy", "Term", "closure"]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the vocabulary.

    ``title`` is the phrase for people (plural or mass noun for goods), ``says`` the meaning, ``parents`` the wider terms,
    ``also`` other spellings, ``hs`` codes of the Harmonized System (chapter, heading or subheading, digits only) with
    ``hs_source`` ``resolution`` (a resolution names the code) or ``mapping`` (our working mapping), ``attributes`` what else
    the taxonomy knows about its terms (``lethal``, ``sentence`` ...).
    """

    id: str
    title: str
    says: str = ""
    parents: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    hs_source: str = ""
    attributes: Mapping[str, object] = field(default_factory=dict)


def closure(parents: Mapping[str, Iterable[str]]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Ancestors and descendants (both with the id itself) of every node of an acyclic graph given as id -> parents."""
    above: dict[str, frozenset[str]] = {}

    def climb(node: str) -> frozenset[str]:
        if node not in above:
            found = {node}
            for parent in parents.get(node, ()):
                found |= climb(parent)
            above[node] = frozenset(found)
        return above[node]

    below: dict[str, set[str]] = {}
    for node in parents:
        for wider in climb(node):
            below.setdefault(wider, set()).add(node)
    return above, {node: frozenset(found | {node}) for node, found in below.items()}


class Taxonomy:
    """The terms of one kind. The graph must be acyclic and every parent present (the loader reports what is not)."""

    __slots__ = ("_above", "_attributes", "_below", "_index", "name", "terms")

    def __init__(self, name: str, terms: Mapping[str, Term]) -> None:
        self.name = name
        self.terms = dict(terms)
        self._attributes: dict[tuple[str, str], object | None] = {}
        self._above, self._below = closure({term.id: term.parents for term in terms.values()})
        self._index = NameIndex()
        for term in terms.values():
            self._index.add(term.id, term.id)
        for term in terms.values():
            for spelling in (term.title, *term.also):
                self._index.add(spelling, term.id)

    def __contains__(self, term: object) -> bool:
        return term in self.terms

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def ancestors(self, term: str) -> frozenset[str]:
        """The term and every wider one. Raises ``KeyError`` for a word that is no term."""
        return self._above[term]

    def descendants(self, term: str) -> frozenset[str]:
        """The term and every narrower one. Raises ``KeyError`` for a word that is no term."""
        return self._below[term]

    def compare(self, value: str, term: str) -> Truth:
        """Whether a thing told as ``value`` lies under ``term``: true if ``value`` is ``term`` or narrower, unknown if some
        narrower term lies under both, else false. Raises ``KeyError`` for words that are no terms."""
        if term in self._above[value]:
            return TRUE
        return FALSE if self._below[value].isdisjoint(self._below[term]) else UNKNOWN

    def resolve(self, text: str) -> str | None:
        """The term of a written word: its id, its title or another spelling; ``None`` when there is none."""
        return text if text in self.terms else self._index.get(text)

    def suggest(self, text: str) -> str:
        """The term meant by a misspelt word or by a code of the Harmonized System, or ``""``."""
        if text.isdigit():
            return next((term.id for term in self.terms.values() if text in term.hs), "")
        from checker.strictyaml.suggest import did_you_mean

        near = did_you_mean(text, list(self.terms)) or did_you_mean(text, list(self._index.spellings()))
        return self.resolve(near) or "" if near else ""

    def title(self, term: str) -> str:
        """The phrase for people."""
        return self.terms[term].title

    def attribute(self, term: str, name: str) -> object | None:
        """An attribute of the term, else of the nearest wider term that has it (breadth first, parents in written order)."""
        key = (term, name)
        if key not in self._attributes:
            self._attributes[key] = self._nearest(term, name)
        return self._attributes[key]

    def _nearest(self, term: str, name: str) -> object | None:
        queue = [term]
        for node in queue:
            found = self.terms[node].attributes.get(name)
            if found is not None:
                return found
            queue.extend(p for p in self.terms[node].parents if p not in queue)
        return None
