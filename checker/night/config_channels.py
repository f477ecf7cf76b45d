"""What may be wrong with a channel: each kind has keys that it needs, and others that are none of its business."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from checker.night.config_address import web_address
from checker.night.config_model import ChannelConfig
from checker.night.mail import mailbox
from checker.night.webhook import key_of_secret
from checker.strictyaml.problem import Problem

if TYPE_CHECKING:
    from checker.night.config import Reading
    from checker.night.config_places import Path as Place

__all__ = ["CHANNEL_KEYS", "channel"]

_ALL = ("name", "kind", "on", "link")
CHANNEL_KEYS: Mapping[str, tuple[str, ...]] = {
    "file": (*_ALL, "path"),
    "smtp": (*_ALL, "host", "port", "tls", "user", "password", "from", "to", "timeout", "ca", "allow_private"),
    "webhook": (*_ALL, "url", "secret", "authorization", "timeout", "ca", "allow_private"),
}
"""The keys of each kind."""
_NEEDED: Mapping[str, Mapping[str, str]] = {
    "file": {"path": "name the folder that it writes to"},
    "smtp": {"host": "name the mail server", "from": "name the address that mails come from",
             "to": 'name who gets them: to = ["desk@x.example"]'},
    "webhook": {"url": "name the address that is posted to",
                "secret": 'messages are signed: secret = {file = "PATH"}; openssl rand -base64 32 makes one'},
}
_SECRETS = ("password", "secret", "authorization")
"""Why one of these is not there was told when it was fetched."""
_HOST = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?")


def channel(config: ChannelConfig, at: Place, reading: Reading) -> Iterator[Problem]:
    """Check one channel, whose keys have the right form each for itself."""
    told = list(dict.fromkeys(str(path[2]) for path in reading.origins if path[:2] == at and len(path) > 2))
    for key in told:
        if key not in CHANNEL_KEYS[config.kind]:
            kinds = [kind for kind, keys in CHANNEL_KEYS.items() if key in keys]
            yield reading.problem((*at, key), "contradiction", f"`{key}` is not for channels of the kind {config.kind}",
                                  f"leave it out; it is for {' and '.join(kinds)}", key=True)
    values = config.model_dump(by_alias=True)
    for key, mend in _NEEDED[config.kind].items():
        if not values[key] and not (key in told and key in _SECRETS):
            yield reading.problem((*at, key) if key in told else (*at, "name"), "missing-key", f"`{key}` is missing", mend, key=True)
    if config.kind == "smtp":
        yield from _mail(config, at, reading, told)
    elif config.kind == "webhook":
        yield from _webhook(config, at, reading)


def _mail(config: ChannelConfig, at: Place, reading: Reading, told: Collection[str]) -> Iterator[Problem]:
    if config.host and not _is_host(config.host):
        yield reading.problem((*at, "host"), "wrong-value", "this is no name of a server", 'write "mail.x.example"; its port is `port`')
    elif config.tls == "none" and config.host and not config.allow_private and not _is_loopback(config.host):
        yield reading.problem((*at, "tls"), "secret-unsafe", "mails would travel unencrypted",
                              "leave `tls` out, or say allow_private = true where the server is in your own network")
    if bool(config.user) != ("password" in told):
        one, other = ("user", "password") if config.user else ("password", "user")
        yield reading.problem((*at, one), "missing-key", f"there is a `{one}`, but no `{other}`", f"add `{other}`", key=True)
    if not config.user.isascii() or not config.user.isprintable():
        yield reading.problem((*at, "user"), "wrong-value", "`user` holds characters that cannot be sent", "it is of plain letters")
    written = 'write "desk@x.example" or "Night desk <desk@x.example>"'
    if config.from_ and mailbox(config.from_) is None:
        yield reading.problem((*at, "from"), "wrong-value", "this is not one mail address", written)
    for number, to in enumerate(config.to):
        if mailbox(to) is None:
            yield reading.problem((*at, "to", number), "wrong-value", "this is not one mail address", written)


def _webhook(config: ChannelConfig, at: Place, reading: Reading) -> Iterator[Problem]:
    if config.url:
        yield from web_address(config.url, (*at, "url"), reading, unencrypted="digests", private=config.allow_private)
    if config.secret.get_secret_value():
        try:
            key_of_secret(config.secret.get_secret_value())
        except ValueError as err:
            yield reading.problem((*at, "secret"), "secret-unusable", str(err), "openssl rand -base64 32 makes one", key=True)


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _HOST.fullmatch(host) is not None
    return True


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"
