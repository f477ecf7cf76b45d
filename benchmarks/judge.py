"""Events judged per second on one core: the judge with its index, against a loop that asks every rule about every event.

    python benchmarks/judge.py --events 100000

Events are made up from the vocabulary with a fixed seed: a stream of news events of every act and goods between many States, of
which ``--near`` percent have the parties and goods that sanctions are about. Findings (sentence, explain tree, receipt) are not part
of it. The loop is measured on a sample, because it is slow; both must give the same verdicts on it.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable

from checker.judge.judge import Judge
from checker.model.event import Event
from checker.rulebase.loader import require_rulebase
from checker.vocabulary.events import EventReader
from checker.vocabulary.vocabulary import Vocabulary

SEED = 1718
NEAR_STATES = ("KP", "IR", "RU", "CN", "YE", "SY", "UG")
NEAR_ACTS = ("sale", "shipment", "military_training", "ballistic_missile_launch", "employment", "nuclear_test")
NEAR_GOODS = ("rifle", "artillery_shell", "ballistic_missile", "shahed_136", "arms", "coal")


def make_events(vocabulary: Vocabulary, number: int, near: float) -> list[dict[str, object]]:
    """Events in their written form; ``near`` is the share of events close to what the rules are about."""
    chance = random.Random(SEED)
    states = list(vocabulary.states.codes)
    acts, goods = list(vocabulary.taxonomies["acts"]), list(vocabulary.taxonomies["goods"])
    events: list[dict[str, object]] = []
    for _ in range(number):
        close = chance.random() < near
        pool = NEAR_STATES if close else states
        supplier, recipient = chance.choice(pool), chance.choice(pool)
        event: dict[str, object] = {
            "act": chance.choice(NEAR_ACTS if close else acts),
            "goods": chance.choice(NEAR_GOODS if close else goods),
            "date": f"{chance.randint(2004, 2026)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            "supplier": supplier, "recipient": recipient, "report": chance.choice(("confirmed", "reported", "alleged")),
        }
        if chance.random() < 0.5:
            event |= {"shipped_from": supplier, "destination": recipient}
        if chance.random() < 0.2:
            event["actor"] = chance.choice(pool)
        if chance.random() < 0.1:
            event["person_nationality"] = chance.choice(pool)
        events.append(event)
    return events


def rate(action: Callable[[], object], number: int, repeat: int) -> float:
    """Events per second, the best of several runs."""
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return number / best


def main() -> None:
    """Print the speeds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=100_000)
    options.add_argument("--near", type=float, default=2.0, help="percent of events close to the rules")
    options.add_argument("--repeat", type=int, default=3)
    asked = options.parse_args()
    base = require_rulebase()
    reader, judge, naive = EventReader(base.vocabulary), Judge(base), Judge(base, use_index=False)
    written = make_events(base.vocabulary, asked.events, asked.near / 100)
    lines = [json.dumps(event).encode() for event in written]
    events = [event for event, _ in map(reader.read_json_line, lines) if event is not None]
    sample = events[:max(1, len(events) // 20)]
    kept = sum(bool(judge.verdicts(event)) for event in events)
    assert [judge.verdicts(e) for e in sample] == [naive.verdicts(e) for e in sample], "index and loop disagree"

    def loop(judge: Judge, events: list[Event]) -> None:
        for event in events:
            judge.verdicts(event)

    def from_lines() -> None:
        for line in lines:
            event, _ = reader.read_json_line(line)
            if event is not None:
                judge.verdicts(event)

    in_memory = rate(lambda: loop(judge, events), len(events), asked.repeat)
    def read_lines() -> None:
        for line in lines:
            reader.read_json_line(line)

    read_only = rate(read_lines, len(lines), asked.repeat)
    json_lines = rate(from_lines, len(lines), asked.repeat)
    baseline = rate(lambda: loop(naive, sample), len(sample), 1)
    print(f"rules {len(base.rules)}, events {len(events):,} of {len(lines):,} readable, kept {kept:,} ({100 * kept / len(events):.1f} %)")
    print(f"in memory, with index    {in_memory:>10,.0f} events/s")
    print(f"from JSON Lines          {json_lines:>10,.0f} events/s  (reading alone: {read_only:,.0f})")
    print(f"naive loop, in memory    {baseline:>10,.0f} events/s  (the index is {in_memory / baseline:.1f} times as fast)")


if __name__ == "__main__":
    main()
