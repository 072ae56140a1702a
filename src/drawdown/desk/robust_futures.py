"""What futures of a plan come to: the weighted loss of each, and how two plans compare on the same ones.

The loss of a future is the objective of a plan, measured on what really happened in it, and a price for being late
(`docs/robust.md`): so a future without chance weighs what the plan weighs, less the casualties that it only expects.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from drawdown.mission.mission import Mission
from drawdown.mission.tables import Course
from drawdown.plan.model import Plan
from drawdown.stress.block import Block
from drawdown.stress.compile import compile_script
from drawdown.stress.intervals import DEVIATE, TAIL
from drawdown.stress.job import BATCH
from drawdown.stress.play import play, prepare
from drawdown.stress.script import Script

Aim = Literal["deadline", "loss"]
Values = NDArray[np.float64]

#: The percentile of loss that is to be small, and the share of worst futures whose mean a search looks at instead: its
#: middle is that percentile, and it is known far better from a hundred futures.
WORST, TAIL_SHARE = 95, 0.1

#: Resamples of a bootstrap: the ends of its interval are then known to some hundredths of its width.
RESAMPLES = 1000


@dataclass(frozen=True, eq=False)
class Futures:
    """Futures of one plan, by number: arrays of one value (or row) a future.

    ``late`` are days after the deadline by which the drawdown is complete (0 if in time), ``last_out`` days by site,
    ``delays`` days on the critical chain by cause.
    """

    loss: Values
    out_by: Values
    late: Values
    casualties: Values
    lost_usd: Values
    uncovered: Values
    cost_usd: Values
    last_out: Values
    delays: Values

    def __len__(self) -> int:
        return len(self.loss)

    @property
    def in_time(self) -> NDArray[np.bool_]:
        """Whether each future meets the deadline."""
        return self.late <= 0

    def and_then(self, more: Futures) -> Futures:
        """These futures and those that follow."""
        return Futures(*(np.concatenate([getattr(part, f.name) for part in (self, more)]) for f in fields(self)))


def futures_of(mission: Mission, course: Course, plan: Plan, seed: int, numbers: range) -> Futures:
    """Play some futures of a plan; the same seed and numbers are the same luck for every plan."""
    script = compile_script(mission, plan)
    tables = prepare(script)
    parts = [
        _weighed(course, script, play(tables, seed, first, min(BATCH, numbers.stop - first)))
        for first in range(numbers.start, numbers.stop, BATCH)
    ]
    total = parts[0]
    for part in parts[1:]:
        total = total.and_then(part)
    return total


def _weighed(course: Course, script: Script, block: Block) -> Futures:
    late = np.maximum(block.out_by - script.deadline, 0).astype(np.float64)
    last_out = np.minimum(block.last_out, script.days).astype(np.float64)
    lost = block.lost_usd.sum(axis=1)
    loss = (
        course.time * (last_out.sum(axis=1) + len(script.sites) * late)  # late: as if every site stood open again
        + course.risk * block.casualties
        + course.equipment * lost
        + course.protection * block.uncovered
        + course.cost * block.cost_usd
    )
    return Futures(
        loss=loss,
        out_by=block.out_by.astype(np.float64),
        late=late,
        casualties=block.casualties.astype(np.float64),
        lost_usd=lost,
        uncovered=block.uncovered.astype(np.float64),
        cost_usd=block.cost_usd,
        last_out=last_out,
        delays=block.delay_days.astype(np.float64),
    )


def score(futures: Futures, aim: Aim) -> tuple[float, ...]:
    """How bad a plan is by what is aimed at; the lower, the better.

    By the deadline: chances count in whole per cents, and among equal ones the mean loss. By the loss: the mean of the
    worst tenth.
    """
    if aim == "deadline":
        return -round(100 * float(futures.in_time.mean())), float(futures.loss.mean())
    worst = max(1, math.ceil(TAIL_SHARE * len(futures)))
    return (float(np.sort(futures.loss)[-worst:].mean()),)


def quantile(values: Values, percent: int) -> float:
    """The smallest value that so many per cent of the values do not exceed."""
    rank = -(-len(values) * percent // 100) - 1
    return float(np.partition(values, rank)[rank])


class Difference(NamedTuple):
    """A difference (plan made for chance less nominal plan) on the same futures, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Chances:
    """What a plan comes to in futures: means, and 50, 80 and 95 % do not exceed the days and losses of those names.

    ``in_time`` is the chance of the deadline. Days are None if the drawdown is not complete by the end of liquidation.
    """

    in_time: float
    loss_mean: float
    loss_p95: float
    out_by_p50: date | None
    out_by_p80: date | None
    out_by_p95: date | None
    casualties: float
    lost_usd: float
    uncovered: float
    cost_usd: float

    @classmethod
    def of(cls, mission: Mission, futures: Futures) -> Chances:
        """Those of some futures."""

        def out_by(percent: int) -> date | None:
            day = int(quantile(futures.out_by, percent))
            return mission.date(day) if day <= mission.days else None

        return cls(
            in_time=float(futures.in_time.mean()),
            loss_mean=float(futures.loss.mean()),
            loss_p95=quantile(futures.loss, WORST),
            out_by_p50=out_by(50),
            out_by_p80=out_by(80),
            out_by_p95=out_by(95),
            casualties=float(futures.casualties.mean()),
            lost_usd=float(futures.lost_usd.mean()),
            uncovered=float(futures.uncovered.mean()),
            cost_usd=float(futures.cost_usd.mean()),
        )


@dataclass(frozen=True)
class Differences:
    """The differences of `Chances`, paired future by future.

    Means and the chance of the deadline have the normal interval of the paired differences (of a hundred or more), the
    95th percentile of loss that of a paired bootstrap.
    """

    in_time: Difference
    loss_mean: Difference
    loss_p95: Difference
    casualties: Difference
    lost_usd: Difference
    uncovered: Difference
    cost_usd: Difference

    @classmethod
    def between(cls, made: Futures, nominal: Futures) -> Differences:
        """Those of two plans on the same futures."""
        return cls(
            _mean(made.in_time.astype(np.float64) - nominal.in_time),
            _mean(made.loss - nominal.loss),
            _worst(made.loss, nominal.loss),
            _mean(made.casualties - nominal.casualties),
            _mean(made.lost_usd - nominal.lost_usd),
            _mean(made.uncovered - nominal.uncovered),
            _mean(made.cost_usd - nominal.cost_usd),
        )


def _mean(differences: Values) -> Difference:
    mean, many = float(differences.mean()), len(differences)
    reach = DEVIATE * float(differences.std(ddof=1)) / math.sqrt(many) if many > 1 else math.inf
    return Difference(mean, mean - reach, mean + reach)


def _worst(made: Values, nominal: Values) -> Difference:
    rng = np.random.default_rng(0)  # the resamples are no chance of the plan's: always the same
    found = np.empty(RESAMPLES)
    for n in range(RESAMPLES):
        drawn = rng.integers(0, len(made), len(made))
        found[n] = quantile(made[drawn], WORST) - quantile(nominal[drawn], WORST)
    low, high = np.quantile(found, [TAIL, 1 - TAIL])
    return Difference(quantile(made, WORST) - quantile(nominal, WORST), float(low), float(high))
