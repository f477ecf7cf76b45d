"""From what a person names on the command line to items: documents, events, problems, in a fixed order."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from checker.model.dates import DateRange
from checker.model.document import Document
from checker.model.event import Event
from checker.sources.decode import DOCUMENT_LIMIT, decode
from checker.sources.html import looks_like_html, read_html
from checker.sources.mail import MAIL_LIMIT, read_mail, read_mbox
from checker.sources.pdf import looks_like_pdf, read_pdf
from checker.sources.records import RecordReader
from checker.sources.rows import LINE_LIMIT, RowReader, recognise
from checker.sources.table import TableReader
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from checker.sources.mapping import TableMapping
    from checker.vocabulary.events import EventReader

__all__ = ["expand", "read_inputs"]

STDIN = "-"
_LINES = (".jsonl", ".ndjson")
_HTML = (".html", ".htm", ".xhtml")
_YAML = (".yaml", ".yml")
_TEXT = (".txt", ".text", ".md")
_TABLE = (".csv", ".tsv")
_MAIL, _MAILBOX, _PDF = ".eml", ".mbox", ".pdf"
_COLUMNS = 10  # tabs in the first line from which a text is looked at as a table
_BLANKS = 1000  # empty lines at the start that are looked through for what follows
_KNOWN = (*_LINES, *_HTML, *_YAML, *_TEXT, *_TABLE, ".json", _MAIL, _MAILBOX, _PDF)

Item = Document | Event | Problem


def read_inputs(paths: Sequence[str], reader: EventReader, *, published: DateRange | None = None,
                mapping: TableMapping | None = None) -> Iterator[Item]:
    """Everything the paths hold, file by file, folders sorted by name.

    Args:
        paths: files, folders (read with all folders below), ``-`` for standard input.
        reader: reads events.
        published: publication date of the documents; it wins over what a document says of itself.
        mapping: what the columns of tables mean that are of no known database.

    Yields:
        documents with ids that are unique in the run, events, and a problem for everything that could not be read as it is.
    """
    seen: set[str] = set()
    for found in expand(paths):
        if isinstance(found, Problem):
            yield found
            continue
        for item in _read_file(found, reader, mapping):
            yield _settle(item, published, seen) if isinstance(item, Document) else item


def expand(paths: Sequence[str]) -> Iterator[str | Problem]:
    """The files to read, each once; a problem for what a folder holds beside them."""
    done: set[str] = set()
    for path in paths:
        for found in _walk(path) if path != STDIN and Path(path).is_dir() else (path,):
            if isinstance(found, Problem):
                yield found
            elif found in done:
                yield Problem(found, 0, 0, "read-once", "this file was named more than once; it is read once", severity="warning")
            else:
                done.add(found)
                yield found


def _walk(folder: str) -> Iterator[str | Problem]:
    """Files below a folder, sorted. Hidden ones and links to folders are left out; files of other kinds are told of, once a folder."""
    refused: list[OSError] = []
    empty = True
    for here, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        other = []
        for name in sorted(files):
            path = os.path.join(here, name)
            if name.startswith("."):
                continue
            empty = False
            if name.lower().endswith(_KNOWN) and os.path.isfile(path):
                yield path
            else:
                other.append(name)
        if other:
            told = ", ".join(other[:5]) + (f" and {len(other) - 5} more" if len(other) > 5 else "")
            yield Problem(here, 0, 0, "not-read", f"not read, because of another kind: {told}",
                          f"read are {', '.join(_KNOWN)}; name a file itself to have it read whatever its ending", severity="warning")
    for err in refused:
        yield Problem(str(err.filename), 0, 0, "unreadable", f"the folder cannot be read: {err.strerror}", "look at its permissions")
    if empty and not refused:
        yield Problem(folder, 0, 0, "empty-folder", "the folder holds no files", "name a folder with articles or events in it")


def _settle(document: Document, published: DateRange | None, seen: set[str]) -> Document:
    """Give the document the date that wins, and an id nobody has yet."""
    name, count = document.id, 2
    while name in seen:
        name, count = f"{document.id}#{count}", count + 1
    seen.add(name)
    if name == document.id and published is None:
        return document
    return replace(document, id=name, published=published or document.published)


def _read_file(path: str, reader: EventReader, mapping: TableMapping | None) -> Iterator[Item]:
    if path == STDIN:
        yield from _read_stream(sys.stdin.buffer, "<stdin>", reader, mapping)
        return
    try:
        mode = os.stat(path).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
            yield Problem(path, 0, 0, "unreadable", "this is not a file", "name a file or a folder")
            return
        with open(path, "rb") as stream:
            yield from _read_stream(stream, path, reader, mapping)
    except OSError as err:
        yield Problem(path, 0, 0, "unreadable", f"the file cannot be read: {err.strerror}", "look at its name and permissions")


def _read_stream(stream: BinaryIO, path: str, reader: EventReader, mapping: TableMapping | None) -> Iterator[Item]:
    """Choose the reader by the ending of the name, else by how the content begins."""
    ending = os.path.splitext(path)[1].lower()
    records = RecordReader(path, reader)
    if ending == _MAILBOX:
        yield from read_mbox(stream, path)
        return
    if ending == _MAIL:
        yield from read_mail(stream.read(MAIL_LIMIT + 1), path)
        return
    if ending in _LINES:
        yield from records.json_lines(stream)
        return
    first = stream.readline(DOCUMENT_LIMIT + 1)
    while first.isspace() and first.endswith(b"\n") and len(first) < _BLANKS:
        first += stream.readline(DOCUMENT_LIMIT + 1)
    if ending not in _KNOWN and first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        blank = len(first) - len(first.lstrip())
        yield from records.json_lines(stream, first.lstrip(), first[:blank].count(b"\n"))
        return
    if ending in _TABLE or (ending not in (*_HTML, *_YAML, ".json") and first.count(b"\t") > _COLUMNS):
        form = recognise(first.decode("utf-8", "replace").lstrip("\r\n"))
        if form is not None:
            yield from RowReader(path, form, reader).read(_numbered(first, stream))
            return
        if ending in _TABLE and mapping is None:
            yield Problem(path, 0, 0, "unknown-table", "the columns of this table are not known",
                          "say with --mapping FILE what they are; rows of GDELT 2.0, POLECAT and ACLED need none")
            return
    data = first + stream.read(DOCUMENT_LIMIT + 1 - len(first)) if len(first) <= DOCUMENT_LIMIT else first
    if len(data) > DOCUMENT_LIMIT:
        yield Problem(path, 0, 0, "too-large", f"the file is larger than {DOCUMENT_LIMIT:,} bytes and was not read",
                      "one file holds one article; write many as JSON Lines, one a line")
    elif mapping is not None and (ending in _TABLE or ending not in _KNOWN):
        yield from TableReader(path, mapping, reader).read(data)
    elif ending == _PDF or looks_like_pdf(data):
        document, problems = read_pdf(data, path)
        yield from problems
        if document is not None:
            yield document
    elif ending in _YAML:
        yield from records.yaml(data)
    elif ending == ".json":
        yield from records.json_whole(data)
    else:
        yield from _page(data, path, html=ending in _HTML)


def _numbered(first: bytes, stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """The lines of a table with their numbers; of one without end the beginning. ``first`` was read already, perhaps after empty lines."""
    number = first[:len(first) - len(first.lstrip(b"\r\n"))].count(b"\n")
    line = first.lstrip(b"\r\n")
    while line:
        number += 1
        yield number, line[:LINE_LIMIT].decode("utf-8", "replace")
        while line and not line.endswith(b"\n"):
            line = stream.readline(LINE_LIMIT)
        line = stream.readline(LINE_LIMIT)


def _page(data: bytes, path: str, *, html: bool) -> Iterator[Item]:
    decoded = decode(data, path)
    yield from decoded.problems
    if decoded.text is None:
        return
    if not html and not looks_like_html(decoded.text):
        yield Document(id=path, text=decoded.text)
        return
    document, problems = read_html(decoded.text, path)
    yield from problems
    if document is not None:
        yield document
