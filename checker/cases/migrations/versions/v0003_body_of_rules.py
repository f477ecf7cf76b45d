"""What a rule asks of an event, apart from the law and its dates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    op.add_column("rule_change", sa.Column("body", sa.Text(), server_default="", nullable=False))
