"""Posting a digest to an address, with the same care with which sources are asked: only public addresses, bounded time, no redirects."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import httpcore
import httpx

from checker import __version__
from checker.night.fetch import retry_after
from checker.night.fetch_net import Forbidden, Guarded
from checker.night.outbox import DeliveryError, Letter
from checker.night.sources_address import masked
from checker.night.webhook import body, headers

if TYPE_CHECKING:
    from checker.night.config_model import ChannelConfig

__all__ = ["by_webhook"]

_EXCERPT = 200  # characters of a refusal that are kept
_BUSY = (401, 403, 404, 410, 429)
"""Refusals that are about the channel, not about the one message, as are all of the server's own failures."""


def by_webhook(config: ChannelConfig, clock: Callable[[], float] = time.time) -> Callable[[Letter], None]:
    """The sender of a channel of the kind webhook. ``clock``: the time of day; receivers refuse what was signed long ago."""
    def send(letter: Letter) -> None:
        content = body(letter, config.link.replace("{night}", letter.night))
        told = {"User-Agent": f"sanctions-checker/{__version__}",
                **headers(letter, content, config.secret.get_secret_value(), int(clock()))}
        if config.authorization.get_secret_value():
            told["Authorization"] = config.authorization.get_secret_value()
        try:
            _post(config, content, told)
        except Forbidden as err:
            raise DeliveryError(f"{err}; say allow_private = true where the receiver is in your own network", shut=True) from None
        except httpcore.TimeoutException:
            raise DeliveryError(f"no answer came within {config.timeout:g} seconds", shut=True) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as err:
            why = str(err).partition("(_ssl.c")[0].strip() or type(err).__name__
            raise DeliveryError(f"the receiver did not say that it took it: {why}", shut=True) from None
        except (httpx.InvalidURL, httpcore.UnsupportedProtocol, ValueError) as err:
            raise DeliveryError(f"the address cannot be used: {err}", shut=True) from None

    return send


def _post(config: ChannelConfig, content: bytes, told: dict[str, str]) -> None:
    url = httpx.URL(config.url)
    own = url.raw_host.decode("ascii") if config.allow_private else ""
    trust = ssl.create_default_context(cafile=str(config.ca)) if config.ca is not None else httpx.create_ssl_context()
    request = httpx.Request("POST", url, headers=told, content=content)
    with Guarded(trust, time.monotonic() + config.timeout, own) as transport, closing(transport.handle_request(request)) as answer:
        status = answer.status_code
        if 200 <= status < 300:
            return
        if 300 <= status < 400:
            where = masked(answer.headers.get("location", "")[:_EXCERPT])
            raise DeliveryError(f"the receiver leads to '{where}' (status {status}), where nothing is sent; name the new address as `url`",
                                shut=True)
        raise DeliveryError(f"the receiver refuses it (status {status}){_said(config, answer)}", wait=retry_after(answer),
                            shut=status >= 500 or status in _BUSY)


def _said(config: ChannelConfig, answer: httpx.Response) -> str:
    """The begin of what a receiver says, on one line; it may quote what it was told."""
    data = bytearray()
    try:
        for piece in answer.iter_raw():
            data += piece
            if len(data) >= 4 * _EXCERPT:
                break
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        pass  # the status is known, and that is what counts
    text = data[:4 * _EXCERPT].decode("utf-8", "replace")
    for secret in (config.secret.get_secret_value(), config.authorization.get_secret_value()):
        text = text.replace(secret, "***") if secret else text
    line = " ".join(text.split())[:_EXCERPT]
    return f": {line}" if line else ""
