"""A play of futures that is made up: any numbers, but always the same for a seed and the number of a future.

    run_job(fake_job(futures=103), How(workers=2), FACTS, NAMES)

Worker processes and clusters import it by name. It can end its own process, once, at a certain future, which is how
the tests kill a worker in the middle of its work at a moment that is always the same.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from drawdown.stress.block import Block
from drawdown.stress.job import Job
from drawdown.stress.rows import Names
from drawdown.stress.summary import Frame

DAYS, PEOPLE, SITES, REASONS, ACTS, CLASSES, CAUSES, DRIVERS = 30, 9000, 3, 6, 5, 2, 20, 4

FRAME = Frame(DAYS, deadline=25, people=PEOPLE)
NAMES = Names(sites=("gao", "kidal", "tessalit"), drivers=("a", "b", "c", "d"))
FACTS = {"script": "5c21", "seed": 7, "chance": 4095, "futures": 103, "batch": 5, "until": None}


@dataclass(frozen=True)
class Trouble:
    """What goes wrong: the process that plays future ``kill_at`` dies, the first so many ``times``.

    It leaves a file in ``folder`` each time, so that the next one knows. Future ``fail_at`` cannot be played, and each
    batch takes ``slow`` seconds longer.
    """

    folder: Path
    kill_at: int = -1
    times: int = 1
    fail_at: int = -1
    slow: float = 0.0

    def happen(self, first, count):
        time.sleep(self.slow)
        if first <= self.fail_at < first + count:
            raise ArithmeticError(f"future {self.fail_at} is impossible")
        if first <= self.kill_at < first + count:
            for number in range(self.times):
                try:
                    (self.folder / f"killed-{number}").touch(exist_ok=False)
                except FileExistsError:
                    continue
                os.kill(os.getpid(), signal.SIGKILL)


def fake_job(trouble=None, *, futures=103, batch=5, rows=False):
    return Job(fake_play, trouble, 7, 4095, FRAME, futures, batch, rows)


def fake_play(trouble, seed, first, count, chance=4095):
    if trouble is not None:
        trouble.happen(first, count)
    rows = [_future(seed, number, chance) for number in range(first, first + count)]
    late = np.array([row["late"] for row in rows]).reshape(count, ACTS)
    return Block(
        first=first,
        critical_acts=late.sum(axis=0),
        critical_classes=late[:, :CLASSES].sum(axis=0),
        late_acts=late.sum(axis=0),
        **{name: np.array([row[name] for row in rows]) for name in rows[0] if name != "late"},
    )


def _future(seed, number, chance):
    draw = np.random.default_rng((seed, number, chance))
    left = np.sort(draw.integers(0, PEOPLE + 1, DAYS))[::-1]
    return {
        "out_by": draw.integers(20, DAYS + 2),
        "last_out": draw.integers(5, DAYS + 2, SITES),
        "handover": draw.integers(5, DAYS + 2, SITES),
        "casualties": draw.poisson(3.0),
        "attacks": draw.poisson(2.0),
        "vehicles_lost": draw.poisson(1.0),
        "lost_items": draw.poisson(4.0, REASONS),
        "lost_teu": draw.gamma(0.5, 8.0, REASONS),
        "lost_usd": draw.gamma(0.5, 9e5, REASONS),
        "uncovered": draw.integers(0, 10**9),
        "cost_usd": draw.normal(4e8, 2e7),
        "remaining": np.concatenate([[PEOPLE], left]),
        "delay_days": draw.poisson(0.5, CAUSES),
        "late": draw.random(ACTS) < 0.3,
        "drivers": draw.random(DRIVERS),
    }
