"""How fast and how big the extractor is, by language, beside the naive baseline of ``sanctions evaluate``.

Run by hand: ``python benchmarks/extract.py [articles.jsonl]`` (default: the articles that packs are tuned with). Prints, for one core, the
sentences per second of each language, the time for one megabyte of text, and the memory once every pack is loaded, with the goals beside.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from checker.evaluate.naive import NaiveExtractor
from checker.evaluate.settings import load_settings
from checker.extract.extractor import FrameExtractor
from checker.extract.frames import Reader
from checker.extract.objects import View
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.vocabulary.vocabulary import default_vocabulary

DEFAULT = Path(__file__).resolve().parent.parent / "tests" / "articles" / "tune.jsonl"
GOALS = {"sentences/s": 2_000, "MB": 150, "s per MB": 3.0}
LONG_ENOUGH = 1.0
MEGABYTE = 1_000_000


def memory() -> int:
    """The greatest memory this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def rate(job: Callable[[Document], object], documents: list[Document]) -> float:
    """Rounds per second over all documents, after one round to warm up."""
    for document in documents:
        job(document)
    rounds, start = 0, time.perf_counter()
    while time.perf_counter() - start < LONG_ENOUGH:
        for document in documents:
            job(document)
        rounds += 1
    return rounds / (time.perf_counter() - start)


def sentences(extractor: FrameExtractor, documents: list[Document]) -> int:
    """How many sentences the extractor really reads in these documents."""
    seen: list[int] = []
    view = Reader.view

    def counting(self: Reader, *given: object) -> View:
        seen.append(1)
        return view(self, *given)  # type: ignore[arg-type]

    Reader.view = counting  # type: ignore[method-assign]
    try:
        for document in documents:
            extractor.extract(document)
    finally:
        Reader.view = view  # type: ignore[method-assign]
    return len(seen)


def megabyte(documents: list[Document]) -> Document:
    """One document of a megabyte in UTF-8, made of these over and over."""
    text = "\n\n".join(d.text for d in documents)
    size = len(text.encode())
    whole = (text + "\n\n") * (MEGABYTE // size + 1)
    return Document("long", whole.encode()[:MEGABYTE].decode(errors="ignore"), documents[0].published, lang=documents[0].lang)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    start, before = time.perf_counter(), memory()
    vocabulary = default_vocabulary()
    extractor = FrameExtractor(vocabulary)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    by_language: dict[str, list[Document]] = {}
    for row in rows:
        if row["lang"] in extractor.packs:
            by_language.setdefault(row["lang"], []).append(
                Document(row["id"], row["text"], parse_date(row["published"]), lang=row["lang"]))
    for documents in by_language.values():
        extractor.extract(documents[0])
    spent = time.perf_counter() - start
    print(f"{len(by_language)} packs in use after {spent:.2f} s; memory {before} -> {memory()} MB (goal: under {GOALS['MB']})\n")
    naive = NaiveExtractor(vocabulary, extractor.packs, load_settings(vocabulary).naive)
    print(f"{'language':10}{'sentences/s':>14}{'naive':>10}{'s per MB':>12}")
    slowest, longest = 1e9, 0.0
    for lang, documents in sorted(by_language.items()):
        count = sentences(extractor, documents)
        ours, theirs = rate(extractor.extract, documents) * count, rate(naive.extract, documents) * count
        big = megabyte(documents)
        start = time.perf_counter()
        extractor.extract(big)
        spent = time.perf_counter() - start
        slowest, longest = min(slowest, ours), max(longest, spent)
        print(f"{lang:10}{ours:14,.0f}{theirs:10,.0f}{spent:12.2f}", flush=True)
    goals = GOALS["sentences/s"], GOALS["s per MB"]
    print(f"\nslowest {slowest:,.0f} sentences/s (goal: {goals[0]:,}); longest {longest:.2f} s per MB (goal: {goals[1]:.0f})")


if __name__ == "__main__":
    main()
