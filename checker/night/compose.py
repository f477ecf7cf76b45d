"""The report of a night put together: what the store knows, and what only the judge can say of tonight's events."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from checker.cases import tables
from checker.model.nightly import Funnel, Method, NearClause, Nightly
from checker.night.gather import Gatherer
from checker.proof.near import near_misses

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from checker.cases.docket import Told
    from checker.night.ledger import RunRef
    from checker.night.run import Site
    from checker.night.work import NightWork

__all__ = ["compose"]


def compose(site: Site, ref: RunRef, work: NightWork, state: str) -> Nightly:
    """The report of a night whose cases are settled, or, where ``state`` is failed, of what little is known."""
    base = site.judge.rulebase
    rules = {rule.id: rule.digest for rule in base.rules if rule.status == "active"}
    with site.store.begin() as connection:
        gather = Gatherer(connection, ref, base, site.settings, rules)
        told = work.told(connection) if state != "failed" else []
        changes = gather.changes() if state != "failed" else ()
        held, bars = gather.held(), gather.bars(state)
        fresh = {change.case["id"] for change in changes if change.op == "ADD"}
        regimes, measures, states = gather.overview(held, fresh)
        fired = Counter(f["rule"] for c in changes if c.op != "DEL" for f in c.case["findings"] if f["flagged"])
        return Nightly(
            night=ref.night, state=state, first=_first(connection, ref.night), changes=changes, attention=gather.attention(held, bars),
            near=_near(site, work, told), funnel=_funnel(connection, ref.night, work, told, len(fresh)), nights=bars, regimes=regimes,
            measures=measures, states=states, rules=gather.rule_notes(changes), fired=dict(sorted(fired.items())),
            sources=gather.sources(), troubles=gather.troubles(), gaps=gather.gaps(),
            method=Method(site.version, base.digest, len(rules), base.law_known_as_of, site.lists, site.lists_as_of,
                          f"sanctions night --night {ref.night}"))


def _first(connection: Connection, night: str) -> bool:
    return connection.execute(select(tables.run.c.night).where(tables.run.c.night < night).limit(1)).first() is None


def _funnel(connection: Connection, night: str, work: NightWork, told: list[Told], new: int) -> Funnel:
    d = tables.document
    documents, copies = (connection.execute(select(func.count()).select_from(d).where(d.c.night == night, *more)).scalar_one()
                         for more in ((), (d.c.copy_of != "",)))
    spoken = [work.spoken(t.event) for t in told]
    return Funnel(documents, documents - copies, len(told), sum(some for some, _ in spoken), sum(flagged for _, flagged in spoken), new)


def _near(site: Site, work: NightWork, told: list[Told]) -> tuple[NearClause, ...]:
    """Events that one line keeps from being flagged: those the text states, the nearest rule of each, and a line that something was told
    of before one that nobody spoke of."""
    look = site.settings.report
    unflagged = [t for t in told if not work.spoken(t.event)[0]][:look.looked]
    found: list[NearClause] = []
    for t in unflagged:
        miss = next(iter(near_misses(site.judge, t.event, 1)), None)
        if miss is None or miss.distance != 1 or len(miss.lines) != 1:
            continue
        line, source = miss.lines[0], t.source.document
        found.append(NearClause(t.event.document, t.event.id, source.outlet, source.url, miss.rule, miss.title, miss.regime, line.wanted,
                                line.got, miss.sentence))
        if len(found) == look.near:
            break
    return tuple(found)
