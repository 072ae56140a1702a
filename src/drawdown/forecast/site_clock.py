"""When sites are left: by today's plan, or, where people leave at a pace of their own, when their turn comes.

A pace says how many have left, not from where. Today's plan has an order: a site is left when a share x of today's
people has gone. A real order is not kept exactly, so in a future the site is left when a share x' has gone, with x'
drawn from Beta(m x, m (1 - x)): its mean is x, and m says how firm the order is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drawdown.forecast.luck import Stream, luck
from drawdown.forecast.progress import Paths
from drawdown.forecast.special import log_gamma

Real = NDArray[np.float64]
Whole = NDArray[np.int64]

#: How firm an order can be, all equally likely before a site is left (equal steps of the logarithm). A site due when
#: half have gone is left, in one standard deviation, between 21 and 79 % at m = 2 (any order) and between 46 and 54 %
#: at m = 200 (half a site early or late of thirteen).
FIRMNESSES: Real = np.geomspace(2.0, 200.0, 17)

# Shares of people are known to a thousandth; 0 and 1 themselves have no density.
_SURE = 1e-3


@dataclass(frozen=True, eq=False)
class Order:
    """How firmly the order of sites is kept: weights of `FIRMNESSES`."""

    weights: Real

    @property
    def firmness(self) -> float:
        """The mean of m on its logarithmic scale."""
        return float(np.exp(self.weights @ np.log(FIRMNESSES)))


def learn_order(left: Sequence[tuple[float, float]]) -> Order:
    """Learn the firmness from the sites left so far.

    ``left`` holds, for each, the share of people that the plan in force had gone when it was to leave that site, and
    the share that had really gone when the site was left. Raises `ValueError` if a share is outside 0 to 1.
    """
    pairs = np.asarray(left, float).reshape(-1, 2)
    if np.any((pairs < 0.0) | (pairs > 1.0)):
        raise ValueError("a share of people is from 0 to 1")
    planned, real = np.clip(pairs, _SURE, 1.0 - _SURE).T[:, :, np.newaxis]
    a, b = FIRMNESSES * planned, FIRMNESSES * (1.0 - planned)
    density = (a - 1.0) * np.log(real) + (b - 1.0) * np.log1p(-real) - log_gamma(a) - log_gamma(b)
    likelihood = (log_gamma(FIRMNESSES) + density).sum(axis=0)
    weights = np.exp(likelihood - likelihood.max())
    return Order(weights / weights.sum())


@dataclass(frozen=True, eq=False)
class Today:
    """Futures of today's plan: what the sites' days are drawn from.

    ``last_out`` (futures x sites) are days; ``remaining`` (futures x days) is the share of today's people that remains
    on each of ``days``. ``stays`` marks sites that may stay after the ``deadline``, to ``liquidation_end`` at most.
    """

    last_out: Whole
    remaining: Real
    days: Sequence[int]
    stays: Sequence[bool]
    deadline: int
    liquidation_end: int


def site_days(seed: int, futures: Sequence[int], today: Today, paths: Paths, order: Order) -> Whole:
    """The day on which each site is left in each future (futures x sites).

    Futures that follow the plan take its day. In the others a site's turn comes at the share x' above. A site that may
    stay, and that in today's plan goes after the deadline, goes on a day between the end of the drawdown and the end of
    liquidation, all days equally likely, in the plan's order: nothing is known of the pace of liquidations.

    Raises `ValueError` if the arrays do not fit each other.
    """
    if not len(futures) == len(today.last_out) == len(today.remaining) == len(paths.remaining):
        raise ValueError("futures, last-outs, curves and paths have to be equally many")
    found = np.array(today.last_out, np.int64)
    for row, future in enumerate(futures):
        if not paths.planned[row]:
            found[row] = _turns(luck(seed, future, Stream.SITES), row, today, paths, order)
    return found


def _turns(chance: np.random.Generator, row: int, today: Today, paths: Paths, order: Order) -> Whole:
    planned, days = today.last_out[row], np.asarray(today.days)
    at = int(np.searchsorted(np.cumsum(order.weights), chance.random()))
    firmness = FIRMNESSES[min(at, len(FIRMNESSES) - 1)]
    gone = 1.0 - np.interp(planned, days, today.remaining[row], left=1.0)
    sure = (gone <= 0.0) | (gone >= 1.0)
    within = np.where(sure, 0.5, gone)
    share = np.where(sure, gone, chance.beta(firmness * within, firmness * (1.0 - within)))
    reached = 1.0 - paths.remaining[row] / paths.today if paths.today > 0.0 else np.ones(len(days))
    end = int(paths.end[row])
    found = np.append(days, max(end, days[-1]))[np.searchsorted(reached, share, side="left")]
    late = np.flatnonzero(np.asarray(today.stays, bool) & (planned > today.deadline))
    if len(late):
        span = max(1, today.liquidation_end - end)
        drawn = end + np.ceil(np.sort(chance.random(len(late))) * span)
        found[late[np.argsort(planned[late], kind="stable")]] = np.minimum(drawn, max(today.liquidation_end, end + 1))
    return np.asarray(found, np.int64)
