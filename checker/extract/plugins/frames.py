"""``frames``: the frame engine under the contract of plug-ins."""

from __future__ import annotations

from checker import __version__
from checker.extract.extractor import FrameExtractor
from checker.extract.plugins.contract import Setting
from checker.model.document import Document
from checker.model.extraction import Extraction

__all__ = ["Frames", "create"]


class Frames(FrameExtractor):
    """The frame engine. The last document is remembered, because an ensemble and ``llm`` ask for the same one."""

    version = __version__
    _last: tuple[Document, Extraction] | None = None

    def extract(self, document: Document) -> Extraction:
        """All events of a document; see ``FrameExtractor.extract``."""
        if self._last is None or self._last[0] is not document:
            self._last = (document, super().extract(document))
        return self._last[1]


def create(setting: Setting, /) -> Frames:
    """The one engine of the run."""
    return setting.frames()
