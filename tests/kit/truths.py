"""Simulated withdrawals whose whole course is known: what a forecast made half-way is held against.

    truth = draw_truth(7)                           from the forecast's own family: plan or pace, with its priors
    truth = bent_truth("late_rush", 7)              from outside it
    forecast = forecast_at(truth, now=60, day=90)   what the forecast says on day 60 of those remaining on day 90

Everything counts days from cessation; the deadline is day 180.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from drawdown.forecast.closures import Precedent
from drawdown.forecast.progress import Progress, learn_progress
from drawdown.forecast.shapes import (
    CONCENTRATIONS,
    SPREAD_OF_SHAPE,
    log_likelihood,
    pace_curve,
    plan_curve,
)

DEADLINE, PEOPLE = 180, 12_000
HORIZON = 2 * DEADLINE  # days of a truth; a quarter of a year late is the mean of those who are late
PRECEDENT = Precedent(met=9, missed=1, late_days=60.0)

#: A plan as ours are: nothing for two weeks, then an even flow that is over two months before the deadline.
PLAN = np.clip((np.arange(DEADLINE + 1) - 14.0) / 106.0, 0.0, 1.0)


@dataclass(frozen=True)
class Truth:
    """Which share of the people had gone by each day, and what kind of truth that is."""

    kind: str
    gone: np.ndarray  # by day, from 0
    counted: tuple[int, ...]  # days on which somebody counts

    def counts(self, now: int) -> list[tuple[int, float]]:
        return [(day, float(self.gone[day])) for day in self.counted if day <= now]


def _counted(rng: np.random.Generator) -> tuple[int, ...]:
    """Days of counts: every two to five weeks, as headquarters ask."""
    return tuple(int(day) for day in np.cumsum(rng.integers(14, 36, 20)))


def _scattered(rng: np.random.Generator, curve: np.ndarray, concentration: float) -> np.ndarray:
    """The share of whole people gone by day, scattered around a curve as a Dirichlet process.

    The last leaves when the curve ends: that is the day of completion.
    """
    parts = rng.standard_gamma(concentration * np.diff(curve))
    shares = parts / parts.sum() if parts.any() else np.diff(curve)
    left = rng.multinomial(PEOPLE, shares / shares.sum())
    gone = np.concatenate([[0.0], np.cumsum(left) / PEOPLE])
    return np.where(curve < 1.0, np.minimum(gone, 1.0 - 1.0 / PEOPLE), 1.0)


def draw_truth(seed: int) -> Truth:
    """A truth from the forecast's own priors."""
    rng = np.random.default_rng([1, seed])
    days = np.arange(HORIZON + 1)
    concentration = float(np.exp(rng.uniform(*np.log(CONCENTRATIONS[[0, -1]]))))
    if rng.random() < 0.5:
        return Truth("plan", _scattered(rng, plan_curve(PLAN, days, 0, DEADLINE), concentration), _counted(rng))
    shape = math.exp(SPREAD_OF_SHAPE * rng.standard_normal())
    in_time = rng.random() < PRECEDENT.chance
    end = DEADLINE if in_time else DEADLINE + max(1, math.ceil(rng.exponential(PRECEDENT.late_days)))
    return Truth("pace", _scattered(rng, pace_curve(days, 0, end, shape), concentration), _counted(rng))


def _late_rush(days: np.ndarray) -> np.ndarray:
    """A tenth of the people go in the first two thirds of the time; the rest in a rush, by an S-curve."""
    rush = 1.0 / (1.0 + np.exp(-(days - 145.0) / 8.0))
    return 0.1 * np.minimum(days / DEADLINE, 1.0) + 0.9 * (rush - rush[0]) / (rush[DEADLINE] - rush[0])


def _stop_and_go(days: np.ndarray) -> np.ndarray:
    """Even flow, but nobody can leave from day 60 to day 100; what was missed is made up for evenly."""
    passed = np.minimum(days, 60) + np.maximum(days - 100, 0)
    return passed / passed[DEADLINE]


BENT: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "linear": lambda days: days / DEADLINE,
    "late_rush": _late_rush,
    "stop_and_go": _stop_and_go,
    "on_plan": lambda days: PLAN[np.minimum(days, DEADLINE)],
    "plan_three_weeks_late": lambda days: PLAN[np.clip(days - 21, 0, DEADLINE)],
}


def bent_truth(kind: str, seed: int) -> Truth:
    """A truth from outside the family: a curve of its own, bent a little (days stretched by up to a tenth)."""
    rng = np.random.default_rng([2, seed])
    days = np.arange(HORIZON + 1)
    bend = math.exp(0.1 * rng.standard_normal())
    warped = DEADLINE * np.minimum(days / DEADLINE, 1.0) ** bend
    gone = np.clip(np.interp(warped, days, BENT[kind](days)), 0.0, 1.0)
    return Truth(kind, np.rint(gone * PEOPLE) / PEOPLE, _counted(rng))


def learnt(truth: Truth, now: int) -> Progress:
    """What the forecast learns from a truth's counts up to a day; it knows the last of them best."""
    counts = truth.counts(now)
    return learn_progress(counts, PLAN, people=PEOPLE, deadline=DEADLINE, precedent=PRECEDENT, now=counts[-1][0])


def plan_futures(truth: Truth, progress: Progress, days: list[int], futures: int, seed: int) -> np.ndarray:
    """Futures of today's plan that are as honest as can be: those of a plan that scatters as it has until now."""
    rng = np.random.default_rng([3, seed])
    edges = [day for day, _ in truth.counts(progress.now)]
    left = PEOPLE * np.diff([0.0, *truth.gone[edges], 1.0])
    curve = plan_curve(PLAN, [0, *edges], 0, DEADLINE)
    likely = log_likelihood(left, np.diff([*curve, 1.0])[:, np.newaxis], CONCENTRATIONS)
    weights = np.exp(likely - likely.max())
    concentrations = rng.choice(CONCENTRATIONS, futures, p=weights / weights.sum())
    increments = np.diff(plan_curve(PLAN, [progress.now, *days, HORIZON], 0, DEADLINE))
    parts = rng.standard_gamma(np.maximum(concentrations[:, np.newaxis] * increments, 1e-9))
    still = np.cumsum(parts[:, ::-1], axis=1)[:, ::-1]
    return still[:, 1:] / np.maximum(still[:, :1], 1e-300)


def forecast_at(truth: Truth, now: int, day: int, futures: int = 300, seed: int = 0) -> np.ndarray:
    """A sample of the people still to leave on a day, in whole people, forecast from the counts up to ``now``."""
    progress = learnt(truth, now)
    curves = plan_futures(truth, progress, [day], futures, seed)
    return np.rint(PEOPLE * progress.paths(seed, range(futures), [day], curves).remaining[:, 0])
