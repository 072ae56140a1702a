"""The curves around which people leave, and how likely counts are under each of them.

A *curve* G(day) is the share of those who are to leave that has gone by a day. The real curve F is one of a Dirichlet
process around G with concentration c: over any days, the shares that leave between them are Dirichlet(c times
the increments of G) (Ferguson, "A Bayesian analysis of some nonparametric problems", Ann. Statist. 1:209-230, 1973).
Each person leaves on a day drawn from F, so the numbers that were counted have a Dirichlet-multinomial likelihood.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drawdown.forecast.special import log_gamma

Real = NDArray[np.float64]

#: Of the exponent k of a pace, ln k is normal around 0 (the straight line) with this deviation: half the time past,
#: nine withdrawals in ten have 20 to 74 % of their people gone.
SPREAD_OF_SHAPE = 0.5

#: Exponents on a grid of equal steps in ln k, to three standard deviations, with their prior weights.
SHAPES: Real = np.exp(SPREAD_OF_SHAPE * np.linspace(-3.0, 3.0, 41))
_NORMAL = np.exp(-0.5 * np.linspace(-3.0, 3.0, 41) ** 2)
SHAPE_PRIOR: Real = _NORMAL / _NORMAL.sum()

#: Concentrations, all equally likely before anything is counted: equal steps of the logarithm. Half the people gone by
#: the curve means, in one standard deviation, 30 to 70 % at c = 5 and 49 to 51 % at 2,000. Below, a curve says next to
#: nothing; above, it says more than counts that are themselves rounded to a hundredth can tell.
CONCENTRATIONS: Real = np.geomspace(5.0, 2000.0, 17)

#: Of people under a plan, this share leaves as if there were none, evenly to the deadline: no plan says a day for
#: everyone, and without it one person who leaves on a day on which the plan has nobody would rule the plan out.
UNPLANNED = 0.05

# A share of the people that cannot be told from none.
_NONE = 1e-12


def pace_curve(day: ArrayLike, start: float, end: ArrayLike, shape: ArrayLike) -> Real:
    """G(day) = sᵏ with s the share of the time from start to end that has passed (0 before, 1 after)."""
    passed = (np.asarray(day, float) - start) / (np.asarray(end, float) - start)
    return np.asarray(np.clip(passed, 0.0, 1.0) ** np.asarray(shape, float))


def planned_share(plan: Sequence[float] | Real, day: ArrayLike, start: int) -> Real:
    """The share that a plan has gone by a day: ``plan[0]`` is that of ``start``, the last holds ever after."""
    rising = np.maximum.accumulate(np.clip(np.asarray(plan, float), 0.0, 1.0))
    return np.asarray(np.interp(np.asarray(day, float) - start, np.arange(len(rising)), rising))


def plan_curve(plan: Sequence[float] | Real, day: ArrayLike, start: int, deadline: int) -> Real:
    """G(day) of a plan: the share that it has gone by a day, and some unplanned."""
    own = planned_share(plan, day, start)
    return np.asarray((1.0 - UNPLANNED) * own + UNPLANNED * pace_curve(day, start, deadline, 1.0))


def log_likelihood(left: Real, increments: Real, concentration: ArrayLike) -> Real:
    """The logarithm of the chance of what was counted, but for a constant.

    ``left`` are the numbers of people who left in each interval, and those still there as the last; ``increments`` of
    the curve have the intervals along the first axis; further axes, and those of ``concentration``, are broadcast.
    """
    c = np.asarray(concentration, float)
    weights = np.maximum(increments, _NONE) * c
    counts = left.reshape((-1,) + (1,) * (weights.ndim - 1))
    parts = log_gamma(weights + counts) - log_gamma(weights)
    return np.asarray(log_gamma(c) - log_gamma(c + left.sum()) + parts.sum(axis=0))
