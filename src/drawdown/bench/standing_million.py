"""The standing from a ledger of a million entries: the first, any other day, and the memory that it takes.

The ledger is a real one, in a file, each entry hashed and chained as usual; what it says is `long_record`'s. Each
figure is of a new process that opens that file.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from drawdown.bench.long_record import long_record
from drawdown.bench.registry import Figure, benchmark
from drawdown.desk.missions import open_mission
from drawdown.ledger.facts import Facts
from drawdown.ledger.ledger import open_ledger
from drawdown.ledger.standing import standing
from drawdown.mission.mission import Mission

#: The variable that asks for another length than a million, and the one that names a ledger that is there already.
ENTRIES_VARIABLE, LEDGER_VARIABLE = "DRAWDOWN_BENCH_ENTRIES", "DRAWDOWN_BENCH_LEDGER"
ENTRIES = 1_000_000

#: Facts that are appended together while the ledger is made.
BATCH = 20_000

#: Days that are asked for after the first, each as it was known on another day.
QUESTIONS = 40

#: Asked of a new process.
ASK = """
import sys
from drawdown.bench.standing_million import ask
print(*ask(sys.argv[1]))
"""


def write_ledger(mission: Mission, place: str, entries: int) -> float:
    """A ledger with so many entries: seconds that it took."""
    start = time.perf_counter()
    facts = long_record(mission, entries)
    with open_ledger(place, mission=mission.mission.id, origin="desk") as ledger:
        while batch := list(islice(facts, BATCH)):
            ledger.append(batch, actor="bench")
    return time.perf_counter() - start


class Asked(NamedTuple):
    """Seconds to the first standing by the clock and of one core, seconds to others, and memory of a process."""

    first: float
    core: float
    median: float
    slowest: float
    megabytes_before: float
    megabytes: float


def ask(place: str) -> Asked:
    """Ask a ledger for the standing on one day, then on many others."""
    mission = open_mission("minusma")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, busy = time.perf_counter(), time.process_time()
    with open_ledger(place, create=False, read_only=True) as ledger:
        facts = Facts.of_ledger(ledger)
    standing(mission, facts, mission.mission.deadline)
    first, core = time.perf_counter() - start, time.process_time() - busy
    rng = random.Random(1)  # noqa: S311  chance, not secrets
    others = []
    for _ in range(QUESTIONS):
        on, known_on = (mission.mission.cessation + timedelta(days=rng.randint(1, mission.days)) for _ in range(2))
        start = time.perf_counter()
        standing(mission, facts, on, rng.choice((None, on, known_on)))
        others.append(time.perf_counter() - start)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Asked(first, core, sorted(others)[QUESTIONS // 2], max(others), before, after)


@benchmark("the standing from a million entries", group="ledger")
def standing_million() -> Iterator[Figure]:
    """Seconds to the first standing and to others on any day, as known on any day; megabytes."""
    entries = int(os.environ.get(ENTRIES_VARIABLE, ENTRIES))
    with tempfile.TemporaryDirectory() as folder:
        place, made = os.environ.get(LEDGER_VARIABLE), ""
        if not place:
            place = str(Path(folder) / "million.ledger")
            made = f"; the ledger took {write_ledger(open_mission('minusma'), place, entries):.0f} s to write"
        told = subprocess.run([sys.executable, "-c", ASK, place], check=True, capture_output=True)  # noqa: S603  ourselves
    asked = Asked(*map(float, told.stdout.split()))
    what = f"{entries:,} entries"
    yield Figure(
        f"{what}: first standing", asked.first, 5, "s", note=f"{asked.core:.1f} s of one core, from a file{made}"
    )
    days = f"median of {QUESTIONS} days, each as known on that or another day"
    yield Figure(f"{what}: any other day", asked.median * 1000, 200, "ms", note=days)
    yield Figure(f"{what}: the slowest of them", asked.slowest * 1000, 200, "ms")
    memory = f"the process and the mission take {asked.megabytes_before:.0f} MB before; the bar is ours"
    yield Figure(f"{what}: memory", asked.megabytes, 700, "MB", note=memory)
