"""The sentences that a pack brings along: what must come out of each, and what does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checker.extract.tested import Result
from checker.model.dates import parse_date
from checker.model.document import Document
from checker.model.event import Event
from checker.model.names import WatchName

if TYPE_CHECKING:
    from checker.extract.extractor import FrameExtractor
    from checker.extract.pack import Pack

__all__ = ["PUBLISHED", "Outcome", "in_line", "result_of", "run_sentences", "sentence_document", "watching"]

PUBLISHED = "2024-05-15"
"""The day on which all sentences are published."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One sentence: ``number`` counts from 1, ``wanted`` and ``found`` are its events in one line each, sorted, ``missing`` hints that
    did not come out."""

    number: int
    kind: str
    text: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return self.wanted == self.found and not self.missing


def in_line(event: Event) -> str:
    """``act goods supplier>recipient report stage``, with ``-`` for what is unknown; who else does it (the flag or port State) stands as
    supplier, whose ship or assets they are and where somebody travels as recipient. Blanks in names are written ``_``."""
    facts = event.facts
    source = next((facts[f] for f in ("supplier", "actor", "person_nationality", "flag_state", "port_state") if f in facts), "-")
    target = next((facts[f] for f in ("recipient", "host_state", "owner", "destination") if f in facts), "-")
    sides = "_".join(f"{source}>{target}".split())
    return f"{facts['act']} {facts.get('goods', '-')} {sides} {event.report} {facts['stage']}"


def sentence_document(text: str, lang: str) -> Document:
    """The document that one sentence is read as."""
    return Document("sentence", text, parse_date(PUBLISHED), lang=lang)


def watching(case: Mapping[str, Any], extractor: FrameExtractor) -> FrameExtractor:
    """The extractor for one sentence: where it brings ``names``, it looks for these as if a list held them."""
    names = case.get("names")
    if not isinstance(names, Mapping):
        return extractor
    return extractor.watching(WatchName(str(text), str(text), str(kind)) for text, kind in names.items())


def run_sentences(pack: Pack, extractor: FrameExtractor) -> Iterator[Outcome]:
    """Read every sentence of a pack. The extractor must hold the pack."""
    for number, case in enumerate(pack.tests, 1):
        read = watching(case, extractor).extract(sentence_document(str(case.get("text", "")), pack.lang))
        hints = {hint.kind for hint in read.hints}
        wanted, found = sorted(str(e) for e in case.get("events", [])), sorted(in_line(e) for e in read.events)
        yield Outcome(number, str(case.get("kind", "plain")), str(case.get("text", "")), tuple(wanted), tuple(found),
                      tuple(str(h) for h in case.get("hints", []) if str(h) not in hints))


def result_of(pack: Pack, outcomes: list[Outcome]) -> Result:
    """What is to be kept of them."""
    passed = sum(outcome.passed for outcome in outcomes)
    return Result(pack.lang, pack.digest, passed, len(outcomes) - passed)
