"""Parsed rules kept between runs, so that a large rule base need not be read anew each time.

One JSON file in the user's own cache folder (``SANCTIONS_CACHE``, else ``XDG_CACHE_HOME/sanctions-checker``, else
``~/.cache/sanctions-checker``); ``SANCTIONS_CACHE=off`` keeps nothing. A rule is found under its path and the SHA-256 of its file;
the whole cache belongs to one vocabulary, one set of shared exemptions and one version of this program. What is damaged, or lies in a
folder that others may write to, is not used: reading can only be slower, never different.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from functools import lru_cache
from pathlib import Path

import msgspec

from checker import __version__
from checker.locator import cache_dir
from checker.model.rule import Rule

__all__ = ["RuleCache", "cache_dir"]

_ENTRIES = "rules-1.json"
_OURS_ALONE = 0o700


class _Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    path: str
    digest: str
    rule: Rule


class _Store(msgspec.Struct, frozen=True):
    belongs_to: str
    rules: tuple[_Kept, ...]


class RuleCache:
    """Rules by path and digest of their file. ``belongs_to``: what else their reading depended on, as one text."""

    def __init__(self, directory: Path | None, belongs_to: str) -> None:
        self._directory = directory
        self._belongs_to = hashlib.sha256(f"{__version__}\n{_program()}\n{belongs_to}".encode()).hexdigest()
        self._file = directory / f"{self._belongs_to[:16]}-{_ENTRIES}" if directory else None
        self._known = {(kept.path, kept.digest): kept.rule for kept in self._read()}

    def get(self, path: str, digest: str) -> Rule | None:
        """The rule of a file with this content, if it is kept."""
        return self._known.get((path, digest))

    def keep(self, rules: list[tuple[str, str, Rule]]) -> None:
        """Keep exactly these (path, digest, rule). A folder that cannot be written is left alone."""
        if self._directory is None or self._file is None or {(path, digest) for path, digest, _ in rules} == set(self._known):
            return
        data = msgspec.json.encode(_Store(self._belongs_to, tuple(_Kept(*row) for row in rules)))
        with contextlib.suppress(OSError):
            self._directory.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
            if not _is_ours(self._directory):
                return
            with tempfile.NamedTemporaryFile(dir=self._directory, prefix="rules-", suffix=".new", delete=False) as stream:
                stream.write(data)
            Path(stream.name).replace(self._file)
            self._drop_old()

    def _read(self) -> tuple[_Kept, ...]:
        if self._directory is None or self._file is None or not _is_ours(self._directory):
            return ()
        try:
            store = _decoder().decode(self._file.read_bytes())
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, ValueError):
            return ()
        return store.rules if store.belongs_to == self._belongs_to else ()

    def _drop_old(self, most: int = 8) -> None:
        """Only the newest few are kept: other vocabularies and versions come and go."""
        if self._directory:
            for path in sorted(self._directory.glob(f"*-{_ENTRIES}"), key=lambda p: p.stat().st_mtime, reverse=True)[most:]:
                path.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _decoder() -> msgspec.json.Decoder[_Store]:
    return msgspec.json.Decoder(_Store)


@lru_cache(maxsize=1)
def _program() -> str:
    """The SHA-256 over the code that reads rules: in a checkout it changes more often than the version."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for room in ("model", "rulebase", "strictyaml", "vocabulary"):
        for path in sorted((package / room).glob("*.py")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _is_ours(directory: Path) -> bool:
    """The folder belongs to this user, and nobody else may write to it."""
    try:
        told = directory.stat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return told.st_uid == os.getuid() and not told.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
