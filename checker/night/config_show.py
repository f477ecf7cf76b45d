"""Settings as people look at them: each with its value and where that is from, without secrets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr

from checker.night.config_channels import CHANNEL_KEYS
from checker.night.config_model import Config
from checker.night.config_places import Path as Place
from checker.night.sources_address import masked

if TYPE_CHECKING:
    from checker.night.config import Reading

__all__ = ["Setting", "rows"]

_MASK = "***"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``value`` is plain data, as JSON has it; ``origin`` a place in the file, a variable, or ``default``."""

    key: str
    value: Any
    origin: str

    @property
    def shown(self) -> str:
        """The value on one line."""
        if isinstance(self.value, list):
            return ", ".join(map(str, self.value))
        return {True: "yes", False: "no"}[self.value] if isinstance(self.value, bool) else str(self.value)

    def to_wire(self) -> dict[str, Any]:
        return {"key": self.key, "value": self.value, "origin": self.origin}


def rows(config: Config, reading: Reading) -> Iterator[Setting]:
    """Every setting. Of sources and channels what is left out and has no default is left out here, too."""
    for section in ("state", "run"):
        yield from _rows(getattr(config, section), (section,), section, reading, everything=True)
    for number, source in enumerate(config.sources):
        yield from _rows(source, ("sources", number), f"sources.{source.name}", reading, everything=False)
    for number, channel in enumerate(config.channels):
        for row in _rows(channel, ("channels", number), f"channels.{channel.name}", reading, everything=False):
            if row.key.rpartition(".")[2] in CHANNEL_KEYS[channel.kind]:
                yield row


def _rows(entry: BaseModel, at: Place, name: str, reading: Reading, *, everything: bool) -> Iterator[Setting]:
    fields = type(entry).model_fields
    for field, value in entry:
        key = fields[field].alias or field
        plain = _plain(key, value)
        origin = reading.origin((*at, key))
        if everything or origin != "default" or plain not in ("", None, [], 0):
            yield Setting(f"{name}.{key}", plain, origin)


def _plain(key: str, value: Any) -> Any:
    if isinstance(value, SecretStr):
        return _MASK if value.get_secret_value() else ""
    if key == "ping":  # who knows it can give the sign
        return f"{value.partition('://')[0]}://{urlsplit(value).netloc}/{_MASK}" if value else ""
    if key in ("store", "url"):
        return masked(value)
    if isinstance(value, tuple):
        return [_plain("", item) for item in value]
    return str(value) if isinstance(value, Path) else value
