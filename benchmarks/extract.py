"""How fast and how big the extractor is, by language, beside the naive baseline of ``sanctions evaluate``.

Run by hand: ``python benchmarks/extract.py [articles.jsonl]`` (default: the articles that packs are tuned with). Prints, for one core, the
sentences per second of each language, the time for one megabyte of text, how many times the time of its first quarter that is (four: time
is linear), and the memory once every pack is compiled, with the goals beside. All times are those of the processor, so that whatever else
the machine does counts little, and the least of several rounds.
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
ROUNDS = 7
MEGABYTE = 1_000_000
READ = 400_000
"""Characters that the extractor reads of a text."""


def memory() -> int:
    """The greatest memory this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def least(job: Callable[[Document], object], documents: list[Document], rounds: int = ROUNDS) -> float:
    """Seconds of the processor for all documents, the least of some rounds after one to warm up."""
    spent = []
    for _ in range(rounds + 1):
        start = time.process_time()
        for document in documents:
            job(document)
        spent.append(time.process_time() - start)
    return max(min(spent[1:]), 1e-6)


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


def quarter(document: Document) -> Document:
    """The first quarter of what is read of a document."""
    return Document("part", document.text[:min(len(document.text), READ) // 4], document.published, lang=document.lang)


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    start, before = time.process_time(), memory()
    vocabulary = default_vocabulary()
    extractor = FrameExtractor(vocabulary)
    for lang in extractor.packs:
        extractor.extract(Document("warm", "2024", lang=lang))
    spent = time.process_time() - start
    print(f"{len(extractor.packs)} packs in use after {spent:.2f} s; memory {before} -> {memory()} MB (goal: under {GOALS['MB']})\n")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    by_language: dict[str, list[Document]] = {}
    for row in rows:
        if row["lang"] in extractor.packs:
            by_language.setdefault(row["lang"], []).append(
                Document(row["id"], row["text"], parse_date(row["published"]), lang=row["lang"]))
    naive = NaiveExtractor(vocabulary, extractor.packs, load_settings(vocabulary).naive)
    print(f"{'language':10}{'sentences/s':>14}{'naive':>10}{'s per MB':>12}{'quarters':>12}")
    slowest, longest = 1e9, 0.0
    for lang, documents in sorted(by_language.items()):
        count = sentences(extractor, documents)
        ours, theirs = count / least(extractor.extract, documents), count / least(naive.extract, documents)
        big = megabyte(documents)
        spent, part = least(extractor.extract, [big], 1), least(extractor.extract, [quarter(big)], 1)
        slowest, longest = min(slowest, ours), max(longest, spent)
        print(f"{lang:10}{ours:14,.0f}{theirs:10,.0f}{spent:12.2f}{spent / part:12.1f}", flush=True)
    goals = GOALS["sentences/s"], GOALS["s per MB"]
    print(f"\nslowest {slowest:,.0f} sentences/s (goal: {goals[0]:,}); longest {longest:.2f} s per MB (goal: {goals[1]:.0f})")


if __name__ == "__main__":
    main()
