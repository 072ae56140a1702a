"""Many futures of a plan, summarised: here, over processes or on a cluster, and the same to the bit wherever.

summary = run_ensemble(script, 10_000, seed=7, workers=2)
summary.in_time()                               # the chance of the deadline, with its 95 % interval
summary.tally("last_out", site).quantile(80)    # the day by which a site is empty in 80 % of the futures
"""

from __future__ import annotations

import hashlib

import drawdown
from drawdown.stress.job import BATCH, Job
from drawdown.stress.play import driver_names, play, prepare
from drawdown.stress.rows import Names
from drawdown.stress.running import How, Progress, run_job
from drawdown.stress.script import ALL_CHANCE, Chance, Script
from drawdown.stress.store import Facts, Store
from drawdown.stress.summary import Frame, Summary


def run_ensemble(  # noqa: PLR0913 - which futures, by whom, and where to
    script: Script,
    futures: int,
    *,
    seed: int = 1,
    chance: Chance = ALL_CHANCE,
    workers: int = 1,
    cluster: str | None = None,
    store: Store | None = None,
    progress: Progress | None = None,
    until: float | None = None,
) -> Summary:
    """Play futures 0, 1, ... of a script, so many at most, and say what they came to.

    ``workers`` are processes on this machine (if 1, none but this one, with a thread a core), ``cluster`` the
    address of a Dask scheduler whose workers play instead; neither changes the result. ``store`` keeps every
    future. ``until`` ends the run as soon as the chance of the deadline is known within so much on both sides (at
    95 %). ``progress`` hears of every batch.

    Raises `EnsembleError` if the futures cannot be played, `StoreError` and `OSError` if they cannot be stored,
    `MissingExtraError` if the cluster's package is not installed.
    """
    frame = Frame.of(script)
    job = Job(play, prepare(script), seed, int(chance), frame, futures, rows=store is not None)
    facts: Facts = {
        "script": hashlib.sha256(repr(script).encode()).hexdigest(),
        "mission": script.mission_hash,
        "plan": script.plan_hash,
        "seed": seed,
        "chance": int(chance),
        "futures": futures,
        "batch": BATCH,
        "until": until,
        "drawdown": drawdown.__version__,
    }
    how = How(workers, cluster, store, progress, until)
    return run_job(job, how, facts, Names.of(script, driver_names(script)))
