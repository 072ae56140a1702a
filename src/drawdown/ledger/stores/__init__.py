"""Where a ledger lies: a SQLite file or a PostgreSQL database, with the same tables."""
