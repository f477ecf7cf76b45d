"""Where the model is and what is spent on it: ``SANCTIONS_LLM_URL``, ``SANCTIONS_LLM_KEY``, ``SANCTIONS_LLM_MODEL``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from checker.errors import UsageError

__all__ = ["LlmSettings", "read_settings"]

_PATH = "/chat/completions"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """``seconds`` bounds one answer, ``tries`` how often one question is asked. The key is never shown."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 60.0
    tries: int = 3

    @property
    def local(self) -> bool:
        """Whether the endpoint is on this computer."""
        return urlsplit(self.url).hostname in _LOOPBACK


def read_settings(environ: Mapping[str, str]) -> LlmSettings:
    """The settings of the environment.

    Raises:
        UsageError: no endpoint or model is named, it is no http address, or the key would travel unencrypted.
    """
    url, model = environ.get("SANCTIONS_LLM_URL", "").strip(), environ.get("SANCTIONS_LLM_MODEL", "").strip()
    key = environ.get("SANCTIONS_LLM_KEY", "").strip()
    if not url or not model:
        raise UsageError("the extractor 'llm' needs SANCTIONS_LLM_URL (an OpenAI-compatible endpoint, such as http://localhost:8000/v1) "
                         "and SANCTIONS_LLM_MODEL")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise UsageError("SANCTIONS_LLM_URL is no address") from None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError("SANCTIONS_LLM_URL is an http or https address without user, query or fragment")
    if key and (not key.isascii() or not key.isprintable()):
        raise UsageError("SANCTIONS_LLM_KEY holds characters that no header may have")
    if key and parts.scheme == "http" and host not in _LOOPBACK:
        raise UsageError("SANCTIONS_LLM_KEY would travel unencrypted to another host; use an https address, or leave the key out")
    try:
        seconds = float(environ.get("SANCTIONS_LLM_TIMEOUT", "60"))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise UsageError("SANCTIONS_LLM_TIMEOUT is a number of seconds, above 0 and at most 3600")
    base = url.rstrip("/")
    return LlmSettings(base if base.endswith(_PATH) else base + _PATH, model, key, seconds)
