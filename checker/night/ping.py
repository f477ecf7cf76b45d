"""A sign of life after each night, for a monitor that raises the alarm when none comes: GET of an address, with ``/fail`` behind it where
the night failed. Asked with the care with which sources are; what goes wrong is told, and changes nothing of the night."""

from __future__ import annotations

import time
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

from checker import __version__

__all__ = ["address", "ping"]

_SECONDS = 10.0


def address(url: str, *, failed: bool) -> str:
    """The address that is asked after a night."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail")) if failed else url


def ping(url: str, *, failed: bool, private: bool = False, seconds: float = _SECONDS) -> str:
    """Give the sign; what went wrong, ``""`` for nothing. ``private``: its server may be in one's own network."""
    try:
        import httpcore
        import httpx

        from checker.night.fetch_net import Forbidden, Guarded
    except ImportError:
        return 'it needs the optional part \'feeds\': python -m pip install "sanctions-checker[feeds]"'
    try:
        asked = httpx.URL(address(url, failed=failed))
        request = httpx.Request("GET", asked, headers={"User-Agent": f"sanctions-checker/{__version__}"})
        own = asked.raw_host.decode("ascii") if private else ""
        with (Guarded(httpx.create_ssl_context(), time.monotonic() + seconds, own) as transport,
              closing(transport.handle_request(request)) as answer):
            return "" if 200 <= answer.status_code < 300 else f"the answer is {answer.status_code}"
    except Forbidden as err:
        return f"{err}; say ping_private = true where it is in your own network"
    except httpcore.TimeoutException:
        return f"no answer came within {seconds:g} seconds"
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpx.InvalidURL, OSError, ValueError) as err:
        return str(err).partition("(_ssl.c")[0].strip() or type(err).__name__
