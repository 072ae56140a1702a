"""How sure an answer is: 95 % intervals of a share and of a quantile, which assume no distribution."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

#: Half of the 5 % that a 95 % interval leaves out, and the standard normal deviate that it lies beyond.
TAIL, DEVIATE = 0.025, 1.959963984540054

#: Standard deviations of a binomial count beyond which its probability is lost in rounding (below 10⁻²⁰), and counts
#: more, because the smallest samples are not bell-shaped.
REACH, MARGIN = 10, 40


def wilson(times: int, futures: int) -> tuple[float, float]:
    """The Wilson 95 % interval of a probability after ``times`` of ``futures`` (Wilson 1927, JASA 22:209-212)."""
    share, square = times / futures, DEVIATE**2 / futures
    middle = share + square / 2
    reach = DEVIATE * math.sqrt(share * (1 - share) / futures + square / (4 * futures))
    low = 0.0 if times == 0 else (middle - reach) / (1 + square)
    high = 1.0 if times == futures else (middle + reach) / (1 + square)
    return low, high


@lru_cache(maxsize=64)
def ranks(futures: int, percent: int) -> tuple[int, int]:
    """Between which of so many sorted values, counted from 1, a percentile lies with 95 % certainty or more.

    The number of values below the percentile is binomial, whatever the distribution (David & Nagaraja, Order
    Statistics, 2003, section 7.1). Rank 0, or ``futures`` + 1, says that there are too few values for that side.
    """
    share = percent / 100
    middle, reach = futures * share, REACH * math.sqrt(futures * share * (1 - share)) + MARGIN
    first, last = max(0, math.floor(middle - reach)), min(futures, math.ceil(middle + reach))
    below = np.arange(first, last)
    odds = (futures - below) / (below + 1) * share / (1 - share)
    logs = np.concatenate([[0.0], np.cumsum(np.log(odds))])
    weights = np.exp(logs - logs.max())
    at_most = np.cumsum(weights) / weights.sum()  # the chance of at most first, first + 1, ...
    low = first + int(np.searchsorted(at_most, TAIL, side="right"))
    high = first + int(np.searchsorted(at_most, 1 - TAIL, side="left")) + 1
    return low, high
