"""The options of packs, read off the engine: it is asked which it looks up, and its documentation says what each means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from checker.extract.grammar import Grammar
from checker.extract.pack import Pack

__all__ = ["Option", "options"]

_YES_NO = ("yes", "no")
_DOCUMENTED = re.compile(r"``([a-z_]+(?:: [a-z]+)?)``: (.*?)(?= ``[a-z_]+(?:: [a-z]+)?``: |$)", re.DOTALL)

# What takes other values than yes and no, and what other parts of the engine look up, with its meaning.
_VALUES: Mapping[str, tuple[str, ...]] = {
    "head": ("last", "first", "mixed"),
    "object": ("right", "left", "both"),
    "dative": ("no", "yes", "second", "both"),
    "cues_after": ("no", "yes", "both"),
    "passive_agent": ("marked", "adjacent"),
    "word_edges": ("both", "left", "none"),
    "particles": ("joined", "apart"),
    "date_order": ("dmy", "mdy"),
}
_MEANINGS: Mapping[str, str] = {
    "passive_agent": "is the doer of a passive verb told by a preposition (marked), or by standing next to it (adjacent)?",
    "word_edges": "where words end: on both sides; left: endings are joined to them; none: words are written without blanks",
    "particles": "whether particles are joined to their word or stand apart",
    "date_order": "the order of days and months in figures: 2/11 is 2 November (dmy) or 11 February (mdy)",
}
_OF: Mapping[str, str] = {"home": "state"}

# Fields of the grammar that are values of an option of another name.
_FIELDS: Mapping[str, str] = {"second": "dative", "agent_adjacent": "passive_agent", "unspaced": "word_edges", "cues_both": "cues_after"}


@dataclass(frozen=True, slots=True)
class Option:
    """``values``: all it may be, the first is what holds where the option is left out; none: words of ``of``, or any text. ``says``: what
    it means."""

    name: str
    values: tuple[str, ...]
    says: str
    of: str = ""


class _Asked:
    """Stands for a pack and notes which options are looked up."""

    def __init__(self) -> None:
        self.defaults: dict[str, str] = {}

    def option(self, name: str, default: str) -> str:
        self.defaults[name] = default
        return default


@lru_cache(maxsize=1)
def options() -> Mapping[str, Option]:
    """All options with a closed set of values, by name."""
    asked: Any = _Asked()
    Grammar.of(cast(Pack, asked))
    told: dict[str, list[str]] = {}
    for name, text in _DOCUMENTED.findall(" ".join((Grammar.__doc__ or "").split())):
        name = name.partition(":")[0]
        told.setdefault(_FIELDS.get(name, name), []).append(text.rstrip(" .;").replace("``", "`"))
    found: dict[str, Option] = {}
    for name in sorted({*asked.defaults, *_VALUES}):
        values = _VALUES.get(name, _YES_NO)
        default = asked.defaults.get(name, values[0])
        ordered = (default, *(value for value in values if value != default)) if default in values else ()
        says = _MEANINGS.get(name) or "; ".join(told.get(name, ()))
        found[name] = Option(name, ordered, says, _OF.get(name, ""))
    return found
