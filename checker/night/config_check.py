"""What settings mean together, and whether what they name is there."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checker.night.config_address import web_address
from checker.night.config_channels import channel
from checker.night.config_model import Config, SourceConfig
from checker.night.config_places import Path as Place
from checker.night.sources_address import unknown_marks
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from checker.night.config import Reading

__all__ = ["consistent", "reachable"]

_BY_URL = ("feed", "jsonl", "csv", "gdelt")


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
    if config.run.ping:
        yield from web_address(config.run.ping, ("run", "ping"), reading, unencrypted="", private=config.run.ping_private)
    for number, source in enumerate(config.sources):
        yield from _source(source, ("sources", number), reading)
    for number, way in enumerate(config.channels):
        yield from channel(way, ("channels", number), reading)


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
    yield from web_address(source.url, place, reading, unencrypted="the secret" if source.authorization else "",
                           private=source.allow_private)
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
    for number, path in enumerate(config.run.own_lists):
        yield from _own_list(path, ("run", "own_lists", number), reading)
    for number, source in enumerate(config.sources):
        at: Place = ("sources", number)
        if source.path is not None:
            if not source.path.exists():
                yield _missing(source.path, (*at, "path"), reading, "file or folder")
            elif not os.access(source.path, os.R_OK):
                yield reading.problem((*at, "path"), "unreadable", f"{source.path} may not be read", "look at its permissions")
        if source.mapping is not None:
            yield from _mapping(source.mapping, (*at, "mapping"), reading)
    for number, way in enumerate(config.channels):
        if way.path is not None:
            yield from _writable(way.path, ("channels", number, "path"), reading)
        if way.ca is not None:
            yield from _trusted(way.ca, ("channels", number, "ca"), reading)


def _own_list(path: Path, at: Place, reading: Reading) -> Iterator[Problem]:
    """What is wrong with a list of one's own; entries that are left out are warned of, as the night goes on without them."""
    from dataclasses import replace

    from checker.lists.own import is_own, read_own
    from checker.vocabulary.vocabulary import default_vocabulary

    if not path.is_file():
        yield _missing(path, at, reading, "file")
    elif not is_own(path):
        yield reading.problem(at, "wrong-type", f"{path} is no list of one's own by its ending", "one ends in .csv, .tsv, .yaml or .yml")
    else:
        own, problems = read_own(path, default_vocabulary())
        yield from problems if own is None else (replace(problem, severity="warning") for problem in problems)


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


def _trusted(path: Path, at: Place, reading: Reading) -> Iterator[Problem]:
    """A file of certificates."""
    try:
        ssl.create_default_context(cafile=str(path))
    except ssl.SSLError:
        yield reading.problem(at, "wrong-value", f"{path} holds no certificates", "it is a PEM file: -----BEGIN CERTIFICATE-----")
    except OSError:
        yield _missing(path, at, reading, "readable file")


def _missing(path: Path, at: Place, reading: Reading, kind: str) -> Problem:
    return reading.problem(at, "unreachable", f"there is no {kind} {path}", "look at its name; paths start at the folder of the settings")
