"""The keys of frames and patterns, read off the class they become: a key added to the engine is known here at once."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from checker.extract.pack import Frame

__all__ = ["FrameKey", "frame_keys"]

_WRITTEN = {"set_facts": "facts"}
_SENTENCE = re.compile(r"(?<=[.;])\s+|, (?=``)")

# What the words of a key are (see ``shape.words_of``); those of a map: its keys and its values.
_OF: Mapping[str, str] = {
    "act": "act", "returned": "act", "in_war": "act", "subject": "role", "possessor": "role", "dative": "role", "qualifier": "role",
    "objects": "object", "people": "people_act", "stage": "stage", "within": "goods", "without": "goods", "default_goods": "goods",
    "needs": "need", "markers": "frame_marker role", "acts": "goods_or_act act", "forms": "form word", "facts": "fact any",
}
_MEANINGS: Mapping[str, str] = {
    "pattern": "the pattern whose roles this frame takes over; what the frame says itself prevails",
    "act": "the act, a word of the vocabulary",
    "subject": "the role of a bare name before an active verb",
    "possessor": "the role of a name beside a noun of action",
    "dative": "the role of a bare name between verb and object",
    "markers": "the role of a name under a class of prepositions, a particle or a case; an empty text drops what the pattern says",
    "objects": "what the verb needs: goods, people, support, ship, or none",
    "people": "which act of the people words is meant",
    "within": "only these goods are meant",
    "without": "these goods are not meant",
    "default_goods": "the goods that are meant where none are named",
    "returned": "the act when people go home",
    "in_war": "the act with goods of another State, or in a theatre of war",
    "telling": "the act prevails over wider talk of the same deal",
    "qualifier": "the role of whoever qualifies the object: whose ship it is; left out: where the goods are from",
    "mutual": 'in "X and Y" the two names are the two sides',
    "needs": 'what must be told, or it is no event; "owner/carrier" asks for one of the two',
    "stage": "how far it has got where nothing else is said",
    "acts": "other acts for some goods, or in place of an act that the people words give",
    "forms": "the words, by voice",
    "facts": "facts that the words tell",
    "left_object": "the object stands before the verb, also where it is active",
}


@dataclass(frozen=True, slots=True)
class FrameKey:
    """``kind``: ``text``, ``list``, ``map`` or ``flag``. ``of``: what its words are; of a map: what its keys and its values are."""

    name: str
    kind: str
    of: str
    says: str


@lru_cache(maxsize=1)
def frame_keys() -> Mapping[str, FrameKey]:
    """All keys of a frame, by name. A pattern takes the same without ``pattern`` and ``forms``."""
    found = {"pattern": FrameKey("pattern", "text", "pattern", _MEANINGS["pattern"])}
    documented = _documented()
    for field in dataclasses.fields(Frame):
        name = _WRITTEN.get(field.name, field.name)
        if name != "id":
            found[name] = FrameKey(name, _kind(str(field.type)), _OF.get(name, ""), _MEANINGS.get(name, documented.get(field.name, "")))
    return found


def _kind(annotation: str) -> str:
    if annotation.startswith("Mapping"):
        return "map"
    if annotation.startswith("tuple"):
        return "list"
    return "flag" if annotation == "bool" else "text"


def _documented() -> dict[str, str]:
    """By field, the part of the class's documentation that first speaks of it."""
    text = " ".join((Frame.__doc__ or "").split())
    told: dict[str, str] = {}
    for part in _SENTENCE.split(text):
        for name in re.findall(r"``([a-z_]+)``", part):
            told.setdefault(name, part.replace("``", "`").rstrip(" .;"))
    return told
