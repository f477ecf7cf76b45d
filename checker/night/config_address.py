"""What may be wrong with an address of the web in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from checker.night.config import Reading
    from checker.night.config_places import Path as Place

__all__ = ["web_address"]


def _scheme(url: str) -> str:
    """The scheme of a whole address of the web, ``""`` for anything else."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    return "" if not whole or any(char.isspace() or not char.isprintable() for char in url) else parts.scheme


def web_address(url: str, at: Place, reading: Reading, *, unencrypted: str, private: bool) -> Iterator[Problem]:
    """Check an address. ``unencrypted``: what must not travel so, ``""`` for nothing; ``private``: its server is in one's own network."""
    known = _scheme(url)
    parts = urlsplit(url if known else "")
    if not known:
        yield reading.problem(at, "wrong-value", "this is no address of http or https", "write https://HOST/PATH")
    elif parts.username is not None or parts.password is not None:
        yield reading.problem(at, "secret-in-file", "secrets do not stand in addresses",
                              'write where it is: authorization = {env = "NAME"}', key=True)
    elif unencrypted and known == "http" and not private:
        yield reading.problem(at, "secret-unsafe", f"{unencrypted} would travel unencrypted",
                              "use an https address, or say allow_private = true where the server is in your own network")
