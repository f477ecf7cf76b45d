"""How a language builds its sentences: the options of its pack, read once."""

from __future__ import annotations

from dataclasses import dataclass

from checker.extract.pack import Pack

__all__ = ["Grammar"]


@dataclass(frozen=True, slots=True)
class Grammar:
    """``head``: qualifiers stand before their noun (``last``: "Iranian drones"), after it (``first``), or adjectives before and
    names after (``mixed``). ``object``: goods stand ``right`` of an active verb, ``left`` of it, or on ``both`` sides.
    ``marked_both``: names under a preposition or case may stand before the verb. ``subject_after``: the doer may follow the verb
    at once. ``cues_after``: "will", "not" and the like may follow the verb. ``amount_after``: numbers may follow what they count.
    ``dative``: a bare name between verb and goods receives; ``second``: so does the second of two behind a verb that stands first.
    ``agent_adjacent``: a bare name next to a passive verb is the doer.
    ``unspaced``: words are written without blanks, so that a blank parts clauses (headlines).
    ``noun_subject``: a bare name before a noun of action is its doer ("X arms supply to Y").
    ``topic_first``: the verb of saying ends the sentence; of several names before it the first is the speaker, unless one stands
    between what is said and the verb. ``area_after``: "region", "port" and the like follow the name.
    ``place_speaks``: "in Seoul they said" has Seoul for its speaker. ``by_passive``: a verb without a passive form is passive where
    the doer stands before it under "by". ``relative_before``: what describes a noun stands before it and ends in the owner's word
    ("X sent Y 's shells" for "the shells that X sent to Y"). ``speaker_first``: of several names between the last comma and a verb of
    saying the first one speaks. ``accused_to``: whoever is accused stands under "to". ``dative: both``: verbs stand first or
    last; a lone name behind one that stands first is the doer, and receives where the doer stands before. ``genitive_both``: a name in
    the genitive may stand before its noun as well as behind it. ``cues_both``: cues and ruling verbs stand before the verb or behind it.
    ``genitive_subject``: the doer of a verb made a noun or a description stands in the genitive, and a bare name never is its doer
    ("X, Y's arms having sent denied"). ``infinitive_to``: a verb may follow "to". ``nouns_capital``: all nouns have
    capitals, so that one alone is no name. ``relative_articles``: behind a comma articles open relative clauses, too.
    ``subject_unsaid``: behind "that" a verb may have no subject of its own: it is whoever speaks. ``bare_qualifies``: a name without
    particle belongs to the noun behind it, known or not. ``home``: the State whose organs speak where none is named beside them ("the
    government said")."""

    head: str = "last"
    object: str = "right"
    marked_both: bool = False
    subject_after: bool = False
    cues_after: bool = False
    amount_after: bool = False
    dative: bool = False
    second: bool = False
    agent_adjacent: bool = False
    topic_first: bool = False
    noun_subject: bool = False
    unspaced: bool = False
    area_after: bool = False
    place_speaks: bool = False
    by_passive: bool = False
    relative_before: bool = False
    speaker_first: bool = False
    accused_to: bool = False
    genitive_both: bool = False
    genitive_subject: bool = False
    cues_both: bool = False
    relative_articles: bool = False
    bare_qualifies: bool = False
    infinitive_to: bool = False
    nouns_capital: bool = False
    subject_unsaid: bool = False
    home: str = ""

    @classmethod
    def of(cls, pack: Pack) -> Grammar:
        """Read the options; left out they are those of English."""
        side = pack.option("object", "right")
        yes = {name: pack.option(name, "no") == "yes" for name in ("dative", "marked_both", "subject_after", "cues_after", "amount_after",
                                                                   "topic_first", "noun_subject", "area_after", "place_speaks",
                                                                   "by_passive", "relative_before", "speaker_first", "accused_to",
                                                                   "genitive_both", "infinitive_to", "nouns_capital", "subject_unsaid",
                                                                   "relative_articles",
                                                                   "genitive_subject", "bare_qualifies")}
        unspaced = pack.option("word_edges", "both") == "none"
        adjacent, second = pack.option("passive_agent", "marked") == "adjacent", pack.option("dative", "no") in ("second", "both")
        yes["dative"] = yes["dative"] or pack.option("dative", "no") == "both"
        yes["cues_both"] = pack.option("cues_after", "no") == "both"
        yes["cues_after"] = yes["cues_after"] or yes["cues_both"]
        home = pack.option("home", "")
        return cls(pack.option("head", "last"), side, unspaced=unspaced, agent_adjacent=adjacent, second=second, home=home, **yes)

    @property
    def inverts(self) -> bool:
        """Verbs stand second or last, and the doer behind one that stands second: German, Dutch."""
        return self.second and self.dative

    def follows(self, form: str) -> bool:
        """Whether a qualifier of this form stands after its noun."""
        return self.head == "first" or (self.head == "mixed" and form != "adjective")
