"""What an extractor must offer, and what one is given to begin with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from checker.model.document import Document
from checker.model.extraction import Extraction
from checker.model.names import WatchName

if TYPE_CHECKING:
    from checker.extract.plugins.frames import Frames
    from checker.vocabulary.vocabulary import Vocabulary

__all__ = ["Factory", "Plugin", "Setting"]


class Plugin(Protocol):
    """Whatever turns one document into events. ``deterministic``: the same document gives the same events, without network.

    ``extract`` may raise: the document is then told of as unreadable and the run goes on. Evidence is made with ``Document.quote``;
    an event whose evidence is not in the text, character for character, is left out."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def deterministic(self) -> bool: ...
    def extract(self, document: Document) -> Extraction: ...


@dataclass(slots=True)
class Setting:
    """What extractors of one run share. ``replay``: files of stored events, ``rejects``: where refused events are written,
    ``environ``: where addresses and keys come from, ``names``: listed names to look for in texts,
    ``languages``: folders with further language packs."""

    vocabulary: Vocabulary
    replay: tuple[Path, ...] = ()
    rejects: Path | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    names: tuple[WatchName, ...] = field(default=(), repr=False)
    languages: tuple[Path, ...] = ()
    _frames: Frames | None = field(default=None, repr=False)

    def frames(self) -> Frames:
        """The frame engine, made once: others ask it for the language, the parts of the page and the words of the packs."""
        if self._frames is None:
            from checker.extract.plugins.frames import Frames

            self._frames = Frames(self.vocabulary, names=self.names, languages=self.languages)
        return self._frames


class Factory(Protocol):
    """What an entry point names: makes the extractor of a run.

    Raises ``UsageError`` where something is missing that a person can give (a file, an address)."""

    def __call__(self, setting: Setting, /) -> Plugin: ...
