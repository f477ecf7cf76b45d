"""The settings of a night as they are used: what ``sanctions.toml`` and the environment may say, with types and bounds."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

__all__ = ["PREFIX", "ChannelConfig", "Config", "Kind", "RunConfig", "SourceConfig", "StateConfig"]

PREFIX, NESTED = "SANCTIONS_", "__"
"""``SANCTIONS_STATE__OUT`` is ``out`` of ``[state]``."""

Kind = Literal["folder", "jsonl", "csv", "mail", "feed", "gdelt"]
_NAME = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
_LIMITS = {"feed": 10_000_000}
_LIMIT = 200_000_000
_MAIL_PORTS = {"starttls": 587, "implicit": 465, "none": 25}


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StateConfig(_Section):
    """What nights leave behind: the store (an address, or the path of an SQLite file), reports, lock, what is kept between fetches, and
    where one is named, a file of measures for Prometheus."""

    store: str = "var/sanctions.db"
    out: Path = Path("reports/out")
    lock: Path = Path("var/night.lock")
    cache: Path = Path("var/cache")
    metrics: Path | None = None


class RunConfig(_Section):
    """How a night is run. ``rules``, ``languages``: folders of one's own, used beside ours. ``lists``: a list of the Council, ``none``, or
    left empty the newest that is stored; ``own_lists``: lists of one's own, asked beside it. ``lateness_days``: a source whose newest item
    is older is late. ``keep_nights``: raw texts that no open case needs are dropped after so many nights; 0 keeps all. ``catalogue``:
    whether the pages of the rules are written beside the reports. ``ping``: an address that is asked after each night, of a server that
    may be in one's own network where ``ping_private`` says so."""

    rules: tuple[Path, ...] = ()
    languages: tuple[Path, ...] = ()
    lists: str = ""
    own_lists: tuple[Path, ...] = ()
    min_tier: Literal["strong", "fair", "weak", "external"] = "external"
    processes: int = Field(default=1, ge=1, le=256)
    lateness_days: int = Field(default=3, ge=0, le=3650)
    keep_nights: int = Field(default=0, ge=0, le=36500)
    catalogue: bool = True
    ping: str = Field(default="", max_length=2000)
    ping_private: bool = False


class SourceConfig(_Section):
    """One source. ``path`` or ``url``; ``outlet``, ``lang`` and ``agency`` where a document does not tell its own; ``expected``: how many
    items a night usually brings. ``timeout`` in seconds and ``max_bytes`` hold for each answer of a server."""

    name: str = Field(pattern=_NAME)
    kind: Kind
    path: Path | None = None
    url: str = Field(default="", max_length=2000)
    mapping: Path | None = None
    outlet: str = ""
    lang: str = Field(default="", pattern=r"^([a-z]{2,3})?$")
    agency: str = ""
    expected: tuple[int, int] | None = None
    timeout: float = Field(default=30, gt=0, le=3600)
    max_bytes: int = Field(default=0, ge=0, le=4_000_000_000)
    allow_private: bool = False
    required: bool = False
    lateness_days: int | None = Field(default=None, ge=0, le=3650)
    authorization: SecretStr = SecretStr("")

    @property
    def limit(self) -> int:
        """Most bytes of one answer, also after it was unpacked."""
        return self.max_bytes or _LIMITS.get(self.kind, _LIMIT)


class ChannelConfig(_Section):
    """Where the report of a night goes: every night, or only where something changed. ``link``: the address of the whole report,
    ``{night}`` in it standing for the night. Which of the other keys a kind has is told by ``checker.night.config_channels``.

    ``timeout``: seconds for the whole of one delivery; ``ca``: a file of certificates that are trusted in place of those of the system;
    ``allow_private``: the server is in one's own network."""

    name: str = Field(pattern=_NAME)
    kind: Literal["file", "smtp", "webhook"]
    on: Literal["always", "change"] = "change"
    path: Path | None = None
    link: str = Field(default="", max_length=2000)
    host: str = Field(default="", max_length=255)
    port: int = Field(default=0, ge=0, le=65535)
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    user: str = Field(default="", max_length=320)
    password: SecretStr = SecretStr("")
    from_: str = Field(default="", alias="from", max_length=500)
    to: tuple[str, ...] = Field(default=(), max_length=100)
    url: str = Field(default="", max_length=2000)
    secret: SecretStr = SecretStr("")
    authorization: SecretStr = SecretStr("")
    timeout: float = Field(default=30, gt=0, le=600)
    ca: Path | None = None
    allow_private: bool = False

    @property
    def mail_port(self) -> int:
        """The port of the mail server: as told, else the usual one."""
        return self.port or _MAIL_PORTS[self.tls]


class Config(BaseSettings):
    """All settings, frozen. Made by ``checker.night.config``, which knows files and environment; by itself it reads neither."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, env_prefix=PREFIX, env_nested_delimiter=NESTED)

    state: StateConfig = StateConfig()
    run: RunConfig = RunConfig()
    sources: tuple[SourceConfig, ...] = ()
    channels: tuple[ChannelConfig, ...] = ()

    @classmethod
    def settings_customise_sources(cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource,  # noqa: ARG003
                                   *others: PydanticBaseSettingsSource,  # noqa: ARG003
                                   **named: PydanticBaseSettingsSource) -> tuple[PydanticBaseSettingsSource, ...]:  # noqa: ARG003
        return (init_settings,)
