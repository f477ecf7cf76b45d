"""From the settings to a place where nights are run."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checker import __version__
from checker.cases.claimants import claimant_sorts
from checker.cases.settings import load_case_settings
from checker.cases.store import Store
from checker.cases.upkeep import migrate
from checker.errors import UsageError
from checker.extract.extractor import FrameExtractor
from checker.judge.judge import Judge
from checker.lists.knowledge import default_knowledge
from checker.lists.leads import OwnScreener
from checker.lists.own import read_own
from checker.lists.screen import Screener
from checker.lists.screening import Screening
from checker.lists.store import lists_dir, newest, read_list
from checker.locator import rules_dir
from checker.night.channels import sender
from checker.night.parallel import Shared
from checker.night.run import Channel, Offer, Site
from checker.night.sources import keep_state, load_state, read_source
from checker.night.work import NightWork
from checker.pipeline.tiers import AtLeast
from checker.rulebase.loader import require_rulebase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.lists.entry import OwnList, UnList
    from checker.model.event import Tier
    from checker.night.config import Config, SourceConfig
    from checker.night.fetch import Fetcher
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["ConfiguredSource", "Maker", "maker", "open_site", "open_store"]

NO_NIGHT = "0001-01-01"
"""For reading, which is the same on every night."""


@dataclass(frozen=True, slots=True)
class ConfiguredSource:
    """A source of ``sanctions.toml`` as nights use it. ``cache``: where its state is kept; ``fetcher``: shared by all sources."""

    config: SourceConfig
    cache: Path
    fetcher: Fetcher | None

    @property
    def name(self) -> str:
        return self.config.name

    @property
    def required(self) -> bool:
        return self.config.required

    @property
    def expected(self) -> tuple[int, int] | None:
        return self.config.expected

    def offer(self, night: str, now: dt.datetime) -> Offer:
        """Read it; its state is kept once its documents are in the store."""
        found = read_source(self.config, dt.date.fromisoformat(night), load_state(self.cache, self.config), now, fetcher=self.fetcher)
        since = found.window_from.isoformat() if found.window_from is not None else ""
        return Offer(found.status, found.items, found.error or found.note, since, found.again,
                     keep=partial(keep_state, self.cache, self.config, found.state))


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes what finds and judges events: the same in every process. ``screen``: whether parties are screened; ``list_file``: against
    which list, ``None`` for those taken off the lists alone; ``own_lists``: lists of one's own that are asked beside it."""

    rules: tuple[Path, ...]
    languages: tuple[Path, ...]
    min_tier: Tier
    screen: bool
    list_file: Path | None
    own_lists: tuple[Path, ...] = ()

    def site(self) -> tuple[Judge, FrameExtractor, Screening | None, UnList | None]:
        """Judge, extractor, screening and the Council's list.

        Raises:
            RuleBaseError: rules, vocabulary or language packs do not load.
            UsageError: the list cannot be read.
        """
        base = require_rulebase([rules_dir() / "un", *self.rules])
        vocabulary, knowledge = base.vocabulary, default_knowledge()
        found = None
        if self.list_file is not None:
            found, _ = read_list(self.list_file, knowledge.words)
            if found is None:
                raise UsageError(f"{self.list_file} cannot be read as a list; `sanctions lists show --lists {self.list_file}` says why")
        council = Screener(vocabulary, knowledge, found) if self.screen else None
        own = [OwnScreener(vocabulary, knowledge, one) for one in _own(self.own_lists, vocabulary)]
        screener = Screening(council, own) if council or own else None
        names = screener.names() if screener else ()
        return Judge(base), FrameExtractor(vocabulary, names=names, languages=self.languages), screener, found

    def work(self) -> NightWork:
        """What reads documents in a process of its own."""
        judge, extractor, screener, _ = self.site()
        return NightWork(NO_NIGHT, judge, AtLeast(extractor, self.min_tier), screener, load_case_settings(judge.rulebase.vocabulary), {})


def maker(config: Config) -> Maker:
    """The maker for these settings: parties are screened against the list they name, else the newest that is stored."""
    run = config.run
    screen = run.lists != "none" and (bool(run.lists) or lists_dir() is not None)
    file = (Path(run.lists) if run.lists else newest()) if screen else None
    return Maker(run.rules, run.languages, run.min_tier, screen, file, run.own_lists)


def _own(paths: Sequence[Path], vocabulary: Vocabulary) -> list[OwnList]:
    found = []
    for path in paths:
        own, _ = read_own(path, vocabulary)
        if own is None:
            raise UsageError(f"{path} cannot be read as a list; `sanctions lists show --lists {path}` says why")
        found.append(own)
    return found


def _digest(council: UnList | None, screening: Screening | None) -> str:
    """Of the Council's list; where others are asked beside it, of all of them."""
    own = [one.list.digest for one in screening.own] if screening else []
    told = council.digest if council else ""
    return hashlib.sha256(" ".join([told, *own]).encode()).hexdigest() if own else told


def open_site(config: Config) -> Site:
    """Everything that nights of these settings need, the store brought to this version.

    Raises:
        RuleBaseError: rules, vocabulary or language packs do not load.
        StoreError: the store cannot be used.
        UsageError: a channel or the list cannot be used.
    """
    making = maker(config)
    judge, extractor, screener, found = making.site()
    store = open_store(config)
    fetcher = _fetcher() if any(source.url for source in config.sources) else None
    return Site(
        store, config.state.out, judge, AtLeast(extractor, config.run.min_tier), screener, load_case_settings(judge.rulebase.vocabulary),
        claimant_sorts(extractor.packs), [ConfiguredSource(s, config.state.cache, fetcher) for s in config.sources],
        [Channel(c.name, sender(c), c.on == "always", c.link) for c in config.channels], __version__,
        _digest(found, screener), found.day if found else "", config.run.keep_nights, config.run.catalogue,
        reading=Shared(config.run.processes, making.work))


def open_store(config: Config) -> Store:
    """The store of these settings, made where there is none, and brought to this version."""
    store = Store(config.state.store)
    migrate(store)
    return store


def _fetcher() -> Fetcher | None:
    """One for all sources, so that each host is asked with a pause; ``None`` where the optional part is missing: each source says so."""
    try:
        from checker.night.fetch import Fetcher
    except ImportError:
        return None
    return Fetcher()
