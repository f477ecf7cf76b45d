"""Reading the file of a list, never more of it than a list may hold."""

from __future__ import annotations

from pathlib import Path

from checker.strictyaml.problem import Problem

__all__ = ["read_bytes"]


def read_bytes(path: Path, most: int, mend: str) -> bytes | Problem:
    """The bytes of a file of at most ``most``, or why they cannot be had. ``mend``: what to do with one that is larger."""
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        return Problem(str(path), 0, 0, "file-unreadable", f"the file cannot be read: {error.strerror}",
                       "check the path and the permissions")
    if len(data) > most:
        return Problem(str(path), 0, 0, "file-too-large", f"the file is larger than {most // 1_000_000} MB and was not read", mend)
    return data
