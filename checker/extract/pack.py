"""Language packs: all words the extractor knows of one language, read from ``rules/languages/<lang>.yaml``.

A pack is data only. Every leaf is a string; ``a{b,c}`` is short for ``ab`` and ``ac``; a leading ``=`` asks for exactly these
capitals, a trailing ``*`` allows any ending, and ``~name`` behind a stem stands for the endings of that declension of the pack. The
keys are described at the top of ``rules/languages/en.yaml``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, product
from pathlib import Path
from typing import Any

from checker.extract.tested import TESTED, read_tested
from checker.strictyaml.loader import parse_file
from checker.strictyaml.problem import Problem

__all__ = ["CASED", "MAX_FORMS", "Frame", "Pack", "PeopleWord", "choices", "decline", "expand", "load_pack", "load_packs",
           "pack_files"]

_BRACES = re.compile(r"\{([^{}]*)\}")
_NESTED = re.compile(r"(?<=[{,])([^{},]*)\{([^{}]*)\}([^{},]*)(?=[,}])")
"""A group of choices that is itself part of one choice: ``arms`` and ``weapon{,s}`` in ``{arms,weapon{,s}}``."""
_DECLINED = re.compile(r"~(\w+)")
MAX_FORMS = 4000


def expand(form: str) -> list[str]:
    """All spellings of a form: ``{sell,sold} to`` is ``sell to`` and ``sold to``; blanks inside braces count.

    At most 4,000 spellings are given; a form that would have more loses the last ones. A choice may hold one group of its own.
    """
    return list(dict.fromkeys(" ".join("".join(c).split()) for c in islice(product(*choices(form)), MAX_FORMS)))


def choices(form: str) -> list[list[str]]:
    """The parts of a form in order, each with what may stand there."""
    while inner := _NESTED.search(form):
        head, options, tail = inner.groups()
        form = form[:inner.start()] + ",".join(f"{head}{option}{tail}" for option in options.split(",")) + form[inner.end():]
    return [part.split(",") if i % 2 else [part] for i, part in enumerate(_BRACES.split(form))]


def decline(form: str, declensions: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of case and spelling of a form whose stems bear ``~declension``: "Rossi~i" with all its endings, each under its case.

    All declined words of a form stand in the same case, and in the same number: words with as many endings in a case take them in
    parallel (singular, plural). Forms without a mark have the case ``""``.
    """
    names = [name for name in _DECLINED.findall(form) if name in declensions]
    if not names:
        return [("", form)]
    pieces = _DECLINED.split(form)[::2]
    found: dict[tuple[str, str], None] = {}
    for case in dict.fromkeys(case for name in names for case in declensions[name]):
        endings = [_endings(declensions.get(name, {}).get(case, ())) for name in _DECLINED.findall(form)]
        parallel = len({len(e) for e in endings}) == 1
        for chosen in islice(zip(*endings, strict=True) if parallel else product(*endings), MAX_FORMS):
            spelling = "".join(a + b for a, b in zip(pieces, (*chosen, ""), strict=True))
            found[(case, spelling)] = None
    return list(found)


def _endings(value: Any) -> tuple[str, ...]:
    """The endings of one case: a list, or one string; ``-`` is the bare stem."""
    return tuple("" if str(v) == "-" else str(v) for v in (value if isinstance(value, (list, tuple)) else (value,)))


@dataclass(frozen=True, slots=True)
class Frame:
    """A construction around a verb or a noun of action.

    ``subject``, ``possessor``, ``dative`` name the role that a bare mention takes before an active verb, beside a noun, or
    between verb and object; ``markers`` the role of a mention under a class of prepositions. ``act`` is the act for goods,
    ``people`` which act of the people words is meant (``moved``, ``placed``, ``taught``, ``stated``), ``objects`` what the frame
    needs: ``goods``, ``people``, ``support``, ``ship`` or ``none``. ``within`` limits goods to these terms, ``without``
    to others than these, ``default_goods`` is
    meant where none are named, ``returned`` the act when people go home, ``in_war`` the act with goods of another State or in a
    theatre of war, ``telling`` lets the act prevail over wider talk of the same deal. ``qualifier`` is the role of whoever qualifies
    the object (whose ship it is; left out: where goods are from), ``mutual`` lets "X and Y" be the two sides of a bond. ``needs``
    drops what tells none of the roles named ("owner/carrier": one of the two), no ``money``, no word for a ``port``; ``receipt``
    stands for acts that are done on arrival. ``forms`` are the words by voice as the pack writes them (``Pack.spellings``: all of them).
    """

    id: str
    act: str
    subject: str = ""
    possessor: str = ""
    dative: str = ""
    markers: Mapping[str, str] = field(default_factory=dict)
    objects: tuple[str, ...] = ("goods",)
    people: str = ""
    stage: str = ""
    acts: Mapping[str, str] = field(default_factory=dict)
    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    forms: Mapping[str, Any] = field(default_factory=dict)
    set_facts: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    left_object: bool = False
    default_goods: str = ""
    returned: str = ""
    in_war: str = ""
    telling: bool = False
    qualifier: str = ""
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class PeopleWord:
    """Words for people that States send: their role, and the act when they are moved, placed, taught or merely stated."""

    role: str
    acts: Mapping[str, str]
    words: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """One language. ``tables`` holds the plain word lists by section (``markers``, ``cues``, ``attribution`` ...). ``digest`` is the
    SHA-256 of the file, the same with every kind of line ends; ``experimental``: nobody vouches that its sentences pass."""

    lang: str
    title: str
    frames: Mapping[str, Frame]
    people: tuple[PeopleWord, ...]
    tables: Mapping[str, Mapping[str, Any]]
    options: Mapping[str, Any]
    tests: tuple[Mapping[str, Any], ...]
    digest: str
    experimental: bool = False

    def table(self, name: str) -> Iterator[tuple[str, str]]:
        """Pairs of key and spelling of one section, expanded; a case known from a declension follows the key behind a full stop."""
        declensions = self.tables.get("declensions", {})
        for key, forms in self.tables.get(name, {}).items():
            for form in forms:
                for spelling in expand(str(form)):
                    for case, declined in decline(spelling, declensions):
                        yield f"{key}.{case}" if case and name in CASED else key, declined

    def spellings(self, frame: Frame) -> Iterator[tuple[str, str]]:
        """Pairs of voice and spelling of a frame, expanded: many times what the pack holds, so nobody keeps them."""
        for voice, words in frame.forms.items():
            for spelling in _strings(words, self.tables.get("declensions", {})):
                yield voice, spelling

    def option(self, name: str, default: str) -> str:
        return str(self.options.get(name, default))


def _strings(value: Any, declensions: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    forms = [s for v in value for s in expand(str(v))] if isinstance(value, list) else expand(str(value)) if value else []
    return tuple(dict.fromkeys(s for form in forms for _, s in decline(form, declensions or {})))


def _frame(name: str, data: Mapping[str, Any], patterns: Mapping[str, Any]) -> Frame:
    merged: dict[str, Any] = {**patterns.get(str(data.get("pattern", "")), {}), **data}
    markers = {**patterns.get(str(data.get("pattern", "")), {}).get("markers", {}), **data.get("markers", {})}
    objects = _strings(merged.get("objects", ["goods"]))
    return Frame(
        id=name, act=str(merged.get("act", "")), subject=str(merged.get("subject", "")), possessor=str(merged.get("possessor", "")),
        dative=str(merged.get("dative", "")), markers={k: str(v) for k, v in markers.items()}, objects=objects,
        people=str(merged.get("people", "")), stage=str(merged.get("stage", "")), acts=dict(merged.get("acts", {})),
        within=_strings(merged.get("within", [])), without=_strings(merged.get("without", [])),
        forms=dict(data.get("forms", {})), set_facts=dict(merged.get("facts", {})),
        needs=_strings(merged.get("needs", [])), left_object=bool(merged.get("left_object", False)),
        default_goods=str(merged.get("default_goods", "")),
        returned=str(merged.get("returned", "")), in_war=str(merged.get("in_war", "")), telling=bool(merged.get("telling", False)),
        qualifier=str(merged.get("qualifier", "")), mutual=bool(merged.get("mutual", False)),
    )


_SECTIONS = ("actors", "adjectives", "institutions", "groups", "places", "goods", "org_nouns", "markers", "cues", "attribution",
             "claimants", "grammar", "units", "numerals", "months", "weekdays", "relative_dates", "date_words", "zones",
             "supports", "terms", "particles", "proclitics", "declensions")
CASED = frozenset({"actors", "institutions", "groups", "org_nouns", "places", "adjectives", "markers", "grammar"})
"""Sections whose keys may tell a grammatical case behind a full stop: the case of a name, or the case a preposition asks for."""
_KEYS = frozenset(_SECTIONS) | {"language", "title", "options", "patterns", "frames", "people", "abbreviations", "tests"}


def load_pack(path: Path) -> tuple[Pack | None, list[Problem]]:
    """Read one pack. Problems: the file is no YAML map, or holds a section that no pack has."""
    parsed = parse_file(path)
    problems = list(parsed.problems)
    data = parsed.node.plain() if parsed.node is not None else None
    if not isinstance(data, dict):
        return None, problems or [Problem(str(path), 0, 0, "pack-shape", "a language pack is a map", "start with language: and title:")]
    unknown = sorted(set(data) - _KEYS)
    problems += [Problem(str(path), 0, 0, "pack-section", f"no pack has a section {name!r}", f"sections are: {', '.join(sorted(_KEYS))}")
                 for name in unknown]
    patterns = data.get("patterns", {})
    declensions = data.get("declensions", {})
    frames = {name: _frame(name, body, patterns) for name, body in data.get("frames", {}).items()}
    people = tuple(PeopleWord(str(p.get("role", "")), dict(p.get("acts", {})), _strings(p.get("words", []), declensions),
                              str(p.get("kind", ""))) for p in data.get("people", []))
    tables: dict[str, Mapping[str, Any]] = {name: data.get(name, {}) for name in _SECTIONS}
    tables["abbreviations"] = {"": data.get("abbreviations", [])}
    digest = hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    return Pack(str(data.get("language", path.stem)), str(data.get("title", path.stem)), frames, people, tables,
                data.get("options", {}), tuple(data.get("tests", [])), digest), problems


def pack_files(directory: Path) -> list[Path]:
    """The packs of a folder, by name; its record of sentences that passed is none."""
    return [path for path in sorted(directory.glob("*.yaml")) if path.name != TESTED]


def load_packs(directory: Path) -> tuple[dict[str, Pack], list[Problem]]:
    """All packs of a folder by language code."""
    packs: dict[str, Pack] = {}
    passed, problems = read_tested(directory)
    for path in pack_files(directory):
        pack, found = load_pack(path)
        problems += found
        if pack is not None:
            vouched = passed is None or pack.digest in passed
            packs[pack.lang] = pack if vouched else replace(pack, experimental=True)
    return packs, problems
