"""Addresses of sources: marks that stand for the night, and the one form in which an address is kept."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

__all__ = ["addresses", "canonical", "masked", "unknown_marks"]

DATE, QUARTER = "{date}", "{quarter}"
_MARK = re.compile(r"\{[^{}]*\}")
_QUARTERS = [f"{hour:02}{minute:02}00" for hour in range(24) for minute in (0, 15, 30, 45)]
_PORTS = {"http": 80, "https": 443}
_TRACKING = ("utm_", "fbclid", "gclid")  # parameters that say by which way a reader came
_TELLING = re.compile(r"key|token|secret|pass|sig|auth", re.I)


def addresses(url: str, night: dt.date) -> list[str]:
    """The addresses of one night: ``{date}`` is its day as YYYYMMDD, ``{quarter}`` each quarter of an hour as HHMMSS."""
    url = url.replace(DATE, f"{night:%Y%m%d}")
    return [url.replace(QUARTER, quarter) for quarter in _QUARTERS] if QUARTER in url else [url]


def unknown_marks(url: str) -> list[str]:
    """Marks in braces that mean nothing here."""
    return [mark for mark in _MARK.findall(url) if mark not in (DATE, QUARTER)]


def canonical(url: str) -> str:
    """An address without what does not tell another page: capitals of the host, the usual port, the fragment, tracking."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in _PORTS or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    place = host if port in (None, _PORTS[parts.scheme.lower()]) else f"{host}:{port}"
    query = parts.query
    if any(name in query for name in _TRACKING):
        query = urlencode([(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not k.lower().startswith(_TRACKING)])
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", query, ""))


def masked(url: str) -> str:
    """An address for messages: without user, password, and values of parameters that look like secrets."""
    shown = re.sub(r"//[^/?#]*@", "//", url, count=1)
    return re.sub(r"([?&])([^=&#]*)=([^&#]*)", lambda m: f"{m[1]}{m[2]}=***" if _TELLING.search(m[2]) else m[0], shown)
