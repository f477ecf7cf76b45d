"""What one verb or noun of action tells: the raw material of events, before claims and merging."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from checker.extract.dates import DateMention
from checker.model.document import Evidence
from checker.model.event import Amount

__all__ = ["NAMELESS", "Argument", "GoodsRef", "Instance", "Voice"]

NAMELESS = (0, 0)
_PARTIES = frozenset({"supplier", "recipient", "actor", "host_state", "owner", "flag_state", "port_state"})


@dataclass(slots=True)
class Argument:
    """Who or what fills a role: the value, the words, and how it was found (``subject``, ``marker``, ``attribute``, or
    ``inferred`` with its ``basis``). ``score``: 2 stated, 1 by a qualifier, 0.5 inferred. ``name`` is where the name of a party stands that
    the vocabulary does not know (``NAMELESS``: it knows it), ``state`` the State that the text says such a party is of."""

    value: str
    start: int
    end: int
    how: str
    score: float
    kind: str = ""
    is_place: bool = False
    basis: str = ""
    name: tuple[int, int] = NAMELESS
    state: str = ""


@dataclass(slots=True)
class GoodsRef:
    """One item named as object, with its amount and technical figures."""

    term: str
    start: int
    end: int
    amount: Amount | None = None
    amount_span: tuple[int, int] | None = None
    origin: Argument | None = None
    figures: dict[str, tuple[float, int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Voice:
    """Who says it, and how: the attribution that governs an instance. ``accused``: of whom it is said ("X is said to have sent ...")."""

    status: str
    by: str = ""
    party: str = ""
    kind: str = ""
    start: int = -1
    end: int = -1
    cue: tuple[int, int] | None = None
    via: tuple[str, ...] = ()
    date: DateMention | None = None
    about: str = ""
    accused: Voice | None = None


@dataclass(slots=True, eq=False)
class Instance:
    """One frame found at a trigger. Roles map names of facts to arguments; ``places`` the same for places. ``carried``: its object
    was named in a sentence before. ``lacks``: roles its frame needs and nobody fills ("owner/carrier": one of the two); it tells something
    only together with others of the same goods."""

    frame: str
    act: str
    sentence: int
    zone: str
    start: int
    end: int
    trigger: int
    lo: int
    hi: int
    goods: list[GoodsRef] = field(default_factory=list)
    people: GoodsRef | None = None
    person_role: str = ""
    roles: dict[str, Argument] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    sets: dict[str, list[Argument]] = field(default_factory=dict)
    stage: str = "done"
    negated: bool = False
    doubted: bool = False
    as_if: bool = False
    hypothetical: bool = False
    subject_from: int = -1
    date: DateMention | None = None
    voices: list[Voice] = field(default_factory=list)
    value_usd: tuple[float, int, int] | None = None
    evidence: list[Evidence] = field(default_factory=list)
    support: bool = False
    vague: bool = False
    capped: bool = False
    telling: bool = False
    sends: bool = False
    carried: bool = False
    lacks: tuple[str, ...] = ()

    @property
    def parties(self) -> set[str]:
        return {a.value for r, a in self.roles.items() if r in _PARTIES}
