"""What settings mean together, and whether what they name is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checker.night.config_model import Config, SourceConfig
from checker.night.config_places import Path as Place
from checker.night.sources_address import unknown_marks
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from checker.night.config import Reading

__all__ = ["consistent", "reachable"]

_BY_URL = ("feed", "jsonl", "csv", "gdelt")
_READY_CHANNELS = ("file",)


def consistent(config: Config, reading: Reading) -> Iterator[Problem]:
    """Problems that no key has alone."""
    for section, names in (("sources", [s.name for s in config.sources]), ("channels", [c.name for c in config.channels])):
        for number, name in enumerate(names):
            if name.casefold() in (other.casefold() for other in names[:number]):
                yield reading.problem((section, number, "name"), "duplicate-key", f"another one is called '{name}'",
                                      "give each a name of its own")
    if "@" in config.state.store and urlsplit(config.state.store).password and not reading.origins.get(("state", "store")):
        yield reading.problem(("state", "store"), "secret-in-file", "secrets do not stand in the settings",
                              "give the address in SANCTIONS_STORE, or leave the password to ~/.pgpass")
    for number, source in enumerate(config.sources):
        yield from _source(source, ("sources", number), reading)
    for number, channel in enumerate(config.channels):
        at: Place = ("channels", number)
        if channel.kind not in _READY_CHANNELS:
            yield reading.problem((*at, "kind"), "not-ready", f"this version does not send by '{channel.kind}'",
                                  f"use {' or '.join(_READY_CHANNELS)}")
        elif channel.path is None:
            yield reading.problem((*at, "name"), "missing-key", "`path` is missing", "name the folder that it writes to", key=True)


def _source(source: SourceConfig, at: Place, reading: Reading) -> Iterator[Problem]:
    if (source.path is None) == (not source.url):
        what = "both `path` and `url` are given" if source.url else "neither `path` nor `url` is given"
        yield reading.problem((*at, "url" if source.url else "name"), "contradiction" if source.url else "missing-key", what,
                              "a source has one of them", key=True)
    elif source.url:
        yield from _address(source, at, reading)
    if source.mapping is not None and source.kind not in ("csv", "folder"):
        yield reading.problem((*at, "mapping"), "contradiction", f"sources of the kind {source.kind} have no columns",
                              "leave `mapping` out", key=True)
    if source.expected is not None and not 0 <= source.expected[0] <= source.expected[1]:
        yield reading.problem((*at, "expected"), "wrong-value", "`expected` is the least and the most items of a night", "write [20, 80]")
    if not source.url:
        for key in ("timeout", "max_bytes", "allow_private", "authorization"):
            if (*at, key) in reading.origins:
                yield reading.problem((*at, key), "contradiction", f"`{key}` is for sources with a `url`", "leave it out", key=True)


def _address(source: SourceConfig, at: Place, reading: Reading) -> Iterator[Problem]:
    place = (*at, "url")
    if source.kind not in _BY_URL:
        yield reading.problem(place, "contradiction", f"a source of the kind {source.kind} has no `url`", "give its `path`", key=True)
        return
    try:
        parts = urlsplit(source.url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, whole = urlsplit(""), False
    if not whole or any(char.isspace() or not char.isprintable() for char in source.url):
        yield reading.problem(place, "wrong-value", "this is no address of http or https", "write https://HOST/PATH")
    elif parts.username is not None or parts.password is not None:
        yield reading.problem(place, "secret-in-file", "secrets do not stand in addresses",
                              'write where it is: authorization = {env = "NAME"}', key=True)
    elif source.authorization.get_secret_value() and parts.scheme == "http" and not source.allow_private:
        yield reading.problem(place, "secret-unsafe", "the secret would travel unencrypted", "use an https address")
    for mark in unknown_marks(source.url):
        yield reading.problem(place, "unknown-term", f"'{mark}' is no mark of an address", "known are {date} and {quarter}")


def reachable(config: Config, reading: Reading) -> Iterator[Problem]:
    """What the settings name and is not there. Addresses are not asked."""
    for key in ("out", "cache"):
        yield from _writable(getattr(config.state, key), ("state", key), reading)
    yield from _writable(config.state.lock.parent, ("state", "lock"), reading)
    for key in ("rules", "languages"):
        for number, path in enumerate(getattr(config.run, key)):
            if not path.is_dir():
                yield _missing(path, ("run", key, number), reading, "folder")
    if config.run.lists not in ("", "none") and not Path(config.run.lists).is_file():
        yield _missing(Path(config.run.lists), ("run", "lists"), reading, "file")
    for number, source in enumerate(config.sources):
        at: Place = ("sources", number)
        if source.path is not None:
            if not source.path.exists():
                yield _missing(source.path, (*at, "path"), reading, "file or folder")
            elif not os.access(source.path, os.R_OK):
                yield reading.problem((*at, "path"), "unreadable", f"{source.path} may not be read", "look at its permissions")
        if source.mapping is not None:
            yield from _mapping(source.mapping, (*at, "mapping"), reading)
    for number, channel in enumerate(config.channels):
        if channel.path is not None:
            yield from _writable(channel.path, ("channels", number, "path"), reading)


def _mapping(path: Path, at: Place, reading: Reading) -> Iterator[Problem]:
    from checker.sources.mapping import load_mapping
    from checker.vocabulary.vocabulary import default_vocabulary

    if not path.is_file():
        yield _missing(path, at, reading, "file")
    else:
        yield from load_mapping(path, default_vocabulary())[1]


def _writable(path: Path, at: Place, reading: Reading) -> Iterator[Problem]:
    """A folder that is there or can be made."""
    here = path.absolute()
    while not here.exists() and here != here.parent:
        here = here.parent
    if not here.is_dir():
        yield reading.problem(at, "unreachable", f"{here} is no folder", "name another folder")
    elif not os.access(here, os.W_OK | os.X_OK):
        yield reading.problem(at, "unreachable", f"nothing may be written in {here}", "look at its permissions, or name another folder")


def _missing(path: Path, at: Place, reading: Reading, kind: str) -> Problem:
    return reading.problem(at, "unreachable", f"there is no {kind} {path}", "look at its name; paths start at the folder of the settings")
