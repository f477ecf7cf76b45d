"""One entry of a list of the user's own, from its fields as they are written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from checker.lists.entry import Document, Entry, Name
from checker.lists.split import is_script
from checker.model.imo import check_digit, imo_number
from checker.model.truth import TRUE
from checker.strictyaml.problem import Problem
from checker.strictyaml.source import Source, Span
from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["COLUMNS", "NEEDED", "EntryReader", "Row"]

COLUMNS = ("id", "name", "aliases", "kind", "imo", "country", "regime", "note", "listed_on")
NEEDED = ("id", "name", "kind")

Place = Callable[[], Span]
"""Where a text stands: found out when there is something to say of it, because a table has very many cells."""

Field = Sequence[tuple[str, Place]]

_LONGEST = {"id": 60, "name": 200, "regime": 80, "note": 500}
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff"
                     "\U000e0000-\U000e007f]")
_SILENT = frozenset("\u061c\u200e\u200f\ufeff")
"""Marks that honest text has beside words written from right to left, and at the beginning of a file."""
_BLANKS = re.compile(r"\s+")
_IMO = re.compile(r"(?:IMO\D{0,12})?([0-9]{7})", re.IGNORECASE)
_PERSON = "person"
_SHIP = "ship"
_MOST_TOLD = 100


class Row(NamedTuple):
    """The fields of an entry that are filled, each text with its place."""

    at: Span
    fields: Mapping[str, Field]


class EntryReader:
    """Gathers the entries of one list and what is wrong with them."""

    def __init__(self, vocabulary: Vocabulary, source: Source, problems: list[Problem]) -> None:
        self.left_out = 0
        self._vocabulary = vocabulary
        self._kinds = vocabulary.taxonomies["party_kinds"]
        self._source = source
        self._problems = problems
        self._entries: dict[str, Entry] = {}
        self._lines: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def entries(self) -> tuple[Entry, ...]:
        """The entries in the order of the list."""
        return tuple(self._entries.values())

    def told(self) -> list[Problem]:
        """Every problem; of very many the first, and how many more there are."""
        more = len(self._problems) - _MOST_TOLD
        if more <= 0:
            return self._problems
        worst = "error" if any(p.severity == "error" for p in self._problems[_MOST_TOLD:]) else "warning"
        return [*self._problems[:_MOST_TOLD], Problem(self._source.path, 0, 0, "many", f"{more:,} more problems are not shown",
                                                      "mend these first", severity="error" if worst == "error" else "warning")]

    def _complain(self, at: Place | Span, code: str, message: str, mend: str, severity: Literal["error", "warning"] = "warning") -> None:
        self._problems.append(self._source.problem(at if isinstance(at, Span) else at(), code, message, mend, severity))

    def add(self, row: Row) -> None:
        """Take the entry of a row, or say why it is left out."""
        wrong = len(self._problems)
        id_, name = self._text(row, "id"), self._text(row, "name")
        kind = self._kind(row)
        for field, value in (("id", id_), ("name", name), ("kind", kind)):
            if not value and field not in row.fields:
                self._complain(row.at, "missing-key", f"the entry has no `{field}`; it was left out", f"fill in `{field}`", "error")
        if name and not _is_name(name):
            self._complain(row.fields["name"][0][1], "no-name", f"`{name}` has no letter and names nobody; the entry was left out",
                           "write the name; numbers of ships go to `imo`", "error")
        if id_ in self._entries:
            self._complain(row.fields["id"][0][1], "duplicate-id", f"`{id_}` stands in line {self._lines[id_]} too; the first is used",
                           "give each entry an id of its own", "error")
        if not (id_ and name and kind) or any(p.severity == "error" for p in self._problems[wrong:]):
            self.left_out += 1
            return
        self._lines[id_] = row.at.line
        names = self._all_names(row, name, id_)
        listed = self._day(row)
        self._entries[id_] = Entry(
            id_, "person" if self._kinds.compare(kind, _PERSON) == TRUE else "entity", names, listed, self._text(row, "regime"),
            nationalities=self._country(row), documents=self._imo(row, kind), comments=self._text(row, "note"), party_kind=kind)

    # ---- fields -------------------------------------------------------------------------------------------------------------

    def _text(self, row: Row, key: str) -> str:
        """A field on one line, without hidden characters; empty where it is not filled or of no use."""
        if key not in row.fields:
            return ""
        text, at = row.fields[key][0]
        return self._plain(text, at, key)

    def _plain(self, text: str, at: Place, key: str) -> str:
        hidden = ", ".join(f"U+{ord(char):04X}" for char in sorted(set(_HIDDEN.findall(text)) - _SILENT))
        if hidden:
            self._complain(at, "hidden-character", f"`{key}` holds hidden characters ({hidden}), which were taken out",
                           "delete them; they may have come in by copying")
        text = _BLANKS.sub(" ", _HIDDEN.sub("", text)).strip()
        most = _LONGEST.get("name" if key == "aliases" else key, 200)
        if len(text) <= most:
            return text
        if key in NEEDED:
            self._complain(at, "too-long", f"`{key}` has {len(text)} letters; at most {most} are read, and the entry was left out",
                           "shorten it", "error")
            return ""
        self._complain(at, "too-long", f"`{key}` has {len(text)} letters; the first {most} are used", "shorten it")
        return text[:most]

    def _kind(self, row: Row) -> str:
        if "kind" not in row.fields:
            return ""
        text, at = row.fields["kind"][0]
        kind = self._kinds.resolve(text.lower())
        if kind is None:
            near = self._kinds.suggest(text)
            self._complain(at, "unknown-term", f"`{text[:60]}` is no kind of party; the entry was left out",
                           f"did you mean `{near}`?" if near else f"write one of {', '.join(self._kinds.terms)}", "error")
        return kind or ""

    def _all_names(self, row: Row, name: str, id_: str) -> tuple[Name, ...]:
        found: dict[str, Name] = {}
        for key in ("name", "aliases"):
            for text, at in row.fields.get(key, ()):
                plain = self._plain(text, at, key) if key == "aliases" else name
                if not _is_name(plain):
                    self._complain(at, "no-name", f"`{plain[:60]}` has no letter; the alias is not used", "write a name")
                    continue
                found.setdefault(plain, Name(plain, "good" if found else "primary", script=is_script(plain)))
                other = self._names.setdefault(plain.casefold(), id_)
                if other != id_:
                    self._complain(at, "duplicate-name", f"`{plain[:60]}` is a name of `{other}` too; both are told of where it is met",
                                   "make one entry of them, if they are one")
        return tuple(found.values())

    def _country(self, row: Row) -> tuple[str, ...]:
        if "country" not in row.fields:
            return ()
        text, at = row.fields["country"][0]
        states = self._vocabulary.states
        code = states.resolve(text)
        if code is None:
            near = states.suggest(text)
            self._complain(at, "unknown-state", f"`{text[:60]}` is no State; the entry is used without it",
                           f"did you mean {states.name(near)} ({near})?" if near else "write its name or its ISO code of two letters")
        return (code,) if code else ()

    def _imo(self, row: Row, kind: str) -> tuple[Document, ...]:
        """The IMO number of a ship, its check digit right; companies have numbers of their own, whose digits are not checked."""
        if "imo" not in row.fields:
            return ()
        text, at = row.fields["imo"][0]
        told = _IMO.fullmatch(_BLANKS.sub("", text))
        if told is None:
            self._complain(at, "wrong-imo", f"`{text[:60]}` is no IMO number; the entry is used without it", "write its seven digits")
            return ()
        number = told[1]
        if kind == _SHIP and not imo_number(number):
            self._complain(at, "wrong-imo", f"`{number}` is no IMO number of a ship; the entry is used without it",
                           f"look it up: behind {number[:-1]} the last digit would be {check_digit(number[:-1])}")
            return ()
        return (Document("IMO number", number),)

    def _day(self, row: Row) -> int:
        if "listed_on" not in row.fields:
            return 0
        text, at = row.fields["listed_on"][0]
        try:
            return dt.date.fromisoformat(text).toordinal()
        except ValueError:
            self._complain(at, "wrong-date", f"`{text[:60]}` is no day; the entry is used without it", "write it as 2022-11-02")
            return 0


def _is_name(text: str) -> bool:
    return any(char.isalpha() for char in text)
