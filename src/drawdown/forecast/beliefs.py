"""What is believed of a rate or a share after counting: the mean with the ends of the central 90 %.

Quantiles come from the density on a fine grid (of the logarithm or the log-odds), to three digits, without SciPy.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from drawdown.forecast.closures import JEFFREYS

#: Low end, mean, high end.
Belief = tuple[float, float, float]

#: Standard normal deviate beyond which 5 % lie.
DEVIATE = 1.6448536269514722

_POINTS = 4001
_FEW = 5.0  # events below which a tail is long: then the grid reaches down to e⁻⁴⁰ of the middle


def _between(grid: NDArray[np.float64], log_density: NDArray[np.float64]) -> tuple[float, float]:
    """Where 5 % and 95 % of a density on a grid lie."""
    density = np.exp(log_density - log_density.max())
    below = np.concatenate([[0.0], np.cumsum(density[1:] + density[:-1])])
    low, high = np.interp([0.05 * below[-1], 0.95 * below[-1]], below, grid)
    return float(low), float(high)


def believed_share(times: float, of: float) -> Belief:
    """Of a share after ``times`` in ``of``: Beta(times + 1/2, of - times + 1/2)."""
    a, b = times + JEFFREYS, of - times + JEFFREYS
    reach = 40.0 if min(a, b) < _FEW else 10.0 * math.sqrt(1.0 / a + 1.0 / b)
    odds = math.log(a / b) + np.linspace(-reach, reach, _POINTS)
    low, high = _between(odds, -a * np.logaddexp(0.0, -odds) - b * np.logaddexp(0.0, odds))
    return 1.0 / (1.0 + math.exp(-low)), a / (a + b), 1.0 / (1.0 + math.exp(-high))


def believed_rate(events: float, exposure: float, per: float = 1.0) -> Belief:
    """Of a rate per ``per`` units of exposure: Gamma(events + 1/2) / exposure. Zeros without exposure."""
    if exposure <= 0.0:
        return 0.0, 0.0, 0.0
    shape = events + JEFFREYS
    down, up = (40.0, 5.0) if shape < _FEW else (10.0 / math.sqrt(shape), 10.0 / math.sqrt(shape))
    logs = math.log(shape) + np.linspace(-down, up, _POINTS)
    low, high = _between(logs, shape * logs - np.exp(logs))
    scale = per / exposure
    return math.exp(low) * scale, shape * scale, math.exp(high) * scale


def logistic(x: float) -> float:
    """The share whose log-odds are x."""
    return 1.0 / (1.0 + math.exp(-x))


def logit(share: float) -> float:
    """The log-odds of a share between 0 and 1."""
    return math.log(share / (1.0 - share))


def believed_logit(mean: float, deviation: float) -> Belief:
    """Of a share whose log-odds are normal: the median in the middle."""
    return logistic(mean - DEVIATE * deviation), logistic(mean), logistic(mean + DEVIATE * deviation)
