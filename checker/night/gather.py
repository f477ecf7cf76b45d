"""From the store to the report of a night: everything that was known by its end, and nothing that came later."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import func, select

from checker.cases import tables
from checker.cases.decisions import history
from checker.cases.law import changes as rule_changes
from checker.cases.law import rules_before
from checker.cases.settings import UNTRIAGED, WAIVED, CaseSettings
from checker.model.nightly import Attention, CaseChange, Count, FieldChange, Link, NightBar, RuleNote, SourceNight, Trouble
from checker.night import ledger
from checker.night.status import gaps

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from checker.model.nightly import Gap
    from checker.night.casefile import CaseFiler
    from checker.night.ledger import Covered, RunRef
    from checker.rulebase.loader import RuleBase

__all__ = ["Gatherer", "Held"]

_OPS = ("ADD", "MOD", "DEL", "REO")
_DAY = dt.timedelta(days=1)


class HeldFinding(msgspec.Struct, frozen=True):
    rule: str
    regime: str
    flagged: bool


class Held(msgspec.Struct, frozen=True):
    """What the overview has to know of a case: its last version, read no further than that."""

    id: str
    opened: str
    state: str
    disposition: str
    label: str
    sender: str
    receiver: str
    sentence: str
    findings: tuple[HeldFinding, ...]

    @property
    def main(self) -> HeldFinding | None:
        """The gravest of its flagged findings, by which it is counted."""
        return next((f for f in self.findings if f.flagged), None)


@dataclass(slots=True)
class Gatherer:
    """Reads the parts of the report of one night out of the store. ``rules``: digests by id of the rules that judge it."""

    connection: Connection
    ref: RunRef
    base: RuleBase
    settings: CaseSettings
    rules: Mapping[str, str]

    @property
    def night(self) -> str:
        return self.ref.night

    def _ago(self, days: int) -> str:
        return (dt.date.fromisoformat(self.night) - days * _DAY).isoformat()

    def _nights(self) -> list[str]:
        return [self._ago(days) for days in range(self.settings.report.nights - 1, -1, -1)]

    # ---- cases -----------------------------------------------------------------------------------------------------

    def changes(self, filer: CaseFiler) -> tuple[CaseChange, ...]:
        """What the night did to cases, in the order of the report."""
        t = tables.version
        found = []
        for row in self.connection.execute(select(t).where(t.c.night == self.night).order_by(t.c.case_id)):
            case = msgspec.json.decode(row.record)
            fields = tuple(FieldChange(**field) for field in case.pop("fields"))
            found.append(CaseChange(row.op, tuple(row.causes.split(",")), case, fields, filer.file(case)))
        order = {label: rank for rank, label in enumerate(self.settings.order)}
        return tuple(sorted(found, key=lambda c: (_OPS.index(c.op), order.get(c.case["label"], len(order)), c.case["id"])))

    def held(self) -> list[Held]:
        """Every case as it was known by the end of the night, the withdrawn ones left out."""
        t = tables.version
        newest = select(t.c.case_id, func.max(t.c.night).label("night")).where(t.c.night <= self.night).group_by(t.c.case_id).subquery()
        rows = self.connection.execute(select(t.c.record).join(
            newest, (newest.c.case_id == t.c.case_id) & (newest.c.night == t.c.night)).order_by(t.c.case_id)).scalars()
        decoder = msgspec.json.Decoder(Held)
        return [case for case in map(decoder.decode, rows) if case.state != "withdrawn"]

    def attention(self, held: list[Held], bars: tuple[NightBar, ...]) -> tuple[Attention, ...]:
        """What waits for a person."""
        look = self.settings.report
        night = dt.date.fromisoformat(self.night)
        since = self._ago(look.untriaged)
        waiting = sorted((c for c in held if c.disposition == UNTRIAGED and c.opened <= since), key=lambda c: (c.opened, c.id))
        nights = [(night - dt.date.fromisoformat(c.opened)).days for c in waiting[:look.listed]]
        found = [Attention("untriaged", len(waiting), usual=nights[0])] if waiting else []
        found += [Attention("waiting", n, case=c.id, title=c.sentence) for c, n in zip(waiting, nights, strict=False)]
        until = self._ago(-look.waiver)
        t = tables.decision
        ends = self.connection.execute(select(t.c.case_id, t.c.id, t.c.until).where(
            t.c.verdict == WAIVED, t.c.until >= self.night, t.c.until <= until, t.c.night <= self.night).order_by(t.c.until, t.c.case_id))
        found += [Attention("waiver", (dt.date.fromisoformat(row.until) - night).days, case=row.case_id)
                  for row in ends.all() if history(self.connection, row.case_id, self.night)[-1].id == row.id]
        titles = {rule.id: rule.title for rule in self.base.rules}
        found += [Attention("noise", n, rule=rule, title=titles.get(rule, rule))
                  for rule, n in sorted(self.new_by_rule(look.nights).items()) if n > look.noise]
        past = [bar.new for bar in bars[:-1] if bar.state in ledger.FINISHED]
        usual = sum(past) / len(past) if past else 0.0
        if len(past) >= look.untriaged and bars[-1].new > look.unusual * max(usual, 1.0):
            found.append(Attention("unusual", bars[-1].new, usual=round(usual, 1)))
        return tuple(found)

    def new_by_rule(self, nights: int) -> dict[str, int]:
        """How many new cases each rule had on the last nights."""
        return dict(Counter(rule for _, rule in self._added(self._ago(nights - 1))))

    def _added(self, since: str) -> Iterator[tuple[str, str]]:
        """The night and main rule of each case that is new since a night."""
        t = tables.version
        decoder = msgspec.json.Decoder(Held)
        for night, record in self.connection.execute(select(t.c.night, t.c.record).where(
                t.c.op == "ADD", t.c.night >= since, t.c.night <= self.night).order_by(t.c.night, t.c.case_id)):
            main = decoder.decode(record).main
            if main is not None:
                yield night, main.rule

    def overview(self, held: list[Held], fresh: set[str]) -> tuple[tuple[Count, ...], tuple[Count, ...], tuple[Count, ...]]:
        """Open and new cases by regime, by measure (with the weeks) and by State or party; ``fresh``: the cases new tonight."""
        vocabulary, titles = self.base.vocabulary, {rule.id: rule.title for rule in self.base.rules}
        mains = [(case, case.main) for case in held]
        told = [(case, main) for case, main in mains if main is not None]
        weeks: dict[str, list[int]] = {}
        monday = dt.date.fromisoformat(self.night) - dt.timedelta(days=dt.date.fromisoformat(self.night).weekday())
        since = monday - dt.timedelta(weeks=self.settings.report.weeks - 1)
        for night, rule in self._added(since.isoformat()):
            week = (dt.date.fromisoformat(night) - since).days // 7
            weeks.setdefault(rule, [0] * self.settings.report.weeks)[week] += 1

        def counts(keys: list[tuple[str, str]], title: Mapping[str, str], with_weeks: bool = False) -> tuple[Count, ...]:
            open_, new = Counter(k for k, _ in keys), Counter(k for k, case in keys if case in fresh)
            twice = Counter(title.get(k, k) for k in open_)
            names = {k: title.get(k, k) if twice[title.get(k, k)] == 1 else f"{title[k]} ({k})" for k in open_}
            found = [Count(k, names[k], n, new[k], tuple(weeks.get(k, ())) if with_weeks else ()) for k, n in open_.items()]
            return tuple(sorted(found, key=lambda c: (-c.open, c.key)))

        regimes = counts([(main.regime, case.id) for case, main in told], {k: r.title for k, r in vocabulary.regimes.items()})
        measures = counts([(main.rule, case.id) for case, main in told], titles, with_weeks=True)
        sides = [(side, case.id) for case, _ in told for side in dict.fromkeys((case.sender, case.receiver)) if side]
        return regimes, measures, counts(sides, {side: vocabulary.parties.name(side) for side, _ in sides})

    def links(self, held: list[Held], fresh: set[str]) -> tuple[Link, ...]:
        """Who stands at either end of open cases, the most frequent pairs first."""
        name = self.base.vocabulary.parties.name
        open_, new = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for case in held:
            if case.sender and case.receiver and case.sender != case.receiver and case.main is not None:
                open_[case.sender, case.receiver] += 1
                new[case.sender, case.receiver] += case.id in fresh
        found = sorted(open_.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Link(name(a), name(b), n, new[a, b]) for (a, b), n in found[:self.settings.report.listed])

    # ---- nights ----------------------------------------------------------------------------------------------------

    def bars(self, state: str) -> tuple[NightBar, ...]:
        """The last nights up to this one, which is as ``state`` says."""
        nights = self._nights()
        t, d = tables.version, tables.document
        rows = self.connection.execute(select(t.c.night, t.c.op, func.count().label("n")).where(
            t.c.night >= nights[0], t.c.night <= self.night).group_by(t.c.night, t.c.op))
        ops = Counter({(row.night, row.op): row.n for row in rows})
        documents = {row.night: row.n for row in self.connection.execute(select(d.c.night, func.count().label("n")).where(
            d.c.night >= nights[0], d.c.night <= self.night).group_by(d.c.night))}
        states = ledger.states(self.connection, self.night) | {self.night: state}
        return tuple(NightBar(n, states.get(n, ""), ops[n, "ADD"], ops[n, "MOD"], ops[n, "DEL"], ops[n, "REO"], documents.get(n, 0))
                     for n in nights)

    def gaps(self) -> tuple[Gap, ...]:
        """What was not covered on the last nights."""
        return gaps(self.connection, self.night, self.settings.report.nights)

    # ---- rules -----------------------------------------------------------------------------------------------------

    def rule_notes(self, changes: tuple[CaseChange, ...]) -> tuple[RuleNote, ...]:
        """Rules that changed and what came of it, and those that something is to be said of."""
        look, rules = self.settings.report, {rule.id: rule for rule in self.base.rules}
        changed = rule_changes(rules_before(self.connection, self.night), self.rules)
        touched = Counter(rule for c in changes if any(cause.startswith("rule-") for cause in c.causes)
                          for rule in {f["rule"] for f in c.case["findings"]})
        found = [RuleNote(id_, rules[id_].title if id_ in rules else id_, how, touched[id_]) for id_, how in sorted(changed.items())]
        t = tables.run
        first = self.connection.execute(select(func.min(t.c.night)).where(t.c.night <= self.night)).scalar()
        active = [rule for rule in self.base.rules if rule.status == "active"]
        if first is not None and first <= self._ago(look.silent):
            heard = self.new_by_rule(look.silent)
            found += [RuleNote(rule.id, rule.title, "silent", look.silent) for rule in active if rule.id not in heard]
        found += [RuleNote(rule.id, rule.title, "review", 0, rule.reviewed.again_by) for rule in active
                  if rule.reviewed.again_by and rule.reviewed.again_by < self.night]
        found += [RuleNote(rule.id, rule.title, "shadow", 0) for rule in self.base.rules if rule.status == "shadow"]
        return tuple(found)

    # ---- sources ---------------------------------------------------------------------------------------------------

    def sources(self) -> tuple[SourceNight, ...]:
        """What each source gave on the night."""
        nights = self._nights()
        coverage = ledger.covered(self.connection, nights[0], self.night)
        states = {(c.source, c.night): c.state for c in coverage}
        documents: dict[str, list[Any]] = {}
        d = tables.document
        for row in self.connection.execute(select(d.c.source, d.c.copy_of, d.c.published, d.c.lang).where(d.c.night == self.night)):
            documents.setdefault(row.source, []).append(row)
        i = tables.issue
        errors = Counter(self.connection.execute(select(i.c.source).where(
            i.c.night == self.night, i.c.number == self.ref.number, i.c.severity == "error", i.c.source != "")).scalars())
        tonight = [c for c in coverage if c.night == self.night]
        return tuple(self._source(c, documents.get(c.source, []), errors[c.source], tuple(states.get((c.source, n), "") for n in nights))
                     for c in tonight)

    def _source(self, told: Covered, rows: list[Any], errors: int, states: tuple[str, ...]) -> SourceNight:
        late = self._ago(self.settings.late_days)
        languages = Counter(row.lang or "und" for row in rows)
        return SourceNight(told.source, told.state, told.read, len(rows), sum(bool(r.copy_of) for r in rows),
                           sum(not r.published for r in rows), sum(bool(r.published) and r.published[-10:] < late for r in rows), errors,
                           told.expected, dict(sorted(languages.items())), told.note, states)

    def troubles(self) -> tuple[Trouble, ...]:
        """Everything the run complained of, each complaint once with its number."""
        i = tables.issue
        rows = self.connection.execute(select(i).where(i.c.night == self.night, i.c.number == self.ref.number)).all()
        return tuple(Trouble(*key, count=n) for key, n in sorted(Counter(
            (row.source, row.severity, row.code, row.message) for row in rows).items()))
