"""Opening a ledger's database: which revision its tables have, whether we may write, and bringing them up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from drawdown.ledger.errors import LedgerError, LedgerNewer
from drawdown.ledger.stores.backend import Backend
from drawdown.ledger.stores.postgresql import SCHEMES, postgresql_backend
from drawdown.ledger.stores.sqlite import not_a_ledger, sqlite_backend
from drawdown.ledger.stores.store import About, Store, Writing, telling

#: Where the revision of the tables is written, and the revisions that this version knows, the newest last.
VERSION_TABLE = "ledger_version"
REVISIONS = ("0001", "0002")

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def open_store(place: str, *, create: bool, read_only: bool, patience: float, stamp: About | None) -> Store:
    """The store at a place. A new one is made and stamped, an older one brought up to date, a newer one only read.

    Raises `LedgerError` if there is none and none may be made (``stamp`` is None), or if it is something else.
    """
    backend = _backend_of(place, create=create, read_only=read_only, patience=patience)
    try:
        return _store_of(backend, stamp if create and not read_only else None)
    except BaseException:
        backend.engine.dispose()
        raise


def _backend_of(place: str, *, create: bool, read_only: bool, patience: float) -> Backend:
    if place.startswith(SCHEMES):
        return postgresql_backend(place, read_only=read_only, patience=patience)
    if "://" in place:
        kind = place.split("://", 1)[0]
        raise LedgerError(f"a ledger cannot lie at a place of the kind `{kind}`: name a file, or postgresql://...")
    return sqlite_backend(place, create=create, read_only=read_only, patience=patience)


def _store_of(backend: Backend, stamp: About | None) -> Store:
    with telling(backend), backend.engine.connect() as connection, connection.begin():
        backend.begin_reading(connection)
        found = _revision(connection, backend.shown)
    if found == REVISIONS[-1]:
        return Store(backend)
    if found is not None and found not in REVISIONS:
        closed = LedgerNewer(
            f"{backend.shown} was made or changed by a newer version of Drawdown (its tables have revision {found},"
            f" this version knows up to {REVISIONS[-1]}): it can be read, not written. Install that version; nothing"
            " was written"
        )
        return Store(backend, closed)
    if found is None and stamp is None:
        raise LedgerError(f"there is no ledger at {backend.shown} yet; name another place, or record a first fact")
    if backend.closed:
        raise LedgerError(
            f"{backend.shown} has the form of an older version, and {backend.closed}; then it is brought up to date"
        )
    migrate(backend, REVISIONS[-1], stamp)
    return Store(backend)


def _revision(connection: Connection, shown: str) -> str | None:
    """The revision of the tables; None where there are none yet."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608  a constant
    strangers = tables if connection.dialect.name == "sqlite" else tables & {"entries", "about", "heads", "tail"}
    if strangers:
        raise not_a_ledger(shown)
    return None


def migrate(backend: Backend, revision: str, stamp: About | None) -> None:
    """Bring the tables to a revision, and stamp a ledger that is new, in one transaction."""
    from alembic import command  # noqa: PLC0415  only when there is something to do
    from alembic.config import Config  # noqa: PLC0415

    backend.before_making()
    with telling(backend), backend.engine.connect() as connection, connection.begin():
        backend.begin_making(connection)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        writing = Writing(connection)
        if stamp is not None and writing.about() is None:
            writing.stamp(stamp)
