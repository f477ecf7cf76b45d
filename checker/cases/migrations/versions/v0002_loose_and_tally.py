"""Events without a case, events that quotas count, and indexes for copies and corrections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    op.create_index("ix_document_copy_of", "document", ["copy_of"])
    op.create_index("ix_document_revises", "document", ["revises"])
    op.create_table(
        "loose",
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("night", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("document", "event", name=op.f("pk_loose")),
    )
    op.create_table(
        "tally",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("night", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("rule", "document", "event", name=op.f("pk_tally")),
    )
