"""A web server on loopback that answers as badly as a test wants."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.asked.append((self.path, dict(self.headers)))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.server.pages.get(self.path, missing)(self)

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Answer with headers as named, ``_`` for ``-``."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def serve(self, path: str, body: bytes | str, **headers: str) -> str:
        """Put up a page; its address."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = lambda handler: handler.reply(200, data, **headers)
        return self.url(path)

    def put(self, path: str, answer: Answer) -> str:
        self.pages[path] = answer
        return self.url(path)


def missing(handler: Handler) -> None:
    handler.reply(404, b"nothing here")


@contextlib.contextmanager
def serving(server: Any) -> Iterator[Any]:
    """Let a server answer in a thread of its own until the test is over; its event ``over`` wakes answers that wait."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def running() -> contextlib.AbstractContextManager[Server]:
    return serving(Server())
