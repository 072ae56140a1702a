"""Exact laws of whole numbers, written from textbooks and not from the code under test."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, roots_genlaguerre, roots_hermitenorm
from scipy.stats import nbinom, norm, poisson

from kit.closed_forms.form import Law

#: Points of Gaussian quadrature; the integrands are smooth, so that more change nothing that is seen.
POINTS = 80


def convolve(*laws: Law, most: int = 400) -> Law:
    """The law of a sum of independent numbers, up to ``most``."""
    total = np.ones(1)
    for law in laws:
        total = np.convolve(total, law)[: most + 1]
    return total


def spread_out(law: Law, step: int, most: int = 400) -> Law:
    """The law of ``step`` times a number."""
    found = np.zeros(most + 1)
    kept = law[: most // step + 1]
    found[: step * len(kept) : step] = kept
    return found


def shifted(law: Law, days: int) -> Law:
    """The law of a number and so many more."""
    return np.concatenate([np.zeros(days), law])


def greatest(*laws: Law) -> Law:
    """The law of the greatest of independent numbers: the product of their distribution functions."""
    most = max(len(law) for law in laws)
    functions = [np.cumsum(np.pad(law, (0, most - len(law)))) for law in laws]
    return np.diff(np.prod(functions, axis=0), prepend=0.0)


def slowness(days: int, nominal: float, contested: float, pace: float) -> float:
    """How many deviations above its median a pace is that makes a leg take so many days (the logit is normal)."""
    share = (days - nominal) / (contested - nominal)
    if share <= 0:
        return -math.inf
    return math.inf if share >= 1 else math.log(share / (1 - share)) - math.log(pace / (1 - pace))


def days_on_leg(nominal: float, contested: float, pace: float, spread: float) -> Law:
    """Whole days, rounded up, of a leg whose pace is logit-normal."""
    last = math.ceil(contested)
    function = [norm.cdf(slowness(k, nominal, contested, pace) / spread) for k in range(last + 1)]
    return np.diff(function, prepend=0.0)


def slowest(convoys: int, shared: float, nominal: float, contested: float, pace: float, spread: float) -> Law:  # noqa: PLR0913, PLR0917 - of how many, and the leg's law
    """Days of the slowest of convoys of whose pace a share is common: given that part they are independent."""
    common, weight = roots_hermitenorm(POINTS)
    function = []
    for k in range(math.ceil(contested) + 1):
        z = slowness(k, nominal, contested, pace) / spread
        inside = norm.cdf((z - math.sqrt(shared) * common) / math.sqrt(1 - shared))
        function.append(float(weight @ inside**convoys) / math.sqrt(2 * math.pi))
    return np.diff(function, prepend=0.0)


def events(counted: float, exposure: float, exposed: float, most: int = 200) -> Law:
    """Poisson events in ``exposed`` whose rate is Gamma(counted + 1/2) / exposure: negative binomial."""
    return np.asarray(nbinom.pmf(np.arange(most + 1), counted + 0.5, exposure / (exposure + exposed)))


def effects(of: Law, mean: float, most: int = 100) -> Law:
    """Poisson effects of mean ``mean`` for each event."""
    each = poisson.pmf(np.arange(most + 1)[:, None], mean * np.arange(len(of))[None, :])
    return np.asarray(each @ of)


def up_to(law: Law, most: int) -> Law:
    """The law of a number that is cut off at ``most``."""
    found = law[: most + 1].copy()
    found[most] += 1 - found.sum()
    return found


def rounded_up_exponential(mean: float, most: int = 400) -> Law:
    """Exponential days, rounded up: geometric from 1 on."""
    k = np.arange(1, most + 1)
    return np.concatenate([[0.0], np.exp(-(k - 1) / mean) * -math.expm1(-1 / mean)])


def refusals(granted: float, refused: float, most: int) -> Law:
    """Refusals before a request is granted, at most ``most``, if the chance of refusal is Beta: beta-geometric."""
    k = np.arange(most)
    law = np.exp(betaln(refused + k, granted + 1) - betaln(refused, granted))
    return np.append(law, 1 - law.sum())


def by_gamma(shape: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values of a Gamma variate and their weights, for integrals over it."""
    values, weights = roots_genlaguerre(POINTS, shape - 1)
    return values, weights / weights.sum()
