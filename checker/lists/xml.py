"""The Consolidated List of the Council (XML) to entries.

Read through defusedxml: document types, entities and anything outside the file are refused. What is wrong with an entry is a problem of
that entry; the others are read. Only a file that is no such list, is cut off or is hostile is refused as a whole, because a list that
silently lacks names is worse than none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.etree.ElementTree import ParseError

from checker.lists.entry import Birth, Document, Entry, Kind, Name, Quality, UnList
from checker.lists.knowledge import REFERENCE
from checker.lists.normal import NameWords
from checker.lists.reading import read_bytes
from checker.lists.split import is_script, split_names
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["MAX_BYTES", "read_xml"]

MAX_BYTES = 100_000_000
"""Largest file read; the real list is about two million bytes."""

_DEEPEST = 32
_ROOT = "CONSOLIDATED_LIST"
_KINDS: dict[str, Kind] = {"INDIVIDUAL": "person", "ENTITY": "entity"}
_QUALITIES: dict[str, Quality] = {"good": "good", "low": "low", "a.k.a.": "good", "f.k.a.": "good"}
_DAY = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:T[\d:.]*)?(?:Z|[+-]\d{2}:\d{2})?\s*")
_BLANKS = re.compile(r"\s+")
_IMO = re.compile(r"\bIMO\)?\s*(?:company\s+)?(?:number|no\.?)?\s*:?\s*(\d{7})\b", re.IGNORECASE)
_NAME_FIELDS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_PLAIN = ("UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "COMMENTS1", "NAME_ORIGINAL_SCRIPT", *_NAME_FIELDS)
_KEPT_AS_IS = ("DATAID", "VERSIONNUM", "GENDER", "SUBMITTED_BY", "SORT_KEY", "SORT_KEY_LAST_MOD", "NATIONALITY2")
_VALUES = ("TITLE", "DESIGNATION", "NATIONALITY", "LIST_TYPE", "LAST_DAY_UPDATED")
_PARTS = ("ALIAS", "ADDRESS", "DATE_OF_BIRTH", "PLACE_OF_BIRTH", "DOCUMENT")
_MANY_PROBLEMS = 1_000


def read_xml(path: Path, words: NameWords) -> tuple[UnList | None, list[Problem]]:
    """The list in a file; ``None`` when it cannot be used at all. Problems of single entries are errors where the entry was left out, else
    warnings."""
    name = str(path)
    data = read_bytes(path, MAX_BYTES, "give the Consolidated List as the Council publishes it")
    if isinstance(data, Problem):
        return None, [data]
    return _Reading(name, data, words).read()


class _Refused(Exception):
    """The file as a whole cannot be used; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Reading:
    """One file on its way to entries."""

    def __init__(self, name: str, data: bytes, words: NameWords) -> None:
        self._name, self._data, self._words = name, data, words
        self.problems: list[Problem] = []
        self._entries: dict[str, Entry] = {}
        self._left_out = 0
        self._told = 0

    def read(self) -> tuple[UnList | None, list[Problem]]:
        try:
            generated = self._parse()
        except _Refused as refused:
            return None, [*self.problems, refused.problem]
        if not self._entries:
            return None, [*self.problems, self._whole("no-entries", "the list holds no entry that could be read",
                                                      "give the whole Consolidated List")]
        date = _day(generated)
        if not date:
            date = max(self._days(), default=1)
            self._problem("no-date", "the list does not say when it was made; the latest day of its entries is taken", "warning", _ROOT)
        if self._told > _MANY_PROBLEMS:
            self.problems.append(self._whole("many", f"{self._told - _MANY_PROBLEMS:,} more problems are not shown", "mend these first"))
        return UnList(date, generated, hashlib.sha256(self._data).hexdigest(), tuple(self._entries.values()), self._left_out), self.problems

    def _days(self) -> Iterator[int]:
        for entry in self._entries.values():
            yield from (day for text in entry.updated if (day := _day(text)))
            if entry.listed_on:
                yield entry.listed_on

    def _whole(self, code: str, message: str, mend: str, severity: Literal["error", "warning"] = "error") -> Problem:
        return Problem(self._name, 0, 0, code, message, mend, severity=severity)

    def _parse(self) -> str:
        """Every entry into ``_entries``; gives when the list was made, as written."""
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import iterparse

        generated, depth, root = "", 0, ""
        try:
            for event, element in iterparse(io.BytesIO(self._data), ("start", "end"), forbid_dtd=True):
                tag = _tag(element)
                if event == "start":
                    depth += 1
                    if depth > _DEEPEST:
                        raise _Refused(self._whole("xml-depth", f"elements are nested more than {_DEEPEST} deep",
                                                   "give the list as the Council publishes it"))
                    if depth == 1:
                        root, generated = tag, element.get("dateGenerated", "")
                        if root != _ROOT:
                            raise _Refused(self._whole("not-the-list", f"the file is no Consolidated List: it begins with <{root[:40]}>",
                                                       "give the XML file that the Council publishes (CONSOLIDATED_LIST)"))
                    continue
                if depth == 3 and tag in _KINDS:
                    self._entry(element, _KINDS[tag])
                    element.clear()
                elif depth == 3:
                    self._problem("unread-element", f"<{tag[:40]}> is no entry and was not read", "warning", f"<{tag}")
                elif depth == 2:
                    element.clear()
                depth -= 1
        except DefusedXmlException as error:
            raise _Refused(self._whole("xml-unsafe", f"the file holds what no list needs and was refused: {type(error).__name__}",
                                       "give the list as the Council publishes it, without document type and entities")) from None
        except (ParseError, UnicodeError, ValueError) as error:
            line, column = getattr(error, "position", (0, -1))
            raise _Refused(Problem(self._name, line, column + 1, "xml-syntax", f"the file is broken here and was not used: {error}",
                                   "fetch it again; a part of a list is not enough")) from None
        return generated

    def _problem(self, code: str, message: str, severity: Literal["error", "warning"], near: str) -> None:
        """A problem at the line where ``near`` (unique to the entry) stands."""
        self._told += 1
        if self._told > _MANY_PROBLEMS:
            return
        at = self._data.find(near.encode()) if near else -1
        line = self._data.count(b"\n", 0, at) + 1 if at >= 0 else 0
        mend = "the entry was left out; tell those who publish the list" if severity == "error" else "the entry is used without it"
        self.problems.append(Problem(self._name, line, 1 if line else 0, code, message, mend, severity=severity))

    def _entry(self, element: Element, kind: Kind) -> None:
        near = f"<DATAID>{_text(element, 'DATAID')}<" if _text(element, "DATAID") else ""
        reference = _text(element, "REFERENCE_NUMBER").rstrip(". ")
        name = " ".join(filter(None, (_text(element, field) for field in _NAME_FIELDS)))
        shown = f"{reference or 'an entry'} ({name[:60] or 'without a name'})"
        wrong = "has no reference number" if not reference else "has no name" if not name else \
            "stands twice in the list; the first is used" if reference in self._entries else ""
        if wrong:
            self._left_out += 1
            self._problem("entry-left-out", f"{shown} {wrong}", "error", near)
            return

        def warn(code: str, message: str) -> None:
            self._problem(code, f"{shown}: {message}", "warning", near)

        if not REFERENCE.fullmatch(reference):
            warn("odd-reference", f"`{reference[:40]}` is no reference number of the usual form")
        listed = _text(element, "LISTED_ON")
        if not _day(listed):
            warn("odd-date", f"the day of the listing, `{listed[:40]}`, is no date")
        comments = _text(element, "COMMENTS1")
        names = [Name(name, "primary"), *split_names(name, "primary", kind, self._words)]
        names += self._original(element) + self._aliases(element, kind, warn)
        unique = {one.text: one for one in reversed(names)}
        addresses = [parts for parts in _children(element, "ADDRESS") if parts]
        self._entries[reference] = Entry(
            reference, kind, tuple(dict.fromkeys(one for one in names if unique[one.text] is one)), _day(listed),
            _text(element, "UN_LIST_TYPE"), _values(element, "TITLE"), _values(element, "DESIGNATION"), _values(element, "NATIONALITY"),
            tuple(_births(element, warn)), tuple(", ".join(parts.values()) for parts in _children(element, "PLACE_OF_BIRTH") if parts),
            tuple(", ".join(parts.values()) for parts in addresses),
            tuple(dict.fromkeys(parts["COUNTRY"] for parts in addresses if "COUNTRY" in parts)),
            (*_documents(element), *(Document("IMO number", number) for number in dict.fromkeys(_IMO.findall(comments)))), comments,
            _values(element, "LAST_DAY_UPDATED"), self._rest(element, warn))

    def _original(self, element: Element) -> list[Name]:
        text = _text(element, "NAME_ORIGINAL_SCRIPT")
        return [Name(text, "good", script=is_script(text))] if text else []

    def _aliases(self, element: Element, kind: Kind, warn: Callable[[str, str], None]) -> list[Name]:
        found: list[Name] = []
        for parts in _children(element, "ALIAS"):
            text = parts.pop("ALIAS_NAME", "")
            written = parts.pop("QUALITY", "")
            if not text:
                if parts:
                    warn("alias-without-name", f"an alias has no name: {', '.join(parts.values())[:80]}")
                continue
            quality = _QUALITIES.get(written.lower())
            if quality is None:
                warn("odd-quality", f"the alias `{text[:60]}` has the quality `{written[:20]}`, which is taken for low")
            note = "; ".join(parts.values())
            found += split_names(text, quality or "low", kind, self._words, note, written.lower() == "f.k.a.")
        return found

    def _rest(self, element: Element, warn: Callable[[str, str], None]) -> tuple[tuple[str, str], ...]:
        """What is kept as it is, and what nobody foresaw."""
        found: list[tuple[str, str]] = []
        for child in element:
            tag = _tag(child)
            known = tag in _PLAIN or tag in _VALUES or tag.endswith(tuple(f"_{part}" for part in _PARTS))
            if known:
                continue
            text = _flat(child)
            if tag not in _KEPT_AS_IS:
                warn("unknown-element", f"<{tag[:40]}> is not known; it is kept as it is")
            if text:
                found.append((tag, text))
        return tuple(found)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _flat(element: Element) -> str:
    return _BLANKS.sub(" ", " ".join(element.itertext())).strip()


def _text(element: Element, tag: str) -> str:
    found = next((child for child in element if _tag(child) == tag), None)
    return _flat(found) if found is not None else ""


def _values(element: Element, tag: str) -> tuple[str, ...]:
    return tuple(text for child in element if _tag(child) == tag for value in child if (text := _flat(value)))


def _children(element: Element, part: str) -> Iterator[dict[str, str]]:
    """The filled fields of each ``INDIVIDUAL_<part>`` or ``ENTITY_<part>``; an empty one is a placeholder."""
    for child in element:
        if _tag(child).endswith(f"_{part}") and _tag(child).partition("_")[2] == part:
            yield {_tag(field): text for field in child if (text := _flat(field))}


def _day(text: str) -> int:
    """The ordinal of a day, with or without time and offset; 0 where it is none."""
    found = _DAY.fullmatch(text)
    try:
        return dt.date.fromisoformat(found[1]).toordinal() if found else 0
    except ValueError:
        return 0


def _births(element: Element, warn: Callable[[str, str], None]) -> Iterator[Birth]:
    for parts in _children(element, "DATE_OF_BIRTH"):
        kind = parts.pop("TYPE_OF_DATE", "")
        if not parts:
            continue
        day, note = parts.pop("DATE", ""), parts.pop("NOTE", "")
        years = [parts.pop(field, "") for field in ("YEAR", "FROM_YEAR", "TO_YEAR")]
        odd = [year for year in years if year and not re.fullmatch(r"[12]\d{3}", year)]
        if day and not _day(day):
            odd.append(day)
        if odd:
            warn("odd-date", f"a date of birth is written `{', '.join(odd)[:60]}`")
        numbers = [int(year) if year and year not in odd else 0 for year in years]
        note = "; ".join(part for part in (note, *odd, *parts.values()) if part)
        about = kind == "APPROXIMATELY" or note.lower().startswith("approximately")
        yield Birth(day[:10] if _day(day) else "", numbers[0] or numbers[1], numbers[2], about, note)


def _documents(element: Element) -> Iterator[Document]:
    for parts in _children(element, "DOCUMENT"):
        if parts:
            types = [parts.pop(field, "") for field in ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2")]
            country = parts.pop("ISSUING_COUNTRY", "") or parts.pop("COUNTRY_OF_ISSUE", "")
            number = parts.pop("NUMBER", "")
            yield Document(", ".join(filter(None, types)), number, country, "; ".join(parts.values()))
