"""E-mail (``.eml``, ``.mbox``) to documents: the body, and each attachment that can be read as a document of its own.

The body is the plain text, else the HTML page. Subject, sender and date become title, outlet and publication date. Size, depth and number
of parts are bounded; whatever is wrong with a part is a problem, and the other parts are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from checker.model.document import Document
from checker.sources.decode import DOCUMENT_LIMIT, by_name, decode
from checker.sources.html import looks_like_html, read_html
from checker.sources.pdf import read_pdf
from checker.sources.published import read_published
from checker.strictyaml.problem import Problem

__all__ = ["MAIL_LIMIT", "read_mail", "read_mbox"]

MAIL_LIMIT = 4 * DOCUMENT_LIMIT
"""Most bytes of one mail with all that is attached; attachments are written a third longer than they are."""

_DEPTH = 8
_PARTS = 100
_FROM = re.compile(rb"From \S+.*\d{4}\s*$")
_HEADER_LIMIT = 1000
_TEXT, _PAGE, _PDF, _MAIL = "text/plain", "text/html", "application/pdf", "message/rfc822"

Item = Document | Problem


@dataclass(slots=True)
class _Parts:
    """What was found in one mail."""

    plain: EmailMessage | None = None
    page: EmailMessage | None = None
    attached: list[EmailMessage] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    seen: int = 0
    cut: bool = False


def read_mail(data: bytes, path: str) -> Iterator[Item]:
    """The documents of one mail. ``path`` is the id of its body; attachments are called ``path/1`` and so on."""
    if len(data) > MAIL_LIMIT:
        yield _problem(path, "too-large", f"the mail is larger than {MAIL_LIMIT:,} bytes and was not read", "save its parts as files")
        return
    try:
        mail = message_from_bytes(data, policy=policy.default)
        yield from _read(mail, path, 0)
    except (Exception, RecursionError) as err:  # the parser of hostile mail may fail in any way; the mail is listed and the run goes on
        yield _problem(path, "mail-unreadable", f"the mail cannot be taken apart ({type(err).__name__})", "save its text as a .txt file")


def read_mbox(stream: BinaryIO, path: str) -> Iterator[Item]:
    """Every mail of a mailbox, called ``path#1`` and so on. A mail that is too long is refused and the next one read."""
    lines: list[bytes] = []
    size = number = 0
    blank = True
    line = stream.readline(DOCUMENT_LIMIT)
    while line:
        if blank and _FROM.match(line):
            if lines:
                yield from _one(lines, size, f"{path}#{number}")
            number, lines, size = number + 1, [], 0
        elif not number:
            yield _problem(path, "no-mailbox", "this is no mailbox: its first line does not begin with 'From '", "name one mail .eml")
            return
        else:
            size += len(line)
            if size <= MAIL_LIMIT:
                lines.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
        blank = not line.strip()
        line = stream.readline(DOCUMENT_LIMIT)
    if lines:
        yield from _one(lines, size, f"{path}#{number}")
    if not number:
        yield _problem(path, "empty-file", "the file is empty", "give a file with mail in it")


def _one(lines: list[bytes], size: int, name: str) -> Iterator[Item]:
    if size > MAIL_LIMIT:
        yield _problem(name, "too-large", f"the mail is larger than {MAIL_LIMIT:,} bytes and was not read", "save its parts as files")
        return
    yield from read_mail(b"".join(lines), name)


def _read(mail: EmailMessage, path: str, depth: int) -> Iterator[Item]:
    parts = _collect(mail)
    document: Document | None = None
    body = parts.plain or parts.page
    if body is not None:
        document, problems = _part(body, path)
        yield from problems
        if document is None and parts.plain is not None and parts.page is not None:
            document, problems = _part(parts.page, path)
            yield from problems
    if document is not None:
        about, problems = _envelope(mail, path)
        yield from problems
        text = document.text
        if about.title and not text.lstrip().startswith(about.title):
            text = f"{about.title}\n\n{text}"
        yield replace(about, text=text, sha256="", lang=document.lang, url=document.url)
    elif body is None and not parts.attached:
        yield _problem(path, "empty-file", "the mail holds no words", "save what it is about as text")
    for number, part in enumerate(parts.attached, 1):
        yield from _attachment(part, f"{path}/{number}", depth)
    if parts.other:
        told = ", ".join(parts.other[:5]) + (f" and {len(parts.other) - 5} more" if len(parts.other) > 5 else "")
        yield _problem(path, "not-read", f"attachments that were not read, because of another kind: {told}",
                       "read are text, HTML, PDF and mail", warning=True)
    if parts.cut:
        yield _problem(path, "mail-cut", f"more than {_PARTS} parts, or nested deeper than {_DEPTH}; what follows was not read",
                       "save what is attached as files", warning=True)


def _collect(mail: EmailMessage) -> _Parts:
    """The parts of a mail, in order. What is inside an attached mail belongs to that one."""
    found = _Parts()
    waiting: list[tuple[EmailMessage, int]] = [(mail, 0)]
    while waiting:
        part, depth = waiting.pop()
        found.seen += 1
        if depth > _DEPTH or found.seen > _PARTS:
            found.cut = True
            continue
        kind = part.get_content_type()
        if part.get_content_maintype() == "multipart":
            # A damaged mail may say that it has parts and have none: then it is one text.
            inside = part.get_payload()
            below = [p for p in inside if isinstance(p, EmailMessage)] if isinstance(inside, list) else []
            waiting += [(p, depth + 1) for p in reversed(below)]
        elif kind == _MAIL or part.get_content_disposition() == "attachment" or (
                (found.plain or found.page) is not None and part.get_filename()):
            if kind in (_TEXT, _PAGE, _PDF, _MAIL):
                found.attached.append(part)
            else:
                found.other.append(_name(part))
        elif kind == _TEXT and found.plain is None:
            found.plain = part
        elif kind == _PAGE and found.page is None:
            found.page = part
        elif kind in (_TEXT, _PAGE, _PDF):
            found.attached.append(part)
        elif part.get_content_maintype() not in ("image", "audio", "video"):
            found.other.append(_name(part))
    return found


def _name(part: EmailMessage) -> str:
    """What a person calls an attachment."""
    return _clean(str(part.get_filename() or part.get_content_type()))[:80]


def _attachment(part: EmailMessage, name: str, depth: int) -> Iterator[Item]:
    if part.get_content_type() == _MAIL:
        inside = part.get_payload()
        if depth + 1 > _DEPTH:
            yield _problem(name, "mail-cut", f"mails attached to mails deeper than {_DEPTH}; this one was not read",
                           "save it as a file", warning=True)
        elif isinstance(inside, list) and inside and isinstance(inside[0], EmailMessage):
            yield from _read(inside[0], name, depth + 1)
        return
    document, problems = _part(part, name)
    yield from problems
    if document is not None:
        yield document


def _part(part: EmailMessage, name: str) -> tuple[Document | None, list[Problem]]:
    """One part as a document, by its kind."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        data = b""
    if len(data) > DOCUMENT_LIMIT:
        return None, [_problem(name, "too-large", f"this part is larger than {DOCUMENT_LIMIT:,} bytes and was not read",
                               "save it as a file")]
    if part.get_content_type() == _PDF:
        return read_pdf(data, name)
    charset = part.get_content_charset() or ""
    text = by_name(data, charset) if charset else None
    problems: list[Problem] = []
    if text is None or not text.strip():
        decoded = decode(data, name)
        text, problems = decoded.text, list(decoded.problems)
        if text is not None and charset and data.strip():
            problems.append(_problem(name, "encoding-damaged", f"the mail says that this part is {charset[:40]}, which does not fit",
                                     "it was read as the text looks", warning=True))
    if text is None:
        return None, problems
    if part.get_content_type() == _PAGE or looks_like_html(text):
        document, found = read_html(text, name)
        return document, problems + found
    return Document(id=name, text=text.replace("\r\n", "\n").replace("\r", "\n")), problems


def _envelope(mail: EmailMessage, path: str) -> tuple[Document, list[Problem]]:
    """A document without text that has title, outlet and date of the mail."""
    sender, address = parseaddr(_header(mail, "From"))
    sent = _header(mail, "Date")
    day = sent
    with suppress(ValueError, TypeError, IndexError, OverflowError):  # what is no date is refused below, with a warning
        day = parsedate_to_datetime(sent).date().isoformat() if sent else ""
    published, problems = read_published(day, path, 0)
    return Document(id=path, text="", published=published, title=_header(mail, "Subject"),
                    outlet=sender or address.rpartition("@")[2]), problems


def _header(mail: EmailMessage, name: str) -> str:
    """One header as a line of text. The parser of headers may fail on hostile ones in many ways: then it is empty."""
    try:
        value = str(mail[name] or "")
    except Exception:
        return ""
    return " ".join(_clean(value).split())[:_HEADER_LIMIT]


def _clean(text: str) -> str:
    """Bytes that are no text in their encoding become U+FFFD."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if not text.isascii() else text


def _problem(path: str, code: str, message: str, mend: str, *, warning: bool = False) -> Problem:
    return Problem(path, 0, 0, code, message, mend, severity="warning" if warning else "error")
