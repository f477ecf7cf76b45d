"""States by ISO 3166-1 alpha-2 code: short English names, and names in all languages understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from checker.strictyaml.problem import Problem
from checker.vocabulary.files import VocabularyFile
from checker.vocabulary.names import NameIndex, fold

__all__ = ["StateWords", "States", "load_states"]


@dataclass(frozen=True, slots=True)
class StateWords:
    """What ``states.yaml`` adds to the locale data; see the comments there."""

    left_out: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ("en",)
    short: Mapping[str, str] = field(default_factory=dict)
    with_the: frozenset[str] = frozenset()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nobody: frozenset[str] = frozenset()
    fictitious: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=128)
def _locale_names(lang: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        return {code: name for code, name in Locale.parse(lang).territories.items() if len(code) == 2 and code.isalpha()}
    except (UnknownLocaleError, ValueError):
        return {}


def _has_language(lang: str) -> bool:
    # Asks for the file only: reading forty languages would cost every start half a second.
    from babel import localedata

    return bool(localedata.exists(lang))


@lru_cache(maxsize=1)
def _alpha3() -> dict[str, str]:
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    return {code: targets[0] for code, targets in aliases.items() if len(code) == 3 and code.isalpha() and len(targets) == 1}


class States:
    """All States and territories of the locale data, and the fictitious ones."""

    __slots__ = ("_early", "_known", "_late", "_words", "codes")

    def __init__(self, words: StateWords) -> None:
        self._words = words
        self.codes: tuple[str, ...] = tuple(sorted((_locale_names("en").keys() - words.left_out) | words.fictitious.keys()))
        self._known = frozenset(self.codes)
        self._early = NameIndex()
        for code in self.codes:
            self._early.add(self.name(code), code)
        for code, spellings in words.also.items():
            for spelling in spellings:
                self._early.add(spelling, code)
        self._late: NameIndex | None = None

    def __contains__(self, code: object) -> bool:
        return code in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    @property
    def fictitious(self) -> frozenset[str]:
        """The States that exist in examples only."""
        return frozenset(self._words.fictitious)

    def name(self, code: str, lang: str = "en") -> str:
        """The everyday name in a language; English where the language has none. Raises ``KeyError`` for an unknown code."""
        if code not in self._known:
            raise KeyError(code)
        if code in self._words.fictitious:
            return self._words.fictitious[code]
        if lang == "en" and code in self._words.short:
            return self._words.short[code]
        return _locale_names(lang).get(code) or _locale_names("en")[code]

    def in_sentence(self, code: str) -> str:
        """The English name with its article: ``the United States``."""
        return f"the {self.name(code)}" if code in self._words.with_the else self.name(code)

    def names(self, lang: str) -> Iterator[tuple[str, str]]:
        """(name, code) of a language, the names of ``states.yaml`` after those of the locale data."""
        territories = _locale_names(lang)
        for code in self.codes:
            if code in territories and code not in self._words.fictitious and fold(territories[code]) not in self._words.nobody:
                yield territories[code], code
            if lang == "en" and (code in self._words.short or code in self._words.fictitious):
                yield self.name(code), code
        for code, spellings in self._words.also.items():
            for spelling in spellings:
                yield spelling, code

    def resolve(self, text: str) -> str | None:
        """The code of a code or name in any language understood; ``None`` for what is no State or means two of them."""
        if text in self._known:
            return text
        # Three capitals are an ISO 3166-1 alpha-3 code; in small letters they may be a name ("Nga" is Russia in Vietnamese).
        known = self._early.get(text) or (_alpha3().get(text) if len(text) == 3 else None)
        if known in self._known:
            return known
        return self._all_languages().get(text) if len(text) > 2 or not text.isascii() else None

    def suggest(self, text: str) -> str:
        """The code of the nearest English name, or ``""``."""
        from checker.strictyaml.suggest import did_you_mean

        if text.upper() in self._known:
            return text.upper()
        near = did_you_mean(text, list(self._early.spellings()))
        return self._early.get(near) or "" if near else ""

    def _all_languages(self) -> NameIndex:
        # English and the spellings of states.yaml win; a name that two languages give to two States is dropped.
        if self._late is None:
            late = NameIndex()
            for lang in self._words.languages:
                for code, name in _locale_names(lang).items():
                    if code not in self._known or code in self._words.fictitious or fold(name) in self._words.nobody:
                        continue
                    if not self._early.get(name):
                        late.add_unless_shared(name, code)
            self._late = late
        return self._late


def load_states(directory: Path) -> tuple[States | None, list[Problem]]:
    """The States of ``states.yaml``."""
    file = VocabularyFile(directory, "states")
    keys = ("left_out", "languages", "short", "with_the", "also", "nobody", "fictitious")
    got = file.fields(file.root, keys, ("languages", "fictitious"))
    known = _locale_names("en")
    fictitious = {code: file.text(node) for code, _, node in file.entries(got.get("fictitious"))}
    short = {code: file.text(node) for code, _, node in file.entries(got.get("short"))}
    also: dict[str, tuple[str, ...]] = {}
    owners: dict[str, str] = {fold(short.get(code, name)): code for code, name in known.items()}
    for code, mark, node in file.entries(got.get("also")):
        also[code] = file.texts(node)
        if code not in known:
            file.problem(mark, "unknown-state", f"`{code}` is no State", file.near(code, known) or "use the two letters of ISO 3166-1")
        for spelling, written in file.placed_texts(node):
            owner = owners.setdefault(fold(spelling), code)
            if owner != code:
                file.problem(written, "duplicate-spelling", f"`{spelling}` is already a spelling of {owner}", "leave it with one State")
    for lang, written in file.placed_texts(got.get("languages")):
        if not _has_language(lang):
            file.problem(written, "unknown-language", f"the locale data has no language `{lang}`", "use a code such as en, id or zh")
    words = StateWords(frozenset(file.texts(got.get("left_out"))), file.texts(got.get("languages")), short,
                       frozenset(file.texts(got.get("with_the"))), also,
                       frozenset(fold(name) for name in file.texts(got.get("nobody"))), fictitious)
    if any(p.severity == "error" for p in file.problems):
        return None, file.problems
    return States(words), file.problems
