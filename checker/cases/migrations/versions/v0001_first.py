"""The tables of the first store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    op.create_table(
        "case_file",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("opened", sa.Text(), server_default="", nullable=False),
        sa.Column("family", sa.Text(), server_default="", nullable=False),
        sa.Column("sender", sa.Text(), server_default="", nullable=False),
        sa.Column("receiver", sa.Text(), server_default="", nullable=False),
        sa.Column("goods", sa.Text(), server_default="", nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
    )
    op.create_table(
        "coverage",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("night", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("documents", sa.Integer(), server_default="0", nullable=False),
        sa.Column("record", sa.Text(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("source", "night", name=op.f("pk_coverage")),
    )
    op.create_index("ix_coverage_night", "coverage", ["night"])

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Text(), server_default="", nullable=False),
        sa.Column("night", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("verdict", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("until", sa.Text(), server_default="", nullable=False),
        sa.Column("record", sa.Text(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_case_id", "decision", ["case_id"])

    op.create_table(
        "document",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("lang", sa.Text(), server_default="", nullable=False),
        sa.Column("outlet", sa.Text(), server_default="", nullable=False),
        sa.Column("agency", sa.Text(), server_default="", nullable=False),
        sa.Column("published", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("night", sa.Text(), server_default="", nullable=False),
        sa.Column("first_seen", sa.Text(), server_default="", nullable=False),
        sa.Column("copy_of", sa.Text(), server_default="", nullable=False),
        sa.Column("revises", sa.Text(), server_default="", nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("record", sa.Text(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index("ix_document_address", "document", ["address"])
    op.create_index("ix_document_night", "document", ["night"])

    op.create_table(
        "issue",
        sa.Column("night", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("severity", sa.Text(), server_default="", nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("record", sa.Text(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("night", "number", "line", name=op.f("pk_issue")),
    )
    op.create_table(
        "outbox",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("night", sa.Text(), server_default="", nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", sa.Text(), server_default="", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("record", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_state", "outbox", ["state"])

    op.create_table(
        "rule_change",
        sa.Column("night", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("night", "rule", name=op.f("pk_rule_change")),
    )
    op.create_table(
        "run",
        sa.Column("night", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("rulebase", sa.Text(), server_default="", nullable=False),
        sa.Column("lists", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("record", sa.Text(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("night", "number", name=op.f("pk_run")),
    )
    op.create_table(
        "step",
        sa.Column("night", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("record", sa.Text(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("night", "number", "step", "source", name=op.f("pk_step")),
    )
    op.create_table(
        "case_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_key_case_id_case_file")),
        sa.PrimaryKeyConstraint("key", "case_id", name=op.f("pk_case_key")),
    )
    op.create_index("ix_case_key_case_id", "case_key", ["case_id"])

    op.create_table(
        "case_version",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("night", sa.Text(), nullable=False),
        sa.Column("op", sa.Text(), server_default="", nullable=False),
        sa.Column("causes", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("record", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_version_case_id_case_file")),
        sa.PrimaryKeyConstraint("case_id", "night", name=op.f("pk_case_version")),
    )
    op.create_index("ix_case_version_night", "case_version", ["night"])

    op.create_table(
        "event",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("night", sa.Text(), server_default="", nullable=False),
        sa.Column("family", sa.Text(), server_default="", nullable=False),
        sa.Column("record", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_event_document_document")),
        sa.PrimaryKeyConstraint("document", "id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_night", "event", ["night"])

    op.create_table(
        "member",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("night", sa.Text(), server_default="", nullable=False),
        sa.Column("by_hand", sa.Boolean(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_member_case_id_case_file")),
        sa.PrimaryKeyConstraint("document", "event", name=op.f("pk_member")),
    )
    op.create_index("ix_member_case_id", "member", ["case_id"])
