"""One step in the vocabulary: the wider and narrower words of a term, as mutations widen and narrow a line."""

from __future__ import annotations

from checker.model.facts import FACTS
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["narrower", "wider"]


def wider(fact: str, term: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The terms one step above. States have none: a rule that names a State is not widened to its neighbours, because an example
    against that would have to accuse or clear a real one."""
    if term in vocabulary.states and not FACTS[fact].taxonomy:
        return ()
    spec = FACTS[fact]
    if spec.taxonomy:
        return vocabulary.taxonomies[spec.taxonomy].terms[term].parents
    if spec.type == "party":
        party = vocabulary.parties.get(term)
        return () if party is None else (*party.parents, *((party.state,) if party.state else ()))
    place = vocabulary.places.get(term)
    return place.part_of if place else ()


def narrower(fact: str, term: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The terms one step below, those of States left out: their towns and companies are no classes of the law."""
    spec = FACTS[fact]
    if spec.taxonomy:
        taxonomy = vocabulary.taxonomies[spec.taxonomy]
        return tuple(name for name in taxonomy if term in taxonomy.terms[name].parents)
    if term in vocabulary.states:
        return ()
    if spec.type == "party":
        return tuple(p for p in vocabulary.parties if term in wider(fact, p, vocabulary))
    below = sorted(vocabulary.places.descendants(term))
    return tuple(place for place in below if place not in vocabulary.states and term in wider(fact, place, vocabulary))
