"""When something fails, nothing that was acknowledged is lost, and the message says what is safe and what to do."""

import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import pytest

from drawdown.ledger.ledger import LedgerBusy, LedgerError, LedgerFull, LedgerLost, open_ledger
from drawdown.ledger.stores import postgresql
from drawdown.ledger.stores.store import Writing
from kit.ledger_children import append_until_full, running, try_to_write
from kit.ledgers import NOON, SqliteTamper, chain_rows, fact, facts
from kit.postgres import Server


@pytest.fixture
def place(tmp_path):
    """A ledger's file with three entries."""
    path = tmp_path / "minusma.ledger"
    with open_ledger(path, mission="minusma", origin="gao") as ledger:
        ledger.append(facts(3), actor="A. Keita", recorded=NOON)
    return path


# No room


def test_a_disk_that_takes_no_more_loses_nothing(tmp_path):
    with running(append_until_full, tmp_path / "minusma.ledger") as (_, hear):
        acknowledged, said, full, more, breaks = hear.recv()
    assert full == (acknowledged, ())
    assert acknowledged > 50
    assert all(
        "everything that was acknowledged before is safe, and nothing of this was written" in one for one in said
    )
    assert (more, breaks) == (10, ())


@pytest.fixture
def tiny_disk():
    """A disk of one megabyte."""
    folder = Path(tempfile.mkdtemp())
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False).returncode
    ):
        folder.rmdir()
        pytest.skip("a disk of its own can be made by root only")
    yield folder
    subprocess.run(["umount", folder], check=True)
    folder.rmdir()


def test_a_full_disk_loses_nothing_and_goes_on_when_there_is_room(tiny_disk):
    filler = tiny_disk / "filler"
    filler.write_bytes(b"x" * 500_000)
    acknowledged = 0
    with open_ledger(tiny_disk / "minusma.ledger", mission="minusma", origin="gao") as ledger:
        with pytest.raises(LedgerFull, match="Free some space"):  # noqa: PT012  the one that finds no room
            while True:
                ledger.append(facts(20, first=acknowledged + 1), actor="A. Keita", recorded=NOON)
                acknowledged += 20
        assert (ledger.size, ledger.verify()) == (acknowledged, ())
        filler.unlink()
        ledger.append(facts(20, first=acknowledged + 1), actor="A. Keita", recorded=NOON)
    with open_ledger(tiny_disk / "minusma.ledger") as ledger:
        assert (ledger.size, ledger.verify()) == (acknowledged + 20, ())


def test_a_file_that_may_grow_no_more_is_full(place):
    with open_ledger(place) as ledger:
        with ledger._store._backend.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes the pages that there are
        with pytest.raises(LedgerFull, match="no room left"):
            ledger.append(facts(200, first=10), actor="A. Keita")
        assert (ledger.size, ledger.verify()) == (3, ())


# Somebody else


def test_a_file_that_another_program_keeps_locked(place):
    with open_ledger(place, patience=0.1) as ledger, closing(sqlite3.connect(place)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusy, match=r"keeps .* locked: .* nothing of this was written"):
            ledger.append([fact(4)], actor="A. Keita")
        other.rollback()
        assert len(ledger.append([fact(4)], actor="A. Keita").entries) == 1


def test_a_database_that_another_program_keeps_locked(postgres):
    with open_ledger(postgres.new(), mission="minusma", patience=0.2) as ledger:
        with ledger._store.writing(), pytest.raises(LedgerBusy, match="Close that program, or try again"):
            ledger.append([fact(1)], actor="A. Keita")
        assert len(ledger.append([fact(1)], actor="A. Keita").entries) == 1


def test_a_file_that_may_not_be_written_is_read():
    folder = Path(tempfile.mkdtemp())
    with open_ledger(folder / "minusma.ledger", mission="minusma", origin="gao") as ledger:
        ledger.append(facts(3), actor="A. Keita")
    try:
        for path in folder.iterdir():
            path.chmod(0o444)
        for mode, said in ((0o777, "the file"), (0o555, "may not be written")):
            folder.chmod(mode)
            with running(try_to_write, folder / "minusma.ledger") as (_, hear):
                numbers, message = hear.recv()
            assert numbers == [1, 2, 3]
            assert said in message
            assert "change its permissions" in message
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


# Not a ledger


def test_what_is_no_ledger_is_left_as_it_is(tmp_path):
    text, database, folder = tmp_path / "notes.txt", tmp_path / "other.db", tmp_path / "folder"
    text.write_text("nothing of the kind")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE entries (id)")
    folder.mkdir()
    for path, said in ((text, "is not a ledger"), (database, "is not a ledger"), (folder, "cannot be read")):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(LedgerError, match=said):
            open_ledger(path, mission="minusma")
        assert (path.read_bytes() if path.is_file() else b"") == before
    with pytest.raises(LedgerError, match="no ledger can be made"):
        open_ledger(tmp_path / "nowhere" / "minusma.ledger", mission="minusma")
    with pytest.raises(LedgerError, match="place of the kind `mysql`"):
        open_ledger("mysql://host/db", mission="minusma")


def test_a_database_with_other_tables_is_left_as_it_is(postgres):
    url = postgres.new()
    postgres.run("CREATE TABLE entries (id int)", url)
    with pytest.raises(LedgerError, match="is not a ledger"):
        open_ledger(url, mission="minusma")


def test_a_ledger_whose_making_was_cut_short_is_made(tmp_path):
    path = tmp_path / "minusma.ledger"
    path.touch()
    with open_ledger(path, mission="minusma") as ledger:
        assert ledger.append([fact(1)], actor="A. Keita").entries


# Damage


def test_a_file_that_was_cut_off_is_told(place):
    place.write_bytes(place.read_bytes()[:8_192])
    with pytest.raises(LedgerError, match=r"damaged.*from bundles"), open_ledger(place) as ledger:
        list(ledger.entries())


@pytest.mark.parametrize("seed", range(40))
def test_damage_anywhere_is_told_or_changes_nothing(place, seed):
    with open_ledger(place) as ledger:
        ledger.append(facts(30, first=4), actor="A. Keita", recorded=NOON)
        rows = chain_rows(ledger)
    chance, content = random.Random(seed), bytearray(place.read_bytes())  # noqa: S311  not a secret
    start = chance.randrange(len(content))
    content[start : start + 50] = chance.randbytes(len(content[start : start + 50]))
    place.write_bytes(content)
    with suppress(LedgerError), open_ledger(place) as ledger:  # told at once, or ...
        assert ledger.verify() or chain_rows(ledger) == rows


def test_text_that_is_none_is_found(place):
    tamper = SqliteTamper(lambda: closing(sqlite3.connect(place, isolation_level=None)))
    tamper.run("UPDATE entries SET actor = CAST(x'4b656974ff' AS TEXT) WHERE n = 2")
    with open_ledger(place) as ledger:
        with pytest.raises(LedgerError, match=r"row .* was altered"):
            list(ledger.entries())
        assert [(one.n, one.seq) for one in ledger.verify()] == [(2, 2)]


# A server that goes away


@pytest.fixture
def own_server(postgres):
    """A server that a test may stop."""
    assert postgres
    server = Server()
    yield server
    server.end()


def test_a_server_that_is_stopped_loses_nothing(own_server):
    with open_ledger(own_server.new(), mission="minusma", origin="gao") as ledger:
        ledger.append(facts(3), actor="A. Keita", recorded=NOON)
        own_server.stop()
        with pytest.raises(LedgerLost, match=r"cannot be reached .* what was written already is recognised"):
            ledger.append([fact(4)], actor="A. Keita", recorded=NOON)
        own_server.start()
        assert ledger.append(facts(4), actor="A. Keita", recorded=NOON).entries[0].n == 4
        assert (ledger.size, ledger.verify()) == (4, ())
        own_server.stop()
        with pytest.raises(LedgerLost, match="Look at the network"):
            open_ledger(own_server.url("ledger_1"))


def test_a_connection_that_breaks_in_the_middle_leaves_nothing_half_done(postgres, monkeypatch):
    with open_ledger(postgres.new(), mission="minusma", origin="gao") as ledger:
        ledger.append(facts(1), actor="A. Keita", recorded=NOON)
        add = Writing.add

        def break_off(writing, rows):
            add(writing, rows)
            (process,) = writing.connection.exec_driver_sql("SELECT pg_backend_pid()").one()
            postgres.run(f"SELECT pg_terminate_backend({process})")

        with monkeypatch.context() as patch:
            patch.setattr(Writing, "add", break_off)
            with pytest.raises(LedgerLost, match="append this again"):
                ledger.append(facts(5), actor="A. Keita", recorded=NOON)
        assert ledger.size == 1
        assert len(ledger.append(facts(5), actor="A. Keita", recorded=NOON).entries) == 4
        assert ledger.verify() == ()


def test_a_database_that_is_not_there(postgres):
    with pytest.raises(LedgerError, match=r"no such database .* `createdb`"):
        open_ledger(postgres.url("nowhere"), mission="minusma")
    with pytest.raises(LedgerError, match="names no database"):
        open_ledger("postgresql://host:port/db", mission="minusma")


def test_somebody_who_may_only_append(postgres):
    url = postgres.new()
    open_ledger(url, mission="minusma", origin="gao").close()
    clerk = f"clerk_{url.split('?')[0].rsplit('_', 1)[1]}"
    postgres.run(f"CREATE ROLE {clerk} LOGIN", url)
    with pytest.raises(LedgerError, match="Ask for the right"):
        open_ledger(url.replace("postgres@", f"{clerk}@"))
    grants = ["SELECT ON ledger_version, about", "SELECT, INSERT ON entries"]
    grants += ["SELECT, INSERT, UPDATE ON heads", "SELECT, UPDATE ON tail"]
    for grant in grants:
        postgres.run(f"GRANT {grant} TO {clerk}", url)
    with open_ledger(url.replace("postgres@", f"{clerk}@")) as ledger:
        ledger.append(facts(3), actor="A. Keita")
        assert ledger.verify() == ()


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setattr(postgresql, "find_spec", lambda _: None)
    with pytest.raises(LedgerError, match="needs the extra `team`"):
        open_ledger("postgresql://host/db")


# Passwords


def test_a_password_is_shown_nowhere(own_server):
    url = own_server.new().replace("postgres@", "postgres:opensesame@")
    with open_ledger(url, mission="minusma", origin="gao") as ledger:
        own_server.stop()
        with pytest.raises(LedgerLost) as lost:
            ledger.append(facts(1), actor="A. Keita")
        assert "opensesame" not in ledger.place
    error = lost.value
    while error:
        assert "opensesame" not in f"{error!r}{error}"
        error = error.__cause__ or error.__context__
    for wrong in ("postgresql://me:opensesame@127.0.0.1:1/db", "postgresql://me:opensesame@host:x/db"):
        with pytest.raises(LedgerError) as lost:
            open_ledger(wrong, mission="minusma")
        assert "opensesame" not in str(lost.value)
    assert os.environ.get("PGPASSWORD") is None
