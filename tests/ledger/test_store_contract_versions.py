"""Ledgers of older versions are brought up to date when they are written; those of newer ones are only read."""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from drawdown.ledger import rows
from drawdown.ledger.chain import Head
from drawdown.ledger.entry import GENESIS
from drawdown.ledger.ledger import LedgerError, LedgerNewer, open_ledger
from drawdown.ledger.rows import row_of, told_by
from drawdown.ledger.stores import opening
from drawdown.ledger.stores.backend import PATIENCE
from drawdown.ledger.stores.store import About, Writing
from drawdown.ledger.stores.tables import metadata
from kit.ledgers import NOON, entry_of, fact, facts


@pytest.fixture(params=["file", "server"])
def place(request, tmp_path):
    return str(tmp_path / "minusma.ledger") if request.param == "file" else request.getfixturevalue("postgres").new()


@contextmanager
def backend_of(place):
    backend = opening._backend_of(place, create=True, read_only=False, patience=PATIENCE)
    yield backend
    backend.engine.dispose()


def make_with_revision_1(place):
    """A ledger with three entries as the first version made it: it had neither heads nor a tail."""
    entries, prev = [], GENESIS
    for n, told in enumerate(facts(3), 1):
        entries.append(entry_of(told, origin="gao", n=n, prev=prev, recorded=NOON, actor="A. Keita"))
        prev = entries[-1].hash
    with backend_of(place) as backend:
        opening.migrate(backend, "0001", About("minusma", "gao", "2023-09-07T12:00:00Z"))
        with backend.engine.connect() as connection, connection.begin():
            Writing(connection).add([row_of(n, one, told_by(one.fact)) for n, one in enumerate(entries, 1)])
    return entries


def test_the_first_version_s_ledger_is_brought_up_to_date(place):
    entries = make_with_revision_1(place)
    with open_ledger(place) as ledger:
        assert list(ledger.entries()) == entries
        assert ledger.heads() == {"gao": Head(3, entries[2].hash)}
        assert ledger.append([fact(1), fact(4)], actor="A. Keita").entries[0].n == 4
        assert (ledger.size, ledger.verify()) == (4, ())


def test_an_older_ledger_is_not_changed_by_reading(place):
    make_with_revision_1(place)
    with pytest.raises(LedgerError, match=r"form of an older version.*open it for writing"):
        open_ledger(place, read_only=True)
    with open_ledger(place, create=False) as ledger:
        assert ledger.size == 3


def test_a_ledger_that_is_cut_off_in_an_upgrade_is_upgraded_by_the_next(place, monkeypatch):
    make_with_revision_1(place)
    with monkeypatch.context() as patch:
        patch.setattr(Writing, "about", lambda _: 1 / 0)  # the last thing before it becomes durable
        with pytest.raises(ZeroDivisionError):
            open_ledger(place, mission="minusma")
    with open_ledger(place) as ledger:
        assert (ledger.size, ledger.verify()) == (3, ())


def test_a_newer_ledger_is_read_and_not_written(place):
    with open_ledger(place, mission="minusma", origin="gao") as ledger:
        ledger.append(facts(2), actor="A. Keita")
    with backend_of(place) as backend, backend.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE ledger_version SET version_num = '0007'")
    with open_ledger(place, mission="minusma") as ledger:
        assert [entry.n for entry in ledger.entries()] == [1, 2]
        assert "revision 0007" in ledger.closed
        for write in (lambda: ledger.append(facts(3), actor="A. Keita"), lambda: ledger.merge([])):
            with pytest.raises(LedgerNewer, match="Install that version; nothing was written"):
                write()


def test_a_ledger_with_newer_bodies_is_read_and_not_written(place, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(rows, "SCHEMA", 2)  # what a later version will do
        with open_ledger(place, mission="minusma", origin="gao") as ledger:
            ledger.append(facts(2), actor="A. Keita")
    with open_ledger(place) as ledger:
        assert [entry.n for entry in ledger.entries()] == [1, 2]
        assert "bodies of version 2, this one knows up to 1" in ledger.closed
        with pytest.raises(LedgerNewer, match="nothing was written"):
            ledger.append(facts(3), actor="A. Keita")


def test_revisions_make_the_tables_that_the_code_knows(place):
    with backend_of(place) as backend:
        opening.migrate(backend, opening.REVISIONS[-1], None)
        with backend.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"version_table": opening.VERSION_TABLE})
            differences = compare_metadata(context, metadata)
    # Constraints are made by the revisions and not repeated in the code.
    assert [one for one in differences if one[0] != "remove_constraint"] == []


def test_the_code_knows_every_revision():
    revisions = ScriptDirectory(str(opening.MIGRATIONS)).walk_revisions()
    assert tuple(reversed([one.revision for one in revisions])) == opening.REVISIONS


def test_tables_are_strict(tmp_path):
    open_ledger(tmp_path / "minusma.ledger", mission="minusma").close()
    with closing(sqlite3.connect(tmp_path / "minusma.ledger")) as connection:
        rows = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    assert {name for name, strict in rows if strict} == {"entries", "about", "heads", "tail"}


def test_revisions_ship_with_the_package():
    assert Path(opening.MIGRATIONS, "env.py").is_file()
    assert opening.MIGRATIONS.is_relative_to(Path(opening.__file__).parents[2])
