"""Messages of nights: queued in the transaction that closes the run, under a key that the same news always has, sent once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import func, or_, select

from checker.cases import tables
from checker.cases.store import Store
from checker.errors import CheckerError
from checker.strictyaml.message import inert

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["DeliveryError", "Letter", "Sent", "deliver", "give_up", "key_of", "last_sent", "queue", "waiting"]

PENDING, SENDING, SENT, FAILED = "pending", "sending", "sent", "failed"
_WAITS = (0, 5, 15, 60, 240)
"""Minutes to wait after so many attempts; the last holds for all later ones."""
_ERROR = 500  # characters of an error that are kept


class DeliveryError(CheckerError):
    """A message could not be handed over, or not to everybody; it stays in the outbox.

    ``wait``: seconds before which the other side does not want to be asked again; ``shut``: it would refuse, or not hear, any other
    message, too; ``served``: those who have this one all the same.
    """

    exit_code = 5

    def __init__(self, message: str, *, wait: float = 0, shut: bool = False, served: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.wait = wait
        self.shut = shut
        self.served = tuple(served)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message. ``key`` is the same whenever the same news would be sent again: night, channel and digest of what changed.

    ``counts``: how many cases are new, changed, withdrawn and reopened; ``served``: recipients who have it already; ``at``: the moment of
    the attempt, which is kept nowhere."""

    key: str
    night: str
    channel: str
    subject: str
    text: str
    html: str = ""
    delta: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    served: tuple[str, ...] = ()
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a message: ``error`` is empty where it was handed over."""

    letter: Letter
    error: str
    attempts: int


def key_of(night: str, channel: str, delta: str) -> str:
    """The key of a message. ``delta``: the digest of what changed."""
    return f"{night}/{channel}/{delta[:32]}"


def queue(connection: Connection, letter: Letter) -> bool:
    """Put a message into the outbox; ``False`` where the same one is, or was, there already."""
    t = tables.outbox
    if connection.execute(select(t.c.key).where(t.c.key == letter.key)).first() is not None:
        return False
    connection.execute(t.insert(), [{"key": letter.key, "night": letter.night, "channel": letter.channel, "state": PENDING, "attempts": 0,
                                     "next_at": "", "error": "", "record": _record(letter)}])
    return True


def waiting(connection: Connection) -> list[tuple[Letter, int, str]]:
    """The messages that are not sent, the oldest first, with the attempts made and the last error."""
    t = tables.outbox
    rows = connection.execute(select(t).where(or_(t.c.state == PENDING, t.c.state == SENDING)).order_by(t.c.night, t.c.key))
    return [(_letter(row.key, row.night, row.channel, row.record), row.attempts, row.error) for row in rows]


def last_sent(connection: Connection, channel: str, before: str) -> str:
    """The last night before this one of which a channel has a message, ``""`` if it has none."""
    t = tables.outbox
    return str(connection.execute(select(func.max(t.c.night)).where(t.c.channel == channel, t.c.night < before)).scalar() or "")


def deliver(store: Store, senders: Mapping[str, Callable[[Letter], None]], now: dt.datetime, *, force: bool = False,
            night: str = "") -> list[Sent]:
    """Hand over what waits and is due, each message in its turn; one that fails waits for the next time, longer after each attempt.

    ``senders`` by channel; a message of a channel that is not there any more fails. ``force``: those too that are not due yet;
    ``night``: only those of one night.
    A message that was being sent when a run was killed is sent again under the same key, by which its receiver knows it. Where a channel
    is shut, its other messages are not tried: each could take as long as the first one to fail.
    """
    with store.begin() as connection:
        due = [(letter, attempts) for letter, attempts, _ in waiting(connection)
               if (not night or letter.night == night) and (force or _due(connection, letter.key, now))]
    done = []
    shut: dict[str, tuple[str, str]] = {}
    for letter, attempts in due:
        if letter.channel in shut:
            error, at = shut[letter.channel]
            _set(store, letter.key, error=error, next_at=at)
            done.append(Sent(letter, error, attempts))
            continue
        _set(store, letter.key, state=SENDING, attempts=attempts + 1)
        try:
            sender = senders.get(letter.channel)
            if sender is None:
                raise DeliveryError(f"there is no channel {letter.channel} any more")
            sender(replace(letter, at=now))
        except (DeliveryError, OSError) as err:
            told = err if isinstance(err, DeliveryError) else DeliveryError(str(err) or type(err).__name__)
            wait = dt.timedelta(minutes=_WAITS[min(attempts + 1, len(_WAITS) - 1)])
            at = (now + max(wait, dt.timedelta(seconds=told.wait))).isoformat(timespec="seconds")
            error = inert(str(told))[:_ERROR]
            _set(store, letter.key, state=PENDING, error=error, next_at=at,
                 record=_record(replace(letter, served=told.served or letter.served)))
            if told.shut:
                shut[letter.channel] = (error, at)
            done.append(Sent(letter, error, attempts + 1))
            continue
        _set(store, letter.key, state=SENT, error="", next_at="")
        done.append(Sent(letter, "", attempts + 1))
    return done


def _record(letter: Letter) -> str:
    return msgspec.json.encode({"subject": letter.subject, "text": letter.text, "html": letter.html, "delta": letter.delta,
                                "counts": dict(letter.counts), "served": letter.served}, order="deterministic").decode()


def _letter(key: str, night: str, channel: str, record: str) -> Letter:
    told = msgspec.json.decode(record)
    return Letter(key, night, channel, **{**told, "served": tuple(told.get("served", ()))})


def give_up(store: Store, channel: str, night: str = "") -> list[Letter]:
    """Let go of what waits for a channel, or of that of one night; it is never sent. What was let go of."""
    with store.begin() as connection:
        letters = [letter for letter, _, _ in waiting(connection) if letter.channel == channel and (not night or letter.night == night)]
    for letter in letters:
        _set(store, letter.key, state=FAILED, next_at="")
    return letters


def _due(connection: Connection, key: str, now: dt.datetime) -> bool:
    at = connection.execute(select(tables.outbox.c.next_at).where(tables.outbox.c.key == key)).scalar()
    return not at or at <= now.isoformat(timespec="seconds")


def _set(store: Store, key: str, **values: object) -> None:
    with store.begin() as connection:
        connection.execute(tables.outbox.update().where(tables.outbox.c.key == key), values)
