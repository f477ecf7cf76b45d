"""Secrets of the settings: the file says only where each one is, in a variable or in a file of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, SecretStr

from checker.night.config_model import ChannelConfig, SourceConfig
from checker.night.config_places import Path as Place

if TYPE_CHECKING:
    from checker.night.config import Reading

__all__ = ["fetch_secrets", "telling"]


def _of(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(key for key, info in model.model_fields.items() if info.annotation is SecretStr)


_SECRETS: Mapping[str, tuple[str, ...]] = {"sources": _of(SourceConfig), "channels": _of(ChannelConfig)}
_KEYS = sorted({key for keys in _SECRETS.values() for key in keys})
_PASSWORD_IN_ADDRESS = re.compile(r"://[^/\s\"']*:[^/\s\"']*@")


def telling(line: str) -> bool:
    """Whether a line of the settings may show a secret."""
    return any(key in line for key in _KEYS) or _PASSWORD_IN_ADDRESS.search(line) is not None


def fetch_secrets(entries: Iterable[tuple[Place, str, dict[str, Any]]], reading: Reading, environ: Mapping[str, str], base: Path) -> None:
    """Put each secret in the place of what says where it is. ``entries``: sections with their path and name; ``base``: where relative
    paths start."""
    for at, section, entry in entries:
        for key in _SECRETS.get(section, ()):
            if key in entry:
                entry[key] = SecretStr(_fetch(entry[key], (*at, key), reading, environ, base))


def _fetch(where: Any, at: Place, reading: Reading, environ: Mapping[str, str], base: Path) -> str:
    value = ""
    if not isinstance(where, dict) or len(where) != 1 or not isinstance(text := where.get("env", where.get("file")), str):
        reading.problems.append(reading.problem(at, "secret-in-file", "secrets do not stand in the settings",
                                                'write where it is: {env = "NAME"} or {file = "PATH"}', key=True))
    elif "env" in where:
        value = environ.get(text, "").strip()
        reading.origins[at] = f"environment {text}"
        if not value:
            reading.problems.append(reading.problem(at, "secret-missing", f"the variable {text} is not set", "set it", key=True))
    else:
        path = base / Path(text).expanduser()
        reading.origins[at] = f"file {path}"
        try:
            value = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as err:
            why = getattr(err, "strerror", "") or "it is not text"
            reading.problems.append(reading.problem(at, "secret-missing", f"{path} cannot be read: {why}",
                                                    "look at its name and permissions", key=True))
        else:
            if not value:
                reading.problems.append(reading.problem(at, "secret-missing", f"{path} is empty", "write the secret into it", key=True))
    if any(ord(char) < 32 or ord(char) > 126 for char in value):
        reading.problems.append(reading.problem(at, "secret-unusable", "the secret holds characters that cannot be sent",
                                                "it is one line of plain letters, such as 'Bearer ...'", key=True))
    return value
