"""Heads and the tail, so that entries cut off at the end are missed; neither goes back."""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

STAYS = "heads and the tail of the ledger stay"
FORWARD = "heads and the tail of the ledger never go back"

NOT_A_HEAD = """NEW.origin <> OLD.origin OR NEW.n <= OLD.n
    OR NOT EXISTS (SELECT 1 FROM entries WHERE origin = NEW.origin AND n = NEW.n AND hash = NEW.hash)"""
NOT_THE_TAIL = """NEW.id <> OLD.id OR NEW.seq <= OLD.seq OR NEW.version < OLD.version
    OR NOT EXISTS (SELECT 1 FROM entries WHERE seq = NEW.seq)"""


def refuse(name: str, before: str, message: str, when: str = "") -> str:
    """A trigger of SQLite that refuses something."""
    return f"CREATE TRIGGER {name} BEFORE {before} {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"


# `INSERT OR REPLACE` removes rows without firing the trigger against removal, hence those against insertion.
SQLITE = (
    refuse("heads_go_forward", "UPDATE ON heads", FORWARD, f"WHEN {NOT_A_HEAD}"),
    refuse("heads_stay", "DELETE ON heads", STAYS),
    refuse(
        "heads_are_not_replaced",
        "INSERT ON heads",
        STAYS,
        "WHEN EXISTS (SELECT 1 FROM heads WHERE origin = NEW.origin)",
    ),
    refuse("tail_goes_forward", "UPDATE ON tail", FORWARD, f"WHEN {NOT_THE_TAIL}"),
    refuse("tail_stays", "DELETE ON tail", STAYS),
    refuse("tail_is_not_replaced", "INSERT ON tail", STAYS, "WHEN EXISTS (SELECT 1 FROM tail)"),
)
POSTGRESQL = (
    f"""CREATE FUNCTION ledger_heads_stay() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{STAYS}'; END $$""",
    f"""CREATE FUNCTION ledger_heads_go_forward() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF {NOT_A_HEAD} THEN RAISE EXCEPTION '{FORWARD}'; END IF; RETURN NEW; END $$""",
    f"""CREATE FUNCTION ledger_tail_goes_forward() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF {NOT_THE_TAIL} THEN RAISE EXCEPTION '{FORWARD}'; END IF; RETURN NEW; END $$""",
    *(
        f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
        for table, forward in (("heads", "ledger_heads_go_forward"), ("tail", "ledger_tail_goes_forward"))
        for what, each, function in (
            ("UPDATE", "ROW", forward),
            ("DELETE", "ROW", "ledger_heads_stay"),
            ("TRUNCATE", "STATEMENT", "ledger_heads_stay"),
        )
    ),
)


def upgrade() -> None:
    """Make both tables, and fill them from the entries that are there."""
    heads = op.create_table(
        "heads",
        sa.Column("origin", WORDS, primary_key=True),
        sa.Column("n", NUMBER, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sqlite_strict=True,
    )
    tail = op.create_table(
        "tail",
        sa.Column("id", NUMBER, sa.CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("arrived", WORDS, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sqlite_strict=True,
    )
    seq, version, arrived = 0, 0, "0" * 64
    last: dict[str, tuple[int, str]] = {}
    found = op.get_bind().exec_driver_sql("SELECT seq, origin, n, hash, version FROM entries ORDER BY seq")
    for row_seq, origin, n, hashed, row_version in found:
        seq, version = row_seq, max(version, row_version)
        arrived = sha256(f"{arrived}{hashed}".encode("ascii", "replace")).hexdigest()
        last[origin] = (n, hashed)
    if last:
        op.bulk_insert(heads, [{"origin": origin, "n": n, "hash": hashed} for origin, (n, hashed) in last.items()])
    op.bulk_insert(tail, [{"id": 1, "seq": seq, "arrived": arrived, "version": version}])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
