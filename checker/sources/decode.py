"""Bytes to text: encodings, binary files and bounds. Bad bytes become problems, never exceptions."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from checker.strictyaml.problem import Problem

__all__ = ["DOCUMENT_LIMIT", "Decoded", "decode"]

DOCUMENT_LIMIT = 10_000_000
"""Most bytes of one document, and of one line of JSON Lines. No article is as long; a file of this size is another kind of thing."""

_SNIFF = 8192

# UTF-32 before UTF-16: the UTF-32 mark of little-endian text begins with the UTF-16 one.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})"""
                       rb"""|<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""", re.I)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, or ``None`` where the bytes are none; ``problems`` say why, or what was guessed."""

    text: str | None
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, path: str) -> Decoded:
    """Decode a whole file. A byte order mark decides, then UTF-8, then what the page declares, then Windows-1252 with a warning.

    Line ends become ``\\n``, as Python's text mode reads them: the result is the canonical text that offsets refer to.
    """
    if not data.strip():
        return Decoded(None, (_problem(path, "empty-file", "the file is empty", "give a file with text in it"),))
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _by_mark(data[len(mark):], encoding, path)
    if b"\0" in data[:_SNIFF]:
        return Decoded(None, (_problem(path, "binary-file", "this is not text: it holds NUL bytes",
                                       "give text, HTML, JSON Lines or YAML; save UTF-16 text as UTF-8, and PDF or Word files as text"),))
    try:
        return _text(data.decode("utf-8"), path)
    except UnicodeDecodeError as err:
        return _not_utf8(data, err, path)


def _by_mark(data: bytes, encoding: str, path: str) -> Decoded:
    try:
        return _text(data.decode(encoding), path)
    except UnicodeDecodeError as err:
        text = data.decode(encoding, "replace")
        what = f"the byte order mark says {encoding.upper()}, but byte {err.start} does not fit it"
        return _text(text, path, _problem(path, "encoding-damaged", what,
                                          "damaged characters were replaced by U+FFFD; save the file again as UTF-8", warning=True))


def _not_utf8(data: bytes, err: UnicodeDecodeError, path: str) -> Decoded:
    found = _DECLARED.search(data[:_SNIFF])
    declared = (found.group(1) or found.group(2)).decode("ascii") if found else ""
    for encoding in filter(None, (declared, "cp1252")):
        try:
            text = data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
        if declared and encoding == declared:
            return _text(text, path)
        return _text(text, path, _guessed(path, err, "it was read as Windows-1252"))
    # Windows-1252 leaves five bytes undefined; replacing them loses those characters only.
    return _text(data.decode("cp1252", "replace"), path, _guessed(path, err, "it was read as Windows-1252, some characters are lost"))


def _guessed(path: str, err: UnicodeDecodeError, how: str) -> Problem:
    return _problem(path, "encoding-guessed", f"the text is not UTF-8 (byte {err.start} is 0x{err.object[err.start]:02x}); {how}",
                    "save it as UTF-8, for example with: iconv -f WINDOWS-1251 -t UTF-8 OLD > NEW", warning=True)


def _text(text: str, path: str, *problems: Problem) -> Decoded:
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        return Decoded(None, (*problems, _problem(path, "empty-file", "the file holds no words", "give a file with text in it")))
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), problems)


def _problem(path: str, code: str, message: str, mend: str, *, warning: bool = False) -> Problem:
    return Problem(path, 0, 0, code, message, mend, severity="warning" if warning else "error")
