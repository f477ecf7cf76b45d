"""One night from lock to close: every step is done in one transaction with the mark that it is done, so that a run may be killed at any
moment and goes on where it was."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from checker.cases import tables
from checker.cases.documents import Incoming, put
from checker.cases.store import Store
from checker.cases.upkeep import let_go, prune
from checker.errors import UsageError
from checker.model.nightly import Nightly
from checker.model.run import ReadDocument
from checker.night import files, ledger
from checker.night.compose import compose
from checker.night.outbox import Letter, Sent, deliver, key_of, last_sent, queue
from checker.night.pages import write_catalogue, write_nights, write_pages
from checker.night.work import NightWork
from checker.report.nightly_files import digest_text
from checker.report.nightly_html import digest_html
from checker.report.nightly_words import headline
from checker.report.nightly_write import render, render_failed
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from checker.cases.documents import Stored
    from checker.cases.settings import CaseSettings
    from checker.judge.judge import Judge
    from checker.pipeline.check import Extractor, Screener

__all__ = ["Channel", "NightResult", "NightRun", "Offer", "Site", "Source"]

Reading = Callable[[NightWork, Sequence[Sequence["Stored"]]], Iterable[tuple[list[ReadDocument], list[Problem]]]]
"""What was read of each lot of documents, in their order."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a source gave. ``state``: ok, late, empty or failed; ``again``: it was not read anew, because nothing changed since the last
    time; ``since``: the day from which on it reaches back (``""``: all it ever had), unless ``reaches`` says it reaches over no gap."""

    state: str
    items: Sequence[Incoming | Problem] = ()
    note: str = ""
    since: str = ""
    again: bool = False
    reaches: bool = True
    keep: Callable[[], None] | None = None


class Source(Protocol):
    """Where documents come from."""

    @property
    def name(self) -> str: ...

    @property
    def required(self) -> bool: ...

    @property
    def expected(self) -> tuple[int, int] | None: ...

    def offer(self, night: str, now: dt.datetime) -> Offer:
        """Read it. Raises nothing: what fails is told in the offer."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way out: its sender, whether quiet nights go there too, and the address of reports, ``{night}`` standing for the night's."""

    name: str
    send: Callable[[Letter], None]
    always: bool
    link: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """All that nights of one place have in common. ``lists``, ``lists_as_of``: digest and date of the screening list; ``catalogue``:
    whether the pages of the rules are written beside the reports; ``reading``: reads lots of documents where several processes share
    that."""

    store: Store
    out: Path
    judge: Judge
    extractor: Extractor
    screener: Screener | None
    settings: CaseSettings
    kinds: Mapping[str, str]
    sources: Sequence[Source]
    channels: Sequence[Channel]
    version: str
    lists: str = ""
    lists_as_of: str = ""
    keep_nights: int = 0
    catalogue: bool = True
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class NightResult:
    """How a night ended. ``folder``: its files; ``unsent``: messages that wait for the next time."""

    night: str
    number: int
    state: str
    line: str
    folder: Path
    unsent: tuple[Sent, ...] = ()
    queued: int = 0

    @property
    def exit_code(self) -> int:
        """0 complete, 4 partial or failed, 5 where a message could not be handed over."""
        return 5 if self.unsent else 0 if self.state == ledger.COMPLETE else 4


@dataclass(frozen=True, slots=True)
class _Published:
    """The report, the number of the run whose files it is, where they are, and the digests of all of them and of what changed."""

    nightly: Nightly
    number: int
    folder: Path
    digest: str
    delta: str


@dataclass(slots=True)
class NightRun:
    """A run of one night. ``now`` is the only clock; ``say`` is told of every step."""

    site: Site
    night: str
    now: dt.datetime
    say: Callable[..., None] = lambda *_, **__: None
    _ref: ledger.RunRef = field(init=False)
    _done: set[tuple[str, str]] = field(init=False)
    _begun: dict[str, Any] = field(init=False)
    _work: NightWork = field(init=False)

    def run(self, *, send: bool = True, fetch: bool = True) -> NightResult:
        """Run the night, or go on with one that was broken off; first those before it that were. ``fetch``: read the sources, unless a
        later night was begun already.

        Raises:
            OutputError: its files cannot be written.
            StoreError: the store cannot be used.
            UsageError: the night was not run while it lasted, or failed, and a later one was begun already.
        """
        given, begun = self.now, time.monotonic()
        with self.site.store.begin() as connection:
            self._in_time(connection)
            older = ledger.interrupted(connection, self.night)
        for night in older:
            self.say("resume", night=night, why="it was broken off")
            NightRun(self.site, night, self.now, self.say).run(send=False, fetch=False)
        self._open()
        self._fetch(read=fetch)
        state = self._state()
        if state == ledger.FAILED:
            return self._fail()
        self._extract()
        self._step("group", self._work.group)
        self._step("compare", self._compare)
        made = self._publish(state)
        queued = self._close(made)
        unsent = self._send(given + dt.timedelta(seconds=time.monotonic() - begun)) if send else ()
        if self.site.keep_nights:
            days = max(self.site.keep_nights, self.site.settings.nights)  # among so many nights, copies are looked for
            prune(self.site.store, dt.date.fromisoformat(self.night) - dt.timedelta(days=days))
        return NightResult(self.night, made.number, state, headline(made.nightly), made.folder, unsent, queued)

    # ---- steps -----------------------------------------------------------------------------------------------------

    def _in_time(self, connection: Any) -> None:
        """A night that passed without a report has none: nobody saw what the sources had then, or the next night took it over."""
        newest = ledger.latest_night(connection)
        if newest > self.night and all(run["state"] == ledger.FAILED for run in ledger.runs_of(connection, self.night)):
            raise UsageError(f"the night {self.night} was not run while it lasted, or failed, and {newest} was begun already: what the "
                             "sources had is told there or later. `sanctions gaps list` shows what was missed, `gaps fill` reads it now")

    def _open(self) -> None:
        site = self.site
        base = site.judge.rulebase
        versions = {"rulebase": base.digest, "lists": site.lists, "version": site.version}
        record = {"started": self.now.isoformat(timespec="seconds"), "lists_as_of": site.lists_as_of}
        with site.store.begin() as connection:
            self._ref = ledger.open_run(connection, self.night, versions, record)
            self._done = ledger.done_steps(connection, self._ref)
            self._begun = ledger.record(connection, self._ref)
            self.now = dt.datetime.fromisoformat(self._begun["started"])  # what came in before and after a break is of one time
            self._adopt(connection)
        self._work = NightWork(self.night, site.judge, site.extractor, site.screener, site.settings, site.kinds)
        self.say("open", night=self.night, run=self._ref.number, resumed=self._ref.resumed)

    def _adopt(self, connection: Any) -> None:
        """Documents of nights that failed belong to this one: nobody has read them yet."""
        d = tables.document
        states: dict[str, set[str]] = {}
        for run in ledger.runs(connection):
            if run["night"] < self.night:
                states.setdefault(run["night"], set()).add(run["state"])
        failed = [night for night, told in states.items() if told == {ledger.FAILED}]
        if failed:
            connection.execute(d.update().where(d.c.night.in_(failed)), {"night": self.night})

    def _step(self, name: str, work: Callable[[Any], None]) -> None:
        """A step that is one transaction, unless it is done."""
        if (name, "") in self._done:
            return
        with self.site.store.begin() as connection:
            work(connection)
            ledger.mark(connection, self._ref, name)
        self.say(name)

    def _fetch(self, *, read: bool) -> None:
        """Read the sources, each for itself. A night that has passed reads none: what they have now was not seen then."""
        with self.site.store.begin() as connection:
            passed = ledger.latest_night(connection) > self.night
            if passed and ("fetch", "") not in self._done:
                ledger.take_over(connection, self._ref, "fetch")
                ledger.mark(connection, self._ref, "fetch")
            if (passed or not read) and (self._ref.resumed or not ledger.covered(connection, self.night, self.night)):
                ledger.unread(connection, self.night, [source.name for source in self.site.sources])
        if passed:
            self.say("fetch", why="a later night was begun already: the sources are not read again")
        for source in self.site.sources if read and not passed else ():
            if ("fetch", source.name) not in self._done:
                self._fetch_one(source)

    def _fetch_one(self, source: Source) -> None:
        offer = source.offer(self.night, self.now)
        incoming = [item for item in offer.items if isinstance(item, Incoming)]
        problems = [item for item in offer.items if isinstance(item, Problem)]
        settings = self.site.settings
        with self.site.store.begin() as connection:
            fresh = put(connection, self.night, incoming, like=settings.likeness, nights=settings.nights)
            ledger.cover(connection, ledger.Covered(source.name, self.night, offer.state, len(incoming), source.expected, offer.note,
                                                    offer.since, reaches=offer.reaches))
            if offer.again:
                ledger.take_over(connection, self._ref, "fetch", source.name)
            else:
                ledger.complain(connection, self._ref, "fetch", source.name, problems)
            ledger.mark(connection, self._ref, "fetch", source.name)
        if offer.keep is not None:
            offer.keep()
        self.say("fetch", source=source.name, state=offer.state, read=len(incoming), new=len(fresh), note=offer.note)

    def _state(self) -> str:
        """Partial where a source failed, failed where none could be read, or one that is required."""
        with self.site.store.begin() as connection:
            tonight = {c.source: c.state for c in ledger.covered(connection, self.night, self.night)}
        failed = [name for name, state in tonight.items() if state == ledger.FAILED]
        required = [s.name for s in self.site.sources if s.required]
        if tonight and (len(failed) == len(tonight) or set(required) & set(failed)):
            return ledger.FAILED
        return ledger.PARTIAL if failed or not tonight else ledger.COMPLETE

    def _extract(self) -> None:
        with self.site.store.begin() as connection:
            lots = list(self._work.batches(connection))
            if let_go(connection, self.night):  # what was found in the texts is all there is
                for i in range(len(lots)):
                    ledger.take_over(connection, self._ref, f"extract {i}")
                return
        todo = [(i, lot) for i, lot in enumerate(lots) if ("extract", str(i)) not in self._done]
        lots_read = (self.site.reading or _alone)(self._work, [lot for _, lot in todo])
        for (i, lot), (found, problems) in zip(todo, lots_read, strict=True):
            with self.site.store.begin() as connection:
                self._work.keep(connection, found)
                ledger.complain(connection, self._ref, f"extract {i}", "", problems)
                ledger.mark(connection, self._ref, "extract", str(i))
            self.say("extract", lot=i + 1, of=len(lots), documents=len(lot))

    def _compare(self, connection: Any) -> None:
        before = ledger.published(connection, self.night)
        rules = {rule.id: rule.digest for rule in self.site.judge.rulebase.rules if rule.status == "active"}
        self._work.compare(connection, rules, lists_changed=before is not None and before["lists"] != self.site.lists)

    # ---- files and messages ----------------------------------------------------------------------------------------

    def _publish(self, state: str) -> _Published:
        """Write the files, unless a run before left the same."""
        nightly = compose(self.site, self._ref, self._work, state)
        vocabulary = self.site.judge.rulebase.vocabulary
        made = render(nightly, vocabulary)
        number, folder, digest = self._write(made, ledger.FINISHED)
        if self._newest():
            if self.site.catalogue and write_catalogue(self.site.out, self.site.judge):
                self.say("catalogue")
            write_pages(self.site.store, self.site.out, nightly, number, vocabulary)
        files.point(self.site.out, self.night, number)
        return _Published(nightly, number, folder, digest, files.digest_of({"delta.jsonl": made["delta.jsonl"]}))

    def _write(self, made: Mapping[str, bytes], states: Collection[str]) -> tuple[int, Path, str]:
        """Write files, unless a run that ended in one of these states left the same: its number, their folder and digest."""
        digest = files.digest_of(made)
        with self.site.store.begin() as connection:
            earlier = [r for r in ledger.runs_of(connection, self.night) if r["digest"] == digest and r["state"] in states]
        number = int(earlier[0]["record"]["files"]) if earlier else self._ref.number
        folder = self.site.out / self.night / str(number)
        if not earlier or not files.same(folder, made):
            folder = files.publish(self.site.out, self.night, number, made)
        self.say("files", folder=str(folder), same_as_before="yes" if earlier else "no")
        return number, folder, digest

    def _newest(self) -> bool:
        with self.site.store.begin() as connection:
            return ledger.latest_night(connection) <= self.night

    def _close(self, made: _Published) -> int:
        """Queue the messages and close the run, in one transaction; how many were queued."""
        nightly = made.nightly
        queued = 0
        with self.site.store.begin() as connection:
            if ledger.latest_night(connection) == self.night:
                queued = sum(self._queue(connection, channel, made) for channel in self.site.channels)
            ledger.close(connection, self._ref, nightly.state, made.digest, {
                **self._begun, "files": made.number, "new": nightly.count("ADD"), "changed": nightly.count("MOD"),
                "withdrawn": nightly.count("DEL"), "reopened": nightly.count("REO"), "documents": nightly.funnel.documents})
        self.say("close", state=nightly.state, queued=queued)
        return queued

    def _queue(self, connection: Any, channel: Channel, made: _Published) -> bool:
        nightly = made.nightly
        if not channel.always and not nightly.changes and nightly.state == ledger.COMPLETE:
            last = last_sent(connection, channel.name, self.night)
            quiet = dt.timedelta(days=self.site.settings.report.quiet)
            if last and dt.date.fromisoformat(self.night) - dt.date.fromisoformat(last) < quiet:
                return False  # nothing to say, and it was heard of lately
        link = channel.link.replace("{night}", self.night)
        counts = {word: nightly.count(op) for word, op in (("new", "ADD"), ("changed", "MOD"), ("withdrawn", "DEL"), ("reopened", "REO"))}
        return queue(connection, Letter(key_of(self.night, channel.name, made.delta), self.night, channel.name, headline(nightly),
                                        digest_text(nightly, link), digest_html(nightly, link), made.delta, counts))

    def _send(self, at: dt.datetime) -> tuple[Sent, ...]:
        """Send what is due. ``at``: the moment by the clock; a night that was broken off may have begun long ago."""
        sent = deliver(self.site.store, {channel.name: channel.send for channel in self.site.channels}, at)
        for one in sent:
            self.say("send", channel=one.letter.channel, night=one.letter.night, error=one.error)
        return tuple(one for one in sent if one.error)

    def _fail(self) -> NightResult:
        """Leave only what tells why; ``latest`` stays where it is, and the next night takes over what was read."""
        nightly = compose(self.site, self._ref, self._work, ledger.FAILED)
        number, folder, digest = self._write(render_failed(nightly), (ledger.FAILED,))
        with self.site.store.begin() as connection:
            ledger.close(connection, self._ref, ledger.FAILED, digest, {**self._begun, "files": number})
        write_nights(self.site.store, self.site.out)
        self.say("close", state=ledger.FAILED)
        return NightResult(self.night, number, ledger.FAILED, headline(nightly), folder)


def _alone(work: NightWork, lots: Sequence[Sequence[Stored]]) -> Iterable[tuple[list[ReadDocument], list[Problem]]]:
    return (work.read(lot) for lot in lots)
