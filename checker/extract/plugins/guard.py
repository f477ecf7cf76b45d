"""What stands between the program and an extractor: nothing that one does or returns may stop a run or pass as evidence."""

from __future__ import annotations

from collections.abc import Mapping

from checker.errors import EvidenceError
from checker.extract.plugins.contract import Plugin
from checker.model.claim import Claim
from checker.model.dates import DateRange
from checker.model.document import Document, Evidence
from checker.model.event import Assumed, Event
from checker.model.extraction import Extraction, Hint, Zone

__all__ = ["Guarded", "misquoted"]


class Guarded:
    """An extractor of somebody else. What it returns is looked at piece by piece; what is no extraction raises ``TypeError``."""

    def __init__(self, plugin: Plugin) -> None:
        self._plugin = plugin
        self.name = str(plugin.name)
        self.version = str(plugin.version)
        self.deterministic = bool(plugin.deterministic)

    def extract(self, document: Document) -> Extraction:
        """As the extractor does it.

        Raises:
            RuntimeError: the extractor asked to end the program, which is not its to decide.
            TypeError: it returned something else than an extraction.
        """
        try:
            found = self._plugin.extract(document)
        except SystemExit as err:
            raise RuntimeError(f"the extractor {self.name} wanted to end the program ({err.code})") from err
        _look(found)
        return found


def misquoted(event: Event, document: Document) -> str:
    """Why an event may not be shown: which of its quotations is not in the text; ``""`` where all are."""
    try:
        for evidence in (*event.evidence, *(e for claim in event.claims for e in claim.evidence)):
            document.check(evidence)
    except EvidenceError as err:
        return str(err)
    return ""


def _look(found: object) -> None:
    if not isinstance(found, Extraction):
        raise TypeError(f"no extraction was returned, but {type(found).__name__}")
    _all_of(found.events, Event, "events")
    _all_of(found.zones, Zone, "zones")
    _all_of(found.hints, Hint, "hints")
    _all_of(found.notes, str, "notes")
    for name in ("language", "title", "agency"):
        if not isinstance(getattr(found, name), str):
            raise TypeError(f"{name} of an extraction is a text")
    _all_of((found.published,) if found.published is not None else (), DateRange, "published")
    for event in found.events:
        _all_of((event.facts, event.names), Mapping, "facts and names")
        _all_of(event.claims, Claim, "claims")
        _all_of(event.assumed, Assumed, "assumed")
        for quoted in (event.evidence, *(claim.evidence for claim in event.claims)):
            _all_of(quoted, Evidence, "evidence")


def _all_of(values: object, kind: type, name: str) -> None:
    if not isinstance(values, tuple) or not all(isinstance(value, kind) for value in values):
        raise TypeError(f"{name} of an extraction is a tuple of {kind.__name__}")
