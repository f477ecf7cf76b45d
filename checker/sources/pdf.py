"""Text of PDF files, through pypdf (extra ``[pdf-text]``). Only what is stored as text is read: a scan has none."""

from __future__ import annotations

import io
import logging

from checker.model.document import Document
from checker.sources.decode import DOCUMENT_LIMIT
from checker.strictyaml.problem import Problem

__all__ = ["PAGE_LIMIT", "looks_like_pdf", "read_pdf"]

PAGE_LIMIT = 300
"""Most pages read of one file."""

_INSTALL = 'python -m pip install "sanctions-checker[pdf-text]"'
_AS_TEXT = "save its text as a .txt file"


def looks_like_pdf(data: bytes) -> bool:
    """True when the bytes begin as a PDF file does."""
    return data[:1024].lstrip().startswith(b"%PDF-")


def read_pdf(data: bytes, path: str) -> tuple[Document | None, list[Problem]]:
    """The text of a file, pages with an empty line between them, with the title of its metadata."""
    try:
        from pypdf import PdfReader
    except ImportError:
        return None, [Problem(path, 0, 0, "pdf-extra-missing", "reading PDF needs the optional part 'pdf-text', which is not installed",
                              f"install it with: {_INSTALL}")]
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what goes wrong is told by problems, not by a log on stderr
    problems: list[Problem] = []
    pages: list[str] = []
    size = 0
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return None, [Problem(path, 0, 0, "pdf-locked", "the file is locked with a password", "save a copy without one")]
        for number, page in enumerate(reader.pages):
            if number >= PAGE_LIMIT or size > DOCUMENT_LIMIT:
                problems.append(Problem(path, 0, 0, "pdf-cut", f"only the first {number} pages were read", "split the file",
                                        severity="warning"))
                break
            pages.append(_clean(page.extract_text() or ""))
            size += len(pages[-1])
        about = reader.metadata
        title = _clean(str(about.title or "")).strip()[:1000] if about else ""
    except (Exception, RecursionError) as err:  # a parser of hostile files may fail in any way; the file is listed and the run goes on
        return None, [Problem(path, 0, 0, "pdf-unreadable", f"the file cannot be taken apart ({type(err).__name__})", _AS_TEXT)]
    text = "\n\n".join(page for page in pages if page)
    if not text:
        return None, [*problems, Problem(path, 0, 0, "pdf-no-text", "the file holds no text; perhaps it is a scan", _AS_TEXT)]
    # The day a file was made is not the day its text was published: often it is the day somebody printed a page.
    return Document(id=path, text=text, title=title), problems


def _clean(text: str) -> str:
    """Lone halves of characters, which broken fonts give, become U+FFFD."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "").strip()
