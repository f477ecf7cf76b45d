"""Which files are known to be canonical, kept between runs beside the parsed rules: only what was changed is looked at anew.

A text file in the user's cache folder: a first line that says to which program and vocabulary it belongs, then the SHA-256 of each
canonical file. Losing or damaging it costs time; at worst a file out of order is not told.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from functools import lru_cache
from pathlib import Path

__all__ = ["CanonicalFiles"]

_FILE = "canonical-1.txt"
_MOST = 20_000
_OURS_ALONE = 0o700


class CanonicalFiles:
    """``directory``: the cache folder, ``None`` to keep nothing. ``vocabulary``: the digest of the words, whose spelling counts."""

    def __init__(self, directory: Path | None, vocabulary: str) -> None:
        self._file = directory / _FILE if directory else None
        self._belongs_to = hashlib.sha256(f"{_program()} {vocabulary}".encode()).hexdigest()
        self._before = self._read()
        self._known = dict.fromkeys(self._before)

    def _read(self) -> list[str]:
        try:
            first, *digests = self._file.read_text(encoding="ascii").split() if self._file else [""]
        except (OSError, ValueError):
            return []
        return digests if first == self._belongs_to else []

    def has(self, data: bytes) -> bool:
        """Whether a file of these bytes was found canonical before."""
        return hashlib.sha256(data).hexdigest() in self._known

    def add(self, data: bytes) -> None:
        """Remember that these bytes are canonical."""
        self._known[hashlib.sha256(data).hexdigest()] = None

    def keep(self) -> None:
        """Write what was learnt, if anything was. A folder that cannot be written is left alone."""
        if self._file is None or len(self._known) == len(self._before):
            return
        text = "\n".join([self._belongs_to, *list(self._known)[-_MOST:]]) + "\n"
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._file.parent, prefix="canonical-", suffix=".new")
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(text)
            os.replace(name, self._file)


@lru_cache(maxsize=1)
def _program() -> str:
    """The SHA-256 over the code that decides what is canonical."""
    here = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for folder in (here, here.parent.parent / "strictyaml"):
        for path in sorted(folder.glob("*.py")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
