"""Futures of the MINUSMA plan: how many a second, beside a plain second implementation, and in how much memory.

The plan is the constructive one, which is the same everywhere. The second implementation, in SimPy, belongs to the
tests, which are not installed: run that benchmark from a checkout, with ``tests`` on the path, as `make bench` does.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from drawdown.bench.commands import best_of, drawdown
from drawdown.bench.registry import Figure, benchmark
from drawdown.desk.missions import open_mission
from drawdown.planner.construction.simple import plan_simply
from drawdown.stress.compile import compile_script
from drawdown.stress.ensemble import run_ensemble
from drawdown.stress.play import play, play_one, prepare
from drawdown.stress.script import Script

SEED = 1

#: Cores that the figures are about.
WORKERS = 2

FUTURES = 10_000

#: What SimPy plays: it takes seconds a future. The fast implementation plays the same ones, so many times over.
SIMPY_FUTURES, TIMES = 5, 40

#: The variable that asks for another number of streamed futures than `STREAMED` (the bar is about 1,000,000: an hour).
STREAMED_VARIABLE, STREAMED = "DRAWDOWN_BENCH_FUTURES", 50_000

#: Asked of a process that knows no compiled code yet: the first future.
COLD = """
import time
from drawdown.bench.stress_minusma import first_future, minusma_script
script = minusma_script()
print(first_future(script))
"""

#: Asked of a process that did nothing else: so many futures, and the memory that they took.
STREAM = """
import sys
from drawdown.bench.stress_minusma import minusma_script, stream
print(*stream(minusma_script(), int(sys.argv[1])))
"""


def minusma_script() -> Script:
    """The constructive plan of the MINUSMA mission, ready to be played."""
    mission = open_mission("minusma")
    return compile_script(mission, plan_simply(mission).plan)


def first_future(script: Script) -> float:
    """Seconds until the first future of this process has been played."""
    start = time.perf_counter()
    play(prepare(script), SEED, 0, 1)
    return time.perf_counter() - start


@benchmark("MINUSMA, 10,000 futures", group="stress")
def stress_minusma() -> Iterator[Figure]:
    """Seconds on two cores with compiled code on the disk, and of compiling it."""
    script = minusma_script()
    loading = first_future(script)
    start = time.perf_counter()
    share = run_ensemble(script, FUTURES, seed=SEED, workers=WORKERS).in_time()
    seconds = time.perf_counter() - start
    note = (
        f"compiled code was on the disk and took {loading:.1f} s to load; {os.cpu_count()} cores,"
        f" {seconds * WORKERS / FUTURES * 1e3:.2f} ms a future and core; deadline {share.probability:.1%}"
    )
    yield Figure(f"MINUSMA, {FUTURES:,} futures, {WORKERS} cores", seconds, 10, "s", note=note)
    with tempfile.TemporaryDirectory() as empty:
        told = subprocess.run(  # noqa: S603  ourselves
            [sys.executable, "-c", COLD],
            check=True,
            capture_output=True,
            env={**os.environ, "NUMBA_CACHE_DIR": empty},
        )
    once = "once after an installation, then from the disk; the bar is ours"
    yield Figure("the first future ever: compiling", float(told.stdout), 60, "s", note=once)


@benchmark("futures beside SimPy", group="stress")
def stress_simpy() -> Iterator[Figure]:
    """The same futures of the same script on one core, one after the other; each has to be equal event for event."""
    if find_spec("kit") is None or find_spec("simpy") is None:
        return
    plainly = import_module("kit.plain_futures").play
    script = minusma_script()
    tables = prepare(script)
    play(tables, SEED, 0, 1)
    start = time.process_time()
    plain = [plainly(script, SEED, future) for future in range(SIMPY_FUTURES)]
    slow = (time.process_time() - start) / SIMPY_FUTURES
    start = time.process_time()
    for _ in range(TIMES):
        play(tables, SEED, 0, SIMPY_FUTURES)
    fast = (time.process_time() - start) / (SIMPY_FUTURES * TIMES)
    equal = sum(
        sorted(tuple(map(int, row)) for row in future.events)
        == sorted(tuple(map(int, row)) for row in play_one(script, SEED, number).events)
        for number, future in enumerate(plain)
    )
    note = f"SimPy {slow * 1e3:,.0f} ms a future, compiled {fast * 1e3:.2f} ms; seconds of one core"
    yield Figure("MINUSMA: times faster than SimPy", slow / fast, 50, "times", at_least=True, note=note)
    yield Figure(
        "MINUSMA: futures equal to SimPy's, event for event",
        equal,
        SIMPY_FUTURES,
        f"of {SIMPY_FUTURES}",
        at_least=True,
    )


def stream(script: Script, futures: int) -> tuple[float, float, float]:
    """Play so many futures into a summary: seconds, and the greatest memory of this process and of a worker (GB)."""
    start = time.perf_counter()
    run_ensemble(script, futures, seed=SEED, workers=WORKERS)
    seconds = time.perf_counter() - start
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return seconds, own / 1024**2, child / 1024**2


@benchmark("futures, streamed", group="stress")
def stress_memory() -> Iterator[Figure]:
    """The greatest memory of a process of its own and of its workers together, with compiled code on the disk."""
    futures = int(os.environ.get(STREAMED_VARIABLE, STREAMED))
    first_future(minusma_script())
    told = subprocess.run([sys.executable, "-c", STREAM, str(futures)], check=True, capture_output=True)  # noqa: S603  ourselves
    seconds, own, child = map(float, told.stdout.split())
    note = (
        f"{own:.2f} GB, and at most {child:.2f} GB in each of {WORKERS} workers; {seconds:,.0f} s;"
        f" {STREAMED_VARIABLE}=1000000 for a million"
    )
    yield Figure(f"MINUSMA, {futures:,} futures, streamed: memory", own + WORKERS * child, 1.5, "GB", note=note)


@benchmark("futures beside closed forms", group="stress")
def stress_closed_forms() -> Iterator[Figure]:
    """Chances that are known exactly, and how many lie outside their 99 % intervals."""
    if find_spec("kit") is None:
        return
    known = import_module("kit.closed_forms")
    found = [known.compare(form, FUTURES) for form in known.FORMS]
    worst = max(found, key=lambda one: one.worst)
    chances = sum(one.chances for one in found)
    note = f"{FUTURES:,} futures each; the worst: {worst.name}, {worst.worst:.1f} standard errors"
    outside = sum(len(one.outside) for one in found)
    yield Figure(f"{chances} chances of {len(found)} closed forms: outside 99 %", outside, 0, "chances", note=note)


@benchmark("drawdown stress PLAN, 1,000 futures", group="stress")
def stress_first_answer() -> Iterator[Figure]:
    """Seconds from start to end of a process, the best of three, with compiled code on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        plan = str(Path(folder) / "plan")
        drawdown("plan", "minusma", "--time-limit", "0", "--out", plan)
        seconds = best_of(3, "stress", plan, "--futures", "1000", "--no-drivers")
    note = "one process, with --no-drivers: what drives the completion comes after the first answer"
    yield Figure("drawdown stress PLAN, 1,000 futures: start to first answer", seconds, 2, "s", note=note)
