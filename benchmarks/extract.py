"""How fast the extractor reads, beside a naive baseline that takes the nearest State left and right of a goods word.

Run by hand: ``python benchmarks/extract.py [articles.jsonl] [rounds]``. Prints articles and sentences per second on one core.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from checker.extract.extractor import FrameExtractor
from checker.extract.fold import fold
from checker.extract.tokens import tokenize
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.vocabulary.vocabulary import default_vocabulary

DEFAULT = Path(__file__).resolve().parent.parent / "tests" / "articles" / "articles.jsonl"


def naive(extractor: FrameExtractor, document: Document) -> int:
    """The baseline: for each goods word, the State before it supplies and the State after it receives."""
    tools = extractor._prepare(document.lang)
    folded = fold(document.text)
    tokens = tokenize(document.text, folded, 0, len(folded), tools.lexicon.find(document.text, folded))
    found = 0
    for i, token in enumerate(tokens):
        if token.has("goods"):
            left = next((t for t in reversed(tokens[:i]) if t.has("actor")), None)
            right = next((t for t in tokens[i + 1:] if t.has("actor")), None)
            found += left is not None and right is not None
    return found


def timed(name: str, job: Callable[[Document], int], documents: list[Document], rounds: int, sentences: int) -> None:
    start = time.perf_counter()
    events = sum(job(d) for _ in range(rounds) for d in documents) // rounds
    spent = time.perf_counter() - start
    print(f"{name:10} {rounds * len(documents) / spent:9.0f} articles/s {rounds * sentences / spent:10.0f} sentences/s {events:6d} events")


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    start = time.perf_counter()
    extractor = FrameExtractor(default_vocabulary())
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    documents = [Document(r["id"], r["text"], parse_date(r["published"]), lang=r["lang"]) for r in rows if r["lang"] in extractor.packs]
    for document in documents:
        extractor.extract(document)
    sentences = sum(d.text.count(". ") + d.text.count("\n") for d in documents)
    print(f"{len(documents)} articles, about {sentences} sentences; loading took {time.perf_counter() - start:.2f} s")
    timed("frames", lambda d: len(extractor.extract(d).events), documents, rounds, sentences)
    timed("naive", lambda d: naive(extractor, d), documents, rounds, sentences)


if __name__ == "__main__":
    main()
