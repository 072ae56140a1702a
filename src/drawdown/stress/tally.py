"""What one quantity came to in all futures, and the answers that this gives, each with how sure it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drawdown.stress.block import Whole
from drawdown.stress.intervals import ranks, wilson


@dataclass(frozen=True)
class Share:
    """A probability, and its Wilson 95 % interval."""

    probability: float
    low: float
    high: float


@dataclass(frozen=True)
class Quantile:
    """A quantile with its 95 % interval, in the quantity's own unit.

    ``None`` is *not by the last day*; for ``high`` also *too few futures to say*. Then ``low`` is 0, below which
    nothing is.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Mean:
    """A mean and its standard error (``None`` from a single future)."""

    value: float
    error: float | None


@dataclass(frozen=True)
class Tally:
    """How often each value was seen: ``numbers`` (ascending) times ``unit``, as often as ``times`` says.

    Numbers above ``last`` are days after the last: *not by then*. Values above ``most`` stand for ``most``.
    """

    numbers: Whole
    times: Whole
    unit: float = 1
    last: int | None = None
    most: int | None = None

    @property
    def futures(self) -> int:
        """How many futures were counted."""
        return int(self.times.sum())

    @property
    def values(self) -> NDArray[np.float64]:
        """The numbers in the quantity's own unit."""
        return np.round(self.numbers * self.unit, 6)  # 3 tenths are 0.3, not 0.30000000000000004

    def at_most(self, value: float) -> Share:
        """The chance that the quantity is at most this (for days: that it happens by then)."""
        futures = self.futures
        times = int(self.times[self.values <= value].sum())
        return Share(times / futures, *wilson(times, futures))

    def quantile(self, percent: int) -> Quantile:
        """The smallest value that at least so many per cent of the futures do not exceed."""
        futures = self.futures
        low, high = ranks(futures, percent)
        return Quantile(
            self._ranked(-(-futures * percent // 100)),
            self._ranked(low) if low else 0,
            self._ranked(high) if high <= futures else None,
        )

    def mean(self) -> Mean | None:
        """The mean; none if the quantity is a day that does not come in every future."""
        if self.last is not None and self.numbers[-1] > self.last:
            return None
        futures, values = self.futures, self.values
        mean = float(values @ self.times) / futures
        if futures == 1:
            return Mean(mean, None)
        return Mean(mean, math.sqrt(float((values - mean) ** 2 @ self.times) / (futures - 1) / futures))

    def _ranked(self, rank: int) -> float | None:
        place = np.searchsorted(np.cumsum(self.times), rank)
        if self.last is not None and self.numbers[place] > self.last:
            return None
        value = float(self.values[place])
        return value if self.most is None else min(value, self.most)
