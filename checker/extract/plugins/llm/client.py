"""One question to the endpoint: bounded in time, size and tries, and never sent on to another address."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from typing import Any

from checker.extract.plugins.llm.settings import LlmSettings

__all__ = ["Client", "NoAnswer"]

_MOST_BYTES = 2_000_000
_AGAIN = (408, 429, 500, 502, 503, 504)


class NoAnswer(Exception):
    """Why there is no usable answer, in words that hold neither key nor article. ``lasting``: asking again would not help."""

    def __init__(self, says: str, *, lasting: bool = False) -> None:
        super().__init__(says)
        self.lasting = lasting


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_keys: Any) -> None:
        return None  # the answer 3xx then is an error, and neither text nor key go anywhere else


class Client:
    """Asks the endpoint of the settings. ``asked`` counts what really went over the wire."""

    def __init__(self, settings: LlmSettings) -> None:
        self.settings = settings
        self.asked = 0
        handlers: list[Any] = [_NoRedirect]
        if settings.local:
            handlers.append(urllib.request.ProxyHandler({}))  # what is meant for this computer does not leave it for a proxy
        self._opener = urllib.request.build_opener(*handlers)

    def ask(self, body: dict[str, Any]) -> str:
        """The words of the model's answer.

        Raises:
            NoAnswer: there is none; no more than one request was made.
        """
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.settings.key:
            headers["Authorization"] = f"Bearer {self.settings.key}"
        data = json.dumps(body, ensure_ascii=True).encode("ascii")
        request = urllib.request.Request(self.settings.url, data, headers, method="POST")  # noqa: S310  # http or https, see settings
        self.asked += 1
        try:
            return _content(self._send(request))
        except urllib.error.HTTPError as err:
            err.close()
            said = "it sends the question elsewhere, which is not followed" if 300 <= err.code < 400 else f"it answers {err.code}"
            raise NoAnswer(said, lasting=err.code not in _AGAIN) from None
        except TimeoutError:
            raise NoAnswer("it takes too long to answer") from None
        except urllib.error.URLError as err:
            late = isinstance(err.reason, TimeoutError)
            raise NoAnswer("it takes too long to answer" if late else f"it cannot be reached: {type(err.reason).__name__}") from None
        except (OSError, http.client.HTTPException) as err:
            raise NoAnswer(f"the connection broke: {type(err).__name__}") from None

    def _send(self, request: urllib.request.Request) -> bytes:
        """The answer, read piece by piece, so that one that trickles is given up in time too."""
        ends = time.monotonic() + self.settings.seconds
        with self._opener.open(request, timeout=self.settings.seconds) as answer:
            pieces: list[bytes] = []
            size = 0
            while piece := answer.read1(65536):
                pieces.append(piece)
                size += len(piece)
                if size > _MOST_BYTES:
                    raise NoAnswer(f"its answer is longer than {_MOST_BYTES:,} bytes", lasting=True)
                if time.monotonic() > ends:
                    raise TimeoutError
        return b"".join(pieces)


def _content(data: bytes) -> str:
    try:
        choice = json.loads(data)["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise NoAnswer("its answer has not the form of the protocol") from None
    if choice.get("finish_reason") == "length":
        raise NoAnswer("its answer was cut short", lasting=True)
    if not isinstance(content, str):
        raise NoAnswer("its answer has no text")
    return content
