"""A ledger in a SQLite file: durable when an append returns, many readers beside one writer at a time."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import QueuePool, StaticPool

from drawdown.ledger.errors import LedgerBusy, LedgerError, LedgerFull, LedgerGarbled
from drawdown.ledger.stores.backend import SAFE, Backend

#: The first bytes of every SQLite file.
MAGIC = b"SQLite format 3\x00"

#: The place of a ledger that lives as long as the process and lies nowhere.
MEMORY = ":memory:"

#: Strict tables exist since then.
OLDEST = (3, 37, 0)

#: Only the owner reads and writes a new ledger: it holds names and places.
OWNER_ONLY = 0o600

#: The triggers that refuse changes.
GUARDS = frozenset(
    {"entries_stay_as_they_are", "entries_stay", "entries_are_not_replaced"}
    | {"about_stays_as_it_is", "about_stays", "about_is_not_replaced"}
    | {"heads_go_forward", "heads_stay", "heads_are_not_replaced"}
    | {"tail_goes_forward", "tail_stays", "tail_is_not_replaced"}
)

FULL = "there is no room left for {shown}: {SAFE}. Free some space on its disk, then try again"
FAILING = (
    "the disk of {shown} does not take what is written, being full or failing ({error}): {SAFE}. Free some space, or"
    " copy the file to another disk, then try again"
)
LOCKED = "another program keeps {shown} locked: {SAFE}. Close that program, or try again later"
UNWRITABLE = "{shown} cannot be written ({error}): {SAFE}. Change the permissions of the file and its folder"
DAMAGED = (
    "the file {shown} is damaged ({error}). Write nothing more to it: keep a copy, and make a new ledger from bundles"
    " that other stations hold, or from a backup"
)

#: What the kinds of SQLite's errors mean for the person who records.
MEANINGS: dict[int, tuple[type[LedgerError], str]] = {
    sqlite3.SQLITE_FULL: (LedgerFull, FULL),
    sqlite3.SQLITE_IOERR: (LedgerFull, FAILING),
    sqlite3.SQLITE_BUSY: (LedgerBusy, LOCKED),
    sqlite3.SQLITE_LOCKED: (LedgerBusy, LOCKED),
    sqlite3.SQLITE_READONLY: (LedgerError, UNWRITABLE),
    sqlite3.SQLITE_CANTOPEN: (LedgerError, UNWRITABLE),
    sqlite3.SQLITE_PERM: (LedgerError, UNWRITABLE),
    sqlite3.SQLITE_CORRUPT: (LedgerError, DAMAGED),
}

#: Seconds between two tries to switch a file to its write-ahead log; SQLite does not wait there by itself.
MOMENT = 0.05


def sqlite_backend(place: str, *, create: bool, read_only: bool, patience: float) -> Backend:
    """The database in a file, or in memory for ``:memory:``.

    Raises `LedgerError` for a file that is not there and may not be made, and for one that is no database.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        raise LedgerError(f"a ledger needs SQLite 3.37 or later; this Python has {sqlite3.sqlite_version}")
    if place == MEMORY:
        return _backend(_connector("file::memory:", patience), MEMORY)
    path = Path(place).expanduser()
    _make_or_check(path, create=create and not read_only)
    closed = "it was opened for reading only; open it for writing" if read_only else _closed(path)
    connect = _connector(_uri(path, closed=bool(closed)), patience)
    return _backend(connect, str(path), closed, lambda: _write_ahead(connect, str(path), patience))


def _backend(
    connect: Callable[[], sqlite3.Connection],
    shown: str,
    closed: str = "",
    before_making: Callable[[], None] = lambda: None,
) -> Backend:
    pool = StaticPool if shown == MEMORY else QueuePool
    engine = create_engine("sqlite://", creator=connect, poolclass=pool, hide_parameters=True)
    return Backend(
        engine=engine,
        shown=shown,
        before_making=before_making,
        begin_reading=lambda connection: _run(connection, "BEGIN"),
        begin_writing=lambda connection: _run(connection, "BEGIN IMMEDIATE"),
        begin_making=lambda connection: _run(connection, "BEGIN IMMEDIATE"),
        damage=_damage,
        guards=GUARDS,
        guards_found=_guards,
        meaning=lambda error: meaning(error.orig, shown),
        closed=closed,
    )


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)


def _guards(connection: Connection) -> frozenset[str]:
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return frozenset(str(name) for (name,) in rows)


def _damage(connection: Connection) -> str:
    said = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar())
    return "" if said == "ok" else said


def _connector(uri: str, patience: float) -> Callable[[], sqlite3.Connection]:
    def connect() -> sqlite3.Connection:
        # Transactions are begun by us: Python's own way begins them too late to keep other writers out.
        connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA synchronous = FULL")  # the log is on the disk before a commit returns
            connection.execute("PRAGMA trusted_schema = OFF")  # a file from elsewhere runs nothing of its own
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def _make_or_check(path: Path, *, create: bool) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except FileNotFoundError:
        if not create:
            raise LedgerError(f"there is no ledger at {path}; name another place, or record a first fact") from None
        _make(path)
    except OSError as error:
        raise LedgerError(f"{path} cannot be read: {error.strerror}; name a ledger's file") from error
    else:
        # An empty file is a ledger whose making was cut short.
        if start and start != MAGIC:
            raise not_a_ledger(str(path))


def _make(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, OWNER_ONLY))
        if os.name == "posix":  # the name of the file is on the disk, too
            folder = os.open(path.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)
    except OSError as error:
        raise LedgerError(
            f"no ledger can be made at {path}: {error.strerror}; make the folder, or name another place"
        ) from error


def not_a_ledger(shown: str) -> LedgerError:
    """What is said of something else than a ledger."""
    return LedgerError(f"{shown} is not a ledger; nothing was changed in it. Name a ledger's file, or a new one")


def _closed(path: Path) -> str:
    if not os.access(path, os.W_OK):
        return f"the file {path} may not be written; change its permissions, or work on a copy"
    if not os.access(path.parent, os.W_OK):
        return (
            f"its folder {path.resolve().parent} may not be written, where SQLite keeps its log; change its permissions"
        )
    return ""


def _uri(path: Path, *, closed: bool) -> str:
    uri = path.absolute().as_uri()
    if not closed:
        return f"{uri}?mode=rw"
    # Without a log beside it the file is all there is; SQLite would otherwise want to make a log to read it.
    still = not path.with_name(f"{path.name}-wal").exists() and not os.access(path.parent, os.W_OK)
    return f"{uri}?mode=ro" + ("&immutable=1" if still else "")


def _write_ahead(connect: Callable[[], sqlite3.Connection], shown: str, patience: float) -> None:
    """Keep a write-ahead log, so that readers do not wait for a writer. The file remembers it."""
    until = time.monotonic() + patience
    while True:
        try:
            connection = connect()
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            finally:
                connection.close()
        except sqlite3.Error as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise meaning(error, shown) from error
            time.sleep(MOMENT)
        else:
            return


def _code(error: BaseException | None) -> int:
    # The lower byte is the kind, the rest tells it more finely.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def meaning(error: BaseException | None, shown: str) -> LedgerError:
    """What an error of SQLite means for the person who records."""
    code = _code(error)
    if "decode to UTF-8" in str(error):  # Python's own complaint, which has no code
        return LedgerGarbled(f"a row of {shown} was altered: it holds what is no text. Verify the ledger to see where")
    if code == sqlite3.SQLITE_NOTADB:
        return not_a_ledger(shown)
    kind, words = MEANINGS.get(code, (LedgerError, "{shown}: {error}: {SAFE}"))
    return kind(words.format(shown=shown, error=error, SAFE=SAFE))
