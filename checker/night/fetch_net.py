"""Connections that go only where they may: names are resolved once, every address is checked, and the checked one is connected to.

A server that answers a second look-up otherwise (DNS rebinding) gains nothing, because there is none. Every read has the time of the whole
answer as its bound, so that a server which sends a byte now and then ends with it.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from checker.night.public import is_public

__all__ = ["Forbidden", "Guarded", "is_public"]

class Forbidden(Exception):
    """The address of a host is none that may be asked; the text says which."""


class Guarded(httpx.BaseTransport):
    """A transport for one answer. ``private``: the one host that may have any address; ``deadline``: on the monotonic clock."""

    def __init__(self, tls: ssl.SSLContext, deadline: float, private: str = "") -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=_Backend(deadline, private))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path)
        answer = self._pool.handle_request(httpcore.Request(
            method=request.method, url=url, headers=request.headers.raw, content=request.read(), extensions=request.extensions))
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore.NetworkBackend):
    def __init__(self, deadline: float, private: str) -> None:
        self._plain = httpcore.SyncBackend()
        self._deadline = deadline
        self._private = private

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,  # noqa: ARG002
                    socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        refused: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port):
            try:
                stream = self._plain.connect_tcp(address, port, _left(self._deadline), socket_options=socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as err:
                refused = err
            else:
                return _Timed(stream, self._deadline)
        raise refused

    def _addresses(self, host: str, port: int) -> list[str]:
        """Every address of a host; all of them have to be allowed."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as err:
            raise httpcore.ConnectError(f"no address is known for {host}") from err
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            if host != self._private and not is_public(address):
                raise Forbidden(f"{host} has the address {address}, which is not on the public internet")
        return addresses


class _Timed(httpcore.NetworkStream):
    """A stream whose every wait ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None,
                  timeout: float | None = None) -> httpcore.NetworkStream:  # noqa: ARG002
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return left
