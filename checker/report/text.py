"""Text from outside made inert for each kind of file: visible controls, safe links, Markdown, spreadsheet cells, script direction.

Articles are hostile: they may carry scripts, formulas, Markdown and characters that turn the reading direction round. HTML is
escaped by the template engine; everything else goes through the functions here.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

__all__ = ["cell", "direction", "flat", "lang_tag", "markdown", "safe_link", "safe_url", "visible"]

# Embeddings, overrides and isolates can make a line read other than it is stored, so they are shown by their code point.
# The plain marks U+200E, U+200F and U+061C only steer neutral characters; honest Arabic and Hebrew text uses them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#~&@$!])")
_MARKDOWN_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_AUTOLINK = re.compile(r"(?i)(:)(?=//)|(?<=\bwww)(\.)|(?<=\bmailto)(:)|(?<=\bxmpp)(:)")
_PATH = re.compile(r"(?!/)[\w./-]+", re.ASCII)
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"  # the last four are the full-width forms


def visible(text: str) -> str:
    """The text with every invisible control shown as ``[U+202E]``, line breaks unified and broken surrogates replaced."""
    text = _BREAKS.sub("\n", text)
    text = _CONTROLS.sub(lambda m: f"[U+{ord(m[0]):04X}]", text)
    return _SURROGATES.sub("\ufffd", text)


def flat(text: str) -> str:
    """The visible text on one line, runs of white space as one blank."""
    return " ".join(visible(text).split())


def markdown(text: str) -> str:
    """One line of text that Markdown shows as it is: no emphasis, link, image, HTML, table cell, list or heading comes of it."""
    line = _MARKDOWN.sub(r"\\\1", flat(text))
    line = _MARKDOWN_START.sub(lambda m: f"{m[1]}\\{m[2]}" if not m[2].isdigit() else m[0], line)
    line = re.sub(r"^(\d+)([.)])", r"\1\\\2", line)
    return _AUTOLINK.sub(lambda m: "\\" + m[0], line)


def cell(text: str) -> str:
    """One spreadsheet cell: whatever a spreadsheet could take for a formula gets a leading apostrophe."""
    shown = flat(text)
    # Blanks before a formula do not stop every spreadsheet, so the first character that is none counts as well.
    starts = {text[:1], text.lstrip(" \u00a0\u3000\ufeff")[:1], shown[:1]} - {""}
    return f"'{shown}" if any(c in _FORMULA for c in starts) else shown


def safe_url(url: str) -> str:
    """The address if it is a plain ``http`` or ``https`` link, else empty. User names in addresses are refused: they hide the host."""
    if not url or visible(url) != url or any(c.isspace() or c in "<>\"'`\\" for c in url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and host and "@" not in parts.netloc else ""


def safe_link(address: str) -> str:
    """A plain ``http`` or ``https`` address, or a path relative to the report (letters, digits and ``._/-``), else empty."""
    return address if _PATH.fullmatch(address) else safe_url(address)


def lang_tag(code: str) -> str:
    """A well-formed language tag; ``und`` where the language is not known."""
    return code if _LANG.fullmatch(code) else "und"


def direction(text: str) -> str:
    """``rtl`` where most strong letters are written from right to left, else ``ltr``."""
    kinds = [unicodedata.bidirectional(c) for c in text]
    right = sum(k in ("R", "AL") for k in kinds)
    return "rtl" if right > kinds.count("L") else "ltr"
