"""``llm``: asks the model paragraph by paragraph, and lets through what can be verified."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from checker import __version__
from checker.errors import UsageError
from checker.extract.language import UNKNOWN
from checker.extract.plugins.contract import Setting
from checker.extract.plugins.gazetteer import Gazetteer, gazetteers
from checker.extract.plugins.llm.answer import Answer, Candidate, Paragraph, answer_schema, chunks, question, read_answer
from checker.extract.plugins.llm.cache import AnswerCache
from checker.extract.plugins.llm.client import Client, NoAnswer
from checker.extract.plugins.llm.settings import read_settings
from checker.extract.plugins.verify import Refused, Verifier
from checker.locator import rules_dir
from checker.model.document import Document
from checker.model.event import Event
from checker.model.extraction import Extraction
from checker.vocabulary.events import EventReader

__all__ = ["Llm", "create"]

_LONGEST = 400_000
_FAILURES = 3  # questions in a row without an answer, after which the endpoint is left alone for the run


class Llm:
    """Events by a language model. Not deterministic, whatever the model promises: kept answers and ``replay`` are."""

    name = "llm"
    version = __version__
    deterministic = False

    def __init__(self, setting: Setting, client: Client, cache: AnswerCache) -> None:
        self._frames = setting.frames()
        self._reader = EventReader(setting.vocabulary)
        self._client, self._cache, self._rejects = client, cache, setting.rejects
        self._prompt = (rules_dir() / "extractors" / "llm.txt").read_text(encoding="utf-8")
        self._schema = answer_schema(setting.vocabulary)
        self._known: dict[str, Gazetteer] = {}
        self._failed = 0

    def extract(self, document: Document) -> Extraction:
        """The verified events of a document. Parts that got no answer, and how many events were refused, are notes."""
        read = self._frames.extract(document)
        gazetteer = gazetteers(self._frames.vocabulary, self._frames.packs, read.language, self._known)
        verifier = Verifier(document, gazetteer, self._reader, read.hints, document.published or read.published, read.language == UNKNOWN)
        events: dict[str, Event] = {}
        notes = list(read.notes)
        refused = 0
        for chunk in chunks(document.text[:_LONGEST], read.zones):
            try:
                told = self._ask(document, chunk).events
            except NoAnswer as err:
                notes.append(f"llm: paragraphs {chunk[0].id} to {chunk[-1].id} were not read: {err}")
                self._reject(document, None, f"paragraphs {chunk[0].id} to {chunk[-1].id}: {err}")
                continue
            for candidate in told:
                try:
                    event = verifier.event(candidate, chunk)
                except Refused as err:
                    refused += 1
                    self._reject(document, candidate, str(err))
                    continue
                held = events.get(event.id)
                events[event.id] = event if held is None else _joined(held, event)
        if refused:
            notes.append(f"llm: refused, because the text does not bear it out: {refused} event{'s' if refused > 1 else ''}")
        return replace(read, events=tuple(events.values()), notes=tuple(notes))

    def _ask(self, document: Document, chunk: Sequence[Paragraph]) -> Answer:
        """The answer about one chunk, kept or fresh. What cannot be read is asked again, within the bounds of the settings."""
        body = question(document, chunk, self._prompt, self._schema, self._client.settings.model)
        kept = self._cache.get(body)
        if kept is not None:
            try:
                return read_answer(kept)
            except NoAnswer:
                pass  # damaged: ask anew
        if self._failed >= _FAILURES:
            raise NoAnswer("it failed too often and is asked no more in this run")
        return self._fresh(body)

    def _fresh(self, body: dict[str, Any]) -> Answer:
        last = NoAnswer("it was not asked")
        for _ in range(self._client.settings.tries):
            try:
                content = self._client.ask(body)
                answer = read_answer(content)
            except NoAnswer as err:
                last = err
                if err.lasting:
                    break
                continue
            self._failed = 0
            self._cache.keep(body, content)
            return answer
        self._failed += 1
        raise last

    def _reject(self, document: Document, told: Candidate | None, reason: str) -> None:
        if self._rejects is None:
            return
        line = {"schema": "sanctions-checker/reject/1", "document": document.id, "sha256": document.sha256, "reason": reason,
                "event": msgspec.to_builtins(told) if told is not None else None}
        with self._rejects.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line, ensure_ascii=True) + "\n")


def _joined(held: Event, event: Event) -> Event:
    """One event told in two paragraphs."""
    claims = tuple(dict.fromkeys((*held.claims, *event.claims)))
    tier = event.tier if event.tier == "fair" else held.tier
    return msgspec.structs.replace(held, claims=claims, evidence=tuple(dict.fromkeys((*held.evidence, *event.evidence))), tier=tier)


def create(setting: Setting, /) -> Llm:
    """The model that the environment names.

    Raises:
        UsageError: none is named, or the file for refused events cannot be written.
    """
    settings = read_settings(setting.environ)
    _start(setting.rejects)
    return Llm(setting, Client(settings), AnswerCache.of_user())


def _start(rejects: Path | None) -> None:
    """Begin the file anew, so that it tells of this run alone."""
    if rejects is None:
        return
    try:
        rejects.write_text("", encoding="utf-8")
    except OSError as err:
        raise UsageError(f"{rejects}: refused events cannot be written there: {err.strerror}") from err
