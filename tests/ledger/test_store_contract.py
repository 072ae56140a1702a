"""What every ledger does, wherever it lies: one contract, run by a SQLite file, SQLite in memory and PostgreSQL."""

import sqlite3
from contextlib import closing, nullcontext
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from drawdown.ledger.chain import Head
from drawdown.ledger.entry import GENESIS
from drawdown.ledger.ledger import Contradiction, LedgerError, LedgerNewer, open_ledger
from kit.ledgers import NOON, PostgresTamper, SqliteTamper, chain_rows, fact, facts

#: What the database answers to everyone who wants to change the record.
REFUSED = "the ledger is append-only"

#: A row that somebody adds to the end by hand.
INSERTED = """INSERT INTO entries SELECT 5, origin, 5, recorded, actor, version, kind, happened, 'new', body, hash, prev
FROM entries WHERE n = 4"""

#: The end of a ledger that holds nothing.
FRESH = f"UPDATE tail SET seq = 0, arrived = '{GENESIS}'"  # noqa: S608  ours


class LedgerContract:
    """Subclasses give `place`, where a new ledger can be made, and `tamper`, somebody with a database tool."""

    @pytest.fixture
    def ledger(self, place):
        with open_ledger(place, mission="minusma", origin="gao") as ledger:
            yield ledger

    def test_what_is_appended_is_on_record(self, ledger):
        done = ledger.append(facts(3), actor="A. Keita", recorded=NOON)
        assert list(ledger.entries()) == list(done.entries)
        assert [(one.origin, one.n, one.actor, one.recorded) for one in done.entries] == [
            ("gao", 1, "A. Keita", NOON),
            ("gao", 2, "A. Keita", NOON),
            ("gao", 3, "A. Keita", NOON),
        ]
        assert done.entries[2].fact == fact(3, recorded=NOON.date())
        assert ledger.heads() == {"gao": Head(3, done.entries[2].hash)}
        assert (ledger.size, ledger.verify()) == (3, ())

    def test_the_same_facts_give_the_same_digest_wherever_they_lie(self, ledger):
        assert ledger.digest == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # of {}
        ledger.append(facts(3), actor="A. Keita", recorded=NOON)
        assert ledger.digest == "5555c86342c41772c9e138620e2be598883f1ca7886bc17870659a2d59036e5e"

    def test_a_fact_that_is_on_record_is_recognised(self, ledger):
        first = ledger.append(facts(2), actor="A. Keita", recorded=NOON)
        again = ledger.append([fact(2), fact(3), fact(3)], actor="somebody else")
        assert [entry.fact.id for entry in again.entries] == ["gao-3"]
        assert again.duplicates == (first.entries[1], again.entries[0])
        assert ledger.size == 3

    def test_a_contradiction_is_shown_and_not_written(self, ledger):
        first = ledger.append(facts(1), actor="A. Keita", recorded=NOON)
        other = fact(1, count=80)
        done = ledger.append([other, fact(2)], actor="A. Keita", recorded=NOON)
        assert done.contradictions == (Contradiction(other, first.entries[0]),)
        assert [entry.fact.count for entry in ledger.entries()] == [120, 120]

    def test_undoing_is_another_entry(self, ledger):
        ledger.append(facts(1), actor="A. Keita", recorded=NOON)
        undone = fact(2, kind="correction", corrects="gao-1", unit=None, count=None, count_of=None, note="never left")
        ledger.append([undone], actor="A. Keita", recorded=NOON)
        assert [entry.fact.kind for entry in ledger.entries()] == ["departure", "correction"]

    def test_when_it_was_recorded(self, ledger):
        late, bamako = NOON + timedelta(microseconds=900_000), timezone(timedelta(hours=2))
        ledger.append([fact(1)], actor="A. Keita", recorded=late)
        ledger.append([fact(2)], actor="A. Keita", recorded=NOON.astimezone(bamako))
        ledger.append([fact(3, recorded=date(2023, 9, 5))], actor="A. Keita", recorded=NOON)
        before = datetime.now(UTC).replace(microsecond=0)
        ledger.append([fact(4)], actor="A. Keita")
        *told, now = (entry.recorded for entry in ledger.entries())
        assert told == [NOON, NOON, datetime(2023, 9, 5, tzinfo=UTC)]
        assert before <= now <= datetime.now(UTC)

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"actor": ""}, "by whom"),
            ({"actor": "two\x00parts"}, "by whom"),
            ({"origin": "Gao camp"}, "name of a station"),
            ({"recorded": datetime(2023, 9, 7, 12)}, "no time zone"),  # noqa: DTZ001  the point
        ],
    )
    def test_who_and_when_have_to_make_sense(self, ledger, changes, said):
        with pytest.raises(LedgerError, match=said):
            ledger.append(facts(2), **{"actor": "A. Keita", **changes})
        assert ledger.size == 0

    def test_stations_have_chains_of_their_own(self, ledger):
        ledger.append(facts(2), actor="A. Keita", recorded=NOON)
        ledger.append(facts(2, first=3), actor="B. Cissé", recorded=NOON, origin="kidal")
        assert {origin: head.n for origin, head in ledger.heads().items()} == {"gao": 2, "kidal": 2}
        assert [entry.n for entry in ledger.chain("kidal", after=1)] == [2]

    def test_reading_goes_on_after_a_row(self, ledger):
        ledger.append(facts(5), actor="A. Keita", recorded=NOON)
        assert [(seq, entry.n) for seq, entry in ledger.arrivals(after=3)] == [(4, 4), (5, 5)]

    def test_a_million_rows_are_read_as_plain_chunks(self, ledger):
        entries = ledger.append(facts(5), actor="A. Keita", recorded=NOON).entries
        chunks = [[tuple(row) for row in chunk] for chunk in ledger.bodies(after=1, chunk=3)]
        assert [len(chunk) for chunk in chunks] == [3, 1]
        assert chunks[1] == [(5, "2023-09-07T12:00:00Z", entries[4].body)]

    def test_words_of_all_kinds_survive(self, ledger):
        odd = fact(
            1, note="Ménaka — ميناكا\nsecond line; 'quoted' \"twice\" \\ %s :name \u2028 🚛", extras=(("x_own", "é"),)
        )
        ledger.append([odd], actor="Ø. Ægir", recorded=NOON)
        assert next(ledger.entries()).fact == odd.model_copy(update={"recorded": NOON.date()})
        assert ledger.verify() == ()

    @pytest.mark.parametrize(
        ("statement", "answer"),
        [
            ("UPDATE entries SET body = '{}' WHERE n = 1", REFUSED),
            ("DELETE FROM entries WHERE n = 2", REFUSED),
            ("UPDATE about SET mission = 'minusca'", REFUSED),
            ("DELETE FROM about", REFUSED),
            ("DELETE FROM heads", "stay"),
            ("DELETE FROM tail", "stay"),
            ("UPDATE heads SET n = 1", "never go back"),
            ("UPDATE heads SET n = 3", "never go back"),
            ("UPDATE heads SET hash = prev FROM entries", "never go back"),
            ("UPDATE tail SET seq = 1", "never go back"),
            ("UPDATE tail SET arrived = 'x'", "never go back"),
        ],
    )
    def test_the_database_refuses_changes(self, ledger, tamper, statement, answer):
        ledger.append(facts(2), actor="A. Keita", recorded=NOON)
        assert answer in tamper.plainly(statement)
        assert ledger.verify() == ()

    @pytest.mark.parametrize(
        ("statements", "where", "said"),
        [
            (["UPDATE entries SET body = replace(body, '120', '12') WHERE n = 2"], ("gao", 2, 2), "altered"),
            (["UPDATE entries SET recorded = '2023-09-01T00:00:00Z' WHERE n = 2"], ("gao", 2, 2), "altered"),
            (["UPDATE entries SET recorded = 'yesterday' WHERE n = 2"], ("gao", 2, 2), "no time of record"),
            (["UPDATE entries SET actor = 'B. Cissé' WHERE n = 3"], ("gao", 3, 3), "altered"),
            (["UPDATE entries SET kind = 'arrival' WHERE n = 2"], ("gao", 2, 2), "the column `kind` says `arrival`"),
            (["UPDATE entries SET happened = '2023-01-01' WHERE n = 2"], ("gao", 2, 2), "the column `happened`"),
            (["UPDATE entries SET fact = 'other' WHERE n = 2"], ("gao", 2, 2), "the column `fact` says `other`"),
            (["UPDATE entries SET body = 'none' WHERE n = 2"], ("gao", 2, 2), "no JSON object"),
            (["DELETE FROM entries WHERE n = 2"], ("gao", 3, 3), "entries 2 to 2 of gao are missing"),
            (["DELETE FROM entries WHERE n = 4"], ("gao", 4, 3), "cut off"),
            (["DELETE FROM entries", "DELETE FROM heads", "UPDATE tail SET seq = 0"], ("", 0, 0), "the order"),
            (["UPDATE entries SET hash = prev WHERE n = 4"], ("gao", 4, 4), "another hash"),
            (["UPDATE entries SET seq = 99 WHERE n = 2"], ("gao", 2, 99), "reordered"),
            (["UPDATE entries SET seq = -1 WHERE n = 3"], ("gao", 3, -1), "inserted or moved"),
            (
                [
                    "UPDATE entries SET seq = 9 WHERE n = 2",
                    "UPDATE entries SET seq = 2 WHERE n = 3",
                    "UPDATE entries SET seq = 3 WHERE seq = 9",
                ],
                ("gao", 2, 3),
                "reordered",
            ),
            (
                [INSERTED],
                ("gao", 5, 5),
                "inserted by hand",
            ),
            (["DELETE FROM heads"], ("gao", 4, 4), "its head is entry 0"),
            (["UPDATE tail SET seq = 3"], ("", 0, 4), "the ledger ends at row 3"),
        ],
    )
    def test_verify_says_what_was_tampered_with_and_where(self, ledger, tamper, statements, where, said):
        ledger.append(facts(4), actor="A. Keita", recorded=NOON)
        tamper.run(*statements)
        found = [one for one in ledger.verify() if (one.origin, one.n, one.seq) == where]
        assert any(said in one.what for one in found), ledger.verify()

    def test_rows_of_two_stations_cannot_change_places(self, ledger, tamper):
        ledger.append(facts(1), actor="A. Keita", recorded=NOON)
        ledger.append(facts(1, first=2), actor="A. Keita", recorded=NOON, origin="kidal")
        swap = ["SET seq = 9 WHERE seq = 1", "SET seq = 1 WHERE seq = 2", "SET seq = 2 WHERE seq = 9"]
        tamper.run(*(f"UPDATE entries {change}" for change in swap))
        assert ["order in which they came" in one.what for one in ledger.verify()] == [True]

    def test_guards_that_are_gone_are_missed(self, ledger, tamper):
        tamper.run(guards=False)
        assert ledger.verify()
        assert all("guard" in one.what for one in ledger.verify())

    def test_only_a_head_that_was_printed_shows_a_chain_written_anew(self, ledger, tamper):
        printed = ledger.append(facts(3), actor="A. Keita", recorded=NOON).entries
        tamper.run("DELETE FROM entries", "DELETE FROM heads", FRESH)
        ledger.append(facts(2), actor="A. Keita", recorded=NOON)
        assert ledger.verify() == ()
        assert "the end was cut off" in ledger.verify({"gao": Head(3, printed[2].hash)})[0].what
        ledger.append([fact(7)], actor="A. Keita", recorded=NOON)
        assert "written anew" in ledger.verify({"gao": Head(3, printed[2].hash)})[0].what
        assert ledger.verify({"gao": Head(2, printed[1].hash)}) == ()

    def test_a_newer_version_has_written(self, ledger, tamper):
        ledger.append(facts(2), actor="A. Keita", recorded=NOON)
        tamper.run("UPDATE entries SET version = 2 WHERE n = 2", "UPDATE tail SET version = 2")
        with pytest.raises(LedgerNewer, match="Install that version; nothing was written"):
            ledger.append([fact(3)], actor="A. Keita")
        first, second = ledger.entries()
        assert first.fact.id == "gao-1"
        with pytest.raises(LedgerNewer, match="entry 2 of gao was written by a newer version"):
            _ = second.fact


class LastingLedgerContract(LedgerContract):
    """What holds beyond one process."""

    def test_it_is_still_there_when_it_is_opened_again(self, place):
        with open_ledger(place, mission="minusma", origin="gao") as ledger:
            ledger.append(facts(3), actor="A. Keita")
            rows, digest = chain_rows(ledger), ledger.digest
        with open_ledger(place) as ledger:
            assert (ledger.mission, ledger.origin) == ("minusma", "gao")
            assert (chain_rows(ledger), ledger.digest, ledger.verify()) == (rows, digest, ())
            ledger.append(facts(5), actor="A. Keita")
            assert ledger.size == 5

    def test_a_station_without_a_name_gets_one_that_stays(self, place):
        with open_ledger(place, mission="minusma") as ledger:
            name = ledger.origin
        with open_ledger(place, mission="minusma") as ledger:
            assert ledger.origin == name != ""

    def test_another_missions_ledger_is_refused(self, place):
        open_ledger(place, mission="minusma").close()
        with pytest.raises(LedgerError, match="record of the mission `minusma`, not of `unifil`"):
            open_ledger(place, mission="unifil")

    def test_a_new_ledger_needs_a_mission_and_leave(self, place):
        for wishes in ({}, {"mission": "minusma", "create": False}, {"mission": "minusma", "read_only": True}):
            with pytest.raises(LedgerError, match="there is no ledger at"):
                open_ledger(place, **wishes)
        open_ledger(place, mission="minusma").close()

    def test_reading_only(self, place):
        with open_ledger(place, mission="minusma", origin="gao") as ledger:
            ledger.append(facts(2), actor="A. Keita")
        with open_ledger(place, read_only=True) as ledger:
            assert [entry.n for entry in ledger.entries()] == [1, 2]
            assert "opened for reading only" in ledger.closed
            with pytest.raises(LedgerError, match="Nothing was written"):
                ledger.append(facts(1), actor="A. Keita")
            with pytest.raises(LedgerError, match="Nothing was written"):
                ledger.merge([])

    def test_several_see_what_one_appends(self, place):
        with (
            open_ledger(place, mission="minusma", origin="gao") as one,
            open_ledger(place, origin="kidal") as other,
        ):
            one.append(facts(1), actor="A. Keita")
            assert other.size == 1
            other.append([fact(1), fact(2)], actor="B. Cissé")
            assert [(entry.origin, entry.n) for entry in one.entries()] == [("gao", 1), ("kidal", 1)]


class TestSqliteFile(LastingLedgerContract):
    @pytest.fixture
    def place(self, tmp_path):
        return tmp_path / "minusma.ledger"

    @pytest.fixture
    def tamper(self, place):
        return SqliteTamper(lambda: closing(sqlite3.connect(place, isolation_level=None)))

    @pytest.mark.parametrize("table", ["entries", "heads", "tail", "about"])
    def test_replacing_rows_is_refused(self, ledger, tamper, table):
        ledger.append(facts(2), actor="A. Keita", recorded=NOON)
        said = tamper.plainly("INSERT OR REPLACE INTO {0} SELECT * FROM {0}".format(table))  # noqa: S608,UP032
        assert REFUSED in said or "stay" in said

    def test_a_commit_returns_when_the_log_is_on_the_disk(self, ledger):
        with ledger._store.writing() as writing:
            asked = ["synchronous", "journal_mode"]
            found = [writing.connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
        assert found == [2, "wal"]  # 2 is FULL

    def test_only_its_owner_reads_it(self, ledger, place):
        ledger.append(facts(1), actor="A. Keita")  # so that there is a log beside it
        assert {path.stat().st_mode & 0o777 for path in place.parent.iterdir()} == {0o600}


class TestSqliteInMemory(LedgerContract):
    @pytest.fixture
    def place(self):
        return ":memory:"

    @pytest.fixture
    def tamper(self, ledger):
        return SqliteTamper(lambda: nullcontext(ledger._store._backend.engine.raw_connection().driver_connection))


class TestPostgresql(LastingLedgerContract):
    @pytest.fixture
    def place(self, postgres):
        return postgres.new()

    @pytest.fixture
    def tamper(self, postgres, place):
        return PostgresTamper(postgres, place)

    @pytest.mark.parametrize("table", ["entries", "heads", "tail", "about"])
    @pytest.mark.usefixtures("ledger")
    def test_emptying_a_table_is_refused(self, tamper, table):
        said = tamper.plainly(f"TRUNCATE {table}")
        assert REFUSED in said or "stay" in said

    def test_a_commit_returns_when_it_is_on_the_servers_disk(self, postgres, place):
        name = place.split("?")[0].rsplit("/", 1)[1]
        postgres.run(f"ALTER DATABASE {name} SET synchronous_commit = off")
        with open_ledger(place, mission="minusma") as ledger, ledger._store.writing() as writing:
            assert writing.connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"

    def test_missions_may_share_a_database_with_a_schema_each(self, postgres, place):
        for mission in ("minusma", "unifil"):
            postgres.run(f"CREATE SCHEMA {mission}", place)
            with open_ledger(f"{place}&options=-csearch_path%3D{mission}", mission=mission) as ledger:
                ledger.append(facts(1), actor="A. Keita")
                assert (ledger.size, ledger.verify()) == (1, ())
