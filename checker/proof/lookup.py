"""Finding rules and words: by id, title, citation, by what their lines cover, with typing mistakes.

A query is cut into words. Words that together spell a term, a party, a place or a State ("bullets", "Северная Корея") also match
every rule with a line on which that value could be true, the better the nearer the line's word is to the value. All other words are
compared with the texts of a rule. A rule's score is the mean over the words of the query, each by its best place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from checker.judge.conditions import fill_named
from checker.model.facts import FACTS
from checker.model.rule import Rule, TermTest, asked
from checker.model.truth import FALSE
from checker.rulebase.loader import RuleBase
from checker.vocabulary.names import fold
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Hits", "RuleHit", "WordHit", "look_up", "proposals"]

_WORD = re.compile(r"\w+")
_LONGEST_QUERY = 12
_LONGEST_NAME = 4
_LIKE = 78.0
"""Least likeness (0 to 100) of two words that counts as a match in spite of typing mistakes."""

_ENOUGH = 0.6
"""Least score of a rule worth showing."""

_WORSE = 0.35
"""How much worse than the best a rule may match and still be shown."""

# How much a match in a place counts.
_PLACES = {"id": 1.0, "title": 1.0, "authority": 1.0, "covers": 0.95, "summary": 0.9, "law": 0.75, "exemption": 0.7, "not encoded": 0.6}


@dataclass(frozen=True, slots=True)
class WordHit:
    """A word of the vocabulary that the query names. ``kind``: the taxonomy, ``parties``, ``places`` or ``States``; ``says`` its
    meaning, ``near`` how like it the query is (1: it is a spelling of it)."""

    id: str
    kind: str
    title: str
    says: str
    near: float


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule, how well it matches (0 to 1), and in which place and text."""

    rule: Rule
    score: float
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Hits:
    """The rules and the words that a query names, the best first."""

    rules: tuple[RuleHit, ...]
    words: tuple[WordHit, ...]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One spelling of a word of the vocabulary."""

    text: str
    id: str
    kind: str


def look_up(base: RuleBase, query: str, limit: int = 20) -> Hits:
    """The rules and words of a query, at most ``limit`` rules."""
    words = _WORD.findall(query)[:_LONGEST_QUERY]
    if not words:
        return Hits((), ())
    named = list(_named(words, base.vocabulary))
    hits = [hit for rule in base.tested if (hit := _score(rule, words, named, base.vocabulary)) is not None]
    best = max((hit.score for hit in hits), default=0.0)
    kept = sorted((hit for hit in hits if hit.score >= max(_ENOUGH, best - _WORSE)), key=lambda hit: (-round(hit.score, 3), hit.rule.id))
    unique = {(hit.kind, hit.id): hit for _, hit in reversed(named)}
    return Hits(tuple(kept[:limit]), tuple(sorted(unique.values(), key=lambda hit: (-hit.near, hit.kind, hit.id))))


def proposals(vocabulary: Vocabulary, fact: str, text: str, limit: int = 5) -> list[tuple[str, str]]:
    """Words of a fact that a written text may mean, as (word, title), the nearest first."""
    spec = FACTS[fact]
    kinds = {spec.taxonomy} if spec.taxonomy else {"party": {"parties", "States"}, "state": {"States"}}.get(spec.type, {"places", "States"})
    spellings = [s for s in _spellings(vocabulary) if s.kind in kinds]
    found = process.extract(fold(text), [fold(s.text) for s in spellings], scorer=fuzz.WRatio, limit=limit * 6, score_cutoff=55)
    ids = dict.fromkeys(spellings[index].id for _, _, index in found)
    return [(word, vocabulary.title(fact, word)) for word in list(ids)[:limit]]


# ---- words of the vocabulary ------------------------------------------------------------------------------------


def _spellings(vocabulary: Vocabulary) -> Iterator[_Spelling]:
    for name, taxonomy in vocabulary.taxonomies.items():
        for term in taxonomy.terms.values():
            for text in (term.id, term.title, *term.also):
                yield _Spelling(text, term.id, name)
    for text, party in vocabulary.parties.names():
        yield _Spelling(text, party, "parties")
    for text, place in vocabulary.places.names():
        yield _Spelling(text, place, "places")
    for code in vocabulary.states:
        yield _Spelling(vocabulary.states.name(code), code, "States")


def _named(words: list[str], vocabulary: Vocabulary) -> Iterator[tuple[range, WordHit]]:
    """What runs of words of the query name: exactly, or else with typing mistakes. The longest run wins over those within it."""
    spellings = list(_spellings(vocabulary))
    taken: set[int] = set()
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = range(start, start + length)
            if taken.isdisjoint(run):
                found = list(_named_by(" ".join(words[start:start + length]), vocabulary, spellings))
                if found:
                    taken |= set(run)
                    yield from ((run, hit) for hit in found)


def _named_by(text: str, vocabulary: Vocabulary, spellings: list[_Spelling]) -> Iterator[WordHit]:
    exact = set(_exactly(text, vocabulary))
    for kind, word in sorted(exact):
        yield _hit(kind, word, 1.0, vocabulary)
    folded = fold(text)
    if exact or len(folded) < 4 or folded.isdigit():
        return
    near = process.extract(folded, [fold(s.text) for s in spellings], scorer=fuzz.ratio, limit=6, score_cutoff=_LIKE + 4)
    best: dict[tuple[str, str], float] = {}
    for _, likeness, index in near:
        best.setdefault((spellings[index].kind, spellings[index].id), likeness / 100)
    for (kind, word), likeness in best.items():
        yield _hit(kind, word, likeness, vocabulary)


def _exactly(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The words of which the text is a spelling; a plural and a singular of it are tried, too."""
    for form in (text, f"{text}s", text.removesuffix("s")):
        for name, taxonomy in vocabulary.taxonomies.items():
            if (term := taxonomy.resolve(form)) is not None:
                yield name, term
        for kind, resolved in (("parties", vocabulary.parties.resolve(form)), ("places", vocabulary.places.resolve(form))):
            if resolved is not None and len(form) > 1:
                yield ("States" if resolved in vocabulary.states else kind), resolved


def _hit(kind: str, word: str, near: float, vocabulary: Vocabulary) -> WordHit:
    if kind in vocabulary.taxonomies:
        term = vocabulary.taxonomies[kind].terms[word]
        return WordHit(word, kind, term.title, term.says, near)
    if kind == "parties":
        party = vocabulary.parties.get(word)
        says = f"{party.kind.replace('_', ' ')}{f' of {vocabulary.states.name(party.state)}' if party.state else ''}" if party else ""
        return WordHit(word, kind, vocabulary.parties.name(word), says, near)
    return WordHit(word, kind, vocabulary.places.name(word), "State" if kind == "States" else "place", near)


# ---- rules ------------------------------------------------------------------------------------------------------


def _score(rule: Rule, words: list[str], named: list[tuple[range, WordHit]], vocabulary: Vocabulary) -> RuleHit | None:
    best = [0.0] * len(words)
    top, place, text = 0.0, "", ""
    for run, hit in named:
        nearness, says = _covers(rule, hit, vocabulary)
        for index in run:
            best[index] = max(best[index], nearness * hit.near * _PLACES["covers"])
        share = nearness * hit.near * len(run) / len(words)
        if share > top:
            top, place, text = share, "covers", says
    for where, said in _texts(rule):
        likeness = _likeness(words, said)
        share = sum(likeness) / len(words) * _PLACES[where]
        if share > top:
            top, place, text = share, where, said
        # Words found together in one text count more than words scattered over several.
        best = [max(one, other * _PLACES[where] * (0.6 + 0.4 * share)) for one, other in zip(best, likeness, strict=True)]
    return RuleHit(rule, sum(best) / len(words), place, text) if place else None


def _texts(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "id", rule.id
    yield "title", rule.title
    yield "summary", rule.summary
    for period in rule.periods:
        yield from _citations(period.authority)
        yield "law", period.says
    for exemption in rule.exemptions:
        yield "exemption", f"{exemption.name.replace('_', ' ')}: {exemption.says}"
        yield from _citations(exemption.authority)
    for missing in rule.not_encoded:
        yield "not encoded", missing.text


def _citations(authority: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each resolution with its paragraphs for itself: the number of one and the paragraph of another are no find."""
    yield from (("authority", one.strip()) for text in authority for one in text.split(";"))


def _likeness(words: list[str], text: str) -> list[float]:
    """For each word of the query, how like it the nearest word of the text is (0: nothing near it). Numbers match whole."""
    said = [fold(word) for word in _WORD.findall(text.replace("_", " ").replace("-", " "))]
    return [_word_likeness(fold(word), said) for word in words]


def _word_likeness(word: str, said: Iterable[str]) -> float:
    if word in said:
        return 1.0
    if word.isdigit() or len(word) < 3:
        return 0.0
    found = process.extractOne(word, said, scorer=fuzz.ratio, score_cutoff=_LIKE)
    if found:
        return float(found[1]) / 100
    return 0.85 if len(word) > 3 and any(other.startswith(word) or (len(other) > 3 and word.startswith(other)) for other in said) else 0.0


def _covers(rule: Rule, hit: WordHit, vocabulary: Vocabulary) -> tuple[float, str]:
    """How near the nearest line on which the word could be true comes to it, and that line in words."""
    best, says = 0.0, ""
    for period in rule.periods:
        for leaf in asked(rule.flag_when):
            filled = fill_named(leaf, period.covered)
            spec = FACTS[filled.fact]
            if filled.negate or not isinstance(filled.test, TermTest) or not _speaks_of(spec.taxonomy, spec.type, hit.kind):
                continue
            nearness, term = _nearness(filled.fact, hit.id, filled.test, vocabulary)
            if nearness > best:
                best, says = nearness, f"{filled.fact}: {vocabulary.title(filled.fact, term)}"
    return best, says


def _speaks_of(taxonomy: str, type_: str, kind: str) -> bool:
    """Whether a line on a fact of this taxonomy or type can be about a word of this kind."""
    if taxonomy:
        return taxonomy == kind
    if kind == "States":
        return type_ in ("party", "state", "place", "places")
    return (kind == "parties" and type_ == "party") or (kind == "places" and type_ in ("place", "places"))


def _nearness(fact: str, word: str, test: TermTest, vocabulary: Vocabulary) -> tuple[float, str]:
    """1 for the very word, less the more steps lie between, 0 where the line cannot be true of it."""
    if any(vocabulary.compare(fact, word, term) == 2 for term in test.except_):
        return 0.0, ""
    best, said = 0.0, ""
    for term in test.any_of:
        if vocabulary.compare(fact, word, term) == FALSE:
            continue
        near = 1.0 if word == term else 1 - 0.06 * min(5, _steps(fact, word, term, vocabulary))
        if near > best:
            best, said = near, term
    return best, said


def _steps(fact: str, word: str, term: str, vocabulary: Vocabulary) -> int:
    """How many terms lie between two, by the number of terms above each."""
    taxonomy = vocabulary.taxonomies.get(FACTS[fact].taxonomy)
    return abs(len(taxonomy.ancestors(word)) - len(taxonomy.ancestors(term))) if taxonomy else 1
