"""Which documents speak for themselves by the end of a night, and which only repeat one that does.

A near copy repeats its original. Where the original was corrected, a copy that is still like the corrected text repeats that; any other
one speaks for itself again, the first of them for all that still print the old words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from sqlalchemy import select

from checker.cases.documents import Stored, stored
from checker.cases.sketch import likeness, unpack
from checker.cases.tables import document as table

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Copies"]


class Copies:
    """The copies known by the end of a night. ``like``: the share of words from which a text is a copy."""

    def __init__(self, connection: Connection, night: str, like: float) -> None:
        self._db = connection
        self._night = night
        self._like = like
        self._leads: dict[str, dict[str, str]] = {}

    def superseded(self, documents: Collection[str]) -> set[str]:
        """Of these documents, those that a later one at the same address has taken the place of."""
        return set(self._db.execute(select(table.c.revises).where(
            table.c.revises.in_(documents), table.c.night <= self._night)).scalars())

    def speaking(self, documents: Collection[str]) -> set[str]:
        """Of these documents, those that speak for themselves: neither superseded nor a copy of another one."""
        left = set(documents) - self.superseded(documents)
        rows = self._db.execute(select(table.c.id, table.c.copy_of).where(table.c.id.in_(left), table.c.copy_of != "")).all()
        return left - {id_ for id_, original in rows if self.leads(original).get(id_) != id_}

    def repeating(self, documents: Collection[str]) -> dict[str, list[Stored]]:
        """The documents that repeat one of these, in the order of their coming."""
        found: dict[str, list[Stored]] = {}
        roots = self._roots(documents)
        copied = self._copied(roots)
        leads = {copy: lead for root in sorted(copied) for copy, lead in self.leads(root).items() if copy != lead and lead in documents}
        rows = self._db.execute(select(table).where(table.c.id.in_(leads)).order_by(table.c.first_seen, table.c.id))
        for row in rows:
            one = stored(row)
            found.setdefault(leads[one.document.id], []).append(one)
        return found

    def heirs(self) -> list[Stored]:
        """The copies that speak for themselves because a document of this night corrected what they repeated."""
        corrected = self._db.execute(select(table.c.revises).where(table.c.night == self._night, table.c.revises != "")).scalars().all()
        roots = self._roots(corrected)
        found = {copy for root in self._copied(roots) for copy, lead in self.leads(root).items() if copy == lead}
        rows = self._db.execute(select(table).where(table.c.id.in_(found), table.c.night < self._night).order_by(
            table.c.first_seen, table.c.id))
        return [stored(row) for row in rows]

    def leads(self, original: str, seen: frozenset[str] = frozenset()) -> dict[str, str]:
        """Which document each near copy of ``original`` repeats, itself where it speaks for itself; superseded copies are left out."""
        if original in self._leads:
            return self._leads[original]
        rows = self._db.execute(select(table.c.id, table.c.sketch).where(
            table.c.copy_of == original, table.c.night <= self._night).order_by(table.c.first_seen, table.c.id)).all()
        gone = self.superseded([row.id for row in rows])
        newest = self._newest(original)
        marks = () if newest == original else unpack(self._db.execute(select(table.c.sketch).where(table.c.id == newest)).scalar() or b"")
        lead = self._lead(newest, seen | {original})
        heir = ""
        found: dict[str, str] = {}
        for row in rows:
            if row.id in gone:
                continue
            if newest == original or likeness(marks, unpack(row.sketch)) >= self._like:
                found[row.id] = lead
            else:
                heir = heir or row.id
                found[row.id] = heir
        self._leads[original] = found
        return found

    def _copied(self, documents: Collection[str]) -> set[str]:
        """Of these documents, those that have copies."""
        return set(self._db.execute(select(table.c.copy_of).where(table.c.copy_of.in_(documents)).distinct()).scalars())

    def _lead(self, document: str, seen: frozenset[str]) -> str:
        """The document itself, or the one that it repeats."""
        original = self._db.execute(select(table.c.copy_of).where(table.c.id == document)).scalar()
        return self.leads(original, seen).get(document, document) if original and original not in seen else document

    def _newest(self, document: str) -> str:
        """What stands at the address of a document by the end of the night."""
        seen = {document}
        while (later := self._db.execute(select(table.c.id).where(table.c.revises == document, table.c.night <= self._night).order_by(
                table.c.first_seen.desc(), table.c.id.desc())).scalar()) and later not in seen:
            document = later
            seen.add(later)
        return document

    def _roots(self, documents: Iterable[str]) -> set[str]:
        """These documents, what they are copies of, and what stood at their addresses before."""
        found: set[str] = set()
        asked = set(documents)
        while asked:
            found |= asked
            rows = self._db.execute(select(table.c.copy_of, table.c.revises).where(table.c.id.in_(asked))).all()
            asked = {other for row in rows for other in row if other} - found
        return found
