"""What a language pack may hold, section by section, with the meaning of each word of its own. Linter, JSON Schema and skeleton ask here.

What a key stands for outside the pack (a State, a word of the goods) is named by ``Section.of``; ``CLASSES`` holds the sets of words
that only packs use. The keys of frames and the options are read off the engine itself: ``frame_keys`` and ``grammar_options``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.model.claim import CLAIM_STATUSES
from checker.model.facts import FACTS

if TYPE_CHECKING:
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["CASES", "CLASSES", "EXCLUSIVE", "PEOPLE_KEYS", "SECTIONS", "TEST_KEYS", "TEST_KINDS", "Section", "roles", "words_of"]


@dataclass(frozen=True, slots=True)
class Section:
    """``says``: what it holds. ``of``: what its keys are: a set of ``words_of`` or of ``CLASSES``, a pattern (``number``, ``name``,
    ``step``), or empty where it is no map of words."""

    says: str
    of: str = ""


SECTIONS: Mapping[str, Section] = {
    "language": Section("the code of the language, two or three small letters: it names the file, too"),
    "title": Section("the name of the language in English"),
    "options": Section("how the language builds its sentences"),
    "actors": Section("short names, capitals and epithets of States, beside the names that the locale data gives", "state"),
    "adjectives": Section('words that say "of that State"', "state"),
    "institutions": Section("organs and persons that stand for their State", "state"),
    "groups": Section("parties of the vocabulary that are no State", "party"),
    "places": Section("places of the vocabulary", "place"),
    "goods": Section("words for goods, by term of the vocabulary", "goods"),
    "org_nouns": Section("nouns for organs, by kind of party", "organ"),
    "people": Section("people whom States send, host or train"),
    "supports": Section("words for help that are an act of their own", "act"),
    "markers": Section("prepositions by class", "marker"),
    "particles": Section("what is written behind a name and tells its part in the sentence", "particle"),
    "proclitics": Section("letters written in front of a word that they belong to", "proclitic"),
    "declensions": Section("endings by case, for stems marked with ~ and the name of the declension", "name"),
    "grammar": Section("small words by class", "grammar"),
    "patterns": Section("roles that several frames share", "name"),
    "frames": Section("verbs and nouns of action with their act", "name"),
    "cues": Section("words that change the reading of a clause or sentence", "cue"),
    "attribution": Section("verbs of saying by kind", "saying"),
    "claimants": Section("sources that are no State, by kind", "source"),
    "units": Section("words for units", "unit"),
    "numerals": Section("words for numbers: the value, about:N an estimate, over:N a lower bound", "number"),
    "months": Section("names of months", "month"),
    "weekdays": Section("names of weekdays, 0 is Monday", "weekday"),
    "relative_dates": Section('words for dates that hang on the day of publication, with what they mean: "day:-1"', "step"),
    "date_words": Section("small words around dates", "date_word"),
    "zones": Section("what tells the parts of a page", "zone"),
    "abbreviations": Section("words whose full stop ends no sentence, without it"),
    "terms": Section("words of the locale data that are left out", "term"),
    "tests": Section("sentences with what must come out of them"),
}
"""In the order in which a new pack is written."""

EXCLUSIVE = frozenset({"actors", "adjectives", "institutions", "groups", "places", "goods", "units", "numerals", "months", "weekdays"})
"""Sections where one spelling has one meaning: under two keys the engine takes the first and nobody knows which was meant."""

CASES: tuple[str, ...] = ("nominative", "genitive", "dative", "accusative", "instrumental", "locative", "ablative", "vocative")

CLASSES: Mapping[str, Mapping[str, str]] = {
    "marker": {
        "to": "towards whom or where", "from": "from whom or where", "by": "the doer of a passive", "via": "what is passed on the way",
        "in": "where", "over": "over a place", "against": "against whom a war goes", "with": "together with whom, or with which goods",
        "made": "by whom something was made", "for": "for whom", "of": "whose, of which", "such": "for example: a list follows",
        "exchange": "in return for", "between": "between two sides", "backed": "backed by",
    },
    "particle": {
        "subject": "the doer", "topic": "what the sentence speaks of", "object": "what is done with", "to": "towards", "from": "from",
        "of": "whose", "conj": "and", "with": "together with", "by": "the doer of a passive", "via": "by way of", "made": "made by",
        "in": "where", "for": "for whom", "against": "against whom", "between": "between two sides",
        "other": "has no part here, but ends the word",
    },
    "proclitic": {
        "conj": "and", "det": "the", "to": "towards", "from": "from", "with": "with", "by": "by", "in": "in", "for": "for", "such": "as",
        "planned": "will", "owner": "of",
    },
    "grammar": {
        "det": "articles and the like", "adj": "qualities that may stand between a name and its noun", "title": "titles of persons",
        "area": 'words around a name that mean the area: "region", "port of"', "conj": "and", "boundary": "what begins a clause",
        "relative": "what begins a relative clause", "pronoun": "he, they, that country", "it": "an object joined to the verb",
        "them": "what is done with, as a pronoun: them, it; they (of a passive)", "to_them": "to whom, as a pronoun: them, him",
        "load": "a load that was named before: the cargo",
        "again": "an armed group that was named before: the rebels, the movement",
        "we": "we, our", "be": "forms of to be", "have": "forms of to have", "perfect": "what makes a participle a perfect",
        "passive": "what makes the next verb passive", "belongs": "of (the owner follows)", "help": "help of whom",
        "verb": "other verbs, which end a clause", "light": 'verbs that say only that it is done: "makes a purchase"',
        "stop_object": "objects that are no goods: information, an estimate",
        "neutral": "phrases that hold a goods word or a name and mean neither", "accusation": "accusations, claims, reports",
        "slander": "what a denier calls a report: a fairy tale, nonsense",
        "other_support": "other support, which names nothing",
        "about": "about (before a number)", "at_least": "at least (before a number)", "over_after": "and more (behind a number)",
        "home": "organs that are those of the State of the option home where none is named beside them",
        "flag": "under the flag of", "port": "words for a port", "owned": "owned by", "owner": "whose (behind the owner)",
        "ship_mark": "what stands before the names of ships: MV", "called": 'between a word for a ship and its name: "named"',
        "use": "verbs that are nouns of use, too", "serial": "verbs that follow the first without a joint",
    },
    "cue": {
        "planned": "it is to happen", "negotiated": "it is being talked over", "contracted": "it is agreed in writing",
        "attempted": "it was tried, and stopped", "future": "a helping verb of the future", "modal": "a helping verb that leaves it open",
        "negation": "not", "doubt": "nobody knows whether", "receipt": "that the goods arrived", "vague": "it is not said what happened",
        "hypothetical": "if, might", "norm": "the sentence judges: would violate", "norm_verb": "verbs of law: forbids",
        "norm_passive": "is forbidden to", "norm_source": "resolution, embargo", "as_if": "feigned", "history": "long ago",
        "theatre": "war, use, fighting: the place is where it is used", "return": "home, back", "talks": "they met and talked",
    },
    "saying": {
        "say": "says", "after": "says (behind what is said)", "of_before": "says so (of the sentence before)",
        "believe": "believes", "accuse": "accuses", "passive_accuse": "is accused of", "reportive": "is said to",
        "deny": "denies", "reject": "rejects (with accusations or reports as object)",
        "admit": "admits, confirms",
        "according": "according to", "according_behind": "according to (behind the source)", "untrue": "is untrue",
        "comment": "comments on it, which says neither",
    },
    "source": {
        "media": "newspapers, agencies", "report": "a report without an author", "panel": "panels and bodies of the United Nations",
        "ngo": "organisations", "expert": "analysts", "tracker": "ship trackers and the like", "record": "records: customs, registers",
        "official": "officials without a name", "intelligence": "intelligence services", "source": "sources without a name",
    },
    "voice": {"person": "a person named", "state": "a State or its organ", "we": "a party itself"},
    "date_word": {
        "since": "since", "since_after": "since (behind the date)", "between": "between two dates", "to": "to a second date",
        "link": "between day and month", "year": "before a year", "year_sign": "behind a year", "month_sign": "behind a month",
        "day_sign": "behind a day",
    },
    "zone": {
        "related": "headings of links to other stories", "boilerplate": "lines that are no text", "starts": "how such lines begin",
        "byline": "how the line of the author begins", "caption": "how captions begin", "agency": "what stands before the agency's name",
        "dateline": "what a dateline ends in",
    },
    "term": {"not_names": "names of the locale data that are words of the language, too"},
    "form": {
        "active": "an active verb", "passive": "a passive verb", "participle": "a participle, which may be either",
        "attributive": "a passive participle before its noun, or behind it after a comma", "infinitive": "an infinitive",
        "adnominal": "a verb that stands before the noun it describes", "nominal": "a verb made a noun that keeps its object",
        "compound": "a noun that is a verb with a light verb behind it", "noun": "a noun of action",
    },
    "object": {
        "goods": "goods", "people": "people", "support": "help", "ship": "a ship or aircraft", "none": "nothing: the word says all",
    },
    "people_act": {
        "moved": "sent out", "placed": "employed or stationed there", "taught": "trained", "stated": "merely there",
        "aided": "helped with", "returned": "sent home",
    },
    "need": {"receipt": "it is done on arrival", "money": "a sum or goods", "port": "a word for a port"},
    "hint": {"norm": "restates the law", "talks": "tells of contacts", "history": "looks back", "hypothetical": "tells what might be"},
    "frame_marker": {"help": "under a word of the class help of the grammar"},
}
"""Words that only packs use, by kind, each with what it means."""

TEST_KINDS: Mapping[str, tuple[int, str]] = {
    "plain": (8, "somebody does something"),
    "passive": (10, "a passive, or a relative clause: the doer does not stand first"),
    "denial": (10, "somebody denies it, alone or after an accusation"),
    "norm": (5, "the sentence tells the law, and no event"),
    "reversal": (5, "the sides of a known sentence change places"),
    "irrelevant": (0, "the words are there and the event is not"),
}
"""Kinds of sentences: how many a pack needs, and what they are."""

TEST_KEYS: Mapping[str, str] = {
    "kind": "what the sentence tries: " + ", ".join(TEST_KINDS),
    "text": "the sentence, or a few",
    "events": "what must come out, each as `act goods from>to report stage`, with - for what is not told; [] for nothing",
    "hints": "what must be told of a sentence that is no event",
    "names": "names that are looked for in this sentence as if a list held them, each with its kind: person, company, ship ...",
}

PEOPLE_KEYS: Mapping[str, str] = {
    "role": "what they do, a word of the person roles",
    "acts": "the act when they are moved, placed, taught ...",
    "kind": "kind of party",
    "words": "the words",
}


def roles() -> tuple[str, ...]:
    """The roles of events that a mention may fill."""
    return tuple(name for name, spec in FACTS.items() if spec.group in ("parties", "States", "places", "people")
                 and spec.type in ("party", "state", "place", "places") and (spec.group != "parties" or spec.type == "party"))


def words_of(vocabulary: Vocabulary, kind: str) -> Collection[str]:
    """The words of a kind: of the vocabulary, or of packs alone."""
    taxonomies = {"act": "acts", "goods": "goods", "stage": "stages", "person_role": "person_roles", "party_kind": "party_kinds"}
    if kind in taxonomies:
        return taxonomy.terms if (taxonomy := vocabulary.taxonomies[taxonomies[kind]]) else ()
    if kind == "state":
        return vocabulary.states.codes
    if kind == "party":
        return {**dict.fromkeys(vocabulary.parties.parties), **dict.fromkeys(vocabulary.states.codes)}
    if kind == "place":
        return {place: None for place in vocabulary.places if place not in vocabulary.states.codes}
    if kind == "unit":
        return {**dict.fromkeys(vocabulary.taxonomies["units"].terms), "mm": None, "km": None}
    if kind == "organ":
        return dict.fromkeys(vocabulary.taxonomies["party_kinds"].terms)
    if kind == "role":
        return roles()
    if kind == "need":
        return {**dict.fromkeys((*roles(), *vocabulary.taxonomies["party_kinds"].terms)), **CLASSES["need"]}
    if kind == "status":
        return CLAIM_STATUSES
    if kind == "claimant":
        return {**CLASSES["source"], **CLASSES["voice"]}
    if kind == "month":
        return tuple(str(n) for n in range(1, 13))
    if kind == "weekday":
        return tuple(str(n) for n in range(7))
    if kind == "frame_marker":
        return {**CLASSES["marker"], **CLASSES["particle"], **CLASSES["frame_marker"], **dict.fromkeys(CASES)}
    return CLASSES[kind]
