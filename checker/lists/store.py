"""Lists on disk: the XML as published, or a snapshot of it as this program keeps them.

Snapshots lie in ``SANCTIONS_LISTS``, else ``XDG_DATA_HOME/sanctions-checker/lists``, else ``~/.local/share/sanctions-checker/lists``; each
is one JSON file, named for the day and hour of the list and the digest of the XML it was read from, so that the newest is the last by name.
``SANCTIONS_LISTS=off`` keeps and finds none; verbs then screen nobody unless they are given a file.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import msgspec

from checker.errors import UsageError
from checker.lists.entry import UnList
from checker.lists.normal import NameWords
from checker.lists.xml import read_xml
from checker.strictyaml.problem import Problem

__all__ = ["SNAPSHOT_SCHEMA", "lists_dir", "newest", "read_list", "snapshots", "store"]

SNAPSHOT_SCHEMA = "sanctions-checker/list-snapshot/1"
_OFF = ("off", "0", "no")
_NAME = re.compile(r"un-\d{8}(?:T\d{6})?-[0-9a-f]{12}\.json")


class _Snapshot(msgspec.Struct, frozen=True):
    schema: str
    list: UnList


def lists_dir() -> Path | None:
    """The folder of snapshots; ``None`` when it is switched off or there is no home."""
    told = os.environ.get("SANCTIONS_LISTS", "")
    if told.lower() in _OFF:
        return None
    if told:
        return Path(told)
    base = os.environ.get("XDG_DATA_HOME", "")
    try:
        return (Path(base) if base else Path.home() / ".local" / "share") / "sanctions-checker" / "lists"
    except RuntimeError:  # a user without a home
        return None


def snapshots() -> list[Path]:
    """The stored snapshots, the oldest list first."""
    directory = lists_dir()
    if directory is None or not directory.is_dir():
        return []
    return sorted(path for path in directory.iterdir() if _NAME.fullmatch(path.name))


def newest() -> Path | None:
    """The snapshot of the newest list."""
    return next(reversed(snapshots()), None)


def store(un_list: UnList) -> Path:
    """Keep a snapshot and give its path; the same list twice is kept once.

    Raises:
        UsageError: the folder is switched off or cannot be written.
    """
    directory = lists_dir()
    if directory is None:
        raise UsageError("no folder for lists: SANCTIONS_LISTS is off, or there is no home; name a folder in SANCTIONS_LISTS")
    hour = "".join(char for char in un_list.generated[10:19] if char.isdigit())
    stamp = un_list.day.replace("-", "") + (f"T{hour}" if len(hour) == 6 else "")
    path = directory / f"un-{stamp}-{un_list.digest[:12]}.json"
    data = msgspec.json.encode(_Snapshot(SNAPSHOT_SCHEMA, un_list))
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=directory, prefix="list-", suffix=".new", delete=False) as stream:
            stream.write(data)
        Path(stream.name).replace(path)
    except OSError as error:
        raise UsageError(f"the list cannot be stored in {directory}: {error.strerror}") from error
    return path


def read_list(path: Path, words: NameWords) -> tuple[UnList | None, list[Problem]]:
    """A list from its XML or from a snapshot, told apart by what the file begins with."""
    try:
        with path.open("rb") as stream:
            begins = stream.read(64).lstrip()
            if not begins.startswith(b"{"):
                return read_xml(path, words)
            data = begins + stream.read()
    except OSError as error:
        return None, [Problem(str(path), 0, 0, "file-unreadable", f"the file cannot be read: {error.strerror}",
                              "check the path and the permissions")]
    try:
        snapshot = msgspec.json.decode(data, type=_Snapshot)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return None, [Problem(str(path), 0, 0, "wrong-snapshot", f"this is no snapshot of a list: {error}",
                              "read the XML again: sanctions lists update FILE")]
    if snapshot.schema != SNAPSHOT_SCHEMA:
        return None, [Problem(str(path), 0, 0, "wrong-snapshot",
                              f"the snapshot has the schema {snapshot.schema[:60]}, wanted is {SNAPSHOT_SCHEMA}",
                              "read the XML again: sanctions lists update FILE")]
    return snapshot.list, []
