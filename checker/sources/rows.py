"""Rows of event databases (GDELT, POLECAT, ACLED) to events of the tier ``external``.

Which codes are an act is data (``checker.sources.formats``). A row without one, or that names no State, is counted by its code and told
of once a file. A row holds no words and names no goods: what its code stands for is told under ``assumed``.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from checker.model.event import Event
from checker.sources.formats import Act, Actor, Format, Formats, default_formats
from checker.strictyaml.problem import Problem
from checker.vocabulary.vocabulary import default_vocabulary

if TYPE_CHECKING:
    from checker.vocabulary.events import EventReader

__all__ = ["LINE_LIMIT", "RowReader", "recognise"]

LINE_LIMIT = 1_000_000
"""Most bytes of one row; the rows of these databases have a few thousand."""

_MOST_TOLD = 20  # bad rows told one by one
_CODES_TOLD = 12
_MOST_CODES = 2000  # CAMEO has 300; a file with more is no file of events
_NAME_LIMIT = 200
Line = tuple[int, str]


def recognise(first: str) -> Format | None:
    """The database a file is of, by its first line; ``None`` for any other."""
    line = first.removeprefix("\ufeff").rstrip("\r\n")
    for form in default_formats().formats:
        if line.count(form.delimiter) + 1 < len(form.columns or form.header):
            continue
        cells = next(_split([(1, line)], form))[1]
        if form.columns:
            if len(cells) == len(form.columns) and all(cells[form.columns.index(name)].isdecimal() for name in form.digits):
                return form
        elif set(form.header) <= {cell.strip() for cell in cells}:
            return form
    return None


def _split(lines: Iterator[Line] | Sequence[Line], form: Format) -> Iterator[tuple[int, list[str]]]:
    """Cells of each row, with the number of its line. A row that cannot be taken apart has no cells."""
    if not form.quotes:
        for number, line in lines:
            yield number, line.rstrip("\r\n").split(form.delimiter)
        return
    at = [0]

    def feed() -> Iterator[str]:
        for number, line in lines:
            at[0] = number
            yield line

    rows = csv.reader(feed(), delimiter=form.delimiter)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:  # an endless cell
            cells = []
        yield at[0], cells


class RowReader:
    """Reads the rows of one file. ``lines`` may be without end: nothing but counts is kept."""

    def __init__(self, path: str, form: Format, events: EventReader) -> None:
        self.path, self.form, self.events = path, form, events
        self._known: Formats = default_formats()
        self._states = default_vocabulary().states
        self._silent: Counter[str] = Counter()
        self._nobody: Counter[str] = Counter()
        self._bad = 0

    def read(self, lines: Iterator[Line]) -> Iterator[Event | Problem]:
        """Events, a problem for each bad row, and at the end one warning that counts what was not judged."""
        names = list(self.form.columns)
        for number, cells in _split(lines, self.form):
            if not names:
                names = [cell.strip().removeprefix("\ufeff") for cell in cells]
            elif any(cells):
                # Surplus cells are a known defect of some files with a header; a row without one has to fit.
                if len(cells) < len(self.form.header) or (self.form.columns and len(cells) != len(names)):
                    yield from self._wrong(number, f"the row has {len(cells)} columns, {len(names)} are wanted")
                else:
                    yield from self._row(dict(zip(names, (cell.strip() for cell in cells), strict=False)), number)
            elif not cells:
                yield from self._wrong(number, "the row cannot be taken apart")
        yield from self._counts()

    def _row(self, row: dict[str, str], number: int) -> Iterator[Event | Problem]:
        act = next((act for act in self.form.acts if all(self._holds(row, column, values) for column, values in act.when.items())), None)
        code = "/".join(row.get(name, "") for name in self.form.code)[:60]
        if act is None:
            self._silent[code if code in self._silent or len(self._silent) < _MOST_CODES else "other"] += 1
            return
        record = self._record(row, act, code)
        if record is None:
            self._nobody[code] += 1
            return
        if "date" not in record:
            yield from self._wrong(number, "the row has no day that can be read")
            return
        where = f"{self.path}:{number}"
        event, problems = self.events.read(record, path=self.path, locate=lambda _key: (number, 0))
        for problem in problems:
            yield from self._wrong(number, problem.message)
        if event is not None:
            own = row.get(self.form.id, "")[:_NAME_LIMIT]
            yield msgspec.structs.replace(event, id=f"{self.form.name}-{own}" if own else where, document=where)

    def _holds(self, row: dict[str, str], column: str, values: frozenset[str]) -> bool:
        cell = row.get(column, "").casefold()
        signs = self.form.many.get(column, "")
        for sign in signs[1:]:
            cell = cell.replace(sign, signs[0])
        return any(part.strip() in values for part in (cell.split(signs[0]) if signs else (cell,)))

    def _record(self, row: dict[str, str], act: Act, code: str) -> dict[str, Any] | None:
        """The event in its written form; ``None`` where parties are wanted and no State is named."""
        record: dict[str, Any] = {"tier": "external", **act.facts}
        roles = (act.first, act.second)
        for role, actor in zip(roles, self.form.actors, strict=True):
            party = self._party(row, actor) if role and actor else None
            if party is not None:
                record[role] = party
        if any(roles) and not any(role in record for role in roles if role):
            return None
        place = self._place(row.get(self.form.place, ""))
        if place:
            record["place"] = place
        with suppress(ValueError):
            day = dt.datetime.strptime(row.get(self.form.date, ""), self.form.date_form).replace(tzinfo=dt.UTC).date()
            record["date"] = day.isoformat()
        record["claims"] = [self._claim(row)]
        # Nothing of it was read in words: the code stands for act, goods and stage alike.
        record["assumed"] = [{"fact": fact, "basis": f"the code {code} of {self.form.title} ({act.title})"} for fact in act.facts]
        return record

    def _party(self, row: dict[str, str], actor: Actor) -> str | dict[str, str] | None:
        state = self._state(row.get(actor.state, ""))
        if not state:
            return None
        kind, name = row.get(actor.kind, ""), row.get(actor.name, "")[:_NAME_LIMIT]
        if kind in self.form.missing or kind in self.form.state_kinds or name in self.form.missing:
            return state
        return {"name": name, "state": state}

    def _state(self, code: str) -> str:
        if len(code) != 3 or code in self.form.missing:  # shorter codes would be of another table
            return ""
        return self._known.others.get(code) or self._states.resolve(code) or ""

    def _place(self, cell: str) -> str:
        if cell in self.form.missing:
            return ""
        if self.form.place_codes == "fips":
            return self._known.fips.get(cell, "")
        return self._state(cell) or (self._states.resolve(cell) if len(cell) < _NAME_LIMIT else "") or ""

    def _claim(self, row: dict[str, str]) -> dict[str, Any]:
        """The address the row was taken from is who reports; the database only carried it."""
        address = row.get(self.form.source, "")
        claim: dict[str, Any] = {"status": "reported", "via": [self.form.title]}
        if address.startswith(("http://", "https://")) and len(address) <= 2000:
            with suppress(ValueError):  # brackets that are no IPv6 address
                claim |= {"by": urlsplit(address).hostname or "", "via": [self.form.title, address]}
        return claim

    def _wrong(self, number: int, what: str) -> Iterator[Problem]:
        self._bad += 1
        if self._bad <= _MOST_TOLD:
            yield Problem(self.path, number, 0, "bad-row", f"{what}; it was not judged",
                          f"compare it with the rows of {self.form.title} beside it", severity="warning")

    def _counts(self) -> Iterator[Problem]:
        parts = []
        for counted, why in ((self._silent, "whose code is no act of the rules"), (self._nobody, "that name no State")):
            if counted:
                shown = ", ".join(f"{code or 'no code'}: {count:,}" for code, count in counted.most_common(_CODES_TOLD))
                more = f" and {len(counted) - _CODES_TOLD} more codes" if len(counted) > _CODES_TOLD else ""
                parts.append(f"{counted.total():,} row{'' if counted.total() == 1 else 's'} {why} ({shown}{more})")
        if self._bad > _MOST_TOLD:
            parts.append(f"{self._bad:,} bad rows, of which {_MOST_TOLD} are told above")
        if parts:
            yield Problem(self.path, 0, 0, "rows-not-judged", f"of this file of {self.form.title} were not judged: {'; '.join(parts)}",
                          "the codes that are acts stand in rules/sources", severity="warning")
