"""The files of a night: written beside, made to last, moved into place in one step; a folder that is there is never changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from checker.errors import CheckerError

__all__ = ["OutputError", "digest_of", "latest", "point", "publish", "same", "write_whole"]

LATEST = "latest"


class OutputError(CheckerError):
    """The files of a night cannot be written: the disk is full, or nobody may write there. Nothing that was found is lost."""

    exit_code = 75


def digest_of(files: Mapping[str, bytes]) -> str:
    """The digest of files by name and content."""
    whole = hashlib.sha256()
    for name, data in sorted(files.items()):
        whole.update(f"{name}\n{len(data)}\n".encode())
        whole.update(data)
    return whole.hexdigest()


def publish(out: Path, night: str, number: int, files: Mapping[str, bytes]) -> Path:
    """Put the files of a run into ``out/night/number``; where the folder is there, it is from this very run, and takes its place.

    Raises:
        OutputError: they cannot be written.
    """
    folder, beside = out / night / str(number), out / night / f".{number}.part"
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for name, data in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, data)
        _settle(beside)
        if folder.exists():
            shutil.rmtree(folder)
        beside.rename(folder)
        _settle(folder.parent)
    except OSError as err:
        with contextlib.suppress(OSError):
            shutil.rmtree(beside, ignore_errors=True)
        raise _refused(folder, err) from err
    return folder


def same(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder holds just these files, as they were written."""
    try:
        there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        return there == set(files) and all((folder / name).read_bytes() == data for name, data in files.items())
    except OSError:
        return False


def latest(out: Path) -> str:
    """The night and number that ``latest`` leads to, ``""`` if it leads nowhere."""
    with contextlib.suppress(OSError):
        return os.readlink(out / LATEST)
    return ""


def point(out: Path, night: str, number: int) -> None:
    """Let ``latest`` lead to a run, unless it leads to a later night.

    Raises:
        OutputError: it cannot be moved.
    """
    target, beside = f"{night}/{number}", out / f".{LATEST}.part"
    if latest(out).partition("/")[0] > night:
        return
    try:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()
        beside.symlink_to(target)
        beside.replace(out / LATEST)
        _settle(out)
    except OSError as err:
        raise _refused(out / LATEST, err) from err


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees half of it.

    Raises:
        OutputError: it cannot be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(beside, data)
        beside.replace(path)
        _settle(path.parent)
    except OSError as err:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise _refused(path, err) from err


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make the names in a folder last over a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refused(path: Path, err: OSError) -> OutputError:
    return OutputError(f"{path} cannot be written: {err.strerror or err}. What was found is kept in the store: make room, or give "
                       "the right to write there; then run `sanctions night --resume`")
