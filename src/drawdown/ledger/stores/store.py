"""Reading and writing the rows of a ledger, on whatever database it lies. It decides nothing about chains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, LargeBinary, bindparam, cast, insert, select, update
from sqlalchemy.exc import DBAPIError

from drawdown.ledger.chain import Head
from drawdown.ledger.errors import LedgerError
from drawdown.ledger.stores.backend import Backend
from drawdown.ledger.stores.tables import NUMBER, ONLY, about, entries, heads, tail

#: How many values one question names at most; SQLite allows 999 in its oldest form.
MANY = 500

Value = TypeVar("Value")


class About(NamedTuple):
    """Whose record it is: a mission's id, the station that writes here, and when the ledger was made."""

    mission: str
    origin: str
    created: str


class Tail(NamedTuple):
    """The last row, the running hash of arrivals up to it, and the newest version of a body so far."""

    seq: int
    arrived: str
    version: int


class EntryRow(NamedTuple):
    """One row of the table `entries`, as it stands there."""

    seq: int
    origin: str
    n: int
    recorded: str
    actor: str
    version: int
    kind: str
    happened: str
    fact: str
    body: str
    prev: str
    hash: str


# Statements of every append, built once.
_HEAD = select(heads.c.n, heads.c.hash).where(heads.c.origin == bindparam("origin"))
_TAIL = select(tail.c.seq, tail.c.arrived, tail.c.version)
_HASHES = select(entries.c.n, entries.c.hash).where(
    entries.c.origin == bindparam("origin"), entries.c.n.in_(bindparam("numbers", expanding=True))
)
_TELLING = (
    select(entries)
    .where(entries.c.fact.in_(bindparam("facts", expanding=True)))
    .order_by(entries.c.fact, entries.c.recorded, entries.c.body, entries.c.origin)
)
_BODIES = (
    select(entries.c.seq, entries.c.recorded, entries.c.body)
    .where(entries.c.seq > bindparam("after"))
    .order_by(entries.c.seq)
    .limit(bindparam("many"))
)
# Said to the driver as it is: a batch of rows has no use for anything in between.
_ADD = f"INSERT INTO entries ({', '.join(EntryRow._fields)}) VALUES ({{}})"  # noqa: S608  our own names
_FIRST_HEAD = insert(heads)
_NEXT_HEAD = update(heads).where(heads.c.origin == bindparam("at"))
_NEXT_TAIL = update(tail).where(tail.c.id == ONLY)


@dataclass(frozen=True)
class Reading:
    """One state of the ledger, in one transaction."""

    connection: Connection

    def about(self) -> About | None:
        """What the ledger is about; None before it has been stamped."""
        row = self.connection.execute(select(about.c.mission, about.c.origin, about.c.created)).first()
        return About(*row) if row else None

    def heads(self) -> dict[str, Head]:
        """The last entry of each origin, by origin."""
        rows = self.connection.execute(select(heads).order_by(heads.c.origin))
        return {origin: Head(n, hashed) for origin, n, hashed in rows}

    def head(self, origin: str) -> Head | None:
        """The last entry of an origin."""
        row = self.connection.execute(_HEAD, {"origin": origin}).first()
        return Head(*row) if row else None

    def tail(self) -> Tail:
        """The last row."""
        row = self.connection.execute(_TAIL).first()
        if row is None:
            raise LedgerError("the ledger has lost the row that says where it ends; verify it against a backup")
        return Tail(*row)

    def rows(self, after: int, many: int) -> list[EntryRow]:
        """So many rows after a row, in the order of arrival."""
        found = select(entries).where(entries.c.seq > after).order_by(entries.c.seq).limit(many)
        return [EntryRow(*row) for row in self.connection.execute(found)]

    def garbled_rows(self, after: int, many: int) -> list[EntryRow]:
        """The same of a ledger in which somebody has written what is no text; such bytes are shown as they are."""
        columns = [column if column.type is NUMBER else cast(column, LargeBinary) for column in entries.c]
        found = select(*columns).where(entries.c.seq > after).order_by(entries.c.seq).limit(many)
        shown = ([_shown(value) for value in row] for row in self.connection.execute(found))
        return [EntryRow(*row) for row in shown]

    def bodies(self, after: int, many: int) -> Sequence[tuple[int, str, str]]:
        """The same rows as (seq, recorded, body) only: what a million of them are read with."""
        found = self.connection.execute(_BODIES, {"after": after, "many": many})
        return found.cursor.fetchall()  # the driver's own tuples: rows of SQLAlchemy cost more

    def chain(self, origin: str, after: int, many: int) -> list[EntryRow]:
        """So many entries of an origin after its ``after``-th, in their order."""
        mine = select(entries).where(entries.c.origin == origin, entries.c.n > after)
        return [EntryRow(*row) for row in self.connection.execute(mine.order_by(entries.c.n).limit(many))]

    def hashes(self, origin: str, numbers: Sequence[int]) -> dict[int, str]:
        """The hashes of entries of an origin by number, of those that are there."""
        found: dict[int, str] = {}
        for part in _parts(numbers, MANY):
            rows = self.connection.execute(_HASHES, {"origin": origin, "numbers": part})
            found |= {row.n: row.hash for row in rows}
        return found

    def telling(self, facts: Sequence[str]) -> list[EntryRow]:
        """Every entry that tells one of these facts, together and the first recorded of each first."""
        found: list[EntryRow] = []
        for part in _parts(facts, MANY):
            found += [EntryRow(*row) for row in self.connection.execute(_TELLING, {"facts": part})]
        return found

    def told_twice(self) -> list[str]:
        """The facts that several origins have recorded."""
        asked = "SELECT fact FROM entries GROUP BY fact HAVING count(*) > 1 ORDER BY fact"
        return [str(fact) for (fact,) in self.connection.exec_driver_sql(asked)]


@dataclass(frozen=True)
class Writing(Reading):
    """The only writer, in one transaction that becomes durable as a whole."""

    def stamp(self, row: About) -> None:
        """Say whose record a new ledger is."""
        self.connection.execute(insert(about), [{"id": ONLY, **row._asdict()}])

    def add(self, rows: Sequence[EntryRow]) -> None:
        """Add rows."""
        mark = "?" if self.connection.dialect.paramstyle == "qmark" else "%s"
        self.connection.exec_driver_sql(_ADD.format(", ".join([mark] * len(EntryRow._fields))), list(rows))

    def move_head(self, origin: str, before: Head | None, now: Head) -> None:
        """Say what the last entry of an origin is now."""
        if before is None:
            self.connection.execute(_FIRST_HEAD, {"origin": origin, "n": now.n, "hash": now.hash})
        else:
            self.connection.execute(_NEXT_HEAD, {"at": origin, "n": now.n, "hash": now.hash})

    def move_tail(self, now: Tail) -> None:
        """Say what the last row is now."""
        self.connection.execute(_NEXT_TAIL, now._asdict())


class Store:
    """The rows of one ledger. ``closed`` is the error that an attempt to write meets, if nothing can be written."""

    def __init__(self, backend: Backend, closed: LedgerError | None = None) -> None:
        self._backend = backend
        self.shown = backend.shown
        why = f"{backend.shown} cannot be written: {backend.closed}. Nothing was written"
        self.closed = closed or (LedgerError(why) if backend.closed else None)

    def check_open(self) -> None:
        """Raise why nothing can be written, if so."""
        if self.closed:
            raise self.closed

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A transaction that sees one state; raises `LedgerError` if the database fails."""
        with telling(self._backend), self._backend.engine.connect() as connection, connection.begin():
            self._backend.begin_reading(connection)
            yield Reading(connection)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction without other writers; raises `LedgerError` if it fails, and then nothing is written."""
        self.check_open()
        with telling(self._backend), self._backend.engine.connect() as connection, connection.begin():
            self._backend.begin_writing(connection)
            yield Writing(connection)

    def guards_gone(self) -> frozenset[str]:
        """Guards against changes that somebody has taken away or switched off."""
        with self.reading() as reading:
            return self._backend.guards - self._backend.guards_found(reading.connection)

    def damage(self) -> str:
        """What the database itself finds wrong with how it keeps the rows, if it can tell."""
        with self.reading() as reading:
            return self._backend.damage(reading.connection)

    def close(self) -> None:
        """Let the database go."""
        self._backend.engine.dispose()


@contextmanager
def telling(backend: Backend) -> Iterator[None]:
    """Tell the database's errors in words that help."""
    try:
        yield
    except DBAPIError as error:
        raise backend.meaning(error) from error


def _shown(value: Any) -> Any:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def _parts(values: Sequence[Value], many: int) -> Iterator[Sequence[Value]]:
    for start in range(0, len(values), many):
        yield values[start : start + many]
