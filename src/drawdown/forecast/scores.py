"""Scores of forecasts against what then happened.

A forecast is a sample: one value a future, futures along the first axis, what is forecast (days, sites) along the
second. A sample stands for the distribution that gives each of its values the same chance, and scores are exact for
that distribution. All are the usual ones (Gneiting and Raftery, "Strictly proper scoring rules, prediction, and
estimation", JASA 102:359-378, 2007); less is better, and they are in the unit of what is forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drawdown.stress.intervals import wilson

Real = NDArray[np.float64]


def _sample(sample: ArrayLike, observed: ArrayLike) -> tuple[Real, Real]:
    """A sample of (futures, points) and the observed points as real numbers.

    Raises `ValueError` if there are no futures, or if the points do not match.
    """
    values, truth = np.asarray(sample, float), np.asarray(observed, float)
    if values.ndim == 0 or len(values) == 0:
        raise ValueError("a forecast needs at least one future")
    if values.shape[1:] != truth.shape:
        raise ValueError(f"a forecast of {values.shape[1:]} points cannot be scored on {truth.shape}")
    return values, truth


def crps(sample: ArrayLike, observed: ArrayLike) -> Real:
    """The continuous ranked probability score of each point, exact for the sample; O(n log n).

    CRPS = E|X - y| - E|X - X'| / 2. With x sorted, i = 1..n:
    (2 / n²) Σ (xᵢ - y) (n [y < xᵢ] - i + 1/2) (Laio and Tamea 2007, Hydrol. Earth Syst. Sci. 11:1267-1277, eq. 13).
    For one future it is the absolute error, so samples and single numbers are scored on one scale.
    """
    values, truth = _sample(sample, observed)
    count = len(values)
    ordered = np.sort(values, axis=0)
    ranks = np.arange(1, count + 1).reshape((count,) + (1,) * truth.ndim)
    parts = (ordered - truth) * (count * (truth < ordered) - ranks + 0.5)
    return np.asarray(2.0 / count**2 * parts.sum(axis=0))


def absolute_error(forecast: ArrayLike, observed: ArrayLike) -> Real:
    """What a forecast of one number is scored by: the CRPS of a point."""
    return np.asarray(np.abs(np.asarray(forecast, float) - np.asarray(observed, float)))


def band(sample: ArrayLike, level: float) -> tuple[Real, Real]:
    """The central band of each point that holds a share ``level`` of the futures: two values of the sample.

    Raises `ValueError` if the level is not between 0 and 1.
    """
    if not 0.0 < level < 1.0:
        raise ValueError("a band's level is between 0 and 1")
    ends = ((1.0 - level) / 2.0, (1.0 + level) / 2.0)
    low, high = np.quantile(np.asarray(sample, float), ends, axis=0, method="inverted_cdf")
    return np.asarray(low), np.asarray(high)


def covered(sample: ArrayLike, observed: ArrayLike, level: float) -> NDArray[np.bool_]:
    """Whether each observed point lies in the central band of the forecast (its ends included)."""
    values, truth = _sample(sample, observed)
    low, high = band(values, level)
    return np.asarray((low <= truth) & (truth <= high))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many observed points lay in the bands, with the 95 % interval of that share (Wilson)."""

    level: float
    inside: int
    points: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of the points that lay in their bands."""
        return self.inside / self.points

    @property
    def honest(self) -> bool:
        """Whether the level lies in the interval: the bands hold as many as they say, as far as can be told.

        Points of one path depend on each other, so the interval is too narrow for them; it is exact for one a path.
        """
        return self.low <= self.level <= self.high


def coverage(inside: Sequence[bool] | NDArray[np.bool_], level: float) -> Coverage:
    """The coverage of bands of a level, from whether each point lay inside. Raises `ValueError` without points."""
    hits = np.asarray(inside, bool).ravel()
    if not len(hits):
        raise ValueError("no points to tell a coverage of")
    times = int(hits.sum())
    return Coverage(level, times, len(hits), *wilson(times, len(hits)))


def bias(sample: ArrayLike, observed: ArrayLike) -> Real:
    """The forecast's mean less what was observed, point by point: above 0 is too much, or too late."""
    values, truth = _sample(sample, observed)
    return np.asarray(values.mean(axis=0) - truth)


def brier(chance: ArrayLike, happened: ArrayLike) -> Real:
    """The Brier score (chance - 1)² or (chance)² of the chance given to what happened or did not (Brier 1950)."""
    return np.asarray((np.asarray(chance, float) - np.asarray(happened, float)) ** 2)


def pit(sample: ArrayLike, observed: ArrayLike, u: ArrayLike = 0.5) -> Real:
    """Where each observed point lies in its forecast, from 0 to 1: uniform if forecasts are honest.

    The probability integral transform P(X < y) + u P(X = y). For ``u`` uniform it is uniform also where values repeat
    (whole days); 1/2, the middle, is what to show of a single point (Czado, Gneiting and Held 2009).
    """
    values, truth = _sample(sample, observed)
    below, at = (values < truth).mean(axis=0), (values == truth).mean(axis=0)
    return np.asarray(below + np.asarray(u, float) * at)
