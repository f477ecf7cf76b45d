"""Receivers of digests on loopback, as good or as bad as a test wants: a mail server, a web server that takes posts, and a bare socket."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.night.server import serving

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - of a public example
USER, PASSWORD = "night@x.example", "hunter2 hunter2"


@dataclass
class Mailbox:
    """What a mail server got, and what it says: ``refused`` recipients, and an answer to the mail itself; ``dies``: it takes mails and ends
    before it says so."""

    mails: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    sender: str = "250 ok"
    answer: str = "250 taken"
    dies: bool = False
    port: int = 0

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.sender

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            mail = message_from_bytes(envelope.content, policy=default)
            assert isinstance(mail, EmailMessage)
            self.mails.append((list(envelope.rcpt_tos), mail))
            self.encrypted.append(session.ssl is not None)
        if self.dies:
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]
        return self.answer

    def log_in(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.users.append(data.login.decode())
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False,
                          message="535 5.7.8 no: " + data.password.decode())


@contextlib.contextmanager
def mail_server(box: Mailbox, tls: ssl.SSLContext | None = None, *, implicit: bool = False) -> Iterator[Mailbox]:
    """A mail server; with ``tls`` it wants encryption (STARTTLS, or at once) and a password."""
    more: dict[str, Any] = {"ssl_context": tls} if implicit else {"tls_context": tls, "require_starttls": True} if tls else {}
    if tls:
        more |= {"auth_required": not implicit, "auth_require_tls": not implicit, "authenticator": box.log_in}
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **more)
    box.port = controller.port
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def talker(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[int]:
    """A server that is only a socket; its port. ``talk`` has a connection, and what is set when all is over."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def serve() -> None:
        while not over.is_set():
            with contextlib.suppress(OSError):
                one, _ = listener.accept()
                with one:
                    one.settimeout(None)
                    talk(one, over)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        over.set()
        thread.join(5)
        listener.close()


class Hook(ThreadingHTTPServer):
    """A receiver of webhooks that checks who sends, and knows by its key what it got before. ``answer``: in place of the usual one."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Post)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.scheme = "https" if tls else "http"
        self.posts: list[dict[str, str]] = []
        self.digests: dict[str, dict[str, Any]] = {}
        self.answer: Callable[[_Post], None] | None = None
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}/hook"

    def take(self, headers: dict[str, str], body: bytes) -> None:
        """Take a post whose signature is right."""
        name, at = headers["webhook-id"], headers["webhook-timestamp"]
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        wanted = base64.b64encode(hmac.new(key, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{wanted}"
        self.posts.append(headers)
        self.digests.setdefault(name, json.loads(body))

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


class _Post(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Hook

    def do_POST(self) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.take({name.lower(): value for name, value in self.headers.items()}, body)
        with contextlib.suppress(OSError):
            (self.server.answer or _Post.taken)(self)

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Answer with headers as named, ``_`` for ``-``."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def taken(self) -> None:
        self.reply(204)

    def log_message(self, *args: object) -> None:
        pass


def hook(tls: ssl.SSLContext | None = None) -> contextlib.AbstractContextManager[Hook]:
    return serving(Hook(tls))
