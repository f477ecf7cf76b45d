"""One night at a time: a lock on a file, free at once when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checker.errors import StoreBusy

__all__ = ["hold"]


@contextmanager
def hold(path: Path, started: str) -> Iterator[None]:
    """Hold the lock. ``started``: the moment, for whoever comes second.

    Raises:
        StoreBusy: another run holds it; the text says which, and since when.
        OSError: the file cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            holder = " ".join(file.read(200).split()) or "a run that has not said its name yet"
            raise StoreBusy(f"another night is running: {holder} holds {path}; try again when it is done") from err
        file.truncate(0)
        file.write(f"process {os.getpid()}, started {started}\n")
        file.flush()
        yield
        file.truncate(0)
