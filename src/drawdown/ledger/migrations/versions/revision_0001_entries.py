"""Entries, and what the ledger is about; neither can be changed or removed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

MESSAGE = "the ledger is append-only: record a correction instead"


def refuse(name: str, before: str, when: str = "") -> str:
    """A trigger of SQLite that refuses something."""
    return f"CREATE TRIGGER {name} BEFORE {before} {when} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"


# `INSERT OR REPLACE` removes rows without firing the trigger against removal, hence those against insertion.
SQLITE = (
    refuse("entries_stay_as_they_are", "UPDATE ON entries"),
    refuse("entries_stay", "DELETE ON entries"),
    refuse(
        "entries_are_not_replaced",
        "INSERT ON entries",
        """WHEN EXISTS (SELECT 1 FROM entries WHERE seq = NEW.seq)
        OR EXISTS (SELECT 1 FROM entries WHERE origin = NEW.origin AND n = NEW.n)
        OR EXISTS (SELECT 1 FROM entries WHERE fact = NEW.fact AND origin = NEW.origin)""",
    ),
    refuse("about_stays_as_it_is", "UPDATE ON about"),
    refuse("about_stays", "DELETE ON about"),
    refuse("about_is_not_replaced", "INSERT ON about", "WHEN EXISTS (SELECT 1 FROM about)"),
)
POSTGRESQL = (
    f"""CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$""",
    *(
        statement
        for table in ("entries", "about")
        for statement in (
            f"""CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION ledger_append_only()""",
            f"""CREATE TRIGGER {table}_are_not_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()""",
        )
    ),
)


def upgrade() -> None:
    """Make the tables and their guards."""
    op.create_table(
        "entries",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("n", NUMBER, sa.CheckConstraint("n >= 1"), nullable=False),
        sa.Column("recorded", WORDS, nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("happened", WORDS, nullable=False),
        sa.Column("fact", WORDS, nullable=False),
        sa.Column("body", WORDS, nullable=False),
        sa.Column("prev", WORDS, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.UniqueConstraint("origin", "n", name="entries_once"),
        # By fact first: this index also answers whether a fact is on record at all.
        sa.UniqueConstraint("fact", "origin", name="entries_fact_once"),
        sqlite_strict=True,
    )
    op.create_table(
        "about",
        sa.Column("id", NUMBER, sa.CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
        sa.Column("mission", WORDS, nullable=False),
        sa.Column("origin", WORDS, nullable=False),
        sa.Column("created", WORDS, nullable=False),
        sqlite_strict=True,
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
