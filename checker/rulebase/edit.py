"""Changes of a text at marks: the rest of the file, comments and spacing included, stays as it is, byte for byte."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from checker.errors import UsageError

__all__ = ["Edit", "EditConflict", "apply", "beside", "line_starts", "replace_file"]

# The line breaks of YAML 1.1, by which positions are counted everywhere here.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_MARK = "\ufeff"


class EditConflict(ValueError):
    """Edits that overlap, or that point outside the text: a bug of whoever made them."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put ``replacement`` in the place of some characters of a file.

    ``line`` and ``column`` count from 1, in Unicode code points. The characters replaced are the ``width`` that follow (line breaks
    count), or everything up to ``end`` (line, column; that character stays). Neither: the replacement is inserted.
    """

    path: str
    line: int
    column: int
    width: int = 0
    replacement: str = ""
    end: tuple[int, int] | None = None


def line_starts(text: str) -> list[int]:
    """Where each line begins, as an index into the text; the byte order mark belongs to no line."""
    return [1 if text.startswith(_MARK) else 0, *(found.end() for found in _BREAK.finditer(text))]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text of one file after all edits. Positions are those of the text as given; equal edits count once.

    Raises:
        EditConflict: two edits touch the same characters, or one lies outside the text.
    """
    starts = line_starts(text)
    spans = sorted({_span(text, starts, edit) for edit in edits})
    parts: list[str] = []
    done = 0
    for number, (begin, end, replacement) in enumerate(spans):
        if number and (begin < done or (begin, end) == spans[number - 1][:2]):
            raise EditConflict(f"two changes of the same characters (at {begin} of the text)")
        parts += (text[done:begin], replacement)
        done = end
    return "".join(parts) + text[done:]


def _span(text: str, starts: list[int], edit: Edit) -> tuple[int, int, str]:
    begin = _index(text, starts, edit.line, edit.column)
    end = _index(text, starts, *edit.end) if edit.end else begin + edit.width
    if not begin <= end <= len(text):
        raise EditConflict(f"a change at {edit.path}:{edit.line}:{edit.column} reaches beyond the text")
    return begin, end, edit.replacement


def _index(text: str, starts: list[int], line: int, column: int) -> int:
    """The index of a place; one past the last character of a line is a place too."""
    if not 1 <= line <= len(starts) or column < 1:
        raise EditConflict(f"there is no place {line}:{column} in the text")
    index = starts[line - 1] + column - 1
    last = starts[line] if line < len(starts) else len(text) + 1
    if index >= last:
        raise EditConflict(f"line {line} has no column {column}")
    return index


def replace_file(path: Path, before: bytes, text: str) -> None:
    """Write a file anew, wholly or not at all, with the permissions it had.

    Raises:
        UsageError: the file is no longer what it was (``before``), or may not be written.
    """
    target = path.resolve()  # a link stays a link
    try:
        if target.read_bytes() != before:
            raise UsageError(f"{path} was changed by somebody else meanwhile; nothing was written, run this again")
        with beside(target, text.encode("utf-8")) as temporary:
            os.chmod(temporary, target.stat().st_mode & 0o7777)
            os.replace(temporary, target)
    except OSError as err:
        raise UsageError(f"{path} cannot be written: {err.strerror or err}; rules that come with the program are copied into a folder "
                         "of your own first") from err


@contextlib.contextmanager
def beside(path: Path, data: bytes) -> Iterator[Path]:
    """A complete temporary file in the folder of ``path``, gone at the end. Its name begins with a dot, so that nobody loads it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
