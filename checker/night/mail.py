"""The digest as a mail: text first, HTML second, the same bytes for the same letter and moment."""

from __future__ import annotations

import datetime as dt
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from checker.strictyaml.message import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.night.outbox import Letter

__all__ = ["mailbox", "message"]

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_SPEC = rf"({_ATOM}(?:\.{_ATOM})*)@({_LABEL}(?:\.{_LABEL})*)"
_BARE, _NAMED = re.compile(_SPEC), re.compile(rf'("?)([^<>"]*)\1\s*<{_SPEC}>')
_LONGEST = 254  # RFC 5321, 4.5.3.1.3
_SUBJECT = 200


def mailbox(text: str) -> Address | None:
    """The mailbox of ``desk@x.example`` or ``Night desk <desk@x.example>``; ``None`` for anything else, and for letters of other scripts in
    the address itself."""
    text = text.strip()
    if found := _BARE.fullmatch(text):
        name, user, domain = "", found[1], found[2]
    elif found := _NAMED.fullmatch(text):
        name, user, domain = found[2].strip(), found[3], found[4]
    else:
        return None
    if not name.isprintable() or len(user) + len(domain) + 1 > _LONGEST:
        return None
    return Address(name, user, domain)


def message(letter: Letter, sender: Address, to: Sequence[Address]) -> EmailMessage:
    """The mail of a letter. Its Message-ID is made from the key of the letter, so that the same news sent again is known as the same."""
    mail = EmailMessage(policy=SMTP)
    mail["Date"] = format_datetime(letter.at or dt.datetime.now(dt.UTC))
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = inert(" ".join(letter.subject.split()))[:_SUBJECT]
    mail["Message-ID"] = f"<{letter.key.replace('/', '.')}@{sender.domain}>"
    mail["List-Id"] = f"<{letter.channel}.{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text, cte="quoted-printable")
    if letter.html:
        mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        mail.set_boundary(f"=_{sha256(letter.key.encode()).hexdigest()[:32]}")  # never a line of quoted-printable
    return mail
