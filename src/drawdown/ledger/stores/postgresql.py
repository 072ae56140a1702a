"""A ledger in a PostgreSQL database, for a team. The password comes from where PostgreSQL's own tools take it."""

from __future__ import annotations

from importlib.util import find_spec

from sqlalchemy import URL, Connection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from drawdown.ledger.errors import LedgerBusy, LedgerError, LedgerFull, LedgerLost
from drawdown.ledger.stores.backend import AGAIN, SAFE, Backend

#: How a place on a server begins.
SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")

#: One writer at a time: it makes the numbers of a chain and the order of arrival have neither gaps nor doubles. Who has
#: the row waits for nobody else, and sees what was committed before.
LOCK = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT seq FROM tail FOR UPDATE"

#: One program at a time makes tables; the number is any that other programs are unlikely to lock.
ONE_MAKER = "SELECT pg_advisory_xact_lock(4711202306)"

#: The triggers that refuse changes.
GUARDS = frozenset(
    {"entries_stay", "entries_are_not_emptied", "about_stay", "about_are_not_emptied"}
    | {f"{table}_{what}" for table in ("heads", "tail") for what in ("update", "delete", "truncate")}
)

#: Triggers that are there and switched on.
GUARDS_ON = """SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'
    AND tgrelid IN (to_regclass('entries'), to_regclass('about'), to_regclass('heads'), to_regclass('tail'))"""

LOST = "{shown} cannot be reached ({said}): {AGAIN}. Look at the network and the server first"

#: What the server's errors mean for the person who records: by the beginning of their code, or, before there is a
#: connection, by a phrase in their text. (A lost connection leaves open whether the last commit was still done.)
MEANINGS: tuple[tuple[type[LedgerError], tuple[str, ...], tuple[str, ...], str], ...] = (
    (
        LedgerFull,
        ("53100", "53200"),
        (),
        "the server of {shown} has no room left ({said}): {SAFE}. Ask for space, then try again",
    ),
    (
        LedgerBusy,
        ("55P03", "40"),
        (),
        "another program keeps {shown} locked: {SAFE}. Close that program, or try again later",
    ),
    (
        LedgerError,
        ("25006", "42501"),
        (),
        "{shown} may not be written by this user ({said}): {SAFE}. Ask for the right to append",
    ),
    (
        LedgerError,
        ("28",),
        ("authentication failed", "no password supplied"),
        "{shown} does not let you in ({said}). Put the password into PGPASSWORD or a pgpass file, not into the URL",
    ),
    (
        LedgerError,
        ("3D000",),
        ('database "',),
        "{shown}: there is no such database ({said}). Make it first, with `createdb`",
    ),
    (LedgerLost, ("08", "57P"), (), LOST),
)

#: After how long a server that does not answer counts as lost: seconds (milliseconds for the last). Without these, an
#: append on a link that went dead would hang for a quarter of an hour.
DEAD_LINK = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


def postgresql_backend(place: str, *, read_only: bool, patience: float) -> Backend:
    """The database that a URL names; raises `LedgerError` for a URL that names none."""
    if find_spec("psycopg") is None:
        raise LedgerError("a ledger on a PostgreSQL server needs the extra `team`: pip install 'drawdown[team]'")
    url = _url(place)
    engine = create_engine(
        url,
        pool_pre_ping=True,  # a connection that went away between two appends is replaced unnoticed
        hide_parameters=True,
        connect_args={name: value for name, value in DEAD_LINK.items() if name not in url.query},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: object, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]  # psycopg's own
        cursor.execute("SET synchronous_commit = on")  # a commit returns when it is on the server's disk
        cursor.execute(f"SET lock_timeout = {int(patience * 1000)}")
        cursor.execute("SET TIME ZONE 'UTC'")
        connection.commit()  # type: ignore[attr-defined]
        cursor.close()

    shown = shown_url(url)
    return Backend(
        engine=engine,
        shown=shown,
        before_making=lambda: None,
        begin_reading=lambda connection: _run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        begin_writing=lambda connection: _run(connection, LOCK),
        begin_making=lambda connection: _run(connection, ONE_MAKER),
        damage=lambda _: "",  # a server checks its pages by itself
        guards=GUARDS,
        guards_found=lambda connection: frozenset(str(name) for (name,) in connection.exec_driver_sql(GUARDS_ON)),
        meaning=lambda error: _meaning(error, shown, url),
        closed="it was opened for reading only; open it for writing" if read_only else "",
    )


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)


def _url(place: str) -> URL:
    try:
        return make_url(place).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise LedgerError("this URL names no database; write it as postgresql://USER@HOST/DATABASE") from None


def shown_url(url: URL) -> str:
    """A URL without its password, wherever it was written."""
    secret = {"password", "sslpassword", "passfile"}
    query = {name: value for name, value in url.query.items() if name not in secret}
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return plain.render_as_string(hide_password=False)


def _meaning(error: DBAPIError, shown: str, url: URL) -> LedgerError:
    code = getattr(error.orig, "sqlstate", None) or ""
    said = (str(error.orig).strip().splitlines() or [""])[0][:300]
    if url.password:
        said = said.replace(str(url.password), "***")
    for kind, codes, phrases, words in MEANINGS:
        if code.startswith(codes) or any(phrase in said for phrase in phrases):
            return kind(words.format(shown=shown, said=said, SAFE=SAFE, AGAIN=AGAIN))
    if error.connection_invalidated or not code:
        return LedgerLost(LOST.format(shown=shown, said=said, AGAIN=AGAIN))
    return LedgerError(f"{shown}: {said}: {SAFE}")
