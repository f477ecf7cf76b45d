"""The thinking of a night: events out of new documents, cases out of events, differences from what was known before.

Every step is a function of the store and the rule base alone, runs in one transaction, and may be run again: what it wrote before it writes
over, and ends with the same rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, select

from checker.cases import tables
from checker.cases.assess import Assessor, Telling
from checker.cases.copies import Copies
from checker.cases.decisions import MERGED, lapsed, moved_on, ruling
from checker.cases.difference import Circumstances, Difference, compare
from checker.cases.docket import Docket, Told, source
from checker.cases.documents import Stored, of_night, stored
from checker.cases.law import bodies, put_rules
from checker.cases.matter import Matters
from checker.cases.settings import CaseSettings
from checker.model.case import CaseRecord
from checker.model.document import Document
from checker.model.event import Event
from checker.model.finding import Finding
from checker.model.run import ReadDocument
from checker.night import ledger
from checker.night.quotas import Quotas
from checker.pipeline.check import Extractor, Screener, read_documents
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader
from checker.vocabulary.families import family

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from checker.judge.judge import Judge

__all__ = ["NightWork", "Outcome"]

_BATCH = 200


@dataclass(slots=True)
class Outcome:
    """What came of the comparison: the differences of the night, and the cases as they are after it."""

    differences: list[Difference] = field(default_factory=list)
    records: dict[str, CaseRecord] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)


class NightWork:
    """The steps of one night over one rule base. ``kinds``: sorts of claimants by name (``claimant_sorts``)."""

    def __init__(self, night: str, judge: Judge, extractor: Extractor, screener: Screener | None, settings: CaseSettings,
                 kinds: Mapping[str, str]) -> None:
        self.night = night
        self._judge = judge
        self._extractor = extractor
        self._screener = screener
        self._settings = settings
        self._vocabulary = judge.rulebase.vocabulary
        self._reader = EventReader(self._vocabulary)
        self._matters = Matters(self._vocabulary, settings.sides, settings.window_days)
        self._assessor = Assessor(settings, kinds, self._vocabulary)
        self._quotas = Quotas(night, judge, self._assessor, self._matters)
        self._spoken: dict[tuple[str, str], tuple[bool, bool]] = {}

    def docket(self, connection: Connection) -> Docket:
        return Docket(connection, self._matters, self._read)

    def _read(self, wire: dict[str, object]) -> Event | None:
        event, _ = self._reader.read(wire, path=str(wire.get("document", "")))
        return event

    def day(self, told: Stored) -> int:
        """The day a document was put out, else the night that first saw it."""
        published = told.document.published
        return published.first if published is not None else dt.date.fromisoformat(told.night).toordinal()

    # ---- extract ---------------------------------------------------------------------------------------------------

    def batches(self, connection: Connection) -> Iterator[list[Stored]]:
        """The documents that speak for themselves from this night on, in lots for one transaction each."""
        documents = self.speakers(connection)
        yield from (documents[i:i + _BATCH] for i in range(0, len(documents), _BATCH))

    def speakers(self, connection: Connection) -> list[Stored]:
        """The documents of the night that are no copies, in the order of their coming, then older copies of what was corrected."""
        copies = self.copies(connection)
        documents = of_night(connection, self.night)
        speaking = copies.speaking({d.document.id for d in documents})
        return [*(d for d in documents if d.document.id in speaking), *self._heirs(connection, copies)]

    def copies(self, connection: Connection) -> Copies:
        """Which documents speak, and which only repeat another one, by the end of the night."""
        return Copies(connection, self.night, self._settings.likeness)

    def _heirs(self, connection: Connection, copies: Copies) -> list[Stored]:
        """The older copies that speak for themselves again, and did not on an earlier night."""
        heirs = copies.heirs()
        spoke = set(connection.execute(select(tables.event.c.document).where(
            tables.event.c.document.in_([d.document.id for d in heirs]), tables.event.c.night < self.night)).scalars())
        return [d for d in heirs if d.document.id not in spoke]

    def read(self, documents: Sequence[Stored]) -> tuple[list[ReadDocument], list[Problem]]:
        """Find and screen the events of documents; the problems met. Touches no store, so that other processes may do it."""
        items = [item for told in documents for item in self._items(told)]
        return read_documents(items, self._extractor, self._reader, screener=self._screener)

    def keep(self, connection: Connection, read: Iterable[ReadDocument]) -> None:
        """Store what was read of documents."""
        docket = self.docket(connection)
        for one in read:
            id_ = one.document.id
            connection.execute(delete(tables.event).where(tables.event.c.document == id_))
            docket.put_events(self.night, id_, one.events, lambda event: family(event, self._vocabulary))
            if not one.document.text:  # a record: its row holds the event as it was given
                continue
            record = {"language": one.language, "status": one.status, "zones": [[z.kind, z.start, z.end] for z in one.zones],
                      "notes": list(one.notes), "title": one.document.title}
            # The row of an older document stays as its own night left it, so that this night finds the same when it is run again.
            connection.execute(tables.document.update().where(tables.document.c.id == id_, tables.document.c.night == self.night), {
                "record": msgspec.json.encode(record, order="deterministic").decode(), "agency": one.document.agency,
                "title": one.document.title, "lang": one.language,
                "published": one.document.published.isoformat() if one.document.published else ""})

    def extract(self, connection: Connection, documents: Sequence[Stored]) -> list[Problem]:
        """Find, screen and store the events of documents; the problems met."""
        read, problems = self.read(documents)
        self.keep(connection, read)
        return problems

    def _items(self, told: Stored) -> Sequence[Document | Event | Problem]:
        """What is to be read: the text, or of a record its event; what is wrong with one that the vocabulary no longer reads."""
        if told.event is None:
            return [told.document]
        event, problems = self._reader.read({**told.event, "document": told.document.id}, path=told.document.id)
        return [event] if event is not None else problems

    # ---- group -----------------------------------------------------------------------------------------------------

    def findings(self, event: Event) -> tuple[Finding, ...]:
        """What the rules say of an event; only what a reader has to see, and denials."""
        labels = self._vocabulary.labels
        found = tuple(f for f in self._judge.findings(event) if not f.shadow and not labels.is_outcome_word(f.label))
        self._spoken[event.document, event.id] = bool(found), any(f.flagged for f in found)
        return found

    def spoken(self, event: Event) -> tuple[bool, bool]:
        """Whether the rules say anything of an event, and whether it is flagged. Remembered; findings are not, they are large."""
        if (event.document, event.id) not in self._spoken:
            self.findings(event)
        return self._spoken[event.document, event.id]

    def group(self, connection: Connection) -> None:
        """Give every event of the night its case: first those that open one, so that a denial finds it whatever came first."""
        docket = self.docket(connection)
        others: list[Told] = []
        for told in self.told(connection):
            findings = self.findings(told.event)
            if any(f.flagged for f in findings):
                docket.assign(self.night, told.event, self.day(told.source), True)
            else:
                others.append(told)
            self._quotas.tally(connection, told.event, findings)
        for told in others:
            docket.assign(self.night, told.event, self.day(told.source), False)
        self._take_in(connection, docket)

    def _take_in(self, connection: Connection, docket: Docket) -> None:
        """What earlier nights knew of the matters of new cases, and had no case for."""
        since = (dt.date.fromisoformat(self.night) - dt.timedelta(days=self._settings.window_days)).isoformat()
        for case in docket.opened_now:
            docket.take_in(self.night, case, since, self.day, self.copies(connection).speaking)

    def told(self, connection: Connection) -> Iterator[Told]:
        """The events of the night with their documents, in the order of their coming, read one document at a time."""
        docket = self.docket(connection)
        for document in self.speakers(connection):
            rows = connection.execute(select(tables.event.c.record).where(tables.event.c.document == document.document.id).order_by(
                tables.event.c.id)).scalars()
            yield from (Told(event, document) for event in docket.events(rows))

    def regroup(self, connection: Connection, rules: Mapping[str, str]) -> set[str]:
        """What other rules mean for events of earlier nights: cases that they touch, events that are a matter only now.

        Returns:
            The cases to look at again.
        """
        docket, copies = self.docket(connection), self.copies(connection)
        touched: set[str] = set()
        again = {rule for rule, change in rules.items() if change != "retired"}
        rows = connection.execute(select(tables.event.c.record, tables.event.c.document, tables.member.c.case_id, tables.document)
                                  .join(tables.document, tables.document.c.id == tables.event.c.document)
                                  .join(tables.member, (tables.member.c.document == tables.event.c.document) & (
                                      tables.member.c.event == tables.event.c.id), isouter=True)
                                  .where(tables.event.c.night < self.night)
                                  .order_by(tables.document.c.first_seen, tables.document.c.id, tables.event.c.id)).all() if again else ()
        for row in rows:
            event = self._read(msgspec.json.decode(row[0]))
            if event is None:
                continue
            if not any(self._judge.verdict(event, rule).outcome in _TELLING for rule in sorted(again)):
                self._quotas.tally(connection, event, (), again)
                continue
            if row[2] is None and self.spoken(event)[1] and copies.speaking([event.document]):
                docket.assign(self.night, event, self.day(stored(row)), True, again=True)
            self._quotas.tally(connection, event, self.findings(event), again)
            touched.add(event.document)
        self._take_in(connection, docket)
        return docket.cases_of(touched, self.night) | self._with_findings(connection, rules)

    def _with_findings(self, connection: Connection, rules: Iterable[str]) -> set[str]:
        """The cases whose last version has a finding of one of these rules."""
        wanted = set(rules)
        found: dict[str, bool] = {}
        for case, record in connection.execute(select(tables.version.c.case_id, tables.version.c.record).where(
                tables.version.c.night < self.night).order_by(tables.version.c.night)):
            found[case] = any(f"\"rule\":\"{rule}\"" in record for rule in wanted)
        return {case for case, has in found.items() if has}

    # ---- compare ---------------------------------------------------------------------------------------------------

    def compare(self, connection: Connection, rules: Mapping[str, str], *, lists_changed: bool = False) -> Outcome:
        """Assess every case that may differ and write what does. ``rules``: digests by id; ``lists_changed``: since the night before."""
        changed = put_rules(connection, self.night, rules, bodies({rule.id: rule for rule in self._judge.rulebase.rules}))
        docket = self.docket(connection)
        news = {d.document.id: d for d in of_night(connection, self.night)}
        copies = self.copies(connection)
        heirs = {d.document.id for d in self._heirs(connection, copies)}
        originals = {other for d in news.values() for other in (d.copy_of, d.revises) if other}
        touched = docket.cases_of({*news, *heirs, *originals}, self.night)
        if changed:
            touched |= self.regroup(connection, changed)
        if lists_changed:
            touched |= set(connection.execute(select(tables.case.c.id)).scalars())
        since = self._since(connection)
        merged = self._merged(connection, since)
        fallen = lapsed(connection, self.night, since)
        decided, late = self._decided(connection, since), self._late(connection, news.values())
        moved = moved_on(connection, self.night, since)
        touched |= set(merged) | fallen | decided
        counted = self._count(docket, copies, touched, {*news, *heirs, *originals}, changed, lists_changed)
        touched |= set(counted)
        connection.execute(delete(tables.version).where(tables.version.c.night == self.night))
        outcome = Outcome(rules=changed)
        for case in sorted(touched):
            why = Circumstances(set(news), late, {i for i, d in news.items() if d.revises},
                                {d.revises for d in news.values() if d.revises}, changed, lists_changed, case in decided, case in fallen,
                                merged.get(case, ""), moved=case in moved, freed=heirs)
            after = counted[case] if case in counted else self.record(docket, case, copies)
            self._settle(docket, case, after, why, outcome, ruling(connection, case, self.night, self._settings.dispositions))
        return outcome

    def _count(self, docket: Docket, copies: Copies, touched: Collection[str], documents: Collection[str], changed: Mapping[str, str],
               lists_changed: bool) -> dict[str, CaseRecord | None]:
        """The cases of the quotas that have to be counted again; ``None`` where a limit is no longer passed, nor come near."""
        quotas = self._quotas
        rules = {*quotas.moved(docket.connection, documents), *quotas.rules_of(docket.connection, touched),
                 *(set(changed) & quotas.rules), *(quotas.rules if lists_changed else ())}
        if not rules:
            return {}
        found = quotas.records(docket, copies, rules)
        return {case: found.get(case) for case in sorted({*quotas.cases(docket.connection, rules), *found})}

    def _settle(self, docket: Docket, case: str, after: CaseRecord | None, why: Circumstances, outcome: Outcome, disposition: str) -> None:
        before = docket.before(case, self.night)
        if after is None and before is not None:  # nothing is left of it: its events went to another case
            after = replace(before, state="withdrawn", findings=(), label="")
        if after is None:
            return
        after = after.decided(disposition)
        outcome.records[case] = after
        difference = compare(before, after, why, self._settings.closed)
        if difference is not None:
            docket.write(self.night, after, difference)
            outcome.differences.append(difference)

    def record(self, docket: Docket, case: str, copies: Copies) -> CaseRecord | None:
        """The case by the end of the night; ``None`` where none of its events is known then."""
        told, speaking = self.speaking(docket, case, copies)
        if not told:
            return None
        tellings = [Telling(t.event, source(t.source), self.findings(t.event)) for t in told]
        matter = self._matters.together([self._matters.of(t.event, self.day(t.source)) for t in told])
        repeating = [source(copy, lead) for lead, found in sorted(copies.repeating(speaking).items()) for copy in found]
        return self._assessor.record(case, docket.opened(case), matter, tellings, repeating)

    def speaking(self, docket: Docket, case: str, copies: Copies) -> tuple[list[Told], Collection[str]]:
        """The events of a case by the end of the night, and the documents that speak of it: a text that was corrected no longer does."""
        told = docket.told(case, self.night)
        speaking = copies.speaking({t.source.document.id for t in told})
        return [t for t in told if t.source.document.id in speaking], speaking

    def _late(self, connection: Connection, documents: Iterable[Stored]) -> set[str]:
        """Documents put out long before the night that first sees them, or all where the store knew none before."""
        first = connection.execute(select(tables.document.c.id).where(tables.document.c.night < self.night).limit(1)).first() is None
        night = dt.date.fromisoformat(self.night).toordinal()
        return {d.document.id for d in documents
                if first or (d.document.published is not None and night - d.document.published.last > self._settings.late_days)}

    def _since(self, connection: Connection) -> str:
        """The last night before this one that was told: what was decided on those that were missed or failed is news, too."""
        before = ledger.published(connection, self.night)
        return before["night"] if before else (dt.date.fromisoformat(self.night) - dt.timedelta(days=1)).isoformat()

    def _merged(self, connection: Connection, since: str) -> dict[str, str]:
        rows = connection.execute(select(tables.decision.c.case_id, tables.decision.c.record).where(
            tables.decision.c.night > since, tables.decision.c.night <= self.night, tables.decision.c.verdict == MERGED))
        return {case: msgspec.json.decode(record).get("into", "") for case, record in rows}

    def _decided(self, connection: Connection, since: str) -> set[str]:
        return set(connection.execute(select(tables.decision.c.case_id).where(
            tables.decision.c.night > since, tables.decision.c.night <= self.night)).scalars())


_TELLING = ("breach", "possible", "exempt")
