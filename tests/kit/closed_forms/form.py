"""A closed form: what is counted in the futures of a script, and the exact law that it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from drawdown.stress.block import Block
from drawdown.stress.play import play, prepare
from drawdown.stress.script import Chance, Script

#: Probabilities of 0, 1, 2, ... They may add up to less than 1: the rest lies beyond the last.
Law = NDArray[np.float64]

#: The chance that a whole form is wrongly found outside.
WRONGLY = 0.01

#: Probabilities nearer to 0 or 1 than this are not compared: hardly a future says anything about them.
EDGE = 0.001


@dataclass(frozen=True)
class Form:
    """``number`` reads a whole number from each future of ``script`` under ``chance``; ``law`` is its law."""

    name: str
    script: Script
    chance: Chance
    number: Callable[[Block], NDArray[np.int64]]
    law: Law


@dataclass(frozen=True)
class Compared:
    """Chances of at most so much: how many were compared, which lie outside, and the worst in standard errors."""

    name: str
    chances: int
    outside: tuple[int, ...]
    worst: float


def compare(form: Form, futures: int, seed: int = 1) -> Compared:
    """Set futures against the law: P(at most x) for each x, all of them together inside their 99 % intervals.

    How many futures have at most x is binomial; of m chances each has its exact binomial interval of 1 - 0.01 / m, so
    that all of them hold at once with at least 99 % (Bonferroni).
    """
    numbers = form.number(play(prepare(form.script), seed, 0, futures, int(form.chance)))
    exact = np.cumsum(form.law)
    asked = np.flatnonzero((exact > EDGE) & (exact < 1 - EDGE))
    counted = np.searchsorted(np.sort(numbers), asked, side="right")
    chance, wrongly = exact[asked], WRONGLY / len(asked)
    low, high = binom.ppf(wrongly / 2, futures, chance), binom.ppf(1 - wrongly / 2, futures, chance)
    errors = (counted - futures * chance) / np.sqrt(futures * chance * (1 - chance))
    outside = asked[(counted < low) | (counted > high)]
    return Compared(form.name, len(asked), tuple(outside.tolist()), float(np.abs(errors).max()))
