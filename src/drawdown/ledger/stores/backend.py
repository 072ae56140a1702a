"""What differs between the databases that a ledger can lie in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from drawdown.ledger.errors import LedgerError

#: Seconds that a writer waits for others before it gives up.
PATIENCE = 30.0

#: What holds after every failure of a write.
SAFE = "everything that was acknowledged before is safe, and nothing of this was written"
AGAIN = "everything that was acknowledged before is safe; append this again: what was written already is recognised"


@dataclass(frozen=True)
class Backend:
    """A database: how to reach it, how to keep other writers out, and what its errors mean for a person.

    ``shown`` is its place without a password; ``closed`` says why nothing can be written, if so. ``begin_reading``
    makes one transaction see one state, ``begin_writing`` makes it the only writer; ``begin_making`` makes it the only
    one who makes or changes tables, after ``before_making`` has done what has to be done outside. ``guards`` are the
    names of the triggers against changes, ``guards_found`` those that are there and on; ``damage`` is what the database
    itself finds wrong with how it keeps the rows, if it can tell.
    """

    engine: Engine
    shown: str
    before_making: Callable[[], None]
    begin_reading: Callable[[Connection], None]
    begin_writing: Callable[[Connection], None]
    begin_making: Callable[[Connection], None]
    guards: frozenset[str]
    guards_found: Callable[[Connection], frozenset[str]]
    damage: Callable[[Connection], str]
    meaning: Callable[[DBAPIError], LedgerError]
    closed: str = ""
