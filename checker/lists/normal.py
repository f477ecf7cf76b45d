"""Names made comparable: any script to plain letters, spelling variants to one, and what is no part of the name left out.

The words it goes by are data (``rules/lists/names.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from anyascii import anyascii

__all__ = ["NameWords", "Normaliser", "significant"]

_WORD = re.compile(r"[a-z0-9]+")
_JOINED = re.compile("['’‘`´ʻʼ\"“”.]")
"""Marks inside a word that come and go: Qa’ida, U.N."""

_DOUBLED = re.compile(r"([a-z])\1+")
_VOWELS = str.maketrans({"e": "i", "y": "i", "o": "u"})
_LOGOGRAPHIC = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LEAST_REST = 3
"""Letters that must follow a prefix inside one word (Abdulrahman), so that short words are left alone."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """``names.yaml``: words by their use. ``prefixes`` and ``spellings`` map a variant to the form that stands for it."""

    particles: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    company_forms: frozenset[str] = frozenset()
    spellings: Mapping[str, str] = field(default_factory=dict)
    anybody: tuple[str, ...] = ()
    not_in_texts: tuple[str, ...] = ()
    note_words: tuple[str, ...] = ()
    cut_before: tuple[str, ...] = ()
    father: tuple[str, ...] = ()


def significant(text: str) -> int:
    """How many characters of a script stand in the text in which one character is about a word or syllable."""
    return len(_LOGOGRAPHIC.findall(text))


class Normaliser:
    """Names to tokens. ``tokens`` of a name joined by blanks gives the same tokens again."""

    __slots__ = ("_anybody", "_common", "_dropped", "_forms", "_longest_first", "_prefixes", "_spellings")

    def __init__(self, words: NameWords) -> None:
        self._dropped = {_fold(word) for word in words.particles | words.titles}
        self._forms = {_fold(word) for word in words.company_forms}
        self._prefixes = {_fold(variant): _fold(main) for variant, main in words.prefixes.items()}
        self._longest_first = sorted(self._prefixes, key=lambda prefix: (-len(prefix), prefix))
        self._spellings = {_fold(variant): _fold(main) for variant, main in words.spellings.items()}
        self._anybody = {self.entity_key(name) for name in words.anybody}
        self._common = {" ".join(name.lower().split()) for name in words.not_in_texts}

    def tokens(self, text: str) -> tuple[str, ...]:
        """The words of a name that count, in order."""
        words = [_fold(word) for word in _WORD.findall(_plain(text))]
        kept = [word for word in words if word not in self._dropped] or words
        return tuple(self._join(kept))

    def _join(self, words: list[str]) -> list[str]:
        found: list[str] = []
        prefix = ""
        for word in words:
            if not prefix and word in self._prefixes:
                prefix = self._prefixes[word]
                continue
            found.append(self._one(_DOUBLED.sub(r"\1", prefix + word)))
            prefix = ""
        return [*found, prefix] if prefix else found

    def _one(self, word: str) -> str:
        """One word in the spelling that stands for it; behind a prefix its rest."""
        if word in self._spellings:
            return self._spellings[word]
        prefix = next((prefix for prefix in self._longest_first if word.startswith(prefix)), "")
        rest = word[len(prefix):]
        if not prefix or len(rest) < _LEAST_REST:
            return word
        return _DOUBLED.sub(r"\1", self._prefixes[prefix] + self._spellings.get(rest, rest))

    def person_key(self, text: str) -> str:
        """The same for the same words in any order."""
        return " ".join(sorted(self.tokens(text)))

    def entity_key(self, text: str) -> str:
        """The words in order, company forms left out."""
        return self.without_forms(self.tokens(text))

    def without_forms(self, tokens: Sequence[str]) -> str:
        """The key of an entity with these tokens."""
        return " ".join([token for token in tokens if token not in self._forms] or tokens)

    def has_form(self, tokens: Sequence[str]) -> bool:
        """Whether the name says what kind of company it is (Ltd)."""
        return any(token in self._forms for token in tokens)

    def fits_anybody(self, key: str) -> bool:
        """Whether many bodies go by the name of this entity key."""
        return key in self._anybody

    def is_common_word(self, text: str) -> bool:
        """Whether texts use the name, as it is written, for other things."""
        return " ".join(text.lower().split()) in self._common

    def is_common(self, token: str) -> bool:
        """Whether the token is one of the names that very many people have."""
        return token in self._spellings.values()


def _plain(text: str) -> str:
    return anyascii(_JOINED.sub("", text)).replace("'", "").lower()


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    """One word of plain letters, without the differences that transliteration makes."""
    return _DOUBLED.sub(r"\1", word.lower().replace("'", "").translate(_VOWELS))
