"""The logarithm of the gamma function, for arrays, without SciPy."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

# From 8 on five terms of Stirling's series leave an error below 10⁻¹²; smaller arguments are shifted up.
_SHIFT = 8


def log_gamma(x: ArrayLike) -> NDArray[np.float64]:
    """The logarithm of Γ(x), of numbers above 0 and below 10³⁰, to 12 digits or 10⁻¹².

    Stirling's series (Abramowitz and Stegun 6.1.41) at x + 8, less ln x(x + 1)...(x + 7).
    """
    value = np.asarray(x, float)
    moved = value + _SHIFT
    square = moved * moved
    series = (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * square)) / square) / square) / square) / moved
    stirling = (moved - 0.5) * np.log(moved) - moved + 0.5 * math.log(2 * math.pi) + series
    product = value.copy()
    for step in range(1, _SHIFT):
        product *= value + step
    return np.asarray(stirling - np.log(product))
