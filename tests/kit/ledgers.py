"""Facts and ledgers for tests: made up, small, and tampered with on purpose."""

import sqlite3
from datetime import UTC, date, datetime, timedelta

from drawdown.ledger.entry import canonical_body, seal
from drawdown.ledger.ledger import open_ledger
from drawdown.mission.tables import Actual

#: Ledgers in memory that a test has not closed.
_open = []

#: When the entries of tests are recorded.
NOON = datetime(2023, 9, 7, 12, tzinfo=UTC)


def fact(number=1, **changes):
    """A departure of a unit from Gao, one for each number."""
    day = date(2023, 9, 1) + timedelta(days=number % 28)
    told = {
        "kind": "departure",
        "happened": day,
        "place": "gao",
        "unit": "togo-inf",
        "count": 120,
        "count_of": "people",
    }
    return Actual(**{"id": f"gao-{number}", **told, **changes})


def entry_of(told, *, recorded, **record):
    """A fact as an entry: the `n`-th of an `origin`, after the one whose hash is `prev`, by an `actor`."""
    moment = recorded.replace(microsecond=0)
    return seal(canonical_body(told), recorded=moment, **record)


def facts(count, first=1):
    """So many different facts."""
    return [fact(number) for number in range(first, first + count)]


def in_memory(origin, told=(), mission="minusma"):
    """A ledger that nothing outlives, with facts recorded at noon."""
    ledger = open_ledger(":memory:", mission=mission, origin=origin)
    _open.append(ledger)
    ledger.append(told, actor="A. Keita", recorded=NOON)
    return ledger


def close_all():
    """Close the ledgers in memory."""
    while _open:
        _open.pop().close()


def chain_rows(ledger):
    """All that a ledger holds, whatever order it came in."""
    return sorted((entry.origin, entry.n, entry.hash, entry.body) for entry in ledger.entries())


class SqliteTamper:
    """Somebody with a database tool, who takes the guards away, changes something and puts them back."""

    def __init__(self, connect):
        self._connect = connect

    def run(self, *statements, guards=True):
        with self._connect() as connection:
            found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in found:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.execute(statement)
            for _, sql in found if guards else ():
                connection.execute(sql)

    def plainly(self, statement):
        """The same without taking the guards away; what the database says to it."""
        with self._connect() as connection:
            try:
                connection.execute(statement)
            except sqlite3.Error as error:
                return str(error)
            return "done"


class PostgresTamper:
    """The same on a server, by its owner."""

    def __init__(self, postgres, url):
        self._postgres, self._url = postgres, url

    def run(self, *statements, guards=True):
        off = "SET session_replication_role = replica" if guards else "ALTER TABLE entries DISABLE TRIGGER USER"
        self._postgres.run("; ".join([off, *statements]), self._url)

    def plainly(self, statement):
        import psycopg  # noqa: PLC0415  only where there is a server

        try:
            self._postgres.run(statement, self._url)
        except psycopg.Error as error:
            return str(error)
        return "done"
