"""The tables of a ledger, plain enough to be read with any tool. The revisions in `migrations` make them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

#: Whole numbers; SQLite's strict tables know one kind only.
NUMBER = BigInteger().with_variant(Integer, "sqlite")

#: Text that is ordered by its bytes, whatever the database's language is.
WORDS = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData()

#: One row an entry. ``seq`` is the order of arrival here; ``kind``, ``happened`` and ``fact`` repeat the body for
#: readers.
entries = Table(
    "entries",
    metadata,
    Column("seq", NUMBER, primary_key=True, autoincrement=False),
    Column("origin", WORDS, nullable=False),
    Column("n", NUMBER, nullable=False),
    Column("recorded", WORDS, nullable=False),
    Column("actor", WORDS, nullable=False),
    Column("version", NUMBER, nullable=False),
    Column("kind", WORDS, nullable=False),
    Column("happened", WORDS, nullable=False),
    Column("fact", WORDS, nullable=False),
    Column("body", WORDS, nullable=False),
    Column("prev", WORDS, nullable=False),
    Column("hash", WORDS, nullable=False),
)

#: One row: whose record this is, which station writes here, and since when.
about = Table(
    "about",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=False),
    Column("mission", WORDS, nullable=False),
    Column("origin", WORDS, nullable=False),
    Column("created", WORDS, nullable=False),
)

#: The last entry of each origin.
heads = Table(
    "heads",
    metadata,
    Column("origin", WORDS, primary_key=True),
    Column("n", NUMBER, nullable=False),
    Column("hash", WORDS, nullable=False),
)

#: One row: the last row of `entries`, the running hash of arrivals, and the newest version of a body.
tail = Table(
    "tail",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=False),
    Column("seq", NUMBER, nullable=False),
    Column("arrived", WORDS, nullable=False),
    Column("version", NUMBER, nullable=False),
)

#: The only row of `about` and of `tail`.
ONLY = 1
