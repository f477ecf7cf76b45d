"""The words of the vocabulary as parts of JSON Schemas, each with what an editor shows beside it.

A list of words is ``anyOf`` with one ``const`` and ``description`` a word. VS Code's YAML extension then shows the meaning beside each
word it proposes and, on hover, that of the one word there; ``enum`` with ``enumDescriptions`` would show all of a long list at once,
and other editors know ``enumDescriptions`` not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.model.facts import FACTS, FactSpec
from checker.rulebase.meanings import WORDS
from checker.rulebase.wire_schemas import Schema
from checker.vocabulary.taxonomy import Taxonomy
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["choice", "kind_of", "ref", "short_list", "word_parts", "words"]

_KINDS = {"terms": "term", "places": "place"}


def ref(name: str) -> Schema:
    """A part under ``$defs``."""
    return {"$ref": f"#/$defs/{name}"}


def kind_of(spec: FactSpec) -> str:
    """What facts have in common that take the same values: the name of a taxonomy, or a type."""
    return spec.taxonomy or _KINDS.get(spec.type, spec.type)


def words(spec: FactSpec) -> Schema:
    """The part that holds the words of a fact."""
    return ref(f"words_{kind_of(spec)}")


def choice(described: Iterable[tuple[str, str]], *others: Schema) -> Schema:
    """One of these words, or one of the ``others``."""
    return {"anyOf": [*others, *({"const": word, "description": says} for word, says in described)]}


def short_list(name: str) -> Schema:
    """One of the short closed lists of the grammar."""
    return choice(WORDS[name].items())


def word_parts(vocabulary: Vocabulary) -> dict[str, Schema]:
    """Every list of words by its name under ``$defs``."""
    states, labels = vocabulary.states, vocabulary.labels
    taxonomies = dict.fromkeys([*(spec.taxonomy for spec in FACTS.values() if spec.taxonomy), "lists", "units"])
    parts = {f"words_{name}": choice(_terms(vocabulary.taxonomies[name])) for name in taxonomies}
    parts["words_state"] = choice((code, f"{code}: {states.name(code)}") for code in states)
    parts["words_place"] = choice(_places(vocabulary), ref("words_state"))
    parts["words_party"] = choice(_parties(vocabulary), ref("words_state"))
    parts["words_label"] = choice((name, labels.labels[name].says) for name in labels.names)
    parts["words_regime"] = choice((name, f"{regime.title}: {regime.says}") for name, regime in vocabulary.regimes.items())
    parts["words_fact"] = choice((spec.name, spec.says) for spec in FACTS.values())
    parts["words_role"] = short_list("roles")
    # VS Code tells alternatives apart by title and description: without one here it would show no meaning on hover.
    return {name: {"description": name.replace("words_", "a word of "), **part} for name, part in parts.items()}


def _terms(taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """Each term with its title, meaning, wider terms and HS codes."""
    for term in taxonomy.terms.values():
        says = term.title if term.says in ("", term.title) else f"{term.title}: {term.says}"
        if term.parents:
            says += f"; a kind of {' and '.join(term.parents)}"
        if term.hs:
            source = "named by a resolution" if term.hs_source == "resolution" else "our mapping"
            says += f"; HS {', '.join(term.hs)} ({source})"
        yield term.id, says


def _places(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    for place in vocabulary.places.places.values():
        if place.id not in vocabulary.states:
            yield place.id, f"{place.name}, part of {' and '.join(place.part_of)}" if place.part_of else place.name


def _parties(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    kinds = vocabulary.taxonomies["party_kinds"]
    for party in vocabulary.parties.parties.values():
        yield party.id, f"{party.name}: {kinds.title(party.kind)}" + (f" of {party.state}" if party.state else "")
