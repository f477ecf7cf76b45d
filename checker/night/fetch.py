"""Fetching: one address to bytes, or to a problem that says why not. Nothing a server does can hold up the night or fill the memory.

Conditional requests (ETag, Last-Modified), bounds on time, size and redirects, a pause between requests to one host, ``Retry-After``
obeyed, few retries. Where a connection may go is the business of ``checker.night.fetch_net``.
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from checker import __version__
from checker.night.fetch_net import Forbidden, Guarded
from checker.night.sources_address import masked
from checker.strictyaml.problem import Problem

__all__ = ["Fetched", "Fetcher", "Request", "Unfetched", "retry_after"]

_ATTEMPTS = 3
_PAUSE = 1.0  # seconds between two requests to one host
_REDIRECTS = 5
_LONGEST_WAIT = 60.0  # seconds a server may ask for before it is left for the next run
_LONGEST_PAUSE = 30 * 86400.0  # seconds a server may ask for at all
_MARK_LIMIT = 1000  # characters of an ETag that are kept
_AGAIN = (429, 500, 502, 503, 504)
_MOVED = (301, 308)
_REDIRECT = (301, 302, 303, 307, 308)
_STATUS = {401: "asks for a password", 403: "refuses it", 404: "knows no such page", 410: "says that the page is gone",
           429: "is asked too often", 503: "is not ready"}


@dataclass(frozen=True, slots=True)
class Request:
    """What to fetch. ``timeout`` in seconds for one answer, ``limit`` in bytes after unpacking; ``etag`` and ``modified`` as the last
    answer gave them; ``allow_private``: the host named may have an address that is not public."""

    url: str
    timeout: float
    limit: int
    etag: str = ""
    modified: str = ""
    authorization: str = ""
    allow_private: bool = False
    accept: str = "*/*"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. ``same``: nothing changed since the marks that were sent, and there is no ``data``. ``moved``: where it is for good."""

    url: str
    data: bytes = b""
    same: bool = False
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Unfetched:
    """No answer. ``wait``: seconds after which the server wants to be asked again; ``gone``: it has no such page."""

    problem: Problem
    wait: float = 0
    gone: bool = False


@dataclass(slots=True, eq=False)
class _Failure(Exception):
    """Why an attempt failed; ``again``: another one may not."""

    code: str
    message: str
    mend: str = ""
    again: bool = False
    wait: float = 0
    gone: bool = False


class Fetcher:
    """Fetches for one run; it keeps when each host was asked last. ``sleep`` is another one in tests."""

    def __init__(self, pause: float = _PAUSE, sleep: Callable[[float], None] = time.sleep) -> None:
        self._pause = pause
        self._sleep = sleep
        self._asked: dict[str, float] = {}
        self._tls: ssl.SSLContext | None = None

    def get(self, request: Request) -> Fetched | Unfetched:
        """Fetch one address; a failure that may pass is tried again."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._attempt(request)
            except _Failure as err:
                failure = err
            if not failure.again or failure.wait > _LONGEST_WAIT or attempt == _ATTEMPTS:
                break
            self._sleep(max(failure.wait, self._pause * 2 ** (attempt - 1)))
        tried = f" ({attempt} attempts)" if attempt > 1 else ""
        return Unfetched(Problem(masked(request.url), 0, 0, failure.code, f"{failure.message}{tried}", failure.mend),
                         failure.wait, failure.gone)

    def _attempt(self, request: Request) -> Fetched:
        try:
            return self._follow(request)
        except Forbidden as err:
            raise _Failure("address-forbidden", str(err), "say allow_private = true where the source is in your own network") from None
        except httpcore.TimeoutException:
            raise _slow(request, again=True) from None
        except (httpcore.NetworkError, ssl.SSLError) as err:
            told = str(err).partition("(_ssl.c")[0].strip() or type(err).__name__
            broken = isinstance(err.__cause__ or err.__context__, ssl.SSLCertVerificationError) or "CERTIFICATE" in told.upper()
            raise _Failure("no-connection", f"there is no connection: {told}", "look at the address and the network",
                           again=not broken) from None
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, zlib.error) as err:
            raise _Failure("bad-answer", f"the answer breaks the rules of HTTP: {err}", "ask whoever runs the server", again=True) from None
        except (httpx.InvalidURL, ValueError) as err:
            raise _Failure("bad-address", f"the address cannot be read: {err}", "write https://HOST/PATH") from None

    def _follow(self, request: Request) -> Fetched:
        """Ask, and go where the answer leads, with the whole time for all of it."""
        here = start = httpx.URL(request.url)
        if not _is_page(here):
            raise ValueError("it is none of http or https")
        deadline = time.monotonic() + request.timeout
        headers = _headers(request)
        for_good = True
        for _ in range(_REDIRECTS + 1):
            deadline += self._be_polite(here.host)
            own = start.raw_host.decode("ascii") if request.allow_private else ""
            with Guarded(self._context(), deadline, own) as transport, closing(transport.handle_request(
                    httpx.Request("GET", here, headers=headers))) as answer:
                if answer.status_code not in _REDIRECT:
                    found = _read(answer, request)
                    return Fetched(masked(str(here)), *found, moved=masked(str(here)) if for_good and here != start else "")
                for_good = for_good and answer.status_code in _MOVED
                there = _target(here, answer)
            if (there.scheme, there.host, there.port) != (here.scheme, here.host, here.port):
                headers.pop("Authorization", None)
            here = there
        raise _Failure("redirect-loop", f"more than {_REDIRECTS} redirects", "look at the address in a browser")

    def _be_polite(self, host: str) -> float:
        """Wait until the host may be asked again; how long that was."""
        begun = time.monotonic()
        left = self._asked.get(host, begun - self._pause) + self._pause - begun
        if left > 0:
            self._sleep(left)
        self._asked[host] = time.monotonic()
        return self._asked[host] - begun

    def _context(self) -> ssl.SSLContext:
        self._tls = self._tls or httpx.create_ssl_context()
        return self._tls


def _read(answer: httpx.Response, request: Request) -> tuple[bytes, bool, str, str, str]:
    """The content, whether it is the same as before, its type, and its marks."""
    status, headers = answer.status_code, answer.headers
    etag, modified = (value if len(value) <= _MARK_LIMIT else "" for value in (headers.get("etag", ""), headers.get("last-modified", "")))
    if status == 304 and (request.etag or request.modified):
        return b"", True, "", etag or request.etag, modified or request.modified
    if status != 200:
        told = _STATUS.get(status, "gives no content")
        raise _Failure("no-answer" if status >= 500 or status == 429 else "refused", f"the server {told} (status {status})",
                       "look at the address in a browser", status in _AGAIN, retry_after(answer), status in (404, 410))
    data = bytearray()
    try:
        for piece in _unpacked(answer, request.limit):
            data += piece
            if len(data) > request.limit:
                raise _too_large(request.limit)
    except httpcore.TimeoutException:  # it has begun to answer and will not be faster the next time
        raise _slow(request, again=False) from None
    return bytes(data), False, headers.get("content-type", ""), etag, modified


def _slow(request: Request, *, again: bool) -> _Failure:
    return _Failure("too-slow", f"no whole answer came within {request.timeout:g} seconds",
                    "try again later, or give the source a longer `timeout`", again)


def _too_large(limit: int) -> _Failure:
    return _Failure("too-large", f"the answer is larger than {limit:,} bytes and was not read",
                    "give the source a higher `max_bytes` if it is what you want")


def _headers(request: Request) -> dict[str, str]:
    headers = {"User-Agent": f"sanctions-checker/{__version__}", "Accept": request.accept, "Accept-Encoding": "gzip",
               "If-None-Match": request.etag, "If-Modified-Since": request.modified, "Authorization": request.authorization}
    return {name: value for name, value in headers.items() if value}


def _is_page(url: httpx.URL) -> bool:
    return url.scheme in ("http", "https") and bool(url.host)


def _target(here: httpx.URL, answer: httpx.Response) -> httpx.URL:
    """Where a redirect leads."""
    location = answer.headers.get("location", "")
    try:
        there = here.join(location).copy_with(fragment=None, userinfo=b"")
    except (httpx.InvalidURL, ValueError):
        there = httpx.URL("")
    if not location or not _is_page(there):
        raise _Failure("redirect-refused", f"the server leads to '{masked(location[:200])}', which is no address of http or https",
                       "look at the address in a browser")
    return there


def _unpacked(answer: httpx.Response, limit: int) -> Iterator[bytes]:
    """The content as it comes, unpacked piece by piece: a small answer cannot become a large one in one step."""
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    length = answer.headers.get("content-length", "")
    if encoding in ("", "identity"):
        if length.isdecimal() and int(length) > limit:
            raise _too_large(limit)
        yield from answer.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip"):
        raise _Failure("bad-answer", f"the answer is packed as '{encoding[:40]}', which was not asked for", "ask whoever runs the server")
    unpack = zlib.decompressobj(wbits=31)
    for piece in answer.iter_raw():
        while piece and not unpack.eof:
            yield unpack.decompress(piece, 65_536)
            piece = unpack.unconsumed_tail
    yield unpack.flush()
    if not unpack.eof:
        raise _Failure("bad-answer", "the packed answer ends too soon", "try again later", again=True)


def retry_after(answer: httpx.Response) -> float:
    """Seconds that ``Retry-After`` asks for, at most 30 days: a number, or a moment, which is compared with the clock of the server."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isdecimal():
        return min(float(told[:9]), _LONGEST_PAUSE)
    with suppress(ValueError, TypeError, OverflowError):
        wait = parsedate_to_datetime(told) - parsedate_to_datetime(answer.headers.get("date", ""))
        return min(max(0.0, wait.total_seconds()), _LONGEST_PAUSE)
    return 0
