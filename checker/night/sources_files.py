"""Sources that are files: folders, JSON Lines, tables, mail. What was read on an earlier run and has not changed is not read again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from checker.night.sources_items import Labels
from checker.sources.readers import expand, read_inputs
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from checker.cases.documents import Incoming
    from checker.sources.mapping import TableMapping
    from checker.vocabulary.events import EventReader

__all__ = ["FileReading", "Readers", "load_table"]

_MAILDIR = ("cur", "new")
_FLAGS = ":2,"


class Readers:
    """The readers of ``checker.sources`` with what they need. ``mapping``: what the columns of tables mean."""

    def __init__(self, labels: Labels, events: EventReader, mapping: TableMapping | None = None) -> None:
        self.labels = labels
        self._events = events
        self._mapping = mapping

    def read(self, path: str, name: str, *, mail: bool = False) -> Iterator[Incoming | Problem]:
        """The items of one file; of ``mail`` that has no ending, as one mail."""
        if mail and not path.lower().endswith((".eml", ".mbox")):
            from checker.sources.mail import MAIL_LIMIT, read_mail

            with open(path, "rb") as file:
                yield from self.labels.items(read_mail(file.read(MAIL_LIMIT + 1), path), path, name)
            return
        yield from self.labels.items(read_inputs([path], self._events, mapping=self._mapping), path, name)


class FileReading:
    """Reads what is new in a file or folder. ``seen`` afterwards holds the marks of all files that need not be read again."""

    def __init__(self, root: Path, readers: Readers, seen: dict[str, str], *, mail: bool) -> None:
        self._root = root
        self._readers = readers
        self._before = seen
        self._mail = mail
        self.seen: dict[str, str] = {}
        self.fresh = 0

    def items(self) -> Iterator[Incoming | Problem]:
        """Items of new and changed files, and the problems met."""
        for path in self._maildir() if self._is_maildir() else expand([str(self._root)]):
            if isinstance(path, Problem):
                yield path
                continue
            name = self._name(path)
            mark = _mark(path)
            if mark and self._before.get(name) == mark:
                self.seen[name] = mark
                continue
            self.fresh += 1
            unreadable = False
            try:
                for item in self._readers.read(path, name, mail=self._mail):
                    unreadable = unreadable or (isinstance(item, Problem) and item.code == "unreadable")
                    yield item
            except OSError as err:  # somebody may have taken it away meanwhile
                unreadable = True
                yield Problem(name, 0, 0, "unreadable", f"the file cannot be read: {err.strerror}", "look at its name and permissions")
            if mark and not unreadable:
                self.seen[name] = mark

    def _is_maildir(self) -> bool:
        return self._mail and all((self._root / name).is_dir() for name in _MAILDIR)

    def _maildir(self) -> Iterator[str]:
        for name in _MAILDIR:
            yield from sorted(str(path) for path in (self._root / name).iterdir() if path.is_file() and not path.name.startswith("."))

    def _name(self, path: str) -> str:
        """What a file is called for ever: its path below the root. Mail in a mail folder keeps its name when somebody reads it."""
        if self._is_maildir():
            return os.path.basename(path).partition(_FLAGS)[0]
        return Path(path).relative_to(self._root).as_posix() if path != str(self._root) else self._root.name


def _mark(path: str) -> str:
    """What changes when a file does; ``""`` of one that cannot be looked at."""
    try:
        told = os.stat(path)
    except OSError:
        return ""
    return f"{told.st_size}-{told.st_mtime_ns}-{told.st_ctime_ns}"


def load_table(path: Path | None) -> tuple[TableMapping | None, list[Problem]]:
    """The mapping that a source names, or what is wrong with it."""
    if path is None:
        return None, []
    from checker.sources.mapping import load_mapping
    from checker.vocabulary.vocabulary import default_vocabulary

    return load_mapping(path, default_vocabulary())
