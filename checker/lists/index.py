"""Who on the list a name may be: every name of a list by its normal form, made once, looked up in no time.

What is sure and what is weak is decided here, name by name:

- a primary name or good alias of two words or more is sure, a low-quality alias is weak;
- a single word is weak, but for an entity's own name or good alias of five letters or more;
- an acronym, a shortened form, the first and last word of a longer personal name, and names that fit anybody are weak.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from checker.lists.entry import Entry, Kind, Name
from checker.lists.knowledge import REFERENCE, Delisting, Knowledge
from checker.lists.normal import Normaliser, significant
from checker.lists.spans import Span, spans_of
from checker.model.names import WatchName

__all__ = ["Listed", "Match", "NameIndex"]

_LEAST_WORD = 5
"""Letters that a single word must have to name an entity by itself: FTB and MIT are too many things."""

_IMO = re.compile(r"\bIMO\D{0,12}(\d{7})\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?=[A-Z0-9-]*\d{4})[A-Z0-9-]{6,}\b", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\([^()]*\)")
_NOT_ALNUM = re.compile(r"[^A-Z0-9]")
_MEMORY = 65536


class Listed(msgspec.Struct, frozen=True):
    """An entry with the measures it is or was under."""

    entry: Entry
    spans: tuple[Span, ...]
    taken_off: str = ""


class Match(msgspec.Struct, frozen=True):
    """Somebody who may be meant. ``how``: the words for a reader, ``alias 'Siraj Haqqani'``; ``sure``: by more than a weak name."""

    listed: Listed
    how: str
    sure: bool


class _Key(msgspec.Struct, frozen=True, gc=False):
    number: int
    name: Name
    sure: bool
    short: bool = False


class NameIndex:
    """The names of entries. ``find`` remembers texts; its answers depend on nothing but the list and ``rules/lists``."""

    def __init__(self, entries: Iterable[Entry], knowledge: Knowledge, date: int = 0, *, own: bool = False) -> None:
        """``date``: ordinal of the day of the list. ``own``: it is no list of the Council, its entries are under no measure."""
        self._own = own
        self._kinds = knowledge.kinds
        self._normaliser = Normaliser(knowledge.words)
        self.listed: list[Listed] = []
        self.by_reference: dict[str, list[int]] = {}
        self.still_listed: list[Delisting] = []
        self._persons: dict[str, list[_Key]] = {}
        self._entities: dict[str, list[_Key]] = {}
        self._numbers: dict[str, list[tuple[int, str]]] = {}
        self._known: dict[tuple[str, str], tuple[Match, ...]] = {}
        delistings = () if own else knowledge.delistings
        off = {one.reference: one for one in delistings if one.reference and not one.alias}
        met = set()
        for entry in entries:
            delisting = off.get(entry.reference)
            if delisting is not None and date > delisting.last:  # a list made after the day still has it: the list wins
                self.still_listed.append(delisting)
                delisting = None
            met.add(entry.reference)
            self._add(entry, knowledge, delisting)
        for one in delistings:
            if one.alias or one.reference not in met:
                names = tuple(Name(name, "primary" if number == 0 else "good") for number, name in enumerate(one.names))
                reference = one.reference or f"{one.committee}{'e' if one.kind == 'entity' else 'i'}"
                self._add(Entry(reference, one.kind, names, one.first or 0), knowledge, one)

    def _add(self, entry: Entry, knowledge: Knowledge, delisting: Delisting | None) -> None:
        number = len(self.listed)
        names = entry.names
        if delisting is not None and not delisting.alias:
            have = {name.text for name in names}
            names += tuple(Name(name, "good") for name in delisting.names if name not in have)
        entry = msgspec.structs.replace(entry, names=names)
        spans = () if self._own else spans_of(entry, knowledge, delisting)
        self.listed.append(Listed(entry, spans, delisting.by if delisting else ""))
        if delisting is None or not delisting.alias:
            self.by_reference.setdefault(entry.reference, []).append(number)
        for name in names:
            self._add_name(number, name, entry.kind)
        for document in entry.documents:
            plain = _NOT_ALNUM.sub("", document.number.upper())
            if len(plain) >= 6:
                self._numbers.setdefault(plain, []).append((number, document.type or "document"))

    def _add_name(self, number: int, name: Name, kind: Kind) -> None:
        normaliser = self._normaliser
        tokens = normaliser.tokens(name.text)
        if kind == "entity":
            key = normaliser.without_forms(tokens)
            self._entities.setdefault(key, []).append(_Key(number, name, self._entity_sure(name, tokens, key)))
            return
        key = " ".join(sorted(tokens))
        words = max(len(tokens), significant(name.text))
        self._persons.setdefault(key, []).append(_Key(number, name, name.quality in ("primary", "good") and words > 1))
        if name.quality == "primary" and len(tokens) > 2 and not (normaliser.is_common(tokens[0]) and normaliser.is_common(tokens[-1])):
            self._persons.setdefault(" ".join(sorted((tokens[0], tokens[-1]))), []).append(_Key(number, name, False, True))

    def _entity_sure(self, name: Name, tokens: Sequence[str], key: str) -> bool:
        if name.quality not in ("primary", "good") or self._normaliser.fits_anybody(key):
            return False
        words = max(key.count(" ") + 1, significant(name.text))
        return words > 1 or (len(key) >= _LEAST_WORD and not self._normaliser.has_form(tokens))

    def names(self) -> Iterator[tuple[WatchName, Entry]]:
        """The names to look for in texts, each with its entry: those that alone would be a sure match, also without brackets and "Limited".
        An alias stands for the name of its entry; one that several entries have, for itself. Names that texts use for other things
        (``not_in_texts``) are left out."""
        kinds: tuple[Kind, ...] = ("person", "entity")
        for kind in kinds:
            for held in (self._persons if kind == "person" else self._entities).values():
                alone = len({key.number for key in held if key.sure}) == 1
                for key in (key for key in held if key.sure and not key.short):
                    entry, whole = self.listed[key.number].entry, key.name.text
                    for text in self._spellings(whole, kind):
                        if not self._normaliser.is_common_word(text) and not _bare_ship(entry, text):
                            yield WatchName(text, entry.name if alone else whole, self._kinds.of(entry)), entry

    def _spellings(self, whole: str, kind: Kind) -> Iterator[str]:
        """A name, and it without brackets and without what follows a comma, where that alone is sure."""
        plain = _BRACKET.sub("", whole)
        yield whole
        for text in dict.fromkeys((plain, plain.partition(",")[0])):
            if text != whole and any(match.sure for match in self.find(text, kind)):
                yield text

    def reference(self, reference: str, how: str) -> list[Match]:
        """The entries of a reference number."""
        return [Match(self.listed[number], how, True) for number in self.by_reference.get(reference, ())]

    def find(self, text: str, kind: str = "") -> tuple[Match, ...]:
        """Who may be meant by a name, the sure ones first. ``kind``: ``person``, ``entity``, or nothing where it is not known."""
        found = self._known.get((text, kind))
        if found is None:
            found = self._find(text, kind)
            if len(self._known) < _MEMORY:  # names come from articles, so the memory is bounded
                self._known[(text, kind)] = found
        return found

    def _find(self, text: str, kind: str) -> tuple[Match, ...]:
        best: dict[int, Match] = {}

        def note(number: int, how: str, sure: bool) -> None:
            if number not in best or (sure and not best[number].sure):
                best[number] = Match(self.listed[number], how, sure)

        for reference in REFERENCE.findall(text):
            for number in self.by_reference.get(reference, ()):
                note(number, f"reference number {reference}", True)
        for written in (*_IMO.findall(text), *_NUMBER.findall(text)):
            for number, type_ in self._numbers.get(_NOT_ALNUM.sub("", written.upper()), ()):
                note(number, f"{type_} {written}", True)
        keys: list[_Key] = []
        if kind != "entity":
            keys += self._persons.get(self._normaliser.person_key(text), ())
        if kind != "person":
            keys += self._entities.get(self._normaliser.entity_key(text), ())
        for key in keys:
            note(key.number, _say(key), key.sure)
        return tuple(sorted(best.values(), key=lambda match: (not match.sure, match.listed.entry.reference, match.listed.entry.name)))


def _bare_ship(entry: Entry, text: str) -> bool:
    """Names of ships of one word are names of much else; behind a word for a ship they are found without any list."""
    return entry.party_kind == "ship" and " " not in text.strip()


def _say(key: _Key) -> str:
    if key.short:
        return f"first and last word of {key.name.text!r}"
    what = {"primary": "name", "good": "alias", "low": "low-quality alias", "short": "short form"}[key.name.quality]
    what = f"former {what}" if key.name.former else what
    return f"{what} {key.name.text!r}" + (f" ({key.name.note[:60]})" if key.name.note else "")
