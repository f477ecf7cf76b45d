"""Ways out for the digest of a night."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import UsageError
from checker.night.files import OutputError, write_whole
from checker.night.outbox import DeliveryError, Letter
from checker.night.sources_address import masked

if TYPE_CHECKING:
    from checker.night.config import ChannelConfig

__all__ = ["drop", "route", "sender"]


def sender(config: ChannelConfig) -> Callable[[Letter], None]:
    """The sender of a channel of the settings."""
    if config.kind == "smtp":
        from checker.night.channels_smtp import by_mail

        return by_mail(config)
    if config.kind == "webhook":
        return _webhook(config)
    if config.path is None:
        raise UsageError(f"the channel {config.name} cannot be used; `sanctions config check` says why")
    return drop(config.path)


def route(config: ChannelConfig) -> str:
    """Where a channel leads, in words, without secrets."""
    if config.kind == "smtp":
        return f"mail to {', '.join(config.to)} by {config.host}:{config.mail_port}, {'unencrypted' if config.tls == 'none' else 'TLS'}"
    return f"webhook {masked(config.url)}" if config.kind == "webhook" else f"file in {config.path}"


def drop(folder: Path) -> Callable[[Letter], None]:
    """Write each digest to a file of its own, named by night and by what changed: the same news never makes a second file."""
    def send(letter: Letter) -> None:
        mark = letter.key.rpartition("/")[2][:8]
        try:
            write_whole(folder / f"{letter.night}-{mark}.txt", letter.text.encode("utf-8"))
        except OutputError as err:
            raise DeliveryError(str(err)) from err

    return send


def _webhook(config: ChannelConfig) -> Callable[[Letter], None]:
    """Without the optional part nights run all the same, and the message waits."""
    try:
        from checker.night.channels_webhook import by_webhook
    except ImportError:
        def send(_: Letter) -> None:
            raise DeliveryError('webhooks need the optional part \'feeds\': python -m pip install "sanctions-checker[feeds]"', shut=True)

        return send
    return by_webhook(config)
