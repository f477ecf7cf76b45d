"""The digest as a webhook: a JSON document, and headers by which its receiver knows who sent it and whether it was there before.

Signed after the Standard Webhooks specification 1.0.0 (https://www.standardwebhooks.com): HMAC-SHA256 over ``id.timestamp.body``.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from checker.night.outbox import Letter

__all__ = ["DIGEST_SCHEMA", "body", "headers", "key_of_secret"]

DIGEST_SCHEMA = "sanctions-checker/digest/1"
_PREFIX = "whsec_"
_LEAST, _MOST = 24, 64  # bytes of a secret


def body(letter: Letter, link: str) -> bytes:
    """The document of a letter, the same bytes every time. ``link``: the address of the whole report."""
    return msgspec.json.encode({
        "schema": DIGEST_SCHEMA, "key": letter.key, "night": letter.night, "channel": letter.channel, "subject": letter.subject,
        "counts": dict(letter.counts), "link": link, "delta": letter.delta, "text": letter.text, "html": letter.html},
        order="deterministic")


def headers(letter: Letter, content: bytes, secret: str, at: int) -> dict[str, str]:
    """The headers of an attempt. ``at``: its moment in seconds since 1970."""
    name = letter.key.replace("/", "_")  # the signature joins its parts with full stops; a key has none
    signature = hmac.digest(key_of_secret(secret), f"{name}.{at}.".encode() + content, "sha256")
    return {"Content-Type": "application/json", "Idempotency-Key": f'"{name}"', "webhook-id": name, "webhook-timestamp": str(at),
            "webhook-signature": f"v1,{base64.b64encode(signature).decode()}"}


def key_of_secret(secret: str) -> bytes:
    """The bytes of a secret, which is written in base64, with ``whsec_`` before it.

    Raises:
        ValueError: it is written otherwise, too short or too long; the text says which.
    """
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("the secret is not written in base64") from None
    if not _LEAST <= len(key) <= _MOST:
        raise ValueError(f"the secret has {len(key)} bytes, not {_LEAST} to {_MOST}")
    return key
