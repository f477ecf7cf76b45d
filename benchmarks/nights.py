"""Nights: one of many articles, and one in a store that has become large.

    python benchmarks/nights.py night [--articles 20000] [--processes 2]
    python benchmarks/nights.py store [--nights 300] [--cases 100000]

``night`` runs a whole night over articles put together at random from the labelled ones of ``tests/articles`` in fifteen languages, and
reading alone beside it: the bare extraction of the same texts in one process. ``store`` fills a store, and then asks ``status`` and runs
a night of 200 articles. Both tell the time of each step and the most memory that this process had.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from checker.cases import tables
from checker.cases.claimants import claimant_sorts
from checker.cases.documents import Incoming, identity
from checker.cases.settings import load_case_settings
from checker.cases.sketch import pack, sketch
from checker.cases.store import Store
from checker.cases.upkeep import migrate
from checker.extract.extractor import FrameExtractor
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.night.parallel import Shared
from checker.night.run import NightRun, Offer, Site
from checker.night.site import Maker
from checker.night.status import status

ROOT = Path(__file__).resolve().parents[1]
FIRST = dt.date(2024, 1, 1)
NEW = 200


class Heap:
    """A source with articles in memory."""

    name, required, expected = "heap", False, None

    def __init__(self, articles: list[dict[str, str]]) -> None:
        self._articles = articles

    def offer(self, night: str, now: dt.datetime) -> Offer:
        seen = now.isoformat()
        documents = (Document(a["id"], a["text"], parse_date(night), outlet=a["outlet"], lang=a["lang"]) for a in self._articles)
        return Offer("ok", [Incoming(document, self.name, document.id, seen) for document in documents])


def articles(number: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Articles of three others of one language each, with words of their own between, so that none is a copy."""
    chance = random.Random(seed)
    by_language: dict[str, list[str]] = {}
    for line in (ROOT / "tests" / "articles" / "tune.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        by_language.setdefault(told["lang"], []).append(told["text"])
    languages = sorted(by_language)
    for i in range(number):
        language = chance.choice(languages)
        parts = chance.sample(by_language[language], 3)
        own = " ".join(f"{chance.randrange(10**6)}-{chance.choice('abcdefghijk')}" for _ in range(60))
        yield {"id": f"{seed}-{i}", "lang": language, "outlet": f"outlet {i % 40}", "text": "\n\n".join([*parts, own])}


class Clock:
    """Tells the time since the step before, and shows how far a long one has come."""

    def __init__(self) -> None:
        self._at = time.perf_counter()

    def say(self, step: str, **told: Any) -> None:
        now = time.perf_counter()
        more = " ".join(f"{k}={v}" for k, v in told.items() if v not in ("", None))
        if step != "extract" or told["lot"] % 20 == 0 or told["lot"] == told["of"]:
            print(f"  {now - self._at:7.2f} s  {step} {more}"[:120], flush=True)
            self._at = now


def site_of(folder: Path, source: Heap, processes: int) -> Site:
    maker = Maker((), (), "external", False, None)
    judge, extractor, screener, _ = maker.site()
    store = Store(str(folder / "store.db"))
    migrate(store)
    return Site(store, folder / "out", judge, extractor, screener, load_case_settings(judge.rulebase.vocabulary),
                claimant_sorts(extractor.packs), [source], [], "benchmark", reading=Shared(processes, maker.work))


def memory() -> str:
    own, children = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return f"{own} MB here, {children} MB in the largest other process"


def night(number: int, processes: int) -> None:
    told = list(articles(number))
    print(f"{number:,} articles, {sum(len(a['text']) for a in told) / 1e6:.1f} million characters")
    extractor = FrameExtractor(load_vocabulary())
    sample = told[:500]
    begun = time.perf_counter()
    for a in sample:
        extractor.extract(Document(a["id"], a["text"], parse_date("2024-01-01"), lang=a["lang"]))
    alone = (time.perf_counter() - begun) / len(sample) * number
    with tempfile.TemporaryDirectory() as folder:
        site = site_of(Path(folder), Heap(told), processes)
        begun = time.perf_counter()
        result = NightRun(site, FIRST.isoformat(), dt.datetime.combine(FIRST, dt.time(), dt.UTC), Clock().say).run(send=False)
        print(f"{result.line}\nwhole night {time.perf_counter() - begun:.1f} s with {processes} processes; bare extraction in one process "
              f"would take {alone:.1f} s (from {len(sample)} articles)\nmemory: {memory()}")


def load_vocabulary() -> Any:
    from checker.vocabulary.vocabulary import default_vocabulary

    return default_vocabulary()


def fill(store: Store, nights: int, cases: int, made: dict[str, Any]) -> None:
    """A store with cases that differ by day and parties, each with one article and one version; ``made``: a record to copy."""
    per = cases // nights
    states = sorted(load_vocabulary().states.codes)
    marks = pack(sketch("a text that is no copy of another one"))
    number = 0
    for n in range(nights):
        night = (FIRST + dt.timedelta(days=n)).isoformat()
        rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("document", "event", "case", "key", "member", "version")}
        for i in range(per):
            number += 1
            case, document = f"C-{night[:4]}-{number:06d}", identity(f"d{number}", night)
            sender, receiver = states[number % len(states)], states[(number * 7 + i) % len(states)]
            record = made | {"id": case, "opened": night, "sender": sender, "receiver": receiver, "first_day": night, "last_day": night}
            rows["document"].append({"id": document, "address": f"https://x.example/{number}", "sha256": "0" * 64, "title": "",
                                     "text": "x" * 2000, "lang": "en", "outlet": "o", "agency": "", "published": night, "source": "heap",
                                     "night": night, "first_seen": f"{night}T01:00:00Z", "copy_of": "", "revises": "",
                                     "sketch": marks, "record": "{}"})
            rows["event"].append({"document": document, "id": "e", "night": night, "family": "arms_transfer", "record": "{}"})
            ordinal = FIRST.toordinal() + n
            rows["case"].append({"id": case, "opened": night, "family": "arms_transfer", "sender": sender, "receiver": receiver,
                                 "goods": "arms", "first_day": ordinal, "last_day": ordinal, "merged_into": ""})
            rows["key"] += [{"key": f"arms_transfer {side}", "case_id": case} for side in {sender, receiver}]
            rows["member"].append({"document": document, "event": "e", "case_id": case, "night": night, "by_hand": False})
            rows["version"].append({"case_id": case, "night": night, "op": "ADD", "causes": "event", "digest": "0",
                                    "record": msgspec.json.encode(record | {"fields": []}).decode()})
        with store.begin() as c:
            for name, table in (("document", tables.document), ("event", tables.event), ("case", tables.case), ("key", tables.case_key),
                                ("member", tables.member), ("version", tables.version)):
                c.execute(table.insert(), rows[name])
            c.execute(tables.run.insert(), [{"night": night, "number": 1, "state": "complete", "rulebase": "", "lists": "", "version": "",
                                             "digest": "", "record": json.dumps({"started": f"{night}T01:00:00+00:00", "files": 1})}])


def large(nights: int, cases: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "one"
        template.mkdir()
        one = {"id": "one", "lang": "en", "outlet": "o",
               "text": "North Korea shipped artillery shells to Russia on 1 January 2024, Exland said."}
        site = site_of(template, Heap([one]), 1)
        NightRun(site, FIRST.isoformat(), dt.datetime.combine(FIRST, dt.time(), dt.UTC)).run(send=False)
        with site.store.begin() as c:
            made = json.loads(c.execute(tables.version.select()).one()._mapping["record"])
        site = site_of(Path(folder), Heap(list(articles(NEW, seed=2))), 1)
        begun = time.perf_counter()
        fill(site.store, nights, cases, made)
        print(f"{cases:,} cases of {nights} nights written in {time.perf_counter() - begun:.1f} s, "
              f"{(Path(folder) / 'store.db').stat().st_size / 1e6:.0f} MB")
        tonight = FIRST + dt.timedelta(days=nights)
        for attempt in ("first", "again"):
            begun = time.perf_counter()
            with site.store.begin() as c:
                found = status(c, tonight)
            print(f"status, {attempt}: {time.perf_counter() - begun:.2f} s ({found.cases:,} cases)")
        begun = time.perf_counter()
        result = NightRun(site, tonight.isoformat(), dt.datetime.combine(tonight, dt.time(), dt.UTC), Clock().say).run(send=False)
        print(f"{result.line}\na night of {NEW} articles on top: {time.perf_counter() - begun:.1f} s\nmemory: {memory()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("night")
    one.add_argument("--articles", type=int, default=20_000)
    one.add_argument("--processes", type=int, default=2)
    two = verbs.add_parser("store")
    two.add_argument("--nights", type=int, default=300)
    two.add_argument("--cases", type=int, default=100_000)
    told = parser.parse_args()
    if told.verb == "night":
        night(told.articles, told.processes)
    else:
        large(told.nights, told.cases)


if __name__ == "__main__":
    main()
