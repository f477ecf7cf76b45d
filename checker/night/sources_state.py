"""What is kept of a source from one run to the next: marks of what was read already, and what its server asked for.

One JSON file a source, in the cache folder. It is written after the documents are in the store; lost, everything is read again, and the
store knows it already.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from checker.night.config_model import SourceConfig

__all__ = ["SourceState", "keep_state", "load_state"]


@dataclass(frozen=True, slots=True)
class SourceState:
    """``of``: which source it is of, so that another address begins anew; ``seen``: what was read, with a mark that changes when it does;
    ``etag`` and ``modified``: of the last answer; ``not_before``: when the server wants to be asked again (ISO, UTC)."""

    of: str = ""
    seen: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    modified: str = ""
    not_before: str = ""


def identity(source: SourceConfig) -> str:
    """What a state is of."""
    return f"{source.kind} {source.url or os.path.abspath(source.path or '')}"


def load_state(cache: Path, source: SourceConfig) -> SourceState:
    """The state of a source; a new one where there is none, it is damaged, or it is of another address."""
    try:
        found = msgspec.json.decode(_file(cache, source).read_bytes(), type=SourceState)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        found = SourceState()
    return found if found.of == identity(source) else SourceState(identity(source))


def keep_state(cache: Path, source: SourceConfig, state: SourceState) -> None:
    """Write the state of a source, all of it or nothing.

    Raises:
        OSError: the folder cannot be written to.
    """
    path = _file(cache, source)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(msgspec.json.encode(asdict(state), order="sorted"))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _file(cache: Path, source: SourceConfig) -> Path:
    return cache / "sources" / f"{source.name}.json"
