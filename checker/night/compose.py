"""The report of a night put together: what the store knows, and what only the judge can say of tonight's events."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from checker.cases import tables
from checker.model.facts import FACTS
from checker.model.nightly import Funnel, Method, NearClause, NightLead, Nightly
from checker.night.casefile import CaseFiler
from checker.night.gather import Gatherer
from checker.proof.near import near_misses
from checker.vocabulary.sentences import sentence

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
        filer = CaseFiler(connection, work.docket(connection), work, base.vocabulary, site.settings.report)
        changes = gather.changes(filer) if state != "failed" else ()
        held, bars = gather.held(), gather.bars(state)
        fresh = {change.case["id"] for change in changes if change.op == "ADD"}
        regimes, measures, states = gather.overview(held, fresh)
        funnel, near, leads = _events(connection, site, ref.night, work, len(fresh))
        fired = Counter(f["rule"] for c in changes if c.op != "DEL" for f in c.case["findings"] if f["flagged"])
        return Nightly(
            night=ref.night, state=state, first=_first(connection, ref.night), changes=changes, attention=gather.attention(held, bars),
            near=near, funnel=funnel, nights=bars, regimes=regimes,
            measures=measures, states=states, links=gather.links(held, fresh),
            rules=gather.rule_notes(changes), fired=dict(sorted(fired.items())),
            sources=gather.sources(), troubles=gather.troubles(), gaps=gather.gaps(),
            method=Method(site.version, base.digest, len(rules), base.law_known_as_of, site.lists, site.lists_as_of,
                          f"sanctions night --night {ref.night}"), leads=leads,
            catalogue=site.catalogue)


def _first(connection: Connection, night: str) -> bool:
    return connection.execute(select(tables.run.c.night).where(tables.run.c.night < night).limit(1)).first() is None


def _events(connection: Connection, site: Site, night: str, work: NightWork, new: int) -> tuple[Funnel, tuple[NearClause, ...],
                                                                                               tuple[NightLead, ...]]:
    """How many events came how far; those that one line keeps from being flagged: of the first that no rule speaks of the nearest rule
    of each; those with a party on a list of the user's own."""
    d, look = tables.document, site.settings.report
    documents, copies = (connection.execute(select(func.count()).select_from(d).where(d.c.night == night, *more)).scalar_one()
                         for more in ((), (d.c.copy_of != "",)))
    events = spoken = flagged = looked = 0
    near: list[NearClause] = []
    leads: list[NightLead] = []
    for told in work.told(connection):
        some, shown = work.spoken(told.event)
        events, spoken, flagged = events + 1, spoken + some, flagged + shown
        if told.event.leads:
            leads.append(_lead(site, told, shown))
        if not some and looked < look.looked and len(near) < look.near:
            looked += 1
            near += _near(site, told)
    return Funnel(documents, documents - copies, events, spoken, flagged, new), tuple(near), tuple(leads)


def _lead(site: Site, told: Told, flagged: bool) -> NightLead:
    event, document = told.event, told.source.document
    return NightLead(event.document, event.id, document.outlet, document.url, sentence(event, event.report, site.judge.rulebase.vocabulary),
                     tuple(f"{lead.say()}." for lead in event.leads), flagged)


def _near(site: Site, told: Told) -> list[NearClause]:
    """The nearest rule, where it lacks one line only."""
    miss = next(iter(near_misses(site.judge, told.event, 1)), None)
    if miss is None or miss.distance != 1 or len(miss.lines) != 1:
        return []
    line, document = miss.lines[0], told.source.document
    if line.fact == "act" or (line.fact in FACTS and FACTS[line.fact].type == "party" and line.fact in told.event.facts):
        return []  # another act, or somebody else: no near miss, but another matter
    return [NearClause(told.event.document, told.event.id, document.outlet, document.url, miss.rule, miss.title, miss.regime, line.wanted,
                       line.got, miss.sentence.removeprefix("not flagged: "))]
