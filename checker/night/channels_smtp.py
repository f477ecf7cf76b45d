"""Handing a mail to a server. Nothing the server does takes longer than the time it was given, or fills the memory."""

from __future__ import annotations

import io
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from checker.errors import UsageError
from checker.night.mail import mailbox, message
from checker.night.outbox import DeliveryError, Letter
from checker.night.public import is_public

if TYPE_CHECKING:
    from checker.night.config_model import ChannelConfig

__all__ = ["by_mail"]

_PIECE = 16_384
_ANSWERS = 1_000_000  # bytes that a server may say in one session
_FAREWELL = 5.0  # seconds for the last words, when the mail is already taken


def by_mail(config: ChannelConfig) -> Callable[[Letter], None]:
    """The sender of a channel of the kind smtp. Recipients that took a letter do not get it again when it is sent to the others."""
    told = {box.addr_spec: box for box in map(mailbox, config.to) if box is not None}
    sender = mailbox(config.from_)
    if sender is None or not told:
        raise UsageError(f"the channel {config.name} cannot be used; `sanctions config check` says why")

    def send(letter: Letter) -> None:
        left = [to for to in told if to not in letter.served]
        if not left:
            return
        content = message(letter, sender, list(told.values())).as_bytes()
        refused = _hand_over(config, sender.addr_spec, left, content)
        if refused:
            which = "; ".join(f"{to} ({_said(config, *answer)})" for to, answer in refused.items())
            taken = [to for to in left if to not in refused]
            raise DeliveryError(f"the server refuses {which}" + (f"; {', '.join(taken)} took it" if taken else ""),
                                served=(*letter.served, *taken))

    return send


def _hand_over(config: ChannelConfig, sender: str, to: list[str], content: bytes) -> dict[str, tuple[int, bytes]]:
    """Those who were refused, with what the server said.

    Raises:
        DeliveryError: nobody got it.
    """
    where = f"{config.host}:{config.mail_port}"
    session: _Session | None = None
    try:
        session = _Session(config, _trust(config))
        session.open()
        return session.sendmail(sender, to, content)
    except smtplib.SMTPRecipientsRefused as err:
        return err.recipients
    except smtplib.SMTPAuthenticationError as err:
        raise DeliveryError(f"{where} refuses user and password ({_said(config, err.smtp_code, err.smtp_error)})", shut=True) from err
    except smtplib.SMTPSenderRefused as err:
        raise DeliveryError(f"{where} refuses mail from {err.sender} ({_said(config, err.smtp_code, err.smtp_error)})",
                            shut=True) from err
    except smtplib.SMTPDataError as err:
        raise DeliveryError(f"{where} refuses the mail ({_said(config, err.smtp_code, err.smtp_error)})") from err
    except smtplib.SMTPResponseException as err:
        raise DeliveryError(f"{where} does not serve ({_said(config, err.smtp_code, err.smtp_error)})", shut=True) from err
    except ssl.SSLCertVerificationError as err:
        raise DeliveryError(f"the certificate of {where} is not trusted: {err.verify_message}; name the file of its authority as `ca`",
                            shut=True) from err
    except (OSError, ValueError) as err:  # also all other errors of smtplib
        late = isinstance(err, TimeoutError) or (session is not None and session.late)
        why = f"no whole answer came within {config.timeout:g} seconds" if late else str(err).partition(" (_ssl.c")[0]
        raise DeliveryError(f"{where} did not say that it took it: {why or type(err).__name__}", shut=True) from err
    finally:
        if session is not None:
            session.farewell()


def _trust(config: ChannelConfig) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(config.ca) if config.ca is not None else None)


def _said(config: ChannelConfig, code: int, said: bytes | str) -> str:
    """What a server answered, on one line; it may quote what it was told."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    password = config.password.get_secret_value()
    return f"{code} {' '.join((text.replace(password, '***') if password else text).split())[:200]}"


class _Session(smtplib.SMTP):
    """A session that is over when its time is, whatever the server sends how slowly."""

    def __init__(self, config: ChannelConfig, trust: ssl.SSLContext) -> None:
        self._config = config
        self._trust = trust
        self._deadline = time.monotonic() + config.timeout
        super().__init__(timeout=config.timeout)
        self._host = config.host  # whom the certificate has to name

    @property
    def late(self) -> bool:
        return time.monotonic() >= self._deadline

    def open(self) -> None:
        """Connect, encrypt and say who we are."""
        config = self._config
        code, said = self.connect(config.host, config.mail_port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)
        if config.tls == "starttls":
            self.starttls(context=self._trust)
        if config.user:
            self.login(config.user, config.password.get_secret_value())

    def farewell(self) -> None:
        """End the session; what it was for is done or failed already."""
        self._deadline = min(self._deadline, time.monotonic() + _FAREWELL)
        with suppress(OSError):  # also all errors of smtplib
            if self.sock is not None:
                self.quit()
        self.close()

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Answers(self.sock, self._left))
        return super().getreply()

    def send(self, s: Any) -> None:
        data = s.encode(self.command_encoding) if isinstance(s, str) else s
        for start in range(0, len(data), _PIECE):
            if self.sock is not None:
                self.sock.settimeout(self._left())
            super().send(data[start:start + _PIECE])

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is over")
        return left

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 - called by smtplib
        refused: OSError = OSError(f"{host} has no address")
        for family, kind, proto, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            if self._config.tls == "none" and is_public(str(address[0])):
                raise OSError(f"{host} has the address {address[0]}, which is on the public internet: nothing goes there unencrypted")
            plain = socket.socket(family, kind, proto)
            try:
                plain.settimeout(self._left())
                plain.connect(address)
                return self._trust.wrap_socket(plain, server_hostname=host) if self._config.tls == "implicit" else plain
            except ssl.SSLError:
                plain.close()
                raise
            except OSError as err:
                plain.close()
                refused = err
        raise refused


class _Answers(io.RawIOBase):
    """What a server says, each piece with the time that is left."""

    def __init__(self, source: socket.socket, left: Callable[[], float]) -> None:
        self._source = source
        self._time_left = left
        self._bytes_left = _ANSWERS

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._source.settimeout(self._time_left())
        count = self._source.recv_into(buffer)
        self._bytes_left -= count
        if self._bytes_left < 0:
            raise OSError("the server does not stop talking")
        return count
