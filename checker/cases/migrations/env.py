"""What Alembic runs: the steps, on the connection that ``checker.cases.upkeep`` hands over."""

from alembic import context

from checker.cases.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
