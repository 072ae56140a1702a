"""How fast people leave: learnt from the counts so far, by Bayes' theorem in closed form.

Two shapes compete, each with prior weight 1/2: the *plan* in force, and a *pace* sᵏ that runs from cessation to the day
T on which everyone is out. Around either, real withdrawals scatter as a Dirichlet process (`drawdown.forecast.shapes`).
T is the deadline with the chance that reference cases met theirs, else later by an exponential time. Everything is on
a grid of (k, c, T), so the posterior is exact for the grid.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drawdown.forecast.closures import Precedent
from drawdown.forecast.luck import Stream, luck
from drawdown.forecast.progress_words import Spread, why
from drawdown.forecast.shapes import (
    CONCENTRATIONS,
    SHAPE_PRIOR,
    SHAPES,
    log_likelihood,
    pace_curve,
    plan_curve,
    planned_share,
)

Real = NDArray[np.float64]
Whole = NDArray[np.int64]

#: A late end is one of so many equally likely spans of lateness; inside its span it is drawn once a future.
LATE_SPANS = 8


@dataclass(frozen=True, eq=False)
class Paths:
    """Futures of those still to leave.

    ``remaining`` (futures x days) is their share of all who are to leave, in the evening of each day; it falls, from
    exactly ``today``. ``planned`` says which futures follow the plan; of the others ``end`` is the day by
    which everyone is out and ``shape`` the exponent k (both 0 under the plan).
    """

    today: float
    remaining: Real
    planned: NDArray[np.bool_]
    end: Whole
    shape: Real


@dataclass(frozen=True, eq=False)
class Progress:
    """What the counts say of how fast people leave. Days count from cessation.

    ``plan`` is the weight of the plan, that of a pace the rest; ``in_time`` the chance that a pace ends by the
    deadline. ``shape`` is the exponent k (1 is a straight line, 2 leaves three quarters for the second half),
    ``concentration`` c of a pace. ``why`` says it in words.
    """

    people: int
    start: int
    deadline: int
    now: int
    gone: float
    plan: float
    in_time: float
    shape: Spread
    concentration: Spread
    why: tuple[str, ...]
    late_days: float
    cells: Real  # posterior weights of a pace, (shapes, concentrations, ends): the deadline, then spans of lateness

    def paths(self, seed: int, futures: Sequence[int], days: Sequence[int], remaining_curves: Real) -> Paths:
        """Draw the futures with these numbers: people still to leave on each of the days (after now, in order).

        A future is the same whatever other futures and days are asked for.

        ``remaining_curves`` (futures x days) are futures of today's plan: which share of those who remain today remains
        on each day (1 falling to 0). Futures that follow the plan take theirs as it is; the others spread those who
        remain over the days to T by Dirichlet(c times the increments of sᵏ), which is what the process has left to say;
        the last person leaves on T itself.

        Raises `ValueError` if a day is not after now, days are out of order, or the curves do not fit.
        """
        self._check(futures, days, remaining_curves)
        found = [self._path(seed, future, days, curve) for future, curve in zip(futures, remaining_curves, strict=True)]
        remaining = np.array([path for path, _, _ in found]).reshape(len(futures), len(days))
        end = np.array([end for _, end, _ in found], np.int64)
        today = 1.0 - self.gone
        return Paths(today, today * remaining, end == 0, end, np.array([shape for _, _, shape in found]))

    def _check(self, futures: Sequence[int], days: Sequence[int], curves: Real) -> None:
        if np.shape(curves) != (len(futures), len(days)):
            raise ValueError(f"{len(futures)} futures and {len(days)} days, but curves of {np.shape(curves)}")
        if len(days) and (days[0] <= self.now or np.any(np.diff(days) <= 0)):
            raise ValueError(f"days of a path come in order, after day {self.now}")

    def _path(self, seed: int, future: int, days: Sequence[int], curve: Real) -> tuple[Real, int, float]:
        """One future: the share of today's people that remains on each day, its end, and its shape."""
        chance = luck(seed, future, Stream.PATH)
        whether, which, lateness = chance.random(3)
        if whether < self.plan:
            return np.asarray(curve), 0, 0.0
        cell = int(np.searchsorted(np.cumsum(self.cells.ravel()), which * self.cells.sum(), side="right"))
        shape, concentration, span = np.unravel_index(min(cell, self.cells.size - 1), self.cells.shape)
        end = _end(int(span), lateness, self.deadline, self.now, self.late_days)
        by_day = pace_curve(np.arange(self.now, end + 1), self.start, end, SHAPES[shape])
        left = _spread(chance, CONCENTRATIONS[concentration] * np.diff(by_day))
        left[:-1] = np.maximum(left[:-1], min(1.0, 1.0 / max(self.people * (1.0 - self.gone), 1.0)))
        return left[np.minimum(days, end) - self.now], end, float(SHAPES[shape])


def _end(span: int, within: float, deadline: int, now: int, late_days: float) -> int:
    """The day on which everyone is out: the deadline (span 0), or later; always after today."""
    if span == 0:
        return max(deadline, now + 1)
    late = -late_days * math.log1p(-(span - 1 + within) / LATE_SPANS)
    return max(deadline, now) + max(1, math.ceil(late))


def _spread(chance: np.random.Generator, weights: Real) -> Real:
    """The share that remains each evening from today (1) to the last day (0), if shares leave by Dirichlet(weights).

    Gamma variates in proportion to their sum, added up from the end backward: so the share never rises.
    """
    parts = chance.standard_gamma(weights)
    if not parts.any():  # so little weight that all variates round to 0: then all leave together, on some day
        parts[np.searchsorted(np.cumsum(weights), chance.random() * weights.sum(), side="right")] = 1.0
    still = np.append(np.cumsum(parts[::-1])[::-1], 0.0)
    return np.asarray(still / still[0])


def learn_progress(  # noqa: PLR0913 - what was counted, and what it is measured against
    counts: Sequence[tuple[int, float]],
    plan_share: Sequence[float] | Real,
    *,
    people: int,
    deadline: int,
    precedent: Precedent,
    now: int | None = None,
    start: int = 0,
) -> Progress:
    """Learn how fast people leave.

    ``counts`` are days with the share gone of the ``people`` who are to leave; where a later count is lower, it
    corrects those before it. ``plan_share`` is the share gone by the plan in force, by day from ``start`` on. ``now``
    is the day from which paths begin (the last count's if not given): until then nobody more is taken to have left.

    Raises `ValueError` if a count lies outside (start, now], a share outside 0 to 1, or there are no people.
    """
    days, shares = _counted(counts)
    today = now if now is not None else (days[-1] if days else start)
    if people < 1 or deadline <= start or any(not start < day <= today for day in days):
        raise ValueError(f"counts have days from {start + 1} to {today}, of at least one person, before a deadline")
    left = people * np.diff([0.0, *shares, 1.0])
    ends = _ends(deadline, today, precedent.late_days)
    pace = _weigh_pace(days, left, start, ends) + _end_prior(deadline, today, precedent.chance)
    plan = _weigh_plan(days, left, plan_share, start, deadline)
    top = max(pace.max(), plan.max())
    odds_pace, odds_plan = float(np.exp(pace - top).sum()), float(np.exp(plan - top).sum())
    cells = np.exp(pace - pace.max())
    cells /= cells.sum()
    gone = shares[-1] if shares else 0.0
    weight = odds_plan / (odds_plan + odds_pace)
    shape = _quantiles(SHAPES, cells.sum(axis=(1, 2)))
    by_plan = float(planned_share(plan_share, today, start))
    return Progress(
        people=people,
        start=start,
        deadline=deadline,
        now=today,
        gone=gone,
        plan=weight,
        in_time=float(cells[:, :, 0].sum()),
        shape=shape,
        concentration=_quantiles(CONCENTRATIONS, cells.sum(axis=(0, 2))),
        why=why(days, today, (gone, by_plan, (today - start) / (deadline - start)), weight, shape, precedent),
        late_days=precedent.late_days,
        cells=cells,
    )


def _counted(counts: Sequence[tuple[int, float]]) -> tuple[list[int], list[float]]:
    """Days in order, and the shares gone by them, which never fall: a later count corrects those before it."""
    by_day = dict(sorted(counts))
    shares = list(by_day.values())
    if any(not 0.0 <= share <= 1.0 for share in shares):
        raise ValueError("a share gone is from 0 to 1")
    return list(by_day), [float(x) for x in np.minimum.accumulate(shares[::-1])[::-1]] if shares else []


def _ends(deadline: int, now: int, late_days: float) -> Real:
    """The ends on the grid: the deadline, and the middle of each span of lateness."""
    return np.array([float(_end(span, 0.5, deadline, now, late_days)) for span in range(LATE_SPANS + 1)])


def _end_prior(deadline: int, now: int, chance: float) -> Real:
    """Logarithms of the chance of each end: the deadline's is 0 once it has passed (being late has no memory)."""
    if now >= deadline:
        return np.array([-np.inf] + [-math.log(LATE_SPANS)] * LATE_SPANS)
    return np.log([chance] + [(1.0 - chance) / LATE_SPANS] * LATE_SPANS)


def _weigh_pace(days: list[int], left: Real, start: int, ends: Real) -> Real:
    """Logarithms of prior 1/2 and likelihood for each shape, concentration and end."""
    edges = np.array([start, *days], float).reshape(-1, 1, 1, 1)
    curve = pace_curve(edges, start, ends, SHAPES[:, np.newaxis, np.newaxis])
    increments = np.diff(np.concatenate([curve, np.ones_like(curve[:1])]), axis=0)
    likelihood = log_likelihood(left, increments, CONCENTRATIONS[:, np.newaxis])
    prior = 0.5 * SHAPE_PRIOR[:, np.newaxis, np.newaxis] / len(CONCENTRATIONS)
    return np.asarray(likelihood + np.log(prior))


def _weigh_plan(days: list[int], left: Real, plan: Sequence[float] | Real, start: int, deadline: int) -> Real:
    """Logarithms of prior 1/2 and likelihood of the plan for each concentration."""
    curve = plan_curve(plan, [start, *days], start, deadline)
    increments = np.diff([*curve, 1.0]).reshape(-1, 1)
    return log_likelihood(left, increments, CONCENTRATIONS) + math.log(0.5 / len(CONCENTRATIONS))


def _quantiles(grid: Real, weights: Real) -> Spread:
    below = np.cumsum(weights)
    at = np.searchsorted(below, np.array([0.05, 0.5, 0.95]) * below[-1])
    low, median, high = grid[np.minimum(at, len(grid) - 1)]
    return Spread(float(low), float(median), float(high))
