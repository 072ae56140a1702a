"""What tests of the ledger share: a real PostgreSQL server, started once if a test asks for it."""

from kit.ledgers import close_all
from kit.postgres import postgres

__all__ = ["postgres"]


def pytest_runtest_teardown():
    close_all()
