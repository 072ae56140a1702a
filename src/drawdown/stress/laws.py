"""Laws of chance: what becomes of uniform numbers.

Each law is a pure function, either of uniform numbers strictly between 0 and 1 (`u`, `v`) and standard normal ones
(`z`), or of what `four` is drawn for: seed, future, source and key. Uniform numbers come in steps of 2**-32, so
`normal` stays within 6.8 standard deviations and `exponential` below 23 means.

On one machine compiled code and plain Python give the same bits. Logarithms, exponentials and cosines are those of the
C library, and another one may differ in the last bit.
"""

from __future__ import annotations

import math

from numba import njit

from drawdown.stress.draws import four

#: From this mean on `poisson` expands the quantile instead of summing: a sum takes one step for each unit of the mean.
SUMMED_BELOW = 200.0

#: The second gamma variate of `beta` draws from here. The first takes n draws with a chance below 0.05**n.
SECOND_GAMMA = 1000

#: Jeffreys' prior for a rate and for a share adds half an event to what was counted.
JEFFREYS = 0.5

# Within this distance of 1/2 Algorithm AS 241 takes u itself, beyond it the root of the logarithm.
_CENTRE = 0.425


@njit(cache=True, nogil=True)
def normal(u: float, v: float) -> float:
    """Standard normal: z = sqrt(-2 ln u) cos(2 pi v).

    The first of the pair of Box and Muller, "A note on the generation of random normal deviates" (1958).
    """
    return math.sqrt(-2.0 * math.log(u)) * math.cos(2.0 * math.pi * v)


@njit(cache=True, nogil=True)
def exponential(u: float, mean: float) -> float:
    """Exponential with `mean` (in the unit of `mean`, not negative): x = -mean ln u."""
    return -mean * math.log(u)


@njit(cache=True, nogil=True)
def _normal_quantile(u: float) -> float:
    """The standard normal quantile of u, to 1 part in 10**7: PPND7 of Wichura, "Algorithm AS 241" (1988).

    Its third branch, for u or 1 - u below exp(-25), is left out: a uniform number of 32 bits is never below 2**-33.
    """
    q = u - 0.5
    if abs(q) <= _CENTRE:
        r = _CENTRE * _CENTRE - q * q
        above = ((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        below = ((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1.0
        return q * above / below
    r = math.sqrt(-math.log(min(u, 1.0 - u))) - 1.6
    above = ((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777
    below = (0.12021132975 * r + 0.7370016425) * r + 1.0
    return math.copysign(above / below, q)


@njit(cache=True, nogil=True)
def poisson(u: float, mean: float) -> int:
    """Poisson with `mean` (events, not negative): the smallest k with P(X <= k) >= u.

    Below a mean of 200 by summing P(X = k) = exp(-mean) mean**k / k! from k = 0 upward. From 200 on by the expansion of
    the quantile in Giles, "Algorithm 955: approximation of the inverse Poisson cumulative distribution function"
    (2016): with w the standard normal quantile of u,
    k = floor(mean + sqrt(mean) w + 1/3 + w**2 / 6 - (w / 36 + w**3 / 72) / sqrt(mean)),
    one off in about 1 of 8,000 draws at a mean of 200, in fewer up to 10 million, and otherwise exact.

    Raises:
        ValueError: the mean is negative or not a number.
    """
    if not mean >= 0.0:
        raise ValueError("poisson: the mean has to be 0 or more")
    if mean >= SUMMED_BELOW:
        w = _normal_quantile(u)
        root = math.sqrt(mean)
        return math.floor(mean + root * w + 1.0 / 3.0 + w * w / 6.0 - (w / 36.0 + w * w * w / 72.0) / root)
    k = 0
    probability = math.exp(-mean)
    total = probability
    while u > total and probability > 0.0:  # the second ends the search should rounding keep the sum below u
        k += 1
        probability *= mean / k
        total += probability
    return k


@njit(cache=True, nogil=True)
def logit_normal(median: float, spread: float, z: float) -> float:
    """A share between 0 and 1 whose logit is normal: x = 1 / (1 + exp(-(ln(median / (1 - median)) + spread z))).

    `spread` is the standard deviation of the logit (not negative). A spread of 0 and a median of 0 or 1 return the
    median itself. Source: Aitchison and Shen, "Logistic-normal distributions: some properties and uses" (1980).

    Raises:
        ValueError: the median is not from 0 to 1.
    """
    if not 0.0 <= median <= 1.0:
        raise ValueError("logit_normal: the median has to be from 0 to 1")
    if spread == 0.0 or not 0.0 < median < 1.0:
        return median
    logit = math.log(median / (1.0 - median)) + spread * z
    if logit >= 0.0:  # the same formula, written so that no exponential overflows
        return 1.0 / (1.0 + math.exp(-logit))
    odds = math.exp(logit)
    return odds / (1.0 + odds)


@njit(cache=True, nogil=True)
def log_normal_count(count: int, spread: float, z: float) -> int:
    """A count (0 or more) times a log-normal factor of median 1: max(0, floor(count exp(spread z) + 1/2)).

    `spread` is the standard deviation of the factor's logarithm (not negative); 0 returns the count itself.
    """
    return max(0, math.floor(count * math.exp(spread * z) + 0.5))


@njit(cache=True, nogil=True)
def _gamma_from(seed: int, future: int, source: int, key: int, shape: float, start: int) -> float:  # noqa: PLR0913, PLR0917 - what `four` is drawn for, and the law
    """`gamma` from the draws n = start, start + 1, ..."""
    if not shape > 0.0:
        raise ValueError("gamma: the shape has to be more than 0")
    d = (shape if shape >= 1.0 else shape + 1.0) - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    n = start
    while True:
        u0, u1, u2, u3 = four(seed, future, source, key, n)
        n += 1
        z = normal(u0, u1)
        root = 1.0 + c * z
        v = root * root * root
        if v > 0.0 and math.log(u2) < 0.5 * z * z + d - d * v + d * math.log(v):
            # exp and log instead of a power: compilers turn known powers into products, which differ in the last bit.
            return d * v if shape >= 1.0 else d * v * math.exp(math.log(u3) / shape)


@njit(cache=True, nogil=True)
def gamma(seed: int, future: int, source: int, key: int, shape: float) -> float:
    """Gamma with `shape` (more than 0) and scale 1; mean and variance are `shape`.

    Marsaglia and Tsang, "A simple method for generating gamma variables" (2000). With d = shape - 1/3 and
    c = 1 / sqrt(9 d), take z normal, u uniform and v = (1 + c z)**3 until v > 0 and
    ln u < z**2 / 2 + d - d v + d ln v; the variate is d v. A shape below 1 takes that of shape + 1, times
    u**(1 / shape). The tries are the draws n = 0, 1, 2, ... of this source and key, which must serve nothing else.

    Raises:
        ValueError: the shape is not more than 0.
    """
    return _gamma_from(seed, future, source, key, shape, 0)


@njit(cache=True, nogil=True)
def beta(seed: int, future: int, source: int, key: int, a: float, b: float) -> float:  # noqa: PLR0913, PLR0917 - what `four` is drawn for, and the law
    """Beta with `a` and `b` (both 0.1 or more): x / (x + y) with x gamma of shape a and y gamma of shape b.

    The two gammas take the draws n = 0, 1, ... and n = 1000, 1001, ... of this source and key. Source: Devroye,
    "Non-uniform random variate generation" (1986), chapter IX.4.

    Raises:
        ValueError: a or b is not more than 0.
        ZeroDivisionError: a and b are so small that both gammas are 0.
    """
    x = _gamma_from(seed, future, source, key, a, 0)
    return x / (x + _gamma_from(seed, future, source, key, b, SECOND_GAMMA))


@njit(cache=True, nogil=True)
def rate(seed: int, future: int, source: int, key: int, events: float, exposure: float) -> float:  # noqa: PLR0913, PLR0917 - what `four` is drawn for, and the law
    """A rate of events (per unit of `exposure`) as one may believe it after `events` in `exposure`.

    Gamma(events + 1/2) / exposure: the posterior of a Poisson rate under Jeffreys' prior; its mean is
    (events + 1/2) / exposure. Source: Jeffreys, "An invariant form for the prior probability in estimation problems"
    (1946).

    Raises:
        ValueError: the exposure is not more than 0, or the events are negative by 1/2 or more.
    """
    if not exposure > 0.0:
        raise ValueError("rate: the exposure has to be more than 0")
    return gamma(seed, future, source, key, events + JEFFREYS) / exposure


@njit(cache=True, nogil=True)
def share(seed: int, future: int, source: int, key: int, asked: float, refused: float) -> float:  # noqa: PLR0913, PLR0917 - what `four` is drawn for, and the law
    """The share that is refused (0 to 1) as one may believe it after `refused` of `asked`.

    Beta(refused + 1/2, asked - refused + 1/2): the posterior of a share under Jeffreys' prior; its mean is
    (refused + 1/2) / (asked + 1). Source: Jeffreys, "An invariant form for the prior probability in estimation
    problems" (1946).

    Raises:
        ValueError: `refused` is not from 0 to `asked` (by 1/2 or more).
    """
    return beta(seed, future, source, key, refused + JEFFREYS, asked - refused + JEFFREYS)
