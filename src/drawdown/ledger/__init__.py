"""What happened: an append-only record, and where everything is by it."""
