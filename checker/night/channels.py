"""Ways out for the digest of a night."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import UsageError
from checker.night.files import OutputError, write_whole
from checker.night.outbox import DeliveryError, Letter

if TYPE_CHECKING:
    from checker.night.config import ChannelConfig

__all__ = ["drop", "sender"]


def sender(config: ChannelConfig) -> Callable[[Letter], None]:
    """The sender of a channel of the settings."""
    if config.kind == "file" and config.path is not None:
        return drop(config.path)
    raise UsageError(f"the channel {config.name} cannot be used; `sanctions config check` says why")


def drop(folder: Path) -> Callable[[Letter], None]:
    """Write each digest to a file of its own, named by night and by what changed: the same news never makes a second file."""
    def send(letter: Letter) -> None:
        mark = letter.key.rpartition("/")[2][:8]
        try:
            write_whole(folder / f"{letter.night}-{mark}.txt", letter.text.encode("utf-8"))
        except OutputError as err:
            raise DeliveryError(str(err)) from err

    return send
