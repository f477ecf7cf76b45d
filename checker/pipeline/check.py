"""read → extract → screen → judge. One bad document never stops the others: whatever fails on it becomes a problem of the run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from checker import __version__
from checker.errors import EvidenceError
from checker.judge.judge import Judge
from checker.model.document import Document
from checker.model.event import Event
from checker.model.extraction import Extraction
from checker.model.finding import Finding
from checker.model.run import ReadDocument, Run
from checker.strictyaml.problem import Problem
from checker.vocabulary.events import EventReader

__all__ = ["Extractor", "Screener", "check", "read_documents"]

Progress = Callable[[str], None]


class Extractor(Protocol):
    """Whatever turns one document into events."""

    def extract(self, document: Document) -> Extraction: ...


class Screener(Protocol):
    """Whatever says which parties of an event are on a list."""

    def screen(self, event: Event) -> Event: ...


def check(items: Iterable[Document | Event | Problem], judge: Judge, extractor: Extractor, *, everything: bool = False,
          progress: Progress | None = None, screener: Screener | None = None) -> Run:
    """Judge everything that was read.

    Args:
        items: as ``checker.sources.readers.read_inputs`` yields them.
        judge: the compiled rule base.
        extractor: finds the events of documents.
        everything: keep the findings of all rules, also those whose label is an outcome word (exempt, pending, clear ...).
        progress: called with the name of each item before it is worked on.
        screener: screens the parties of every event before it is judged; ``None``: nobody screens them.
    """
    documents, problems = read_documents(items, extractor, EventReader(judge.rulebase.vocabulary), progress, screener)
    labels = judge.rulebase.vocabulary.labels
    findings: list[Finding] = []
    for read in documents:
        for event in read.events:
            try:
                findings += (f for f in judge.findings(event, everything) if everything or not labels.is_outcome_word(f.label))
            except Exception as err:
                problems.append(_bug(read.document.id, "judging", err))
    findings = _with_quotas(findings, [event for read in documents for event in read.events], judge, problems)
    base = judge.rulebase
    return Run(tuple(documents), tuple(findings), tuple(problems), rules=len(base.rules), rulebase_digest=base.digest,
               law_known_as_of=base.law_known_as_of, checker_version=__version__)


def _with_quotas(findings: list[Finding], events: list[Event], judge: Judge, problems: list[Problem]) -> list[Finding]:
    """The findings, with quotas counted over all events in place of the open ones on each event alone."""
    try:
        quotas = judge.quotas(events)
    except Exception as err:
        problems.append(_bug("all documents", "counting quotas", err))
        return findings
    counted = {(q.rule, c.document, c.event) for q in quotas if q.quota for c in q.quota.contributions}
    kept = [f for f in findings if f.outcome != "possible" or (f.rule, f.event.document, f.event.id) not in counted]
    return [*kept, *quotas]


def read_documents(items: Iterable[Document | Event | Problem], extractor: Extractor, reader: EventReader,
                   progress: Progress | None = None, screener: Screener | None = None) -> tuple[list[ReadDocument], list[Problem]]:
    """Extract and screen, without judging. Events given as records stand under a document of their own, without text.

    Extracted events pass through ``reader`` in their written form: it derives what follows from their facts (the State of a
    party, the host of workers), and the event that is judged is then the one that a receipt gives back.
    """
    documents: list[ReadDocument] = []
    problems: list[Problem] = []
    unreadable: set[str] = set()
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
            name = f"{item.path}:{item.line}" if item.path.endswith((".jsonl", ".ndjson")) and item.line else item.path
            if item.severity == "error" and name not in unreadable:
                unreadable.add(name)
                documents.append(ReadDocument(Document(id=name, text=""), "", "unreadable", notes=(item.message,)))
            continue
        name = item.document or item.id if isinstance(item, Event) else item.id
        if progress:
            progress(name)
        if isinstance(item, Event):
            documents.append(ReadDocument(Document(id=name, text=""), "", "record", (_screen(item, screener, name, problems),)))
        else:
            read = _extract(item, extractor, reader, problems)
            documents.append(replace(read, events=tuple(_screen(event, screener, name, problems) for event in read.events)))
    return documents, problems


def _screen(event: Event, screener: Screener | None, name: str, problems: list[Problem]) -> Event:
    """The event screened, or as it was where that fails."""
    try:
        return event if screener is None else screener.screen(event)
    except Exception as err:
        problems.append(_bug(name, "screening", err))
        return event


def _extract(document: Document, extractor: Extractor, reader: EventReader, problems: list[Problem]) -> ReadDocument:
    try:
        found = extractor.extract(document)
        events = [event for event in found.events if _quotes_exactly(event, document, problems)]
        settled = tuple(one for event in events if (one := _settle(event, reader, problems)) is not None)
    except Exception as err:
        problems.append(_bug(document.id, "extraction", err))
        return ReadDocument(document, "", "unreadable", notes=("the extraction failed; see the problems",))
    told = replace(document, published=document.published or found.published, title=document.title or found.title,
                   agency=document.agency or found.agency)
    return ReadDocument(told, found.language, "read" if settled else "no events", settled, found.zones, found.hints, found.notes)


def _settle(event: Event, reader: EventReader, problems: list[Problem]) -> Event | None:
    settled, found = reader.read(event.to_wire(), path=event.document)
    problems += found
    return settled


def _quotes_exactly(event: Event, document: Document, problems: list[Problem]) -> bool:
    """Every quoted span must stand in the document, character for character; an event that misquotes is told of and left out."""
    try:
        for evidence in (*event.evidence, *(e for claim in event.claims for e in claim.evidence)):
            document.check(evidence)
    except EvidenceError as err:
        problems.append(Problem(document.id, 0, 0, "evidence-differs", f"an event was left out, its evidence is not in the text: {err}",
                                "this is a bug of the extractor; please report it with the document"))
        return False
    return True


def _bug(name: str, step: str, err: Exception) -> Problem:
    return Problem(name, 0, 0, "internal-error", f"{step} failed on this document: {type(err).__name__}: {err}",
                   "the other documents are not touched; this is a bug, please report it with the document")
