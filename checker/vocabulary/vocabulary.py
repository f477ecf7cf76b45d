"""The whole vocabulary: taxonomies, States, parties, places, labels, regimes; one way to compare, resolve and name values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from checker.errors import RuleBaseError
from checker.locator import rules_dir
from checker.model.dates import DateRange
from checker.model.event import Amount, FactValue, ListEntry
from checker.model.facts import FACTS
from checker.model.truth import FALSE, TRUE, Truth
from checker.strictyaml.problem import Problem
from checker.vocabulary.families import FamilyRow, load_families
from checker.vocabulary.labels import LabelTable, load_labels
from checker.vocabulary.parties import Parties, load_parties
from checker.vocabulary.phrases import Phrases, load_phrases
from checker.vocabulary.placefile import load_places
from checker.vocabulary.places import Places
from checker.vocabulary.regimes import Regime, load_regimes
from checker.vocabulary.states import States, load_states
from checker.vocabulary.taxonomy import Taxonomy
from checker.vocabulary.termfile import load_taxonomy

__all__ = ["TAXONOMIES", "Vocabulary", "default_vocabulary", "load_vocabulary"]

TAXONOMIES: tuple[str, ...] = tuple(dict.fromkeys([spec.taxonomy for spec in FACTS.values() if spec.taxonomy] + ["units", "lists"]))
"""Names of the taxonomies, each in a file of its name."""


class Vocabulary:
    """Everything the other rooms know about words. ``families`` and ``phrases`` serve ``family`` and ``sentence``.
    ``digest`` is the SHA-256 over the files it was read from: another digest, and the same rules may judge otherwise."""

    __slots__ = ("digest", "families", "labels", "parties", "phrases", "places", "regimes", "states", "taxonomies")

    def __init__(self, taxonomies: Mapping[str, Taxonomy], states: States, parties: Parties, places: Places, labels: LabelTable,
                 regimes: Mapping[str, Regime], phrases: Phrases) -> None:
        self.taxonomies = dict(taxonomies)
        self.states = states
        self.parties = parties
        self.places = places
        self.labels = labels
        self.regimes = dict(regimes)
        self.phrases = phrases
        self.families: tuple[FamilyRow, ...] = ()
        self.digest = ""

    def compare(self, fact: str, value: str, term: str, day: int | None = None) -> Truth:
        """Whether one value of a fact lies under a term, on a day where control of places matters.

        Raises ``KeyError`` for an unknown fact, or words that are not in its vocabulary (party names excepted).
        """
        spec = FACTS[fact]
        if spec.taxonomy:
            return self.taxonomies[spec.taxonomy].compare(value, term)
        if spec.type == "party":
            return self.parties.compare(value, term)
        if spec.type in ("state", "place", "places"):
            return self.places.compare(value, term, day)
        return TRUE if value == term else FALSE

    def resolve(self, fact: str, text: str) -> str | None:
        """The normalised word for a written value of a fact; ``None`` when there is none, or the fact takes no words."""
        spec = FACTS[fact]
        if spec.taxonomy:
            return self.taxonomies[spec.taxonomy].resolve(text)
        if spec.type == "party":
            return self.parties.resolve(text)
        if spec.type == "state":
            return self.states.resolve(text)
        if spec.type in ("place", "places"):
            return self.places.resolve(text)
        return text if spec.type == "text" else None

    def suggest(self, fact: str, text: str) -> str:
        """The word meant by a misspelt one, or ``""``."""
        spec = FACTS[fact]
        if spec.taxonomy:
            return self.taxonomies[spec.taxonomy].suggest(text)
        if spec.type == "party":
            return self.parties.suggest(text)
        if spec.type == "state":
            return self.states.suggest(text)
        return self.places.suggest(text) if spec.type in ("place", "places") else ""

    def title(self, fact: str, value: FactValue | ListEntry) -> str:
        """A value in English words: ``artillery shells``, ``the Houthis``, ``North Korea``, ``2 November 2022``, ``100 tonnes``."""
        if isinstance(value, DateRange):
            return value.say()
        if isinstance(value, Amount):
            units = self.taxonomies["units"]
            unit = units.title(value.unit) if value.unit in units else value.unit
            return f"{'at least ' if value.at_least else 'about ' if value.about else ''}{value.number:,.10g} {unit}"
        if isinstance(value, ListEntry):
            return f"{'perhaps ' if value.weak else ''}{value.party} under {value.list}"
        if isinstance(value, tuple):
            return _enumerate([self.title(fact, v) for v in value])
        if isinstance(value, bool):
            return "yes" if value else "no"
        if not isinstance(value, str):
            return f"{value:,.10g}"
        return self._word(fact, value)

    def _word(self, fact: str, value: str) -> str:
        spec = FACTS[fact]
        if spec.taxonomy:
            taxonomy = self.taxonomies[spec.taxonomy]
            return taxonomy.title(value) if value in taxonomy else value
        if spec.type == "party":
            return self.parties.name(value)
        if spec.type in ("state", "place", "places"):
            return self.places.name(value) if value in self.places else value
        return value


def _enumerate(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def load_vocabulary(directory: Path | None = None) -> tuple[Vocabulary | None, list[Problem]]:
    """Read every vocabulary file of a folder (the installed one by default). ``None`` when any has an error; all are listed."""
    directory = directory or rules_dir() / "vocabulary"
    problems: list[Problem] = []
    taxonomies: dict[str, Taxonomy] = {}
    for name in TAXONOMIES:
        taxonomy, found = load_taxonomy(directory, name)
        problems += found
        if taxonomy is not None:
            taxonomies[name] = taxonomy
    states, found = load_states(directory)
    problems += found
    labels, found = load_labels(directory)
    problems += found
    phrases, found = load_phrases(directory)
    problems += found
    approvals = taxonomies["approvals"].terms if "approvals" in taxonomies else ()
    regimes, found = load_regimes(directory, approvals, states.codes if states else ())
    problems += found
    if states is None:
        return None, problems
    places, found = load_places(directory, states)
    problems += found
    if places is None:
        return None, problems
    parties, found = load_parties(directory, states, places, taxonomies["party_kinds"].terms if "party_kinds" in taxonomies else ())
    problems += found
    if labels is None or phrases is None or regimes is None or parties is None or len(taxonomies) < len(TAXONOMIES):
        return None, problems
    vocabulary = Vocabulary(taxonomies, states, parties, places, labels, regimes, phrases)
    families, found = load_families(directory, vocabulary)
    problems += found
    if families is None:
        return None, problems
    vocabulary.families = families
    vocabulary.digest = _digest(directory)
    return vocabulary, problems


def _digest(directory: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(directory.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def default_vocabulary() -> Vocabulary:
    """The installed vocabulary, read once.

    Raises:
        RuleBaseError: a file is wrong; the text lists every problem.
    """
    from checker.strictyaml.message import render_all

    vocabulary, problems = load_vocabulary()
    if vocabulary is None:
        raise RuleBaseError(render_all(problems))
    return vocabulary
