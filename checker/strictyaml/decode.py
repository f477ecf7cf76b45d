"""Bytes to text: only UTF-8 (with or without byte order mark) is read; everything else is named for what it looks like."""

from __future__ import annotations

import codecs

from checker.strictyaml.problem import Problem

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b\x08")
_SAVE = "save it as UTF-8 (in most editors: Save with encoding)"


def decode(data: bytes, path: str) -> tuple[str, Problem | None]:
    """The text of a file, or the problem that its bytes pose (then the text is empty)."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return "", Problem(path, 0, 0, "file-encoding", f"the file is encoded in {name}", _SAVE)
    if b"\0" in data:
        if _looks_utf16(data):
            return "", Problem(path, 0, 0, "file-encoding", "the file looks like UTF-16 without a byte order mark", _SAVE)
        return "", Problem(path, 0, 0, "file-binary", "the file is binary, not text", "give a text file in YAML")
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, path)


def _looks_utf16(data: bytes) -> bool:
    """Nearly every other byte is zero and the rest is not, as in Latin text in UTF-16."""
    head = data[:2000]
    few, many = sorted((head[0::2].count(0), head[1::2].count(0)))
    return len(head) >= 6 and few == 0 and many > 0.8 * (len(head) // 2)


def _not_utf8(data: bytes, at: int, path: str) -> tuple[str, Problem]:
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in data[:4000])
    if controls > len(data[:4000]) // 20:
        return "", Problem(path, 0, 0, "file-binary", "the file is binary, not text", "give a text file in YAML")
    line = data.count(b"\n", 0, at) + 1
    begin = data.rfind(b"\n", 0, at) + 1
    end = data.find(b"\n", at)
    before = data[begin:at].decode("utf-8", "replace")
    after = data[at + 1:end if end >= 0 else len(data)].decode("utf-8", "replace").rstrip("\r")
    message = f"the byte 0x{data[at]:02X} is not UTF-8"
    if at + 1 == len(data):
        message = "the file ends in the middle of a character"
    # Two such bytes in a row are rather a Chinese or Cyrillic encoding, which cannot be told from the byte alone.
    elif data[at + 1] < 0x80 and (guess := data[at:at + 1].decode("latin-1")).isalpha():
        message += f"; it looks like Latin-1 or Windows-1252, where this is {guess!r}"
    before = before.removeprefix("\ufeff")
    return "", Problem(path, line, len(before) + 1, "file-encoding", message, _SAVE, f"{before}\ufffd{after}")
