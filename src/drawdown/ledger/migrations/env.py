"""Run by Alembic: revisions are applied on the connection that the ledger hands over, in its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table="ledger_version")
context.run_migrations()
