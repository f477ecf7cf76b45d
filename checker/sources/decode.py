"""Bytes to text: encodings, binary files and bounds. Bad bytes become problems, never exceptions."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from checker.strictyaml.problem import Problem

__all__ = ["DOCUMENT_LIMIT", "Decoded", "by_name", "decode"]

DOCUMENT_LIMIT = 10_000_000
"""Most bytes of one document, and of one line of JSON Lines. No article is as long; a file of this size is another kind of thing."""

_SNIFF = 8192
_SAMPLE = 65_536
_ENOUGH = 8  # bytes above ASCII from which an encoding can be told from another
_NOT_TAKEN = ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined")
"""Python's names of encodings that no text is stored in, and that hostile bytes make slow."""

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
    """Decode a whole file. A byte order mark decides, then UTF-8, then what the page declares, then what the bytes look like, with a
    warning that says what was taken; last Windows-1252.

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
    text = by_name(data, declared) if declared else None
    if text is not None:
        return _text(text, path)
    for encoding in (_detected(data, err.start), "cp1252"):
        text = by_name(data, encoding)
        if text is not None:
            return _text(text, path, _guessed(path, err, f"it was read as {_shown(encoding)}", encoding))
    # Windows-1252 leaves five bytes undefined; replacing them loses those characters only.
    return _text(data.decode("cp1252", "replace"), path,
                 _guessed(path, err, "it was read as Windows-1252, some characters are lost", "cp1252"))


def by_name(data: bytes, encoding: str) -> str | None:
    """The text in a named encoding; ``None`` where it does not fit, or there is none of that name."""
    try:
        if codecs.lookup(encoding).name in _NOT_TAKEN:
            return None
        return data.decode(encoding)
    except (LookupError, ValueError):  # the name of an encoding may itself hold what no name can
        return None


def _detected(data: bytes, bad: int) -> str:
    """What a sample from the first byte that is not UTF-8 on looks like; Windows-1252 where it is too short to tell."""
    from charset_normalizer import from_bytes

    start = data.rfind(b"\n", 0, bad) + 1 if bad - data.rfind(b"\n", 0, bad) < _SNIFF else bad
    sample = data[start:start + _SAMPLE]
    if start + _SAMPLE < len(data):
        sample = sample[:sample.rfind(b"\n") + 1] or sample
    if sum(byte > 0x7F for byte in sample) < _ENOUGH:
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"


def _shown(encoding: str) -> str:
    """``cp1251`` as people write it."""
    return f"Windows-{encoding[2:]}" if encoding.startswith("cp125") else encoding.upper().replace("_", "-")


def _guessed(path: str, err: UnicodeDecodeError, how: str, encoding: str) -> Problem:
    return _problem(path, "encoding-guessed", f"the text is not UTF-8 (byte {err.start} is 0x{err.object[err.start]:02x}); {how}",
                    f"look at the text, and save it as UTF-8: iconv -f {_shown(encoding).upper()} -t UTF-8 OLD > NEW", warning=True)


def _text(text: str, path: str, *problems: Problem) -> Decoded:
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        return Decoded(None, (*problems, _problem(path, "empty-file", "the file holds no words", "give a file with text in it")))
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), problems)


def _problem(path: str, code: str, message: str, mend: str, *, warning: bool = False) -> Problem:
    return Problem(path, 0, 0, code, message, mend, severity="warning" if warning else "error")
