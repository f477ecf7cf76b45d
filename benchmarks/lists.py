"""How fast a list is read, indexed and screened against: ``python benchmarks/lists.py [LIST.xml]``, by hand.

The list is not ours and not in this checkout; without an argument it is looked for in the samples folder.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from checker.lists.entry import UnList
from checker.lists.knowledge import default_knowledge
from checker.lists.screen import Screener
from checker.lists.store import read_list, store
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import default_vocabulary

SAMPLES = Path(os.environ.get("SANCTIONS_SAMPLES", Path(__file__).resolve().parents[2] / "shared"))
LIST = SAMPLES / "data" / "un-consolidated-2026-02-27.xml"
EVENTS = 20_000


def timed(what: str, work):  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    result = work()
    print(f"{what:<44} {time.perf_counter() - start:8.3f} s")
    return result


def read(path: Path) -> UnList:
    found, problems = read_list(path, default_knowledge().words)
    assert found is not None, problems
    return found


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else LIST
    vocabulary, knowledge = default_vocabulary(), default_knowledge()
    un_list = timed("read the XML", lambda: read(path))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SANCTIONS_LISTS"] = folder
        snapshot = timed("store a snapshot", lambda: store(un_list))
        timed("read the snapshot", lambda: read(snapshot))
    screener = timed("index the names", lambda: Screener(vocabulary, knowledge, un_list))
    reader = EventReader(vocabulary)
    names = [entry.name for entry in un_list.entries]
    told = [{"act": "payment", "supplier": {"name": f"Trader {i % 5000}"}, "recipient": {"name": names[i % len(names)]},
             "date": "2020-01-01"} for i in range(EVENTS)]
    events = [event for one in told if (event := reader.read(one)[0]) is not None]
    timed(f"screen {len(events):,} events, names met again", lambda: [screener.screen(event) for event in events])
    print(f"{len(un_list.entries):,} entries, {sum(len(entry.names) for entry in un_list.entries):,} names")


if __name__ == "__main__":
    main()
