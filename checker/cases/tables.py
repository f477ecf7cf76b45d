"""The tables of the store. Days are ISO dates, moments ISO times in UTC, records JSON as text: the same bytes in SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

__all__ = [
    "METADATA", "case", "case_key", "coverage", "decision", "document", "event", "issue", "loose", "member", "outbox", "rule_change", "run",
    "step", "tally", "version",
]

METADATA = MetaData(naming_convention={
    "ix": "ix_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
})


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


def _text(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


run = Table(
    "run", METADATA, _key("night"), Column("number", Integer, primary_key=True), _text("state"), _text("rulebase"), _text("lists"),
    _text("version"), _text("digest"), _text("record", "{}"),
)
"""One attempt at one night. ``state``: running, complete, partial or failed; ``digest`` of its files; ``record``: counters and versions."""

step = Table(
    "step", METADATA, _key("night"), Column("number", Integer, primary_key=True), _key("step"), _key("source"), _text("state"),
    _text("record", "{}"),
)
"""What a run has done: one row for a step, or for a step of one source."""

document = Table(
    "document", METADATA, _key("id"), _text("address"), _text("sha256"), _text("title"), _text("text"), _text("lang"), _text("outlet"),
    _text("agency"), _text("published"), _text("source"), _text("night"), _text("first_seen"), _text("copy_of"), _text("revises"),
    Column("sketch", LargeBinary, nullable=False), _text("record", "{}"),
    Index("ix_document_night", "night"), Index("ix_document_address", "address"), Index("ix_document_copy_of", "copy_of"),
    Index("ix_document_revises", "revises"),
)
"""A text as it was first seen. ``id``: of its address (or GUID) and its content; ``copy_of``: an earlier document with nearly the same
words; ``revises``: the earlier document at the same address; ``record``: language read, zones, hints and notes of the extraction."""

event = Table(
    "event", METADATA, Column("document", Text, ForeignKey("document.id"), primary_key=True), _key("id"), _text("night"), _text("family"),
    _text("record"), Index("ix_event_night", "night"),
)

rule_change = Table("rule_change", METADATA, _key("night"), _key("rule"), _text("digest"), _text("body"))
"""What changed in the rule base from the night before: the digest of a rule that is new or other, ``""`` for one that is gone; ``body``:
the digest of what it asks of an event, whatever the law and its dates."""

case = Table(
    "case_file", METADATA, _key("id"), _text("opened"), _text("family"), _text("sender"), _text("receiver"), _text("goods"),
    Column("first_day", Integer, nullable=False), Column("last_day", Integer, nullable=False), _text("merged_into"),
)
"""One matter, its days as ordinals. Its id is never used again; that of a merged case leads to the other one."""

case_key = Table(
    "case_key", METADATA, _key("key"), Column("case_id", Text, ForeignKey("case_file.id"), primary_key=True),
    Index("ix_case_key_case_id", "case_id"),
)
"""By which family and party a case is found again."""

member = Table(
    "member", METADATA, _key("document"), _key("event"), Column("case_id", Text, ForeignKey("case_file.id"), nullable=False),
    _text("night"),
    Column("by_hand", Boolean, nullable=False, server_default="0"), Index("ix_member_case_id", "case_id"),
)
"""Which case an event belongs to; ``by_hand``: an analyst put it there, and no night moves it."""

loose = Table("loose", METADATA, _key("document"), _key("event"), _text("night"))
"""The events for which no case was found when their night looked for one. A case that is opened later, or another rule base, may take them
in."""

tally = Table("tally", METADATA, _key("rule"), _key("document"), _key("event"), _text("night"))
"""The events that the quota of a rule counts, or might count."""

version = Table(
    "case_version", METADATA, Column("case_id", Text, ForeignKey("case_file.id"), primary_key=True), _key("night"), _text("op"),
    _text("causes"), _text("digest"), _text("record"), Index("ix_case_version_night", "night"),
)
"""The case as a night left it, with what that night did to it: ``ADD``, ``MOD``, ``DEL``, ``REO``."""

decision = Table(
    "decision", METADATA, Column("id", Integer, primary_key=True, autoincrement=True), _text("case_id"), _text("night"), _text("at"),
    _text("by"), _text("verdict"), _text("reason"), _text("until"), _text("record", "{}"),
    Index("ix_decision_case_id", "case_id"),
)
"""What people decided; rows are added and never changed."""

outbox = Table(
    "outbox", METADATA, _key("key"), _text("night"), _text("channel"), _text("state"), Column("attempts", Integer, nullable=False,
                                                                                           server_default="0"),
    _text("next_at"), _text("error"), _text("record"), Index("ix_outbox_state", "state"),
)
"""Messages to send. ``key``: night, channel and digest of what changed; ``state``: pending, sending, sent or failed."""

coverage = Table(
    "coverage", METADATA, _key("source"), _key("night"), _text("state"), Column("documents", Integer, nullable=False, server_default="0"),
    _text("record", "{}"), Index("ix_coverage_night", "night"),
)
"""Whether a source was read on a night: ok, late, empty or failed."""

issue = Table(
    "issue", METADATA, _key("night"), Column("number", Integer, primary_key=True), Column("line", Integer, primary_key=True),
    _text("source"), _text("severity"), _text("code"), _text("message"), _text("record", "{}"),
)
"""Everything a run has to complain of."""
